"""The quality of records: what is missing, wrong, inconsistent, doubled, contradicted, not reported."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from graph.errors import MESSAGES, LiantuError
from graph.store import open_store
from graph.store.protocol import Source
from ingest.batch import ingest
from ingest.manifest import Entry, Manifest
from ingest.quality import Report, finding_rows, quality_report, write_quality
from ingest.records import read_records
from ingest.records.quality import Finding

HEAD = "学校名称,学校代码,专业名称,专业代码,层次,年份,在校生数,毕业生数,就业人数\n"
FIRST = HEAD + (
    "甲学院,,护理,,高职专科,2024,100,120,90\n"  # more graduates than students
    "甲学院,,药学,999999,高职专科,2024,50,20,30\n"  # no such code; more employed than graduates
    "乙学院,,护理,,博士,2024,1,1,1\n"  # no such level
    "丙学院,,护理,,高职专科,,1,1,1\n"  # no year
)
SECOND = HEAD + "甲学院,,护理,,高职专科,2024,100,95,90\n"


def findings(result: Any) -> set[tuple[str, str, str, int, tuple[str, ...]]]:
    return {(f.check, f.column, f.reason, f.rows, f.places) for f in result if f.reason != "empty"}


def test_rules_forms_and_catalogues_are_counted_with_places(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(FIRST, encoding="utf-8")
    read = read_records(path, "s")
    assert findings(read.quality) == {
        ("consistency", "毕业生数", "毕业生数 ≤ 在校生数", 1, ("l.2",)),
        ("consistency", "就业人数", "就业人数 ≤ 毕业生数", 1, ("l.3",)),
        ("validity", "专业代码", "catalogue", 1, ("l.3 999999",)),
        ("validity", "层次", "record.choice", 1, ("l.4",)),
        ("completeness", "年份", "record.required", 1, ("l.5",)),
    }
    empty = {f.column: (f.rows, f.of) for f in read.quality if f.reason == "empty"}
    assert empty == {"学校代码": (2, 4), "专业代码": (1, 4)}


def test_wrong_check_digits_and_two_schools_with_one_code(tmp_path: Path) -> None:
    path = tmp_path / "ODS_XXJBSJ.csv"
    rows = "4150012215,甲职业学院,500112\n4150012215,乙职业学院,500112\n1099012215,丙职业学院,500112\n"
    path.write_text("xxdm,xxmc,qxjgbm\n" + rows, encoding="utf-8")
    assert findings(read_records(path, "s").quality) == {
        ("validity", "学校代码", "school_code", 1, ("l.4 1099012215",)),
        ("consistency", "学校代码", "学校代码 ↔ 学校名称", 1, ("l.3",)),
    }
    path = tmp_path / "a.csv"
    path.write_text(
        "企业名称,统一社会信用代码,规模\n甲,91110000600037341L,\n乙,91110000600037341A,\n", encoding="utf-8"
    )
    assert findings(read_records(path, "s").quality) == {
        ("validity", "统一社会信用代码", "check_digit", 1, ("l.3",))
    }


def empty_graph(folder: Path) -> Path:
    store = open_store(str(folder / "graph"))
    with store.write():
        pass
    store.close()
    return folder / "graph"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("quality")
    empty_graph(folder)
    for name, text in (("一.csv", FIRST), ("二.csv", SECOND)):
        (folder / name).write_text(text, encoding="utf-8")
    ingest([folder / "一.csv", folder / "二.csv"], str(folder / "graph"))
    return folder / "graph"


def report(graph: Path, **asked: str) -> Report:
    store = open_store(str(graph))
    try:
        with store.view() as view:
            return quality_report(Manifest(graph, tidy=False), view, **asked)
    finally:
        store.close()


def test_sources_that_contradict_each_other_are_both_shown(graph: Path) -> None:
    found = report(graph)
    assert [(c.figure, c.year, c.said) for c in found.conflicts] == [
        ("graduates", 2024, (("一.csv", 120), ("二.csv", 95)))
    ]
    assert [entry.source.name for entry, _ in report(graph, source="二.csv").sources] == ["二.csv"]


def test_schools_that_have_not_reported_are_named(graph: Path) -> None:
    silent = report(graph, region="重庆市").silent
    assert "重庆工业职业技术大学" in silent
    assert len(silent) > 20


@pytest.mark.parametrize("word", ["重庆", "渝", "500000", "Region:500000", " 重庆市 "])
def test_a_region_may_be_named_in_short_or_by_its_code(graph: Path, word: str) -> None:
    assert report(graph, region=word).silent == report(graph, region="重庆市").silent


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"region": "无此市"}, "node.unknown"),
        ({"region": " "}, "node.unknown"),
        ({"region": "渝北区"}, "question.parameter"),  # nobody tells which schools lie in a district
        ({"source": "nosuch"}, "source.unknown"),
    ],
)
def test_what_names_nothing_is_refused_and_does_not_pass_for_a_report_without_findings(
    graph: Path, asked: dict[str, str], code: str
) -> None:
    with pytest.raises(LiantuError) as refused:
        report(graph, **asked)
    assert refused.value.code == code


def test_the_workbook_that_goes_back_has_findings_and_the_rows_to_correct(
    graph: Path, tmp_path: Path
) -> None:
    found = report(graph)
    write_quality(found, tmp_path / "back.xlsx")
    sheets = load_workbook(tmp_path / "back.xlsx").worksheets
    assert len(list(sheets[0].iter_rows())) == 1 + len(finding_rows(found))
    rejected = [tuple(row) for row in sheets[-1].iter_rows(values_only=True)]
    assert rejected[0][1:3] == ("学校名称", "学校代码")
    assert len(rejected) == 3


def test_colleges_that_send_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    """By folder, inside two archives of one name by where these lay, and by the school that a file speaks of."""
    graph = empty_graph(tmp_path)
    table = "ODS_ZYSZSJ.csv"
    head = "xxdm,zymc,zyh,zyccm,sjcjsj\n"
    for folder, code in (("甲校", "4150012215"), ("乙校", "4150012216")):
        (tmp_path / folder).mkdir()
        rows = f"{code},护理,HL01,2,20240930\n{code},药学,YX01,9,20240930\n"
        (tmp_path / folder / table).write_text(head + rows, encoding="utf-8")
    for folder, code in (("丙校", "4150012217"), ("丁校", "4150012218")):
        (tmp_path / folder).mkdir()
        with zipfile.ZipFile(tmp_path / folder / "报送.zip", "w") as archive:
            archive.writestr(table, head + f"{code},药学,YX01,9,20240930\n{code},护理,HL01,2,20240930\n")
    with zipfile.ZipFile(tmp_path / "全市.zip", "w") as archive:
        for folder, code in (("戊校", "4150012219"), ("己校", "4150012220")):
            archive.writestr(
                f"2024/{folder}/{table}", head + f"{code},药学,YX01,9,20240930\n{code},护理,HL01,2,20240930\n"
            )
    files = [tmp_path / one for one in ("甲校", "乙校", "丙校", "丁校", "全市.zip")]
    batch = ingest(files, str(graph))
    names = {f"甲校/{table}", f"乙校/{table}", f"丙校/报送.zip/{table}", f"丁校/报送.zip/{table}"}
    names |= {f"戊校/{table}", f"己校/{table}"}
    assert {file.name for file in batch.files} == names
    found = report(graph)
    assert {row["source"] for row in finding_rows(found)} == names
    assert {reject.file for entry, _ in found.sources for reject in entry.rejects} == names
    schools = {row["school"] for row in finding_rows(found)}
    assert len(schools) == 6
    assert "重庆工业职业技术大学" in schools
    (one,) = report(graph, source=f"丙校/报送.zip/{table}").sources
    assert one[0].source.name == f"丙校/报送.zip/{table}"
    assert len(report(graph, source=table).sources) == 6


def test_a_contradiction_between_files_of_one_name_is_shown(tmp_path: Path) -> None:
    graph = empty_graph(tmp_path)
    for folder, rows in (("教务处", FIRST), ("招就处", SECOND)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "专业.csv").write_text(rows, encoding="utf-8")
    ingest([tmp_path / "教务处", tmp_path / "招就处"], str(graph))
    (conflict,) = report(graph).conflicts
    assert conflict.said == (("招就处/专业.csv", 95), ("教务处/专业.csv", 120))


@pytest.mark.parametrize("code", sorted(code for code in MESSAGES if code.startswith("record.")))
def test_every_reason_of_a_row_can_be_told_in_the_report(code: str) -> None:
    entry = Entry(Source("s", "a.csv", "records", "k"), "partial")
    finding = Finding("cooperation", "validity", "企业名称", code, 1, 2)
    (row,) = finding_rows(Report(((entry, (finding,)),), (), ()))
    assert row["reason"]
    assert code not in row["reason"]
