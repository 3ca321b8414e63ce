"""The measures of a structure and of its rows, by hand: shares, deviation, matching, coordination, grades."""

from __future__ import annotations

import math
from collections.abc import Iterable

from benchmarks.beside.plain import Claim, Row, in_turn, rests_on, surest, telling

GRADES = (
    *("极度失调", "严重失调", "中度失调", "轻度失调", "濒临失调"),
    *("勉强协调", "初级协调", "中级协调", "良好协调", "优质协调"),
)


def premise(first: list[Claim], second: list[Claim]) -> Row:
    """Evidence and confidence from the claims of both sides."""
    sure = [one for one in map(surest, (first, second)) if one is not None]
    return rests_on(in_turn(telling(first, 3), telling(second, 3)), min(sure, default=None))


def shares(values: dict[str, float | None], both: list[str]) -> dict[str, float]:
    """Each value over their sum; none where that is 0."""
    known = {unit: value for unit in both if (value := values[unit]) is not None}
    total = math.fsum(known.values())
    return {unit: value / total for unit, value in known.items()} if total else {}


def coordination(
    first: float | None, second: float | None, alpha: float
) -> tuple[float | None, float | None, float | None]:
    """Coupling, level and coordination degree of two levels."""
    if first is None or second is None or first + second <= 0:
        return None, None, None
    coupling = min(1.0, 2 * math.sqrt(first * second) / (first + second))
    level = alpha * first + (1 - alpha) * second
    return coupling, level, math.sqrt(coupling * level)


def deviation(p: float | None, o: float | None) -> float | None:
    """The structural deviation of a unit."""
    return p / o - 1 if p is not None and o else None


def matching(p: float | None, o: float | None) -> float | None:
    """The matching degree of a unit."""
    return min(p, o) / max(p, o) if p is not None and o is not None and max(p, o) else None


def grade(degree: float | None) -> str | None:
    """The grade of a coordination degree, by tenths."""
    return None if degree is None else GRADES[min(9, max(0, math.ceil(round(degree, 9) * 10) - 1))]


def rounded(value: float | None) -> float | None:
    """Four places, as findings tell them."""
    return None if value is None else round(value, 4) + 0


def mean(values: Iterable[float | None]) -> float | None:
    """The mean of what is known."""
    known = [value for value in values if value is not None]
    return rounded(math.fsum(known) / len(known)) if known else None


def span(years: Iterable[int]) -> str | None:
    """The first and the last year."""
    told = sorted(years)
    if not told:
        return None
    return str(told[0]) if told[0] == told[-1] else f"{told[0]}–{told[-1]}"


def similarity(p: dict[str, float], o: dict[str, float]) -> float | None:
    """The coefficient of structural similarity; unknown where a side has nothing."""
    norm = math.sqrt(math.fsum(one**2 for one in p.values()) * math.fsum(one**2 for one in o.values()))
    return math.fsum(p[unit] * o[unit] for unit in p) / norm if norm else None


def mean_deviation(p: dict[str, float], o: dict[str, float]) -> float | None:
    """The mean size of the deviations."""
    return mean(abs(p[unit] / o[unit] - 1) for unit in p if o[unit])


def overlap(p: dict[str, float], o: dict[str, float]) -> float | None:
    """The matching degree of the whole."""
    return math.fsum(min(p[unit], o[unit]) for unit in p) if p else None
