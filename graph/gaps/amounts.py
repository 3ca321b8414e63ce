"""One amount out of several claims without years (金额与数量的合并): counted once, contradictions shown.

What one source gives in parts adds up; what several sources give is compared, as in `graph.gaps.figures`.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from graph.project import Projection

_METHODS: Final = {"record": 0, "rule": 1, "model": 2}


@dataclass(frozen=True, slots=True)
class Amount:
    """What the claims give together: `value` is None where none says it; `others` are what contradicts it."""

    value: float | None
    rows: frozenset[int] = frozenset()
    others: tuple[float, ...] = ()


def amount(projection: Projection, kind: str, rows: Collection[int], column: str) -> Amount:
    """The amount in `column` that the claims `rows` of `kind` make together.

    Of contradicting sources the surest is believed, a record before a rule before a model, then the smaller amount.
    A negative amount is none.
    """
    claims = projection.claims(kind)
    values = claims.column(column)
    told = [row for row in rows if values[row] is not None and values[row] >= 0]
    if not told:
        return Amount(None)
    if len(told) == 1:  # as of most pairs
        return Amount(0 + values[told[0]], frozenset(told))
    sources, sure, methods = (claims.column(name) for name in ("source", "confidence", "method"))
    totals: dict[str, float] = {}
    trust: dict[str, tuple[float, int]] = {}
    for row in told:
        source, weight = sources[row], (-sure[row], _METHODS.get(methods[row], len(_METHODS)))
        totals[source] = totals.get(source, 0) + values[row]
        trust[source] = min(weight, trust.get(source, weight))
    best = min((trust[source], totals[source]) for source in totals)[1]
    return Amount(best, frozenset(told), tuple(sorted(set(totals.values()) - {best})))


def together(amounts: Iterable[Amount]) -> Amount:
    """The sum of amounts of different things, whatever their order: None where none of them is known."""
    known = [one for one in amounts if one.value is not None]
    if not known:
        return Amount(None)
    return Amount(
        math.fsum(one.value for one in known if one.value is not None),
        frozenset(row for one in known for row in one.rows),
    )
