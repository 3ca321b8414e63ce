"""What a node keeps (节点所存): the columns of its kind, and what the engine looks in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.store.find import search_text
from graph.store.schema import node_columns, quoted


def stored_names(label: str) -> tuple[str, ...]:
    """The properties of a node of this kind, its id first, without its load."""
    return (*node_columns(label).names, "search")


def stored_row(label: str, row: Mapping[str, Any]) -> list[Any]:
    """The values of these properties, from a row with the columns of the kind."""
    search = search_text(row["name"], row["aliases"])
    return [*(row[name] for name in node_columns(label).names), search]


def assignments(label: str) -> str:
    """What gives the node `n` the values of such a `row`, all but the id."""
    return ", ".join(
        f"n.{quoted(name)} = row[{place}]" for place, name in enumerate(stored_names(label)) if place
    )
