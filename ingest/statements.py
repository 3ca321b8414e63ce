"""From what was found in a document to its claims (文档主张): nodes, edges, each with its words and its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import pyarrow as pa

from graph.claims import ClaimsBuilder, Evidence
from graph.errors import LiantuError
from graph.identity import node_id, normalise_name
from graph.language import Text
from ingest.addressees import addressees_of
from ingest.context import context_of, region_code
from ingest.document import Document
from ingest.read.dates import iso_dates
from ingest.reject import reason
from nlp.extraction import Extraction, Implied, MeasureSpan, Mention, Quantity, Relation

_QUOTE_LIMIT: Final = 400
# Codes without a place, a ministry or a name in them: 院发, 校字, 党发, 政发, 公告, 令.
_OF_ANY_BODY: Final = re.compile(r"院|校|学[院校发字]|党|政|公司|集团|公告|令")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why relations of a kind were not claimed."""

    kind: str
    code: str
    reason: Text


@dataclass(frozen=True, slots=True)
class DocumentClaims:
    """The claims of one document, its node, and how many relations were refused, by reason."""

    table: pa.Table
    document: str
    refused: Counter[Refusal] = field(default_factory=Counter)


def document_claims(document: Document, extractions: Sequence[Extraction], source: str) -> DocumentClaims:
    """Claims of `document`; `extractions` are those of its blocks, one each, in order."""
    return _Writer(document, source).write(extractions)


class _Writer:
    def __init__(self, document: Document, source: str) -> None:
        self._document = document
        self._region = context_of(document).region
        self._addressees = addressees_of(document)
        self._builder = ClaimsBuilder(source)
        self._refused: Counter[Refusal] = Counter()
        self._issued: set[tuple[str, str]] = set()
        self._mentioned: set[tuple[int, str]] = set()
        self._measures = 0
        self._years_of_targets: dict[tuple[str, str, str], int | None] = {}
        self._full_names: dict[str, set[str]] = {}
        self._hosts: dict[tuple[int, str], str] = {}  # passage and name of a group → its school
        self._hosts_anywhere: dict[str, set[str]] = {}
        self._own_names = {normalise_name(name) for name in (document.number, document.title) if name}
        self._asked: dict[str, str] = {}  # the tasks of the paragraph before: text and node
        self._node = self._state_document()

    def write(self, extractions: Sequence[Extraction]) -> DocumentClaims:
        for extraction in extractions:
            for short, full in extraction.aliases:
                self._full_names.setdefault(full, set()).add(short)
        for number, extraction in enumerate(extractions):
            self._note_hosts(number, extraction)
        for number, extraction in enumerate(extractions):
            self._passage(number, extraction)
        return DocumentClaims(self._builder.table(), self._node, self._refused)

    def _state_document(self) -> str:
        document = self._document
        title = document.title or document.name
        evidence = self._title_words() or Evidence(title)
        node = self._builder.node(
            "PolicyDocument",
            name=title,
            key=self._key(title),
            aliases=self._other_names(),
            evidence=evidence,
            title=document.title,
            kind=document.kind,
        )
        self._tell_head(node, evidence)
        for name in document.issuers:
            where = self._find(name) or evidence
            issuer = self._builder.node("Agency", name=name, evidence=where)
            self._builder.edge("ISSUED_BY", node, issuer, where)
            self._issued.add((node, issuer))
        return node

    def _key(self, title: str) -> str:
        """What tells a document from others: its number, with its issuer where many have one; else title and date."""
        document = self._document
        if not document.number:
            return f"{title} {document.issued}" if document.issued else title
        if _OF_ANY_BODY.match(document.number):
            return f"{document.number} {document.issuer or title}"
        return document.number

    def _tell_head(self, node: str, evidence: Evidence) -> None:
        """Number and dates, each with the words that say it."""
        document = self._document
        if document.number:
            self._builder.tell(node, self._find(document.number) or evidence, number=document.number)
        for name in ("issued", "printed"):
            day = getattr(document, name)
            if day:
                self._builder.tell(
                    node, self._find_day(day, last=name == "printed") or evidence, **{name: day}
                )

    def _title_words(self) -> Evidence | None:
        """The title where it stands, else the first block."""
        blocks = self._document.blocks
        if not blocks:
            return None
        number = next((number for number, block in enumerate(blocks) if block.role == "title"), 0)
        return self._span(number, 0, len(blocks[number].text))

    def _other_names(self) -> tuple[str, ...]:
        """The number, and the title with its issuers before it, as citations have it (《国务院关于……》)."""
        document = self._document
        cited = (
            f"{''.join(document.issuers)}{document.title}" if document.issuers and document.title else None
        )
        return tuple(name for name in (document.number, cited) if name)

    def _note_hosts(self, number: int, extraction: Extraction) -> None:
        """Note whose group a name means: that of the school which is said here to host it."""
        for relation in extraction.relations:
            if relation.kind == "HOSTS" and relation.tail is not None:
                school, group = extraction.entities[relation.head], extraction.entities[relation.tail]
                host = node_id("School", name=school.name or school.surface, code=school.code)
                self._hosts[number, group.surface] = host
                self._hosts_anywhere.setdefault(group.surface, set()).add(host)

    def _scope(self, number: int, mention: Mention) -> str | None:
        """The school that a specialty group is of: the one of its passage, else the only one of the document."""
        if mention.kind != "SpecialtyGroup":
            return None
        anywhere = self._hosts_anywhere.get(mention.surface, set())
        only = next(iter(anywhere)) if len(anywhere) == 1 else None
        return self._hosts.get((number, mention.surface), only)

    def _passage(self, number: int, extraction: Extraction) -> None:
        nodes = [self._mention(number, mention) for mention in extraction.entities]
        # a body named in a paragraph of its own is responsible for the tasks of the paragraph before
        measures = self._asked | {span.text: self._measure(number, span) for span in extraction.measures}
        self._asked = {span.text: measures[span.text] for span in extraction.measures}
        for quantity in extraction.quantities:
            self._quantity(number, quantity, nodes)
        for relation in extraction.relations:
            self._relation(number, relation, nodes, measures)
        for implied in extraction.implied:
            self._implied(number, implied, nodes)

    def _mention(self, number: int, mention: Mention) -> str:
        name = mention.name or mention.surface
        if mention.kind == "PolicyDocument" and normalise_name(name) in self._own_names:
            return self._node
        evidence = self._span(number, mention.start, mention.end, mention.confidence, mention.method)
        short = self._full_names.get(name, set()) | self._full_names.get(mention.surface, set())
        node = self._builder.node(
            mention.kind,
            name=name,
            code=mention.code or self._region_code(mention),
            scope=self._scope(number, mention),
            aliases=tuple(sorted(short)),
            evidence=evidence,
            **self._told_by_its_name(number, mention),
        )
        if (number, node) not in self._mentioned:
            self._mentioned.add((number, node))
            role = self._addressees.get(number)
            self._builder.edge("MENTIONS", self._node, node, self._around(number, evidence), role=role)
        return node

    def _region_code(self, mention: Mention) -> str | None:
        return region_code(mention.surface, self._region) if mention.kind == "Region" else None

    def _told_by_its_name(self, number: int, mention: Mention) -> dict[str, str]:
        """Properties that a name itself says: the level of a consortium, the day of a speech inside the document."""
        document = self._document
        if mention.kind == "Consortium":
            level = next((level for level in ("国家级", "市级") if level in mention.surface), None)
            return {"level": level} if level else {}
        if mention.kind == "PolicyDocument" and mention.surface.endswith("讲话"):
            said_here = document.spoken and document.blocks[number].role == "title"
            return {"kind": "讲话"} | ({"issued": document.spoken} if said_here and document.spoken else {})
        return {}

    def _measure(self, number: int, span: MeasureSpan) -> str:
        self._measures += 1
        evidence = self._span(number, span.start, span.end, span.confidence, span.method)
        node = self._builder.node(
            "Measure",
            name=span.text,
            key=str(self._measures),
            scope=self._node,
            evidence=evidence,
            order=self._measures,
            text=span.surface,
            due=span.due,
            responsible="、".join((*span.responsible, *span.responsible_generic)) or None,
        )
        self._builder.edge("SETS", self._node, node, evidence)
        return node

    def _key_of(self, quantity: Quantity, nodes: Sequence[str]) -> str:
        """The key of a number: its metric, subject and value; a document that gives two values for one metric keeps both.

        A statistic has its year in it, a target only where the document sets the same for an earlier one, too: ledgers
        name targets by these keys.
        """
        about = nodes[quantity.subject] if quantity.subject is not None else ""
        value = f"{quantity.comparator}{quantity.value:.12g}{quantity.unit}"
        parts = [quantity.metric, str(quantity.year or ""), about, value]
        if quantity.type == "Target":
            first = self._years_of_targets.setdefault((quantity.metric, about, value), quantity.year)
            if first == quantity.year:
                parts[1] = ""
        return " ".join(parts)

    def _quantity(self, number: int, quantity: Quantity, nodes: Sequence[str]) -> None:
        words = self._span(number, quantity.start, quantity.end, quantity.confidence, quantity.method)
        evidence = self._around(number, words)
        node = self._builder.node(
            quantity.type,
            name=quantity.metric,
            key=self._key_of(quantity, nodes).replace("@", " "),
            scope=self._node,
            evidence=evidence,
            metric=quantity.metric,
            comparator=quantity.comparator,
            value=float(quantity.value),
            unit=quantity.unit,
            year=quantity.year,
        )
        self._builder.edge("SETS" if quantity.type == "Target" else "REPORTS", self._node, node, evidence)
        if quantity.subject is not None:
            self._edge("ABOUT", node, nodes[quantity.subject], evidence, {})

    def _relation(
        self, number: int, relation: Relation, nodes: Sequence[str], measures: dict[str, str]
    ) -> None:
        tail = nodes[relation.tail] if relation.tail is not None else measures.get(relation.measure or "")
        if tail is None:
            values = {"kind": relation.kind, "reason": Text("没有对应的举措", "no such measure")}
            self._refuse(relation.kind, LiantuError("claim.evidence", **values))
            return
        evidence = self._span(number, relation.start, relation.end, relation.confidence, relation.method)
        evidence = replace(evidence, status=relation.status)
        if relation.kind == "ISSUED_BY" and (nodes[relation.head], tail) in self._issued:
            return  # the document's own head said so already
        self._edge(relation.kind, nodes[relation.head], tail, evidence, relation.properties)

    def _implied(self, number: int, implied: Implied, nodes: Sequence[str]) -> None:
        evidence = self._span(number, implied.start, implied.end, implied.confidence)
        tail = self._builder.node(implied.tail_kind, name=implied.tail_name, evidence=evidence)
        self._edge(implied.kind, nodes[implied.head], tail, self._around(number, evidence), {})

    def _edge(
        self, kind: str, head: str, tail: str, evidence: Evidence, properties: Mapping[str, Any]
    ) -> None:
        try:
            self._builder.edge(kind, head, tail, evidence, **properties)
        except LiantuError as error:
            self._refuse(kind, error)

    def _refuse(self, kind: str, error: LiantuError) -> None:
        self._refused[Refusal(kind, error.code, reason(error.code, **error.values))] += 1

    def _span(
        self, number: int, start: int, end: int, confidence: float = 1.0, method: str = "rule"
    ) -> Evidence:
        block = self._document.blocks[number]
        base = self._document.starts[number]
        place = block.place_at(start)
        return Evidence(
            block.text[start:end][:_QUOTE_LIMIT],
            base + start,
            base + min(end, start + _QUOTE_LIMIT),
            place,
            method,
            # words that were themselves recognised are as sure as both readings together
            round(confidence * self._document.recognised.get(place, 1.0), 4),
            observed=self._document.spoken or self._document.issued,
        )

    def _around(self, number: int, evidence: Evidence) -> Evidence:
        """The same evidence with the whole sentence as its quote."""
        block, base = self._document.blocks[number], self._document.starts[number]
        start, end = (evidence.start or base) - base, (evidence.end or base) - base
        left = max(block.text.rfind(mark, 0, start) for mark in "。；！？") + 1
        stops = [position for mark in "。；！？" if (position := block.text.find(mark, end)) >= 0]
        right = min(stops) + 1 if stops else len(block.text)
        if right - left > _QUOTE_LIMIT:
            left, right = max(left, start - _QUOTE_LIMIT // 2), min(right, end + _QUOTE_LIMIT // 2)
        quote = block.text[left:right]
        return replace(evidence, quote=quote, start=base + left, end=base + right, place=block.place_at(left))

    def _find_day(self, day: str, *, last: bool) -> Evidence | None:
        """The block that gives a day: the first, or the last one; the shortest of them says it by itself."""
        dated = [number for number, block in enumerate(self._document.blocks) if day in iso_dates(block.text)]
        if not dated:
            return None
        chosen = dated[-1] if last else min(dated, key=lambda n: (len(self._document.blocks[n].text), n))
        return self._span(chosen, 0, len(self._document.blocks[chosen].text))

    def _find(self, words: str) -> Evidence | None:
        for number, block in enumerate(self._document.blocks):
            position = block.text.find(words)
            if position >= 0:
                return self._span(number, position, position + len(words))
        return None
