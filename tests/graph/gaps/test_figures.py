"""One number out of several claims: counted once, never averaged, contradictions kept."""

import pytest

from graph.columns import Grouped
from graph.gaps.figures import figure, figures
from graph.project import Projection


def made(*rows, year=None, cautious=min):
    """The figure of claims given as (source, number, graduates, year, confidence)."""
    names = ("source", "number", "graduates", "year", "confidence")
    edges = [
        {"head": "School:甲", "tail": "Specialty:乙"} | dict(zip(names, row, strict=True)) for row in rows
    ]
    projection = Projection.from_tables({}, {"OFFERS": edges})
    return figure(
        projection,
        "OFFERS",
        range(len(edges)),
        column="graduates",
        part="number",
        year=year,
        cautious=cautious,
    )


def test_without_a_figure_it_is_none_and_not_zero():
    assert made(("a", None, None, 2024, 1.0)).value is None
    assert made().value is None
    assert made(("a", None, 0, 2024, 1.0)).value == 0


def test_equal_figures_of_two_sources_count_once():
    found = made(("a", None, 90, 2024, 1.0), ("b", None, 90, 2024, 0.7))
    assert (found.value, found.others) == (90, ())


def test_parts_of_one_source_add_up_and_agree_with_the_whole_of_another():
    found = made(("a", "01", 40, 2024, 1.0), ("a", "02", 50, 2024, 1.0), ("b", None, 90, 2024, 1.0))
    assert (found.value, found.others) == (90, ())


def test_a_whole_given_with_its_parts_is_not_added_to_them():
    found = made(("a", "01", 40, 2024, 1.0), ("a", "02", 50, 2024, 1.0), ("a", None, 95, 2024, 1.0))
    assert (found.value, found.others) == (95, (90,))


@pytest.mark.parametrize(("cautious", "expected"), [(min, 90), (max, 100)])
def test_of_equally_sure_contradictions_the_cautious_is_taken_and_the_other_kept(cautious, expected):
    found = made(("a", None, 90, 2024, 1.0), ("b", None, 100, 2024, 1.0), cautious=cautious)
    assert (found.value, found.others) == (expected, (190 - expected,))


def test_the_surer_source_is_believed():
    found = made(("a", None, 90, 2024, 0.6), ("b", None, 100, 2024, 0.9))
    assert (found.value, found.others) == (100, (90,))


def test_the_latest_year_is_taken_and_undated_figures_only_without_a_dated_one():
    assert (
        made(("a", None, 80, 2023, 1.0), ("b", None, 90, 2024, 0.6), ("c", None, 70, None, 1.0)).value == 90
    )
    assert made(("c", None, 70, None, 1.0)).value == 70
    assert made(("a", None, 80, 2023, 1.0), ("b", None, 90, 2024, 1.0), year=2023).value == 80
    assert made(("a", None, 80, 2023, 1.0), year=2022).value is None


@pytest.mark.parametrize("year", [None, 2023])
def test_the_figures_of_many_are_those_of_each(five_hundred_graphs, year):
    contradicted = 0
    for _, projection in five_hundred_graphs[::3]:
        for kind, column, part, cautious in (
            ("OFFERS", "graduates", "number", min),
            ("DEMANDS", "headcount", "level", max),
        ):
            claims = projection.claims(kind)
            size = len(projection.register)
            rows = Grouped(claims.tails, size)
            together = figures(projection, kind, rows, column=column, part=part, year=year, cautious=cautious)
            for place in range(size):
                own = rows.of(place).tolist()
                one = figure(projection, kind, own, column=column, part=part, year=year, cautious=cautious)
                assert together[place] == one
                assert set(together.rows.of(place).tolist()) == set(one.rows or own)
                contradicted += bool(one.others)
    assert contradicted > 20


def test_more_people_than_there_can_be_are_no_reason_to_stop(empty_graph):
    for number in ("1", "2"):
        empty_graph.edge("OFFERS", "School:甲", "Specialty:汽修", graduates=2**63 - 1, number=number)
    projection = empty_graph.projection()
    rows = Grouped(projection.claims("OFFERS").heads, len(projection.register))
    told = figures(projection, "OFFERS", rows, column="graduates", part="number", year=None, cautious=min)
    assert told.values.max() == 2**62
