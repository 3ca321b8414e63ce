"""`shared_resources` by hand: who shares, who uses and who lacks each kind of resource in each consortium."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.beside.chains import looked_at
from benchmarks.beside.pairs import memberships
from benchmarks.beside.plain import Claim, Plain, Row, in_turn, label, rests_on, surest, telling
from benchmarks.beside.teaching import teaching

KINDS = (
    ("实训基地", ("实训", "实践基地", "实习基地")),
    ("教材", ("教材",)),
    ("教学资源库", ("资源库",)),
    ("课程", ("课",)),
    ("师资", ("师资", "教师", "导师")),
    ("设备", ("设备", "仪器")),
)
BODIES = ("School", "Enterprise", "Park", "Consortium")
Entry = tuple[str, str, bool, Claim]


def loop(plain: Plain, *, by: str = "consortium") -> list[Row]:
    """One row a consortium (or chain) and kind of resource."""
    shared, chains = _shared(plain), _chains(plain)
    lending: dict[tuple[str, str], set[str]] = {}
    for body, own in shared.items():
        for kind in {entry[0] for entry in own if entry[2]}:
            for chain in chains.get(body, ()):
                lending.setdefault((kind, chain), set()).add(body)
    kinds = sorted({entry[0] for own in shared.values() for entry in own if entry[2]})
    found = []
    for circle, members, touched, sitting in (
        _consortia(plain, chains) if by == "consortium" else _of_chains(plain, chains)
    ):
        inside = {*members, circle}
        schools = {one for one in members if label(one) == "School"}
        for kind in kinds:
            own = [(entry, body) for body in inside for entry in shared.get(body, ()) if entry[0] == kind]
            sharers = {body for entry, body in own if entry[2]}
            users = {body for entry, body in own if not entry[2]}
            lackers = schools - sharers - users
            if not lackers and not sharers:
                continue
            claims = [entry[3] for entry, _ in own]
            sure = [one for one in (surest(claims), surest(sitting)) if one is not None]
            found.append(
                {
                    "circle": plain.named(circle),
                    "category": kind,
                    "sharing": len(sharers),
                    "using": len(users),
                    "lacking": len(lackers),
                    "silent": sum(one not in shared for one in lackers),
                    "resources": plain.names({entry[1] for entry, _ in own}),
                    "sharers": plain.names(sharers),
                    "users": plain.names(users),
                    "lackers": plain.names(lackers),
                    "elsewhere": _elsewhere(plain, lending, kind, touched, inside),
                    **rests_on(in_turn(telling(claims, 3), telling(sitting, 3)), min(sure, default=None)),
                }
            )
    return found


Circle = tuple[str, set[str], set[str], list[Claim]]


def _consortia(plain: Plain, chains: dict[str, set[str]]) -> Iterator[Circle]:
    """Each consortium, its members, the chains that it has to do with, and the claims."""
    for consortium, members in memberships(plain).items():
        industry = (one for one in members if label(one) in ("Enterprise", "Park"))
        touched = {chain for one in (consortium, *industry) for chain in chains.get(one, ())}
        yield consortium, {*members}, touched, [claim for claims in members.values() for claim in claims]


def _of_chains(plain: Plain, chains: dict[str, set[str]]) -> Iterator[Circle]:
    """Each chain looked at, who has to do with it or a part of it, these, and the claims."""
    for chain in looked_at(plain):
        inside = plain.inside(chain)
        members = {one for one, own in chains.items() if own & inside and label(one) in BODIES}
        sitting = [claim for part in inside for claim in plain.at("SERVES", part)]
        sitting += [claim for part in inside for claim in plain.at("OPERATES_IN", part, None)]
        if members and sitting:
            yield chain, members, inside, sitting


def _elsewhere(
    plain: Plain, lending: dict[tuple[str, str], set[str]], kind: str, chains: set[str], inside: set[str]
) -> tuple[tuple[str, str], ...]:
    """The first five outside who share the kind, those in most of the chains first."""
    counts: dict[str, int] = {}
    for chain in chains:
        for body in lending.get((kind, chain), ()):
            if body not in inside:
                counts[body] = counts.get(body, 0) + 1
    best = sorted((-count, plain.named(body)) for body, count in counts.items())[:5]
    return tuple(named for _, named in best)


def _shared(plain: Plain) -> dict[str, list[Entry]]:
    """Body → kind, resource, whether it shares it (else it uses it), claim."""
    found: dict[str, list[Entry]] = {}
    for edge in ("SHARES", "USES"):
        for claim in plain.all(edge):
            entry = _kind(plain, claim["tail"]), claim["tail"], edge == "SHARES", claim
            found.setdefault(claim["head"], []).append(entry)
    built: dict[str, list[Claim]] = {}
    for claim in plain.all("CO_BUILDS"):
        if label(claim["tail"]) == "TrainingBase":
            built.setdefault(claim["tail"], []).append(claim)
    for base, claims in built.items():
        if len({claim["head"] for claim in claims}) > 1:
            for claim in claims:
                found.setdefault(claim["head"], []).append(("实训基地", base, True, claim))
    return found


def _kind(plain: Plain, resource: str) -> str:
    if label(resource) == "TrainingBase":
        return "实训基地"
    told = plain.value(resource, "category")
    if not told:
        return "未分类"
    return next((kind for kind, words in KINDS if any(word in told for word in words)), told)


def _chains(plain: Plain) -> dict[str, set[str]]:
    """Body → the chains that it serves, operates in, or has offerings for."""
    taught = teaching(plain)
    found = {one: {*chains} for one, chains in taught.served.items()}
    for claim in plain.all("OPERATES_IN", None):
        found.setdefault(claim["head"], set()).add(claim["tail"])
    for (school, specialty), offering in taught.offerings.items():
        if school is not None:
            found.setdefault(school, set()).update(taught.chains(specialty, offering))
    return found
