"""Whole answers, field by field with their claims, against plain networkx loops and SQL: what the benchmark times."""

import pytest

from benchmarks import national_by_hand
from benchmarks.beside import assignment
from benchmarks.beside.answers import differences, rows
from benchmarks.beside.plain import Plain
from benchmarks.beside.varied import looped
from graph import gaps
from graph.gaps.market import market
from graph.gaps.matching import match

QUESTIONS = [*national_by_hand.BESIDE]
IN_SQL = [name for name in QUESTIONS if national_by_hand.sql_of(name) is not None]
GRAPHS, MANY, IN_SQL_TOO = 30, 200, 3


@pytest.fixture(scope="module")
def by_hand(small_graphs):
    """Some random graphs, with networkx graphs of the same."""
    return [(projection, Plain(projection)) for _, projection in small_graphs[:GRAPHS]]


@pytest.fixture(scope="module")
def more_by_hand(small_graphs):
    """Many more, for loops that cannot tell of most."""
    return [(projection, Plain(projection)) for _, projection in small_graphs[:MANY]]


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_loop_gives_the_same_answer_to_the_last_field(name, by_hand, request):
    found, beside = 0, national_by_hand.BESIDE[name]
    can_tell = getattr(beside, "can_tell", None)
    graphs = request.getfixturevalue("more_by_hand") if can_tell else by_hand
    for projection, plain in graphs:
        if can_tell is None or can_tell(plain):
            asked = getattr(beside, "ASKED", {})
            answer = rows(gaps.answer(gaps.question(name), projection, **asked))
            assert differences(answer, looped(name, plain)) == []
            found += len(answer)
    assert found > (0 if can_tell else GRAPHS / 5)


@pytest.mark.parametrize("name", IN_SQL)
def test_sql_gives_the_same_answer_to_the_last_field(name, by_hand, request):
    pytest.importorskip("duckdb", reason="no DuckDB: pip install -e .[test]")
    compared, can_tell = 0, getattr(national_by_hand.BESIDE[name], "can_tell", None)
    graphs = request.getfixturevalue("more_by_hand") if can_tell else by_hand
    for projection, plain in graphs:
        if compared == IN_SQL_TOO or (can_tell and not can_tell(plain)):
            continue
        if answer := rows(gaps.answer(gaps.question(name), projection)):
            opened = national_by_hand.database(projection)
            told = national_by_hand.asked_of(opened, national_by_hand.sql_of(name))
            assert differences(answer, told) == []
            compared += 1
    assert compared == IN_SQL_TOO or (can_tell and compared)


def test_the_assignment_is_that_of_networkx_flow(by_hand):
    met = 0
    for projection, _ in by_hand:
        sides = market(projection)
        found = assignment.assigned(assignment.network(sides, sides.supplied, sides.needed))
        assert found == (match(sides).total, match(sides).misfit)
        met += found[0]
    assert met > GRAPHS


def test_a_row_figure_or_quote_that_differs_is_told(by_hand):
    answer = next(
        found
        for projection, _ in by_hand
        if len(found := rows(gaps.answer(gaps.question("ledger"), projection))) > 1
    )
    first, *others = answer
    assert differences(answer, answer[::-1]) == []
    assert differences(answer, others)
    assert differences(answer, [{**first, "due": "1999"}, *others])
    assert differences(answer, [{**first, "evidence": ()}, *others])
    assert differences(answer, [{**first, "confidence": None}, *others])
    assert differences([{"one": 1.0}], [{"one": 1.0 + 1e-12}]) == []


def test_a_claim_that_many_units_rest_on_is_shown_once_by_the_loop_and_by_sql(empty_graph):
    chains = [empty_graph.node("IndustryChain", f"链{number}", tier="产业链") for number in range(25)]
    post = empty_graph.node("Occupation", "岗")
    for name, served, quote in (
        ("多", chains, ""),
        ("单", chains[:1], "单的话"),
        ("又", chains[1:], "又的话"),
    ):
        specialty = empty_graph.node("Specialty", name)
        empty_graph.edge("OFFERS", empty_graph.node("School", name), specialty, enrolled=30, quote=quote)
        for chain in served:
            empty_graph.edge("SERVES", specialty, chain)
    for chain in chains:
        empty_graph.edge("DEMANDS", chain, post, headcount=10)
    name, projection = "structural_alignment", empty_graph.projection()
    answer = rows(gaps.answer(gaps.question(name), projection))
    assert differences(answer, looped(name, Plain(projection))) == []
    if (opened := national_by_hand.database(projection)) is not None:
        assert differences(answer, national_by_hand.asked_of(opened, national_by_hand.sql_of(name))) == []


def test_a_question_is_timed_by_each_and_the_answers_compared(by_hand, monkeypatch):
    projection, plain = by_hand[0]
    row = national_by_hand.beside("registry", projection, plain, None)
    assert (row["name"], row["duckdb"], row["ratio"] > 0) == ("registry", None, True)
    monkeypatch.setattr(national_by_hand.BESIDE["registry"], "loop", lambda _: [])
    with pytest.raises(SystemExit, match="registry: networkx answers otherwise"):
        next(national_by_hand.beside("registry", *one, None) for one in by_hand[1:4])
