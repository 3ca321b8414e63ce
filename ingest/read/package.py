"""Office packages (文档包): a docx is a zip; what could harm is refused before anything parses it.

Nothing is ever extracted to disk, so the names in the archive (`../…`) reach no path; external links are not followed.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Final

from graph.errors import LiantuError
from graph.language import Text

_MOST_PARTS: Final = 10_000
_MOST_BYTES: Final = 500_000_000  # of all parts, unpacked
_LARGEST_XML: Final = 150_000_000
_RATIO: Final = 200  # XML packs 5 to 50 times; beyond this a part above a megabyte is a bomb
_SMALL: Final = 1_000_000
_CHUNK: Final = 1 << 20
_ENCRYPTED: Final = 0x1
_DOCTYPE: Final = re.compile(
    rb"<\x00?!\x00?(?:D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E|E\x00?N\x00?T\x00?I\x00?T\x00?Y)"
)


def check_package(data: bytes, file: str, part: str) -> None:
    """Refuse a zip that is no sound office package holding `part` (`word/document.xml`).

    Raises `file.unreadable` (broken), `file.type` (another kind of zip), `file.encrypted`, and `file.unsafe` for what
    unpacks too large or declares a document type or entities, which no office program writes.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if part not in archive.namelist():
                raise LiantuError("file.type", file=file, supported=".docx .html .ofd .pdf .txt")
            _check_sizes(parts, file)
            for item in parts:
                if item.filename.lower().endswith((".xml", ".rels", ".vml")):
                    _check_xml(archive, item, file)
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        NotImplementedError,
        ValueError,
        RuntimeError,
    ) as error:
        reason = str(Text("压缩包已损坏", "the archive is damaged"))
        raise LiantuError("file.unreadable", file=file, reason=reason) from error


def _check_sizes(parts: list[zipfile.ZipInfo], file: str) -> None:
    if any(item.flag_bits & _ENCRYPTED for item in parts):
        raise LiantuError("file.encrypted", file=file)
    bomb = any(
        item.file_size > _SMALL and item.file_size > _RATIO * max(1, item.compress_size) for item in parts
    )
    if bomb or len(parts) > _MOST_PARTS or sum(item.file_size for item in parts) > _MOST_BYTES:
        raise LiantuError(
            "file.unsafe", file=file, reason=str(Text("解压后过大", "it unpacks to an unreasonable size"))
        )


def _check_xml(archive: zipfile.ZipFile, item: zipfile.ZipInfo, file: str) -> None:
    """A part's XML without DOCTYPE or entities. `file_size` bounds what is read, whatever is in the stream."""
    if item.file_size > _LARGEST_XML:
        raise LiantuError(
            "file.too_large",
            file=file,
            size=f"{item.file_size / 1e6:.0f} MB",
            limit=f"{_LARGEST_XML / 1e6:.0f} MB",
        )
    tail = b""
    with archive.open(item) as stream:
        while chunk := stream.read(_CHUNK):
            if _DOCTYPE.search(tail + chunk):
                raise LiantuError("file.unsafe", file=file, reason="DOCTYPE")
            tail = chunk[-32:]
