"""From lines to paragraphs (拼接折行): wrapped lines are joined, lines that ended on purpose are not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from ingest.document import Block
from ingest.read.line import Line
from ingest.read.outline import is_heading, outline_mark
from ingest.read.standing import is_date, is_label, is_number, is_salutation
from ingest.read.wrapping import FIRST_LINE_INDENT, Layout, measure

_LATIN: Final = re.compile(r"[A-Za-z0-9,.;:!?)\"']$")
_LATIN_NEXT: Final = re.compile(r"[A-Za-z0-9(\"']")


@dataclass(slots=True)
class _Paragraph:
    text: str
    lines: list[Line]
    marks: list[tuple[int, str]] = field(default_factory=list)

    def add(self, line: Line) -> None:
        # Chinese is joined as it is; between Latin words the line break was a space.
        if _LATIN.search(self.text) and _LATIN_NEXT.match(line.text) and not self.text.endswith("-"):
            self.text += " "
        self.marks.append((len(self.text), line.place))
        self.text += line.text
        self.lines.append(line)

    def block(self) -> Block:
        if row := self.lines[0].table:
            return Block(self.text, self.lines[0].place, role="table", cells=row)
        return Block(self.text, self.lines[0].place, marks=tuple(self.marks))


def join_blocks(blocks: Iterable[Block]) -> Block:
    """Blocks that are one (a title in several lines), as one, its places kept."""
    parts = list(blocks)
    whole = _Paragraph(parts[0].text, [Line(parts[0].text, parts[0].place)], list(parts[0].marks))
    for part in parts[1:]:
        whole.add(Line(part.text, part.place))
    return whole.block()


def paragraphs(lines: Sequence[Line]) -> list[Block]:
    """The paragraphs of `lines`, in order; each remembers where its lines stand."""
    layouts = {
        setting: measure([line for line in lines if _setting(line) == setting])
        for setting in ("page", "column")
    } | {"table": None}
    found: list[_Paragraph] = []
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        if following is not None and _setting(following) != _setting(line):
            following = None
        layout = layouts[_setting(line)]
        alike = found and _setting(found[-1].lines[-1]) == _setting(line)
        if alike and layout and _continues(found[-1], line, following, layout):
            found[-1].add(line)
        else:
            found.append(_Paragraph(line.text, [line]))
    return [paragraph.block() for paragraph in found]


def _setting(line: Line) -> str:
    """Lines of one setting have one width: those across the page, those of columns; a row of a table has none."""
    return "table" if line.table else "column" if line.column else "page"


def _continues(paragraph: _Paragraph, line: Line, following: Line | None, layout: Layout) -> bool:
    """Whether `line` continues the paragraph."""
    last = paragraph.lines[-1]
    first = len(paragraph.lines) == 1
    if not layout.full(last, line, first=first) or {last, line} <= layout.listed:
        return False
    if line.blanks > layout.spacing and line.page == last.page:
        return False
    if is_number(last.text) or is_date(last.text) or is_label(line.text):
        return False
    if layout.indented(line) and not (last.open and abs(line.indent - last.indent) < 1):
        return False
    if layout.indents == "lost" and (not last.open or outline_mark(line.text)):
        return _continues_by_width(line, following, layout)
    if outline_mark(line.text):
        heading = first and outline_mark(paragraph.text) is not None and is_heading(paragraph.text)
        return last.open and not heading and (layout.indents == "kept" or last.text.endswith(("，", "、")))
    return last.open or not (is_date(line.text) or is_salutation(line.text))


def _continues_by_width(line: Line, following: Line | None, layout: Layout) -> bool:
    """Where indents were lost, a first line is two characters short of the edge, a later one reaches it."""
    if layout.reaches_the_edge(line):
        return True
    short_of_first = layout.width - line.right > FIRST_LINE_INDENT + 2
    if following is not None and not short_of_first and layout.full(line, following, first=True):
        return not line.open  # a sentence that ends just there says nothing: more lines continue than begin
    return not (outline_mark(line.text) or is_date(line.text) or is_salutation(line.text))
