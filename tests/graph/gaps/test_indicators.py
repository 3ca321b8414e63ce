"""The indicators of consortia and the table that weighs them."""

from itertools import product

import pytest

from graph.errors import LiantuError
from graph.gaps.indicators import DEFAULT, NAMES, indicators, size_class, standings


def expected(made):
    """Density, breadth and joint works of every consortium, worked out pair by pair."""
    built, direct = made.done("CO_BUILDS"), made.done("COOPERATES_WITH")
    joint_pairs = {(one, other) for (one, first), (other, second) in product(built, built) if first == second}
    answer = {}
    for consortium in made.ids("Consortium"):
        members = {
            head for kind in ("MEMBER_OF", "LEADS") for head, tail in made.done(kind) if tail == consortium
        }
        if len(members) < 2:
            continue
        pairs = [
            (one, other)
            for one, other in product(members, members)
            if one.startswith("School:") and other.startswith("Enterprise:")
        ]
        done = [pair for pair in pairs if pair in direct | joint_pairs]
        modes = {
            row["mode"]
            for row in made.claims("COOPERATES_WITH")
            if (row["head"], row["tail"]) in pairs and row["status"] in (None, "完成") and row["mode"]
        }
        joint = sum(
            sum((one, thing) in built for one in members) >= 2 for thing in {tail for _, tail in built}
        )
        density = len(done) / len(pairs) if pairs else None
        answer[consortium] = (len(members), density, float(len(modes)), joint / len(members))
    return answer


def test_the_indicators_agree_with_their_definitions_on_random_graphs(five_hundred_graphs):
    found = 0
    for made, projection in five_hundred_graphs:
        answer = {
            one: (told.members, told.values["density"], told.values["breadth"], told.values["joint"])
            for one, told in standings(projection, 0.5).items()
        }
        assert answer == expected(made)
        found += len(answer)
    assert found > 100


def test_the_table_is_read_and_the_default_names_every_indicator():
    assert {one.name for one in indicators(DEFAULT)} == set(NAMES)
    (one,) = indicators(" density ： 30 ： 0.5 ；")
    assert (one.name, one.weight, one.full) == ("density", 30.0, 0.5)


@pytest.mark.parametrize(
    "table",
    [
        "",
        "density",
        "density:30",
        "density:多:1",
        "fame:30:1",
        "density:-1:1",
        "density:1:0",
        "density:0:1",
        "density:1:1;density:2:1",
        "density:1:1:1",
        "density:nan:1",
        "density:1:inf",
    ],
)
def test_a_table_that_cannot_be_read_is_a_clear_error(table):
    with pytest.raises(LiantuError) as caught:
        indicators(table)
    assert caught.value.code == "question.parameter"


def test_like_is_compared_with_like_in_size():
    assert [size_class(count) for count in (2, 5, 6, 15, 16)] == ["小", "小", "中", "中", "大"]


def test_a_member_without_date_or_figure_leaves_the_indicator_unknown_and_not_zero(empty_graph):
    consortium = empty_graph.node("Consortium", "联")
    for label, key in (("School", "甲"), ("Enterprise", "厂")):
        empty_graph.edge("MEMBER_OF", empty_graph.node(label, key), consortium)
    empty_graph.edge("COOPERATES_WITH", "School:甲", "Enterprise:厂", mode="订单班")
    (told,) = standings(empty_graph.projection(), 0.5).values()
    assert (told.values["density"], told.values["breadth"]) == (1.0, 1.0)
    assert [told.values[name] for name in ("activity", "income", "organs", "sharing")] == [None] * 4


def test_activity_counts_the_pairs_of_the_last_four_quarters(empty_graph):
    consortium = empty_graph.node("Consortium", "联")
    school = empty_graph.node("School", "甲")
    empty_graph.edge("MEMBER_OF", school, consortium)
    for key, since in (("一", "2024-02"), ("二", "2024-12"), ("三", "2023-09")):
        enterprise = empty_graph.node("Enterprise", key)
        empty_graph.edge("MEMBER_OF", enterprise, consortium)
        empty_graph.edge("COOPERATES_WITH", school, enterprise, since=since)
    projection = empty_graph.projection()
    (told,) = standings(projection, 0.5).values()
    assert told.values["activity"] == pytest.approx(2 / 3)
    (told,) = standings(projection, 0.5, last_quarter="2024Q1").values()
    assert told.values["activity"] == pytest.approx(2 / 3)  # 2023Q2 to 2024Q1
