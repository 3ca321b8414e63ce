"""Chains without a specialty group (缺专业群的产业链), without a specialty, or without enough seats, and who is near."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from graph.claims import Claim
from graph.errors import LiantuError
from graph.gaps import chains, market, nearest, provision
from graph.gaps.chains import chains_looked_at, parts_of_chains, reach, reversed_graph
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
    later,
    named,
    surest,
)
from graph.gaps.nearest import LIKENESS, Nearest, Nearness
from graph.gaps.supply import Graduates
from graph.language import Text
from graph.project import Projection, is_reference

NO_SPECIALTY: Final = Text(zh="无专业群，无专业", en="no group, no specialty")
NO_GROUP: Final = Text(zh="无专业群", en="no group")
NO_SEATS: Final = Text(zh="学位不足", en="too few seats")
TIERS: Final = ("集群", "产业链", "环节")
_DEGREES: Final = (NO_SPECIALTY, NO_GROUP, NO_SEATS)


@dataclass(frozen=True, slots=True, kw_only=True)
class UncoveredChain(Finding):
    """A chain that no specialty group serves, or whose groups and specialties train too few."""

    chain: Named = field(metadata=label("产业链", "chain", head=Text("产业链", "chain")))
    tier: str | None = field(metadata=label("层级", "tier", head=Text("层级", "tier")))
    gap: Text = field(metadata=label("缺口", "gap", head=Text("缺口", "gap")))
    size: str | None = field(metadata=label("规模", "size class"))
    specialties: int = field(
        metadata=label(
            "对接的专业数",
            "specialties that serve it by themselves",
            head=Text("对接专业", "specialties"),
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
    seats: int | None = field(
        metadata=label(
            "每年毕业生数（已知）",
            "graduates a year of what serves it, as known",
            head=Text("已知毕业生", "graduates, known"),
        )
    )
    unknown: int = field(
        metadata=label(
            "缺毕业生数的专业点（未计入）", "offerings whose graduates are unknown: not counted", note=True
        )
    )
    short: int | None = field(
        metadata=label("学位缺口（需求减毕业生）", "seats short: people needed less graduates")
    )
    voices: int = field(metadata=label("提到它的文件与记录数", "documents and record sets that name it"))
    intended: tuple[Named, ...] = field(
        metadata=label("拟对接或在建的专业群", "groups that are to serve it, not yet done", note=True)
    )
    nearest: tuple[Named, ...] = field(metadata=label("可延伸的专业群", "groups nearest to it"))
    reasons: tuple[Text, ...] = field(metadata=label("可延伸的理由", "why they are near", note=True))
    alike: tuple[Named, ...] = field(
        metadata=label(
            "名称相近的专业（提示，非依据）", "specialties with a like name: a hint, no evidence", note=True
        )
    )


def uncovered_chains(
    projection: Projection,
    *,
    tier: str | None = None,
    seats: bool = True,
    likeness: float = LIKENESS,
    minimum_confidence: float = MINIMUM_CONFIDENCE,
    realised: tuple[str | None, ...] = REALISED,
) -> tuple[UncoveredChain, ...]:
    r"""The chains that no specialty group serves, and those that too few are trained for.

    Let $P(c)$ be the chain $c$ with all its parts (PART_OF, at any depth), and $W(c)$ what $c$ is itself a part of.
    With $S(x)$, the chains that group or specialty $x$ is claimed to serve, done, the chains without a group are

    .. math::

       U = \{ c \in C : \nexists g,\ S(g) \cap R(c) \neq \emptyset \}, \qquad
       R(c) = \begin{cases} P(c) \cup W(c) & c \text{ is a segment (环节)} \\ P(c) & \text{else} \end{cases}

    where $C$ are the chains looked at (see `graph.gaps.chains`). A group that serves a part covers the chain; a group
    that serves a whole chain covers its segments, but a group for a cluster does not cover each chain of it. Of those
    in $U$, the chains without even a specialty $s$, $S(s) \cap P(c) \neq \emptyset$, have the wider gap. A chain with
    a group has too few seats where the people needed, as known, are more than the graduates a year, as known: at most so
    many are short where the graduates of some offerings are `unknown`.

    Parameters
    ----------
    projection : Projection
        The graph. Node and edge kinds read: `QUESTION.labels`, `QUESTION.kinds`.
    tier : str or None
        Chains of this tier (层级) alone: 集群, 产业链, 环节; None: of any, and of none.
    seats : bool
        Whether chains with a group but too few graduates are listed.
    likeness : float
        How like the name of a specialty must be to be hinted at, from 0 to 1 (see `graph.gaps.likeness`).
    minimum_confidence : float
        Claims less sure are not believed.
    realised : tuple of str or None
        The statuses of SERVES that count as done; None is a claim told without a status.

    Returns
    -------
    tuple of UncoveredChain
        The widest gap first; within one, the most pressing: by people needed (unknown last), enterprises, voices, name.

    Notes
    -----
    The nearest groups share most specialties with those that the chain lacks a group for: specialties that serve it,
    that it or its enterprises demand, or that prepare for the occupations demanded; then most of these occupations;
    then most of the chain's enterprises in their schools' cities. Only claims of the graph are evidence: names that
    sound alike are hints. For $n$ chains and $m$ claims it takes $O(n \cdot m)$ at worst, for chains all nested in
    each other, and $O(n + m)$ for the shallow ones there are.

    References
    ----------
    .. [1] 国务院办公厅, 关于深化产教融合的若干意见, 国办发〔2017〕95 号: the chain of specialties is to match the chain
           of industry, the talent chain the innovation chain.
    """
    if tier is not None and tier not in TIERS:
        raise LiantuError("question.parameter", name="tier", value=tier, expected=" | ".join(TIERS))
    parts = parts_of_chains(projection, minimum_confidence)
    wholes = reversed_graph(parts)
    sides = market.market(projection, minimum_confidence=minimum_confidence, realised=realised)
    provided, needs, graduates = sides.provided, sides.demand, Graduates(sides)
    near = Nearness(projection, provided, needs, minimum_confidence, likeness)
    serving = {kind: _served(provided.served, kind) for kind in ("SpecialtyGroup", "Specialty")}
    if (
        projection.beyond is not projection
    ):  # a group of unknown place may be one of the region's: no gap is known
        wherever = provision.provision(projection.beyond, minimum_confidence, realised).served.items()
        near_or_unknown = {one: served for one, served in wherever if not projection.lies_elsewhere(one)}
        serving["SpecialtyGroup"] = _served(near_or_unknown, "SpecialtyGroup")
    wished_by_groups = _served(provided.intended, "SpecialtyGroup")
    found = []
    for chain in chains_looked_at(projection, parts, minimum_confidence):
        if tier is not None and projection.value(chain, "tier") != tier:
            continue
        inside = reach(chain, parts)
        around = inside | reach(chain, wholes)
        covering = around if projection.value(chain, "tier") == "环节" else inside
        covered = not covering.isdisjoint(serving["SpecialtyGroup"])
        if covered and not seats:
            continue
        specialties = {one for part in inside for one in serving["Specialty"].get(part, ())}
        total = needs.of(chain, parts, inside, around)
        supply = graduates.of(inside, around)
        short = None if total.value is None or supply.value is None else max(total.value - supply.value, 0)
        if covered and not short:
            continue
        rows = _premise(projection, chain, inside, needs, minimum_confidence)
        if covered:
            rows["OFFERS"] = supply.rows
        closest = Nearest((), (), ()) if covered else near.of(chain, inside, specialties)
        found.append(
            UncoveredChain(
                chain=Named(projection.name(chain), chain),
                tier=projection.value(chain, "tier"),
                gap=NO_SEATS if covered else NO_GROUP if specialties else NO_SPECIALTY,
                size=projection.value(chain, "size"),
                specialties=len(specialties),
                schools=len(set().union(*(provided.by_specialty.get(one, ()) for one in specialties))),
                enterprises=len(needs.enterprises_inside(projection.register.numbers(inside))),
                headcount=total.value,
                seats=supply.value,
                unknown=len(supply.unknown),
                short=short,
                voices=_voices(projection, rows),
                intended=named(projection, {g for part in covering for g in wished_by_groups.get(part, ())}),
                nearest=closest.groups,
                reasons=closest.reasons,
                alike=closest.alike,
                evidence=later(_telling, projection, rows),
                confidence=surest(projection, rows),
            )
        )
    return tuple(sorted(found, key=_pressing))


def _pressing(one: UncoveredChain) -> tuple[int, bool, int, int, int, Named]:
    return (
        _DEGREES.index(one.gap),
        one.headcount is None,
        -(one.headcount or 0),
        -one.enterprises,
        -one.voices,
        one.chain,
    )


def _served(serving: dict[str, set[str]], kind: str) -> dict[str, set[str]]:
    """Chain → the groups (or specialties) that serve it."""
    turned: dict[str, set[str]] = {}
    for head, served in serving.items():
        if head.startswith(f"{kind}:"):
            for chain in served:
                turned.setdefault(chain, set()).add(head)
    return turned


def _premise(
    projection: Projection, chain: str, inside: Collection[str], needs: Demand, minimum_confidence: float
) -> dict[str, NDArray[np.int64]]:
    """The claims that say that the chain is there and needed."""
    within = projection.register.numbers(inside)
    demanders = np.concatenate([within, needs.enterprises_inside(within)])
    asked = needs.wants.by_demander.of_all(demanders)
    rows = {"OPERATES_IN": needs.operating_rows.of_all(within), "DEMANDS": needs.wants.rows.of_all(asked)}
    for kind in ("MENTIONS", "STATES"):
        claims = projection.claims(kind)
        told = claims.at_tail.of_all(projection.register.numbers([chain]))
        rows[kind] = claims.believed_of(told, minimum_confidence)
    return rows


def _voices(projection: Projection, rows: dict[str, NDArray[np.int64]]) -> int:
    """How many documents and record sets make these claims."""
    sources: set[str] = set()
    for kind, own in rows.items():
        codes, values = projection.claims(kind).coded("source")
        sources |= {values[code] for code in np.unique(codes[own]).tolist()}
    return sum(not is_reference(source) for source in sources)


def _telling(projection: Projection, rows: dict[str, NDArray[np.int64]]) -> tuple[Claim, ...]:
    """What documents say of the chain first, then who is in it and asks for people, then who lists it."""
    links = {kind: rows[kind] for kind in ("OPERATES_IN", "DEMANDS")}
    offers = {"OFFERS": rows.get("OFFERS", np.zeros(0, dtype=np.int64))}
    return in_turn(
        best_evidence(projection, {"MENTIONS": rows["MENTIONS"]}, 2),
        best_evidence(projection, links, 1 if len(offers["OFFERS"]) else 3),
        best_evidence(projection, offers, 1),
        best_evidence(projection, {"STATES": rows["STATES"]}),
    )


QUESTION = Question(
    name="uncovered_chains",
    title=Text(zh="缺专业群的产业链", en="Chains without a specialty group"),
    definition=Text(
        zh="本地产业集群清单或记录列出、或文件有所陈述（不只是提及），但没有任何院校的专业群对接它（或它的某个环节）的产业链与环节；其中连专业也没有的排在前面，"
        "有专业群但毕业生少于需求的排在最后。计划、倡导的对接不算已对接。",
        en="Chains and segments on the region's list of clusters, in a record, or of which a document says something, "
        "that no school's specialty group serves, neither as a whole nor in a part; first those that not even a "
        "specialty serves, last those that have a group but fewer graduates than people needed. What is planned or "
        "encouraged does not count as served.",
    ),
    finding=UncoveredChain,
    answer=uncovered_chains,
    labels=tuple(dict.fromkeys((*chains.LABELS, *market.LABELS, *nearest.LABELS))),
    kinds=tuple(dict.fromkeys((*chains.KINDS, *market.KINDS, *nearest.KINDS, "MENTIONS"))),
)
