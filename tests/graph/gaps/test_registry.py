"""The register of consortia, against its definition worked out claim by claim."""

import pytest

from graph.errors import LiantuError
from graph.gaps.registry import registry

LEVELS = {None, "完成"}


def told(value):
    return value if value and value[:2] == "20" else None


def earlier(one, other):
    shorter = min(len(one), len(other))
    return one[:shorter] < other[:shorter]


def expected(made, day):
    answer = {}
    for consortium in made.ids("Consortium"):
        inside, gone, joined = set(), {}, {}
        claims = [
            row
            for kind in ("MEMBER_OF", "LEADS")
            for row in made.claims(kind)
            if row["tail"] == consortium and row["status"] in LEVELS
        ]
        leaders = {row["head"] for row in claims if row["id"].split("#")[1].startswith("LEADS")}
        for member in {row["head"] for row in claims}:
            own = [
                row
                for row in claims
                if row["head"] == member
                and not (told(row.get("since")) and earlier(day, told(row.get("since"))))
            ]
            starts = sorted(told(row.get("since")) for row in own if told(row.get("since")))
            ends = [
                told(row.get("until"))
                for row in own
                if told(row.get("until")) and earlier(told(row.get("until")), day)
            ]
            open_claims = [
                row for row in own if not (told(row.get("until")) and earlier(told(row.get("until")), day))
            ]
            again = ends and any(earlier(max(ends), start) for start in starts)
            if open_claims and (not ends or member in leaders or again):
                inside.add(member)
                joined[member] = starts[0] if starts else None
            elif ends:
                gone[member] = max(ends)
        if inside or gone:
            first = min((start for start in joined.values() if start), default=None)
            later = sum(bool(start and first and earlier(first, start)) for start in joined.values())
            undated = sum(start is None for start in joined.values())
            answer[consortium] = (inside, len(gone), later, undated, leaders & inside)
    return answer


@pytest.mark.parametrize("day", ["2023-06", "2024-06-30"])
def test_agrees_with_the_definition_on_random_graphs(five_hundred_graphs, day):
    found = 0
    for made, projection in five_hundred_graphs:
        answer = {
            one.consortium.id: (
                {member.id for member in one.listed},
                len(one.left),
                len(one.joined),
                one.undated,
                {leader.id for leader in one.leaders},
            )
            for one in registry(projection, as_of=day)
        }
        assert answer == expected(made, day)
        found += len(answer)
    assert found > 100


@pytest.fixture
def consortium(empty_graph):
    made = empty_graph.node("Consortium", "联", level="市级")
    park, school = empty_graph.node("Park", "园"), empty_graph.node("School", "甲")
    late, left = empty_graph.node("Enterprise", "乙"), empty_graph.node("Enterprise", "丙")
    empty_graph.edge("LEADS", park, made)
    empty_graph.edge("MEMBER_OF", school, made, since="2023-06", observed="2023-06")
    empty_graph.edge("MEMBER_OF", late, made, since="2024-03", observed="2024-03")
    empty_graph.edge("MEMBER_OF", left, made, since="2023-06", until="2023-12", observed="2023-06")
    return made


def test_who_joined_later_and_who_left_are_told_with_their_dates(empty_graph, consortium):
    (one,) = registry(empty_graph.projection())
    assert (one.consortium.id, one.level, one.members, one.dated) == (consortium, "市级", 3, "2024-03")
    assert [leader.name for leader in one.leaders] == ["名园"]
    assert (one.joined, one.left, one.undated) == (("名乙 2024-03",), ("名丙 2023-12",), 1)


def test_an_earlier_register_has_neither_come_nor_gone(empty_graph, consortium):
    (one,) = registry(empty_graph.projection(), as_of="2023-09")
    assert (one.consortium.id, one.members, one.joined, one.left) == (consortium, 3, (), ())


def test_since_a_date_only_later_changes_are_told(empty_graph, consortium):
    (one,) = registry(empty_graph.projection(), since="2024-01", as_of="2024-12")
    assert (one.consortium.id, one.joined, one.left) == (consortium, ("名乙 2024-03",), ())


def test_a_planned_membership_makes_no_member(empty_graph):
    made, school = empty_graph.node("Consortium", "联"), empty_graph.node("School", "甲")
    empty_graph.edge("MEMBER_OF", school, made, status="计划")
    assert registry(empty_graph.projection()) == ()


def test_the_day_is_the_last_of_which_a_membership_that_counts_speaks(empty_graph):
    made, school = empty_graph.node("Consortium", "联"), empty_graph.node("School", "甲")
    empty_graph.edge("MEMBER_OF", school, made, observed="2023-05")
    empty_graph.edge("MEMBER_OF", empty_graph.node("School", "乙"), made, status="计划", observed="2024-09")
    projection = empty_graph.projection()
    assert [one.dated for one in registry(projection)] == ["2023-05"]
    assert [(one.dated, one.members) for one in registry(projection, realised=(None, "计划"))] == [
        ("2024-09", 2)
    ]


def test_levels_that_contradict_each_other_are_shown(empty_graph, consortium):
    for source, level in (("document", "市级"), ("records", "国家级")):
        empty_graph.edge(
            "STATES", f"Source:{source}", consortium, source=source, properties=f'{{"level":"{level}"}}'
        )
    (one,) = registry(empty_graph.projection())
    assert one.conflicts == ("国家级（records）", "市级（document）")


@pytest.mark.parametrize("wrong", ["去年", "2024-13", "2024/06", ""])
def test_what_is_no_date_is_a_clear_error(empty_graph, wrong):
    with pytest.raises(LiantuError) as caught:
        registry(empty_graph.projection(), as_of=wrong)
    assert caught.value.code == "question.parameter"
