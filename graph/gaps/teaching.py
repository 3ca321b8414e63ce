"""What is taught the same (同一专业、同质专业群): a specialty at all its schools, a group, groups that are alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from graph.gaps.alike_groups import OVERLAP, classes_of_groups
from graph.gaps.market import Market
from graph.project import Projection


@dataclass(frozen=True)
class Unit:
    """A subject (a specialty or a group), the numbers of its offerings in the market, its schools, the groups alike."""

    subject: str
    offerings: tuple[int, ...]
    schools: frozenset[str]
    groups: tuple[str, ...] = ()


def specialties(sides: Market) -> Iterator[Unit]:
    """Every specialty with its offerings, and the schools that are known to teach it."""
    supplied, ids = sides.supplied, sides.supplied.nodes.ids
    by_specialty: dict[int, list[int]] = {}
    for number, specialty in enumerate(supplied.specialties.tolist()):
        by_specialty.setdefault(specialty, []).append(number)
    for specialty, numbers in by_specialty.items():
        taught = frozenset(ids[school] for school in supplied.schools[numbers].tolist() if school >= 0)
        yield Unit(ids[specialty], tuple(numbers), taught)


def alike_groups(projection: Projection, sides: Market, overlap: float = OVERLAP) -> Iterator[Unit]:
    """Every class of groups that are alike, with the specialties that they include as offerings of their schools."""
    provided, register = sides.provided, sides.supplied.nodes
    numbers = np.empty(len(sides.supplied), dtype=np.int64)
    numbers[sides.supplied.offered] = np.arange(len(numbers))
    for alike in classes_of_groups(projection, provided, provided.schools, overlap):
        offerings: set[int] = set()
        for group in alike:
            schools = register.numbers(provided.schools[group])
            members = register.numbers(provided.members.get(group, ()))
            each = np.repeat(schools, len(members)), np.tile(members, len(schools))
            offerings.update(numbers[provided.offerings.places(*each)].tolist())
        taught = frozenset(school for group in alike for school in provided.schools[group])
        yield Unit(alike[0], tuple(sorted(offerings)), taught, alike)


class Premises:
    """The claims that something is taught, read once."""

    def __init__(self, projection: Projection, minimum_confidence: float) -> None:
        self._projection, self._minimum = projection, minimum_confidence

    def taught(self, sides: Market, unit: Unit) -> dict[str, set[int]]:
        """The offers; of groups that they exist and what they include, of a group's specialty that it includes it."""
        rows: dict[str, set[int]] = {
            "OFFERS": set(sides.supplied.rows.of_all(np.array(unit.offerings, dtype=np.int64)).tolist())
        }
        if unit.groups:
            for kind, by in (("HOSTS", "by_tail"), ("STATES", "by_tail"), ("INCLUDES", "by_head")):
                rows[kind] = {row for group in unit.groups for row in self._of(kind, by, group)}
        elif not rows["OFFERS"]:
            rows["INCLUDES"] = set(self._of("INCLUDES", "by_tail", unit.subject))
        return rows

    def _of(self, kind: str, by: str, node: str) -> list[int]:
        claims = self._projection.claims(kind)
        sure = claims.column("confidence")
        return [row for row in getattr(claims, by).get(node, ()) if sure[row] >= self._minimum]
