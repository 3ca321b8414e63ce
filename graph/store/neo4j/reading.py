"""How one version of a Neo4j graph is asked (版本读取): the methods of a view, as steps that whoever has a driver takes.

No statement looks through more than it answers with: nodes come by their ids or in the order of them from the index of
ids, claims by their parts (`directory`) or from the nodes at their ends. Only all nodes of a kind are read by its label.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from graph.identity import label_of
from graph.ontology import EDGES, NODES, SOURCE, STATES
from graph.store.choice import Choice, Dialect
from graph.store.content_hash import content_hash
from graph.store.neo4j import names, pieces
from graph.store.neo4j.directory import Directory, together
from graph.store.neo4j.pieces import columns_of_claims, columns_of_nodes
from graph.store.neo4j.state import Row, State
from graph.store.neo4j.steps import Asked, Found, Steps
from graph.store.neo4j.visible import (
    PARTS,
    PAST,
    edge_visible,
    node_visible,
    prepared,
    source_parameter,
    source_visible,
)
from graph.store.queries import query_named
from graph.store.schema import edge_columns, node_columns, quoted

_DIALECT: Final = Dialect("toLower")
_ENDS: Final = 1_000  # the most nodes whose claims are asked for at a time
_FEW: Final = 50  # of so many sources it is asked where their claims are, of more of all
_SOURCES: Final = pa.schema([*node_columns(SOURCE.name), ("claims", pa.int64())])


class Reading:
    """How a version of the graph is asked: the methods of a view, as steps that whoever has a driver takes."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._known: Directory | None = None  # of all sources
        self._last: tuple[list[str], Directory] | None = None  # of the few that were asked for last

    def query(self, name: str, /, **parameters: object) -> Steps[pa.Table]:
        """The answer of `cypher/<name>.cypher`; `query.unknown`, `query.parameter`, `graph.busy`."""
        query = query_named(name)
        values: dict[str, object] = {**query.bind(parameters)}
        kind = str(values.get("kind", ""))
        kind = kind if kind in EDGES or kind == STATES.name else ""
        asked = source_parameter(query.text)
        if asked:
            values[PARTS] = yield from self.parts_of(values[asked])
        rows, past = yield from self._asked(prepared(query.text, kind=kind), values, name)
        # A load may change rows while the query with the old ones runs: again, with those too.
        while past:
            rows, later = yield from self._asked(
                prepared(query.text, past=True, kind=kind), {**values, PAST: past}, name
            )
            if later.keys() == past.keys():
                break
            past = later
        return _untyped(query.columns, rows).sort_by([(column, "ascending") for column in query.order])

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
    ) -> Steps[pa.Table]:
        """The nodes of a kind: `id`, `name`, `aliases` and its properties, ordered by id (see the protocol)."""
        schema = node_columns(label)
        chosen = Choice(label, after, before, named, equal or {})
        if ids is not None:
            # Bounds are looked at here: Neo4j compares a text with a parameter by UTF-16 units, not by code points.
            ids = sorted({one for one in ids if label_of(one) == label or label not in NODES})
            ids = [one for one in ids if chosen.between(one)]
        if ids == [] or (limit is not None and limit < 1):
            return schema.empty_table()
        match, parameters = self._chosen(chosen, ids, ordered=limit is not None)
        cut = "" if limit is None else f"WITH n {chosen.cut(limit, backwards=backwards)} "
        rest = f"{cut}{columns_of_nodes(label)}"
        table, past = yield from self._table(f"{match} {rest}", parameters, label, schema)
        if past and chosen.by_values:
            table = yield from self._chosen_before(chosen, past, ids, cut)
        elif past:
            rows = [
                {name: past[row["id"]].get(name) for name in schema.names} if row["id"] in past else row
                for row in table.to_pylist()
            ]
            table = pa.Table.from_pylist(rows, schema=schema)
        table = table.sort_by("id")
        if limit is None:
            return table
        return table.slice(max(0, table.num_rows - limit)) if backwards else table.slice(0, limit)

    def count(
        self, kind: str, *, named: str | None = None, equal: Mapping[str, str | int] | None = None
    ) -> Steps[int]:
        """How many nodes of a kind there are, narrowed as `nodes` is, or how many claims of an edge kind."""
        if kind == STATES.name or kind in EDGES:
            return (yield from self._directory()).count(kind)
        chosen = Choice(kind, named=named, equal=equal or {})
        match, parameters = self._chosen(chosen)
        rows, past = yield from self._asked(f"{match} RETURN count(*)", parameters, kind)
        if past and chosen.by_values:
            return len((yield from self._chosen_before(chosen, past)))
        return int(rows[0][0])

    @staticmethod
    def _chosen(
        chosen: Choice, ids: Sequence[str] | None = None, *more: str, ordered: bool = False
    ) -> tuple[str, dict[str, object]]:
        """The beginning of a statement that finds the nodes `n`, and its parameters.

        By the index of ids where they are wanted `ordered` or have bounds: it is in the order of code points. `SEEK`,
        since by `USING INDEX` alone an emptied graph is planned as a scan with a filter, which compares by UTF-16 units.
        """
        of_source = chosen.label == SOURCE.name
        place = SOURCE.name if of_source else "Node"
        parameters = chosen.values()
        conditions = [source_visible("n") if of_source else node_visible("n"), *more]
        if ids is not None:
            match, parameters["ids"] = f"UNWIND $ids AS wanted MATCH (n:{place} {{id: wanted}})", ids
        elif ordered or chosen.after is not None or chosen.before is not None:
            first = "" if of_source else f"{chosen.label}:"  # with which all ids of the kind begin
            parameters["after"] = max(chosen.after or "", first)
            match = f"MATCH (n:{place}) USING INDEX SEEK n:{place}(id)"
            conditions = ["n.id > $after", f"n:{quoted(chosen.label)}", *conditions]
            last = [
                one for one in (chosen.before, None if of_source else f"{chosen.label};") if one is not None
            ]
            if last:
                parameters["before"] = min(last)
                conditions.insert(1, "n.id < $before")
        else:
            match = f"MATCH (n:{quoted(chosen.label)})"
        conditions += chosen.by_value(_DIALECT)
        return f"{match} WHERE {' AND '.join(conditions)}", parameters

    def edges(
        self,
        kind: str,
        *,
        heads: Sequence[str] | None = None,
        tails: Sequence[str] | None = None,
        sources: Sequence[str] | None = None,
    ) -> Steps[pa.Table]:
        """The claims of an edge kind: `id`, `kind`, `head`, `tail`, evidence, own properties; ordered by id."""
        schema = edge_columns(kind)
        parts: list[dict[str, object]]
        if heads is None and tails is None:
            of_kind = (yield from self._directory(sources)).parts(kind, sources)
            match = (
                f"MATCH ()-[r:{quoted(kind)}]->() USING INDEX r:{quoted(kind)}(part) WHERE r.part IN $parts"
            )
            parts = [{"parts": numbers} for numbers in together(of_kind, pieces.ROWS)]
        else:
            given = sorted(set(heads if heads is not None else tails or ()))
            place = SOURCE.name if heads is not None and kind == STATES.name else "Node"
            end = "<" if heads is None else "", ">" if heads is not None else ""
            match = (
                f"UNWIND $ids AS wanted MATCH (:{place} {{id: wanted}}){end[0]}-[r:{quoted(kind)}]-{end[1]}()"
            )
            match += f" WHERE {edge_visible('r')}"
            parts = [{"ids": given[start : start + _ENDS]} for start in range(0, len(given), _ENDS)]
        if not parts:
            return schema.empty_table()
        table, _ = yield from self._table(f"{match} {columns_of_claims(kind)}", {}, kind, schema, parts)
        if heads is not None and tails is not None:
            table = _among(table, "tail", tails)
        if sources is not None and (heads is not None or tails is not None):
            table = _among(table, "source", sources)
        return table.sort_by("id")

    def parts_of(self, source: object) -> Steps[list[int]]:
        """The numbers of the parts of a source that this version shows."""
        return (yield from self._directory([str(source)])).numbers(str(source))

    def _directory(self, sources: Sequence[str] | None = None) -> Steps[Directory]:
        """Where the claims of this version are; where only a few sources are asked for, those of them."""
        if self._known is not None:
            return self._known
        few = sorted(set(sources)) if sources is not None and len(sources) <= _FEW else None
        if few is not None and self._last is not None and self._last[0] == few:
            return self._last[1]
        match = f"MATCH (s:{SOURCE.name})"
        if few is not None:
            match = f"UNWIND $ids AS wanted MATCH (s:{SOURCE.name} {{id: wanted}})"
        statement = f"{match} WHERE {source_visible('s')} RETURN collect([s.id, s.load, s.parts])"
        rows, _ = yield from self._asked(statement, {} if few is None else {"ids": few}, "sources")
        directory = Directory(rows[0][0])
        if few is None:
            self._known = directory
        else:
            self._last = few, directory
        return directory

    def find(self, text: str, *, labels: Sequence[str] | None = None, limit: int = 20) -> Steps[pa.Table]:
        """Nodes by name or alias, the best first: `id`, `label`, `name`, `aliases`, `rank` (see the protocol)."""
        return (yield from names.find(self._asked, self.nodes, text, labels, limit))

    def sources(self) -> Steps[pa.Table]:
        """The sources in the graph: `id`, `name`, `medium`, `key`, `document`, `claims`; ordered by id."""
        match = f"MATCH (n:{SOURCE.name}) WHERE {source_visible('n')}"
        values = {name: f"n.{quoted(name)}" for name in _SOURCES.names}
        table, _ = yield from self._table(f"{match} {pieces.columns('n', values)}", {}, "sources", _SOURCES)
        return table.sort_by("id")

    def content_hash(self) -> Steps[str]:
        """A hash of what the graph says: nodes with names and properties, claims with their evidence."""
        steps, answer = content_hash(), None
        while True:
            try:
                asked = steps.send(answer)
            except StopIteration as ended:
                return str(ended.value)
            answer = yield from asked.of(self)

    def _chosen_before(
        self, chosen: Choice, past: Mapping[str, Row], ids: Sequence[str] | None = None, cut: str = ""
    ) -> Steps[pa.Table]:
        """The nodes chosen by the values that they had in this version."""
        schema = node_columns(chosen.label)
        match, parameters = self._chosen(chosen, ids, "NOT n.id IN $past", ordered=bool(cut))
        statement = f"{match} {cut}{columns_of_nodes(chosen.label)}"
        while True:
            given = {**parameters, "past": list(past)}
            table, later = yield from self._table(statement, given, chosen.label, schema)
            if later.keys() == past.keys():
                break
            past = later
        changed = [one for one in (past if ids is None else ids) if one in past]
        before = (yield from self.nodes(chosen.label, changed)).to_pylist()
        held = pa.Table.from_pylist([row for row in before if chosen.holds(row)], schema=schema)
        return pa.concat_tables([table, held])

    def _asked(self, statement: str, parameters: Mapping[str, object], name: str) -> Steps[Found]:
        """The rows of a statement, and the rows of nodes that have changed since this version, read after them."""
        return (yield Asked(statement, {**parameters, **self._state.parameters}, name))

    def _table(
        self,
        statement: str,
        parameters: Mapping[str, object],
        name: str,
        schema: pa.Schema,
        parts: Sequence[Mapping[str, object]] = ({},),
    ) -> Steps[Found]:
        """As `_asked`, for a table in columns; in `parts`, where there are several."""
        return (
            yield Asked(statement, {**parameters, **self._state.parameters}, name, schema=schema, parts=parts)
        )


def _untyped(names: Sequence[str], rows: list[list[Any]]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    return pa.table([pa.array(column) for column in columns], names=list(names))


def _among(table: pa.Table, name: str, values: Sequence[str]) -> pa.Table:
    return table.filter(pc.is_in(table.column(name), value_set=pa.array(sorted(set(values)), pa.string())))
