"""Text in, findings out, no graph touched (段落抽取): a document, a plain text, or passages one a line."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TextIO

from graph.errors import LiantuError
from ingest.context import context_of
from ingest.document import Document
from ingest.read import read_document
from nlp.extraction import Context, Extraction, Passage
from nlp.pipeline import Extractor


@cache
def _extractor() -> Extractor:
    return Extractor()


def extract_document(document: Document, without: Collection[int] = ()) -> tuple[Extraction, ...]:
    """The findings of a document, one `Extraction` a block, read in the document's own context.

    The blocks `without` (counted from 0) are not read: there is nothing in theirs.
    """
    passages = [
        Passage("" if number in without else block.text, number + 1, block.role, block.level)
        for number, block in enumerate(document.blocks)
    ]
    return _extractor().extract(passages, context_of(document))


def extract_file(path: Path) -> Iterator[Extraction]:
    """The findings of a document, or of a `.jsonl` file of passages `{"id", "text"}`, one a line."""
    if not path.is_file():
        raise LiantuError("file.missing", file=path.name)
    if path.suffix.lower() == ".jsonl":
        with path.open(encoding="utf-8-sig") as handle:
            yield from extract_lines(handle, path.name)
    else:
        yield from extract_document(read_document(path))


def extract_lines(lines: TextIO, name: str) -> Iterator[Extraction]:
    """The findings of passages `{"id", "text"}`, one a line, each on its own; `file.unreadable` names a bad line."""
    try:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                passage = json.loads(line)
                text, identifier = passage["text"], passage.get("id")
            except (ValueError, TypeError, KeyError, AttributeError):
                text = None
            if not isinstance(text, str):
                reason = f'line {number} is no {{"id", "text"}} / 第 {number} 行不是 {{"id", "text"}}'
                raise LiantuError("file.unreadable", file=name, reason=reason)
            yield from _extractor().extract([Passage(text, identifier)], Context())
    except UnicodeDecodeError as error:
        raise LiantuError("file.encoding", file=name) from error


def extract_passages(passages: Sequence[Passage], *, together: bool = False) -> tuple[Extraction, ...]:
    """The findings of passages, each on its own, or `together` as one document in order."""
    groups = [passages] if together else [[passage] for passage in passages]
    return tuple(found for group in groups for found in _extractor().extract(group, Context()))


def extract_text(text: str) -> tuple[Extraction, ...]:
    """The findings of a text whose paragraphs are its lines."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return _extractor().extract([Passage(line, number) for number, line in enumerate(lines, 1)], Context())
