"""How far a sheet reaches is told as the reader of cells takes it, in whatever way the places are written."""

from __future__ import annotations

from pathlib import Path

import pytest
import python_calamine as calamine
from openpyxl import Workbook

from graph.errors import LiantuError
from ingest.records.workbook import check_workbook
from tests.ingest.records.workbook import changed

SHEET = "xl/worksheets/sheet1.xml"
ROWS, COLUMNS = 50, 40  # AN50
CELL = '<c{} t="n"><v>1</v></c>'
FIRST = '<row r="1"><c r="A1" t="n"><v>1</v></c></row>'
FAR = {
    "plain": '<row r="50"><c r="AN50" t="n"><v>1</v></c></row>',
    "single quotes": "<row r='50'><c r='AN50' t='n'><v>1</v></c></row>",
    "spaces": '<row r="50"><c r = "AN50" t="n"><v>1</v></c></row>',
    "a line break": '<row r="50"><c\nr="AN50" t="n"><v>1</v></c></row>',
    "another attribute before": '<row r="50"><c t="n" r="AN50"><v>1</v></c></row>',
    "an attribute that says another place": """<row r="50"><c t="n" x=" r='A1'" r="AN50"><v>1</v></c></row>""",
    "small letters": '<row r="50"><c r="an50" t="n"><v>1</v></c></row>',
    "far behind its name": f'<row r="50"><c{" " * 3000}r="AN50" t="n"><v>1</v></c></row>',
    "a bracket in an attribute": '<row r="50"><c x="&gt;>" r="AN50" t="n"><v>1</v></c></row>',
    "no places": "".join(f"<row>{CELL.format('') * (40 if n == 48 else 1)}</row>" for n in range(49)),
    "no places of cells": f'<row r="50">{CELL.format("") * 40}</row>',
    "places of some": f'<row r="50"><c r="AM50" t="n"><v>1</v></c>{CELL.format("")}</row>',
    "a row that says otherwise": f'<row r="50"><c r="A3" t="n"><v>1</v></c>{CELL.format("") * 39}</row>',
    "empty rows before": '<row r="49"/>' + f"<row>{CELL.format('') * 40}</row>",
}


def sheet(path: Path, rows: str, *, before: str = "") -> Path:
    """A workbook of one sheet with these rows as its XML, compressed no more than a workbook is."""
    Workbook().save(path)

    def filled(content: bytes) -> bytes:
        text = content.replace(b"<sheetData>", f"{before}<sheetData>{rows}".encode())
        assert len(text) > len(content)
        return text

    return changed(path, SHEET, filled)


def prefixed(path: Path) -> Path:
    """The same workbook with a prefix before the names of the elements."""

    def named(content: bytes) -> bytes:
        text = content.decode()
        for name in ("worksheet", "sheetData", "row", "c", "v"):
            for mark in ("<", "</"):
                for end in (" ", ">"):
                    text = text.replace(f"{mark}{name}{end}", f"{mark}x:{name}{end}")
        return text.replace("xmlns=", "xmlns:x=").encode()

    return changed(path, SHEET, named)


def refusal(path: Path, limit: int, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("ingest.records.span.CELLS_LIMIT", limit)
    try:
        check_workbook(path)
    except LiantuError as error:
        return error.code
    return ""


@pytest.mark.parametrize("way", FAR)
def test_the_rectangle_is_that_of_the_reader(
    way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sheet(tmp_path / "far.xlsx", FIRST + FAR[way])
    read = calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    grid = read.to_python(skip_empty_area=False)
    assert (len(grid), len(grid[0])) == (ROWS, COLUMNS)
    assert refusal(path, ROWS * COLUMNS - 1, monkeypatch) == "file.too_large"
    assert refusal(path, ROWS * COLUMNS, monkeypatch) == ""


def test_elements_with_a_prefix_are_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = prefixed(sheet(tmp_path / "far.xlsx", FIRST + FAR["plain"]))
    read = calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    grid = read.to_python(skip_empty_area=False)
    assert (len(grid), len(grid[0])) == (ROWS, COLUMNS)
    assert refusal(path, ROWS * COLUMNS - 1, monkeypatch) == "file.too_large"
    assert refusal(path, ROWS * COLUMNS, monkeypatch) == ""


@pytest.mark.parametrize("shift", [0, 1, 5, 17, 100, 511, 600])
def test_a_far_cell_is_seen_wherever_the_pieces_are_cut(
    shift: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.package._CHUNK", 2000)
    fill = "".join(f'<row r="{n}"><c r="A{n}" t="n"><v>{"1" * 20}</v></c></row>' for n in range(2, 40))
    for way in ("plain", "spaces", "far behind its name"):
        path = sheet(tmp_path / "far.xlsx", FIRST + fill + FAR[way], before=f"<!--{'x' * shift}-->")
        assert refusal(path, ROWS * COLUMNS - 1, monkeypatch) == "file.too_large"
        assert refusal(path, ROWS * COLUMNS, monkeypatch) == ""


def test_what_cannot_be_followed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for row in ('<row r="50"><c x="<" r="AN50" t="n"/></row>', '<row r="50"><c x="' + "x" * 100_000):
        path = sheet(tmp_path / "odd.xlsx", FIRST + row)
        monkeypatch.setattr("ingest.package._CHUNK", 2000)
        assert refusal(path, ROWS * COLUMNS, monkeypatch) == "file.unsafe"


def test_many_open_quotes_take_no_long_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = sheet(tmp_path / "odd.xlsx", FIRST + "".join(f'<c x="{n}' for n in range(50_000)))
    assert refusal(path, ROWS * COLUMNS, monkeypatch) == "file.unsafe"
