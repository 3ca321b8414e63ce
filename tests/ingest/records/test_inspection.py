"""Tables made by hand: understood before they are loaded, put right once, and read so again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from graph.errors import LiantuError
from ingest.reading import extractor_key
from ingest.records import RecordsRead, read_records
from ingest.records.inspection import inspect_file, save_mapping
from ingest.records.mapping import mapping_file

MESSY = """\
某区企业人才需求表,,,,,,
填报单位：某区,,,,单位：人,,
企业名称,岗位,人才需求,,所属产业,联系人,联系电话
,,人数,学历,,,
甲制造有限公司,装调工,约 300,大专,智能网联新能源汽车,张三,13800138000
,电工,3-5 人,中专,同上,张三,13800138000
,质检员,若干,大专,同上,李四,
乙制造有限公司,质检员,１２,大专,先进材料,李四,
小计,,12,,,,
合计,,317,,,,
"""


@pytest.fixture
def messy(tmp_path: Path) -> Path:
    path = tmp_path / "需求.csv"
    path.write_text(MESSY, encoding="utf-8")
    return path


def edges(result: RecordsRead, kind: str) -> list[dict[str, Any]]:
    return [row for row in result.claims.to_pylist() if row["kind"] == kind]


def test_a_messy_table_is_understood(messy: Path) -> None:
    ((one,), notes) = inspect_file(messy)
    assert (one.kind.name, one.depth, one.rows, one.taken, one.rejected) == ("enterprises", 2, 6, 4, 0)
    taken = {column.header: (column.column and column.column.name, column.fate) for column in one.columns}
    assert taken["人才需求·人数"] == ("headcount", "read")
    assert taken["人才需求·学历"] == ("education", "read")
    assert taken["联系人"] == (None, "personal")
    assert one.filled_down == ("企业名称",)
    assert notes == ()


def test_a_mapping_is_put_right_kept_and_used_for_the_next_table_of_that_shape(messy: Path) -> None:
    key = extractor_key("records", messy)
    assert not edges(read_records(messy, "s"), "OPERATES_IN")
    ((one,), _) = inspect_file(messy, columns={"所属产业": "chains"})
    kept = save_mapping(messy, one)
    assert kept == mapping_file(messy)
    assert extractor_key("records", messy) != key  # or a file that was read before would not be read anew
    following = messy.with_name("下一季度.csv")
    following.write_text(MESSY.replace("甲制造", "丙制造"), encoding="utf-8")
    result = read_records(following, "s")
    needs = [(row["head"], row["tail"], row["headcount"]) for row in edges(result, "DEMANDS")]
    assert needs == [
        ("Enterprise:丙制造有限公司", "Occupation:装调工", 300),
        ("Enterprise:丙制造有限公司", "Occupation:电工", 3),
        ("Enterprise:丙制造有限公司", "Occupation:质检员", None),
        ("Enterprise:乙制造有限公司", "Occupation:质检员", 12),
    ]
    assert {row["tail"] for row in edges(result, "OPERATES_IN")} == {
        "IndustryChain:智能网联新能源汽车",
        "IndustryChain:先进材料",
    }
    assert (result.rejects, result.set_aside) == ((), 2)
    assert "张三" not in str(result)


def test_a_table_of_no_known_shape_is_read_as_it_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("招工方,活计,缺口\n甲公司,焊工,3\n", encoding="utf-8")
    with pytest.raises(LiantuError) as unknown:
        inspect_file(path)
    assert unknown.value.code == "record.kind"
    told = {"招工方": "enterprise", "活计": "post", "缺口": "headcount"}
    ((one,), _) = inspect_file(path, kind="enterprises", columns=told)
    assert (one.rows, one.taken) == (1, 1)
    save_mapping(path, one)
    assert edges(read_records(path, "s"), "DEMANDS")[0]["headcount"] == 3


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("kind: nonsense\n", "nonsense"),
        ("- 1\n", "list"),
        ("kind: enterprises\ncolumns: {a: b}\n", "b"),
        ("{", "YAML"),
    ],
)
def test_a_wrong_mapping_is_told_in_one_line(messy: Path, content: str, reason: str) -> None:
    mapping_file(messy).write_text(content, encoding="utf-8")
    with pytest.raises(LiantuError, match=reason) as wrong:
        read_records(messy, "s")
    assert wrong.value.code == "record.mapping"


def test_columns_that_are_not_there_are_named(messy: Path) -> None:
    for columns in ({"所属产业": "nonsense"}, {"nonsense": "chains"}):
        with pytest.raises(LiantuError) as unknown:
            inspect_file(messy, columns=columns)
        assert unknown.value.code == "record.column_unknown"
    with pytest.raises(LiantuError) as unknown:
        inspect_file(messy, kind="nonsense")
    assert unknown.value.code == "record.kind_unknown"


def test_hidden_rows_and_sheets_are_not_read_and_sheets_go_on(tmp_path: Path) -> None:
    workbook = Workbook()
    first: Any = workbook.active
    first.title = "一"
    first.append(["企业需求", None, None])
    first.append(["企业名称", "需求岗位", "需求人数（人）"])
    for number in range(5):
        first.append([f"第{number}公司", "焊工", number])
    first.row_dimensions[4].hidden = True
    second = workbook.create_sheet("续表")
    second.append(["第8公司", "钳工", 8])
    second.append(["第9公司", "钳工", 9])
    hidden = workbook.create_sheet("草稿")
    hidden.append(["企业名称", "需求岗位", "需求人数"])
    hidden.append(["草稿公司", "焊工", 1000])
    hidden.sheet_state = "hidden"
    path = tmp_path / "a.xlsx"
    workbook.save(path)
    result = read_records(path, "s")
    assert [(row["head"], row["place"]) for row in edges(result, "DEMANDS")] == [
        ("Enterprise:第0公司", "一!3"),
        ("Enterprise:第2公司", "一!5"),
        ("Enterprise:第3公司", "一!6"),
        ("Enterprise:第4公司", "一!7"),
        ("Enterprise:第8公司", "续表!1"),
        ("Enterprise:第9公司", "续表!2"),
    ]
    told = " ".join(note.zh for note in result.notes)
    assert "隐藏的工作表“草稿”" in told
    assert "1 个隐藏行" in told
    assert "“续表”接续上一张" in told


def test_merged_regions_and_two_rows_of_header_in_a_workbook(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet: Any = workbook.active
    sheet.append(["学校", "专业名称", "年份", "毕业生", None])
    sheet.append([None, None, None, "毕业生数", "就业人数"])
    for row in (["甲学院", "护理", 2024, 30, 20], [None, "药学", 2024, 10, 9], [None, "助产", 2024, 5, 5]):
        sheet.append(row)
    for cells in ("A1:A2", "B1:B2", "C1:C2", "D1:E1", "A3:A5"):
        sheet.merge_cells(cells)
    workbook.save(tmp_path / "a.xlsx")
    offers = edges(read_records(tmp_path / "a.xlsx", "s"), "OFFERS")
    assert [(o["head"], o["graduates"], o["employed"]) for o in offers] == [
        ("School:甲学院", 30, 20),
        ("School:甲学院", 10, 9),
        ("School:甲学院", 5, 5),
    ]


def test_a_header_of_three_rows_with_regions_units_notes_and_subtotals(tmp_path: Path) -> None:
    """As planners make it in WPS: schools merged down the side, the unit on top, who made it below."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.append(["××市职业院校专业建设与就业情况统计表"])
    sheet.append(["填报单位：市教育局　填报日期：2024.9"])
    sheet.append(["学校名称", "专业名称", "层次", "年份", "学生情况（人）", None, None, None, "备注"])
    sheet.append([None, None, None, None, "在校生数", "毕业情况", None, None, None])
    sheet.append([None, None, None, None, None, "毕业生数", "就业人数", "对口就业人数", None])
    for span in ("A1:I1", "A2:I2", "E3:H3", "F4:H4", "E4:E5", *(f"{c}3:{c}5" for c in "ABCDI")):
        sheet.merge_cells(span)
    for row in (
        ["重庆工业职业技术大学", "软件技术", "高职专科", 2024, "１，２００", "约 400", "380", "300", None],
        [None, "护理", "高职专科", "2024年", "900", 300, "若干", None, "暂缺"],
        ["重庆电子科技职业大学", "药学", "高职专科", 2024.9, 500, 150, "140-145", "100", None],
        [None, "小计", None, None, 500, 150, 140, 100, None],
        ["合计", None, None, None, 2600, 850, 520, 400, None],
        ["注：就业人数截至 2024 年 8 月 31 日。"],
        ["填表人：甄隐士　审核人：甄隐士"],
    ):
        sheet.append(row)
    sheet.merge_cells("A6:A7")
    path = tmp_path / "统计表.xlsx"
    workbook.save(path)
    ((one,), _) = inspect_file(path)
    assert (one.depth, one.rows, one.taken, one.rejected, one.set_aside) == (3, 7, 3, 0, 4)
    understood = {column.header: column.column and column.column.zh for column in one.columns}
    assert understood["学生情况（人）·毕业情况·就业人数"] == "就业人数"
    assert understood["学生情况（人）·在校生数"] == "在校生数"
    assert understood["备注"] is None
    result = read_records(path, "s")
    offered = {
        (
            row["tail"].split("@")[0],
            row["year"],
            row["enrolled"],
            row["graduates"],
            row["employed"],
            row["in_field"],
        )
        for row in edges(result, "OFFERS")
    }
    assert {one[1:] for one in offered} == {
        (2024, 1200, 400, 380, 300),
        (2024, 900, 300, None, None),
        (2024, 500, 150, 140, 100),
    }
    assert (result.rejects, result.set_aside) == ((), 4)
    told = [note.en for note in result.notes]
    assert [one.partition(":")[0] for one in told[-2:]] == [
        "2 rows of totals, set aside",
        "2 notes below the table, set aside",
    ]
    assert "甄隐士" not in str(result)


REGIONS = """\
区县,企业名称,需求岗位,人数
渝北区,甲公司,焊工,3
,乙公司,焊工,
,丙公司,电工,2
小计,,,5
江北区,丁公司,电工,1
,戊公司,电工,4
"""


def places(path: Path) -> dict[str, str]:
    return {row["head"][11:]: row["tail"] for row in edges(read_records(path, "s"), "LOCATED_IN")}


def test_a_region_on_the_left_holds_for_the_rows_below_until_the_next(tmp_path: Path) -> None:
    path = tmp_path / "需求.csv"
    path.write_text(REGIONS, encoding="utf-8")
    ((one,), _) = inspect_file(path)
    assert one.filled_down == ("区县",)
    found = places(path)
    assert list(found) == ["甲公司", "乙公司", "丙公司", "丁公司", "戊公司"]
    assert found["甲公司"] == found["乙公司"] == found["丙公司"] != found["丁公司"] == found["戊公司"]
    needs = {row["head"]: row["headcount"] for row in edges(read_records(path, "s"), "DEMANDS")}
    assert needs["Enterprise:乙公司"] is None  # a value that is not told is unknown
    mapping = save_mapping(path, one)
    mapping.write_text(
        mapping.read_text(encoding="utf-8").replace("as_above: true", "as_above: false"), "utf-8"
    )
    assert list(places(path)) == ["甲公司", "丁公司"]
    ((one,), _) = inspect_file(path)
    assert one.filled_down == ()


def test_a_region_that_is_written_again_and_again_is_not_filled(tmp_path: Path) -> None:
    path = tmp_path / "需求.csv"
    path.write_text(REGIONS.replace(",乙公司", "渝北区,乙公司"), encoding="utf-8")
    assert list(places(path)) == ["甲公司", "乙公司", "丁公司"]


def test_a_table_with_numbers_in_front_hidden_rows_and_a_line_of_units_above_its_header(
    tmp_path: Path,
) -> None:
    """As a bureau makes it: 序号 first, where 合计 and the notes stand; a row hidden; the sheet goes on."""
    workbook = Workbook()
    sheet: Any = workbook.active
    sheet.title = "一"
    sheet.append(["某市职业院校校企合作情况统计表（2024年）"])
    sheet.append(["填报单位：市教委", None, None, None, "单位：人、万元"])
    sheet.append(["序号", "区县", "学校名称", "合作企业名称", "合作情况", None, None, None, "备注"])
    top = [None, None, None, None, "合作方式", "签约时间", "接收实习生数", "技术服务收入（万元）", None]
    sheet.append(top)
    for span in ("A1:I1", "E3:H3", *(f"{c}3:{c}4" for c in "ABCDI")):
        sheet.merge_cells(span)
    for row in (
        [1, "沙坪坝区", "甲大学", "子有限公司", "订单班", "2022-09-01", "约 120人", "1.5", "说明：续签"],
        [2, None, None, "丑有限公司", "技术服务", "2023年3月", "若干", 30, None],
        [3, None, None, "隐有限公司", "技术服务", "2023年3月", 999, 30, None],
        ["小计", None, None, None, None, None, 120, 31.5, None],
        [4, "永川区", "乙大学", "寅有限公司", "实训基地", "2021.9", "1.2万", "-", None],
    ):
        sheet.append(row)
    sheet.row_dimensions[7].hidden = True
    more = workbook.create_sheet("二")
    for row in (
        [5, None, "丙大学", "卯有限公司", "实训基地", 45170, "3-5 人", 2, None],
        ["合计", None, None, None, None, None, 12125, 34, None],
        ["注：学徒人数为现代学徒制在岗学徒。", *[None] * 8],
    ):
        more.append(row)
    path = tmp_path / "统计表.xlsx"
    workbook.save(path)
    (one, goes_on), notes = inspect_file(path)
    assert (one.kind.name, one.depth, one.filled_down) == ("cooperation", 2, ("学校名称",))
    assert (goes_on.sheet, goes_on.kind, goes_on.rows, goes_on.taken, goes_on.set_aside) == (
        "二",
        one.kind,
        3,
        1,
        2,
    )
    read_headers = [column.header for column in one.columns if column.fate == "read"]
    assert [column.header for column in goes_on.columns] == read_headers
    assert "“二”接续上一张" in " ".join(note.zh for note in notes)
    read = read_records(path, "s")
    assert read.rejects == ()
    told = [
        (row["head"][7:], row["tail"][11:], row["interns"], row["income"], row["since"])
        for row in edges(read, "COOPERATES_WITH")
    ]
    assert told == [
        ("甲大学", "子有限公司", 120, 15_000.0, "2022-09-01"),
        ("甲大学", "丑有限公司", None, 300_000.0, "2023-03"),
        ("乙大学", "寅有限公司", 12_000, None, "2021-09"),
        ("丙大学", "卯有限公司", 3, 20_000.0, "2023-09-01"),
    ]
    assert [note.en for note in read.notes][-2:] == [
        "2 rows of totals, set aside: 一!8、二!2",
        "1 notes below the table, set aside: 二!3",
    ]
    assert (read.rows_read, read.rows_taken, read.set_aside) == (7, 4, 3)


def test_two_headers_for_one_column_are_put_right_by_leaving_one(tmp_path: Path) -> None:
    path = tmp_path / "专业群.csv"
    path.write_text("学校名称,专业群名称,级别,等级\n甲学院,乙专业群,市级,1\n", encoding="utf-8")
    with pytest.raises(LiantuError, match="inspect"):
        inspect_file(path)
    ((one,), _) = inspect_file(path, columns={"等级": None})
    assert (one.kind.name, one.taken, one.rejected) == ("specialty_groups", 1, 0)
    save_mapping(path, one)
    assert read_records(path, "s").rejects == ()
