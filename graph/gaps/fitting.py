"""Which offerings could fill which needs (谁能满足谁): the pairs that `graph.gaps.matching` may join.

Needs of one post, level and set of chains are one class: whoever can fill one can fill all of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np

from graph.gaps.market import Market, Needs, Supplied
from graph.gaps.matching import rank
from graph.identity import label_of
from graph.project import Projection


@dataclass(frozen=True, slots=True)
class NeedClass:
    """Needs alike: `headcount` is None where none of them tells how many, `unknown` counts those that do not."""

    demanded: str
    level: str | None
    chains: frozenset[str]
    headcount: int | None
    unknown: int
    members: tuple[int, ...]  # numbers of `Market.needed`


class Fitting:
    """The classes of a market's needs, and for each offering those that it could fill (`matching.misfit` is no None)."""

    def __init__(self, market: Market) -> None:
        self._market = market
        self.classes = tuple(_classes(market.needed))
        self._demanded: dict[str, list[int]] = {}
        self._in_chain: dict[str, list[int]] = {}  # posts of the chain
        self._orphan_in_chain: dict[str, list[int]] = {}  # posts for which nobody is said to prepare
        for number, one in enumerate(self.classes):
            self._demanded.setdefault(one.demanded, []).append(number)
            if label_of(one.demanded) != "Occupation":
                continue
            for chain in {part for own in one.chains for part in market.answers.get(own, {own})}:
                self._in_chain.setdefault(chain, []).append(number)
                if one.demanded not in market.suited:
                    self._orphan_in_chain.setdefault(chain, []).append(number)
        self._filled: dict[tuple[str, str | None, frozenset[str]], frozenset[int]] = {}

    def fills(self, offering: Supplied) -> frozenset[int]:
        """The numbers of the classes that the offering could fill, whatever its graduates."""
        key = (offering.specialty, offering.level, offering.chains)
        if key not in self._filled:
            self._filled[key] = frozenset(self._could(*key))
        return self._filled[key]

    def together(self, offerings: Collection[int]) -> frozenset[int]:
        """The classes that at least one of the offerings, by their numbers in the market, could fill."""
        supplied = self._market.supplied
        places = np.fromiter(offerings, dtype=np.int64, count=len(offerings))
        kinds = supplied.specialties[places].astype(np.int64) * len(supplied.chains)
        _, first = np.unique(kinds + supplied.chain_sets[places], return_index=True)
        return frozenset().union(*(self.fills(supplied[place]) for place in places[first].tolist()))

    def people(self, classes: Collection[int]) -> tuple[int | None, int]:
        """How many people these classes need, as known (None: none of them tells), and how many needs do not tell."""
        told = [people for one in classes if (people := self.classes[one].headcount) is not None]
        return (sum(told) if told else None), sum(self.classes[one].unknown for one in classes)

    def rows(self, classes: Iterable[int]) -> set[int]:
        """The claims of DEMANDS that tell of these classes."""
        members = [member for one in classes for member in self.classes[one].members]
        return set(self._market.needed.rows.of_all(np.array(members, dtype=np.int64)).tolist())

    def _could(self, specialty: str, level: str | None, chains: frozenset[str]) -> Iterable[int]:
        market, have = self._market, rank(level)
        found = {one for post in market.prepared.get(specialty, ()) for one in self._demanded.get(post, ())}
        serving = self._orphan_in_chain if specialty in market.prepared else self._in_chain
        found.update(one for chain in chains for one in serving.get(chain, ()))
        for one in found:
            want = rank(self.classes[one].level)
            if have is None or want is None or have >= want:
                yield one


def _classes(needed: Needs) -> Iterable[NeedClass]:
    alike = zip(
        needed.demanded.tolist(), needed.level_codes.tolist(), needed.chain_sets.tolist(), strict=True
    )
    members: dict[tuple[int, int, int], list[int]] = {}
    for number, key in enumerate(alike):
        members.setdefault(key, []).append(number)
    for (demanded, level, chains), numbers in members.items():
        told = needed.headcounts[numbers][needed.known[numbers]].tolist()
        yield NeedClass(
            needed.nodes.ids[demanded],
            needed.level(level),
            needed.chains[chains],
            sum(told) if told else None,
            len(numbers) - len(told),
            tuple(numbers),
        )


def fitting(projection: Projection, market: Market) -> Fitting:
    """The fitting of a market of this projection, made once for all questions that ask."""
    return projection.once(("fitting", id(market)), lambda: Fitting(market))
