"""The ledger of tasks: who, by when, done, late, or due and not reported."""

import random

import pytest

from graph.errors import LiantuError
from graph.gaps.ledger import STANDINGS, ledger

FAR = {"倡导": 0, "计划": 1, "在建": 2, "完成": 3}


def earlier(one, other):
    shorter = min(len(one), len(other))
    return one[:shorter] < other[:shorter]


def expected(made, day):
    answer = {}
    due = {row["id"]: row.get("due") for row in made.nodes["Measure"]}
    due |= {row["id"]: row["year"] and str(row["year"]) for row in made.nodes["Target"]}
    for item, told in due.items():
        claims = [row for row in made.claims("SETS") if row["tail"] == item]
        if not claims:
            continue
        until = told if told and told[:2] == "20" else None
        reports = [(row.get("observed") or "", row["status"]) for row in claims if row["status"]]
        last = max((when for when, _ in reports), default="")
        status = min((s for when, s in reports if when == last), key=FAR.get, default=None)
        if status == "完成":
            standing = "逾期完成" if until and last and earlier(until, last) else "完成"
        elif until and earlier(until, day):
            standing = "逾期" if status else "到期未报"
        elif status == "在建":
            standing = "在办"
        else:
            standing = "未到期" if until else "无期限"
        answer[item] = standing
    return answer


@pytest.mark.parametrize("day", ["2024-01", "2025-06-30"])
def test_agrees_with_the_definition_on_random_graphs(five_hundred_graphs, day):
    seen = set()
    for made, projection in five_hundred_graphs:
        answer = {one.item.id: one.standing for one in ledger(projection, as_of=day)}
        assert answer == expected(made, day)
        seen |= set(answer.values())
    assert len(seen & set(STANDINGS)) == len(seen) >= 5


@pytest.fixture
def document(empty_graph):
    return empty_graph.node("PolicyDocument", "一号", title="方案")


def task(made, document, number, **properties):
    item = made.node("Measure", f"{number}@{document}", order=number, **properties)
    made.edge("SETS", document, item, source="document", observed="2024-03-18")
    return item


def test_due_and_unreported_is_told_apart_from_late_and_from_done(empty_graph, document):
    first, second, third = (task(empty_graph, document, n, due="2024-06") for n in (1, 2, 3))
    agency = empty_graph.node("Agency", "教委")
    empty_graph.edge("RESPONSIBLE_FOR", agency, first, lead=True)
    empty_graph.edge("SETS", document, second, status="在建", observed="2024-12-31")
    empty_graph.edge("SETS", document, third, status="完成", observed="2024-08-01")
    found = {one.item.id: one for one in ledger(empty_graph.projection())}
    assert [found[one].standing for one in (first, second, third)] == ["到期未报", "逾期", "逾期完成"]
    assert [found[one].months_late for one in (first, second, third)] == [6, 6, 2]
    assert [one.name for one in found[first].lead] == ["名教委"]


def test_what_a_document_demands_reports_nothing(empty_graph, document):
    task(empty_graph, document, 1, due="2024-06")
    (one,) = ledger(empty_graph.projection(), as_of="2024-05")
    assert (one.standing, one.status) == ("未到期", None)


def test_reports_of_one_day_that_contradict_are_shown_and_the_least_advanced_counts(empty_graph, document):
    item = task(empty_graph, document, 1, due="2026")
    for status in ("完成", "在建"):
        empty_graph.edge("SETS", document, item, status=status, observed="2025-01-31")
    (one,) = ledger(empty_graph.projection())
    assert (one.status, one.standing, one.conflicts) == ("在建", "在办", ("在建 ≠ 完成",))


def test_a_later_report_takes_the_place_of_an_earlier_one(empty_graph, document):
    item = task(empty_graph, document, 1, due="2025-06")
    for day, status in (("2025-01-31", "在建"), ("2025-05-31", "完成")):
        empty_graph.edge("SETS", document, item, status=status, observed=day)
    (one,) = ledger(empty_graph.projection())
    assert (one.standing, one.updated, one.conflicts) == ("完成", "2025-05-31", ())


def test_what_recurs_is_shown_and_never_late(empty_graph, document):
    task(empty_graph, document, 1, due="每半年")
    (one,) = ledger(empty_graph.projection(), as_of="2030")
    assert (one.due, one.standing) == ("每半年", "无期限")


def test_only_one_standing_is_told_where_it_is_asked_for(empty_graph, document):
    task(empty_graph, document, 1, due="2024-06")
    task(empty_graph, document, 2, due="2029")
    (one,) = ledger(empty_graph.projection(), as_of="2025", only="到期未报")
    assert one.item_key == "1"
    with pytest.raises(LiantuError):
        ledger(empty_graph.projection(), only="快了")


def test_more_time_makes_nothing_less_late(small_graphs):
    chance = random.Random(3)
    for _, projection in chance.sample(small_graphs, 20):
        late = [
            {one.item.id for one in ledger(projection, as_of=day) if one.months_late is not None}
            for day in ("2023", "2024-06", "2026-01-01")
        ]
        assert late[0] <= late[1] <= late[2]
