"""How answers look: the same rows for people, programs and spreadsheets."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from cli.output import (
    Format,
    as_csv,
    neutral,
    replacing,
    visible,
    wording,
    write_rows,
    write_view,
    written_as,
)
from graph.errors import LiantuError

TITLES = {"name": "名称", "count": "数量"}


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_a_spreadsheet_would_run_is_neutralised(begin: str) -> None:
    cell = neutral(f"{begin}HYPERLINK()")
    assert isinstance(cell, str)
    assert cell.startswith("'")


@pytest.mark.parametrize("number", [-3, 2.5, Decimal("-1.5")])
def test_numbers_stay_numbers(number: object) -> None:
    assert neutral(number) is number


@settings(deadline=None, max_examples=100)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20), max_size=5))
def test_csv_cells_come_back_or_are_neutralised(names: list[str]) -> None:
    rows = [{"name": name, "count": number} for number, name in enumerate(names)]
    header, *back = csv.reader(io.StringIO(as_csv(rows, TITLES), newline=""))
    assert header == list(TITLES.values())
    assert [row[1] for row in back] == [str(number) for number in range(len(names))]
    for name, row in zip(names, back, strict=True):
        assert not row[0].startswith(("=", "@", "\t"))
        assert row[0].removeprefix("'") == name.removeprefix("'").replace("\ufffe", "�").replace(
            "\uffff", "�"
        )


def test_csv_file_has_a_byte_order_mark_and_the_screen_has_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [{"name": "两江新区", "count": 1}]
    write_rows(rows, TITLES, Format.CSV, output=tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    write_rows(rows, TITLES, Format.CSV)
    assert capsys.readouterr().out.replace("\r\n", "\n") == "名称,数量\n两江新区,1\n"


def test_json_keeps_every_key_and_the_characters(capsys: pytest.CaptureFixture[str]) -> None:
    write_rows([{"name": "长安", "other": [Decimal(2)]}], TITLES, Format.JSON)
    text = capsys.readouterr().out
    assert "长安" in text
    assert json.loads(text) == [{"name": "长安", "other": [2]}]


def test_words_of_a_document_are_neither_markup_nor_terminal_codes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_rows([{"name": "[bold]甲[/bold]\x1b[31m\u202e", "count": None}], TITLES)
    text = capsys.readouterr().out
    assert "[bold]甲[/bold]" in text
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_unknown_is_empty_and_never_zero() -> None:
    assert wording(None) == ""
    assert wording(0) == "0"
    assert wording([None, 0]) == ", 0"


def test_long_text_is_cut_to_the_limit() -> None:
    assert visible("一二三四五", 4) == "一二三…"
    assert visible("一二三四", 4) == "一二三四"


def test_rows_in_a_file_called_xlsx_are_a_workbook_and_other_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    rows = [{"name": "=长安", "count": 1}]
    for form in (Format.TABLE, Format.CSV):
        write_rows(rows, TITLES, form, output=path)
        (sheet,) = load_workbook(path).worksheets
        assert list(sheet.iter_rows(values_only=True)) == [("名称", "数量"), ("'=长安", 1)]
    before = path.read_bytes()
    for write in (
        lambda: write_rows(rows, TITLES, Format.JSON, output=path),
        lambda: write_view("text", path),
    ):
        with pytest.raises(LiantuError) as refused:
            write()
        assert refused.value.code == "file.form"
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("form", "name", "written"),
    [
        (Format.TABLE, "a.csv", Format.CSV),
        (Format.TABLE, "a.JSON", Format.JSON),
        (Format.TABLE, "a.txt", Format.TABLE),
        (Format.TABLE, "a.xlsx", Format.CSV),
        (Format.JSON, "a.csv", Format.JSON),
    ],
)
def test_the_suffix_of_the_file_chooses_the_form_where_none_was_chosen(
    form: Format, name: str, written: Format
) -> None:
    assert written_as(form, Path(name)) is written
    assert written_as(form, None) is form


def test_a_file_takes_the_place_of_another_only_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_text("before", encoding="utf-8")

    def fail() -> None:
        with replacing(path) as made:
            made.write_text("half", encoding="utf-8")
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        fail()
    assert (path.read_text(encoding="utf-8"), [*tmp_path.iterdir()]) == ("before", [path])
    with replacing(path) as made:
        made.write_text("after", encoding="utf-8")
    assert (path.read_text(encoding="utf-8"), [*tmp_path.iterdir()]) == ("after", [path])
