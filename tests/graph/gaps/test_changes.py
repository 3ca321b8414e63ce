"""What opened and closed, against the answers of both times compared finding by finding."""

import pytest

from graph.errors import LiantuError
from graph.gaps.changes import COMPARED, changes, until
from graph.gaps.finding import Named
from graph.project import Projection


def subjects(question, projection):
    found = []
    for finding in question.answer(projection):
        values = [getattr(finding, name) for name in finding.__dataclass_fields__]
        named = tuple(value.id for value in values if isinstance(value, Named))
        found.append((*named, getattr(finding, "kind", "")))
    return found


@pytest.mark.parametrize("name", COMPARED)
def test_what_opened_and_closed_is_the_difference_of_both_answers(small_graphs, name):
    question = COMPARED[name]
    for number, (_, projection) in enumerate(small_graphs[:40]):
        earlier = small_graphs[number + 1][1]
        projection.earlier = earlier
        try:
            told = changes(projection, only=name)
        finally:
            projection.earlier = None
        now, then = subjects(question, projection), subjects(question, earlier)
        for what, here, there in (("新增", now, then), ("消除", then, now)):
            expected = sum(max(0, here.count(one) - there.count(one)) for one in set(here))
            assert sum(one.what == what for one in told) == expected


def test_a_graph_has_not_changed_against_itself(small_graphs):
    for made, _ in small_graphs[:20]:
        projection = made.projection()
        projection.earlier = made.projection()
        assert changes(projection) == ()


def test_turned_round_what_opened_is_what_closed(small_graphs):
    first, second = (made.projection() for made, _ in small_graphs[:2])
    first.earlier, opened = second, None
    opened = {(one.question, one.subject) for one in changes(first) if one.what == "新增"}
    first.earlier, second.earlier = None, first
    assert {(one.question, one.subject) for one in changes(second) if one.what == "消除"} == opened


@pytest.fixture
def chain(empty_graph):
    chain = empty_graph.node("IndustryChain", "链", tier="产业链")
    empty_graph.edge("OPERATES_IN", empty_graph.node("Enterprise", "厂"), chain, observed="2023-01")
    return empty_graph


def cover(made):
    school = made.node("School", "校")
    group = made.node("SpecialtyGroup", f"群@{school}")
    made.edge("HOSTS", school, group, observed="2024-06")
    made.edge("SERVES", group, "IndustryChain:链", observed="2024-06")


def test_a_group_that_came_since_closed_the_gap_of_its_chain(chain):
    cover(chain)
    told = changes(chain.projection(), since="2023-12", only="uncovered_chains")
    assert [(one.what, one.subject.name, one.since) for one in told] == [("消除", "名链", "2023-12")]
    assert changes(chain.projection(), since="2024-06-30", only="uncovered_chains") == ()


def test_figures_that_changed_are_shown_then_and_now(chain):
    school = chain.node("School", "校")
    earlier = chain.projection()
    for day, name in (("2023-01", "一"), ("2024-06", "二")):
        consortium = chain.node("Consortium", name)
        chain.edge("MEMBER_OF", school, consortium, observed=day)
        chain.edge("MEMBER_OF", "Enterprise:厂", consortium, observed=day)
    projection = chain.projection()
    told = changes(projection, since="2023-12", only="isolated_members")
    assert any("名一 → 名一、名二" in text.zh for one in told for text in one.details)
    projection.earlier = earlier
    assert {one.what for one in changes(projection, only="isolated_members")} <= {"新增", "变化"}


def test_undated_claims_stay_in_what_was_before(chain):
    chain.edge("OPERATES_IN", "Enterprise:厂", "IndustryChain:链")
    before = until(chain.projection(), "2000")
    assert before.claims("OPERATES_IN").column("observed") == [None]


def test_kinds_of_which_nothing_is_later_keep_their_table(chain):
    cover(chain)
    projection = chain.projection()
    before = until(projection, "2023-12")
    assert before.edges["OPERATES_IN"] is projection.edges["OPERATES_IN"]
    assert before.edges["SERVES"].num_rows == 0


@pytest.mark.parametrize("wrong", [{"since": "去年"}, {"only": "registry"}])
def test_a_wrong_parameter_is_a_clear_error(chain, wrong):
    with pytest.raises(LiantuError) as caught:
        changes(chain.projection(), **wrong)
    assert caught.value.code == "question.parameter"


def test_other_claims_of_the_same_nodes_share_what_was_read_of_these(small_graphs):
    for _, projection in small_graphs[:20]:
        other = projection.with_edges({**projection.edges, "OFFERS": projection.edges["OFFERS"].slice(0, 1)})
        fresh = Projection(projection.nodes, other.edges)
        assert other.register.ids == fresh.register.ids
        assert other.register.names == fresh.register.names
        assert other.register.heads("OFFERS").tolist() == fresh.register.heads("OFFERS").tolist()
        assert other.register.texts["School"].ids is projection.register.texts["School"].ids
