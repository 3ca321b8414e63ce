"""Two answers compared: what opened, closed and changed, whichever way round."""

from dataclasses import replace
from itertools import pairwise

import pytest

from graph import gaps
from graph.gaps.comparison import CHANGED, CLOSED, OPENED, compared, reads_others, shown
from graph.gaps.finding import Named, later
from graph.gaps.uncovered_chains import QUESTION


def answers(small_graphs, count):
    return [QUESTION.answer(projection) for _, projection in small_graphs[:count]]


def test_an_answer_does_not_differ_from_itself(small_graphs):
    assert not any(compared(QUESTION, found, found) for found in answers(small_graphs, 50))


def test_turned_round_what_opened_closed_and_what_changed_changed(small_graphs):
    turned = {OPENED: CLOSED, CLOSED: OPENED, CHANGED: CHANGED}
    found = answers(small_graphs, 60)
    for then, now in pairwise(found):
        forth = sorted((one.what, one.subject) for one in compared(QUESTION, then, now))
        back = sorted((turned[one.what], one.subject) for one in compared(QUESTION, now, then))
        assert forth == back


def test_figures_are_told_before_and_after_in_both_languages(empty_graph):
    chain = empty_graph.node("IndustryChain", "链", tier="产业链")
    empty_graph.edge("OPERATES_IN", empty_graph.node("Enterprise", "厂"), chain)
    then = QUESTION.answer(empty_graph.projection())
    empty_graph.edge("OPERATES_IN", empty_graph.node("Enterprise", "坊"), chain)
    (one,) = compared(QUESTION, then, QUESTION.answer(empty_graph.projection()))
    assert one.subject == Named("名链", chain)
    assert any("1 → 2" in text.zh and "1 → 2" in text.en for text in one.details)


def test_needs_of_one_post_are_told_apart_by_their_level(empty_graph):
    post = empty_graph.node("Occupation", "岗")
    question = gaps.question("talent_matching")
    needs = [
        {"level": "中职", "headcount": 2000},
        {"level": "本科", "headcount": 100},
    ]
    for number, told in enumerate(needs):
        empty_graph.edge("DEMANDS", empty_graph.node("Enterprise", f"厂{number}"), post, **told)
    then = question.answer(empty_graph.projection())
    empty_graph.edges["DEMANDS"].pop(0)
    (one,) = compared(question, then, question.answer(empty_graph.projection()))
    assert (one.what, one.finding.level) == (CLOSED, "中职")


def test_no_evidence_is_looked_up_to_compare(small_graphs):
    def looked():
        raise AssertionError("evidence was looked up")

    then, now = (
        tuple(replace(one, evidence=later(looked), as_of="2024") for one in found)
        for found in answers(small_graphs, 2)
    )
    differences = compared(QUESTION, then, now)
    assert differences
    with pytest.raises(AssertionError, match="looked up"):
        _ = differences[0].finding.evidence


def test_only_tables_that_a_question_reads_and_that_differ_ask_for_a_new_answer(empty_graph):
    chain = empty_graph.node("IndustryChain", "链", tier="产业链")
    empty_graph.edge("OPERATES_IN", empty_graph.node("Enterprise", "厂"), chain)
    then, same = empty_graph.projection(), empty_graph.projection()
    assert not reads_others(QUESTION, then, same)
    empty_graph.edge("RESPONSIBLE_FOR", empty_graph.node("Agency", "委"), empty_graph.node("Measure", "举措"))
    unread = empty_graph.projection()
    assert "RESPONSIBLE_FOR" not in QUESTION.kinds
    assert not reads_others(QUESTION, then, unread)
    empty_graph.edge("OPERATES_IN", empty_graph.node("Enterprise", "坊"), chain)
    assert reads_others(QUESTION, then, empty_graph.projection())


@pytest.mark.parametrize(
    ("value", "told"), [(3_200_000.0, "3200000"), (0.5, "0.5"), (0.123456789, "0.123457")]
)
def test_a_figure_is_told_as_people_write_it(value, told):
    assert shown(value).zh == told
