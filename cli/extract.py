"""`liantu extract FILE|-`: text in; mentions, relations, quantities and measures out; no graph touched (抽取)."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.consulting import consulting
from cli.options import ModelOption, RecognitionOption
from cli.output import table, write_view
from graph.language import Text
from graph.ontology import label_text

if TYPE_CHECKING:
    from nlp.extraction import Extraction
    from nlp.language_model.consultation import Consultation


class Findings(StrEnum):
    """The form of what was extracted."""

    JSONL = "jsonl"
    TABLE = "table"


def extract(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE|-",
            help=str(
                Text(
                    "文件；.jsonl 为每行一个 {id, text}，可带 date（成文日期）；- 为标准输入（二者皆可）",
                    "A document; a line of .jsonl holds {id, text}, with its date if known; - is stdin (either)",
                )
            ),
        ),
    ],
    form: Annotated[
        Findings | None,
        typer.Option(
            "--format",
            help=str(Text("默认：终端上为表，否则 jsonl", "By default a table on a terminal, else jsonl")),
        ),
    ] = None,
    recognition: RecognitionOption = None,
    model: ModelOption = None,
) -> None:
    """Write what is found, one passage a line, in the shape of annotated text; or as a table."""
    chosen = form or (Findings.TABLE if sys.stdout.isatty() else Findings.JSONL)
    with consulting(model, recognition) as consulted:
        found = _told(_found(file, consulted), consulted)
        if chosen is Findings.TABLE:
            _write_table(found)
            return
        for extraction in found:
            sys.stdout.write(json.dumps(extraction.as_gold(), ensure_ascii=False) + "\n")


def _found(file: str, consulted: Consultation | None) -> Iterable[Extraction]:
    from ingest.passages import extract_bytes, extract_file  # noqa: PLC0415 - loads spaCy

    if file != "-":
        return extract_file(Path(file), consulted)
    return extract_bytes(sys.stdin.buffer.read(), "-", consulted)


def _told(found: Iterable[Extraction], consulted: Consultation | None) -> Iterator[Extraction]:
    """The findings; said at their end is from which passage on the language model no longer answered."""
    last = None
    for number, extraction in enumerate(found, 1):
        yield extraction
        if consulted is not None and consulted.failure is None:
            last = number
    if consulted is not None and consulted.failure is not None and last is not None:
        summary = consulted.summary()
        words = Text(
            f"前 {last} 段有模型参与，其后只按规则。{summary.zh}",
            f"the first {last} passages were read with the model, the others by the rules alone; {summary.en}",
        )
        sys.stderr.write(f"{words}\n")


def _write_table(found: Iterable[Extraction]) -> None:
    rows = [row for extraction in found for row in _rows(extraction)]
    titles = {
        "passage": str(Text("段", "passage")),
        "what": str(Text("类别", "what")),
        "found": str(Text("内容", "found")),
        "words": str(Text("原文", "words")),
        "sure": str(Text("置信度", "confidence")),
    }
    write_view(table(rows, titles))


def _rows(extraction: Extraction) -> Iterator[dict[str, Any]]:
    passage = extraction.passage.id
    entities = extraction.entities
    for mention in entities:
        full = mention.name if mention.name and mention.name != mention.surface else ""
        yield {
            "passage": passage,
            "what": str(label_text(mention.kind)),
            "found": full,
            "words": mention.surface,
            "sure": _sure(mention.confidence),
        }
    for relation in extraction.relations:
        tail = relation.measure if relation.tail is None else entities[relation.tail].surface
        status = f" [{relation.status}]" if relation.status else ""
        yield {
            "passage": passage,
            "what": str(label_text(relation.kind)),
            "found": f"{entities[relation.head].surface} → {tail}{status}",
            "words": extraction.passage.text[relation.start : relation.end],
            "sure": _sure(relation.confidence),
        }
    for quantity in extraction.quantities:
        year = f" ({quantity.year})" if quantity.year else ""
        yield {
            "passage": passage,
            "what": str(label_text(quantity.type)),
            "found": f"{quantity.metric} {quantity.comparator} {quantity.value:.10g} {quantity.unit}{year}",
            "words": quantity.surface,
            "sure": _sure(quantity.confidence),
        }
    for measure in extraction.measures:
        who = str(Text("、", ", ")).join((*measure.responsible, *measure.responsible_generic))
        details = " · ".join(part for part in (who, measure.due) if part)
        yield {
            "passage": passage,
            "what": str(label_text("Measure")),
            "found": details,
            "words": measure.text,
            "sure": _sure(measure.confidence),
        }


def _sure(confidence: float) -> str:
    return f"{confidence:.2f}"
