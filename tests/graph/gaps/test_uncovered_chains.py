"""Chains without a specialty group, against the definition worked out pair by pair."""

import random

import pytest

from graph.errors import LiantuError
from graph.gaps.likeness import Likeness
from graph.gaps.talent_balance import talent_balance
from graph.gaps.uncovered_chains import NO_GROUP, NO_SEATS, NO_SPECIALTY, uncovered_chains


def below(made, chain):
    """The chain and its parts, by joining PART_OF claims until nothing new comes."""
    inside, parts = {chain}, made.claims("PART_OF")
    for _ in made.ids("IndustryChain"):
        inside |= {row["head"] for row in parts if row["tail"] in inside}
    return inside


TELLING = ("PART_OF", "UPSTREAM_OF", "SERVES", "OPERATES_IN", "STAFFS", "DEMANDS", "ABOUT")


def looked_at(made, chain, tier, parts):
    named = any(
        row["tail"] == chain and (row["source"] == "reference-clusters" or row["source"] == "records")
        for row in made.claims("STATES")
    )
    told = any(
        chain in (row["head"], row["tail"]) and not row["source"].startswith("reference-")
        for kind in TELLING
        for row in made.claims(kind)
    )
    groups_others = tier[chain] == "集群" and any(
        tier[part] in ("集群", "产业链") for part in parts - {chain}
    )
    return (named or told) and tier[chain] != "行业" and not groups_others


def expected(made, projection):
    """Chain → its gap; too few seats where the balance, which is checked against brute force itself, is below zero."""
    tier = {row["id"]: row.get("tier") for row in made.nodes["IndustryChain"]}
    balances = {one.chain.id: one.balance for one in talent_balance(projection)}
    parts = {chain: below(made, chain) for chain in tier}
    serves = made.done("SERVES")
    answer = {}
    for chain, own in tier.items():
        scope = parts[chain]
        if own == "环节":
            scope = scope | {whole for whole in tier if chain in parts[whole]}
        serving = {head for head, tail in serves if tail in scope and head.startswith("SpecialtyGroup:")}
        specialties = {h for h, tail in serves if tail in parts[chain] and h.startswith("Specialty:")}
        if not looked_at(made, chain, tier, parts[chain]):
            continue
        if not serving:
            answer[chain] = NO_GROUP if specialties else NO_SPECIALTY
        elif (balances.get(chain) or 0) < 0:
            answer[chain] = NO_SEATS
    return answer


def test_agrees_with_the_definition_on_random_graphs(five_hundred_graphs):
    found = 0
    for made, projection in five_hundred_graphs:
        answer = {one.chain.id: one.gap for one in uncovered_chains(projection)}
        assert answer == expected(made, projection)
        found += len(answer)
    assert found > 100  # the graphs do ask something


def test_without_seats_it_is_the_rest_of_the_whole_answer(small_graphs):
    left_out = 0
    for _, projection in small_graphs[::4]:
        whole = uncovered_chains(projection)
        rest = tuple(one for one in whole if one.gap != NO_SEATS)
        assert uncovered_chains(projection, seats=False) == rest
        left_out += len(whole) - len(rest)
    assert left_out


def test_one_tier_is_those_of_the_whole_answer_that_are_of_it(small_graphs):
    for _, projection in small_graphs[::4]:
        whole = uncovered_chains(projection)
        for tier in ("集群", "产业链", "环节"):
            assert uncovered_chains(projection, tier=tier) == tuple(one for one in whole if one.tier == tier)


def test_a_tier_that_there_is_none_of_is_a_clear_error(empty_graph):
    with pytest.raises(LiantuError) as caught:
        uncovered_chains(empty_graph.projection(), tier="链条")
    assert caught.value.code == "question.parameter"


def test_adding_a_group_never_widens_the_gap(small_graphs):
    chance = random.Random(7)
    narrowed = 0
    for made, projection in small_graphs[:100]:
        degrees = [NO_SEATS, NO_GROUP, NO_SPECIALTY]
        before = {one.chain.id: degrees.index(one.gap) for one in uncovered_chains(projection)}
        tier = {row["id"]: row.get("tier") for row in made.nodes["IndustryChain"]}
        asked = {one for one in tier if looked_at(made, one, tier, below(made, one))}
        wider = made.copy()
        school, chain = chance.choice(made.ids("School")), chance.choice(made.ids("IndustryChain"))
        group = wider.node("SpecialtyGroup", f"新群@{school}")
        wider.edge("HOSTS", school, group)
        wider.edge("SERVES", group, chain)
        answer = uncovered_chains(wider.projection())
        after = {one.chain.id: degrees.index(one.gap) for one in answer if one.chain.id in asked}
        assert all(degree <= before.get(one, -1) for one, degree in after.items())
        narrowed += after != before
    assert narrowed > 10


def test_a_plan_to_serve_covers_nothing_but_is_shown(empty_graph):
    chain = empty_graph.node("IndustryChain", "新型显示", tier="产业链")
    group = empty_graph.node("SpecialtyGroup", "光电群")
    empty_graph.edge("STATES", "Source:x", chain)
    empty_graph.edge("SERVES", group, chain, status="计划")
    (finding,) = uncovered_chains(empty_graph.projection())
    assert [one.id for one in finding.intended] == [group]


def test_serving_a_segment_covers_the_chain_and_serving_the_chain_covers_its_segments(empty_graph):
    chain = empty_graph.node("IndustryChain", "新能源汽车", tier="产业链")
    battery, motor = (empty_graph.node("IndustryChain", name, tier="环节") for name in ("动力电池", "电机"))
    group = empty_graph.node("SpecialtyGroup", "电池群")
    for one in (chain, battery, motor):
        empty_graph.edge("STATES", "Source:x", one)
    for part in (battery, motor):
        empty_graph.edge("PART_OF", part, chain)
    empty_graph.edge("SERVES", group, battery)
    assert [one.chain.id for one in uncovered_chains(empty_graph.projection())] == [motor]
    empty_graph.edge("SERVES", group, chain)
    assert uncovered_chains(empty_graph.projection()) == ()


def test_a_cluster_of_chains_is_answered_through_its_chains(empty_graph):
    cluster = empty_graph.node("IndustryChain", "33618", tier="集群")
    chains = [empty_graph.node("IndustryChain", name, tier="产业链") for name in ("先进材料", "新型显示")]
    for one in (cluster, *chains):
        empty_graph.edge("STATES", "Source:x", one, source="reference-clusters")
    for one in chains:
        empty_graph.edge("PART_OF", one, cluster)
    assert {one.chain.id for one in uncovered_chains(empty_graph.projection())} == set(chains)


def test_an_industry_of_the_statistical_catalogue_is_not_asked_about(empty_graph):
    industry = empty_graph.node("IndustryChain", "C36", tier="行业")
    empty_graph.edge("STATES", "Source:x", industry, source="document")
    assert uncovered_chains(empty_graph.projection()) == ()


def test_what_is_needed_most_comes_first_and_unknown_need_is_none(empty_graph):
    asked, quiet = (empty_graph.node("IndustryChain", name, tier="产业链") for name in ("显示", "安静"))
    post = empty_graph.node("Occupation", "面板工")
    for one in (quiet, asked):
        empty_graph.edge("STATES", "Source:x", one)
    empty_graph.edge("DEMANDS", asked, post, headcount=300, year=2024)
    first, second = uncovered_chains(empty_graph.projection())
    assert (first.chain.id, first.headcount) == (asked, 300)
    assert (second.chain.id, second.headcount) == (quiet, None)


def test_words_of_a_document_stand_before_a_catalogue(empty_graph):
    chain = empty_graph.node("IndustryChain", "新型显示", tier="产业链")
    document = empty_graph.node("PolicyDocument", "文")
    empty_graph.edge("STATES", "Source:x", chain, source="reference-clusters", quote="目录")
    empty_graph.edge("STATES", "Source:y", chain, source="document", quote="壮大新型显示产业")
    empty_graph.edge("MENTIONS", document, chain, source="document", quote="新型显示", confidence=0.9)
    (finding,) = uncovered_chains(empty_graph.projection())
    assert [claim.quote for claim in finding.evidence] == ["新型显示", "壮大新型显示产业", "目录"]
    assert finding.voices == 1


def test_the_nearest_groups_hold_the_specialties_that_the_chain_asks_for(empty_graph):
    chain = empty_graph.node("IndustryChain", "新型显示", tier="产业链")
    post, wanted, other = (
        empty_graph.node("Occupation", "面板工"),
        empty_graph.node("Specialty", "光电"),
        empty_graph.node("Specialty", "旅游"),
    )
    near, far = (empty_graph.node("SpecialtyGroup", name) for name in ("光电群", "旅游群"))
    empty_graph.edge("STATES", "Source:x", chain)
    empty_graph.edge("DEMANDS", chain, post)
    empty_graph.edge("PREPARES_FOR", wanted, post)
    empty_graph.edge("INCLUDES", near, wanted)
    empty_graph.edge("INCLUDES", far, other)
    (finding,) = uncovered_chains(empty_graph.projection())
    assert [one.id for one in finding.nearest] == [near]


def test_a_bare_mention_asks_for_no_group_but_a_list_a_record_or_something_said_of_it_does(empty_graph):
    document = empty_graph.node("PolicyDocument", "文")
    chains = [empty_graph.node("IndustryChain", name) for name in ("提及", "清单", "记录", "所述")]
    for chain in chains:
        empty_graph.edge("STATES", "Source:x", chain, source="document")
        empty_graph.edge("MENTIONS", document, chain, source="document")
    empty_graph.edge("STATES", "Source:y", chains[1], source="reference-clusters")
    empty_graph.edge("STATES", "Source:z", chains[2], source="records")
    figure = empty_graph.node("Statistic", "需求@PolicyDocument:文")
    empty_graph.edge("ABOUT", figure, chains[3], source="document")
    found = {one.chain.id for one in uncovered_chains(empty_graph.projection())}
    assert found == set(chains[1:])


def test_a_group_that_trains_too_few_leaves_a_shortage_and_unknown_graduates_none(empty_graph):
    chain = empty_graph.node("IndustryChain", "新型显示", tier="产业链")
    school, specialty = empty_graph.node("School", "校"), empty_graph.node("Specialty", "光电")
    group = empty_graph.node("SpecialtyGroup", f"光电群@{school}")
    empty_graph.edge("SERVES", group, chain)
    empty_graph.edge("INCLUDES", group, specialty)
    empty_graph.edge("DEMANDS", chain, empty_graph.node("Occupation", "面板工"), headcount=300, year=2024)
    assert uncovered_chains(empty_graph.projection()) == ()  # unknown is not too few
    empty_graph.edge("OFFERS", school, specialty, graduates=120, year=2024)
    (finding,) = uncovered_chains(empty_graph.projection())
    assert (finding.gap, finding.headcount, finding.seats, finding.short) == (NO_SEATS, 300, 120, 180)
    assert {claim.kind for claim in finding.evidence} == {"DEMANDS", "OFFERS"}


def test_the_reasons_name_shared_specialties_posts_and_enterprises_in_the_same_city(empty_graph):
    city, district = (
        empty_graph.node("Region", "5000", level="省级"),
        empty_graph.node("Region", "5001", level="县级"),
    )
    empty_graph.edge("PART_OF", district, city)
    chain, post = empty_graph.node("IndustryChain", "新型显示"), empty_graph.node("Occupation", "面板工")
    firm, school = empty_graph.node("Enterprise", "厂"), empty_graph.node("School", "校")
    specialty = empty_graph.node("Specialty", "光电")
    group = empty_graph.node("SpecialtyGroup", f"光电群@{school}")
    empty_graph.edge("INCLUDES", group, specialty)
    empty_graph.edge("OPERATES_IN", firm, chain)
    empty_graph.edge("DEMANDS", firm, post)
    empty_graph.edge("PREPARES_FOR", specialty, post)
    empty_graph.edge("LOCATED_IN", firm, district)
    empty_graph.edge("LOCATED_IN", school, city)
    (finding,) = uncovered_chains(empty_graph.projection())
    (reason,) = finding.reasons
    assert (
        reason.zh
        == f"名校·名光电群@{school}：相同专业 1 个（名光电），面向所需岗位 1 个（名面板工），同城链上企业 1 家"
    )


def test_names_alike_weigh_rare_pairs_and_are_only_a_hint(empty_graph):
    names = Likeness({"a": "工业机器人技术", "b": "机电技术", "c": "旅游管理", "d": "汽车技术"})
    assert [one for one, _ in names.nearest("工业机器人产业链", 0.5, 3)] == ["a"]
    assert names.nearest("技术", 0.5, 3) == []
    assert names.nearest("", 0.0, 3) == []
    chain = empty_graph.node("IndustryChain", "x", name="工业机器人")
    empty_graph.edge("STATES", "Source:x", chain)
    like = empty_graph.node("Specialty", "460305", name="工业机器人技术")
    for number, name in enumerate(("机电技术", "旅游管理", "汽车技术")):
        empty_graph.node("Specialty", str(number), name=name)
    (finding,) = uncovered_chains(empty_graph.projection())
    assert [one.id for one in finding.alike] == [like]
    assert finding.gap == NO_SPECIALTY


def test_broken_input_is_answered_or_left_out_not_a_crash(empty_graph):
    chain = empty_graph.node("IndustryChain", "圈", tier="产业链")
    empty_graph.edge("PART_OF", chain, chain)
    empty_graph.edge("STATES", "Source:x", chain)
    for headcount in (-5, None, 10**15):
        empty_graph.edge(
            "DEMANDS", chain, empty_graph.node("Occupation", f"岗{headcount}"), headcount=headcount
        )
    (finding,) = uncovered_chains(empty_graph.projection())
    assert finding.headcount == 10**15  # fewer than none is no number of people


def test_seats_short_are_told_with_the_offerings_whose_graduates_nobody_tells(empty_graph):
    chain = empty_graph.node("IndustryChain", "链", tier="产业链")
    specialty, post = empty_graph.node("Specialty", "专"), empty_graph.node("Occupation", "岗")
    first, second = (empty_graph.node("School", name) for name in ("甲", "丙"))
    group, enterprise = (
        empty_graph.node("SpecialtyGroup", f"群@{first}"),
        empty_graph.node("Enterprise", "厂"),
    )
    for head in (group, specialty):
        empty_graph.edge("SERVES", head, chain)
    empty_graph.edge("INCLUDES", group, specialty)
    empty_graph.edge("OPERATES_IN", enterprise, chain)
    empty_graph.edge("DEMANDS", enterprise, post, headcount=60)
    empty_graph.edge("OFFERS", first, specialty, graduates=50, year=2024)
    empty_graph.edge("OFFERS", second, specialty, year=2024)
    (found,) = uncovered_chains(empty_graph.projection())
    assert (found.seats, found.unknown, found.short) == (50, 1, 10)
