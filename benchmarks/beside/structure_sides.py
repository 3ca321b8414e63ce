"""The two sides of a structure by unit, by hand: what is taught, and people needed, enterprises or a table given."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from benchmarks.beside.demand import Demand, demand
from benchmarks.beside.plain import Claim, Plain
from benchmarks.beside.structure_units import Units
from benchmarks.beside.teaching import Offering, counted, figure, teaching
from benchmarks.beside.yearly import yearly

Course = dict[int, float]


@dataclass
class Unit:
    """What counts to a chain on one side: shares of figures, the years and claims of these, how many are unknown.

    `told` are the years that anything tells, `courses` what each thing tells year by year that tells of several.
    """

    parts: list[float] = field(default_factory=list)
    years: set[int] = field(default_factory=set)
    claims: list[Claim] = field(default_factory=list)
    unknown: int = 0
    told: set[int] = field(default_factory=set)
    courses: dict[object, Course] = field(default_factory=dict)

    @property
    def value(self) -> float | None:
        """All together."""
        return math.fsum(self.parts) if self.parts else None

    def add(self, value: float | None, share: float, claims: list[Claim], *, dated: bool = True) -> None:
        """Count a figure by its share; the claims are those that it rests on, their years its own."""
        self.claims += claims
        if value is None:
            self.unknown += 1
        else:
            self.parts.append(share * value)
            self.years |= {claim["year"] for claim in claims if dated and claim["year"] is not None}

    def follow(self, thing: object, course: Course) -> None:
        """Count what a thing tells year by year."""
        self.told |= course.keys()
        if len(course) > 1:
            self.courses[thing] = course


def students(plain: Plain, units: Units, column: str, year: int | None) -> tuple[dict[str, Unit], int]:
    """Unit → what is taught for it (`places` counts offerings); and how many offerings count to none."""
    taught, found, left_out = teaching(plain), dict[str, Unit](), 0
    for (school, specialty), offering in taught.offerings.items():
        own = units.of_offering(school, specialty, taught.chains(specialty, offering))
        left_out += not own
        value, claims = _figure(offering, column, year)
        for unit in own:
            found.setdefault(unit, Unit()).add(value, 1 / len(own), claims, dated=column != "places")
    return found, left_out


def _figure(offering: Offering, column: str, year: int | None) -> tuple[float | None, list[Claim]]:
    if column == "places":
        return 1.0, counted(offering.claims, "graduates", year)
    return figure(offering.claims, column, "number", year=year), counted(offering.claims, column, year)


def follow_students(plain: Plain, units: Units, found: dict[str, Unit], column: str) -> None:
    """Add what offerings tell year by year."""
    taught = teaching(plain)
    for (school, specialty), offering in taught.offerings.items():
        own = units.of_offering(school, specialty, taught.chains(specialty, offering))
        told = {
            when: figures[column]
            for when, figures in yearly(offering.claims).items()
            if when and column in figures
        }
        for unit in own:
            share = 1 / len(own)
            found[unit].follow((school, specialty), {when: share * value for when, value in told.items()})


def people(plain: Plain, units: Units, year: int | None) -> dict[str, Unit]:
    """Unit → the people that enterprises need, and what chains or their parts need beyond these."""
    asked, found = demand(plain, year), dict[str, Unit]()
    chains = _operating(asked)
    beyond = _beyond(plain, asked)
    for head, own in asked.asks.items():
        is_chain = head.startswith("IndustryChain:")
        for post, number in own.items():
            counts = units.of_need(head, post, [head] if is_chain else chains.get(head, ()))
            value = beyond[head, post] if is_chain and number is not None else number
            claims = counted(asked.once[head][post], "headcount", year)
            for unit in counts:
                found.setdefault(unit, Unit()).add(value, 1 / len(counts), claims)
    return found


def operators(plain: Plain, units: Units) -> dict[str, Unit]:
    """Unit → the enterprises that operate in its chains."""
    found: dict[str, Unit] = {}
    for firm, chains in _operating(demand(plain)).items():
        counts = units.of_firm(firm, chains)
        for unit in counts:
            claims = [*plain.of("OPERATES_IN", firm, None)]
            found.setdefault(unit, Unit()).add(1.0, 1 / len(counts), claims, dated=False)
    return found


def given(table: str, units: Units, year: int | None) -> dict[str, Unit]:
    """What a table tells, `unit:value; …` or `unit:year:value; …`."""
    by_unit: dict[str, dict[int | None, float]] = {}
    for line in table.split(";"):
        word, *when, value = line.strip().split(":")
        by_unit.setdefault(units.called(word), {})[int(when[0]) if when else None] = float(value)
    found: dict[str, Unit] = {}
    for name, by_year in by_unit.items():
        found[name] = own = Unit()
        dated = {when: value for when, value in by_year.items() if when is not None}
        own.follow(name, dated)
        taken = max(dated, default=None) if year is None else year
        if taken in by_year or None in by_year:
            own.parts.append(by_year[taken] if taken in by_year else by_year[None])
        own.years = {taken} & dated.keys() if taken is not None else set()
    return found


def _operating(asked: Demand) -> dict[str, list[str]]:
    chains: dict[str, list[str]] = {}
    for chain, firms in asked.firms.items():
        for firm in firms:
            chains.setdefault(firm, []).append(chain)
    return chains


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
