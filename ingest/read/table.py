"""Rows of tables (表格): cells with a tab between them, so that each keeps its own offsets."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from ingest.document import Block

SEPARATOR: Final = "\t"
_CELL_OF_TEXT: Final = 400  # characters; a "cell" with more is a column of running text
_LONGEST_NAME: Final = 20  # of a column
_LATIN_BREAK: Final = re.compile(r"(?<=[A-Za-z])\n(?=[A-Za-z])")
_DEEPEST_HEAD: Final = 3  # rows
_FIGURE: Final = re.compile(r"[约近超达]?\d+[余多]?[百千万亿]*[人名个家所门次台套元]*(?:左右|以上|以下)?")
_MARKS: Final = re.compile(r"\W+")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


def cell_text(written: str) -> str:
    """The words of a cell: white space becomes one space, and a line that ends stays one: 甲公司⏎乙公司 are two.

    >>> cell_text(" 甲公司 \\n\\n 乙  公司 "), cell_text("ABB\\nRobotics")
    ('甲公司\\n乙 公司', 'ABB Robotics')
    """
    lines = (" ".join(line.split()) for line in written.split("\n"))
    return _LATIN_BREAK.sub(" ", "\n".join(filter(None, lines)))


def row_text(cells: Sequence[str]) -> str:
    """The words of a row in one line, a tab between its cells."""
    return SEPARATOR.join(cells).replace("\n", " ").rstrip(SEPARATOR)


def table_row(
    cells: Sequence[str], place: str, table: int, said: Sequence[str] | None = None
) -> Block | None:
    """A row of the table of this number, `None` if all its cells are empty.

    Its text is what is written in the row; its cells are those that are `said` of it, merged ones too.
    """
    clean = tuple(map(cell_text, cells))
    if not any(clean):
        return None
    whole = clean if said is None else tuple(map(cell_text, said))
    return Block(row_text(clean), place, role="table", cells=whole, table=table)


def with_merged(rows: Sequence[Sequence[str]], covered: Sequence[Collection[int]]) -> list[list[str]]:
    """The rows with the words of cells that were merged downwards in each row that they cover; not within the head.

    `covered` are the columns of each row into which the cell above goes on. A figure stays where it is written: it may
    be that of all the rows together.

    >>> with_merged([["名称", "类型", "人数"], ["甲公司", "企业", "30"], ["乙公司", "", ""]], [(), (), (1, 2)])
    [['名称', '类型', '人数'], ['甲公司', '企业', '30'], ['乙公司', '企业', '']]
    """
    found = [list(row) for row in rows]
    head, first = _head(found, covered)
    for at in range(first + 1, len(found)):
        for column in covered[at]:
            if column < min(len(found[at]), len(found[at - 1])) and not found[at][column].strip():
                above = found[at - 1][column]
                name = "".join(row[column] for row in found[head:first] if column < len(row))
                found[at][column] = "" if _is_figure(above, name) else above
    return found


def _head(rows: Sequence[Sequence[str]], covered: Sequence[Collection[int]]) -> tuple[int, int]:
    """The first row of the head, below titles, and the first row under it: a head of two rows has cells merged."""
    head = next((at for at, row in enumerate(rows) if sum(map(bool, map(str.strip, row))) > 1), len(rows))
    below = head + 1
    reached = set(covered[below]) if below < len(rows) else set()
    while reached:
        below += 1
        reached = reached & set(covered[below]) if below < len(rows) else set()
    deepest = below - head > _DEEPEST_HEAD  # no head, but rows of one group
    return head, head if deepest else below


def _is_figure(text: str, name: str) -> bool:
    """Whether a cell of the column of this name tells how many; a year or a code tells which."""
    plain = _MARKS.sub("", text)
    if "代码" in name or (("年" in name or "届" in name) and _YEAR.fullmatch(plain)):
        return False
    return _FIGURE.fullmatch(plain) is not None


def is_data(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table surely holds data: a head with a name for each column, under it rows as wide, and no sentences."""
    filled = [[cell.strip() for cell in row] for row in rows if any(map(str.strip, row))]
    if len(filled) < 2 or len(filled[0]) < 2 or is_layout(filled):
        return False
    return (
        all(0 < len(name) <= _LONGEST_NAME for name in filled[0])
        and all(len(row) == len(filled[0]) for row in filled)
        and not any("。" in cell for row in filled for cell in row)
    )


def is_layout(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table holds no data: one column, one cell, or cells of running text."""
    filled = [[cell for cell in row if cell.strip()] for row in rows]
    return (
        max((len(row) for row in filled), default=0) < 2
        or sum(map(len, filled)) < 2
        or any(len(cell) > _CELL_OF_TEXT for row in filled for cell in row)
    )
