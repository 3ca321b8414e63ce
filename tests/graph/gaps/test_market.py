"""The two sides of the market: each need once, levels told apart, what claims leave unknown left unknown."""

import pytest

from graph.errors import LiantuError
from graph.gaps.market import market
from graph.gaps.talent_balance import talent_balance


@pytest.fixture
def a_chain(empty_graph):
    chain = empty_graph.node("IndustryChain", "车", tier="产业链")
    empty_graph.edge("STATES", "Source:x", chain)
    return empty_graph, chain, empty_graph.node("Occupation", "装调工")


def needs_of(made, **parameters):
    return {
        (one.demander.partition(":")[2], one.level): one.headcount
        for one in market(made.projection(), **parameters).needed
    }


def test_the_needs_of_a_chain_without_parts_add_up_to_its_demand(five_hundred_graphs):
    compared = 0
    for made, projection in five_hundred_graphs[::2]:
        wholes = {row["tail"] for row in made.claims("PART_OF")}
        needed = market(projection).needed
        for one in talent_balance(projection):
            if one.demand is None or one.chain.id in wholes:
                continue
            own = [
                each.headcount
                for each in needed
                if one.chain.id in each.chains and each.headcount is not None
            ]
            assert sum(own) == one.demand == one.matched + one.shortage
            compared += 1
    assert compared > 40


def test_a_chain_needs_itself_what_it_is_said_to_need_beyond_its_parts_and_enterprises(a_chain):
    made, chain, post = a_chain
    part, firm = made.node("IndustryChain", "电池", tier="环节"), made.node("Enterprise", "厂")
    made.edge("PART_OF", part, chain)
    made.edge("OPERATES_IN", firm, part)
    for head, people in ((chain, 500), (part, 200), (firm, 120)):
        made.edge("DEMANDS", head, post, headcount=people, year=2025)
    assert needs_of(made) == {("车", None): 300, ("电池", None): 80, ("厂", None): 120}


def test_a_chain_that_is_part_of_itself_counts_once(a_chain):
    made, chain, post = a_chain
    other = made.node("IndustryChain", "整车", tier="产业链")
    for head, tail in ((chain, chain), (chain, other), (other, chain)):
        made.edge("PART_OF", head, tail)
    made.edge("DEMANDS", chain, post, headcount=500)
    made.edge("DEMANDS", other, post, headcount=400)
    assert needs_of(made) == {("车", None): 500, ("整车", None): 0}


def test_levels_of_one_need_are_told_apart_and_the_rest_has_none(a_chain):
    made, _, post = a_chain
    firm = made.node("Enterprise", "厂")
    for level, people in (("中职", 30), ("高职专科", 50), (None, 100)):
        made.edge("DEMANDS", firm, post, headcount=people, level=level, year=2025)
    assert needs_of(made) == {("厂", "中职"): 30, ("厂", "高职专科"): 50, ("厂", None): 20}


def test_a_need_without_a_number_keeps_the_level_that_it_asks_for(a_chain):
    made, _, post = a_chain
    firm, other = made.node("Enterprise", "厂"), made.node("Enterprise", "店")
    made.edge("DEMANDS", firm, post, level="普通本科", year=2025)
    for level in ("中职", "高职专科"):
        made.edge("DEMANDS", other, post, level=level, year=2025)
    assert needs_of(made) == {("厂", "普通本科"): None, ("店", None): None}


def test_levels_are_those_of_the_year_that_counts(a_chain):
    made, _, post = a_chain
    firm = made.node("Enterprise", "厂")
    made.edge("DEMANDS", firm, post, headcount=30, level="中职", year=2024)
    made.edge("DEMANDS", firm, post, headcount=50, level="高职专科", year=2025)
    assert needs_of(made) == {("厂", "高职专科"): 50}
    assert needs_of(made, year=2024) == {("厂", "中职"): 30}


def test_demand_without_a_year_counts_and_a_number_below_zero_counts_no_one(a_chain):
    made, _, post = a_chain
    made.edge("DEMANDS", made.node("Enterprise", "厂"), post, headcount=70)
    made.edge("DEMANDS", made.node("Enterprise", "错"), post, headcount=-5, year=2025)
    made.edge("DEMANDS", made.node("Enterprise", "巨"), post, headcount=10**12, year=2025)
    assert needs_of(made) == {("厂", None): 70, ("错", None): None, ("巨", None): 10**12}


def test_the_whole_people_of_the_share_that_stays_are_supplied(a_chain):
    made, *_ = a_chain
    for name, graduates in (("甲", 7), ("乙", None), ("丙", 0)):
        made.edge("OFFERS", made.node("School", name), made.node("Specialty", name), graduates=graduates)
    for share, kept in ((1.0, 7), (0.8, 5), (0.0, 0)):
        supplied = market(made.projection(), retention=share).supplied
        assert [one.graduates for one in supplied] == [0, None, kept]


@pytest.mark.parametrize(
    ("graduates", "share", "kept"), [(50, 0.58, 29), (100, 0.57, 57), (100, 0.29, 29), (99, 0.29, 28)]
)
def test_a_share_that_gives_whole_people_loses_nobody_to_binary_fractions(a_chain, graduates, share, kept):
    made, *_ = a_chain
    made.edge("OFFERS", made.node("School", "甲"), made.node("Specialty", "专"), graduates=graduates)
    assert [one.graduates for one in market(made.projection(), retention=share).supplied] == [kept]


def test_the_specialty_named_beside_a_post_suits_it(a_chain):
    made, _, post = a_chain
    firm, specialty = made.node("Enterprise", "厂"), made.node("Specialty", "汽修")
    words = {"place": "表!2", "quote": "一行", "year": 2025}
    made.edge("DEMANDS", firm, post, headcount=50, **words)
    made.edge("DEMANDS", firm, specialty, **words)
    assert market(made.projection()).suited == {post: {specialty}}
    assert needs_of(made) == {("厂", None): 50}


@pytest.mark.parametrize("share", [-0.1, 1.5, float("nan")])
def test_a_retention_that_is_no_share_is_refused(a_chain, share):
    with pytest.raises(LiantuError) as caught:
        market(a_chain[0].projection(), retention=share)
    assert caught.value.code == "question.parameter"
