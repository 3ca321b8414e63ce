"""Who teaches what for which chain (人才供给): groups, specialties, offerings, and the chains that they serve.

An offering is a specialty at a school. It serves a chain when the specialty itself is claimed to (SERVES), or when a
group that the school hosts includes the specialty and is claimed to. Only what is done counts; plans are kept apart.
A specialty of a group is an offering of the group's school; where no school is known to offer it, of an unknown one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from graph.gaps.chains import reversed_graph
from graph.gaps.finding import REALISED
from graph.identity import label_of, scope_of
from graph.project import Claims, Projection

LABELS: Final = ("IndustryChain", "Specialty", "SpecialtyGroup", "School")
KINDS: Final = ("SERVES", "HOSTS", "INCLUDES", "OFFERS")


class Offering(NamedTuple):
    """A specialty at a school; the school is None for a group's specialty whose school no source names."""

    school: str | None
    specialty: str


@dataclass(frozen=True)
class Provision:
    """What the region's schools provide; every mapping is from ids to ids or to rows of the claims."""

    served: dict[str, set[str]]  # specialty, group, school … → chains that it serves, done
    intended: dict[str, set[str]]  # the same, of which only work under way or a plan is told
    members: dict[str, set[str]]  # group → its specialties
    groups: dict[str, set[str]]  # specialty → the groups that include it
    schools: dict[str, set[str]]  # group → the schools that host it
    offered: dict[Offering, set[int]]  # offering → rows of OFFERS; none where only a group tells of it

    def chains(self, offering: Offering) -> set[str]:
        """The chains that an offering serves, by itself or through a group of its school."""
        chains = set(self.served.get(offering.specialty, ()))
        for group in self.groups_of(offering):
            chains |= self.served.get(group, set())
        return chains

    def groups_of(self, offering: Offering) -> set[str]:
        """The groups through which a school offers the specialty."""
        groups = self.groups.get(offering.specialty)
        if not groups:
            return set()
        if offering.school is None:
            return {group for group in groups if group not in self.schools}
        return groups.intersection(self._hosted.get(offering.school, ()))

    @cached_property
    def _hosted(self) -> dict[str, set[str]]:
        """School → the groups that it hosts."""
        return reversed_graph(self.schools)

    @cached_property
    def by_specialty(self) -> dict[str, set[str]]:
        """Specialty → the schools known to offer it."""
        found: dict[str, set[str]] = {}
        for offering in self.offered:
            if offering.school:
                found.setdefault(offering.specialty, set()).add(offering.school)
        return found


def provision(
    projection: Projection, minimum_confidence: float, realised: tuple[str | None, ...] = REALISED
) -> Provision:
    """Read what is provided from the believed claims of SERVES, HOSTS, INCLUDES and OFFERS."""
    served, intended = _serving(projection.claims("SERVES"), minimum_confidence, realised)
    members = _linked(projection.claims("INCLUDES"), minimum_confidence, realised)
    schools: dict[str, set[str]] = {}
    for school, hosted in _linked(projection.claims("HOSTS"), minimum_confidence, realised).items():
        for group in hosted:
            schools.setdefault(group, set()).add(school)
    for group in projection.ids("SpecialtyGroup"):
        scope = scope_of(group)
        if scope and label_of(scope) == "School":
            schools.setdefault(group, set()).add(scope)
    groups: dict[str, set[str]] = {}
    offered = _offered(projection.claims("OFFERS"), minimum_confidence, realised)
    for group, inside in members.items():
        for specialty in inside:
            groups.setdefault(specialty, set()).add(group)
            for school in schools.get(group, ()):
                offered.setdefault(Offering(school, specialty), set())
    known = {offering.specialty for offering in offered}
    offered |= {Offering(None, specialty): set() for specialty in groups.keys() - known}
    return Provision(served, intended, members, groups, schools, offered)


def _serving(
    claims: Claims, minimum_confidence: float, realised: tuple[str | None, ...]
) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    done: dict[str, set[str]] = {}
    wished: dict[str, set[str]] = {}
    heads, tails, statuses = (claims.column(name) for name in ("head", "tail", "status"))
    for row in claims.believed(minimum_confidence):
        kept = done if statuses[row] in realised else wished
        kept.setdefault(heads[row], set()).add(tails[row])
    for head, chains in wished.items():
        chains.difference_update(done.get(head, ()))
    return done, wished


def _linked(
    claims: Claims, minimum_confidence: float, realised: tuple[str | None, ...]
) -> dict[str, set[str]]:
    heads, tails, statuses = (claims.column(name) for name in ("head", "tail", "status"))
    linked: dict[str, set[str]] = {}
    for row in claims.believed(minimum_confidence):
        if statuses[row] in realised:
            linked.setdefault(heads[row], set()).add(tails[row])
    return linked


def _offered(
    claims: Claims, minimum_confidence: float, realised: tuple[str | None, ...]
) -> dict[Offering, set[int]]:
    heads, tails, statuses = (claims.column(name) for name in ("head", "tail", "status"))
    offered: dict[Offering, set[int]] = {}
    for row in claims.believed(minimum_confidence):
        if statuses[row] in realised:
            offered.setdefault(Offering(heads[row], tails[row]), set()).add(row)
    return offered
