"""Pairs that share something (配对): the join of two columns of keys, given out in parts that fit in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.columns import Numbers, in_order


class Join:
    """The pairs (left, right) whose keys are equal; `lefts` and `rights` are whole numbers, one a key.

    >>> join = Join(np.array([0, 1, 1]), np.array([7, 7, 8]), np.array([5, 6]), np.array([7, 8]))
    >>> [ends.tolist() for ends in join.between(0, 2)]
    [[0, 1, 1], [5, 5, 6]]
    """

    def __init__(
        self,
        lefts: NDArray[Any],
        left_keys: NDArray[Any],
        rights: NDArray[Any],
        right_keys: NDArray[Any],
        *,
        mark: int = 0,
    ) -> None:
        order = in_order(right_keys)
        keys = right_keys[order]
        by_left = in_order(lefts)
        self._rights, self._lefts = rights[order].astype(np.int32), lefts[by_left].astype(np.int32)
        first = np.searchsorted(keys, left_keys[by_left])
        count = np.searchsorted(keys, left_keys[by_left], side="right") - first
        self._first, self._count = first.astype(np.int32), count.astype(np.int32)
        self.mark = mark

    def counts(self, size: int) -> Numbers:
        """How many pairs each of `size` lefts has."""
        counts: Numbers = np.bincount(self._lefts, self._count, size).astype(np.int64)
        return counts

    def between(self, start: int, end: int) -> tuple[Numbers, Numbers]:
        """The pairs of the lefts from `start` to before `end`."""
        low, high = np.searchsorted(self._lefts, [start, end])
        count = self._count[low:high].astype(np.int64)
        lefts = np.repeat(self._lefts[low:high].astype(np.int64), count)
        return lefts, self._rights[slices(self._first[low:high], count)].astype(np.int64)


def slices(first: NDArray[Any], count: NDArray[Any]) -> Numbers:
    """The positions first[i], first[i] + 1, … of each i, `count[i]` of them, one after the other."""
    found: Numbers = np.arange(int(count.sum())) + np.repeat(first - (np.cumsum(count) - count), count)
    return found


def parts(joins: Sequence[Join], size: int, most: int) -> Iterator[tuple[int, int]]:
    """From and to of the lefts that have about `most` pairs in all joins together; at least one at a time."""
    total = np.cumsum(np.sum([join.counts(size) for join in joins], axis=0))
    start = 0
    while start < size:
        before = total[start - 1] if start else 0
        end = max(start + 1, int(np.searchsorted(total, before + most, side="right")))
        yield start, end
        start = end


def place_within(keys: Numbers) -> Numbers:
    """The place of each row among those of its key; the keys are in order."""
    first = np.ones(len(keys), dtype=bool)
    first[1:] = keys[1:] != keys[:-1]
    starts = np.flatnonzero(first)
    places: Numbers = np.arange(len(keys)) - np.repeat(starts, np.diff(np.append(starts, len(keys))))
    return places
