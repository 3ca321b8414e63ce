"""How far education groups the chains otherwise than industry does; the agreement against its definition."""

import itertools
import math
import random
from collections import Counter
from dataclasses import replace

import networkx as nx
import pytest

from graph.errors import LiantuError
from graph.gaps.agreement import adjusted_mutual_information
from graph.gaps.scope import Scope
from graph.gaps.skins_index import skins_index


def mutual(first, second):
    total = len(first)
    rows, columns, both = Counter(first), Counter(second), Counter(zip(first, second, strict=True))
    return sum(n / total * math.log(total * n / (rows[r] * columns[c])) for (r, c), n in both.items())


def test_the_agreement_is_that_of_all_permutations():
    """The expectation over all orders of one grouping, worked out by trying every one."""
    chance = random.Random(3)
    for _ in range(12):
        first = [chance.randrange(3) for _ in range(6)]
        second = [chance.randrange(3) for _ in range(6)]
        found = adjusted_mutual_information(first, second)
        every = [mutual(first, order) for order in itertools.permutations(second)]
        expected = sum(every) / len(every)
        most = (mutual(first, first) + mutual(second, second)) / 2 - expected
        if found is None:
            assert abs(most) < 1e-9 or len(set(first)) == 1 == len(set(second))
        else:
            assert found == pytest.approx((mutual(first, second) - expected) / most)


def test_the_same_grouping_agrees_wholly_and_a_trivial_one_not_at_all():
    assert adjusted_mutual_information("aabbcc", "112233") == pytest.approx(1)
    assert adjusted_mutual_information("aaaa", "1111") is None
    assert adjusted_mutual_information("a", "1") is None


def two_worlds(made, crossed):
    """Two groups of four chains that enterprises join; schools join them alike, or crosswise."""
    chains = [made.node("IndustryChain", f"链{n}", tier="产业链") for n in range(8)]
    for group in (chains[:4], chains[4:]):
        for pair in itertools.combinations(group, 2):
            firm = made.node("Enterprise", f"企{pair}")
            for chain in pair:
                made.edge("OPERATES_IN", firm, chain)
    taught = [chains[::2], chains[1::2]] if crossed else [chains[:4], chains[4:]]
    for number, group in enumerate(taught):
        for pair in itertools.combinations(group, 2):
            school = made.node("School", f"校{number}{pair}")
            for chain in pair:
                made.edge("SERVES", school, chain)
    return made.projection()


def test_one_skin_has_index_0_and_two_skins_index_1(empty_graph):
    (one,) = skins_index(two_worlds(empty_graph, crossed=False))
    assert one.index == 0
    assert one.z_score > 2
    assert one.chains == 8


def test_schools_across_the_communities_of_industry_are_two_skins(empty_graph):
    (one,) = skins_index(two_worlds(empty_graph, crossed=True))
    assert one.index == 1
    assert one.z_score < 2


def test_other_names_and_ids_change_neither_index_nor_z(dense_graphs):
    """Chains named otherwise stand in another order: communities and rewiring follow the ties alone."""
    compared = 0
    for number, (made, projection) in enumerate(dense_graphs[:12]):
        (one,) = skins_index(projection, samples=3)
        other = made.relabelled()
        chance = random.Random(number)
        for row in other.nodes["IndustryChain"]:
            row["name"] = f"{chance.random()}"
        (again,) = skins_index(other.projection(), samples=3)
        told = ("index", "agreement", "agreement_from", "agreement_to", "by_chance", "z_score", "communities")
        assert [getattr(one, name) for name in told] == [getattr(again, name) for name in told]
        compared += one.index is not None
    assert compared > 5


def test_where_several_groupings_are_as_good_the_mean_is_told_with_its_span(empty_graph):
    chains = [empty_graph.node("IndustryChain", f"链{n}", tier="产业链") for n in range(12)]
    for n, chain in enumerate(chains):
        for kind, body in (("OPERATES_IN", "Enterprise"), ("SERVES", "School")):
            joined = empty_graph.node(body, f"{body}{n}")
            empty_graph.edge(kind, joined, chain)
            empty_graph.edge(kind, joined, chains[(n + 1) % 12])
    (one,) = skins_index(empty_graph.projection(), samples=2)
    assert one.agreement_from < one.agreement < one.agreement_to
    assert "取平均" in one.meaning.zh
    assert "the mean is taken" in one.meaning.en


def test_a_chain_that_one_school_serves_is_cut_off_by_its_leaving(empty_graph):
    chain, other = (empty_graph.node("IndustryChain", name, tier="产业链") for name in ("独", "众"))
    first, second = (empty_graph.node("School", name) for name in ("甲", "乙"))
    empty_graph.edge("SERVES", first, chain)
    for school in (first, second):
        empty_graph.edge("SERVES", school, other)
    (one,) = skins_index(empty_graph.projection())
    assert [text.zh for text in one.cut_off] == ["名独（仅 名甲）"]
    assert one.index is None


def test_parts_count_for_their_wholes(empty_graph):
    chain = empty_graph.node("IndustryChain", "整", tier="产业链")
    part = empty_graph.node("IndustryChain", "段", tier="环节")
    empty_graph.edge("PART_OF", part, chain)
    empty_graph.edge("SERVES", empty_graph.node("School", "校"), part)
    empty_graph.edge("OPERATES_IN", empty_graph.node("Enterprise", "厂"), chain)
    (one,) = skins_index(empty_graph.projection())
    assert (one.chains, one.education_only, one.industry_only) == (1, 0, 0)


def test_it_rests_on_both_sides_and_is_as_sure_as_the_less_sure_one(empty_graph):
    chain = empty_graph.node("IndustryChain", "链", tier="产业链")
    empty_graph.edge("SERVES", empty_graph.node("School", "校"), chain, confidence=0.6)
    for number in range(9):
        empty_graph.edge("OPERATES_IN", empty_graph.node("Enterprise", f"厂{number}"), chain, confidence=0.9)
    empty_graph.edge("DEMANDS", chain, empty_graph.node("Occupation", "岗"), confidence=0.9)
    (one,) = skins_index(empty_graph.projection())
    assert one.confidence == 0.6
    assert {claim.kind for claim in one.evidence} == {"SERVES", "DEMANDS", "OPERATES_IN"}


def test_bridges_and_counts_agree_with_networkx_on_random_graphs(five_hundred_graphs):
    answered = 0
    for made, projection in five_hundred_graphs:
        found = skins_index(projection, samples=0)
        tier = {row["id"]: row.get("tier") for row in made.nodes["IndustryChain"]}
        if any(own in ("环节", "行业") for own in tier.values()):
            continue  # those count for others, or not
        offers = {(h, s) for h, s in made.done("OFFERS")}
        hosts = {(h, g) for h, g in made.done("HOSTS")}
        hosts |= {(one.partition("@")[2], one) for one in made.ids("SpecialtyGroup") if "@" in one}
        offers |= {(h, s) for h, g in hosts for group, s in made.done("INCLUDES") if g == group}
        ties = {(h, c) for h, c in made.done("SERVES") if h.startswith("School:")}
        ties |= {(h, c) for h, one in offers | hosts for head, c in made.done("SERVES") if head == one}
        working = {r["tail"] for r in made.claims("OPERATES_IN") if r["head"].startswith("Enterprise:")}
        joined = working | {
            r["head"] for r in made.claims("DEMANDS") if r["head"].startswith("IndustryChain:")
        }
        joined |= {r[end] for r in made.claims("UPSTREAM_OF") for end in ("head", "tail")}
        if not ties and not joined:
            assert found == ()
            continue
        (one,) = found
        taught = {chain for _, chain in ties}
        assert one.chains == len(taught & joined)
        assert (one.education_only, one.industry_only) == (len(taught - joined), len(joined - taught))
        assert one.bridges == len(list(nx.bridges(nx.Graph(list(ties)))))
        answered += 1
    assert answered > 20


def test_by_region_each_is_the_answer_within_it(small_graphs):
    found = 0
    for _, projection in small_graphs[:60]:
        told = skins_index(projection, by="region", region_level="省级", samples=0)
        for one in told:
            limited = Scope(region=one.whole.zh).limit(projection)
            (alone,) = skins_index(limited, samples=0)
            assert replace(alone, whole=one.whole) == one
            found += 1
    assert found > 20


def test_by_year_each_is_what_was_known_at_its_end(empty_graph):
    two_worlds(empty_graph, crossed=True)
    for row in empty_graph.edges["SERVES"]:
        row["observed"] = "2023" if row["head"].startswith("School:校0") else "2024-05"
    early, late = skins_index(empty_graph.projection(), by="year", samples=0)
    assert [one.whole.zh for one in (early, late)] == ["2023 年底", "2024 年底"]
    assert (early.chains, late.chains) == (4, 8)


def test_a_breakdown_that_there_is_none_of_is_a_clear_error(empty_graph):
    with pytest.raises(LiantuError) as caught:
        skins_index(empty_graph.projection(), by="chain")
    assert caught.value.code == "question.parameter"
