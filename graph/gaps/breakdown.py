"""By what a structure is told (口径): chain, cluster, sector, category or class of specialties, region.

Everything counts once: what belongs to two units counts to each by half, what belongs to none is left out and counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.columns import Grouped, pairs_of
from graph.gaps.chains import Graph, parts_of_chains, reach, reversed_graph
from graph.gaps.market import Market
from graph.gaps.sectors import sector_named, sector_of_section
from graph.identity import label_of
from graph.project import Projection

BY: Final = ("chain", "cluster", "sector", "category", "class", "region")
LABELS: Final = ("IndustryChain", "Specialty", "School", "Enterprise", "Region", "Park")
KINDS: Final = ("PART_OF", "LOCATED_IN")
_SPECIALTY_PROPERTY: Final = {"category": "category", "class": "class_name", "sector": "category"}

Shares = Mapping[str, float]
"""Units, and how much of the thing counts to each; the shares sum to 1, or there are none."""


class Counted(NamedTuple):
    """Where many things count: `shares[places[thing]]`; things of one kind (one school) share a place."""

    shares: Sequence[Shares]
    places: NDArray[np.int64]


class Breakdown:
    """The units that offerings, groups, needs, enterprises and figures of industries count to."""

    def __init__(
        self,
        projection: Projection,
        sides: Market,
        by: str,
        minimum_confidence: float,
        *,
        region_level: str,
        sectors: Mapping[str, str],
    ) -> None:
        self.projection, self.sides, self.by = projection, sides, by
        self._sectors, self._level = sectors, region_level
        parts = parts_of_chains(projection, minimum_confidence)
        self.wholes: Graph = reversed_graph(parts)
        self._tier = {one: projection.value(one, "tier") for one in projection.ids("IndustryChain")}
        self.above = regions_above(projection, minimum_confidence)
        self._places = places_of(projection, minimum_confidence)
        self._of_chain: dict[str, Shares] = {}
        self._of_body: dict[str, Shares] = {}

    def name(self, unit: str) -> str:
        """A unit's name: that of its node, or the word itself."""
        return self.projection.name(unit) if self.is_node else unit

    @property
    def is_node(self) -> bool:
        """Whether units are nodes of the graph."""
        return self.by in ("chain", "cluster", "region")

    def offerings(self) -> Counted:
        """Where the students of each offering of the market count."""
        supplied, ids = self.sides.supplied, self.projection.register.ids
        if self.by in _SPECIALTY_PROPERTY:
            return _counted(supplied.specialties, lambda one: self.specialty(ids[one]))
        if self.by == "region":
            return _counted(supplied.schools, lambda one: self.body(ids[one]) if one >= 0 else {})
        return _counted(supplied.chain_sets, lambda one: self._of_chains(supplied.chains[one]))

    def groups(self) -> Counted:
        """Where each specialty group counts; a group is of no category or class."""
        provided = self.sides.provided
        shares: list[Shares] = [{} for _ in provided.schools]
        if self.by == "region":
            shares = [
                _evenly(unit for school in schools for unit in self.body(school))
                for schools in provided.schools.values()
            ]
        elif self.by not in _SPECIALTY_PROPERTY:
            shares = [self._of_chains(provided.served.get(group, ())) for group in provided.schools]
        return Counted(shares, np.arange(len(shares)))

    def needs(self) -> Counted:
        """Where the people of each need of the market count: by specialty, to those that fit the post, evenly."""
        needed, ids = self.sides.needed, self.projection.register.ids
        if self.by in _SPECIALTY_PROPERTY:
            return _counted(needed.demanded, lambda one: self._of_post(ids[one]))
        if self.by == "region":
            return _counted(
                needed.demanders,
                lambda one: self.body(ids[one]) if label_of(ids[one]) == "Enterprise" else {},
            )
        return _counted(needed.chain_sets, lambda one: self._of_chains(needed.chains[one]))

    def enterprises(self) -> Counted:
        """Where each enterprise counts that operates in a chain, by number.

        It is of no category or class, nor of a sector but through its chains.
        """
        chains_of, ids = self.sides.demand.chains_of, self.projection.register.ids
        numbers = np.flatnonzero(chains_of.lengths)
        if self.by == "region":
            shares = [self.body(ids[one]) for one in numbers.tolist()]
        else:
            shares = [
                _evenly(unit for chain in chains_of.of(one).tolist() for unit in self.industry(ids[chain]))
                for one in numbers.tolist()
            ]
        return Counted(shares, np.arange(len(numbers)))

    def _of_chains(self, chains: Iterable[str]) -> Shares:
        return _evenly(unit for chain in chains for unit in self.chain(chain))

    def _of_post(self, post: str) -> Shares:
        suited = self.sides.suited.get(post, ())
        return _evenly(unit for specialty in suited for unit in self.specialty(specialty))

    def industry(self, chain: str) -> Shares:
        """Where figures of an industry count, whatever the region; none for categories and classes of specialties."""
        if self.by == "sector":
            sector = self.sector(chain)
            return {sector: 1.0} if sector else {}
        if self.by in _SPECIALTY_PROPERTY or sector_named(self.projection.name(chain)):
            return {}
        return self.chain(chain)

    def sector(self, chain: str) -> str | None:
        """The sector that an industry is or is part of."""
        named = sector_named(self.projection.name(chain))
        if named:
            return named
        sections = {
            sector_of_section(self.projection.value(one, "code")) for one in reach(chain, self.wholes)
        } - {None}
        return next(iter(sections)) if len(sections) == 1 else None

    def specialty(self, specialty: str) -> Shares:
        """The category, class or sector of a specialty."""
        word = self.projection.value(specialty, _SPECIALTY_PROPERTY[self.by])
        unit = self._sectors.get(word) if self.by == "sector" and word else word
        return {unit: 1.0} if unit else {}

    def chain(self, chain: str) -> Shares:
        """The chains, or clusters, that a chain or segment counts to.

        A segment counts to the chains that it is part of, a chain to itself; by cluster, to the nearest clusters.
        """
        if chain not in self._of_chain:
            around = reach(chain, self.wholes)
            if self.by == "cluster":
                fit = {one for one in around if self._tier.get(one) == "集群"}
            else:
                fit = {one for one in around if self._tier.get(one) not in ("集群", "行业")}
            inner = self.by == "cluster"
            self._of_chain[chain] = _evenly(self._nearest(fit) if inner else self._outermost(fit))
        return self._of_chain[chain]

    def _outermost(self, found: set[str]) -> set[str]:
        """Those that are part of no other of them; all of a circle."""
        kept = {one for one in found if not (reach(one, self.wholes) - {one}) & found}
        return kept or found

    def _nearest(self, found: set[str]) -> set[str]:
        """Those of which no other of them is a part; all of a circle."""
        kept = {
            one
            for one in found
            if not any(one in reach(other, self.wholes) for other in found if other != one)
        }
        return kept or found

    def body(self, body: str) -> Shares:
        """The regions of the level asked for in which a school, enterprise or park lies."""
        if body not in self._of_body:
            register = self.projection.register
            number = register.number(body)
            places = self._places.of(-1 if number is None else number).tolist()
            self._of_body[body] = _evenly(
                unit for place in places for unit in self.region(register.ids[place])
            )
        return self._of_body[body]

    def region(self, place: str) -> set[str]:
        """The regions of the level asked for that a region or park is, or lies in."""
        value = self.projection.value
        return {
            one
            for one in reach(place, self.above)
            if label_of(one) == "Region" and value(one, "level") == self._level
        }


def _counted(keys: NDArray[Any], share: Callable[[int], Shares]) -> Counted:
    found, places = np.unique(keys, return_inverse=True)
    return Counted([share(one) for one in found.tolist()], places)


def _evenly(units: Iterable[str]) -> Shares:
    distinct = dict.fromkeys(units)
    return {unit: 1 / len(distinct) for unit in distinct}


def regions_above(projection: Projection, minimum_confidence: float) -> dict[str, set[str]]:
    """Region or park → the regions that it is part of, or lies in."""
    register, found = projection.register, dict[str, set[str]]()
    for kind in KINDS:
        claims = projection.claims(kind)
        places = register.are(claims.heads, "Region", "Park") & register.are(claims.tails, "Region", "Park")
        for row in np.flatnonzero(claims.sure(minimum_confidence) & places).tolist():
            head, tail = register.ids[claims.heads[row]], register.ids[claims.tails[row]]
            found.setdefault(head, set()).add(tail)
    return found


def places_of(projection: Projection, minimum_confidence: float) -> Grouped:
    """School or enterprise → where it lies, by number."""
    register, claims = projection.register, projection.claims("LOCATED_IN")
    bodies = register.are(claims.heads, "School", "Enterprise")
    rows = np.flatnonzero(claims.sure(minimum_confidence) & bodies)
    heads, tails = pairs_of(claims.heads[rows], claims.tails[rows])
    return Grouped(heads, len(register), tails)
