"""The smallest set that covers most (最小覆盖): an exact programme with its bounds, and the greedy way beside it.

Groups may be chosen; a chosen one takes on some of the chains that it could and fills some of the shortages that it
could. First as many chains as can be are closed, then the share asked for of the people who can be found at all, by
the fewest groups; of all sets as small as that, the one by which most people are found.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from graph.columns import Grouped, Numbers, in_order
from graph.gaps.joins import place_within

_OPTIMAL, _STOPPED = 0, 1  # stopped by the time, perhaps with a solution
_SLACK: Final = 1e-6


@dataclass(frozen=True, eq=False)
class Options:
    """What could be done.

    `takes` are pairs (group, chain), `fills` pairs (group, shortage), `short` the people of each shortage. Whoever takes
    on the first chain of a pair of `covers` closes the second; every chain closes itself. A group takes on at most `each`
    chains and at most `room` people; at most `groups` are chosen and `seats` people found.
    """

    size: int
    chains: int
    takes: NDArray[np.int64]
    fills: NDArray[np.int64]
    short: NDArray[np.int64]
    each: int
    room: int
    groups: int | None = None
    seats: int | None = None
    covers: NDArray[np.int64] = field(default_factory=lambda: np.zeros((0, 2), dtype=np.int64))

    @cached_property
    def closing(self) -> tuple[Numbers, Numbers]:
        """The place in `takes`, and a chain that is closed by it: itself and what it covers."""
        own = np.arange(self.chains)
        every = Grouped(
            np.concatenate([own, self.covers[:, 0]]), self.chains, np.concatenate([own, self.covers[:, 1]])
        )
        chains = self.takes[:, 1]
        return np.repeat(np.arange(len(chains)), every.lengths[chains]), every.of_all(chains)

    def closed(self, taken: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which chains are closed where some of `takes` are taken."""
        by, chains = self.closing
        marks = np.zeros(self.chains, dtype=bool)
        marks[chains[taken[by]]] = True
        return marks


@dataclass(frozen=True, eq=False)
class Choice:
    """What is done: which of `takes` are taken, how many people by each of `fills`; and which chains that closes."""

    taken: NDArray[np.bool_]
    people: Numbers
    chosen: NDArray[np.bool_]
    chains: NDArray[np.bool_]

    @property
    def closed(self) -> int:
        """How many chains are closed."""
        return int(self.chains.sum())

    @property
    def found(self) -> int:
        """How many people are found."""
        return int(self.people.sum())

    @property
    def groups(self) -> int:
        """How many groups are chosen."""
        return int(self.chosen.sum())


@dataclass(frozen=True, eq=False)
class Planned:
    """The best choice found, what is proven of the best there is, and the greedy choice.

    No choice closes more than `most_closed` chains; of those that close as many, none finds more than `most_found`
    people; of those that find the share asked for, `wanted`, none has fewer than `fewest` groups. `in_time`: no step
    was stopped by the time, so that every machine finds the same.
    """

    best: Choice
    greedy: Choice
    most_closed: int
    most_found: int
    wanted: int
    fewest: int
    in_time: bool


def planned(options: Options, *, share: float, seconds: float) -> Planned:
    """Solve the programme in four steps, each for at most `seconds`."""
    with ThreadPoolExecutor(1, thread_name_prefix="liantu-greedy") as beside:
        return _planned(options, share, seconds, beside)


def _planned(options: Options, share: float, seconds: float, beside: ThreadPoolExecutor) -> Planned:
    """The same; what is greedy is worked out in the other thread while HiGHS, which needs no Python, is at work."""
    programme = _Programme(options, seconds)
    quickly = beside.submit(greedy, options)
    closing, bound = programme.most(programme.closed)
    quick = quickly.result()
    closed = max(quick.closed, 0 if closing is None else closing.closed)
    programme.keep(programme.closed, closed)
    most_closed = max(closed, int(np.floor(bound + _SLACK)))
    finding, bound = programme.most(programme.found)
    fallback = [one for one in (quick, closing) if one is not None and one.closed >= closed]
    found = max(one.found for one in (*fallback, *([] if finding is None else [finding])))
    most_found = max(found, int(np.floor(bound + _SLACK)))
    wanted = int(np.ceil(found * share - _SLACK))
    quickly = beside.submit(greedy, options, wanted)
    programme.keep(programme.found, wanted)
    small, bound = programme.most(-programme.chosen)
    able = [one for one in (small, finding, *fallback) if one is not None and one.found >= wanted]
    best = min(able, key=lambda one: one.groups)
    fewest = min(best.groups, max(0, int(np.ceil(-bound - _SLACK))))
    programme.keep(-programme.chosen, -best.groups)
    fuller, _ = programme.most(programme.found)
    if fuller is not None and fuller.found >= best.found:
        best = fuller
    return Planned(best, quickly.result(), most_closed, most_found, wanted, fewest, programme.in_time)


class _Programme:
    """The variables: whether each group is chosen, each pair taken, how many each fills, whether each chain is closed."""

    def __init__(self, options: Options, seconds: float) -> None:
        self._options, self._seconds = options, seconds
        self.in_time = True
        sizes = options.size, len(options.takes), len(options.fills), options.chains
        self._starts = np.cumsum((0, *sizes))
        self.chosen, self.found, self.closed = (self._ones(place) for place in (0, 2, 3))
        self._rows: list[tuple[Any, NDArray[np.float64]]] = list(self._limits())

    def _ones(self, place: int) -> NDArray[np.float64]:
        marks = np.zeros(self._starts[-1])
        marks[self._starts[place] : self._starts[place + 1]] = 1
        return marks

    def _limits(self) -> Any:
        """Rows that must be at most their limit."""
        from scipy.sparse import coo_array  # noqa: PLC0415 (half a second to import)

        one = self._options
        width = self._starts[-1]

        def rows(keys: Numbers, size: int, start: int, own: float | NDArray[Any] = 0) -> Any:
            """For each key the sum of its variables, less `own` times whether the group is chosen."""
            columns = start + np.arange(len(keys))
            made = coo_array((np.ones(len(keys)), (keys, columns)), shape=(size, width))
            if size != one.size or not np.any(own):
                return made
            return made - coo_array(
                (np.broadcast_to(np.asarray(own, dtype=float), size), (np.arange(size), np.arange(size))),
                shape=(size, width),
            )

        takers = one.takes[:, 0]
        fillers, shortages = one.fills[:, 0], one.fills[:, 1]
        takes, fills = self._starts[1], self._starts[2]
        yield rows(takers, one.size, takes, one.each), np.zeros(one.size)
        yield rows(fillers, one.size, fills, one.room), np.zeros(one.size)
        by, chains = one.closing
        own = np.arange(one.chains)
        places = np.concatenate([own, chains]), np.concatenate([self._starts[3] + own, takes + by])
        values = np.concatenate([np.ones(one.chains), -np.ones(len(by))])
        yield coo_array((values, places), shape=(one.chains, width)), np.zeros(one.chains)
        yield rows(shortages, len(one.short), fills), one.short.astype(float)
        yield self._below(takers, takes, np.ones(len(takers))), np.zeros(len(takers))
        most = np.minimum(one.short[shortages], one.room).astype(float)
        yield self._below(fillers, fills, most), np.zeros(len(fillers))
        if one.groups is not None:
            yield self.chosen[None, :], np.array([float(one.groups)])
        if one.seats is not None:
            yield self.found[None, :], np.array([float(one.seats)])

    def _below(self, groups: Numbers, start: int, most: NDArray[np.float64]) -> Any:
        """Each variable is at most so much, and nothing where its group is not chosen."""
        from scipy.sparse import coo_array  # noqa: PLC0415 (half a second to import)

        size = len(groups)
        own = np.arange(size)
        values = np.concatenate([np.ones(size), -most])
        places = np.concatenate([own, own]), np.concatenate([start + own, groups])
        return coo_array((values, places), shape=(size, self._starts[-1]))

    def keep(self, what: NDArray[np.float64], least: float) -> None:
        """From now on `what` must be at least so much."""
        self._rows.append((-what[None, :], np.array([-float(least)])))

    def most(self, what: NDArray[np.float64]) -> tuple[Choice | None, float]:
        """A choice with most of `what` (None where none is found in time), and the proven bound of it."""
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 (half a second to import)
        from scipy.sparse import csc_array, vstack  # noqa: PLC0415 (half a second to import)

        one = self._options
        if not self._starts[-1]:
            return None, 0.0
        filled = [(csc_array(rows), limits) for rows, limits in self._rows if len(limits)]
        limits = np.minimum(one.short[one.fills[:, 1]], one.room)
        most = np.concatenate([np.ones(one.size + len(one.takes)), limits, np.ones(one.chains)])
        solved = milp(
            -what,
            constraints=LinearConstraint(
                vstack([rows for rows, _ in filled]).tocsc(),
                -np.inf,
                np.concatenate([limit for _, limit in filled]),
            ),
            integrality=np.ones(self._starts[-1]),
            bounds=Bounds(0, most),
            options={"time_limit": self._seconds, "mip_rel_gap": 0.0},
        )
        if solved.status not in (_OPTIMAL, _STOPPED):
            raise ArithmeticError(solved.message)  # to do nothing is always allowed
        self.in_time &= solved.status == _OPTIMAL
        bound = -solved.mip_dual_bound if solved.mip_dual_bound is not None else float(most @ np.abs(what))
        if solved.x is None:
            return None, bound
        _, taken, people, _ = np.split(np.rint(solved.x).astype(np.int64), self._starts[1:4])
        return _choice(one, taken.astype(bool), people), bound


def _choice(options: Options, taken: NDArray[np.bool_], people: Numbers) -> Choice:
    """A choice in which nothing is taken that closes nothing, and only groups that do something are chosen."""
    taken, (by, chains) = taken.copy(), options.closing
    closing = Grouped(by, len(options.takes), chains)
    times = np.bincount(chains[taken[by]], minlength=options.chains)
    for pair in np.flatnonzero(taken)[::-1].tolist():
        own = closing.of(pair)
        if (times[own] > 1).all():
            taken[pair] = False
            times[own] -= 1
    busy = np.zeros(options.size, dtype=bool)
    busy[options.takes[taken, 0]] = True
    busy[options.fills[people > 0, 0]] = True
    return Choice(taken, people, busy, options.closed(taken))


def greedy(options: Options, wanted: int | None = None) -> Choice:
    """Time and again the group that closes most chains still open, then finds most people still short.

    It stops where nothing is gained, the budget is spent, or `wanted` people are found and no chain can be closed.
    """
    one, (by, closing) = options, options.closing
    takers, size = one.takes[:, 0], one.size
    taken, people = np.zeros(len(takers), dtype=bool), np.zeros(len(one.fills), dtype=np.int64)
    chosen, shut = np.zeros(size, dtype=bool), np.zeros(one.chains, dtype=bool)
    short, left = one.short.copy(), one.seats
    while size and (one.groups is None or chosen.sum() < one.groups):
        gains = np.where(chosen[takers], 0, np.bincount(by, ~shut[closing], len(takers)).astype(np.int64))
        order = in_order(takers, -gains)
        first = order[place_within(takers[order]) < one.each]
        closes = np.bincount(takers[first], gains[first], size)
        limit = one.room if left is None else min(one.room, left)
        finds = np.minimum(np.bincount(one.fills[:, 0], short[one.fills[:, 1]], size), limit)
        finds[chosen] = 0
        if wanted is not None and people.sum() >= wanted:
            finds[:] = 0
        most = np.flatnonzero(closes == closes.max())
        best = int(most[finds[most].argmax()])
        if not (closes[best] or finds[best]):
            break
        chosen[best] = True
        taken[first[(takers[first] == best) & (gains[first] > 0)]] = True
        shut = one.closed(taken)
        for pair in np.flatnonzero((one.fills[:, 0] == best) & (finds[best] > 0)).tolist():
            number = min(int(short[one.fills[pair, 1]]), limit)
            people[pair] = number
            short[one.fills[pair, 1]] -= number
            limit -= number
            left = None if left is None else left - number
    return _choice(one, taken, people)
