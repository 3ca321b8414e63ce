"""A folder of reports, most of them broken on purpose: a clear row for each, nothing lost, nothing doubled."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from graph.store import open_store
from ingest.batch import Report, ingest
from ingest.reading import FileRead, read_file

HEAD = "zjsjwyxbs,xxdm,zymc,zyh,sszyqmc,sczsny,zyccm,sjcjsj"
SCHOOLS = {name: f"41500{number:05d}" for number, name in enumerate("甲乙丙丁戊己庚辛", start=12201)}


def table(school: str, *levels: str, head: str = HEAD) -> str:
    """A school's ODS_ZYSZSJ: a specialty a row, each of the level that its code says."""
    rows = [
        f"{number:032d},{SCHOOLS[school]},示范专业{number},GY{number},甲专业群,202309,{level},20240930 101500"
        for number, level in enumerate(levels)
    ]
    return "\n".join([head, *rows]) + "\n"


def workbook(school: str) -> bytes:
    """A workbook with two rows of header, a merged school, full-width digits, a line break and a formula's words."""
    book = Workbook()
    sheet = book.active
    for row in (
        ["2024年专业统计表"],
        ["学校名称", "专业名称", "层次", "年份", "人数", None],
        [None, None, None, None, "在校生数", "毕业生数"],
        [f"{school}示范学院", "护理", "高职专科", "２０２４", "１２０", 30],
        [None, "药\n学", "高职专科", 2024, 90, 30],
        [None, "=1+1", "高职专科", 2024, "许多", 30],
        ["合计", None, None, 2024, 210, 60],
    ):
        sheet.append(row)
    for cells in ("A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:F2", "A4:A6"):
        sheet.merge_cells(cells)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def archive(members: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for name, inside in members.items():
            made.writestr(name, inside)
    return content.getvalue()


def encrypted(content: bytes) -> bytes:
    locked = bytearray(content)
    locked[locked.find(b"PK\x01\x02") + 8] |= 1
    return bytes(locked)


LONG = "长" * 1_000_000
FOLDER: dict[str, bytes] = {
    "好.csv": table("甲", "2", "2").encode(),
    "分号.csv": b"\xef\xbb\xbf" + table("乙", "2").replace(",", ";").encode(),
    "国标.csv": table("丙", "2").encode("gb18030"),
    "码错.csv": table("丁", "2", "03", "2").encode(),
    "缺列.csv": table("戊", "2").replace(",zyccm", "").replace(",2,2024", ",2024").encode(),
    "多列.csv": table("己", "2", head=f"{HEAD},自加列").replace("101500\n", "101500,随便\n").encode(),
    "网页.xlsx": b"<html><table><tr><td>xxdm</td></tr></table>",
    "旧版.xls": bytes.fromhex("d0cf11e0a1b11ae1") * 80,
    "旧版.xlsx": bytes.fromhex("d0cf11e0a1b11ae1") * 80,
    "手工.xlsx": workbook("庚"),
    "巨格.csv": table("辛", "2").encode() + f"x,{SCHOOLS['辛']},{LONG},G,甲,202309,2,20240930\n".encode(),
    "双头.csv": b"zymc," + HEAD.encode() + b"\n" + table("辛", "2").split("\n")[1].encode(),
    "炸弹.zip": archive({"a.csv": b"0" * 30_000_000}),
    "加密.zip": encrypted(archive({"a.csv": b"a"})),
    "套包.zip": archive({"../../a.csv": table("甲", "2", "2").encode(), "内.zip": archive({"b.csv": b"a"})}),
    "不识.csv": "甲,乙\n1,2\n".encode(),
}
TOLD = {
    "好.csv": ("taken", set()),
    "分号.csv": ("taken", set()),
    "国标.csv": ("taken", set()),
    "码错.csv": ("partial", {(3, "zyccm", "record.choice")}),
    "缺列.csv": ("rejected", {(None, "", "record.header_missing")}),
    "多列.csv": ("taken", set()),
    "网页.xlsx": ("rejected", {(None, "", "file.unreadable")}),
    "旧版.xls": ("rejected", {(None, "", "file.type")}),
    "旧版.xlsx": ("rejected", {(None, "", "file.unreadable")}),
    "手工.xlsx": (
        "partial",
        {
            (6, "专业名称", "record.required"),  # a formula without a result says nothing
            (6, "人数·在校生数", "record.whole_number"),
        },
    ),
    "巨格.csv": ("partial", {(3, "zymc", "record.too_long")}),
    "双头.csv": ("rejected", {(None, "", "record.header_double")}),
    "炸弹.zip": ("rejected", {(None, "", "file.unsafe")}),
    "加密.zip": ("rejected", {(None, "", "file.encrypted")}),
    "a.csv": ("taken", set()),
    "内.zip": ("rejected", {(None, "", "file.unreadable")}),
    "不识.csv": ("rejected", {(None, "", "record.kind")}),
}


def offer(school: str, number: int) -> tuple[str, str, int]:
    return f"School:{SCHOOLS[school]}", f"Specialty:示范专业{number}", 0


SOUND = sorted(
    [
        *(offer(school, 0) for school in "甲乙丙丁己辛"),
        offer("甲", 1),
        offer("丁", 2),
        ("School:庚示范学院", "Specialty:520201", 120),
        ("School:庚示范学院", "Specialty:520301", 90),
    ]
)
"""What the sound rows say: of 甲 once, though two files say it."""


@pytest.fixture(autouse=True)
def _read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are read in this process: readers of their own have their own tests."""

    def here(tasks: Sequence[tuple[Path, str]], **_: object) -> Iterator[tuple[Path, str, FileRead]]:
        yield from ((path, source, read_file(path, source)) for path, source in tasks)

    monkeypatch.setattr("ingest.batch.read_all", here)


def loaded(folder: Path) -> tuple[Report, Path]:
    graph = folder / "graph"
    if not graph.exists():
        store = open_store(str(graph))
        with store.write():
            pass
        store.close()
    return ingest([folder / "in"], str(graph)), graph


def offers(graph: Path) -> list[tuple[Any, ...]]:
    store = open_store(str(graph))
    try:
        with store.view() as view:
            rows = view.edges("OFFERS").to_pylist()
    finally:
        store.close()
    return sorted((row["head"], row["tail"], row["enrolled"] or 0) for row in rows)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for name, content in FOLDER.items():
        (tmp_path / "in" / name).write_bytes(content)
    return tmp_path


def test_each_fault_is_a_row_of_the_report_and_what_is_sound_goes_in_once(folder: Path) -> None:
    report, graph = loaded(folder)
    told = {f.name: (f.status, {(r.row, r.column, r.code) for r in f.rejects}) for f in report.files}
    assert told == TOLD
    assert not report.ok
    for file in report.files:
        rows = {reject.row for reject in file.rejects if reject.row is not None}
        assert file.counts.get("rows", 0) == file.counts.get("taken", 0) + len(rows) + file.counts.get(
            "set_aside", 0
        ), file.name
        assert file.counts.get("set_aside", 0) == (1 if file.name == "手工.xlsx" else 0)
        assert all(reject.reason.zh and reject.reason.en for reject in file.rejects)
    assert offers(graph) == SOUND
    again, _ = loaded(folder)
    assert {f.name: {(r.row, r.column, r.code) for r in f.rejects} for f in again.files} == {
        name: rejects for name, (_, rejects) in TOLD.items()
    }
    assert offers(graph) == SOUND


def test_what_is_put_right_goes_in_beside_what_was_sound(folder: Path) -> None:
    _, graph = loaded(folder)
    for name, content in {
        "码错.csv": table("丁", "2", "2", "2").encode(),
        "缺列.csv": table("戊", "2").encode(),
        "双头.csv": table("辛", "2", "2").encode(),
    }.items():
        (folder / "in" / name).write_bytes(content)
    loaded(folder)
    more = [offer(school, number) for school, number in (("丁", 1), ("戊", 0), ("辛", 1))]
    assert offers(graph) == sorted([*SOUND, *more])


def test_cells_that_a_spreadsheet_would_run_go_out_as_words(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    text = table("甲", "=1+1", "@SUM(1)", "+1", "-1")
    (tmp_path / "in" / "甲.csv").write_text(text, encoding="utf-8")
    report, _ = loaded(tmp_path)
    assert [reject.value for reject in report.rejects] == ["=1+1", "@SUM(1)", "+1", "-1"]
    assert report.rejects_file is not None
    cells = [
        cell
        for sheet in load_workbook(report.rejects_file).worksheets
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert "f" not in {cell.data_type for cell in cells}
    assert not [cell.value for cell in cells if str(cell.value or "").startswith(("=", "+", "-", "@", "\t"))]
