"""Reading one version of the embedded graph (图谱版本的读取); see `graph.store.protocol.View`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from graph.identity import label_of, normalise_name
from graph.ontology import EDGES, NODES, SOURCE, STATES, node_kind
from graph.settings import Settings
from graph.store.adhoc import ROWS, answer, checked
from graph.store.choice import Choice, Dialect
from graph.store.content_hash import content_hash
from graph.store.engine import Engine, WatchedEngine
from graph.store.find import FOUND, ranked
from graph.store.queries import query_named
from graph.store.schema import edge_columns, edge_ends, edge_kinds, node_columns, quoted

_DIALECT: Final = Dialect("lower")
_NAMES: Final = 200  # longer than any name: a text to find is cut here
_MANY: Final = 1000  # from here reading all edges and choosing is faster than `IN`
_SOURCES: Final = pa.schema([*node_columns(SOURCE.name), ("claims", pa.int64())])


def no_sources() -> pa.Table:
    """The sources of a graph that is not there yet."""
    return _SOURCES.empty_table()


def no_statements() -> pa.Table:
    """The STATES claims of a graph that is not there yet."""
    return edge_columns(STATES.name).empty_table()


class Snapshot:
    """One version of the graph; its answers agree with each other."""

    def __init__(self, version: str, engine: Engine | WatchedEngine) -> None:
        self._version = version
        self._engine = engine
        self._claims: dict[str, dict[str, int]] | None = (
            None  # a version never changes: they are counted once
        )

    @property
    def version(self) -> str:
        """The name of this version; it changes when a batch was swapped in."""
        return self._version

    def query(self, name: str, /, **parameters: object) -> pa.Table:
        """The answer of `cypher/<name>.cypher`; `query.unknown`, `query.parameter`, `graph.busy`."""
        query = query_named(name)
        return self._engine.table(query.text, query.bind(parameters), name=name).select(list(query.columns))

    def cypher(
        self,
        text: str,
        /,
        parameters: Mapping[str, object] | None = None,
        *,
        limit: int = ROWS,
        seconds: float | None = None,
    ) -> pa.Table:
        """The first `limit` rows of a reading statement that somebody wrote (see the protocol)."""
        statement = checked(text, parameters or {})
        allowed = Settings.load().query_seconds if seconds is None else seconds
        return answer(*self._engine.rows(statement, parameters or {}, limit=limit, seconds=allowed))

    def nodes(
        self,
        label: str,
        ids: Sequence[str] | None = None,
        *,
        after: str | None = None,
        before: str | None = None,
        limit: int | None = None,
        backwards: bool = False,
        named: str | None = None,
        equal: Mapping[str, str | int] | None = None,
    ) -> pa.Table:
        """The nodes of a kind: `id`, `name`, `aliases` and its properties, ordered by id (see the protocol)."""
        if limit is not None and limit < 1:
            return node_columns(label).empty_table()
        chosen = Choice(label, after, before, named, equal or {})
        rows = self._node_rows(
            node_columns(label), label, ids, chosen, chosen.cut(limit, backwards=backwards)
        )
        return rows.sort_by("id")

    def count(
        self, kind: str, *, named: str | None = None, equal: Mapping[str, str | int] | None = None
    ) -> int:
        """How many nodes of a kind there are, narrowed as `nodes` is, or how many claims of an edge kind."""
        if kind == STATES.name or kind in EDGES:
            statement, parameters = f"MATCH ()-[r:{quoted(kind)}]->() RETURN count(*)", {}
        else:
            chosen = Choice(kind, named=named, equal=equal or {})
            statement = f"MATCH (n:{quoted(kind)}) {chosen.where(_DIALECT)} RETURN count(*)"
            parameters = chosen.parameters()
        return int(self._engine.table(statement, parameters).column(0)[0].as_py())

    def node_rows(self, label: str, ids: Iterable[str] | None = None) -> pa.Table:
        """As `nodes`, with the column `search`, in no order."""
        return self._node_rows(stored_columns(label), label, ids, Choice(label), "")

    def _node_rows(
        self, schema: pa.Schema, label: str, ids: Iterable[str] | None, chosen: Choice, cut: str
    ) -> pa.Table:
        columns = ", ".join(f"n.{quoted(name)} AS {quoted(name)}" for name in schema.names)
        match, parameters = f"MATCH (n:{quoted(label)})", chosen.parameters()
        if ids is not None:
            wanted = sorted({one for one in ids if label_of(one) == label or label not in NODES})
            if not wanted:
                return schema.empty_table()
            match = f"UNWIND $ids AS wanted MATCH (n:{quoted(label)} {{id: wanted}})"
            parameters["ids"] = wanted
        statement = f"{match} {chosen.where(_DIALECT)} RETURN {columns} {cut}"
        return self._engine.table(statement, parameters).cast(schema)

    def edges(
        self,
        kind: str,
        *,
        heads: Sequence[str] | None = None,
        tails: Sequence[str] | None = None,
        sources: Sequence[str] | None = None,
    ) -> pa.Table:
        """The claims of an edge kind: `id`, `kind`, `head`, `tail`, evidence, own properties; ordered by id."""
        if sources is None:
            return self.edge_rows(kind, heads, tails).sort_by("id")
        by_source = heads is None and tails is None
        rows = self._edges_of(kind, sources) if by_source else self.edge_rows(kind, heads, tails)
        return rows.filter(_among(rows.column("source"), sources)).sort_by("id")

    def edge_rows(
        self, kind: str, heads: Iterable[str] | None = None, tails: Iterable[str] | None = None
    ) -> pa.Table:
        """As `edges`, in no order. At most one statement a node kind, however many ids are asked for."""
        starts, ends = edge_ends(kind)
        if heads is not None:
            rows = self._edges_at("h", kind, _by_label(heads, starts))
            return rows if tails is None else rows.filter(_among(rows.column("tail"), tails))
        if tails is not None:
            return self._edges_at("t", kind, _by_label(tails, ends))
        return self._edges(kind, "", {})

    def _edges_of(self, kind: str, sources: Sequence[str]) -> pa.Table:
        """At least the claims of these sources: a range is compared sooner than a list is searched."""
        if not sources or (self._claims is not None and self._claims[kind].keys().isdisjoint(sources)):
            return edge_columns(kind).empty_table()
        where = "WHERE r.source >= $first AND r.source <= $last"
        return self._edges(kind, where, {"first": min(sources), "last": max(sources)})

    def edges_without(self, kind: str, sources: Iterable[str]) -> pa.Table:
        """As `edges`, in no order and without the claims of these sources."""
        return self._edges(kind, "WHERE NOT r.source IN $sources", {"sources": list(sources)})

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
        if self._claims is None:
            self._claims = {kind.name: self._claims_of(kind.name) for kind in edge_kinds()}
        counts: Counter[str] = Counter()
        for claims in self._claims.values():
            counts.update(claims)
        table = self.node_rows(SOURCE.name).sort_by("id")
        told = pa.array([counts[source] for source in table.column("id").to_pylist()], pa.int64())
        return table.append_column("claims", told)

    def _claims_of(self, kind: str) -> dict[str, int]:
        """How many claims of an edge kind each source makes that makes any."""
        rows = self._engine.table(
            f"MATCH ()-[r:{quoted(kind)}]->() RETURN r.source AS source, count(*) AS claims"
        )
        return dict(zip(rows.column(0).to_pylist(), rows.column(1).to_pylist(), strict=True))

    def content_hash(self) -> str:
        """A hash of what the graph says: nodes with names and properties, claims with their evidence."""
        steps, answer = content_hash(), None
        while True:
            try:
                asked = steps.send(answer)
            except StopIteration as ended:
                return str(ended.value)
            answer = asked.of(self)

    def _edges_at(self, end: str, kind: str, wanted: dict[str, list[str]]) -> pa.Table:
        """The claims that begin (`h`) or end (`t`) at one of the ids `wanted`, given by label."""
        parts = [edge_columns(kind).empty_table()]
        for label, ids in wanted.items():
            if len(ids) <= _MANY:
                parts.append(self._edges(kind, f"WHERE {end}.id IN $ids", {"ids": ids}, **{end: label}))
            else:
                rows = self._edges(kind, "", {}, **{end: label})
                parts.append(rows.filter(_among(rows.column("head" if end == "h" else "tail"), ids)))
        return pa.concat_tables(parts)

    def _edges(
        self, kind: str, where: str, parameters: dict[str, object], h: str = "", t: str = ""
    ) -> pa.Table:
        schema = edge_columns(kind)
        starts, ends = edge_ends(kind)
        places = {"head": "h.id", "tail": "t.id"}
        columns = ", ".join(
            f"{places.get(name, f'r.{quoted(name)}')} AS {quoted(name)}" for name in schema.names
        )
        head, tail = _either([h] if h else starts), _either([t] if t else ends)
        statement = f"MATCH (h:{head})-[r:{quoted(kind)}]->(t:{tail}) {where} RETURN {columns}"
        return self._engine.table(statement, parameters).cast(schema)


def stored_columns(label: str) -> pa.Schema:
    """The columns of a node table as they are stored: with `search` after `aliases`."""
    schema = node_columns(label)
    return schema.insert(3, pa.field("search", pa.string())) if label in NODES else schema


def _among(column: Any, values: Iterable[str]) -> Any:
    return pc.is_in(column, value_set=pa.array(set(values), pa.string()))


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
