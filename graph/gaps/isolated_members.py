"""Schools without an enterprise, enterprises without a school (未结对的院校与企业)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from graph.claims import Claim
from graph.columns import Grouped, Marks, Numbers, in_order, pairs_of
from graph.errors import LiantuError
from graph.gaps import participation, partnerships, provision
from graph.gaps.finding import (
    MINIMUM_CONFIDENCE,
    REALISED,
    Finding,
    Named,
    Question,
    best_evidence,
    each_later,
    in_turn,
    label,
    may_come_later,
    names_of,
)
from graph.gaps.many import findings
from graph.gaps.meetings import Candidates
from graph.gaps.participation import Participants, participants
from graph.gaps.partnerships import BEGUN, DONE, INTENDED, Partnerships
from graph.identity import label_of
from graph.language import Text
from graph.project import Projection

CANDIDATES_SHOWN = 3
SIDES = ("School", "Enterprise")
PLATFORMS = ("ResearchPlatform", "TrainingBase", "IndustryCollege")
LACKING: Final[Mapping[str, Callable[[Marks, Marks], Marks]]] = {
    "partner": lambda alone, _: alone,
    "platform": lambda _, bare: bare,
    "both": np.logical_and,
    "either": np.logical_or,
}
"""Whom to list, by whether members are without a partner and without a platform."""


@may_come_later("candidates")
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
    projection = projection.beyond  # partners count wherever they lie (`graph.gaps.scope`)
    taking_part = participants(projection, SIDES, minimum_confidence)
    members, kinds = taking_part.numbers, _kinds(projection, taking_part)
    pairs = partnerships.partnerships(projection, minimum_confidence, realised)
    consortia = _consortia(projection, minimum_confidence, realised)
    chains = _chains(projection, minimum_confidence, realised)
    platforms = _platforms(projection, minimum_confidence, realised)
    with_partner = np.zeros(len(projection.register), dtype=bool)
    for ends in (pairs.schools, pairs.enterprises):
        with_partner[ends[pairs.stages == DONE]] = True
    alone, bare = ~with_partner[members], platforms.lengths[members] == 0
    listed = np.flatnonzero(LACKING[lacking](alone, bare))
    order = in_order(
        -consortia.lengths[members[listed]], kinds[listed], projection.register.order[members[listed]]
    )
    chosen = listed[order]
    told, sides = members[chosen], kinds[chosen].tolist()
    lacks = zip(sides, alone[chosen].tolist(), bare[chosen].tolist(), strict=True)
    nearest = Candidates(projection, members, kinds, (consortia, chains), CANDIDATES_SHOWN).of
    names, numbers = names_of(projection), told.tolist()
    return findings(
        IsolatedMember,
        len(told),
        member=[names[one] for one in numbers],
        kind=[SIDES[side] for side in sides],
        consortia=_named(projection, consortia, told),
        under_way=_named(projection, _partners(projection, pairs, BEGUN), told),
        intended=_named(projection, _partners(projection, pairs, INTENDED), told),
        chains=_named(projection, chains, told),
        platforms=_named(projection, platforms, told),
        lacks=[_LACKS[one] for one in lacks],
        candidates=each_later(nearest, numbers, sides),
        evidence=each_later(partial(_telling, projection, taking_part), numbers),
        confidence=taking_part.sure[chosen].tolist(),
    )


def _kinds(projection: Projection, taking_part: Participants) -> NDArray[np.int64]:
    """The place in `SIDES` of the kind of each participant."""
    enterprises = projection.register.are(taking_part.numbers, SIDES[1])
    return enterprises.astype(np.int64)


def _consortia(
    projection: Projection, minimum_confidence: float, realised: tuple[str | None, ...]
) -> Grouped:
    """Member → the consortia that it belongs to, leaders among the members."""
    claims = [projection.claims(kind) for kind in participation.MEMBERSHIP]
    rows = [np.flatnonzero(one.done(minimum_confidence, realised)) for one in claims]
    members, consortia = pairs_of(
        np.concatenate([one.heads[own] for one, own in zip(claims, rows, strict=True)]),
        np.concatenate([one.tails[own] for one, own in zip(claims, rows, strict=True)]),
    )
    return Grouped(members, len(projection.register), consortia)


def _partners(projection: Projection, pairs: Partnerships, stage: int) -> Grouped:
    """Member → those with whom it has come so far."""
    some = pairs.stages == stage
    schools, enterprises = pairs.schools[some], pairs.enterprises[some]
    return Grouped(
        np.concatenate([schools, enterprises]),
        len(projection.register),
        np.concatenate([enterprises, schools]),
    )


def _platforms(
    projection: Projection, minimum_confidence: float, realised: tuple[str | None, ...]
) -> Grouped:
    """Who has built which platforms, bases and colleges."""
    told = partnerships.works(projection, minimum_confidence, realised)
    built = (told.stages == DONE) & projection.register.are(told.things, *PLATFORMS)
    return Grouped(told.builders[built], len(projection.register), told.things[built])


_PLATFORM: Final = Text(zh="共建的平台或基地", en="a platform or base")
_PARTNER: Final = (Text(zh="结对的企业", en="an enterprise"), Text(zh="结对的院校", en="a school"))
_LACKS: Final = {
    (kind, alone, bare): (*([partner] if alone else []), *([_PLATFORM] if bare else []))
    for kind, partner in enumerate(_PARTNER)
    for alone in (False, True)
    for bare in (False, True)
}
"""What a school or enterprise lacks that is alone, or bare of a platform."""


def _telling(projection: Projection, taking_part: Participants, member: int) -> tuple[Claim, ...]:
    """What is said of working together first, then where the member sits, then what else it does."""
    rows = taking_part.rows(member)
    told = {kind: own for kind, own in rows.items() if kind in partnerships.KINDS}
    seats = {kind: own for kind, own in rows.items() if kind in participation.MEMBERSHIP}
    return in_turn(
        best_evidence(projection, told, 2),
        best_evidence(projection, seats, 2),
        best_evidence(projection, rows),
    )


def _chains(projection: Projection, minimum_confidence: float, realised: tuple[str | None, ...]) -> Grouped:
    """The chains of enterprises (they operate in) and of schools (they, their groups or specialties serve)."""
    register, claims = projection.register, projection.claims("OPERATES_IN")
    rows = np.flatnonzero(claims.sure(minimum_confidence))
    provided = provision.provision(projection, minimum_confidence, realised)
    offerings = provided.offerings
    known = offerings.schools >= 0
    schools, sets = pairs_of(offerings.schools[known], offerings.chain_sets[known])
    in_sets = offerings.chains.chains
    serving = [
        (school, chain)
        for group, hosts in provided.schools.items()
        for chain in provided.served.get(group, ())
        for school in hosts
    ]
    serving += [
        (one, chain)
        for one, served in provided.served.items()
        for chain in served
        if label_of(one) == "School"
    ]
    members, chains = pairs_of(
        np.concatenate(
            [
                claims.heads[rows],
                np.repeat(schools, in_sets.lengths[sets]),
                register.numbers(school for school, _ in serving),
            ]
        ),
        np.concatenate(
            [claims.tails[rows], in_sets.of_all(sets), register.numbers(chain for _, chain in serving)]
        ),
    )
    return Grouped(members, len(register), chains)


def _named(projection: Projection, groups: Grouped, members: Numbers) -> list[tuple[Named, ...]]:
    """What belongs to each of the members, as findings name it, by name; those with the same share one tuple."""
    names, order = names_of(projection), projection.register.order
    some = np.flatnonzero(groups.lengths[members])
    lengths, values = groups.lengths[members[some]], groups.of_all(members[some])
    by_name = values[in_order(np.repeat(some, lengths), order[values])].tolist()
    own = [tuple(by_name[start:end]) for start, end in pairwise([0, *np.cumsum(lengths).tolist()])]
    shared = {one: tuple(map(names.__getitem__, one)) for one in set(own)}
    found: list[tuple[Named, ...]] = [()] * len(members)
    for place, one in zip(some.tolist(), own, strict=True):
        found[place] = shared[one]
    return found


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
