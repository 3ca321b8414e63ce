"""Where words stand in their source, as people say it (位置): line, page, paragraph, row of a sheet."""

from __future__ import annotations

import re
from typing import Final

from graph.language import Text

_MARKS: Final = {
    "l": Text("第{number}行", "line {number}"),
    "p": Text("第{number}页", "page {number}"),
    "b": Text("第{number}段", "paragraph {number}"),
}
_ROW: Final = Text("表“{sheet}”第{number}行", "sheet “{sheet}”, row {number}")
_MARKED: Final = re.compile(r"([lpb])\.(\d+(?:[-–]\d+)?)")
_IN_SHEET: Final = re.compile(r"(.+)!(\d+(?:-\d+)?)")


def place_in_words(place: str | None) -> str:
    """A place as a person reads it: `l.16` is 第16行 or line 16; what has another form stays as it is.

    >>> place_in_words("Sheet1!12")
    'sheet “Sheet1”, row 12'
    """
    if not place:
        return ""
    if found := _MARKED.fullmatch(place):
        return _MARKS[found[1]].format(number=found[2])
    if found := _IN_SHEET.fullmatch(place):
        return _ROW.format(sheet=found[1], number=found[2])
    return place


def where_in_words(source: str, place: str | None) -> str:
    """A source and the place in it: `notice.pdf 第3页`, `notice.pdf, page 3`; the source alone without a place."""
    told = place_in_words(place)
    return f"{source}{Text(' ', ', ')}{told}" if told else source
