"""Incentives (激励政策): instruments by document, agency and target group; 金融、财政、土地、信用."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from graph.errors import LiantuError
from graph.gaps.finding import (
    MINIMUM_CONFIDENCE,
    Finding,
    Named,
    Question,
    label,
    named,
    surest,
    telling,
)
from graph.gaps.instruments import INSTRUMENTS, amounts_in, groups_in, instruments_in
from graph.gaps.issuers import KINDS, Issuers
from graph.gaps.tasks import responsible_for, set_by
from graph.identity import label_of
from graph.language import Text
from graph.project import Projection

_OF_MONEY: Final = ("财政", "金融")
_WHOM: Final = Text(zh="对象", en="for whom")
_WHO: Final = Text(zh="责任单位", en="who is responsible")
_HOW_MUCH: Final = Text(zh="金额", en="how much")
_WHEN: Final = Text(zh="期限", en="until when")


@dataclass(frozen=True, slots=True, kw_only=True)
class Incentive(Finding):
    """A measure that uses an instrument of policy: which, by whom, for whom, how much."""

    measure: Named = field(metadata=label("举措", "measure", head=Text("举措", "measure")))
    instrument: str = field(metadata=label("政策工具", "instrument", head=Text("工具", "instrument")))
    document: Named = field(metadata=label("文件", "document", head=Text("文件", "document")))
    agencies: tuple[Named, ...] = field(
        metadata=label("责任单位", "agencies", head=Text("责任单位", "agencies"))
    )
    groups: tuple[str, ...] = field(metadata=label("对象", "target groups", head=Text("对象", "for whom")))
    amounts: tuple[str, ...] = field(
        metadata=label("金额（元）", "amounts, yuan", head=Text("金额（元）", "yuan"))
    )
    due: str | None = field(metadata=label("期限", "due"))
    text: str = field(metadata=label("原文内容", "text", note=True))
    missing: tuple[Text, ...] = field(metadata=label("没有写明的", "what it does not say", note=True))


def incentives(
    projection: Projection,
    *,
    instrument: str | None = None,
    minimum_confidence: float = MINIMUM_CONFIDENCE,
) -> tuple[Incentive, ...]:
    r"""The instruments of policy that documents use: by document, agency and target group.

    With $W_i$ the words of instrument $i$ (`graph.gaps.instruments`) and $t(m)$ the words of a measure $m$ that a
    document sets, the answer is

    .. math::

       \{ (m, i) : \exists w \in W_i,\ w \text{ in } t(m) \}

    Parameters
    ----------
    projection : Projection
        The graph. Node and edge kinds read: `QUESTION.labels`, `QUESTION.kinds`.
    instrument : str or None
        One of 财政, 金融, 土地, 信用: tell the measures that use it alone.
    minimum_confidence : float
        Claims less sure are not believed.

    Returns
    -------
    tuple of Incentive
        By instrument, in the order of `graph.gaps.instruments.INSTRUMENTS`; then by document and measure.

    Notes
    -----
    A measure that uses two instruments is two findings. Target groups and sums of money are those that its words name;
    what they do not name is in `missing`, and no other measure's figure is taken for it. Tax relief counts as 财政.
    $O(m)$ for $m$ claims, but for sorting.

    References
    ----------
    .. [1] 国家发展改革委等, 职业教育产教融合赋能提升行动实施方案（2023—2025年）, 发改社会〔2023〕699 号: the
           instruments “金融 + 财政 + 土地 + 信用”.
    """
    if instrument is not None and instrument not in INSTRUMENTS:
        raise LiantuError(
            "question.parameter", name="instrument", value=instrument, expected=" | ".join(INSTRUMENTS)
        )
    issuers = Issuers(projection, minimum_confidence)
    projection = projection.beyond  # documents lie nowhere; who answers for a task may be a region outside
    bodies, value = responsible_for(projection, minimum_confidence), projection.value
    told = [
        (projection.name(document), document, projection.name(measure), measure, rows)
        for measure, (document, rows) in set_by(projection, minimum_confidence).items()
        if label_of(measure) == "Measure" and issuers.asked(document, bodies.get(measure, {}))
    ]
    found: dict[str, list[Incentive]] = {one: [] for one in INSTRUMENTS}
    for document, document_id, name, measure, rows in sorted(told):
        words = str(value(measure, "text") or name)
        asked = [one for one in instruments_in(words) if instrument in (None, one)]
        if not asked:
            continue
        own, due = bodies.get(measure, {}), value(measure, "due")
        groups, amounts = groups_in(words), tuple(f"{amount:.12g}" for amount in amounts_in(words))
        agencies, measured = named(projection, own), Named(name, measure)
        premise = {row for _, numbers in own.values() for row in numbers}
        for one in asked:
            lacks = (
                _WHOM if not groups else None,
                _WHO if not own else None,
                _HOW_MUCH if one in _OF_MONEY and not amounts else None,
                _WHEN if due is None else None,
            )
            found[one].append(
                Incentive(
                    measure=measured,
                    instrument=one,
                    document=Named(document, document_id),
                    agencies=agencies,
                    groups=groups,
                    amounts=amounts,
                    due=due,
                    text=words,
                    missing=tuple([lack for lack in lacks if lack]),
                    evidence=telling(projection, ({"SETS": rows}, 3), ({"RESPONSIBLE_FOR": premise}, 2)),
                    confidence=surest(projection, {"SETS": rows}),
                )
            )
    return tuple(finding for own in found.values() for finding in own)


QUESTION = Question(
    name="incentives",
    title=Text(zh="激励政策", en="Incentives"),
    definition=Text(
        zh="文件提出的举措里用了哪些政策工具（财政、金融、土地、信用）：哪份文件、谁负责、给谁、多少钱、到何时；没有写明的单独列出。",
        en="Which instruments (fiscal, financial, land, credit standing) the measures of documents use: which document, "
        "who is responsible, for whom, how much, until when; what is not said is listed.",
    ),
    finding=Incentive,
    answer=incentives,
    labels=("PolicyDocument", "Measure", "Target", "Agency", "Region", "Park"),
    kinds=("SETS", "RESPONSIBLE_FOR", *KINDS),
)
