"""Office packages (文档包): a docx, ofd or xlsx is a zip from a stranger; what could harm is refused before it is parsed.

Nothing is extracted to disk here, so the names in the archive (`../…`) reach no path; external links are not followed.
"""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from graph.errors import LiantuError
from graph.language import Text
from ingest.read.content import DOCUMENT_SUFFIXES

_RATIO: Final = 200  # XML packs 5 to 50 times; beyond this a part above a megabyte is a bomb
_SMALL: Final = 1_000_000
_CHUNK: Final = 1 << 20
OVERLAP: Final = 512  # bytes of a chunk that are looked at with the next one
_ENCRYPTED: Final = 0x1
_DOCTYPE: Final = re.compile(
    rb"<\x00?!\x00?\s*(?:D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E|E\x00?N\x00?T\x00?I\x00?T\x00?Y)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a package may hold: parts, bytes of all parts unpacked, bytes of one XML part."""

    parts: int = 10_000
    unpacked: int = 500_000_000
    xml: int = 150_000_000


DOCUMENT: Final = Limits()
WORKBOOK: Final = Limits(parts=2_000, unpacked=1 << 30, xml=1 << 30)

Chunks = Callable[[], Iterator[bytes]]
Look = Callable[[str, Iterator[bytes], Chunks], None]
"""Looks at the text of an XML part, by its name, in pieces that overlap, and raises where it must not be parsed; the
chunks are the same text once more, without overlap, for what the pieces could not tell."""


def check_package(
    data: bytes | Path,
    file: str,
    part: str | None = None,
    *,
    limits: Limits = DOCUMENT,
    look: Look | None = None,
    climbing: bool = True,
) -> None:
    """Refuse a zip that is no sound office package holding `part` (`word/document.xml`).

    Raises `file.unreadable` (broken), `file.type` (another kind of zip), `file.encrypted`, `file.too_large`, and
    `file.unsafe` for what unpacks too large or declares a document type or entities, which no office program writes,
    and, unless `climbing`, for names that lead out of the archive.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data) if isinstance(data, bytes) else data) as archive:
            parts = archive.infolist()
            if part is not None and part not in archive.namelist():
                raise LiantuError("file.type", file=file, supported=" ".join(sorted(DOCUMENT_SUFFIXES)))
            _check_sizes(parts, file, limits)
            if not climbing and any(_climbs(item.filename) for item in parts):
                raise LiantuError("file.unsafe", file=file, reason="../")
            for item in parts:
                if item.filename.lower().endswith((".xml", ".rels", ".vml")):
                    _check_xml(archive, item, file, limits, look)
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        zlib.error,
        OSError,
        EOFError,
        NotImplementedError,
        ValueError,
        RuntimeError,
    ) as error:
        reason = Text("压缩包已损坏", "the archive is damaged")
        if not _begins(data).startswith(b"PK"):
            reason = Text("内容与后缀不符", "its content is not what its suffix says")
        raise LiantuError("file.unreadable", file=file, reason=reason) from error


def _begins(data: bytes | Path) -> bytes:
    if isinstance(data, bytes):
        return data[:2]
    with contextlib.suppress(OSError), data.open("rb") as handle:
        return handle.read(2)
    return b"PK"  # it could not even be opened


def _climbs(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name)


def _check_sizes(parts: list[zipfile.ZipInfo], file: str, limits: Limits) -> None:
    if any(item.flag_bits & _ENCRYPTED for item in parts):
        raise LiantuError("file.encrypted", file=file)
    bomb = any(
        item.file_size > _SMALL and item.file_size > _RATIO * max(1, item.compress_size) for item in parts
    )
    if bomb or len(parts) > limits.parts or sum(item.file_size for item in parts) > limits.unpacked:
        raise LiantuError(
            "file.unsafe", file=file, reason=Text("解压后过大", "it unpacks to an unreasonable size")
        )


def _check_xml(
    archive: zipfile.ZipFile, item: zipfile.ZipInfo, file: str, limits: Limits, look: Look | None
) -> None:
    """A part's XML without DOCTYPE or entities. `file_size` bounds what is read, whatever is in the stream."""
    if item.file_size > limits.xml:
        size, limit = f"{item.file_size / 1e6:.0f} MB", f"{limits.xml / 1e6:.0f} MB"
        raise LiantuError("file.too_large", file=file, size=size, limit=limit)

    def chunks() -> Iterator[bytes]:
        with archive.open(item) as again:
            while chunk := again.read(_CHUNK):
                yield chunk

    with archive.open(item) as stream:
        windows = _windows(stream, file)
        if look is not None:
            look(item.filename, windows, chunks)
        deque(windows, maxlen=0)  # what was not looked at is still checked


def _windows(stream: IO[bytes], file: str) -> Iterator[bytes]:
    rest = b""
    while chunk := stream.read(_CHUNK):
        window = rest + chunk
        # most have no exclamation mark: a byte is found faster than a pattern
        if b"!" in window and _DOCTYPE.search(window):
            raise LiantuError("file.unsafe", file=file, reason="DOCTYPE")
        yield window
        rest = window[-OVERLAP:]
