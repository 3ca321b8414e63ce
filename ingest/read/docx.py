"""Word documents (docx): paragraphs, tables, text boxes and notes in the order of the document; places are `b.N`.

`b.N` is the N-th paragraph of the document's body, tables and text boxes included, counted from 1; `n.N` a footnote,
`e.N` an endnote. Deleted and moved-away text, headers, footers and tables of contents are left out.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml

from graph.errors import LiantuError
from graph.language import Text
from ingest.document import Block
from ingest.package import check_package
from ingest.read.numbering import Numbering
from ingest.read.table import is_data, is_layout, table_row, with_merged

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ALTERNATE: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_VALUE: Final = f"{_W}val"
_MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
# What stands between the two parts of a fraction or of a power in one line
_BETWEEN: Final = {f"{_MATH}f": ("num", "/", "den"), f"{_MATH}sSup": ("e", "^", "sup")}
# Not words of the document: what was deleted or moved away, instructions of fields, what an alternative repeats, how
# words are said (ruby).
_SKIPPED: Final = frozenset(
    f"{_W}{name}"
    for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "txbxContent", "sectPr", "rt")
)
_CONTAINERS: Final = frozenset(
    f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")
)
_SIGNS: Final = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_HEADING_STYLE: Final = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_CONTENTS_STYLE: Final = re.compile(r"(?:toc|目录)\s*\d", re.IGNORECASE)
_TITLE_STYLE: Final = frozenset({"title", "标题"})
_MOST_BASES: Final = 20
_MOST_COLUMNS: Final = 63  # that Word allows: spans are cheap to write


def docx_blocks(data: bytes, file: str) -> list[Block]:
    """The blocks of a Word document. Raises `file.*` for what is unsafe, encrypted, of another type or broken."""
    check_package(data, file, "word/document.xml")
    try:
        document = docx.Document(io.BytesIO(data))
        return list(_Reader(document).blocks())
    except (
        PackageNotFoundError,
        zlib.error,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        AttributeError,
        SyntaxError,
    ) as error:
        reason = Text("不是完整的 Word 文档", "it is no complete Word document")
        raise LiantuError("file.unreadable", file=file, reason=reason) from error


class _Reader:
    def __init__(self, document: Any) -> None:
        self._document = document
        self._numbering = Numbering(_part(document, RELATIONSHIP_TYPE.NUMBERING))
        self._styles = {style.style_id: style for style in document.styles}
        self._paragraphs = 0
        self._tables = 0

    def blocks(self) -> Iterator[Block]:
        """All blocks, footnotes and endnotes last."""
        yield from self._children(self._document.element.body)
        yield from self._notes(RELATIONSHIP_TYPE.FOOTNOTES, "footnote", "n")
        yield from self._notes(RELATIONSHIP_TYPE.ENDNOTES, "endnote", "e")

    def _notes(self, part: str, name: str, place: str) -> Iterator[Block]:
        notes = _part(self._document, part)
        for number, note in enumerate([] if notes is None else notes.findall(f"{_W}{name}")):
            text = "".join(_text(paragraph) for paragraph in note.iter(f"{_W}p")).strip()
            if text and note.get(f"{_W}type") is None:
                yield Block(" ".join(text.split()), f"{place}.{number}")

    def _children(self, parent: Any) -> Iterator[Block]:
        for element in parent:
            if element.tag == f"{_W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{_W}tbl":
                yield from self._table(element)
            elif element.tag in _CONTAINERS:
                yield from self._children(element)

    def _paragraph(self, element: Any) -> Iterator[Block]:
        self._paragraphs += 1
        place = f"b.{self._paragraphs}"
        style = self._style(element)
        label = self._label(element, style)
        text = _text(element)
        if not _CONTENTS_STYLE.match(style.name or "" if style is not None else ""):
            for line in text.split("\n"):
                words = " ".join(line.split())
                if words:
                    whole = label + (" " if label[-1:].isascii() and label[-1:].isalnum() else "") + words
                    yield self._with_style(Block(whole, place), element, style)
                    label = ""
        for box in _boxes(element):
            yield from self._children(box)

    def _with_style(self, block: Block, element: Any, style: Any | None) -> Block:
        name = (style.name or "").lower() if style is not None else ""
        if name in _TITLE_STYLE:
            return replace(block, role="title")
        heading = _HEADING_STYLE.match(name)
        level = int(heading.group(1)) if heading else _outline_level(element, style)
        return replace(block, role="heading", level=level) if level else block

    def _style(self, element: Any) -> Any | None:
        found = element.find(f"{_W}pPr/{_W}pStyle")
        return self._styles.get(found.get(_VALUE)) if found is not None else None

    def _label(self, element: Any, style: Any | None) -> str:
        """The automatic number, by the paragraph's own list or its style's."""
        owners = [element, *(base.element for base in _bases(style))]
        numbered = [found for owner in owners if (found := owner.find(f"{_W}pPr/{_W}numPr")) is not None]
        list_id = next((found for part in numbered if (found := _attribute(part, "numId"))), None)
        index = next((found for part in numbered if (found := _attribute(part, "ilvl"))), "0")
        if list_id is None or list_id == "0" or not index.isdigit():
            return ""
        return self._numbering.label(list_id, int(index))

    def _table(self, element: Any) -> Iterator[Block]:
        """Rows of data; a table that frames text is read as the text in it."""
        rows, covered = _grid(element)
        if _frames_tables(element, rows) or is_layout(rows):
            for row in _below(element, "tr"):
                for cell in _below(row, "tc"):
                    yield from self._children(cell)
            return
        self._tables += 1
        said = with_merged(rows, covered)
        for row, cells, whole in zip(_below(element, "tr"), rows, said, strict=True):
            block = table_row(cells, f"b.{self._paragraphs + 1}", self._tables, whole)
            self._paragraphs += sum(1 for cell in _below(row, "tc") for _ in _paragraphs(cell))
            if block:
                yield block


def _part(document: Any, kind: str) -> Any | None:
    for relation in document.part.rels.values():
        if relation.reltype == kind and not relation.is_external:
            return parse_xml(relation.target_part.blob)
    return None


def _text(element: Any) -> str:
    """The words of a paragraph as shown, formulas in one line; line breaks stay. Text boxes are not part of it."""
    pieces: list[str] = []
    pending: list[Any] = [element]
    while pending:
        node = pending.pop()
        if isinstance(node, str):
            pieces.append(node)
        elif node.tag in {f"{_W}t", f"{_MATH}t"}:
            pieces.append(node.text or "")
        elif node.tag in _BETWEEN:
            before, sign, after = _BETWEEN[node.tag]
            parts = (node.find(_MATH + before), sign, node.find(_MATH + after))
            pending.extend(part for part in reversed(parts) if part is not None)
        elif node.tag == f"{_W}r" and _is_hidden(node):
            continue
        elif node.tag in _SIGNS:
            page = node.get(f"{_W}type") in {"page", "column"}
            pieces.append("" if page else _SIGNS[node.tag])
        elif node.tag == _ALTERNATE:
            pending.extend(reversed(node[:1]))
        elif node.tag not in _SKIPPED and isinstance(node.tag, str):
            pending.extend(reversed(node))
    return "".join(pieces)


def _is_hidden(run: Any) -> bool:
    """Whether a run of text is not shown."""
    vanish = run.find(f"{_W}rPr/{_W}vanish")
    return vanish is not None and vanish.get(_VALUE, "true") not in {"0", "false", "off"}


def _below(parent: Any, name: str) -> Iterator[Any]:
    """The children called `name` (`tr`, `tc`), those inside content controls too."""
    for element in parent:
        if element.tag == f"{_W}{name}":
            yield element
        elif element.tag in _CONTAINERS:
            yield from _below(element, name)


def _boxes(element: Any) -> Iterator[Any]:
    """The contents of the text boxes anchored in a paragraph."""
    return _inside(element, "txbxContent")


def _paragraphs(element: Any) -> Iterator[Any]:
    """All paragraphs in a cell, those of its text boxes after the one that anchors them."""
    for paragraph in _inside(element, "p"):
        yield paragraph
        for box in _boxes(paragraph):
            yield from _paragraphs(box)


def _inside(element: Any, name: str) -> Iterator[Any]:
    """The elements called `name` below, not looking into them; of alternatives only the first."""
    pending = list(reversed(element))
    while pending:
        node = pending.pop()
        if node.tag == f"{_W}{name}":
            yield node
        elif node.tag == _ALTERNATE:
            pending.extend(reversed(node[:1]))
        else:
            pending.extend(reversed(node))


def _grid(table: Any) -> tuple[list[list[str]], list[set[int]]]:
    """The rows in the columns of their table, an empty cell where a merged one goes on; and where it does from above."""
    rows: list[list[str]] = []
    covered: list[set[int]] = []
    for row in _below(table, "tr"):
        cells = [""] * _columns(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
        from_above: set[int] = set()
        for cell in _below(row, "tc"):
            across = _columns(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1)
            if _goes_on(cell):
                from_above.add(len(cells))
            cells += [_cell(cell), *[""] * (across - 1)]
        rows.append(cells)
        covered.append(from_above)
    return rows, covered


def _frames_tables(table: Any, rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table lays out others; a small one in a cell of a table of data is words of that cell."""
    nested = table.findall(f".//{_W}tbl")
    return bool(nested) and not (is_data(rows) and all(is_layout(_grid(one)[0]) for one in nested))


def _columns(element: Any | None, usual: int) -> int:
    written = element.get(_VALUE, "") if element is not None else ""
    return min(int(written), _MOST_COLUMNS) if written.isdecimal() and len(written) < 6 else usual


def _goes_on(cell: Any) -> bool:
    """Whether a cell is the continuation of one that was merged downwards."""
    merged = cell.find(f"{_W}tcPr/{_W}vMerge")
    return merged is not None and merged.get(_VALUE, "continue") == "continue"


def _cell(cell: Any) -> str:
    """The text of a cell, a line for each of its paragraphs; empty where it continues a cell merged from above."""
    return "" if _goes_on(cell) else "\n".join(map(_text, _paragraphs(cell)))


def _bases(style: Any | None) -> Iterator[Any]:
    for _ in range(_MOST_BASES):  # styles may be based on each other in a circle
        if style is None:
            return
        yield style
        style = style.base_style


def _outline_level(element: Any, style: Any | None) -> int:
    """1 to 9 where the paragraph or its style has an outline level, else 0."""
    for owner in (element, *(base.element for base in _bases(style))):
        found = owner.find(f"{_W}pPr/{_W}outlineLvl")
        if found is not None:
            written = found.get(_VALUE, "9")
            return int(written) + 1 if written.isdigit() and int(written) < 9 else 0
    return 0


def _attribute(element: Any, name: str) -> str | None:
    found = element.find(f"{_W}{name}")
    return found.get(_VALUE) if found is not None else None
