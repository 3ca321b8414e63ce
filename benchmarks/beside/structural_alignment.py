"""`structural_alignment` by hand: the structure of what is taught against people needed, enterprises or a table."""

from __future__ import annotations

import math
from collections.abc import Iterable

from benchmarks.beside.plain import Claim, Plain, Row, in_turn, rests_on, surest, telling
from benchmarks.beside.structure_levels import grey_degrees, leveled
from benchmarks.beside.structure_sides import Unit, follow_students, given, operators, people, students
from benchmarks.beside.structure_units import Units

GRADES = (
    *("极度失调", "严重失调", "中度失调", "轻度失调", "濒临失调"),
    *("勉强协调", "初级协调", "中级协调", "良好协调", "优质协调"),
)
WORDS = {
    "enrolled": "在校生数",
    "graduates": "毕业生数",
    "places": "专业布点数",
    "demand": "需求人数",
    "operators": "链上企业数（图谱）",
    "table": "给定的表",
}


def can_tell(
    plain: Plain,
    *,
    by: str = "chain",
    education: str | None = None,
    industry: str | None = None,
    table: str | None = None,
    region_level: str = "县级",
    sectors: str | None = None,
    year: int | None = None,
    **_: object,
) -> bool:
    """Whether this loop can: which indicators are compared is given, or they are those that it takes.

    It reads no records of industries, which come first where they are told.
    """
    units = Units(plain, by, region_level, sectors)
    sides = [] if education else [students(plain, units, "enrolled", year)[0]]
    if not industry and not table:
        if next(plain.all("HAS_INDUSTRY", None), None) is not None:
            return False
        sides.append(people(plain, units, year))
    return all(sum(bool(one.parts) for one in side.values()) > 1 for side in sides)


def loop(
    plain: Plain,
    *,
    by: str = "chain",
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
    units_of = Units(plain, by, region_level, sectors)
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
    if measure == "table" and first != "places":
        follow_students(plain, units_of, taught_by, first)
    units = {*worked_by, *(unit for own, _ in every.values() for unit in own)}
    taught = {name: _filled(own, units) for name, (own, _) in every.items()}
    worked = {unit: worked_by[unit].value if unit in worked_by else None for unit in units}
    both = [unit for unit in units if taught[first][unit] is not None and worked[unit] is not None]
    p, o = _shares(taught[first], both), _shares(worked, both)
    least = floor if normalisation == "range" else None
    one_side = leveled({name: (weights[name], taught[name]) for name in weights}, least, weighting)
    other_side = leveled({measure: (1.0, worked)}, least, weighting)
    grey, grey_years = grey_degrees(units, taught_by, worked_by, resolution=resolution, scaling=scaling)
    rows = []
    for unit in units:
        own, other = taught_by.get(unit, Unit()), worked_by.get(unit, Unit())
        coupling, level, degree = _coordination(one_side[unit], other_side[unit], alpha)
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
                "year": _span(other.years),
                "education_year": _span(own.years),
                "education": _round(taught[first][unit]),
                "industry": _round(worked[unit]),
                "education_share": _round(p.get(unit)),
                "industry_share": _round(o.get(unit)),
                "deviation": _round(_deviation(p.get(unit), o.get(unit))),
                "matching": _round(_matching(p.get(unit), o.get(unit))),
                "similarity": None,
                "education_level": _round(one_side[unit]),
                "industry_level": _round(other_side[unit]),
                "coupling": _round(coupling),
                "level": _round(level),
                "coordination": _round(degree),
                "grade": _grade(degree),
                "grey": _round(grey[unit]),
                "grey_years": _span(grey_years[unit]),
                "unknown": own.unknown,
                "missing": tuple(
                    WORDS[name]
                    for name, value in ((first, taught[first][unit]), (measure, worked[unit]))
                    if value is None
                ),
                **_premise([*claims.values()], other.claims),
            }
        )
    said = f"{'、'.join(WORDS[name] for name in weights)} 对 {WORDS[measure]}"
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
    deviations = [abs(p[unit] / o[unit] - 1) for unit in p if o[unit]]
    norm = math.sqrt(math.fsum(one**2 for one in p.values()) * math.fsum(one**2 for one in o.values()))
    degree = _mean(row["coordination"] for row in rows)
    missing = [f"{left_out} 个专业点不属于任何单元"] if left_out else []
    if len(compared) < len(rows):
        missing.append(f"{len(rows) - len(compared)} 个单元缺一侧的数，未比")
    return {
        **rows[0],
        "unit": "全部",
        "node": None,
        "measures": measures,
        "year": _span(year for one in worked.values() for year in one.years),
        "education_year": _span(year for one in taught.values() for year in one.years),
        "education": _round(math.fsum(row["education"] for row in compared)) if compared else None,
        "industry": _round(math.fsum(row["industry"] for row in compared)) if compared else None,
        "education_share": None,
        "industry_share": None,
        "deviation": _mean(deviations),
        "matching": _round(math.fsum(min(p[unit], o[unit]) for unit in p)) if p else None,
        "similarity": _round(math.fsum(p[unit] * o[unit] for unit in p) / norm) if norm else None,
        "education_level": None,
        "industry_level": None,
        "coupling": _mean(row["coupling"] for row in rows),
        "level": _mean(row["level"] for row in rows),
        "coordination": degree,
        "grade": _grade(degree),
        "grey": _mean(row["grey"] for row in rows),
        "grey_years": None,
        "unknown": sum(one.unknown for one in taught.values()),
        "missing": tuple(missing),
        **_premise(*([claim for one in side.values() for claim in one.claims] for side in (taught, worked))),
    }


def _premise(first: list[Claim], second: list[Claim]) -> Row:
    sure = [one for one in map(surest, (first, second)) if one is not None]
    return rests_on(in_turn(telling(first, 3), telling(second, 3)), min(sure, default=None))


def _shares(values: dict[str, float | None], both: list[str]) -> dict[str, float]:
    known = {unit: value for unit in both if (value := values[unit]) is not None}
    total = math.fsum(known.values())
    return {unit: value / total for unit, value in known.items()} if total else {}


def _coordination(
    first: float | None, second: float | None, alpha: float
) -> tuple[float | None, float | None, float | None]:
    if first is None or second is None or first + second <= 0:
        return None, None, None
    coupling = min(1.0, 2 * math.sqrt(first * second) / (first + second))
    level = alpha * first + (1 - alpha) * second
    return coupling, level, math.sqrt(coupling * level)


def _deviation(p: float | None, o: float | None) -> float | None:
    return p / o - 1 if p is not None and o else None


def _matching(p: float | None, o: float | None) -> float | None:
    return min(p, o) / max(p, o) if p is not None and o is not None and max(p, o) else None


def _grade(degree: float | None) -> str | None:
    return None if degree is None else GRADES[min(9, max(0, math.ceil(round(degree, 9) * 10) - 1))]


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 4) + 0


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return _round(math.fsum(known) / len(known)) if known else None


def _span(years: Iterable[int]) -> str | None:
    told = sorted(years)
    if not told:
        return None
    return str(told[0]) if told[0] == told[-1] else f"{told[0]}–{told[-1]}"
