"""One number out of several claims (数字的合并): counted once, never averaged, contradictions shown.

Claims of one number may come from several sources, in parts (by level, by the school's own number of a specialty)
and for several years. The total of each source is made first, then the sources are compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from graph.project import Projection

_METHODS = {"record": 0, "rule": 1, "model": 2}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as the claims give it: `value` is None where no claim says it; `others` are what contradicts it."""

    value: int | None
    year: int | None
    rows: frozenset[int]
    others: tuple[int, ...] = ()


NONE: Final = Figure(None, None, frozenset())


def figure(
    projection: Projection,
    kind: str,
    rows: Iterable[int],
    *,
    column: str,
    part: str,
    year: int | None,
    cautious: Callable[[Iterable[int]], int],
) -> Figure:
    """The number in `column` that the claims `rows` of `kind` make together.

    Parameters
    ----------
    part : str
        The column that tells parts of one whole apart. Parts of one source add up; where the source also gives the
        whole (no part named), the whole is taken.
    year : int or None
        Take the figures of this year alone; None: of the latest year that any claim has a figure for.
    cautious : callable
        `min` or `max`: chooses between contradicting values that are equally sure.

    Notes
    -----
    Of contradicting sources the surest is believed, a record before a rule before a model, then the cautious value;
    the values not taken are in `others`. A number below zero counts nobody and is unknown. It takes time linear in the
    number of claims, but for sorting.
    """
    claims = projection.claims(kind)
    values, years = claims.column(column), claims.column("year")
    if isinstance(rows, set) and len(rows) == 1:  # most numbers are told once
        (row,) = rows
        if values[row] is None or values[row] < 0 or (year is not None and years[row] != year):
            return NONE
        return Figure(values[row], years[row], frozenset(rows))
    told = [
        row
        for row in rows
        if values[row] is not None and values[row] >= 0 and (year is None or years[row] == year)
    ]
    if not told:
        return NONE
    dated = [years[row] for row in told if years[row] is not None]
    latest = max(dated, default=None)
    taken = [row for row in told if years[row] == latest]
    sources, sure, methods = (claims.column(name) for name in ("source", "confidence", "method"))

    def trust(row: int) -> tuple[float, int]:
        return -sure[row], _METHODS.get(methods[row], len(_METHODS))

    by_source: dict[str, list[int]] = {}
    for row in taken:
        by_source.setdefault(sources[row], []).append(row)
    said: list[tuple[tuple[float, int], int]] = []
    against: set[int] = set()
    for own in by_source.values():
        total, others = _total(own, values, claims.column(part), trust, cautious)
        said.append((min(trust(row) for row in own), total))
        against |= others
    best = min(weight for weight, _ in said)
    value = cautious(total for weight, total in said if weight == best)
    against |= {total for _, total in said}
    return Figure(value, latest, frozenset(taken), tuple(sorted(against - {value})))


def _total(
    rows: list[int],
    values: list[int],
    parts: list[str | None],
    trust: Callable[[int], tuple[float, int]],
    cautious: Callable[[Iterable[int]], int],
) -> tuple[int, set[int]]:
    """The total of one source, and the totals that contradict it."""
    by_part: dict[str | None, list[int]] = {}
    for row in rows:
        by_part.setdefault(parts[row], []).append(row)
    chosen: dict[str | None, int] = {}
    for part, own in by_part.items():
        best = min(trust(row) for row in own)
        chosen[part] = cautious(values[row] for row in own if trust(row) == best)
    pieces = sum(value for part, value in chosen.items() if part is not None)
    total = chosen.get(None, pieces)
    against = {pieces} if None in chosen and len(chosen) > 1 else set()
    for part, own in by_part.items():
        base = 0 if part is None else pieces - chosen[part]
        against |= {base + values[row] for row in own if part is None or None not in chosen}
    return total, against - {total}
