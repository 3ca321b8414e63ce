"""What one version shows (可见性): the named queries, written for any engine, made to see one version of a Neo4j graph.

Every relationship pattern gets a condition on its load, every node that stands alone one on who states it (a node
at the end of a visible claim is visible). Where rows of nodes have changed since the version, the properties that a
query reads come from the rows kept for it. A text that is not understood is refused, so that no query sees too much.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from graph.ontology import SOURCE, STATES
from graph.store.schema import edge_kinds, quoted

# Parameters of named queries have no capital letters.
NEWEST, DEAD, PAST = "newestLoad", "deadLoads", "pastRows"

_QUOTED = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|`(?:``|[^`])*`", re.DOTALL)
_WRITES = re.compile(r"\b(CREATE|MERGE|SET|DELETE|REMOVE|CALL|LOAD|FOREACH|DROP|USE)\b", re.IGNORECASE)
_MATCH = re.compile(r"\bMATCH\b", re.IGNORECASE)
_ARROW = re.compile(r"\s*(?P<left><?-)\s*(?:\[(?P<inside>[^\[\]]*)\]\s*)?(?P<right>->?)")
_EDGE = re.compile(r"\s*(?P<name>\w+)?\s*(?P<kinds>:[\w\s|:`]+?)?\s*(?P<map>\{[^{}]*\})?\s*")
_NODE = re.compile(r"\s*(?P<name>\w+)?\s*(?P<labels>:[\w\s|:&`]+?)?\s*(?P<map>\{[^{}]*\})?\s*")
_KINDS: Final = tuple(kind.name for kind in edge_kinds())
_HOP: Final = re.compile(r"\)\s*<?-|-\s*\[|-->|<--")


class NotUnderstoodError(ValueError):
    """A query that is written in a way that visibility cannot be added to; the message shows where."""


def edge_visible(name: str) -> str:
    """The condition that the claim (or source) in the variable `name` is of a visible load."""
    return f"{name}.load <= ${NEWEST} AND NOT {name}.load IN ${DEAD}"


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
    hints: list[str] = field(default_factory=list)
    made: int = 0

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
                self.edits += [(place, place, hint) for hint in self.hints]
                self.hints.clear()
                return
            place = comma.end()

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
            self.edge(arrow)
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
        condition = edge_visible(name) if of_source else node_visible(name)
        self.edits.append((end - 1, end - 1, f" WHERE {condition}"))

    def edge(self, arrow: re.Match[str]) -> None:
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
        name = inside["name"]
        if name is None:
            name = self.fresh("Edge")
            self.edits.append((arrow.start("inside"), arrow.start("inside"), name))
        kinds = ""
        if inside["kinds"] is None and re.search(rf"\b{name}\.source = \$", self.masked):
            # Claims are found by their source only where kinds are named, because an index is one of a kind, and
            # where the planner is told so: as long as few sources state nearly all it prefers to look through them.
            named = self.kind in _KINDS and re.search(rf"\b{name}\.kind = \$kind\b", self.masked)
            chosen = (self.kind,) if named else _KINDS
            kinds = ":" + "|".join(quoted(kind) for kind in chosen)
            self.hints += [f" USING INDEX {name}:{quoted(kind)}(source, load)" for kind in chosen]
        self.edits.append((arrow.end("inside"), arrow.end("inside"), f"{kinds} WHERE {edge_visible(name)}"))


@lru_cache(maxsize=256)
def prepared(text: str, *, past: bool = False, kind: str = "") -> str:
    """The text of a query that sees one version; with `past`, properties come from `$pastRows` first.

    A query that asks for the claims of a source (`r.source = $…`) uses the index of every kind, or of the edge `kind`
    alone where that is the value of its parameter `$kind`, to which `r.kind` must be equal.

    It needs the parameters `newestLoad`, `deadLoads` and, with `past`, `pastRows` (rows by id of the node).
    """
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
    if past:
        found.edits.extend(_from_past(found))
    for start, end, put in sorted(found.edits, key=lambda edit: edit[0], reverse=True):
        text = text[:start] + put + text[end:]
    return text


def _from_past(found: _Patterns) -> Iterator[tuple[int, int, str]]:
    names = "|".join(found.nodes)
    if not names:
        return
    renamed = re.search(rf"\b(?:{names})\s+AS\b", found.masked)
    if renamed:
        raise found.refuse(renamed.start())
    for read in re.finditer(rf"(?<![\w.$])(?P<node>{names})\s*\.\s*(?!id\b)", found.masked):
        yield read.start(), read.end(), f"coalesce(${PAST}[{read['node']}.id], {read['node']})."
