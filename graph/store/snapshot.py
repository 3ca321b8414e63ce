"""Reading one version of the embedded graph (图谱版本的读取); see `graph.store.protocol.View`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from graph.identity import label_of, normalise_name
from graph.ontology import NODES, SOURCE, STATES, node_kind
from graph.store.content_hash import ContentHash
from graph.store.engine import Engine
from graph.store.find import FOUND, ranked
from graph.store.queries import query_named
from graph.store.schema import edge_columns, edge_ends, edge_kinds, node_columns, quoted

_NAMES: Final = 200  # longer than any name: a text to find is cut here
_SOURCES: Final = pa.schema([*node_columns(SOURCE.name), ("claims", pa.int64())])


def no_sources() -> pa.Table:
    """The sources of a graph that is not there yet."""
    return _SOURCES.empty_table()


def no_statements() -> pa.Table:
    """The STATES claims of a graph that is not there yet."""
    return edge_columns(STATES.name).empty_table()


class Snapshot:
    """One version of the graph; its answers agree with each other."""

    def __init__(self, version: str, engine: Engine) -> None:
        self._version = version
        self._engine = engine

    @property
    def version(self) -> str:
        """The name of this version; it changes when a batch was swapped in."""
        return self._version

    def query(self, name: str, **parameters: object) -> pa.Table:
        """The answer of `cypher/<name>.cypher`; `query.unknown`, `query.parameter`, `graph.busy`."""
        query = query_named(name)
        return self._engine.table(query.text, query.bind(parameters), name=name).select(list(query.columns))

    def nodes(self, label: str, ids: Sequence[str] | None = None) -> pa.Table:
        """The nodes of a kind: `id`, `name`, `aliases` and its properties, ordered by id."""
        rows = self.node_rows(label, ids)
        return rows.drop_columns(["search"] if label in NODES else []).sort_by("id")

    def node_rows(self, label: str, ids: Iterable[str] | None = None) -> pa.Table:
        """As `nodes`, with the column `search`, in no order."""
        schema = stored_columns(label)
        columns = ", ".join(f"n.{quoted(name)} AS {quoted(name)}" for name in schema.names)
        if ids is None:
            return self._engine.table(f"MATCH (n:{quoted(label)}) RETURN {columns}").cast(schema)
        wanted = sorted(
            {identifier for identifier in ids if label_of(identifier) == label or label not in NODES}
        )
        if not wanted:
            return schema.empty_table()
        statement = f"UNWIND $ids AS wanted MATCH (n:{quoted(label)} {{id: wanted}}) RETURN {columns}"
        return self._engine.table(statement, {"ids": wanted}).cast(schema)

    def edges(
        self, kind: str, *, heads: Sequence[str] | None = None, tails: Sequence[str] | None = None
    ) -> pa.Table:
        """The claims of an edge kind: `id`, `kind`, `head`, `tail`, evidence, own properties; ordered by id."""
        return self.edge_rows(kind, heads, tails).sort_by("id")

    def edge_rows(
        self, kind: str, heads: Iterable[str] | None = None, tails: Iterable[str] | None = None
    ) -> pa.Table:
        """As `edges`, in no order. At most one statement a node kind, however many ids are asked for."""
        schema = edge_columns(kind)
        starts, ends = edge_ends(kind)
        if heads is None and tails is None:
            parts = [self._edges_between(kind, starts, ends, "", None)]
        elif heads is not None:
            by_label = _by_label(heads, starts)
            parts = [self._edges_between(kind, (label,), ends, "h", ids) for label, ids in by_label.items()]
        else:
            by_label = _by_label(tails or (), ends)
            parts = [self._edges_between(kind, starts, (label,), "t", ids) for label, ids in by_label.items()]
        rows = pa.concat_tables([schema.empty_table(), *parts])
        if heads is not None and tails is not None:
            rows = rows.filter(pc.is_in(rows.column("tail"), pa.array(sorted(set(tails)), pa.string())))
        return rows

    def find(self, text: str, *, labels: Sequence[str] | None = None, limit: int = 20) -> pa.Table:
        """Nodes by name or alias, the best first: `id`, `label`, `name`, `aliases`, `rank` (see the protocol)."""
        wanted = normalise_name(text[:_NAMES])
        kinds = [node_kind(label).name for label in labels] if labels is not None else list(NODES)
        if not wanted or not kinds or limit < 1:
            return FOUND.empty_table()
        statement = (
            f"MATCH (n:{_either(kinds)}) WHERE n.search CONTAINS $text "
            "RETURN n.id AS id, label(n) AS label, n.name AS name, n.aliases AS aliases, n.search AS search"
        )
        return ranked(text[:_NAMES], self._engine.table(statement, {"text": wanted}, name="find"), limit)

    def sources(self) -> pa.Table:
        """The sources in the graph: `id`, `name`, `medium`, `key`, `document`, `claims`; ordered by id."""
        counts: dict[str, int] = defaultdict(int)
        for kind in edge_kinds():
            rows = self._engine.table(
                f"MATCH ()-[r:{quoted(kind.name)}]->() RETURN r.source AS source, count(*) AS claims"
            )
            for source, claims in zip(rows.column(0).to_pylist(), rows.column(1).to_pylist(), strict=True):
                counts[source] += claims
        table = self.node_rows(SOURCE.name).sort_by("id")
        claims = pa.array([counts[source] for source in table.column("id").to_pylist()], pa.int64())
        return table.append_column("claims", claims)

    def content_hash(self) -> str:
        """A hash of what the graph says: nodes with names and properties, claims with their evidence."""
        content = ContentHash()
        for label in NODES:
            content.add(label, self.nodes(label))
        for kind in edge_kinds():
            content.add(kind.name, self.edge_rows(kind.name).drop_columns(["id"]))
        return content.hexdigest()

    def _edges_between(
        self, kind: str, starts: Sequence[str], ends: Sequence[str], end: str, ids: list[str] | None
    ) -> pa.Table:
        schema = edge_columns(kind)
        columns = ", ".join(
            f"h.id AS {name}"
            if name == "head"
            else f"t.id AS {name}"
            if name == "tail"
            else f"r.{quoted(name)} AS {quoted(name)}"
            for name in schema.names
        )
        head, tail = f"h:{_either(starts)}", f"t:{_either(ends)}"
        if ids is None:
            return self._engine.table(f"MATCH ({head})-[r:{quoted(kind)}]->({tail}) RETURN {columns}").cast(
                schema
            )
        if end == "h":
            head += " {id: wanted}"
        else:
            tail += " {id: wanted}"
        statement = f"UNWIND $ids AS wanted MATCH ({head})-[r:{quoted(kind)}]->({tail}) RETURN {columns}"
        return self._engine.table(statement, {"ids": ids}).cast(schema)


def stored_columns(label: str) -> pa.Schema:
    """The columns of a node table as they are stored: with `search` after `aliases`."""
    schema = node_columns(label)
    return schema.insert(3, pa.field("search", pa.string())) if label in NODES else schema


def _either(labels: Iterable[str]) -> str:
    return "|".join(quoted(label) for label in labels)


def _by_label(ids: Iterable[str], allowed: Sequence[str]) -> dict[str, list[str]]:
    """Ids by the kind of node that they name, each once; a source's id has no kind in it."""
    grouped: dict[str, list[str]] = {}
    for identifier in sorted(set(ids)):
        label = SOURCE.name if allowed == (SOURCE.name,) else label_of(identifier)
        if label in allowed:
            grouped.setdefault(label, []).append(identifier)
    return grouped
