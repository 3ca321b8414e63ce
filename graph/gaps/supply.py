"""How many people are trained for a chain (人才供给): the graduates of the offerings that serve it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from graph.gaps.figures import Figure
from graph.gaps.market import Market, Supplied
from graph.gaps.provision import Offering


@dataclass
class Supply:
    """Graduates a year for a chain: `value` is the sum of the known figures, None where there is none."""

    value: int | None = None
    own: int | None = None  # of these, what no other chain can claim
    offerings: set[Offering] = field(default_factory=set)
    unknown: set[Offering] = field(default_factory=set)  # no figure
    rows: set[int] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    contradicted: list[tuple[Offering, Figure]] = field(default_factory=list)


class Graduates:
    """The graduates of every offering of a market, by the chains that it serves."""

    def __init__(self, sides: Market) -> None:
        self._supplied = sides.supplied
        self._by_chain: dict[str, list[int]] = {}
        for number, one in enumerate(sides.supplied):
            for chain in one.chains:
                self._by_chain.setdefault(chain, []).append(number)

    def serving(self, inside: Collection[str]) -> list[int]:
        """The offerings, by their place in `Market.supplied`, that serve a chain: `inside` is it with all its parts."""
        return sorted({number for chain in inside for number in self._by_chain.get(chain, ())})

    def of(self, inside: Collection[str], around: Collection[str]) -> Supply:
        """The supply of a chain: `inside` is the chain with all its parts, `around` also what it is part of."""
        supply = Supply()
        for number in self.serving(inside):
            one = self._supplied[number]
            supply.rows |= one.rows
            supply.offerings.add(_offering(one))
            if one.graduates is None:
                supply.unknown.add(_offering(one))
                continue
            supply.value = (supply.value or 0) + one.graduates
            if one.chains <= set(around):
                supply.own = (supply.own or 0) + one.graduates
            if one.told.year is not None:
                supply.years.add(one.told.year)
            if one.told.others:
                supply.contradicted.append((_offering(one), one.told))
        return supply


def _offering(one: Supplied) -> Offering:
    return Offering(one.school, one.specialty)
