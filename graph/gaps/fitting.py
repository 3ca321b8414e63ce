"""Which offerings could fill which needs (谁能满足谁): the pairs that `graph.gaps.matching` may join.

Needs of one post, level and set of chains are one class: whoever can fill one can fill all of it.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from graph.columns import Grouped, Marks, Numbers, distinct, kinds, largest, total, totals
from graph.gaps.market import Market
from graph.gaps.matching import rank
from graph.project import Projection
from graph.rows import UNSURE

_UNRANKED: Final = -1  # of a need that asks for no level of the ladder: whoever fits can fill it


class Fitting:
    """The classes of a market's needs in columns, and those that its offerings could fill (`matching.misfit` is no None).

    Of each class: `demanded` by number, `steps` on the ladder of education (-1: none), `headcounts` where `told`,
    `unknown` needs that do not tell how many, and its `members`, places in `Market.needed`.
    """

    def __init__(self, projection: Projection, market: Market) -> None:
        needed, nodes = market.needed, market.needed.nodes
        self._market = market
        first, of_need = kinds(needed.demanded, needed.level_codes, needed.chain_sets)
        self.members = Grouped(of_need, len(first))
        self.demanded: Numbers = needed.demanded[first]
        codes = needed.level_codes[first]
        ladder = [rank(level) for level in (*needed.levels, None)]  # a code of -1 takes the last
        self.steps = np.array([_UNRANKED if one is None else one for one in ladder], dtype=np.int64)[codes]
        known = needed.known
        self.headcounts = _whole(totals(needed.headcounts[known], of_need[known], len(first)))
        self.told: Marks = np.bincount(of_need[known], minlength=len(first)) > 0
        self.unknown: NDArray[np.int64] = np.bincount(of_need[~known], minlength=len(first))
        sure = largest(projection.claims("DEMANDS").confidences[needed.rows.values], needed.rows, UNSURE)
        self._sure = largest(sure[self.members.values], self.members, UNSURE)
        self._demanded = Grouped(self.demanded, len(nodes))
        posts = nodes.are(self.demanded, "Occupation")
        nobody = np.array([nodes.ids[one] not in market.suited for one in self.demanded.tolist()], dtype=bool)
        self._in_chain = self._by_chain(needed.chain_sets[first], posts)
        self._orphan_in_chain = self._by_chain(needed.chain_sets[first], posts & nobody)

    def __len__(self) -> int:
        return len(self.demanded)

    def _by_chain(self, chain_sets: Numbers, chosen: Marks) -> Grouped:
        """Chain → the classes chosen for which it counts."""
        market, sets = self._market, chain_sets[chosen]
        classes = np.repeat(np.flatnonzero(chosen), market.accepted.lengths[sets])
        return Grouped(market.accepted.of_all(sets), len(market.needed.nodes), classes)

    def together(self, offerings: NDArray[np.int64]) -> Numbers:
        """The classes that at least one of the offerings, by their numbers in the market, could fill, in order."""
        supplied, found = self._market.supplied, [np.zeros(0, dtype=np.int64)]
        specialties = supplied.specialties[offerings]
        for specialty in distinct(specialties.copy()).tolist():
            own = offerings[specialties == specialty]
            found.append(self._filled(specialty, supplied.levels[own[0]], distinct(supplied.chain_sets[own])))
        return distinct(np.concatenate(found))

    def _filled(self, specialty: int, level: str | None, chain_sets: Numbers) -> NDArray[np.int64]:
        """The classes that offerings of a specialty could fill which serve these sets of chains."""
        market, nodes, have = self._market, self._market.needed.nodes, rank(level)
        told = nodes.ids[specialty]
        serving = self._orphan_in_chain if told in market.aimed else self._in_chain
        chains = distinct(market.supplied.chains.chains.of_all(chain_sets))
        posts = nodes.numbers(market.prepared.get(told, ()))
        found: NDArray[np.int64] = np.concatenate([self._demanded.of_all(posts), serving.of_all(chains)])
        return found if have is None else found[self.steps[found] <= have]

    def people(self, classes: Numbers) -> tuple[int | None, int]:
        """How many people these classes need, as known (None: none of them tells), and how many needs do not tell."""
        told = classes[self.told[classes]]
        return (total(self.headcounts[told]) if len(told) else None), int(self.unknown[classes].sum())

    def premise(self, classes: Numbers) -> dict[str, NDArray[np.int64]]:
        """The claims that tell of these classes."""
        return {"DEMANDS": self._market.needed.rows.of_all(self.members.of_all(classes))}

    def premise_of(self, offerings: NDArray[np.int64]) -> dict[str, NDArray[np.int64]]:
        """The claims of all needs that the offerings could fill."""
        return self.premise(self.together(offerings))

    def surest(self, classes: Numbers) -> float | None:
        """The highest confidence among these claims; None without any."""
        highest = float(self._sure[classes].max(initial=UNSURE))
        return None if highest == UNSURE else highest


def _whole(values: list[int]) -> NDArray[np.int64]:
    """Whole numbers as a column, however large."""
    fit = max(values, default=0) < np.iinfo(np.int64).max
    return np.array(values, dtype=np.int64 if fit else object)


def fitting(projection: Projection, market: Market) -> Fitting:
    """The fitting of a market of this projection, made once for all questions that ask."""
    return projection.once(("fitting", id(market)), lambda: Fitting(projection, market))
