"""Making a batch visible (切换): the rows of the nodes that it touches, then one property that says what is shown.

Before a row that a view may be reading is changed, the old one is kept in `Past`, under the number of the version that
is being made: views of earlier versions read it there. So rows change in bounded transactions, and if the writer is
killed between them the next one puts the old rows back.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import neo4j
import pyarrow as pa

from graph.identity import label_of
from graph.ontology import node_kind
from graph.store.change import unstated
from graph.store.merge import merge_nodes
from graph.store.neo4j.connection import Connection
from graph.store.neo4j.loads import Turn
from graph.store.neo4j.pieces import columns, columns_of_nodes, table_of
from graph.store.neo4j.rows import assignments, stored_row
from graph.store.neo4j.state import NOTHING, Row, State
from graph.store.neo4j.visible import edge_visible, node_visible, source_visible
from graph.store.schema import edge_columns, node_columns, quoted

_ROWS: Final = 5_000
_STATED: Final = ("tail", "source", "method", "confidence", "local", "name", "aliases", "properties")
_STATEMENTS: Final = pa.schema([edge_columns("STATES").field(name) for name in _STATED])


@dataclass(frozen=True, slots=True)
class Staged:
    """A load that waits to become visible, and the nodes at the ends of its edges that it does not state itself."""

    load: int
    foreign: tuple[str, ...]


def switch(held: Turn, changes: Mapping[str, Staged | None]) -> bool:
    """Make the next version, or `claim.evidence` where a claim would lose its end; whether there was a change."""
    connection, before = held.connection, held.state or NOTHING
    live = connection.rows(
        f"MATCH (s:Source) WHERE s.id IN $names AND {source_visible('s')} RETURN s.load",
        {"names": list(changes), **before.parameters},
    )
    leaving = [int(load) for (load,) in live]
    coming = [staged.load for staged in changes.values() if staged is not None]
    if held.state is not None and not leaving and not coming:
        return False
    after = before.next(held.newest, (held.pending | frozenset(leaving)) - frozenset(coming))
    foreign = sorted({one for staged in changes.values() if staged is not None for one in staged.foreign})
    _require_stated(connection, after, leaving, foreign)
    for ids in _parts(_touched(connection, coming, leaving)):
        _merge(held, before, after, ids)
    held.publish(after, coming, leaving)
    return True


def undo_rows(held: Turn) -> None:
    """Put back the rows that were changed for a version that was never published."""
    version = (held.state or NOTHING).version
    kept = held.connection.rows(
        "MATCH (p:Past) WHERE p.number > $version AND p.undone IS NULL RETURN p.number, p.rows",
        {"version": version},
    )
    if not kept:
        return
    rows: dict[str, Row] = {}
    for _, text in sorted(kept, key=lambda part: int(part[0]), reverse=True):
        rows |= json.loads(text)
    for ids in _parts(list(rows)):
        _set(held, [{"id": one, **rows[one]} for one in ids])
    held.connection.run("MATCH (p:Past) WHERE p.number > $version SET p.undone = true", {"version": version})


def _touched(connection: Connection, coming: Sequence[int], leaving: Sequence[int]) -> list[str]:
    """The nodes whose rows may not be what visible sources will state of them together."""
    found = connection.rows(
        "MATCH (s:Source)-[:STATES]->(n) WHERE s.load IN $loads AND (s.load IN $leaving OR n.load <> s.load "
        "OR COUNT { (n)<-[:STATES]-() } > 1) RETURN DISTINCT n.id",
        {"loads": [*coming, *leaving], "leaving": list(leaving)},
    )
    return sorted(str(identifier) for (identifier,) in found)


def _require_stated(
    connection: Connection, after: State, leaving: Sequence[int], foreign: Sequence[str]
) -> None:
    bare = connection.rows(
        f"MATCH (s:Source)-[:STATES]->(n) WHERE s.load IN $leaving AND NOT {node_visible('n')} "
        f"MATCH (n)-[r]-() WHERE {edge_visible('r')} RETURN r.kind, n.id LIMIT 1",
        {"leaving": list(leaving), **after.parameters},
    )
    for ids in _parts(foreign) if not bare else ():
        bare = connection.rows(
            f"UNWIND $ids AS id MATCH (n:Node {{id: id}}) WHERE NOT {node_visible('n')} "
            f"MATCH (n)-[r]-() WHERE {edge_visible('r')} RETURN r.kind, n.id LIMIT 1",
            {"ids": ids, **after.parameters},
        )
        if bare:
            break
    if bare:
        raise unstated(*bare[0])


def _merge(held: Turn, before: State, after: State, ids: list[str]) -> None:
    """Bring the rows of some nodes to what is stated of them after the switch."""
    values = {name: f"r.{quoted(name)}" for name in _STATED} | {"tail": "endNode(r).id"}
    statements = held.connection.rows(
        f"UNWIND $ids AS id MATCH (:Node {{id: id}})<-[r:STATES WHERE {edge_visible('r')}]-() {columns('r', values)}",
        {"ids": ids, **after.parameters},
    )
    changed: list[Row] = []
    old: dict[str, Row] = {}
    for label, table in merge_nodes(table_of(_STATEMENTS, statements)).items():
        wanted = {row["id"]: row for row in table.to_pylist()}
        stored = held.connection.rows(
            f"UNWIND $ids AS id MATCH (n:Node {{id: id}}) {columns_of_nodes(label)}", {"ids": list(wanted)}
        )
        rows = [row for row in table_of(node_columns(label), stored).to_pylist() if row != wanted[row["id"]]]
        changed += [wanted[row["id"]] for row in rows]
        seen = held.connection.rows(
            f"UNWIND $ids AS id MATCH (n:Node {{id: id}}) WHERE {node_visible('n')} RETURN collect(id)",
            {"ids": [row["id"] for row in rows], **before.parameters},
        )
        old |= {row["id"]: row for row in rows if row["id"] in set(seen[0][0])}
    if old:
        _keep(held, after.version, old)
    _set(held, changed)


def _keep(held: Turn, number: int, rows: Mapping[str, Row]) -> None:
    def work(transaction: neo4j.ManagedTransaction) -> None:
        held.hold(transaction)
        transaction.run(
            "CREATE (p:Past {number: $number, rows: $rows, since: timestamp()})",
            {"number": number, "rows": json.dumps(rows, ensure_ascii=False)},
        ).consume()

    held.connection.write(work)


def _set(held: Turn, rows: Sequence[Row]) -> None:
    """Write rows of nodes; their load is none, so that the next one to state them looks at them again."""
    for label in sorted({label_of(row["id"]) for row in rows}):
        given = [stored_row(label, row) for row in rows if label_of(row["id"]) == label]
        statement = (
            f"UNWIND $rows AS row MATCH (n:Node {{id: row[0]}}) "
            f"SET n:{quoted(node_kind(label).name)}, n.load = 0, {assignments(label)}"
        )

        def work(
            transaction: neo4j.ManagedTransaction,
            statement: str = statement,
            given: list[list[Any]] = given,
        ) -> None:
            held.hold(transaction)
            transaction.run(statement, {"rows": given}).consume()

        held.connection.write(work)


def _parts(ids: Sequence[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), _ROWS):
        yield list(ids[start : start + _ROWS])
