"""Tables from a database: only what is needed, whole or not at all, and nothing changed in it."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from graph.errors import LiantuError
from graph.store import open_store
from ingest.batch import ingest
from ingest.database import read_database
from ingest.database_address import is_database

SCHOOL = "4150012215"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A school's database with three tables, two of which speak of linkages."""
    path = tmp_path / "school.db"
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(
            "CREATE TABLE ods_zyszsj (xxdm TEXT, zymc TEXT, zyh TEXT, zyccm TEXT, sjcjsj TEXT)"
        )
        connection.execute(
            "INSERT INTO ods_zyszsj VALUES (?, '智能网联汽车技术', 'GY01', '2', '20240930')", (SCHOOL,)
        )
        connection.execute(
            "CREATE TABLE ODS_BYQXJYSJ (zjsjwyxbs TEXT, xxdm TEXT, xh TEXT, xm TEXT, zyh TEXT, zymc TEXT,"
            " jydwmc TEXT, jydwhym TEXT, sfdk INTEGER, qxx NUMERIC, jyqyshjgbm TEXT, sjcjsj TEXT)"
        )
        connection.executemany(
            "INSERT INTO ODS_BYQXJYSJ VALUES (?, ?, '甄隐士', '甄隐士', 'GY01', '智能网联汽车技术', ?, 'C', 1, 5000,"
            " '500100', '20240930')",
            [(f"{n:032d}", SCHOOL, f"第{n % 3}公司") for n in range(3000)],
        )
        connection.execute("CREATE TABLE ODS_XSXFSJ (xh TEXT, xfje REAL)")
        connection.execute("CREATE TABLE 账号 (用户 TEXT, 密码 TEXT)")
    connection.close()
    return path


def url(path: Path) -> str:
    return f"sqlite:///{path.as_posix()}"


def test_a_url_is_told_from_a_path() -> None:
    assert is_database("mysql+pymysql://reader@host/school")
    assert not is_database("members.xlsx")


def test_tables_of_linkages_are_read_and_no_person_leaves(database: Path) -> None:
    before = database.read_bytes()
    tables = list(read_database(url(database)))
    assert [table.name for table in tables] == [
        "sqlite:///school.db#ODS_BYQXJYSJ",
        "sqlite:///school.db#ods_zyszsj",
    ]
    employed, offered = (table.read for table in tables)
    assert (employed.counts["rows"], employed.counts["taken"]) == (3000, 3000)
    claims = employed.claims.to_pylist() if employed.claims is not None else []
    (offers,) = (row for row in claims if row["kind"] == "OFFERS")
    assert (offers["employed"], offers["place"]) == (3000, "ODS_BYQXJYSJ!1-3000")
    assert "甄隐士" not in repr(tables)
    assert offered.status == "taken"
    assert database.read_bytes() == before
    assert str(database.parent) not in repr(tables)


def edges(graph: Path, kind: str) -> list[dict[str, Any]]:
    store = open_store(str(graph))
    try:
        with store.view() as view:
            return [dict(row) for row in view.edges(kind).to_pylist()]
    finally:
        store.close()


def test_a_database_that_dies_in_mid_stream_leaves_what_was_there(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.database.ROWS", 200)
    graph = tmp_path / "graph"
    store = open_store(str(graph))
    with store.write():
        pass
    store.close()
    first = ingest([], str(graph), databases=[url(database)])
    assert first.ok
    assert ingest([], str(graph), databases=[url(database)]).loaded.replaced == 0
    before = edges(graph, "OFFERS")
    content = bytearray(database.read_bytes())
    content[len(content) // 2 :] = b"\xff" * (len(content) - len(content) // 2)  # the disk fails half-way
    database.write_bytes(bytes(content))
    report = ingest([], str(graph), databases=[url(database)])
    lost = [reject for reject in report.rejects if reject.code == "database.lost"]
    assert [reject.sheet for reject in lost] == ["ODS_BYQXJYSJ"]
    assert not report.ok
    assert edges(graph, "OFFERS") == before


def test_what_cannot_be_read_is_told_in_one_line_without_credentials(tmp_path: Path) -> None:
    empty = tmp_path / "empty.db"
    sqlite3.connect(empty).execute("CREATE TABLE a (b TEXT)").connection.close()
    for address, code in (
        (url(empty), "database.empty"),
        (url(tmp_path / "missing.db"), "file.missing"),
        ("nonsense://reader:secret@host/school", "database.driver"),
        ("://", "database.unreachable"),
    ):
        with pytest.raises(LiantuError) as refused:
            list(read_database(address))
        assert refused.value.code == code
        assert "secret" not in str(refused.value)
    assert not (tmp_path / "missing.db").exists()


def test_a_correction_belongs_to_the_row_that_it_corrects_wherever_that_stands_later(tmp_path: Path) -> None:
    database, graph = tmp_path / "firms.db", tmp_path / "graph"
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE qy (企业名称 TEXT, 所属产业链 TEXT, 需求岗位 TEXT, 需求人数 TEXT)")
        rows = [
            ("甲公司", "汽车", "电工", "5"),
            ("乙公司", "汽车", "焊工", "一批"),
            ("丙公司", "汽车", "钳工", "6"),
        ]
        connection.executemany("INSERT INTO qy VALUES (?, ?, ?, ?)", rows)
    store = open_store(str(graph))
    with store.write():
        pass
    store.close()

    def read() -> tuple[set[tuple[str, int]], list[str]]:
        report = ingest([], str(graph), databases=[url(database)])
        return wanted(), [reject.value for reject in report.rejects]

    def wanted() -> set[tuple[str, int]]:
        return {(row["head"].partition(":")[2], row["headcount"]) for row in edges(graph, "DEMANDS")}

    assert read() == ({("甲公司", 5), ("丙公司", 6)}, ["一批"])
    book = load_workbook(graph / "rejects" / "0001.xlsx")
    for cell in (cell for sheet in book.worksheets[1:] for row in sheet.iter_rows() for cell in row):
        if cell.value == "一批":
            cell.value = "30"
    book.save(tmp_path / "更正.xlsx")
    ingest([tmp_path / "更正.xlsx"], str(graph))
    assert wanted() == {("甲公司", 5), ("乙公司", 30), ("丙公司", 6)}
    with sqlite3.connect(database) as connection:  # the row moves to another place
        connection.execute("DELETE FROM qy WHERE 企业名称 = '甲公司'")
    assert read()[0] == {("乙公司", 30), ("丙公司", 6)}
    with sqlite3.connect(database) as connection:  # another wrong row stands in its place
        connection.execute("UPDATE qy SET 企业名称 = '丁公司', 需求人数 = '很多' WHERE 企业名称 = '乙公司'")
    assert read() == ({("丙公司", 6)}, ["很多"])
