"""Consortia joined in name only, against the definition worked out pair by pair."""

import json
from itertools import combinations, product

import pytest

from graph.gaps.nominal_consortia import nominal_consortia


def pairs_done(made):
    built = made.done("CO_BUILDS")
    return made.done("COOPERATES_WITH") | {
        (one, other) for (one, first), (other, second) in product(built, built) if first == second
    }


def expected(made, most):
    answer = {}
    for consortium in made.ids("Consortium"):
        members = {
            head for kind in ("MEMBER_OF", "LEADS") for head, tail in made.done(kind) if tail == consortium
        }
        schools = {one for one in members if one.startswith("School:")}
        enterprises = {one for one in members if one.startswith("Enterprise:")}
        realised = len(set(product(schools, enterprises)) & pairs_done(made))
        possible = len(schools) * len(enterprises)
        density = realised / possible if possible else None
        built = made.done("CO_BUILDS")
        joint = any(
            (one, base) in built and (other, base) in built
            for one, other in combinations(members, 2)
            for base in {thing for _, thing in built}
        )
        if len(members) >= 2 and (density or 0) <= most and not (most == 0 and joint):
            answer[consortium] = (len(members), possible, realised, density)
    return answer


@pytest.mark.parametrize("most", [0.0, 0.4])
def test_agrees_with_the_definition_on_random_graphs(five_hundred_graphs, most):
    found = 0
    for made, projection in five_hundred_graphs:
        answer = {
            one.consortium.id: (one.members, one.possible_pairs, one.realised_pairs, one.density)
            for one in nominal_consortia(projection, maximum_density=most)
        }
        assert answer == expected(made, most)
        found += len(answer)
    assert found > 100


def joined(made, *, status=None):
    school, enterprise = made.node("School", "甲"), made.node("Enterprise", "厂")
    consortium = made.node("Consortium", "联", level="市级")
    made.edge("LEADS", school, consortium)
    made.edge("MEMBER_OF", enterprise, consortium)
    if status:
        made.edge("COOPERATES_WITH", school, enterprise, status=status, mode="订单班")
    return consortium


def test_what_is_planned_is_named_and_stays_undone(empty_graph):
    consortium = joined(empty_graph, status="计划")
    (finding,) = nominal_consortia(empty_graph.projection())
    assert (finding.consortium.id, finding.level) == (consortium, "市级")
    assert (finding.realised_pairs, finding.intended_pairs, finding.density) == (0, 1, 0.0)
    assert finding.modes == ("订单班",)
    assert [claim.kind for claim in finding.evidence] == ["COOPERATES_WITH", "LEADS", "MEMBER_OF"]


def test_of_organs_that_sources_tell_differently_the_surest_is_believed_and_the_other_shown(empty_graph):
    consortium = joined(empty_graph)
    for source, confidence, told in (
        ("a", 0.6, {"charter": "有", "council": "有"}),
        ("b", 1.0, {"charter": "未设"}),
        ("c", 0.6, {"council": "筹建"}),
    ):
        empty_graph.edge(
            "STATES",
            "Source:x",
            consortium,
            properties=json.dumps(told),
            confidence=confidence,
            source=source,
        )
    (finding,) = nominal_consortia(empty_graph.projection())
    assert finding.organs == ()
    assert [text.zh for text in finding.missing][-4:] == [
        "没有章程",
        "理事会尚在筹建",
        "说法不一：理事会：筹建 ≠ 有",
        "说法不一：章程：未设 ≠ 有",
    ]


def test_one_cooperation_done_takes_the_consortium_off_the_list(empty_graph):
    joined(empty_graph, status="完成")
    assert nominal_consortia(empty_graph.projection()) == ()


def test_density_is_unknown_without_enterprises_and_the_lack_is_named(empty_graph):
    consortium = empty_graph.node("Consortium", "联")
    for name in ("甲", "乙"):
        empty_graph.edge("MEMBER_OF", empty_graph.node("School", name), consortium)
    (finding,) = nominal_consortia(empty_graph.projection())
    assert finding.density is None
    assert "没有企业成员" in [text.zh for text in finding.missing]


def test_a_consortium_whose_members_are_unknown_is_not_judged(empty_graph):
    consortium = empty_graph.node("Consortium", "联")
    empty_graph.edge("LEADS", empty_graph.node("School", "甲"), consortium)
    assert nominal_consortia(empty_graph.projection()) == ()


def test_organs_agree_with_what_the_sources_state_on_random_graphs(five_hundred_graphs):
    found = 0
    for made, projection in five_hundred_graphs:
        stated = {}
        for row in made.claims("STATES"):
            for name, value in json.loads(row.get("properties") or "{}").items():
                stated.setdefault(row["tail"], set()).add((name, value))
        for one in nominal_consortia(projection, maximum_density=1.0):
            told = stated.get(one.consortium.id, set())
            assert len(one.organs) == len({name for name, value in told if value == "有"})
            assert len(one.unknown) == 5 - len({name for name, _ in told})
            absent = sum(value != "有" for _, value in told)
            assert sum(text.zh.startswith("没有") or "筹建" in text.zh for text in one.missing) >= absent
            found += bool(told)
    assert found > 50


def test_an_organ_known_to_be_absent_is_missing_and_one_nobody_told_of_is_asked_for(empty_graph):
    consortium = joined(empty_graph)
    stated = json.dumps({"council": "有", "charter": "未设"}, ensure_ascii=False)
    empty_graph.edge("STATES", "Source:records", consortium, properties=stated)
    (finding,) = nominal_consortia(empty_graph.projection())
    assert [text.zh for text in finding.organs] == ["理事会"]
    assert "没有章程" in [text.zh for text in finding.missing]
    assert [text.zh for text in finding.unknown] == ["秘书处", "运营平台", "赋权清单"]


def test_activity_is_told_by_the_quarter_in_which_work_began(empty_graph):
    consortium = joined(empty_graph)
    for since, status in (("2023-09", "完成"), ("2024-02-01", None), ("2025-09", "计划"), ("2022", "完成")):
        empty_graph.edge(
            "COOPERATES_WITH", "School:甲", "Enterprise:厂", since=since, status=status, mode="订单班"
        )
    empty_graph.edge("SHARES", "School:甲", empty_graph.node("SharedResource", "课"))
    (finding,) = nominal_consortia(empty_graph.projection(), maximum_density=1.0)
    assert finding.consortium.id == consortium
    assert (finding.activity, finding.last_active) == (("2023Q3 1", "2024Q1 1"), "2024Q1")
    assert (finding.breadth, finding.shared_resources) == (1, 1)
