"""Pairs that share a key, by whatever numbers keys are."""

import numpy as np
import pytest

from graph.gaps.joins import Join, parts


@pytest.mark.parametrize("keys", [range(6), range(-3, 3), range(0, 6 * 10**12, 10**12)])
def test_a_join_gives_the_pairs_of_equal_keys_and_its_parts_all_of_them(keys):
    chance = np.random.default_rng(5)
    for _ in range(50):
        lefts, rights = (chance.integers(0, 9, chance.integers(0, 30)) for _ in range(2))
        left_keys, right_keys = (chance.choice(keys, len(ends)) for ends in (lefts, rights))
        join = Join(lefts, left_keys, rights, right_keys)
        expected = sorted(
            (left, right)
            for left, key in zip(lefts.tolist(), left_keys.tolist(), strict=True)
            for right, other in zip(rights.tolist(), right_keys.tolist(), strict=True)
            if key == other
        )
        found = [np.stack(join.between(start, end), axis=1) for start, end in parts([join], 9, 7)]
        assert sorted(map(tuple, np.concatenate(found).tolist())) == expected
        assert join.counts(9).sum() == len(expected)
