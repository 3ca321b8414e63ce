"""Shared resources (共享资源): in each consortium or chain who has which kind, who uses it, and who lacks it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.columns import Grouped, Marks, pairs_of
from graph.errors import LiantuError
from graph.gaps import chains, provision
from graph.gaps.chains import chains_looked_at, parts_of_chains, reach
from graph.gaps.finding import (
    MINIMUM_CONFIDENCE,
    REALISED,
    Finding,
    Named,
    Question,
    RowsByKind,
    label,
    named,
    surest,
    telling,
)
from graph.gaps.participation import MEMBERSHIP, memberships
from graph.identity import label_of
from graph.language import Text
from graph.project import Projection

BY: Final = ("consortium", "chain")
_BODIES: Final = ("School", "Enterprise", "Park", "Agency", "ResearchPlatform", "Consortium")
BASE: Final = "实训基地"
UNTOLD: Final = "未分类"
_ELSEWHERE: Final = 5
_KINDS: Final = (
    (BASE, ("实训", "实践基地", "实习基地")),
    ("教材", ("教材",)),
    ("教学资源库", ("资源库",)),
    ("课程", ("课",)),
    ("师资", ("师资", "教师", "导师")),
    ("设备", ("设备", "仪器")),
)
LEGEND: Final = Text(
    zh="有：已共享（或共建）这类资源的成员；用：在用的成员；缺：既没有也不用的院校，其中“未报”的是从未报过任何共享资源的，"
    "可能只是没报。",
    en="Share: members that share (or have built with others) a resource of the kind; use: members that use one; lack: "
    "schools that do neither; of these “silent” never reported any shared resource: they may have one.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedResource(Finding):
    """A kind of resource in a consortium or chain: who shares it, who uses it, and which schools do neither."""

    circle: Named = field(
        metadata=label(
            "联合体或产业链", "consortium or chain", head=Text("联合体或产业链", "consortium or chain")
        )
    )
    category: str = field(metadata=label("资源类别", "kind of resource", head=Text("资源类别", "kind")))
    sharing: int = field(
        metadata=label("共享的成员数", "members that share it", head=Text("有", "share"), legend=LEGEND)
    )
    using: int = field(metadata=label("在用的成员数", "members that use it", head=Text("用", "use")))
    lacking: int = field(
        metadata=label("没有也不用的院校数", "schools that do neither", head=Text("缺", "lack"))
    )
    silent: int = field(
        metadata=label(
            "其中从未报过共享资源的",
            "of these never reported any resource",
            head=Text("其中未报", "of these silent"),
        )
    )
    resources: tuple[Named, ...] = field(metadata=label("资源", "resources", note=True))
    sharers: tuple[Named, ...] = field(metadata=label("谁有", "who shares it", note=True))
    users: tuple[Named, ...] = field(metadata=label("谁在用", "who uses it", note=True))
    lackers: tuple[Named, ...] = field(metadata=label("谁没有", "who lacks it", note=True))
    elsewhere: tuple[Named, ...] = field(
        metadata=label("圈外可求的同链单位", "who outside has it, in the same chains", note=True)
    )


def shared_resources(
    projection: Projection,
    *,
    by: str = "consortium",
    minimum_confidence: float = MINIMUM_CONFIDENCE,
    realised: tuple[str | None, ...] = REALISED,
) -> tuple[SharedResource, ...]:
    r"""Who has, who uses and who lacks each kind of shared resource, in each consortium or chain.

    Let $M(k)$ be the members of circle $k$, $A(k)$ its schools, $R_q$ the resources of kind $q$, $H(r)$ who shares
    resource $r$ (SHARES, done) and $U(r)$ who uses it (USES). A training base that at least two have built together
    (CO_BUILDS, done) is shared by those who built it. Of each kind $q$ that anybody shares,

    .. math::

       \text{share}(k, q) = M(k) \cap \bigcup_{r \in R_q} H(r), \qquad
       \text{use}(k, q) = M(k) \cap \bigcup_{r \in R_q} U(r), \qquad
       \text{lack}(k, q) = A(k) \setminus \bigl(\text{share}(k, q) \cup \text{use}(k, q)\bigr)

    The consortium itself counts as a member that shares. A school is silent where no claim tells that it shares or uses
    anything of any kind: that it lacks this one is not known either.

    Parameters
    ----------
    projection : Projection
        The graph. Node and edge kinds read: `QUESTION.labels`, `QUESTION.kinds`.
    by : str
        `consortium`: the members and leaders of each; `chain`: the schools with an offering for the chain, the
        enterprises in it, and all who serve it.
    minimum_confidence : float
        Claims less sure are not believed.
    realised : tuple of str or None
        The statuses of SHARES, USES, CO_BUILDS, SERVES and of offerings that count as done.

    Returns
    -------
    tuple of SharedResource
        One for each circle and kind of which some school lacks it or some member shares it. First what nobody in the
        circle has and somebody outside does, then what only nobody inside has; the most schools that lack it first.

    Notes
    -----
    Kinds are told by the resource's category; words of the category that mean one kind (校企合作课程, 在线课程) are one.
    `elsewhere` are bodies outside of a consortium that share the kind and serve, or operate in, a chain that it has to
    do with; those of most such chains first. Evidence: who shares and uses, else who belongs to the circle.
    $O(m + k \cdot q)$ for $m$ claims, $k$ circles and $q$ kinds.

    References
    ----------
    .. [1] 教育部办公厅, 关于开展市域产教联合体建设的通知, 教职成厅函〔2023〕15 号: the members of a consortium build and
           share (共建共享) bases, teachers, courses and equipment.
    """
    if by not in BY:
        raise LiantuError("question.parameter", name="by", value=by, expected=" | ".join(BY))
    scoped, projection = projection, projection.beyond  # members count wherever they lie (`graph.gaps.scope`)
    shared = _shared(projection, minimum_confidence, realised)
    serving = _Serving(projection, minimum_confidence, realised)
    circles = serving.consortia(scoped) if by == "consortium" else serving.of_chains(scoped)
    lenders = _Lenders(projection, shared, serving)
    kinds = sorted({one.category for own in shared.values() for one in own if one.shares})
    found = []
    for circle in circles:
        for category in kinds:
            one = _finding(scoped, circle, category, shared, lenders)
            if one.lacking or one.sharing:
                found.append(one)
    return tuple(sorted(found, key=_most_pressing))


def _most_pressing(one: SharedResource) -> tuple[bool, bool, int, Named, str]:
    return one.sharing > 0, not one.elsewhere, -one.lacking, one.circle, one.category


class Entry(NamedTuple):
    """One claim that a body shares or uses a resource of a kind."""

    category: str
    resource: str
    shares: bool
    kind: str
    row: int


@dataclass(frozen=True)
class Circle:
    """A consortium or chain: who belongs to it, the chains that it has to do with, and the claims that say so."""

    identifier: str
    members: Collection[str]
    chains: Collection[str]
    rows: RowsByKind


Shared = Mapping[str, Sequence[Entry]]


def _finding(
    scoped: Projection, circle: Circle, category: str, shared: Shared, lenders: _Lenders
) -> SharedResource:
    projection, members = scoped.beyond, {*circle.members, circle.identifier}
    own = [(one, body) for body in members for one in shared.get(body, ()) if one.category == category]
    sharers = {body for one, body in own if one.shares}
    users = {body for one, body in own if not one.shares}
    schools = {one for one in circle.members if label_of(one) == "School" and scoped.at_level(one)}
    lackers = schools - sharers - users
    nearest = lenders.nearest(category, circle.chains, members)
    rows: dict[str, set[int]] = {}
    for one, _ in own:
        rows.setdefault(one.kind, set()).add(one.row)
    premises = [rows, circle.rows] if rows else [circle.rows]
    sure = [surest(projection, each) for each in premises]
    return SharedResource(
        circle=Named(projection.name(circle.identifier), circle.identifier),
        category=category,
        sharing=len(sharers),
        using=len(users),
        lacking=len(lackers),
        silent=sum(one not in shared for one in lackers),
        resources=named(projection, {one.resource for one, _ in own}),
        sharers=named(projection, sharers),
        users=named(projection, users),
        lackers=named(projection, lackers),
        elsewhere=tuple(Named(projection.name(one), one) for one in nearest),
        evidence=telling(projection, *((each, 3) for each in premises)),
        confidence=min((one for one in sure if one is not None), default=None),
    )


def _shared(
    projection: Projection, minimum_confidence: float, realised: tuple[str | None, ...]
) -> dict[str, list[Entry]]:
    """Body → what it shares and uses."""
    found: dict[str, list[Entry]] = {}
    for kind in ("SHARES", "USES"):
        for body, resource, row in _done(projection, kind, minimum_confidence, realised):
            category = _category(projection, resource)
            found.setdefault(body, []).append(Entry(category, resource, kind == "SHARES", kind, row))
    built: dict[str, list[tuple[str, int]]] = {}
    for body, base, row in _done(projection, "CO_BUILDS", minimum_confidence, realised):
        if label_of(base) == "TrainingBase":
            built.setdefault(base, []).append((body, row))
    for base, builders in built.items():
        if len({body for body, _ in builders}) > 1:
            for body, row in builders:
                found.setdefault(body, []).append(Entry(BASE, base, True, "CO_BUILDS", row))
    return found


def _category(projection: Projection, resource: str) -> str:
    if label_of(resource) == "TrainingBase":
        return BASE
    told = projection.value(resource, "category")
    return kind_of_resource(told) if told else UNTOLD


def kind_of_resource(category: str) -> str:
    """The kind that the words of a category mean.

    >>> kind_of_resource("校企合作课程"), kind_of_resource("虚拟仿真实训室"), kind_of_resource("专利")
    ('课程', '实训基地', '专利')
    """
    return next((kind for kind, words in _KINDS if any(word in category for word in words)), category)


def _done(
    projection: Projection, kind: str, minimum_confidence: float, realised: tuple[str | None, ...]
) -> list[tuple[str, str, int]]:
    claims = projection.claims(kind)
    heads, tails, statuses = (claims.column(name) for name in ("head", "tail", "status"))
    return [
        (heads[row], tails[row], row)
        for row in claims.believed(minimum_confidence)
        if statuses[row] in realised
    ]


class _Serving:
    """Who has to do with which chains: schools by their offerings, enterprises by where they operate."""

    def __init__(
        self, projection: Projection, minimum_confidence: float, realised: tuple[str | None, ...]
    ) -> None:
        self._projection, self._minimum, self._realised = projection, minimum_confidence, realised
        self._claims = {kind: projection.claims(kind) for kind in ("SERVES", "OPERATES_IN")}
        self._rows = {
            "SERVES": np.flatnonzero(self._claims["SERVES"].done(minimum_confidence, realised)),
            "OPERATES_IN": np.flatnonzero(self._claims["OPERATES_IN"].sure(minimum_confidence)),
        }
        offerings = provision.provision(projection, minimum_confidence, realised).offerings
        known = offerings.schools >= 0
        schools, sets = pairs_of(offerings.schools[known], offerings.chain_sets[known])
        served = offerings.chains.chains
        bodies, chains = pairs_of(
            np.concatenate([*self._ends("heads"), np.repeat(schools, served.lengths[sets])]),
            np.concatenate([*self._ends("tails"), served.of_all(sets)]),
        )
        self._pairs = bodies, chains
        self._chains = Grouped(bodies, len(projection.register), chains)

    def _ends(self, end: str) -> list[NDArray[np.int32]]:
        return [getattr(claims, end)[self._rows[kind]] for kind, claims in self._claims.items()]

    def chains(self, body: str) -> set[str]:
        """The chains that a body has to do with."""
        register = self._projection.register
        number = register.number(body)
        return {register.ids[one] for one in self._chains.of(-1 if number is None else number).tolist()}

    def consortia(self, scoped: Projection) -> Iterator[Circle]:
        """Each consortium with its members and leaders; its chains are those that it serves or its enterprises are in.

        At a level it is those with a school of it, or with no school.
        """
        for consortium, members in memberships(self._projection, self._minimum, self._realised).items():
            schools = [one for one in members if label_of(one) == "School"]
            if schools and not any(map(scoped.at_level, schools)):
                continue
            touched = self.chains(consortium)
            touched = touched.union(*(self.chains(one) for one in members if _is_industry(one)))
            rows: dict[str, set[int]] = {}
            for own in members.values():
                for kind, numbers in own.items():
                    rows.setdefault(kind, set()).update(numbers)
            yield Circle(consortium, members.keys(), touched, rows)

    def of_chains(self, scoped: Projection) -> Iterator[Circle]:
        """Each chain looked at, with the schools, enterprises and others that serve it or a part of it or are in it.

        Chains lie nowhere: of a region's are the bodies in it.
        """
        register, (bodies, chains) = self._projection.register, self._pairs
        counted = register.are(bodies, *_BODIES)
        limited = scoped is not self._projection
        if limited:
            counted &= self._counting(scoped, bodies)
        members_of = Grouped(chains[counted], len(register), bodies[counted])
        rows_of = {
            kind: Grouped(claims.tails[rows], len(register), rows)
            for kind, claims in self._claims.items()
            for every in (self._rows[kind],)
            for rows in (every[self._counting(scoped, claims.heads[every])] if limited else every,)
        }
        parts = parts_of_chains(self._projection, self._minimum)
        for chain in chains_looked_at(self._projection, parts, self._minimum):
            inside = reach(chain, parts)
            numbers = register.numbers(inside)
            members = {register.ids[one] for one in np.unique(members_of.of_all(numbers)).tolist()}
            rows = {kind: own for kind, told in rows_of.items() if len(own := told.of_all(numbers))}
            if members and rows:
                yield Circle(chain, members, inside, rows)

    def _counting(self, scoped: Projection, bodies: NDArray[Any]) -> Marks:
        """Which of the bodies are within the scope."""
        ids = self._projection.register.ids
        return np.array([scoped.counts(ids[one]) for one in bodies.tolist()], dtype=bool)


def _is_industry(body: str) -> bool:
    return label_of(body) in ("Enterprise", "Park")


class _Lenders:
    """Who shares a kind of resource, by the chains that they have to do with."""

    def __init__(self, projection: Projection, shared: Shared, serving: _Serving) -> None:
        lending = [body for body, own in shared.items() if any(one.shares for one in own)]
        self._bodies = sorted(lending, key=lambda one: (projection.name(one), one))
        self._place = {body: place for place, body in enumerate(self._bodies)}
        found: dict[tuple[str, str], list[int]] = {}
        for place, body in enumerate(self._bodies):
            chains = serving.chains(body)
            for category in {one.category for one in shared[body] if one.shares}:
                for chain in chains:
                    found.setdefault((category, chain), []).append(place)
        self._sharing = {key: np.array(own, dtype=np.int64) for key, own in found.items()}

    def nearest(self, category: str, chains: Collection[str], members: Collection[str]) -> list[str]:
        """The first few who share the kind and are no members: those in most of the chains, then by name."""
        keys = ((category, chain) for chain in chains)
        found = [self._sharing[key] for key in keys if key in self._sharing]
        if not found:
            return []
        size = len(self._bodies)
        counts = np.bincount(np.concatenate(found), minlength=size)
        counts[[self._place[one] for one in members if one in self._place]] = 0
        weights = counts * size - np.arange(size)  # of bodies in as many chains the first by name
        first = np.argpartition(-weights, min(_ELSEWHERE, size) - 1)[:_ELSEWHERE]
        first = first[counts[first] > 0]
        return [self._bodies[place] for place in first[np.argsort(-weights[first])].tolist()]


QUESTION = Question(
    name="shared_resources",
    title=Text(zh="共享资源", en="Shared resources"),
    definition=Text(
        zh="每个联合体（或产业链）里，课程、教材、教学资源库、师资、设备、实训基地各由谁共享、谁在用、哪些院校既没有也不用；"
        "圈内没有的，圈外同链的谁有。从未报过共享资源的院校单独计数：没报不等于没有。",
        en="In each consortium (or chain), who shares courses, textbooks, teaching libraries, teachers, equipment and "
        "training bases, who uses them, and which schools do neither; where nobody inside has a kind, who outside has it "
        "in the same chains. Schools that never reported any shared resource are counted apart: silent is not without.",
    ),
    finding=SharedResource,
    answer=shared_resources,
    labels=tuple(
        dict.fromkeys((*chains.LABELS, *provision.LABELS, *_BODIES, "SharedResource", "TrainingBase"))
    ),
    kinds=tuple(dict.fromkeys((*chains.KINDS, *provision.KINDS, *MEMBERSHIP, "SHARES", "USES", "CO_BUILDS"))),
)
