"""What a gap question is and what it answers with (缺口问题与发现): frozen, labelled, resting on claims.

The fields of a finding are of few types, so that a sheet, a DataFrame and a GraphQL type come from the class:
`str`, `int`, `float`, `bool` (or None: unknown), `Named`, and tuples of `str`,
`Named` or `Text`.
"""

from __future__ import annotations

import heapq
import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final

from graph.claims import Claim
from graph.language import Text
from graph.project import Projection, is_reference

REALISED: Final[tuple[str | None, ...]] = ("完成", None)
"""Statuses that count as done: said to be done, or told as a fact without any status (records mostly)."""

UNDER_WAY: Final[tuple[str | None, ...]] = ("在建",)
"""Statuses of what has begun; shown apart, never as done. What is planned or encouraged is neither."""

MINIMUM_CONFIDENCE: Final = 0.5
"""Claims less sure than this are not believed, unless a question is told otherwise."""

EVIDENCE_SHOWN: Final = 5
"""How many claims a finding carries at most, the most telling first."""


_MANY: Final = 512  # rows that are put in order one by one


def label(
    zh: str, en: str, *, head: Text | None = None, note: bool = False, legend: Text | None = None
) -> dict[str, Any]:
    """The metadata of a field of a finding: its label in both languages, and how a page for people shows it.

    A field with a `head` (a shorter label) is a column of the table, a `note` stands under its row where there is
    one; any other is left to sheets and programs. A `legend` explains the column's signs.
    """
    return {"label": Text(zh=zh, en=en), "head": head, "note": note, "legend": legend}


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """A node as findings name it."""

    name: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One answer to a gap question, with the claims that it rests on.

    `confidence` is how sure the claims make it: of each premise the surest claim, of all premises the
    weakest; None where no claim was needed. `as_of` is the newest date that the claims shown speak of (截至); None where
    none of them says when.
    """

    evidence: tuple[Claim, ...] = field(default=(), metadata=label("依据", "evidence"))
    confidence: float | None = field(default=None, metadata=label("置信度", "confidence"))
    as_of: str | None = field(default=None, metadata=label("截至", "as of"))

    def __post_init__(self) -> None:
        """Date the finding by its evidence, where the question did not."""
        if self.as_of is None:
            newest = max((one.observed for one in self.evidence if one.observed), default=None)
            object.__setattr__(self, "as_of", newest)


@dataclass(frozen=True, slots=True)
class Question:
    """A gap question: `answer` is pure; `labels` and `kinds` are the node and edge kinds that it reads."""

    name: str
    title: Text
    definition: Text
    finding: type[Finding]
    answer: Callable[..., tuple[Finding, ...]]
    labels: tuple[str, ...]
    kinds: tuple[str, ...]

    @property
    def parameters(self) -> Mapping[str, Any]:
        """The keyword arguments of `answer` and their defaults."""
        signature = inspect.signature(self.answer)
        return {
            name: item.default
            for name, item in signature.parameters.items()
            if item.kind is inspect.Parameter.KEYWORD_ONLY
        }


def field_labels(finding: type[Finding]) -> dict[str, Text]:
    """The label of each field of a finding, its own fields first, evidence and confidence last."""
    labels = {item.name: item.metadata["label"] for item in fields(finding)}
    common = {name: labels.pop(name) for name in ("confidence", "as_of", "evidence")}
    return labels | common


def heads(finding: type[Finding]) -> dict[str, Text]:
    """The fields that are columns of a page for people, with their short labels: the telling ones."""
    return {item.name: item.metadata["head"] for item in fields(finding) if item.metadata["head"]}


def notes(finding: type[Finding]) -> dict[str, Text]:
    """The fields that stand under a row of such a page, with their labels."""
    return {item.name: item.metadata["label"] for item in fields(finding) if item.metadata["note"]}


def legends(finding: type[Finding]) -> tuple[Text, ...]:
    """What explains the signs of its columns."""
    return tuple(item.metadata["legend"] for item in fields(finding) if item.metadata["legend"])


def named(projection: Projection, identifiers: set[str] | frozenset[str]) -> tuple[Named, ...]:
    """Nodes with their names, ordered by name."""
    return tuple(sorted(Named(projection.name(one), one) for one in identifiers))


def best_evidence(
    projection: Projection, rows: Mapping[str, set[int]], shown: int = EVIDENCE_SHOWN
) -> tuple[Claim, ...]:
    """The most telling claims of `rows` (edge kind → row numbers), at most `shown`.

    What documents and records say goes before catalogues, links before mentions before namings, surer before
    less sure, and one claim a quote.
    """
    ordered = heapq.merge(*(_in_order(projection, kind, found) for kind, found in rows.items()))
    chosen: list[Claim] = []
    quotes: set[tuple[str, str | None, str | None]] = set()
    for _, kind, row in ordered:
        claim = projection.claims(kind).claim(row)
        words = (claim.source, claim.place, claim.quote)
        if words in quotes and claim.quote:
            continue
        quotes.add(words)
        chosen.append(claim)
        if len(chosen) == shown:
            break
    return tuple(chosen)


def _in_order(
    projection: Projection, kind: str, rows: set[int]
) -> Iterator[tuple[tuple[bool, int, float, str], str, int]]:
    """The rows of one kind, the most telling first; of very many only as far as they are asked for."""
    if len(rows) <= _MANY:
        yield from sorted((_weight(projection, kind, row), kind, row) for row in rows)
        return
    import numpy as np  # noqa: PLC0415 (only where there are thousands of claims)

    left = np.fromiter(rows, dtype=np.int64, count=len(rows))
    ranks = np.asarray(projection.claims(kind).ranks)[left]
    while len(left):
        first = np.argpartition(ranks, _MANY)[:_MANY] if len(left) > _MANY else np.arange(len(left))
        for row in left[first[np.argsort(ranks[first])]].tolist():
            yield _weight(projection, kind, row), kind, row
        kept = np.ones(len(left), dtype=bool)
        kept[first] = False
        left, ranks = left[kept], ranks[kept]


def _weight(projection: Projection, kind: str, row: int) -> tuple[bool, int, float, str]:
    claims = projection.claims(kind)
    rank = {"STATES": 2, "MENTIONS": 1}.get(kind, 0)
    return (
        is_reference(claims.column("source")[row]),
        rank,
        -claims.column("confidence")[row],
        claims.column("id")[row],
    )


def in_turn(*parts: tuple[Claim, ...], shown: int = EVIDENCE_SHOWN) -> tuple[Claim, ...]:
    """Claims of several premises, those of the first before those of the next, no words twice, at most `shown`."""
    by_words: dict[tuple[str, str | None, str], Claim] = {}
    for claim in (one for part in parts for one in part):
        by_words.setdefault((claim.source, claim.place, claim.quote or claim.id), claim)
    return tuple(by_words.values())[:shown]


def surest(projection: Projection, rows: Mapping[str, set[int]]) -> float | None:
    """The highest confidence among claims; None without any."""
    highest: float | None = None
    for kind, found in rows.items():
        sure = projection.claims(kind).column("confidence")
        for row in found:
            if highest is None or sure[row] > highest:
                highest = sure[row]
            if highest == 1:
                return highest
    return highest
