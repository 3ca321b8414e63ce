"""The same specialty or group in too many schools, against the definition worked out pair by pair."""

import networkx as nx
import pytest

from graph.errors import LiantuError
from graph.gaps.crowded_specialties import DEMAND_UNKNOWN, TOO_MANY, WITH_OTHERS, crowded_specialties
from graph.gaps.market import market
from graph.gaps.matching import match, misfit


def fewest(known, people):
    """The fewest schools, from the largest, whose graduates are as many as the people."""
    for count in range(len(known) + 1):
        if sum(sorted(known, reverse=True)[:count]) >= people:
            return count
    return len(known)


def units(made, sides):
    """(subjects, numbers of offerings, schools) of every specialty and of every class of like groups."""
    for specialty in made.ids("Specialty"):
        numbers = {n for n, one in enumerate(sides.supplied) if one.specialty == specialty}
        yield {specialty}, numbers, {sides.supplied[n].school for n in numbers} - {None}
    hosts, members = sides.provided.schools, sides.provided.members
    alike = nx.Graph()
    alike.add_nodes_from(hosts)
    for one in hosts:
        for other in hosts:
            mine, yours = members.get(one, set()), members.get(other, set())
            if mine and len(mine & yours) / len(mine | yours) >= 0.5:
                alike.add_edge(one, other)
    for groups in nx.connected_components(alike):
        pairs = {
            (school, specialty) for g in groups for school in hosts[g] for specialty in members.get(g, ())
        }
        numbers = {n for n, one in enumerate(sides.supplied) if (one.school, one.specialty) in pairs}
        yield groups, numbers, {school for g in groups for school in hosts[g]}


def expected(made, projection):
    sides = market(projection)
    placed = match(sides).placed
    answer = set()
    for subjects, numbers, schools in units(made, sides):
        if len(schools) < 2:
            continue
        own = {}
        for n in numbers:
            if sides.supplied[n].graduates is not None:
                own[sides.supplied[n].school] = (
                    own.get(sides.supplied[n].school, 0) + sides.supplied[n].graduates
                )
        known = list(own.values())
        needs = [
            need
            for need in sides.needed
            if any(misfit(sides, sides.supplied[n], need) is not None for n in numbers)
        ]
        told = [need.headcount for need in needs if need.headcount is not None]
        reached = sum(placed[n] for n in numbers)
        if not told:
            answer.add((min(subjects), DEMAND_UNKNOWN, None, None))
        elif known and fewest(known, sum(told)) < len(known):
            answer.add((min(subjects), TOO_MANY, fewest(known, sum(told)), sum(told)))
        elif known and fewest(known, reached) < len(known):
            answer.add((min(subjects), WITH_OTHERS, fewest(known, reached), sum(told)))
    return answer


def test_agrees_with_the_definition_on_random_graphs(five_hundred_graphs):
    found = dict.fromkeys((TOO_MANY, WITH_OTHERS, DEMAND_UNKNOWN), 0)
    for made, projection in five_hundred_graphs:
        findings = crowded_specialties(projection)
        answer = {
            (min({one.subject.id, *(g.id for g in one.alike)}), one.standing, one.enough, one.demand)
            for one in findings
        }
        assert answer == expected(made, projection)
        assert len(answer) == len(findings)
        for one in findings:
            found[one.standing] += 1
    assert found[TOO_MANY] > 20
    assert found[WITH_OTHERS] >= 2
    assert found[DEMAND_UNKNOWN] > 20


@pytest.fixture
def crowd(empty_graph):
    """A specialty at four schools of 50 graduates each, and one enterprise that needs 90 of them."""
    chain = empty_graph.node("IndustryChain", "显示")
    specialty, post = empty_graph.node("Specialty", "光电"), empty_graph.node("Occupation", "装配工")
    for n in range(4):
        school = empty_graph.node("School", f"校{n}")
        empty_graph.edge("OFFERS", school, specialty, graduates=50, year=2024)
    enterprise = empty_graph.node("Enterprise", "面板厂")
    empty_graph.edge("OPERATES_IN", enterprise, chain)
    empty_graph.edge("PREPARES_FOR", specialty, post)
    empty_graph.edge("DEMANDS", enterprise, post, headcount=90, year=2025)
    return empty_graph


def test_says_how_many_schools_would_be_enough(crowd):
    (one,) = crowded_specialties(crowd.projection())
    assert (one.standing, one.schools, one.enough, one.excess) == (TOO_MANY, 4, 2, 2)
    assert (one.graduates, one.demand, one.surplus) == (200, 90, 110)
    assert one.saturation == pytest.approx(200 / 90, abs=1e-4)


def test_more_demand_never_makes_it_more_crowded_and_one_school_more_never_less(crowd):
    (before,) = crowded_specialties(crowd.projection())
    wanted = crowd.copy()
    wanted.edge("DEMANDS", wanted.ids("Enterprise")[0], wanted.ids("Occupation")[0], headcount=140, year=2026)
    (after,) = crowded_specialties(wanted.projection())
    assert after.excess < before.excess
    crowd.edge("OFFERS", crowd.node("School", "新校"), crowd.ids("Specialty")[0], graduates=10, year=2024)
    (more,) = crowded_specialties(crowd.projection())
    assert more.excess > before.excess


def test_retention_thins_the_crowd(crowd):
    assert crowded_specialties(crowd.projection(), retention=0.45) == ()


def test_unknown_demand_is_no_demand_of_zero_and_can_be_left_out(crowd):
    crowd.edges["DEMANDS"] = [row | {"headcount": None} for row in crowd.edges["DEMANDS"]]
    (one,) = crowded_specialties(crowd.projection())
    assert one.standing == DEMAND_UNKNOWN
    assert (one.enough, one.demand, one.demand_unknown, one.saturation, one.surplus) == (
        None,
        None,
        1,
        None,
        None,
    )
    assert crowded_specialties(crowd.projection(), unknown=False) == ()


def test_a_school_that_does_not_tell_its_graduates_counts_as_a_school_and_not_as_zero(crowd):
    crowd.edge("OFFERS", crowd.node("School", "不报"), crowd.ids("Specialty")[0], year=2024)
    (one,) = crowded_specialties(crowd.projection())
    assert (one.schools, one.unknown, one.enough, one.excess, one.graduates) == (5, 1, 2, 2, 200)


def test_specialties_that_compete_for_the_same_posts_are_crowded_together(crowd):
    other = crowd.node("Specialty", "电子")
    post, enterprise = crowd.ids("Occupation")[0], crowd.ids("Enterprise")[0]
    crowd.edges["DEMANDS"] = []
    crowd.edge("DEMANDS", enterprise, post, headcount=200, year=2025)
    crowd.edge("PREPARES_FOR", other, post)
    for school in crowd.ids("School")[:2]:
        crowd.edge("OFFERS", school, other, graduates=100, year=2024)
    standings = {one.subject.id: one.standing for one in crowded_specialties(crowd.projection())}
    assert standings == {"Specialty:光电": WITH_OTHERS, other: WITH_OTHERS}


def test_groups_of_the_same_name_are_one_whatever_they_include(empty_graph):
    for name, inside in (("甲校", "数控"), ("乙校", "模具")):
        school = empty_graph.node("School", name, name=name)
        group = empty_graph.node("SpecialtyGroup", f"机电专业群@{school}", name=f"{name}机电 专业群")
        empty_graph.edge("INCLUDES", group, empty_graph.node("Specialty", inside))
    (one,) = crowded_specialties(empty_graph.projection())
    assert (one.kind, one.schools, len(one.alike)) == ("SpecialtyGroup", 2, 2)


@pytest.mark.parametrize("wrong", [{"schools": 1}, {"overlap": 0.0}, {"overlap": 1.5}, {"retention": 2.0}])
def test_a_parameter_that_means_nothing_is_a_clear_error(empty_graph, wrong):
    with pytest.raises(LiantuError) as caught:
        crowded_specialties(empty_graph.projection(), **wrong)
    assert caught.value.code == "question.parameter"
