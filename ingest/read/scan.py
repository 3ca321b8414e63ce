"""Scanned pages (扫描页): their rows by text recognition, where the extra `ocr` is installed.

RapidOCR brings its models in its package: nothing is downloaded, and a page never leaves the machine.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from statistics import fmean
from typing import Any, Final

from ingest.read.line import cells
from ingest.read.page import Row

_PACKAGE: Final = "rapidocr"
_RESOLUTION: Final = 200 / 72  # pixels a point; recognition gains nothing from more
_LONGEST_SIDE: Final = 2_400  # pixels; a poster is made smaller
_LEAST_SURE: Final = 0.5  # what is less sure is noise: stamps, signatures, specks
_SAME_ROW: Final = 0.5  # of the height of a row


@dataclass(frozen=True, slots=True)
class Recognised:
    """The rows of a scanned page, and how sure the recognition is of them (0 to 1, the mean over characters)."""

    rows: list[Row]
    confidence: float


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words in one box, in points; `top` and `bottom` from the lower edge of the page, as everywhere in a PDF."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    sure: float


def recognition() -> str | None:
    """The recogniser that is installed, with its version; None without one."""
    try:
        return f"{_PACKAGE} {metadata.version(_PACKAGE)}"
    except metadata.PackageNotFoundError:
        return None


def recognised(page: Any, number: int) -> Recognised:
    """What stands on a page of pypdfium2 that has no text; `recognition()` must not be None."""
    import numpy as np  # noqa: PLC0415 - only where a page is scanned

    width, height = page.get_size()
    scale = min(_RESOLUTION, _LONGEST_SIDE / max(width, height, 1.0))
    bitmap = page.render(scale=scale)
    try:
        # the recogniser expects blue, green, red, as PDFium gives them; a grey page becomes three equal layers
        pixels = np.array(bitmap.to_numpy(), copy=True)
    finally:
        bitmap.close()
    if pixels.shape[2] == 1:
        pixels = np.repeat(pixels, 3, axis=2)
    found = _engine()(pixels[:, :, :3])
    pieces = [
        _Piece(
            " ".join(text.split()),
            float(box[:, 0].min()) / scale,
            float(box[:, 0].max()) / scale,
            height - float(box[:, 1].max()) / scale,
            height - float(box[:, 1].min()) / scale,
            float(sure),
        )
        for box, text, sure in zip(
            *(() if part is None else part for part in (found.boxes, found.txts, found.scores)), strict=True
        )
        if sure >= _LEAST_SURE and text.strip()
    ]
    weights = [piece.sure for piece in pieces for _ in piece.text]
    return Recognised(_rows(pieces, number), fmean(weights) if weights else 0.0)


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR  # noqa: PLC0415 - an extra, and its models take a second to load

    # One thread: a batch runs one reader a core.
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _rows(pieces: Iterable[_Piece], page: int) -> list[Row]:
    """Pieces at one height are one row; from top to bottom."""
    together: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda one: -(one.top + one.bottom)):
        if together and _level(together[-1][0], piece):
            together[-1].append(piece)
        else:
            together.append([piece])
    return [_row(sorted(row, key=lambda one: one.left), page) for row in together]


def _level(first: _Piece, other: _Piece) -> bool:
    height = min(first.top - first.bottom, other.top - other.bottom)
    return abs((first.top + first.bottom) - (other.top + other.bottom)) / 2 < _SAME_ROW * height


def _row(pieces: list[_Piece], page: int) -> Row:
    left, right = pieces[0].left, max(piece.right for piece in pieces)
    inked = sum(piece.right - piece.left for piece in pieces)
    # The boxes stand off from the ink: the em is what a character takes of their width.
    em = inked / max(sum(cells(piece.text) for piece in pieces), 1) * 2
    text = " ".join(piece.text for piece in pieces)
    return Row(text, left, right, min(piece.bottom for piece in pieces), em, page)
