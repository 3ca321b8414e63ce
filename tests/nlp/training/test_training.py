"""Training: names and sentences are invented with exact places, and votes and confidence are fitted."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from nlp.confidence import Key
from nlp.gold import read_gold
from nlp.recognition.features import KINDS
from nlp.training.fit import Judged, fit_confidence, fit_evidence, table_of
from nlp.training.frames import Labelled, filled, patterns, renamed
from nlp.training.material import HELD_OUT, OWN, Material
from nlp.training.naming import Namer

GOLD = Path(__file__).parents[2] / "data" / "nlp"


@pytest.fixture(scope="module")
def namer() -> Namer:
    return Namer(random.Random(1))


@pytest.mark.parametrize("kind", KINDS)
def test_names_of_each_kind_are_invented(namer: Namer, kind: str) -> None:
    made = {namer.name(kind) for _ in range(60)}
    assert len(made) > 30
    assert all(name and name == name.strip() and len(name) < 60 for name in made)


def test_patterns_are_filled_with_exact_places(namer: Namer) -> None:
    kinds = set()
    for pattern in patterns():
        made = filled(pattern, namer, random.Random(2))
        assert "{" not in made.text.replace("{0}", "")
        for kind, start, end in made.names:
            kinds.add(kind)
            assert 0 <= start < end <= len(made.text)
            assert "，" not in made.text[start:end]
        assert list(made.names) == sorted(made.names, key=lambda name: name[1])
    assert kinds == set(KINDS)


def test_names_of_annotated_passages_are_exchanged_in_their_place(namer: Namer) -> None:
    for line in read_gold(GOLD / OWN[0]):
        same = renamed(line, namer, random.Random(3), 0.0)
        assert same.text == line["text"]
        other = renamed(line, namer, random.Random(3), 1.0)
        assert [kind for kind, _, _ in other.names] == [kind for kind, _, _ in same.names]
        for (kind, start, end), (_, first, last) in zip(other.names, same.names, strict=True):
            if kind == "PolicyDocument":
                assert other.text[start:end] == same.text[first:last]


def test_what_is_held_out_is_not_learnt_from() -> None:
    assert not set(HELD_OUT) & set(OWN)
    held_out = {line["text"] for name in HELD_OUT for line in read_gold(GOLD / name)}
    learnt = {line["text"] for name in OWN for line in read_gold(GOLD / name)}
    assert not held_out & learnt


def test_a_round_has_each_passage_once_and_some_with_other_names() -> None:
    lines = read_gold(GOLD / OWN[0])
    material = Material(patterns()[:2], lines, [])
    given = list(material.round(0, Namer(random.Random(0))))
    again = list(material.round(0, Namer(random.Random(0))))
    assert given == again != list(material.round(1, Namer(random.Random(0))))
    passages = given[4:]
    assert len(passages) == len(lines)
    standing = [one for one in passages if not isinstance(one, Labelled)]
    assert all(line in lines for line in standing)
    assert 0.5 < len(standing) / len(lines) < 0.95


def test_votes_weigh_what_told_right_from_wrong() -> None:
    given = [
        Judged({"always": 1.0, "network": odds, "length": 1.0}, odds > 0)
        for odds in np.linspace(-4, 4, 80).tolist()
    ]
    found = fit_evidence(given)
    assert found["network"] > 0.5
    assert abs(found["length"]) < found["network"]


def test_the_table_is_monotone_and_near_the_shares_that_were_right() -> None:
    key: Key = ("entities", "rule", "terms")
    source = random.Random(5)
    given = [(key, raw, source.random() < raw) for raw in (source.random() for _ in range(3000))]
    steps = fit_confidence(given)
    assert sum(step.total for step in steps) == 3000
    table = table_of(steps)
    assert all(abs(table.share(key, raw) - raw) < 0.12 for raw in (0.1, 0.3, 0.5, 0.7, 0.9))


def test_a_table_of_few_is_drawn_to_all_of_its_method() -> None:
    few, many = ("entities", "rule", "terms"), ("entities", "rule", "organisations")
    given = [(few, 0.9, False)] * 2 + [(many, 0.9, True)] * 98
    (step,) = (step for step in fit_confidence(given) if step.key == few)
    assert 0.4 < step.confidence < 0.8
