"""Broken on purpose: what real records and documents do to the questions, and what they must make of it."""

import pytest

from graph import gaps
from graph.errors import LiantuError
from graph.gaps import Scope
from graph.gaps.crowded_specialties import crowded_specialties
from graph.gaps.specialty_adjustment import specialty_adjustment
from graph.gaps.structural_alignment import structural_alignment
from graph.gaps.talent_balance import talent_balance
from graph.gaps.talent_matching import talent_matching
from graph.gaps.targets import targets
from graph.gaps.uncovered_chains import uncovered_chains
from graph.project import Projection

QUESTIONS = list(gaps.questions().values())
every_question = pytest.mark.parametrize("question", QUESTIONS, ids=[one.name for one in QUESTIONS])
HUGE = 2**62


@pytest.fixture
def city(empty_graph):
    """A chain with an enterprise that needs 60 people, a school that trains 40 for it, and a region around both."""
    chain = empty_graph.node("IndustryChain", "汽车", tier="产业链")
    school, enterprise = (
        empty_graph.node("School", "校", level="高职专科"),
        empty_graph.node("Enterprise", "厂"),
    )
    specialty, post = (
        empty_graph.node("Specialty", "汽车技术", level="高职专科"),
        empty_graph.node("Occupation", "装调工"),
    )
    group = empty_graph.node("SpecialtyGroup", f"汽车专业群@{school}")
    region = empty_graph.node("Region", "区", level="县级")
    empty_graph.edge("STATES", "Source:x", chain)
    empty_graph.edge("SERVES", group, chain)
    empty_graph.edge("INCLUDES", group, specialty)
    empty_graph.edge("OPERATES_IN", enterprise, chain)
    empty_graph.edge("PREPARES_FOR", specialty, post)
    empty_graph.edge("OFFERS", school, specialty, graduates=40, employed=36, enrolled=120, year=2024)
    empty_graph.edge("DEMANDS", enterprise, post, headcount=60, level="高职专科", year=2025)
    empty_graph.edge("COOPERATES_WITH", school, enterprise, mode="订单班", income=1000.0, since="2024")
    empty_graph.edge("HAS_INDUSTRY", region, chain, output=5e9, employees=3000, year=2024)
    for body in (school, enterprise):
        empty_graph.edge("LOCATED_IN", body, region)
    return empty_graph


def changed(made, kind, **values):
    again = made.copy()
    again.edges[kind] = [row | values for row in again.edges[kind]]
    return again


@every_question
def test_nodes_without_a_claim_are_no_gap(question, city):
    del city.nodes["SpecialtyGroup"]  # its id says which school hosts it
    assert question.answer(Projection.from_tables(city.nodes, {})) == ()


@every_question
def test_a_chain_that_is_part_of_itself_changes_no_answer(question, city):
    looped = city.copy()
    looped.edge("PART_OF", "IndustryChain:汽车", "IndustryChain:汽车")
    plain, round_it = (gaps.rows(question.answer(made.projection())) for made in (city, looped))
    assert [row["confidence"] for row in round_it] == [row["confidence"] for row in plain]
    assert len(round_it) == len(plain)


@every_question
def test_chains_that_are_part_of_each_other_end(question, city):
    other = city.node("IndustryChain", "零部件", tier="环节")
    city.edge("PART_OF", other, "IndustryChain:汽车")
    city.edge("PART_OF", "IndustryChain:汽车", other)
    question.answer(city.projection())


@every_question
def test_a_demand_without_a_year_counts_but_not_for_a_year(question, city):
    undated = changed(city, "DEMANDS", year=None).projection()
    question.answer(undated)
    gaps.answer(question, Scope(year=2025).limit(undated))


def test_what_a_demand_without_a_year_says(city):
    undated = changed(city, "DEMANDS", year=None).projection()
    (one,) = talent_balance(undated)
    assert (one.demand, one.demand_years, one.balance) == (60, None, -20)
    (one,) = talent_balance(undated, year=2025)
    assert (one.demand, one.demand_unknown) == (None, 1)


@every_question
def test_numbers_below_zero_and_numbers_that_cannot_be_end_in_an_answer(question, city):
    for people in (-5, 0, HUGE):
        wild = changed(city, "OFFERS", graduates=people, enrolled=people, employed=people)
        wild = changed(wild, "DEMANDS", headcount=people)
        wild = changed(wild, "COOPERATES_WITH", income=float(people) * 1e280)
        wild = changed(wild, "HAS_INDUSTRY", output=float(people) * 1e280, employees=people)
        gaps.rows(question.answer(wild.projection()))


def test_a_number_below_zero_counts_nobody_and_is_unknown(city):
    (one,) = talent_balance(changed(city, "DEMANDS", headcount=-60).projection())
    assert (one.demand, one.demand_unknown, one.balance) == (None, 1, None)
    (one,) = talent_balance(changed(city, "OFFERS", graduates=-40).projection())
    assert (one.supply, one.supply_unknown) == (None, 1)
    whole = structural_alignment(changed(city, "HAS_INDUSTRY", output=-5e9).projection(), industry="output")
    assert [one.industry for one in whole] == [None, None]


def test_huge_numbers_stay_exact(city):
    (one,) = talent_matching(changed(city, "DEMANDS", headcount=HUGE).projection())
    assert (one.needed, one.matched, one.shortage) == (HUGE, 40, HUGE - 40)


@every_question
def test_a_region_that_does_not_exist_is_said_and_answers_nothing(question, city):
    for region in ("无此区", "Region:无此区", ""):
        with pytest.raises(LiantuError) as caught:
            gaps.answer(question, Scope(region=region).limit(city.projection()))
        assert caught.value.code == "node.unknown"


def figure(made, label, number, **values):
    node = made.node(label, f"{number}@PolicyDocument:文", **values)
    made.edge("SETS" if label == "Target" else "REPORTS", "PolicyDocument:文", node)
    return node


@pytest.fixture
def documents(city):
    city.node("PolicyDocument", "文", issued="2024-06-30")
    return city


def test_two_units_for_one_metric_are_never_compared(documents):
    figure(documents, "Target", 1, metric="订单班数", comparator="≥", value=20.0, unit="个", year=2027)
    figure(documents, "Statistic", 1, metric="订单班数", comparator="=", value=300.0, unit="人", year=2024)
    (one,) = targets(documents.projection())
    assert (one.actual, one.state.zh) == (None, "缺实际数")
    figure(documents, "Statistic", 2, metric="订单班数", comparator="=", value=12.0, unit="个", year=2024)
    (one,) = targets(documents.projection())
    assert (one.actual, one.conflicts) == ("12 个", ())


def test_conflicting_figures_of_a_document_are_shown_and_not_averaged(documents):
    """33 万 and 35 万: the cautious one is taken, both are told."""
    target = figure(
        documents, "Target", 1, metric="技能人才", comparator="≥", value=400_000.0, unit="人", year=2027
    )
    documents.edge("ABOUT", target, "IndustryChain:汽车")
    for number, value in enumerate((330_000.0, 350_000.0)):
        node = figure(
            documents,
            "Statistic",
            number,
            metric="技能人才",
            comparator="=",
            value=value,
            unit="人",
            year=2024,
        )
        documents.edge("ABOUT", node, "IndustryChain:汽车")
    (one,) = targets(documents.projection())
    assert one.actual == "33 万人"
    assert one.conflicts == ("33 万人", "35 万人")
    (balance,) = talent_balance(documents.projection())
    assert balance.conflicts == ("技能人才（2024）：33 万人 ≠ 35 万人",)
    assert not any("34" in text for text in (*balance.stated, *balance.conflicts))


def test_conflicting_headcounts_are_shown_and_not_averaged(city):
    twice = {key: city.edges["DEMANDS"][0][key] for key in ("head", "tail", "level", "year")}
    city.edge("DEMANDS", source="survey", headcount=100, **twice)
    (one,) = talent_balance(city.projection())
    assert one.demand in (60, 100)
    assert any("60" in text and "100" in text for text in one.conflicts)
    assert one.bound == "≈"


def test_conflicting_graduates_are_settled_alike_by_every_question_that_counts_them(city):
    twice = {key: city.edges["OFFERS"][0][key] for key in ("head", "tail", "year")}
    city.edge("OFFERS", source="yearbook", graduates=50, **twice)
    projection = city.projection()
    (balance,) = talent_balance(projection)
    (advice,) = specialty_adjustment(projection)
    (short,) = uncovered_chains(projection)
    assert balance.supply == advice.graduates == short.seats == 40  # the cautious one
    assert crowded_specialties(projection) == ()
