"""The constraints and indexes of a Neo4j graph (约束与索引), derived from the ontology, made before data comes."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Final

from neo4j.exceptions import ClientError

from graph.store.neo4j.connection import Connection
from graph.store.neo4j.state import LAYOUT
from graph.store.schema import edge_kinds, quoted

NODE: Final = "Node"  # every node of the graph has it beside the label of its kind
NAMES_INDEX: Final = "liantu_names"
_UNIQUE: Final = ((NODE, "id"), ("Source", "load"), ("Graph", "id"), ("Load", "token"), ("Lane", "id"))
_INDEXED: Final = (("Source", "id"), ("Lane", "writer"), ("Past", "number"))


@cache
def statements() -> tuple[str, ...]:
    """The statements that make constraints and indexes; running them again changes nothing."""
    unique = [
        f"CREATE CONSTRAINT liantu_{label.lower()}_{name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.{name} IS UNIQUE"
        for label, name in _UNIQUE
    ]
    indexed = [
        f"CREATE INDEX liantu_{label.lower()}_{name} IF NOT EXISTS FOR (n:{label}) ON (n.{name})"
        for label, name in _INDEXED
    ]
    parts = [  # to read all claims of a kind, those of a source, and to clear them
        f"CREATE INDEX liantu_part_{kind.name.lower()} IF NOT EXISTS FOR ()-[r:{quoted(kind.name)}]-() ON (r.part)"
        for kind in edge_kinds()
    ]
    whole_names = (
        f"CREATE FULLTEXT INDEX {NAMES_INDEX} IF NOT EXISTS FOR (n:{NODE}) ON EACH [n.search] "
        "OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}}"
    )
    parts_of_names = f"CREATE TEXT INDEX liantu_parts_of_names IF NOT EXISTS FOR (n:{NODE}) ON (n.search)"
    return (*unique, *indexed, *parts, whole_names, parts_of_names)


@cache
def fingerprint() -> str:
    """A short hash of the statements."""
    return hashlib.sha256("\n".join(statements()).encode()).hexdigest()[:12]


def ensure(connection: Connection) -> None:
    """Make what is missing, and the `Graph` node last, which says that all of it is there."""
    known = connection.rows("MATCH (g:Graph {id: 'liantu'}) RETURN g.schema")
    if known and known[0][0] == fingerprint():
        return
    for statement in statements():
        try:
            connection.run(statement)
        except ClientError as error:
            # another loader made it between this one's look and its own attempt
            if "AlreadyExists" not in (error.code or ""):
                raise
    connection.rows("CALL db.awaitIndexes(300)")
    connection.run(
        "MERGE (g:Graph {id: 'liantu'}) ON CREATE SET g.loads = 0, g.floor = 0, g.layout = $layout "
        "SET g.schema = $schema",
        {"schema": fingerprint(), "layout": LAYOUT},
    )
