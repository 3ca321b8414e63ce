"""PDF (版式文件): lines with their geometry, columns, ruled tables, scanned pages; places are `p.N`.

The right edge of a line and its indentation are measured on the page, in half-width cells of the body's type, and so
go through the same joining as plain text. PDFium is not thread safe: one document is read at a time in a process.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from graph.errors import LiantuError
from graph.language import Text
from graph.settings import Settings
from ingest.document import Block
from ingest.read.glyph import Glyph, in_rows
from ingest.read.over_pages import whole_tables
from ingest.read.page import Row, page_lines
from ingest.read.paragraphs import paragraphs
from ingest.read.ruled import page_rows, tables_of
from ingest.read.running import without_running_lines
from ingest.read.scan import recognised, recognition
from ingest.read.second_parser import SecondParser, has_lost_letters

_LOCK: Final = threading.Lock()
_MOST_PAGES: Final = 2_000
_MOST_GLYPHS: Final = 200_000  # of a page
_SHARE_OF_TIME: Final = 0.8  # of a file's time; the rest is for what is made of its words
_SECONDS_A_PAGE: Final = 20.0  # what the recognition of a page may take on a busy machine
_FEW_WORDS: Final = 30  # characters: a stamp of the scanner, a watermark, a caption
_COVERED: Final = 0.5  # of a page, by its images
_GARBLED: Final = 0.3
_SLANT: Final = math.radians(8)
_UNMAPPED: Final = frozenset({0, 0xFFFD, 0xFFFE, 0xFFFF})


@dataclass(slots=True)
class Pages:
    """What is read of a document, page by page: rows, the pages not read, and how surely scanned ones were."""

    rows: list[list[Row]] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    recognised: dict[str, float] = field(default_factory=dict)


def pdf_blocks(data: bytes, file: str) -> tuple[list[Block], tuple[str, ...], dict[str, float]]:
    """The paragraphs of a PDF; the pages that are pictures and could not be read (`p.4`); and of each page read by
    text recognition how sure that is, 0 to 1.

    Raises `file.encrypted`, `file.unreadable` (broken, or its letters have no meaning), `file.scanned` (no text at all,
    and no text recognition installed) and `file.too_large` (pages, or time).
    """
    with _LOCK:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise _refusal(error, file) from None
        with closing(document), SecondParser(data) as second:
            pages = _read(document, second, file)
    kept = without_running_lines(pages.rows)
    if not any(rows for number, rows in enumerate(kept, start=1) if f"p.{number}" not in pages.unread):
        raise LiantuError("file.scanned", file=file)
    return paragraphs(page_lines(whole_tables(kept))), tuple(pages.unread), pages.recognised


def _refusal(error: pypdfium2.PdfiumError, file: str) -> LiantuError:
    code = getattr(error, "err_code", None)
    if code in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY} or "assword" in str(error):
        return LiantuError("file.encrypted", file=file)
    return LiantuError("file.unreadable", file=file, reason=Text("不是完整的 PDF", "it is no complete PDF"))


def _read(document: Any, second: SecondParser, file: str) -> Pages:
    count = len(document)
    if count > _MOST_PAGES:
        raise LiantuError(
            "file.too_large",
            file=file,
            size=Text(f"{count} 页", f"{count} pages"),
            limit=Text(f"{_MOST_PAGES} 页", f"{_MOST_PAGES} pages"),
        )
    seconds = _SHARE_OF_TIME * Settings.load().file_seconds
    deadline = time.monotonic() + seconds
    pages = Pages()
    garbled, broken = 0, list[int]()
    for index in range(count):
        if time.monotonic() > deadline:
            raise LiantuError("file.too_large", file=file, size=f"> {seconds:g} s", limit=f"{seconds:g} s")
        number = index + 1
        try:
            with closing(document[index]) as page, closing(page.get_textpage()) as words:
                glyphs = _glyphs(page, words, second, index, file)
                rows = page_rows(glyphs, tables_of(page, index, second), number)
                if _is_garbled(rows):
                    garbled += 1
                    rows = []
        except pypdfium2.PdfiumError:
            rows = []
            broken.append(index)
        pages.rows.append(rows)
    # Only now it is known what is a page number or a mark of the scanner, which are no words of a page.
    for index, rows in enumerate(without_running_lines(pages.rows)):
        if index in broken:
            pages.unread.append(f"p.{index + 1}")
        elif _words(rows) < _FEW_WORDS:
            try:
                with closing(document[index]) as page:
                    pages.rows[index] = _scanned(page, index + 1, pages, deadline)
            except pypdfium2.PdfiumError:
                pages.unread.append(f"p.{index + 1}")
    if garbled and not any(pages.rows):
        reason = Text("字体没有编码对照，文字无法还原", "its fonts do not say which letters they draw")
        raise LiantuError("file.unreadable", file=file, reason=reason)
    return pages


def _scanned(page: Any, number: int, pages: Pages, deadline: float) -> list[Row]:
    """The rows of a page of few words: by text recognition if it is a picture, noted as unread where there is none."""
    own = pages.rows[number - 1]
    if next(iter(page.get_objects(max_depth=2)), None) is None or (own and not _is_picture(page)):
        return own  # an empty page, or a short one
    # The last pages of a long scan are named rather than the whole document lost.
    if recognition() and time.monotonic() < deadline - _SECONDS_A_PAGE:
        found = recognised(page, number)
        if _words(found.rows) > _words(own):
            pages.recognised[f"p.{number}"] = round(found.confidence, 3)
            return found.rows
        if own:
            return own  # a photograph and its caption
    pages.unread.append(f"p.{number}")
    return own


def _words(rows: Iterable[Row]) -> int:
    """How many characters stand in rows; what is written all over a page (水印) counts once."""
    return sum(len("".join(text.split())) for text in {row.text for row in rows})


def _is_picture(page: Any) -> bool:
    """Whether images, or forms that hold some, cover most of a page, as in a scan, whatever is printed over it."""
    left, bottom, right, top = page.get_cropbox()
    covered = 0.0
    for item in page.get_objects(max_depth=1):
        image = item.type == pdfium.FPDF_PAGEOBJ_IMAGE or (
            item.type == pdfium.FPDF_PAGEOBJ_FORM
            and any(page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=3, form=item, level=1))
        )
        if image:
            box = item.get_bounds()
            across, along = min(right, box[2]) - max(left, box[0]), min(top, box[3]) - max(bottom, box[1])
            covered += max(across, 0.0) * max(along, 0.0)
    return bool(covered > _COVERED * (right - left) * (top - bottom))


def _glyphs(page: Any, words: Any, second: SecondParser, index: int, file: str) -> Iterable[Glyph]:
    """The characters of a page; those of the second parser where PDFium has lost some."""
    found = [_as_shown(glyph, page) for glyph in _pdfium_glyphs(words, file)]
    if has_lost_letters(page):
        others = second.glyphs(index, _MOST_GLYPHS)
        if _inked(others) > _inked(found):
            return in_rows(others)
    return found


def _as_shown(glyph: Glyph, page: Any) -> Glyph:
    """A character where it stands on a page that is shown turned: PDFium tells where it was drawn."""
    turned = page.get_rotation()
    if not turned or glyph.char == "\n":
        return glyph
    _, _, right, top = page.get_mediabox()
    left, up, bottom, high = glyph.left, glyph.right, glyph.bottom, glyph.top
    if turned == 90:
        return Glyph(glyph.char, bottom, high, right - up, right - left)
    if turned == 180:
        return Glyph(glyph.char, right - up, right - left, top - high, top - bottom)
    return Glyph(glyph.char, top - high, top - bottom, left, up)


def _inked(glyphs: Iterable[Glyph]) -> int:
    return sum(not glyph.char.isspace() for glyph in glyphs)


def _pdfium_glyphs(words: Any, file: str) -> Iterator[Glyph]:
    """The characters of a page in reading order; a line break of PDFium's own has no box."""
    count = words.count_chars()
    if count > _MOST_GLYPHS:
        raise LiantuError(
            "file.too_large",
            file=file,
            size=f"{count}",
            limit=Text(f"{_MOST_GLYPHS} 字", f"{_MOST_GLYPHS} characters"),
        )
    box = pdfium.FS_RECTF()
    slanted = [_is_slanted(pdfium.FPDFText_GetCharAngle(words.raw, index)) for index in range(count)]
    whole = 2 * sum(slanted) > count  # a page that was scanned askew
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(words.raw, index)
        if code in (10, 13):
            yield Glyph("\n")
            continue
        if slanted[index] and not whole:
            continue  # a watermark across the page
        # The loose box ends where the next character may begin; the tight one of a comma ends half-way.
        pdfium.FPDFText_GetLooseCharBox(words.raw, index, box)
        char = "\ufffd" if code in _UNMAPPED or 0xD800 <= code <= 0xDFFF else chr(code)
        yield Glyph(char, box.left, box.right, box.bottom, box.top)


def _is_slanted(angle: float) -> bool:
    """Whether a character stands neither upright nor turned by a quarter; -1 where that is not known."""
    turned = angle % (math.pi / 2)
    return angle >= 0 and _SLANT < turned < math.pi / 2 - _SLANT


def _is_garbled(rows: list[Row]) -> bool:
    """Whether the letters of a page are mostly unmapped: fonts without a table of meanings."""
    text = "".join(row.text for row in rows)
    odd = sum(1 for char in text if char == "\ufffd" or "\ue000" <= char <= "\uf8ff")
    return odd > _GARBLED * len(text)
