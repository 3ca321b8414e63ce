"""Writing the claims of one load (暂存): in bounded transactions on the lanes of its writer. Nobody sees them yet.

Claims are grouped by what they begin at, nodes by their id: a node is looked up once for all of its claims in a batch.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Final

import neo4j
import pyarrow as pa
import pyarrow.compute as pc

from graph.identity import label_of
from graph.ontology import SOURCE, STATES, node_kind
from graph.store.change import Change, unstated
from graph.store.merge import merge_nodes
from graph.store.neo4j.columns import Columns, groups
from graph.store.neo4j.connection import Connection
from graph.store.neo4j.lanes import AT_ONCE, Lanes, Steps
from graph.store.neo4j.rows import stored_table
from graph.store.schema import edge_columns, quoted

BATCH_ROWS: Final = 10_000
_ENDS: Final = ("head", "tail")


class Staging:
    """The claims of one load on their way into the database."""

    def __init__(self, connection: Connection, lanes: Lanes, load: int) -> None:
        self._connection = connection
        self._lanes = lanes
        self._load = load

    def write(self, change: Change) -> tuple[str, ...]:
        """Write all claims of a change; the ids at the ends of edges that it does not state itself."""
        own = pc.unique(change.nodes.column("tail"))
        ends = pc.unique(
            pa.chunked_array(
                [*change.edges.column("head").chunks, *change.edges.column("tail").chunks], pa.string()
            )
        )
        foreign = ends.filter(pc.invert(pc.is_in(ends, value_set=own))).to_pylist()
        self._all([self._source(change)])
        for label, nodes in merge_nodes(change.nodes).items():
            chosen = change.nodes.filter(pc.equal(change.nodes.column("tail_label"), label))
            self._all(self._statements(label, stored_table(nodes), chosen.sort_by("tail")))
        self._mentioned(sorted(foreign))
        for kind in sorted(pc.unique(change.edges.column("kind")).to_pylist()):
            rows = change.edges.filter(pc.equal(change.edges.column("kind"), kind))
            self._all(self._edges(kind, rows.sort_by([(end, "ascending") for end in _ENDS])))
        return tuple(sorted(foreign))

    def _all(self, batches: Iterable[Steps]) -> None:
        """Every batch in a transaction of its own; one is put into words while the server works on others."""
        with ThreadPoolExecutor(AT_ONCE) as threads:
            waiting = [threads.submit(self._one, steps) for steps in batches]
            try:
                for batch in waiting:
                    batch.result()
            finally:
                threads.shutdown(cancel_futures=True)

    def _one(self, steps: Steps) -> None:
        with self._lanes.lane() as lane:
            lane.once(self._load, steps)

    def _source(self, change: Change) -> Steps:
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
        return lambda transaction: _ran(transaction, "CREATE (s:Source) SET s = $values", {"values": values})

    def _statements(self, label: str, nodes: pa.Table, table: pa.Table) -> Iterator[Steps]:
        """The statements of nodes of a kind, each batch with the nodes that it states where they are not there yet."""
        own = _own(STATES.name)
        stored = [name for name in nodes.column_names if name != "id"]
        given, columns = Columns(nodes, nodes.column_names), Columns(table, own)
        values = ", ".join(f"n.{quoted(name)} = {given.value(name)}" for name in stored)
        merge = (
            f"{given.split()} UNWIND range(0, $rows - 1) AS i MERGE (n:Node {{id: {given.value('id')}}}) "
            f"ON CREATE SET n:{quoted(label)}, n.load = $load, {values}"
        )
        create = (
            f"MATCH (s:{SOURCE.name} {{load: $load}}) {columns.split('s')} UNWIND range(0, size($ends) - 1) AS e "
            "MATCH (n:Node {id: $ends[e]}) UNWIND range($begins[e], $begins[e + 1] - 1) AS i "
            f"CREATE (s)-[:{quoted(STATES.name)} {{load: $load, {columns.values(own)}}}]->(n)"
        )
        places = {one: place for place, one in enumerate(nodes.column("id").to_pylist())}

        def steps(rows: pa.Table, stated: pa.Table, transaction: neo4j.ManagedTransaction) -> None:
            count = {"rows": stated.num_rows, "load": self._load}
            _ran(transaction, merge, {**given.parameters(stated), **count})
            self._created(transaction, create, columns, rows, "tail")

        for rows in _pieces(table):
            start, end = (places[rows.column("tail")[row].as_py()] for row in (0, rows.num_rows - 1))
            yield partial(steps, rows, nodes.slice(start, end - start + 1))

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

    def _edges(self, kind: str, table: pa.Table) -> Iterator[Steps]:
        """The edges of a kind."""
        columns = Columns(table, ["tail", *_own(kind)])
        statement = (
            f"{columns.split()} UNWIND range(0, size($ends) - 1) AS e MATCH (h:Node {{id: $ends[e]}}) "
            "UNWIND range($begins[e], $begins[e + 1] - 1) AS i "
            f"MATCH (t:Node {{id: {columns.value('tail')}}}) "
            f"CREATE (h)-[:{quoted(kind)} {{load: $load, {columns.values(_own(kind))}}}]->(t)"
        )

        def steps(rows: pa.Table, transaction: neo4j.ManagedTransaction) -> None:
            self._created(transaction, statement, columns, rows, "head")

        for rows in _pieces(table):
            yield partial(steps, rows)

    def _created(
        self,
        transaction: neo4j.ManagedTransaction,
        statement: str,
        columns: Columns,
        rows: pa.Table,
        end: str,
    ) -> None:
        """Create a claim a row; they are grouped by the id at one of their ends."""
        ends, begins = groups(rows.column(end))
        values = {**columns.parameters(rows), "load": self._load, "ends": ends, "begins": begins}
        if _ran(transaction, statement, values).relationships_created != rows.num_rows:
            raise unstated("…", "…")


def _own(kind: str) -> list[str]:
    """What a claim of a kind keeps besides its ends."""
    return [name for name in edge_columns(kind).names if name not in _ENDS]


def _pieces(table: pa.Table) -> Iterator[pa.Table]:
    for start in range(0, table.num_rows, BATCH_ROWS):
        yield table.slice(start, BATCH_ROWS)


def _ran(
    transaction: neo4j.ManagedTransaction, statement: str, parameters: dict[str, Any]
) -> neo4j.SummaryCounters:
    return transaction.run(statement, parameters).consume().counters
