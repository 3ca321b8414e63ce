"""Tables of a document that are records (文中表格): a list of members in a notice says what a workbook of them says.

A table whose header fits a record kind, with all that the kind requires, is read as records; its rows are then not
read as text a second time. Every other table stays text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Final

import pyarrow as pa

from graph.claims import CLAIMS
from graph.errors import LiantuError
from graph.language import Text
from ingest.document import Block, Document
from ingest.records.above import filled_down
from ingest.records.header import HEADER_ROWS, best_match, checked, find_header, with_units
from ingest.records.read import RecordsRead, collect
from ingest.records.sheet import Sheet, narrowed
from ingest.records.title import line_above, titled_header
from ingest.records.validity import checked_validity
from ingest.reject import Reject, reason

_PREFIX: Final = "{name}!"
_QUOTE_LIMIT: Final = 400
_ABOVE: Final = 2  # lines above a table that may tell its unit
_LONGEST_ABOVE: Final = 60  # characters

_Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class TablesRead:
    """What the tables of a document said as records, and the numbers of their blocks, which are no text any more."""

    records: RecordsRead
    blocks: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Table:
    sheet: Sheet | Reject  # or why it is not taken
    first: int  # the block of its first row
    rows: int


def tables_read(document: Document, source: str) -> TablesRead | None:
    """The record tables of a document as claims of `source`, each with its row as quote; None where there is none."""
    tables = tuple(_tables(document))
    if not tables:
        return None
    sheets = [(table.sheet, table) for table in tables if isinstance(table.sheet, Sheet)]
    read = collect((sheet for sheet, _ in sheets), document.name, source)
    read = replace(read, rejects=(*(t.sheet for t in tables if isinstance(t.sheet, Reject)), *read.rejects))
    places = {
        f"{sheet.prefix}{number + 1}": table.first + number
        for sheet, table in sheets
        for number in range(table.rows)
    }
    claims = _placed(read.claims, places, document)
    notes = (*read.notes, _note(read)) if sheets else read.notes
    blocks = frozenset(number for table in tables for number in range(table.first, table.first + table.rows))
    return TablesRead(
        replace(read, claims=claims, notes=notes, quality=(), scoped=None),
        blocks,
    )


def _note(read: RecordsRead) -> Text:
    return Text(
        f"文中表格按记录读入 {read.rows_taken} 行",
        f"{read.rows_taken} rows of tables in the text were read as records",
    )


def _tables(document: Document) -> Iterator[_Table]:
    """The tables that a record kind fits."""
    blocks, count = document.blocks, 0
    for is_table, run in groupby(enumerate(blocks), key=lambda item: item[1].role == "table"):
        for first, rows in _told_apart(list(run)) if is_table else ():
            count += 1
            name = f"{Text('表', 'table ')}{count}"
            sheet = _sheet(name, rows, _lines_above(blocks, first), document)
            if sheet is not None:
                yield _Table(sheet, first, len(rows))


def _lines_above(blocks: Sequence[Block], first: int) -> _Rows:
    """The short lines right above a table: its title, and the unit of its figures (单位：万元)."""
    above = blocks[max(0, first - _ABOVE) : first]
    return [[block.text] for block in above if block.role != "table" and len(block.text) <= _LONGEST_ABOVE]


def _told_apart(run: Sequence[tuple[int, Block]]) -> Iterator[tuple[int, _Rows]]:
    """The tables in a run of rows between which nothing stands, each with the number of its first block.

    The reader may have told them apart: then one goes on with the other only if it has as many columns and no header.
    Elsewhere a row that is another header begins a table, and so do the rows of one cell above it, its title.
    """
    widths: dict[int, int] = {}
    for _, row in run:
        widths[row.table] = max(widths.get(row.table, 0), len(row.cells))
    starts = [0]
    for at, ((_, before), (_, block)) in enumerate(pairwise(run), start=1):
        if block.table != before.table:
            rows = [row.cells for _, row in run[at : at + HEADER_ROWS] if row.table == block.table]
            if widths[block.table] != widths[before.table] or _has_header(rows):
                starts.append(at)
    for start, end in pairwise([*starts, len(run)]):
        rows = [block.cells for _, block in run[start:end]]
        begin = 0
        for header in _headers(rows):
            above = header
            while above - 1 > begin and sum(map(bool, rows[above - 1])) == 1:
                above -= 1
            yield run[start + begin][0], rows[begin:above]
            begin = above
        yield run[start + begin][0], rows[begin:]


def _headers(rows: _Rows) -> Iterator[int]:
    """The rows that are headers though a header with a row under it stands above."""
    under = _below_header(rows, 0)
    for at, row in enumerate(rows):
        if at > under and _is_header(row):
            yield at
            under = _below_header(rows, at)


def _below_header(rows: _Rows, start: int) -> int:
    """The first row under the header of the table that begins with the row `start`."""
    found = find_header(_unbroken(_grid(rows[start : start + HEADER_ROWS])))
    return start + (found.index + found.depth if found else 0)


def _is_header(row: Sequence[str]) -> bool:
    match = best_match(_unbroken([row])[0])
    return match is not None and not match.missing and 2 * match.score >= sum(map(bool, row))


def _has_header(rows: _Rows) -> bool:
    found = find_header(_unbroken(_grid(rows)))
    return found is not None and not found.match.missing


def _grid(rows: _Rows) -> list[list[str]]:
    width = max(map(len, rows))
    return [[*row, *[""] * (width - len(row))] for row in rows]


def _unbroken(rows: _Rows) -> list[list[str]]:
    """The rows with the lines of each cell as one: 产教 and 联合体 below it are no two headers."""
    return [[cell.replace("\n", "") for cell in row] for row in rows]


def _sheet(name: str, rows: _Rows, above: _Rows, document: Document) -> Sheet | Reject | None:
    """A table as a sheet of records, why it is none that is taken, or None where it is text."""
    grid = _grid(rows)
    found, title = find_header(_unbroken(grid[:HEADER_ROWS])), None
    width = len(grid[0])
    top = [*([line[0], *[""] * (width - 1)] for line in above), *_unbroken(grid[:HEADER_ROWS])]
    try:
        lower = None if found is None else replace(found, index=found.index + len(above))
        if (titled := titled_header(top, lower, "", name)) is not None:
            header, title = titled
            found = replace(header, index=header.index - len(above))
        if found is None or found.match.kind.left is not None:
            return None
        match = found.match
        if title is None:
            match = checked(with_units(match, found.headers, above), found.headers, name)
    except LiantuError:
        return None  # it lacks what the kind requires: text
    lines = [line_above(row) for row in (*above, *grid[: found.index])]
    try:
        planned = checked_validity(match.kind, (lines, [document.title or ""]), name)
    except LiantuError as error:
        value = str(error.values.get("title", ""))
        return Reject(document.name, name, None, "", value, error.code, reason(error.code, **error.values))
    first = found.index + found.depth
    if first >= len(grid):
        return None
    columns = tuple(
        pa.array([row[c] for row in grid[first:]], pa.string()) for c in range(len(found.headers))
    )
    numbers = pa.array(range(first + 1, len(grid) + 1), pa.int64())
    prefix = _PREFIX.format(name=name)
    sheet = Sheet(name, prefix, match, found.headers, columns, numbers, planned=planned)
    return filled_down(narrowed(title.given(sheet) if title else sheet))


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
