"""Tables for people: nothing is lost, numbers are never broken, and what does not fit becomes blocks."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text as Words

from cli.output import table
from cli.sheet import broken


def drawn(width: int, *arguments: object, **options: object) -> str:
    paper = Console(file=io.StringIO(), width=width, highlight=False)
    paper.print(table(*arguments, **options))  # type: ignore[arg-type]
    assert isinstance(paper.file, io.StringIO)
    return paper.file.getvalue()


@settings(deadline=None, max_examples=100)
@given(st.text(alphabet="产教融合，。（）“”ab 12345", max_size=60), st.integers(4, 30))
def test_lines_fit_and_hold_every_letter(text: str, width: int) -> None:
    lines = [line.plain for line in broken(Words(text), width)]
    assert all(cell_len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_number_is_not_broken_and_no_line_begins_with_a_comma() -> None:
    lines = [line.plain for line in broken(Words("需求人数为1100人，其中本科12人"), 12)]
    assert lines == ["需求人数为", "1100人，其中", "本科12人"]


@pytest.mark.parametrize("width", [60, 80, 120, 160])
def test_every_value_is_told_at_every_width(width: int) -> None:
    rows = [{f"c{n}": f"第{n}列的内容" * 3 for n in range(9)}]
    text = "".join(drawn(width, rows, {f"c{n}": f"标题{n}" for n in range(9)}).split())
    assert all(f"标题{n}" in text for n in range(9))
    assert (
        max(map(cell_len, drawn(width, rows, {f"c{n}": f"标题{n}" for n in range(9)}).split("\n"))) <= width
    )


def test_many_wide_columns_become_blocks() -> None:
    rows = [{f"c{n}": f"第{n}列的内容" * 3 for n in range(9)}]
    text = drawn(80, rows, {f"c{n}": f"标题{n}" for n in range(9)})
    assert "标题8: 第8列的内容第8列的内容第8列的内容" in text


def test_an_unknown_number_is_called_unknown_only_where_asked() -> None:
    rows = [{"n": None}, {"n": 3}]
    assert "unknown" in drawn(40, rows, {"n": "people"}, unknown=True)
    assert "unknown" not in drawn(40, rows, {"n": "people"})
