"""Schools without an enterprise and the other way round, against the definition worked out pair by pair."""

from itertools import product

import pytest

from graph.errors import LiantuError
from graph.gaps.isolated_members import isolated_members

TAKING_PART = [
    "MEMBER_OF",
    "LEADS",
    "COOPERATES_WITH",
    "CO_BUILDS",
    "OFFERS",
    "HOSTS",
    "SERVES",
    "OPERATES_IN",
    "DEMANDS",
    "SHARES",
]


def pairs_done(made):
    """(school, enterprise) joined by a cooperation that is done, claim by claim."""
    built = made.done("CO_BUILDS")
    joint = {
        (school, enterprise)
        for (school, one), (enterprise, other) in product(built, built)
        if one == other and school.startswith("School:") and enterprise.startswith("Enterprise:")
    }
    return made.done("COOPERATES_WITH") | joint


def there_of(made):
    return {
        end
        for kind in TAKING_PART
        for row in made.claims(kind)
        if not row["source"].startswith("reference-")
        for end in (row["head"], row["tail"])
        if end.startswith(("School:", "Enterprise:"))
    }


def expected(made):
    return there_of(made) - {end for pair in pairs_done(made) for end in pair}


def test_agrees_with_the_definition_on_random_graphs(five_hundred_graphs):
    found = 0
    for made, projection in five_hundred_graphs:
        answer = {one.member.id for one in isolated_members(projection)}
        assert answer == expected(made)
        found += len(answer)
    assert found > 100


@pytest.mark.parametrize("lacking", ["platform", "both", "either"])
def test_members_without_a_platform_agree_with_the_definition_on_random_graphs(small_graphs, lacking):
    found = 0
    for made, projection in small_graphs[::3]:
        answer = {one.member.id: len(one.lacks) for one in isolated_members(projection, lacking=lacking)}
        there = there_of(made)
        alone = expected(made)
        bare = there - {builder for builder, _ in made.done("CO_BUILDS")}
        chosen = {"platform": bare, "both": alone & bare, "either": alone | bare}[lacking]
        assert answer == {one: (one in alone) + (one in bare) for one in chosen}
        found += len(answer)
    assert found > 50


def test_another_lack_is_a_clear_error(empty_graph):
    with pytest.raises(LiantuError) as caught:
        isolated_members(empty_graph.projection(), lacking="money")
    assert caught.value.code == "question.parameter"


def test_sitting_in_one_consortium_joins_no_pair_but_makes_candidates(empty_graph):
    school, enterprise = empty_graph.node("School", "甲"), empty_graph.node("Enterprise", "厂")
    consortium = empty_graph.node("Consortium", "联")
    empty_graph.edge("LEADS", school, consortium)
    empty_graph.edge("MEMBER_OF", enterprise, consortium)
    first, second = isolated_members(empty_graph.projection())
    assert (first.member.id, second.member.id) == (school, enterprise)
    assert [one.id for one in first.candidates] == [enterprise]
    assert [one.id for one in second.candidates] == [school]


def test_building_one_thing_together_joins_a_pair(empty_graph):
    school, enterprise = empty_graph.node("School", "甲"), empty_graph.node("Enterprise", "厂")
    base = empty_graph.node("TrainingBase", "基地")
    empty_graph.edge("CO_BUILDS", school, base)
    empty_graph.edge("CO_BUILDS", enterprise, base, status="完成")
    assert isolated_members(empty_graph.projection()) == ()


def test_work_under_way_and_plans_are_shown_apart_and_do_not_count(empty_graph):
    school = empty_graph.node("School", "甲")
    begun, planned = (empty_graph.node("Enterprise", name) for name in ("在建厂", "计划厂"))
    empty_graph.edge("COOPERATES_WITH", school, begun, status="在建")
    empty_graph.edge("COOPERATES_WITH", school, planned, status="计划")
    finding = next(one for one in isolated_members(empty_graph.projection()) if one.member.id == school)
    assert [one.id for one in finding.under_way] == [begun]
    assert [one.id for one in finding.intended] == [planned]


def test_who_is_only_mentioned_or_stands_in_a_catalogue_takes_no_part(empty_graph):
    mentioned, listed = (empty_graph.node("School", name) for name in ("甲", "乙"))
    document, region = empty_graph.node("PolicyDocument", "文"), empty_graph.node("Region", "渝")
    specialty = empty_graph.node("Specialty", "光电")
    empty_graph.edge("MENTIONS", document, mentioned)
    empty_graph.edge("LOCATED_IN", mentioned, region)
    empty_graph.edge("OFFERS", listed, specialty, source="reference-offerings")
    assert isolated_members(empty_graph.projection()) == ()
