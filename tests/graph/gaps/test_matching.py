"""The assignment of supply to demand, against networkx's min-cost flow; seats against solving again."""

import random

import networkx as nx
import numpy as np
import pytest
from scipy.optimize import linprog

from graph.columns import Grouped
from graph.gaps.figures import figure
from graph.gaps.market import LADDER, market
from graph.gaps.matching import match
from graph.gaps.provision import Offering
from graph.gaps.residual import reached_in_all
from graph.gaps.seat_value import seat_value
from graph.gaps.talent_matching import talent_matching

MET = 1000  # outweighs every misfit of these small graphs


def against(made, sides, supplied, needed):
    """The definition of who can fill what, from the rows of claims."""
    have, want = LADDER.get(supplied.level), LADDER.get(needed.level)
    if have is not None and want is not None and have < want:
        return None
    steps = 0 if have is None or want is None else have - want
    tells = {(row["head"], row["tail"]) for row in made.claims("PREPARES_FOR")}
    tells |= {
        (s, post) for post, fits in sides.suited.items() for s in fits if not made.claims("PREPARES_FOR")
    }
    beside = {(s, t) for t, fits in sides.suited.items() for s in fits}
    if (supplied.specialty, needed.demanded) in tells | beside:
        return steps
    if needed.demanded.startswith("Specialty:"):
        return None
    aimed, suited = {s for s, t in beside if t != s}, {t for _, t in beside}
    if supplied.specialty in aimed and needed.demanded in suited:
        return None
    tier = {row["id"]: row["tier"] for row in made.nodes["IndustryChain"]}
    parts = [(row["head"], row["tail"]) for row in made.claims("PART_OF")]
    for chain in needed.chains:
        inside, around = {chain}, {chain}
        for _ in tier:
            inside |= {head for head, tail in parts if tail in inside}
            around |= {tail for head, tail in parts if head in around}
        if supplied.chains & (inside | (around if tier[chain] == "环节" else set())):
            return 4 + steps
    return None


def best(made, sides, more=()):
    """Needs met and misfit of the optimal flow, each offering and each need a node of its own."""
    network = nx.DiGraph()
    have = [(one.graduates or 0) + dict(more).get(number, 0) for number, one in enumerate(sides.supplied)]
    for number, people in enumerate(have):
        network.add_edge("from", ("offering", number), capacity=people)
    for place, needed in enumerate(sides.needed):
        network.add_edge(("need", place), "to", capacity=needed.headcount or 0, weight=-MET)
        for number, supplied in enumerate(sides.supplied):
            cost = against(made, sides, supplied, needed)
            if cost is not None:
                network.add_edge(("offering", number), ("need", place), weight=cost)
    network.add_edge("from", "to", capacity=sum(have))
    network.nodes["from"]["demand"], network.nodes["to"]["demand"] = -sum(have), sum(have)
    flow = nx.min_cost_flow(network)
    met = sum(flow["need", place]["to"] for place in range(len(sides.needed)))
    return met, nx.cost_of_flow(network, flow) + MET * met


def test_the_assignment_is_the_min_cost_flow(five_hundred_graphs):
    telling = 0
    for made, projection in five_hundred_graphs:
        sides = market(projection)
        made_match = match(sides)
        assert (made_match.total, made_match.misfit) == best(made, sides)
        assert sum(made_match.placed) == sum(made_match.met) == made_match.total
        for one, placed in zip(sides.supplied, made_match.placed, strict=True):
            assert 0 <= placed <= (one.graduates or 0)
        for one, met in zip(sides.needed, made_match.met, strict=True):
            assert 0 <= met <= (one.headcount or 0)
        telling += made_match.misfit > 0
    assert telling > 10


def test_one_seat_more_or_fewer_is_worth_what_solving_again_says(five_hundred_graphs):
    worth, lost = 0, 0
    for made, projection in five_hundred_graphs[::6]:
        sides = market(projection)
        made_match = match(sides)
        for number, one in enumerate(sides.supplied):
            gained = best(made, sides, {number: 1}.items())[0] - made_match.total
            assert made_match.one_more[number] == gained
            assert best(made, sides, {number: 90}.items())[0] - made_match.total <= made_match.up_to[number]
            assert (made_match.up_to[number] > 0) == bool(gained)
            if one.graduates:
                cost = made_match.total - best(made, sides, {number: -1}.items())[0]
                assert made_match.one_fewer[number] == cost >= gained
                lost += cost
            worth += gained
    assert worth > 20
    assert lost > 20


def test_the_dual_price_of_the_solver_lies_between_the_two(five_hundred_graphs):
    for made, projection in five_hundred_graphs[::25]:
        sides = market(projection)
        pairs = [
            (i, j)
            for i, one in enumerate(sides.supplied)
            for j, need in enumerate(sides.needed)
            if against(made, sides, one, need) is not None
        ]
        if not pairs:
            continue
        limits = np.zeros((len(sides.supplied) + len(sides.needed), len(pairs)))
        for column, (i, j) in enumerate(pairs):
            limits[i, column] = limits[len(sides.supplied) + j, column] = 1
        amounts = [one.graduates or 0 for one in sides.supplied] + [
            one.headcount or 0 for one in sides.needed
        ]
        solved = linprog([-1] * len(pairs), A_ub=limits, b_ub=amounts)
        made_match = match(sides)
        assert round(-solved.fun) == made_match.total
        for number, one in enumerate(sides.supplied):
            price = -solved.ineqlin.marginals[number]
            assert made_match.one_more[number] - 1e-7 <= price
            if one.graduates:
                assert price <= made_match.one_fewer[number] + 1e-7


def test_the_findings_tell_the_whole_assignment(five_hundred_graphs):
    for _, projection in five_hundred_graphs[::5]:
        total = match(market(projection)).total
        for regions in (False, True):
            rows = talent_matching(projection, by_region=regions)
            assert sum(one.matched or 0 for one in rows) == total
            assert all(one.shortage == one.needed - one.matched for one in rows if one.needed is not None)
            assert all(one.matched is None for one in rows if one.needed is None)


@pytest.fixture
def two_schools(empty_graph):
    """Two schools train for one post of which a firm needs 100, and one of them for another post besides."""
    made = empty_graph
    chain, firm = made.node("IndustryChain", "车", tier="产业链"), made.node("Enterprise", "厂")
    fitter, tester = made.node("Occupation", "装调工"), made.node("Occupation", "测试员")
    narrow, wide = (
        made.node("Specialty", "装调", level="中职"),
        made.node("Specialty", "测试", level="高职专科"),
    )
    made.edge("OPERATES_IN", firm, chain)
    made.edge("PREPARES_FOR", narrow, fitter)
    made.edge("PREPARES_FOR", wide, fitter)
    made.edge("PREPARES_FOR", wide, tester)
    made.edge("OFFERS", made.node("School", "甲"), narrow, graduates=100, year=2024)
    made.edge("OFFERS", made.node("School", "乙"), wide, graduates=60, year=2024)
    made.edge("DEMANDS", firm, fitter, headcount=100, year=2025)
    made.edge("DEMANDS", firm, tester, headcount=80, year=2025, level="高职专科")
    return made


def test_people_go_where_only_they_can(two_schools):
    rows = {one.demanded.name: one for one in talent_matching(two_schools.projection())}
    assert (rows["名装调工"].matched, rows["名装调工"].shortage) == (100, 0)
    assert (rows["名测试员"].matched, rows["名测试员"].shortage) == (60, 20)


def test_many_needs_of_one_person_change_with_the_demand_as_one_need_of_many_does(empty_graph):
    post, specialty = empty_graph.node("Occupation", "岗"), empty_graph.node("Specialty", "专")
    empty_graph.edge("PREPARES_FOR", specialty, post)
    empty_graph.edge("OFFERS", empty_graph.node("School", "校"), specialty, graduates=200, year=2024)
    for number in range(120):
        empty_graph.edge("DEMANDS", empty_graph.node("Enterprise", f"企{number}"), post, headcount=1)
    sides = market(empty_graph.projection())
    assert [match(sides, demand=by).total for by in (0.8, 1, 1.2)] == [96, 120, 144]


def test_a_seat_that_frees_another_is_worth_one_too(two_schools):
    two_schools.edges["OFFERS"][0]["graduates"] = 70
    rows = {one.school.name: one for one in seat_value(two_schools.projection())}
    assert {name: one.one_more for name, one in rows.items()} == {"名甲": 1, "名乙": 1}
    assert rows["名乙"].up_to == 50
    assert 30 <= rows["名甲"].up_to <= 50


def test_a_seat_where_people_are_left_over_is_worth_nothing(two_schools):
    two_schools.edges["OFFERS"][0]["graduates"] = 130
    rows = {one.school.name: one for one in seat_value(two_schools.projection())}
    assert (rows["名甲"].surplus, rows["名甲"].one_more, rows["名甲"].one_fewer) == (30, 0, 0)
    assert (rows["名乙"].surplus, rows["名乙"].one_more, rows["名乙"].one_fewer) == (0, 1, 1)


def test_a_lower_level_fills_no_higher_need(two_schools):
    two_schools.edges["DEMANDS"][0]["level"] = "普通本科"
    rows = {one.demanded.name: one for one in talent_matching(two_schools.projection())}
    assert rows["名装调工"].matched == 0


def test_who_serves_the_chain_counts_where_nothing_is_told_of_the_occupation(two_schools):
    made = two_schools
    untold = made.node("Specialty", "新专业", level="高职专科")
    made.edge("OFFERS", made.node("School", "丙"), untold, graduates=50, year=2024)
    made.edge("SERVES", untold, "IndustryChain:车")
    rows = {one.demanded.name: one for one in talent_matching(made.projection())}
    assert rows["名测试员"].shortage == 0
    made.edge("DEMANDS", made.node("Enterprise", "店"), untold, headcount=10, year=2025)
    rows = {one.demanded.name: one for one in talent_matching(made.projection())}
    assert (rows["名测试员"].shortage, rows["名新专业"].shortage) == (
        0,
        0,
    )  # asked for: what for is still untold
    made.edge("PREPARES_FOR", untold, made.node("Occupation", "会计"))  # told now, and for something else
    rows = {one.demanded.name: one for one in talent_matching(made.projection())}
    assert rows["名测试员"].shortage == 20


def test_needs_that_the_same_people_can_fill_share_them_in_proportion(two_schools):
    made = two_schools
    other = made.node("Enterprise", "另厂")
    made.edge("DEMANDS", other, "Occupation:测试员", headcount=40, year=2025, level="高职专科")
    rows = [one for one in talent_matching(made.projection()) if one.demanded.name == "名测试员"]
    assert sorted((one.needed, one.matched) for one in rows) == [(40, 20), (80, 40)]


def test_needs_lie_where_their_enterprise_does(two_schools):
    made = two_schools
    park, region = made.node("Park", "园"), made.node("Region", "区")
    made.edge("LOCATED_IN", "Enterprise:厂", park)
    made.edge("PART_OF", park, region)
    assert {one.region for one in talent_matching(made.projection(), by_region=True)} == {"名区"}
    assert {one.region for one in talent_matching(made.projection())} == {None}


def test_what_is_reached_on_any_way_counts_once():
    chance = random.Random(11)
    for _ in range(40):
        size = chance.randint(1, 12)
        arcs = {(a, b) for a in range(size) for b in range(a + 1, size) if chance.random() < 0.3}
        order = chance.sample(range(size), size)
        arcs = {(order[a], order[b]) for a, b in arcs}
        weights = np.array([chance.choice((0, 0, 3, 5)) for _ in range(size)], dtype=np.int64)
        heads, tails = np.array(sorted(arcs), dtype=np.int64).reshape(-1, 2).T
        after, before = Grouped(heads, size, tails), Grouped(tails, size, heads)
        network = nx.DiGraph(arcs)
        network.add_nodes_from(range(size))
        expected = [sum(weights[[node, *nx.descendants(network, node)]]) for node in range(size)]
        assert reached_in_all(after, before, weights).tolist() == expected


def test_offerings_and_needs_come_as_objects_and_as_columns(five_hundred_graphs):
    for _, projection in five_hundred_graphs[::20]:
        sides = market(projection)
        supplied, needed, ids = sides.supplied, sides.needed, projection.register.ids
        assert [one.specialty for one in supplied] == [ids[number] for number in supplied.specialties]
        assert [one.school for one in supplied] == [
            None if number < 0 else ids[number] for number in supplied.schools
        ]
        assert [one.graduates is not None for one in supplied] == supplied.known.tolist()
        assert [one.demander for one in needed] == [ids[number] for number in needed.demanders]
        assert supplied[:2] == tuple(supplied)[:2]
        assert needed[-1:] == tuple(needed)[-1:]
        for one in supplied:
            offering = Offering(one.school, one.specialty)
            assert one.chains == sides.provided.chains(offering)
            assert one.told == figure(
                projection,
                "OFFERS",
                sides.provided.offered[offering],
                column="graduates",
                part="number",
                year=None,
                cautious=min,
            )
        with pytest.raises(IndexError):
            needed[len(needed)]
