"""How many people are trained for a chain (人才供给): the graduates of the offerings that serve it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from graph import columns
from graph.columns import Grouped
from graph.gaps.figures import Figure
from graph.gaps.market import Market
from graph.gaps.provision import Offering


def _none() -> NDArray[np.int64]:
    return np.zeros(0, dtype=np.int64)


@dataclass
class Supply:
    """Graduates a year for a chain: `value` is the sum of the known figures, None where there is none.

    `offerings` are the places in `Market.supplied` of what serves it, `unknown` of those without a figure.
    """

    value: int | None = None
    own: int | None = None  # of these, what no other chain can claim
    offerings: NDArray[np.int64] = field(default_factory=_none)
    unknown: NDArray[np.int64] = field(default_factory=_none)
    rows: NDArray[np.int64] = field(default_factory=_none)
    years: set[int] = field(default_factory=set)
    contradicted: Sequence[tuple[Offering, Figure]] = ()


class Graduates:
    """The graduates of every offering of a market, by the chains that it serves."""

    def __init__(self, sides: Market) -> None:
        self._sides = sides
        self._supplied = supplied = sides.supplied
        self._by_set = Grouped(supplied.chain_sets, len(supplied.chains))

    def serving(self, inside: Collection[str]) -> NDArray[np.int64]:
        """The offerings, by their place in `Market.supplied`, that serve a chain: `inside` is it with all its parts."""
        sets = self._supplied.chains.with_any(self._sides.provided.register.numbers(inside))
        return np.sort(self._by_set.of_all(sets))

    def of(self, inside: Collection[str], around: Collection[str]) -> Supply:
        """The supply of a chain: `inside` is the chain with all its parts, `around` also what it is part of."""
        supplied, serving = self._supplied, self.serving(inside)
        told = supplied.told
        known = serving[supplied.known[serving]]
        supply = Supply(
            offerings=serving,
            unknown=serving[~supplied.known[serving]],
            rows=supplied.rows.of_all(serving),
        )
        if not len(known):
            return supply
        around_it = np.zeros(len(self._sides.provided.register), dtype=bool)
        around_it[self._sides.provided.register.numbers(around)] = True
        own = known[supplied.chains.within(supplied.chain_sets[known], around_it)]
        supply.value = columns.total(supplied.graduates[known])
        supply.own = columns.total(supplied.graduates[own]) if len(own) else None
        offered = supplied.offered[known]
        supply.years = set(columns.distinct(told.years[offered[told.dated[offered]]]).tolist())
        if told.contradicted:
            supply.contradicted = [
                (supplied.offering(place), told[number])
                for place, number in zip(known.tolist(), offered.tolist(), strict=True)
                if number in told.contradicted
            ]
        return supply
