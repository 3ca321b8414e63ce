"""What has been read (清单): which path held which content, and the kept claims of every source.

A batch writes one row a file as soon as its claims stand on disk, so a batch that was killed goes on where it
stopped. What the manifest says is present or withdrawn is what the graph is brought to (`ingest.load`).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, cast

import pyarrow as pa

from graph.errors import LiantuError
from graph.language import Text
from graph.store.protocol import Medium, Source
from ingest import reports
from ingest.kept_claims import MARK, KeptClaims, extractor_of
from ingest.records.quality import Finding
from ingest.reject import Reject
from ingest.reports import Standing
from ingest.standing import PARTIAL_NAMES, Arrival, Scoped

Status = Literal["taken", "partial", "rejected"]

_TABLES = """
CREATE TABLE IF NOT EXISTS sources (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, medium TEXT NOT NULL, key TEXT NOT NULL, document TEXT,
    status TEXT NOT NULL, counts TEXT NOT NULL, rejects TEXT NOT NULL,
    withdrawn INTEGER NOT NULL DEFAULT 0);  -- 0: belongs in the graph; 1: to be taken out; 2: was taken out
CREATE TABLE IF NOT EXISTS quality (source TEXT PRIMARY KEY, findings TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, source TEXT NOT NULL);
"""
_CARRIED = ("sources", "files", "quality", *reports.NAMES)  # what another workplace can take over: all tables


@dataclass(frozen=True, slots=True)
class Entry:
    """A source as read: what it is, how reading it went, how much was read and taken, and what was rejected."""

    source: Source
    status: Status
    counts: dict[str, int] = field(default_factory=dict)
    rejects: tuple[Reject, ...] = ()
    quality: tuple[Finding, ...] = ()
    corrected: tuple[Reject, ...] = ()  # that were rejected, and whose row came back corrected


class Manifest:
    """The manifest of one graph: `manifest.db` and the folder `claims/` in the graph's directory."""

    def __init__(self, directory: Path, *, tidy: bool = True) -> None:
        """`tidy` clears what a killed batch left; who only reads does not, for another batch may be at work."""
        self._claims = KeptClaims(directory, tidy=tidy)
        self._file = directory / "manifest.db"
        self._standing: Standing | None = None
        self.partial = False  # whether what is kept now is partial, whatever its name says
        with self._connection() as connection:
            connection.executescript(_TABLES)
            reports.prepare(connection)
            self._batch = 0

    def _connection(self) -> AbstractContextManager[sqlite3.Connection]:
        self._standing = None  # whoever asks for a connection may change what it rests on
        return _connected(self._file)

    def begin(self, *, partial: bool = False) -> None:
        """Begin a batch; what it brings is `partial` (补报) where that is said of all of it."""
        with self._connection() as connection:
            self._batch = reports.begin(connection)
        self.partial = partial

    def finish(self) -> None:
        """End a batch that did all that it had to."""
        with self._connection() as connection:
            reports.finish(connection)

    def standing(self) -> Standing:
        """Which scopes of the sources stand, and which rejected rows came back corrected."""
        if self._standing is None:
            with _connected(self._file) as connection:
                found = reports.standing(connection)
            self._standing = found
        return self._standing

    def _arrival(self, path: Path | None, name: str) -> Arrival:
        told = "/".join(path.parts[-3:]) if path is not None else name
        says = PARTIAL_NAMES.search("/".join(path.parts[-2:]) if path is not None else "")
        return Arrival(self._batch, told, self.partial or says is not None)

    def refuse(self, source: str, path: Path | None, name: str, rejects: Iterable[Reject]) -> None:
        """Write down a source of which nothing could be taken, so that its rows may come back corrected."""
        with self._connection() as connection:
            reports.refuse(connection, source, self._arrival(path, name), rejects)

    def keep(
        self, entry: Entry, claims: pa.Table, path: Path | None, scoped: Scoped | None = None
    ) -> str | None:
        """Keep the claims of a source read from `path`; returns the source that the path held before, if another.

        The earlier content of the path is withdrawn unless another path still holds it.
        """
        source = entry.source
        self._claims.put(source, claims, scoped)
        with self._connection() as connection:
            meant = self._says_anew(connection, path, source.id)
            connection.execute(
                "INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)",
                (
                    source.id,
                    source.name,
                    source.medium,
                    extractor_of(source.key),
                    source.document,
                    entry.status,
                    json.dumps(entry.counts),
                    json.dumps([asdict(reject) for reject in entry.rejects], ensure_ascii=False),
                ),
            )
            arrival = self._arrival(path, source.name)
            reports.keep(connection, source.id, scoped.scopes if scoped else (), arrival)
            reports.came_again(connection, source.id, arrival, meant=meant)
            findings = json.dumps([asdict(finding) for finding in entry.quality], ensure_ascii=False)
            connection.execute("INSERT OR REPLACE INTO quality VALUES (?, ?)", (source.id, findings))
            return self._hold(connection, path, source.id) if path else None

    def quality(self, source: str) -> tuple[Finding, ...]:
        """What the reading of a record source found of its quality."""
        with self._connection() as connection:
            row = connection.execute("SELECT findings FROM quality WHERE source = ?", (source,)).fetchone()
        return (
            tuple(Finding(**{**one, "places": tuple(one["places"])}) for one in json.loads(row[0]))
            if row
            else ()
        )

    def hold(self, path: Path, source: str) -> str | None:
        """Write down that `path` holds `source` (already kept); returns what it held before, as `keep`."""
        with self._connection() as connection:
            meant = self._says_anew(connection, path, source)
            connection.execute("UPDATE sources SET withdrawn = 0 WHERE id = ?", (source,))
            reports.came_again(connection, source, self._arrival(path, ""), meant=meant)
            return self._hold(connection, path, source)

    def _says_anew(self, connection: sqlite3.Connection, path: Path | None, source: str) -> bool:
        """Whether a source that comes again says anew if it is partial: it is said of the batch, or it was taken out.

        A file that was renamed to say so does, too. The same file read once more and a copy of it change nothing.
        """
        row = connection.execute("SELECT withdrawn FROM sources WHERE id = ?", (source,)).fetchone()
        if self.partial or row is None or row[0]:
            return True
        held = [
            Path(one) for (one,) in connection.execute("SELECT path FROM files WHERE source = ?", (source,))
        ]
        moved = bool(held) and path is not None and not any(one.exists() for one in held)
        return moved and self._arrival(path, "").partial

    def _hold(self, connection: sqlite3.Connection, path: Path, source: str) -> str | None:
        where = path.resolve().as_posix()
        row = connection.execute("SELECT source FROM files WHERE path = ?", (where,)).fetchone()
        connection.execute("INSERT OR REPLACE INTO files VALUES (?, ?)", (where, source))
        before = cast("str", row[0]) if row and row[0] != source else None
        if before is not None:
            holders = connection.execute("SELECT path FROM files WHERE source = ?", (before,)).fetchall()
            # a path whose file was moved away or deleted holds nothing back
            if not any(Path(held).exists() for (held,) in holders):
                connection.execute("UPDATE sources SET withdrawn = 1 WHERE id = ?", (before,))
        return before

    def withdraw(self, source: Source) -> None:
        """Say that a source is taken out; its claims file stays, so that it can be brought back unread.

        The source may be one that was read elsewhere: a graph on a server is ingested into from several machines.
        """
        with self._connection() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO sources VALUES (?, ?, ?, ?, ?, 'taken', '{}', '[]', 1)",
                (source.id, source.name, source.medium, source.key, source.document),
            )
            connection.execute("UPDATE sources SET withdrawn = 1 WHERE id = ?", (source.id,))
            connection.execute("DELETE FROM files WHERE source = ?", (source.id,))

    def find(self, source: str, key: str) -> Entry | None:
        """The entry of a source read with this extractor and these settings, if its claims are still there."""
        for entry in self._entries("WHERE id = ? AND key = ?", (source, extractor_of(key))):
            return entry if self._claims.whole(entry.source) else None
        return None

    def paths(self) -> dict[str, Path]:
        """Where each source was read from, of several places the one that came last; none where it was a database."""
        with self._connection() as connection:
            rows = connection.execute("SELECT source, path FROM files ORDER BY rowid").fetchall()
        return {source: Path(path) for source, path in rows}

    def refused(self) -> dict[str, Path]:
        """The last folders and the name of each file of which nothing could be taken, by its source."""
        with self._connection() as connection:
            rows = connection.execute("SELECT source, path FROM refused ORDER BY rowid").fetchall()
        return {source: Path(path) for source, path in rows}

    def present(self) -> tuple[Entry, ...]:
        """The sources that belong in the graph, by id: those of which something stands."""
        void = self.standing().void
        return tuple(
            e for e in self._entries("WHERE withdrawn = 0 ORDER BY id", ()) if e.source.id not in void
        )

    def withdrawn(self) -> frozenset[str]:
        """The ids of the sources that are to be taken out of the graph."""
        with self._connection() as connection:
            rows = connection.execute("SELECT id FROM sources WHERE withdrawn = 1").fetchall()
        return frozenset(identifier for (identifier,) in rows) | self.standing().void

    def settle(self, sources: Iterable[str]) -> None:
        """Say that these sources are out of the graph: if another machine brings one back, it is not ours to take."""
        with self._connection() as connection:
            connection.executemany(
                "UPDATE sources SET withdrawn = 2 WHERE withdrawn = 1 AND id = ?",
                [(identifier,) for identifier in sources],
            )

    def take_over(self, other: Path) -> int:
        """Take over what the manifest in the folder `other` knows, and the claims kept there; how many files came.

        What both know is as the other one has it. Done again, it goes on where it was cut.
        """
        if not (other / "manifest.db").is_file():
            return 0
        came = self._claims.take_over(other)
        with _connected(other / "manifest.db") as connection:
            known = {
                name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            }
            told = {
                table: connection.execute(f"SELECT * FROM {table}")  # noqa: S608 - a name from above
                for table in _CARRIED
                if table in known
            }
            carried = {
                table: ([c[0] for c in found.description], found.fetchall()) for table, found in told.items()
            }
        with self._connection() as connection:
            for table, (columns, rows) in carried.items():
                names, places = ", ".join(columns), ", ".join("?" * len(columns))
                connection.executemany(f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({places})", rows)  # noqa: S608
        return came

    def name_of(self, source: str) -> str:
        """The name of a source as its file has it; its id where it is not known."""
        with _connected(self._file) as connection:
            row = connection.execute("SELECT name FROM sources WHERE id = ?", (source,)).fetchone()
            row = row or connection.execute("SELECT path FROM refused WHERE source = ?", (source,)).fetchone()
        return str(row[0]).rpartition("/")[2] if row else source

    def kept(self, source: Source) -> bool:
        """Whether the claims of a source are kept here."""
        return self._claims.has(source)

    def claims(self, source: Source) -> pa.Table:
        """The claims of a source that stand, in schema `CLAIMS`."""
        return self._claims.read(source, self.standing().without(source.id))

    def _entries(self, condition: str, values: tuple[str, ...]) -> Iterator[Entry]:
        query = f"SELECT id, name, medium, key, document, status, counts, rejects FROM sources {condition}"  # noqa: S608 - the conditions are constants of this module
        with self._connection() as connection:
            rows = connection.execute(query, values).fetchall()
        standing = self.standing()
        for identifier, name, medium, key, document, status, counts, rejects in rows:
            mark = standing.mark(identifier)
            whole = f"{key}{MARK}{mark}" if mark else key
            source = Source(identifier, name, cast("Medium", medium), whole, document)
            every = tuple(_reject(values) for values in json.loads(rejects))
            corrected = tuple(reject for reject in every if standing.is_corrected(reject))
            left = tuple(reject for reject in every if reject not in corrected) if corrected else every
            state = cast("Status", "taken" if corrected and not left else status)
            yield Entry(source, state, json.loads(counts), left, corrected=corrected)


@contextmanager
def _connected(file: Path) -> Iterator[sqlite3.Connection]:
    connection = None
    try:
        connection = sqlite3.connect(file, timeout=30)
        with connection:
            yield connection
    except sqlite3.OperationalError as error:  # no space, no permission, in use: the file itself is sound
        raise LiantuError("graph.unwritable", file=file.name, reason=str(error)) from error
    except sqlite3.DatabaseError as error:
        remedy = Text(
            "请删除该文件，运行 liantu init，再将原文件全部重新入库：图谱和已抽取的内容仍在。",
            "Delete it, run `liantu init` and ingest all files again: the graph and the kept claims are still there.",
        )
        raise LiantuError("graph.damaged", file=file.name, remedy=remedy) from error
    finally:
        if connection is not None:
            connection.close()


def _reject(values: dict[str, Any]) -> Reject:
    cells = tuple((header, value) for header, value in values.pop("cells"))
    return Reject(**{**values, "reason": Text(**values["reason"]), "cells": cells})
