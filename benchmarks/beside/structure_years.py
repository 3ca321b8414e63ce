"""The structure of each year, by hand, of what tells every year: offerings on one side, a table on the other."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from benchmarks.beside import structure_measures as measure
from benchmarks.beside.plain import Plain, Row
from benchmarks.beside.structure_levels import Values, grey_degrees
from benchmarks.beside.structure_sides import Course, Unit

Leveled = Callable[[Mapping[str, Values]], Values]


def by_year(
    plain: Plain,
    taught: Mapping[str, dict[str, Unit]],
    worked: dict[str, Unit],
    *,
    levels: tuple[Leveled, Leveled],
    alpha: float,
    resolution: float,
    scaling: str,
    measures: str,
) -> list[Row]:
    """One row for all years, one a year; `taught` by indicator, the first makes the shares."""
    first = next(iter(taught.values()))
    both = set[int]().union(*(one.told for one in first.values())) & set[int]().union(
        *(one.told for one in worked.values())
    )
    kept = [{unit: _courses(one, both) for unit, one in side.items()} for side in (first, worked)]
    every = [own for side in kept for courses in side.values() for own in courses]
    years = sorted(both.intersection(*(own.keys() for own in every)))
    if len(years) < 2 or not all(any(side.values()) for side in kept):
        return []
    common = [unit for unit, own in kept[1].items() if own and (kept[0].get(unit) or unit not in first)]
    p_of, o_of = ({unit: _sums(side.get(unit, []), years) for unit in common} for side in kept)
    one_side = levels[0]({name: _totals(side, common, years) for name, side in taught.items()})
    other_side = levels[1]({"": _totals(worked, common, years)})
    series = [[math.fsum(own[year] for own in side.values()) for year in years] for side in (p_of, o_of)]
    whole = [Unit(told={*years}, courses={"": dict(zip(years, own, strict=True))}) for own in series]
    grey, _ = grey_degrees({""}, {"": whole[0]}, {"": whole[1]}, resolution=resolution, scaling=scaling)
    rows = []
    for number, year in enumerate(years):
        p, o = (measure.shares({unit: own[year] for unit, own in of.items()}, common) for of in (p_of, o_of))
        coupling, level, degree = measure.coordination(one_side[str(year)], other_side[str(year)], alpha)
        rows.append(
            {
                **dict.fromkeys(("node", "measures", "year", "education_year", "grey", "grey_years")),
                **dict.fromkeys(("education_share", "industry_share")),
                "unit": str(year),
                "by": "year",
                "education": measure.rounded(series[0][number]),
                "industry": measure.rounded(series[1][number]),
                "deviation": measure.mean_deviation(p, o),
                "matching": measure.rounded(measure.overlap(p, o)),
                "similarity": measure.rounded(measure.similarity(p, o)),
                "education_level": measure.rounded(one_side[str(year)]),
                "industry_level": measure.rounded(other_side[str(year)]),
                "coupling": measure.rounded(coupling),
                "level": measure.rounded(level),
                "coordination": measure.rounded(degree),
                "grade": measure.grade(degree),
                "unknown": 0,
                "missing": (),
                **_premise(plain, {year}),
            }
        )
    means = ("deviation", "matching", "similarity", "coupling", "level", "coordination")
    degree = measure.mean(row["coordination"] for row in rows)
    told = {
        **rows[0],
        **dict.fromkeys(("education", "industry", "education_level", "industry_level")),
        **{name: measure.mean(row[name] for row in rows) for name in means},
        **dict.fromkeys(("year", "education_year", "grey_years"), measure.span(years)),
        "unit": "全部",
        "measures": measures,
        "grade": measure.grade(degree),
        "grey": measure.rounded(grey[""]),
        **_premise(plain, {*years}),
    }
    return [told, *rows]


def _courses(one: Unit, both: set[int]) -> list[Course]:
    return [own for own in one.courses.values() if len(own.keys() & both) > 1]


def _sums(courses: list[Course], years: list[int]) -> Course:
    return {year: math.fsum(own[year] for own in courses) for year in years}


def _totals(side: Mapping[str, Unit], units: list[str], years: list[int]) -> Values:
    """An indicator by year, of the things that tell every year; unknown where there is none."""
    told = [
        own for unit in units if unit in side for own in side[unit].courses.values() if own.keys() >= {*years}
    ]
    return {str(year): math.fsum(own[year] for own in told) if told else None for year in years}


def _premise(plain: Plain, years: set[int]) -> Row:
    """What offerings tell of these years; a table has no claims."""
    return measure.premise([claim for claim in plain.all("OFFERS") if claim["year"] in years], [])
