"""Who reported what, and when (报送): the tables of the manifest by which is told which claims stand.

Beside the sources themselves: their scopes, when each of them came, and files of which no row could be taken, whose rows
may come back corrected all the same.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from ingest.reject import CORRECTION, Reject
from ingest.standing import Arrival, Overruled, Scope, overruled

TABLES: Final = """
CREATE TABLE IF NOT EXISTS scopes (
    source TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, school TEXT, period TEXT, collected TEXT NOT NULL,
    rows INTEGER NOT NULL, replaces INTEGER NOT NULL, corrects TEXT, place TEXT, figures TEXT,
    PRIMARY KEY (source, name));
CREATE TABLE IF NOT EXISTS arrivals (
    source TEXT PRIMARY KEY, batch INTEGER NOT NULL, path TEXT NOT NULL, partial INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS batches (number INTEGER PRIMARY KEY, done INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS refused (path TEXT PRIMARY KEY, source TEXT NOT NULL, places TEXT NOT NULL);
"""
NAMES: Final = ("scopes", "arrivals", "batches", "refused")
_COLUMNS: Final = tuple(field.name for field in fields(Scope))


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands of all sources: scopes in force and out of it, and as (source, place) rows that were corrected."""

    scopes: tuple[Scope, ...]
    overruled: tuple[Overruled, ...]
    corrected: frozenset[tuple[str, str]]
    void: frozenset[str]  # sources of which nothing stands

    def without(self, source: str) -> frozenset[str]:
        """The names of the scopes of a source whose claims do not stand."""
        return frozenset(one.scope.name for one in self.overruled if one.scope.source == source)

    def mark(self, source: str) -> str:
        """What tells this state of a source from others; empty where all of it stands."""
        gone = self.without(source)
        return hashlib.sha256("\n".join(sorted(gone)).encode()).hexdigest()[:8] if gone else ""

    def is_corrected(self, reject: Reject) -> bool:
        """Whether the row that was rejected came back corrected, and stands."""
        told = CORRECTION.fullmatch(reject.corrects)
        return told is not None and (told["source"], told["place"]) in self.corrected


def prepare(connection: sqlite3.Connection) -> None:
    """Make the tables, and what one lacks that an earlier version made."""
    connection.executescript(TABLES)
    if "figures" not in {row[1] for row in connection.execute("PRAGMA table_info(scopes)")}:
        connection.execute("ALTER TABLE scopes ADD COLUMN figures TEXT")


def begin(connection: sqlite3.Connection) -> int:
    """The number of this batch: that of the last one where it was cut short, so that it ends as if it had not been."""
    row = connection.execute("SELECT number FROM batches WHERE done = 0").fetchone()
    if row is None:
        row = connection.execute("SELECT 1 + coalesce(max(number), 0) FROM batches").fetchone()
        connection.execute("INSERT INTO batches (number) VALUES (?)", row)
    return int(row[0])


def finish(connection: sqlite3.Connection) -> None:
    """Say that the batch is over."""
    connection.execute("UPDATE batches SET done = 1")


def keep(connection: sqlite3.Connection, source: str, scopes: Iterable[Scope], arrival: Arrival) -> None:
    """Write down the scopes of a source and, the first time, when it came and whether it is partial."""
    connection.execute("DELETE FROM scopes WHERE source = ?", (source,))
    connection.executemany(
        f"INSERT INTO scopes ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})",  # noqa: S608 - our names
        [tuple(getattr(scope, name) for name in _COLUMNS) for scope in scopes],
    )
    connection.execute(
        "INSERT OR IGNORE INTO arrivals VALUES (?, ?, ?, ?)",
        (source, arrival.batch, arrival.path, arrival.partial),
    )
    connection.execute("DELETE FROM refused WHERE path = ?", (arrival.path,))


def came_again(connection: sqlite3.Connection, source: str, arrival: Arrival, *, meant: bool) -> None:
    """Say that a source that is known came again; whether it is partial is told anew only where that is `meant`."""
    if meant:
        connection.execute("UPDATE arrivals SET partial = ? WHERE source = ?", (arrival.partial, source))
    connection.execute("DELETE FROM refused WHERE path = ? AND source <> ?", (arrival.path, source))


def refuse(connection: sqlite3.Connection, source: str, arrival: Arrival, rejects: Iterable[Reject]) -> None:
    """Write down a file of which no row could be taken."""
    places = sorted({told["place"] for one in rejects if (told := CORRECTION.fullmatch(one.corrects))})
    connection.execute(
        "INSERT OR REPLACE INTO refused VALUES (?, ?, ?)",
        (arrival.path, source, json.dumps(places, ensure_ascii=False)),
    )


def standing(connection: sqlite3.Connection) -> Standing:
    """What stands of the sources that the manifest has."""
    present = {name for (name,) in connection.execute("SELECT id FROM sources WHERE withdrawn = 0")}
    scopes = [_scope(row) for row in connection.execute(f"SELECT {', '.join(_COLUMNS)} FROM scopes")]  # noqa: S608
    arrivals = {
        source: Arrival(batch, path, bool(partial))
        for source, batch, path, partial in connection.execute("SELECT * FROM arrivals")
    }
    wanted = {scope.corrects for scope in scopes if scope.corrects is not None and scope.source in present}
    rejected: dict[str, set[str]] = {}
    if wanted:
        for source, places in connection.execute("SELECT source, places FROM refused"):
            rejected.setdefault(source, set()).update(json.loads(places))
        for source, told in connection.execute("SELECT id, rejects FROM sources WHERE withdrawn = 0"):
            if source in wanted:
                rejected.setdefault(source, set()).update(_places(json.loads(told), source))
    gone = overruled(scopes, arrivals, present, rejected)
    out = {(one.scope.source, one.scope.name) for one in gone}
    stand = [s for s in scopes if s.source in present and (s.source, s.name) not in out]
    void = {source for source, _ in out} - {scope.source for scope in stand}
    corrected = {(s.corrects, s.place) for s in stand if s.corrects is not None and s.place is not None}
    return Standing(tuple(stand), gone, frozenset(corrected), frozenset(void))


def _places(rejects: Iterable[Mapping[str, Any]], source: str) -> Iterable[str]:
    for one in rejects:
        told = CORRECTION.fullmatch(one.get("corrects", ""))
        if told is not None and told["source"] == source:
            yield told["place"]


def _scope(row: tuple[Any, ...]) -> Scope:
    given = dict(zip(_COLUMNS, row, strict=True))
    return Scope(**{**given, "replaces": bool(given["replaces"])})
