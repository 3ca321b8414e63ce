"""Fitting the pair network on a few annotated passages."""

from __future__ import annotations

import numpy as np

from nlp.linking.evidence import LEARNT
from nlp.pipeline import Extractor
from nlp.training.pairing import fit_pairs, scenes
from tests.nlp.training.test_linking import lines


def test_pairs_are_right_where_the_passage_has_the_relation_and_the_network_learns_to_tell() -> None:
    given = scenes(lines() * 20, Extractor(linking=False, calibrated=False))
    place = LEARNT.index("OPERATES_IN")
    right = given.right[:, place]
    assert set(right.tolist()) == {0.0, 1.0}
    assert given.counted[:, place].min() == 1
    assert not given.right[given.counted == 0].any()
    network = fit_pairs(given)
    odds = network.predict(given.inputs)
    assert np.array_equal(odds, fit_pairs(given).predict(given.inputs))
    assert odds[right == 1, place].mean() > odds[right == 0, place].mean()
