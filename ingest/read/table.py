"""Rows of tables (表格): cells with a tab between them, so that each keeps its own offsets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ingest.document import Block

SEPARATOR: Final = "\t"
_CELL_OF_TEXT: Final = 400  # characters; a "cell" with more is a column of running text


def table_row(cells: Sequence[str], place: str, table: int) -> Block | None:
    """A row of the table of this number, `None` if all its cells are empty. White space in a cell becomes one space."""
    clean = tuple(" ".join(cell.split()) for cell in cells)
    if not any(clean):
        return None
    return Block(SEPARATOR.join(clean).rstrip(SEPARATOR), place, role="table", cells=clean, table=table)


def is_layout(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table holds no data: one column, one cell, or cells of running text."""
    filled = [[cell for cell in row if cell.strip()] for row in rows]
    return (
        max((len(row) for row in filled), default=0) < 2
        or sum(map(len, filled)) < 2
        or any(len(cell) > _CELL_OF_TEXT for row in filled for cell in row)
    )
