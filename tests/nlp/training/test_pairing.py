"""What annotated passages tell of every two of their names."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np

from nlp.linking.evidence import LEARNT
from nlp.training.frames import labelled, renamed
from nlp.training.naming import Namer
from nlp.training.pairing import pairs_of
from tests.nlp.training.test_linking import CHAIN, PARK, lines

PLACE = LEARNT.index("OPERATES_IN")


def test_pairs_are_right_where_the_passage_has_the_relation() -> None:
    for line in lines():
        found = pairs_of(labelled(line), [])
        assert found is not None
        assert found.counted[:, PLACE].tolist() == [1]
        assert found.right[:, PLACE].tolist() == [float(bool(line["relations"]))]
        assert not found.right[found.counted == 0].any()
        places = (line["text"].index(PARK), line["text"].index(CHAIN))
        assert found.spans.tolist() == [[places[0], places[0] + len(PARK), places[1], places[1] + len(CHAIN)]]


def test_what_the_rules_take_for_a_name_has_pairs_that_are_wrong_unless_it_overlaps_one_that_is() -> None:
    line = lines()[0]
    whole, end = labelled(line), len(line["text"]) - 1
    one = replace(whole, names=whole.names[:1])
    ruled = [("IndustryChain", end - len(CHAIN), end), ("Park", 0, 3)]
    with_both = pairs_of(one, ruled)
    assert with_both is not None
    assert with_both.counted[:, PLACE].sum() == 1
    assert line["relations"]  # which the annotated names have
    assert np.array_equal(with_both.right, pairs_of(whole, []).right)  # type: ignore[union-attr]
    other = replace(one, relations=frozenset())
    assert not pairs_of(other, ruled[:1]).right.any()  # type: ignore[union-attr]


def test_a_passage_without_two_names_has_none() -> None:
    whole = labelled(lines()[0])
    assert pairs_of(replace(whole, names=whole.names[:1]), []) is None


def test_of_a_text_of_which_nobody_has_told_what_joins_its_names_there_are_none() -> None:
    assert pairs_of(replace(labelled(lines()[0]), relations=None), []) is None


def test_where_names_are_exchanged_they_are_joined_as_they_were() -> None:
    namer = Namer(random.Random(0))
    for line in lines():
        exchanged = renamed(line, namer, random.Random(1), 1.0)
        whole, other = pairs_of(labelled(line), []), pairs_of(exchanged, [])
        assert PARK not in exchanged.text
        assert CHAIN not in exchanged.text
        assert whole is not None
        assert other is not None
        assert np.array_equal(whole.right, other.right)
