"""Lists of what was revoked, left or is only planned say so in their titles and remarks: they are not read as done."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from graph.errors import LiantuError
from ingest.records import RecordsRead, read_records

MEMBERS = ("联合体名称", "成员名称", "成员类型")
SPECIALTIES = ("学校名称", "专业名称", "年份", "在校生数")
COOPERATION = ("学校名称", "企业名称", "合作模式")


def workbook(folder: Path, *rows: Sequence[Any], sheet: str = "Sheet1", file: str = "表.xlsx") -> Path:
    book = Workbook()
    book.worksheets[0].title = sheet
    for row in rows:
        book.worksheets[0].append(list(row))
    book.save(folder / file)
    return folder / file


def edges(read: RecordsRead) -> list[dict[str, Any]]:
    return [row for row in read.claims.to_pylist() if row["kind"] != "STATES"]


@pytest.mark.parametrize(
    ("title", "header", "row"),
    [
        ("2024年撤销专业名单", SPECIALTIES, ("甲学院", "软件技术", 2024, 10)),
        ("2024年拟撤销和停招专业备案表", SPECIALTIES, ("甲学院", "软件技术", 2024, 10)),
        ("退出产教联合体成员名单", MEMBERS, ("甲联合体", "甲学院", "院校")),
        ("终止校企合作项目", COOPERATION, ("甲学院", "乙公司", "订单班")),
        ("未通过评审的产教联合体名单", MEMBERS, ("甲联合体", "甲学院", "院校")),
    ],
)
def test_a_list_of_what_holds_no_more_is_refused_wherever_its_title_stands(
    tmp_path: Path, title: str, header: tuple[str, ...], row: tuple[Any, ...]
) -> None:
    text = "\n".join(",".join(map(str, cells)) for cells in (header, row))
    (tmp_path / f"{title}.csv").write_text(text, encoding="utf-8")
    for path in (
        workbook(tmp_path, [title], header, row),
        workbook(tmp_path, header, row, sheet=title),
        workbook(tmp_path, header, row, file=f"{title}.xlsx"),
        tmp_path / f"{title}.csv",
    ):
        with pytest.raises(LiantuError) as refused:
            read_records(path, "s")
        assert (refused.value.code, refused.value.values["title"]) == ("record.ended", title)


def test_what_the_table_itself_is_called_goes_before_the_name_of_its_file(tmp_path: Path) -> None:
    row = ("甲学院", "软件技术", 2024, 10)
    path = workbook(tmp_path, ["2024年新增专业名单"], SPECIALTIES, row, file="新增和撤销专业.xlsx")
    assert [one["kind"] for one in edges(read_records(path, "s"))] == ["OFFERS"]


@pytest.mark.parametrize(
    "title",
    [
        "拟组建产教联合体名单",
        "产教联合体名单（征求意见稿）",
        "拟入选市域产教联合体名单的公示",
        "产教联合体申报汇总表",
    ],
)
def test_a_list_of_what_is_planned_is_planned_and_its_quotes_tell_why(tmp_path: Path, title: str) -> None:
    read = read_records(workbook(tmp_path, [title], MEMBERS, ("甲联合体", "甲学院", "院校")), "s")
    (member,) = edges(read)
    assert (member["kind"], member["status"]) == ("MEMBER_OF", "计划")
    assert member["quote"].endswith(f"标题 {title}")
    assert any(title in note.zh and "计划" in note.zh for note in read.notes)


@pytest.mark.parametrize(
    "title", ["2024年专业数据申报表", "申报单位：甲学院", "2024年招生计划", "专业动态退出机制"]
)
def test_a_report_of_figures_is_no_plan(tmp_path: Path, title: str) -> None:
    read = read_records(workbook(tmp_path, [title], SPECIALTIES, ("甲学院", "软件技术", 2024, 10)), "s")
    assert [(one["kind"], one["status"]) for one in edges(read)] == [("OFFERS", "完成")]


def test_a_row_that_tells_its_own_status_keeps_it_under_a_title_of_plans(tmp_path: Path) -> None:
    rows = (("甲学院", "乙公司", "在建"), ("甲学院", "丙公司", ""))
    read = read_records(workbook(tmp_path, ["拟合作项目"], ("学校名称", "企业名称", "状态"), *rows), "s")
    assert [one["status"] for one in edges(read)] == ["在建", "计划"]


def test_rows_that_say_that_they_ended_or_are_not_yet_in_are_set_aside_and_told(tmp_path: Path) -> None:
    read = read_records(
        workbook(
            tmp_path,
            (*MEMBERS, "角色", "备注"),
            ("甲联合体", "甲学院", "院校", "成员", "已退出"),
            ("甲联合体", "乙学院", "院校", "拟加入", ""),
            ("甲联合体", "丙学院", "院校", "成员", "2023年已退出，2024年重新加入"),
            ("甲联合体", "丁学院", "院校", "成员", "退役军人学院"),
        ),
        "s",
    )
    assert [one["head"] for one in edges(read)] == ["School:丙学院", "School:丁学院"]
    assert (read.rows_read, read.rows_taken, read.set_aside) == (4, 2, 2)
    assert any("Sheet1!2、Sheet1!3" in note.zh for note in read.notes)


def test_a_specialty_that_takes_no_new_students_is_still_offered(tmp_path: Path) -> None:
    header, row = (*SPECIALTIES, "招生状态"), ("甲学院", "软件技术", 2024, 10, "停招")
    assert [one["enrolled"] for one in edges(read_records(workbook(tmp_path, header, row), "s"))] == [10]


@pytest.mark.parametrize(
    "title", ["关于公布产教联合体申报评审结果的通知", "虚拟仿真产教联合体名单", "产教联合体名单"]
)
def test_a_list_of_what_was_decided_is_no_plan(tmp_path: Path, title: str) -> None:
    read = read_records(workbook(tmp_path, [title], MEMBERS, ("甲联合体", "甲学院", "院校")), "s")
    assert [(one["kind"], one["status"]) for one in edges(read)] == [("MEMBER_OF", "完成")]
