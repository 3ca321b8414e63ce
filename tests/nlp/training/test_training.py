"""Training: names and sentences are invented with exact places, and the same lessons give the same network."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from nlp.confidence import Key
from nlp.gold import read_gold
from nlp.pipeline import Extractor
from nlp.recognition.features import KINDS
from nlp.recognition.network import save
from nlp.training.course import Lesson, lesson, train
from nlp.training.fit import Proposal, fit_confidence, fit_votes, table_of
from nlp.training.frames import filled, patterns, renamed
from nlp.training.material import HELD_OUT, OWN
from nlp.training.naming import Namer
from nlp.training.silver import agrees

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


def test_a_sentence_counts_where_the_segmenter_sees_the_same_ends() -> None:
    segments = [(0, 4, "ORG"), (4, 6, "v"), (6, 10, "ORG")]
    both = [("School", 0, 4), ("Enterprise", 6, 10)]
    assert agrees(both, segments)
    assert not agrees(both[:1], segments)  # a body that the rules have missed
    assert not agrees([("School", 0, 5), both[1]], segments)  # an end inside of a word


def lessons() -> list[Lesson]:
    reader = Extractor(recognition=False, linking=False, calibrated=False).pipeline
    source = random.Random(4)
    namer = Namer(source)
    return [lesson(filled(pattern, namer, source), reader) for pattern in patterns()[:24]]


def test_the_same_lessons_give_the_same_network_and_it_learns(tmp_path: Path) -> None:
    told: list[float] = []
    given = lessons()
    for name in ("one.npz", "two.npz"):
        network = train(lambda _: given, rounds=4, told=lambda _, loss: told.append(loss))
        save(network, tmp_path / name)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    assert told[:4] == told[4:]
    assert told[3] < told[0]


def test_votes_weigh_what_told_right_from_wrong() -> None:
    given = [
        Proposal(("School", 0, 3), {"always": 1.0, "network": odds, "length": 1.0}, odds > 0)
        for odds in np.linspace(-4, 4, 80).tolist()
    ]
    found = fit_votes(given)
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
