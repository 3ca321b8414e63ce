"""What a file is, by its first bytes (文件类型): a suffix is a promise, not a fact."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

DOCUMENT_SUFFIXES: Final = frozenset({".txt", ".html", ".htm", ".docx", ".ofd", ".pdf"})


class Content(Enum):
    """The kinds of content that are told apart; `OTHER` is not read."""

    TEXT = "text"
    HTML = "html"
    DOCX = "docx"
    OFD = "ofd"
    PDF = "pdf"
    OLE = "ole"  # an old .doc, or an encrypted .docx
    OTHER = "other"


_DIRECTORY: Final = b"PK\x01\x02"  # an entry of the list at the end of a zip; the name follows its 46 bytes
_HTML: Final = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_OTHERS: Final = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\x7fELF", b"MZ\x90", b"{\\rtf",
    b"PAR1",
)  # fmt: skip


def content_of(data: bytes, suffix: str) -> Content:
    """The kind of content; `suffix` (`.html`) decides only between plain text and a fragment of html."""
    start = data[:4096]
    if b"%PDF-" in start[:1024]:
        return Content.PDF
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Content.OFD if _names_part(data, b"OFD.xml") else Content.DOCX
    if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return Content.OLE
    if start.startswith(_OTHERS):
        return Content.OTHER
    flat = start.replace(b"\x00", b"")  # UTF-16
    if suffix in {".html", ".htm"} or _HTML.search(flat):
        return Content.HTML
    return Content.TEXT


def _names_part(data: bytes, name: bytes) -> bool:
    """Whether the list at the end of a zip has a part of this name; the rest is not looked into here."""
    position = data.find(name)
    while position >= 0:
        if data[position - 46 : position - 42] == _DIRECTORY:
            return True
        position = data.find(name, position + 1)
    return False
