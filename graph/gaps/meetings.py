"""Whom a member meets (可结对对象): those of the other side who share most consortia and chains with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph.columns import Grouped
from graph.gaps.finding import Named, names_of
from graph.project import Projection


class Candidates:
    """The nearest of the other side for members of two sides (0 and 1), by the places where both are.

    Members who are in the same places are as near as each other: they are looked at as one crowd, of which the first few
    by name count. `sides` tells the side of each of `members`; `places` what each is in, by its number.
    """

    def __init__(
        self,
        projection: Projection,
        members: NDArray[np.int64],
        sides: NDArray[np.int64],
        places: Sequence[Grouped],
        shown: int,
    ) -> None:
        self._shown, self._names = shown, names_of(projection)
        self._places = Grouped(
            np.concatenate([own.keys for own in places]),
            len(projection.register),
            np.concatenate([own.values for own in places]),
        )
        self._order, self._sides = projection.register.order, [members[sides == side] for side in (0, 1)]
        self._known: tuple[dict[bytes, tuple[Named, ...]], dict[bytes, tuple[Named, ...]]] = ({}, {})

    @cached_property
    def _crowds(self) -> list[_Crowds]:
        return [_Crowds(members, self._places, self._order, self._shown) for members in self._sides]

    def of(self, member: int, side: int) -> tuple[Named, ...]:
        """The nearest of the other side, those in most of the member's places first, then by name."""
        where = self._places.of(member)
        key = where.tobytes()
        if key not in self._known[side]:
            nearest = self._crowds[1 - side].nearest(where.tolist(), self._shown)
            self._known[side][key] = tuple(map(self._names.__getitem__, nearest))
        return self._known[side][key]


class _Crowds:
    """The members of one side, those in the same places together."""

    def __init__(
        self, members: NDArray[np.int64], places: Grouped, order: NDArray[np.int32], shown: int
    ) -> None:
        numbers: dict[bytes, int] = {}
        self._first: list[list[tuple[int, int]]] = []  # of each crowd: place in the order of names, member
        self._in: dict[int, list[int]] = {}  # place → crowds, the one with the first name first
        for member in members[np.argsort(order[members])].tolist():
            own = places.of(member)
            crowd = numbers.setdefault(own.tobytes(), len(self._first))
            if crowd == len(self._first):
                self._first.append([])
                for place in own.tolist():
                    self._in.setdefault(place, []).append(crowd)
            if len(self._first[crowd]) < shown:
                self._first[crowd].append((int(order[member]), member))
        self._sets = {place: set(crowds) for place, crowds in self._in.items()}

    def nearest(self, where: list[int], shown: int) -> list[int]:
        """The members who are in most of these places.

        Of the place with most crowds only the first few need to be looked at, besides those that are in others as well.
        """
        crowds = sorted((self._in[place] for place in where if place in self._in), key=len)
        if not crowds:
            return []
        counts = Counter(crowd for own in crowds[:-1] for crowd in own)
        largest = next(self._sets[place] for place in where if self._in.get(place) is crowds[-1])
        near = {crowd: count + (crowd in largest) for crowd, count in counts.items()}
        near |= {crowd: 1 for crowd in crowds[-1][:shown] if crowd not in near}
        most = sorted(near.values(), reverse=True)[:shown][
            -1
        ]  # no crowd in fewer places comes among the first
        ordered = sorted(
            (-count, *first) for crowd, count in near.items() if count >= most for first in self._first[crowd]
        )
        return [member for *_, member in ordered[:shown]]
