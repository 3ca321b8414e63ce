"""Tables of the standard broken on purpose: each fault is a clear row in the report, nothing is lost, nothing doubled."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import LiantuError
from ingest.records import RecordsRead, read_records

HEAD = "zjsjwyxbs,xxdm,zymc,zyh,sszyqmc,sczsny,zyccm,sjcjsj"
GOOD = "{key:032d},4150012215,{name},GY{key:02d},甲专业群,202309,{level},20240930 101500"


def row(key: int, name: str = "智能网联汽车技术", level: str = "2") -> str:
    return GOOD.format(key=key, name=name, level=level)


def read(folder: Path, content: bytes | str, name: str = "ODS_ZYSZSJ.csv") -> RecordsRead:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    result = read_records(path, "s")
    assert result.rows_read == result.rows_taken + result.rejected_rows
    return result


def offers(result: RecordsRead) -> int:
    return result.claims.column("kind").to_pylist().count("OFFERS")


@pytest.mark.parametrize("level", ["03", "9", "高中", "Ⅱ"])
def test_a_code_of_another_list_or_edition_is_named(tmp_path: Path, level: str) -> None:
    result = read(tmp_path, "\n".join([HEAD, row(1), row(2, "软件技术", level)]))
    assert [(r.row, r.column, r.value, r.code) for r in result.rejects] == [
        (3, "zyccm", level, "record.choice")
    ]
    assert "高职专科" in result.rejects[0].reason.zh
    assert offers(result) == 1


def test_a_column_missing_is_named(tmp_path: Path) -> None:
    lines = [",".join(line.split(",")[:6] + line.split(",")[7:]) for line in (HEAD, row(1))]
    with pytest.raises(LiantuError) as refused:
        read(tmp_path, "\n".join(lines))
    assert (refused.value.code, refused.value.values["columns"]) == ("record.header_missing", "专业层次码")


def test_a_column_too_many_is_left_and_a_cell_too_many_is_a_reject(tmp_path: Path) -> None:
    result = read(tmp_path, "\n".join([f"{HEAD},自加列", f"{row(1)},甲", row(2, "软件技术")]))
    assert [(r.row, r.code) for r in result.rejects] == [(3, "record.columns")]
    assert result.rejects[0].value == ""  # a row that does not fit its header may hold anything
    assert "1 columns that say nothing" in result.notes[0].en
    assert offers(result) == 1


def test_semicolons_a_mark_and_line_ends_of_windows(tmp_path: Path) -> None:
    text = "\r\n".join([HEAD, row(1), row(2, "软件技术")]).replace(",", ";")
    for number, content in enumerate(
        (b"\xef\xbb\xbf" + text.encode(), text.encode("gb18030"), text.encode("utf-16"))
    ):
        assert offers(read(tmp_path, content, f"{number}.csv")) == 2


def test_a_table_sent_twice_in_one_file_is_counted_once(tmp_path: Path) -> None:
    result = read(tmp_path, "\n".join([HEAD, row(1), row(2, "软件技术"), row(1), row(2, "软件技术")]))
    assert [r.code for r in result.rejects] == ["record.duplicate", "record.duplicate"]
    assert offers(result) == 2


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"<html><table><tr><td>xxdm</td></tr></table>", "web page"),
        (bytes.fromhex("d0cf11e0a1b11ae1") * 80, "xls"),
    ],
)
def test_a_page_or_a_workbook_of_1997_that_calls_itself_xlsx(
    tmp_path: Path, content: bytes, word: str
) -> None:
    with pytest.raises(LiantuError, match=word) as refused:
        read(tmp_path, content, "ODS_ZYSZSJ.xlsx")
    assert refused.value.code == "file.unreadable"


def test_a_number_that_looks_like_a_national_code_stays_the_schools_own(tmp_path: Path) -> None:
    line = row(1).replace("GY01", "510203")  # the code of another specialty
    result = read(tmp_path, f"{HEAD}\n{line}")
    tails = {r["tail"] for r in result.claims.to_pylist() if r["kind"] == "OFFERS"}
    assert tails == {"Specialty:460704"}
