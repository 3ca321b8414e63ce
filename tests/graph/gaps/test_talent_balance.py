"""Talent supply against demand, against the definition worked out slowly and against what the unknown may be."""

import random

import pytest

from graph.gaps.talent_balance import talent_balance
from graph.identity import scope_of


def below(made, chain):
    inside = {chain}
    for _ in made.ids("IndustryChain"):
        inside |= {row["head"] for row in made.claims("PART_OF") if row["tail"] in inside}
    return inside


def above(made, chain):
    return {whole for whole in made.ids("IndustryChain") if chain in below(made, whole)}


def offerings(made):
    """(school, specialty) → the chains that it serves."""
    hosted = made.done("HOSTS") | {(scope_of(g), g) for g in made.ids("SpecialtyGroup") if scope_of(g)}
    serves, includes = made.done("SERVES"), made.done("INCLUDES")
    pairs = set(made.done("OFFERS"))
    for group, specialty in includes:
        pairs |= {(school, specialty) for school, own in hosted if own == group}
    taught = {specialty for _, specialty in pairs}
    pairs |= {(None, specialty) for _, specialty in includes if specialty not in taught}
    unhosted = {group for group, _ in includes} - {group for _, group in hosted}
    return {
        (school, specialty): {
            chain
            for head, chain in serves
            if head == specialty
            or (
                (head, specialty) in includes
                and ((school, head) in hosted or (head in unhosted and school is None))
            )
        }
        for school, specialty in pairs
    }


def told(made, school, specialty):
    """The years and figures that OFFERS claims of an offering tell."""
    return [
        row
        for row in made.claims("OFFERS")
        if (row["head"], row["tail"]) == (school, specialty)
        and row.get("status") in (None, "完成")
        and row.get("graduates") is not None
    ]


def test_offerings_and_unknown_figures_agree_with_the_definition(five_hundred_graphs):
    compared = 0
    for made, projection in five_hundred_graphs:
        served = offerings(made)
        for one in talent_balance(projection):
            inside = below(made, one.chain.id)
            own = [offering for offering, chains in served.items() if chains & inside]
            unknown = [offering for offering in own if not told(made, *offering)]
            assert one.supply_unknown == len(unknown)
            assert (one.supply is None) == (len(unknown) == len(own))
            assert (one.balance is None) == (one.supply is None or one.demand is None)
            if one.balance is not None:
                assert one.balance == one.supply - one.demand
            compared += bool(own)
    assert compared > 60


def needs(made):
    """The believed demands, without the specialties that the same words name as fit for a post."""

    def words(row):
        return row["source"], row["place"], row["head"], row.get("year")

    rows = made.claims("DEMANDS")
    posts = [row for row in rows if row["tail"].startswith("Occupation:")]
    return posts + [
        row
        for row in rows
        if row["tail"].startswith("Specialty:")
        and not any(
            words(post) == words(row) and row["headcount"] in (None, post["headcount"]) for post in posts
        )
    ]


def test_demand_without_parts_is_the_larger_of_the_chains_and_its_enterprises(small_graphs):
    """Compared where every demander gives one number for what it demands."""
    compared = 0
    for made, projection in small_graphs:
        rows = needs(made)
        known = {(row["head"], row["tail"]): row["headcount"] for row in rows if row["headcount"] is not None}
        if len(known) < sum(row["headcount"] is not None for row in rows):
            continue
        for one in talent_balance(projection):
            if below(made, one.chain.id) != {one.chain.id}:
                continue
            inside = {
                row["head"]
                for row in made.claims("OPERATES_IN")
                if row["tail"] == one.chain.id and row["head"].startswith("Enterprise:")
            }
            total = None
            for demanded in {tail for _, tail in known}:
                said = known.get((one.chain.id, demanded))
                asked = [known[head, demanded] for head in inside if (head, demanded) in known]
                both = ([said] if said is not None else []) + ([sum(asked)] if asked else [])
                if both:
                    total = (total or 0) + max(both)
            assert one.demand == total
            compared += total is not None
    assert compared > 30


def test_single_claims_add_up(small_graphs):
    """Where every offering has one claim with a figure, supply is their plain sum."""
    compared = 0
    for made, projection in small_graphs:
        served = offerings(made)
        for one in talent_balance(projection):
            inside = below(made, one.chain.id)
            rows = [told(made, *offering) for offering, chains in served.items() if chains & inside]
            if rows and all(len(own) <= 1 for own in rows):
                known = [own[0]["graduates"] for own in rows if own]
                assert one.supply == (sum(known) if known else None)
                compared += 1
    assert compared > 50


def completed(made, chance):
    """One way in which things may truly be: unknown figures known, shared people gone to one of their chains."""
    whole = made.copy()
    for kind, column in (("OFFERS", "graduates"), ("DEMANDS", "headcount")):
        whole.edges[kind] = [
            row | {column: chance.randint(1000, 2000)} if row.get(column) is None else row
            for row in whole.edges.get(kind, ())
        ]
    return whole


def test_the_bound_holds_however_the_unknown_turns_out(empty_graph):
    """Filling in unknown figures never takes the balance past its bound."""
    chance = random.Random(3)
    checked = {"≤": 0, "≥": 0, "=": 0}
    for _ in range(150):
        made = type(empty_graph)()
        chain = made.node("IndustryChain", "链", tier="产业链")
        made.edge("STATES", "Source:x", chain)
        for number in range(chance.randint(1, 3)):
            school, specialty = made.node("School", f"校{number}"), made.node("Specialty", f"专{number}")
            made.edge("OFFERS", school, specialty, graduates=chance.choice((None, 10, 50, 90)), year=2024)
            made.edge("SERVES", specialty, chain)
        post = made.node("Occupation", "岗")
        for number in range(chance.randint(1, 3)):
            enterprise = made.node("Enterprise", f"企{number}")
            made.edge("OPERATES_IN", enterprise, chain)
            made.edge("DEMANDS", enterprise, post, headcount=chance.choice((None, 20, 40)), year=2024)
        (one,) = talent_balance(made.projection())
        if one.bound not in checked:
            continue
        (true,) = talent_balance(completed(made, chance).projection())
        if one.bound == "≤":
            assert true.balance <= one.balance
        elif one.bound == "≥":
            assert true.balance >= one.balance
        else:
            assert true.balance == one.balance
        checked[one.bound] += 1
    assert min(checked.values()) > 5


def test_adding_a_group_never_widens_the_gap(small_graphs):
    chance = random.Random(11)
    for made, projection in small_graphs[:100]:
        before = {one.chain.id: one for one in talent_balance(projection)}
        wider = made.copy()
        school, chain = chance.choice(made.ids("School")), chance.choice(made.ids("IndustryChain"))
        group = wider.node("SpecialtyGroup", f"新群@{school}")
        for specialty in made.ids("Specialty"):
            wider.edge("INCLUDES", group, specialty)
        wider.edge("SERVES", group, chain)
        for one in talent_balance(wider.projection()):
            if one.chain.id in before:
                earlier = before[one.chain.id]
                assert (one.supply or 0) >= (earlier.supply or 0)
                assert one.demand == earlier.demand


@pytest.fixture
def chain_of_one(empty_graph):
    """A chain with one offering that serves it and one enterprise in it, no figures yet."""
    chain = empty_graph.node("IndustryChain", "显示", tier="产业链")
    school, specialty = empty_graph.node("School", "甲"), empty_graph.node("Specialty", "光电")
    enterprise, post = empty_graph.node("Enterprise", "厂"), empty_graph.node("Occupation", "面板工")
    empty_graph.edge("STATES", "Source:x", chain)
    empty_graph.edge("SERVES", specialty, chain)
    empty_graph.edge("OPERATES_IN", enterprise, chain)
    return empty_graph, chain, school, specialty, enterprise, post


def test_unknown_is_not_zero(chain_of_one):
    made, _, school, specialty, enterprise, post = chain_of_one
    made.edge("OFFERS", school, specialty)
    made.edge("DEMANDS", enterprise, post, headcount=80)
    (one,) = talent_balance(made.projection())
    assert (one.supply, one.demand, one.balance, one.bound) == (None, 80, None, None)
    assert "毕业生数：名甲·名光电" in [text.zh for text in one.missing]
    made.edge("OFFERS", school, specialty, graduates=0, year=2024)
    (one,) = talent_balance(made.projection())
    assert (one.supply, one.balance, one.bound) == (0, -80, "=")


def test_one_number_told_twice_counts_once(chain_of_one):
    made, _, school, specialty, enterprise, post = chain_of_one
    for source in ("records", "document"):
        made.edge("OFFERS", school, specialty, graduates=120, year=2024, source=source)
        made.edge("DEMANDS", enterprise, post, headcount=300, year=2024, source=source)
    (one,) = talent_balance(made.projection())
    assert (one.supply, one.demand, one.balance, one.bound) == (120, 300, -180, "=")
    assert one.conflicts == ()


def test_contradicting_sources_are_shown_not_added_or_averaged(chain_of_one):
    made, _, school, specialty, enterprise, post = chain_of_one
    made.edge("OFFERS", school, specialty, graduates=120, year=2024, source="records")
    made.edge("OFFERS", school, specialty, graduates=150, year=2024, source="document", confidence=0.8)
    made.edge("DEMANDS", enterprise, post, headcount=300, year=2024)
    (one,) = talent_balance(made.projection())
    assert (one.supply, one.bound) == (120, "≈")
    assert one.conflicts == ("名甲·名光电 2024：120 ≠ 150",)


def test_a_year_picks_its_own_figures_and_none_the_latest(chain_of_one):
    made, _, school, specialty, enterprise, post = chain_of_one
    for year, graduates in ((2023, 90), (2024, 110)):
        made.edge("OFFERS", school, specialty, graduates=graduates, year=year)
    made.edge("DEMANDS", enterprise, post, headcount=200, year=2024)
    (latest,) = talent_balance(made.projection())
    assert (latest.supply, latest.supply_years, latest.balance) == (110, "2024", -90)
    (earlier,) = talent_balance(made.projection(), year=2023)
    assert (earlier.supply, earlier.demand, earlier.balance) == (90, None, None)


def test_graduates_shared_with_another_chain_are_an_upper_bound(chain_of_one):
    made, chain, school, specialty, enterprise, post = chain_of_one
    other = made.node("IndustryChain", "芯片", tier="产业链")
    made.edge("SERVES", specialty, other)
    made.edge("OFFERS", school, specialty, graduates=100, year=2024)
    made.edge("DEMANDS", enterprise, post, headcount=60, year=2024)
    one = next(found for found in talent_balance(made.projection()) if found.chain.id == chain)
    assert (one.supply, one.own_supply, one.balance, one.bound) == (100, None, 40, "≤")


def test_the_need_of_a_chain_holds_the_need_of_its_enterprises(chain_of_one):
    made, chain, _, _, enterprise, post = chain_of_one
    made.edge("DEMANDS", enterprise, post, headcount=300, year=2024)
    made.edge("DEMANDS", chain, post, headcount=1000, year=2024, source="document")
    (one,) = talent_balance(made.projection())
    assert one.demand == 1000


def test_the_specialty_that_suits_a_demanded_post_is_no_second_demand(chain_of_one):
    made, _, _, specialty, enterprise, post = chain_of_one
    made.edge("DEMANDS", enterprise, post, headcount=50, year=2024, place="Sheet1!2")
    made.edge(
        "DEMANDS", enterprise, specialty, year=2024, place="Sheet1!2", quote=made.edges["DEMANDS"][0]["quote"]
    )
    (one,) = talent_balance(made.projection())
    assert (one.demand, one.demand_unknown) == (50, 0)


def test_an_enterprise_that_tells_nothing_leaves_the_demand_open(chain_of_one):
    made, chain, school, specialty, enterprise, post = chain_of_one
    silent = made.node("Enterprise", "静")
    made.edge("OPERATES_IN", silent, chain)
    made.edge("OFFERS", school, specialty, graduates=100, year=2024)
    made.edge("DEMANDS", enterprise, post, headcount=60, year=2024)
    (one,) = talent_balance(made.projection())
    assert (one.balance, one.bound, one.demand_unknown) == (40, "≤", 1)
    assert "需求人数：名静" in [text.zh for text in one.missing]


def test_figures_that_documents_give_of_the_chain_stand_beside_and_are_not_added(chain_of_one):
    made, chain, *_ = chain_of_one
    for key, metric, value, year in (
        ("在校@PolicyDocument:文", "在校生", 330000.0, 2023),
        ("需求@PolicyDocument:文", "人才需求", 525000.0, 2025),
        ("又@PolicyDocument:报", "在校生", 350000.0, 2023),
    ):
        quantity = made.node(
            "Statistic", key, metric=metric, comparator="=", value=value, unit="人", year=year
        )
        made.edge("ABOUT", quantity, chain, source="document")
    (one,) = talent_balance(made.projection())
    assert one.stated == (
        "人才需求 = 52.5 万人（2025）",
        "在校生 = 33 万人（2023）",
        "在校生 = 35 万人（2023）",
    )
    assert one.conflicts == ("在校生（2023）：33 万人 ≠ 35 万人",)
    assert (one.supply, one.demand, one.balance) == (None, None, None)


def test_shortages_come_first_the_largest_first(empty_graph):
    post = empty_graph.node("Occupation", "岗")
    for name, graduates, headcount in (("甲", 100, 110), ("乙", 100, 500), ("丙", 100, 50), ("丁", None, 70)):
        chain = empty_graph.node("IndustryChain", name, tier="产业链")
        school, specialty = (
            empty_graph.node("School", f"校{name}"),
            empty_graph.node("Specialty", f"专{name}"),
        )
        empty_graph.edge("STATES", "Source:x", chain)
        empty_graph.edge("SERVES", specialty, chain)
        empty_graph.edge("OFFERS", school, specialty, graduates=graduates)
        empty_graph.edge("DEMANDS", chain, post, headcount=headcount)
    assert [one.chain.name for one in talent_balance(empty_graph.projection())] == [
        "名乙",
        "名甲",
        "名丁",
        "名丙",
    ]
