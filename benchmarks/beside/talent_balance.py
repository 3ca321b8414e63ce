"""`talent_balance` by hand: of each chain, who graduates for it against the people that it needs."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from benchmarks.beside.chains import looked_at
from benchmarks.beside.demand import Demand, demand
from benchmarks.beside.market import Market, market
from benchmarks.beside.matching import assigned
from benchmarks.beside.plain import Claim, Plain, Row, in_turn, rests_on, surest, telling
from benchmarks.beside.stated import stated
from benchmarks.beside.teaching import contradicting, counted, figure

SHOWN = 5  # of what is to be asked for


@dataclass
class Side:
    """What is told of a chain on one side: people, its own of these, by whom it is not told, from which claims."""

    column: str  # that tells how many
    year: int | None  # of which alone figures count
    value: int | None = None
    own: int | None = None
    unknown: list[str] = field(default_factory=list)
    years: set[int] = field(default_factory=set)
    conflicts: list[str] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)

    def add(self, who: str, value: int | None, claims: list[Claim], others: list[int]) -> None:
        """Count where a figure is from, or that it is unknown; the figures are summed up by whoever knows how."""
        told = counted(claims, self.column, self.year)
        self.claims += told
        if value is None:
            self.unknown.append(who)
            return
        self.years |= {claim["year"] for claim in told if claim["year"] is not None}
        if others:
            year = told[0]["year"] or ""
            self.conflicts.append(f"{who} {year}：{value} ≠ {'、'.join(map(str, others))}")


def loop(plain: Plain, *, year: int | None = None, retention: float = 1.0) -> list[Row]:
    """One row a chain of which anything is told."""
    sides, asked, balance = market(plain, year, retention), demand(plain, year), []
    matched = assigned(sides)
    serving, needing = (
        _by_chain(one.kind[2] for one in sides.supplied),
        _by_chain(one.kind[2] for one in sides.needed),
    )
    operating: dict[str, set[str]] = {}
    for chain, firms in asked.firms.items():
        for firm in firms:
            operating.setdefault(firm, set()).add(chain)
    supplies = _Supplies(plain, sides, year)
    others = {
        (head, post): contradicting(claims, "headcount", "level", -1, year)
        for head, own in asked.once.items()
        for post, claims in own.items()
        if len(claims) > 1
    }
    for chain in looked_at(plain):
        inside = plain.inside(chain)
        around = inside | plain.wholes(chain)
        offerings = sorted({place for part in inside for place in serving.get(part, ())})
        supply = supplies.of(offerings, around)
        needed, silent = _needed(plain, asked, chain, inside, around, operating, others)
        texts, contradictions, documents = stated(plain, inside, year)
        if not (offerings or needed.claims or needed.unknown or silent or texts):
            continue
        needs = {place for part in inside for place in needing.get(part, ())}
        people = [one for place in needs if (one := sides.needed[place].headcount) is not None]
        met = sum(matched.met[place] for place in needs if sides.needed[place].headcount is not None)
        left = [
            graduated - matched.placed[place]
            for place in offerings
            if (graduated := sides.supplied[place].graduates) is not None
        ]
        known = supply.value is not None and needed.value is not None
        sure = [one for one in map(surest, (supply.claims, needed.claims)) if one is not None]
        sure = sure or [one for one in [surest(documents)] if one is not None]
        evidence = in_turn(
            telling(documents, 2), telling(supply.claims, 2), telling(needed.claims, 2), shown=6
        )
        asking = sorted([*needed.unknown, *silent])[:SHOWN]
        balance.append(
            {
                "chain": plain.named(chain),
                "supply": supply.value,
                "own_supply": supply.own,
                "supply_unknown": len(supply.unknown),
                "supply_years": _span(supply.years),
                "demand": needed.value,
                "own_demand": needed.own,
                "demand_unknown": len(needed.unknown) + len(silent),
                "demand_years": _span(needed.years),
                "balance": (supply.value or 0) - (needed.value or 0) if known else None,
                "bound": _bound(supply, needed, bool(silent)) if known else None,
                "matched": met if people else None,
                "shortage": sum(people) - met if people else None,
                "surplus": sum(left) if left else None,
                "stated": texts,
                "conflicts": (*sorted([*supply.conflicts, *needed.conflicts]), *contradictions),
                "missing": (
                    *(f"毕业生数：{one}" for one in sorted(supply.unknown)[:SHOWN]),
                    *(() if offerings else ("对接本链的专业或专业群",)),
                    *(f"需求人数：{one}" for one in asking),
                    *(("本链的需求人数",) if needed.value is None and not asking else ()),
                ),
                **rests_on(evidence, min(sure, default=None)),
            }
        )
    return balance


class _Supplies:
    """Who graduates where."""

    def __init__(self, plain: Plain, sides: Market, year: int | None) -> None:
        self._supplied, self._year = sides.supplied, year
        self._told = [
            (
                f"{plain.named(one.school)[0] if one.school else '？'}·{plain.named(one.kind[0])[0]}",
                offering.claims,
                contradicting(offering.claims, "graduates", "number", year=year),
            )
            for one in sides.supplied
            for offering in [sides.taught.offerings[one.school, one.kind[0]]]
        ]

    def of(self, offerings: list[int], around: set[str]) -> Side:
        """All that serve a chain; its own are those that serve nothing but it, its parts and its wholes."""
        found = Side("graduates", self._year)
        for place in offerings:
            one, (who, claims, others) = self._supplied[place], self._told[place]
            told = figure(claims, "graduates", "number", year=self._year)
            found.add(who, told, claims, others)
            if one.graduates is not None:
                found.value = (found.value or 0) + one.graduates
                if one.kind[2] <= around:
                    found.own = (found.own or 0) + one.graduates
        return found


def _needed(
    plain: Plain,
    asked: Demand,
    chain: str,
    inside: set[str],
    around: set[str],
    operating: dict[str, set[str]],
    others: dict[tuple[str, str], list[int]],
) -> tuple[Side, list[str]]:
    """The people that a chain needs, and its enterprises of which no demand is told."""
    found, silent = Side("headcount", asked.year), []
    sums: list[dict[str, int]] = [{}, {}]
    pairs = []
    for firm in {firm for part in inside for firm in asked.firms.get(part, ())}:
        needs = asked.asks.get(firm)
        if not needs:
            silent.append(plain.named(firm)[0])
            continue
        alone = operating[firm] <= around
        for post, people in needs.items():
            pairs.append((firm, post))
            if people is not None:
                for counted_in in sums if alone else sums[:1]:
                    counted_in[post] = counted_in.get(post, 0) + people
    said: dict[str, int | None] = {}
    for post in {post for part in inside for post in asked.asks.get(part, ())}:
        said[post], visited = _said(plain, asked, chain, post)
        pairs += [(part, post) for part in visited]
    for head, post in pairs:
        who = f"{plain.named(head)[0]}·{plain.named(post)[0]}"
        found.add(who, asked.asks[head][post], asked.once[head][post], others.get((head, post), []))
    found.value, found.own = (_together(said, each) for each in sums)
    return found, silent


def _said(plain: Plain, asked: Demand, chain: str, post: str) -> tuple[int | None, set[str]]:
    """What a chain is said to need of a post, or its parts if that is more; and whose figures were looked at."""
    seen, visited, below = {chain}, set(), None
    waiting = deque(sorted({claim["head"] for claim in plain.at("PART_OF", chain, None)}))
    while waiting:
        part = waiting.popleft()
        if part in seen:
            continue
        seen.add(part)
        people = asked.asks.get(part, {}).get(post)
        if people is None:
            waiting += sorted({claim["head"] for claim in plain.at("PART_OF", part, None)})
        else:
            below = people + (below or 0)
        if post in asked.asks.get(part, {}):
            visited.add(part)
    own = asked.asks.get(chain, {}).get(post)
    if post in asked.asks.get(chain, {}):
        visited.add(chain)
    return max((one for one in (own, below) if one is not None), default=None), visited


def _together(said: dict[str, int | None], sums: dict[str, int]) -> int | None:
    """The people of all posts: of each what enterprises ask for, or what is said if that is more."""
    posts = {post for post in said if said[post] is not None} | sums.keys()
    return sum(max(said.get(post) or 0, sums.get(post, 0)) for post in posts) if posts else None


def _bound(supply: Side, needed: Side, silent: bool) -> str:
    """What the true balance is."""
    if supply.conflicts or needed.conflicts:
        return "≈"
    at_most = not supply.unknown and needed.own == needed.value
    at_least = not (needed.unknown or silent) and supply.own == supply.value
    return ("=" if at_least else "≤") if at_most else "≥" if at_least else "≈"


def _by_chain(sets: Iterable[frozenset[str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, chains in enumerate(sets):
        for chain in chains:
            found.setdefault(chain, []).append(place)
    return found


def _span(years: set[int]) -> str | None:
    if not years:
        return None
    return str(min(years)) if min(years) == max(years) else f"{min(years)}–{max(years)}"
