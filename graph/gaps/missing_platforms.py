"""Chains without a research platform (缺研发平台), and platforms that do not reach teaching: innovation to course."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

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

Rows = dict[str, set[int]]


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
    parts = parts_of_chains(projection, minimum_confidence)
    wholes = reversed_graph(parts)
    provided = provision.provision(projection, minimum_confidence, realised)
    serving = _platforms(provided.served)
    wished = _platforms(provided.intended)
    built, rows_of = _builders(projection, minimum_confidence, realised, done=True)
    to_build, _ = _builders(projection, minimum_confidence, realised, done=False)
    operating = _operating(projection, minimum_confidence)
    taught = _taught(provided)
    sharing = _sharing(projection, minimum_confidence, realised)
    served_rows = _rows_by_head(projection, "SERVES", minimum_confidence)
    found: list[MissingPlatform] = []

    def enterprises_in(inside: Collection[str]) -> Rows:
        return {"OPERATES_IN": {row for part in inside for row in operating.get(part, ())}}

    for chain in chains_looked_at(projection, parts, minimum_confidence):
        inside = reach(chain, parts)
        covering = inside | reach(chain, wholes) if projection.value(chain, "tier") == "环节" else inside
        if any(serving.get(part) for part in covering):
            continue
        rows = enterprises_in(inside)
        rows["STATES"] = {
            row
            for row in projection.claims("STATES").by_tail.get(chain, ())
            if projection.claims("STATES").column("confidence")[row] >= minimum_confidence
        }
        found.append(
            MissingPlatform(
                subject=Named(projection.name(chain), chain),
                gap=NO_PLATFORM,
                chains=(),
                enterprises=len(
                    {projection.claims("OPERATES_IN").column("head")[row] for row in rows["OPERATES_IN"]}
                ),
                schools=(),
                builders=(),
                intended=named(projection, {one for part in covering for one in wished.get(part, ())}),
                teaching=(),
                candidates=tuple(sorted(_most_teaching(projection, taught, inside)[:_SHOWN])),
                evidence=telling(
                    projection, ({"OPERATES_IN": rows["OPERATES_IN"]}, 3), ({"STATES": rows["STATES"]}, 2)
                ),
                confidence=surest(projection, rows),
            )
        )
    firms = projection.claims("OPERATES_IN").column("head")
    around: dict[frozenset[str], tuple[int, list[Named]]] = {}  # many platforms serve the same chains
    for platform in sorted(projection.ids("ResearchPlatform")):
        schools = {one for one in built.get(platform, ()) if one.startswith("School:")}
        own = provided.served.get(platform, set())
        inside = {part for chain in own for part in reach(chain, parts)}
        teaching = {
            one for school in schools for part in inside for one in taught.by_school.get((school, part), ())
        }
        able = {school for school in schools for part in inside if taught.by_school.get((school, part))}
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
            near = len({firms[row] for row in enterprises_in(inside)["OPERATES_IN"]})
            around[key] = (near, _most_teaching(projection, taught, inside))
        enterprises, able_to_join = around[key]
        joining = [one for one in able_to_join if one.id not in schools][:_SHOWN]
        rows = {"CO_BUILDS": rows_of.get(platform, set()), "SERVES": served_rows.get(platform, set())}
        found.append(
            MissingPlatform(
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
                teaching=named(projection, teaching),
                candidates=tuple(sorted(joining)),
                evidence=telling(projection, rows),
                confidence=surest(projection, rows),
            )
        )
    return tuple(sorted(found, key=_earliest))


def _most_teaching(projection: Projection, taught: _Taught, inside: Collection[str]) -> list[Named]:
    """The schools that teach for the chains, those with most specialties and groups for them first."""
    counts: dict[str, int] = {}
    for part in inside:
        for school in taught.schools.get(part, ()):
            counts[school] = counts.get(school, 0) + len(taught.by_school[school, part])
    named_schools = [Named(projection.name(school), school) for school in counts]
    return sorted(named_schools, key=lambda one: (-counts[one.id], one))


def _earliest(one: MissingPlatform) -> tuple[int, int, Named]:
    return _DEGREES.index(one.gap), -(one.enterprises or 0), one.subject


@dataclass(frozen=True)
class _Taught:
    """Which schools teach for which chain, and with what."""

    schools: dict[str, set[str]]  # chain → schools
    by_school: dict[
        tuple[str, str], set[str]
    ]  # school, chain → its specialties and groups that serve the chain


def _taught(provided: Provision) -> _Taught:
    schools: dict[str, set[str]] = {}
    by_school: dict[tuple[str, str], set[str]] = {}

    def take(school: str, one: str) -> None:
        for chain in provided.served[one]:
            schools.setdefault(chain, set()).add(school)
            by_school.setdefault((school, chain), set()).add(one)

    for one in provided.served:
        if one.startswith("SpecialtyGroup:"):
            for school in provided.schools.get(one, ()):
                take(school, one)
        elif one.startswith("Specialty:"):
            for school in provided.by_specialty.get(one, ()):
                take(school, one)
    return _Taught(schools, by_school)


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


def _operating(projection: Projection, minimum_confidence: float) -> dict[str, set[int]]:
    """Chain → the rows that say that an enterprise operates in it."""
    claims = projection.claims("OPERATES_IN")
    heads, tails = claims.column("head"), claims.column("tail")
    found: dict[str, set[int]] = {}
    for row in claims.believed(minimum_confidence):
        if heads[row].startswith("Enterprise:"):
            found.setdefault(tails[row], set()).add(row)
    return found


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
