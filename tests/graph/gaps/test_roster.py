"""Who should come, be warned, or leave, against the definition worked out member by member."""

from itertools import product

import pytest

from graph.errors import LiantuError
from graph.gaps.roster import roster

STAGE = {None: 0, "完成": 0, "在建": 1, "计划": 2, "倡导": 2}


def pairs(made):
    """(school, enterprise) → how far the furthest of what joins them has come."""
    found = {}
    for row in made.claims("COOPERATES_WITH"):
        pair = (row["head"], row["tail"])
        found[pair] = min(found.get(pair, 2), STAGE[row["status"]])
    stage = {}
    for row in made.claims("CO_BUILDS"):
        key = (row["head"], row["tail"])
        stage[key] = min(stage.get(key, 2), STAGE[row["status"]])
    for (one, first), (other, second) in product(stage, stage):
        if first == second and one.startswith("School:") and other.startswith("Enterprise:"):
            both = max(stage[one, first], stage[other, second])
            found[one, other] = min(found.get((one, other), 2), both)
    return found


def test_entering_and_warning_agree_with_the_definition_on_random_graphs(five_hundred_graphs):
    entered = warned = 0
    for made, projection in five_hundred_graphs:
        joined = pairs(made)
        partners = {}
        for (one, other), stage in joined.items():
            partners.setdefault(one, {})[other] = stage
            partners.setdefault(other, {})[one] = stage
        enter, stay = set(), set()
        for consortium in made.ids("Consortium"):
            members = {
                head
                for kind in ("MEMBER_OF", "LEADS")
                for head, tail in made.done(kind)
                if tail == consortium
            }
            for one, own in partners.items():
                if one not in members and any(other in members for other in own):
                    enter |= (
                        {(one, consortium)} if any(s == 0 and o in members for o, s in own.items()) else set()
                    )
            for one in members:
                side = one.partition(":")[0]
                other = {"School": "Enterprise:", "Enterprise": "School:"}.get(side)
                if other and any(member.startswith(other) for member in members):
                    done = {o for o, stage in partners.get(one, {}).items() if stage == 0 and o in members}
                    stay |= set() if done else {(one, consortium)}
        told = roster(projection, minimum_partners=1, as_of="2022-01")
        assert {(t.member.id, t.consortium.id) for t in told if t.action == "进"} == enter
        assert {(t.member.id, t.consortium.id) for t in told if t.action == "警示"} == stay
        entered, warned = entered + len(enter), warned + len(stay)
    assert min(entered, warned) > 50


@pytest.fixture
def consortium(empty_graph):
    made = empty_graph.node("Consortium", "联")
    for key, since in (("甲", "2023-01"), ("乙", "2024-12"), ("丙", None)):
        empty_graph.edge("MEMBER_OF", empty_graph.node("School", key), made, since=since)
    empty_graph.edge(
        "MEMBER_OF", empty_graph.node("Enterprise", "厂"), made, since="2023-01", until="2024-01"
    )
    return made


def test_long_on_the_roster_without_any_cooperation_should_leave_and_an_undated_one_is_only_warned(
    empty_graph, consortium
):
    empty_graph.edge("MEMBER_OF", empty_graph.node("Enterprise", "新厂"), consortium)
    told = {one.member.name: one for one in roster(empty_graph.projection(), as_of="2025-01")}
    assert {name: one.action for name, one in told.items()} == {
        "名甲": "出",
        "名厂": "出",
        "名新厂": "警示",
        "名乙": "警示",
        "名丙": "警示",
    }
    assert told["名甲"].months == 24
    assert told["名厂"].reasons[0].zh == "成员期已于 2024-01 届满"
    assert told["名甲"].consortium.id == consortium


def test_whose_membership_has_ended_is_nobody_to_have_worked_with(empty_graph, consortium):
    empty_graph.edge("MEMBER_OF", empty_graph.node("Enterprise", "新厂"), consortium)
    empty_graph.edge("COOPERATES_WITH", "School:乙", "Enterprise:厂", mode="订单班", observed="2024-12")
    told = {one.member.name: one for one in roster(empty_graph.projection(), as_of="2025-01")}
    assert (told["名乙"].action, told["名乙"].done_with) == ("警示", ())
    assert told["名厂"].action == "出"


def test_who_has_done_something_with_two_members_should_come_in(empty_graph, consortium):
    outsider = empty_graph.node("Enterprise", "外")
    for key in ("甲", "乙"):
        empty_graph.edge("COOPERATES_WITH", f"School:{key}", outsider, mode="订单班")
    empty_graph.edge("COOPERATES_WITH", "School:丙", outsider, status="计划")
    told = [one for one in roster(empty_graph.projection()) if one.action == "进"]
    assert [(one.member.id, one.consortium.id, len(one.done_with)) for one in told] == [
        (outsider, consortium, 2)
    ]
    assert not [one for one in roster(empty_graph.projection(), minimum_partners=3) if one.action == "进"]


def test_a_leader_is_warned_and_never_told_to_leave(empty_graph):
    made = empty_graph.node("Consortium", "联")
    school, enterprise = empty_graph.node("School", "甲"), empty_graph.node("Enterprise", "厂")
    empty_graph.edge("LEADS", school, made)
    empty_graph.edge("MEMBER_OF", school, made, since="2020-01", until="2021-01")
    empty_graph.edge("MEMBER_OF", enterprise, made)
    told = {one.member.id: one.action for one in roster(empty_graph.projection(), as_of="2025-01")}
    assert told[school] == "警示"


def test_what_is_no_date_is_a_clear_error(empty_graph):
    with pytest.raises(LiantuError):
        roster(empty_graph.projection(), as_of="今天")
