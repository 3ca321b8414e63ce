"""How many people are trained for a chain (人才供给): the graduates of the offerings that serve it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from graph.gaps.figures import Figure, figure
from graph.gaps.provision import Offering, Provision
from graph.project import Projection


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
    """The graduates of every offering, each number made once."""

    def __init__(self, projection: Projection, provided: Provision, year: int | None) -> None:
        self._provided = provided
        self._chains = {offering: provided.chains(offering) for offering in provided.offered}
        self._by_chain: dict[str, set[Offering]] = {}
        for offering, served in self._chains.items():
            for chain in served:
                self._by_chain.setdefault(chain, set()).add(offering)
        self._figures = {
            offering: figure(
                projection, "OFFERS", rows, column="graduates", part="number", year=year, cautious=min
            )
            for offering, rows in provided.offered.items()
            if self._chains[offering]
        }

    def of(self, inside: Collection[str], around: Collection[str]) -> Supply:
        """The supply of a chain: `inside` is the chain with all its parts, `around` also what it is part of."""
        supply = Supply(offerings={one for chain in inside for one in self._by_chain.get(chain, ())})
        for offering in sorted(supply.offerings, key=lambda one: (one.school or "", one.specialty)):
            told = self._figures[offering]
            supply.rows |= told.rows or self._provided.offered[offering]
            if told.value is None:
                supply.unknown.add(offering)
                continue
            supply.value = (supply.value or 0) + told.value
            if self._chains[offering] <= set(around):
                supply.own = (supply.own or 0) + told.value
            if told.year is not None:
                supply.years.add(told.year)
            if told.others:
                supply.contradicted.append((offering, told))
        return supply
