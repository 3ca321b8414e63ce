"""Schools without an enterprise, enterprises without a school (未结对的院校与企业)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Final

from graph.claims import Claim
from graph.errors import LiantuError
from graph.gaps import participation, partnerships, provision
from graph.gaps.finding import (
    MINIMUM_CONFIDENCE,
    REALISED,
    Finding,
    Named,
    Question,
    best_evidence,
    in_turn,
    label,
    named,
    surest,
)
from graph.gaps.participation import consortia_of, memberships, participants
from graph.gaps.partnerships import BEGUN, DONE, INTENDED
from graph.identity import label_of
from graph.language import Text
from graph.project import Projection

CANDIDATES_SHOWN = 3
SIDES = ("School", "Enterprise")
PLATFORMS = ("ResearchPlatform", "TrainingBase", "IndustryCollege")
LACKING: Final[Mapping[str, Callable[[tuple[bool, bool]], bool]]] = {
    "partner": itemgetter(0),
    "platform": itemgetter(1),
    "both": all,
    "either": any,
}
"""Whom to list, by whether a member is without a partner and without a platform."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IsolatedMember(Finding):
    """A school or enterprise that takes part and works with no one of the other side."""

    member: Named = field(
        metadata=label("院校或企业", "school or enterprise", head=Text("院校或企业", "school or enterprise"))
    )
    kind: str = field(metadata=label("类别", "kind", head=Text("类别", "kind")))
    consortia: tuple[Named, ...] = field(
        metadata=label("所在联合体", "consortia that it belongs to", head=Text("所在联合体", "consortia"))
    )
    under_way: tuple[Named, ...] = field(
        metadata=label("在建合作的对方", "partners of work under way", note=True)
    )
    intended: tuple[Named, ...] = field(
        metadata=label("计划或倡导合作的对方", "partners planned or encouraged", note=True)
    )
    chains: tuple[Named, ...] = field(
        metadata=label(
            "所属或对接的产业链", "chains that it operates in or serves", head=Text("产业链", "chains")
        )
    )
    platforms: tuple[Named, ...] = field(
        metadata=label("已共建的平台、基地与学院", "platforms, bases and colleges that it has built")
    )
    lacks: tuple[Text, ...] = field(metadata=label("缺什么", "what it lacks", head=Text("缺", "lacks")))
    candidates: tuple[Named, ...] = field(
        metadata=label("可结对的对象", "nearest possible partners", note=True)
    )


def isolated_members(
    projection: Projection,
    *,
    lacking: str = "partner",
    minimum_confidence: float = MINIMUM_CONFIDENCE,
    realised: tuple[str | None, ...] = REALISED,
) -> tuple[IsolatedMember, ...]:
    r"""The schools that work with no enterprise, and the enterprises that work with no school.

    With $V$, the schools and enterprises that take part (see `graph.gaps.participation`), and $D$, the pairs joined
    by a cooperation that is done,

    .. math::

       I = \{ v \in V : \nexists w,\ \{v, w\} \in D \}

    A pair is joined by COOPERATES_WITH, or by building the same thing together (CO_BUILDS), see
    `graph.gaps.partnerships`. To sit in the same consortium joins no pair. With $B$, those that have built a research
    platform, training base or industry college (CO_BUILDS, done), members without a platform are $V \setminus B$; by
    `lacking` they are the answer instead, or besides.

    Parameters
    ----------
    projection : Projection
        The graph. Node and edge kinds read: `QUESTION.labels`, `QUESTION.kinds`.
    lacking : str
        Whom to list: those without a `partner`, without a `platform`, without `both`, or without `either` of them.
    minimum_confidence : float
        Claims less sure are not believed.
    realised : tuple of str or None
        The statuses of a cooperation that count as done.

    Returns
    -------
    tuple of IsolatedMember
        Those first that belong to most consortia; schools before enterprises; then by name.

    Notes
    -----
    Candidates share most consortia and chains with the member. $O(m + |V| \cdot k)$ for $m$ claims and at most $k$
    members of the consortia and chains of one member.
    """
    if lacking not in LACKING:
        raise LiantuError("question.parameter", name="lacking", value=lacking, expected=" | ".join(LACKING))
    taking_part = participants(projection, SIDES, minimum_confidence)
    members = memberships(projection, minimum_confidence)
    pairs = partnerships.partnerships(projection, minimum_confidence, realised)
    partners: dict[str, dict[str, int]] = {}
    for (school, enterprise), work in pairs.items():
        partners.setdefault(school, {})[enterprise] = work.stage
        partners.setdefault(enterprise, {})[school] = work.stage
    consortia = consortia_of(members)
    chains = _chains(projection, minimum_confidence, realised)
    places = {one: consortia.get(one, set()) | chains.get(one, set()) for one in taking_part}
    there = _there(places)
    platforms = _platforms(projection, minimum_confidence, realised)
    found = []
    for member, rows in taking_part.items():
        with_whom = partners.get(member, {})
        alone, bare = DONE not in with_whom.values(), member not in platforms
        if not LACKING[lacking]((alone, bare)):
            continue
        found.append(
            IsolatedMember(
                member=Named(projection.name(member), member),
                kind=label_of(member),
                consortia=named(projection, consortia.get(member, set())),
                under_way=named(projection, {one for one, stage in with_whom.items() if stage == BEGUN}),
                intended=named(projection, {one for one, stage in with_whom.items() if stage == INTENDED}),
                chains=named(projection, chains.get(member, set())),
                platforms=named(projection, platforms.get(member, set())),
                lacks=_lacks(label_of(member), alone=alone, bare=bare),
                candidates=_candidates(projection, member, places[member], there),
                evidence=_telling(projection, rows),
                confidence=surest(projection, rows),
            )
        )
    return tuple(sorted(found, key=lambda one: (-len(one.consortia), SIDES.index(one.kind), one.member)))


def _platforms(
    projection: Projection, minimum_confidence: float, realised: tuple[str | None, ...]
) -> dict[str, set[str]]:
    """Who has built which platforms, bases and colleges."""
    built: dict[str, set[str]] = {}
    for thing, builders in partnerships.works(projection, minimum_confidence, realised).items():
        if label_of(thing) in PLATFORMS:
            for builder, work in builders.items():
                if work.stage == DONE:
                    built.setdefault(builder, set()).add(thing)
    return built


def _lacks(kind: str, *, alone: bool, bare: bool) -> tuple[Text, ...]:
    partner = (
        Text(zh="结对的企业", en="an enterprise")
        if kind == "School"
        else Text(zh="结对的院校", en="a school")
    )
    platform = Text(zh="共建的平台或基地", en="a platform or base")
    return (*([partner] if alone else []), *([platform] if bare else []))


def _telling(projection: Projection, rows: dict[str, set[int]]) -> tuple[Claim, ...]:
    """What is said of working together first, then where the member sits, then what else it does."""
    told = {kind: rows.get(kind, set()) for kind in partnerships.KINDS}
    seats = {kind: rows.get(kind, set()) for kind in participation.MEMBERSHIP}
    return in_turn(
        best_evidence(projection, told, 2),
        best_evidence(projection, seats, 2),
        best_evidence(projection, rows),
    )


def _chains(
    projection: Projection, minimum_confidence: float, realised: tuple[str | None, ...]
) -> dict[str, set[str]]:
    """The chains of enterprises (they operate in) and of schools (they, their groups or specialties serve)."""
    chains: dict[str, set[str]] = {}
    claims = projection.claims("OPERATES_IN")
    for row in claims.believed(minimum_confidence):
        chains.setdefault(claims.column("head")[row], set()).add(claims.column("tail")[row])
    provided = provision.provision(projection, minimum_confidence, realised)
    for offering in provided.offered:
        if offering.school:
            chains.setdefault(offering.school, set()).update(provided.chains(offering))
    for group, schools in provided.schools.items():
        for school in schools:
            chains.setdefault(school, set()).update(provided.served.get(group, ()))
    for head, served in provided.served.items():
        if label_of(head) == "School":
            chains.setdefault(head, set()).update(served)
    return chains


def _there(places: Mapping[str, Iterable[str]]) -> dict[str, set[str]]:
    """Consortium or chain → who of the participants is there."""
    there: dict[str, set[str]] = {}
    for member, own in places.items():
        for place in own:
            there.setdefault(place, set()).add(member)
    return there


def _candidates(
    projection: Projection, member: str, places: Iterable[str], there: Mapping[str, set[str]]
) -> tuple[Named, ...]:
    side = label_of(member)
    shared = Counter(other for place in places for other in there[place] if label_of(other) != side)
    ordered = sorted(shared, key=lambda other: (-shared[other], Named(projection.name(other), other)))
    return tuple(Named(projection.name(other), other) for other in ordered[:CANDIDATES_SHOWN])


QUESTION = Question(
    name="isolated_members",
    title=Text(zh="未结对的院校与企业", en="Schools without an enterprise, enterprises without a school"),
    definition=Text(
        zh="文件或记录表明参与产教融合、却没有任何一项已落实的校企合作的院校和企业。同在一个联合体不算合作，计划、倡导不算落实。"
        "并指出没有共建平台或基地的；`lacking` 可改列缺平台的、两样都缺的或缺任一样的。",
        en="Schools and enterprises that take part, by a document or record, and have not one cooperation that is done "
        "with the other side. Sitting in one consortium is no cooperation; plans are not done. Those that have built no "
        "platform or base are told; `lacking` lists those without a platform, without both, or without either instead.",
    ),
    finding=IsolatedMember,
    answer=isolated_members,
    labels=tuple(dict.fromkeys((*provision.LABELS, *partnerships.LABELS, "Consortium", *PLATFORMS))),
    kinds=tuple(dict.fromkeys((*participation.KINDS, *provision.KINDS, *partnerships.KINDS))),
)
