"""A second parser of a PDF (pdfplumber): slow, and asked only for what PDFium does not give.

PDFium finds no tables, and it loses letters: a run of text whose box has no area, as it comes from a font that is
neither in the file nor installed, is taken for a repetition of the run before. A document that is set letter by letter
in such a font, as Chinese forms often are, would be read as a few words or none.
"""

from __future__ import annotations

import io
from types import TracebackType
from typing import Any, Final, Self

import pypdfium2.raw as pdfium

from ingest.read.glyph import Glyph

_DEEPEST: Final = 3  # forms inside the page


class SecondParser:
    """The pages of a PDF as pdfplumber reads them; opened when the first page is asked for."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._document: Any = None

    def __enter__(self) -> Self:
        """Nothing is opened yet."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close what was opened."""
        if self._document is not None:
            self._document.close()

    def page(self, index: int) -> Any:
        """A page of pdfplumber; raises whatever that parser raises."""
        if self._document is None:
            import pdfplumber  # noqa: PLC0415 - a quarter of a second that most documents do not need

            self._document = pdfplumber.open(io.BytesIO(self._data))
        return self._document.pages[index]

    def glyphs(self, index: int, most: int) -> list[Glyph]:
        """The characters of a page in the order of the file, at most so many; none where the page cannot be parsed."""
        try:
            page = self.page(index)
            found = [
                Glyph(char, one["x0"], one["x1"], one["y0"], one["y1"])
                for one in page.chars[:most]
                for char in one["text"]
                if not one["text"].startswith("(cid:") and char.isprintable()
            ]
            page.close()
        except Exception:  # noqa: BLE001 - a second parser with faults of its own: what PDFium reads is kept
            return []
        return found


def has_lost_letters(page: Any) -> bool:
    """Whether a page of pypdfium2 has text without area, which PDFium drops."""
    for one in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_TEXT,), max_depth=_DEEPEST):
        left, bottom, right, top = one.get_bounds()
        if left == right or bottom == top:
            return True
    return False
