"""How far the cells of a sheet reach (表格范围), from its XML, before a reader makes room for them.

The reader allocates the whole rectangle from the first cell to the last: two cells in a file of a kilobyte can ask for
terabytes. Nearly every sheet has its cells in the columns A to Z and less than a million rows, each cell with its place
in front (`<c r="B12"`): one search shows that nothing else is there. Wider sheets have the places of their cells counted,
and in all others the elements are followed as the reader follows them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from graph.errors import LiantuError
from ingest.package import OVERLAP, Chunks

CELLS_LIMIT: Final = 30_000_000
_NARROW: Final = 26  # columns; with 999,999 rows less than the limit
_NOT_NARROW: Final = re.compile(rb'<c(?=[\s/>])(?! r="[A-Z]\d{1,6}")')
_NOT_PLAIN: Final = re.compile(rb'<c(?=[\s/>])(?! r="[A-Z]{1,3}\d{1,7}")')
_PREFIXED: Final = re.compile(rb"<[^\s<>/:]+:c[\s/>]")
_LETTERS: Final = re.compile(rb'<c r="([A-Z]{2,3})\d')
_DIGITS: Final = re.compile(rb'<c r="[A-Z]{1,3}(\d{1,7})"')
_BEGINS: Final = re.compile(rb"<(?:[^\s<>/:]+:)?(?:row|c)(?=[\s/>])")
_ELEMENT: Final = re.compile(rb"""<(?:[^\s<>/:]+:)?(row|c)(?=[\s/>])((?:[^<>"']|"[^"<]*"|'[^'<]*')*)>""")
_ATTRIBUTE: Final = re.compile(rb"""([^\s=/"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_CELL: Final = re.compile(rb"([A-Za-z]*)(\d*)")
_TAG_LIMIT: Final = 1 << 16  # of an element that has not ended


def check_span(pieces: Iterator[bytes], chunks: Chunks, file: str) -> bool:
    """Refuse a sheet whose cells span more than can be held (`file.too_large`) or cannot be followed (`file.unsafe`).

    Of any other whether something is hidden in it.
    """
    plain, narrow, hides = True, True, False
    for number, piece in enumerate(pieces):
        if number == 0 and b"\0" in piece[:64]:
            raise LiantuError("file.unsafe", file=file, reason="XML encoding")
        hides = hides or b"hidden=" in piece
        begins = piece.rfind(b"<")
        cut = begins >= 0 and b">" not in piece[begins:]  # the last element is whole in the next piece
        if cut and len(piece) - begins > OVERLAP - 64:
            plain = False  # or not even there
        end = begins if cut else len(piece)
        if narrow and _NOT_NARROW.search(piece, 0, end):
            narrow = False
        if not narrow and plain and _NOT_PLAIN.search(piece, 0, end):
            plain = False
        if plain and b":c" in piece and _PREFIXED.search(piece):
            plain = False
    if plain and narrow:
        return hides
    cells = _span_of_places(chunks(), file) if plain else _span_followed(chunks(), file)
    if cells > CELLS_LIMIT:
        raise LiantuError("file.too_large", file=file, size=f"{cells} cells", limit=f"{CELLS_LIMIT} cells")
    return hides


def _whole_elements(chunks: Iterable[bytes], file: str) -> Iterator[bytes]:
    """The text in pieces that end before an element begins."""
    rest = b""
    for chunk in chunks:
        text = rest + chunk
        end = text.rfind(b"<")
        if end < 0 or b">" in text[end:]:
            end = len(text)
        elif len(text) - end > _TAG_LIMIT:
            raise LiantuError("file.unsafe", file=file, reason="XML")
        yield text[:end]
        rest = text[end:]
    yield rest


def _span_of_places(chunks: Iterable[bytes], file: str) -> int:
    """The cells of the rectangle, columns counted from the first and at least as 26."""
    first, last, columns = 1 << 30, 0, _NARROW
    for text in _whole_elements(chunks, file):
        rows = [int(digits) for digits in set(_DIGITS.findall(text))]
        first, last = min((first, *rows)), max((last, *rows))
        columns = max((columns, *map(_column_number, set(_LETTERS.findall(text)))))
    return columns * max(0, last - first + 1)


def _span_followed(chunks: Iterable[bytes], file: str) -> int:
    """The same where places are written otherwise or not at all: a cell without one stands behind the one before it."""
    first, last, columns, row, column = 1 << 62, 0, _NARROW, 0, 0
    for text in _whole_elements(chunks, file):
        elements = list(_ELEMENT.finditer(text))
        if len(elements) != len(_BEGINS.findall(text)):
            raise LiantuError("file.unsafe", file=file, reason="XML")
        for element in elements:
            letters, digits = _place(element[2])
            if element[1] == b"row":
                row, column = (int(digits) if digits else row + 1), 0
                continue
            at = int(digits) if digits else max(row, 1)
            column = _column_number(letters) if letters else column + 1
            first, last, columns = min(first, at), max(last, at), max(columns, column)
    return columns * max(0, last - first + 1)


def _place(attributes: bytes) -> tuple[bytes, bytes]:
    """The letters and digits of an element's `r`, empty where it has none."""
    for name, one, other in _ATTRIBUTE.findall(attributes):
        if name == b"r":
            found = _CELL.match((one or other).strip())
            return (found[1].upper()[:9], found[2][:19]) if found else (b"", b"")
    return b"", b""


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
