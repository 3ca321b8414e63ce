"""No person is written anywhere: marked persons in every table of the standard, by every way in, and none on disk.

They stand in every field of a person, in columns of no table, in rows that are shifted by a cell or have one too many,
and in tables that nobody knows; as csv, workbook, database and zip; also when the batch is killed half-way.
"""

from __future__ import annotations

import csv
import os
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from graph.store import open_store
from ingest.batch import Report, ingest
from ingest.reading import FileRead, read_file
from ingest.records.standard import personal_columns, standard_columns, tables
from tests.ingest.records.city import MARK

MOBILE, IDENTITY = "13912345678", "500101199001011234"
SECRETS = (MOBILE, IDENTITY, MARK[1:])
_COUNTED = ("ODS_BYQX", "ODS_ZZBYQX", "ODS_SXJC")  # rows that are persons


def rows_of(table: str) -> list[list[str]]:
    """A table with its header: a good row, one shifted by a cell, one too long, one too short, one full of numbers."""
    columns = (*standard_columns(table), *personal_columns(table))
    persons = {column.name for column in personal_columns(table)}
    header = [*(column.name for column in columns), "姓名", "身份证号", "备注"]
    good = [MARK if c.name in persons else next(iter(c.choices), "示范") for c in columns]
    for number, column in enumerate(columns):
        good[number] = {"xxdm": "4150012215", "sjcjsj": "20240930"}.get(column.name, good[number])
    extra = [MARK, IDENTITY, f"{MARK}{MOBILE}"]
    shifted = [MARK, *good[:-1]] if persons else good  # a name where something else should be
    rows = [header, [*good, *extra], [*shifted, *extra], [*good, *extra, MARK], [MARK]]
    return [*rows, [*[f"李{MOBILE}" for _ in columns], *extra]]


def as_csv(folder: Path) -> None:
    for table in tables():
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows_of(table))
    # of no kind that is known
    (folder / "名册.csv").write_text(
        f"{MARK},{IDENTITY},{MOBILE}\n{MARK}二,{IDENTITY},{MOBILE}\n", encoding="utf-8"
    )


def as_workbooks(folder: Path) -> None:
    for number, some in enumerate(_split(list(tables()), 40)):
        workbook = Workbook(write_only=True)
        for table in some:
            sheet = workbook.create_sheet(table)
            for row in rows_of(table):
                sheet.append(row)
        sheet = workbook.create_sheet("名册")
        sheet.append([MARK, IDENTITY, MOBILE])
        workbook.save(folder / f"标准表{number}.xlsx")


def as_zip(folder: Path) -> None:
    inside = folder.parent / "inside"
    inside.mkdir()
    as_csv(inside)
    with zipfile.ZipFile(folder / "报送.zip", "w") as archive:
        for path in sorted(inside.iterdir()):
            archive.write(path, path.name)


def as_database(path: Path) -> str:
    with sqlite3.connect(path) as connection:
        for table in tables():
            header, *rows = rows_of(table)
            fields = ", ".join(f'"{name}" TEXT' for name in header)
            connection.execute(f'CREATE TABLE "{table}" ({fields})')
            fit = [row for row in rows if len(row) == len(header)]
            marks = ", ".join("?" * len(header))
            connection.executemany(f'INSERT INTO "{table}" VALUES ({marks})', fit)  # noqa: S608 - our names
    connection.close()
    return f"sqlite:///{path.as_posix()}"


def _split(items: list[str], size: int) -> Iterator[list[str]]:
    return (items[start : start + size] for start in range(0, len(items), size))


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """Where the input lies, where temporary files go, and an empty graph."""
    found = {name: tmp_path / name for name in ("in", "temporary", "graph")}
    found["in"].mkdir()
    found["temporary"].mkdir()
    monkeypatch.setenv("TMPDIR", str(found["temporary"]))
    store = open_store(str(found["graph"]))
    with store.write():
        pass
    store.close()
    return found


def read_here(tasks: Sequence[tuple[Path, str]], **_: object) -> Iterator[tuple[Path, str, FileRead]]:
    """As `read_all`, in this process."""
    yield from ((path, source, read_file(path, source)) for path, source in tasks)


@pytest.mark.parametrize("way", ["csv", "xlsx", "zip", "database"])
def test_nothing_of_a_person_is_written_anywhere(
    places: dict[str, Path], way: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("ingest.batch.read_all", read_here)
    databases: list[str] = []
    if way == "database":
        databases = [as_database(places["in"].parent / "school.db")]
    else:
        {"csv": as_csv, "xlsx": as_workbooks, "zip": as_zip}[way](places["in"])
    report = ingest([places["in"]], str(places["graph"]), databases=databases)
    assert report.rejects
    told = "".join(capfd.readouterr()) + repr(report)
    assert not [secret for secret in (MOBILE, IDENTITY) if secret in told]
    assert_none_on_disk(places)
    assert_covered(report, way)


def assert_covered(report: Report, way: str) -> None:
    """Every table was read or left by name, and those with rows of persons have rejects that show nothing of them."""
    if way in {"csv", "zip"}:
        assert len(report.files) == len(tables()) + 1
    named = {reject.sheet for reject in report.rejects} | {
        reject.file.partition(".")[0] for reject in report.rejects
    }
    counted = [r for r in report.rejects if r.sheet.startswith(_COUNTED) or r.file.startswith(_COUNTED)]
    assert len({table for table in named if table.startswith(_COUNTED)}) >= 7
    assert all(not reject.cells and not reject.value for reject in counted)


def assert_none_on_disk(places: dict[str, Path]) -> None:
    files = [f for place in ("graph", "temporary") for f in places[place].rglob("*") if f.is_file()]
    assert len(files) > 5
    for path in files:
        content = unpacked(path)
        for secret in SECRETS:
            assert secret.encode() not in content, path


def unpacked(path: Path) -> bytes:
    """What a file holds: the members of a workbook, the values of a Parquet file, else its bytes."""
    if path.suffix in {".xlsx", ".zip"}:
        with zipfile.ZipFile(path) as archive:
            return b"".join(archive.read(name) for name in archive.namelist())
    if path.suffix == ".parquet":
        return repr(pq.read_table(path).to_pylist()).encode()
    return path.read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_batch_that_is_killed_leaves_nothing_of_a_person_either(places: dict[str, Path]) -> None:
    as_zip(places["in"])
    command = "import sys, pathlib, ingest.batch as b; b.ingest([pathlib.Path(sys.argv[1])], sys.argv[2])"
    paths = {"PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)}
    batch = subprocess.Popen(
        [sys.executable, "-P", "-c", command, str(places["in"]), str(places["graph"])],
        env={**os.environ, **paths},
    )
    claims = places["graph"] / "claims"
    until = time.monotonic() + 120
    while not any(claims.glob("*.parquet")) and batch.poll() is None and time.monotonic() < until:
        time.sleep(0.01)
    assert batch.poll() is None, "the batch was over before it could be killed"
    batch.send_signal(signal.SIGKILL)
    batch.wait()
    # Readers find that nobody asks any more, and clear what an archive was unpacked to.
    while (places["graph"] / "unpacked").exists() and time.monotonic() < until:
        time.sleep(0.05)
    for left in claims.glob("*.tmp"):  # of the file at which it was cut
        assert not [secret for secret in SECRETS if secret.encode() in left.read_bytes()]
        left.unlink()
    assert_none_on_disk(places)
