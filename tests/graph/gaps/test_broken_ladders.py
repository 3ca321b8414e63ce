"""Specialties of a chain from which no next step leads on, and the shortest ways to occupations."""

import itertools

import networkx as nx
import pytest

from graph.errors import LiantuError
from graph.gaps.broken_ladders import broken_ladders
from graph.gaps.pathways import pathways

RANK = {"中职": 0, "高职专科": 1, "职业本科": 2, "普通本科": 2}


def expected(made):
    level = {row["id"]: row.get("level") for row in made.nodes["Specialty"]}
    serving = {head for head, _ in made.done("SERVES")}
    serving |= {specialty for group, specialty in made.done("INCLUDES") if group in serving}
    return {
        one
        for one in serving
        if level.get(one) in ("中职", "高职专科")
        and not any(
            head == one and RANK.get(level[tail], -1) > RANK[level[one]]
            for head, tail in made.done("ARTICULATES_TO")
        )
    }


def test_broken_ladders_agree_with_the_definition_on_random_graphs(five_hundred_graphs):
    found = 0
    for made, projection in five_hundred_graphs:
        answer = {one.specialty.id for one in broken_ladders(projection)}
        assert answer == expected(made)
        found += len(answer)
    assert found > 200


def test_a_step_planned_mends_nothing_but_is_shown_and_the_next_level_of_the_chain_is_named(empty_graph):
    chain = empty_graph.node("IndustryChain", "汽车")
    low = empty_graph.node("Specialty", "中", level="中职")
    high = empty_graph.node("Specialty", "高", level="高职专科")
    school = empty_graph.node("School", "校")
    empty_graph.edge("OFFERS", school, low, graduates=40, year=2024)
    for one in (low, high):
        empty_graph.edge("SERVES", one, chain)
    empty_graph.edge("ARTICULATES_TO", low, high, status="计划")
    first, second = broken_ladders(empty_graph.projection())
    assert (first.specialty.id, first.graduates, second.graduates) == (low, 40, None)
    assert [one.id for one in first.intended] == [one.id for one in first.same_chain] == [high]
    empty_graph.edge("ARTICULATES_TO", low, high)
    assert [one.specialty.id for one in broken_ladders(empty_graph.projection())] == [high]


def test_adding_a_step_never_breaks_a_ladder(small_graphs):
    for made, projection in small_graphs[:60]:
        specialties = made.ids("Specialty")
        wider = made.copy()
        wider.edge("ARTICULATES_TO", specialties[0], specialties[-1])
        before, after = (
            {x.specialty.id for x in broken_ladders(p)} for p in (projection, wider.projection())
        )
        assert after <= before


def walks(made):
    graph = nx.DiGraph()
    graph.add_nodes_from([*made.ids("Specialty"), *made.ids("Occupation")])
    graph.add_edges_from(made.done("ARTICULATES_TO"))
    for specialty, occupation in made.done("PREPARES_FOR"):
        graph.add_edges_from([(specialty, occupation), (occupation, specialty)])
    return graph


def test_pathways_are_as_short_as_networkx_finds_them(five_hundred_graphs):
    reached = missed = 0
    for made, projection in five_hundred_graphs:
        graph = walks(made)
        led_to = {tail for _, tail in made.done("ARTICULATES_TO")}
        starts = [one for one in made.ids("Specialty") if one not in led_to]
        asked = {row["tail"] for row in made.claims("DEMANDS") if row["tail"].startswith("Occupation:")}
        asked |= {row["tail"] for row in made.claims("HAS_ROLE")}
        lengths = nx.multi_source_dijkstra_path_length(graph, starts, weight=None) if starts else {}
        answer = {one.occupation.id: one for one in pathways(projection)}
        assert answer.keys() == asked
        for occupation, one in answer.items():
            assert one.steps == lengths.get(occupation)
            way = [node.id for node in one.way]
            assert all(graph.has_edge(*step) for step in itertools.pairwise(way))
            nearest = {s for s in starts if nx.has_path(graph, s, occupation)}
            near = {s for s in nearest if nx.shortest_path_length(graph, s, occupation) == one.steps}
            assert {node.id for node in one.others} <= near
            reached, missed = reached + bool(way), missed + (not way)
    assert reached > 50
    assert missed > 50


def test_from_a_post_one_may_study_on_to_another(empty_graph):
    worker, engineer = (empty_graph.node("Occupation", name) for name in ("装调工", "工程师"))
    low = empty_graph.node("Specialty", "汽修", level="中职")
    high = empty_graph.node("Specialty", "汽车工程", level="职业本科")
    empty_graph.edge("PREPARES_FOR", low, worker)
    empty_graph.edge("PREPARES_FOR", high, engineer)
    empty_graph.edge("ARTICULATES_TO", low, high, pattern="3+4")
    (found,) = pathways(empty_graph.projection(), start="名装调工", target="名工程师")
    assert [one.id for one in found.way] == [worker, low, high, engineer]
    assert found.patterns == ("3+4",)
    (direct,) = pathways(empty_graph.projection(), start="职业本科", target=engineer)
    assert direct.steps == 1
    with pytest.raises(LiantuError) as caught:
        pathways(empty_graph.projection(), target="无此岗位")
    assert caught.value.code == "node.unknown"
