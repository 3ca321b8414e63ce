"""Tables of a document that are records (文中表格): a list of members in a notice says what a workbook of them says.

A table whose header fits a record kind, with all that the kind requires, is read as records; its rows are then not
read as text a second time. Every other table stays text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

import pyarrow as pa

from graph.claims import CLAIMS
from graph.errors import LiantuError
from graph.language import Text
from ingest.document import Block, Document
from ingest.records.above import filled_down
from ingest.records.header import HEADER_ROWS, checked, find_header
from ingest.records.read import RecordsRead, collect
from ingest.records.sheet import Sheet, narrowed

_PREFIX: Final = "{name}!"
_QUOTE_LIMIT: Final = 400


@dataclass(frozen=True, slots=True)
class TablesRead:
    """What the tables of a document said as records, and the numbers of their blocks, which are no text any more."""

    records: RecordsRead
    blocks: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Table:
    sheet: Sheet
    first: int  # the block of its first row
    rows: int


def tables_read(document: Document, source: str) -> TablesRead | None:
    """The record tables of a document as claims of `source`, each with its row as quote; None where there is none."""
    tables = tuple(_tables(document.blocks))
    if not tables:
        return None
    read = collect((table.sheet for table in tables), document.name, source)
    places = {
        f"{table.sheet.prefix}{number + 1}": table.first + number
        for table in tables
        for number in range(table.rows)
    }
    claims = _placed(read.claims, places, document)
    blocks = frozenset(number for table in tables for number in range(table.first, table.first + table.rows))
    return TablesRead(
        replace(read, claims=claims, notes=(*read.notes, _note(read)), quality=(), scoped=None),
        blocks,
    )


def _note(read: RecordsRead) -> Text:
    return Text(
        f"文中表格按记录读入 {read.rows_taken} 行",
        f"{read.rows_taken} rows of tables in the text were read as records",
    )


def _tables(blocks: Sequence[Block]) -> Iterator[_Table]:
    """The runs of table rows that a record kind fits."""
    count = 0
    for is_table, run in groupby(enumerate(blocks), key=lambda item: item[1].role == "table"):
        if not is_table:
            continue
        numbered = list(run)
        count += 1
        sheet = _sheet(f"{Text('表', 'table ')}{count}", [block.cells for _, block in numbered])
        if sheet is not None:
            yield _Table(sheet, numbered[0][0], len(numbered))


def _sheet(name: str, rows: Sequence[Sequence[str]]) -> Sheet | None:
    width = max(map(len, rows))
    grid = [[*row, *[""] * (width - len(row))] for row in rows]
    found = find_header(grid[:HEADER_ROWS])
    if found is None or found.match.kind.left is not None:
        return None
    try:
        match = checked(found.match, found.headers, name)
    except LiantuError:
        return None  # it lacks what the kind requires: text
    first = found.index + found.depth
    if first >= len(grid):
        return None
    columns = tuple(
        pa.array([row[c] for row in grid[first:]], pa.string()) for c in range(len(found.headers))
    )
    numbers = pa.array(range(first + 1, len(grid) + 1), pa.int64())
    return filled_down(
        narrowed(Sheet(name, _PREFIX.format(name=name), match, found.headers, columns, numbers))
    )


def _placed(claims: pa.Table, places: dict[str, int], document: Document) -> pa.Table:
    """The claims with the words and the place of their row in the document."""
    quotes: list[str | None] = []
    starts: list[int | None] = []
    ends: list[int | None] = []
    told: list[str | None] = []
    for place, quote in zip(
        claims.column("place").to_pylist(), claims.column("quote").to_pylist(), strict=True
    ):
        number = places.get(place)
        if number is None:
            quotes.append(quote)
            starts.append(None)
            ends.append(None)
            told.append(place)
            continue
        words = document.blocks[number].text[:_QUOTE_LIMIT]
        quotes.append(words)
        starts.append(document.starts[number])
        ends.append(document.starts[number] + len(words))
        told.append(document.blocks[number].place)
    for name, values in (("quote", quotes), ("start", starts), ("end", ends), ("place", told)):
        index = CLAIMS.get_field_index(name)
        claims = claims.set_column(index, CLAIMS.field(name), pa.array(values, CLAIMS.field(name).type))
    return claims
