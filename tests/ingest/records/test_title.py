"""A school's own table names school and year in its title alone: read from there where that is clear, else refused."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from graph.errors import LiantuError
from ingest.records import read_records

HEADER = ("专业名称", "学制", "在校生数")
ROWS = (("机电一体化技术", "三年", 120), ("软件技术", "三年", 80))


def merged(folder: Path, title: str, rows: Sequence[Sequence[Any]] = ROWS, header: Any = HEADER) -> Path:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.append([title])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(header))
    for row in (header, *rows):
        sheet.append(list(row))
    workbook.save(folder / "表.xlsx")
    return folder / "表.xlsx"


def offers(path: Path) -> list[dict[str, Any]]:
    claims = read_records(path, "s").claims.to_pylist()
    return [row for row in claims if row["kind"] == "OFFERS"]


@pytest.mark.parametrize(
    ("title", "school", "year"),
    [
        ("某某职业学院2025年招生计划", "某某职业学院", 2025),
        ("2025年某某职业教育中心学校招生计划表", "某某职业教育中心学校", 2025),
        ("关于某某职业技术学院2023-2024学年毕业生情况", "某某职业技术学院", 2023),
        ("重庆工业职业技术大学 2025 年度专业一览（制表日期：2026年1月5日）", "重庆工业职业技术大学", 2025),
    ],
)
def test_school_and_year_are_read_from_a_title_and_stand_in_the_quote(
    tmp_path: Path, title: str, school: str, year: int
) -> None:
    path = merged(tmp_path, title)
    first, second = offers(path)
    assert (first["year"], first["place"], second["place"]) == (year, "Sheet!3", "Sheet!4")
    assert first["head"].startswith("School:")
    assert first["quote"].startswith(f"{school} | 机电一体化技术 | ")
    assert first["quote"].endswith(f" | 标题 {title}")
    (note,) = [one for one in read_records(path, "s").notes if "标题" in one.zh]
    assert {school, title} <= {*note.zh.split("“"), *note.zh.replace("“", "”").split("”")}
    assert "\n" not in note.zh


def test_a_csv_is_read_so_too_and_the_title_may_take_several_lines(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_text(
        "附件1,,\n某某技工学校2025年招生计划,,\n专业名称,学制,在校生数\n焊接加工,三年,90\n,,\n钳工,三年,x\n",
        encoding="gb18030",
    )
    read = read_records(path, "s")
    assert [(row["enrolled"], row["place"]) for row in offers(path)] == [(90, "l.4")]
    assert [(one.row, one.value) for one in read.rejects] == [(6, "x")]
    assert read.rows_read == 2


def test_totals_notes_and_blank_rows_below_stay_no_records(tmp_path: Path) -> None:
    below = (("合计", None, 200), (None, None, None), ("注：数据来自教务处", None, None))
    read = read_records(merged(tmp_path, "某某职业学院2025年招生计划", (*ROWS, *below)), "s")
    assert (read.rows_read, read.rows_taken, read.set_aside, read.rejects) == (4, 2, 2, ())


def test_only_what_the_table_lacks_is_taken_from_the_title(tmp_path: Path) -> None:
    rows = (("机电一体化技术", 2024), ("软件技术", 2023))
    path = merged(tmp_path, "某某职业学院2025年专业一览", rows, ("专业名称", "年份"))
    assert [row["year"] for row in offers(path)] == [2024, 2023]


@pytest.mark.parametrize(
    ("title", "lacking"),
    [
        ("甲某职业学院、乙某职业学院2025年招生计划", "学校名称"),
        ("重庆大学计算机学院2025年招生计划", "学校名称"),
        ("全市职业学校2025年招生计划", "学校名称"),
        ("某某职业学院招生计划", "年份"),
        ("某某职业学院2024年、2025年招生计划", "年份"),
        ("招生计划", "学校名称、年份"),
    ],
)
def test_a_title_that_is_not_clear_is_refused_and_says_what_to_add(
    tmp_path: Path, title: str, lacking: str
) -> None:
    with pytest.raises(LiantuError) as refused:
        read_records(merged(tmp_path, title), "s")
    assert (refused.value.code, refused.value.values["columns"]) == ("record.title", lacking)
    assert title in str(refused.value)


def test_a_table_with_all_its_columns_is_not_read_by_its_title(tmp_path: Path) -> None:
    header = ("学校名称", "专业名称", "年份")
    path = merged(tmp_path, "某某职业学院2025年招生计划", (("乙某学院", "软件技术", 2024),), header)
    (row,) = offers(path)
    assert (row["year"], row["quote"]) == (2024, "乙某学院 | 软件技术 | 年份 2024")


@pytest.mark.parametrize(
    "line",
    [
        ["填报单位：某某职业学院", "", "联系人：张三", "电话：13800138000"],
        ["填报单位：某某职业学院 联系人：张三 电话：023-67781234"],
        ["填报单位：某某职业学院　填表人：张三 13800138000"],
        ["填报单位：某某职业学院", "联系人", "张三", "联系电话", "023-67781234"],
        ["填报单位：某某职业学院", "单位负责人：张三", "邮箱：zs＠a.edu.cn"],
        ["某某职业学院 １３８００１３８０００"],
    ],
)
def test_what_a_title_says_of_persons_stands_in_no_quote_note_or_error(
    tmp_path: Path, line: list[str]
) -> None:
    for title in ("某某职业学院2024年专业情况", "专业情况"):
        workbook = Workbook()
        for row in ([title], line, HEADER, *ROWS):
            workbook.worksheets[0].append(list(row))
        workbook.save(tmp_path / "表.xlsx")
        try:
            read = read_records(tmp_path / "表.xlsx", "s")
            said = f"{read.claims.to_pylist()} {read.notes}"
            assert "某某职业学院" in said
        except LiantuError as error:
            assert title == "专业情况"
            said = str(error)
        assert not [word for word in ("张三", "1234", "8000", "８０００", "zs") if word in said]


@pytest.mark.parametrize(
    "label", ["填报学校：", "申报学校：", "报送学校", "填报单位（学校）：", "学校名称：", "填报院校："]
)
def test_what_a_label_calls_the_school_is_no_second_school(tmp_path: Path, label: str) -> None:
    (first, _) = offers(merged(tmp_path, f"2024年专业情况表 {label} 某某职业学院"))
    assert first["head"] == "School:某某职业学院"


@pytest.mark.parametrize(
    "title",
    [
        "某某市智能装备产教联合体成员单位名单",
        "附件：某某市智能装备产教联合体成员单位名单",
        "2024年某某市智能装备产教联合体成员一览表",
    ],
)
@pytest.mark.parametrize("header", [("序号", "单位名称", "备注"), ("序号", "单位名称", "所在区县")])
def test_a_list_of_members_takes_its_consortium_from_the_title(
    tmp_path: Path, title: str, header: tuple[str, ...]
) -> None:
    rows = ((1, "甲某职业学院", ""), (2, "乙某有限公司", ""))
    claims = read_records(merged(tmp_path, title, rows, header), "s").claims.to_pylist()
    assert {(row["head"], row["tail"]) for row in claims if row["kind"] == "MEMBER_OF"} == {
        ("School:甲某职业学院", "Consortium:某某市智能装备产教联合体"),
        ("Enterprise:乙某有限公司", "Consortium:某某市智能装备产教联合体"),
    }


def test_sheets_named_after_consortia_hold_their_members(tmp_path: Path) -> None:
    workbook = Workbook()
    for name in ("甲某产教联合体", "乙某产教联合体"):
        sheet = workbook.create_sheet(name)
        sheet.append(["序号", "成员名称", "角色"])
        sheet.append([1, f"{name[0]}市职业学院", "成员"])
    workbook.save(tmp_path / "表.xlsx")
    claims = read_records(tmp_path / "表.xlsx", "s").claims.to_pylist()
    assert [(row["head"], row["tail"]) for row in claims if row["kind"] == "MEMBER_OF"] == [
        ("School:甲市职业学院", "Consortium:甲某产教联合体"),
        ("School:乙市职业学院", "Consortium:乙某产教联合体"),
    ]


@pytest.mark.parametrize("title", ["首批市域产教联合体名单", "甲某产教联合体、乙某产教联合体成员名单"])
def test_a_title_that_names_no_one_consortium_gives_none(tmp_path: Path, title: str) -> None:
    rows = ((1, "甲某职业学院", "院校"),)
    with pytest.raises(LiantuError) as refused:
        read_records(merged(tmp_path, title, rows, ("序号", "成员名称", "成员类型")), "s")
    assert refused.value.code == "record.header_missing"


def test_a_header_of_many_columns_that_mean_nothing_is_a_header_below_a_title(tmp_path: Path) -> None:
    header = ("院校代号", "院校名称", "专业代号", "专业名称", "计划数", "学制", "学费（元/年）")
    rows = ((1, "甲某学院", "01", "软件技术", 40, 3, 5000),)
    (row,) = offers(merged(tmp_path, "2024年招生计划表", rows, header))
    assert (row["head"], row["year"]) == ("School:甲某学院", 2024)


@pytest.mark.parametrize(
    ("title", "header", "rows"),
    [
        ("某某职业学院2024届毕业生就业去向", ("去向", "人数"), (("升学", 120), ("企业", 800), ("机关", 20))),
        ("某某职业学院2024年合作单位统计", ("类别", "数量"), (("企业", 30), ("高校", 5))),
        ("某某职业学院2024年招生统计", ("类别", "人数"), (("专业", 30), ("普高", 500))),
    ],
)
def test_a_row_with_one_word_of_a_header_among_its_values_is_no_header(
    tmp_path: Path, title: str, header: tuple[str, ...], rows: tuple[tuple[str, int], ...]
) -> None:
    with pytest.raises(LiantuError) as refused:
        read_records(merged(tmp_path, title, rows, header), "s")
    assert refused.value.code == "record.kind"


def test_a_sheet_without_header_goes_on_though_a_cell_is_the_word_of_a_header(tmp_path: Path) -> None:
    workbook = Workbook()
    first = workbook.worksheets[0]
    for row in (("联合体名称", "成员名称", "成员类型"), ("甲联合体", "甲某职业学院", "院校")):
        first.append(row)
    second = workbook.create_sheet("续")
    for row in (("乙联合体", "乙某职业学院", "院校"), ("乙联合体", "乙某有限公司", "企业")):
        second.append(row)
    workbook.save(tmp_path / "表.xlsx")
    read = read_records(tmp_path / "表.xlsx", "s")
    assert (read.rows_taken, read.rejects) == (3, ())
    assert not [row for row in read.claims.to_pylist() if row["kind"] == "COOPERATES_WITH"]
