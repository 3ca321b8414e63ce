"""`isolated_members` by hand: who takes part and works with no one of the other side."""

from __future__ import annotations

from collections import Counter

from benchmarks.beside.pairs import builders, pairs, partners
from benchmarks.beside.participation import taking_part
from benchmarks.beside.plain import (
    BEGUN,
    DONE_STAGE,
    INTENDED,
    Named,
    Plain,
    Row,
    in_turn,
    label,
    rests_on,
    surest,
    telling,
)
from benchmarks.beside.teaching import teaching

WORKING, SITTING = ("COOPERATES_WITH", "CO_BUILDS"), ("MEMBER_OF", "LEADS")
PLATFORMS = ("ResearchPlatform", "TrainingBase", "IndustryCollege")


def loop(plain: Plain) -> list[Row]:
    """One row a member."""
    active = taking_part(plain, ("School", "Enterprise"))
    of = partners(pairs(plain))
    chains, consortia, platforms = _chains(plain), _consortia(plain), _platforms(plain)
    near = _Near(plain, {one: chains.get(one, set()) | consortia.get(one, set()) for one in active})
    found = []
    for member, claims in active.items():
        own = of.get(member, {})
        if any(pair.stage == DONE_STAGE for pair in own.values()):
            continue
        school = label(member) == "School"
        lacks = ["结对的企业" if school else "结对的院校"]
        if member not in platforms:
            lacks.append("共建的平台或基地")
        told = [claim for claim in claims if claim["kind"] in WORKING]
        seats = [claim for claim in claims if claim["kind"] in SITTING]
        found.append(
            {
                "member": plain.named(member),
                "kind": label(member),
                "consortia": plain.names(consortia.get(member, ())),
                "under_way": plain.names(one for one, pair in own.items() if pair.stage == BEGUN),
                "intended": plain.names(one for one, pair in own.items() if pair.stage == INTENDED),
                "chains": plain.names(chains.get(member, ())),
                "platforms": plain.names(platforms.get(member, ())),
                "lacks": tuple(lacks),
                "candidates": near.to(member),
                **rests_on(in_turn(telling(told, 2), telling(seats, 2), telling(claims)), surest(claims)),
            }
        )
    return found


class _Near:
    """Those of the other side who are in most of the places of a member; looked for once for all in the same places."""

    def __init__(self, plain: Plain, places: dict[str, set[str]]) -> None:
        self._plain, self._places = plain, places
        self._inside: dict[tuple[str, str], list[str]] = {}
        self._known: dict[tuple[str, frozenset[str]], tuple[Named, ...]] = {}
        for member, where in places.items():
            for place in where:
                self._inside.setdefault((label(member), place), []).append(member)

    def to(self, member: str) -> tuple[Named, ...]:
        """The three nearest."""
        other = "School" if label(member) == "Enterprise" else "Enterprise"
        key = other, frozenset(self._places[member])
        if key not in self._known:
            counts = Counter(one for place in key[1] for one in self._inside.get((other, place), ()))
            best = sorted((-count, self._plain.named(one)) for one, count in counts.items())[:3]
            self._known[key] = tuple(named for _, named in best)
        return self._known[key]


def _consortia(plain: Plain) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for kind in SITTING:
        for claim in plain.all(kind):
            found.setdefault(claim["head"], set()).add(claim["tail"])
    return found


def _platforms(plain: Plain) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for thing, own in builders(plain).items():
        if label(thing) in PLATFORMS:
            for builder, claims in own.items():
                if min(map(plain.stage, claims)) == DONE_STAGE:
                    found.setdefault(builder, set()).add(thing)
    return found


def _chains(plain: Plain) -> dict[str, set[str]]:
    """The chains of enterprises (they operate in) and of schools (they, their groups or specialties serve)."""
    found: dict[str, set[str]] = {}
    for claim in plain.all("OPERATES_IN", None):
        found.setdefault(claim["head"], set()).add(claim["tail"])
    taught = teaching(plain)
    for (school, specialty), offering in taught.offerings.items():
        if school is not None and (served := taught.chains(specialty, offering)):
            found.setdefault(school, set()).update(served)
    for group, hosts in taught.hosts.items():
        for school in hosts:
            if served := taught.served.get(group):
                found.setdefault(school, set()).update(served)
    for one, served in taught.served.items():
        if label(one) == "School":
            found.setdefault(one, set()).update(served)
    return found
