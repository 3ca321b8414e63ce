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
from numpy.typing import NDArray

from graph.columns import Grouped, Numbers, distinct, pairs_of
from graph.gaps.breakdown import Breakdown, Counted, Shares
from graph.gaps.chains import reach
from graph.gaps.figures import UNDATED, Figures, figure
from graph.gaps.market import Market, told_of_offerings
from graph.gaps.sectors import sector_named
from graph.gaps.yearly import Yearly, yearly
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

Rows = Mapping[str, NDArray[np.int64]]
Thing = int | str | tuple[str, str]
Told = Mapping[Thing, Mapping[int, float]]
_SEPARATOR: Final = re.compile(r"[,，\t:：]")


@dataclass
class Courses:
    """What the things that count to a unit (an offering, an industry of a region) tell over the years.

    `years` are all years that any of them tells of, `things` those that tell of two years or more, year by year: the
    others have no course.
    """

    years: set[int] = field(default_factory=set)
    things: dict[Thing, dict[int, float]] = field(default_factory=dict)

    def add(self, thing: Thing, told: Mapping[int, float]) -> None:
        """Count what a thing tells year by year."""
        self.years.update(told)
        if len(told) > 1:
            self.things[thing] = dict(told)


@dataclass
class Side:
    """One indicator of one side: its value by unit, its course over the years, and on which claims these rest.

    `values` holds a unit that has something which does not tell as None; `unknown` counts these things, `left_out`
    those that count to no unit. `years` are the years of the values.
    """

    values: dict[str, float | None] = field(default_factory=dict)
    courses: dict[str, Courses] = field(default_factory=dict)
    years: dict[str, set[int]] = field(default_factory=dict)
    unknown: dict[str, int] = field(default_factory=dict)
    rows: dict[str, Rows] = field(default_factory=dict)
    left_out: int = 0

    def course(self, shares: Shares, thing: Thing, told: Mapping[int, float]) -> None:
        """Count what a thing tells year by year to its units."""
        for unit, share in shares.items():
            own = {year: share * value for year, value in told.items()}
            self.courses.setdefault(unit, Courses()).add(thing, own)


class _Counted:
    """Things counted to their units: which, and by what share, in columns."""

    def __init__(self, counted: Counted) -> None:
        numbers: dict[str, int] = {}
        own = [
            [(numbers.setdefault(unit, len(numbers)), share) for unit, share in shares.items()]
            for shares in counted.shares
        ]
        self.names = list(numbers)
        lengths = np.array([len(pairs) for pairs in own], dtype=np.int64)
        units = np.array([unit for pairs in own for unit, _ in pairs], dtype=np.int64)
        shared = np.array([share for pairs in own for _, share in pairs], dtype=np.float64)
        of_place = Grouped.of_lengths(lengths, np.arange(len(units)))
        self.lengths = lengths[counted.places]
        self._units, self._shares = units, shared
        self._of_thing = Grouped.of_lengths(self.lengths, of_place.of_all(counted.places))

    def to_units(self, things: NDArray[np.int64]) -> tuple[Numbers, Numbers, NDArray[np.float64]]:
        """Of these things, each with each of its units: its place among them, the unit, the share."""
        at = self._of_thing.of_all(things)
        return np.repeat(np.arange(len(things)), self.lengths[things]), self._units[at], self._shares[at]

    def side(self, values: NDArray[np.float64], years: NDArray[np.int64], kind: str, rows: Grouped) -> Side:
        """The sums of the values (NaN: unknown) of all things, of these years (0: of none), and their claims.

        Sums are exact, so that the order of things does not matter.
        """
        side = Side(left_out=int((self.lengths == 0).sum()))
        thing, unit, share = self.to_units(np.arange(len(values)))
        by_unit = Grouped(unit, len(self.names))
        for number, name in enumerate(self.names):
            at = by_unit.of(number)
            own = thing[at]
            told = ~np.isnan(values[own])
            parts = share[at][told] * values[own[told]]
            side.values[name] = math.fsum(parts.tolist()) if len(parts) else None
            side.years[name] = set(np.unique(years[own[told]]).tolist()) - {UNDATED}
            side.unknown[name] = len(own) - len(parts)
            side.rows[name] = {kind: distinct(rows.of_all(own))}
        return side


_NO_ROWS: Final = np.zeros(0, dtype=np.int64)


def education(projection: Projection, sides: Market, by: Breakdown, measure: str, year: int | None) -> Side:
    """One indicator of what is taught, of `year` or of each offering's latest."""
    if measure == "groups":
        groups = by.groups()
        one_each = np.ones(len(groups.places)), np.zeros(len(groups.places), dtype=np.int64)
        return _Counted(groups).side(*one_each, "HOSTS", Grouped(_NO_ROWS, len(groups.places)))
    supplied, offerings = sides.supplied, _Counted(by.offerings())
    if measure == "places":
        places = np.ones(len(supplied)), np.zeros(len(supplied), dtype=np.int64)
        return offerings.side(*places, "OFFERS", supplied.rows)
    told = told_of_offerings(projection, sides.provided, measure, year)
    values = np.where(told.known, told.values.astype(np.float64), np.nan)[supplied.offered]
    side = offerings.side(values, *_years_and_rows(told, supplied.offered, "OFFERS"))
    _add_courses(side, offerings, yearly(projection, sides), measure)
    return side


def _add_courses(side: Side, offerings: _Counted, figures: Yearly, measure: str) -> None:
    """What the offerings tell year by year; most tell of one year and have no course."""
    owners, years, values = figures.dated(measure)
    entry, unit, share = offerings.to_units(owners)
    units, told = pairs_of(unit, years[entry])
    for one, when in zip(units.tolist(), told.tolist(), strict=True):
        side.courses.setdefault(offerings.names[one], Courses()).years.add(when)
    several = np.flatnonzero((np.bincount(owners, minlength=len(offerings.lengths)) > 1)[owners[entry]])
    of_several, when, value = owners[entry[several]], years[entry[several]], values[entry[several]]
    columns = (unit[several], of_several, when, share[several] * value)
    for one, thing, year, part in zip(*(own.tolist() for own in columns), strict=True):
        side.courses[offerings.names[one]].things.setdefault(thing, {})[year] = part


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
    if measure == "demand":
        needed = sides.needed
        people = np.where(needed.known, needed.headcounts.astype(np.float64), np.nan)
        return _Counted(by.needs()).side(
            people, *_years_and_rows(sides.demand.figures, needed.asked, "DEMANDS")
        )
    claims, working = projection.claims("OPERATES_IN"), by.enterprises()
    believed = np.flatnonzero(claims.sure(minimum_confidence))
    rows = Grouped(claims.heads[believed], len(projection.register), believed)
    heads = np.flatnonzero(sides.demand.chains_of.lengths)
    return _Counted(working).side(
        np.ones(len(heads)),
        np.zeros(len(heads), dtype=np.int64),
        "OPERATES_IN",
        Grouped.of_lengths(rows.lengths[heads], rows.of_all(heads)),
    )


def _years_and_rows(
    told: Figures, places: NDArray[np.int64], kind: str
) -> tuple[NDArray[np.int64], str, Grouped]:
    """The year of each of these figures, and the claims that it rests on."""
    years = np.where(told.known & told.dated, told.years, UNDATED)[places]
    return years, kind, Grouped.of_lengths(told.rows.lengths[places], told.rows.of_all(places))


Place = tuple[str, str]  # region or park, chain
IndustryFigures = dict[Place, dict[int, tuple[float, frozenset[int]]]]  # … → year (or UNDATED) → value, rows


def _told(
    projection: Projection, measure: str, minimum_confidence: float, realised: tuple[str | None, ...]
) -> IndustryFigures:
    """What the records of industries tell of each industry in each region, year by year."""
    claims = projection.claims("HAS_INDUSTRY")
    heads, tails, years, statuses = (claims.column(name) for name in ("head", "tail", "year", "status"))
    alike: dict[Place, dict[int | None, set[int]]] = {}
    for row in claims.believed(minimum_confidence):
        if statuses[row] in realised:
            alike.setdefault((heads[row], tails[row]), {}).setdefault(years[row], set()).add(row)
    told: IndustryFigures = {}
    for place, by_year in alike.items():
        for year, rows in by_year.items():
            found = figure(
                projection, "HAS_INDUSTRY", rows, column=measure, part="source", year=year, cautious=min
            )
            if found.value is not None:
                value = found.value / (_HUNDRED_MILLION if measure in MONEY else 1)
                told.setdefault(place, {})[year or UNDATED] = value, found.rows
    return told


def _from_records(projection: Projection, by: Breakdown, told: IndustryFigures, year: int | None) -> Side:
    latest = {
        place: (when, *by_year[when])
        for place, by_year in told.items()
        for when in ([year] if year in by_year else [max(by_year)] if year is None else [])
    }
    kept = sorted(_once(projection, by, set(latest)))
    shares = [_units(by, place) for place in kept]
    rows = [sorted(latest[place][2]) for place in kept]
    lengths = np.array([len(own) for own in rows], dtype=np.int64)
    side = _Counted(Counted(shares, np.arange(len(kept)))).side(
        np.array([latest[place][1] for place in kept], dtype=np.float64),
        np.array([latest[place][0] for place in kept], dtype=np.int64),
        "HAS_INDUSTRY",
        Grouped.of_lengths(lengths, np.array([row for own in rows for row in own], dtype=np.int64)),
    )
    for place, own in zip(kept, shares, strict=True):
        dated = {when: value for when, (value, _) in told[place].items() if when != UNDATED}
        side.course(own, place, dated)
    return side


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
        side.courses[unit] = Courses()
        side.courses[unit].add(unit, dated)
        side.years[unit] = {year} & dated.keys() if year else {max(dated)} if dated else set()
        side.rows[unit] = {}
    return side


def together(education: Iterable[Courses], industry: Iterable[Courses]) -> tuple[list[int], list[Told]]:
    """The years that all things of both sides tell, and these things' courses, the sides' units kept apart.

    Only things that tell two years or more have a course (of the years that both sides tell at all): a school that
    begins to report is no growth. No years where fewer than two are left, or a side has no course.
    """
    sides = [list(education), list(industry)]
    told = [{year for courses in side for year in courses.years} for side in sides]
    both = told[0] & told[1]
    kept: list[list[Told]] = [
        [
            {thing: own for thing, own in courses.things.items() if len(own.keys() & both) > 1}
            for courses in side
        ]
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


def added(courses: Iterable[Told], years: Iterable[int]) -> list[float]:
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
