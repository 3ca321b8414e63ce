"""A page as set in type (版面): glyphs to rows, rows to lines measured in cells of the body's type."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from statistics import median
from typing import Final

from ingest.read.columns import in_columns
from ingest.read.glyph import Glyph
from ingest.read.line import Line, cells
from ingest.records.body import body_label

_CHINESE: Final = ("\u2e80", "\u9fff")
# In ems. A smaller gap between two Chinese characters comes from justification, not from a space.
_WORD_GAP: Final = 0.4
_NEW_ROW: Final = 0.6  # ems of vertical distance
_MARGINS: Final = 2.0  # ems, of a cell on both sides together
# What goes on with the name of a firm, or ends it
_OF_THE_FIRM: Final = re.compile(r"[（(]|及|和|与|.{0,8}分公司|.{0,8}分厂|(?:股份|集团|有限|责任)*公司$")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a page: its words, edges and baseline in points, and its em (the width of a Chinese character).

    `column` is 0 where it runs across the page. A row of a table has its cells in `table`, `begins` where it is the first
    one on its page, and `covered` are the columns into which the cell above goes on.
    """

    text: str
    left: float
    right: float
    bottom: float
    em: float
    page: int
    column: int = 0
    table: tuple[str, ...] = ()
    covered: tuple[int, ...] = ()
    begins: bool = False


def rows_of(glyphs: Iterable[Glyph], page: int) -> list[Row]:
    """The rows of a page, in the order in which its text runs; columns one after the other."""
    rows: list[list[Glyph]] = [[]]
    for glyph in glyphs:
        if glyph.char == "\n":
            rows.append([])
        else:
            rows[-1].append(glyph)
    return [row for column, glyphs in in_columns(rows) if (row := _row(glyphs, page, column))]


def words_of_cell(rows: Sequence[Row], width: float) -> str:
    """The words of a cell so many points wide: wrapped lines in one run, lines that ended on purpose apart.

    Chinese is joined as it is, a line break between Latin words is a space. A line was wrapped if what begins the next
    one had no room in it, unless it is the whole name of a firm and the next one is a name by itself.
    """
    lines: list[str] = []
    for before, row in pairwise((None, *rows)):
        if before is None or row is None:
            lines.append(row.text if row else "")
        elif _wrapped(before, row, width) and not _is_list(lines[-1], row.text):
            lines[-1] = _in_one_run(lines[-1], row.text)
        else:
            lines.append(row.text)
    return "\n".join(lines)


def told_in_line(cell: str) -> str:
    """The words of a cell in one line: several bodies apart, all else in one run, for a name may be broken anywhere."""
    lines = cell.split("\n")
    return " ".join(lines) if all(map(body_label, lines)) else reduce(_in_one_run, lines)


def _in_one_run(before: str, after: str) -> str:
    tight = not (before and after) or _is_chinese(before[-1]) or _is_chinese(after[0])
    return before + ("" if tight else " ") + after


def _wrapped(row: Row, following: Row, width: float) -> bool:
    first = Line(following.text, "").first_token / 2 * row.em
    return row.right - row.left + first > width - _MARGINS * row.em


def _is_list(name: str, following: str) -> bool:
    """Whether two lines that fill their cell are two firms; 重庆大学 and 城市科技学院 below may be one name."""
    labels = (body_label(name), body_label(following))
    return labels == ("Enterprise", "Enterprise") and not _OF_THE_FIRM.match(following)


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
