"""What a node keeps (节点所存): the columns of its kind, and what the engine looks in and orders by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from graph.store.find import search_text, searchable
from graph.store.neo4j.order import KEY, stored_key
from graph.store.schema import node_columns, quoted


def stored_names(label: str) -> tuple[str, ...]:
    """The properties of a node of this kind, its id first, without its load."""
    return (*node_columns(label).names, "search", KEY)


def stored_row(label: str, row: Mapping[str, Any]) -> list[Any]:
    """The values of these properties, from a row with the columns of the kind."""
    search = search_text(row["name"], row["aliases"])
    return [*(row[name] for name in node_columns(label).names), search, stored_key(row["id"])]


def stored_table(nodes: pa.Table) -> pa.Table:
    """Nodes of a kind with all columns that are kept."""
    keys = [stored_key(identifier) for identifier in nodes.column("id").to_pylist()]
    return searchable(nodes).append_column(KEY, pa.array(keys, pa.string()))


def assignments(label: str) -> str:
    """What gives the node `n` the values of such a `row`, all but the id."""
    return ", ".join(
        f"n.{quoted(name)} = row[{place}]" for place, name in enumerate(stored_names(label)) if place
    )
