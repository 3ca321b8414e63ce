"""What is taught against what industry is (专业结构与产业结构的对接), by the measures that papers publish."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple, TypedDict

from graph.claims import Claim
from graph.errors import LiantuError
from graph.gaps import alignment, breakdown, market, structure
from graph.gaps.alignment_method import Indicator, Method, given_table, indicators
from graph.gaps.breakdown import Breakdown
from graph.gaps.finding import (
    MINIMUM_CONFIDENCE,
    REALISED,
    Finding,
    Named,
    Question,
    best_evidence,
    in_turn,
    label,
    surest,
)
from graph.gaps.sectors import categories
from graph.gaps.structure import EDUCATION, INDUSTRY, Rows, Side
from graph.language import Text
from graph.project import Projection

BY: Final = (*breakdown.BY, "year")
WHOLE: Final = Text(zh="全部", en="everything")
LEGEND: Final = Text(
    zh="偏离度 = 专业份额 ÷ 产业份额 − 1：负数是培养偏少，正数偏多。对接度 1 为份额相同。D 是耦合协调度。",
    en="Deviation = share of what is taught ÷ share of industry − 1: below 0 too few are taught. Matching 1: the same "
    "share. D is the coordination degree.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StructuralAlignment(Finding):
    """A unit of the structure (or the whole, or a year), and how what is taught for it agrees with industry."""

    unit: Text = field(metadata=label("单元", "unit", head=Text("单元", "unit"), legend=LEGEND))
    node: Named | None = field(metadata=label("产业链、集群或地区", "chain, cluster or region"))
    by: str = field(metadata=label("口径", "told by"))
    measures: Text | None = field(
        metadata=label("所比的指标（全部）", "what is compared, of the whole", note=True)
    )
    year: str | None = field(
        metadata=label("产业数年份", "year of the industry's figure", head=Text("年份", "year"))
    )
    education_year: str | None = field(metadata=label("专业数年份", "year of the figure of what is taught"))
    education: float | None = field(
        metadata=label("专业一侧的数", "what is taught", head=Text("专业一侧", "taught"))
    )
    industry: float | None = field(
        metadata=label("产业一侧的数", "industry", head=Text("产业一侧", "industry"))
    )
    education_share: float | None = field(
        metadata=label("专业份额", "share of what is taught", head=Text("专业份额", "share taught"))
    )
    industry_share: float | None = field(
        metadata=label("产业份额", "share of industry", head=Text("产业份额", "share of industry"))
    )
    deviation: float | None = field(
        metadata=label("结构偏离度", "structural deviation", head=Text("偏离度", "deviation"))
    )
    matching: float | None = field(
        metadata=label("对接度", "matching degree", head=Text("对接度", "matching"))
    )
    similarity: float | None = field(
        metadata=label("结构相似系数（全部）", "structural similarity, of the whole")
    )
    education_level: float | None = field(metadata=label("专业综合水平 U1", "level of what is taught, U1"))
    industry_level: float | None = field(metadata=label("产业综合水平 U2", "level of industry, U2"))
    coupling: float | None = field(metadata=label("耦合度 C", "coupling degree C"))
    level: float | None = field(metadata=label("综合发展水平 T", "joint level T"))
    coordination: float | None = field(
        metadata=label("耦合协调度 D", "coordination degree D", head=Text("D", "D"))
    )
    grade: Text | None = field(metadata=label("协调等级", "grade", head=Text("协调等级", "grade")))
    grey: float | None = field(
        metadata=label("灰色关联度", "grey relational degree", head=Text("灰色关联", "grey"))
    )
    grey_years: str | None = field(metadata=label("灰色关联所用年份", "years of the grey degree"))
    unknown: int = field(metadata=label("缺数的专业点", "offerings without a figure"))
    missing: tuple[Text, ...] = field(metadata=label("尚需补充", "still to ask for", note=True))


def structural_alignment(
    projection: Projection,
    *,
    by: str = "chain",
    across: str = "chain",
    education: str | None = None,
    industry: str | None = None,
    table: str | None = None,
    weighting: str = "given",
    normalisation: str = "range",
    floor: float = 0.01,
    alpha: float = 0.5,
    resolution: float = 0.5,
    scaling: str = "mean",
    region_level: str = "县级",
    sectors: str | None = None,
    year: int | None = None,
    minimum_confidence: float = MINIMUM_CONFIDENCE,
    realised: tuple[str | None, ...] = REALISED,
) -> tuple[StructuralAlignment, ...]:
    r"""How the structure of what is taught agrees with that of industry, unit by unit and in the whole.

    With $x_i$, what is taught for unit $i$, and $y_i$, what industry it is, over the units that tell both, the shares
    are $p_i = x_i / \sum_j x_j$ and $o_i = y_i / \sum_j y_j$, and

    .. math::

       D_i = \frac{p_i}{o_i} - 1, \qquad m_i = \frac{\min(p_i, o_i)}{\max(p_i, o_i)}, \qquad
       M = \sum_i \min(p_i, o_i), \qquad S = \frac{\sum_i p_i o_i}{\sqrt{\sum_i p_i^2 \sum_i o_i^2}}

    are structural deviation (结构偏离度), matching degree (对接度) of a unit and of the whole, and structural
    similarity. The deviation of the whole is the mean of $|D_i|$. With the levels $U_1 = \sum_j w_j x'_j$ and $U_2 =
    \sum_k w_k y'_k$ of the indicators of each side, normalised over the units (over the years, by year),

    .. math::

       C = \frac{2 \sqrt{U_1 U_2}}{U_1 + U_2}, \qquad T = \alpha U_1 + (1 - \alpha) U_2, \qquad D = \sqrt{C\,T}

    are coupling (耦合度), joint level and coordination degree (耦合协调度), with its grade in tenths; of the whole,
    the mean of $D$. The grey relational degree (灰色关联度) of a unit compares the courses of $x_i$ and $y_i$ over
    the years that tell both, $\Delta$ over all units; of the whole it is the mean, by year that of the totals.
    `graph.gaps.alignment` has each measure as a function, with its source.

    Parameters
    ----------
    projection : Projection
        The graph. Node and edge kinds read: `QUESTION.labels`, `QUESTION.kinds`.
    by : str
        `chain`, `cluster`, `sector` (三次产业), `category` (专业大类), `class` (专业类), `region` or `year`.
    across : str
        By year: the units of which the structure of a year consists.
    education : str or None
        Indicators of what is taught, `name:weight; …`: `enrolled`, `graduates`, `places` (专业布点), `groups`. The
        first makes the shares. None: enrolled, else graduates, else places, whichever at least two units tell.
    industry : str or None
        Indicators of industry: `output`, `value_added`, `employees`, `enterprises` (as records of industries tell),
        `demand` (people needed), `operators` (enterprises that the graph knows). None: the table if one is given, else
        the first of output, value added, employees, demand, operators that at least two units tell.
    table : str or None
        Industry by unit, given: `unit:value; …` or `unit:year:value; …`, or the lines of a csv.
    weighting : str
        `given` or `entropy` (熵值法).
    normalisation, floor : str, float
        `range` (极差, from `floor` to 1) or `maximum` (over the largest). See `graph.gaps.alignment.normalised`.
    alpha : float
        The weight of education in $T$.
    resolution, scaling : float, str
        The resolution $\rho$ (分辨系数) of the grey degree, and how its series are scaled: `mean` or `initial`.
    region_level : str
        By region: the level of regions (省级, 地级, 县级).
    sectors : str or None
        Changes to what category of specialties counts to which sector, `电子与信息大类:第二产业; …`.
    year : int or None
        Figures of this year alone; None: of each offering and each industry its own latest.
    minimum_confidence : float
        Claims less sure are not believed.
    realised : tuple of str or None
        The statuses of SERVES, OFFERS, HOSTS, INCLUDES and HAS_INDUSTRY that count as done.

    Returns
    -------
    tuple of StructuralAlignment
        The whole first; then the units, those that are taught too little for first; by year, the years in order.

    Notes
    -----
    Everything counts once: what belongs to two units counts half to each; a segment counts to its chain; of a region
    and the region around it, or of an industry and one that holds it, the larger is taken. What counts to no unit is
    left out, and the whole says how much. A unit for which nobody teaches has 0 students; where someone teaches and
    does not tell, its share is of those that do (`unknown`). An industry without a figure is unknown, and left out of
    the shares: a structure is compared over the units that tell both sides. Linear in the claims, but for industries
    told inside each other.

    References
    ----------
    See `graph.gaps.alignment`: 邹吉权等 2018, 蒋建峰等 2023 (deviation); Finger, Kreinin 1979 (matching); UNIDO 1979
    (similarity); 廖重斌 1999, 王淑佳等 2021 (coupling, coordination, their faults); Deng 1989 (grey degree).
    """
    method = Method(weighting, normalisation, floor, alpha, resolution, scaling)
    method.check()
    for name, value, known in (("by", by, BY), ("across", across, breakdown.BY)):
        if value not in known:
            raise LiantuError("question.parameter", name=name, value=value, expected=" | ".join(known))
    sides = market.market(projection, year=year, minimum_confidence=minimum_confidence, realised=realised)
    broken = Breakdown(
        projection,
        sides,
        across if by == "year" else by,
        minimum_confidence,
        region_level=region_level,
        sectors=categories(sectors),
    )
    given = given_table(projection, broken, table)
    taught = indicators(
        "education",
        education,
        EDUCATION,
        ("enrolled", "graduates", "places"),
        lambda name: structure.education(projection, sides, broken, name, year),
    )
    worked = indicators(
        "industry",
        "table" if industry is None and given else industry,
        INDUSTRY,
        ("output", "value_added", "employees", "demand", "operators"),
        lambda name: structure.industry(
            projection,
            sides,
            broken,
            name,
            year,
            minimum_confidence=minimum_confidence,
            realised=realised,
            table=given,
        ),
    )
    asked = _Asked(projection, broken, method, taught, worked, minimum_confidence, realised)
    return tuple(asked.by_year() if by == "year" else asked.by_unit(by))


class _Premise(TypedDict):
    evidence: tuple[Claim, ...]
    confidence: float | None


class _Asked:
    """What a run of the question knows: both sides by indicator, and how to put them together."""

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
                by,
                unit,
                taught.get(unit),
                worked.get(unit),
                p[unit],
                o[unit],
                (levels[0].get(unit), levels[1].get(unit)),
                grey[unit],
                courses[unit][0],
            )
            for unit in self._units
        ]
        yield self._whole(by, rows, p, o)
        yield from sorted(rows, key=_too_little_first)

    def by_year(self) -> Iterator[StructuralAlignment]:
        """The whole over the years, then each year that all things with a course tell."""
        education, industry = self._education[0].side, self._industry[0].side
        years, courses = structure.together(
            [education.courses.get(unit, {}) for unit in self._units],
            [industry.courses.get(unit, {}) for unit in self._units],
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
                "year",
                str(year),
                series[0][number],
                series[1][number],
                None,
                None,
                (levels[0].get(str(year)), levels[1].get(str(year))),
                None,
                [],
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
            grey=_rounded(grey),
            grey_years=_span(years),
            **self._premise(self._told_in(set(years))),
        )
        yield from rows

    def _told_in(self, years: set[int]) -> list[Rows]:
        """The claims of these years on both sides."""
        found = []
        for kind in ("OFFERS", "HAS_INDUSTRY"):
            claims = self._projection.claims(kind)
            when, statuses = claims.column("year"), claims.column("status")
            believed = claims.believed(self._minimum)
            found.append(
                {kind: {row for row in believed if when[row] in years and statuses[row] in self._realised}}
            )
        return found

    def _premise(self, rows: list[Rows]) -> _Premise:
        """Evidence and confidence from the claims of both sides."""
        sure = [surest(self._projection, each) for each in rows]
        return {
            "evidence": in_turn(*(best_evidence(self._projection, each, 3) for each in rows)),
            "confidence": min((each for each in sure if each is not None), default=None),
        }

    def _totals(
        self, indicator: Indicator, units: Iterable[str], years: list[int]
    ) -> dict[str, float | None]:
        """An indicator of the units by year, of the things that tell every year; unknown where there is none."""
        told = [
            {thing: own for thing, own in courses.items() if own.keys() >= set(years)}
            for unit in units
            for courses in [indicator.side.courses.get(unit, {})]
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
            *([one[0].side.courses.get(unit, {})] for one in (self._education, self._industry))
        )
        if not years:
            return [], [], []
        return years, structure.added(courses[:1], years), structure.added(courses[1:], years)

    def _row(
        self,
        by: str,
        unit: str,
        taught: float | None,
        worked: float | None,
        p: float | None,
        o: float | None,
        levels: tuple[float | None, float | None],
        grey: float | None,
        grey_years: list[int],
    ) -> StructuralAlignment:
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
            education=_rounded(taught),
            industry=_rounded(worked),
            education_share=_rounded(p),
            industry_share=_rounded(o),
            deviation=_rounded(alignment.deviation(p, o)),
            matching=_rounded(alignment.agreement(p, o)),
            similarity=None,
            education_level=_rounded(levels[0]),
            industry_level=_rounded(levels[1]),
            coupling=_rounded(coupling),
            level=_rounded(level),
            coordination=_rounded(coordination),
            grade=alignment.grade(coordination),
            grey=_rounded(grey),
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
            education=_rounded(math.fsum(one.education or 0 for one in compared)) if compared else None,
            industry=_rounded(math.fsum(one.industry or 0 for one in compared)) if compared else None,
            grey=_rounded(math.fsum(greys) / len(greys)) if greys else None,
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
            return _rounded(math.fsum(known) / len(known)) if known else None

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
            said = self._said(self._education[0])
            told.append(Text(f"{said.zh}", f"{said.en}"))
        if worked is None:
            said = self._said(self._industry[0])
            told.append(Text(f"{said.zh}", f"{said.en}"))
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
        return cls(_rounded(mean), _rounded(alignment.overlap(p, o)), _rounded(alignment.similarity(p, o)))


def _joined(parts: Iterable[Rows]) -> Rows:
    found: Rows = {}
    for part in parts:
        for kind, rows in part.items():
            found.setdefault(kind, set()).update(rows)
    return found


def _span(years: Iterable[int]) -> str | None:
    listed = sorted(years)
    if not listed:
        return None
    return str(listed[0]) if listed[0] == listed[-1] else f"{listed[0]}–{listed[-1]}"


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _too_little_first(one: StructuralAlignment) -> tuple[bool, float, str, str]:
    return one.deviation is None, one.deviation or 0.0, one.unit.zh, one.node.id if one.node else ""


QUESTION = Question(
    name="structural_alignment",
    title=Text(zh="专业结构与产业结构的对接", en="The structure of what is taught against that of industry"),
    definition=Text(
        zh="按产业链、集群、三次产业、专业大类、专业类、地区或年份，比较专业一侧（在校生、毕业生、布点）与产业一侧（产值、增加值、从业人员、需求）的结构："
        "结构偏离度、对接度、耦合度与耦合协调度、灰色关联度。只比两侧都有数的单元；没有人教的记 0，没有报数的不当作零。",
        en="By chain, cluster, sector, category or class of specialties, region or year: the structure of what is taught "
        "(students, graduates, offerings) against that of industry (output, value added, employment, people needed): "
        "structural deviation, matching degree, coupling and coordination, grey relational degree. Units are compared "
        "that tell both sides; what nobody teaches is 0, what nobody tells is not zero.",
    ),
    finding=StructuralAlignment,
    answer=structural_alignment,
    labels=tuple(dict.fromkeys((*market.LABELS, *breakdown.LABELS))),
    kinds=tuple(dict.fromkeys((*market.KINDS, *breakdown.KINDS, *structure.KINDS))),
)
