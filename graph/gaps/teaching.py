"""What is taught the same (同一专业、同质专业群): a specialty at all its schools, a group, groups that are alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.columns import Grouped
from graph.gaps.alike_groups import OVERLAP, classes_of_groups
from graph.gaps.market import Market
from graph.project import Claims, Projection


@dataclass(frozen=True, eq=False)
class Unit:
    """A specialty or a group, its offerings by their place in the market, its schools by number, and groups alike."""

    subject: str
    offerings: NDArray[np.int64]
    schools: NDArray[np.int64]
    groups: tuple[str, ...] = ()


def specialties(sides: Market) -> Iterator[Unit]:
    """Every specialty with its offerings, and the schools that are known to teach it."""
    supplied = sides.supplied
    distinct, places = np.unique(supplied.specialties, return_inverse=True)
    by_specialty = Grouped(places, len(distinct))
    for place, specialty in enumerate(distinct.tolist()):
        offerings = by_specialty.of(place)
        schools = np.unique(supplied.schools[offerings])
        yield Unit(supplied.nodes.ids[specialty], offerings, schools[schools >= 0])


def alike_groups(
    projection: Projection, sides: Market, overlap: float = OVERLAP, least: int = 0
) -> Iterator[Unit]:
    """Every class of groups that are alike, with the specialties that they include as offerings of their schools.

    Those of fewer than `least` schools are left out.
    """
    provided, numbers = sides.provided, sides.supplied.nodes.numbers
    for alike in classes_of_groups(projection, provided, provided.schools, overlap):
        taught = np.unique(numbers(school for group in alike for school in provided.schools[group]))
        if len(taught) >= least:
            yield Unit(alike[0], offerings_of(sides, alike), taught, alike)


def offerings_of(sides: Market, groups: Sequence[str]) -> NDArray[np.int64]:
    """The offerings of the specialties that groups include at the schools that host them, each once, in order."""
    provided, register = sides.provided, sides.supplied.nodes
    found = [np.zeros(0, dtype=np.int64)]
    for group in groups:
        schools = register.numbers(provided.schools[group])
        members = register.numbers(provided.members.get(group, ()))
        each = np.repeat(schools, len(members)), np.tile(members, len(schools))
        found.append(provided.offerings.places(*each))
    return np.unique(sides.supplied.place_of[np.concatenate(found)])


class Premises:
    """The claims that something is taught: those that tell how many graduate now, or with `of_all_years` every offer."""

    def __init__(
        self, projection: Projection, minimum_confidence: float, *, of_all_years: bool = False
    ) -> None:
        self._projection, self._minimum, self._of_all_years = projection, minimum_confidence, of_all_years

    def taught(self, sides: Market, unit: Unit) -> dict[str, NDArray[np.int64]]:
        """The offers; of groups that they exist and what they include, of a group's specialty that it includes it."""
        offers = sides.supplied.rows.of_all(unit.offerings)
        if self._of_all_years:
            offers = sides.provided.offerings.rows.of_all(sides.supplied.offered[unit.offerings])
        rows, includes = {"OFFERS": offers}, self._projection.claims("INCLUDES")
        if unit.groups:
            for kind in ("HOSTS", "STATES"):
                claims = self._projection.claims(kind)
                rows[kind] = self._believed(claims, claims.at_tail, unit.groups)
            rows["INCLUDES"] = self._believed(includes, includes.from_head, unit.groups)
        elif not len(offers):
            rows["INCLUDES"] = self._believed(includes, includes.at_tail, (unit.subject,))
        return rows

    def _believed(self, claims: Claims, by_node: Grouped, nodes: Sequence[str]) -> NDArray[np.int64]:
        return claims.believed_of(by_node.of_all(self._projection.register.numbers(nodes)), self._minimum)
