"""LadybugDB behind one door (引擎): statements in, Arrow tables out, a time limit, connections lent one a thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, Final

import ladybug
import pyarrow as pa

from graph.errors import LiantuError
from graph.store.interrupt import Interrupt

_POOL_BYTES: Final = (
    2 << 30
)  # the most memory for pages; the default, most of the machine, takes longer to open
_LARGEST_BYTES: Final = (
    1 << 40
)  # reserved as addresses, not memory: by default 8 TB, of which a process has room for 15


class Engine:
    """One open database file. Safe for many threads while it is open `read_only`; `bulk` to load much into it."""

    def __init__(
        self, path: Path, *, read_only: bool, bulk: bool = False, seconds: float | None = None
    ) -> None:
        # A writer's changes stay in the log unless it asks for a checkpoint: that rewrites every table it touched.
        self._database = ladybug.Database(
            str(path),
            read_only=read_only,
            auto_checkpoint=False,
            buffer_pool_size=0 if bulk else _POOL_BYTES,
            max_db_size=_LARGEST_BYTES,
        )
        self._read_only = read_only
        self._seconds = seconds
        self._idle: list[Any] = []
        self._lock = threading.Lock()
        self._closed = False

    def table(
        self,
        statement: str,
        parameters: Mapping[str, object] | None = None,
        *,
        name: str = "…",
        interrupt: Interrupt | None = None,
    ) -> pa.Table:
        """The rows of a reading statement; `graph.busy` where it takes longer than the limit (`name` it then)."""
        with self._connection() as connection:
            try:
                with interrupt.over(connection, name) if interrupt else nullcontext():
                    result = connection.execute(statement, dict(parameters or {}))
            except RuntimeError as error:
                if (self._seconds or interrupt) and "interrupt" in str(error).lower():
                    seconds = f"{self._seconds:g}" if self._seconds else "…"
                    raise LiantuError("graph.busy", query=name, seconds=seconds) from None
                raise
            try:
                return _plain(result.get_as_arrow())
            finally:
                result.close()

    def rows(
        self, statement: str, parameters: Mapping[str, object], *, limit: int, seconds: float
    ) -> tuple[list[str], list[list[Any]]]:
        """The columns and first rows of a statement that a person wrote; `graph.busy`, `query.invalid`."""
        with self._connection() as connection:
            connection.set_query_timeout(max(1, int(seconds * 1000)))
            try:
                result = connection.execute(statement, dict(parameters))
                if isinstance(result, list):  # one for each of several statements
                    raise LiantuError("query.invalid", reason="…;…")
                rows: list[list[Any]] = []
                while len(rows) < limit and result.has_next():
                    rows.append(result.get_next())
                columns: list[str] = result.get_column_names()
                result.close()
            except RuntimeError as error:
                if "interrupt" in str(error).lower():
                    raise LiantuError("graph.busy", query="cypher", seconds=f"{seconds:g}") from None
                raise LiantuError("query.invalid", reason=str(error)[:300]) from None
            finally:
                connection.set_query_timeout(max(0, int((self._seconds or 0) * 1000)))
            return columns, rows

    @contextmanager
    def transaction(self) -> Iterator[Any]:
        """Statements that take effect together: yields a callable `(statement, parameters=None)`."""
        with self._connection() as connection:

            def run(statement: str, parameters: Mapping[str, object] | None = None) -> None:
                connection.execute(statement, _in_one_piece(parameters or {})).close()

            run("BEGIN TRANSACTION")
            yield run
            run("COMMIT")

    def checkpoint(self) -> None:
        """Write what the log holds into the main file."""
        with self._connection() as connection:
            connection.execute("CHECKPOINT").close()

    def watched(self, interrupt: Interrupt) -> WatchedEngine:
        """The same engine for reading, where another thread may stop it."""
        return WatchedEngine(self, interrupt)

    def close(self) -> None:
        """Close the file; nobody may be asking any more."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            for connection in self._idle:
                connection.close()
            self._idle.clear()
            self._database.close()

    def _connected(self) -> Any:
        return ladybug.Connection(self._database)

    @contextmanager
    def _connection(self) -> Iterator[Any]:
        with self._lock:
            if self._closed:
                raise RuntimeError("the view has ended")
            connection = self._idle.pop() if self._idle else None
        if connection is None:
            connection = self._connected()
            if self._seconds:
                connection.set_query_timeout(max(1, int(self._seconds * 1000)))
            if not self._read_only:
                connection.execute("CALL force_checkpoint_on_close=false").close()
        try:
            yield connection
        finally:
            self._give_back(connection)

    def _give_back(self, connection: Any) -> None:
        with self._lock:
            if self._closed:
                connection.close()
            else:
                self._idle.append(connection)


class WatchedEngine:
    """An engine whose statements end when `interrupt` is stopped."""

    def __init__(self, engine: Engine, interrupt: Interrupt) -> None:
        self._engine = engine
        self._interrupt = interrupt

    def table(
        self, statement: str, parameters: Mapping[str, object] | None = None, *, name: str = "…"
    ) -> pa.Table:
        """As `Engine.table`."""
        return self._engine.table(statement, parameters, name=name, interrupt=self._interrupt)

    def rows(
        self, statement: str, parameters: Mapping[str, object], *, limit: int, seconds: float
    ) -> tuple[list[str], list[list[Any]]]:
        """As `Engine.rows`."""
        return self._engine.rows(statement, parameters, limit=limit, seconds=seconds)


def _in_one_piece(parameters: Mapping[str, object]) -> dict[str, object]:
    """The engine reads an Arrow table up to its first empty chunk: give it tables without any."""
    return {
        name: value.combine_chunks() if isinstance(value, pa.Table) else value
        for name, value in parameters.items()
    }


def _plain(table: pa.Table) -> pa.Table:
    """Sums of integers come back as decimals: give integers."""
    for index, field in enumerate(table.schema):
        if pa.types.is_decimal(field.type):
            plain = pa.int64() if field.type.scale == 0 else pa.float64()
            table = table.set_column(index, field.name, table.column(index).cast(plain))
    return table
