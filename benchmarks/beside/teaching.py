"""Who teaches what, by hand: offerings of schools and of their groups, the chains that they serve, their graduates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from benchmarks.beside.plain import Claim, Plain
from graph.identity import scope_of

_METHODS = {"record": 0, "rule": 1, "model": 2}


@dataclass
class Offering:
    """A specialty at a school: the claims of OFFERS, and the groups through which it is offered."""

    claims: list[Claim] = field(default_factory=list)
    groups: set[str] = field(default_factory=set)


@dataclass
class Teaching:
    """School and specialty → offering (school None where nobody tells); the rest from ids to ids."""

    offerings: dict[tuple[str | None, str], Offering]
    served: dict[str, set[str]]
    intended: dict[str, set[str]]
    members: dict[str, set[str]]
    hosts: dict[str, set[str]]

    def chains(self, specialty: str, offering: Offering) -> set[str]:
        """The chains that an offering serves."""
        own = (self.served.get(one, set()) for one in (specialty, *offering.groups))
        return set().union(*own)


def teaching(plain: Plain) -> Teaching:
    """All that is provided, from the claims that are done."""
    served: dict[str, set[str]] = {}
    wished: dict[str, set[str]] = {}
    for claim in plain.all("SERVES", None):
        kept = served if claim["status"] in plain.done else wished
        kept.setdefault(claim["head"], set()).add(claim["tail"])
    intended = {one: chains - served.get(one, set()) for one, chains in wished.items()}
    members: dict[str, set[str]] = {}
    hosts: dict[str, set[str]] = {}
    offerings: dict[tuple[str | None, str], Offering] = {}
    for claim in plain.all("INCLUDES"):
        members.setdefault(claim["head"], set()).add(claim["tail"])
    for claim in plain.all("HOSTS"):
        hosts.setdefault(claim["tail"], set()).add(claim["head"])
    for group in plain.labelled["SpecialtyGroup"]:
        scope = scope_of(group)
        if scope and scope.startswith("School:"):
            hosts.setdefault(group, set()).add(scope)
    for claim in plain.all("OFFERS"):
        offerings.setdefault((claim["head"], claim["tail"]), Offering()).claims.append(claim)
    for group, inside in members.items():
        for school in hosts.get(group, ()):
            for specialty in inside:
                offerings.setdefault((school, specialty), Offering()).groups.add(group)
    known = {specialty for _, specialty in offerings}
    for group, inside in members.items():
        if group not in hosts:
            for specialty in inside - known:
                offerings.setdefault((None, specialty), Offering()).groups.add(group)
    return Teaching(offerings, served, intended, members, hosts)


def graduates(offering: Offering, year: int | None = None) -> int | None:
    """The graduates of a year, or of the latest that is told."""
    return figure(offering.claims, "graduates", "number", year=year)


def figure(
    claims: Iterable[Claim], column: str, part: str, sign: int = 1, year: int | None = None
) -> int | None:
    """The number that claims make together: of a year or the latest, of the surest source.

    Of what contradicts it is the least, with -1 as `sign` the largest.
    """
    told = _telling(claims, column, year)
    if len(told) < 2:
        return told[0][column] if told else None
    latest = max((claim["year"] for claim in told if claim["year"] is not None), default=None)
    sources: dict[str, list[Claim]] = {}
    for claim in told:
        if claim["year"] == latest:
            sources.setdefault(claim["source"], []).append(claim)
    totals = []
    for own in sources.values():
        parts: dict[str | None, list[Claim]] = {}
        for claim in own:
            parts.setdefault(claim[part], []).append(claim)
        chosen = {
            one: sign * min((*_trust(claim), sign * claim[column]) for claim in of)[2]
            for one, of in parts.items()
        }
        total = chosen[None] if None in chosen else sum(chosen.values())
        totals.append((*min(map(_trust, own)), sign * total))
    return sign * min(totals)[2]


def _telling(claims: Iterable[Claim], column: str, year: int | None) -> list[Claim]:
    return [
        claim
        for claim in claims
        if claim[column] is not None and claim[column] >= 0 and year in (None, claim["year"])
    ]


def counted(claims: list[Claim], column: str, year: int | None = None) -> list[Claim]:
    """The claims that such a number rests on: those of the year or the latest that tell it, or all where none does."""
    told = _telling(claims, column, year)
    latest = max((claim["year"] for claim in told if claim["year"] is not None), default=None)
    return [claim for claim in told if claim["year"] == latest] or claims


def _trust(claim: Claim) -> tuple[float, int]:
    return -claim["confidence"], _METHODS.get(claim["method"], 3)


def contradicting(
    claims: list[Claim], column: str, part: str, sign: int = 1, year: int | None = None
) -> list[int]:
    """The values not taken for such a number: those of other sources, and of the same source told otherwise."""
    if len(claims) < 2 or (believed := figure(claims, column, part, sign, year)) is None:
        return []
    sources: dict[str, list[Claim]] = {}
    for claim in counted(claims, column, year):
        sources.setdefault(claim["source"], []).append(claim)
    found = set()
    for own in sources.values():
        parts = {claim[part] for claim in own}
        chosen = {
            one: figure([claim for claim in own if claim[part] == one], column, part, sign) or 0
            for one in parts
        }
        pieces = sum(value for one, value in chosen.items() if one is not None)
        found |= {chosen.get(None, pieces)} | ({pieces} if None in chosen and len(chosen) > 1 else set())
        for claim in own:
            if claim[part] is None or None not in chosen:
                rest = 0 if claim[part] is None else pieces - chosen[claim[part]]
                found.add(rest + claim[column])
    return sorted(found - {believed})
