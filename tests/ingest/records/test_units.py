"""The unit of figures: what a header or a line above it tells is applied, what is not known is refused."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from graph.errors import LiantuError
from ingest.records import read_records
from ingest.records.kind import Form
from ingest.records.units import is_unclear, unit_named, unit_of, unit_of_header

HEAD = ["地区", "产业名称", "年份"]
ROW = ["渝北区", "汽车", 2024]


@pytest.mark.parametrize(
    ("header", "factor"),
    [
        ("技术服务收入（万元）", 10_000),
        ("技术服务收入(单位：万元)", 10_000),
        ("技术服务收入（元）", 1),
        ("在校生数（人）", 1),
        ("收入[亿元]", 10**8),
        ("产值/万元", 10**4),
        ("产值-亿元", 10**8),
        ("产值（亿）", 10**8),
        ("产值（万）", 10**4),
        ("产值（人民币万元）", 10**4),
        ("产值（百亿元）", 10**10),
        ("产值(RMB 亿元)", 10**8),
        ("产值（2024年，亿元）", 10**8),
        ("产值·（千万元）", 10**7),
        ("从业人员数（万）", 10**4),
        ("从业人员数：万人", 10**4),
    ],
)
def test_the_unit_stands_in_brackets_or_behind_the_words(header: str, factor: int) -> None:
    unit = unit_of_header(header)
    assert unit is not None
    assert unit.factor == factor
    assert not is_unclear(header)


@pytest.mark.parametrize(
    "header",
    [
        "金额",
        "在校生数（万州校区）",
        "毕业生数（美术类）",
        "企业数（百强企业）",
        "产值（可比价）",
        "就业人数-市内",
        "千人计划人数",
    ],
)
def test_words_that_are_no_unit_tell_none_and_are_not_refused(header: str) -> None:
    assert unit_of_header(header) is None
    assert not is_unclear(header)


@pytest.mark.parametrize(
    "header",
    [
        "产值（万美元）",
        "产值/美元",
        "产值（亿港币）",
        "产值（USD）",
        "从业人员数（万人日）",
        "产值（万吨）",
        "产值（2024年万元）",
    ],
)
def test_a_unit_that_is_not_known_is_refused_by_the_header_that_tells_it(tmp_path: Path, header: str) -> None:
    with pytest.raises(LiantuError) as refused:
        read_records(written(tmp_path, [[*HEAD, header], [*ROW, 3]]), "s")
    assert (refused.value.code, refused.value.values["columns"]) == ("record.unit", header)


@pytest.mark.parametrize("factor", [10, 100, 10**4, 10**7, 10**10])
def test_the_name_of_a_unit_tells_its_factor(factor: int) -> None:
    for form in (Form.MONEY, Form.COUNT):
        unit = unit_named(unit_of(factor, form))
        assert unit is not None
        assert (unit.factor, unit.of(form)) == (factor, True)


def written(folder: Path, rows: Sequence[Sequence[Any]]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(folder / "t.xlsx")
    return folder / "t.xlsx"


def figures(path: Path) -> list[tuple[float | None, int | None]]:
    rows = read_records(path, "s").claims.to_pylist()
    return [(row["output"], row["employees"]) for row in rows if row["kind"] == "HAS_INDUSTRY"]


@pytest.mark.parametrize(
    "above",
    [
        [["单位：万元"]],
        [["2024年渝北区产业规模"], ["", "", "", "", "单位：万元"]],
        [["渝北区产业规模（单位：万元、人）"]],
        [["金额单位：万元"]],
    ],
)
def test_a_line_above_the_header_tells_the_unit(tmp_path: Path, above: list[list[str]]) -> None:
    path = written(tmp_path, [*above, [*HEAD, "产值", "从业人员数"], [*ROW, 3500, 1200]])
    assert figures(path) == [(35_000_000.0, 1200)]


def test_the_unit_of_a_header_goes_before_that_of_a_line_above(tmp_path: Path) -> None:
    path = written(tmp_path, [["单位：万元"], [*HEAD, "产值（亿元）", "从业人员数"], [*ROW, 35, 1200]])
    assert figures(path) == [(3_500_000_000.0, 1200)]


def test_who_filled_the_table_in_is_no_unit(tmp_path: Path) -> None:
    path = written(tmp_path, [["填报单位：万州区"], [*HEAD, "产值", "从业人员数"], [*ROW, 35, 1200]])
    assert figures(path) == [(35.0, 1200)]


def test_a_line_above_that_tells_an_unknown_unit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LiantuError, match="产值") as refused:
        read_records(written(tmp_path, [["单位：万美元"], [*HEAD, "产值"], [*ROW, 35]]), "s")
    assert refused.value.code == "record.unit"


def test_a_row_of_units_below_the_header_belongs_to_it(tmp_path: Path) -> None:
    rows = [[*HEAD, "产值", "从业人员数"], ["", "", "", "（万元）", "万人"], [*ROW, 3500, 1.2]]
    assert figures(written(tmp_path, rows)) == [(35_000_000.0, 12_000)]


def test_a_row_of_units_belongs_to_a_header_that_leaves_the_school_to_its_title_too(tmp_path: Path) -> None:
    rows = [
        ["某某职业学院2024年专业情况"],
        ["专业名称", "层次", "在校生数"],
        ["", "", "百人"],
        ["护理", "高职专科", 3],
    ]
    read = read_records(written(tmp_path, rows), "s")
    assert read.rejects == ()
    assert [row["enrolled"] for row in read.claims.to_pylist() if row["kind"] == "OFFERS"] == [300]


def test_a_unit_that_no_header_says_is_told_in_the_report(tmp_path: Path) -> None:
    read = read_records(written(tmp_path, [["单位：万元"], [*HEAD, "产值"], [*ROW, 35]]), "s")
    assert any("产值（万元）" in note.zh for note in read.notes)


def test_a_rejected_row_goes_out_with_the_unit_of_the_line_above(tmp_path: Path) -> None:
    path = written(tmp_path, [["单位：万元"], [*HEAD, "产值"], ["渝北区", "汽车", "去年", 35]])
    (reject,) = read_records(path, "s").rejects
    assert ("产值（万元）", "35") in reject.cells


def test_a_school_table_that_names_its_school_in_the_title_has_the_unit_of_the_title(tmp_path: Path) -> None:
    rows = [
        ["重庆工程职业技术学院2024年专业（单位：百人）"],
        ["专业名称", "层次", "在校生数"],
        ["护理", "高职专科", 3],
    ]
    told = read_records(written(tmp_path, rows), "s").claims.to_pylist()
    assert [row["enrolled"] for row in told if row["kind"] == "OFFERS"] == [300]
