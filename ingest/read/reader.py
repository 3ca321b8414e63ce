"""The one way in (读取入口): a file is measured, recognised by its content, read, and given outline and head."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import LiantuError
from graph.settings import Settings
from ingest.document import Block, Document
from ingest.read.content import DOCUMENT_SUFFIXES, Content, content_of
from ingest.read.encoding import decode
from ingest.read.head import Head, head_of
from ingest.read.outline import with_outline
from ingest.read.text import text_blocks
from ingest.read.titles import with_titles


@dataclass(frozen=True, slots=True)
class _Read:
    """What a reader gives: blocks, what the file's metadata say, and the places that it could not read."""

    blocks: list[Block]
    declared: Head | None = None
    unread: tuple[str, ...] = ()
    recognised: Mapping[str, float] = field(default_factory=dict)


def read_document(path: Path) -> Document:
    """The document in the file `path`, which is read as what its content is, whatever its suffix says.

    Raises `LiantuError` with a code of `file.*`: missing, empty, too large, of another type, in an unknown encoding,
    encrypted, scanned, unsafe or unreadable.
    """
    return document_of(_bytes(path), path.name)


def document_of(data: bytes, name: str) -> Document:
    """The document that is `data`; `name` stands in errors, and its suffix tells a fragment of html from text.

    Raises what `read_document` raises.
    """
    if not data.strip():
        raise LiantuError("file.empty", file=name)
    read = _blocks(data, name)
    blocks = [with_outline(block) for block in with_titles(read.blocks)]
    if not blocks:
        raise LiantuError("file.empty", file=name)
    head = head_of(blocks, read.declared)
    return Document(
        name=name,
        blocks=tuple(blocks),
        number=head.number,
        title=head.title,
        issuer=head.issuer,
        issued=head.issued,
        printed=head.printed,
        spoken=head.spoken,
        kind=head.kind,
        unread=read.unread,
        recognised=read.recognised,
    )


def check_size(size: int, name: str) -> None:
    """Refuse (`file.too_large`) more bytes than a file may have."""
    limit = Settings.load().file_megabytes
    if size > limit * 1_000_000:
        raise LiantuError("file.too_large", file=name, size=f"{size / 1e6:.1f} MB", limit=f"{limit:g} MB")


def _bytes(path: Path) -> bytes:
    try:
        check_size(path.stat().st_size, path.name)
        return path.read_bytes()
    except FileNotFoundError:
        raise LiantuError("file.missing", file=path.name) from None
    except OSError as error:
        raise LiantuError("file.unreadable", file=path.name, reason=error.strerror or "I/O") from None


def _blocks(data: bytes, name: str) -> _Read:
    content = content_of(data, Path(name).suffix.lower())
    if content is Content.TEXT:
        return _Read(text_blocks(decode(data, name)))
    if content is Content.HTML:
        from ingest.read.html import declared_charset, html_blocks  # noqa: PLC0415 - only where a page is read

        return _Read(*html_blocks(decode(data, name, declared_charset(data)), name))
    if content is Content.DOCX:
        from ingest.read.docx import docx_blocks  # noqa: PLC0415 - only where a Word document is read

        return _Read(docx_blocks(data, name))
    if content is Content.OFD:
        from ingest.read.ofd import ofd_blocks  # noqa: PLC0415 - only where an OFD is read

        blocks, unread = ofd_blocks(data, name)
        return _Read(blocks, unread=unread)
    if content is Content.PDF:
        from ingest.read.pdf import pdf_blocks  # noqa: PLC0415 - only where a PDF is read

        blocks, unread, recognised = pdf_blocks(data, name)
        return _Read(blocks, unread=unread, recognised=recognised)
    if content is Content.OLE:
        raise _refusal_of_ole(data, name)
    raise LiantuError("file.type", file=name, supported=" ".join(sorted(DOCUMENT_SUFFIXES)))


def _refusal_of_ole(data: bytes, name: str) -> LiantuError:
    """An encrypted docx lies in an OLE container, as old .doc files do; the names of its streams tell."""
    encrypted = "EncryptedPackage".encode("utf-16-le") in data
    return LiantuError("file.encrypted" if encrypted else "file.old", file=name)
