"""Tables of the standard broken on purpose: each fault is a clear row in the report, nothing is lost, nothing doubled."""

from __future__ import annotations

from pathlib import Path

import pyarrow.compute as pc
import pytest

from graph.errors import LiantuError
from graph.ontology import STATES
from ingest.records import RecordsRead, read_records
from ingest.resolve import resolve

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


def test_a_code_of_an_earlier_catalogue_is_found_and_makes_no_second_specialty(tmp_path: Path) -> None:
    rows = [
        "学校名称,专业名称,专业代码,层次,年份,在校生数",
        "甲学院,汽车检测与维修技术,560702,高职专科,2024,100",  # the code of 2015; since 2021 it is 500211
        "甲学院,汽车检测与维修技术,500211,高职专科,2023,90",
        "甲学院,早已撤销的专业,560799,高职专科,2024,30",  # whatever it was, it stays what the row says
    ]
    result = read(tmp_path, "\n".join(rows), "a.csv")
    found = [(f.check, f.column, f.reason, f.rows, f.places) for f in result.quality]
    assert found == [("validity", "专业代码", "catalogue", 2, ("l.2 560702", "l.4 560799"))]
    edges = [row for row in result.claims.to_pylist() if row["kind"] == "OFFERS"]
    assert [(row["tail"], row["enrolled"]) for row in edges] == [
        ("Specialty:500211", 100),
        ("Specialty:500211", 90),
        ("Specialty:560799", 30),
    ]


def test_a_company_without_credit_code_is_counted_and_joins_the_one_that_has_it(tmp_path: Path) -> None:
    rows = [
        "企业名称,统一社会信用代码,需求岗位,需求人数,需求年份",
        "示范汽车有限公司,91110000600037341L,装调工,5,2024",
        "示范汽车有限公司,,质检员,3,2024",
    ]
    result = read(tmp_path, "\n".join(rows), "a.csv")
    found = [(f.check, f.column, f.reason, f.rows, f.of, f.places) for f in result.quality]
    assert found == [("completeness", "统一社会信用代码", "empty", 1, 2, ("l.3",))]
    told = result.claims.filter(pc.equal(result.claims.column("kind"), "DEMANDS")).column("head").to_pylist()
    stated = result.claims.filter(pc.equal(result.claims.column("kind"), STATES.name))
    names = resolve(stated.select(["tail", "name", "aliases"]).rename_columns(["local", "name", "aliases"]))
    assert {names.final(head) for head in told} == {"Enterprise:91110000600037341L"}


def test_two_schools_with_one_code_are_a_row_of_the_report(tmp_path: Path) -> None:
    rows = "xxdm,xxmc,qxjgbm\n4150012215,甲职业学院,500112\n4150012215,乙职业学院,500112\n"
    result = read(tmp_path, rows, "ODS_XXJBSJ.csv")
    (found,) = (f for f in result.quality if f.check == "consistency")
    assert (found.reason, found.rows, found.places) == ("学校代码 ↔ 学校名称", 1, ("l.3",))


@pytest.mark.parametrize("name", ["ODS_ZYSZSJ.csv", "甲学院专业.csv"])
def test_a_column_missing_is_named(tmp_path: Path, name: str) -> None:
    lines = [",".join(line.split(",")[:6] + line.split(",")[7:]) for line in (HEAD, row(1))]
    with pytest.raises(LiantuError) as refused:
        read(tmp_path, "\n".join(lines), name)
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
