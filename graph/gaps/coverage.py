"""Full coverage (全覆盖): parks, vocational colleges and large enterprises that no consortium has as a member yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from graph.gaps import participation
from graph.gaps.finding import (
    MINIMUM_CONFIDENCE,
    Finding,
    Named,
    Question,
    label,
    named,
    row_array,
    surest,
    telling,
)
from graph.language import Text
from graph.project import Projection

SCALES: Final = ("大型", "规模以上")
VOCATIONAL: Final = ("中职", "技工", "高职专科", "职业本科")
GROUPS: Final = {
    "Park": Text(zh="产业园区", en="parks"),
    "School": Text(zh="职业院校", en="vocational schools and colleges"),
    "Enterprise": Text(zh="大型与规模以上企业", en="large enterprises"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage(Finding):
    """How many of a kind of body belong to a consortium, and which do not."""

    group: Text = field(metadata=label("对象", "of which bodies", head=Text("对象", "bodies")))
    total: int = field(metadata=label("总数", "how many there are", head=Text("总数", "in all")))
    covered: int = field(metadata=label("已覆盖", "members of a consortium", head=Text("已覆盖", "covered")))
    share: float | None = field(metadata=label("覆盖率", "share covered", head=Text("覆盖率", "share")))
    consortia: int = field(
        metadata=label("覆盖它们的联合体数", "consortia that cover them", head=Text("联合体", "consortia"))
    )
    unknown: int = field(
        metadata=label(
            "层次或规模未知、未计入的", "of unknown level or scale, not counted", head=Text("未知", "unknown")
        )
    )
    uncovered: tuple[Named, ...] = field(metadata=label("尚未覆盖的", "not covered yet", note=True))
    elsewhere: int = field(
        metadata=label("只在目录中的（不计入）", "that only a catalogue names: not counted")
    )


def coverage(
    projection: Projection,
    *,
    catalogue: bool = False,
    scales: tuple[str, ...] = SCALES,
    minimum_confidence: float = MINIMUM_CONFIDENCE,
) -> tuple[Coverage, ...]:
    r"""The share of parks, vocational colleges and large enterprises that belong to a consortium.

    With $V_k$ the bodies of kind $k$ and $M$ the members and leaders of any consortium,

    .. math:: \text{share}_k = |V_k \cap M| / |V_k|

    empty where $V_k$ is. A park in which a consortium is located is covered as well.

    Parameters
    ----------
    projection : Projection
        The graph. Node and edge kinds read: `QUESTION.labels`, `QUESTION.kinds`.
    catalogue : bool
        Whether bodies that only a catalogue names are counted: right within a region whose colleges the catalogue
        lists in full (`--region`), far too many without one.
    scales : tuple of str
        The scales of enterprises that count as large.
    minimum_confidence : float
        Claims less sure are not believed.

    Returns
    -------
    tuple of Coverage
        Parks, schools, enterprises; a kind of which nothing is known is left out.

    Notes
    -----
    Schools of unknown level and enterprises of unknown scale are neither in nor out: `unknown` counts them. It takes
    time linear in the claims.

    References
    ----------
    .. [1] 中共中央办公厅、国务院办公厅, 关于深化现代职业教育体系建设改革的意见 (2022): consortia are to be built in
           parks, with their enterprises and schools.
    """
    scoped, projection = projection, projection.beyond  # a consortium covers wherever it lies
    told = _told_of(projection, minimum_confidence)
    members = participation.memberships(projection, minimum_confidence)
    joined: dict[str, dict[str, set[int]]] = {}
    consortia: dict[str, set[str]] = {}
    for consortium, inside in members.items():
        for one, membership in inside.items():
            consortia.setdefault(one, set()).add(consortium)
            for kind, own in membership.items():
                joined.setdefault(one, {}).setdefault(kind, set()).update(own)
    located = projection.claims("LOCATED_IN")
    register, ids = projection.register, projection.register.ids
    in_parks = register.are(located.heads, "Consortium") & register.are(located.tails, "Park")
    for row in np.flatnonzero(located.sure(minimum_confidence) & in_parks).tolist():
        head, tail = ids[located.heads[row]], ids[located.tails[row]]
        consortia.setdefault(tail, set()).add(head)
        joined.setdefault(tail, {}).setdefault("LOCATED_IN", set()).add(row)
    found = []
    for kind, text in GROUPS.items():
        everyone = {one for one in projection.ids(kind) if scoped.counts(one)}
        known = everyone if catalogue else everyone & told
        counted, unknown = _to_cover(projection, kind, known, scales)
        if not counted and not unknown:
            continue
        covered = {one for one in counted if one in joined}
        rows: dict[str, set[int]] = {}
        for one in covered:
            for edge, own in joined[one].items():
                rows.setdefault(edge, set()).update(own)
        states = projection.claims("STATES")
        missing = counted - covered
        told_of = register.numbers(missing | unknown)
        premise = {edge: row_array(own) for edge, own in rows.items()} or {
            "STATES": np.unique(states.at_tail.of_all(told_of))
        }
        premise = {
            edge: projection.claims(edge).believed_of(own, minimum_confidence)
            for edge, own in premise.items()
        }
        found.append(
            Coverage(
                group=text,
                total=len(counted),
                covered=len(covered),
                share=round(len(covered) / len(counted), 4) if counted else None,
                consortia=len(set().union(*(consortia[one] for one in covered))),
                unknown=len(unknown),
                uncovered=named(projection, missing),
                elsewhere=len(everyone - known),
                evidence=telling(projection, premise),
                confidence=surest(projection, premise),
            )
        )
    return tuple(found)


def _to_cover(
    projection: Projection, kind: str, known: set[str], scales: tuple[str, ...]
) -> tuple[set[str], set[str]]:
    """The bodies that are of those to be covered, and those of which it is not known."""
    if kind == "Park":
        return known, set()
    values, rows = (
        projection.values(kind, "level" if kind == "School" else "scale"),
        projection.register.rows(kind),
    )
    wanted = VOCATIONAL if kind == "School" else scales
    told = {one: values[rows[one]] for one in known}
    return (
        {one for one, value in told.items() if value in wanted},
        {one for one, value in told.items() if value is None},
    )


def _told_of(projection: Projection, minimum_confidence: float) -> set[str]:
    """What a document or record names, besides the catalogues."""
    states = projection.claims("STATES")
    named_by = [states.tails[states.sure(minimum_confidence) & ~states.from_reference]]
    for kind in participation.MEMBERSHIP:
        claims = projection.claims(kind)
        named_by.append(claims.heads[claims.sure(minimum_confidence)])
    ids = projection.register.ids
    return {ids[number] for number in np.unique(np.concatenate(named_by)).tolist()}


QUESTION = Question(
    name="coverage",
    title=Text(zh="全覆盖", en="Coverage by consortia"),
    definition=Text(
        zh="文件或记录提到的产业园区、职业院校、大型与规模以上企业中，已是任一产教联合体成员（或牵头）的占多少，哪些还不是。层次或规模未知的单列，不当作未覆盖。",
        en="Of the parks, vocational schools and large enterprises that a document or record names, how many belong to a "
        "consortium, and which do not yet. Those of unknown level or scale are counted apart, not as uncovered.",
    ),
    finding=Coverage,
    answer=coverage,
    labels=("Park", "School", "Enterprise", "Consortium"),
    kinds=(*participation.MEMBERSHIP, "LOCATED_IN", "STATES"),
)
