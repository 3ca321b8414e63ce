"""What people write who load claims into Neo4j without liantu (手写装载): by the official driver, and by py2neo.bulk.

Both write what `replace` writes: the source, a node with its properties for each that is stated, a STATES edge and the
other edges with all their columns, provenance included. Constraints on ids are there before, batches are as large as
liantu's. Labels and kinds have a suffix of their own, so that all of it can lie beside liantu's in one database.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import neo4j
import py2neo
import pyarrow as pa
from py2neo.bulk import create_nodes, create_relationships

from benchmarks.store import Told
from graph.identity import label_of
from graph.store.merge import merge_nodes
from graph.store.neo4j.staging import PART_ROWS

Row = dict[str, Any]


def batches(table: pa.Table) -> Iterator[list[Row]]:
    """Rows as dictionaries, without the columns that have no value."""
    known = [name for name in table.column_names if table.column(name).null_count < table.num_rows]
    for part in table.select(known).to_batches(PART_ROWS):
        yield part.to_pylist()


def nodes_of(told: Told) -> Iterator[tuple[str, list[Row]]]:
    """The rows of nodes with their kind, in batches; how several statements of a node are merged is given."""
    for label, table in merge_nodes(told[1]).items():
        for rows in batches(table):
            yield label, rows


def kinds_of(told: Told) -> Iterator[tuple[str, list[Row]]]:
    """The rows of edges with their kind, in batches; kinds of both ends of a batch are the same."""
    for table in told[1:]:
        for kind in table.column("kind").unique().to_pylist():
            yield from ((kind, rows) for rows in batches(table.filter(pa.compute.equal(table["kind"], kind))))


class ByDriver:
    """A loop on the official driver: `UNWIND`, ends by an id with a constraint, one statement a kind."""

    suffix = "ByDriver"

    def __init__(self, driver: neo4j.Driver, database: str) -> None:
        self._driver, self._database = driver, database

    def ready(self) -> None:
        """What is there before the load."""
        constrained(self._driver, self._database, self.suffix)

    def load(self, told: Told) -> None:
        """Write everything."""
        end = self.suffix
        with self._driver.session(database=self._database) as session:

            def write(statement: str, rows: list[Row]) -> None:
                session.execute_write(lambda work: work.run(statement, rows=rows).consume())

            write(f"UNWIND $rows AS row CREATE (s:Node{end}:Source{end}) SET s = row", [{"id": told[0].id}])
            for label, rows in nodes_of(told):
                write(f"UNWIND $rows AS row CREATE (n:Node{end}:{label}{end}) SET n = row", rows)
            for kind, rows in kinds_of(told):
                names = [name for name in rows[0] if name not in ("head", "tail")]
                values = ", ".join(f"`{name}`: row.`{name}`" for name in names)
                write(
                    f"UNWIND $rows AS row MATCH (h:Node{end} {{id: row.head}}) MATCH (t:Node{end} {{id: row.tail}}) "
                    f"CREATE (h)-[:{kind}{end} {{{values}}}]->(t)",
                    rows,
                )


class ByPy2neo:
    """The functions of `py2neo.bulk`."""

    suffix = "ByPy2neo"

    def __init__(self, graph: py2neo.Graph, driver: neo4j.Driver, database: str) -> None:
        self._graph, self._driver, self._database = graph, driver, database

    def ready(self) -> None:
        """What is there before the load."""
        constrained(self._driver, self._database, self.suffix)

    def load(self, told: Told) -> None:
        """Write everything."""
        node = f"Node{self.suffix}"
        create_nodes(self._graph.auto(), [{"id": told[0].id}], labels={node, f"Source{self.suffix}"})
        for label, rows in nodes_of(told):
            create_nodes(self._graph.auto(), rows, labels={node, f"{label}{self.suffix}"})
        for kind, rows in kinds_of(told):
            data = [(row.pop("head"), row, row.pop("tail")) for row in rows]
            create_relationships(self._graph.auto(), data, kind + self.suffix, (node, "id"), (node, "id"))


def constrained(driver: neo4j.Driver, database: str, suffix: str) -> None:
    """A constraint on ids, as everybody would begin."""
    driver.execute_query(
        f"CREATE CONSTRAINT liantu_hand_{suffix.lower()} IF NOT EXISTS FOR (n:Node{suffix}) REQUIRE n.id IS UNIQUE",
        database_=database,
    )
    driver.execute_query("CALL db.awaitIndexes(60)", database_=database)


def written(driver: neo4j.Driver, database: str, told: Told, suffix: str) -> tuple[int, int, int]:
    """How many nodes and edges are there of a suffix (none: liantu's), and how many values the edges have.

    What liantu keeps for itself (the number of the part on each edge) does not count.
    """
    labels = sorted({label_of(one) for one in told[1].column("tail").unique().to_pylist()})
    kinds = sorted({kind for table in told[1:] for kind in table.column("kind").unique().to_pylist()})
    nodes, edges, values = 0, 0, 0
    for label in labels:
        found = driver.execute_query(f"MATCH (n:{label}{suffix}) RETURN count(n)", database_=database)
        nodes += found.records[0][0]
    for kind in kinds:
        found = driver.execute_query(
            f"MATCH ()-[r:{kind}{suffix}]->() RETURN count(r), sum(size([k IN keys(r) WHERE k <> 'part']))",
            database_=database,
        )
        edges, values = edges + found.records[0][0], values + found.records[0][1]
    return nodes, edges, values
