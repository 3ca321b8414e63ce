"""Clearing what nobody can see any more (清理): loads of killed writers at once, replaced ones after the grace time."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from neo4j.exceptions import ClientError, Neo4jError

from graph.errors import LiantuError
from graph.store.neo4j.connection import Connection
from graph.store.neo4j.loads import WriterName, is_dead
from graph.store.neo4j.state import GRAPH
from graph.store.schema import edge_kinds, quoted

_ROWS: Final = 10_000
_CLAIM: Final = (
    "MATCH (l:Load {token: $load}) SET l.lock = $writer WITH l "
    "WHERE l.cleaner IS NULL OR l.cleaner = $writer OR l.cleaner IN $dead "
    "SET l.cleaner = $writer, l.beat = timestamp() RETURN l.token"
)


def clear(connection: Connection, writer: WriterName) -> None:
    """Clear what killed writers left, and what has been invisible for longer than the grace time."""
    found = connection.rows(
        "MATCH (l:Load) RETURN l.token, l.writer, l.cleaner, timestamp() - coalesce(l.beat, 0), "
        "timestamp() - l.ended, l.version"
    )
    grace = connection.grace_seconds * 1000
    left: list[int] = []
    expired: list[int] = []
    versions: list[int] = []
    dead_cleaners = []
    for load, holder, cleaner, silence, ended, version in found:
        if cleaner and is_dead(cleaner, silence / 1000):
            dead_cleaners.append(cleaner)
        if ended is None and is_dead(holder, silence / 1000):
            left.append(load)
        elif ended is not None and ended >= grace:
            expired.append(load)
            versions.append(version)
    past = connection.rows(
        "MATCH (p:Past) WHERE timestamp() - p.since >= $grace RETURN max(p.number)", {"grace": grace}
    )
    floor = max([*versions, past[0][0] or 0])
    if floor:
        # Views that would need what goes are told so before it goes.
        connection.run(
            f"MATCH {GRAPH} SET g.lock = $writer SET g.floor = CASE WHEN g.floor < $floor THEN $floor ELSE g.floor END",
            {"writer": writer.text, "floor": floor},
        )
        connection.run("MATCH (p:Past) WHERE timestamp() - p.since >= $grace DELETE p", {"grace": grace})
    for load in (*left, *expired):
        if connection.run(_CLAIM, {"load": load, "writer": writer.text, "dead": dead_cleaners}):
            _clear_load(connection, load)
    # The marks of the batches of loads that are complete.
    _repeated(
        connection,
        "MATCH (b:Batch) WHERE NOT EXISTS { MATCH (:Load {token: b.load}) } WITH b LIMIT $rows DELETE b RETURN count(*)",
        [],
    )


def clear_own(connection: Connection, writer: WriterName, load: int) -> None:
    """Clear a load of this writer that it gives up; nothing where it has become visible."""
    pending = connection.rows("MATCH (l:Load {token: $load}) WHERE l.ended IS NULL RETURN 1", {"load": load})
    if pending and connection.run(_CLAIM, {"load": load, "writer": writer.text, "dead": []}):
        _clear_load(connection, load)


def _clear_load(connection: Connection, load: int) -> None:
    """The claims of a load, its source, the nodes that nothing names any more; the register last."""
    for kind in reversed(edge_kinds()):
        # A node goes with its last claim. One that another writer takes up in this moment stays, and so does the batch.
        _repeated(
            connection,
            f"MATCH (h)-[r:{quoted(kind.name)}]->(t) WHERE r.load IN $loads WITH h, r, t LIMIT $rows DELETE r "
            "WITH collect(h) + collect(t) AS ends, count(*) AS removed "
            "CALL { WITH ends UNWIND ends AS n WITH DISTINCT n WHERE n:Node AND NOT EXISTS { (n)--() } DELETE n } "
            "RETURN removed",
            [load],
        )
    _repeated(
        connection,
        "MATCH (b:Batch) WHERE b.load IN $loads WITH b LIMIT $rows DELETE b RETURN count(*)",
        [load],
    )
    connection.run("MATCH (s:Source {load: $load}) DETACH DELETE s", {"load": load})
    connection.run("MATCH (l:Load {token: $load}) DELETE l", {"load": load})


def _repeated(connection: Connection, statement: str, loads: list[int]) -> None:
    rows, conflicts = _ROWS, 0
    while True:
        try:
            if not connection.run(statement, {"loads": loads, "rows": rows})[0][0]:
                return
        except ClientError:
            conflicts += 1
            rows = max(1, rows // 10)
            if conflicts > 20:
                raise


def clear_quietly(connection: Connection, writer: WriterName) -> None:
    """As `clear`; what could not be done now is left to the next writer."""
    with suppress(LiantuError, Neo4jError):
        clear(connection, writer)
