"""`crowded_specialties` by hand: what more schools teach than the needs that it could fill ask for."""

from __future__ import annotations

from benchmarks.beside.filling import Filling
from benchmarks.beside.market import Market, market
from benchmarks.beside.matching import assigned
from benchmarks.beside.plain import Plain, Row, in_turn, rests_on, surest, telling
from benchmarks.beside.teaching_units import Unit, by_school, enough, largest_first, taught, units


def loop(
    plain: Plain,
    *,
    schools: int = 2,
    overlap: float = 0.5,
    unknown: bool = True,
    year: int | None = None,
    retention: float = 1.0,
) -> list[Row]:
    """One row a specialty or class of groups that is crowded, or of which no need tells how many."""
    sides = market(plain, year, retention)
    fits, placed = Filling(sides), assigned(sides).placed
    every = units(plain, sides, overlap)
    rows = (_row(plain, sides, fits, placed, unit) for unit in every if len(unit.schools) >= schools)
    return [row for row in rows if row and (unknown or row["standing"] != "需求未知")]


def _row(plain: Plain, sides: Market, fits: Filling, placed: list[int], unit: Unit) -> Row | None:
    needs = fits.of(kinds := fits.kinds(unit.offerings))
    headcounts = [need.headcount for need in needs if need.headcount is not None]
    demand = sum(headcounts) if headcounts else None
    own = [sides.supplied[place] for place in unit.offerings]
    people = by_school(own)
    most_first = sorted(people.values(), reverse=True)
    taken = sum(placed[place] for place in unit.offerings)
    sufficient = None
    if demand is None:
        standing = "需求未知"
    elif not people:
        return None
    elif (sufficient := enough(most_first, demand)) < len(people):
        standing = "院校过多"
    elif (sufficient := enough(most_first, taken)) < len(people):
        standing = "与相近专业合计过多"
    else:
        return None
    total = sum(people.values()) if people else None
    teaching = taught(plain, sides, unit)
    asking = [claim for need in needs for claim in need.claims]
    schools = largest_first(plain, unit.schools, people)
    sure = [one for one in (surest(teaching), surest(asking)) if one is not None]
    return {
        "subject": plain.named(unit.subject),
        "kind": "SpecialtyGroup" if unit.groups else "Specialty",
        "level": None if unit.groups else plain.value(unit.subject, "level"),
        "standing": standing,
        "schools": len(unit.schools),
        "enough": sufficient,
        "excess": None if sufficient is None else len(people) - sufficient,
        "graduates": total,
        "unknown": sum(one.graduates is None for one in own),
        "demand": demand,
        "demand_unknown": len(needs) - len(headcounts),
        "saturation": round(total / demand, 4) if total is not None and demand else None,
        "surplus": None if total is None or demand is None else total - taken,
        "taught_at": tuple(map(plain.named, schools)),
        "alike": plain.names(unit.groups) if len(unit.groups) > 1 else (),
        "chains": plain.names({chain for one in own for chain in one.kind[2]}),
        "posts": plain.names({kind[0] for kind in kinds}),
        **rests_on(in_turn(telling(teaching, 3), telling(asking, 2)), min(sure, default=None)),
    }
