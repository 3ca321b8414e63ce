"""The race of consortia: like with like, ranks joined by weights, ties and stability shown, by quarter."""

import pytest

from graph.errors import LiantuError
from graph.gaps.indicators import DEFAULT, indicators, size_class, standings
from graph.gaps.ranking import ranking


def mean_rank(one, group, found, table):
    """The weighted mean of the places by each indicator that is known, counted one against one."""
    total = weight_known = 0.0
    for line in table:
        own = found[one].values[line.name]
        if own is None:
            continue
        others = [found[k].values[line.name] for k in group if k != one]
        better = sum(value is not None and value > own for value in others)
        equal = sum(value is not None and value == own for value in others)
        total += line.weight * (1 + better + equal / 2)
        weight_known += line.weight
    return total / weight_known


def test_agrees_with_ranks_counted_one_against_one_on_random_graphs(five_hundred_graphs):
    table, found = indicators(DEFAULT), 0
    for _, projection in five_hundred_graphs:
        told = standings(projection, 0.5)
        groups = {}
        for one in told:
            level = projection.value(one, "level") or "级次不明"
            groups.setdefault(f"{level}·{size_class(told[one].members)}", []).append(one)
        answer = {one.consortium.id: one for one in ranking(projection)}
        assert answer.keys() == told.keys()
        for group in groups.values():
            means = {one: mean_rank(one, group, told, table) for one in group}
            for one in group:
                assert answer[one].mean_rank == pytest.approx(means[one], abs=1e-4)
                assert answer[one].place == 1 + sum(means[k] < means[one] - 1e-9 for k in group)
                assert answer[one].best <= answer[one].worst <= answer[one].of == len(group)
                found += len(group) > 1
    assert found > 40


def team(made, key, partners, done, level="市级", **values):
    consortium = made.node("Consortium", key, level=level)
    school = made.node("School", f"校{key}")
    made.edge("MEMBER_OF", school, consortium)
    for number in range(partners):
        enterprise = made.node("Enterprise", f"企{key}{number}")
        made.edge("MEMBER_OF", enterprise, consortium)
        if number < done:
            made.edge("COOPERATES_WITH", school, enterprise, mode="订单班", **values)
    return consortium


def test_who_does_more_of_what_is_possible_comes_first_and_size_does_not_help(empty_graph):
    small, large = team(empty_graph, "小", 2, 2), team(empty_graph, "大", 4, 2)
    first, second = ranking(empty_graph.projection(), weights="density:1:1")
    assert (first.consortium.id, first.place, second.consortium.id, second.place) == (small, 1, large, 2)
    assert (first.stability, first.best, first.worst) == (1.0, 1, 1)


def test_equals_share_a_place_and_other_levels_are_no_rivals(empty_graph):
    for key, level in (("一", "市级"), ("二", "市级"), ("三", "国家级")):
        team(empty_graph, key, 2, 1, level)
    found = ranking(empty_graph.projection(), weights="density:1:1")
    assert [(one.group, one.place, one.tied, one.of) for one in found] == [
        ("国家级·小", 1, 1, 1),
        ("市级·小", 1, 2, 2),
        ("市级·小", 1, 2, 2),
    ]


def test_scaling_all_weights_changes_nothing(small_graphs):
    tenfold = "; ".join(f"{one.name}:{one.weight * 10}:{one.full}" for one in indicators(DEFAULT))
    for _, projection in small_graphs[:20]:
        assert ranking(projection, weights=tenfold) == ranking(projection)


def test_a_quarter_counts_what_had_begun_and_tells_who_moved(empty_graph):
    early = team(empty_graph, "早", 3, 2, since="2024-01", observed="2024-01")
    late = team(empty_graph, "晚", 3, 3, since="2024-05", observed="2024-05")
    projection = empty_graph.projection()
    before = {one.consortium.id: one.place for one in ranking(projection, quarter="2024Q1")}
    after = {one.consortium.id: one for one in ranking(projection, quarter="2024Q2", weights="density:1:1")}
    assert before == {early: 1, late: 2}
    assert (after[late].place, after[late].moved, after[early].moved) == (1, 1, -1)


def test_the_state_of_a_quarter_rests_on_no_claim_of_a_later_day(empty_graph):
    team(empty_graph, "甲", 1, 1, since="2023-11", observed="2023-11")
    empty_graph.edge("COOPERATES_WITH", "School:校甲", "Enterprise:企甲0", mode="学徒制", observed="2024-08")
    (one,) = ranking(empty_graph.projection(), quarter="2024Q1")
    assert one.as_of == "2023-11"
    assert "2024-08" not in [claim.observed for claim in one.evidence]


def test_what_had_begun_counts_though_it_was_written_down_later_and_what_began_later_does_not(empty_graph):
    team(empty_graph, "甲", 1, 1, since="2023-09", observed="2025-03-01")
    team(empty_graph, "乙", 1, 1, since="2025-03-01")
    found = {one.consortium.name: one for one in ranking(empty_graph.projection(), quarter="2024Q4")}
    assert found["名甲"].values[0] == "落实率 1"
    assert found["名乙"].values[0] == "落实率 0"


def test_a_place_among_others_is_not_compared_with_the_one_before(empty_graph):
    """A consortium that has grown out of its size class meets other rivals."""
    grown = team(empty_graph, "大", 3, 3, since="2024-01", observed="2024-01")
    team(empty_graph, "小", 3, 1, since="2024-01", observed="2024-01")
    for number in range(4):
        later = empty_graph.node("Enterprise", f"新{number}")
        empty_graph.edge("MEMBER_OF", later, grown, observed="2024-06")
    found = {one.consortium.id: one for one in ranking(empty_graph.projection(), quarter="2024Q2")}
    assert (found[grown].group, found[grown].of, found[grown].moved) == ("市级·中", 1, None)


@pytest.mark.parametrize("wrong", [{"quarter": "2024年二季度"}, {"quarter": "2024Q5"}, {"weights": "快"}])
def test_a_wrong_parameter_is_a_clear_error(empty_graph, wrong):
    with pytest.raises(LiantuError) as caught:
        ranking(empty_graph.projection(), **wrong)
    assert caught.value.code == "question.parameter"


def test_weights_that_cannot_be_read_are_told_by_the_name_of_their_parameter(empty_graph):
    with pytest.raises(LiantuError) as refused:
        ranking(empty_graph.projection(), weights="x")
    assert refused.value.values["name"] == "weights"
