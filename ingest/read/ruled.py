"""Ruled tables of a PDF (框线表格): where the cells are, found by pdfplumber, and the words that stand in them.

PDFium gives the words of a page but no tables; pdfplumber finds cells by their lines. It is slow, so it is asked only
about pages that have lines enough for a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pypdfium2.raw as pdfium

from ingest.read.glyph import Glyph
from ingest.read.page import Row, rows_of, told_in_line, words_of_cell
from ingest.read.second_parser import SecondParser
from ingest.read.table import is_layout, row_text

_FEWEST_LINES: Final = 4
_MOST_LINES: Final = 20_000  # a drawing, no table
_MOST_CELLS: Final = 20_000
_DEEPEST: Final = 2  # forms inside the page

Box = tuple[float, float, float, float]  # left, bottom, right, top


@dataclass(frozen=True, slots=True)
class Ruled:
    """The cells of a table row by row; None where a cell is merged with the one above or to the left."""

    rows: tuple[tuple[Box | None, ...], ...]


def tables_of(page: Any, index: int, second: SecondParser) -> list[Ruled]:
    """The tables of a page of pypdfium2, as it is shown; none where it cannot be taken apart."""
    lines = sum(1 for _ in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_PATH,), max_depth=_DEEPEST))
    if not _FEWEST_LINES <= lines <= _MOST_LINES:
        return []
    try:
        plumbed = second.page(index)
        left, bottom, _, top = plumbed.mediabox
        tables = [] if (left, bottom) != (0, 0) else plumbed.find_tables()
        found = [_ruled(table, float(top)) for table in tables if len(table.cells) <= _MOST_CELLS]
        plumbed.close()
    except Exception:  # noqa: BLE001 - a second parser with faults of its own: the words are read all the same
        return []
    return [table for table in found if max(map(len, table.rows)) > 1]


def _ruled(table: Any, height: float) -> Ruled:
    return Ruled(
        tuple(
            tuple(
                None if cell is None else (cell[0], height - cell[3], cell[2], height - cell[1])
                for cell in row.cells
            )
            for row in table.rows
        )
    )


def page_rows(glyphs: Iterable[Glyph], tables: Sequence[Ruled], page: int) -> list[Row]:
    """The rows of a page: running text, and each table row by row where its first word stands."""
    held: list[dict[tuple[int, int], list[Glyph]]] = [{} for _ in tables]
    parts: list[list[Glyph] | int] = [[]]  # running text, and tables by number
    at: list[Glyph] | None = None
    for glyph in glyphs:
        if glyph.char.isspace():  # it stands between the words of a cell, or ends them
            if at is not None:
                at.append(glyph)
            continue
        place = _place(glyph, tables)
        if place is None:
            if not isinstance(parts[-1], list):
                parts.append([])
            at = parts[-1] if isinstance(parts[-1], list) else None
        else:
            number, cell = place
            if not held[number]:
                parts.append(number)
            at = held[number].setdefault(cell, [])
        if at is not None:
            at.append(glyph)
    # A frame around running text is no table: its words go back where they stood.
    framed = [is_layout(_texts(table, cells, page)) for table, cells in zip(tables, held, strict=True)]
    found: list[Row] = []
    running: list[Glyph] = []
    for part in parts:
        if isinstance(part, list):
            running += part
        elif framed[part]:
            running += [glyph for cell in sorted(held[part]) for glyph in (*held[part][cell], Glyph("\n"))]
        else:
            found += rows_of(running, page)
            running = []
            found += _table_rows(tables[part], held[part], page)
    return found + rows_of(running, page)


def _place(glyph: Glyph, tables: Sequence[Ruled]) -> tuple[int, tuple[int, int]] | None:
    """The table and the cell that hold the middle of a glyph."""
    x, y = (glyph.left + glyph.right) / 2, (glyph.bottom + glyph.top) / 2
    for number, table in enumerate(tables):
        for row, cells in enumerate(table.rows):
            for column, box in enumerate(cells):
                if box and box[0] <= x < box[2] and box[1] <= y < box[3]:
                    return number, (row, column)
    return None


def _texts(table: Ruled, held: dict[tuple[int, int], list[Glyph]], page: int) -> list[list[str]]:
    return [
        [
            words_of_cell(rows_of(held.get((row, column), ()), page), box[2] - box[0] if box else 0.0)
            for column, box in enumerate(cells)
        ]
        for row, cells in enumerate(table.rows)
    ]


def _table_rows(table: Ruled, held: dict[tuple[int, int], list[Glyph]], page: int) -> list[Row]:
    rows: list[Row] = []
    above: dict[int, Box] = {}  # the last cell of each column
    for cells, texts in zip(table.rows, _texts(table, held, page), strict=True):
        boxes = [box for box in cells if box is not None]
        if boxes:
            left, bottom = min(box[0] for box in boxes), max(box[1] for box in boxes)
            covered = tuple(
                column
                for column, box in enumerate(cells)
                if box is None and column in above and above[column][1] < bottom + 1
            )
            if any(texts):
                text = row_text([told_in_line(one) for one in texts])
                right = max(box[2] for box in boxes)
                rows.append(
                    Row(text, left, right, bottom, 0.0, page, 0, tuple(texts), covered, begins=not rows)
                )
            above |= {column: box for column, box in enumerate(cells) if box is not None}
    return rows
