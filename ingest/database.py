"""Tables straight from a school's database (数据库直采): by SQLAlchemy URL, read only, streamed, table by table.

Every table or view whose columns are those of a record kind, by their names or by their comments, is read, and of it
only the columns that the kind needs: what is about persons never leaves the database. A table is a source of its own,
known by the database and its name; its claims are kept when it was read whole, so that a connection lost in mid-stream
leaves what was there before.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from graph.errors import LiantuError
from graph.store.protocol import Source
from ingest.database_address import FAILURES, engine_for, failure_of, shown_database, url_of
from ingest.database_cell import cell_text
from ingest.reading import FileRead, extractor_key, read_sheets
from ingest.records.header import best_match
from ingest.records.sheet import Sheet, kept_columns, narrowed_headers
from ingest.reject import Reject, reason

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

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


def read_database(address: str) -> Iterator[TableRead]:
    """Each table of a database that is of a record kind.

    Raises `database.driver` (no SQLAlchemy, or no driver for this kind of database), `database.unreachable`,
    `database.empty` (no table of a record kind). What happens later to one table is in its result.
    """
    try:
        import sqlalchemy as sa  # noqa: PLC0415 - an extra
    except ImportError:
        raise LiantuError("database.driver", name="sqlalchemy") from None
    url, schema = url_of(sa, address)
    shown = shown_database(url)
    engine = engine_for(sa, url)
    # A connection that breaks is told in the report; the pool would add a traceback of it on the terminal.
    logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL)
    try:
        try:
            tables = list(_tables(sa, engine, schema))
        except (sa.exc.SQLAlchemyError, *FAILURES) as error:
            raise LiantuError("database.unreachable", name=shown, reason=failure_of(error)) from None
        if not tables:
            raise LiantuError("database.empty", name=shown)
        for table in tables:
            yield _read_table(sa, engine, shown, table)
    finally:
        engine.dispose()


@dataclass(frozen=True, slots=True)
class _Table:
    """A table or view of a record kind: where it is, its headers as a sheet without rows, and its columns' own names."""

    schema: str | None
    name: str
    sheet: Sheet
    columns: tuple[str, ...]


def _tables(sa: Any, engine: Engine, schema: str | None) -> Iterator[_Table]:
    inspector = sa.inspect(engine)
    names = {*inspector.get_table_names(schema), *inspector.get_view_names(schema)}
    for name in sorted(names):
        try:
            columns = inspector.get_columns(name, schema)
        except (sa.exc.NoSuchTableError, sa.exc.UnreflectableTableError):  # gone since
            continue
        except sa.exc.DBAPIError as error:
            if error.connection_invalidated:
                raise
            continue  # a view of what is gone
        own = tuple(column["name"] for column in columns)
        for headers, hint in _ways(sa, inspector, name, schema, columns):
            match = best_match(headers, hint)
            if (
                match is None
                or match.kind.left is not None
                or match.missing
                or match.doubled
                or match.unclear
            ):
                continue
            sheet = Sheet(name, f"{name}!", match, headers, (), pa.array([], pa.int64()), by_content=True)
            yield _Table(schema, name, sheet, own)
            break


def _ways(
    sa: Any, inspector: Any, name: str, schema: str | None, columns: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[tuple[str, ...], str]]:
    """What the columns may be called: by their names, and by their comments (注释) where they have some."""
    yield tuple(column["name"] for column in columns), name
    comments = tuple(column.get("comment") or "" for column in columns)
    if any(comments):
        try:
            comment = inspector.get_table_comment(name, schema)["text"] or ""
        except (NotImplementedError, sa.exc.SQLAlchemyError):
            comment = ""
        yield (
            tuple(said or column["name"] for said, column in zip(comments, columns, strict=True)),
            f"{name} {comment}",
        )


def _read_table(sa: Any, engine: Engine, shown: str, table: _Table) -> TableRead:
    digest = hashlib.sha256()
    label = f"{shown}#{table.schema}.{table.name}" if table.schema else f"{shown}#{table.name}"
    identifier = hashlib.sha256(label.encode()).hexdigest()[:16]
    at = [0]
    try:
        with engine.connect() as connection:
            statement = _READ_ONLY.get(engine.dialect.name)
            if statement is not None:
                connection.exec_driver_sql(statement)
            read = read_sheets(_pieces(sa, connection, table, digest, at), label, identifier)
    except (sa.exc.SQLAlchemyError, *FAILURES) as error:
        lost = LiantuError("database.lost", name=label, rows=at[0], reason=failure_of(error))
        reject = Reject(label, table.name, None, "", "", lost.code, reason(lost.code, **lost.values))
        read = FileRead("rejected", None, counts={"rejects": 1}, rejects=(reject,))
    key = hashlib.sha256(f"{extractor_key('records')}{digest.hexdigest()}".encode()).hexdigest()[:8]
    return TableRead(label, Source(identifier, label, "records", key), read)


def _pieces(sa: Any, connection: Connection, found: _Table, digest: Any, at: list[int]) -> Iterator[Sheet]:
    kept = kept_columns(found.sheet.match)
    narrow = narrowed_headers(found.sheet, kept)
    table = sa.table(found.name, *(sa.column(found.columns[i]) for i in kept), schema=found.schema)
    options = {"stream_results": True, "yield_per": ROWS}
    result = connection.execute(sa.select(*table.columns), execution_options=options)
    cursor = result.cursor
    try:
        for rows in result.partitions():
            columns = tuple(
                pa.array([cell_text(cell) for cell in column], pa.string())
                for column in zip(*rows, strict=True)
            )
            for column in columns:
                digest.update("\x1f".join(column.to_pylist()).encode())
            numbers = pa.array(range(at[0] + 1, at[0] + 1 + len(rows)), pa.int64())
            at[0] += len(rows)
            yield replace(narrow, columns=columns, numbers=numbers)
    finally:
        _let_go(cursor)


def _let_go(cursor: Any) -> None:
    """Of a connection that broke, PyMySQL would read the rest when the cursor is deleted, and fail on the terminal."""
    rest = getattr(cursor, "_result", None)
    if rest is not None and getattr(rest, "unbuffered_active", False):
        rest.unbuffered_active = False
