"""A character as set in type (字形): what a page gives before there are rows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and its box in points, measured from the lower left corner; `\\n` ends a row and has none."""

    char: str
    left: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    top: float = 0.0
