"""Chains without a specialty group (缺专业群的产业链): what industry has and no group of any school answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from graph.claims import Claim
from graph.gaps import chains, demand, provision
from graph.gaps.chains import Graph, chains_looked_at, parts_of_chains, reach, reversed_graph
from graph.gaps.demand import Demand
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
from graph.gaps.provision import Provision
from graph.language import Text
from graph.project import Projection, is_reference

NEAREST_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class UncoveredChain(Finding):
    """A chain that no specialty group serves."""

    chain: Named = field(metadata=label("产业链", "chain", head=Text("产业链", "chain")))
    tier: str | None = field(metadata=label("层级", "tier", head=Text("层级", "tier")))
    size: str | None = field(metadata=label("规模", "size class"))
    specialties: int = field(
        metadata=label(
            "对接的专业数",
            "specialties that serve it outside any group",
            head=Text("群外对接专业", "specialties, no group"),
        )
    )
    schools: int = field(metadata=label("开设这些专业的院校数", "schools that offer these"))
    enterprises: int = field(
        metadata=label("链上企业数", "enterprises in it", head=Text("链上企业", "enterprises"))
    )
    headcount: int | None = field(
        metadata=label(
            "需求人数（已知）", "people needed, as known", head=Text("已知需求人数", "people needed, known")
        )
    )
    voices: int = field(
        metadata=label(
            "提到它的文件与记录数", "documents and record sets that name it", head=Text("提及来源", "sources")
        )
    )
    intended: tuple[Named, ...] = field(
        metadata=label("拟对接或在建的专业群", "groups that are to serve it, not yet done", note=True)
    )
    nearest: tuple[Named, ...] = field(metadata=label("可延伸的专业群", "groups nearest to it", note=True))


def uncovered_chains(
    projection: Projection,
    *,
    minimum_confidence: float = MINIMUM_CONFIDENCE,
    realised: tuple[str | None, ...] = REALISED,
) -> tuple[UncoveredChain, ...]:
    r"""The chains that no specialty group serves.

    Let $P(c)$ be the chain $c$ with all its parts (PART_OF, at any depth), and $W(c)$ what $c$ is itself a part of.
    With $S(g)$, the chains that group $g$ is claimed to serve, done, the uncovered chains are

    .. math::

       U = \{ c \in C : \nexists g,\ S(g) \cap R(c) \neq \emptyset \}, \qquad
       R(c) = \begin{cases} P(c) \cup W(c) & c \text{ is a segment (环节)} \\ P(c) & \text{else} \end{cases}

    where $C$ are the chains looked at (see `graph.gaps.chains`). A group that serves a part covers the chain; a group
    that serves a whole chain covers its segments, but a group for a cluster does not cover each chain of it.

    Parameters
    ----------
    projection : Projection
        The graph. Node and edge kinds read: `QUESTION.labels`, `QUESTION.kinds`.
    minimum_confidence : float
        Claims less sure are not believed.
    realised : tuple of str or None
        The statuses of SERVES that count as done; None is a claim told without a status.

    Returns
    -------
    tuple of UncoveredChain
        The most pressing first: by people needed (unknown last), enterprises, voices, then name.

    Notes
    -----
    The nearest groups share most specialties with those that the chain lacks a group for: specialties that serve it,
    that it or its enterprises demand, or that prepare for the occupations demanded. For $n$ chains and $m$ claims it
    takes $O(n \cdot m)$ at worst, for chains all nested in each other, and $O(n + m)$ for the shallow ones there are.

    References
    ----------
    .. [1] 国务院办公厅, 关于深化产教融合的若干意见, 国办发〔2017〕95 号: the chain of specialties is to match the chain
           of industry, the talent chain the innovation chain.
    """
    parts = parts_of_chains(projection, minimum_confidence)
    wholes = reversed_graph(parts)
    provided = provision.provision(projection, minimum_confidence, realised)
    needs = Demand(projection, minimum_confidence)
    suited = _prepared_for(projection, minimum_confidence)
    served_by_groups = _served(provided.served)
    wished_by_groups = _served(provided.intended)
    found = []
    for chain in chains_looked_at(projection, parts, minimum_confidence):
        inside = reach(chain, parts)
        around = inside | reach(chain, wholes)
        covering = around if projection.value(chain, "tier") == "环节" else inside
        if not covering.isdisjoint(served_by_groups):
            continue
        rows = _premise(projection, chain, inside, needs, minimum_confidence)
        specialties = {
            one for one, served in provided.served.items() if _is_specialty(one) and served & inside
        }
        total = needs.of(chain, parts, inside, around)
        sources = {projection.claims(kind).column("source")[row] for kind, own in rows.items() for row in own}
        lacking = specialties | _wanted(inside, needs, suited)
        found.append(
            UncoveredChain(
                chain=Named(projection.name(chain), chain),
                tier=projection.value(chain, "tier"),
                size=projection.value(chain, "size"),
                specialties=len(specialties),
                schools=len({o.school for o in provided.offered if o.specialty in specialties and o.school}),
                enterprises=len({one for part in inside for one in needs.enterprises.get(part, ())}),
                headcount=total.value,
                voices=sum(not is_reference(source) for source in sources),
                intended=named(projection, {g for part in covering for g in wished_by_groups.get(part, ())}),
                nearest=_nearest(projection, provided, lacking),
                evidence=_telling(projection, rows),
                confidence=surest(projection, rows),
            )
        )
    return tuple(sorted(found, key=_pressing))


def _pressing(one: UncoveredChain) -> tuple[bool, int, int, int, Named]:
    return one.headcount is None, -(one.headcount or 0), -one.enterprises, -one.voices, one.chain


def _is_specialty(identifier: str) -> bool:
    return identifier.startswith("Specialty:")


def _served(serving: dict[str, set[str]]) -> dict[str, set[str]]:
    """Chain → the groups that serve it."""
    turned: dict[str, set[str]] = {}
    for head, served in serving.items():
        if head.startswith("SpecialtyGroup:"):
            for chain in served:
                turned.setdefault(chain, set()).add(head)
    return turned


def _premise(
    projection: Projection, chain: str, inside: Collection[str], needs: Demand, minimum_confidence: float
) -> dict[str, set[int]]:
    """The claims that say that the chain is there and needed."""
    rows: dict[str, set[int]] = {
        "OPERATES_IN": {row for part in inside for row in needs.operating.get(part, ())},
        "DEMANDS": {
            row
            for part in inside
            for one in (part, *needs.enterprises.get(part, ()))
            for own in needs.wanted.get(one, {}).values()
            for row in own
        },
    }
    for kind in ("MENTIONS", "STATES"):
        claims = projection.claims(kind)
        sure = claims.column("confidence")
        rows[kind] = {row for row in claims.by_tail.get(chain, ()) if sure[row] >= minimum_confidence}
    return rows


def _telling(projection: Projection, rows: dict[str, set[int]]) -> tuple[Claim, ...]:
    """What documents say of the chain first, then who is in it and asks for people, then who lists it."""
    links = {kind: own for kind, own in rows.items() if kind not in ("MENTIONS", "STATES")}
    return in_turn(
        best_evidence(projection, {"MENTIONS": rows["MENTIONS"]}, 2),
        best_evidence(projection, links, 3),
        best_evidence(projection, {"STATES": rows["STATES"]}),
    )


def _prepared_for(projection: Projection, minimum_confidence: float) -> Graph:
    """Occupation → the specialties that prepare for it."""
    claims = projection.claims("PREPARES_FOR")
    suited: dict[str, set[str]] = {}
    for row in claims.believed(minimum_confidence):
        suited.setdefault(claims.column("tail")[row], set()).add(claims.column("head")[row])
    return suited


def _wanted(inside: Collection[str], needs: Demand, suited: Graph) -> set[str]:
    """The specialties that are demanded, or that prepare for the occupations demanded."""
    demanders = {one for part in inside for one in (part, *needs.enterprises.get(part, ()))}
    demanded = {tail for one in demanders for tail in needs.wanted.get(one, {})}
    return {one for one in demanded if _is_specialty(one)}.union(*(suited.get(one, ()) for one in demanded))


def _nearest(projection: Projection, provided: Provision, lacking: set[str]) -> tuple[Named, ...]:
    shared = Counter(group for specialty in lacking for group in provided.groups.get(specialty, ()))
    ordered = sorted(shared, key=lambda group: (-shared[group], Named(projection.name(group), group)))
    return tuple(Named(projection.name(group), group) for group in ordered[:NEAREST_SHOWN])


QUESTION = Question(
    name="uncovered_chains",
    title=Text(zh="缺专业群的产业链", en="Chains without a specialty group"),
    definition=Text(
        zh="本地产业集群清单或记录列出、或文件有所陈述（不只是提及），但没有任何院校的专业群对接它（或它的某个环节）的产业链。计划、倡导的对接不算已对接。",
        en="Chains on the region's list of clusters, in a record, or of which a document says something, that no "
        "school's specialty group serves, neither as a whole nor in a part. What is planned or encouraged does not "
        "count as served.",
    ),
    finding=UncoveredChain,
    answer=uncovered_chains,
    labels=tuple(dict.fromkeys((*chains.LABELS, *provision.LABELS, *demand.LABELS))),
    kinds=tuple(dict.fromkeys((*chains.KINDS, *provision.KINDS, *demand.KINDS, "MENTIONS", "PREPARES_FOR"))),
)
