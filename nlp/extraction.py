"""What extraction finds in a passage (抽取结果): mentions, relations, quantities, measures, all with offsets.

Offsets count characters of the passage; `text[start:end] == surface` always holds. `as_gold()` gives the shape in
which annotated text is kept, so that both can be compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from graph.ontology.evidence import METHODS

_, BY_RULE, BY_MODEL = METHODS  # the `method` of what is read


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph to read: its text, and what it is in its document."""

    text: str
    id: str | int | None = None
    role: str = "paragraph"
    level: int = 0


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of the document around the passages: whose `市教委` it is, and from when `去年` is counted."""

    issuer: str | None = None
    region: str | None = None  # name of the province or city that 我市, 全市, 市教委 stand for
    date: str | None = None  # ISO, as exact as known


@dataclass(frozen=True, slots=True)
class Mention:
    """A named thing. `name` is its full name where the surface is short or elided; `code` its official code."""

    kind: str
    surface: str
    start: int
    end: int
    name: str | None = None
    code: str | None = None
    method: str = BY_RULE
    confidence: float = 0.9


@dataclass(frozen=True, slots=True)
class Relation:
    """An edge between two mentions (indices into `entities`), or to a measure by its `text`."""

    kind: str
    head: int
    tail: int | None
    start: int
    end: int
    measure: str | None = None
    status: str | None = None
    method: str = BY_RULE
    confidence: float = 0.8
    properties: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Implied:
    """An edge from a mention to something that only a name says: 先进材料产教联合体 SERVES 先进材料.

    `head` is an index into `entities`; `start` and `end` are the offsets of `tail_name` inside that mention. The tail is
    no mention of its own (the longest name is), so it is kept apart and is not scored.
    """

    kind: str
    head: int
    tail_kind: str
    tail_name: str
    start: int
    end: int
    confidence: float = 0.7


@dataclass(frozen=True, slots=True)
class Quantity:
    """A target or statistic. `value` is a plain number (80 % → 0.8), `subject` an index into `entities`."""

    type: Literal["Target", "Statistic"]
    metric: str
    comparator: str
    value: float
    unit: str
    year: int | None
    surface: str
    start: int
    end: int
    subject: int | None = None
    confidence: float = 0.8
    method: str = BY_RULE


@dataclass(frozen=True, slots=True)
class MeasureSpan:
    """A task: what is to be done, by whom (named or generic), by when; `surface` spans its whole clause."""

    text: str
    surface: str
    start: int
    end: int
    responsible: tuple[str, ...] = ()
    responsible_generic: tuple[str, ...] = ()
    due: str | None = None
    confidence: float = 0.8
    method: str = BY_RULE


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one passage; `aliases` are (short, full) pairs that the text itself declares,
    `implied` are edges that lie in a name alone."""

    passage: Passage
    entities: tuple[Mention, ...] = ()
    relations: tuple[Relation, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    measures: tuple[MeasureSpan, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    implied: tuple[Implied, ...] = ()

    def as_gold(self) -> dict[str, Any]:
        """The line of a gold file that this extraction would be, with how sure each finding is and who found it."""
        return {
            "id": self.passage.id,
            "text": self.passage.text,
            "entities": [
                {"kind": m.kind, "surface": m.surface, "start": m.start, "end": m.end} | _sure(m)
                for m in self.entities
            ],
            "relations": [
                {"kind": r.kind, "head": r.head, "tail": {"measure": r.measure} if r.tail is None else r.tail}
                | ({"status": r.status} if r.status else {})
                | _sure(r)
                for r in self.relations
            ],
            "quantities": [
                {
                    "type": q.type,
                    "metric": q.metric,
                    "comparator": q.comparator,
                    "value": q.value,
                    "unit": q.unit,
                    "year": q.year,
                    "surface": q.surface,
                    "start": q.start,
                    "end": q.end,
                    "subject": q.subject,
                }
                | _sure(q)
                for q in self.quantities
            ],
            "measures": [
                {
                    "text": m.text,
                    "surface": m.surface,
                    "start": m.start,
                    "end": m.end,
                    "responsible": list(m.responsible),
                    "responsible_generic": list(m.responsible_generic),
                    "due": m.due,
                }
                | _sure(m)
                for m in self.measures
            ],
        }


def _sure(found: Mention | Relation | Quantity | MeasureSpan) -> dict[str, Any]:
    return {"confidence": round(found.confidence, 3), "method": found.method}
