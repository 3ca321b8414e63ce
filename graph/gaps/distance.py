"""How near two bodies lie (远近): in one district or park, one city, one province, as far as claims place them.

The district (区县) of a body are the parks and counties that it lies in, at any depth; its city the first 地级 or 省级
region above (a municipality for its districts); its province the 省级 region. Of several places the nearest counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc

from graph.gaps.chains import reach
from graph.gaps.joins import slices
from graph.identity import label_of
from graph.language import Text
from graph.project import Projection

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

LABELS: Final = ("Region", "Park")
KINDS: Final = ("LOCATED_IN", "PART_OF")
NEAR: Final = (
    Text("同区或同园区", "in the same district or park"),
    Text("同城", "in the same city"),
    Text("同省", "in the same province"),
)
"""How near two bodies can be, the nearest first."""
FAR: Final = len(NEAR)  # elsewhere, or nobody says where
_CITIES: Final = ("地级", "省级")


class Whereabouts:
    """Where each of several bodies lies, by the steps of `NEAR`: `places[step]` joins bodies to places, as numbers.

    The places of two `Whereabouts` of one `Atlas` have the same numbers.
    """

    def __init__(self, places: Sequence[tuple[Numbers, Numbers]], size: int) -> None:
        import numpy as np  # noqa: PLC0415 (a tenth of a second that most commands do not need)

        self.places = places
        self._first = [np.searchsorted(bodies, np.arange(size)) for bodies, _ in places]
        self._count = [np.bincount(bodies, minlength=size) for bodies, _ in places]

    def spread(self, bodies: Numbers, step: int) -> tuple[Numbers, Numbers]:
        """The places of a step in which each of `bodies` lies: positions in `bodies`, and places."""
        import numpy as np  # noqa: PLC0415 (see above)

        count = self._count[step][bodies]
        own = slices(self._first[step][bodies], count)
        return np.repeat(np.arange(len(bodies)), count), self.places[step][1][own]

    def near(self, mine: Numbers, other: Whereabouts, theirs: Numbers) -> NDArray[np.int8]:
        """How near the body `mine[i]` lies to the body `theirs[i]` of `other`: a step of `NEAR`, or `FAR`."""
        import numpy as np  # noqa: PLC0415 (see above)

        near = np.full(len(mine), FAR, dtype=np.int8)
        for step in reversed(range(FAR)):
            for one in range(int(self._count[step].max(initial=0))):
                some = np.flatnonzero(self._count[step][mine] > one)
                own = self.places[step][1][self._first[step][mine[some]] + one]
                for another in range(int(other._count[step].max(initial=0))):
                    both = other._count[step][theirs[some]] > another
                    found = some[both]
                    place = other.places[step][1][other._first[step][theirs[found]] + another]
                    near[found[own[both] == place]] = step
        return near


class Atlas:
    """Which place lies in which: read once, to place the bodies of both sides."""

    def __init__(self, projection: Projection, minimum_confidence: float) -> None:
        self._pairs = _placed(projection, minimum_confidence)
        heads = self._pairs.column("head")
        within = self._pairs.filter(pc.or_(pc.starts_with(heads, "Region:"), pc.starts_with(heads, "Park:")))
        above: dict[str, set[str]] = {}
        for head, tail in zip(*(within.column(name).to_pylist() for name in ("head", "tail")), strict=True):
            above.setdefault(head, set()).add(tail)
        self._places = pc.unique(self._pairs.column("tail")).to_pylist()
        levels = {one: projection.value(one, "level") for one in {*self._places, *above}}
        self._wider = [_wider(place, above, levels) for place in self._places]
        self._numbers: dict[str, int] = {}

    def of(self, bodies: Sequence[str]) -> Whereabouts:
        """Where each of `bodies` lies."""
        import numpy as np  # noqa: PLC0415 (see above)

        rows = pc.index_in(self._pairs.column("head"), value_set=pa.array(bodies, pa.string()))
        columns = pc.index_in(self._pairs.column("tail"), value_set=pa.array(self._places, pa.string()))
        known = rows.is_valid().to_numpy()
        lies, place = (one.fill_null(0).to_numpy()[known].astype(np.int64) for one in (rows, columns))
        steps = []
        for step in range(FAR):
            numbers = [
                [self._numbers.setdefault(one, len(self._numbers)) for one in sorted(higher[step])]
                for higher in self._wider
            ]
            count = np.array([len(own) for own in numbers], dtype=np.int64)
            flat = np.array([one for own in numbers for one in own], dtype=np.int64)
            some = count[place]
            wider = flat[slices((np.cumsum(count) - count)[place], some)]
            pairs = np.unique(np.stack([np.repeat(lies, some), wider], axis=1), axis=0)
            steps.append((pairs[:, 0], pairs[:, 1]))
        return Whereabouts(steps, len(bodies))


def _placed(projection: Projection, minimum_confidence: float) -> pa.Table:
    """The believed claims that something lies in a region or park: head and tail."""
    parts = []
    for kind in KINDS:
        table = projection.edges[kind].select(["head", "tail", "confidence"])
        tails = table.column("tail")
        place = pc.or_(pc.starts_with(tails, "Region:"), pc.starts_with(tails, "Park:"))
        sure = pc.greater_equal(table.column("confidence"), minimum_confidence)
        parts.append(table.filter(pc.and_(place, sure)).select(["head", "tail"]))
    return pa.concat_tables(parts)


def _wider(
    place: str, above: Mapping[str, set[str]], levels: Mapping[str, str | None]
) -> tuple[set[str], set[str], set[str]]:
    """The districts and parks, the cities and the provinces that whatever lies in a place lies in."""
    higher = reach(place, above)
    own = {one for one in higher if label_of(one) == "Park" or levels.get(one) == "县级"}
    if levels.get(place) is None:
        own.add(place)
    return own, _cities(place, above, levels), {one for one in higher if levels.get(one) == "省级"}


def _cities(place: str, above: Mapping[str, set[str]], levels: Mapping[str, str | None]) -> set[str]:
    """The first cities or provinces above a place; what nothing is above stands for itself."""
    seen, waiting, found = {place}, [place], set()
    while waiting:
        one = waiting.pop()
        higher = above.get(one, set())
        if not higher or levels.get(one) in _CITIES:
            found.add(one)
        else:
            waiting.extend(higher - seen)
            seen |= higher
    return found
