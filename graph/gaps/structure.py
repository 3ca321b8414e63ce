"""Both sides of a structure (专业结构与产业结构): what is taught and what industry is, by unit and year, each counted
once.

Education: students enrolled, graduates, offerings (专业布点), groups. Industry: output, value added, people employed
and enterprises as records of industries tell them (HAS_INDUSTRY); people needed and enterprises as the graph knows
them; or a table that the user gives. A figure that nobody tells is unknown; that nobody teaches for a unit is 0
students.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

import numpy as np

from graph.gaps.breakdown import Breakdown, Shares
from graph.gaps.chains import reach
from graph.gaps.figures import figure
from graph.gaps.finding import RowSets
from graph.gaps.market import Market
from graph.gaps.sectors import sector_named
from graph.gaps.yearly import UNDATED, yearly
from graph.language import Text
from graph.project import Projection

KINDS: Final = ("HAS_INDUSTRY",)

EDUCATION: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "enrolled": Text(zh="在校生数", en="students enrolled"),
        "graduates": Text(zh="毕业生数", en="graduates"),
        "places": Text(zh="专业布点数", en="offerings"),
        "groups": Text(zh="专业群数", en="specialty groups"),
    }
)
_HUNDRED_MILLION: Final = 100_000_000  # yuan (亿元), the unit of yearbooks
TOLD: Final = ("output", "value_added", "employees", "enterprises")
MONEY: Final = ("output", "value_added")
INDUSTRY: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "output": Text(zh="产值（亿元）", en="output, 100 million yuan"),
        "value_added": Text(zh="增加值（亿元）", en="value added, 100 million yuan"),
        "employees": Text(zh="从业人员数", en="people employed"),
        "enterprises": Text(zh="企业数（统计）", en="enterprises, as statistics tell"),
        "demand": Text(zh="需求人数", en="people needed"),
        "operators": Text(zh="链上企业数（图谱）", en="enterprises that the graph knows"),
        "table": Text(zh="给定的表", en="the table given"),
    }
)

Thing = int | str | tuple[str, str]
Courses = Mapping[Thing, Mapping[int, float]]
_SEPARATOR: Final = re.compile(r"[,，\t:：]")


@dataclass
class Side:
    """One indicator of one side: its value by unit, its course over the years, and on which claims these rest.

    `values` holds a unit that has something which does not tell as None; `unknown` counts these things, `left_out`
    those that count to no unit. `years` are the years of the values. `courses` has of each unit what each thing that
    counts to it (an offering, an industry of a region) tells year by year.
    """

    values: dict[str, float | None] = field(default_factory=dict)
    courses: dict[str, dict[Thing, dict[int, float]]] = field(default_factory=dict)
    years: dict[str, set[int]] = field(default_factory=dict)
    unknown: dict[str, int] = field(default_factory=dict)
    rows: dict[str, RowSets] = field(default_factory=dict)
    left_out: int = 0


class _Sums:
    """A side in the making: parts are kept and added at the end, so that their order does not matter."""

    def __init__(self) -> None:
        self.side = Side()
        self._parts: dict[str, list[float]] = {}

    def add(
        self, shares: Shares, value: float | None, year: int | None, kind: str, rows: Iterable[int]
    ) -> None:
        """Count a thing to its units; of unknown value where it is None."""
        if not shares:
            self.side.left_out += 1
        for unit, share in shares.items():
            own = self._parts.setdefault(unit, [])
            self.side.rows.setdefault(unit, {}).setdefault(kind, set()).update(rows)
            if value is None:
                self.side.unknown[unit] = self.side.unknown.get(unit, 0) + 1
                continue
            own.append(share * value)
            if year:
                self.side.years.setdefault(unit, set()).add(year)

    def add_course(self, shares: Shares, thing: Thing, told: Mapping[int, float]) -> None:
        """What a thing tells year by year."""
        for unit, share in shares.items():
            self.side.courses.setdefault(unit, {})[thing] = {
                year: share * value for year, value in told.items()
            }

    def made(self) -> Side:
        """The sums."""
        side = self.side
        side.values = {unit: math.fsum(parts) if parts else None for unit, parts in self._parts.items()}
        return side


def education(projection: Projection, sides: Market, by: Breakdown, measure: str, year: int | None) -> Side:
    """One indicator of what is taught, of `year` or of each offering's latest."""
    sums = _Sums()
    if measure == "groups":
        for group in sides.provided.schools:
            sums.add(by.group(group), 1.0, None, "HOSTS", ())
        return sums.made()
    figures = yearly(projection, sides)
    column = figures.values[measure if measure != "places" else "graduates"]
    for number, one in enumerate(sides.supplied):
        shares = by.offering(one)
        if measure == "places":
            sums.add(shares, 1.0, None, "OFFERS", one.rows)
            continue
        told = [
            (int(figures.years[n]), float(column[n]))
            for n in figures.entries(np.array([number])).tolist()
            if not math.isnan(column[n])
        ]
        chosen = [pair for pair in told if year in (None, pair[0])][-1:]
        when, value = chosen[0] if chosen else (None, None)
        sums.add(shares, value, when, "OFFERS", one.rows)
        sums.add_course(shares, number, {when: value for when, value in told if when != UNDATED})
    return sums.made()


def industry(
    projection: Projection,
    sides: Market,
    by: Breakdown,
    measure: str,
    year: int | None,
    *,
    minimum_confidence: float,
    realised: tuple[str | None, ...],
    table: Mapping[str, Mapping[int | None, float]],
) -> Side:
    """One indicator of what industry is, of `year` or of each figure's latest."""
    if measure == "table":
        return _given(table, year)
    if measure in TOLD:
        told = _told(projection, measure, minimum_confidence, realised)
        return _from_records(projection, by, told, year)
    sums = _Sums()
    if measure == "demand":
        for one in sides.needed:
            sums.add(by.need(one), one.headcount, None, "DEMANDS", one.rows)
        return sums.made()
    claims = projection.claims("OPERATES_IN")
    believed = set(claims.believed(minimum_confidence))
    for enterprise in sides.demand.chains:
        rows = [row for row in claims.by_head.get(enterprise, ()) if row in believed]
        sums.add(by.enterprise(enterprise), 1.0, None, "OPERATES_IN", rows)
    return sums.made()


Place = tuple[str, str]  # region or park, chain
Told = dict[Place, dict[int, tuple[float, frozenset[int]]]]  # … → year (or UNDATED) → value, rows


def _told(
    projection: Projection, measure: str, minimum_confidence: float, realised: tuple[str | None, ...]
) -> Told:
    """What the records of industries tell of each industry in each region, year by year."""
    claims = projection.claims("HAS_INDUSTRY")
    heads, tails, years, statuses = (claims.column(name) for name in ("head", "tail", "year", "status"))
    alike: dict[Place, dict[int | None, set[int]]] = {}
    for row in claims.believed(minimum_confidence):
        if statuses[row] in realised:
            alike.setdefault((heads[row], tails[row]), {}).setdefault(years[row], set()).add(row)
    told: Told = {}
    for place, by_year in alike.items():
        for year, rows in by_year.items():
            found = figure(
                projection, "HAS_INDUSTRY", rows, column=measure, part="source", year=year, cautious=min
            )
            if found.value is not None:
                value = found.value / (_HUNDRED_MILLION if measure in MONEY else 1)
                told.setdefault(place, {})[year or UNDATED] = value, found.rows
    return told


def _from_records(projection: Projection, by: Breakdown, told: Told, year: int | None) -> Side:
    sums = _Sums()
    latest = {
        place: (when, *by_year[when])
        for place, by_year in told.items()
        for when in ([year] if year in by_year else [max(by_year)] if year is None else [])
    }
    kept = set(_once(projection, by, set(latest)))
    for place, (when, value, rows) in latest.items():
        if place in kept:
            sums.add(_units(by, place), value, when or None, "HAS_INDUSTRY", rows)
    for place in kept:
        dated = {when: value for when, (value, _) in told[place].items() if when != UNDATED}
        sums.add_course(_units(by, place), place, dated)
    return sums.made()


def _units(by: Breakdown, place: Place) -> Shares:
    region, chain = place
    if by.by != "region":
        return by.industry(chain)
    units = by.region(region)
    return {unit: 1 / len(units) for unit in sorted(units)}


def _once(projection: Projection, by: Breakdown, places: set[Place]) -> Iterator[Place]:
    """The figures of which none is part of another that is counted as well.

    A region within a region of which the same industry is told, an industry within one that counts to the same unit,
    and an industry that holds others which are units themselves are left out; so are all others where sectors are
    told.
    """
    by_region: dict[str, set[str]] = {}
    for region, chain in places:
        by_region.setdefault(region, set()).add(chain)
    sectors = {
        region: {chain for chain in chains if sector_named(projection.name(chain))}
        for region, chains in by_region.items()
    }
    for region, chain in places:
        units = _units(by, (region, chain))
        around = reach(region, by.above) - {region}
        if any((other, chain) in places and _units(by, (other, chain)) for other in around):
            continue
        named = {one for one in sectors[region] if by.by == "region" or _units(by, (region, one)) == units}
        if named and chain not in named:
            continue
        others = by_region[region] - {chain}
        wholes = reach(chain, by.wholes) - {chain}
        if any(_units(by, (region, one)) == units for one in others & wholes):
            continue
        if any(
            chain in reach(one, by.wholes) and (own := _units(by, (region, one))) and own != units
            for one in others - wholes
        ):
            continue
        yield region, chain


def _given(table: Mapping[str, Mapping[int | None, float]], year: int | None) -> Side:
    """The table that the user gives, by unit; a value without a year stands for any."""
    side = Side()
    for unit, by_year in table.items():
        dated = {when: value for when, value in by_year.items() if when is not None}
        if year is None:
            side.values[unit] = dated[max(dated)] if dated else by_year[None]
        else:
            side.values[unit] = dated.get(year, by_year.get(None))
        side.courses[unit] = {unit: dated}
        side.years[unit] = {year} & dated.keys() if year else {max(dated)} if dated else set()
        side.rows[unit] = {}
    return side


def together(education: Iterable[Courses], industry: Iterable[Courses]) -> tuple[list[int], list[Courses]]:
    """The years that all things of both sides tell, and these things' courses, the sides' units kept apart.

    Only things that tell two years or more have a course (of the years that both sides tell at all): a school that
    begins to report is no growth. No years where fewer than two are left, or a side has no course.
    """
    sides = [list(education), list(industry)]
    told = [{year for courses in side for own in courses.values() for year in own} for side in sides]
    both = told[0] & told[1]
    kept = [
        [{thing: own for thing, own in courses.items() if len(own.keys() & both) > 1} for courses in side]
        for side in sides
    ]
    years = set(both)
    for side in kept:
        if not any(side):
            return [], []
        for courses in side:
            for own in courses.values():
                years &= own.keys()
    return (sorted(years), [courses for side in kept for courses in side]) if len(years) > 1 else ([], [])


def added(courses: Iterable[Courses], years: Iterable[int]) -> list[float]:
    """What things tell together, year by year."""
    told = [own for each in courses for own in each.values()]
    return [math.fsum(own[year] for own in told) for year in years]


def read_table(text: str) -> list[tuple[str, int | None, float]]:
    """Rows of a table in words: unit, year where there is one, value; `unit:value; …` or lines of a csv.

    A first line that holds no number is its header; `12.5%` is 0.125. ValueError with the line that cannot be read,
    or where there is none.
    """
    lines = [line for part in text.replace("；", ";").split(";") for line in part.splitlines()]
    rows: list[tuple[str, int | None, float]] = []
    for number, line in enumerate(line.strip() for line in lines):
        cells = [cell.strip().strip('"') for cell in _SEPARATOR.split(line)]
        if not line:
            continue
        value = _number(cells[-1])
        if number == 0 and value is None:
            continue
        years = cells[1:-1]
        if value is None or value < 0 or not cells[0] or len(years) > 1 or not all(map(_is_year, years)):
            raise ValueError(line)
        rows.append((cells[0], int(years[0][:4]) if years else None, value))
    if not rows:
        raise ValueError(text)
    return rows


def _number(word: str) -> float | None:
    share = word.endswith(("%", "％"))
    try:
        value = float(word.rstrip("%％"))
    except ValueError:
        return None
    return None if not math.isfinite(value) else value / 100 if share else value


def _is_year(word: str) -> bool:
    return re.fullmatch(r"\d{4}年?", word) is not None
