"""What holds of every gap question: order and ids do not matter, needs are declared, findings become tables."""

import dataclasses
import random
import re
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from graph import gaps
from graph.claims import Claim
from graph.errors import LiantuError
from graph.gaps.finding import Named
from graph.gaps.missing_platforms import NO_PLATFORM
from graph.language import Text
from graph.project import Projection, project
from graph.store import open_store

QUESTIONS = list(gaps.questions().values())
every_question = pytest.mark.parametrize("question", QUESTIONS, ids=[one.name for one in QUESTIONS])
DOCUMENTATION = Path(__file__).parents[3] / "docs" / "questions.md"


def without_ids(findings):
    return [
        {key: value for key, value in row.items() if not key.endswith(("_id", "_key"))}
        for row in gaps.rows(findings)
    ]


def values_of(finding):
    return [getattr(finding, item.name) for item in dataclasses.fields(finding)]


ASKING_ALL = {
    "changes": 5,
    "district": 12,
    "what_if": 12,
}  # ask every other question, twice: as many graphs would take minutes


def some(numbers, question):
    """Every so many of the graphs that these numbers tell."""
    return numbers[:: ASKING_ALL.get(question.name, 1)]


@pytest.fixture(scope="module")
def shuffled(small_graphs):
    """For every fourth graph its projection with the rows in another order."""
    chance = random.Random(5)
    return {number: small_graphs[number][0].shuffled(chance).projection() for number in range(0, 220, 4)}


@pytest.fixture(scope="module")
def relabelled(small_graphs):
    """For every fourth graph its projection with other ids."""
    return {number: small_graphs[number][0].relabelled().projection() for number in range(0, 220, 4)}


@pytest.fixture(scope="module")
def sure(small_graphs):
    """For every tenth graph its projection without the claims that are little sure."""
    made = {number: small_graphs[number][0].copy() for number in range(0, 220, 10)}
    for one in made.values():
        one.edges = {kind: one.claims(kind, 0.8) for kind in one.edges}
    return {number: one.projection() for number, one in made.items()}


@pytest.fixture(scope="module")
def answered(small_graphs):
    """What a question answers on the graph of a number, asked once."""
    return cache(lambda question, number: question.answer(small_graphs[number][1]))


@every_question
def test_the_order_of_rows_does_not_matter(question, shuffled, answered):
    for number in some(list(shuffled), question):
        assert question.answer(shuffled[number]) == answered(question, number)


@every_question
def test_other_ids_change_nothing_but_the_ids(question, relabelled, answered):
    for number in some(list(relabelled), question):
        assert without_ids(question.answer(relabelled[number])) == without_ids(answered(question, number))


@every_question
def test_it_reads_what_it_declares_and_no_more_is_needed(question, small_graphs, answered):
    needed = gaps.needs([question])
    for number in some(range(0, 220, 20), question):
        projection = small_graphs[number][1]
        least = Projection(
            {label: projection.nodes[label] for label in needed["labels"]},
            {kind: projection.edges[kind] for kind in needed["kinds"]},
        )
        assert question.answer(least) == answered(question, number)


@every_question
def test_every_finding_rests_on_claims_of_the_graph(question, small_graphs, answered):
    found = 0
    for number in some(range(0, 220, 4), question):
        there = {row["id"] for rows in small_graphs[number][0].edges.values() for row in rows}
        for finding in answered(question, number):
            assert {claim.id for claim in finding.evidence} <= there
            assert (finding.confidence is None) == (not finding.evidence)
            dates = [claim.observed for claim in finding.evidence if claim.observed]
            assert finding.as_of == max(dates, default=None)
            found += 1
    assert found > 10


@every_question
def test_claims_below_the_minimum_confidence_are_not_believed(question, small_graphs, sure):
    for number in some(list(sure), question):
        asked = question.answer(small_graphs[number][1], minimum_confidence=0.8)
        assert asked == question.answer(sure[number], minimum_confidence=0.8)
        assert all(claim.confidence >= 0.8 for finding in asked for claim in finding.evidence)


@every_question
def test_limited_to_a_chain_the_findings_are_those_of_the_whole_that_speak_of_it(
    question, small_graphs, answered
):
    for number in some(range(0, 220, 20), question):
        made, projection = small_graphs[number]
        chain = made.ids("IndustryChain")[0]
        limited = gaps.Scope(chain=chain).limit(projection)
        found = gaps.answer(question, limited)
        with_subject = {one for one in found if any(isinstance(value, Named) for value in values_of(one))}
        assert with_subject <= set(answered(question, number))


def _first(*names):
    return lambda finding: tuple(getattr(finding, name) for name in names)


SAME_GAP = {
    "broken_ladders": _first("specialty", "level", "missing"),
    "orphan_specialties": _first("subject", "kind"),
    "pathways": _first("occupation", "start", "steps", "way"),
    "ranking": _first("consortium", "values", "unknown"),
    "shared_resources": _first("circle", "category", "resources", "sharers", "users", "elsewhere"),
    "targets": _first("target", "actual", "state", "conflicts"),
}
"""Questions whose findings tell totals of the region or level besides: what of a finding says the gap."""
OF_TOTALS = {
    "uncovered_chains": "a chain lies nowhere: whether a school of the region serves it (tested in test_scope)",
    "missing_platforms": "the same of its chains; its platforms are looked at below",
    "crowded_specialties": "graduates of the region beside its needs",
    "talent_balance": "graduates of the region beside its needs",
    "talent_matching": "graduates of the region beside its needs",
    "seat_value": "graduates of the region beside its needs",
    "specialty_adjustment": "graduates of the region beside its needs",
    "exchange": "the needs of the region offered to its own schools",
    "plan": "the smallest set of groups for the region itself",
    "skins_index": "one index of the region",
    "structural_alignment": "shares of the region",
    "coverage": "one share of the region: whom it tells as uncovered is looked at below",
    "changes": "compares some of these",
    "district": "counts of all of these",
    "what_if": "counts of all of these",
}
"""Questions whose answer depends on totals of the region, and why: a gap of the region need not be one of the whole."""


@pytest.fixture(scope="module")
def limited(small_graphs):
    """For every twentieth graph what lies in each of two regions, and what is of a level."""
    found = []
    for number in range(0, 220, 20):
        made, projection = small_graphs[number]
        some_region, district = made.ids("Region")[0], made.ids("Region")[-1]
        scopes = (
            gaps.Scope(region=some_region),
            gaps.Scope(region=district, minimum_confidence=0.5),
            gaps.Scope(level="高职专科"),
        )
        found += [(number, scope.limit(projection)) for scope in scopes]
    return found


@pytest.mark.parametrize(
    "question", [one for one in QUESTIONS if one.name not in OF_TOTALS], ids=lambda one: one.name
)
def test_a_gap_of_a_region_or_level_is_one_of_the_whole(question, limited, answered):
    said, found = SAME_GAP.get(question.name, lambda finding: finding), 0
    for number, within in limited:
        told = {said(one) for one in gaps.answer(question, within)}
        assert told <= {said(one) for one in answered(question, number)}, (number, within.scope)
        found += len(told)
    assert found > 2


def test_platforms_and_whoever_is_uncovered_are_told_within_a_region_as_in_the_whole(limited, answered):
    platforms, coverage = (gaps.question(name) for name in ("missing_platforms", "coverage"))
    found = 0
    for number, within in limited:
        of_chains = {one for one in gaps.answer(platforms, within) if one.gap == NO_PLATFORM}
        told = set(gaps.answer(platforms, within)) - of_chains
        assert told <= set(answered(platforms, number))
        uncovered = {one for row in gaps.answer(coverage, within) for one in row.uncovered}
        assert uncovered <= {one for row in answered(coverage, number) for one in row.uncovered}
        found += len(told) + len(uncovered)
    assert found > 10


def test_the_exceptions_are_questions_that_there_are():
    assert OF_TOTALS.keys() | SAME_GAP.keys() <= gaps.questions().keys()


@every_question
def test_limited_to_a_year_or_level_it_still_answers(question, small_graphs):
    for number in some(range(0, 220, 20), question):
        projection = small_graphs[number][1]
        gaps.answer(question, gaps.Scope(year=2024, level="普通本科").limit(projection))


@every_question
def test_an_empty_graph_has_no_gaps(question):
    assert question.answer(Projection.from_tables({}, {})) == ()


@every_question
def test_a_finding_declares_label_and_plain_type_of_each_field(question):
    labels = gaps.field_labels(question.finding)
    assert list(labels)[-1] == "evidence"
    assert all(text.zh and text.en for text in (*labels.values(), question.title, question.definition))
    allowed = {str, int, float, bool, Named, type(None), Text, Claim}
    for item in dataclasses.fields(question.finding):
        names = set(re.findall(r"\w+", str(item.type))) - {"tuple", "None"}
        assert names <= {kind.__name__ for kind in allowed}, item.name


@every_question
def test_findings_become_a_frame_that_keeps_the_unknown_unknown(question, answered):
    findings = max((answered(question, number) for number in some(range(0, 220, 4), question)), key=len)
    table = gaps.frame(findings)
    assert table.attrs["name"] == question.name
    assert table.attrs["definition"]["zh"] == question.definition.zh
    assert len(table) == len(findings)
    for item in dataclasses.fields(question.finding):
        for value, shown in zip([getattr(one, item.name) for one in findings], table[item.name], strict=True):
            if value is None:
                assert shown is pd.NA
            elif isinstance(value, int | float):
                assert shown == value


@every_question
def test_the_documentation_has_a_section_with_its_definition_and_parameters(question):
    sections = DOCUMENTATION.read_text(encoding="utf-8").split("\n## ")
    section = next(one for one in sections if f"`{question.name}`" in one.splitlines()[0])
    assert question.title.zh in section.splitlines()[0]
    assert question.definition.zh in section
    assert question.definition.en in " ".join(section.split())
    for parameter, default in question.parameters.items():
        assert f"`{parameter}`" in section, parameter
        if isinstance(default, float):
            assert f"`{default}`" in section
    for name in gaps.field_labels(question.finding):
        if name not in ("evidence", "confidence", "as_of"):
            assert f"`{name}`" in section, name


def test_the_documentation_names_no_question_that_is_not_there():
    headings = re.findall(r"^## .*`(\w+)`", DOCUMENTATION.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert headings == list(gaps.questions())


def test_an_unknown_question_is_a_clear_error():
    with pytest.raises(LiantuError) as caught:
        gaps.question("nonsense")
    assert caught.value.code == "question.unknown"


def test_needs_of_all_questions_hold_those_of_each():
    whole = gaps.needs()
    for question in QUESTIONS:
        assert set(question.labels) <= set(whole["labels"])
        assert set(question.kinds) <= set(whole["kinds"])
    assert "LOCATED_IN" in gaps.needs(within=gaps.Scope(year=2024))["kinds"]  # what limits is read, too


@pytest.fixture(scope="module")
def projected():
    """What was read of the demonstration graph, by engine."""
    return {}


@pytest.fixture
def demonstration(engine, demo_address, projected):
    if engine not in projected:
        store = open_store(demo_address)
        with store.view() as view:
            projected[engine] = project(view, **gaps.needs())
        store.close()
    return projected[engine]


@every_question
def test_the_documented_answer_is_the_one_on_the_sample_city(question, demonstration, monkeypatch):
    monkeypatch.setenv("LIANTU_LANG", "zh")
    sections = DOCUMENTATION.read_text(encoding="utf-8").split("\n## ")
    section = next(one for one in sections if f"`{question.name}`" in one.splitlines()[0])
    table = section.split(f"(`liantu gaps {question.name}`)\n\n")[1].split("\n\n")[0].splitlines()
    header, _, *lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in table]
    columns = [cell.split()[-1] for cell in header]
    answer = [
        ["–" if row[name] in (None, "") else str(row[name]).replace("-", "−") for name in columns]
        for row in gaps.rows(question.answer(demonstration))
    ]
    assert lines
    for line in lines:
        assert line in answer, [row for row in answer if row[0] == line[0]]
    rest = iter(answer)
    assert all(line in rest for line in lines)  # in the order of the answer, none twice
