"""Workbooks: what is refused before it is opened, and how sheets are read."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from graph.errors import LiantuError
from ingest.records import RecordsRead, read_records
from ingest.records.workbook import check_workbook, read_workbook
from tests.ingest.records.workbook import changed

HEADER = ["学校名称", "专业群名称", "级别", "设立日期"]


def saved(path: Path, rows: Sequence[Sequence[Any]], title: str = "专业群") -> Path:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    workbook.save(path)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(LiantuError) as refused:
        read_workbook(path)
    return refused.value.code


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return saved(tmp_path / "a.xlsx", [HEADER, ["重庆大学", "材料专业群", "市级", "2023-10"]])


def test_a_doctype_is_refused_before_any_xml_is_read(good: Path) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    assert refusal(changed(good, "xl/worksheets/sheet1.xml", lambda xml: bomb + xml)) == "file.unsafe"


def test_an_external_entity_is_refused(good: Path) -> None:
    entity = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    assert refusal(changed(good, "xl/workbook.xml", lambda xml: entity + xml)) == "file.unsafe"


def test_a_zip_bomb_is_refused(good: Path) -> None:
    with zipfile.ZipFile(good, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomb.bin", b"\0" * 50_000_000)
    assert refusal(good) == "file.unsafe"


def test_names_that_climb_out_of_the_archive_are_refused(good: Path) -> None:
    with zipfile.ZipFile(good, "a") as archive:
        archive.writestr("../outside.xml", b"<a/>")
    assert refusal(good) == "file.unsafe"


def test_two_far_cells_do_not_make_the_reader_take_all_memory(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.worksheets[0]["A1"] = "学校名称"
    workbook.worksheets[0]["XFD1048576"] = "x"
    workbook.save(tmp_path / "far.xlsx")
    assert refusal(tmp_path / "far.xlsx") == "file.too_large"


@pytest.mark.parametrize("written", [b"r='XFD1048576'", b'r = "XFD1048576"', b'r=\n"XFD1048576"'])
def test_a_far_cell_is_found_however_its_place_is_written(tmp_path: Path, written: bytes) -> None:
    workbook = Workbook()
    workbook.worksheets[0]["A1"] = "学校名称"
    workbook.worksheets[0]["XFD1048576"] = "x"
    workbook.save(tmp_path / "far.xlsx")
    other = tmp_path / "other.xlsx"
    with zipfile.ZipFile(tmp_path / "far.xlsx") as given, zipfile.ZipFile(other, "w") as made:
        for item in given.infolist():
            made.writestr(item, given.read(item).replace(b'r="XFD1048576"', written))
    assert refusal(other) == "file.too_large"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.empty"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "file.unreadable"),
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "file.encrypted",
        ),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "file.unreadable"),
        (b"PK\x03\x04 broken", "file.unreadable"),
        ("学校名称,专业群名称".encode(), "file.unreadable"),
    ],
)
def test_what_only_calls_itself_xlsx_is_refused_with_the_reason(
    tmp_path: Path, content: bytes, code: str
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert refusal(path) == code


def test_a_truncated_workbook_is_refused(good: Path) -> None:
    good.write_bytes(good.read_bytes()[:-200])
    assert refusal(good) == "file.unreadable"


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("hello.txt", "hello")
    check_workbook(tmp_path / "a.xlsx")
    assert refusal(tmp_path / "a.xlsx") == "file.unreadable"


def test_dates_come_as_dates_as_text_and_as_day_numbers(tmp_path: Path) -> None:
    path = saved(
        tmp_path / "a.xlsx",
        [
            HEADER,
            *(
                ["重庆大学", f"第{n}专业群", "市级", day]
                for n, day in enumerate(
                    (
                        dt.date(2023, 10, 27),
                        dt.datetime(2023, 10, 27, 8),  # noqa: DTZ001 (a workbook knows no time zone)
                        45226,
                        "2023年10月27日",
                        202310,
                        2023,
                    )
                )
            ),
        ],
    )
    hosts = read_records(path, "s").claims.to_pylist()
    assert [row["since"] for row in hosts if row["kind"] == "HOSTS"] == ["2023-10-27"] * 4 + [
        "2023-10",
        "2023",
    ]


def test_merged_cells_hold_their_value_in_every_row(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    for row in (
        ["专业群一览表"],
        HEADER,
        ["重庆大学", "甲专业群", "市级"],
        [None, "乙专业群", "校级"],
        ["重庆理工大学", "丙专业群", "校级"],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("A3:A4")
    workbook.save(tmp_path / "a.xlsx")
    read = read_records(tmp_path / "a.xlsx", "s")
    hosts = [(row["head"], row["place"]) for row in read.claims.to_pylist() if row["kind"] == "HOSTS"]
    assert hosts == [
        ("School:重庆大学", "Sheet!3"),
        ("School:重庆大学", "Sheet!4"),
        ("School:重庆理工大学", "Sheet!5"),
    ]


def demand(folder: Path, *rows: tuple[Any, ...], merged: tuple[str, ...] = ()) -> RecordsRead:
    workbook = Workbook()
    for row in (("企业名称", "岗位名称", "需求人数", "联系部门"), *rows):
        workbook.worksheets[0].append(row)
    for cells in merged:
        workbook.worksheets[0].merge_cells(cells)
    workbook.save(folder / "a.xlsx")
    return read_records(folder / "a.xlsx", "s")


def needs(read: RecordsRead) -> list[tuple[str, int | None]]:
    return [(r["tail"], r["headcount"]) for r in read.claims.to_pylist() if r["kind"] == "DEMANDS"]


def test_a_figure_merged_over_several_names_is_unknown_of_each_and_told(tmp_path: Path) -> None:
    rows = (("甲公司", "数控车工", 30, ""), (None, "铣工", None, ""), ("乙公司", "焊工", 5, ""))
    read = demand(tmp_path, *rows, merged=("A2:A3", "C2:C3"))
    assert needs(read) == [("Occupation:数控车工", None), ("Occupation:铣工", None), ("Occupation:焊工", 5)]
    quotes = [r["quote"] for r in read.claims.to_pylist() if r["kind"] == "DEMANDS"]
    assert all("需求人数 30" in quote for quote in quotes[:2])
    assert any("Sheet!2、Sheet!3" in note.zh for note in read.notes)


def test_a_figure_merged_over_rows_of_one_name_is_that_of_the_name(tmp_path: Path) -> None:
    rows = (("甲公司", "焊工", 30, "人事部"), (None, None, None, "生产部"))
    read = demand(tmp_path, *rows, merged=("A2:A3", "B2:B3", "C2:C3"))
    assert needs(read) == [("Occupation:焊工", 30)]


def test_formulas_without_a_value_are_told_and_an_empty_text_is_none(tmp_path: Path) -> None:
    read = demand(tmp_path, ("甲公司", "焊工", "=10+20", ""), ("乙公司", "铣工", 5, ""))
    assert needs(read) == [("Occupation:焊工", None), ("Occupation:铣工", 5)]
    assert [note.zh for note in read.notes if "公式" in note.zh and "另存" in note.zh and "C2" in note.zh]
    changed(
        tmp_path / "a.xlsx",
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b'<c r="C2">', b'<c r="C2" t="str">'),
    )
    assert not [note for note in read_records(tmp_path / "a.xlsx", "s").notes if "公式" in note.zh]


def test_every_sheet_that_is_records_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    workbook = Workbook()
    groups = workbook.worksheets[0]
    groups.title = "专业群"
    groups.append(HEADER)
    groups.append(["重庆大学", "材料专业群", "市级", "2023"])
    members = workbook.create_sheet("成员")
    members.append(["联合体名称", "成员代码", "角色"])
    members.append(["甲联合体", "4150010611", "成员"])
    weather = workbook.create_sheet("天气")
    weather.append(["日期", "气温"])
    workbook.create_sheet("空表")
    workbook.save(tmp_path / "a.xlsx")
    read = read_records(tmp_path / "a.xlsx", "s")
    assert read.kinds == ("specialty_groups",)
    assert (read.rows_read, read.rows_taken) == (1, 1)
    assert [(item.sheet, item.row, item.code, item.value) for item in read.rejects] == [
        ("成员", None, "record.header_missing", "成员名称")
    ]
    assert any("天气" in text for text in read.ignored)


def test_a_workbook_damaged_inside_any_of_its_members_is_unreadable(tmp_path: Path) -> None:
    whole = saved(tmp_path / "whole.xlsx", [HEADER, ["甲校", "乙专业群", "校级", "2020-09"]])
    content = whole.read_bytes()
    with zipfile.ZipFile(whole) as archive:
        begins = [info.header_offset + 30 + len(info.filename) for info in archive.infolist()]
    for begin in begins:
        broken = bytearray(content)
        for place in range(begin + 5, begin + 17):
            broken[place] ^= 0xA5
        damaged = tmp_path / "damaged.xlsx"
        damaged.write_bytes(bytes(broken))
        with pytest.raises(LiantuError) as caught:
            read_records(damaged, "s")
        assert caught.value.code == "file.unreadable"


def test_a_credit_code_that_was_typed_as_a_number_has_lost_digits_and_is_refused(tmp_path: Path) -> None:
    head = ["企业名称", "统一社会信用代码", "所属产业链"]
    rows = [["甲公司", 915001076608997871, "汽车"], ["乙公司", "915001076608997871", "汽车"]]
    read = read_records(saved(tmp_path / "企业.xlsx", [head, *rows], "企业"), "s")
    assert [(item.row, item.code) for item in read.rejects] == [(2, "record.code")]
