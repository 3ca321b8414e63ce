"""Consortia joined in name only (联而不合): members sit together, and nothing is done among them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import product

from graph.claims import Claim
from graph.gaps import participation
from graph.gaps import partnerships as working
from graph.gaps.finding import (
    MINIMUM_CONFIDENCE,
    REALISED,
    Finding,
    Named,
    Question,
    best_evidence,
    in_turn,
    label,
    surest,
)
from graph.gaps.participation import memberships
from graph.gaps.partnerships import BEGUN, DONE, INTENDED, Cooperation, Pair, partnerships, works
from graph.identity import label_of
from graph.language import Text
from graph.project import Projection


@dataclass(frozen=True, slots=True, kw_only=True)
class NominalConsortium(Finding):
    """A consortium whose members have realised little or nothing together."""

    consortium: Named = field(metadata=label("联合体", "consortium", head=Text("联合体", "consortium")))
    level: str | None = field(metadata=label("级次", "level", head=Text("级次", "level")))
    members: int = field(metadata=label("成员数", "members", head=Text("成员", "members")))
    schools: int = field(metadata=label("院校", "schools", head=Text("院校", "schools")))
    enterprises: int = field(metadata=label("企业", "enterprises", head=Text("企业", "enterprises")))
    others: int = field(metadata=label("园区、部门、平台", "parks, agencies, platforms"))
    possible_pairs: int = field(
        metadata=label(
            "可结对数", "possible pairs of school and enterprise", head=Text("可结对", "possible pairs")
        )
    )
    realised_pairs: int = field(
        metadata=label("已落实的对数", "pairs realised", head=Text("已落实", "pairs realised"))
    )
    density: float | None = field(metadata=label("落实率", "pairs realised of those possible"))
    joint_works: int = field(
        metadata=label(
            "已共建的项目数",
            "things that two members have built together",
            head=Text("已共建项目", "built together"),
        )
    )
    under_way_pairs: int = field(
        metadata=label("在建的对数", "pairs under way", head=Text("在建", "pairs under way"))
    )
    intended_pairs: int = field(
        metadata=label(
            "计划或倡导的对数", "pairs planned or encouraged", head=Text("计划或倡导", "pairs intended")
        )
    )
    modes: tuple[str, ...] = field(
        metadata=label("已提到的合作方式", "modes of cooperation that are told of", note=True)
    )
    missing: tuple[Text, ...] = field(metadata=label("缺什么", "what is missing", note=True))


def nominal_consortia(
    projection: Projection,
    *,
    maximum_density: float = 0.0,
    minimum_confidence: float = MINIMUM_CONFIDENCE,
    realised: tuple[str | None, ...] = REALISED,
) -> tuple[NominalConsortium, ...]:
    r"""The consortia among whose members no cooperation is realised.

    With $A(k)$ and $B(k)$, the schools and enterprises that are members or leaders of consortium $k$, $D$ the pairs
    of school and enterprise joined by a cooperation that is done, and $J(k)$ the things that at least two members of
    any kind have built together (CO_BUILDS, done), the density of $k$ and the findings are

    .. math::

       d(k) = \frac{|D \cap (A(k) \times B(k))|}{|A(k)| \cdot |B(k)|}, \qquad
       N = \{ k : |M(k)| \ge 2,\ (d(k) \le d_{max} \text{ or undefined}),\
       (J(k) = \emptyset \text{ or } d_{max} > 0) \}

    where $d(k)$ is None when there is no school or no enterprise among the members. A consortium of which fewer than
    two members are known is not judged: who is in it is unknown, which is another matter than that they do nothing.

    Parameters
    ----------
    projection : Projection
        The graph. Node and edge kinds read: `QUESTION.labels`, `QUESTION.kinds`.
    maximum_density : float
        Also list the consortia with at most this share of possible pairs realised.
    minimum_confidence : float
        Claims less sure are not believed.
    realised : tuple of str or None
        The statuses of a cooperation that count as done.

    Returns
    -------
    tuple of NominalConsortium
        The least dense first, of these the largest; then by name.

    Notes
    -----
    The density is that of the two-mode network of schools and enterprises [1]_ inside the consortium.
    $O(m + \sum_k |A(k)| |B(k)|)$ for $m$ claims. When a membership or cooperation ended (`until`) is not weighed: a
    pure answer knows no today.

    References
    ----------
    .. [1] Borgatti, S. P. & Everett, M. G. (1997). Network analysis of 2-mode data. Social Networks 19(3), 243–269.
    """
    pairs = partnerships(projection, minimum_confidence, realised)
    built = works(projection, minimum_confidence, realised)
    found = []
    for consortium, rows in memberships(projection, minimum_confidence).items():
        if len(rows) < 2:
            continue
        sides = Counter(label_of(member) for member in rows)
        among = _among(pairs, rows)
        stages = Counter(work.stage for work in among.values())
        joint = sum(_joint(builders, rows) for builders in built.values())
        possible = sides["School"] * sides["Enterprise"]
        density = stages[DONE] / possible if possible else None
        if (density or 0.0) > maximum_density or (joint and maximum_density == 0):
            continue
        premise: dict[str, set[int]] = {}
        for own in (*rows.values(), *(work.rows for work in among.values())):
            for kind, numbers in own.items():
                premise.setdefault(kind, set()).update(numbers)
        found.append(
            NominalConsortium(
                consortium=Named(projection.name(consortium), consortium),
                level=projection.value(consortium, "level"),
                members=len(rows),
                schools=sides["School"],
                enterprises=sides["Enterprise"],
                others=len(rows) - sides["School"] - sides["Enterprise"],
                possible_pairs=possible,
                realised_pairs=stages[DONE],
                density=density,
                joint_works=joint,
                under_way_pairs=stages[BEGUN],
                intended_pairs=stages[INTENDED],
                modes=tuple(sorted({mode for work in among.values() for mode in work.modes})),
                missing=_missing(sides, stages, joint),
                evidence=_words_and_members(projection, premise),
                confidence=surest(
                    projection, {kind: premise.get(kind, set()) for kind in ("MEMBER_OF", "LEADS")}
                ),
            )
        )
    return tuple(sorted(found, key=lambda one: (one.density or 0.0, -one.members, one.consortium)))


def _among(pairs: dict[Pair, Cooperation], members: Collection[str]) -> dict[Pair, Cooperation]:
    """The pairs of a consortium's own members."""
    schools = [one for one in members if label_of(one) == "School"]
    enterprises = [one for one in members if label_of(one) == "Enterprise"]
    return {pair: pairs[pair] for pair in product(schools, enterprises) if pair in pairs}


def _joint(builders: dict[str, Cooperation], members: Collection[str]) -> bool:
    return sum(work.stage == DONE for one, work in builders.items() if one in members) >= 2


def _words_and_members(projection: Projection, premise: dict[str, set[int]]) -> tuple[Claim, ...]:
    """What is said of working together first, then who is a member."""
    said = {kind: premise.get(kind, set()) for kind in working.KINDS}
    sitting = {kind: premise.get(kind, set()) for kind in participation.MEMBERSHIP}
    return in_turn(best_evidence(projection, said, 3), best_evidence(projection, sitting))


def _missing(sides: Counter[str], stages: Counter[int], joint: int) -> tuple[Text, ...]:
    """What the consortium lacks, in words."""
    lacks = []
    if not sides["School"]:
        lacks.append(Text(zh="没有院校成员", en="no school among its members"))
    if not sides["Enterprise"]:
        lacks.append(Text(zh="没有企业成员", en="no enterprise among its members"))
    if sides["School"] and sides["Enterprise"] and not stages[DONE]:
        lacks.append(Text(zh="成员之间没有已落实的校企合作", en="no cooperation of its members is done"))
    if stages[BEGUN] or stages[INTENDED]:
        lacks.append(
            Text(
                zh="在建、计划或倡导的合作尚未落实",
                en="cooperation under way, planned or encouraged is still to be done",
            )
        )
    if not joint:
        lacks.append(
            Text(zh="没有成员共建的平台、学院、基地或项目", en="nothing was built by two members together")
        )
    return tuple(lacks)


QUESTION = Question(
    name="nominal_consortia",
    title=Text(zh="联而不合的联合体", en="Consortia joined in name only"),
    definition=Text(
        zh="已知至少两个成员，但成员院校与成员企业之间没有任何一项已落实的合作，也没有成员共建的平台、学院、基地或项目的联合体。",
        en="Consortia with two or more known members among whom no cooperation of a school and an enterprise is done, "
        "and nothing was built together.",
    ),
    finding=NominalConsortium,
    answer=nominal_consortia,
    labels=(*working.LABELS, "Consortium"),
    kinds=(*participation.MEMBERSHIP, *working.KINDS),
)
