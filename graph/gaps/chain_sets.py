"""Sets of chains by number (产业链组合): many offerings and needs belong to the same few sets of chains."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.columns import Grouped, Marks, distinct
from graph.register import Register


class ChainSets:
    """Distinct sets of chains, numbered in the order in which they come; the empty set is number 0."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._numbers: dict[frozenset[str], int] = {frozenset(): 0}
        self.sets: list[frozenset[str]] = [frozenset()]

    def __len__(self) -> int:
        return len(self.sets)

    def __getitem__(self, number: int) -> frozenset[str]:
        return self.sets[number]

    def number(self, chains: Iterable[str]) -> int:
        """The number of a set, a new one where it is new."""
        wanted = frozenset(chains)
        number = self._numbers.setdefault(wanted, len(self.sets))
        if number == len(self.sets):
            self.sets.append(wanted)
        return number

    @cached_property
    def chains(self) -> Grouped:
        """The numbers of the chains in each set. No set is added afterwards."""
        register = self._register
        pairs = [(at, register.number(chain)) for at, one in enumerate(self.sets) for chain in one]
        found = np.array([(at, -1 if chain is None else chain) for at, chain in pairs], dtype=np.int64)
        found = found.reshape(-1, 2)
        return Grouped(found[:, 0], len(self.sets), found[:, 1])

    @cached_property
    def having(self) -> Grouped:
        """The sets that each chain is in, by its number."""
        return Grouped(self.chains.values, len(self._register), self.chains.keys)

    def with_any(self, chains: NDArray[Any]) -> NDArray[Any]:
        """The sets that have any of these chains, in order."""
        return distinct(self.having.of_all(chains))

    def within(self, chosen: NDArray[Any], chains: Marks) -> Marks:
        """Which of the sets chosen, none of them empty, have no chain but those marked."""
        if not len(chosen):
            return np.zeros(0, dtype=bool)
        starts = np.concatenate([[0], np.cumsum(self.chains.lengths[chosen])[:-1]])
        return np.logical_and.reduceat(chains[self.chains.of_all(chosen)], starts)
