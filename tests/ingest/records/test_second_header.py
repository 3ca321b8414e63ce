"""A header among the rows is no record: the same is set aside, another ends the table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from ingest.records import RecordsRead, read_records

HEAD = ["企业名称", "所属产业链", "所在区域"]
ROWS = [["甲公司", "汽车", "渝北区"], ["乙公司", "汽车", "渝北区"]]


def read(folder: Path, *sheets: Sequence[Sequence[Any]]) -> RecordsRead:
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"表{number}")
        for row in rows:
            sheet.append(row)
    book.save(folder / "t.xlsx")
    return read_records(folder / "t.xlsx", "s")


def firms(result: RecordsRead) -> set[str]:
    return {row["head"] for row in result.claims.to_pylist() if row["kind"] == "OPERATES_IN"}


@pytest.mark.parametrize("again", [HEAD, ["企业", "产业链", "区县"], ["企业名称", "", "所在区域"]])
def test_the_header_once_more_is_set_aside(tmp_path: Path, again: list[str]) -> None:
    result = read(tmp_path, [HEAD, ROWS[0], again, ROWS[1]])
    assert (result.rows_read, result.rows_taken, result.set_aside, result.rejects) == (3, 2, 1, ())
    assert firms(result) == {"Enterprise:甲公司", "Enterprise:乙公司"}
    assert any("重复的表头 1 行，不计：表0!3" in note.zh for note in result.notes)


@pytest.mark.parametrize(
    "other",
    [["学校名称", "专业名称", "层次"], ["姓名", "部门", "办公电话"], ["联系人", "手机", "备注"]],
)
def test_from_the_header_of_another_table_on_nothing_is_read(tmp_path: Path, other: list[str]) -> None:
    result = read(tmp_path, [HEAD, *ROWS, [], other, ["丙某", "丁处", "戊处"], ["己某", "庚处", "辛处"]])
    assert firms(result) == {"Enterprise:甲公司", "Enterprise:乙公司"}
    (reject,) = result.rejects
    assert (reject.row, reject.code, reject.cells) == (5, "record.header_below", ())
    assert "2 行" in reject.reason.zh
    assert (result.rows_read, result.rows_taken, result.rejected_rows) == (3, 2, 1)


def test_words_of_headers_that_are_values_end_no_table(tmp_path: Path) -> None:
    head = ["联合体名称", "成员名称", "成员类型", "角色"]
    result = read(
        tmp_path, [head, ["甲联合体", "重庆大学", "院校", "成员"], ["甲联合体", "乙公司", "企业", "成员"]]
    )
    assert (result.rows_taken, result.rejects) == (2, ())


@pytest.mark.parametrize(
    "contacts",
    [
        [
            ["姓名", "部门", "办公电话"],
            ["张三", "招生处", "023-68881234"],
            ["李四", "就业处", "023-68881235"],
        ],
        [
            ["通讯录", "", ""],
            ["部门", "姓名", "分机"],
            ["招生处", "张三", "1234"],
            ["就业处", "李四", "1235"],
        ],
        [["部门名称", "职务", "地址"], ["招生处", "处长", "渝北区"], ["就业处", "处长", "渝北区"]],
    ],
)
def test_a_sheet_of_persons_does_not_go_on_with_the_table_before(
    tmp_path: Path, contacts: list[list[str]]
) -> None:
    result = read(tmp_path, [HEAD, *ROWS], contacts)
    assert firms(result) == {"Enterprise:甲公司", "Enterprise:乙公司"}
    assert "张三" not in str(result.claims.to_pylist())


def test_a_sheet_without_a_header_still_goes_on(tmp_path: Path) -> None:
    assert firms(read(tmp_path, [HEAD, ROWS[0]], [["丙电话设备公司", "汽车", "渝北区"]])) == {
        "Enterprise:甲公司",
        "Enterprise:丙电话设备公司",
    }
