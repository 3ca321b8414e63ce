"""One number out of several claims (数字的合并): counted once, never averaged, contradictions shown.

Claims of one number may come from several sources, in parts (by level, by the school's own number of a specialty)
and for several years. The total of each source is made first, then the sources are compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from graph.columns import Grouped, Marks, largest
from graph.project import Projection

_METHODS: Final = {"record": 0, "rule": 1, "model": 2}
UNDATED: Final = 0
"""The year under which figures stand that no year is told of."""
_MOST: Final = 2**62  # more people than that are a slip that no sum needs exactly
_NEVER: Final = np.iinfo(np.int64).min  # the year of what has none


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


@dataclass(frozen=True, eq=False)
class Figures:
    """The numbers of many things at once, in columns; `figures[place]` is one of them as a `Figure`.

    `rows` are the claims that each rests on, or all of its claims where none tells a number; `contradicted` the
    figures that claims contradict.
    """

    values: NDArray[np.int64]
    known: Marks
    years: NDArray[np.int64]
    dated: Marks
    rows: Grouped
    contradicted: Mapping[int, Figure]

    def __getitem__(self, place: int) -> Figure:
        if place in self.contradicted:
            return self.contradicted[place]
        if not self.known[place]:
            return NONE
        year = int(self.years[place]) if self.dated[place] else None
        return Figure(int(self.values[place]), year, frozenset(self.rows.of(place).tolist()))


def figures(
    projection: Projection,
    kind: str,
    rows: Grouped,
    *,
    column: str,
    part: str,
    year: int | None,
    cautious: Callable[[Iterable[int]], int],
) -> Figures:
    """The number in `column` of each of many things, `rows` telling the claims of each: as `figure` makes one.

    Most numbers are told once for their latest year and are read off the columns; only the others are worked out.
    """
    claims = projection.claims(kind)
    values, known = (whole[rows.values] for whole in claims.numbers(column))
    years, dated = (whole[rows.values] for whole in claims.numbers("year"))
    told = known & (values >= 0)
    if year is not None:
        told &= dated & (years == year)
    latest = largest(np.where(told & dated, years, _NEVER), rows, _NEVER)
    of_latest = np.where(dated, years, _NEVER) == np.repeat(latest, rows.lengths)
    taken = told & of_latest
    counts = _counts(taken, rows)
    found = np.zeros(len(rows), dtype=np.int64)
    told_once = np.repeat(counts == 1, rows.lengths) & taken
    found[rows.keys[told_once]] = values[told_once]
    contradicted: dict[int, Figure] = {}
    several = np.flatnonzero(counts > 1)
    told_of = Grouped.of_lengths(counts, rows.values[taken])
    some = Grouped.of_lengths(counts[several], told_of.of_all(several))
    plainly, plain, alike = read_off(projection, kind, some, column=column, part=part, cautious=cautious)
    found[several[plain]] = np.minimum(plainly[plain], _MOST)
    for at in np.flatnonzero(~(plain & alike)).tolist():
        place, own = int(several[at]), some.of(at).tolist()
        if plain[at]:
            when = int(latest[place]) if latest[place] != _NEVER else None
            others = {int(value) for value in claims.numbers(column)[0][own]} - {int(plainly[at])}
            contradicted[place] = Figure(int(plainly[at]), when, frozenset(own), tuple(sorted(others)))
            continue
        one = figure(projection, kind, own, column=column, part=part, year=year, cautious=cautious)
        found[place] = min(one.value or 0, _MOST)
        if one.others:
            contradicted[place] = one
    rests_on = np.where(np.repeat(counts > 0, rows.lengths), taken, True)
    kept = Grouped.of_lengths(_counts(rests_on, rows), rows.values[rests_on])
    return Figures(found, counts > 0, latest, latest != _NEVER, kept, contradicted)


def read_off(
    projection: Projection,
    kind: str,
    told: Grouped,
    *,
    column: str,
    part: str,
    cautious: Callable[[Iterable[int]], int],
) -> tuple[NDArray[np.int64], Marks, Marks]:
    """The number of each of many things that one source tells without parts, as `figure` chooses it.

    `told` are the claims of each, all of one year with a number from 0 up, none without any. Besides the numbers: for
    which things one source tells whole numbers alone, so that the number holds; and for which all of them are alike.
    """
    claims, rows, starts = projection.claims(kind), told.values, told.starts[:-1]
    values = claims.numbers(column)[0][rows]
    if not len(told):
        return values, np.zeros(0, dtype=bool), np.zeros(0, dtype=bool)
    methods = claims.coded("method")
    ranks = np.array([_METHODS.get(one, len(_METHODS)) for one in (*methods.values, None)], dtype=np.int64)
    sought = values if cautious is min else -values
    order = np.lexsort((sought, ranks[methods.codes[rows]], -claims.confidences[rows], told.keys))
    sources, parts = (claims.coded(name).codes[rows] for name in ("source", part))
    of_one = np.minimum.reduceat(sources, starts) == np.maximum.reduceat(sources, starts)
    whole = np.maximum.reduceat(parts, starts) < 0
    alike = np.minimum.reduceat(values, starts) == np.maximum.reduceat(values, starts)
    return values[order[starts]], of_one & whole, alike


def _counts(marked: Marks, groups: Grouped) -> NDArray[np.int64]:
    """How many values of each group are marked."""
    before = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(marked)])
    found: NDArray[np.int64] = before[groups.starts[1:]] - before[groups.starts[:-1]]
    return found


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
