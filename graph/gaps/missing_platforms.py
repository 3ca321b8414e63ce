"""Chains without a research platform (缺研发平台), and platforms that do not reach teaching: innovation to course."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from graph.columns import Grouped
from graph.gaps import chains, provision
from graph.gaps.chains import chains_looked_at, parts_of_chains, reach, reversed_graph
from graph.gaps.finding import (
    MINIMUM_CONFIDENCE,
    REALISED,
    Finding,
    Named,
    Question,
    label,
    named,
    names_of,
    surest,
    telling,
)
from graph.gaps.provision import Provision
from graph.language import Text
from graph.project import Projection

NO_PLATFORM: Final = Text(zh="无研发平台", en="no platform")
NO_SCHOOL: Final = Text(zh="平台无院校", en="no school in the platform")
NO_TEACHING: Final = Text(zh="平台院校无对接本链的专业", en="its schools teach nothing for the chain")
NO_COURSE: Final = Text(zh="未到课程", en="no shared course")
_DEGREES: Final = (NO_PLATFORM, NO_SCHOOL, NO_TEACHING, NO_COURSE)
_COURSES: Final = ("课程", "教材")
_SHOWN: Final = 10  # schools that could join
_PLATFORM: Final = "ResearchPlatform:"


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingPlatform(Finding):
    """A chain without a platform, or a platform whose work does not reach the courses of a school."""

    subject: Named = field(
        metadata=label("产业链或平台", "chain or platform", head=Text("产业链或平台", "chain or platform"))
    )
    gap: Text = field(metadata=label("断在哪一步", "where it breaks off", head=Text("断点", "breaks off")))
    chains: tuple[Named, ...] = field(
        metadata=label("服务的产业链", "chains that it serves", head=Text("产业链", "chains"))
    )
    enterprises: int | None = field(
        metadata=label("链上企业数", "enterprises in the chain", head=Text("链上企业", "enterprises"))
    )
    schools: tuple[Named, ...] = field(
        metadata=label("共建院校", "schools that build it", head=Text("院校", "schools"))
    )
    builders: tuple[Named, ...] = field(metadata=label("其他共建单位", "others that build it", note=True))
    intended: tuple[Named, ...] = field(
        metadata=label("拟建或在建的平台、院校", "platforms or schools to come, not yet done", note=True)
    )
    teaching: tuple[Named, ...] = field(
        metadata=label(
            "共建院校对接本链的专业与专业群", "its schools' specialties and groups for the chain", note=True
        )
    )
    candidates: tuple[Named, ...] = field(
        metadata=label(
            "可参与的院校（至多十所）",
            "schools that teach for the chain and could join, at most ten",
            note=True,
        )
    )


def missing_platforms(
    projection: Projection,
    *,
    courses: bool = True,
    minimum_confidence: float = MINIMUM_CONFIDENCE,
    realised: tuple[str | None, ...] = REALISED,
) -> tuple[MissingPlatform, ...]:
    r"""Where the way from research to the classroom breaks off.

    The way has four steps: a chain has a platform; a school builds the platform; the school teaches for the chain;
    what is taught is shared as a course or textbook. With $F(p)$, the chains that platform $p$ is claimed to serve,
    $B(p)$ the schools that build it, $T(h)$ the chains that a specialty or group of school $h$ serves, and $K(h)$ the
    courses and textbooks that $h$ shares, all done,

    .. math::

       \text{no platform} &= \{c \in C : \nexists p,\ F(p) \cap R(c) \neq \emptyset\} \\
       \text{no school} &= \{p : B(p) = \emptyset\} \\
       \text{no teaching} &= \{p : B(p) \neq \emptyset,\ \forall h \in B(p),\ T(h) \cap F^*(p) = \emptyset\} \\
       \text{no course} &= \{p : \exists h \in B(p),\ T(h) \cap F^*(p) \neq \emptyset,\ \text{such } K(h) = \emptyset\}

    with $C$ and $R$ as in `uncovered_chains`, and $F^*(p)$ the chains of $F(p)$ with all their parts. A platform is
    told of its first break alone; one whose chains are not told is not judged beyond its schools.

    Parameters
    ----------
    projection : Projection
        The graph. Node and edge kinds read: `QUESTION.labels`, `QUESTION.kinds`.
    courses : bool
        Whether platforms that lack but the last step, a shared course, are listed.
    minimum_confidence : float
        Claims less sure are not believed.
    realised : tuple of str or None
        The statuses that count as done; None is a claim told without a status.

    Returns
    -------
    tuple of MissingPlatform
        The earliest break first; within one, by enterprises in the chain, then name.

    Notes
    -----
    Evidence of a missing thing are the claims that say that the chain is there and needed; of a platform, who builds
    it and what it serves. It takes time linear in the claims, and in the parts of the chains.

    References
    ----------
    .. [1] 国务院办公厅, 关于深化产教融合的若干意见, 国办发〔2017〕95 号: education, talent, industry and innovation
           chains are to be joined.
    """
    asked = (minimum_confidence, realised)
    read = _Read(projection, *asked)
    wherever = read if projection.beyond is projection else _Read(projection.beyond, *asked)
    return tuple(
        sorted(
            [*_of_chains(read, wherever, minimum_confidence), *_of_platforms(wherever, courses, *asked)],
            key=_earliest,
        )
    )


class _Read:
    """What both halves of the answer look at: the parts of the chains, who provides for them, who is in them."""

    def __init__(
        self, projection: Projection, minimum_confidence: float, realised: tuple[str | None, ...]
    ) -> None:
        self.projection = projection
        self.parts = parts_of_chains(projection, minimum_confidence)
        self.provided = provision.provision(projection, minimum_confidence, realised)
        self.operating = _Operating(projection, minimum_confidence)
        self.taught = _Taught(projection, self.provided)


def _of_chains(read: _Read, wherever: _Read, minimum_confidence: float) -> Iterator[MissingPlatform]:
    """The chains without a platform: none within the scope, nor one of which it is not known where it lies."""
    projection, parts, operating, taught = read.projection, read.parts, read.operating, read.taught
    wholes = reversed_graph(parts)
    wished = _platforms(read.provided.intended)
    serving = _platforms(
        {
            one: served
            for one, served in wherever.provided.served.items()
            if not projection.lies_elsewhere(one)
        }
    )
    register, names, states = projection.register, names_of(projection), projection.claims("STATES")
    for chain in chains_looked_at(projection, parts, minimum_confidence):
        inside = reach(chain, parts)
        covering = inside | reach(chain, wholes) if projection.value(chain, "tier") == "环节" else inside
        if any(serving.get(part) for part in covering):
            continue
        rows = operating.rows(inside)
        stating = states.believed_of(states.at_tail.of_all(register.numbers([chain])), minimum_confidence)
        yield MissingPlatform(
            subject=Named(projection.name(chain), chain),
            gap=NO_PLATFORM,
            chains=(),
            enterprises=operating.count(rows),
            schools=(),
            builders=(),
            intended=named(projection, {one for part in covering for one in wished.get(part, ())}),
            teaching=(),
            candidates=names(taught.most(inside)[:_SHOWN]),
            evidence=telling(projection, ({"OPERATES_IN": rows}, 3), ({"STATES": stating}, 2)),
            confidence=surest(projection, {"OPERATES_IN": rows, "STATES": stating}),
        )


def _of_platforms(
    read: _Read, courses: bool, minimum_confidence: float, realised: tuple[str | None, ...]
) -> Iterator[MissingPlatform]:
    """The platforms whose way to the courses of a school breaks off."""
    projection, parts, operating, taught = read.projection, read.parts, read.operating, read.taught
    register, names, provided = projection.register, names_of(projection), read.provided
    built, rows_of = _builders(projection, minimum_confidence, realised, done=True)
    to_build, _ = _builders(projection, minimum_confidence, realised, done=False)
    sharing = _sharing(projection, minimum_confidence, realised)
    served_rows = _rows_by_head(projection, "SERVES", minimum_confidence)
    around: dict[frozenset[str], tuple[int, NDArray[np.int64]]] = {}  # many platforms serve the same chains
    for platform in sorted(projection.ids("ResearchPlatform")):
        schools = {one for one in built.get(platform, ()) if one.startswith("School:")}
        own = provided.served.get(platform, set())
        inside = {part for chain in own for part in reach(chain, parts)}
        able, teaching = taught.by(schools, inside)
        if not schools:
            gap = NO_SCHOOL
        elif own and not able:
            gap = NO_TEACHING
        elif own and courses and not any(school in sharing for school in able):
            gap = NO_COURSE
        else:
            continue
        key = frozenset(inside)
        if key not in around:
            around[key] = operating.count(operating.rows(inside)), taught.most(inside)
        enterprises, able_to_join = around[key]
        joining = able_to_join[: _SHOWN + len(schools)]
        joining = joining[~np.isin(joining, register.numbers(schools))][:_SHOWN]
        telling_rows = {"CO_BUILDS": rows_of.get(platform, set()), "SERVES": served_rows.get(platform, set())}
        yield MissingPlatform(
            subject=Named(projection.name(platform), platform),
            gap=gap,
            chains=named(projection, own),
            enterprises=enterprises if own else None,
            schools=named(projection, schools),
            builders=named(projection, built.get(platform, set()) - schools),
            intended=named(
                projection,
                {one for one in to_build.get(platform, ()) if one.startswith("School:")} - schools,
            ),
            teaching=names(teaching),
            candidates=names(joining),
            evidence=telling(projection, telling_rows),
            confidence=surest(projection, telling_rows),
        )


def _earliest(one: MissingPlatform) -> tuple[int, int, Named]:
    return _DEGREES.index(one.gap), -(one.enterprises or 0), one.subject


class _Taught:
    """Which schools teach for which chain, and with what: a specialty that they offer, a group that they host."""

    def __init__(self, projection: Projection, provided: Provision) -> None:
        register = self._register = projection.register
        found: list[tuple[NDArray[np.int64], int, list[int]]] = []
        for one, served in provided.served.items():
            number = register.number(one)
            if number is None or not one.startswith(("SpecialtyGroup:", "Specialty:")):
                continue
            if one.startswith("SpecialtyGroup:"):
                schools = register.numbers(provided.schools.get(one, ()))
            else:
                schools = provided.schools_of.of(number)
            found.append((schools, number, register.numbers(served).tolist()))
        none = [np.zeros(0, dtype=np.int64)]
        self._schools = np.concatenate([*none, *(np.repeat(own, len(to)) for own, _, to in found)])
        self._what = np.concatenate([*none, *(np.full(len(own) * len(to), one) for own, one, to in found)])
        self._chains = np.concatenate([*none, *(np.tile(to, len(own)) for own, _, to in found)]).astype(
            np.int64
        )
        self._of_chain = Grouped(self._chains, len(register), self._schools)
        self._of_school = Grouped(self._schools, len(register))

    def most(self, inside: Collection[str]) -> NDArray[np.int64]:
        """The schools that teach for the chains, those with most specialties and groups for them first, then by name."""
        schools = self._of_chain.of_all(self._register.numbers(inside))
        found, counts = np.unique(schools, return_counts=True)
        ordered: NDArray[np.int64] = found[np.lexsort((self._register.order[found], -counts))]
        return ordered

    def by(self, schools: Collection[str], inside: Collection[str]) -> tuple[set[str], set[int]]:
        """Which of the schools teach for any of the chains, and the numbers of what they teach for them."""
        if not schools or not inside:
            return set(), set()
        rows = self._of_school.of_all(self._register.numbers(schools))
        rows = rows[np.isin(self._chains[rows], self._register.numbers(inside))]
        ids = self._register.ids
        return {ids[one] for one in self._schools[rows].tolist()}, set(self._what[rows].tolist())


def _platforms(serving: dict[str, set[str]]) -> dict[str, set[str]]:
    """Chain → the platforms that serve it."""
    return reversed_graph({one: served for one, served in serving.items() if one.startswith(_PLATFORM)})


def _builders(
    projection: Projection, minimum_confidence: float, realised: tuple[str | None, ...], *, done: bool
) -> tuple[dict[str, set[str]], dict[str, set[int]]]:
    """Platform → who builds it, and the rows that say so; done, or not yet."""
    claims = projection.claims("CO_BUILDS")
    heads, tails, statuses = (claims.column(name) for name in ("head", "tail", "status"))
    builders: dict[str, set[str]] = {}
    rows: dict[str, set[int]] = {}
    for row in claims.believed(minimum_confidence):
        if tails[row].startswith(_PLATFORM) and (statuses[row] in realised) is done:
            builders.setdefault(tails[row], set()).add(heads[row])
            rows.setdefault(tails[row], set()).add(row)
    return builders, rows


class _Operating:
    """The claims that an enterprise operates in a chain."""

    def __init__(self, projection: Projection, minimum_confidence: float) -> None:
        self._register, claims = projection.register, projection.claims("OPERATES_IN")
        self._firms = claims.heads
        rows = np.flatnonzero(claims.sure(minimum_confidence))
        rows = rows[self._register.are(claims.heads[rows], "Enterprise")]
        self._in = Grouped(claims.tails[rows], len(self._register), rows)

    def rows(self, chains: Collection[str]) -> NDArray[np.int64]:
        """Those of these chains."""
        return self._in.of_all(self._register.numbers(chains))

    def count(self, rows: NDArray[np.int64]) -> int:
        """How many enterprises they tell of."""
        return len(np.unique(self._firms[rows]))


def _sharing(projection: Projection, minimum_confidence: float, realised: tuple[str | None, ...]) -> set[str]:
    """The schools that share a course or textbook."""
    claims = projection.claims("SHARES")
    heads, tails, statuses = (claims.column(name) for name in ("head", "tail", "status"))
    return {
        heads[row]
        for row in claims.believed(minimum_confidence)
        if statuses[row] in realised
        and any(
            word in f"{projection.value(tails[row], 'category') or ''}{projection.name(tails[row])}"
            for word in _COURSES
        )
    }


def _rows_by_head(projection: Projection, kind: str, minimum_confidence: float) -> dict[str, set[int]]:
    claims = projection.claims(kind)
    heads = claims.column("head")
    found: dict[str, set[int]] = {}
    for row in claims.believed(minimum_confidence):
        if heads[row].startswith(_PLATFORM):
            found.setdefault(heads[row], set()).add(row)
    return found


QUESTION = Question(
    name="missing_platforms",
    title=Text(zh="缺研发平台", en="Chains without a research platform"),
    definition=Text(
        zh="创新链到课程的四步：产业链有研发平台，平台有院校共建，院校有对接该链的专业或专业群，院校有共享课程或教材。每条产业链、每个平台列出最先断开的一步；计划、在建不算。",
        en="Four steps from research to the classroom: a chain has a platform, a school builds it, the school teaches "
        "for the chain, and shares a course or textbook. For each chain and platform the first step that is missing; "
        "what is planned or under way does not count.",
    ),
    finding=MissingPlatform,
    answer=missing_platforms,
    labels=tuple(
        dict.fromkeys(
            (
                *chains.LABELS,
                *provision.LABELS,
                "ResearchPlatform",
                "SharedResource",
                "Enterprise",
                "Park",
                "Agency",
                "Consortium",
            )
        )
    ),
    kinds=tuple(dict.fromkeys((*chains.KINDS, *provision.KINDS, "CO_BUILDS", "SHARES", "OPERATES_IN"))),
)
