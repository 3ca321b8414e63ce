"""A stable round by hand: the lists of both sides, and deferred acceptance over them, offerings proposing."""

from __future__ import annotations

import heapq
from collections import deque
from dataclasses import dataclass

from benchmarks.beside.market import Kind, Market, Needed, market, steps
from benchmarks.beside.matching import SERVING
from benchmarks.beside.pairs import Pair, pairs
from benchmarks.beside.plain import DONE_STAGE, Plain, label
from benchmarks.beside.whereabouts import FAR, Whereabouts


@dataclass(eq=False)
class Choice:
    """A need with an offering of its list, by their places in the market; ranks from 0."""

    need: int
    offering: int
    misfit: int
    works: bool
    near: int
    serves: bool
    rank: int
    liked: int = 0
    held: int = 0


@dataclass
class Round:
    """The list of each need of an enterprise, the best first; who is still open and left after the round."""

    sides: Market
    lists: dict[int, list[Choice]]
    open: list[int]
    left: list[int]
    together: dict[tuple[str, str], Pair]


def stable_round(
    plain: Plain,
    choices: int = 20,
    proposing: str = "school",
    year: int | None = None,
    retention: float = 1.0,
) -> Round:
    """All known graduates and all needs of enterprises, assigned so that no two would rather have each other."""
    sides, together = market(plain, year, retention), pairs(plain)
    lists = _lists(plain, sides, together, choices)
    by_offering: dict[int, list[Choice]] = {}
    pay = [max(claim["pay"] or 0 for claim in need.claims) for need in sides.needed]
    people = [-1 if need.headcount is None else need.headcount for need in sides.needed]
    for own in lists.values():
        for one in own:
            by_offering.setdefault(one.offering, []).append(one)
    for own in by_offering.values():
        own.sort(
            key=lambda one: (
                one.misfit,
                not one.works,
                -pay[one.need],
                one.near,
                -people[one.need],
                one.need,
            )
        )
        for place, one in enumerate(own):
            one.liked = place
    left = [one.graduates or 0 for one in sides.supplied]
    room = [need.headcount or 0 for need in sides.needed]
    if proposing == "school":
        _accept(by_offering, left, room)
    else:
        _accept_of_needs(lists, by_offering, left, room)
    return Round(sides, lists, room, left, together)


def _lists(
    plain: Plain, sides: Market, together: dict[tuple[str, str], Pair], choices: int
) -> dict[int, list[Choice]]:
    of_specialty: dict[str, list[int]] = {}
    of_chain: dict[str, list[int]] = {}
    graduates = [-1 if one.graduates is None else one.graduates for one in sides.supplied]
    order = [0] * len(graduates)
    for place, offering in enumerate(sorted(range(len(graduates)), key=lambda one: (-graduates[one], one))):
        order[offering] = place
    for place, one in enumerate(sides.supplied):
        if one.school is not None:
            of_specialty.setdefault(one.kind[0], []).append(place)
            for chain in one.kind[2]:
                of_chain.setdefault(chain, []).append(place)
    partners: dict[str, set[str]] = {}
    for (school, firm), pair in together.items():
        if pair.stage == DONE_STAGE:
            partners.setdefault(firm, set()).add(school)
    whereabouts = Whereabouts(plain)
    schools_at: tuple[dict[str, set[str]], ...] = ({}, {}, {})
    for school in {one.school for one in sides.supplied if one.school}:
        for at, places in zip(schools_at, whereabouts.of(school), strict=True):
            for place in places:
                at.setdefault(place, set()).add(school)
    fitting: dict[Kind, list[tuple[int, int, bool, int]]] = {}
    around: dict[str, list[set[str]]] = {}
    found = {}
    for number, need in enumerate(sides.needed):
        firm = need.demander
        if label(firm) != "Enterprise":
            continue
        if need.kind not in fitting:
            fitting[need.kind] = _fitting(sides, need, of_specialty, of_chain, order)
        if firm not in around:
            around[firm] = [
                {school for place in places for school in at.get(place, ())}
                for at, places in zip(schools_at, whereabouts.of(firm), strict=True)
            ]
        district, city, province = around[firm]
        own, keys = partners.get(firm, ()), []
        for misfit, place, unserving, offering in fitting[need.kind]:
            school = sides.supplied[offering].school
            near = FAR
            if school in province or school in city or school in district:
                near = 0 if school in district else 1 if school in city else 2
            keys.append((misfit, school not in own, near, unserving, place, offering))
        found[number] = [
            Choice(number, offering, misfit, not alone, near, not unserving, rank)
            for rank, (misfit, alone, near, unserving, _, offering) in enumerate(
                heapq.nsmallest(choices, keys)
            )
        ]
    return found


def _fitting(
    sides: Market,
    need: Needed,
    of_specialty: dict[str, list[int]],
    of_chain: dict[str, list[int]],
    order: list[int],
) -> list[tuple[int, int, bool, int]]:
    """The offerings that could fill needs of a kind: misfit, place among all, whether they serve no chain of it."""
    post, level, chains = need.kind
    accepted = sides.accepted(chains)
    suited = sides.suited.get(post)
    base = {one: 0 for specialty in suited or () for one in of_specialty.get(specialty, ())}
    if label(post) == "Occupation":
        for chain in accepted:
            for one in of_chain.get(chain, ()):
                if not suited or sides.supplied[one].kind[0] not in sides.aimed:
                    base.setdefault(one, SERVING)
    found = []
    for one, cost in base.items():
        _, have, serving = sides.supplied[one].kind
        above = steps(have, level)
        if above is not None:
            found.append((cost + above, order[one], accepted.isdisjoint(serving), one))
    return found


def _accept(by_offering: dict[int, list[Choice]], left: list[int], room: list[int]) -> None:
    """Every offering offers whom it has left to the need that it likes best of those that have not refused it."""
    at = dict.fromkeys(by_offering, 0)
    held: dict[int, list[tuple[int, int, Choice]]] = {}
    full = {need for need, people in enumerate(room) if not people}
    waiting = deque(one for one in sorted(by_offering) if left[one])
    while waiting:
        offering = waiting.popleft()
        own = by_offering[offering]
        while left[offering] and at[offering] < len(own):
            choice = own[at[offering]]
            need = choice.need
            holding = held.setdefault(need, [])
            worst = -holding[0][0] if holding else -1
            if need in full and choice.rank >= worst:
                at[offering] += 1
                continue
            if not choice.held:
                heapq.heappush(holding, (-choice.rank, choice.offering, choice))
            choice.held += left[offering]
            room[need] -= left[offering]
            left[offering] = 0
            while room[need] < 0:
                loser = holding[0][2]
                units = min(loser.held, -room[need])
                loser.held -= units
                room[need] += units
                left[loser.offering] += units
                if not loser.held:
                    heapq.heappop(holding)
                if loser.liked == at[loser.offering]:
                    at[loser.offering] += 1
                if loser.offering != offering:
                    waiting.append(loser.offering)
            if not room[need]:
                full.add(need)


def _accept_of_needs(
    lists: dict[int, list[Choice]], by_offering: dict[int, list[Choice]], left: list[int], room: list[int]
) -> None:
    """The same, where every need asks the offering that it likes best of those that have not refused it."""
    at = dict.fromkeys(lists, 0)
    waiting = deque(one for one in lists if room[one])
    while waiting:
        need = waiting.popleft()
        while room[need] and at[need] < len(lists[need]):
            choice = lists[need][at[need]]
            offering = choice.offering
            choice.held += room[need]
            left[offering] -= room[need]
            room[need] = 0
            for loser in reversed(by_offering[offering]):
                if left[offering] >= 0:
                    break
                units = min(loser.held, -left[offering])
                loser.held -= units
                left[offering] += units
                room[loser.need] += units
                if units:
                    at[loser.need] = max(at[loser.need], loser.rank + 1)
                    waiting.append(loser.need)
