"""`ledger` by hand: measures and targets, who is to do them, by when, done or late."""

from __future__ import annotations

from benchmarks.beside.plain import Claim, Plain, Row, in_turn, label, rests_on, surest, telling
from benchmarks.beside.tasks import responsible_for, set_by
from graph.gaps.dates import before, is_date
from graph.gaps.stated import number_text

FAR = {"倡导": 0, "计划": 1, "在建": 2, "完成": 3}


def loop(plain: Plain, *, as_of: str | None = None, only: str | None = None) -> list[Row]:
    """One row an item."""
    days = {claim["observed"] for claim in plain.all("SETS", None)}
    day = as_of or max((one for one in days if is_date(one)), default=None)
    bodies = responsible_for(plain)
    found = []
    for item, (document, claims) in set_by(plain).items():
        values, measure = plain.nodes.get(item, {}), label(item) == "Measure"
        due = values.get("due" if measure else "year")
        due = None if due is None else str(due)
        status, updated, conflicts = _progress(claims)
        standing = _standing(due, status, updated, day)
        late = standing in ("逾期", "到期未报", "逾期完成")
        own = bodies.get(item, {})
        leading = {body for body, told in own.items() if any(claim["lead"] for claim in told)}
        value = None if measure else values.get("value")
        found.append(
            {
                "item": plain.named(item),
                "kind": "举措" if measure else "目标",
                "item_key": item.partition("@")[0].partition(":")[2],
                "document": plain.named(document),
                "document_key": document.partition(":")[2],
                "lead": plain.names(leading),
                "others": plain.names(own.keys() - leading),
                "responsible": values.get("responsible"),
                "due": due,
                "status": status,
                "updated": updated,
                "standing": standing,
                "months_late": _months(due, updated if standing == "逾期完成" else day) if late else None,
                "value": None
                if value is None
                else f"{values['comparator'] or '='} {number_text(value, values['unit'])}",
                "text": values.get("text") if measure else None,
                "order": values.get("order") if measure else None,
                "conflicts": conflicts,
                **rests_on(
                    in_turn(
                        telling((claim for claim in claims if claim["status"]), 2),
                        telling(claims, 2),
                        telling((claim for told in own.values() for claim in told), 2),
                    ),
                    surest(claims),
                ),
            }
        )
    return [row for row in found if only in (None, row["standing"])]


def _progress(claims: list[Claim]) -> tuple[str | None, str | None, tuple[str, ...]]:
    """The status reported last, its day, and what contradicts it."""
    reports = [
        (claim["observed"] if is_date(claim["observed"]) else "", claim["status"])
        for claim in claims
        if claim["status"]
    ]
    if not reports:
        return None, None, ()
    last = max(day for day, _ in reports)
    told = sorted({status for day, status in reports if day == last}, key=lambda one: FAR.get(one, -1))
    return told[0], last or None, tuple(f"{told[0]} ≠ {other}" for other in told[1:])


def _standing(due: str | None, status: str | None, updated: str | None, day: str | None) -> str:
    dated = due if is_date(due) else None
    if status == "完成":
        return "逾期完成" if dated and updated and before(dated, updated) else "完成"
    if dated and day and before(dated, day):
        return "到期未报" if status is None else "逾期"
    if status == "在建":
        return "在办"
    return "未到期" if dated else "无期限"


def _months(due: str | None, day: str | None) -> int | None:
    if due is None or day is None:
        return None
    end = due if len(due) >= 7 else f"{due}-12"
    start = day if len(day) >= 7 else f"{day}-01"
    return max(0, (int(start[:4]) - int(end[:4])) * 12 + int(start[5:7]) - int(end[5:7]))
