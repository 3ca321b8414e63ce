"""Every question before and after, against the same questions asked of rows changed by hand."""

from collections import Counter

import pytest

from graph import gaps
from graph.errors import LiantuError
from graph.gaps.alteration import Gone, altered
from graph.gaps.comparison import CLOSED, OPENED
from graph.gaps.limited import Limited
from graph.gaps.uncovered_chains import uncovered_chains
from graph.gaps.what_if import COMPARED, NOT_ASKED, TOTAL, what_if


def without(made, node):
    """The small graph without a node, what lives in it, and their claims."""
    left = made.copy()
    gone = {one for label in made.nodes for one in made.ids(label) if one == node or one.endswith(f"@{node}")}
    left.nodes = {label: [row for row in rows if row["id"] not in gone] for label, rows in made.nodes.items()}
    left.edges = {
        kind: [row for row in rows if not gone & {row["head"], row["tail"]}]
        for kind, rows in made.edges.items()
    }
    return left.projection()


@pytest.mark.parametrize("name", ["uncovered_chains", "isolated_members", "talent_matching", "coverage"])
def test_what_opens_and_closes_is_the_difference_to_rows_changed_by_hand(small_graphs, name):
    question = COMPARED[name]
    differed = 0
    for made, projection in small_graphs[:40]:
        node = made.ids("Enterprise")[0]
        found = what_if(projection, changes=f"退出 {node}", only=name)
        then, now = (
            Counter(_known(one) for one in question.answer(graph))
            for graph in (projection, without(made, node))
        )
        told = Counter(one.what for one in found)
        assert told[OPENED] == sum((now - then).values())
        assert told[CLOSED] == sum((then - now).values())
        differed += bool(found)
        if found:
            assert (found[0].what, found[0].before, found[0].after) == (TOTAL, then.total(), now.total())
    assert differed > 3


def _known(finding):
    named = [
        getattr(finding, name)
        for name in finding.__dataclass_fields__
        if isinstance(getattr(finding, name), gaps.Named)
    ]
    return (*(one.id for one in named), str(getattr(finding, "kind", "")))


def test_nothing_assumed_changes_nothing(small_graphs):
    for _, projection in small_graphs[:20]:
        assert what_if(projection, changes="# 没有") == ()


def test_where_nothing_is_said_the_plans_are_done(small_graphs):
    for _, projection in small_graphs[:6]:
        assert what_if(projection) == what_if(projection, changes="落实 在建、计划")


def test_what_is_put_on_and_taken_off_again_changes_nothing(small_graphs):
    for made, projection in small_graphs[:30]:
        known = [row for row in made.claims("OFFERS") if row["graduates"] is not None]
        row = next((row for row in known if row["status"] in ("完成", None)), None)
        if row:
            pair = f"{row['head']}·{row['tail']}"
            found = what_if(projection, changes=f"学位 {pair} +30；学位 {pair} -30", only="talent_matching")
            assert found == ()


def test_a_group_that_serves_it_closes_the_gap_of_a_chain_and_opens_none(small_graphs):
    closed = 0
    for made, projection in small_graphs[:25]:
        school = made.ids("School")[0]
        for gap in uncovered_chains(projection):
            words = f"建群 {school}·新群 → {gap.chain.id}"
            found = what_if(projection, changes=words, only="uncovered_chains")
            closed += any(one.what == CLOSED and one.subject == gap.chain for one in found)
            assert not any(one.what == OPENED for one in found)
    assert closed > 10


def test_a_graph_prepared_by_a_researcher_is_compared_too(small_graphs):
    for made, projection in small_graphs[:10]:
        node = made.ids("Enterprise")[0]
        told = what_if(projection, changes=f"退出 {node}", only="isolated_members")
        projection.assumed = altered(projection, [Gone(node)])
        try:
            assert what_if(projection, only="isolated_members") == told
        finally:
            projection.assumed = None


def test_within_a_scope_the_changes_are_made_in_the_whole_graph(empty_graph):
    region, other = (empty_graph.node("Region", name) for name in ("甲区", "乙区"))
    for number, place in enumerate((region, other)):
        chain = empty_graph.node("IndustryChain", f"链{number}", tier="产业链")
        enterprise = empty_graph.node("Enterprise", f"厂{number}")
        empty_graph.edge("OPERATES_IN", enterprise, chain)
        empty_graph.edge("LOCATED_IN", enterprise, place)
    school = empty_graph.node("School", "校")
    empty_graph.edge("LOCATED_IN", school, region)
    limited = gaps.Scope(region=region).limit(empty_graph.projection())
    assert isinstance(limited, Limited)
    found = gaps.answer(
        gaps.question("what_if"),
        limited,
        changes=f"建群 {school}·群 → IndustryChain:链0",
        only="uncovered_chains",
    )
    assert [(one.what, one.subject and one.subject.id) for one in found][1:] == [
        (CLOSED, "IndustryChain:链0")
    ]


def test_a_large_graph_is_not_asked_everything_twice_unless_changes_are_named(small_graphs, monkeypatch):
    made, projection = small_graphs[0]
    monkeypatch.setattr("graph.gaps.what_if.LARGEST", 5)
    (one,) = what_if(projection)
    assert one.what == NOT_ASKED
    assert "changes" in one.details[0].en
    words = f"退出 {made.ids('Enterprise')[0]}"
    assert all(one.what != NOT_ASKED for one in what_if(projection, changes=words, only="coverage"))


def test_it_asks_every_question_but_those_that_compare():
    assert set(gaps.questions()) - set(COMPARED) <= {"changes", "what_if", "plan", "district"}


@pytest.mark.parametrize("wrong", [{"only": "what_if"}, {"only": "nonsense"}])
def test_a_wrong_parameter_is_a_clear_error(empty_graph, wrong):
    with pytest.raises(LiantuError) as caught:
        what_if(empty_graph.projection(), **wrong)
    assert caught.value.code == "question.parameter"
