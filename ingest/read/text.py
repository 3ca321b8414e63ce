"""Plain text (纯文本): lines, without the marks of its pages."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from ingest.document import Block
from ingest.read.line import Line, make_line
from ingest.read.paragraphs import paragraphs
from ingest.read.standing import is_page_counter, is_page_mark

_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\u00ad"))


def text_blocks(text: str) -> list[Block]:
    """The paragraphs of a text; places are `l.N`, the line of the file counted from 1. Page marks are removed."""
    return paragraphs(_without_page_marks(_lines(text)))


def _lines(text: str) -> list[Line]:
    """All lines that hold words. A form feed begins a page."""
    found: list[Line] = []
    page, blanks = 1, 0
    for number, raw in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        pieces = raw.translate(_INVISIBLE).split("\f")
        for index, piece in enumerate(pieces):
            page += index > 0
            if not piece.strip():
                continue
            found.append(make_line(piece, f"l.{number}", blanks=blanks, page=page))
            blanks = 0
        blanks += not raw.strip()
    return found


def _without_page_marks(lines: Sequence[Line]) -> list[Line]:
    """The lines without page marks; what follows a mark stands on the next page."""
    marks = {index for index, line in enumerate(lines) if is_page_mark(line.text)}
    # A bare number is a page number only beside a form feed.
    for _, group in groupby(enumerate(lines), key=lambda item: item[1].page):
        numbered = list(group)
        for index, line in (numbered[0], numbered[-1]):
            if lines[-1].page > 1 and len(numbered) > 1 and is_page_counter(line.text):
                marks.add(index)
    kept: list[Line] = []
    shift = 0
    for index, line in enumerate(lines):
        if index in marks:
            shift += 1
            continue
        kept.append(Line(line.text, line.place, line.indent, line.right, line.blanks, line.page + shift))
    return kept
