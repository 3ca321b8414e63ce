"""How many schools would be enough (够用的院校) for what several schools teach the same, against the people it takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from graph.gaps.market import Market
from graph.project import Projection


def by_school(sides: Market, offerings: Sequence[int]) -> dict[str | None, int | None]:
    """The known graduates of each school of these offerings together; None where it tells none."""
    supplied, places = sides.supplied, np.array(offerings, dtype=np.int64)
    columns = (supplied.schools[places], supplied.known[places], supplied.graduates[places])
    found: dict[int, int | None] = {}
    for school, known, people in zip(*(column.tolist() for column in columns), strict=True):
        before = found.setdefault(school, None)
        if known:
            found[school] = (before or 0) + people
    ids = supplied.nodes.ids
    return {None if school < 0 else ids[school]: people for school, people in found.items()}


def largest_first(
    projection: Projection, schools: Iterable[str], graduates: Mapping[str | None, int | None]
) -> list[str]:
    """The schools by their known graduates, then by name; those that tell none last."""

    def place(school: str) -> tuple[bool, int, str, str]:
        people = graduates.get(school)
        return people is None, -(people or 0), projection.name(school), school

    return sorted(schools, key=place)


def known(graduates: Mapping[str | None, int | None]) -> list[int]:
    """The graduates that are known, the most first."""
    return sorted((people for people in graduates.values() if people is not None), reverse=True)


def enough(most_first: Sequence[int], people: int) -> int:
    """How many schools, from the largest, train so many people; all of them where even they do not."""
    reached = 0
    for count, own in enumerate(most_first):
        if reached >= people:
            return count
        reached += own
    return len(most_first)
