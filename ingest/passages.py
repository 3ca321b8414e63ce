"""Text in, findings out, no graph touched (段落抽取): a document, a plain text, or passages one a line."""

from __future__ import annotations

import io
import json
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TextIO

from graph.errors import LiantuError
from graph.language import Text
from graph.settings import Settings
from ingest.context import context_of
from ingest.document import Document
from ingest.read import check_size, document_of, read_document
from ingest.read.encoding import decode
from nlp.extraction import Context, Extraction, Passage
from nlp.gold import Line, dated
from nlp.language_model.consultation import Consultation, LanguageModel
from nlp.pipeline import Extractor


@cache
def _built(recognition: bool) -> Extractor:
    return Extractor(recognition=recognition)


def _extractor() -> Extractor:
    """The rules, with the trained network unless the settings turn it off."""
    return _built(Settings.load().recognition > 0)


@cache
def _model(settings: Settings) -> LanguageModel:
    return LanguageModel(settings)


def consultation() -> Consultation | None:
    """A new consultation of the language model that the settings name; `None` where they name none.

    Raises `model.address` or `model.client` where it cannot be asked at all.
    """
    settings = Settings.load()
    return Consultation(_model(settings), _extractor().gazetteer) if settings.model_name else None


def _extract(
    passages: Sequence[Passage], context: Context, consulted: Consultation | None
) -> tuple[Extraction, ...]:
    found = _extractor().extract(passages, context)
    return found if consulted is None else consulted.add(found, context)


def extract_document(
    document: Document, without: Collection[int] = (), consulted: Consultation | None = None
) -> tuple[Extraction, ...]:
    """The findings of a document, one `Extraction` a block, read in the document's own context.

    The blocks `without` (counted from 0) are not read: there is nothing in theirs. What a language model adds is in them
    where one is `consulted`; so it is in all functions of this module.
    """
    passages = [
        Passage("" if number in without else block.text, number + 1, block.role, block.level)
        for number, block in enumerate(document.blocks)
    ]
    return _extract(passages, context_of(document), consulted)


def extract_bytes(data: bytes, name: str, consulted: Consultation | None = None) -> Iterator[Extraction]:
    """The findings of a document, or of passages `{"id", "text"}` one a line, as they come in from elsewhere.

    `name` stands in errors. More than a file may hold is `file.too_large`.
    """
    check_size(len(data), name)
    if data.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"{") and not data.startswith(b"{\\rtf"):
        yield from extract_lines(io.StringIO(decode(data, name)), name, consulted)
    else:
        yield from extract_document(document_of(data, name), consulted=consulted)


def extract_file(path: Path, consulted: Consultation | None = None) -> Iterator[Extraction]:
    """The findings of a document, or of a `.jsonl` file of passages `{"id", "text"}`, one a line."""
    if path.is_dir():
        reason = Text("这是文件夹；请指定其中的一个文件", "it is a folder; name one file in it")
        raise LiantuError("file.unreadable", file=path.name, reason=reason)
    if not path.is_file():
        raise LiantuError("file.missing", file=path.name)
    if path.suffix.lower() == ".jsonl":
        with _lines(path) as handle:
            yield from extract_lines(handle, path.name, consulted)
    else:
        yield from extract_document(read_document(path), consulted=consulted)


def _lines(path: Path) -> TextIO:
    """A file of lines, which may be larger than memory in UTF-8; in another encoding it is read at once."""
    try:
        with path.open(encoding="utf-8-sig") as handle:
            deque(handle, maxlen=0)
    except UnicodeDecodeError:
        check_size(path.stat().st_size, path.name)
        return io.StringIO(decode(path.read_bytes(), path.name))
    return path.open(encoding="utf-8-sig")


def extract_lines(lines: TextIO, name: str, consulted: Consultation | None = None) -> Iterator[Extraction]:
    """The findings of passages `{"id", "text"}`, one a line, each on its own; `file.unreadable` names a bad line.

    A `date` beside them is the day from which the passage speaks.
    """
    try:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                passage = json.loads(line)
                text, identifier = passage["text"], passage.get("id")
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
                text = None
            if not isinstance(text, str):
                reason = Text(f'第 {number} 行不是 {{"id", "text"}}', f'line {number} is no {{"id", "text"}}')
                raise LiantuError("file.unreadable", file=name, reason=reason)
            yield from _extract([Passage(text, identifier)], dated(passage), consulted)
    except UnicodeDecodeError as error:
        raise LiantuError("file.encoding", file=name) from error


def extract_gold(
    files: Sequence[Sequence[Line]], *, together: bool = False, consulted: Consultation | None = None
) -> tuple[Extraction, ...]:
    """The findings of the annotated passages of files, each on its own, or those of a file `together` as one document.

    It has the date of its first passage. If the language model fails on any passage, all are read by the rules alone:
    scores of both together would depend on when it did.
    """
    groups = [
        group for lines in files if lines for group in ([lines] if together else [[one] for one in lines])
    ]
    contexts = [dated(group[0]) for group in groups]
    read = [
        _extractor().extract([Passage(line["text"], line.get("id")) for line in group], context)
        for group, context in zip(groups, contexts, strict=True)
    ]
    if consulted is not None:
        added = [consulted.add(found, context) for found, context in zip(read, contexts, strict=True)]
        read = read if consulted.failure is not None else added
    return tuple(found for group in read for found in group)
