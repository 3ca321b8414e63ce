"""The content hash (内容指纹): equal for graphs that say the same, whatever the order, time or machine of loading.

Rows are put in one order and hashed column by column: which values there are, how long each text is, and the values
themselves, so that no two contents look alike. Claim ids are left out (they number the rows of a source), and so are
the sources' file names. Nodes go in by pages and claims by groups of sources, so that memory is bounded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from graph.ontology import NODES
from graph.store import parts
from graph.store.schema import edge_kinds


@dataclass(frozen=True, slots=True)
class Question:
    """A method of a view, and what it is asked."""

    method: str
    given: tuple[Any, ...]
    named: Mapping[str, Any]

    def of(self, view: Any) -> Any:
        """What it gives: the answer of a view, the steps to it of a reading."""
        return getattr(view, self.method)(*self.given, **self.named)


def content_hash() -> Generator[Question, Any, str]:
    """What to ask a graph, part by part, for a hash of what it says: send the tables, get the hash at the end."""
    content = ContentHash()
    for label in NODES:
        after: str | None = ""
        while after is not None:
            page = yield Question("nodes", (label,), {"after": after, "limit": parts.PAGE_NODES})
            content.add(label, page)
            after = parts.following(page)
    sources = yield Question("sources", (), {})
    for group in parts.source_groups(sources.to_pylist()):
        for kind in edge_kinds():
            rows = yield Question("edges", (kind.name,), {"sources": group})
            content.add(kind.name, rows.drop_columns(["id"]))
    return content.hexdigest()


class ContentHash:
    """Takes the tables of a graph one after another, in a fixed order of their names."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    def add(self, name: str, table: pa.Table) -> None:
        """Take in a table as a set of rows (the order of rows does not count, that of columns does)."""
        self._hash.update(f"\n{name} {table.num_rows}\n".encode())
        scalars = [field.name for field in table.schema if not pa.types.is_list(field.type)]
        order = pc.sort_indices(table, sort_keys=[(column, "ascending") for column in scalars])
        ordered = table.take(order)
        for field in table.schema:
            self._hash.update(f"{field.name} {field.type}\n".encode())
            self._column(_whole(ordered.column(field.name)))

    def hexdigest(self) -> str:
        """The hash of all tables so far, 64 hexadecimal digits."""
        return self._hash.hexdigest()

    def _column(self, column: Any) -> None:
        if pa.types.is_list(column.type):
            self._numbers(pc.fill_null(pc.list_value_length(column), -1), pa.int64())
            self._column(_whole(pc.list_flatten(column)))
            return
        self._numbers(pc.is_valid(column), pa.int8())
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            text = pc.fill_null(column, "")
            self._numbers(pc.binary_length(text), pa.int64())
            self._characters(text.cast(pa.large_string()))
        elif pa.types.is_floating(column.type):
            self._numbers(pc.fill_null(column, 0.0), pa.float64())
        elif pa.types.is_boolean(column.type):
            self._numbers(pc.fill_null(column, False), pa.int8())
        else:
            self._numbers(pc.fill_null(column, 0), pa.int64())

    def _characters(self, text: Any) -> None:
        _, offsets, characters = text.buffers()
        if len(text) and characters is not None:
            places = memoryview(offsets).cast("b").cast("q")
            begin, end = places[text.offset], places[text.offset + len(text)]
            self._hash.update(memoryview(characters)[begin:end])

    def _numbers(self, column: Any, kind: pa.DataType) -> None:
        whole = _whole(column.cast(kind))
        start = whole.offset * (kind.bit_width // 8)
        size = len(whole) * (kind.bit_width // 8)
        if size:
            self._hash.update(memoryview(whole.buffers()[1])[start : start + size])


def _whole(column: Any) -> Any:
    """A column in one piece."""
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
