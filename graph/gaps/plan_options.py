"""What a plan may choose from (规划的备选): groups that could take on a chain or train for a post that finds nobody.

A group is one that a school has, or one that it could make of the specialties that it teaches outside any group. It
could take on a chain without a group where one of its specialties serves it, or fits what the chain or its enterprises
ask for; it could train for a shortage where one of its specialties can fill it (`graph.gaps.matching.misfit`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.columns import Grouped, Marks, Numbers, distinct, kinds
from graph.gaps.chains import Graph
from graph.gaps.joins import place_within
from graph.gaps.market import Market
from graph.gaps.matching import HIGHER, SERVING, UNRANKED, match, step_of
from graph.gaps.needs import Needed
from graph.identity import label_of

NOBODY = -1


@dataclass(frozen=True, eq=False)
class Candidates:
    """The groups that there are or could be, ordered by the names of group and school.

    `schools` and `groups` are nodes by number: -1 where no school is known, or where the group is yet to be made.
    `members` are the places of its specialties in `Market.supplied`.
    """

    schools: Numbers
    groups: Numbers
    members: Grouped

    def __len__(self) -> int:
        return len(self.schools)


@dataclass(frozen=True, eq=False)
class Shortage:
    """People of one post, level and set of chains whom nobody finds; `needs` are the places in `Market.needed`."""

    need: Needed
    people: int
    needs: Numbers


@dataclass(frozen=True, eq=False)
class Pairs:
    """Candidates with what they could do: `candidates`, `others` (chains or shortages), by which `offerings`."""

    candidates: Numbers
    others: Numbers
    offerings: Numbers


def candidates(market: Market) -> Candidates:
    """All groups at their schools, and of each school what it teaches outside of them."""
    supplied, groups = market.supplied, market.provided.offerings.groups
    count = groups.lengths[supplied.offered]
    places = np.repeat(np.arange(len(supplied)), np.maximum(count, 1))
    of_group = np.full(len(places), NOBODY, dtype=np.int64)
    of_group[count[places] > 0] = groups.of_all(supplied.offered)
    schools = supplied.schools[places].astype(np.int64)
    made = (schools >= 0) | (of_group >= 0)
    places, of_group, schools = places[made], of_group[made], schools[made]
    order = market.supplied.nodes.order
    rank = np.append(order, NOBODY).astype(np.int64)  # -1 takes the last
    width = len(rank) + 1
    keys, first, own = np.unique(
        (rank[of_group] + 1) * width + rank[schools] + 1, return_index=True, return_inverse=True
    )
    return Candidates(schools[first], of_group[first], Grouped(own, len(keys), places))


def shortages(market: Market, most: int) -> list[Shortage]:
    """What known graduates leave open, by post, level and chains: the largest `most`, largest first."""
    needed = market.needed
    open_ = match(market).short(needed)
    rows = np.flatnonzero(open_ > 0)
    if not len(rows):
        return []
    first, alike = kinds(needed.demanded[rows], needed.level_codes[rows], needed.chain_sets[rows])
    people = np.zeros(len(first), dtype=np.int64)
    np.add.at(people, alike, open_[rows])
    members = Grouped(alike, len(first), rows)
    largest_first = np.lexsort((first, -people))[:most]  # needs are in the order of their names
    return [
        Shortage(needed[int(rows[first[one]])], int(people[one]), members.of(one))
        for one in largest_first.tolist()
    ]


def takes(
    market: Market, made: Candidates, chains: Sequence[str], parts: Sequence[set[str]], choices: int
) -> Pairs:
    """Who could take on each chain: the `choices` candidates with most specialties that fit it, then by name.

    `parts` are each chain with its parts.
    """
    register, supplied, needed = market.supplied.nodes, market.supplied, market.needed
    serving: dict[str, set[str]] = {}
    for one, served in market.provided.served.items():
        if label_of(one) == "Specialty":
            for chain in served:
                serving.setdefault(chain, set()).add(one)
    by_set = Grouped(needed.chain_sets, len(needed.chains))
    taught = Grouped(supplied.specialties, len(register))
    owners = Grouped(made.members.values, len(supplied), made.members.keys)
    found = []
    for number, (_, inside) in enumerate(zip(chains, parts, strict=True)):
        fitting = set().union(*(serving.get(part, ()) for part in inside))
        asked = by_set.of_all(needed.chains.with_any(register.numbers(inside)))
        for demanded in np.unique(needed.demanded[asked]).tolist():
            fitting |= market.suited.get(register.ids[demanded], set())
        places = taught.of_all(register.numbers(sorted(fitting)))
        owner = owners.of_all(places)
        offering = np.repeat(places, owners.lengths[places])
        count = np.bincount(owner, minlength=len(made))
        able = np.flatnonzero(count)
        able = able[np.lexsort((able, -count[able]))][:choices]
        mine = np.isin(owner, able)
        found.append((owner[mine], np.full(mine.sum(), number, dtype=np.int64), offering[mine]))
    return _pairs(found)


def fills(market: Market, made: Candidates, short: Sequence[Shortage], choices: int) -> Pairs:
    """Who could train for each shortage, each by its best specialty: the `choices` that fit best, then have most."""
    supplied = market.supplied
    owners = Grouped(made.members.values, len(supplied), made.members.keys)
    offerings = _Offerings(market)
    graduates = np.where(supplied.known, supplied.graduates, -1)
    found = []
    for number, one in enumerate(short):
        places, against = offerings.able(one.need)
        owner = owners.of_all(places)
        offering, steps = (np.repeat(own, owners.lengths[places]) for own in (places, against))
        known = made.schools[owner] >= 0
        owner, offering, steps = owner[known], offering[known], steps[known]
        order = np.lexsort((offering, -graduates[offering], steps, owner))
        owner, offering, steps = owner[order], offering[order], steps[order]
        best = place_within(owner) == 0
        owner, offering, steps = owner[best], offering[best], steps[best]
        order = np.lexsort((owner, -graduates[offering], steps))[:choices]
        found.append((owner[order], np.full(len(order), number, dtype=np.int64), offering[order]))
    return _pairs(found)


class _Offerings:
    """All offerings, to find those that can fill a need and what counts against each, as `matching.misfit` has it."""

    def __init__(self, market: Market) -> None:
        self._market, self._supplied, self._nodes = market, market.supplied, market.supplied.nodes
        supplied = self._supplied
        self._taught = Grouped(supplied.specialties, len(self._nodes))
        self._by_set = Grouped(supplied.chain_sets, len(supplied.chains))
        steps = {level: step_of(level) for level in set(supplied.levels)}
        self._have = np.array([steps[level] for level in supplied.levels], dtype=np.int64)
        specialties, taught = np.unique(supplied.specialties, return_inverse=True)
        ids = self._nodes.ids
        self._untold: Marks = np.array(
            [ids[one] not in market.aimed for one in specialties.tolist()], dtype=bool
        )[taught]

    def able(self, need: Needed) -> tuple[Numbers, Numbers]:
        """The offerings that can fill a need, and what counts against each."""
        market, supplied, numbers = self._market, self._supplied, self._nodes.numbers
        suited = market.suited.get(need.demanded)
        by_specialty = self._taught.of_all(numbers(suited or ()))
        serving = np.zeros(0, dtype=np.int64)
        if label_of(need.demanded) == "Occupation":
            accepted = {part for chain in need.chains for part in market.answers.get(chain, {chain})}
            serving = self._by_set.of_all(supplied.chains.with_any(numbers(accepted)))
            if suited is not None:
                serving = serving[self._untold[serving]]
        places = distinct(np.concatenate([by_specialty, serving]))
        have, want = self._have[places], step_of(need.level)
        steps = np.where((have == UNRANKED) | (want == UNRANKED), 0, have - want)
        alone = ~np.isin(places, by_specialty)  # nothing but a chain joins them
        against = np.where(steps < 0, NOBODY, HIGHER * steps + SERVING * alone)
        return places[against >= 0], against[against >= 0]


def _pairs(found: list[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]]) -> Pairs:
    nothing = np.zeros(0, dtype=np.int64)
    ends = zip((nothing, nothing, nothing), *found, strict=True)
    return Pairs(*(np.concatenate(own) for own in ends))


def once_each(pairs: Pairs) -> tuple[NDArray[np.int64], Numbers]:
    """The distinct (candidate, other) of pairs in order, and which of them each pair is."""
    both = np.stack([pairs.others, pairs.candidates])
    kept, alike = np.unique(both, axis=1, return_inverse=True)
    return kept[::-1].T.copy(), alike.ravel()


def inside(market: Market, chains: Sequence[str]) -> Iterator[set[str]]:
    """Each chain with its parts."""
    graph: Graph = market.inside
    for chain in chains:
        yield set(graph.get(chain, {chain}))
