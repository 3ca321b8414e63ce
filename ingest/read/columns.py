"""Pages set in columns (分栏): where the gutter is, and the order in which the rows are read.

Abstracts, journals and some lists of members are set in two columns. The rows of a page may be drawn column by column or
straight across; both are read down the left column, then down the right one, full-width rows in between.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from ingest.read.glyph import Glyph

_PLACES: Final = 48  # candidates for the gutter, over the middle of the page
_MIDDLE: Final = (0.3, 0.7)
_FEWEST_ROWS: Final = 6  # of a column
_MOST_ACROSS: Final = 0.4  # of the rows: titles, an abstract above the columns
_FULL: Final = 0.7  # of a column's width: the median row of running text takes as much
_OVERLAP: Final = 0.5  # of the height of the shorter column
_GUTTER: Final = 0.8  # ems of empty space at least

GlyphRow = Sequence[Glyph]


@dataclass(frozen=True, slots=True)
class _Span:
    """A row with what is needed to place it; `gaps` are its empty stretches, wide enough for a gutter."""

    glyphs: GlyphRow
    left: float
    right: float
    bottom: float
    em: float
    gaps: tuple[tuple[float, float], ...]

    def gap_at(self, x: float) -> bool:
        return any(left < x < right for left, right in self.gaps)

    def crosses(self, x: float) -> bool:
        return self.left < x < self.right and not self.gap_at(x)


def in_columns(rows: Sequence[GlyphRow]) -> list[tuple[int, GlyphRow]]:
    """The rows of a page in reading order, each with its column: 0 across the page, 1 left, 2 right."""
    spans = [span for row in rows if (span := _span(row))]
    gutter = _gutter(spans)
    if gutter is None:
        return [(0, row) for row in rows]
    found: list[tuple[int, GlyphRow]] = []
    columns: tuple[list[GlyphRow], list[GlyphRow]] = ([], [])

    def flush() -> None:
        for number, column in enumerate(columns, 1):
            found.extend((number, row) for row in column)
            column.clear()

    for span in sorted(spans, key=lambda one: -one.bottom):
        if span.crosses(gutter):
            flush()
            found.append((0, span.glyphs))
            continue
        for number, column in enumerate(columns):
            part = [glyph for glyph in span.glyphs if (glyph.left >= gutter) == bool(number)]
            if _inked(part):
                column.append(part)
    flush()
    return found


def _inked(row: GlyphRow) -> list[Glyph]:
    return [glyph for glyph in row if not glyph.char.isspace()]


def _span(row: GlyphRow) -> _Span | None:
    inked = sorted(_inked(row), key=lambda glyph: glyph.left)
    if not inked:
        return None
    em = median(glyph.top - glyph.bottom for glyph in inked)
    gaps = tuple(
        (before.right, after.left)
        for before, after in pairwise(inked)
        if after.left - before.right > _GUTTER * em
    )
    bottom = median(glyph.bottom for glyph in inked)
    return _Span(row, inked[0].left, max(glyph.right for glyph in inked), bottom, em, gaps)


def _gutter(spans: Sequence[_Span]) -> float | None:
    """Where the page is parted; None where its rows run across it, or do not fill two columns."""
    if len(spans) < _FEWEST_ROWS:
        return None
    left, right = min(span.left for span in spans), max(span.right for span in spans)
    start, end = (left + share * (right - left) for share in _MIDDLE)
    places = [start + (end - start) * number / _PLACES for number in range(_PLACES + 1)]
    parted = [x for x in places if _parts(spans, x, left, right)]
    if not parted:
        return None
    fewest = min(sum(span.crosses(x) for span in spans) for x in parted)
    best = [x for x in parted if sum(span.crosses(x) for span in spans) == fewest]
    return best[len(best) // 2]


def _parts(spans: Sequence[_Span], x: float, left: float, right: float) -> bool:
    apart = [span for span in spans if not span.crosses(x)]
    if len(spans) - len(apart) > _MOST_ACROSS * len(spans):
        return False
    sides = (
        [(span, span.left, _edge(span, x, before=True)) for span in apart if span.left < x],
        [(span, _edge(span, x, before=False), span.right) for span in apart if span.right > x],
    )
    if any(len(side) < _FEWEST_ROWS for side in sides):
        return False
    widths = (x - left, right - x)
    if any(
        median(end - start for _, start, end in side) < _FULL * width
        for side, width in zip(sides, widths, strict=True)
    ):
        return False
    extents = [
        (min(span.bottom for span, *_ in side), max(span.bottom for span, *_ in side)) for side in sides
    ]
    shared = min(top for _, top in extents) - max(bottom for bottom, _ in extents)
    return shared > _OVERLAP * min(top - bottom for bottom, top in extents)


def _edge(span: _Span, x: float, *, before: bool) -> float:
    """Where the ink of a row ends before `x`, or begins after it."""
    for left, right in span.gaps:
        if left < x < right:
            return left if before else right
    return span.right if before else span.left
