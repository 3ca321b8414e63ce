"""Who takes part (参与主体): schools and enterprises of which a document or record tells more than the name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.columns import Marks
from graph.project import Claims, Projection
from graph.rows import UNSURE

KINDS: Final = (
    "MEMBER_OF",
    "LEADS",
    "COOPERATES_WITH",
    "CO_BUILDS",
    "OFFERS",
    "HOSTS",
    "SERVES",
    "OPERATES_IN",
    "DEMANDS",
    "SHARES",
)
MEMBERSHIP: Final = ("MEMBER_OF", "LEADS")


@dataclass(frozen=True, eq=False)
class Participants:
    """Who takes part, by number, with how sure it is; `rows` tells by which claims (edge kind → rows)."""

    projection: Projection
    minimum_confidence: float
    numbers: NDArray[np.int64]
    sure: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.numbers)

    def __contains__(self, number: int) -> bool:
        place = int(np.searchsorted(self.numbers, number))
        return place < len(self.numbers) and int(self.numbers[place]) == number

    def rows(self, number: int) -> dict[str, NDArray[np.int64]]:
        """The claims that say that a node takes part."""
        found: dict[str, NDArray[np.int64]] = {}
        for kind in KINDS:
            claims = self.projection.claims(kind)
            ends = np.concatenate([claims.from_head.of(number), claims.at_tail.of(number)])
            own = np.unique(ends[_telling(claims, self.minimum_confidence, ends)]) if len(ends) else ends
            if len(own):
                found[kind] = own
        return found


def participants(projection: Projection, labels: tuple[str, ...], minimum_confidence: float) -> Participants:
    """Every node of `labels` that takes part.

    A node takes part when a source that is no catalogue claims one of `KINDS` of it. To be named in passing
    (MENTIONS), or to be located somewhere, is no part.
    """
    register = projection.register
    surest = np.full(len(register), UNSURE)
    for kind in KINDS:
        claims = projection.claims(kind)
        rows = np.flatnonzero(_telling(claims, minimum_confidence, slice(None)))
        for ends in (claims.heads[rows], claims.tails[rows]):
            np.maximum.at(surest, ends, claims.confidences[rows])
    everyone = np.flatnonzero(surest > UNSURE)
    numbers = everyone[register.are(everyone, *labels)]
    return Participants(projection, minimum_confidence, numbers, surest[numbers])


def _telling(claims: Claims, minimum_confidence: float, rows: NDArray[np.int64] | slice) -> Marks:
    """Which of the claims are believed and no catalogue's."""
    return (claims.confidences[rows] >= minimum_confidence) & ~claims.from_reference[rows]


Memberships: TypeAlias = Mapping[str, Mapping[str, Mapping[str, set[int]]]]


def memberships(
    projection: Projection, minimum_confidence: float, realised: tuple[str | None, ...]
) -> Memberships:
    """Consortium → its members, leaders among them → the claims that say so (edge kind → rows); read once.

    Who is only planned or encouraged to join is no member.
    """
    return projection.once(
        (memberships, minimum_confidence, realised),
        lambda: _memberships(projection, minimum_confidence, realised),
    )


def _memberships(
    projection: Projection, minimum_confidence: float, realised: tuple[str | None, ...]
) -> Memberships:
    found: dict[str, dict[str, dict[str, set[int]]]] = {}
    for kind in MEMBERSHIP:
        claims = projection.claims(kind)
        heads, tails = claims.column("head"), claims.column("tail")
        for row in np.flatnonzero(claims.done(minimum_confidence, realised)).tolist():
            member = found.setdefault(tails[row], {}).setdefault(heads[row], {})
            member.setdefault(kind, set()).add(row)
    return found
