"""`uncovered_chains` by hand: chains that no group serves or too few are trained for, and the groups nearest to them."""

from __future__ import annotations

from collections import Counter

from benchmarks.beside.alike import Alike
from benchmarks.beside.chains import looked_at
from benchmarks.beside.demand import Demand, demand
from benchmarks.beside.plain import Claim, Named, Plain, Row, in_turn, rests_on, surest, telling
from benchmarks.beside.teaching import Offering, Teaching, counted, graduates, teaching
from graph.project import is_reference


def loop(plain: Plain, *, tier: str | None = None, seats: bool = True, likeness: float = 0.5) -> list[Row]:
    """One row a chain."""
    taught = teaching(plain)
    found = uncovered(plain, taught, demand(plain), _Near(plain, taught, likeness))
    return [row for row in found if tier in (None, row["tier"]) and (seats or row["gap"] != "学位不足")]


def uncovered(plain: Plain, taught: Teaching, needs: Demand, near: _Near | None = None) -> list[Row]:
    """One row a chain; the nearest groups only where it is said how they are found."""
    by_specialty: dict[str, set[str]] = {}
    serving: dict[str, list[Offering]] = {}
    for (school, specialty), offering in taught.offerings.items():
        if school is not None:
            by_specialty.setdefault(specialty, set()).add(school)
        for chain in taught.chains(specialty, offering):
            serving.setdefault(chain, []).append(offering)
    groups, specialties = _serving(taught.served, "SpecialtyGroup:"), _serving(taught.served, "Specialty:")
    wished = _serving(taught.intended, "SpecialtyGroup:")
    found = []
    for chain in looked_at(plain):
        inside, tier = plain.inside(chain), plain.value(chain, "tier")
        covering = inside | plain.wholes(chain) if tier == "环节" else inside
        covered = any(part in groups for part in covering)
        own = {one for part in inside for one in specialties.get(part, ())}
        offerings = {id(one): one for part in inside for one in serving.get(part, ())}.values()
        people = [one for offering in offerings if (one := graduates(offering)) is not None]
        untold = len(offerings) - len(people)
        seats, headcount = sum(people) if people else None, needs.of(plain, chain, inside)
        short = None if seats is None or headcount is None else max(headcount - seats, 0)
        if covered and not short:
            continue
        firms = {firm for part in inside for firm in needs.firms.get(part, ())}
        wants = [needs.wants[one] for one in {*inside, *firms} if one in needs.wants]
        links = [claim for part in inside for claim in plain.at("OPERATES_IN", part, None)]
        links += [claim for told in wants for claims in told.values() for claim in claims]
        mentions, states = (list(plain.at(kind, chain, None)) for kind in ("MENTIONS", "STATES"))
        told_by = [counted(offering.claims, "graduates") for offering in offerings] if covered else []
        offers = [claim for claims in told_by for claim in claims]
        every = [*links, *mentions, *states, *offers]
        wanted = {post for told in wants for post in told}
        nearest = ((), (), ()) if covered or near is None else near.to(chain, own, wanted, {*inside, *firms})
        found.append(
            {
                "chain": plain.named(chain),
                "tier": tier,
                "gap": "学位不足" if covered else "无专业群" if own else "无专业群，无专业",
                "size": plain.value(chain, "size"),
                "specialties": len(own),
                "schools": len({school for one in own for school in by_specialty.get(one, ())}),
                "enterprises": len(firms),
                "headcount": headcount,
                "seats": seats,
                "unknown": untold,
                "short": short,
                "voices": len({claim["source"] for claim in every if not is_reference(claim["source"])}),
                "intended": plain.names({one for part in covering for one in wished.get(part, ())}),
                "nearest": nearest[0],
                "reasons": nearest[1],
                "alike": nearest[2],
                **rests_on(_telling(mentions, links, offers, states), surest(every)),
            }
        )
    return found


def _telling(
    mentions: list[Claim], links: list[Claim], offers: list[Claim], states: list[Claim]
) -> list[Claim]:
    linked = telling(links, 1 if offers else 3)
    return in_turn(telling(mentions, 2), linked, telling(offers, 1), telling(states))


def _serving(served: dict[str, set[str]], kind: str) -> dict[str, set[str]]:
    """Chain → who of a kind serves it."""
    found: dict[str, set[str]] = {}
    for one, chains in served.items():
        if one.startswith(kind):
            for chain in chains:
                found.setdefault(chain, set()).add(one)
    return found


Nearest = tuple[tuple[Named, ...], tuple[str, ...], tuple[Named, ...]]


class _Near:
    """The groups that share most with what a chain lacks."""

    def __init__(self, plain: Plain, taught: Teaching, likeness: float) -> None:
        self._plain, self._taught, self._likeness = plain, taught, likeness
        self._alike = Alike(map(plain.named, plain.labelled["Specialty"]))
        self._posts: dict[str, set[str]] = {}
        self._fit: dict[str, set[str]] = {}
        for claim in plain.all("PREPARES_FOR", None):
            self._posts.setdefault(claim["head"], set()).add(claim["tail"])
            self._fit.setdefault(claim["tail"], set()).add(claim["head"])
        self._including: dict[str, list[str]] = {}
        for group, inside in taught.members.items():
            for one in inside:
                self._including.setdefault(one, []).append(group)
        self._above: dict[str, set[str]] = {}
        for kind in ("PART_OF", "LOCATED_IN"):
            for claim in plain.all(kind, None):
                if claim["tail"].startswith(("Region:", "Park:")):
                    self._above.setdefault(claim["head"], set()).add(claim["tail"])
        self._cities: dict[str, set[str]] = {}

    def to(self, chain: str, serving: set[str], wanted: set[str], demanders: set[str]) -> Nearest:
        """The nearest groups, why, and specialties with a like name."""
        plain = self._plain
        lacking = serving | {one for one in wanted if one.startswith("Specialty:")}
        lacking |= {one for post in wanted for one in self._fit.get(post, ())}
        alike = self._alike.to(plain.named(chain)[0], self._likeness, 8)
        by_name = {name: (name, one) for name, one in reversed(alike)}
        named = tuple(reversed(by_name.values()))[:3]
        fitting = lacking or {one for _, one in alike}
        counts = Counter(group for one in fitting for group in self._including.get(one, ()))
        if not counts:
            return (), (), named
        here = Counter(city for one in demanders for city in self._of(one))
        least = sorted(counts.values())[-3:][0]
        ordered = []
        for group, count in counts.items():
            if count >= least:
                shared = self._taught.members[group] & fitting
                posts = {post for one in shared for post in self._posts.get(one, ())} & wanted
                hosts = self._taught.hosts.get(group, ())
                near = sum(here[city] for city in {city for one in hosts for city in self._of(one)})
                ordered.append((-len(shared), -len(posts), -near, plain.named(group), shared, posts))
        ordered = sorted(ordered, key=lambda one: one[:4])[:3]
        return (
            tuple(one[3] for one in ordered),
            tuple(self._reason(*one, bool(lacking)) for one in ordered),
            named,
        )

    def _reason(
        self, _: int, __: int, near: int, group: Named, shared: set[str], posts: set[str], claimed: bool
    ) -> str:
        words = [f"{'相同专业' if claimed else '名称相近的专业'} {len(shared)} 个（{self._listed(shared)}）"]
        words += [f"面向所需岗位 {len(posts)} 个（{self._listed(posts)}）"] if posts else []
        words += [f"同城链上企业 {-near} 家"] if near else []
        schools = sorted(self._plain.named(one)[0] for one in self._taught.hosts.get(group[1], ()))
        return f"{f'{schools[0]}·' if schools else ''}{group[0]}：{'，'.join(words)}"

    def _listed(self, nodes: set[str]) -> str:
        names = sorted(self._plain.named(one)[0] for one in nodes)
        return "、".join(names[:2]) + ("等" if len(names) > 2 else "")

    def _of(self, node: str) -> set[str]:
        """The cities that a node lies in."""
        return {city for place in self._above.get(node, ()) for city in self._city(place)}

    def _city(self, place: str) -> set[str]:
        if place not in self._cities:
            found, seen, waiting = set(), {place}, [place]
            while waiting:
                one = waiting.pop()
                higher = self._above.get(one, set())
                if not higher or self._plain.value(one, "level") in ("地级", "省级"):
                    found.add(one)
                else:
                    waiting += higher - seen
                    seen |= higher
            self._cities[place] = found
        return self._cities[place]
