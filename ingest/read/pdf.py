"""PDF with a text layer (版式文件): lines with their geometry, page by page; places are `p.N`.

The right edge of a line and its indentation are measured on the page, in half-width cells of the body's type, and so
go through the same joining as plain text. PDFium is not thread safe: one document is read at a time in a process.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from graph.errors import LiantuError
from graph.language import Text
from ingest.document import Block
from ingest.read.page import Glyph, Row, page_lines, rows_of
from ingest.read.paragraphs import paragraphs
from ingest.read.running import without_running_lines

_LOCK: Final = threading.Lock()
_MOST_PAGES: Final = 2_000
_MOST_GLYPHS: Final = 200_000  # of a page
_MOST_SECONDS: Final = 300.0
_GARBLED: Final = 0.3
_UNMAPPED: Final = frozenset({0, 0xFFFD, 0xFFFE, 0xFFFF})


def pdf_blocks(data: bytes, file: str) -> tuple[list[Block], tuple[str, ...]]:
    """The paragraphs of a PDF, and the pages that hold pictures but no text (`p.4`), which were not read.

    Raises `file.encrypted`, `file.unreadable` (broken, or its letters have no meaning), `file.scanned` (no text at all)
    and `file.too_large` (pages, or time).
    """
    with _LOCK:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise _refusal(error, file) from None
        with closing(document):
            pages, unread = _read(document, file)
    if not any(pages):
        raise LiantuError("file.scanned", file=file)
    _check_letters(pages, file)
    lines = page_lines(without_running_lines(pages))
    return paragraphs(lines), tuple(unread)


def _refusal(error: pypdfium2.PdfiumError, file: str) -> LiantuError:
    code = getattr(error, "err_code", None)
    if code in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY} or "assword" in str(error):
        return LiantuError("file.encrypted", file=file)
    return LiantuError(
        "file.unreadable", file=file, reason=str(Text("不是完整的 PDF", "it is no complete PDF"))
    )


def _read(document: Any, file: str) -> tuple[list[list[Row]], list[str]]:
    """The rows of each page, and the pages without text."""
    count = len(document)
    if count > _MOST_PAGES:
        raise LiantuError(
            "file.too_large",
            file=file,
            size=str(Text(f"{count} 页", f"{count} pages")),
            limit=str(Text(f"{_MOST_PAGES} 页", f"{_MOST_PAGES} pages")),
        )
    deadline = time.monotonic() + _MOST_SECONDS
    pages: list[list[Row]] = []
    unread: list[str] = []
    for index in range(count):
        if time.monotonic() > deadline:
            raise LiantuError(
                "file.too_large", file=file, size=f"> {_MOST_SECONDS:g} s", limit=f"{_MOST_SECONDS:g} s"
            )
        try:
            with closing(document[index]) as page, closing(page.get_textpage()) as words:
                pages.append(rows_of(_glyphs(words, file), index + 1))
                if not pages[-1] and next(iter(page.get_objects(max_depth=2)), None) is not None:
                    unread.append(f"p.{index + 1}")
        except pypdfium2.PdfiumError:
            pages.append([])
            unread.append(f"p.{index + 1}")
    return pages, unread


def _glyphs(words: Any, file: str) -> Iterator[Glyph]:
    """The characters of a page in reading order; a line break of PDFium's own has no box."""
    count = words.count_chars()
    if count > _MOST_GLYPHS:
        raise LiantuError(
            "file.too_large", file=file, size=f"{count}", limit=f"{_MOST_GLYPHS} characters / 字"
        )
    box = pdfium.FS_RECTF()
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(words.raw, index)
        if code in (10, 13):
            yield Glyph("\n")
            continue
        # The loose box ends where the next character may begin; the tight one of a comma ends half-way.
        pdfium.FPDFText_GetLooseCharBox(words.raw, index, box)
        char = "\ufffd" if code in _UNMAPPED or 0xD800 <= code <= 0xDFFF else chr(code)
        yield Glyph(char, box.left, box.right, box.bottom, box.top)


def _check_letters(pages: list[list[Row]], file: str) -> None:
    """Refuse a text layer whose letters are mostly unmapped: fonts without a table of meanings."""
    text = "".join(row.text for page in pages for row in page)
    odd = sum(1 for char in text if char == "\ufffd" or "\ue000" <= char <= "\uf8ff")
    if odd > _GARBLED * len(text):
        reason = str(Text("字体没有编码对照，文字无法还原", "its fonts do not say which letters they draw"))
        raise LiantuError("file.unreadable", file=file, reason=reason)
