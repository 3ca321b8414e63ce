"""How many people a chain needs (人才需求): figures of the chain, of its parts and of its enterprises, once each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from graph import columns
from graph.columns import Grouped, Marks, distinct, distinct_pairs, pairs_of
from graph.gaps.chains import Graph
from graph.gaps.figures import Figure, Figures, figures
from graph.project import Projection
from graph.register import Register

LABELS: Final = ("IndustryChain", "Enterprise", "Occupation", "Specialty")
KINDS: Final = ("OPERATES_IN", "DEMANDS")


@dataclass(frozen=True, eq=False)
class Asked:
    """Who asks for whom, in columns: every pair of demander and demanded once, ordered by their numbers."""

    demanders: NDArray[np.int64]
    demanded: NDArray[np.int64]
    rows: Grouped  # of DEMANDS, by pair
    by_demander: Grouped  # pairs, by the number of the demander

    @classmethod
    def of(cls, projection: Projection, rows: NDArray[Any]) -> Asked:
        """What these rows of DEMANDS ask for."""
        claims = projection.claims("DEMANDS")
        heads, tails, places = distinct_pairs(claims.heads[rows], claims.tails[rows])
        return cls(heads, tails, Grouped(places, len(heads), rows), Grouped(heads, len(projection.register)))

    def by_ids(self, register: Register) -> dict[str, dict[str, set[int]]]:
        """Demander → demanded → rows of DEMANDS."""
        found: dict[str, dict[str, set[int]]] = {}
        pairs = zip(self.demanders.tolist(), self.demanded.tolist(), strict=True)
        for place, (head, tail) in enumerate(pairs):
            rows = set(self.rows.of(place).tolist())
            found.setdefault(register.ids[head], {})[register.ids[tail]] = rows
        return found


@dataclass
class Total:
    """People needed: `value` is the sum of the known figures, None where there is none.

    `pairs_unknown` are the demands without a figure, by their place in `Demand.asks`; `silent` the numbers of the
    enterprises of which no demand is told at all.
    """

    value: int | None = None
    own: int | None = None  # of these, what no other chain can claim
    pairs_unknown: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    silent: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    rows: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    years: set[int] = field(default_factory=set)
    contradicted: list[tuple[str, str, Figure]] = field(default_factory=list)

    @property
    def unknown(self) -> int:
        """How many demands and enterprises have no figure."""
        return len(self.pairs_unknown) + len(self.silent)


class Demand:
    """The demand of chains, read once from the believed claims of OPERATES_IN and DEMANDS.

    A plan to hire is a demand, so claims of every status count. Words (a row of records, a sentence) that
    name a post and a specialty that suits it tell of one demand, the post's, unless they give each its own number.

    `working` are the pairs of enterprise and chain that it operates in; `asks` what is asked for, each demand once,
    with its `figures`; `wants` the same with every claim, for who wants what.
    """

    def __init__(self, projection: Projection, minimum_confidence: float, year: int | None = None) -> None:
        self._projection = projection
        self._register = register = projection.register
        claims = projection.claims("OPERATES_IN")
        rows = np.flatnonzero(claims.sure(minimum_confidence))
        self.operating_rows = Grouped(claims.tails[rows], len(register), rows)  # by chain, of parks too
        rows = rows[register.are(claims.heads[rows], "Enterprise")]
        enterprises, chains = pairs_of(claims.heads[rows], claims.tails[rows])
        self.enterprises_in = Grouped(chains, len(register), enterprises)  # chain → enterprises
        self.chains_of = Grouped(enterprises, len(register), chains)  # enterprise → chains
        believed = np.flatnonzero(projection.claims("DEMANDS").sure(minimum_confidence))
        once, self.beside = _each_once(projection, believed)  # beside: post, specialty named with it
        self.asks = Asked.of(projection, once)
        self.wants = self.asks if len(once) == len(believed) else Asked.of(projection, believed)
        self.figures: Figures = figures(
            projection, "DEMANDS", self.asks.rows, column="headcount", part="level", year=year, cautious=max
        )
        self._demanded, self._places = np.unique(self.asks.demanded, return_inverse=True)
        self._contradicted = [
            (register.ids[self.asks.demanders[place]], register.ids[self.asks.demanded[place]], place)
            for place in self.figures.contradicted
        ]
        self._contradicted.sort()

    @cached_property
    def enterprises(self) -> Mapping[str, set[str]]:
        """Chain → the enterprises claimed to operate in it, by id."""
        return self._by_id(self.enterprises_in)

    @cached_property
    def chains(self) -> Mapping[str, set[str]]:
        """Enterprise → the chains that it is claimed to operate in, by id."""
        return self._by_id(self.chains_of)

    @cached_property
    def needs(self) -> Mapping[str, Mapping[str, set[int]]]:
        """Demander → demanded → rows of DEMANDS, by id, each demand once."""
        return self.asks.by_ids(self._register)

    @cached_property
    def wanted(self) -> Mapping[str, Mapping[str, set[int]]]:
        """The same with every claim, for who wants what."""
        return self.wants.by_ids(self._register)

    def _by_id(self, groups: Grouped) -> dict[str, set[str]]:
        ids = self._register.ids
        filled = np.flatnonzero(groups.lengths).tolist()
        return {ids[number]: {ids[one] for one in groups.of(number).tolist()} for number in filled}

    def enterprises_inside(self, inside: NDArray[Any]) -> NDArray[np.int64]:
        """The numbers of the enterprises that operate in any of the chains."""
        return distinct(self.enterprises_in.of_all(inside))

    def of(self, chain: str, parts: Graph, inside: Collection[str], around: Collection[str]) -> Total:
        """The demand of a chain.

        For each occupation or specialty the largest of three figures is taken, for each holds the next: what the
        chain itself is said to need; what its parts are; what the enterprises operating in it need together.
        `inside` is the chain with all its parts, `around` also what it is part of: an enterprise that operates
        nowhere else is the chain's own.
        """
        asks, told = self.asks, self.figures
        within = self._register.numbers(inside)
        enterprises = self.enterprises_inside(within)
        own = self._only_in(enterprises, self._register.numbers(around))
        pairs = asks.by_demander.of_all(enterprises)
        known = told.known[pairs]
        own_known = known & np.repeat(own, asks.by_demander.lengths[enterprises])
        said, visited = self._said_of(chain, parts, within)
        total = Total(value=self._together(pairs[known], said), own=self._together(pairs[own_known], said))
        every = np.concatenate([pairs, np.array(sorted(visited), dtype=np.int64)])
        total.rows = told.rows.of_all(every)
        total.pairs_unknown = every[~told.known[every]]
        total.silent = enterprises[asks.by_demander.lengths[enterprises] == 0]
        total.years = set(distinct(told.years[every[told.dated[every]]]).tolist())
        if self._contradicted:
            counted = set(every.tolist())
            total.contradicted = [
                (head, tail, told[place]) for head, tail, place in self._contradicted if place in counted
            ]
        return total

    def _together(self, pairs: NDArray[np.int64], said: Mapping[int, int | None]) -> int | None:
        """The people of these known demands of enterprises, of each demanded at least as many as are `said`."""
        asked = self._places[pairs]
        sums = columns.totals(self.figures.values[pairs], asked, len(self._demanded))
        counts = np.bincount(asked, minlength=len(self._demanded))
        found = sum(sums) if len(pairs) else None
        for number, by_chain in said.items():
            place = int(np.searchsorted(self._demanded, number))
            of_enterprises = sums[place] if counts[place] else None
            more = _largest(by_chain, of_enterprises)
            found = _plus(found, None if more is None else more - (of_enterprises or 0))
        return found

    def _only_in(self, enterprises: NDArray[np.int64], chains: NDArray[np.int64]) -> Marks:
        """Which of the enterprises, each of which operates somewhere, operate in no chain but these."""
        if not len(enterprises):
            return np.zeros(0, dtype=bool)
        inside = np.isin(self.chains_of.of_all(enterprises), chains)
        starts = np.concatenate([[0], np.cumsum(self.chains_of.lengths[enterprises])[:-1]])
        return np.logical_and.reduceat(inside, starts)

    def _said_of(
        self, chain: str, parts: Graph, inside: NDArray[np.int64]
    ) -> tuple[dict[int, int | None], set[int]]:
        """What the chain or its parts are said to need of each occupation or specialty, and the pairs looked at."""
        by_chain: dict[str, dict[int, int]] = {}
        for number in inside.tolist():
            own = self.asks.by_demander.of(number).tolist()
            if own:
                by_chain[self._register.ids[number]] = {int(self.asks.demanded[one]): one for one in own}
        visited: set[int] = set()
        demanded = {one for own in by_chain.values() for one in own}
        return {one: self._said(chain, one, parts, by_chain, visited) for one in demanded}, visited

    def _said(
        self,
        chain: str,
        demanded: int,
        parts: Graph,
        by_chain: Mapping[str, Mapping[int, int]],
        visited: set[int],
    ) -> int | None:
        """The chain's own figure or that of its parts together, whichever is larger; a part counts once."""

        def figure_of(one: str) -> int | None:
            place = by_chain.get(one, {}).get(demanded)
            if place is None:
                return None
            visited.add(place)
            return int(self.figures.values[place]) if self.figures.known[place] else None

        seen, waiting, below = {chain}, sorted(parts.get(chain, ())), None
        own = figure_of(chain)
        while waiting:
            part = waiting.pop(0)
            if part in seen:
                continue
            seen.add(part)
            value = figure_of(part)
            if value is None:
                waiting.extend(sorted(parts.get(part, ())))
            else:
                below = _plus(below, value)
        return _largest(own, below)


def _each_once(
    projection: Projection, rows: NDArray[np.int64]
) -> tuple[NDArray[np.int64], set[tuple[str, str]]]:
    """The rows without those specialties that the same words name only as fit for a post demanded; and these pairs."""
    needs, register = projection.claims("DEMANDS"), projection.register
    posts = register.are(needs.tails[rows], "Occupation")
    if posts.all():
        return rows, set()
    place, quote = needs.coded("place"), needs.coded("quote")
    said = ~(place.among((None, "")) & quote.among((None, "")))[rows]
    words = _words(
        *(needs.coded(name).codes[rows] for name in ("source", "place", "quote", "year")), needs.heads[rows]
    )
    both = np.intersect1d(words[posts], words[~posts & said])
    near = np.flatnonzero(np.isin(words, both))
    tails, headcounts = needs.tails, needs.column("headcount") if len(near) else []
    named: dict[int, set[tuple[int, int | None]]] = {}
    for at in near[posts[near]].tolist():
        named.setdefault(int(words[at]), set()).add((int(tails[rows[at]]), headcounts[rows[at]]))
    twice = np.zeros(len(rows), dtype=bool)
    beside: set[tuple[str, str]] = set()
    for at in near[~posts[near]].tolist():
        own = named[int(words[at])]
        if headcounts[rows[at]] not in {None, *(people for _, people in own)}:
            continue
        twice[at] = True
        if len(named_posts := {post for post, _ in own}) == 1:  # of several posts it is not said which
            beside |= {(register.ids[post], register.ids[tails[rows[at]]]) for post in named_posts}
    return rows[~twice], beside


def _words(*codes: NDArray[Any]) -> NDArray[np.int64]:
    """A number for each row: the same for rows that are alike in all columns."""
    found = np.zeros(len(codes[0]), dtype=np.int64)
    for own in codes:
        *_, found = distinct_pairs(found, own)
    return found


def _plus(first: int | None, second: int | None) -> int | None:
    if first is None or second is None:
        return first if second is None else second
    return first + second


def _largest(first: int | None, second: int | None) -> int | None:
    known = [value for value in (first, second) if value is not None]
    return max(known, default=None)
