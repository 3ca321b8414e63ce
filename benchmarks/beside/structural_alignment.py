"""`structural_alignment` by hand: the structure of what is taught against that of the people needed, by chain."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from benchmarks.beside.demand import Demand, demand
from benchmarks.beside.plain import Claim, Plain, Row, in_turn, rests_on, surest, telling
from benchmarks.beside.teaching import counted, figure, teaching

GRADES = (
    *("极度失调", "严重失调", "中度失调", "轻度失调", "濒临失调"),
    *("勉强协调", "初级协调", "中级协调", "良好协调", "优质协调"),
)
WORDS = {"enrolled": "在校生数", "graduates": "毕业生数"}


@dataclass
class Unit:
    """What counts to a chain on one side: shares of figures, the years and claims of these, how many are unknown."""

    parts: list[float] = field(default_factory=list)
    years: set[int] = field(default_factory=set)
    claims: list[Claim] = field(default_factory=list)
    unknown: int = 0

    @property
    def value(self) -> float | None:
        """All together."""
        return math.fsum(self.parts) if self.parts else None

    def add(self, value: float | None, share: float, claims: list[Claim]) -> None:
        """Count a figure by its share; the claims are those that it rests on."""
        self.claims += claims
        if value is None:
            self.unknown += 1
        else:
            self.parts.append(share * value)
            self.years |= {claim["year"] for claim in claims if claim["year"] is not None}


def can_tell(plain: Plain, *, education: str = "enrolled", year: int | None = None, **_: object) -> bool:
    """Whether this loop can: it compares students with people needed, which two chains must tell, nothing else."""
    if next(plain.all("HAS_INDUSTRY", None), None) is not None:
        return False
    outer = {chain: _outermost(plain, chain) for chain in plain.labelled["IndustryChain"]}
    students, _left = _students(plain, outer, education, year)
    return all(
        sum(bool(one.parts) for one in side.values()) > 1 for side in (students, _people(plain, outer, year))
    )


def loop(
    plain: Plain,
    *,
    education: str = "enrolled",
    normalisation: str = "range",
    floor: float = 0.01,
    alpha: float = 0.5,
    year: int | None = None,
) -> list[Row]:
    """One row for the whole, one a chain. Where no records tell of industries, people needed are compared."""
    if next(plain.all("HAS_INDUSTRY", None), None) is not None:
        raise SystemExit("structural_alignment: records of industries are not read by this loop")
    outer = {chain: _outermost(plain, chain) for chain in plain.labelled["IndustryChain"]}
    students, left_out = _students(plain, outer, education, year)
    people = _people(plain, outer, year)
    units = {*students, *people}
    none = 0.0 if any(one.parts for one in students.values()) else None
    taught = {unit: students[unit].value if unit in students else none for unit in units}
    needed = {unit: people[unit].value if unit in people else None for unit in units}
    both = [unit for unit in units if taught[unit] is not None and needed[unit] is not None]
    p, o = _shares(taught, both), _shares(needed, both)
    least = floor if normalisation == "range" else None
    first, second = _levels(taught, least), _levels(needed, least)
    rows = []
    for unit in units:
        own, other = students.get(unit, Unit()), people.get(unit, Unit())
        coupling, level, degree = _coordination(first[unit], second[unit], alpha)
        rows.append(
            {
                "unit": plain.named(unit)[0],
                "node": plain.named(unit),
                "by": "chain",
                "measures": None,
                "year": _span(other.years),
                "education_year": _span(own.years),
                "education": _round(taught[unit]),
                "industry": _round(needed[unit]),
                "education_share": _round(p.get(unit)),
                "industry_share": _round(o.get(unit)),
                "deviation": _round(_deviation(p.get(unit), o.get(unit))),
                "matching": _round(_matching(p.get(unit), o.get(unit))),
                "similarity": None,
                "education_level": _round(first[unit]),
                "industry_level": _round(second[unit]),
                "coupling": _round(coupling),
                "level": _round(level),
                "coordination": _round(degree),
                "grade": _grade(degree),
                "grey": None,  # what is needed is told of no course of years
                "grey_years": None,
                "unknown": own.unknown,
                "missing": tuple(
                    word
                    for word, value in ((WORDS[education], taught[unit]), ("需求人数", needed[unit]))
                    if value is None
                ),
                **_premise(own.claims, other.claims),
            }
        )
    return [_whole(rows, p, o, students, people, left_out, WORDS[education]), *rows] if rows else []


def _students(
    plain: Plain, outer: dict[str, set[str]], column: str = "enrolled", year: int | None = None
) -> tuple[dict[str, Unit], int]:
    """Chain → the students of the offerings that serve it or its parts; and how many offerings serve none."""
    taught, found, left_out = teaching(plain), dict[str, Unit](), 0
    for (_, specialty), offering in taught.offerings.items():
        units = {unit for chain in taught.chains(specialty, offering) for unit in outer[chain]}
        left_out += not units
        value = figure(offering.claims, column, "number", year=year)
        claims = counted(offering.claims, column, year)
        for unit in units:
            found.setdefault(unit, Unit()).add(value, 1 / len(units), claims)
    return found, left_out


def _people(plain: Plain, outer: dict[str, set[str]], year: int | None = None) -> dict[str, Unit]:
    """Chain → the people that its enterprises need, and what it or its parts need beyond these."""
    asked, found = demand(plain, year), dict[str, Unit]()
    chains: dict[str, list[str]] = {}
    for chain, firms in asked.firms.items():
        for firm in firms:
            chains.setdefault(firm, []).append(chain)
    beyond = _beyond(plain, asked)
    for head, own in asked.asks.items():
        is_chain = head.startswith("IndustryChain:")
        units = {unit for chain in ([head] if is_chain else chains.get(head, ())) for unit in outer[chain]}
        for post, people in own.items():
            value = beyond[head, post] if is_chain and people is not None else people
            claims = counted(asked.once[head][post], "headcount", year)
            for unit in units:
                found.setdefault(unit, Unit()).add(value, 1 / len(units), claims)
    return found


def _beyond(plain: Plain, asked: Demand) -> dict[tuple[str, str], int]:
    """Chain and post → the people needed beyond what its parts and enterprises ask for, small chains first."""
    told: dict[str, list[tuple[int, int, str, str]]] = {}
    inside = {}
    for head, own in asked.asks.items():
        if head.startswith("IndustryChain:"):
            inside[head] = plain.inside(head)
            for post, people in own.items():
                if people is not None:
                    key = len(inside[head]), -people, plain.named(head)[0], head
                    told.setdefault(post, []).append(key)
    firms = {
        chain: set().union(*(asked.firms.get(part, set()) for part in own)) for chain, own in inside.items()
    }
    asking: dict[str, list[tuple[str, int]]] = {}
    for firm, own in asked.asks.items():
        if firm not in inside:
            for post, people in own.items():
                if people is not None and post in told:
                    asking.setdefault(post, []).append((firm, people))
    found: dict[tuple[str, str], int] = {}
    for post, keys in told.items():
        for _, negative, _, chain in sorted(keys):
            theirs = sum(people for firm, people in asking.get(post, ()) if firm in firms[chain])
            theirs += sum(found.get((part, post), 0) for part in inside[chain])
            found[chain, post] = max(0, -negative - theirs)
    return found


def _outermost(plain: Plain, chain: str) -> set[str]:
    """The chains that a chain or segment counts to: of itself and its wholes those that are part of no other."""
    around = plain.wholes(chain)
    fit = {one for one in around if plain.value(one, "tier") not in ("集群", "行业")}
    return {one for one in fit if not (plain.wholes(one) - {one}) & fit} or fit


def _whole(
    rows: list[Row],
    p: dict[str, float],
    o: dict[str, float],
    students: dict[str, Unit],
    people: dict[str, Unit],
    left_out: int,
    taught: str,
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
        "measures": f"{taught} 对 需求人数",
        "year": _span(year for one in people.values() for year in one.years),
        "education_year": _span(year for one in students.values() for year in one.years),
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
        "unknown": sum(one.unknown for one in students.values()),
        "missing": tuple(missing),
        **_premise(
            *([claim for one in side.values() for claim in one.claims] for side in (students, people))
        ),
    }


def _premise(first: list[Claim], second: list[Claim]) -> Row:
    sure = [one for one in map(surest, (first, second)) if one is not None]
    return rests_on(in_turn(telling(first, 3), telling(second, 3)), min(sure, default=None))


def _shares(values: dict[str, float | None], both: list[str]) -> dict[str, float]:
    known = {unit: value for unit in both if (value := values[unit]) is not None}
    total = math.fsum(known.values())
    return {unit: value / total for unit, value in known.items()} if total else {}


def _levels(values: dict[str, float | None], floor: float | None) -> dict[str, float | None]:
    """Values from the floor to 1; without one over the largest."""
    known = [value for value in values.values() if value is not None]
    low, high = min(known, default=0.0), max(known, default=0.0)
    if floor is None:
        return {
            unit: value / high if value is not None and high > 0 else None for unit, value in values.items()
        }
    return {
        unit: floor + (1 - floor) * (value - low) / (high - low) if value is not None and high > low else None
        for unit, value in values.items()
    }


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
