"""csv files as they come: encodings, separators, line breaks in cells, ragged rows."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from graph.errors import LiantuError
from ingest.records import read_records
from ingest.records.delimited import stream_delimited
from ingest.records.sheet import Sheet

HEADER = "学校名称,专业群名称,级别"
ROW = "重庆大学,材料专业群,市级"


def written(folder: Path, content: str | bytes, name: str = "专业群.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def whole_table(path: Path) -> Sheet:
    (sheet,) = stream_delimited(path, whole=True)
    return sheet


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (b"", "gb18030"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
def test_the_encoding_is_found(tmp_path: Path, mark: bytes, encoding: str) -> None:
    sheet = whole_table(written(tmp_path, mark + f"{HEADER}\r\n{ROW}\r\n".encode(encoding)))
    assert [column.to_pylist() for column in sheet.columns] == [["重庆大学"], ["材料专业群"], ["市级"]]


@pytest.mark.parametrize("separator", [",", ";", "\t", "；", "|"])
def test_the_separator_is_found(tmp_path: Path, separator: str) -> None:
    content = f"{HEADER}\n{ROW}\n".replace(",", separator)
    assert whole_table(written(tmp_path, content)).columns[1].to_pylist() == ["材料专业群"]


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LiantuError) as refused:
        whole_table(written(tmp_path, bytes([0xFF, 0xFF, 0x00, 0x81, 0x20]) * 20))
    assert refused.value.code == "file.encoding"


@pytest.mark.parametrize("content", ["", "\n \n", "\ufeff"])
def test_an_empty_file_is_said_to_be_empty(tmp_path: Path, content: str) -> None:
    with pytest.raises(LiantuError) as refused:
        whole_table(written(tmp_path, content))
    assert refused.value.code == "file.empty"


def test_lines_are_counted_through_line_breaks_blank_and_ragged_rows(tmp_path: Path) -> None:
    top = f'标题\n{HEADER}\n{ROW}\n重庆大学,"两行的\n专业群",校级\n\n重庆大学,缺一列\n'
    content = f'{top}"引号""内",丙,校级\n甲,乙,丙,丁\n{ROW}\n'
    sheet = whole_table(written(tmp_path, content))
    assert sheet.numbers.to_pylist() == [3, 4, 6, 8, 10]
    assert sheet.columns[1].to_pylist() == ["材料专业群", "两行的\n专业群", "", "丙", "材料专业群"]
    assert [(item.number, item.cells) for item in sheet.ragged] == [
        (7, ("重庆大学", "缺一列")),
        (9, ("甲", "乙", "丙", "丁")),
    ]


def test_a_foreign_table_is_refused_with_its_headers(tmp_path: Path) -> None:
    with pytest.raises(LiantuError) as refused:
        whole_table(written(tmp_path, "日期,天气,气温\n2024-01-01,晴,12\n"))
    assert refused.value.code == "record.kind"
    assert "天气" in str(refused.value)


def test_a_quote_that_is_never_closed_is_an_error_and_no_crash(tmp_path: Path) -> None:
    content = f'{HEADER}\n{ROW}\n重庆大学,"没有结束,市级\n{ROW}\n'
    with pytest.raises(LiantuError) as refused:
        whole_table(written(tmp_path, content))
    assert refused.value.code == "file.unreadable"


def test_a_header_without_rows_gives_no_rows(tmp_path: Path) -> None:
    assert len(whole_table(written(tmp_path, HEADER)).numbers) == 0


QUOTED = "企业名称,所在区域,需求岗位,需求人数"


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        (['甲公司,"渝北区,电工,3', "乙公司,巴南区,电工,4", '丙公司,"江北区,焊工,5'], 3),
        (['甲公司,渝北区,"电工,3', '乙公司,巴南区,"电工,4'], 2),
        (['"甲公司,渝北区,电工,3', '"乙公司,巴南区,电工,4'], 2),
        (['甲公司,渝北区,电工,"3', '乙公司,巴南区,电工,"4'], 2),
    ],
)
def test_rows_that_two_stray_quotation_marks_joined_are_refused_and_told(
    tmp_path: Path, rows: list[str], lines: int
) -> None:
    text = "\n".join([QUOTED, "子公司,渝北区,电工,1", *rows, "丑公司,渝北区,电工,2", ""])
    read = read_records(written(tmp_path, text, "需求.csv"), "s")
    (reject,) = read.rejects
    assert (reject.row, reject.code, reject.cells) == (3, "record.quotes", ())
    assert f"{lines} 行" in reject.reason.zh
    demands = [row for row in read.claims.to_pylist() if row["kind"] == "DEMANDS"]
    assert [(row["headcount"], row["place"]) for row in demands] == [(1, "l.2"), (2, f"l.{3 + lines}")]
    assert (read.rows_read, read.rows_taken) == (3, 2)


def test_a_cell_of_several_lines_with_commas_in_quotation_marks_is_a_cell(tmp_path: Path) -> None:
    text = f'{QUOTED},备注\n甲公司,渝北区,电工,1,"一,二\n三,四,五"\n乙公司,"渝北区\n",电工,2,\n'
    read = read_records(written(tmp_path, text, "需求.csv"), "s")
    assert (read.rows_taken, read.rejects) == (2, ())
