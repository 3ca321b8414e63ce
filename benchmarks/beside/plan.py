"""`plan` by hand: the fewest groups, new or extended, that close most chains and most of the shortage."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field

from benchmarks.beside.covering import Options, Planned, planned
from benchmarks.beside.demand import demand
from benchmarks.beside.market import Kind, Market, Needed, market, steps
from benchmarks.beside.matching import SERVING, assigned
from benchmarks.beside.plain import Named, Plain, Row, in_turn, label, rests_on, surest, telling
from benchmarks.beside.uncovered_chains import uncovered

ASKED = {"seconds": 60.0}
"""Asked of liantu, too: with less time, what is found would depend on the machine."""
Candidate = tuple[str | None, str | None]  # group (None: yet to be made), school
Fits = dict[tuple[int, int], set[int]]
"""Candidate and chain or shortage → the places of the offerings by which it could."""


@dataclass
class Shortage:
    """People of one kind whom nobody finds, and the needs."""

    kind: Kind
    people: int = 0
    needs: list[Needed] = field(default_factory=list)


@dataclass
class Doing:
    """What a candidate does: chains by number, people by number of shortage."""

    chains: list[int] = field(default_factory=list)
    people: dict[int, int] = field(default_factory=dict)


def loop(
    plain: Plain,
    *,
    groups: int | None = None,
    seats: int | None = None,
    share: float = 0.8,
    each: int = 2,
    room: int = 200,
    most: int = 200,
    choices: int = 20,
    seconds: float = ASKED["seconds"],
    year: int | None = None,
) -> list[Row]:
    """One row for the whole, one a group, one a chain that is left."""
    sides = market(plain, year)
    gaps = sorted(
        (row for row in uncovered(plain, sides.taught, demand(plain)) if row["gap"] != "学位不足"),
        key=lambda row: (
            row["gap"] != "无专业群，无专业",
            row["headcount"] is None,
            -(row["headcount"] or 0),
            -row["enterprises"],
            -row["voices"],
            row["chain"],
        ),
    )
    short = _shortages(sides)[:most]
    if not gaps and not short:
        return []
    candidates: dict[Candidate, list[int]] = {}
    for place, one in enumerate(sides.supplied):
        for group in sides.taught.offerings[one.school, one.kind[0]].groups or (None,):
            if group or one.school:
                candidates.setdefault((group, one.school), []).append(place)
    nobody = ("", "")
    named = sorted(
        candidates,
        key=lambda one: (
            plain.named(one[0]) if one[0] else nobody,
            plain.named(one[1]) if one[1] else nobody,
        ),
    )
    owners: dict[int, list[int]] = {}
    for number, candidate in enumerate(named):
        for place in candidates[candidate]:
            owners.setdefault(place, []).append(number)
    chains = [row["chain"][1] for row in gaps]
    takes = _takes(plain, sides, chains, owners, choices)
    fills = _fills(sides, short, owners, choices)
    used = sorted({candidate for candidate, _ in (*takes, *fills)})
    place_of = {candidate: place for place, candidate in enumerate(used)}
    takers, fillers = (sorted(own, key=lambda pair: pair[::-1]) for own in (takes, fills))
    solved = planned(
        Options(
            len(used),
            [(place_of[candidate], chain) for candidate, chain in takers],
            [(place_of[candidate], number) for candidate, number in fillers],
            [one.people for one in short],
            _closes(plain, sides, chains),
            each,
            room,
            groups,
            seats,
        ),
        share,
        seconds,
    )
    doing = {used[one]: Doing() for one in solved.best.groups}
    for place in sorted(solved.best.taken):
        doing[takers[place][0]].chains.append(takers[place][1])
    for (candidate, number), people in zip(fillers, solved.best.people, strict=True):
        if people:
            doing[candidate].people[number] = people
    able = {chain for _, chain in takers}
    return [
        _total(solved, len(gaps), sum(one.people for one in short)),
        *(
            _group(plain, sides, named[one], own, gaps, short, (one, takes, fills))
            for one, own in doing.items()
        ),
        *(
            _left(gaps[chain], "留待" if chain in able else "够不着")
            for chain in range(len(gaps))
            if chain not in solved.best.closed
        ),
    ]


def _shortages(sides: Market) -> list[Shortage]:
    """What known graduates leave open, the largest first."""
    found: dict[Kind, Shortage] = {}
    for need, met in zip(sides.needed, assigned(sides).met, strict=True):
        if (people := (need.headcount or 0) - met) > 0:
            one = found.setdefault(need.kind, Shortage(need.kind))
            one.people += people
            one.needs.append(need)
    return sorted(found.values(), key=lambda one: -one.people)


def _takes(
    plain: Plain, sides: Market, chains: list[str], owners: dict[int, list[int]], choices: int
) -> Fits:
    """Who could take on each chain: those with most specialties that fit it."""
    serving: dict[str, set[str]] = {}
    for one, served in sides.taught.served.items():
        if label(one) == "Specialty":
            for chain in served:
                serving.setdefault(chain, set()).add(one)
    demanded: dict[str, set[str]] = {}
    for need in sides.needed:
        for chain in need.kind[2]:
            demanded.setdefault(chain, set()).add(need.kind[0])
    taught: dict[str, list[int]] = {}
    for place, offering in enumerate(sides.supplied):
        taught.setdefault(offering.kind[0], []).append(place)
    found: Fits = {}
    for number, chain in enumerate(chains):
        inside = plain.inside(chain)
        fitting = {one for part in inside for one in serving.get(part, ())}
        for post in {post for part in inside for post in demanded.get(part, ())}:
            fitting |= sides.suited.get(post, set())
        by_owner: dict[int, set[int]] = {}
        for specialty in fitting:
            for place in taught.get(specialty, ()):
                for owner in owners.get(place, ()):
                    by_owner.setdefault(owner, set()).add(place)
        for owner in heapq.nsmallest(choices, by_owner, key=lambda one: (-len(by_owner[one]), one)):
            found[owner, number] = by_owner[owner]
    return found


def _fills(sides: Market, short: list[Shortage], owners: dict[int, list[int]], choices: int) -> Fits:
    """Who could train for each shortage, each by its best specialty: those that fit best, then have most."""
    of_specialty: dict[str, list[int]] = {}
    of_chain: dict[str, list[int]] = {}
    for place, offering in enumerate(sides.supplied):
        of_specialty.setdefault(offering.kind[0], []).append(place)
        for chain in offering.kind[2]:
            of_chain.setdefault(chain, []).append(place)
    found: Fits = {}
    for number, one in enumerate(short):
        post, level, chains = one.kind
        suited = sides.suited.get(post)
        against = {place: 0 for specialty in suited or () for place in of_specialty.get(specialty, ())}
        if label(post) == "Occupation":
            for chain in sides.accepted(chains):
                for place in of_chain.get(chain, ()):
                    if not suited or sides.supplied[place].kind[0] not in sides.aimed:
                        against.setdefault(place, SERVING)
        best: dict[int, tuple[int, int, int]] = {}
        for place, cost in against.items():
            offering = sides.supplied[place]
            above = steps(offering.kind[1], level)
            if above is not None and offering.school is not None:
                people = -1 if offering.graduates is None else offering.graduates
                key = cost + above, -people, place
                for owner in owners[place]:
                    best[owner] = min(best.get(owner, key), key)
        for owner in heapq.nsmallest(choices, best, key=lambda one: (*best[one][:2], one)):
            found[owner, number] = {best[owner][2]}
    return found


def _closes(plain: Plain, sides: Market, chains: list[str]) -> list[list[int]]:
    """Chain by number → the chains that a group for it covers: what it is a part of, and the segments of it."""
    numbers = {chain: number for number, chain in enumerate(chains)}
    found = [[number] for number in range(len(chains))]
    for chain, number in numbers.items():
        around = plain.inside(chain)
        if plain.value(chain, "tier") == "环节":
            around |= sides.answers[chain]
        for other in (around & numbers.keys()) - {chain}:
            found[numbers[other]].append(number)
    return found


def _total(solved: Planned, chains: int, people: int) -> Row:
    best, quick = solved.best, solved.greedy
    asked = f"要求 {solved.wanted} 人，本方案 {best.found} 人"
    return {
        **_nothing("合计"),
        "groups": len(best.groups),
        "closed": len(best.closed),
        "seats": best.found,
        "bounds": (
            f"缺专业群的链 {chains} 条，能补上的至多 {solved.most_closed} 条，本方案 {len(best.closed)} 条",
            f"缺口 {people} 人，能补上的至多 {solved.most_found} 人，{asked}",
            f"至少要 {solved.fewest} 个群，本方案 {len(best.groups)} 个",
            f"贪心法：{len(quick.groups)} 个群，补上 {len(quick.closed)} 条链、{quick.found} 人",
        ),
    }


def _left(gap: Row, kind: str) -> Row:
    shown = {name: gap[name] for name in ("chain", "evidence", "confidence", "as_of")}
    return {**_nothing(kind), "groups": 0, "closed": 0, "seats": 0, **shown}


def _nothing(kind: str) -> Row:
    empty = dict.fromkeys(("chains", "specialties", "posts", "bounds", "words"), ())
    none = dict.fromkeys(("school", "group", "chain"))
    return {"kind": kind, **none, **empty, **rests_on([], None)}


def _group(
    plain: Plain,
    sides: Market,
    candidate: Candidate,
    doing: Doing,
    gaps: list[Row],
    short: list[Shortage],
    options: tuple[int, Fits, Fits],
) -> Row:
    (group, school), (number, takes, fills) = candidate, options
    chains: list[Named] = [gaps[one]["chain"] for one in doing.chains]
    fitting = {place for one in doing.chains for place in takes[number, one]}
    training = {one: min(fills[number, one]) for one in doing.people}
    used = sorted(fitting | {*training.values()})
    specialties = {sides.supplied[place].kind[0] for place in used}
    taught = [claim for place in used for claim in sides.supplied[place].claims]
    if group:
        taught += [claim for claim in plain.of("INCLUDES", group, None) if claim["tail"] in specialties]
    asking = [claim for one in doing.people for need in short[one].needs for claim in need.claims]
    sure = [one for one in (surest(taught), surest(asking)) if one is not None]
    posts = []
    for one, people in doing.people.items():
        post, level, _ = short[one].kind
        posts.append(f"{plain.named(post)[0]}{f'（{level}）' if level else ''} {people} 人")
    return {
        **_nothing("扩展" if group else "新建" if chains else "扩招"),
        "school": plain.named(school) if school else None,
        "group": plain.named(group) if group else None,
        "chains": tuple(chains),
        "groups": 1,
        "closed": len(chains),
        "seats": sum(doing.people.values()),
        "specialties": plain.names(specialties),
        "posts": tuple(posts),
        "words": tuple(_words(plain, sides, candidate, chains, sorted(fitting), training, doing.people)),
        **rests_on(in_turn(telling(taught, 3), telling(asking, 3)), min(sure, default=None)),
    }


def _words(
    plain: Plain,
    sides: Market,
    candidate: Candidate,
    chains: list[Named],
    fitting: list[int],
    training: dict[int, int],
    people: dict[int, int],
) -> list[str]:
    group, school = candidate
    where = plain.named(school)[0] if school else None

    def called(place: int) -> str:
        specialty, level, _ = sides.supplied[place].kind
        return plain.named(specialty)[0] + (f"（{level}）" if level else "")

    told, words = "、".join(name for name, _ in chains), []
    if group and chains:
        name = plain.named(group)[0]
        words.append(f"对接 {f'{where}·{name}' if where else name} → {told}")
    elif chains:
        words.append(f"建群 {where}·{chains[0][0]}专业群 → {told}：{'、'.join(map(called, fitting))}")
    more: dict[int, int] = {}
    for one, number in people.items():
        more[training[one]] = more.get(training[one], 0) + number
    return words + [f"学位 {where}·{called(place)} +{number}" for place, number in more.items()]
