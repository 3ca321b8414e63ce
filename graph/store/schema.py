"""The tables of an embedded graph (表结构), derived from the ontology: one per node kind and one per edge kind.

A node table has `id` (the primary key), `name`, `aliases` and the kind's properties; an edge table has `id`, `kind`,
the evidence and the kind's own properties, for every pair of node kinds that it may join. Every name in a statement
comes from here, never from a value, and is quoted, because `end` and `order` are words of the query language.
Beside them a node table keeps `search`: its normalised name and aliases, one a line, which `find` looks in.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Final

import pyarrow as pa

from graph.claims import ARROW_TYPES
from graph.errors import LiantuError
from graph.ontology import EDGES, EVIDENCE, NODES, SOURCE, STATES, EdgeKind, NodeKind, Type, edge_kind

_ENGINE_TYPES: Final = {
    Type.TEXT: "STRING",
    Type.INTEGER: "INT64",
    Type.NUMBER: "DOUBLE",
    Type.BOOLEAN: "BOOL",
    Type.DATE: "STRING",
}


def quoted(name: str) -> str:
    """A name of the ontology as statements write it."""
    return f"`{name}`"


def edge_kinds() -> tuple[EdgeKind, ...]:
    """Every edge kind that has a table: those of the ontology, and STATES first."""
    return (STATES, *EDGES.values())


@cache
def node_columns(label: str) -> pa.Schema:
    """The columns of a node table in order; `Source` has no aliases."""
    if label == SOURCE.name:
        head = [("id", pa.string()), ("name", pa.string())]
        kind = SOURCE
    elif label in NODES:
        head = [("id", pa.string()), ("name", pa.string()), ("aliases", pa.list_(pa.string()))]
        kind = NODES[label]
    else:
        raise LiantuError("claim.kind", kind=label)
    return pa.schema([*head, *((item.name, ARROW_TYPES[item.type]) for item in kind.properties)])


@cache
def edge_columns(kind: str) -> pa.Schema:
    """The columns of an edge table as a reader gets them: `id`, `kind`, `head`, `tail`, evidence, own properties."""
    declared = STATES if kind == STATES.name else EDGES.get(kind)
    if declared is None:
        raise LiantuError("claim.kind", kind=kind)
    ends = [(name, pa.string()) for name in ("id", "kind", "head", "tail")]
    own = [(item.name, ARROW_TYPES[item.type]) for item in (*EVIDENCE, *declared.properties)]
    return pa.schema([*ends, *own])


@cache
def edge_ends(kind: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The node kinds that an edge kind begins at, and those that it ends at."""
    ends = (STATES if kind == STATES.name else edge_kind(kind)).ends
    return tuple(dict.fromkeys(head for head, _ in ends)), tuple(dict.fromkeys(tail for _, tail in ends))


def statements() -> tuple[str, ...]:
    """The statements that make an empty graph."""
    nodes = [_node_table(kind) for kind in (SOURCE, *NODES.values())]
    return (*nodes, *(_edge_table(kind) for kind in edge_kinds()))


@cache
def fingerprint() -> str:
    """A short hash of the tables: a version of the graph that was made with other tables cannot be changed in place."""
    return hashlib.sha256("\n".join(statements()).encode()).hexdigest()[:12]


def _node_table(kind: NodeKind) -> str:
    columns = ["`id` STRING PRIMARY KEY", "`name` STRING"]
    if kind is not SOURCE:
        columns += ["`aliases` STRING[]", "`search` STRING"]
    columns += [f"{quoted(item.name)} {_ENGINE_TYPES[item.type]}" for item in kind.properties]
    return f"CREATE NODE TABLE {quoted(kind.name)}({', '.join(columns)})"


def _edge_table(kind: EdgeKind) -> str:
    pairs = [f"FROM {quoted(head)} TO {quoted(tail)}" for head, tail in kind.ends]
    columns = ["`id` STRING", "`kind` STRING"]
    columns += [f"{quoted(item.name)} {_ENGINE_TYPES[item.type]}" for item in (*EVIDENCE, *kind.properties)]
    return f"CREATE REL TABLE {quoted(kind.name)}({', '.join((*pairs, *columns))})"
