"""Who teaches what for which chain (人才供给): groups, specialties, offerings, and the chains that they serve.

An offering is a specialty at a school. It serves a chain when the specialty itself is claimed to (SERVES), or when a
group that the school hosts includes the specialty and is claimed to. Only what is done counts; plans are kept apart.
A specialty of a group is an offering of the group's school; where no school is known to offer it, of an unknown one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.columns import Grouped, distinct_pairs
from graph.gaps.chain_sets import ChainSets
from graph.gaps.chains import reversed_graph
from graph.gaps.finding import REALISED
from graph.identity import label_of, scope_of
from graph.project import Claims, Projection
from graph.register import Register

LABELS: Final = ("IndustryChain", "Specialty", "SpecialtyGroup", "School")
KINDS: Final = ("SERVES", "HOSTS", "INCLUDES", "OFFERS")


class Offering(NamedTuple):
    """A specialty at a school; the school is None for a group's specialty whose school no source names."""

    school: str | None
    specialty: str


@dataclass(frozen=True, eq=False)
class Offerings:
    """All offerings in columns, ordered by the numbers of school and specialty.

    `schools` has -1 where no source names the school; `rows` are those of OFFERS, none where only a group tells of it;
    `groups` the numbers of the groups through which the school offers the specialty; `chains` what it serves.
    """

    schools: NDArray[Any]
    specialties: NDArray[Any]
    rows: Grouped
    groups: Grouped
    chains: ChainSets
    chain_sets: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.schools)

    def places(self, schools: NDArray[Any], specialties: NDArray[Any]) -> NDArray[np.int64]:
        """Where the offerings of these specialties at these schools stand, all of which there must be."""
        found: NDArray[np.int64] = np.searchsorted(self._keys, self._key(schools, specialties))
        return found

    @cached_property
    def _keys(self) -> NDArray[np.int64]:
        return self._key(self.schools, self.specialties)

    def _key(self, schools: NDArray[Any], specialties: NDArray[Any]) -> NDArray[np.int64]:
        width = int(self.specialties.max(initial=0)) + 1
        keys: NDArray[np.int64] = schools.astype(np.int64) * width + specialties
        return keys


@dataclass(frozen=True, eq=False)
class Provision:
    """What the region's schools provide; every mapping is from ids to ids or to rows of the claims."""

    register: Register
    served: dict[str, set[str]]  # specialty, group, school … → chains that it serves, done
    intended: dict[str, set[str]]  # the same, of which only work under way or a plan is told
    members: dict[str, set[str]]  # group → its specialties
    groups: dict[str, set[str]]  # specialty → the groups that include it
    schools: dict[str, set[str]]  # group → the schools that host it
    offerings: Offerings

    @cached_property
    def offered(self) -> Mapping[Offering, set[int]]:
        """Offering → rows of OFFERS; none where only a group tells of it. The columns are quicker for many."""
        ids, columns = self.register.ids, self.offerings
        ends = zip(columns.schools.tolist(), columns.specialties.tolist(), strict=True)
        return {
            Offering(None if school < 0 else ids[school], ids[specialty]): set(
                columns.rows.of(place).tolist()
            )
            for place, (school, specialty) in enumerate(ends)
        }

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
    def including(self) -> Grouped:
        """The numbers of the groups that include each specialty, by its number."""
        register = self.register
        lengths = [len(inside) for inside in self.members.values()]
        groups = np.repeat(register.numbers(self.members), lengths)
        specialties = register.numbers(one for inside in self.members.values() for one in inside)
        return Grouped(specialties, len(register), groups)

    @cached_property
    def by_specialty(self) -> dict[str, set[str]]:
        """Specialty → the schools known to offer it."""
        ids, schools = self.register.ids, self.schools_of
        return {
            ids[specialty]: {ids[school] for school in schools.of(specialty).tolist()}
            for specialty in np.flatnonzero(schools.lengths).tolist()
        }

    @cached_property
    def schools_of(self) -> Grouped:
        """The numbers of the schools known to offer each specialty, by its number."""
        known = self.offerings.schools >= 0
        return Grouped(self.offerings.specialties[known], len(self.register), self.offerings.schools[known])


def provision(
    projection: Projection, minimum_confidence: float, realised: tuple[str | None, ...] = REALISED
) -> Provision:
    """Read what is provided from the believed claims of SERVES, HOSTS, INCLUDES and OFFERS, once a projection."""
    return projection.once(
        (provision, minimum_confidence, realised), lambda: _read(projection, minimum_confidence, realised)
    )


def _read(projection: Projection, minimum_confidence: float, realised: tuple[str | None, ...]) -> Provision:
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
    offerings = _offerings(projection, minimum_confidence, realised, served, members, schools)
    return Provision(
        projection.register, served, intended, members, reversed_graph(members), schools, offerings
    )


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
    heads, tails = claims.column("head"), claims.column("tail")
    linked: dict[str, set[str]] = {}
    for row in np.flatnonzero(claims.done(minimum_confidence, realised)).tolist():
        linked.setdefault(heads[row], set()).add(tails[row])
    return linked


def _offerings(
    projection: Projection,
    minimum_confidence: float,
    realised: tuple[str | None, ...],
    served: Mapping[str, set[str]],
    members: Mapping[str, set[str]],
    schools: Mapping[str, set[str]],
) -> Offerings:
    """What OFFERS claims tell, and what groups tell of the schools that host them."""
    offers = projection.claims("OFFERS")
    rows = np.flatnonzero(offers.done(minimum_confidence, realised))
    of_groups = _of_groups(projection.register, members, schools, offers.tails[rows])
    firsts, seconds, places = distinct_pairs(
        np.concatenate([offers.heads[rows], of_groups[:, 0]]),
        np.concatenate([offers.tails[rows], of_groups[:, 1]]),
    )
    groups = Grouped(places[len(rows) :], len(firsts), of_groups[:, 2])
    chains, chain_sets = _chain_sets(projection.register, served, seconds, groups)
    return Offerings(
        firsts, seconds, Grouped(places[: len(rows)], len(firsts), rows), groups, chains, chain_sets
    )


def _of_groups(
    register: Register,
    members: Mapping[str, set[str]],
    schools: Mapping[str, set[str]],
    taught: NDArray[Any],
) -> NDArray[np.int64]:
    """The numbers of school, specialty and group of each specialty of a group; -1 where nobody tells a school.

    A group that nobody is known to host tells of an offering only where no school is known to offer the specialty.
    """
    found: list[tuple[int, int, int]] = []
    alone: list[tuple[int, int, int]] = []
    for group, inside in members.items():
        hosts = register.numbers(schools.get(group, ())).tolist()
        (number,), specialties = register.numbers([group]).tolist(), register.numbers(inside).tolist()
        found += [(school, one, number) for school in hosts for one in specialties]
        if not hosts:
            alone += [(-1, one, number) for one in specialties]
    known = {*taught.tolist(), *(specialty for _, specialty, _ in found)}
    found += [one for one in alone if one[1] not in known]
    return np.array(found, dtype=np.int64).reshape(-1, 3)


def _chain_sets(
    register: Register, served: Mapping[str, set[str]], specialties: NDArray[Any], groups: Grouped
) -> tuple[ChainSets, NDArray[np.int64]]:
    """The chains that each offering serves: those of its specialty, and those of the groups that it is in."""
    ids, sets = register.ids, ChainSets(register)
    distinct, places = np.unique(specialties, return_inverse=True)
    own = [sets.number(served.get(ids[number], ())) for number in distinct.tolist()]
    chain_sets = np.array(own, dtype=np.int64)[places]
    for offering in np.flatnonzero(groups.lengths).tolist():
        through = [served.get(ids[group], set()) for group in groups.of(offering).tolist()]
        if any(through):
            chain_sets[offering] = sets.number(sets[chain_sets[offering]].union(*through))
    return sets, chain_sets
