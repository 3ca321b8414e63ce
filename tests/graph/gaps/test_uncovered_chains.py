"""Chains without a specialty group, against the definition worked out pair by pair."""

import random

from graph.gaps.uncovered_chains import uncovered_chains


def below(made, chain):
    """The chain and its parts, by joining PART_OF claims until nothing new comes."""
    inside = {chain}
    for _ in made.ids("IndustryChain"):
        inside |= {row["head"] for row in made.claims("PART_OF") if row["tail"] in inside}
    return inside


TELLING = ("PART_OF", "UPSTREAM_OF", "SERVES", "OPERATES_IN", "STAFFS", "DEMANDS", "ABOUT")


def looked_at(made, chain, tier):
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
        tier[part] in ("集群", "产业链") for part in below(made, chain) - {chain}
    )
    return (named or told) and tier[chain] != "行业" and not groups_others


def expected(made):
    tier = {row["id"]: row.get("tier") for row in made.nodes["IndustryChain"]}
    answer = set()
    for chain, own in tier.items():
        scope = below(made, chain)
        if own == "环节":
            scope |= {whole for whole in tier if chain in below(made, whole)}
        serving = {
            head for head, tail in made.done("SERVES") if tail in scope and head.startswith("SpecialtyGroup:")
        }
        if looked_at(made, chain, tier) and not serving:
            answer.add(chain)
    return answer


def test_agrees_with_the_definition_on_random_graphs(small_graphs):
    found = 0
    for made, projection in small_graphs:
        answer = {one.chain.id for one in uncovered_chains(projection)}
        assert answer == expected(made)
        found += len(answer)
    assert found > 100  # the graphs do ask something


def test_adding_a_group_never_widens_the_gap(small_graphs):
    chance = random.Random(7)
    narrowed = 0
    for made, projection in small_graphs[:100]:
        before = {one.chain.id for one in uncovered_chains(projection)}
        wider = made.copy()
        school, chain = chance.choice(made.ids("School")), chance.choice(made.ids("IndustryChain"))
        group = wider.node("SpecialtyGroup", f"新群@{school}")
        wider.edge("HOSTS", school, group)
        wider.edge("SERVES", group, chain)
        after = {one.chain.id for one in uncovered_chains(wider.projection())}
        assert after <= before
        narrowed += after < before
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
