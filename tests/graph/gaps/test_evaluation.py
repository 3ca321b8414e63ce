"""Evaluation by a table of indicators: marks from below and above, unknown is not zero."""

import pytest

from graph.gaps.evaluation import GRADES, evaluation
from graph.gaps.indicators import DEFAULT, indicators, standings


def test_agrees_with_the_formula_on_random_graphs(five_hundred_graphs):
    table, found = indicators(DEFAULT), 0
    total = sum(one.weight for one in table)
    for _, projection in five_hundred_graphs[::2]:
        told = standings(projection, 0.5)
        for one in evaluation(projection):
            values = told[one.consortium.id].values
            low = high = 0.0
            for line in table:
                value = values[line.name]
                low += 0 if value is None else line.weight * min(1, value / line.full)
                high += line.weight if value is None else line.weight * min(1, value / line.full)
            assert (one.low, one.high) == pytest.approx((100 * low / total, 100 * high / total), abs=0.01)
            assert len(one.unknown) == sum(values[line.name] is None for line in table)
            assert 0 <= one.low <= one.high <= 100
            found += 1
    assert found > 60


def joined(made, done):
    consortium = made.node("Consortium", "联", level="市级")
    school = made.node("School", "甲")
    made.edge("MEMBER_OF", school, consortium)
    for number in range(2):
        enterprise = made.node("Enterprise", f"厂{number}")
        made.edge("MEMBER_OF", enterprise, consortium)
        if number < done:
            made.edge("COOPERATES_WITH", school, enterprise, mode="订单班")
    return made.projection()


def test_the_user_s_own_table_takes_the_place_of_the_default(empty_graph):
    (one,) = evaluation(joined(empty_graph, 1), indicators="density:60:0.5;breadth:40:2")
    assert (one.low, one.high, one.grade) == (80.0, 80.0, "良好")
    assert one.marks == ("落实率 60.0/60.0", "合作方式数 20.0/40.0")
    assert [text.zh for text in one.weakest] == ["合作方式数"]


def test_across_grades_the_grade_is_undecided_until_the_unknown_is_told(empty_graph):
    (one,) = evaluation(joined(empty_graph, 2), indicators="density:60:0.5;organs:40:1")
    assert (one.low, one.high, one.grade) == (60.0, 100.0, "待定")
    assert [text.zh for text in one.unknown] == ["治理机构齐备率"]


def test_every_number_of_marks_has_a_grade():
    assert GRADES[-1][0] == 0
    assert [least for least, _ in GRADES] == sorted((least for least, _ in GRADES), reverse=True)
