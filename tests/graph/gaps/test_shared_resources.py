"""Shared resources, against the definition worked out from the rows of claims."""

import pytest

from graph.errors import LiantuError
from graph.gaps.shared_resources import kind_of_resource, shared_resources


def shares(made):
    """(body, kind, resource) of what is shared, and of what is used."""
    category = {row["id"]: row.get("category") for row in made.nodes.get("SharedResource", ())}

    def kind(resource):
        return "实训基地" if resource.startswith("TrainingBase:") else category[resource] or "未分类"

    shared = {(body, kind(resource), resource) for body, resource in made.done("SHARES")}
    built = {(body, thing) for body, thing in made.done("CO_BUILDS") if thing.startswith("TrainingBase:")}
    shared |= {
        (body, "实训基地", base)
        for body, base in built
        if len({other for other, same in built if same == base}) > 1
    }
    return shared, {(body, kind(resource), resource) for body, resource in made.done("USES")}


def test_who_shares_uses_and_lacks_is_as_the_definition_says(five_hundred_graphs):
    told, lacking, silent = 0, 0, 0
    for made, projection in five_hundred_graphs:
        shared, used = shares(made)
        members = {}
        for kind in ("MEMBER_OF", "LEADS"):
            for head, tail in made.done(kind):
                members.setdefault(tail, set()).add(head)
        wanted = {}
        for circle, inside in members.items():
            for category in {category for _, category, _ in shared}:
                having = {b for b, c, _ in shared if c == category and b in inside | {circle}}
                using = {b for b, c, _ in used if c == category and b in inside | {circle}}
                without = {b for b in inside if b.startswith("School:")} - having - using
                if having or without:
                    wanted[circle, category] = having, using, without
        found = {(one.circle.id, one.category): one for one in shared_resources(projection)}
        assert found.keys() == wanted.keys()
        for key, one in found.items():
            having, using, without = wanted[key]
            assert ({n.id for n in one.sharers}, {n.id for n in one.users}) == (having, using)
            assert {n.id for n in one.lackers} == without
            assert (one.sharing, one.using, one.lacking) == (len(having), len(using), len(without))
            assert one.silent == len(without - {body for body, _, _ in shared | used})
            lacking, silent = lacking + one.lacking, silent + one.silent
        told += len(found)
    assert told > 200
    assert lacking > silent > 50


def test_of_a_chain_the_schools_are_those_that_teach_for_it(five_hundred_graphs):
    told = 0
    for _, projection in five_hundred_graphs[::5]:
        for one in shared_resources(projection, by="chain"):
            assert one.circle.id.startswith("IndustryChain:")
            assert one.elsewhere == ()
            told += one.lacking
    assert told > 10


@pytest.fixture
def two_circles(empty_graph):
    """A consortium whose school shares a course in a chain, and one of the same chain with nothing."""
    chain = empty_graph.node("IndustryChain", "显示", tier="产业链")
    for name in ("甲", "乙"):
        consortium, school = empty_graph.node("Consortium", f"{name}联"), empty_graph.node("School", name)
        empty_graph.edge("MEMBER_OF", school, consortium)
        empty_graph.edge("SERVES", consortium, chain)
        empty_graph.edge("SERVES", school, chain)
    course = empty_graph.node("SharedResource", "课@School:甲", category="校企合作课程")
    empty_graph.edge("SHARES", "School:甲", course)
    return empty_graph


def test_what_nobody_inside_has_is_looked_for_outside_in_the_same_chain(two_circles):
    without, having = shared_resources(two_circles.projection())
    assert (without.circle.name, without.category, without.sharing, without.lacking) == (
        "名乙联",
        "课程",
        0,
        1,
    )
    assert [one.name for one in without.elsewhere] == ["名甲"]
    assert without.silent == 1
    assert (having.circle.name, having.sharing, having.lacking) == ("名甲联", 1, 0)
    assert [one.name for one in having.resources] == ["名课@School:甲"]


def test_whoever_uses_it_does_not_lack_it(two_circles):
    two_circles.edge("USES", "School:乙", "SharedResource:课@School:甲", year=2024)
    found = {one.circle.name: one for one in shared_resources(two_circles.projection())}
    assert found.keys() == {"名甲联"}  # nobody in the other lacks it, and nobody there shares it


def test_words_of_one_kind_are_one_kind():
    words = {"精品课程": "课程", "实训室": "实训基地", "数字教材": "教材", "专业教学资源库": "教学资源库"}
    assert {word: kind_of_resource(word) for word in words} == words
    assert kind_of_resource("专利") == "专利"


def test_an_unknown_circle_is_refused(two_circles):
    with pytest.raises(LiantuError, match="region"):
        shared_resources(two_circles.projection(), by="region")
