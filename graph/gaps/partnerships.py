"""Who works together (合作关系): pairs of school and enterprise, by cooperation claims or by what both build.

A pair is joined by a COOPERATES_WITH claim, or by CO_BUILDS claims of both on one and the same thing. It is realised
(完成, or told without a status), under way (在建) or merely intended (计划, 倡导); the best of its claims counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from graph.columns import Grouped, distinct, distinct_pairs
from graph.gaps.finding import REALISED, UNDER_WAY
from graph.project import Claims, Projection
from graph.register import Register

LABELS: Final = ("School", "Enterprise")
KINDS: Final = ("COOPERATES_WITH", "CO_BUILDS")

DONE, BEGUN, INTENDED = 0, 1, 2
"""How far a cooperation has come, the furthest first."""

TOGETHER: Final = "共建"
"""The mode of those who build something together."""

Pair = tuple[str, str]


@dataclass
class Cooperation:
    """What is claimed of a pair: how far it has come, in which modes, in which rows of which kinds."""

    stage: int = INTENDED
    modes: set[str] = field(default_factory=set)
    rows: dict[str, set[int]] = field(default_factory=dict)


def stage_of(status: str | None, realised: tuple[str | None, ...] = REALISED) -> int:
    """How far a claim of this status has come."""
    if status in realised:
        return DONE
    return BEGUN if status in UNDER_WAY else INTENDED


def stages(claims: Claims, realised: tuple[str | None, ...]) -> NDArray[np.int64]:
    """How far each claim of a kind has come."""
    codes, values = claims.coded("status")
    return np.array([stage_of(status, realised) for status in (*values, None)], dtype=np.int64)[codes]


def _least(values: NDArray[Any], groups: Grouped) -> NDArray[np.int64]:
    """The smallest value of each group, INTENDED where it has none."""
    found = np.full(len(groups), INTENDED, dtype=np.int64)
    filled = np.flatnonzero(groups.lengths)
    if len(filled):
        found[filled] = np.minimum.reduceat(values, groups.starts[filled])
    return found


@dataclass(frozen=True, eq=False)
class Works:
    """What is built together, in columns: each thing with each who builds it, how far that has come, the claims."""

    register: Register
    things: NDArray[np.int64]
    builders: NDArray[np.int64]
    stages: NDArray[np.int64]
    rows: Grouped  # of CO_BUILDS

    @cached_property
    def done_by(self) -> Grouped:
        """The numbers of the things that each builder has built, done."""
        done = self.stages == DONE
        return Grouped(self.builders[done], len(self.register), self.things[done])

    def joint(self, members: NDArray[Any]) -> int:
        """How many things at least two of the members, whose numbers are distinct, have built."""
        _, builders = np.unique(self.done_by.of_all(members), return_counts=True)
        return int((builders >= 2).sum())


def works(
    projection: Projection, minimum_confidence: float, realised: tuple[str | None, ...] = REALISED
) -> Works:
    """What is built together, read once."""
    return projection.once(
        (works, minimum_confidence, realised), lambda: _works(projection, minimum_confidence, realised)
    )


def _works(projection: Projection, minimum_confidence: float, realised: tuple[str | None, ...]) -> Works:
    claims = projection.claims("CO_BUILDS")
    believed = np.flatnonzero(claims.sure(minimum_confidence))
    things, builders, places = distinct_pairs(claims.tails[believed], claims.heads[believed])
    rows = Grouped(places, len(things), believed)
    told = stages(claims, realised)
    return Works(projection.register, things, builders, _least(told[rows.values], rows), rows)


@dataclass(frozen=True, eq=False)
class Partnerships(Mapping[Pair, Cooperation]):
    """Every pair of school and enterprise that a believed claim joins; by ids, and in columns.

    `schools` and `enterprises` are numbers, `stages` how far each pair has come; `direct` has the rows of
    COOPERATES_WITH of each pair. What a pair builds together stands in `things` and `thing_stages`, `joint` tells
    where; `built` has the rows of CO_BUILDS of each.
    """

    projection: Projection
    schools: NDArray[np.int64]
    enterprises: NDArray[np.int64]
    stages: NDArray[np.int64]
    direct: Grouped
    joint: Grouped
    things: NDArray[np.int64]
    thing_stages: NDArray[np.int64]
    built: Grouped

    def __len__(self) -> int:
        return len(self.schools)

    def __iter__(self) -> Iterator[Pair]:
        return iter(self._places)

    def __contains__(self, pair: object) -> bool:
        return pair in self._places

    def __getitem__(self, pair: Pair) -> Cooperation:
        return self.at(self._places[pair])

    @cached_property
    def _places(self) -> Mapping[Pair, int]:
        ids = self.projection.register.ids
        ends = zip(self.schools.tolist(), self.enterprises.tolist(), strict=True)
        return {(ids[school], ids[enterprise]): place for place, (school, enterprise) in enumerate(ends)}

    def at(self, place: int) -> Cooperation:
        """What is claimed of the pair at a place of the columns."""
        at = np.array([place])
        rows = {kind: set(own.tolist()) for kind, own in self.rows(at).items()}
        return Cooperation(int(self.stages[place]), self.modes(at), rows)

    @cached_property
    def of_member(self) -> Grouped:
        """The places of the pairs that a school or enterprise is in, by its number."""
        both = np.concatenate([self.schools, self.enterprises])
        places = np.arange(len(self))
        return Grouped(both, len(self.projection.register), np.concatenate([places, places]))

    def partner(self, member: int, place: int) -> int:
        """The other one of a pair."""
        return int(self.schools[place] + self.enterprises[place]) - member

    def among(self, members: NDArray[Any]) -> NDArray[np.int64]:
        """The places of the pairs both of whom are among these, whose numbers are distinct."""
        places, counts = np.unique(self.of_member.of_all(members), return_counts=True)
        found: NDArray[np.int64] = places[counts == 2]
        return found

    def rows(self, places: NDArray[np.int64]) -> dict[str, NDArray[np.int64]]:
        """The claims of several pairs, by kind; kinds without any are left out."""
        built = distinct(self.built.of_all(self.joint.of_all(places)))
        told = {"COOPERATES_WITH": self.direct.of_all(places), "CO_BUILDS": built}
        return {kind: rows for kind, rows in told.items() if len(rows)}

    def modes(self, places: NDArray[np.int64]) -> set[str]:
        """The modes that are told of several pairs."""
        codes, values = self.projection.claims("COOPERATES_WITH").coded("mode")
        told = np.unique(codes[self.direct.of_all(places)]).tolist()
        together = {TOGETHER} if len(self.joint.of_all(places)) else set()
        return {mode for code in told if code >= 0 and (mode := values[code])} | together


def partnerships(
    projection: Projection, minimum_confidence: float, realised: tuple[str | None, ...] = REALISED
) -> Partnerships:
    """Every (school, enterprise) that a believed claim joins, with how far it has come; read once."""
    return projection.once(
        (partnerships, minimum_confidence, realised),
        lambda: _partnerships(projection, minimum_confidence, realised),
    )


def _partnerships(
    projection: Projection, minimum_confidence: float, realised: tuple[str | None, ...]
) -> Partnerships:
    claims, told = projection.claims("COOPERATES_WITH"), works(projection, minimum_confidence, realised)
    believed = np.flatnonzero(claims.sure(minimum_confidence))
    one, other = _both_build(projection, told)
    schools, enterprises, places = distinct_pairs(
        np.concatenate([claims.heads[believed], told.builders[one]]),
        np.concatenate([claims.tails[believed], told.builders[other]]),
    )
    direct = Grouped(places[: len(believed)], len(schools), believed)
    joint = Grouped(places[len(believed) :], len(schools))
    thing_stages = np.maximum(told.stages[one], told.stages[other])
    lengths = told.rows.lengths[one] + told.rows.lengths[other]
    rows = told.rows.of_all(np.stack([one, other], axis=1).ravel())
    return Partnerships(
        projection,
        schools,
        enterprises,
        np.minimum(
            _least(stages(claims, realised)[direct.values], direct), _least(thing_stages[joint.values], joint)
        ),
        direct,
        joint,
        told.things[one],
        thing_stages,
        Grouped.of_lengths(lengths, rows),
    )


def _both_build(projection: Projection, told: Works) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where in the columns each school stands that builds a thing, and each enterprise that builds it, too."""
    register = projection.register
    schools = np.flatnonzero(register.are(told.builders, "School"))
    enterprises = np.flatnonzero(register.are(told.builders, "Enterprise"))
    with_them = Grouped(told.things[enterprises], len(register), enterprises)
    things = told.things[schools]
    return np.repeat(schools, with_them.lengths[things]), with_them.of_all(things)
