"""Tables straight from a school's database (数据库直采): by SQLAlchemy URL, read only, streamed, table by table.

Every table or view whose columns are those of a record kind is read, and of it only the columns that the kind needs:
what is about persons never leaves the database. A table is a source of its own, known by the database and its name; its
claims are kept when it was read whole, so that a connection lost in mid-stream leaves what was there before.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from graph.errors import LiantuError
from graph.settings import Settings
from graph.store.protocol import Source
from ingest.reading import FileRead, extractor_key, read_sheets
from ingest.records.header import best_match
from ingest.records.sheet import Sheet, kept_columns, narrowed_headers
from ingest.reject import Reject, reason

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine
    from sqlalchemy.engine import URL

ROWS: Final = 20_000  # of a piece
_READ_ONLY: Final = {
    "postgresql": "SET TRANSACTION READ ONLY",
    "mysql": "SET SESSION TRANSACTION READ ONLY",
    "mariadb": "SET SESSION TRANSACTION READ ONLY",
    "oracle": "SET TRANSACTION READ ONLY",
}


@dataclass(frozen=True, slots=True)
class TableRead:
    """What became of one table: the source that it is, and what it gave."""

    name: str
    source: Source
    read: FileRead


def is_database(address: str) -> bool:
    """Whether an input is the URL of a database and no path."""
    return "://" in address


def read_database(address: str) -> Iterator[TableRead]:
    """Each table of a database that is of a record kind.

    Raises `database.driver` (no SQLAlchemy, or no driver for this kind of database), `database.unreachable`,
    `database.empty` (no table of a record kind). What happens later to one table is in its result.
    """
    try:
        import sqlalchemy as sa  # noqa: PLC0415 - an extra
    except ImportError:
        raise LiantuError("database.driver", name="sqlalchemy") from None
    url = _url(sa, address)
    shown = shown_database(url)
    try:
        engine = sa.create_engine(
            url, **({"connect_args": {"uri": True}} if url.drivername == "sqlite" else {})
        )
    except (sa.exc.NoSuchModuleError, ImportError):
        raise LiantuError("database.driver", name=url.drivername) from None
    try:
        try:
            tables = list(_tables(sa, engine))
        except (sa.exc.SQLAlchemyError, OSError) as error:
            raise LiantuError("database.unreachable", name=shown, reason=type(error).__name__) from None
        if not tables:
            raise LiantuError("database.empty", name=shown)
        for schema, sheet in tables:
            yield _read_table(sa, engine, shown, schema, sheet)
    finally:
        engine.dispose()


def shown_database(url: URL) -> str:
    """A database as reports name it: kind, host and name; no user, no password, no folder."""
    name = Path(url.database or "").name if url.drivername.startswith("sqlite") else url.database
    return f"{url.get_backend_name()}://{url.host or ''}/{(name or '').partition('?')[0]}"


def _url(sa: Any, address: str) -> URL:
    try:
        url: URL = sa.make_url(address)
    except sa.exc.ArgumentError:
        raise LiantuError("database.unreachable", name="URL", reason="ArgumentError") from None
    password = Settings.load().database_password
    if password and url.username and not url.password:
        url = url.set(password=password)
    if url.get_backend_name() == "sqlite" and url.database and not url.database.startswith("file:"):
        path = Path(url.database)
        if not path.is_file():  # SQLite would make it
            raise LiantuError("file.missing", file=path.name)
        url = url.set(database=f"file:{path.as_posix()}?mode=ro", query={"uri": "true"})
    return url


def _tables(sa: Any, engine: Engine) -> Iterator[tuple[str, Sheet]]:
    """The tables and views that are of a record kind: name, and their headers as a sheet without rows."""
    inspector = sa.inspect(engine)
    for name in sorted({*inspector.get_table_names(), *inspector.get_view_names()}):
        headers = tuple(column["name"] for column in inspector.get_columns(name))
        match = best_match(headers, name)
        if match is None or match.kind.left is not None or match.missing or match.doubled:
            continue
        yield name, Sheet(name, f"{name}!", match, headers, (), pa.array([], pa.int64()))


def _read_table(sa: Any, engine: Engine, shown: str, name: str, sheet: Sheet) -> TableRead:
    digest = hashlib.sha256()
    label = f"{shown}#{name}"
    identifier = hashlib.sha256(label.encode()).hexdigest()[:16]
    at = [0]
    try:
        with engine.connect() as connection:
            statement = _READ_ONLY.get(engine.dialect.name)
            if statement is not None:
                connection.exec_driver_sql(statement)
            read = read_sheets(_pieces(sa, connection, name, sheet, digest, at), label, identifier)
    except (sa.exc.SQLAlchemyError, OSError) as error:
        lost = LiantuError("database.lost", name=label, rows=at[0], reason=type(error).__name__)
        reject = Reject(label, name, None, "", "", lost.code, reason(lost.code, **lost.values))
        read = FileRead("rejected", None, counts={"rejects": 1}, rejects=(reject,))
    key = hashlib.sha256(f"{extractor_key('records')}{digest.hexdigest()}".encode()).hexdigest()[:8]
    return TableRead(label, Source(identifier, label, "records", key), read)


def _pieces(
    sa: Any, connection: Connection, name: str, sheet: Sheet, digest: Any, at: list[int]
) -> Iterator[Sheet]:
    kept = kept_columns(sheet.match)
    narrow = narrowed_headers(sheet, kept)
    table = sa.table(name, *(sa.column(sheet.headers[i]) for i in kept))
    options = {"stream_results": True, "yield_per": ROWS}
    result = connection.execute(sa.select(*table.columns), execution_options=options)
    for rows in result.partitions():
        columns = tuple(
            pa.array([_text(cell) for cell in column], pa.string()) for column in zip(*rows, strict=True)
        )
        for column in columns:
            digest.update("\x1f".join(column.to_pylist()).encode())
        numbers = pa.array(range(at[0] + 1, at[0] + 1 + len(rows)), pa.int64())
        at[0] += len(rows)
        yield replace(narrow, columns=columns, numbers=numbers)


def _text(cell: object) -> str:
    """A cell as the text that a csv would hold."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return str(cell)
