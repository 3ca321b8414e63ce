"""Writing the claims of one load (暂存): by parts, each in a transaction on a lane of its writer. Nobody sees them yet.

Claims are grouped by what they begin at, nodes by their id: a node is looked up once for all of its claims in a part.
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
from graph.store.find import searchable
from graph.store.merge import merge_nodes
from graph.store.neo4j.columns import Columns, groups
from graph.store.neo4j.connection import Connection
from graph.store.neo4j.directory import numbered, text_of
from graph.store.neo4j.lanes import AT_ONCE, Lanes, Steps
from graph.store.schema import edge_columns, quoted

# What a transaction holds is copied by every collection of the server's garbage until it ends: 10,000 claims at a time
# take it half as long again, 1,000 pay for more commits.
PART_ROWS: Final = 2_500
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
        stated = {
            label: (nodes, change.nodes.filter(pc.equal(change.nodes.column("tail_label"), label)))
            for label, nodes in merge_nodes(change.nodes).items()
        }
        claimed = {
            kind: change.edges.filter(pc.equal(change.edges.column("kind"), kind))
            for kind in sorted(pc.unique(change.edges.column("kind")).to_pylist())
        }
        sizes = {STATES.name: [size for _, rows in stated.values() for size in part_sizes(rows.num_rows)]}
        sizes |= {kind: part_sizes(rows.num_rows) for kind, rows in claimed.items()}
        numbers = {
            kind: iter([part.number for part in parts]) for kind, parts in numbered(self._load, sizes).items()
        }
        self._all([self._source(change, text_of(sizes))])
        for label, (nodes, rows) in stated.items():
            self._all(self._statements(label, searchable(nodes), rows.sort_by("tail"), numbers[STATES.name]))
        self._mentioned(sorted(foreign))
        for kind, rows in claimed.items():
            ordered = rows.sort_by([(end, "ascending") for end in _ENDS])
            self._all(self._edges(kind, ordered, numbers[kind]))
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

    def _source(self, change: Change, parts: str) -> Steps:
        source = change.source
        values = {
            "id": source.id,
            "name": source.name,
            "medium": source.medium,
            "key": source.key,
            "document": source.document,
            "claims": change.nodes.num_rows + change.edges.num_rows,
            "load": self._load,
            "parts": parts,
        }
        return lambda transaction: _ran(transaction, "CREATE (s:Source) SET s = $values", {"values": values})

    def _statements(
        self, label: str, nodes: pa.Table, table: pa.Table, numbers: Iterator[int]
    ) -> Iterator[Steps]:
        """The statements of nodes of a kind, each part with the nodes that it states where they are not there yet."""
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
            f"CREATE (s)-[:{quoted(STATES.name)} {{part: $part, {columns.values(own)}}}]->(n)"
        )
        places = {one: place for place, one in enumerate(nodes.column("id").to_pylist())}

        def steps(
            rows: pa.Table, number: int, stated: pa.Table, transaction: neo4j.ManagedTransaction
        ) -> None:
            count = {"rows": stated.num_rows, "load": self._load}
            _ran(transaction, merge, {**given.parameters(stated), **count})
            self._created(transaction, create, columns, rows, number, "tail")

        for rows in _pieces(table):
            start, end = (places[rows.column("tail")[row].as_py()] for row in (0, rows.num_rows - 1))
            yield partial(steps, rows, next(numbers), nodes.slice(start, end - start + 1))

    def _mentioned(self, ids: Sequence[str]) -> None:
        """Places for the nodes that other sources state, should they not be there yet."""
        for label in sorted({label_of(one) for one in ids}):
            chosen = [one for one in ids if label_of(one) == label]
            for start in range(0, len(chosen), PART_ROWS):
                self._connection.run(
                    f"UNWIND $ids AS id MERGE (n:Node {{id: id}}) ON CREATE SET n:{quoted(node_kind(label).name)}, "
                    "n.load = $load",
                    {"ids": chosen[start : start + PART_ROWS], "load": self._load},
                )

    def _edges(self, kind: str, table: pa.Table, numbers: Iterator[int]) -> Iterator[Steps]:
        """The edges of a kind."""
        columns = Columns(table, ["tail", *_own(kind)])
        statement = (
            f"{columns.split()} UNWIND range(0, size($ends) - 1) AS e MATCH (h:Node {{id: $ends[e]}}) "
            "UNWIND range($begins[e], $begins[e + 1] - 1) AS i "
            f"MATCH (t:Node {{id: {columns.value('tail')}}}) "
            f"CREATE (h)-[:{quoted(kind)} {{part: $part, {columns.values(_own(kind))}}}]->(t)"
        )

        def steps(rows: pa.Table, number: int, transaction: neo4j.ManagedTransaction) -> None:
            self._created(transaction, statement, columns, rows, number, "head")

        for rows in _pieces(table):
            yield partial(steps, rows, next(numbers))

    def _created(
        self,
        transaction: neo4j.ManagedTransaction,
        statement: str,
        columns: Columns,
        rows: pa.Table,
        number: int,
        end: str,
    ) -> None:
        """Create a claim a row; they are grouped by the id at one of their ends."""
        ends, begins = groups(rows.column(end))
        values = {
            **columns.parameters(rows),
            "load": self._load,
            "part": number,
            "ends": ends,
            "begins": begins,
        }
        if _ran(transaction, statement, values).relationships_created != rows.num_rows:
            raise unstated("…", "…")


def _own(kind: str) -> list[str]:
    """What a claim of a kind keeps besides its ends."""
    return [name for name in edge_columns(kind).names if name not in _ENDS]


def part_sizes(rows: int) -> list[int]:
    """How many claims of a kind go into each of their parts."""
    return [min(PART_ROWS, rows - start) for start in range(0, rows, PART_ROWS)]


def _pieces(table: pa.Table) -> Iterator[pa.Table]:
    for start in range(0, table.num_rows, PART_ROWS):
        yield table.slice(start, PART_ROWS)


def _ran(
    transaction: neo4j.ManagedTransaction, statement: str, parameters: dict[str, Any]
) -> neo4j.SummaryCounters:
    return transaction.run(statement, parameters).consume().counters
