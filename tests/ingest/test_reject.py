"""Rejects: what could not be taken comes back, harmless and ready to be corrected."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from graph.language import Text
from ingest.records import read_records
from ingest.reject import CORRECTIONS, Reject, neutralised, reason, write_rejects


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＠"])
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(start: str) -> None:
    assert neutralised(f"{start}HYPERLINK(1)").startswith(f"'{start}")


def test_a_value_said_in_two_languages_is_said_in_each() -> None:
    told = reason("file.unreadable", file="a.pdf", reason=Text("文件已损坏", "it is damaged"))
    assert "文件已损坏" in told.zh
    assert "it is damaged" in told.en
    assert "damaged" not in told.zh


def test_other_cells_stay_as_they_are_but_for_what_no_workbook_can_hold() -> None:
    assert neutralised("重庆大学 = 1") == "重庆大学 = 1"
    assert neutralised("a\x00b\x0b") == "a�b�"
    assert len(neutralised("x" * 1_000_000)) < 32_767


def test_the_sheet_says_where_what_and_why_in_the_readers_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = Reject("a.csv", "", 3, "年份", "=1+1", "record.year", reason("record.year"), (("年份", "=1+1"),))
    for language, word in (("zh", "应为年份"), ("en", "Should be a year")):
        monkeypatch.setenv("LIANTU_LANG", language)
        path = tmp_path / f"{language}.xlsx"
        write_rejects([item], path)
        _, row = load_workbook(path).worksheets[0].iter_rows(values_only=True)
        assert row[:5] == ("a.csv", None, 3, "年份", "'=1+1")
        assert str(row[5]).startswith(word)
        assert row[6] == "record.year"


def test_rejected_rows_come_back_complete_and_once_corrected_go_in(tmp_path: Path) -> None:
    source = tmp_path / "院校专业.csv"
    source.write_text(
        "学校名称,专业名称,年份,在校生数\n甲学院,护理,明年,十\n甲学院,药学,2024,5\n乙学院,,2024,7\n",
        encoding="utf-8",
    )
    read = read_records(source, "0123456789abcdef")
    path = tmp_path / "rejects.xlsx"
    write_rejects(read.rejects, path)
    workbook = load_workbook(path)
    assert len(list(workbook.worksheets[0].iter_rows())) == 1 + len(read.rejects)
    rows = list(workbook.worksheets[1].iter_rows(values_only=True))
    assert rows == [
        (str(CORRECTIONS), "学校名称", "专业名称", "年份", "在校生数"),
        ("0123456789abcdef:school_specialties:l.2", "甲学院", "护理", "明年", "十"),
        ("0123456789abcdef:school_specialties:l.4", "乙学院", None, "2024", "7"),
    ]
    sheet = workbook.worksheets[1]
    sheet["D2"], sheet["E2"], sheet["C3"] = 2025, 10, "护理"
    workbook.save(path)
    again = read_records(path, "s")
    assert (again.rows_read, again.rows_taken, again.rejects) == (2, 2, ())


def test_rows_of_many_files_stand_on_sheets_of_their_own(tmp_path: Path) -> None:
    long = "很" * 40
    items = [
        Reject(f"{long}{n}.csv", "", 2, "a", "b", "record.required", reason("record.required"), (("a", ""),))
        for n in range(3)
    ]
    items.append(
        Reject("b.xlsx", "History", None, "", "", "record.kind", reason("record.kind", file="b", headers="x"))
    )
    write_rejects(items, tmp_path / "r.xlsx")
    titles = load_workbook(tmp_path / "r.xlsx").sheetnames
    assert len(titles) == len({title.casefold() for title in titles}) == 4
    assert all(len(title) <= 31 for title in titles)
