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
def named_statements() -> dict[str, str]:
    """The statements that make constraints and indexes, by the name of each; running them again changes nothing."""
    made = {
        f"liantu_{label.lower()}_{name}": ("CONSTRAINT", f"(n:{label}) REQUIRE n.{name} IS UNIQUE")
        for label, name in _UNIQUE
    }
    made |= {
        f"liantu_{label.lower()}_{name}": ("INDEX", f"(n:{label}) ON (n.{name})") for label, name in _INDEXED
    }
    made |= {  # to read all claims of a kind, those of a source, and to clear them
        f"liantu_part_{kind.name.lower()}": ("INDEX", f"()-[r:{quoted(kind.name)}]-() ON (r.part)")
        for kind in edge_kinds()
    }
    bigrams = "OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}}"
    made[NAMES_INDEX] = ("FULLTEXT INDEX", f"(n:{NODE}) ON EACH [n.search] {bigrams}")
    made["liantu_parts_of_names"] = ("TEXT INDEX", f"(n:{NODE}) ON (n.search)")
    return {name: f"CREATE {what} {name} IF NOT EXISTS FOR {where}" for name, (what, where) in made.items()}


def statements() -> tuple[str, ...]:
    """The statements alone."""
    return tuple(named_statements().values())


@cache
def fingerprint() -> str:
    """A short hash of the statements."""
    return hashlib.sha256("\n".join(statements()).encode()).hexdigest()[:12]


def ensure(connection: Connection) -> None:
    """Make what is missing, and the `Graph` node last, which says that all of it is there."""
    known = connection.rows("MATCH (g:Graph {id: 'liantu'}) RETURN g.schema")
    if known and known[0][0] == fingerprint():
        return
    there = {
        str(name) for (name,) in connection.rows("SHOW INDEXES YIELD name")
    }  # a constraint has one of its name
    for name, statement in named_statements().items():
        if name in there:
            continue
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
