"""Stretches (区间): parts of a text by where they begin and end, and which of them hold others."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter

Stretch = tuple[int, int]


def is_inside(stretches: Sequence[Stretch], start: int, end: int) -> bool:
    """Whether a stretch lies in one of others, which stand in their order and apart.

    >>> is_inside([(0, 4), (9, 12)], 9, 11), is_inside([(0, 4), (9, 12)], 3, 5)
    (True, False)
    """
    before = bisect_right(stretches, start, key=itemgetter(0)) - 1
    return before >= 0 and end <= stretches[before][1]
