"""`structural_alignment` by hand: the structure of what is taught against people needed, enterprises or a table."""

from __future__ import annotations

import math
from typing import Any

from benchmarks.beside.plain import Plain, Row
from benchmarks.beside.structure_levels import grey_degrees, leveled
from benchmarks.beside.structure_measures import (
    coordination,
    deviation,
    grade,
    matching,
    mean,
    mean_deviation,
    overlap,
    premise,
    rounded,
    shares,
    similarity,
    span,
)
from benchmarks.beside.structure_sides import Unit, follow_students, given, operators, people, students
from benchmarks.beside.structure_units import Units
from benchmarks.beside.structure_years import by_year

WORDS = {
    "enrolled": "在校生数",
    "graduates": "毕业生数",
    "places": "专业布点数",
    "demand": "需求人数",
    "operators": "链上企业数（图谱）",
    "table": "给定的表",
}


def can_tell(plain: Plain, **asked: Any) -> bool:
    """Whether this loop can: which indicators are compared is given, or they are those that it takes.

    It reads no records of industries, which come first where they are told.
    """
    of = {**(loop.__kwdefaults__ or {}), **asked}
    units = _units(plain, of["by"], of["across"], of["region_level"], of["sectors"])
    sides = [] if of["education"] else [students(plain, units, "enrolled", of["year"])[0]]
    if not of["industry"] and not of["table"]:
        if next(plain.all("HAS_INDUSTRY", None), None) is not None:
            return False
        sides.append(people(plain, units, of["year"]))
    return all(sum(bool(one.parts) for one in side.values()) > 1 for side in sides)


def _units(plain: Plain, by: str, across: str, region_level: str, sectors: str | None) -> Units:
    """The units compared; by year those across which each year is."""
    return Units(plain, across if by == "year" else by, region_level, sectors)


def loop(
    plain: Plain,
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
) -> list[Row]:
    """One row for the whole, one a unit."""
    if not industry and not table and next(plain.all("HAS_INDUSTRY", None), None) is not None:
        raise SystemExit("structural_alignment: records of industries are not read by this loop")
    units_of = _units(plain, by, across, region_level, sectors)
    weights = {
        name.strip(): float(weight or 1)
        for name, _, weight in (one.partition(":") for one in (education or "enrolled").split(";"))
    }
    every = {name: students(plain, units_of, name, year) for name in weights}
    first, *_ = weights
    taught_by, left_out = every[first]
    measure = industry or ("table" if table else "demand")
    worked_by = {
        "demand": lambda: people(plain, units_of, year),
        "operators": lambda: operators(plain, units_of),
        "table": lambda: given(table or "", units_of, year),
    }[measure]()
    if measure == "table":
        for name in weights.keys() - {"places"}:
            follow_students(plain, units_of, every[name][0], name)
    said = f"{'、'.join(WORDS[name] for name in weights)} 对 {WORDS[measure]}"
    least = floor if normalisation == "range" else None
    if by == "year":
        return by_year(
            plain,
            {name: own for name, (own, _) in every.items()},
            worked_by,
            levels=(
                lambda told: leveled({name: (weights[name], told[name]) for name in told}, least, weighting),
                lambda told: leveled({name: (1.0, own) for name, own in told.items()}, least, weighting),
            ),
            alpha=alpha,
            resolution=resolution,
            scaling=scaling,
            measures=said,
        )
    units = {*worked_by, *(unit for own, _ in every.values() for unit in own)}
    taught = {name: _filled(own, units) for name, (own, _) in every.items()}
    worked = {unit: worked_by[unit].value if unit in worked_by else None for unit in units}
    both = [unit for unit in units if taught[first][unit] is not None and worked[unit] is not None]
    p, o = shares(taught[first], both), shares(worked, both)
    one_side = leveled({name: (weights[name], taught[name]) for name in weights}, least, weighting)
    other_side = leveled({measure: (1.0, worked)}, least, weighting)
    grey, grey_years = grey_degrees(units, taught_by, worked_by, resolution=resolution, scaling=scaling)
    rows = []
    for unit in units:
        own, other = taught_by.get(unit, Unit()), worked_by.get(unit, Unit())
        coupling, level, degree = coordination(one_side[unit], other_side[unit], alpha)
        node = units_of.node(unit)
        claims = {
            claim["id"]: claim for found, _ in every.values() for claim in found.get(unit, Unit()).claims
        }
        rows.append(
            {
                "unit": node[0] if node else unit,
                "node": node,
                "by": by,
                "measures": None,
                "year": span(other.years),
                "education_year": span(own.years),
                "education": rounded(taught[first][unit]),
                "industry": rounded(worked[unit]),
                "education_share": rounded(p.get(unit)),
                "industry_share": rounded(o.get(unit)),
                "deviation": rounded(deviation(p.get(unit), o.get(unit))),
                "matching": rounded(matching(p.get(unit), o.get(unit))),
                "similarity": None,
                "education_level": rounded(one_side[unit]),
                "industry_level": rounded(other_side[unit]),
                "coupling": rounded(coupling),
                "level": rounded(level),
                "coordination": rounded(degree),
                "grade": grade(degree),
                "grey": rounded(grey[unit]),
                "grey_years": span(grey_years[unit]),
                "unknown": own.unknown,
                "missing": tuple(
                    WORDS[name]
                    for name, value in ((first, taught[first][unit]), (measure, worked[unit]))
                    if value is None
                ),
                **premise([*claims.values()], other.claims),
            }
        )
    return [_whole(rows, p, o, taught_by, worked_by, left_out, said), *rows] if rows else []


def _filled(found: dict[str, Unit], units: set[str]) -> dict[str, float | None]:
    """What is taught for each unit; 0 where nobody teaches for it, if anything is told at all."""
    none = 0.0 if any(one.parts for one in found.values()) else None
    return {unit: found[unit].value if unit in found else none for unit in units}


def _whole(
    rows: list[Row],
    p: dict[str, float],
    o: dict[str, float],
    taught: dict[str, Unit],
    worked: dict[str, Unit],
    left_out: int,
    measures: str,
) -> Row:
    """The structure as a whole, over the chains that tell both sides."""
    compared = [
        one for one in rows if one["education_share"] is not None and one["industry_share"] is not None
    ]
    degree = mean(row["coordination"] for row in rows)
    missing = [f"{left_out} 个专业点不属于任何单元"] if left_out else []
    if len(compared) < len(rows):
        missing.append(f"{len(rows) - len(compared)} 个单元缺一侧的数，未比")
    return {
        **rows[0],
        "unit": "全部",
        "node": None,
        "measures": measures,
        "year": span(year for one in worked.values() for year in one.years),
        "education_year": span(year for one in taught.values() for year in one.years),
        "education": rounded(math.fsum(row["education"] for row in compared)) if compared else None,
        "industry": rounded(math.fsum(row["industry"] for row in compared)) if compared else None,
        "education_share": None,
        "industry_share": None,
        "deviation": mean_deviation(p, o),
        "matching": rounded(overlap(p, o)),
        "similarity": rounded(similarity(p, o)),
        "education_level": None,
        "industry_level": None,
        "coupling": mean(row["coupling"] for row in rows),
        "level": mean(row["level"] for row in rows),
        "coordination": degree,
        "grade": grade(degree),
        "grey": mean(row["grey"] for row in rows),
        "grey_years": None,
        "unknown": sum(one.unknown for one in taught.values()),
        "missing": tuple(missing),
        **premise(*([claim for one in side.values() for claim in one.claims] for side in (taught, worked))),
    }
