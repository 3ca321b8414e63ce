"""Supply assigned to demand (供需匹配): a transportation problem, and what one more or one fewer seat would change.

As many needs as possible are met; among the ways to do that, the one that fits best. A need takes graduates of the
specialties that prepare for it (PREPARES_FOR), of its level or a higher one. Where no claim tells what a specialty
prepares for, or who prepares for an occupation, those count that serve the chain (SERVES), after the others.

Offerings that can fill the same needs are one node of the problem, and so are needs that the same offerings can fill,
which makes a country's market small enough; each class is shared out among its members in proportion.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from graph.columns import Grouped, Marks, Numbers, Places, distinct, in_order, kinds, pairs_of
from graph.columns import totals as sums_by
from graph.gaps.joins import Join
from graph.gaps.market import LADDER, Market, Needed, Supplied
from graph.gaps.needs import Needs
from graph.gaps.offers import Supplies
from graph.gaps.residual import Residual
from graph.identity import label_of
from graph.threads import two_at_a_time

HIGHER: Final = 1  # what one level more than needed counts against a match
UNRANKED: Final = -1  # the step of a level that is on no ladder
SERVING: Final = 4  # what it counts that only the chain links them: more than any difference of levels


@dataclass(frozen=True)
class Matching:
    """The assignment of a market's known graduates to its known needs.

    Parameters
    ----------
    placed : sequence of int
        Graduates of each offering who meet a need; 0 where their number is unknown.
    met : sequence of int
        People of each need who are found.
    one_more, one_fewer : sequence of int
        How many needs more would be met with one graduate more of the offering, how many fewer with one fewer: 0 or
        1. Every dual price (影子价格) of the offering lies between the two.
    up_to : sequence of int
        How many needs more the offering could help to meet at most, however many it had.
    total : int
        Needs met in all.
    misfit : int
        What counts against the assignment: `HIGHER` and `SERVING`, summed over the people.
    """

    placed: Sequence[int]
    met: Sequence[int]
    one_more: Sequence[int]
    one_fewer: Sequence[int]
    up_to: Sequence[int]
    total: int
    misfit: int

    def left_over(self, supplied: Supplies) -> Numbers:
        """Of each offering the graduates who are not placed; 0 where no claim tells how many there are."""
        return np.where(supplied.known, supplied.graduates - np.array(self.placed, dtype=np.int64), 0)

    def short(self, needed: Needs) -> Numbers:
        """Of each need the people who are not found; 0 where no claim tells how many it takes."""
        return np.where(needed.known, needed.headcounts - np.array(self.met, dtype=np.int64), 0)


def misfit(market: Market, supplied: Supplied, needed: Needed) -> int | None:
    """What counts against an offering for a need: 0 fits best; None: it cannot fill it at all."""
    have, want = rank(supplied.level), rank(needed.level)
    steps = 0 if have is None or want is None else have - want
    if steps < 0:
        return None
    if supplied.specialty in market.suited.get(needed.demanded, ()):
        return HIGHER * steps
    untold = supplied.specialty not in market.aimed or needed.demanded not in market.suited
    accepted = {one for chain in needed.chains for one in market.answers.get(chain, {chain})}
    if label_of(needed.demanded) == "Occupation" and untold and not accepted.isdisjoint(supplied.chains):
        return SERVING + HIGHER * steps
    return None


def rank(level: str | None) -> int | None:
    """The step of a level on the ladder of education; None where it is not told or is none (技能型)."""
    return LADDER.get(level) if level else None


def step_of(level: str | None) -> int:
    """The same for columns: `UNRANKED` where the level is not told or is none."""
    step = rank(level)
    return UNRANKED if step is None else step


@dataclass(frozen=True, eq=False)
class _Arcs:
    """Who can fill what, in classes: `starts` (of offerings), `ends` (of needs), in order, what counts `against` each.

    `supply_class` and `need_class` tell the class of each offering and need of the market.
    """

    starts: Places
    ends: Places
    against: Places
    supply_class: Places
    need_class: Places

    def scaled(self, need: Numbers, by: float) -> Numbers:
        """The needs times a factor, in whole people of each class."""
        if by == 1:
            return need
        together = sums_by(need, self.need_class, _count(self.need_class))
        whole = np.array([min(round(people * by), int(_SAFE)) for people in together], dtype=np.int64)
        return np.array(_shared(whole, self.need_class, need), dtype=np.int64)

    def matching(self, supply: Numbers, need: Numbers) -> Matching:
        """Solve the programme for so many graduates and needs, and share it out."""
        starts, ends, against = self.starts, self.ends, self.against
        have = np.array(sums_by(supply, self.supply_class, _count(self.supply_class)), dtype=np.int64)
        want = np.array(sums_by(need, self.need_class, _count(self.need_class)), dtype=np.int64)
        flow = _flow(starts, ends, against, have, want)
        out = np.bincount(starts, flow, len(have)).astype(np.int64)
        into = np.bincount(ends, flow, len(want)).astype(np.int64)
        residual = Residual(starts, ends, flow, have - out, want - into)
        fewer, up_to = residual.fewer(), residual.up_to()
        own = self.supply_class
        return Matching(
            placed=_shared(out, own, supply),
            met=_shared(into, self.need_class, need),
            one_more=np.minimum(up_to, 1)[own].tolist(),  # who reaches anyone short helps to meet one more
            one_fewer=np.where(supply > 0, fewer[own], 0).tolist(),  # whoever has none has none to lose
            up_to=up_to[own].tolist(),
            total=int(flow.sum()),
            misfit=int((flow * against).sum()),
        )


_MATCHINGS: Final[WeakKeyDictionary[Market, dict[float, Matching]]] = WeakKeyDictionary()
_ARCS: Final[WeakKeyDictionary[Market, _Arcs]] = WeakKeyDictionary()  # the same whatever the demand
_SPAN_BITS: Final = 31
_SPAN: Final = 2**_SPAN_BITS  # more classes than there are
_NEEDS_AT_ONCE: Final = 256  # classes of needs whose pairs are made together
_SEED: Final = 7
_SAFE: Final = 2.0**62  # products below need no more than 64 bits


def match(market: Market, *, demand: float = 1.0) -> Matching:
    """Assign the known graduates to the known needs, these times `demand` in whole people.

    The needs that the same offerings can fill are multiplied together, and the whole people shared out in proportion,
    the largest remainders first: many needs of one person each change as one need of many does.

    See the module for who can fill what. For $k$ classes of offerings and needs and $a$ arcs between them the linear
    programme has $k$ rows and $a$ columns; the value of seats takes $O(k \\cdot a)$ at worst.
    """
    kept = _MATCHINGS.setdefault(market, {})
    if demand not in kept:
        if market not in _ARCS:
            _ARCS[market] = _Classes(market).arcs()
        arcs, people = _ARCS[market], np.minimum(market.needed.headcounts, _SAFE).astype(np.int64)
        kept[demand] = arcs.matching(market.supplied.graduates, arcs.scaled(people, demand))
    return kept[demand]


def matches(market: Market, demands: Sequence[float]) -> list[Matching]:
    """`match` for each of several factors of demand, two at a time: HiGHS lets another thread have Python meanwhile."""
    match(market)  # with the arcs, which are the same for all
    return [*two_at_a_time(lambda demand: match(market, demand=demand), demands)]


class _Classes:
    """Offerings and needs in classes of the same neighbours, numbered in the order in which they come.

    Offerings that are alike (one specialty, the same chains) are looked at as one kind, and so are needs (one
    occupation or specialty, one level, the same chains); `supply_class` and `need_class` tell the class of each.
    Of a class, what fits it is read off its first kind.
    """

    def __init__(self, market: Market) -> None:
        self.market = market
        self.nodes = market.supplied.nodes
        supplied, needed = market.supplied, market.needed
        supplies, supply_kind = kinds(supplied.specialties, supplied.chain_sets)
        needs, need_kind = kinds(needed.demanded, needed.level_codes, needed.chain_sets)
        self._taught, teaches = np.unique(supplied.specialties[supplies], return_inverse=True)
        self._posts, asks = np.unique(needed.demanded[needs], return_inverse=True)
        served, wanted = supplied.chain_sets[supplies], needed.chain_sets[needs]
        self._untold = self._lacking(self._taught, market.aimed)
        self._occupation = self.nodes.are(self._posts, "Occupation")
        self._orphan = self._occupation & self._lacking(self._posts, market.suited)
        steps = {level: step_of(level) for level in set(supplied.levels)}
        have = np.array([steps[supplied.levels[place]] for place in supplies.tolist()], dtype=np.int64)
        want = np.array([*map(step_of, needed.levels), UNRANKED], dtype=np.int64)[needed.level_codes[needs]]

        serving, accepted = supplied.chains.chains, market.accepted
        by_untold = self._marked(serving.of_all(served[self._untold[teaches]]))
        by_orphan = self._marked(accepted.of_all(wanted[self._orphan[asks]]))
        by_occupation = self._marked(accepted.of_all(wanted[self._occupation[asks]]))
        first, of_kind = kinds(
            self._fitting(self._taught, market.prepared, self._posts)[teaches],
            have,
            self._untold[teaches],
            np.where(
                self._untold[teaches],
                _contents(serving, by_occupation)[served],
                _contents(serving, by_orphan)[served],
            ),
        )
        self.supply_class: Places = of_kind[supply_kind].astype(np.int32)
        self.have = have[first].astype(np.int32)
        taught, classes = pairs_of(teaches, of_kind)
        self._teaching = Grouped(taught, len(self._taught), classes)
        self._served, self._is_untold = served[first], self._untold[teaches[first]]

        fits = self._fitting(self._posts, market.suited, self._taught)
        only_itself = np.flatnonzero(~self._occupation)  # a specialty that is asked for: nobody else fits
        fits[only_itself] = fits.max(initial=-1) + 1 + np.arange(len(only_itself))
        first, of_kind = kinds(
            fits[asks],
            want,
            self._orphan[asks],
            np.where(
                self._orphan[asks],
                _contents(accepted, by_orphan | by_untold)[wanted],
                np.where(self._occupation[asks], _contents(accepted, by_untold)[wanted], -1),
            ),
        )
        self.need_class: Places = of_kind[need_kind].astype(np.int32)
        self.want, self._asks, self._wanted = want[first].astype(np.int32), asks[first], wanted[first]

    def _lacking(self, numbers: NDArray[Any], told: Container[str]) -> Marks:
        """Of which nodes nothing is told."""
        ids = self.nodes.ids
        return np.array([ids[one] not in told for one in numbers.tolist()], dtype=bool)

    def _marked(self, numbers: NDArray[Any]) -> Marks:
        marks = np.zeros(len(self.nodes), dtype=bool)
        marks[numbers] = True
        return marks

    def _fitting(self, numbers: NDArray[Any], told: Mapping[str, set[str]], others: NDArray[Any]) -> Numbers:
        """A number for each node: the same for those that have the same of the others."""
        ids = self.nodes.ids
        there, known = {ids[one] for one in others.tolist()}, dict[frozenset[str], int]()
        own = (frozenset(told.get(ids[one], set()) & there) for one in numbers.tolist())
        return np.array([known.setdefault(one, len(known)) for one in own], dtype=np.int64)

    def _pairs(self) -> tuple[Places, Places, Places]:
        """Class of offerings, class of needs and misfit of every pair that goes together, as `misfit` defines it.

        Some needs at a time: so their millions of pairs take the same memory again.
        """
        joins = self._joins()
        parts = [
            self._of_needs(joins, start, start + _NEEDS_AT_ONCE)
            for start in range(0, max(1, len(self.want)), _NEEDS_AT_ONCE)
        ]
        starts, ends, against = (np.concatenate(own) for own in zip(*parts, strict=True))
        return starts, ends, against

    def _joins(self) -> list[Join]:
        """By what needs and offerings go together: by specialty first, then by a chain alone."""
        market, nodes, count = self.market, self.nodes, len(self.have)
        place = np.full(len(nodes), len(self._taught), dtype=np.int64)
        place[self._taught] = np.arange(len(self._taught))
        suited = [place[nodes.numbers(market.suited.get(nodes.ids[one], ()))] for one in self._posts.tolist()]
        suited = [own[own < len(self._taught)] for own in suited]
        fitting = Grouped.of_lengths(
            np.array([len(own) for own in suited], dtype=np.int64),
            np.concatenate([np.zeros(0, dtype=np.int64), *suited]),
        )
        found = [_join(np.arange(len(self.want)), fitting, self._asks, self._teaching)]
        in_sets = market.supplied.chains.chains
        chains = in_sets.of_all(self._served)
        classes = np.repeat(np.arange(count), in_sets.lengths[self._served])
        asking = self._occupation[self._asks]
        for untold in (True, False):
            some = self._is_untold[classes] == untold
            serving = Grouped(chains[some], len(nodes), classes[some])
            needs = np.flatnonzero(asking if untold else self._orphan[self._asks])
            found.append(_join(needs, market.accepted, self._wanted[needs], serving))
        return found

    def _of_needs(self, joins: Sequence[Join], start: int, end: int) -> tuple[Places, Places, Places]:
        """The pairs of the needs from `start` to before `end`."""
        found = []
        for number, join in enumerate(joins):
            needs, classes = join.between(start, end)
            found.append((needs << _SPAN_BITS | classes) << 1 | (number > 0))
        pairs = distinct(np.concatenate(found))
        joined = pairs >> 1
        first = np.append(True, joined[1:] != joined[:-1])[
            : len(pairs)
        ]  # whom a specialty joins, no chain alone does
        joined, apart = joined[first], pairs[first] & 1
        ends, starts = joined >> _SPAN_BITS, joined & (_SPAN - 1)
        have, want = self.have[starts], self.want[ends]
        steps = np.where((have == UNRANKED) | (want == UNRANKED), 0, have - want)
        able = steps >= 0
        against = HIGHER * steps + SERVING * apart
        return _places(starts[able]), _places(ends[able]), _places(against[able])

    def arcs(self) -> _Arcs:
        """The pairs in columns, once classes whose pairs turn out to be the same are made one."""
        starts, ends, against = self._pairs()
        new, kept = _alike(len(self.want), ends, starts, against)
        need_class = new[self.need_class]
        chosen = np.flatnonzero(kept[ends])
        starts, ends, against = starts[chosen], new[ends[chosen]], against[chosen]
        order = in_order(starts, ends)
        starts, ends, against = starts[order], ends[order], against[order]
        new, kept = _alike(len(self.have), starts, ends, against)
        chosen = np.flatnonzero(kept[starts])  # new classes are in the order of their first ones
        return _Arcs(new[starts[chosen]], ends[chosen], against[chosen], new[self.supply_class], need_class)


def _places(numbers: NDArray[Any]) -> Places:
    return numbers.astype(np.int32)


def _count(classes: Places) -> int:
    return int(classes.max(initial=-1)) + 1


def _contents(sets: Grouped, chosen: Marks) -> Numbers:
    """A number for each set of chains: the same for those that have the same of the chains chosen."""
    kept = chosen[sets.values]
    owners, chains = pairs_of(sets.keys[kept], sets.values[kept])
    ends = np.cumsum(np.bincount(owners, minlength=len(sets))).tolist()
    known: dict[bytes, int] = {}
    own = (chains[start:end].tobytes() for start, end in pairwise([0, *ends]))
    return np.array([known.setdefault(one, len(known)) for one in own], dtype=np.int64)


def _join(needs: Numbers, keys: Grouped, own: Numbers, classes: Grouped) -> Join:
    """Needs with the classes of offerings of all their keys, which are those of `own`."""
    return Join(np.repeat(needs, keys.lengths[own]), keys.of_all(own), classes.values, classes.keys)


def _alike(count: int, classes: Places, partners: Places, against: Places) -> tuple[Places, Marks]:
    """Of each of `count` classes, which are in order, the new class, and whether it is the first of it.

    Those with the same partners at the same misfit are made one; they are told by the sum of random numbers of 128 bits
    that stand for the partners.
    """
    chance = np.random.default_rng(_SEED)
    told = np.zeros((count, 2), dtype=np.uint64)
    width = int(against.max(initial=0)) + 1
    signs = chance.integers(0, 2**64, size=(int(partners.max(initial=-1)) + 1, width, 2), dtype=np.uint64)
    lengths = np.bincount(classes, minlength=count)
    filled = np.flatnonzero(lengths)
    if len(filled):
        begins = (np.cumsum(lengths) - lengths)[filled]
        for half in range(2):
            told[filled, half] = np.add.reduceat(signs[..., half][partners, against], begins)
    firsts, merged = kinds(*(np.unique(half, return_inverse=True)[1] for half in told.T))
    first = np.zeros(count, dtype=bool)
    first[firsts] = True
    return _places(merged), first


def _flow(starts: Places, ends: Places, against: Places, have: Numbers, want: Numbers) -> Numbers:
    """How many go along each arc: most of all in number, then least in misfit (whole people: the vertices are).

    Only the arcs from someone to someone are looked at.
    """
    flow = np.zeros(len(starts), dtype=np.int64)
    able = np.flatnonzero((have[starts] > 0) & (want[ends] > 0))
    suppliers, from_place = _renumbered(starts[able], len(have))
    needs, to_place = _renumbered(ends[able], len(want))
    flow[able] = _solved(from_place, to_place, against[able], have[suppliers], want[needs])
    return flow


def _renumbered(classes: Places, size: int) -> tuple[Numbers, Numbers]:
    """The distinct ones of classes below `size`, and the place among these of each."""
    there = np.zeros(size, dtype=bool)
    there[classes] = True
    return np.flatnonzero(there), (np.cumsum(there) - 1)[classes]


def _solved(starts: Numbers, ends: Numbers, against: Places, have: Numbers, want: Numbers) -> Numbers:
    """The flow along each arc of a transportation problem."""
    from scipy.optimize import linprog  # noqa: PLC0415 (half a second to import)
    from scipy.sparse import coo_array  # noqa: PLC0415 (half a second to import)

    if not len(starts):
        return np.zeros(0, dtype=np.int64)
    # A longer way through the classes may trade misfits, each at most once a class: a match more outweighs them all.
    match_counts = int(against.max()) * (min(len(have), len(want)) + 1) + 1
    arcs = np.arange(len(starts))
    ones = np.ones(2 * len(starts))
    rows = np.concatenate([starts, len(have) + ends])
    limits = coo_array((ones, (rows, np.concatenate([arcs, arcs]))), shape=(len(have) + len(want), len(arcs)))
    solved = linprog(
        against - match_counts,
        A_ub=limits.tocsc(),
        b_ub=np.concatenate([have, want]),
        bounds=(0, None),
        method="highs-ds",
    )
    if not solved.success:
        raise ArithmeticError(solved.message)  # a transportation problem always has an optimum
    people: Numbers = np.rint(solved.x).astype(np.int64)
    return people


def _shared(together: Numbers, classes: Places, limits: Numbers) -> list[int]:
    """The total of each class shared out in proportion to what each member has or needs, in whole people."""
    size = len(together)
    wholes = np.array(sums_by(limits, classes, size), dtype=np.int64)
    if len(limits) and float(together.max(initial=0)) * float(limits.max()) >= _SAFE:
        together, limits = together.astype(object), limits.astype(object)
    whole = np.maximum(wholes, 1)[classes]
    products = together[classes] * limits
    shares, rests = products // whole, (products % whole).astype(np.float64)
    order = np.lexsort((np.arange(len(limits)), -rests, classes))
    left = together - np.array(sums_by(shares, classes, size), dtype=together.dtype)
    members = np.bincount(classes, minlength=size)
    turn = np.empty(len(limits), dtype=np.int64)
    turn[order] = np.arange(len(limits)) - np.repeat(np.cumsum(members) - members, members)
    people: list[int] = (shares + (turn < left[classes])).tolist()
    return people
