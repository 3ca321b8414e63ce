"""What one version shows (可见性): the named queries, written for any engine, made to see one version of a Neo4j graph.

Every relationship pattern gets a condition on its part, which says its load, every node that stands alone one on who
states it (a node at the end of a visible claim is visible). Where rows of nodes have changed since the version, the
properties that a query reads come from the rows kept for it. A text that is not understood is refused, so that no query
sees too much.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from graph.ontology import SOURCE, STATES
from graph.store.neo4j.directory import PARTS_OF_LOAD
from graph.store.schema import edge_kinds, quoted

# Parameters of named queries have no capital letters.
NEWEST, DEAD, PAST, PARTS = "newestLoad", "deadLoads", "pastRows", "sourceParts"

_QUOTED = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|`(?:``|[^`])*`", re.DOTALL)
_WRITES = re.compile(r"\b(CREATE|MERGE|SET|DELETE|REMOVE|CALL|LOAD|FOREACH|DROP|USE)\b", re.IGNORECASE)
_MATCH = re.compile(r"\bMATCH\b", re.IGNORECASE)
_ARROW = re.compile(r"\s*(?P<left><?-)\s*(?:\[(?P<inside>[^\[\]]*)\]\s*)?(?P<right>->?)")
_EDGE = re.compile(r"\s*(?P<name>\w+)?\s*(?P<kinds>:[\w\s|:`]+?)?\s*(?P<map>\{[^{}]*\})?\s*")
_NODE = re.compile(r"\s*(?P<name>\w+)?\s*(?P<labels>:[\w\s|:&`]+?)?\s*(?P<map>\{[^{}]*\})?\s*")
_OF_SOURCE: Final = re.compile(
    r"\s*WHERE\s+(?P<claim>\w+)\.source\s*=\s*\$(?P<parameter>\w+)(?P<rest>\s+(?:AND|RETURN|WITH)\b.*)",
    re.IGNORECASE | re.DOTALL,
)
_GROUPED: Final = re.compile(r"\([^()]*\)")
_KINDS: Final = tuple(kind.name for kind in edge_kinds())
_HOP: Final = re.compile(r"\)\s*<?-|-\s*\[|-->|<--")


class NotUnderstoodError(ValueError):
    """A query that is written in a way that visibility cannot be added to; the message shows where."""


def source_visible(name: str) -> str:
    """The condition that the source in the variable `name` is of a visible load."""
    return _visible(f"{name}.load")


def edge_visible(name: str) -> str:
    """The condition that the claim in the variable `name` is of a visible load."""
    return _visible(f"{name}.part / {PARTS_OF_LOAD}")


def _visible(load: str) -> str:
    return f"{load} <= ${NEWEST} AND NOT {load} IN ${DEAD}"


def node_visible(name: str) -> str:
    """The condition that a visible source states the node in the variable `name`."""
    states = f"{name}_states"
    return f"EXISTS {{ MATCH ({name})<-[{states}:{STATES.name} WHERE {edge_visible(states)}]-() }}"


@dataclass
class _Patterns:
    """The patterns of a text: what to put in where, and the variables that stand for nodes."""

    text: str
    masked: str
    kind: str = ""
    edits: list[tuple[int, int, str]] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    nodes: dict[str, None] = field(default_factory=dict)
    hops: list[re.Match[str]] = field(default_factory=list)
    made: int = 0
    source: str | None = None  # the parameter with the source whose claims are asked for

    def refuse(self, place: int) -> NotUnderstoodError:
        return NotUnderstoodError(f"not understood: {self.text[max(0, place - 20) : place + 60]!r}")

    def fresh(self, sort: str) -> str:
        self.made += 1
        return f"any{sort}{self.made}"

    def clause(self, place: int) -> None:
        """All paths of a MATCH clause, which begin at `place`."""
        while True:
            place = self.path(place)
            comma = re.compile(r"\s*,").match(self.masked, place)
            if comma is None:
                break
            place = comma.end()
        claim = self.of_source(place)
        for arrow in self.hops:
            self.edge(arrow, claim, place)
        self.hops.clear()

    def of_source(self, place: int) -> str:
        """The variable of the claims of which the condition at `place` asks for those of one source alone, or none."""
        found = _OF_SOURCE.match(self.masked, place)
        if found is None or self.source not in (None, found["parameter"]):
            return ""
        conditions, before = found["rest"], ""
        while conditions != before:  # what stands in brackets does not matter
            conditions, before = _GROUPED.sub(" ", conditions), conditions
        if re.search(r"\bX?OR\b", conditions, re.IGNORECASE):
            return ""
        self.source = found["parameter"]
        return found["claim"]

    def path(self, place: int) -> int:
        start = re.compile(r"\s*(?:\w+\s*=\s*)?(?=\()").match(self.masked, place)
        if start is None:
            raise self.refuse(place)
        first = start.end()
        after = self.node(first)
        arrow = _ARROW.match(self.masked, after)
        if arrow is None:
            self.alone(first, after)
        while arrow is not None:
            self.hops.append(arrow)
            following = re.compile(r"\s*(?=\()").match(self.masked, arrow.end())
            if following is None:
                raise self.refuse(arrow.start())
            after = self.node(following.end())
            arrow = _ARROW.match(self.masked, after)
        if re.compile(r"\s*[{+*]").match(self.masked, after):
            raise self.refuse(after)
        self.spans.append((first, after))
        return after

    def node(self, place: int) -> int:
        """The node pattern at `place`; where it ends."""
        close = self.masked.find(")", place)
        inside = _NODE.fullmatch(self.masked, place + 1, close) if close > 0 else None
        if inside is None:
            raise self.refuse(place)
        if inside["name"]:
            self.nodes[inside["name"]] = None
        return close + 1

    def alone(self, start: int, end: int) -> None:
        inside = _NODE.fullmatch(self.masked, start + 1, end - 1)
        if inside is None or not inside["labels"]:
            raise self.refuse(start)
        name = inside["name"]
        if name is None:
            name = self.fresh("Node")
            self.edits.append((start + 1, start + 1, name))
        of_source = inside["labels"].strip(": `") == SOURCE.name
        condition = source_visible(name) if of_source else node_visible(name)
        self.edits.append((end - 1, end - 1, f" WHERE {condition}"))

    def edge(self, arrow: re.Match[str], of_source: str, end: int) -> None:
        """The condition of a hop in a clause whose paths end at `end`."""
        if arrow["inside"] is None:
            name = self.fresh("Edge")
            place = arrow.start("right")
            if arrow["left"].endswith("-") and arrow["right"].startswith("-"):
                self.edits.append((place, place, f"[{name} WHERE {edge_visible(name)}]"))
                return
            raise self.refuse(arrow.start())
        inside = _EDGE.fullmatch(arrow["inside"])
        if inside is None:
            raise self.refuse(arrow.start())
        begin, name = arrow.start("inside"), inside["name"]
        if name is None:
            name = self.fresh("Edge")
            self.edits.append((begin, begin, name))
        kinds, shown = re.findall(r"\w+", inside["kinds"] or ""), edge_visible(name)
        if name == of_source and set(kinds) <= set(_KINDS):
            # Claims are found by their parts only where kinds are named, because an index is one of a kind, and
            # where the planner is told so: as long as few sources state nearly all it prefers to look through them.
            if not kinds:
                named = self.kind in _KINDS and re.search(rf"\b{name}\.kind = \$kind\b", self.masked)
                kinds = [self.kind] if named else list(_KINDS)
                place = begin + (inside.end("name") if inside["name"] else 0)
                self.edits.append((place, place, ":" + "|".join(quoted(kind) for kind in kinds)))
            shown = f"{name}.part IN ${PARTS}"
            self.edits += [(end, end, f" USING INDEX {name}:{quoted(kind)}(part)") for kind in kinds]
        self.edits.append((arrow.end("inside"), arrow.end("inside"), f" WHERE {shown}"))


@lru_cache(maxsize=256)
def prepared(text: str, *, past: bool = False, kind: str = "") -> str:
    """The text of a query that sees one version; with `past`, properties come from `$pastRows` first.

    A query that asks for the claims of a source alone finds them by their parts in the index of every kind that it names
    (of all where it names none), or of the edge `kind` alone where that is the value of its parameter `$kind`, to which
    `r.kind` must be equal.

    It needs the parameters `newestLoad`, `deadLoads`, with `past` `pastRows` (rows by id of the node), and `sourceParts`
    where `source_parameter` names one: the numbers of the visible parts of that source.
    """
    found = _patterns(text, kind)
    edits = [*found.edits, *(_from_past(found) if past else ())]
    edits.sort(key=lambda edit: edit[0])  # in one place as they were listed
    for start, end, put in reversed(edits):
        text = text[:start] + put + text[end:]
    return text


def source_parameter(text: str) -> str | None:
    """The parameter with the source whose claims alone a text asks for (`MATCH … WHERE r.source = $…`), if it does."""
    return _patterns(text, "").source


@lru_cache(maxsize=256)
def _patterns(text: str, kind: str) -> _Patterns:
    masked = _QUOTED.sub(lambda quoted: "`" + "_" * (len(quoted[0]) - 2) + "`", text)
    found = _Patterns(text, masked, kind)
    writing = _WRITES.search(masked)
    if writing:
        raise found.refuse(writing.start())
    for clause in _MATCH.finditer(masked):
        found.clause(clause.end())
    for hop in _HOP.finditer(masked):
        if not any(start <= hop.start() < end for start, end in found.spans):
            raise found.refuse(hop.start())
    return found


def _from_past(found: _Patterns) -> Iterator[tuple[int, int, str]]:
    names = "|".join(found.nodes)
    if not names:
        return
    renamed = re.search(rf"\b(?:{names})\s+AS\b", found.masked)
    if renamed:
        raise found.refuse(renamed.start())
    for read in re.finditer(rf"(?<![\w.$])(?P<node>{names})\s*\.\s*(?!id\b)", found.masked):
        yield read.start(), read.end(), f"coalesce(${PAST}[{read['node']}.id], {read['node']})."
