"""Cells of names: words that name nothing become no node, and what is written beside a name is no part of it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from ingest.records import RecordsRead, read_records
from ingest.records.names import names_nothing, told_apart
from ingest.records.values import clean_names, clean_several, told


def read(folder: Path, text: str) -> RecordsRead:
    path = folder / "a.csv"
    path.write_text(text, encoding="utf-8")
    return read_records(path, "s")


def edges(result: RecordsRead, kind: str) -> list[tuple[str, str]]:
    return [(r["head"], r["tail"]) for r in result.claims.to_pylist() if r["kind"] == kind]


@pytest.mark.parametrize(
    "words",
    [
        "未对接",
        "暂未对接",
        "待定",
        "尚未明确",
        "否",
        "?",
        "？",
        "空",
        "未合作",
        "待确认",
        "见附件",
        "洽谈中",
        "多家企业",
        "30家",
        "0",
        "共20家",
        "全部",
        "略",
        "见备注",
        "详见附件2",
        "……",
        "不限",
        "不适用",
        "暂无明确产业链",
        "暂缺",
        "正在征集",
        "见人才培养方案",
        "（略）",
        "若干企业",
        "其他专业",
        "专业不限",
        "无合作企业",
        "100余家",
        "相关专业",
    ],
)
def test_words_that_say_that_there_is_none_or_that_none_is_told_name_nothing(words: str) -> None:
    assert names_nothing(words)


@pytest.mark.parametrize(
    "name",
    [
        "无人机应用技术",
        "无锡职业技术学院",
        "三一重工",
        "一汽",
        "五粮液",
        "百度",
        "未来科技",
        "有色金属智能冶金技术",
        "空中乘务",
        "见习生",
        "三门县",
        "若羌县",
        "无机非金属材料工程",
        "等离子",
        "101中学",
        "是德科技",
        "不锈钢",
        "待业登记员",
        "3M",
        "数控技术",
    ],
)
def test_names_that_begin_as_such_words_do_are_names(name: str) -> None:
    assert not names_nothing(name)


def test_a_list_without_names_makes_no_node_and_leaves_the_row(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        "学校名称,专业群名称,对接产业链,包含专业\n"
        "甲学院,甲专业群,暂未对接,详见附件2\n乙学院,乙专业群,新能源汽车产业链、等,软件技术等5个专业\n",
    )
    assert (result.rows_taken, result.rejects) == (2, ())
    assert [tail for _, tail in edges(result, "SERVES")] == ["IndustryChain:新能源汽车"]
    assert [tail for _, tail in edges(result, "INCLUDES")] == ["Specialty:软件技术"]


def test_a_required_name_that_is_none_is_refused_with_the_reason(tmp_path: Path) -> None:
    result = read(tmp_path, "学校名称,企业名称,合作模式\n甲学院,洽谈中,\n乙学院,30家,\n丙学院,乙公司,\n")
    assert [(one.row, one.value, one.code) for one in result.rejects] == [
        (2, "洽谈中", "record.no_name"),
        (3, "30家", "record.no_name"),
    ]
    assert edges(result, "COOPERATES_WITH") == [("School:丙学院", "Enterprise:乙公司")]


def test_one_name_for_several_is_cut_in_a_list_and_refused_where_figures_would_be_its_own(
    tmp_path: Path,
) -> None:
    result = read(tmp_path, "联合体名称,成员院校\n甲联合体,乙学院等8所\n")
    assert edges(result, "MEMBER_OF") == [("School:乙学院", "Consortium:甲联合体")]
    result = read(tmp_path, "学校名称,企业名称,接收实习生数\n甲学院,乙公司等5家,100\n丙学院等5所,丁公司,20\n")
    assert [one.code for one in result.rejects] == ["record.several", "record.several"]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("1.甲公司2.乙公司", "甲公司、乙公司"),
        ("（1）甲公司（2）乙公司", "甲公司、乙公司"),
        ("①甲公司②乙公司", "甲公司、乙公司"),
        ("甲有限公司/乙有限公司", "甲有限公司、乙有限公司"),
        ("甲有限公司 乙有限公司", "甲有限公司、乙有限公司"),
        ("甲大学等10所院校、乙公司等20家企业", "甲大学、乙公司"),
        ("院校：甲大学、乙大学；企业：丙公司", "甲大学、乙大学、丙公司"),
        ("甲公司（理事长）、乙公司（副理事长单位）", "甲公司、乙公司"),
        ("甲市职业技术\n学院\n乙公司", "甲市职业技术学院、乙公司"),
        ("中国（甲市）\n机床有限公司", "中国（甲市）机床有限公司"),
        ("甲市智能\n装备科技股\n份有限公司\n乙市公司", "甲市智能装备科技股份有限公司、乙市公司"),
        ("甲市机床有限公司、乙市汽\n车有限公司、丙公司", "甲市机床有限公司、乙市汽车有限公司、丙公司"),
        ("甲大学、乙大学\n丙大学", "甲大学、乙大学、丙大学"),
    ],
)
def test_names_in_one_cell_are_told_apart_and_lines_of_one_name_are_joined(cell: str, names: str) -> None:
    assert told(clean_several(cell)) == names
    assert told(clean_names(cell)) == names


@pytest.mark.parametrize(
    "name",
    ["汽车检测/维修", "重庆大学 计算机学院", "ABB Robotics", "丙（中国）有限公司", "乙高等学校", "3.0版平台"],
)
def test_what_only_looks_like_several_names_stays_one(name: str) -> None:
    assert told(clean_several(name)) == name


def test_short_lines_of_a_list_are_names_of_their_own() -> None:
    assert told(clean_several("长安汽车\n赛力斯\n甲市机床有限公司")) == "长安汽车、赛力斯、甲市机床有限公司"
    assert told(clean_several("软件技术\n机电一体化技术")) == "软件技术、机电一体化技术"


def test_two_bodies_in_two_lines_are_not_one_where_one_is_asked_for(tmp_path: Path) -> None:
    rows = '"甲学院\n乙学院",软件技术,2024\n"丙市职业\n技术学院",软件技术,2024\n'
    result = read(tmp_path, f"学校名称,专业名称,年份\n{rows}")
    assert [(one.row, one.code) for one in result.rejects] == [(2, "record.several")]
    assert [head for head, _ in edges(result, "OFFERS")] == ["School:丙市职业技术学院"]


def test_a_cell_of_very_many_lines_is_read_in_linear_time() -> None:
    begin = time.process_time()
    told_apart("\n".join(["甲"] * 16_000))  # the square would take minutes
    assert time.process_time() - begin < 10
