"""Consortia joined in name only (联而不合): members sit together, and nothing is done among them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from graph.claims import Claim
from graph.gaps import participation
from graph.gaps import partnerships as working
from graph.gaps.dates import quarter
from graph.gaps.finding import (
    MINIMUM_CONFIDENCE,
    REALISED,
    Finding,
    Named,
    Question,
    best_evidence,
    in_turn,
    label,
    later,
    surest,
)
from graph.gaps.organs import HAS, HAS_NOT, SETTING_UP, Organs, organs
from graph.gaps.participation import memberships
from graph.gaps.partnerships import BEGUN, DONE, INTENDED, Partnerships, partnerships, works
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
    breadth: int = field(metadata=label("已落实的合作方式数", "modes of cooperation that are done"))
    shared_resources: int = field(metadata=label("成员已共享的资源数", "resources that its members share"))
    organs: tuple[Text, ...] = field(metadata=label("已有的治理机构", "organs that it has", note=True))
    activity: tuple[str, ...] = field(
        metadata=label(
            "各季度新落实的合作数", "cooperations done, by the quarter of their beginning", note=True
        )
    )
    last_active: str | None = field(
        metadata=label(
            "最近有新合作的季度", "last quarter in which one began", head=Text("最近活动", "last active")
        )
    )
    missing: tuple[Text, ...] = field(metadata=label("缺什么", "what is missing", note=True))
    unknown: tuple[Text, ...] = field(
        metadata=label("不知有无、须去问的治理机构", "organs of which nothing is told, to ask for")
    )


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

    Beside the answer stand what else a consortium needs to be more than a name: its organs of governance
    (`graph.gaps.organs`: 理事会, 秘书处, 运营平台, 章程, 赋权清单), the breadth of modes done, the resources that members
    share (SHARES), and when cooperation began, by quarter. What is known to be absent is in `missing`, what nobody has
    told in `unknown`.

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
    projection = projection.beyond  # members count wherever they lie (`graph.gaps.scope`)
    pairs = partnerships(projection, minimum_confidence, realised)
    built = works(projection, minimum_confidence, realised)
    governed = organs(projection, minimum_confidence)
    shared = _shared(projection, minimum_confidence, realised)
    found = []
    for consortium, rows in memberships(projection, minimum_confidence, realised).items():
        if len(rows) < 2:
            continue
        sides = Counter(label_of(member) for member in rows)
        members = projection.register.numbers(rows)
        among = pairs.among(members)
        stages = Counter(pairs.stages[among].tolist())
        joint = built.joint(members)
        possible = sides["School"] * sides["Enterprise"]
        density = stages[DONE] / possible if possible else None
        if (density or 0.0) > maximum_density or (joint and maximum_density == 0):
            continue
        premise: dict[str, set[int]] = {kind: set(own.tolist()) for kind, own in pairs.rows(among).items()}
        for told in rows.values():
            for kind, numbers in told.items():
                premise.setdefault(kind, set()).update(numbers)
        own_organs = governed.get(consortium, Organs())
        quarters, modes_done = _begun(projection, pairs, among, realised)
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
                modes=tuple(sorted(pairs.modes(among))),
                breadth=len(modes_done),
                shared_resources=len(
                    {one for sharer in (*rows, consortium) for one in shared.get(sharer, ())}
                ),
                organs=own_organs.being(HAS),
                activity=tuple(f"{quarter} {count}" for quarter, count in sorted(quarters.items())),
                last_active=max(quarters, default=None),
                missing=(*_missing(sides, stages, joint), *_organs_missing(own_organs)),
                unknown=own_organs.unknown,
                evidence=later(_telling, projection, premise, own_organs),
                confidence=surest(
                    projection, {kind: premise.get(kind, set()) for kind in ("MEMBER_OF", "LEADS")}
                ),
            )
        )
    return tuple(sorted(found, key=lambda one: (one.density or 0.0, -one.members, one.consortium)))


def _begun(
    projection: Projection, pairs: Partnerships, among: NDArray[np.int64], realised: tuple[str | None, ...]
) -> tuple[Counter[str], set[str]]:
    """How many pairs began something that is done in each quarter, and the modes that are done."""
    claims = projection.claims("COOPERATES_WITH")
    since, observed, statuses, modes = (
        claims.column(name) for name in ("since", "observed", "status", "mode")
    )
    quarters: Counter[str] = Counter()
    done: set[str] = set()
    for place in among.tolist():
        rows = [row for row in pairs.direct.of(place).tolist() if statuses[row] in realised]
        done |= {modes[row] for row in rows if modes[row]}
        quarters.update({told for row in rows if (told := quarter(since[row] or observed[row]))})
    return quarters, done


def _shared(
    projection: Projection, minimum_confidence: float, realised: tuple[str | None, ...]
) -> dict[str, set[str]]:
    """School, enterprise or consortium → the resources that it shares."""
    claims = projection.claims("SHARES")
    heads, tails, statuses = (claims.column(name) for name in ("head", "tail", "status"))
    shared: dict[str, set[str]] = {}
    for row in claims.believed(minimum_confidence):
        if statuses[row] in realised:
            shared.setdefault(heads[row], set()).add(tails[row])
    return shared


def _organs_missing(told: Organs) -> tuple[Text, ...]:
    return (
        *(Text(zh=f"没有{one.zh}", en=f"no {one.en}") for one in told.being(HAS_NOT)),
        *(Text(zh=f"{one.zh}尚在筹建", en=f"{one.en} still being set up") for one in told.being(SETTING_UP)),
        *(Text(zh=f"说法不一：{one.zh}", en=f"sources differ: {one.en}") for one in told.conflicts),
    )


def _telling(projection: Projection, premise: Mapping[str, set[int]], told: Organs) -> tuple[Claim, ...]:
    """What is said of working together and who is a member, then what is stated of its organs."""
    words = _words_and_members(projection, premise)
    return in_turn(words[:4], best_evidence(projection, {"STATES": told.rows}, 1), words)


def _words_and_members(projection: Projection, premise: Mapping[str, set[int]]) -> tuple[Claim, ...]:
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
        zh="已知至少两个成员，但成员院校与成员企业之间没有任何一项已落实的合作，也没有成员共建的平台、学院、基地或项目的联合体；"
        "并指出缺什么：合作、理事会、秘书处、运营平台、章程、赋权清单。",
        en="Consortia with two or more known members among whom no cooperation of a school and an enterprise is done, "
        "and nothing was built together; with what is missing: cooperation, council, secretariat, operating platform, "
        "charter, delegated powers.",
    ),
    finding=NominalConsortium,
    answer=nominal_consortia,
    labels=(*working.LABELS, "Consortium"),
    kinds=(*participation.MEMBERSHIP, *working.KINDS, "STATES", "SHARES"),
)
