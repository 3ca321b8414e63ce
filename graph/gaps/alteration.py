"""A projection as it would be (假设的图谱): claims put in, taken out, and figures changed, in a copy.

    changed = altered(projection, [Linked("SERVES", group, chain, words="…"), Gone(enterprise)])

What is assumed is a claim of the source `ASSUMED`, done and sure, whose quote is the words of the assumption: answers
show it as such. The projection that was given stays as it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph.errors import LiantuError
from graph.gaps.figures import figure
from graph.gaps.finding import MINIMUM_CONFIDENCE, REALISED
from graph.ontology import STATES
from graph.project import Projection

ASSUMED: Final = "假设"
"""The source of what is assumed."""
FIGURES: Final[Mapping[str, Mapping[str, str]]] = {
    "OFFERS": dict.fromkeys(("enrolled", "graduates", "employed", "in_field", "further_study"), "number"),
    "DEMANDS": {"headcount": "level"},
}
"""The figures that can be changed, by kind of claim, each with the column that tells parts of it apart."""
OF_THESE: Final[Mapping[str, tuple[str, ...]]] = {"graduates": ("employed", "in_field", "further_study")}
"""What is told of those whom a figure counts: once there are more or fewer of them, nobody knows it."""


@dataclass(frozen=True, slots=True)
class Stated:
    """There is a node of this id, name and properties."""

    identifier: str
    name: str
    words: str
    properties: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Linked:
    """A claim of `kind` from `head` to `tail`, with its own values."""

    kind: str
    head: str
    tail: str
    words: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unlinked:
    """No claim of `kind` from `head` to `tail` any more."""

    kind: str
    head: str
    tail: str


@dataclass(frozen=True, slots=True)
class Gone:
    """The node, what lives inside it, and all claims of them are gone."""

    identifier: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure is more (`+`) or fewer (`-`) by `people`, or is that many (`=`), in its latest year or in `year`."""

    kind: str
    head: str
    tail: str
    column: str
    sign: str
    people: int
    words: str
    level: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """Claims of one kind as records tell them; their figures take the place of those told of the same ends before."""

    kind: str
    claims: tuple[Linked, ...]


@dataclass(frozen=True, slots=True)
class Realised:
    """What has one of these statuses is done, at the latest on the last day of which the graph speaks."""

    statuses: tuple[str, ...]


Alteration: TypeAlias = Stated | Linked | Unlinked | Gone | Counted | Recorded | Realised


def altered(projection: Projection, alterations: Iterable[Alteration]) -> Projection:
    """A copy of the projection after the alterations, one after the other.

    `LiantuError` assumption.unknown where a figure is to be lowered that nobody knows, assumption.levels where it is
    told for several levels of education and none is named. Kinds of nodes and claims that were not read stay unread.
    """
    draft = _Draft(projection)
    for one in alterations:
        draft.apply(one)
    return draft.finished()


class _Draft:
    """The tables of a projection while they are changed; rows to add wait until a table is needed or done."""

    def __init__(self, projection: Projection) -> None:
        self._given = projection
        self._nodes, self._edges = dict(projection.nodes), dict(projection.edges)
        self._new_nodes: dict[str, list[dict[str, Any]]] = {}
        self._new_edges: dict[str, list[dict[str, Any]]] = {}
        self._count = 0

    def apply(self, one: Alteration) -> None:
        """Make one alteration."""
        if isinstance(one, Stated):
            self._state(one)
        elif isinstance(one, Linked):
            self._link(one.kind, one.head, one.tail, one.words, one.values)
        elif isinstance(one, Unlinked):
            self._keep(one.kind, lambda table: pc.invert(_between(table, one.head, one.tail)))
        elif isinstance(one, Gone):
            self._leave(one.identifier)
        elif isinstance(one, Counted):
            self._recount(one)
        elif isinstance(one, Recorded):
            self._record(one)
        else:
            self._realise(one.statuses)

    def finished(self) -> Projection:
        """The projection as changed."""
        for label in list(self._new_nodes):
            self._node_table(label)
        for kind in list(self._new_edges):
            self._edge_table(kind)
        name = {"id": ASSUMED, "name": ASSUMED}
        source = pa.Table.from_pylist([name], schema=self._given.sources.schema)
        sources = pa.concat_tables([self._given.sources, source])
        made = Projection(self._nodes, self._edges, sources)
        made.earlier, made.release = self._given.earlier, self._given.release
        return made

    def _node_table(self, label: str) -> pa.Table:
        added = self._new_nodes.pop(label, [])
        if added:
            fresh = pa.Table.from_pylist(added, schema=self._nodes[label].schema)
            self._nodes[label] = pa.concat_tables([self._nodes[label], fresh])
        return self._nodes[label]

    def _edge_table(self, kind: str) -> pa.Table:
        added = self._new_edges.pop(kind, [])
        if added:
            fresh = pa.Table.from_pylist(added, schema=self._edges[kind].schema)
            self._edges[kind] = pa.concat_tables([self._edges[kind], fresh])
        return self._edges[kind]

    def _state(self, one: Stated) -> None:
        label = one.identifier.partition(":")[0]
        if label in self._nodes:
            known = self._node_table(label).column("id")
            if not pc.any(pc.equal(known, one.identifier)).as_py():
                row = {"id": one.identifier, "name": one.name, **one.properties}
                self._new_nodes.setdefault(label, []).append(row)
        told = {
            "local": one.identifier,
            "name": one.name,
            "aliases": "[]",
            "properties": json.dumps(dict(one.properties), ensure_ascii=False),
        }
        self._link(STATES.name, ASSUMED, one.identifier, one.words, told)

    def _link(self, kind: str, head: str, tail: str, words: str, values: Mapping[str, Any]) -> None:
        if kind not in self._edges:
            return
        self._count += 1
        row = {
            "id": f"{ASSUMED}#{self._count}",
            "kind": kind,
            "head": head,
            "tail": tail,
            "source": ASSUMED,
            "quote": words,
            "method": "record",
            "confidence": 1.0,
            "status": "完成",
        }
        self._new_edges.setdefault(kind, []).append(row | dict(values))

    def _keep(self, kind: str, kept: Any) -> None:
        if kind in self._edges:
            table = self._edge_table(kind)
            left = table.filter(kept(table))
            if len(left) < len(table):  # a table that nothing changes stays the same object
                self._edges[kind] = left

    def _leave(self, identifier: str) -> None:
        gone = [identifier]
        for label in self._nodes:
            table = self._node_table(label)
            ids = table.column("id")
            inside = pc.or_(pc.equal(ids, identifier), pc.ends_with(ids, f"@{identifier}"))
            gone += ids.filter(inside).to_pylist()
            if pc.any(inside).as_py():
                self._nodes[label] = table.filter(pc.invert(inside))
        among = pa.array(sorted(set(gone)), pa.string())
        for kind in self._edges:
            self._keep(
                kind,
                lambda table: pc.invert(
                    pc.or_(*(pc.is_in(table.column(end), value_set=among) for end in ("head", "tail")))
                ),
            )

    def _recount(self, one: Counted) -> None:
        if one.kind not in self._edges:
            return
        table = self._edge_table(one.kind)
        mask = pc.greater_equal(table.column("confidence"), MINIMUM_CONFIDENCE)
        mask = pc.and_(mask, _between(table, one.head, one.tail))
        if one.kind == "OFFERS":  # a need counts whatever its status, an offering once it is done
            mask = pc.and_(mask, pc.is_in(table.column("status"), value_set=pa.array(REALISED, pa.string())))
        if one.level is not None:
            mask = pc.and_(mask, pc.fill_null(pc.equal(table.column("level"), one.level), False))
        rows = pc.indices_nonzero(mask)
        own = table.take(rows)
        levels = set(own.column("level").to_pylist()) if "level" in table.column_names else set()
        if len(levels) > 1:
            listed = "、".join(sorted(level or "–" for level in levels))
            raise LiantuError("assumption.levels", words=one.words, levels=listed)
        told = figure(
            Projection({}, {one.kind: own}),
            one.kind,
            range(len(own)),
            column=one.column,
            part=FIGURES[one.kind][one.column],
            year=None,
            cautious=max if one.kind == "DEMANDS" else min,
        )
        if told.value is None and one.sign == "-":
            raise LiantuError("assumption.unknown", words=one.words)
        before = told.value or 0
        people = {"+": before + one.people, "-": max(0, before - one.people), "=": one.people}[one.sign]
        counted = rows.take(pa.array(sorted(told.rows), pa.int64()))
        for name in (one.column, *OF_THESE.get(one.column, ())):
            table = _blanked(table, name, counted)
        self._edges[one.kind] = table
        later = one.year is not None and one.year >= (told.year or 0)
        values: dict[str, Any] = {one.column: people, "year": one.year if later else told.year}
        if one.level or levels:
            values["level"] = one.level or levels.pop()
        self._link(one.kind, one.head, one.tail, one.words, values)

    def _record(self, one: Recorded) -> None:
        if one.kind not in self._edges:
            return
        for column in FIGURES.get(one.kind, {}):
            told = {(claim.head, claim.tail) for claim in one.claims if column in claim.values}
            table = self._edge_table(one.kind)
            ends = zip(*(table.column(end).to_pylist() for end in ("head", "tail")), strict=True)
            rows = [row for row, pair in enumerate(ends) if pair in told] if told else []
            for name in (column, *OF_THESE.get(column, ())) if rows else ():
                table = _blanked(table, name, pa.array(rows, pa.int64()))
            self._edges[one.kind] = table
        for claim in one.claims:
            self._link(claim.kind, claim.head, claim.tail, claim.words, claim.values)

    def _realise(self, statuses: tuple[str, ...]) -> None:
        wanted = pa.array(statuses, pa.string())
        for kind in self._edges:
            table = self._edge_table(kind)
            column = table.column("status")
            said = pc.is_in(column, value_set=wanted)
            if not pc.any(said).as_py():
                continue
            was = pc.is_in(column, value_set=pa.array(REALISED, pa.string()))
            for name in {"observed", "since"} & set(table.column_names):
                days = table.column(
                    name
                )  # what is done early does not move the day on which the graph speaks
                today = pc.max(days.filter(was))
                later = pc.and_kleene(said, pc.fill_null(pc.greater(days, today), True))
                table = _replaced(table, name, pc.if_else(later, today, days))
            done = pc.if_else(said, pa.scalar("完成", column.type), column)
            self._edges[kind] = _replaced(table, "status", done)


def _blanked(table: pa.Table, name: str, rows: pa.Array) -> pa.Table:
    """The table with nothing in a column of some rows."""
    marks = np.zeros(len(table), dtype=bool)
    marks[rows.to_numpy()] = True
    column = table.column(name)
    return _replaced(table, name, pc.if_else(pa.array(marks), pa.scalar(None, column.type), column))


def _replaced(table: pa.Table, name: str, column: Any) -> pa.Table:
    return table.set_column(table.column_names.index(name), name, column)


def _between(table: pa.Table, head: str, tail: str) -> Any:
    return pc.and_(pc.equal(table.column("head"), head), pc.equal(table.column("tail"), tail))
