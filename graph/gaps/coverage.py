"""Full coverage (全覆盖): parks, vocational colleges and large enterprises that no consortium has as a member yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.columns import Marks, Numbers, coded
from graph.gaps import participation
from graph.gaps.finding import (
    MINIMUM_CONFIDENCE,
    REALISED,
    Finding,
    Named,
    Question,
    label,
    names_of,
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
    realised: tuple[str | None, ...] = REALISED,
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
    realised : tuple of str or None
        The statuses of memberships that count; planned and encouraged ones do not.
    minimum_confidence : float
        Claims less sure are not believed.

    Returns
    -------
    tuple of Coverage
        Parks, schools, enterprises; a kind of which nothing is known is left out.

    Notes
    -----
    Schools of unknown level and enterprises of unknown scale are neither in nor out: `unknown` counts them. Who was a
    member once is covered; who still is, `registry` tells. It takes time linear in the claims.

    References
    ----------
    .. [1] 中共中央办公厅、国务院办公厅, 关于深化现代职业教育体系建设改革的意见 (2022): consortia are to be built in
           parks, with their enterprises and schools.
    """
    scoped, projection = projection, projection.beyond  # a consortium covers wherever it lies
    told = _told_of(projection, minimum_confidence)
    joins = _joins(projection, minimum_confidence, realised)
    joined = np.zeros(len(projection.register), dtype=bool)
    for join in joins:
        joined[join.bodies] = True
    found = []
    for kind, text in GROUPS.items():
        everyone = projection.numbers(kind)
        if scoped is not projection:
            ids = projection.register.ids
            inside = [scoped.counts(ids[one]) for one in everyone.tolist()]
            everyone = everyone[np.array(inside, dtype=bool)]
        known = everyone if catalogue else everyone[told[everyone]]
        counted, unknown = _to_cover(projection, kind, known, scales)
        if not len(counted) and not len(unknown):
            continue
        covered, missing = counted[joined[counted]], counted[~joined[counted]]
        ours = [join.of(covered) for join in joins]
        premise = {join.kind: join.rows for join in ours if len(join.rows)}
        if not premise:
            states = projection.claims("STATES")
            of_others = np.unique(states.at_tail.of_all(np.concatenate([missing, unknown])))
            premise = {"STATES": states.believed_of(of_others, minimum_confidence)}
        found.append(
            Coverage(
                group=text,
                total=len(counted),
                covered=len(covered),
                share=round(len(covered) / len(counted), 4) if len(counted) else None,
                consortia=len(np.unique(np.concatenate([join.consortia for join in ours]))),
                unknown=len(unknown),
                uncovered=names_of(projection)(missing),
                elsewhere=len(everyone) - len(known),
                evidence=telling(projection, premise),
                confidence=surest(projection, premise),
            )
        )
    return tuple(found)


class _Join(NamedTuple):
    """The believed claims of a kind that cover a body each by a consortium, in columns."""

    kind: str
    rows: Numbers
    bodies: NDArray[Any]
    consortia: NDArray[Any]

    def of(self, bodies: Numbers) -> _Join:
        """Those that cover these bodies."""
        some = np.isin(self.bodies, bodies)
        return _Join(self.kind, self.rows[some], self.bodies[some], self.consortia[some])


def _joins(
    projection: Projection, minimum_confidence: float, realised: tuple[str | None, ...]
) -> list[_Join]:
    """Who is a member or leads; and the parks in which a consortium is located."""
    found = []
    for kind in participation.MEMBERSHIP:
        claims = projection.claims(kind)
        rows = np.flatnonzero(claims.done(minimum_confidence, realised))
        found.append(_Join(kind, rows, claims.heads[rows], claims.tails[rows]))
    located, register = projection.claims("LOCATED_IN"), projection.register
    in_parks = register.are(located.heads, "Consortium") & register.are(located.tails, "Park")
    rows = np.flatnonzero(located.done(minimum_confidence, realised) & in_parks)
    return [*found, _Join("LOCATED_IN", rows, located.tails[rows], located.heads[rows])]


def _to_cover(
    projection: Projection, kind: str, known: Numbers, scales: tuple[str, ...]
) -> tuple[Numbers, Numbers]:
    """The bodies that are of those to be covered, and those of which it is not known."""
    if kind == "Park":
        return known, known[:0]
    table = projection.nodes[kind]
    said = coded(table.column("level" if kind == "School" else "scale"))
    rows = known - projection.register.of_label(kind).start
    wanted = VOCATIONAL if kind == "School" else scales
    return known[said.among(wanted)[rows]], known[said.codes[rows] < 0]


def _told_of(projection: Projection, minimum_confidence: float) -> Marks:
    """What a document or record names, besides the catalogues."""
    told = np.zeros(len(projection.register), dtype=bool)
    states = projection.claims("STATES")
    told[states.tails[states.sure(minimum_confidence) & ~states.from_reference]] = True
    for kind in participation.MEMBERSHIP:
        claims = projection.claims(kind)
        told[claims.heads[claims.sure(minimum_confidence)]] = True
    return told


QUESTION = Question(
    name="coverage",
    title=Text(zh="全覆盖", en="Coverage by consortia"),
    definition=Text(
        zh="文件或记录提到的产业园区、职业院校、大型与规模以上企业中，已是任一产教联合体成员（或牵头）的占多少，哪些还不是；计划、倡导加入的不算。层次或规模未知的单列，不当作未覆盖。",
        en="Of the parks, vocational schools and large enterprises that a document or record names, how many belong to a "
        "consortium, and which do not yet; who is only planned to join does not. Those of unknown level or scale are "
        "counted apart, not as uncovered.",
    ),
    finding=Coverage,
    answer=coverage,
    labels=("Park", "School", "Enterprise", "Consortium"),
    kinds=(*participation.MEMBERSHIP, "LOCATED_IN", "STATES"),
)
