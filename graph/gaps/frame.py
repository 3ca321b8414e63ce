"""Findings as tables (发现成表): flat rows for screens and sheets, a typed DataFrame for researchers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final

from graph.claims import Claim
from graph.gaps.finding import Finding, Named, Question, field_labels
from graph.language import Text
from graph.place import where_in_words

if TYPE_CHECKING:
    import pandas as pd

    from graph.project import Projection

BETWEEN: Final = Text(zh="、", en=", ")
AFTER_TEXTS: Final = Text(zh="；", en="; ")
_TYPES: Final[Mapping[str, str]] = {
    "str": "string",
    "str | None": "string",
    "int": "Int64",
    "int | None": "Int64",
    "float": "Float64",
    "float | None": "Float64",
    "bool": "boolean",
    "bool | None": "boolean",
}
_NODES: Final = ("Named", "Named | None")
_EVIDENCE_COLUMNS: Final = (
    "finding",
    "kind",
    "head",
    "head_id",
    "tail",
    "tail_id",
    "status",
    "source",
    "place",
    "quote",
    "observed",
    "method",
    "confidence",
    "claim_id",
)


def evidence_text(claim: Claim, sources: Mapping[str, str] | None = None) -> str:
    """A claim in words: “quote” — source, place; the ids of its ends where it quotes nothing."""
    words = f"“{claim.quote}”" if claim.quote else f"{claim.head} {claim.kind} {claim.tail}"
    where = (sources or {}).get(claim.source, claim.source)
    return f"{words} — {where_in_words(where, claim.place)}"


def rows(findings: Sequence[Finding], sources: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
    """One flat dict a finding: names for nodes, lists joined in the reader's language, unknown None;
    evidence as text, one claim a line.

    A node field `x` is followed by its id, `x_id`. `sources` gives names to source ids
    (`Projection.source_names`); without it the ids stand.
    """
    return [_row(finding, sources) for finding in findings]


def frame(
    findings: Sequence[Finding], sources: Mapping[str, str] | None = None, question: Question | None = None
) -> pd.DataFrame:
    """The findings of one question as a DataFrame: nullable types, so that unknown stays unknown.

    Columns are those of `rows`, whatever is found; where nothing is, `question` tells them. `attrs` holds the
    question's `name`, `title`, `definition` and the `labels` of the columns, each in both languages.
    """
    import pandas as pd  # noqa: PLC0415 (a second to import, an extra of the installation)

    from graph.gaps import question_of  # noqa: PLC0415 (the registry imports the questions, they import this folder)

    if question is None:
        if not findings:
            return pd.DataFrame()
        question = question_of(type(findings[0]))
    types = _columns(question.finding)
    table = pd.DataFrame(rows(findings, sources), columns=list(types)).astype(types)
    table.attrs = {
        "name": question.name,
        "title": _both(question.title),
        "definition": _both(question.definition),
        "labels": {name: _both(label) for name, label in field_labels(question.finding).items()},
    }
    return table


def evidence_frame(findings: Sequence[Finding], projection: Projection) -> pd.DataFrame:
    """The claims that findings rest on as a DataFrame, one row a claim of a finding: what a paper's appendix lists.

    The index `finding` is the row of `frame(findings)`, so that the two join. `head` and `tail` are the names of the
    nodes linked, each followed by its id; `source` is the name of the document or table, with `place` and `quote`.
    """
    import pandas as pd  # noqa: PLC0415 (a second to import, an extra of the installation)

    told = [
        {
            "finding": row,
            "kind": claim.kind,
            "head": projection.name(claim.head),
            "head_id": claim.head,
            "tail": projection.name(claim.tail),
            "tail_id": claim.tail,
            "status": claim.status,
            "source": projection.source_names.get(claim.source, claim.source),
            "place": claim.place,
            "quote": claim.quote,
            "observed": claim.observed,
            "method": claim.method,
            "confidence": claim.confidence,
            "claim_id": claim.id,
        }
        for row, finding in enumerate(findings)
        for claim in finding.evidence
    ]
    types = dict.fromkeys(_EVIDENCE_COLUMNS, "string") | {"finding": "Int64", "confidence": "Float64"}
    return pd.DataFrame(told, columns=list(_EVIDENCE_COLUMNS)).astype(types).set_index("finding")


def _columns(kind: type[Finding]) -> dict[str, str]:
    """The columns of a kind of finding in their order, with their types."""
    told = {item.name: str(item.type) for item in fields(kind)}
    columns: dict[str, str] = {}
    for name in field_labels(kind):
        columns[name] = _TYPES.get(told[name], "string")
        if told[name] in _NODES:
            columns[f"{name}_id"] = "string"
    return columns


def _row(finding: Finding, sources: Mapping[str, str] | None) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name in field_labels(type(finding)):
        value = getattr(finding, name)
        if isinstance(value, Named):
            row[name], row[f"{name}_id"] = value.name, value.id
        elif name == "evidence":
            row[name] = "\n".join(evidence_text(claim, sources) for claim in value)
        elif isinstance(value, tuple):
            row[name] = _joined(value)
        elif isinstance(value, Text):
            row[name] = str(value)
        else:
            row[name] = value
    return row


def _joined(values: tuple[object, ...]) -> str:
    between = BETWEEN if all(isinstance(one, Named) for one in values) else AFTER_TEXTS
    return str(between).join(one.name if isinstance(one, Named) else str(one) for one in values)


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
