"""Tables from a real MariaDB and a real PostgreSQL: streamed, read only, whole or not at all, in every type they have."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph.errors import LiantuError
from graph.store import open_store
from ingest.batch import ingest
from ingest.database import TableRead, read_database
from ingest.reading import FileRead, read_sheets
from ingest.records.sheet import Sheet
from ingest.records.standard import personal_columns, standard_columns
from tests.databases.server import KINDS, Server, missing
from tests.databases.server import running as running_server

WHOLE = os.environ.get("LIANTU_TEST_DATABASE") == "whole"  # a million rows for the memory
SCHOOL = "4150012215"
GRADUATES = "ODS_BYQXJYSJ"


@pytest.fixture(scope="module", params=KINDS)
def running(request: pytest.FixtureRequest) -> Iterator[Server]:
    lacking = missing(request.param)
    if lacking:
        pytest.skip(lacking)
    with running_server(request.param) as server:
        yield server


@pytest.fixture
def server(running: Server) -> Server:
    """The server with an empty database."""
    if running.kind == "mariadb":
        running.execute("DROP DATABASE school", "CREATE DATABASE school CHARACTER SET utf8mb4")
    else:
        running.execute(
            "DROP SCHEMA public CASCADE",
            "DROP SCHEMA IF EXISTS warehouse CASCADE",
            "CREATE SCHEMA public",
            "GRANT USAGE ON SCHEMA public TO reader",
        )
    return running


def quoted(server: Server, name: str) -> str:
    return f"`{name}`" if server.kind == "mariadb" else f'"{name}"'


def fill_graduates(server: Server, rows: int, *, wide: int = 1) -> None:
    """Graduates in all the fields of the standard, each a marked person."""
    columns = [c.name for c in (*personal_columns(GRADUATES), *standard_columns(GRADUATES))]
    said = dict.fromkeys(columns, "'甄隐士'") | {
        "xxdm": f"'{SCHOOL}'",
        "zyh": "'GY01'",
        "zymc": "'智能网联汽车技术'",
        "jydwmc": f"REPEAT('示例', {wide})",
        "jydwhym": "'C'",
        "jyqyshjgbm": "'500100'",
        "qxx": "'5000'",
        "sfdk": "'1'",
        "sjcjsj": "'20240930 101500'",
    }
    key = "zjsjwyxbs"
    table = quoted(server, GRADUATES)
    fields = ", ".join(f"{name} VARCHAR(500)" for name in (key, *(c for c in columns if c != key)))
    if server.kind == "mariadb":
        number, numbers = "LPAD(seq, 32, '0')", f"seq_1_to_{rows}"
    else:
        number, numbers = "LPAD(n::text, 32, '0')", f"generate_series(1, {rows}) AS n"
    cells = ", ".join([number, *(said[c] for c in columns if c != key)])
    server.execute(f"CREATE TABLE {table} ({fields})", f"INSERT INTO {table} SELECT {cells} FROM {numbers}")


def claims(table: TableRead, kind: str) -> list[dict[str, Any]]:
    assert table.read.claims is not None
    return [row for row in table.read.claims.to_pylist() if row["kind"] == kind]


def test_graduates_are_counted_for_who_may_only_select_and_no_person_leaves(server: Server) -> None:
    fill_graduates(server, 3000)
    (table,) = read_database(server.url("reader"))
    assert (table.read.counts["rows"], table.read.counts["taken"]) == (3000, 3000)
    (offers,) = claims(table, "OFFERS")
    assert (offers["employed"], offers["place"]) == (3000, f"{GRADUATES}!1-3000")
    assert "甄隐士" not in repr(table)
    assert server.password not in repr(table)


def test_cells_of_every_type_say_what_a_csv_would(server: Server) -> None:
    bit, stamp = ("BIT(1)", "DATETIME") if server.kind == "mariadb" else ("BOOLEAN", "TIMESTAMP")
    yes, no = ("b'1'", "b'0'") if server.kind == "mariadb" else ("TRUE", "FALSE")
    server.execute(
        f"CREATE TABLE {GRADUATES} (zjsjwyxbs INTEGER, xxdm CHAR(20), zyh CHAR(10), zymc TEXT, jydwmc VARCHAR(100),"
        f" jydwhym CHAR(4), sfdk {bit}, qxx DECIMAL(12, 2), jyqyshjgbm DECIMAL(6, 0), sjcjsj {stamp}, jyrq DATE)",
        f"INSERT INTO {GRADUATES} VALUES (1, '{SCHOOL}', 'GY01', '软件技术', '示例一公司', 'I', {yes}, 5000.00, 500100,"
        " '2024-09-30 10:15:00', '2024-07-01')",
        f"INSERT INTO {GRADUATES} VALUES (2, '{SCHOOL}', 'GY01', '软件技术', NULL, NULL, {no}, 6000.50, NULL,"
        " '2024-09-30 10:15:00', NULL)",
    )
    (table,) = read_database(server.url("reader"))
    assert table.read.rejects == ()
    (offers,) = claims(table, "OFFERS")
    assert (offers["head"], offers["employed"], offers["year"]) == (f"School:{SCHOOL}", 2, 2024)
    assert offers["in_field"] == 1
    named = {row["name"] for row in claims(table, "STATES")}
    assert {"示例一公司", "软件技术"} <= named


def test_a_table_in_the_schools_own_words_is_told_by_its_comments(server: Server) -> None:
    names = {"c1": "学校代码", "c2": "专业名称", "c3": "专业层次", "c4": "数据采集时间", "c5": "专业号"}
    values = f"'{SCHOOL}', '软件技术', '2', '20240930', 'RJ01'"
    if server.kind == "mariadb":
        fields = ", ".join(f"{name} VARCHAR(60) COMMENT '{said}'" for name, said in names.items())
        made = [f"CREATE TABLE t_017 ({fields}) COMMENT '专业设置数据 ODS_ZYSZSJ'"]
    else:
        made = ["CREATE TABLE t_017 (" + ", ".join(f"{name} VARCHAR(60)" for name in names) + ")"]
        made += [f"COMMENT ON COLUMN t_017.{name} IS '{said}'" for name, said in names.items()]
        made += ["COMMENT ON TABLE t_017 IS '专业设置数据 ODS_ZYSZSJ'"]
    server.execute(*made, f"INSERT INTO t_017 (c1, c2, c3, c4, c5) VALUES ({values})")
    (table,) = read_database(server.url("reader"))
    (offers,) = claims(table, "OFFERS")
    assert (offers["head"], offers["place"]) == (f"School:{SCHOOL}", "t_017!1")


def test_chinese_names_of_tables_and_columns_are_read_as_they_are(server: Server) -> None:
    table, school, specialty = (quoted(server, name) for name in ("学校专业", "学校名称", "专业名称"))
    year, enrolled = quoted(server, "年份"), quoted(server, "在校生数（人）")
    server.execute(
        f"CREATE TABLE {table} ({school} VARCHAR(50), {specialty} VARCHAR(50), {year} INTEGER, {enrolled} INTEGER)",
        f"INSERT INTO {table} VALUES ('重庆工业职业技术学院', '软件技术', 2024, 320)",
    )
    (read,) = read_database(server.url("reader"))
    assert claims(read, "OFFERS")[0]["enrolled"] == 320


def test_nothing_is_written_even_by_who_may(server: Server) -> None:
    """A view that writes when it is read, asked for by the owner: the transaction does not allow it."""
    if server.kind == "mariadb":
        function = (
            "CREATE FUNCTION noted() RETURNS VARCHAR(20) MODIFIES SQL DATA"
            " BEGIN INSERT INTO log VALUES (1); RETURN '2'; END"
        )
    else:
        function = (
            "CREATE FUNCTION noted() RETURNS VARCHAR AS $$ INSERT INTO log VALUES (1); SELECT '2'::varchar $$"
            " LANGUAGE sql"
        )
    server.execute(
        "CREATE TABLE log (a INTEGER)",
        function,
        f"CREATE VIEW ods_zyszsj AS SELECT '{SCHOOL}' AS xxdm, '软件技术' AS zymc, 'RJ01' AS zyh, noted() AS zyccm,"
        " '20240930' AS sjcjsj",
    )
    assert server.execute("SELECT zyccm FROM ods_zyszsj") == [("2",)]
    assert server.execute("SELECT COUNT(*) FROM log") == [(1,)]  # it does write
    (table,) = read_database(server.url("owner"))
    (reject,) = table.read.rejects
    assert reject.code == "database.lost"
    assert "1792" in str(reject.reason) or "25006" in str(
        reject.reason
    )  # a read-only transaction, in either's numbers
    assert server.execute("SELECT COUNT(*) FROM log") == [(1,)]


def test_a_table_that_the_reader_may_not_see_does_not_cost_the_others(server: Server) -> None:
    fill_graduates(server, 10)
    server.execute(
        "CREATE TABLE gone (a VARCHAR(20))",
        "CREATE VIEW ods_zyszsj AS SELECT a AS xxdm, a AS zymc, a AS zyh, a AS zyccm, a AS sjcjsj FROM gone",
    )
    if server.kind == "mariadb":
        server.execute("DROP TABLE gone")  # the view stays, and is broken
        (table,) = read_database(server.url("reader"))
    else:
        server.execute("REVOKE SELECT ON ods_zyszsj FROM reader")
        table, refused = read_database(server.url("reader"))
        assert [reject.code for reject in refused.read.rejects] == ["database.lost"], (table, refused)
        assert "42501" in str(refused.read.rejects[0].reason)
    assert table.read.counts["taken"] == 10


def test_the_tables_of_another_schema_are_read_where_the_address_names_it(server: Server) -> None:
    schema = "school" if server.kind == "mariadb" else "warehouse"
    if server.kind == "postgresql":
        server.execute("CREATE SCHEMA warehouse", "GRANT USAGE ON SCHEMA warehouse TO reader")
        with pytest.raises(LiantuError, match=r"no table|没有"):
            list(read_database(server.url("reader")))
    table = f"{schema}.ods_zyszsj"
    server.execute(
        f"CREATE TABLE {table} (xxdm VARCHAR(20), zymc VARCHAR(50), zyh VARCHAR(20), zyccm VARCHAR(2), sjcjsj CHAR(15))",
        f"INSERT INTO {table} VALUES ('{SCHOOL}', '软件技术', 'RJ01', '2', '20240930')",
    )
    (read,) = read_database(f"{server.url('reader')}?schema={schema}")
    assert read.name.endswith(f"/school#{table}")
    assert len(claims(read, "OFFERS")) == 1


def empty_graph(folder: Path) -> str:
    store = open_store(str(folder))
    with store.write():
        pass
    store.close()
    return str(folder)


def test_a_wrong_password_is_one_line_and_the_rest_of_the_batch_goes_on(
    server: Server, tmp_path: Path
) -> None:
    table = tmp_path / "专业.csv"
    table.write_text(
        "学校名称,专业名称,层次,年份,在校生数\n重庆工业职业技术学院,软件技术,高职专科,2024,320\n",
        encoding="utf-8",
    )
    nobody = server.url("reader", password="s3cret")
    report = ingest([table], empty_graph(tmp_path / "graph"), databases=[nobody])
    assert [(file.status, file.name) for file in report.files] == [
        ("taken", "专业.csv"),
        ("rejected", f"{'mysql' if server.kind == 'mariadb' else 'postgresql'}://127.0.0.1/school"),
    ]
    (reject,) = report.rejects
    assert reject.code == "database.unreachable"
    assert "1045" in str(reject.reason) or "28P01" in str(reject.reason)
    assert "\n" not in str(reject.reason)
    kept = "".join(
        path.read_text(encoding="utf-8", errors="replace")
        for path in (tmp_path / "graph").rglob("*")
        if path.is_file()
    )
    assert "s3cret" not in kept + repr(report)


def test_the_password_may_come_from_the_setting(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    fill_graduates(server, 10)
    monkeypatch.setenv("LIANTU_DATABASE_PASSWORD", server.password)
    address = server.url("reader", driver=server.url().partition("+")[0])  # without a driver, too
    (table,) = read_database(address.replace(f":{server.password}@", "@"))
    assert table.read.counts["taken"] == 10


def peak() -> int:
    """The highest memory of this process so far, in MB."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) // 1024


def test_memory_does_not_grow_with_the_rows(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    if not Path("/proc/self/status").exists():
        pytest.skip("memory is read from /proc")
    rows, piece = (1_000_000, 20_000) if WHOLE else (50_000, 10_000)
    fill_graduates(server, rows, wide=40)
    at: list[int] = []

    def watched(sheets: Iterable[Sheet], *rest: str) -> FileRead:
        def each() -> Iterator[Sheet]:
            for sheet in sheets:
                yield sheet
                if len(at) == 1:
                    Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")  # the peak begins anew
                at.append(peak())

        return read_sheets(each(), *rest)

    monkeypatch.setattr("ingest.database.ROWS", piece)
    monkeypatch.setattr("ingest.database.read_sheets", watched)
    (table,) = read_database(server.url("reader"))
    assert table.read.counts["taken"] == rows
    assert len(at) == rows // piece
    assert at[-1] - at[1] < piece * 3 // 1000, at  # MB: as much as three pieces would take


def edges(graph: str) -> list[dict[str, Any]]:
    store = open_store(graph)
    try:
        with store.view() as view:
            return [dict(row) for row in view.edges("OFFERS").to_pylist()]
    finally:
        store.close()


def test_a_server_that_is_killed_in_mid_stream_leaves_what_was_there(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That its end is noticed shows also that the rows were not all fetched before the first was read."""
    graph = empty_graph(tmp_path / "graph")
    fill_graduates(server, 20_000, wide=90)
    assert ingest([], graph, databases=[server.url("reader")]).ok
    before = edges(graph)
    assert before
    seen: list[int] = []

    def cut(sheets: Iterable[Sheet], *rest: str) -> FileRead:
        def each() -> Iterator[Sheet]:
            for sheet in sheets:
                seen.append(sheet.numbers[-1].as_py())
                if len(seen) == 2:
                    server.kill()
                yield replace(sheet)

        return read_sheets(each(), *rest)

    with monkeypatch.context() as patch:
        patch.setattr("ingest.database.ROWS", 1000)
        patch.setattr("ingest.database.read_sheets", cut)
        report = ingest([], graph, databases=[server.url("reader")])
    server.start()
    (file,) = report.files
    assert (file.status, [reject.code for reject in file.rejects]) == ("rejected", ["database.lost"])
    assert "\n" not in str(file.rejects[0].reason)
    assert server.password not in repr(report)
    assert 2000 <= seen[-1] < 20_000
    assert edges(graph) == before
