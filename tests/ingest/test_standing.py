"""Which scopes stand: the last whole report of a table, school and period, and the last correction of a row."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from itertools import permutations
from pathlib import Path

from ingest.manifest import Manifest
from ingest.standing import Arrival, Scope, overruled


def report(
    source: str,
    collected: str = "",
    *,
    school: str | None = "甲",
    period: str | None = "2024",
    figures: str | None = None,
) -> Scope:
    return Scope(source, f"T|{school}|{period}", "T", school, period, collected, rows=3, figures=figures)


def correction(source: str, place: str, of: str = "a") -> Scope:
    return Scope(source, f"↻{of}|{place}", "T", "甲", "2024", rows=1, corrects=of, place=place)


def out(
    scopes: list[Scope], arrivals: dict[str, Arrival], rejected: dict[str, set[str]] | None = None
) -> set[tuple[str, str | None]]:
    present = {scope.source for scope in scopes}
    answers = {
        frozenset((one.scope.source, one.by) for one in overruled(order, arrivals, present, rejected or {}))
        for order in permutations(scopes)
    }
    assert len(answers) == 1  # whatever the order in which the scopes are listed
    return set(answers.pop())


def test_the_later_collected_report_stands_then_the_later_batch_then_the_later_path() -> None:
    arrivals = {"a": Arrival(2, "z"), "b": Arrival(1, "a"), "c": Arrival(2, "b")}
    assert out([report("a", "2024-09"), report("b", "2024-10")], arrivals) == {("a", "b")}
    assert out([report("a"), report("b")], arrivals) == {("b", "a")}
    assert out([report("a"), report("c")], arrivals) == {("c", "a")}


def test_partial_reports_stand_beside_a_whole_one_that_came_before_them() -> None:
    arrivals = {"a": Arrival(1, "a"), "b": Arrival(2, "b", partial=True), "c": Arrival(3, "c")}
    assert out([report("a"), report("b")], arrivals) == set()
    assert out([report("a"), report("b"), report("c")], arrivals) == {("a", "c"), ("b", "c")}


def test_tables_that_share_no_column_of_figures_stand_beside_each_other() -> None:
    arrivals = {name: Arrival(number, name) for number, name in enumerate("abcd")}
    students, jobs = report("a", figures="enrolled graduates"), report("b", figures="employed")
    assert out([students, jobs], arrivals) == set()
    assert out([students, jobs, report("c", figures="enrolled")], arrivals) == {("a", "c")}
    assert out([students, jobs, report("c", figures="employed enrolled")], arrivals) == {
        ("a", "c"),
        ("b", "c"),
    }
    assert out([report("a", figures=""), report("b", figures="")], arrivals) == {("a", "b")}  # lists of names
    assert out([students, report("c", figures="")], arrivals) == set()
    assert out([students, report("d")], arrivals) == {("a", "d")}  # not known of what was read before


def test_a_correction_goes_with_the_report_that_it_belongs_to() -> None:
    arrivals = {name: Arrival(number, name) for number, name in enumerate("abc")}
    row = replace(correction("b", "l.2"), figures="")
    stands = [report("a", figures="enrolled"), row, report("c", figures="employed")]
    assert out(stands, arrivals, {"a": {"l.2"}}) == set()
    goes = [report("a", figures="enrolled"), row, report("c", figures="enrolled")]
    assert out(goes, arrivals, {"a": {"l.2"}}) == {("a", "c"), ("b", "c")}


def test_a_manifest_of_an_earlier_version_is_read_and_taken_over(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    for folder in (old, new):
        folder.mkdir()
        Manifest(folder)
    with sqlite3.connect(old / "manifest.db") as connection:
        connection.execute("ALTER TABLE scopes DROP COLUMN figures")
        connection.execute(
            "INSERT INTO scopes VALUES ('a', 'T|甲|2024', 'T', '甲', '2024', '', 1, 1, NULL, NULL)"
        )
        connection.execute(
            "INSERT INTO sources VALUES ('a', 'a', 'records', 'k', NULL, 'taken', '{}', '[]', 0)"
        )
    Manifest(new).take_over(old)
    for folder in (new, old):
        (scope,) = Manifest(folder).standing().scopes
        assert (scope.source, scope.figures) == ("a", None)


def test_what_does_not_say_its_school_or_period_replaces_nothing() -> None:
    arrivals = {"a": Arrival(1, "a"), "b": Arrival(2, "b")}
    for unknown in ({"school": None}, {"period": None}):
        assert out([report("a", **unknown), report("b", **unknown)], arrivals) == set()


def test_a_correction_stands_while_its_row_is_rejected_and_no_later_one_takes_its_place() -> None:
    arrivals = {"a": Arrival(1, "a"), "b": Arrival(2, "b"), "c": Arrival(3, "c")}
    rejected = {"a": {"l.2", "l.3"}}
    both = [report("a"), correction("b", "l.2"), correction("b", "l.3"), correction("c", "l.3")]
    assert out(both, arrivals, rejected) == {("b", "c")}
    assert out([report("a"), correction("b", "l.9")], arrivals, rejected) == {("b", None)}
    # A report that replaces the corrected one takes the correction with it.
    anew = [report("a"), correction("b", "l.2"), report("c")]
    assert out(anew, arrivals, rejected) == {("a", "c"), ("b", "c")}


def test_a_batch_that_was_cut_short_goes_on_under_its_number(tmp_path: Path) -> None:
    numbers = []
    for finished in (True, False, True, True):
        manifest = Manifest(tmp_path)
        manifest.begin()
        numbers.append(manifest._batch)
        if finished:
            manifest.finish()
    assert numbers == [1, 2, 2, 3]
