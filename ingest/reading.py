"""One file in, its claims out (读取): which reader a file goes to, and what became of it. A pure function of content."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

import pyarrow as pa

from graph.claims import claims_table
from graph.errors import LiantuError
from graph.language import Text
from graph.place import place_in_words
from graph.settings import Settings
from graph.store.protocol import Medium
from ingest.document import Document
from ingest.graduates import COUNTED_OFFERS
from ingest.manifest import Status
from ingest.read import DOCUMENT_SUFFIXES, read_document
from ingest.read.scan import recognition
from ingest.records import RECORD_SUFFIXES, RecordsRead, read_records, size_limit
from ingest.records.mapping import digest_beside
from ingest.records.quality import Finding
from ingest.records.read import collect
from ingest.records.sheet import Sheet
from ingest.reject import Reject, reason
from ingest.standing import Scoped

VERSION: Final = "11"  # of reading and of the claims made from what is read; part of every claims file's key
_BLOCK: Final = 1 << 20
_PLACES_TOLD: Final = 5


@dataclass(frozen=True, slots=True)
class FileRead:
    """What one file gave: its claims, counts of what was found, and the rejects with their reasons."""

    status: Status
    claims: pa.Table | None
    document: str | None = None
    counts: dict[str, int] = field(default_factory=dict)
    rejects: tuple[Reject, ...] = ()
    notes: tuple[
        Text, ...
    ] = ()  # what a person should know though nothing was rejected: columns that mean nothing
    quality: tuple[Finding, ...] = ()
    scoped: Scoped | None = None
    # of a language model that was to be asked and could not: the claims are those of the rules alone
    unanswered: tuple[Reject, ...] = ()


def named(path: Path) -> str:
    """The name of a file as text that can be kept: what is no text in it (bytes of another encoding) becomes `�`."""
    return path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def medium_of(path: Path) -> Medium | None:
    """Whether a file is read as a document or as records, by its name; None where it is neither."""
    suffix = path.suffix.lower()
    if suffix in RECORD_SUFFIXES:
        return "records"
    return "document" if suffix in DOCUMENT_SUFFIXES else None


def source_id(path: Path) -> str:
    """The id of a file as a source: the first 16 hex digits of the SHA-256 of its content."""
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        while block := handle.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()[:16]


def extractor_key(medium: Medium, path: Path | None = None, *, alone: bool = False) -> str:
    """The key of the extractor: changes with the rules, the catalogues, this module, and mappings beside `path`.

    With the trained network it is another one, with a language model also with its name and what it is asked; the key
    of the rules `alone` is without the language model.
    """
    from nlp import VERSION as NLP_VERSION  # noqa: PLC0415 - keeps `liantu gaps` free of it

    parts = [VERSION, medium, _catalogues()]
    if medium == "document":
        parts += [
            NLP_VERSION,
            recognition() or "",
        ]  # scans that could not be read are read once it is installed
        parts += ["network"] if Settings.load().recognition > 0 else []
        parts += [] if alone else _model_asked()
    if medium == "records":
        parts.append(f"{Settings.load().small_group:g}")
        parts.append(digest_beside(path) if path is not None else "")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8]


def _model_asked() -> list[str]:
    settings = Settings.load()
    if not settings.model_name:
        return []
    from nlp.language_model.consultation import identity  # noqa: PLC0415 - only where one is asked

    return [identity(settings)]


@cache
def _catalogues() -> str:
    from graph import reference  # noqa: PLC0415

    digest = hashlib.sha256()
    for table in reference.tables():
        digest.update(reference.content(table))
    return digest.hexdigest()[:16]


def refused(path: Path, error: LiantuError) -> FileRead:
    """A file that could not be taken, with the reason."""
    reject = Reject(named(path), "", None, "", "", error.code, reason(error.code, **error.values))
    return FileRead("rejected", None, counts={"rejects": 1}, rejects=(reject,))


def read_file(path: Path, source: str) -> FileRead:
    """Read a file whose source id is `source`; what is wrong with it is in the result, not raised."""
    try:
        _check_size(path)
        read = _read_records(path, source) if medium_of(path) == "records" else _read_document(path, source)
        _check_unchanged(path, source)
    except LiantuError as error:
        return refused(path, error)
    except FileNotFoundError:
        return refused(path, LiantuError("file.missing", file=named(path)))
    except OSError as error:
        return refused(path, LiantuError("file.unreadable", file=named(path), reason=error.strerror or "I/O"))
    return read


def _check_unchanged(path: Path, source: str) -> None:
    """Claims are kept under the id of the content that they were read from, or a later batch would not read it."""
    if source_id(path) != source:
        raise LiantuError("file.changed", file=named(path))


def _check_size(path: Path) -> None:
    limit = size_limit(path)
    size = path.stat().st_size / 1e6
    if size > limit:
        raise LiantuError("file.too_large", file=path.name, size=f"{size:.1f} MB", limit=f"{limit:.0f} MB")


def read_sheets(sheets: Iterable[Sheet], name: str, source: str) -> FileRead:
    """Read record sheets that come from elsewhere than a file, whose name in reports is `name`."""
    return _as_read(collect(sheets, name, source))


def _read_records(path: Path, source: str) -> FileRead:
    return _as_read(read_records(path, source))


def _as_read(read: RecordsRead) -> FileRead:
    counts = _rows(read) | {"claims": read.claims.num_rows}
    counted = read.counted_offers
    if counted:
        counts[COUNTED_OFFERS] = counted
    if not read.rows_taken and read.rejects:
        return FileRead(
            "rejected", None, counts=counts | {"rejects": len(read.rejects)}, rejects=read.rejects
        )
    status: Status = "partial" if read.rejects else "taken"
    notes = (*_ignored(read), *read.notes)
    counts |= {"rejects": len(read.rejects)}
    return FileRead(status, read.claims, None, counts, read.rejects, notes, read.quality, read.scoped)


def _ignored(read: RecordsRead) -> tuple[Text, ...]:
    """What the tables hold that is not read."""
    ignored = "、".join(read.ignored)
    if not ignored:
        return ()
    return (Text(f"未采用的列或工作表：{ignored}", f"Columns or sheets that mean nothing here: {ignored}"),)


def _rows(read: RecordsRead) -> dict[str, int]:
    """How many rows were read, taken and, where there are such, set aside."""
    counts = {"rows": read.rows_read, "taken": read.rows_taken}
    return counts | ({"set_aside": read.set_aside} if read.set_aside else {})


def _read_document(path: Path, source: str) -> FileRead:
    from ingest.passages import consultation, extract_document  # noqa: PLC0415 - imports spaCy
    from ingest.statements import document_claims  # noqa: PLC0415
    from ingest.tables import tables_read  # noqa: PLC0415

    document = read_document(path)
    tables = tables_read(document, source)
    consulted = consultation()
    extractions = extract_document(document, tables.blocks if tables else (), consulted)
    made = document_claims(document, extractions, source)
    claims = claims_table(source, [made.table, tables.records.claims]) if tables else made.table
    kinds = Counter[str]()
    for extraction in extractions:
        kinds["mentions"] += len(extraction.entities)
        kinds["quantities"] += len(extraction.quantities)
        kinds["measures"] += len(extraction.measures)
    rejects = tuple(
        Reject(path.name, "", None, refusal.kind, f"×{count}", refusal.code, refusal.reason)
        for refusal, count in made.refused.items()
    )
    rejects += tuple(
        Reject(
            path.name,
            "",
            None,
            place,
            "",
            "file.scanned",
            reason("file.scanned", file=f"{path.name} {place}"),
        )
        for place in document.unread
    )
    counts = {"blocks": len(document.blocks), **kinds}
    notes = _notes(document)
    unanswered: tuple[Reject, ...] = ()
    if consulted is not None and consulted.failure is not None:
        error = consulted.failure
        unanswered = (Reject(path.name, "", None, "", "", error.code, reason(error.code, **error.values)),)
    elif consulted is not None and consulted.asked:
        notes += (consulted.summary(),)
        counts |= {"model_added": consulted.taken, "model_refused": sum(consulted.refused.values())}
    if tables:
        rejects += tables.records.rejects
        counts |= _rows(tables.records)
        notes += (*_ignored(tables.records), *tables.records.notes)
    counts |= {"claims": claims.num_rows, "rejects": len(rejects)}
    status: Status = "partial" if rejects else "taken"
    return FileRead(status, claims, made.document, counts, rejects, notes, unanswered=unanswered)


def _notes(document: Document) -> tuple[Text, ...]:
    """Which pages were read by text recognition, and how sure it is of them."""
    if not document.recognised:
        return ()
    told = "、".join(place_in_words(place) for place in list(document.recognised)[:_PLACES_TOLD])
    count = len(document.recognised)
    sure = min(document.recognised.values())
    return (
        Text(
            f"{count} 页为扫描件，由文字识别读出（最低把握 {sure:.0%}），请核对：{told}",
            f"{count} scanned pages were read by text recognition (at least {sure:.0%} sure), to be checked: {told}",
        ),
    )
