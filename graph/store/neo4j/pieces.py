"""Tables by the column (成列读取): the end of a statement that gives many rows as a few, each with a list a column.

A row an answer takes the driver ten times as long as its values do. Many rows come in one of the answer, but not all of
them: until a piece is made, the server holds of each row but where it lies.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import pyarrow as pa

from graph.store.schema import edge_columns, node_columns, quoted

ROWS: Final = 10_000
"""The most rows of a piece."""


def columns(one: str, values: Mapping[str, str]) -> str:
    """The end of a statement that gives, for all that the variable `one` stands for, the expressions `values`."""
    many = f"{one}s"
    lists = (f"[{one} IN {many} | {value}]" for value in values.values())
    return (
        f"WITH collect({one}) AS {many} UNWIND range(0, size({many}) - 1, {ROWS}) AS i "
        f"WITH {many}[i..i + {ROWS}] AS {many} RETURN {', '.join(lists)}"
    )


def columns_of_nodes(label: str) -> str:
    """The same for the nodes `n` and the columns of their kind."""
    values = {name: f"n.{quoted(name)}" for name in node_columns(label).names}
    if "aliases" in values:
        values["aliases"] = "coalesce(n.aliases, [])"  # an importer leaves empty lists out
    return columns("n", values)


def columns_of_claims(kind: str) -> str:
    """The same for the claims `r` and the columns of their kind."""
    values = {name: f"r.{quoted(name)}" for name in edge_columns(kind).names}
    return columns("r", values | {"head": "startNode(r).id", "tail": "endNode(r).id", "kind": f"'{kind}'"})


def table_of(schema: pa.Schema, pieces: Iterable[Sequence[Sequence[Any]]]) -> pa.Table:
    """The table of these pieces."""
    made = [
        pa.Table.from_arrays(
            [pa.array(column, field.type) for column, field in zip(piece, schema, strict=True)], schema=schema
        )
        for piece in pieces
    ]
    return pa.concat_tables([schema.empty_table(), *made])
