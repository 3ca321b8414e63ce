"""Two structures beside each other (两侧结构的对照): what is taught, what industry is, by unit or by year."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final, NamedTuple, TypedDict

import numpy as np
from numpy.typing import NDArray

from graph.claims import Claim
from graph.columns import distinct
from graph.gaps import alignment, structure
from graph.gaps.aligned_unit import StructuralAlignment
from graph.gaps.alignment_method import Indicator, Method
from graph.gaps.breakdown import Breakdown
from graph.gaps.finding import Named, rounded, surest, telling
from graph.gaps.structure import EDUCATION, INDUSTRY, Courses, Rows, Side
from graph.language import Text
from graph.project import Projection

WHOLE: Final = Text(zh="全部", en="everything")


class _Premise(TypedDict):
    evidence: tuple[Claim, ...]
    confidence: float | None
    as_of: None  # told by the evidence, also where it replaces another


class Structures:
    """Both sides of a structure by indicator, and how they agree, by unit or by year."""

    def __init__(
        self,
        projection: Projection,
        broken: Breakdown,
        method: Method,
        education: list[Indicator],
        industry: list[Indicator],
        minimum_confidence: float,
        realised: tuple[str | None, ...],
    ) -> None:
        self._minimum, self._realised = minimum_confidence, realised
        self._projection, self._broken, self._method = projection, broken, method
        self._education, self._industry = education, industry
        units = {unit for one in (*education, *industry) for unit in one.side.values}
        self._units = sorted(units, key=lambda unit: (broken.name(unit), unit))
        both = Text(zh="、", en=", ")
        self._measures = Text(
            zh=" 对 ".join(
                both.zh.join(self._said(one).zh for one in side) for side in (education, industry)
            ),
            en=" against ".join(
                both.en.join(self._said(one).en for one in side) for side in (education, industry)
            ),
        )

    def by_unit(self, by: str) -> Iterator[StructuralAlignment]:
        """The whole, then each unit."""
        if not self._units:
            return
        taught, worked = self._taught(self._education[0].side), self._industry[0].side.values
        common = [
            unit for unit in self._units if taught.get(unit) is not None and worked.get(unit) is not None
        ]
        p, o = (
            alignment.shares({unit: values.get(unit) if unit in common else None for unit in self._units})
            for values in (taught, worked)
        )
        levels = [
            self._method.levels({one.name: (one.weight, self._filled(one)) for one in side})
            for side in (self._education, self._industry)
        ]
        courses = {unit: self._courses(unit) for unit in self._units}
        grey = alignment.grey_degrees(
            {unit: (reference, compared) for unit, (_, compared, reference) in courses.items()},
            resolution=self._method.resolution,
            scaling=self._method.scaling,
        )
        rows = [
            self._row(
                unit,
                by=by,
                taught=taught.get(unit),
                worked=worked.get(unit),
                shares=(p[unit], o[unit]),
                levels=(levels[0].get(unit), levels[1].get(unit)),
                grey=grey[unit],
                grey_years=courses[unit][0],
            )
            for unit in self._units
        ]
        yield self._whole(by, rows, p, o)
        yield from sorted(rows, key=_too_little_first)

    def by_year(self) -> Iterator[StructuralAlignment]:
        """The whole over the years, then each year that all things with a course tell."""
        education, industry = self._education[0].side, self._industry[0].side
        years, courses = structure.together(
            [education.courses.get(unit, Courses()) for unit in self._units],
            [industry.courses.get(unit, Courses()) for unit in self._units],
        )
        if not years:
            return
        count = len(self._units)
        taught = dict(zip(self._units, courses[:count], strict=True))
        worked = dict(zip(self._units, courses[count:], strict=True))
        common = [
            unit for unit in self._units if worked[unit] and (taught[unit] or unit not in education.values)
        ]
        levels = [
            self._method.levels({one.name: (one.weight, self._totals(one, common, years)) for one in side})
            for side in (self._education, self._industry)
        ]
        series = [structure.added([own[unit] for unit in common], years) for own in (taught, worked)]
        grey = alignment.grey_degrees(
            {"": (series[1], series[0])}, resolution=self._method.resolution, scaling=self._method.scaling
        )[""]
        rows = []
        for number, year in enumerate(years):
            p, o = (
                alignment.shares({unit: structure.added([own[unit]], [year])[0] for unit in common})
                for own in (taught, worked)
            )
            row = self._row(
                str(year),
                by="year",
                taught=series[0][number],
                worked=series[1][number],
                levels=(levels[0].get(str(year)), levels[1].get(str(year))),
            )
            whole = _Whole.of(p, o)
            rows.append(
                replace(
                    row,
                    deviation=whole.deviation,
                    matching=whole.matching,
                    similarity=whole.similarity,
                    **self._premise(self._told_in({year})),
                )
            )
        yield replace(
            self._mean(rows),
            unit=WHOLE,
            measures=self._measures,
            year=_span(years),
            education_year=_span(years),
            grey=rounded(grey),
            grey_years=_span(years),
            **self._premise(self._told_in(set(years))),
        )
        yield from rows

    def _told_in(self, years: set[int]) -> list[Rows]:
        """The claims of these years on both sides; a table that is given has none."""
        found: list[Rows] = []
        from_records = any(one.name in structure.TOLD for one in self._industry)
        for kind in ("OFFERS", "HAS_INDUSTRY") if from_records else ("OFFERS",):
            claims = self._projection.claims(kind)
            when, told = claims.numbers("year")
            of_years = told & np.isin(when, sorted(years)) & claims.done(self._minimum, self._realised)
            found.append({kind: np.flatnonzero(of_years)})
        return found

    def _premise(self, rows: list[Rows]) -> _Premise:
        """Evidence and confidence from the claims of both sides."""
        sure = [surest(self._projection, each) for each in rows]
        return {
            "evidence": telling(self._projection, *((each, 3) for each in rows)),
            "confidence": min((each for each in sure if each is not None), default=None),
            "as_of": None,
        }

    def _totals(
        self, indicator: Indicator, units: Iterable[str], years: list[int]
    ) -> dict[str, float | None]:
        """An indicator of the units by year, of the things that tell every year; unknown where there is none."""
        told = [
            {thing: own for thing, own in courses.things.items() if own.keys() >= set(years)}
            for unit in units
            for courses in [indicator.side.courses.get(unit, Courses())]
        ]
        values = structure.added(told, years) if any(told) else [None] * len(years)
        return {str(year): value for year, value in zip(years, values, strict=True)}

    def _taught(self, side: Side) -> dict[str, float | None]:
        """The values of what is taught; 0 for units that nobody teaches for, where anything is told at all."""
        told = any(value is not None for value in side.values.values())
        return {unit: side.values.get(unit, 0.0 if told else None) for unit in self._units}

    def _filled(self, indicator: Indicator) -> alignment.Values:
        if indicator in self._education:
            return self._taught(indicator.side)
        return {unit: indicator.side.values.get(unit) for unit in self._units}

    def _courses(self, unit: str) -> tuple[list[int], list[float], list[float]]:
        """The years of a unit's course, and both sides in these years."""
        years, courses = structure.together(
            *([one[0].side.courses.get(unit, Courses())] for one in (self._education, self._industry))
        )
        if not years:
            return [], [], []
        return years, structure.added(courses[:1], years), structure.added(courses[1:], years)

    def _row(
        self,
        unit: str,
        *,
        by: str,
        taught: float | None,
        worked: float | None,
        levels: tuple[float | None, float | None],
        shares: tuple[float | None, float | None] = (None, None),
        grey: float | None = None,
        grey_years: Iterable[int] = (),
    ) -> StructuralAlignment:
        """One unit or year; of `shares` and `levels` that of what is taught first."""
        projection, is_node = self._projection, by != "year" and self._broken.is_node
        sides = [[one.side for one in side] for side in (self._education, self._industry)]
        rows = [_joined(side.rows.get(unit, {}) for side in own) for own in sides]
        coupling, level, coordination = alignment.coordination(*levels, self._method.alpha)
        years = [_span(own[0].years.get(unit, ())) for own in sides]
        name = self._broken.name(unit) if is_node else unit
        return StructuralAlignment(
            unit=Text(name, name),
            node=Named(projection.name(unit), unit) if is_node else None,
            by=by,
            measures=None,
            year=years[1],
            education_year=years[0],
            education=rounded(taught),
            industry=rounded(worked),
            education_share=rounded(shares[0]),
            industry_share=rounded(shares[1]),
            deviation=rounded(alignment.deviation(*shares)),
            matching=rounded(alignment.agreement(*shares)),
            similarity=None,
            education_level=rounded(levels[0]),
            industry_level=rounded(levels[1]),
            coupling=rounded(coupling),
            level=rounded(level),
            coordination=rounded(coordination),
            grade=alignment.grade(coordination),
            grey=rounded(grey),
            grey_years=_span(grey_years),
            unknown=sides[0][0].unknown.get(unit, 0),
            missing=self._missing(by, taught, worked),
            **self._premise(rows),
        )

    def _whole(
        self, by: str, rows: list[StructuralAlignment], p: alignment.Values, o: alignment.Values
    ) -> StructuralAlignment:
        """The structure as a whole, over the units that tell both sides."""
        compared = [one for one in rows if one.education_share is not None and one.industry_share is not None]
        sides = [one[0].side for one in (self._education, self._industry)]
        claims = [_joined(own for own in side.rows.values()) for side in sides]
        years = [{year for own in side.years.values() for year in own} for side in sides]
        greys = [one.grey for one in rows if one.grey is not None]
        whole = _Whole.of(p, o)
        return replace(
            self._mean(rows),
            by=by,
            unit=WHOLE,
            measures=self._measures,
            year=_span(years[1]),
            education_year=_span(years[0]),
            education=rounded(math.fsum(one.education or 0 for one in compared)) if compared else None,
            industry=rounded(math.fsum(one.industry or 0 for one in compared)) if compared else None,
            grey=rounded(math.fsum(greys) / len(greys)) if greys else None,
            unknown=sum(sides[0].unknown.values()),
            missing=self._left_out(sides[0], len(rows) - len(compared)),
            **self._premise(claims),
            deviation=whole.deviation,
            matching=whole.matching,
            similarity=whole.similarity,
        )

    def _mean(self, rows: list[StructuralAlignment]) -> StructuralAlignment:
        """The mean of rows: of deviations the size, of coordination and matching the mean; what has none is None."""

        def mean(values: Iterable[float | None]) -> float | None:
            known = [value for value in values if value is not None]
            return rounded(math.fsum(known) / len(known)) if known else None

        first = rows[0]
        coordination = mean(one.coordination for one in rows)
        return replace(
            first,
            node=None,
            education=None,
            industry=None,
            education_share=None,
            industry_share=None,
            deviation=mean(None if one.deviation is None else abs(one.deviation) for one in rows),
            matching=mean(one.matching for one in rows),
            similarity=mean(one.similarity for one in rows),
            education_level=None,
            industry_level=None,
            coupling=mean(one.coupling for one in rows),
            level=mean(one.level for one in rows),
            coordination=coordination,
            grade=alignment.grade(coordination),
            grey=None,
            grey_years=None,
            missing=(),
        )

    def _missing(self, by: str, taught: float | None, worked: float | None) -> tuple[Text, ...]:
        if by == "year":
            return ()
        told = []
        if taught is None:
            told.append(self._said(self._education[0]))
        if worked is None:
            told.append(self._said(self._industry[0]))
        return tuple(told)

    def _left_out(self, side: Side, incomparable: int) -> tuple[Text, ...]:
        told = []
        if side.left_out:
            told.append(
                Text(f"{side.left_out} 个专业点不属于任何单元", f"{side.left_out} offerings count to no unit")
            )
        if incomparable:
            told.append(
                Text(
                    f"{incomparable} 个单元缺一侧的数，未比",
                    f"{incomparable} units lack a side and are not compared",
                )
            )
        return tuple(told)

    def _said(self, indicator: Indicator) -> Text:
        known = EDUCATION if indicator in self._education else INDUSTRY
        return known[indicator.name]


class _Whole(NamedTuple):
    """What is told of a whole structure: the mean size of deviations, the matching degree, the similarity."""

    deviation: float | None
    matching: float | None
    similarity: float | None

    @classmethod
    def of(cls, p: alignment.Values, o: alignment.Values) -> _Whole:
        """Of two structures, over the units that have both shares."""
        sizes = [abs(found) for unit in p if (found := alignment.deviation(p[unit], o[unit])) is not None]
        mean = math.fsum(sizes) / len(sizes) if sizes else None
        return cls(rounded(mean), rounded(alignment.overlap(p, o)), rounded(alignment.similarity(p, o)))


def _joined(parts: Iterable[Rows]) -> Rows:
    found: dict[str, list[NDArray[np.int64]]] = {}
    for part in parts:
        for kind, rows in part.items():
            found.setdefault(kind, []).append(rows)
    return {
        kind: rows[0] if len(rows) == 1 else distinct(np.concatenate(rows)) for kind, rows in found.items()
    }


def _span(years: Iterable[int]) -> str | None:
    listed = sorted(years)
    if not listed:
        return None
    return str(listed[0]) if listed[0] == listed[-1] else f"{listed[0]}–{listed[-1]}"


def _too_little_first(one: StructuralAlignment) -> tuple[bool, float, str, str]:
    return one.deviation is None, one.deviation or 0.0, one.unit.zh, one.node.id if one.node else ""
