"""The two sides of the talent market, by hand: every offering with its graduates, every need with its people, once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from benchmarks.beside.demand import Demand, demand
from benchmarks.beside.plain import Claim, Plain, label
from benchmarks.beside.teaching import Teaching, counted, figure, graduates, teaching
from graph.gaps.market import LADDER

Kind = tuple[str, str | None, frozenset[str]]
"""What makes offerings or needs the same: the specialty or post, the level, the chains."""


@dataclass
class Supplied:
    """An offering with its graduates; None where nobody tells how many."""

    school: str | None
    kind: Kind
    graduates: int | None
    claims: list[Claim]


@dataclass
class Needed:
    """A need with its people; None where nobody tells how many."""

    demander: str
    kind: Kind
    headcount: int | None
    claims: list[Claim]


@dataclass
class Market:
    """Both sides in the order of their names, and who fits what."""

    supplied: list[Supplied]
    needed: list[Needed]
    taught: Teaching
    asked: Demand
    suited: dict[str, set[str]] = field(default_factory=dict)
    prepared: dict[str, set[str]] = field(default_factory=dict)
    answers: dict[str, set[str]] = field(default_factory=dict)
    aimed: set[str] = field(default_factory=set)

    def accepted(self, chains: frozenset[str]) -> set[str]:
        """The chains whose specialties count for a need of these."""
        return {one for chain in chains for one in self.answers[chain]}


def market(plain: Plain, year: int | None = None, retention: float = 1.0) -> Market:
    """Everything that is offered and everything that is needed; of graduates the share that stays."""
    taught, asked = teaching(plain), demand(plain, year)
    chains = {*plain.labelled["IndustryChain"]}
    for claim in plain.all("PART_OF", None):
        if label(claim["tail"]) == "IndustryChain":
            chains |= {claim["head"], claim["tail"]}
    inside = {chain: plain.inside(chain) for chain in chains}
    made = Market(_supplied(plain, taught, year, retention), _needed(plain, asked, inside), taught, asked)
    for chain, own in inside.items():
        segment = plain.value(chain, "tier") == "环节"
        made.answers[chain] = own | plain.wholes(chain) if segment else own
    pairs = {(claim["tail"], claim["head"]) for claim in plain.all("PREPARES_FOR", None)} | asked.beside
    made.aimed = {specialty for _, specialty in pairs}
    pairs |= {(one, one) for need in made.needed for one in [need.kind[0]] if label(one) == "Specialty"}
    for post, specialty in pairs:
        made.suited.setdefault(post, set()).add(specialty)
        made.prepared.setdefault(specialty, set()).add(post)
    return made


def steps(have: str | None, want: str | None) -> int | None:
    """Levels more than are wanted; None where they are too few."""
    high, low = LADDER.get(have or ""), LADDER.get(want or "")
    if high is None or low is None:
        return 0
    return high - low if high >= low else None


def _supplied(plain: Plain, taught: Teaching, year: int | None, retention: float) -> list[Supplied]:
    served: dict[tuple[str, frozenset[str]], frozenset[str]] = {}
    found = []
    for (school, specialty), offering in taught.offerings.items():
        through = specialty, frozenset(offering.groups)
        if through not in served:
            served[through] = frozenset(taught.chains(specialty, offering))
        kind = specialty, plain.value(specialty, "level"), served[through]
        people = graduates(offering, year)
        staying = None if people is None else int(people * Fraction(str(retention)))
        found.append(Supplied(school, kind, staying, counted(offering.claims, "graduates", year)))

    def by_name(one: Supplied) -> tuple[object, ...]:
        specialty, level, _ = one.kind
        school = plain.named(one.school) if one.school else ("", "")
        return plain.named(specialty)[0], school[0], level or "", specialty, school[1]

    return sorted(found, key=by_name)


def _needed(plain: Plain, asked: Demand, inside: dict[str, set[str]]) -> list[Needed]:
    operating: dict[str, set[str]] = {}
    for chain, firms in asked.firms.items():
        for firm in firms:
            operating.setdefault(firm, set()).add(chain)
    sets: dict[frozenset[str], frozenset[str]] = {}
    found = []
    for demander, own in asked.once.items():
        if label(demander) == "IndustryChain":
            continue
        chains = frozenset(operating.get(demander, ()))
        chains = sets.setdefault(chains, chains)
        for post, claims in own.items():
            found += [
                Needed(demander, (post, level, chains), part, told)
                for told in [counted(claims, "headcount", asked.year)]
                for level, part in _by_level(told, asked.asks[demander][post])
            ]
    found += _beyond(plain, asked, inside)

    def by_name(one: Needed) -> tuple[object, ...]:
        post, level, _ = one.kind
        head, tail = plain.named(one.demander), plain.named(post)
        return head[0], tail[0], level or "", head[1], tail[1]

    return sorted(found, key=by_name)


def _by_level(told: list[Claim], people: int | None) -> Iterator[tuple[str | None, int | None]]:
    """A number of people by the levels that are told; what no level is told of stands under none."""
    levels = {claim["level"] for claim in told}
    if len(levels) == 1 or people is None:
        yield (levels.pop() if len(levels) == 1 else None), people
        return
    split = {
        level: figure([claim for claim in told if claim["level"] == level], "headcount", "level", -1) or 0
        for level in levels
        if level is not None
    }
    rest = people - sum(split.values())
    if rest < 0:
        yield None, people
        return
    yield from sorted(split.items())
    if rest:
        yield None, rest


def _beyond(plain: Plain, asked: Demand, inside: dict[str, set[str]]) -> Iterator[Needed]:
    """What chains are said to need beyond their parts and their enterprises; small chains first."""
    posts: dict[str, list[str]] = {}
    for chain, own in asked.once.items():
        if label(chain) == "IndustryChain":
            for post in own:
                posts.setdefault(post, []).append(chain)
    asking: dict[str, list[str]] = {}
    for firm, needs in asked.asks.items():
        if label(firm) != "IndustryChain":
            for post in needs:
                asking.setdefault(post, []).append(firm)
    within: dict[str, set[str]] = {}
    for post, chains in posts.items():
        beyond: dict[str, int] = {}
        people = {chain: asked.asks[chain][post] for chain in chains}
        for chain in sorted(
            chains, key=lambda one: (len(inside[one]), -(people[one] or 0), plain.named(one))
        ):
            whole, claims = people[chain], asked.once[chain][post]
            levels = {claim["level"] for claim in counted(claims, "headcount", asked.year)}
            if whole is not None:
                if chain not in within:
                    within[chain] = {firm for part in inside[chain] for firm in asked.firms.get(part, ())}
                firms = [firm for firm in asking.get(post, ()) if firm in within[chain]]
                covered = sum(asked.asks[firm][post] or 0 for firm in firms)
                covered += sum(beyond.get(part, 0) for part in inside[chain])
                whole = beyond[chain] = max(0, whole - covered)
            level = levels.pop() if len(levels) == 1 else None
            yield Needed(
                chain, (post, level, frozenset({chain})), whole, counted(claims, "headcount", asked.year)
            )
