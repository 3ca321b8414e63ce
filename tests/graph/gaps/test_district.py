"""One page for a region, against the questions asked one by one."""

import pytest

from graph import gaps
from graph.errors import LiantuError
from graph.gaps.district import district, in_words
from graph.gaps.standing import STANDING


def test_each_row_is_what_the_question_answers_by_itself(small_graphs):
    for _, projection in small_graphs[:8]:
        told = district(projection, top=3)
        assert [row.question for row in told] == [one.name for one in STANDING]
        for row, question in zip(told, STANDING, strict=True):
            found = question.answer(projection)
            assert row.found == len(found)
            assert row.leading == tuple(map(in_words, found[:3]))
            assert row.evidence == (found[0].evidence if found else ())
            assert row.whole is None


def test_within_a_region_it_tells_both_counts_and_what_is_left_out(small_graphs):
    for made, projection in small_graphs[:8]:
        limited = gaps.Scope(region=made.ids("Region")[0]).limit(projection)
        told = {row.title: row for row in gaps.answer(gaps.question("district"), limited)}
        for question in STANDING:
            if question.title in told:
                assert told[question.title].found == len(gaps.answer(question, limited))
                assert told[question.title].whole == len(question.answer(projection))
        if told and limited.left_out:
            *_, last = told.values()
            assert last.leading == tuple(limited.left_out)


def test_figures_that_nobody_knows_are_counted(empty_graph):
    for name, people in (("甲", 100), ("乙", None)):
        enterprise, post = empty_graph.node("Enterprise", name), empty_graph.node("Occupation", f"岗{name}")
        empty_graph.edge("DEMANDS", enterprise, post, headcount=people)
    told = {row.question: row for row in district(empty_graph.projection())}
    unknown = [text.en for text in told["talent_matching"].unknown]
    assert any("needed" in text and "(1 of 2)" in text for text in unknown)
    assert told["ledger"].found == 0


def test_of_a_large_graph_a_region_must_be_named(small_graphs, monkeypatch):
    made, projection = small_graphs[0]
    monkeypatch.setattr("graph.gaps.district.LARGEST", 5)
    (one,) = district(projection)
    assert "--region" in one.leading[0].en
    limited = gaps.Scope(region=made.ids("Region")[0]).limit(projection)
    assert all(row.whole is None for row in district(limited))


@pytest.mark.parametrize("top", [0, 21])
def test_a_wrong_parameter_is_a_clear_error(empty_graph, top):
    with pytest.raises(LiantuError) as caught:
        district(empty_graph.projection(), top=top)
    assert caught.value.code == "question.parameter"
