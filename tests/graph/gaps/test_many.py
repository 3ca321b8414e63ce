"""Many findings at a time: what the class itself makes, and nothing half filled."""

from __future__ import annotations

from itertools import repeat

import pytest

from graph.gaps.finding import Named, each_later, later
from graph.gaps.many import findings
from graph.gaps.pathways import Pathway
from graph.gaps.seat_value import SeatValue


def _columns(size: int) -> dict[str, list[object]]:
    names = [Named(f"示例{row}", f"Specialty:{row}") for row in range(size)]
    return {
        "specialty": [*names],
        "school": [None] * size,
        "level": ["中职"] * size,
        "chains": [()] * size,
        "graduates": [*range(size)],
        "placed": [*range(size)],
        "surplus": [0] * size,
        "one_more": [1] * size,
        "one_fewer": [0] * size,
        "up_to": [3] * size,
        "posts": [(one,) for one in names],
    }


@pytest.mark.parametrize("size", [0, 1, 3])
def test_findings_of_columns_are_those_that_their_class_makes(size):
    columns = _columns(size)
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    assert findings(SeatValue, size, **columns) == tuple(SeatValue(**row) for row in rows)


def test_a_column_may_be_one_value_for_all_and_a_field_be_looked_up_later():
    asked: list[int] = []
    columns = _columns(2) | {"level": repeat("高职专科", 2), "evidence": each_later(asked.append, [7, 8])}
    first, second = findings(SeatValue, 2, **columns)
    assert (first.level, second.level, asked) == ("高职专科", "高职专科", [])
    assert second.evidence is None
    assert asked == [8]
    assert later(int, "7").__class__ is each_later(int, ["7"])[0].__class__


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"level": ["中职"]}, ValueError),
        ({"level": iter(["中职", "中职", "中职"])}, ValueError),
        ({"of_no_field": [1, 2]}, TypeError),
    ],
)
def test_columns_of_another_length_or_name_are_refused(wrong, error):
    with pytest.raises(error):
        findings(SeatValue, 2, **(_columns(2) | wrong))


def test_a_field_without_a_default_needs_its_column():
    with pytest.raises(TypeError):
        findings(Pathway, 2)
