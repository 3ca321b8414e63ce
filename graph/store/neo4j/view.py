"""Reading one version of a Neo4j graph (图谱版本的读取); see `graph.store.protocol.View`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, TypeVar

import neo4j
import pyarrow as pa
import pyarrow.compute as pc

from graph.identity import label_of, normalise_name
from graph.ontology import EDGES, NODES, SOURCE, STATES, node_kind
from graph.store.adhoc import ROWS
from graph.store.choice import Choice
from graph.store.content_hash import content_hash
from graph.store.find import FOUND, ranked, search_text
from graph.store.neo4j.adhoc import cypher, said
from graph.store.neo4j.connection import Connection
from graph.store.neo4j.order import DIALECT, ORDERED
from graph.store.neo4j.schema import NAMES_INDEX
from graph.store.neo4j.state import SINCE, Row, State, replaced_since
from graph.store.neo4j.steps import Asked, Found, Step, Steps, at_once
from graph.store.neo4j.visible import PAST, edge_visible, node_visible, prepared
from graph.store.queries import query_named
from graph.store.schema import edge_columns, node_columns, quoted

_NAMES: Final = 200  # longer than any name: a text to find is cut here
_PIECE: Final = 10_000  # rows
_SOURCES: Final = pa.schema([*node_columns(SOURCE.name), ("claims", pa.int64())])
T = TypeVar("T")
_BIGRAMS: Final = re.compile(r"[\u4e00-\u9fff]{2,}")
_CANDIDATES: Final = pa.schema(
    [
        *((name, FOUND.field(name).type) for name in ("id", "label", "name", "aliases")),
        ("search", pa.string()),
    ]
)
_RANKED: Final = f"""
WITH n, split(n.search, '\\n') AS names
WITH n, names[0] AS own, names[1..] AS others
WITH n, size(own) AS length,
     CASE WHEN own = $text THEN 0 WHEN $text IN others THEN 1
          WHEN own STARTS WITH $text THEN 2 WHEN any(other IN others WHERE other STARTS WITH $text) THEN 3
          WHEN own CONTAINS $text THEN 4 ELSE 5 END AS rank
ORDER BY rank, length, {ORDERED} LIMIT $limit
RETURN n.id, n.name, n.aliases, n.search
"""


class Reading:
    """How a version of the graph is asked: the methods of a view, as steps that whoever has a driver takes."""

    def __init__(self, state: State) -> None:
        self._state = state

    def query(self, name: str, /, **parameters: object) -> Steps[pa.Table]:
        """The answer of `cypher/<name>.cypher`; `query.unknown`, `query.parameter`, `graph.busy`."""
        query = query_named(name)
        values = query.bind(parameters)
        kind = str(values.get("kind", ""))
        kind = kind if kind in EDGES or kind == STATES.name else ""
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
        match, parameters = f"MATCH (n:{quoted(label)})", chosen.parameters(DIALECT)
        if ids is not None:
            wanted = sorted({one for one in ids if label_of(one) == label or label not in NODES})
            place = SOURCE.name if label == SOURCE.name else "Node"
            match, parameters["ids"] = f"UNWIND $ids AS wanted MATCH (n:{place} {{id: wanted}})", wanted
        if (ids is not None and not wanted) or (limit is not None and limit < 1):
            return schema.empty_table()
        columns = node_values(label)
        cut = chosen.cut(DIALECT, limit, backwards=backwards)
        rows, past = yield from self._asked(
            f"{match} {_where(chosen)} RETURN {columns} {cut}", parameters, label
        )
        if past and chosen.by_values:
            rows = yield from self._chosen_before(chosen, past, match, f"RETURN {columns} {cut}", parameters)
        elif past:
            rows = [
                [past[row[0]].get(name) for name in schema.names] if row[0] in past else row for row in rows
            ]
        table = typed(schema, rows).sort_by("id")
        if limit is None:
            return table
        return table.slice(max(0, table.num_rows - limit)) if backwards else table.slice(0, limit)

    def count(
        self, kind: str, *, named: str | None = None, equal: Mapping[str, str | int] | None = None
    ) -> Steps[int]:
        """How many nodes of a kind there are, narrowed as `nodes` is, or how many claims of an edge kind."""
        if kind == STATES.name or kind in EDGES:
            statement = f"MATCH ()-[r:{quoted(kind)} WHERE {edge_visible('r')}]->() RETURN count(*)"
            rows, _ = yield from self._asked(statement, {}, kind)
            return int(rows[0][0])
        chosen = Choice(kind, named=named, equal=equal or {})
        match, parameters = f"MATCH (n:{quoted(kind)})", chosen.parameters(DIALECT)
        rows, past = yield from self._asked(f"{match} {_where(chosen)} RETURN count(*)", parameters, kind)
        if past and chosen.by_values:
            rows = yield from self._chosen_before(chosen, past, match, "RETURN n.id", parameters)
            return len(rows)
        return int(rows[0][0])

    def edges(
        self,
        kind: str,
        *,
        heads: Sequence[str] | None = None,
        tails: Sequence[str] | None = None,
        sources: Sequence[str] | None = None,
    ) -> Steps[pa.Table]:
        """The claims of an edge kind: `id`, `kind`, `head`, `tail`, evidence, own properties; ordered by id."""
        shown = edge_visible("r")
        parameters: dict[str, object] = {}
        if sources is not None:
            shown, parameters["loads"] = "r.load IN $loads", (yield from self._loads(sources))
        hop = f"-[r:{quoted(kind)} WHERE {shown}]-"
        first = SOURCE.name if kind == STATES.name else "Node"
        if heads is not None:
            parameters["ids"] = sorted(set(heads))
            match = f"UNWIND $ids AS wanted MATCH (h:{first} {{id: wanted}}){hop}>(t)"
        elif tails is not None:
            parameters["ids"] = sorted(set(tails))
            match = f"UNWIND $ids AS wanted MATCH (t:Node {{id: wanted}})<{hop}(h)"
        else:
            match = f"MATCH (h){hop}>(t)"
        schema = edge_columns(kind)
        places = {"head": "h.id", "tail": "t.id", "kind": f"'{kind}'"}
        columns = ", ".join(places.get(name, f"r.{quoted(name)}") for name in schema.names)
        table, _ = yield from self._asked(f"{match} RETURN {columns}", parameters, kind, schema)
        if heads is not None and tails is not None:
            table = table.filter(
                pc.is_in(table.column("tail"), value_set=pa.array(sorted(set(tails)), pa.string()))
            )
        return table.sort_by("id")

    def _loads(self, sources: Sequence[str]) -> Steps[list[int]]:
        """The loads of these sources that this version shows."""
        match = f"UNWIND $ids AS wanted MATCH (s:{SOURCE.name} {{id: wanted}})"
        statement = f"{match} WHERE {edge_visible('s')} RETURN s.load"
        rows, _ = yield from self._asked(statement, {"ids": sorted(set(sources))}, "sources")
        return [int(load) for (load,) in rows]

    def find(self, text: str, *, labels: Sequence[str] | None = None, limit: int = 20) -> Steps[pa.Table]:
        """Nodes by name or alias, the best first: `id`, `label`, `name`, `aliases`, `rank` (see the protocol)."""
        wanted = normalise_name(text[:_NAMES])
        kinds = [node_kind(label).name for label in labels] if labels is not None else list(NODES)
        if not wanted or not kinds or limit < 1:
            return FOUND.empty_table()
        of_kind = "" if labels is None else f" AND ({' OR '.join(f'n:{quoted(kind)}' for kind in kinds)})"
        shown = f"{node_visible('n')}{of_kind}"
        parameters: dict[str, object] = {"text": wanted, "limit": limit}
        if _BIGRAMS.fullmatch(wanted):
            # A phrase of bigrams is the text itself: the index gives all names that hold it, without a scan.
            parameters |= {"index": NAMES_INDEX, "phrase": f'"{wanted}"'}
            candidates = (
                f"CALL db.index.fulltext.queryNodes($index, $phrase) YIELD node AS n WITH n WHERE {shown}"
            )
            candidates += " AND n.search CONTAINS $text"
        else:
            candidates = f"MATCH (n:Node) WHERE n.search CONTAINS $text AND {shown}"
        rows, past = yield from self._asked(f"{candidates}\n{_RANKED}", parameters, "find")
        if past:
            rows = yield from self._found_before(
                rows, past, wanted, kinds, f"{candidates}\n{_RANKED}", parameters
            )
        table = typed(_CANDIDATES, [[row[0], label_of(row[0]), row[1], row[2] or [], row[3]] for row in rows])
        return ranked(text[:_NAMES], table, limit)

    def sources(self) -> Steps[pa.Table]:
        """The sources in the graph: `id`, `name`, `medium`, `key`, `document`, `claims`; ordered by id."""
        columns = ", ".join(f"s.{quoted(name)}" for name in _SOURCES.names)
        statement = f"MATCH (s:{SOURCE.name}) WHERE {edge_visible('s')} RETURN {columns}"
        rows, _ = yield from self._asked(statement, {}, "sources")
        return typed(_SOURCES, rows).sort_by("id")

    def content_hash(self) -> Steps[str]:
        """A hash of what the graph says: nodes with names and properties, claims with their evidence."""
        steps, answer = content_hash(), None
        while True:
            try:
                asked = steps.send(answer)
            except StopIteration as ended:
                return str(ended.value)
            answer = yield from asked.of(self)

    def _found_before(
        self,
        rows: list[list[Any]],
        past: Mapping[str, Row],
        wanted: str,
        kinds: Sequence[str],
        statement: str,
        parameters: dict[str, object],
    ) -> Steps[list[list[Any]]]:
        """What was found, by the names that nodes had in this version."""
        limit = len(past) + int(str(parameters["limit"]))
        rows, past = yield from self._asked(statement, {**parameters, "limit": limit}, "find")
        kept = [row for row in rows if row[0] not in past]
        for kind in kinds:
            ids = [one for one in past if label_of(one) == kind]
            before = (yield from self.nodes(kind, ids)).to_pylist() if ids else []
            for row in before:
                search = search_text(row["name"], row["aliases"])
                if wanted in search:
                    kept.append([row["id"], row["name"], row["aliases"], search])
        return kept

    def _chosen_before(
        self,
        chosen: Choice,
        past: Mapping[str, Row],
        match: str,
        rest: str,
        parameters: Mapping[str, Any],
    ) -> Steps[list[list[Any]]]:
        """The rows of nodes chosen by the values that they had in this version."""
        statement = f"{match} {_where(chosen, 'NOT n.id IN $past')} {rest}"
        while True:
            rows, later = yield from self._asked(statement, {**parameters, "past": list(past)}, chosen.label)
            if later.keys() == past.keys():
                break
            past = later
        ids = [one for one in parameters.get("ids", past) if one in past]
        before = (yield from self.nodes(chosen.label, ids)).to_pylist()
        return [*rows, *(list(row.values()) for row in before if chosen.holds(row))]

    def _asked(
        self, statement: str, parameters: Mapping[str, object], name: str, schema: pa.Schema | None = None
    ) -> Steps[Found]:
        """The rows of a statement, and the rows of nodes that have changed since this version, read after them."""
        return (yield Asked(statement, {**parameters, **self._state.parameters}, name, schema=schema))


class Neo4jView:
    """One version of the graph; its answers agree with each other."""

    def __init__(self, connection: Connection, state: State, *, seconds: float | None = None) -> None:
        self._connection = connection
        self._state = state
        self._seconds = seconds

    query = at_once(Reading.query)
    nodes = at_once(Reading.nodes)
    count = at_once(Reading.count)
    edges = at_once(Reading.edges)
    find = at_once(Reading.find)
    sources = at_once(Reading.sources)
    content_hash = at_once(Reading.content_hash)

    @property
    def version(self) -> str:
        """The name of this version; it changes when a batch was swapped in."""
        return self._state.name

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
        with said():
            return self.run(lambda _: cypher(self._state, text, parameters or {}, limit, seconds))

    def run(self, steps: Callable[[Reading], Steps[T]]) -> T:
        """Take the steps that a reading of this version is asked for, one after the other."""
        step = Step(steps(Reading(self._state)))
        while step.asked:
            step.take(self._found(step.asked))
        return step.answer

    def _found(self, asked: Asked) -> Found:
        def work(transaction: neo4j.ManagedTransaction) -> Found:
            result = transaction.run(asked.statement, dict(asked.parameters))
            if asked.schema is not None:
                rows: Any = _in_pieces(asked.schema, result)
            elif asked.limit is None:
                rows = result.values()
            else:
                rows = [list(result.keys()), *(list(record.values()) for record in result.fetch(asked.limit))]
                result.consume()
            since = transaction.run(SINCE, {"version": self._state.version}).single()
            return rows, replaced_since(since, self._state.version)

        seconds = self._seconds if asked.seconds is None else asked.seconds
        return self._connection.read(work, name=asked.name, seconds=seconds)


def _where(chosen: Choice, *more: str) -> str:
    shown = edge_visible("n") if chosen.label == SOURCE.name else node_visible("n")
    return chosen.where(DIALECT, shown, *more)


def node_values(label: str) -> str:
    """What a statement returns for the node `n`: the columns of its kind. An importer leaves empty lists out."""
    return ", ".join(
        "coalesce(n.aliases, [])" if name == "aliases" else f"n.{quoted(name)}"
        for name in node_columns(label).names
    )


def typed(schema: pa.Schema, rows: Iterable[Sequence[Any]]) -> pa.Table:
    """Rows as a table of `schema`."""
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.Table.from_arrays(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )


def _in_pieces(schema: pa.Schema, result: neo4j.Result) -> pa.Table:
    """The rows of a result as a table; rows as Python has them take ten times as much memory, so few at a time."""
    pieces = [schema.empty_table()]
    while rows := result.fetch(_PIECE):
        pieces.append(typed(schema, [row.values() for row in rows]))
    return pa.concat_tables(pieces)


def _untyped(names: Sequence[str], rows: list[list[Any]]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    return pa.table([pa.array(column) for column in columns], names=list(names))
