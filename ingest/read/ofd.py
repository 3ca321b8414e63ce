"""OFD (GB/T 33190 版式文件): the Chinese standard's fixed layout, read by the place of its characters; places are `p.N`.

An OFD is a zip: `OFD.xml` names its documents, these their pages, and a page its text objects, each a run of characters
with where it begins and how far apart they stand, in millimetres. What is drawn or scanned has no words.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from graph.errors import LiantuError
from graph.language import Text
from ingest.document import Block
from ingest.package import check_package
from ingest.read.glyph import Glyph, in_rows
from ingest.read.line import cells
from ingest.read.page import Row, page_lines, rows_of
from ingest.read.paragraphs import paragraphs
from ingest.read.running import without_running_lines

ROOT: Final = "OFD.xml"
_POINTS: Final = 72 / 25.4  # a millimetre
_MOST_PAGES: Final = 2_000
_MOST_GLYPHS: Final = 200_000  # of a page


def ofd_blocks(data: bytes, file: str) -> tuple[list[Block], tuple[str, ...]]:
    """The paragraphs of an OFD, and the pages that hold something but no words (`p.4`).

    Raises `file.encrypted`, `file.unsafe`, `file.unreadable` (broken), `file.scanned` (no words), `file.too_large`.
    """
    check_package(data, file, ROOT)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            pages, unread = _read(_Package(package), file)
        found = paragraphs(page_lines(without_running_lines(pages)))
    except (
        zipfile.BadZipFile,
        zlib.error,
        KeyError,
        IndexError,
        OverflowError,  # places beyond all pages
        ValueError,
        etree.XMLSyntaxError,
    ) as error:
        reason = Text("不是完整的 OFD 文件", "it is no complete OFD file")
        raise LiantuError("file.unreadable", file=file, reason=reason) from error
    if not any(pages):
        raise LiantuError("file.scanned", file=file)
    return found, tuple(unread)


class _Package:
    """The parts of the package, by their names as written: relative to the part that names them, or from the root."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self._package = package
        self._names = {name.replace("\\", "/").lstrip("/"): name for name in package.namelist()}

    def part(self, written: str, base: str = "") -> tuple[str, Any]:
        """The name of a part and its XML."""
        name = written.strip().replace("\\", "/")
        joined = name.lstrip("/") if name.startswith("/") else posixpath.join(posixpath.dirname(base), name)
        found = next(
            one
            for one in (posixpath.normpath(joined), posixpath.normpath(name.lstrip("/")), None)
            if one in self._names or one is None
        )
        if found is None:
            raise KeyError(written)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        return found, etree.fromstring(self._package.read(self._names[found]), parser)


def _read(package: _Package, file: str) -> tuple[list[list[Row]], list[str]]:
    """The rows of each page of all documents in the package, and the pages without words."""
    rows: list[list[Row]] = []
    unread: list[str] = []
    for place, document, page in _pages(package):
        number = len(rows) + 1
        if number > _MOST_PAGES:
            raise LiantuError(
                "file.too_large",
                file=file,
                size=f"> {_MOST_PAGES}",
                limit=Text(f"{_MOST_PAGES} 页", f"{_MOST_PAGES} pages"),
            )
        _, content = package.part(page.get("BaseLoc", ""), place)
        height = _height(content) or _height(document) or 297.0
        glyphs = list(_glyphs(content, height * _POINTS, file))
        rows.append(rows_of(in_rows(glyphs), number))
        if not rows[-1] and next(_all(content, "ImageObject", "PathObject"), None) is not None:
            unread.append(f"p.{number}")
    return rows, unread


def _pages(package: _Package) -> Iterator[tuple[str, Any, Any]]:
    root_place, root = package.part(ROOT)
    for body in _all(root, "DocRoot"):
        place, document = package.part(body.text or "", root_place)
        for page in _all(document, "Page"):
            yield place, document, page


def _all(element: Any, *names: str) -> Iterator[Any]:
    """The elements below of these names, in order; versions of the standard differ in their namespace."""
    return (
        found
        for found in element.iter("{*}*", "*")
        if isinstance(found.tag, str) and etree.QName(found).localname in names
    )


def _height(element: Any) -> float | None:
    box = next(_all(element, "PhysicalBox"), None)
    numbers = _numbers(box.text) if box is not None else []
    return numbers[3] if len(numbers) == 4 else None


def _numbers(written: str | None) -> list[float]:
    return [float(one) for one in (written or "").split()]


def _glyphs(content: Any, height: float, file: str) -> Iterator[Glyph]:
    count = 0
    for run in _all(content, "TextObject"):
        boundary = _numbers(run.get("Boundary")) or [0.0, 0.0, 0.0, 0.0]
        a, b, c, d, e, f = _numbers(run.get("CTM")) or (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        size = float(run.get("Size") or 4.0) * (abs(d) or abs(c) or 1.0) * _POINTS
        x = y = 0.0
        for code in _all(run, "TextCode"):
            x, y = float(code.get("X") or x), float(code.get("Y") or y)
            text = "".join(code.itertext())
            count += len(text)
            if count > _MOST_GLYPHS:
                raise LiantuError(
                    "file.too_large",
                    file=file,
                    size=f"{count}",
                    limit=Text(f"{_MOST_GLYPHS} 字", f"{_MOST_GLYPHS} characters"),
                )
            across, down = _steps(code.get("DeltaX"), len(text)), _steps(code.get("DeltaY"), len(text))
            for char, right, low in zip(text, across, down, strict=True):
                left = (boundary[0] + a * (x + right) + c * (y + low) + e) * _POINTS
                bottom = height - (boundary[1] + b * (x + right) + d * (y + low) + f) * _POINTS
                yield Glyph(char, left, left + size * cells(char) / 2, bottom, bottom + size)


def _steps(written: str | None, count: int) -> list[float]:
    """How far each character stands from the first: `2 3.5` are steps, `g 4 3.5` is four times the step 3.5."""
    steps: list[float] = []
    words = iter((written or "").split())
    for word in words:
        if word == "g":
            times, step = int(next(words, "0")), float(next(words, "0"))
            steps += [step] * min(times, count)
        else:
            steps.append(float(word))
    places = [0.0]
    for number in range(count - 1):
        places.append(places[-1] + (steps[number] if number < len(steps) else 0.0))
    return places[:count]
