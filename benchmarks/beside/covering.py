"""The smallest set of groups that closes most, by hand: scipy's `milp` in four steps, and the greedy way beside it.

Several plans are equally good: so that HiGHS finds the same, variables and limits stand in the order that liantu has.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

SLACK = 1e-6
Limit = tuple[dict[int, float], float]


@dataclass
class Options:
    """Pairs of group and chain, pairs of group and shortage, the people short; chain → the chains that it closes."""

    size: int
    takes: list[tuple[int, int]]
    fills: list[tuple[int, int]]
    short: list[int]
    closes: list[list[int]]
    each: int
    room: int
    groups: int | None = None
    seats: int | None = None


@dataclass
class Choice:
    """Which of the pairs are taken, how many people are found by each, which groups do something, what is closed."""

    taken: set[int]
    people: list[int]
    groups: set[int]
    closed: set[int]

    @property
    def found(self) -> int:
        """How many people are found."""
        return sum(self.people)


@dataclass
class Planned:
    """The best choice, the greedy one, and what is proven."""

    best: Choice
    greedy: Choice
    most_closed: int
    most_found: int
    wanted: int
    fewest: int


def planned(options: Options, share: float, seconds: float) -> Planned:
    """Most chains, then the share asked for of the people, then fewest groups, then most people."""
    programme = _Programme(options, seconds)
    quick = greedy(options)
    closing, bound = programme.most(programme.closed)
    closed = max(len(one.closed) for one in (quick, closing) if one)
    programme.keep(programme.closed, closed)
    most_closed = max(closed, math.floor(bound + SLACK))
    finding, bound = programme.most(programme.found)
    fit = [one for one in (quick, closing) if one and len(one.closed) >= closed]
    found = max(one.found for one in (*fit, finding) if one)
    most_found = max(found, math.floor(bound + SLACK))
    wanted = math.ceil(found * share - SLACK)
    programme.keep(programme.found, wanted)
    fewest, bound = programme.most(dict.fromkeys(programme.chosen, -1.0))
    able = [one for one in (fewest, finding, *fit) if one and one.found >= wanted]
    best = min(able, key=lambda one: len(one.groups))
    least = min(len(best.groups), max(0, math.ceil(-bound - SLACK)))
    programme.keep(dict.fromkeys(programme.chosen, -1.0), -len(best.groups))
    fuller, _ = programme.most(programme.found)
    if fuller and fuller.found >= best.found:
        best = fuller
    return Planned(best, greedy(options, wanted), most_closed, most_found, wanted, least)


class _Programme:
    """Variables: whether each group is chosen, each pair taken, how many each fills, whether each chain is closed."""

    def __init__(self, one: Options, seconds: float) -> None:
        self._options, self._seconds = one, seconds
        sizes = one.size, len(one.takes), len(one.fills), len(one.closes)
        takes, fills, chains = sizes[0], sizes[0] + sizes[1], sum(sizes[:3])
        self._takes, self._fills, self._width = takes, fills, sum(sizes)
        self.chosen = dict.fromkeys(range(takes), 1.0)
        self.found = dict.fromkeys(range(fills, chains), 1.0)
        self.closed = dict.fromkeys(range(chains, self._width), 1.0)
        most = [float(min(one.short[short], one.room)) for _, short in one.fills]
        self._bounds = [1.0] * fills + most + [1.0] * sizes[3]
        closed_by: list[dict[int, float]] = [{chains + chain: 1.0} for chain in range(sizes[3])]
        for place, (_, chain) in enumerate(one.takes):
            for other in one.closes[chain]:
                closed_by[other][takes + place] = -1.0
        self._limits: list[Limit] = [
            *self._grouped([group for group, _ in one.takes], takes, [-float(one.each)] * takes),
            *self._grouped([group for group, _ in one.fills], fills, [-float(one.room)] * takes),
            *((own, 0.0) for own in closed_by),
        ]
        shortages: list[dict[int, float]] = [{} for _ in one.short]
        for place, (_, short) in enumerate(one.fills):
            shortages[short][fills + place] = 1.0
        self._limits += [(own, float(people)) for own, people in zip(shortages, one.short, strict=True)]
        self._limits += [
            ({takes + place: 1.0, group: -1.0}, 0.0) for place, (group, _) in enumerate(one.takes)
        ]
        self._limits += [
            ({fills + place: 1.0, group: -limit}, 0.0)
            for (place, (group, _)), limit in zip(enumerate(one.fills), most, strict=True)
        ]
        for what, budget in ((self.chosen, one.groups), (self.found, one.seats)):
            self._limits += [] if budget is None else [(what, float(budget))]

    def _grouped(self, groups: list[int], start: int, less: list[float]) -> list[Limit]:
        rows: list[dict[int, float]] = [{group: own} for group, own in enumerate(less)]
        for place, group in enumerate(groups):
            rows[group][start + place] = 1.0
        return [(own, 0.0) for own in rows]

    def keep(self, what: dict[int, float], least: int) -> None:
        """From now on at least so much of it."""
        self._limits.append(({place: -value for place, value in what.items()}, -float(least)))

    def most(self, what: dict[int, float]) -> tuple[Choice | None, float]:
        """A choice with most of it, and the bound of that."""
        if not self._width:
            return None, 0.0
        aim = np.zeros(self._width)
        aim[[*what]] = [-value for value in what.values()]
        entries = [
            (row, column, value) for row, (own, _) in enumerate(self._limits) for column, value in own.items()
        ]
        rows, columns, values = zip(*entries, strict=True)
        shape = len(self._limits), self._width
        solved = milp(
            aim,
            constraints=LinearConstraint(
                coo_array((np.array(values), (rows, columns)), shape=shape).tocsc(),
                -np.inf,
                np.array([limit for _, limit in self._limits]),
            ),
            integrality=np.ones(self._width),
            bounds=Bounds(0, np.array(self._bounds)),
            options={"time_limit": self._seconds, "mip_rel_gap": 0.0},
        )
        bound = float(np.abs(aim) @ self._bounds) if solved.mip_dual_bound is None else -solved.mip_dual_bound
        return (None if solved.x is None else self._choice(solved.x)), bound

    def _choice(self, solution: NDArray[np.float64]) -> Choice:
        whole = np.rint(solution).astype(int).tolist()
        taken = {place for place in range(len(self._options.takes)) if whole[self._takes + place]}
        start = self._fills
        return _trimmed(self._options, taken, whole[start : start + len(self._options.fills)])


def _trimmed(one: Options, taken: set[int], people: list[int]) -> Choice:
    """Nothing is taken that closes nothing."""
    times = [0] * len(one.closes)
    for place in taken:
        for chain in one.closes[one.takes[place][1]]:
            times[chain] += 1
    for place in sorted(taken, reverse=True):
        own = one.closes[one.takes[place][1]]
        if all(times[chain] > 1 for chain in own):
            taken = taken - {place}
            for chain in own:
                times[chain] -= 1
    groups = {one.takes[place][0] for place in taken}
    groups |= {group for (group, _), number in zip(one.fills, people, strict=True) if number}
    return Choice(taken, people, groups, {chain for chain, number in enumerate(times) if number})


@dataclass
class _Open:
    """What is still open while the greedy way goes on."""

    options: Options
    takes: list[list[int]]
    fills: list[list[int]]
    short: list[int]
    seats: float
    shut: set[int] = field(default_factory=set)

    def best(self, group: int) -> list[tuple[int, int]]:
        """The pairs that a group would take: how many chains each would close, and the pair."""
        gains = [
            (
                sum(chain not in self.shut for chain in self.options.closes[self.options.takes[place][1]]),
                place,
            )
            for place in self.takes[group]
        ]
        return sorted(gains, key=lambda one: -one[0])[: self.options.each]

    def key(self, group: int, *, finds: bool) -> tuple[int, int, int]:
        """The better a group, the smaller: what it closes, whom it finds, its place."""
        people = sum(self.short[self.options.fills[place][1]] for place in self.fills[group]) if finds else 0
        return (
            -sum(gain for gain, _ in self.best(group)),
            -int(min(people, self.options.room, self.seats)),
            group,
        )


def greedy(one: Options, wanted: int | None = None) -> Choice:
    """Time and again the group that closes most chains still open, then finds most people still short."""
    left = _Open(
        one,
        _by_group(one.size, one.takes),
        _by_group(one.size, one.fills),
        one.short[:],
        math.inf if one.seats is None else one.seats,
    )
    people, taken, found, chosen = [0] * len(one.fills), set[int](), 0, 0
    waiting = [left.key(group, finds=True) for group in range(one.size)]
    heapq.heapify(waiting)
    while waiting and chosen != one.groups:
        key = heapq.heappop(waiting)
        finds = wanted is None or found < wanted
        if key != (now := left.key(key[2], finds=finds)):  # no group becomes better
            heapq.heappush(waiting, now)
            continue
        if not any(key[:2]):
            break
        group = key[2]
        chosen += 1
        taken |= {place for gain, place in left.best(group) if gain}
        left.shut |= {chain for place in taken for chain in one.closes[one.takes[place][1]]}
        limit = -key[1]
        for place in left.fills[group] if limit else ():
            short = one.fills[place][1]
            number = min(left.short[short], limit)
            people[place] = number
            left.short[short] -= number
            limit -= number
            left.seats -= number
            found += number
    return _trimmed(one, taken, people)


def _by_group(size: int, pairs: Iterable[Sequence[int]]) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in range(size)]
    for place, pair in enumerate(pairs):
        found[pair[0]].append(place)
    return found
