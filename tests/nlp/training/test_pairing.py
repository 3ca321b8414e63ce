"""What annotated passages tell of every two of their names."""

from __future__ import annotations

import numpy as np

from nlp.linking.evidence import LEARNT
from nlp.training.frames import labelled
from nlp.training.pairing import pairs_of
from tests.nlp.training.test_linking import CHAIN, PARK, lines

PLACE = LEARNT.index("OPERATES_IN")


def test_pairs_are_right_where_the_passage_has_the_relation() -> None:
    for line in lines():
        found = pairs_of(line, labelled(line).names, [])
        assert found is not None
        assert found.counted[:, PLACE].tolist() == [1]
        assert found.right[:, PLACE].tolist() == [float(bool(line["relations"]))]
        assert not found.right[found.counted == 0].any()
        places = (line["text"].index(PARK), line["text"].index(CHAIN))
        assert found.spans.tolist() == [[places[0], places[0] + len(PARK), places[1], places[1] + len(CHAIN)]]


def test_what_the_rules_take_for_a_name_has_pairs_that_are_wrong_unless_it_overlaps_one_that_is() -> None:
    line = lines()[0]
    names, end = labelled(line).names, len(line["text"]) - 1
    with_both = pairs_of(line, names[:1], [("IndustryChain", end - len(CHAIN), end), ("Park", 0, 3)])
    assert with_both is not None
    assert with_both.counted[:, PLACE].sum() == 1
    assert line["relations"]  # which the annotated names have
    assert np.array_equal(with_both.right, pairs_of(line, names, []).right)  # type: ignore[union-attr]
    other = line | {"relations": []}
    assert not pairs_of(other, names[:1], [("IndustryChain", end - len(CHAIN), end)]).right.any()  # type: ignore[union-attr]


def test_a_passage_without_two_names_has_none() -> None:
    line = lines()[0]
    assert pairs_of(line, labelled(line).names[:1], []) is None
