"""How near two bodies lie (远近): in one district or park, one city, one province, as far as claims place them.

The district (区县) of a body are the parks and counties that it lies in, at any depth; its city the first 地级 or 省级
region above (a municipality for its districts); its province the 省级 region. Of several places the nearest counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from graph.columns import Grouped, Numbers, pairs_of
from graph.gaps.chains import reach
from graph.identity import label_of
from graph.language import Text
from graph.project import Projection

LABELS: Final = ("Region", "Park")
KINDS: Final = ("LOCATED_IN", "PART_OF")
NEAR: Final = (
    Text("同区或同园区", "in the same district or park"),
    Text("同城", "in the same city"),
    Text("同省", "in the same province"),
)
"""How near two bodies can be, the nearest first."""
FAR: Final = len(NEAR)  # elsewhere, or nobody says where
_NOWHERE, _UNPLACED = -1, -2  # no places of nodes, nor equal to each other
_CITIES: Final = ("地级", "省级")


class Whereabouts:
    """Where each of several bodies lies: `steps[step]` gives the numbers of its places for that step of `NEAR`."""

    def __init__(self, steps: list[Grouped]) -> None:
        self.steps = steps
        self._columns: dict[tuple[int, int], list[NDArray[np.int32]]] = {}

    def spread(self, bodies: Numbers, step: int) -> tuple[Numbers, NDArray[Any]]:
        """The places of a step in which each of `bodies` lies: positions in `bodies`, and places."""
        lies = self.steps[step]
        return np.repeat(np.arange(len(bodies)), lies.lengths[bodies]), lies.of_all(bodies)

    def columns(self, step: int, none: int) -> list[NDArray[np.int32]]:
        """The first place of each body for a step, the second …, as many as any body has; `none` where it has no more."""
        if (step, none) not in self._columns:
            lies, columns = self.steps[step], []
            for one in range(int(lies.lengths.max(initial=0))):
                column = np.full(len(lies), none, dtype=np.int32)
                some = np.flatnonzero(lies.lengths > one)
                column[some] = lies.values[lies.starts[some] + one]
                columns.append(column)
            self._columns[step, none] = columns
        return self._columns[step, none]

    def near(self, mine: Numbers, other: Whereabouts, theirs: Numbers) -> NDArray[np.int8]:
        """How near the body `mine[i]` lies to the body `theirs[i]` of `other`: a step of `NEAR`, or `FAR`."""
        near = np.full(len(mine), FAR, dtype=np.int8)
        for step in reversed(range(FAR)):
            theirs_at = [column[theirs] for column in other.columns(step, _NOWHERE)]
            for column in self.columns(step, _UNPLACED):
                own = column[mine]
                for place in theirs_at:
                    near[own == place] = step
        return near


class Atlas:
    """Which place lies in which, read once from the believed claims, to place the bodies of both sides."""

    def __init__(self, projection: Projection, minimum_confidence: float) -> None:
        register = projection.register
        heads, tails = [], []
        for kind in KINDS:
            claims = projection.claims(kind)
            rows = np.flatnonzero(claims.sure(minimum_confidence) & register.are(claims.tails, *LABELS))
            heads.append(claims.heads[rows])
            tails.append(claims.tails[rows])
        lying, place = np.concatenate(heads), np.concatenate(tails)
        self._lies = Grouped(lying, len(register), place)
        ids = register.ids
        regions = np.flatnonzero(register.are(lying, *LABELS))
        above: dict[str, set[str]] = {}
        for head, tail in zip(lying[regions].tolist(), place[regions].tolist(), strict=True):
            above.setdefault(ids[head], set()).add(ids[tail])
        found: list[list[tuple[int, int]]] = [[] for _ in NEAR]
        for number in np.unique(place).tolist():
            for step, wider in enumerate(_wider(projection, ids[number], above)):
                found[step] += [(number, int(one)) for one in register.numbers(wider)]
        pairs = [np.array(one, dtype=np.int64).reshape(-1, 2) for one in found]
        self._wider = [Grouped(one[:, 0], len(register), one[:, 1]) for one in pairs]

    def of(self, bodies: Numbers) -> Whereabouts:
        """Where each of `bodies`, nodes by number, lies; -1 stands for one of whom nothing is known."""
        known = np.flatnonzero(bodies >= 0)
        at = np.repeat(known, self._lies.lengths[bodies[known]])
        place = self._lies.of_all(bodies[known])
        steps = []
        for wider in self._wider:
            body, region = pairs_of(np.repeat(at, wider.lengths[place]), wider.of_all(place))
            steps.append(Grouped(body, len(bodies), region))
        return Whereabouts(steps)


def _wider(
    projection: Projection, place: str, above: Mapping[str, set[str]]
) -> tuple[set[str], set[str], set[str]]:
    """The districts and parks, the cities and the provinces that whatever lies in a place lies in."""
    higher = reach(place, above)
    levels = {one: projection.value(one, "level") if label_of(one) == "Region" else None for one in higher}
    own = {one for one in higher if label_of(one) == "Park" or levels[one] == "县级"}
    if levels[place] is None:
        own.add(place)
    seen, waiting, cities = {place}, [place], set()
    while waiting:
        one = waiting.pop()
        beyond = above.get(one, set())
        if not beyond or levels[one] in _CITIES:
            cities.add(one)
        else:
            waiting.extend(beyond - seen)
            seen |= beyond
    return own, cities, {one for one in higher if levels[one] == "省级"}
