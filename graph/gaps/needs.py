"""What is needed (人才需求明细): every need of an enterprise or chain with its people, each once, in columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from graph import columns
from graph.columns import Grouped, Marks, in_order, kinds
from graph.gaps.chain_sets import ChainSets
from graph.gaps.chains import Graph
from graph.gaps.demand import Demand
from graph.gaps.figures import figure
from graph.gaps.offers import text_order
from graph.project import Projection
from graph.register import Register

_UNTOLD: Final = -1


@dataclass(frozen=True, slots=True)
class Needed:
    """What an enterprise or a chain needs; `headcount` is None where no claim tells how many."""

    demander: str
    demanded: str
    level: str | None
    chains: frozenset[str]
    headcount: int | None
    rows: frozenset[int]  # of DEMANDS


@dataclass(frozen=True, eq=False)
class Needs(Sequence[Needed]):
    """All needs, ordered by the names of demander and demanded.

    In columns: `demanders` and `demanded` by number, `level_codes` of `levels` (-1 where no level is told),
    `chain_sets` of `chains`, `headcounts` where `known`, `rows` of DEMANDS, those of the year that counts; `asked` is
    the place of each in `Demand.asks` and its `figures`.
    """

    nodes: Register
    demanders: NDArray[np.int64]
    demanded: NDArray[np.int64]
    levels: list[str]
    level_codes: NDArray[Any]
    chains: ChainSets
    chain_sets: NDArray[np.int64]
    headcounts: NDArray[np.int64]
    known: Marks
    rows: Grouped
    asked: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.demanders)

    @overload
    def __getitem__(self, place: int) -> Needed: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Needed, ...]: ...

    def __getitem__(self, place: int | slice) -> Needed | tuple[Needed, ...]:
        if isinstance(place, slice):
            return tuple(self[one] for one in range(*place.indices(len(self))))
        if not -len(self) <= place < len(self):
            raise IndexError(place)
        at = place % len(self)
        ids = self.nodes.ids
        return Needed(
            ids[self.demanders[at]],
            ids[self.demanded[at]],
            self.level(int(self.level_codes[at])),
            self.chains[int(self.chain_sets[at])],
            int(self.headcounts[at]) if self.known[at] else None,
            frozenset(self.rows.of(at).tolist()),
        )

    def level(self, code: int) -> str | None:
        """The level that a code stands for."""
        return None if code < 0 else self.levels[code]


class _One(NamedTuple):
    """A need that is worked out by itself: the pair of `Demand.asks` that tells it, level, chains, people."""

    pair: int
    level: int
    chain_set: int
    headcount: int


def needs_of(projection: Projection, asked: Demand, inside: Graph, year: int | None) -> Needs:
    """Every need once: enterprises by level; chains beyond what their parts and enterprises ask for."""
    register, asks, told = projection.register, asked.asks, asked.figures
    levels = projection.claims("DEMANDS").coded("level")
    by_chain = register.are(asks.demanders, "IndustryChain")
    chains = ChainSets(register)
    chain_sets = _chain_sets(register, asked, by_chain, chains)
    first, last = _span(levels.codes[told.rows.values], told.rows)
    at_one_level = first == last
    plain = ~told.known | (~by_chain & at_one_level)
    level_codes = np.where(at_one_level, first, _UNTOLD)
    singly = [
        *_beyond(register, asked, inside, by_chain & told.known, level_codes, chains),
        *(
            _One(pair, level, int(chain_sets[pair]), people)
            for pair in np.flatnonzero(~plain & ~by_chain).tolist()
            for level, people in _by_level(projection, asked, pair, year)
        ),
    ]
    more = np.array(singly, dtype=np.int64).reshape(-1, 4)
    pairs = np.concatenate([np.flatnonzero(plain), more[:, 0]])
    level_codes = np.concatenate([level_codes[plain], more[:, 1]])
    chain_sets = np.concatenate([chain_sets[plain], more[:, 2]])
    headcounts = np.concatenate([told.values[plain], more[:, 3]])
    names, order = register.name_order, register.order
    heads, tails = asks.demanders[pairs], asks.demanded[pairs]
    ordered = in_order(
        names[heads],
        names[tails],
        text_order([*levels.values, None])[level_codes],
        order[heads],
        order[tails],
    )
    rows = (
        told.rows
    )  # of the year that counts: what other years tell of a need, of pay too, is not of this number
    return Needs(
        register,
        heads[ordered],
        tails[ordered],
        levels.values,
        level_codes[ordered],
        chains,
        chain_sets[ordered],
        headcounts[ordered],
        told.known[pairs[ordered]],
        Grouped.of_lengths(rows.lengths[pairs[ordered]], rows.of_all(pairs[ordered])),
        pairs[ordered],
    )


def _chain_sets(register: Register, asked: Demand, by_chain: Marks, chains: ChainSets) -> NDArray[np.int64]:
    """The chains that each pair of demander and demanded belongs to: the chain itself, those of the enterprise."""
    ids, operating = register.ids, asked.chains_of
    distinct, places = np.unique(asked.asks.demanders, return_inverse=True)
    found = np.zeros(len(distinct), dtype=np.int64)
    is_chain = np.zeros(len(distinct), dtype=bool)
    is_chain[places[by_chain]] = True
    counts = np.where(is_chain, 0, operating.lengths[distinct])
    for at in np.flatnonzero(is_chain).tolist():
        found[at] = chains.number({ids[distinct[at]]})
    once = counts == 1
    chain, of_chain = np.unique(operating.of_all(distinct[once]), return_inverse=True)
    found[once] = np.array([chains.number({ids[one]}) for one in chain.tolist()], dtype=np.int64)[of_chain]
    several: dict[int, NDArray[np.int64]] = {}  # by the first that has these chains, all that have them
    for count in np.unique(counts[counts > 1]).tolist():
        alike = np.flatnonzero(counts == count)
        own = operating.starts[distinct[alike]][:, None] + np.arange(count)
        first, which = kinds(*operating.values[own].T)
        members = Grouped(which, len(first), alike)
        several |= {int(alike[one]): members.of(number) for number, one in enumerate(first.tolist())}
    for at in sorted(several):
        found[several[at]] = chains.number(ids[one] for one in operating.of(int(distinct[at])).tolist())
    return found[places]


def _span(values: NDArray[Any], groups: Grouped) -> tuple[NDArray[Any], NDArray[Any]]:
    """The smallest and the largest value of each group, none of which is empty."""
    if not len(groups):
        return values[:0], values[:0]
    starts = groups.starts[:-1]
    return np.minimum.reduceat(values, starts), np.maximum.reduceat(values, starts)


def _beyond(
    register: Register, asked: Demand, inside: Graph, told: Marks, levels: NDArray[Any], chains: ChainSets
) -> Iterator[_One]:
    """What each chain is said to need beyond its parts and its enterprises; small chains before those they are in."""
    asks, figures = asked.asks, asked.figures
    by_demanded: dict[int, dict[str, int]] = {}
    for pair in np.flatnonzero(told).tolist():
        by_demanded.setdefault(int(asks.demanded[pair]), {})[register.ids[asks.demanders[pair]]] = pair
    if not by_demanded:
        return
    enterprises = figures.known & ~register.are(asks.demanders, "IndustryChain")
    asking = Grouped(asks.demanded[enterprises], len(register), np.flatnonzero(enterprises))
    operating: dict[str, NDArray[np.int64]] = {}
    for demanded, pairs in by_demanded.items():
        beyond: dict[str, int] = {}
        of_enterprises = asking.of(demanded)
        order = sorted(
            pairs,
            key=lambda one: (
                len(inside[one]),
                -int(figures.values[pairs[one]]),
                register.names[asks.demanders[pairs[one]]],
                one,
            ),
        )
        for chain in order:
            if chain not in operating:
                operating[chain] = asked.enterprises_inside(register.numbers(inside[chain]))
            theirs = of_enterprises[np.isin(asks.demanders[of_enterprises], operating[chain])]
            covered = columns.total(figures.values[theirs])
            covered += sum(beyond.get(part, 0) for part in inside[chain])
            beyond[chain] = max(0, int(figures.values[pairs[chain]]) - covered)
            pair = pairs[chain]
            yield _One(pair, int(levels[pair]), chains.number({chain}), beyond[chain])


def _by_level(
    projection: Projection, asked: Demand, pair: int, year: int | None
) -> Iterable[tuple[int, int]]:
    """A number of people by level of education; what no level is told of stands under none."""
    whole = int(asked.figures.values[pair])
    levels = projection.claims("DEMANDS").coded("level")
    own: dict[int, list[int]] = {}
    for row in asked.figures.rows.of(pair).tolist():
        own.setdefault(int(levels.codes[row]), []).append(row)
    split = {
        level: figure(
            projection, "DEMANDS", rows, column="headcount", part="level", year=year, cautious=max
        ).value
        or 0
        for level, rows in own.items()
        if level != _UNTOLD
    }
    told = sum(split.values())
    if told > whole:
        yield _UNTOLD, whole  # the levels contradict the whole: not told apart
        return
    yield from sorted(split.items(), key=lambda one: str(levels.values[one[0]]))
    if whole > told:
        yield _UNTOLD, whole - told
