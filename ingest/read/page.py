"""A page as set in type (版面): glyphs to rows, rows to lines measured in cells of the body's type."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from ingest.read.columns import in_columns
from ingest.read.glyph import Glyph
from ingest.read.line import Line, cells

_CHINESE: Final = ("\u2e80", "\u9fff")
# In ems. A smaller gap between two Chinese characters comes from justification, not from a space.
_WORD_GAP: Final = 0.4
_NEW_ROW: Final = 0.6  # ems of vertical distance


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a page: its words, edges and baseline in points, and its em (the width of a Chinese character).

    `column` is 0 where it runs across the page; a row of a table has its cells in `table`.
    """

    text: str
    left: float
    right: float
    bottom: float
    em: float
    page: int
    column: int = 0
    table: tuple[str, ...] = ()


def rows_of(glyphs: Iterable[Glyph], page: int) -> list[Row]:
    """The rows of a page, in the order in which its text runs; columns one after the other."""
    rows: list[list[Glyph]] = [[]]
    for glyph in glyphs:
        if glyph.char == "\n":
            rows.append([])
        else:
            rows[-1].append(glyph)
    return [row for column, glyphs in in_columns(rows) if (row := _row(glyphs, page, column))]


def running_text(rows: Sequence[Row]) -> str:
    """The words of a narrow cell in one run: Chinese is joined as it is, a line break between Latin words is a space."""
    text = ""
    for row in rows:
        tight = not text or _is_chinese(text[-1]) or _is_chinese(row.text[0])
        text += ("" if tight else " ") + row.text
    return text


def _row(glyphs: Sequence[Glyph], page: int, column: int) -> Row | None:
    inked = [glyph for glyph in glyphs if not glyph.char.isspace()]
    if not inked:
        return None
    pitches = [
        after.left - before.left
        for before, after in pairwise(inked)
        if _is_chinese(before.char) and _is_chinese(after.char) and after.left > before.left
    ]
    height = median(glyph.top - glyph.bottom for glyph in inked)
    em = median(pitches) if pitches else max(height, 1.0) * 1.1
    return Row(
        text=_words(glyphs, em).strip(),
        left=min(glyph.left for glyph in inked),
        right=max(glyph.right for glyph in inked),
        bottom=median(glyph.bottom for glyph in inked),
        em=em,
        page=page,
        column=column,
    )


def _words(glyphs: Sequence[Glyph], em: float) -> str:
    """The text of a row without the spaces that justification has put between Chinese characters."""
    pieces: list[str] = []
    inked: Glyph | None = None
    space = False
    for glyph in glyphs:
        if glyph.char.isspace():
            space = True
            continue
        if inked is not None and space:
            tight = (
                glyph.left - inked.right < _WORD_GAP * em
                and _is_chinese(inked.char)
                and _is_chinese(glyph.char)
            )
            pieces.append("" if tight else " ")
        pieces.append(glyph.char)
        inked, space = glyph, False
    return "".join(pieces)


def _is_chinese(char: str) -> bool:
    return _CHINESE[0] <= char <= _CHINESE[1]


def page_lines(pages: Sequence[Sequence[Row]]) -> list[Line]:
    """The rows of all pages as lines: edges in cells from their column's margin, wide gaps counted as blank lines."""
    rows = [row for page in pages for row in page if not row.table]
    em = _body_em(rows) if rows else 1.0
    leading = _leading(pages, em)
    lines: list[Line] = []
    for page in pages:
        previous: Row | None = None
        margins = {column: _margin(page, rows, column) for column in {row.column for row in page}}
        for row in page:
            if row.table:
                lines.append(Line(row.text, f"p.{row.page}", page=row.page, table=row.table))
                previous = None
                continue
            gap = previous.bottom - row.bottom if previous is not None else 0.0
            blanks = max(0, round(gap / leading) - 1) if gap > 1.6 * leading else 0
            margin = margins[row.column]
            indent = max(0.0, (row.left - margin) / em * 2)
            right = (row.right - margin) / em * 2
            lines.append(Line(row.text, f"p.{row.page}", indent, right, blanks, row.page, row.column))
            previous = row
    return lines


def _body_em(rows: Sequence[Row]) -> float:
    """The em of the body: the median over characters, not rows, so that titles do not count for much."""
    weighted = sorted((row.em, cells(row.text)) for row in rows)
    half = sum(weight for _, weight in weighted) / 2
    for em, weight in weighted:
        half -= weight
        if half <= 0:
            return max(em, 1.0)
    return max(weighted[-1][0], 1.0)


def _leading(pages: Sequence[Sequence[Row]], em: float) -> float:
    gaps = [
        before.bottom - after.bottom
        for page in pages
        for before, after in pairwise(page)
        if before.bottom - after.bottom > _NEW_ROW * em and not (before.table or after.table)
    ]
    return median(gaps) if gaps else 2 * em


def _margin(page: Sequence[Row], rows: Sequence[Row], column: int) -> float:
    """The left margin of a column, of the page where it has rows enough (left and right pages differ), else of all."""
    own = [row.left for row in page if row.column == column and not row.table]
    lefts = sorted(own if len(own) >= 8 or column else (row.left for row in rows if row.column == column))
    return lefts[len(lefts) // 10] if lefts else 0.0
