"""Dates as exact as they are known (日期): before and after, quarters, and the day on which a graph speaks.

A date is ISO text: 2024, 2024-06, 2024-06-30. Two dates are compared as exactly as the less exact one allows:
2024 is not before 2024-06, nor after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import numpy as np

from graph.errors import LiantuError
from graph.gaps.finding import REALISED
from graph.project import Projection

_DATE: Final = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_QUARTER: Final = re.compile(r"(\d{4})-?Q([1-4])")


def checked_date(name: str, value: str | None) -> str | None:
    """The date given as parameter `name`; `LiantuError` question.parameter where it is none."""
    if value is not None and not _DATE.fullmatch(value):
        raise LiantuError(
            "question.parameter", name=name, value=value, expected="2024 | 2024-06 | 2024-06-30"
        )
    return value


@lru_cache(maxsize=8192)
def is_date(value: str | None) -> bool:
    """Whether a value told by a source is a date in ISO text."""
    return value is not None and _DATE.fullmatch(value) is not None


def before(one: str, other: str) -> bool:
    """Whether `one` is surely before `other`.

    >>> before("2024-05", "2024-06-30"), before("2024", "2024-06"), before("2024-06", "2024-06-30")
    (True, False, False)
    """
    exact = min(len(one), len(other))
    return one[:exact] < other[:exact]


@lru_cache(maxsize=8192)  # many claims tell of the same day
def quarter(date: str | None) -> str | None:
    """The quarter (季度) of a date, None where it is not known to the month.

    >>> quarter("2024-06"), quarter("2024-12-31"), quarter("2024")
    ('2024Q2', '2024Q4', None)
    """
    if date is None or len(date) < 7 or not _DATE.fullmatch(date):
        return None
    return f"{date[:4]}Q{(int(date[5:7]) + 2) // 3}"


def checked_quarter(name: str, value: str | None) -> str | None:
    """A quarter such as 2024Q3 given as parameter `name`; `LiantuError` question.parameter where it is none."""
    if value is None:
        return None
    found = _QUARTER.fullmatch(value.upper())
    if not found:
        raise LiantuError("question.parameter", name=name, value=value, expected="2024Q3")
    return f"{found[1]}Q{found[2]}"


def quarters_between(first: str, last: str) -> list[str]:
    """All quarters from `first` to `last`, both among them."""
    start, end = (int(one[:4]) * 4 + int(one[5]) - 1 for one in (first, last))
    return [f"{number // 4}Q{number % 4 + 1}" for number in range(start, end + 1)]


@lru_cache(maxsize=8192)
def months_between(since: str, until: str) -> int | None:
    """Whole months from one date to another, None where either is not known to the month or they run backwards."""
    if not (is_date(since) and is_date(until)) or min(len(since), len(until)) < 7:
        return None
    months = (int(until[:4]) - int(since[:4])) * 12 + int(until[5:7]) - int(since[5:7])
    return months if months >= 0 else None


def latest_observed(
    projection: Projection,
    kinds: Iterable[str],
    minimum_confidence: float,
    statuses: tuple[str | None, ...] | None = REALISED,
) -> str | None:
    """The last day of which believed claims of `kinds` speak as of something done; None where none is dated.

    A pure answer knows no today: this is the day on which the graph speaks. Plans, which speak of days to come, do
    not count, unless `statuses` is None.
    """
    days: set[str] = set()
    for kind in kinds:
        claims = projection.claims(kind)
        told = (
            claims.sure(minimum_confidence) if statuses is None else claims.done(minimum_confidence, statuses)
        )
        codes, values = claims.coded("observed")
        days.update(values[code] for code in np.unique(codes[told]).tolist() if code >= 0)
    return max((day for day in days if is_date(day)), default=None)
