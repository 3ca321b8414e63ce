"""Writing the claims of one load (暂存): in bounded transactions, each done once however often it is tried.

Nobody sees them yet. A transaction begins by making a `Batch` of its own number: a second attempt, after a connection
was cut between the work and its answer, finds that it is there and ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import neo4j
import pyarrow as pa
import pyarrow.compute as pc
from neo4j.exceptions import ConstraintError

from graph.errors import LiantuError
from graph.identity import label_of
from graph.ontology import STATES, node_kind
from graph.store.change import Change, unstated
from graph.store.merge import merge_nodes
from graph.store.neo4j.connection import Connection
from graph.store.neo4j.rows import assignments, stored_row
from graph.store.schema import edge_columns, quoted

BATCH_ROWS: Final = 10_000
_AT_ONCE: Final = 2
_BEGUN: Final = (
    "MATCH (l:Load {token: $load}) SET l.beat = timestamp() "
    "CREATE (b:Batch {id: $batch, load: $load}) RETURN b.id"
)
Steps = Callable[[neo4j.ManagedTransaction], object]


class _DoneError(Exception):
    """The batch was written by an earlier attempt."""


class Staging:
    """The claims of one load on their way into the database."""

    def __init__(self, connection: Connection, load: int) -> None:
        self._connection = connection
        self._load = load
        self._batch = 0

    def write(self, change: Change) -> tuple[str, ...]:
        """Write all claims of a change; the ids at the ends of edges that it does not state itself."""
        own = pc.unique(change.nodes.column("tail"))
        ends = pc.unique(
            pa.chunked_array(
                [*change.edges.column("head").chunks, *change.edges.column("tail").chunks], pa.string()
            )
        )
        foreign = ends.filter(pc.invert(pc.is_in(ends, value_set=own))).to_pylist()
        self._source(change)
        self._statements(change)
        self._mentioned(sorted(foreign))
        for kind in sorted(pc.unique(change.edges.column("kind")).to_pylist()):
            rows = change.edges.filter(pc.equal(change.edges.column("kind"), kind))
            self._edges(kind, rows)
        return tuple(sorted(foreign))

    def _source(self, change: Change) -> None:
        source = change.source
        values = {
            "id": source.id,
            "name": source.name,
            "medium": source.medium,
            "key": source.key,
            "document": source.document,
            "claims": change.nodes.num_rows + change.edges.num_rows,
            "load": self._load,
        }
        self._once(
            lambda transaction: _ran(transaction, "CREATE (s:Source) SET s = $values", {"values": values}),
            self._next_batch(),
        )

    def _statements(self, change: Change) -> None:
        """The statements of the source, each batch with the nodes that it states where they are not there yet."""
        for label, nodes in merge_nodes(change.nodes).items():
            given = {row["id"]: row for row in nodes.to_pylist()}
            chosen = change.nodes.filter(pc.equal(change.nodes.column("tail_label"), label)).sort_by("tail")
            for rows in _pieces(chosen):
                columns = _Columns(STATES.name, rows)
                ids = rows.column("tail").to_pylist()
                stated = [stored_row(label, given[one]) for one in dict.fromkeys(ids)]
                merge = (
                    f"UNWIND $rows AS row MERGE (n:Node {{id: row[0]}}) ON CREATE SET n:{quoted(label)}, "
                    f"n.load = $load, {assignments(label)}"
                )
                create = (
                    "MATCH (s:Source {load: $load}) UNWIND $rows AS row MATCH (n:Node {id: row[0]}) "
                    f"CREATE (s)-[:STATES {{{columns.values(1)}}}]->(n)"
                )

                def work(
                    transaction: neo4j.ManagedTransaction,
                    merge: str = merge,
                    create: str = create,
                    stated: list[list[Any]] = stated,
                    ids: list[str] = ids,
                    columns: _Columns = columns,
                ) -> None:
                    _ran(transaction, merge, {"rows": stated, "load": self._load})
                    self._created(transaction, create, columns, [ids])

                self._once(work, self._next_batch())

    def _mentioned(self, ids: Sequence[str]) -> None:
        """Places for the nodes that other sources state, should they not be there yet."""
        for label in sorted({label_of(one) for one in ids}):
            chosen = [one for one in ids if label_of(one) == label]
            for start in range(0, len(chosen), BATCH_ROWS):
                self._connection.run(
                    f"UNWIND $ids AS id MERGE (n:Node {{id: id}}) ON CREATE SET n:{quoted(node_kind(label).name)}, "
                    "n.load = $load",
                    {"ids": chosen[start : start + BATCH_ROWS], "load": self._load},
                )

    def _edges(self, kind: str, table: pa.Table) -> None:
        """The edges of a kind: one batch is put into words while the server works on another."""
        ordered = table.sort_by([("head", "ascending"), ("tail", "ascending")])
        with ThreadPoolExecutor(_AT_ONCE) as threads:
            waiting = [
                threads.submit(self._edge_batch, kind, rows, self._next_batch()) for rows in _pieces(ordered)
            ]
            try:
                for batch in waiting:
                    batch.result()
            finally:
                threads.shutdown(cancel_futures=True)

    def _edge_batch(self, kind: str, rows: pa.Table, batch: str) -> None:
        columns = _Columns(kind, rows)
        statement = (
            "UNWIND $rows AS row MATCH (h:Node {id: row[0]}) MATCH (t:Node {id: row[1]}) "
            f"CREATE (h)-[:{quoted(kind)} {{{columns.values(2)}}}]->(t)"
        )
        ends = [rows.column(name).to_pylist() for name in ("head", "tail")]
        self._once(lambda transaction: self._created(transaction, statement, columns, ends), batch)

    def _created(
        self,
        transaction: neo4j.ManagedTransaction,
        statement: str,
        columns: _Columns,
        ends: list[list[Any]],
    ) -> None:
        rows = columns.rows(ends)
        counters = _ran(transaction, statement, {"rows": rows, "load": self._load, **columns.constant})
        if counters.relationships_created != len(rows):
            raise unstated(columns.kind, "…")

    def _next_batch(self) -> str:
        self._batch += 1
        return f"{self._load}/{self._batch}"

    def _once(self, steps: Steps, batch: str) -> None:
        """Run the steps in a transaction of their own, unless an earlier attempt has done so."""

        def work(transaction: neo4j.ManagedTransaction) -> None:
            try:
                begun = transaction.run(_BEGUN, {"load": self._load, "batch": batch}).values()
            except ConstraintError:
                raise _DoneError from None
            if not begun:
                raise LiantuError("graph.lost")
            steps(transaction)

        try:
            self._connection.write(work)
        except _DoneError:
            return


class _Columns:
    """The columns of claims as a statement takes them: what is the same in all rows is sent once."""

    def __init__(self, kind: str, table: pa.Table) -> None:
        self.kind = kind
        self.constant: dict[str, Any] = {}
        self._names: list[str] = []
        self._varying: list[list[Any]] = []
        for name in edge_columns(kind).names:
            if name in ("head", "tail"):
                continue
            column = table.column(name)
            if column.null_count == len(column):
                continue
            if column.null_count == 0 and (
                name in ("kind", "source") or pc.count_distinct(column).as_py() == 1
            ):
                self.constant[f"all_{name}"] = column[0].as_py()
            else:
                self._varying.append(column.to_pylist())
            self._names.append(name)

    def values(self, first: int) -> str:
        """What stands in the braces of the claim to create; the rows' own values begin at place `first`."""
        parts = ["load: $load"]
        place = first
        for name in self._names:
            if f"all_{name}" in self.constant:
                parts.append(f"{quoted(name)}: $all_{name}")
            else:
                parts.append(f"{quoted(name)}: row[{place}]")
                place += 1
        return ", ".join(parts)

    def rows(self, ends: list[list[Any]]) -> list[list[Any]]:
        """The rows: the ends first, then what varies."""
        return [list(row) for row in zip(*ends, *self._varying, strict=True)]


def _pieces(table: pa.Table) -> Iterator[pa.Table]:
    for start in range(0, table.num_rows, BATCH_ROWS):
        yield table.slice(start, BATCH_ROWS)


def _ran(
    transaction: neo4j.ManagedTransaction, statement: str, parameters: dict[str, Any]
) -> neo4j.SummaryCounters:
    return transaction.run(statement, parameters).consume().counters
