"""Pairs that share something (配对): the join of two columns of keys, given out in parts that fit in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from graph.columns import Numbers, in_order

_DENSE: Final = 4  # so many numbers a key at most, that what is told of each is kept in a table


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
        by_left = in_order(lefts)
        self._rights, self._lefts = rights[order].astype(np.int32), lefts[by_left].astype(np.int32)
        first, count = _slices_of(right_keys[order], left_keys[by_left])
        self._first, self._count = first.astype(np.int32), count.astype(np.int32)
        self.mark = mark

    def counts(self, size: int) -> Numbers:
        """How many pairs each of `size` lefts has."""
        counts: Numbers = np.bincount(self._lefts, self._count, size).astype(np.int64)
        return counts

    def between(self, start: int, end: int) -> tuple[Numbers, Numbers]:
        """The pairs of the lefts from `start` to before `end`."""
        low, high = np.searchsorted(
            self._lefts, np.array([start, end], dtype=np.int32)
        )  # else a copy of lefts
        count = self._count[low:high].astype(np.int64)
        lefts = np.repeat(self._lefts[low:high].astype(np.int64), count)
        return lefts, self._rights[slices(self._first[low:high], count)].astype(np.int64)


def _slices_of(keys: NDArray[Any], wanted: NDArray[Any]) -> tuple[Numbers, Numbers]:
    """Where each wanted key begins among keys in order, and how often it comes."""
    if not len(keys) or not len(wanted):
        return np.zeros(len(wanted), dtype=np.int64), np.zeros(len(wanted), dtype=np.int64)
    last = max(int(keys[-1]), int(wanted.max()))
    if last > _DENSE * (len(keys) + len(wanted)) or min(int(keys[0]), int(wanted.min())) < 0:
        starts = np.flatnonzero(np.append(True, keys[1:] != keys[:-1]))
        there = keys[starts]  # fewer than there are keys, so that the search stays in the cache
        places = np.minimum(np.searchsorted(there, wanted), len(there) - 1)
        lengths = np.diff(np.append(starts, len(keys)))
        return starts[places], np.where(there[places] == wanted, lengths[places], 0)
    counts = np.bincount(keys, minlength=last + 1)
    return (np.cumsum(counts) - counts)[wanted], counts[wanted]


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
