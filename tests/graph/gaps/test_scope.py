"""What limits an answer: region with all in it, chain with its parts, level, year, confidence; unknown is left out."""

import random

import numpy as np
import pytest

from graph import gaps
from graph.errors import LiantuError
from graph.gaps.places import LOCATED, place
from graph.gaps.scope import Scope, answer
from graph.identity import label_of, scope_of


@pytest.fixture
def city(empty_graph):
    """A city of two districts, in each a school and an enterprise of another chain; one enterprise lies nowhere."""
    made = empty_graph
    city = made.node("Region", "500000", name="示例市")
    for number, name, chain in ((1, "甲区", "汽车"), (2, "乙区", "显示")):
        region = made.node("Region", f"50000{number}", name=name, aliases=[f"示例市{name}"])
        made.edge("PART_OF", region, city)
        park = made.node("Park", f"{name}园")
        made.edge("LOCATED_IN", park, region)
        school = made.node("School", f"{name}校", level="高职专科" if number == 1 else None)
        made.edge("LOCATED_IN", school, region)
        enterprise = made.node("Enterprise", f"{name}厂")
        made.edge("LOCATED_IN", enterprise, park)
        whole = made.node("IndustryChain", chain, tier="产业链")
        made.edge("OPERATES_IN", enterprise, whole)
        post = made.node("Occupation", f"{chain}工")
        made.edge("DEMANDS", enterprise, post, headcount=10 * number, year=2023 + number, level="高职专科")
        group = made.node("SpecialtyGroup", f"{chain}群@{school}")
        specialty = made.node("Specialty", f"{chain}技术", level="高职专科")
        made.edge("INCLUDES", group, specialty)
        made.edge("OFFERS", school, specialty, graduates=5, year=2024, since=f"202{number + 2}")
    made.edge("OPERATES_IN", made.node("Enterprise", "漂厂"), "IndustryChain:显示")
    return made


def ids(projection):
    return {one for label in projection.nodes for one in projection.ids(label)}


def test_a_region_holds_its_parts_their_parks_and_what_lies_there(city):
    inside = ids(Scope(region="甲区").limit(city.projection()))
    assert {
        "Park:甲区园",
        "School:甲区校",
        "Enterprise:甲区厂",
        "SpecialtyGroup:汽车群@School:甲区校",
    } <= inside
    assert not {"Park:乙区园", "School:乙区校", "Enterprise:乙区厂", "Enterprise:漂厂"} & inside
    whole = ids(Scope(region="500000").limit(city.projection()))
    assert ids(city.projection()) - whole == {"Enterprise:漂厂"}


def test_what_lies_nowhere_is_left_out_and_said(city):
    city.edge("DEMANDS", "IndustryChain:显示", "Occupation:显示工", headcount=9)
    limited = Scope(region="示例市").limit(city.projection())
    assert [text.zh for text in limited.left_out] == ["1 个企业没有所在地", "1 条产业链自身的需求没有地区"]
    assert limited.left_out[0].en == "1 enterprise of no known place"


def test_a_partner_counts_wherever_it_lies_and_where_nobody_knows_its_place(city):
    city.edge("COOPERATES_WITH", "School:乙区校", "Enterprise:甲区厂")
    city.edge("COOPERATES_WITH", city.node("School", "漂校"), city.node("Enterprise", "甲区二厂"))
    city.edge("LOCATED_IN", "Enterprise:甲区二厂", "Region:500001")
    limited = Scope(region="甲区").limit(city.projection())
    alone = answer(gaps.question("isolated_members"), limited)
    assert {one.member.id for one in alone} == {"School:甲区校"}
    pairs = answer(gaps.question("cooperation"), limited)
    assert {(one.subject.name, one.partner.name) for one in pairs} == {
        ("名乙区校", "名甲区厂"),
        ("名漂校", "名甲区二厂"),
    }


def test_a_chain_is_not_uncovered_in_a_region_where_a_group_may_lie_of_which_nobody_knows(city):
    city.edge("SERVES", city.node("SpecialtyGroup", "某群"), "IndustryChain:汽车")
    uncovered = gaps.question("uncovered_chains")
    assert not answer(uncovered, Scope(region="甲区").limit(city.projection()))
    city.edge("HOSTS", "School:乙区校", "SpecialtyGroup:某群")
    found = answer(uncovered, Scope(region="甲区").limit(city.projection()))
    assert [one.chain.name for one in found] == ["名汽车"]


def test_a_chain_without_platform_in_a_region_is_none_where_a_platform_of_unknown_place_serves_it(city):
    platform = city.node("ResearchPlatform", "某台")
    city.edge("SERVES", platform, "IndustryChain:汽车")
    missing = gaps.question("missing_platforms")
    assert not answer(missing, Scope(region="甲区").limit(city.projection()))
    city.edge("LOCATED_IN", platform, "Region:500002")
    found = answer(missing, Scope(region="甲区").limit(city.projection()))
    assert [one.subject.name for one in found] == ["名汽车"]


def test_a_level_does_not_cut_away_the_step_to_the_next(city):
    higher = city.node("Specialty", "汽车工程", level="职业本科")
    city.edge("SERVES", "Specialty:汽车技术", "IndustryChain:汽车")
    broken = gaps.question("broken_ladders")
    limited = Scope(level="高职专科")
    assert [one.specialty.id for one in answer(broken, limited.limit(city.projection()))] == [
        "Specialty:汽车技术"
    ]
    city.edge("ARTICULATES_TO", "Specialty:汽车技术", higher)
    assert not answer(broken, limited.limit(city.projection()))


def test_changes_of_a_region_look_at_the_same_evidence_then_and_now(city):
    city.edge("COOPERATES_WITH", "School:乙区校", "Enterprise:甲区厂", observed="2023-05-01")
    limited = Scope(region="甲区").limit(city.projection())
    told = answer(gaps.question("changes"), limited, since="2024", only="isolated_members")
    assert told == ()
    earlier = answer(gaps.question("changes"), limited, since="2022", only="isolated_members")
    assert [(one.subject.id, one.what) for one in earlier] == [("Enterprise:甲区厂", "消除")]


def test_in_a_region_only_its_chains_are_asked_about(city):
    limited = Scope(region="甲区").limit(city.projection())
    found = answer(gaps.question("uncovered_chains"), limited)
    assert [one.chain.name for one in found] == ["名汽车"]


def test_a_chain_chooses_findings_about_it_and_leaves_the_numbers_as_they_were(city):
    projection = city.projection()
    question = gaps.question("talent_balance")
    part = city.node("IndustryChain", "屏", tier="环节")
    city.edge("PART_OF", part, "IndustryChain:显示")
    whole = question.answer(city.projection())
    limited = Scope(chain="名显示").limit(city.projection())
    assert answer(question, limited) == tuple(one for one in whole if one.chain.name in ("名显示", "名屏"))
    members = answer(gaps.question("isolated_members"), Scope(chain="名汽车").limit(projection))
    assert {one.member.id for one in members} <= {"Enterprise:甲区厂", "School:甲区校"}


def test_needs_of_another_chain_for_the_same_post_are_not_those_of_the_chain_asked_about(city):
    other = city.node("Enterprise", "另厂")
    city.edge("OPERATES_IN", other, "IndustryChain:显示")
    city.edge("DEMANDS", other, "Occupation:汽车工", headcount=70, level="高职专科", year=2024)
    found = answer(gaps.question("talent_matching"), Scope(chain="名汽车").limit(city.projection()))
    assert [(one.demanded.name, one.needed) for one in found] == [("名汽车工", 10)]


def test_figures_of_another_year_are_unknown_not_zero_and_what_began_later_is_not_there(city):
    limited = Scope(year=2024).limit(city.projection())
    needs = limited.claims("DEMANDS")
    assert sorted(needs.column("headcount"), key=str) == [10, None]
    assert limited.claims("OFFERS").column("since") == ["2023", "2024"]
    assert Scope(year=2023).limit(city.projection()).claims("OFFERS").column("since") == ["2023"]


def test_every_figure_of_another_year_is_unknown(city):
    city.edge("OFFERS", "School:甲区校", "Specialty:新", year=2023, in_field=5, further_study=3, unemployed=1)
    city.edge("HAS_INDUSTRY", "Region:甲区", "IndustryChain:新", year=2023, output=1e8, employees=10)
    limited = Scope(year=2024).limit(city.projection())
    for kind, names in (
        ("OFFERS", ("in_field", "further_study", "unemployed")),
        ("HAS_INDUSTRY", ("output",)),
    ):
        claims = limited.claims(kind)
        (row,) = (n for n, year in enumerate(claims.column("year")) if year == 2023)
        assert [claims.column(name)[row] for name in names] == [None] * len(names)


def test_a_level_keeps_its_specialties_needs_and_the_schools_that_teach_it(city):
    city.node("School", "本科校", level="普通本科")
    city.edge("DEMANDS", "Enterprise:甲区厂", "Occupation:汽车工", headcount=7, level="普通本科")
    limited = Scope(level="高职专科").limit(city.projection())
    assert set(limited.ids("School")) == {"School:甲区校", "School:乙区校"}
    assert len(limited.claims("DEMANDS")) == 2
    assert set(Scope(level="普通本科").limit(city.projection()).ids("School")) == {"School:本科校"}


@pytest.fixture
def two_levels(empty_graph):
    """A vocational college and a university, each with a group and a pair of its own, in one consortium."""
    made = empty_graph
    consortium = made.node("Consortium", "联")
    chain = made.node("IndustryChain", "汽车", tier="产业链")
    for name, level in (("高职校", "高职专科"), ("大学", "普通本科")):
        school = made.node("School", name, level=level)
        made.edge("COOPERATES_WITH", school, made.node("Enterprise", f"{name}伙伴"))
        made.edge("OPERATES_IN", f"Enterprise:{name}伙伴", chain)
        made.edge("COOPERATES_WITH", school, made.node("Enterprise", "两校伙伴"))
        made.edge("OPERATES_IN", "Enterprise:两校伙伴", chain)
        made.edge("MEMBER_OF", school, consortium)
        group = made.node("SpecialtyGroup", f"群@{school}")
        made.edge("INCLUDES", group, made.node("Specialty", f"{name}专业", level=level))
        made.node("SpecialtyGroup", f"空群@{school}")
    made.edge("MEMBER_OF", made.node("Enterprise", "旁观厂"), consortium)
    made.edge("SHARES", consortium, made.node("SharedResource", "课", category="课程"))
    return made


def told_at(made, name, level, **parameters):
    return answer(gaps.question(name), Scope(level=level).limit(made.projection()), **parameters)


def test_a_pair_is_of_the_levels_of_its_school(two_levels):
    pairs = told_at(two_levels, "cooperation", "高职专科")
    assert {(one.subject.name, one.partner.name) for one in pairs} == {
        ("名高职校", "名高职校伙伴"),
        ("名高职校", "名两校伙伴"),
    }
    assert not told_at(two_levels, "cooperation", "中职")


def test_what_an_enterprise_or_chain_does_at_a_level_is_done_with_schools_of_it(two_levels):
    enterprises = told_at(two_levels, "cooperation", "高职专科", by="enterprise")
    assert {(one.subject.name, one.pairs) for one in enterprises} == {("名高职校伙伴", 1), ("名两校伙伴", 1)}
    (chain,) = told_at(two_levels, "cooperation", "高职专科", by="chain")
    assert chain.pairs == 2


def test_a_level_chooses_the_schools_of_a_roster_and_not_its_enterprises(two_levels):
    members = {one.member.name for one in told_at(two_levels, "roster", "普通本科")}
    assert members == {"名大学", "名旁观厂", "名两校伙伴"}


def test_who_lacks_a_resource_at_a_level_are_schools_of_it(two_levels):
    (one,) = told_at(two_levels, "shared_resources", "普通本科")
    assert [school.name for school in one.lackers] == ["名大学"]
    assert not told_at(two_levels, "shared_resources", "中职")


def test_a_group_is_of_the_levels_of_its_specialties_else_of_its_school(two_levels):
    two_levels.edge("OFFERS", "School:高职校", two_levels.node("Specialty", "本科专业", level="普通本科"))
    found = told_at(two_levels, "orphan_specialties", "普通本科")
    assert {one.subject.id for one in found if one.kind == "SpecialtyGroup"} == {
        "SpecialtyGroup:群@School:大学",
        "SpecialtyGroup:空群@School:大学",
        "SpecialtyGroup:空群@School:高职校",
    }
    assert {school.name for one in found for school in one.schools} == {"名大学", "名高职校"}


def test_a_school_teaches_at_the_levels_of_its_groups(two_levels):
    two_levels.edge("INCLUDES", "SpecialtyGroup:群@School:大学", "Specialty:高职校专业")
    assert set(Scope(level="高职专科").limit(two_levels.projection()).ids("School")) == {
        "School:高职校",
        "School:大学",
    }


def test_groups_of_no_known_level_are_counted(two_levels):
    two_levels.node("SpecialtyGroup", "孤群")
    limited = Scope(level="高职专科").limit(two_levels.projection())
    assert "1 个专业群没有层次" in [text.zh for text in limited.left_out]


@pytest.mark.parametrize(
    ("scope", "code"),
    [
        (Scope(region="无此区"), "node.unknown"),
        (Scope(chain="无此链"), "node.unknown"),
        (Scope(level="大专"), "question.parameter"),
        (Scope(minimum_confidence=1.5), "question.parameter"),
        (Scope(minimum_confidence="0.8"), "question.parameter"),  # type: ignore[arg-type]
        (Scope(year="2024"), "question.parameter"),  # type: ignore[arg-type]
        (Scope(year=99999), "question.parameter"),
        (Scope(region=500109), "question.parameter"),  # type: ignore[arg-type]
    ],
)
def test_a_scope_that_names_nothing_is_a_clear_error(city, scope, code):
    with pytest.raises(LiantuError) as caught:
        scope.limit(city.projection())
    assert caught.value.code == code


@pytest.mark.parametrize(
    "parameters",
    [
        {"tiers": "集群"},
        {"minimum_confidence": "0.8"},
        {"minimum_confidence": 2},
        {"realised": "完成"},
        {"seats": 1},
    ],
)
def test_a_parameter_of_the_wrong_name_or_type_is_a_clear_error(city, parameters):
    with pytest.raises(LiantuError) as caught:
        gaps.answer(gaps.question("uncovered_chains"), city.projection(), **parameters)
    assert caught.value.code == "question.parameter"


def test_numbers_of_numpy_are_taken(city):
    scope = Scope(year=np.int64(2024), minimum_confidence=np.float64(0.5))
    question = gaps.question("uncovered_chains")
    given = {"minimum_confidence": np.float32(0.5), "realised": ("完成", None)}
    assert gaps.answer(question, scope.limit(city.projection()), **given) == gaps.answer(
        question, Scope(year=2024, minimum_confidence=0.5).limit(city.projection())
    )


def test_a_name_of_two_regions_is_asked_back_and_an_alias_tells_them_apart(city):
    city.node("Region", "600001", name="甲区", aliases=["别市甲区"])
    with pytest.raises(LiantuError) as caught:
        Scope(region="甲区").limit(city.projection())
    assert caught.value.code == "node.ambiguous"
    assert "School:甲区校" in ids(Scope(region="示例市甲区").limit(city.projection()))


def test_a_region_of_which_only_words_are_known_may_be_any_that_they_name(city):
    unresolved = city.node("Region", "甲区", name="甲区")
    city.node("Region", "乙", name="乙")
    for word in ("甲区", "乙"):
        with pytest.raises(LiantuError) as caught:
            Scope(region=word).limit(city.projection())
        assert caught.value.code == "node.ambiguous"
    assert not Scope(region=unresolved).limit(city.projection()).ids("School")
    assert Scope(region="500001").limit(city.projection()).ids("School") == ["School:甲区校"]


def test_a_region_of_which_only_words_are_known_is_found_by_them(city):
    city.edge("LOCATED_IN", "Enterprise:漂厂", city.node("Region", "经开", name="经开"))
    assert list(Scope(region="经开").limit(city.projection()).ids("Enterprise")) == ["Enterprise:漂厂"]


def test_an_empty_scope_limits_nothing(small_graphs):
    for _, projection in small_graphs[:5]:
        assert Scope().limit(projection) is projection


def placed(made, region, sure):
    """What lies in a region, worked out claim by claim until nothing new comes."""
    places, pairs = {region}, [*made.claims("PART_OF", sure), *made.claims("LOCATED_IN", sure)]
    for _ in range(10):
        places |= {
            r["head"] for r in pairs if r["tail"] in places and label_of(r["head"]) in ("Region", "Park")
        }
    direct = {r["head"] for r in made.claims("LOCATED_IN", sure)}
    direct |= {r["head"] for r in made.claims("PART_OF", sure) if label_of(r["head"]) == "Park"}
    found = {r["head"] for r in made.claims("LOCATED_IN", sure) if r["tail"] in places}
    found |= {one for one in places if label_of(one) == "Park"}
    return found, direct


def test_what_lies_in_a_region_agrees_with_the_definition_on_random_graphs(small_graphs):
    chance, some = random.Random(11), 0
    for made, _ in small_graphs:
        own = made.copy()
        regions = [own.node("Region", f"区{n}") for n in range(4)]
        for region in regions[1:]:
            own.edge("PART_OF", region, chance.choice(regions), confidence=chance.choice((0.3, 1.0)))
        own.edge("LOCATED_IN", "Park:园", chance.choice(regions))
        for school in own.ids("School"):
            own.edge("LOCATED_IN", school, chance.choice(regions), confidence=chance.choice((0.3, 1.0)))
        region = chance.choice(regions)
        expected, direct = placed(own, region, 0.5)
        projection = own.projection()
        lies = place(projection, region, 0.5)
        assert {one for one in lies.inside if one in direct} == {one for one in expected if one in direct}
        for group in own.ids("SpecialtyGroup"):
            hosts = {r["head"] for r in own.claims("HOSTS") if r["tail"] == group} | {scope_of(group)}
            assert (group in lies.inside) == bool(hosts & expected)
        limited = Scope(region=region).limit(projection)
        for label in LOCATED:
            assert set(limited.ids(label)) <= lies.inside
        for kind in limited.edges:
            for end in ("head", "tail"):
                column = limited.claims(kind).column(end)
                assert all(label_of(one) not in LOCATED or one in lies.inside for one in column)
        some += bool(lies.inside)
    assert some > 100
