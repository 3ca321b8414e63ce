"""How many schools would be enough (够用的院校) for what several schools teach the same, against the people it takes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from graph.columns import Numbers, totals
from graph.gaps.market import Market


class Crowd:
    """The schools where the same is taught, and the known graduates of each together.

    `known` are the graduates of the schools that tell any, the most first.
    """

    def __init__(self, sides: Market, offerings: NDArray[np.int64]) -> None:
        supplied, self._order = sides.supplied, sides.supplied.nodes.order
        known = supplied.known[offerings]
        schools, places = np.unique(supplied.schools[offerings][known], return_inverse=True)
        people = totals(supplied.graduates[offerings][known], places, len(schools))
        self._people = dict(zip(schools.tolist(), people, strict=True))
        self.known = sorted(people, reverse=True)

    def largest_first(self, schools: NDArray[np.int64]) -> Numbers:
        """The schools by their known graduates, then by name; those that tell none last."""
        places = zip(schools.tolist(), self._order[schools].tolist(), strict=True)
        keys = [(one not in self._people, -self._people.get(one, 0), name, one) for one, name in places]
        return np.array([one for *_, one in sorted(keys)], dtype=np.int64)


def enough(most_first: Sequence[int], people: int) -> int:
    """How many schools, from the largest, train so many people; all of them where even they do not."""
    reached = 0
    for count, own in enumerate(most_first):
        if reached >= people:
            return count
        reached += own
    return len(most_first)
