"""The ledger of tasks (工作台账): measures and targets with who, by when, done or late; a sheet out and back in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from graph.errors import LiantuError
from graph.gaps.dates import before, checked_date, is_date, latest_observed
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
from graph.gaps.issuers import KINDS, Issuers
from graph.gaps.stated import number_text
from graph.gaps.tasks import responsible_for, set_by
from graph.identity import label_of
from graph.language import Text
from graph.project import Projection

KINDS_OF_ITEM: Final[Mapping[str, str]] = {"Measure": "举措", "Target": "目标"}
DONE, DONE_LATE, OVERDUE, UNREPORTED, UNDER_WAY, AHEAD, OPEN = (
    "完成",
    "逾期完成",
    "逾期",
    "到期未报",
    "在办",
    "未到期",
    "无期限",
)
STANDINGS: Final = (OVERDUE, UNREPORTED, UNDER_WAY, AHEAD, OPEN, DONE_LATE, DONE)
LEGEND: Final = Text(
    zh="进展：完成；逾期完成＝办结晚于期限；逾期＝期限已过、报了进展但未完成；到期未报＝期限已过、没有人报进展，不等于没办；"
    "在办；未到期；无期限。",
    en="standing: 完成 done; 逾期完成 done late; 逾期 late, reported and not done; 到期未报 due and nobody has reported, "
    "which is not the same as not done; 在办 under way; 未到期 not yet due; 无期限 without a date.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerItem(Finding):
    """A measure or target of a document: who is to do it, by when, and how far it has come."""

    item: Named = field(
        metadata=label("举措或目标", "measure or target", head=Text("举措或目标", "measure or target"))
    )
    kind: str = field(metadata=label("类别", "kind"))
    item_key: str = field(metadata=label("编号", "number inside the document"))
    document: Named = field(metadata=label("文件", "document"))
    document_key: str = field(
        metadata=label("文件标识", "key of the document", head=Text("文件", "document"))
    )
    lead: tuple[Named, ...] = field(metadata=label("牵头单位", "leads", head=Text("牵头", "leads")))
    others: tuple[Named, ...] = field(metadata=label("配合单位", "takes part"))
    responsible: str | None = field(metadata=label("责任单位（原文）", "responsible, as written"))
    due: str | None = field(metadata=label("期限", "due", head=Text("期限", "due")))
    status: str | None = field(metadata=label("状态", "status"))
    updated: str | None = field(metadata=label("更新日期", "reported on"))
    standing: str = field(metadata=label("进展", "standing", head=Text("进展", "standing"), legend=LEGEND))
    months_late: int | None = field(metadata=label("逾期月数", "months late"))
    value: str | None = field(metadata=label("目标值", "value", note=True))
    text: str | None = field(metadata=label("内容", "text"))
    order: int | None = field(metadata=label("文件中的次序", "order in the document"))
    conflicts: tuple[str, ...] = field(
        metadata=label("互相矛盾的进展", "reports that contradict each other", note=True)
    )


def ledger(
    projection: Projection,
    *,
    as_of: str | None = None,
    only: str | None = None,
    minimum_confidence: float = MINIMUM_CONFIDENCE,
) -> tuple[LedgerItem, ...]:
    r"""The measures and targets of all documents, with who is to do them, by when, and whether they are done or late.

    An item is a Measure or Target that a document SETS. Its progress is what claims of SETS report with a status, as
    the rows of a ledger read back do; what a document merely demands reports nothing. With $d$ the date due, $s$ the
    status reported last, on day $u$, and $t$ the date of the ledger, its standing is

    .. math::

       \begin{cases}
         \text{完成} & s = \text{done},\ \neg(d < u) \\
         \text{逾期完成} & s = \text{done},\ d < u \\
         \text{逾期} & s\ \text{other},\ d < t \\
         \text{到期未报} & s\ \text{unknown},\ d < t \\
         \text{在办} & s = \text{under way},\ \neg(d < t) \\
         \text{未到期} & s\ \text{other or unknown},\ \neg(d < t) \\
         \text{无期限} & d\ \text{unknown, nothing under way or done}
       \end{cases}

    Parameters
    ----------
    projection : Projection
        The graph. Node and edge kinds read: `QUESTION.labels`, `QUESTION.kinds`.
    as_of : str or None
        The date of the ledger, as exact as wanted. None: the last day on which a document was issued or progress
        reported.
    only : str or None
        One standing: tell the items that have it alone.
    minimum_confidence : float
        Claims less sure are not believed.

    Returns
    -------
    tuple of LedgerItem
        逾期 and 到期未报 first, the longest due first; then what is under way, ahead, without a date; what is done last;
        by document and number.

    Notes
    -----
    A year is due at its end, a month at its end. Of reports of several days the last counts; of several reports of one
    day, or none with a day, the least advanced, and the others are in `conflicts`. Recurring dates (每年, 每半年) are
    shown and never late. Written as CSV, the answer can be filled in and read back as records of the kind `ledger`.
    $O(m)$ for $m$ claims, but for sorting.

    References
    ----------
    .. [1] 国务院, 政府督查工作条例 (国务院令第 733 号, 2020): what was decided is followed up until it is done.
    """
    as_of = checked_date("as_of", as_of)
    if only is not None and only not in STANDINGS:
        raise LiantuError("question.parameter", name="only", value=only, expected=" | ".join(STANDINGS))
    issuers = Issuers(projection, minimum_confidence)
    projection = projection.beyond  # documents lie nowhere; who answers for a task may be a region outside
    day = as_of or latest_observed(projection, ("SETS",), minimum_confidence, statuses=None)
    bodies = responsible_for(projection, minimum_confidence)
    statuses = projection.claims("SETS").column("status")
    found = []
    documents: dict[str, Named] = {}
    for item, (document, rows) in set_by(projection, minimum_confidence).items():
        own = bodies.get(item, {})
        if not issuers.asked(document, own):
            continue
        measure = label_of(item) == "Measure"
        due = projection.value(item, "due" if measure else "year")
        due = None if due is None else str(due)
        status, updated, conflicts = _progress(projection, rows)
        leading = {body for body, (leads, _) in own.items() if leads}
        premise = {"RESPONSIBLE_FOR": {row for _, numbers in own.values() for row in numbers}}
        reports = {row for row in rows if statuses[row]}
        standing = _standing(due, status, updated, day)
        late = standing in (OVERDUE, UNREPORTED, DONE_LATE)
        found.append(
            LedgerItem(
                item=Named(projection.name(item), item),
                kind=KINDS_OF_ITEM[label_of(item)],
                item_key=item.partition("@")[0].partition(":")[2],
                document=documents.get(document)
                or documents.setdefault(document, Named(projection.name(document), document)),
                document_key=document.partition(":")[2],
                lead=named(projection, leading),
                others=named(projection, own.keys() - leading),
                responsible=projection.value(item, "responsible"),
                due=due,
                status=status,
                updated=updated,
                standing=standing,
                months_late=_months_late(due, updated if standing == DONE_LATE else day) if late else None,
                value=None if measure else _value(projection, item),
                text=projection.value(item, "text") if measure else None,
                order=projection.value(item, "order") if measure else None,
                conflicts=conflicts,
                evidence=telling(projection, ({"SETS": reports}, 2), ({"SETS": rows}, 2), (premise, 2)),
                confidence=surest(projection, {"SETS": rows}),
            )
        )
    chosen = [one for one in found if only is None or one.standing == only]
    return tuple(sorted(chosen, key=_order))


_FAR: Final[Mapping[str | None, int]] = {"倡导": 0, "计划": 1, "在建": 2, "完成": 3}


def _progress(projection: Projection, rows: Iterable[int]) -> tuple[str | None, str | None, tuple[str, ...]]:
    """The status reported last, its day, and reports of that day that contradict it."""
    claims = projection.claims("SETS")
    statuses, observed = claims.column("status"), claims.column("observed")
    reports = [
        (observed[row] if is_date(observed[row]) else "", statuses[row]) for row in rows if statuses[row]
    ]
    if not reports:
        return None, None, ()
    last = max(day for day, _ in reports)
    told = sorted({status for day, status in reports if day == last}, key=lambda one: _FAR.get(one, -1))
    return told[0], last or None, tuple(f"{told[0]} ≠ {other}" for other in told[1:])


def _standing(due: str | None, status: str | None, updated: str | None, day: str | None) -> str:
    dated = due if is_date(due) else None
    if status == "完成":
        return DONE_LATE if dated and updated and before(dated, updated) else DONE
    if dated and day and before(dated, day):
        return UNREPORTED if status is None else OVERDUE
    if status == "在建":
        return UNDER_WAY
    return AHEAD if dated else OPEN


def _months_late(due: str | None, day: str | None) -> int | None:
    """Whole months between the end of what is due and a day, where both are known to the month or by year."""
    if due is None or day is None:
        return None
    end = due if len(due) >= 7 else f"{due}-12"
    start = day if len(day) >= 7 else f"{day}-01"
    return max(0, (int(start[:4]) - int(end[:4])) * 12 + int(start[5:7]) - int(end[5:7]))


def _value(projection: Projection, item: str) -> str | None:
    value = projection.value(item, "value")
    if value is None:
        return None
    return (
        f"{projection.value(item, 'comparator') or '='} {number_text(value, projection.value(item, 'unit'))}"
    )


def _order(one: LedgerItem) -> tuple[int, str, str, str, int, str, str]:
    document, item = one.document, one.item
    by_document = document.name, document.id, one.order or 10**6, item.name, item.id
    return STANDINGS.index(one.standing), one.due or "9", *by_document


QUESTION = Question(
    name="ledger",
    title=Text(zh="工作台账", en="The ledger of tasks"),
    definition=Text(
        zh="各文件提出的举措和目标：谁牵头、谁配合、何时到期，已完成、在办、逾期还是到期未报。没人报进展不等于没办，单列为“到期未报”。"
        "导出成表，填好状态再读回来，就是进展。",
        en="The measures and targets of all documents: who leads, who takes part, when due; done, under way, late, or "
        "due and not reported, which is not the same as not done. Written as a sheet, filled in and read back, it is the "
        "progress.",
    ),
    finding=LedgerItem,
    answer=ledger,
    labels=("PolicyDocument", "Measure", "Target", "Agency", "Region", "Park"),
    kinds=("SETS", "RESPONSIBLE_FOR", *KINDS),
)
