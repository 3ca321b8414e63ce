"""What offerings supply (专业点的供给): every offering of the market with its graduates who stay, in columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, overload

import numpy as np
from numpy.typing import NDArray

from graph.columns import Grouped, Marks, in_order
from graph.gaps.chain_sets import ChainSets
from graph.gaps.figures import Figure, Figures
from graph.gaps.provision import Offering, Provision
from graph.project import Projection
from graph.register import Register

_ROUNDING: Final = 1e-7  # by less than this a product of people and a share is off


@dataclass(frozen=True, slots=True)
class Supplied:
    """What an offering (专业点) supplies: `graduates` a year who stay; None where no claim tells how many."""

    school: str | None
    specialty: str
    level: str | None
    chains: frozenset[str]
    graduates: int | None
    told: Figure  # what the claims say of all graduates
    rows: frozenset[int]  # of OFFERS


@dataclass(frozen=True, eq=False)
class Supplies(Sequence[Supplied]):
    """The supply of all offerings, ordered by the names of specialty and school.

    In columns: `schools` (-1 where none is known) and `specialties` by number, `levels`, `chain_sets` of `chains`,
    `graduates` where `known`, `rows` of OFFERS; `offered` is the place of each in `Provision.offerings` and in `told`.
    """

    nodes: Register
    schools: NDArray[Any]
    specialties: NDArray[Any]
    levels: list[str | None]
    chains: ChainSets
    chain_sets: NDArray[np.int64]
    graduates: NDArray[np.int64]
    known: Marks
    rows: Grouped
    told: Figures
    offered: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.schools)

    @overload
    def __getitem__(self, place: int) -> Supplied: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Supplied, ...]: ...

    def __getitem__(self, place: int | slice) -> Supplied | tuple[Supplied, ...]:
        if isinstance(place, slice):
            return tuple(self[one] for one in range(*place.indices(len(self))))
        if not -len(self) <= place < len(self):
            raise IndexError(place)
        at = place % len(self)
        return Supplied(
            *self.offering(at),
            self.levels[at],
            self.chains[int(self.chain_sets[at])],
            int(self.graduates[at]) if self.known[at] else None,
            self.told[int(self.offered[at])],
            frozenset(self.rows.of(at).tolist()),
        )

    @cached_property
    def place_of(self) -> NDArray[np.int64]:
        """Where each of `Provision.offerings` stands here."""
        places = np.empty(len(self), dtype=np.int64)
        places[self.offered] = np.arange(len(self))
        return places

    def offering(self, place: int) -> Offering:
        """The offering at a place."""
        school = self.schools[place]
        ids = self.nodes.ids
        return Offering(None if school < 0 else ids[school], ids[self.specialties[place]])


def supplies_of(projection: Projection, provided: Provision, told: Figures, retention: float) -> Supplies:
    """The supply of the offerings: of each the whole people of the share that stays."""
    offerings, register = provided.offerings, projection.register
    names, order = register.name_order, register.order
    distinct, places = np.unique(offerings.specialties, return_inverse=True)
    levels = [projection.value(register.ids[number], "level") for number in distinct.tolist()]
    ordered = in_order(
        names[offerings.specialties],
        np.where(offerings.schools < 0, -1, names[offerings.schools]),
        text_order(levels)[places],
        order[offerings.specialties],
        np.where(offerings.schools < 0, -1, order[offerings.schools]),
    )
    return Supplies(
        register,
        offerings.schools[ordered],
        offerings.specialties[ordered],
        list(map(levels.__getitem__, places[ordered].tolist())),
        offerings.chains,
        offerings.chain_sets[ordered],
        staying(told.values[ordered], retention),
        told.known[ordered],
        Grouped.of_lengths(told.rows.lengths[ordered], told.rows.of_all(ordered)),
        told,
        ordered,
    )


def staying(people: NDArray[np.int64], retention: float) -> NDArray[np.int64]:
    """The whole people of the share that stays: of 50 graduates and 58 % they are 29, not the 28.999… of the machine."""
    if retention >= 1:
        return people
    stayed: NDArray[np.int64] = np.floor(people * retention + _ROUNDING).astype(np.int64)
    return stayed


def text_order(texts: Sequence[str | None]) -> NDArray[np.int64]:
    """The place of each text in their order; unknown is taken for empty, equal texts have the same."""
    places = {text: place for place, text in enumerate(sorted({text or "" for text in texts}))}
    return np.array([places[text or ""] for text in texts], dtype=np.int64)
