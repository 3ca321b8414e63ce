"""Clearing what nobody can see any more (清理): loads of killed writers at once, replaced ones after the grace time."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from neo4j.exceptions import ClientError, Neo4jError

from graph.errors import LiantuError
from graph.store.neo4j.connection import Connection
from graph.store.neo4j.directory import PARTS_OF_LOAD, sizes_of
from graph.store.neo4j.lanes import forget, wait_for
from graph.store.neo4j.loads import WriterName, is_dead
from graph.store.neo4j.state import GRAPH
from graph.store.schema import quoted

_ROWS: Final = 2_500  # as many as a part has at most: what a transaction deletes it holds, some 4 KB a claim
_CLAIM: Final = (
    "MATCH (l:Load {token: $load}) SET l.lock = $writer WITH l "
    "WHERE l.cleaner IS NULL OR l.cleaner = $writer OR l.cleaner IN $dead "
    "SET l.cleaner = $writer, l.beat = timestamp() RETURN l.writer"
)


def clear(connection: Connection, writer: WriterName) -> None:
    """Clear what killed writers left, and what has been invisible for longer than the grace time."""
    found = connection.rows(
        "MATCH (l:Load) OPTIONAL MATCH (a:Lane {writer: l.writer}) "
        "WITH l, coalesce(l.beat, 0) AS begun, coalesce(max(a.beat), 0) AS moved "
        "RETURN l.token, l.writer, l.cleaner, timestamp() - CASE WHEN moved > begun THEN moved ELSE begun END, "
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
        _clear_load(connection, writer, load, dead_cleaners)
    lanes = connection.rows(
        "MATCH (a:Lane) WHERE NOT EXISTS { MATCH (:Load {writer: a.writer}) } "
        "RETURN a.writer, timestamp() - coalesce(max(a.beat), timestamp())"  # none: another one just deleted it
    )
    for holder, silence in lanes:
        if is_dead(holder, silence / 1000):
            forget(connection, holder)


def clear_own(connection: Connection, writer: WriterName, load: int) -> None:
    """Clear a load of this writer that it gives up; nothing where it has become visible."""
    pending = connection.rows("MATCH (l:Load {token: $load}) WHERE l.ended IS NULL RETURN 1", {"load": load})
    if pending:
        _clear_load(connection, writer, load, [])


def _clear_load(connection: Connection, writer: WriterName, load: int, dead_cleaners: list[str]) -> None:
    """The claims of a load, its source, the nodes that nothing names any more; the register last."""
    claimed = connection.run(_CLAIM, {"load": load, "writer": writer.text, "dead": dead_cleaners})
    if not claimed:
        return
    # Nothing is written to it from now on but by what was on its way.
    if claimed[0][0] is not None:
        wait_for(connection, claimed[0][0], writer.text)
    # The source is written first and cleared last: without it nothing else is there.
    source = connection.rows("MATCH (s:Source {load: $load}) RETURN s.parts", {"load": load})
    for kind in reversed(sizes_of(source[0][0])) if source else ():
        # A node goes with its last claim. One that another writer takes up in this moment stays, and so does the batch.
        _repeated(
            connection,
            f"MATCH (h)-[r:{quoted(kind)}]->(t) USING INDEX r:{quoted(kind)}(part) "
            "WHERE $first <= r.part <= $last WITH h, r, t LIMIT $rows DELETE r "
            "WITH collect(h) + collect(t) AS ends, count(*) AS removed "
            "CALL { WITH ends UNWIND ends AS n WITH DISTINCT n WHERE n:Node AND NOT EXISTS { (n)--() } DELETE n } "
            "RETURN removed",
            {"first": load * PARTS_OF_LOAD, "last": (load + 1) * PARTS_OF_LOAD - 1},
        )
    connection.run("MATCH (s:Source {load: $load}) DETACH DELETE s", {"load": load})
    connection.run("MATCH (l:Load {token: $load}) DELETE l", {"load": load})


def _repeated(connection: Connection, statement: str, parameters: Mapping[str, object]) -> None:
    rows, conflicts = _ROWS, 0
    while True:
        try:
            if not connection.run(statement, {**parameters, "rows": rows})[0][0]:
                return
        except (ClientError, LiantuError) as error:
            if isinstance(error, LiantuError) and error.code != "graph.constraint":
                raise
            conflicts += 1
            rows = max(1, rows // 10)
            if conflicts > 20:
                raise


def clear_quietly(connection: Connection, writer: WriterName) -> None:
    """As `clear`; what could not be done now is left to the next writer."""
    with suppress(LiantuError, Neo4jError):
        clear(connection, writer)
