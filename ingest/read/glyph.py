"""A character as set in type (字形): what a page gives before there are rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_SAME_ROW: Final = 0.4  # of a character's size
_GAP: Final = 1.0  # of a character's size: from here on the next run stands apart


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and its box in points, measured from the lower left corner; `\\n` ends a row and has none."""

    char: str
    left: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    top: float = 0.0


def in_rows(glyphs: Sequence[Glyph]) -> Iterator[Glyph]:
    """The characters from top to bottom and left to right, with a break after each row and a space in each wide gap."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda one: (-one.bottom, one.left)):
        size = glyph.top - glyph.bottom
        if rows and abs(rows[-1][-1].bottom - glyph.bottom) < _SAME_ROW * size:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    for row in rows:
        right: float | None = None
        for glyph in sorted(row, key=lambda one: one.left):
            if right is not None and glyph.left - right > _GAP * (glyph.top - glyph.bottom):
                yield Glyph(" ", right, glyph.left, glyph.bottom, glyph.top)
            yield glyph
            right = glyph.right
        yield Glyph("\n")
