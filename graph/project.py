"""A projection of the graph (投影): Arrow columns in memory, the claims behind them, and networkx on demand.

`project(view)` reads one version of the graph, whole or only the kinds asked for; the view may then be
closed. Gap questions read through `Projection.claims(kind)`; researchers take `Projection.graph`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from functools import cached_property, partial
from threading import RLock
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias, TypeVar, cast

import numpy as np
import pyarrow as pa

from graph.claims import ARROW_TYPES
from graph.columns import Numbers
from graph.ontology import EDGES, EVIDENCE, NODES, SOURCE, STATES, Property
from graph.register import Register
from graph.rows import REFERENCE_PREFIX, Claims, is_reference

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["REFERENCE_PREFIX", "Claims", "Projection", "View", "columns_of", "is_reference", "project"]

T = TypeVar("T")
Rows: TypeAlias = pa.Table | Sequence[Mapping[str, Any]]
_SOURCES: Final = pa.schema([("id", pa.string()), ("name", pa.string()), ("medium", pa.string())])


class View(Protocol):
    """What a projection asks of a version of the graph (`graph.store.protocol.View` has it)."""

    def nodes(self, label: str) -> pa.Table:
        """The nodes of a kind, or the sources (`Source`): `id`, `name` and its properties."""
        ...

    def edges(self, kind: str) -> pa.Table:
        """The claims of a kind: `id`, `kind`, `head`, `tail`, evidence and own properties."""
        ...


def columns_of(properties: Iterable[Property], *first: str) -> pa.Schema:
    """The columns of a kind: text columns `first`, then one a property."""
    return pa.schema(
        [
            *((name, pa.string()) for name in first),
            *((item.name, ARROW_TYPES[item.type]) for item in properties),
        ]
    )


class Projection:
    """One version of the graph in columns: Arrow tables `nodes[label]`, `edges[kind]` (also `STATES`).

    `release` is the name under which it was saved, where it was read from a release (`graph.release`); `earlier` the
    release that the question `changes` compares with and `assumed` what `what_if` does, set by who asks.
    """

    def __init__(
        self, nodes: Mapping[str, pa.Table], edges: Mapping[str, pa.Table], sources: pa.Table | None = None
    ) -> None:
        self.nodes = nodes
        self.edges = edges
        self.earlier: Projection | None = None
        self.assumed: Projection | None = None
        self.release: str | None = None
        self.sources = _SOURCES.empty_table() if sources is None else sources
        self.register = Register(nodes, edges)
        self._claims: dict[str, Claims] = {}
        self._values: dict[tuple[str, str], list[Any]] = {}
        self._looked_up: dict[tuple[str, str], tuple[Mapping[str, int], list[Any]]] = {}
        self._made: dict[Hashable, Any] = {}
        self._lock = RLock()  # several threads may ask one projection

    @classmethod
    def from_tables(
        cls, nodes: Mapping[str, Rows], edges: Mapping[str, Rows], sources: Mapping[str, str] | None = None
    ) -> Projection:
        """A projection of given rows (dicts or tables); columns and kinds left out are null and empty.

        `sources` gives names to source ids. A row without an `id` gets one from its source and number; one
        without `confidence` is sure.
        """
        filled_nodes = {
            kind.name: _completed(nodes.get(kind.name, ()), _node_columns(kind.properties), _named)
            for kind in NODES.values()
        }
        filled_edges = {
            kind.name: _completed(
                edges.get(kind.name, ()),
                columns_of((*EVIDENCE, *kind.properties), "id", "kind", "head", "tail"),
                partial(_claimed, kind=kind.name),
            )
            for kind in (STATES, *EDGES.values())
        }
        known = [{"id": key, "name": name} for key, name in sorted((sources or {}).items())]
        return cls(filled_nodes, filled_edges, pa.Table.from_pylist(known, schema=_SOURCES))

    def with_edges(self, edges: Mapping[str, pa.Table]) -> Projection:
        """The same nodes with other claims; what was read of the nodes is shared."""
        made = Projection(self.nodes, edges, self.sources)
        made.register = Register(self.nodes, edges, like=self.register)
        made._values.update(self._values)
        return made

    def claims(self, kind: str) -> Claims:
        """The claims of a kind, to look up by head or tail; `KeyError` where the kind was not read."""
        if (known := self._claims.get(kind)) is not None:
            return known
        with self._lock:
            if kind not in self._claims:
                self._claims[kind] = Claims(_read(self.edges, kind), self.register, kind)
            return self._claims[kind]

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What several questions of a run need, made by `make` for the first that asks; not to be changed."""
        with self._lock:
            if key not in self._made:
                self._made[key] = make()
            return cast("T", self._made[key])

    def forget(self) -> None:
        """Work everything out anew: tables were put in place of others."""
        self.register = Register(self.nodes, self.edges, like=self.register)
        for made in (self._claims, self._values, self._looked_up, self._made):
            made.clear()

    def ids(self, label: str) -> list[str]:
        """The ids of the nodes of a kind."""
        _read(self.nodes, label)
        return list(self.register.rows(label))

    def numbers(self, label: str) -> Numbers:
        """The numbers of the nodes of a kind in the register."""
        _read(self.nodes, label)
        rows = self.register.rows(label)
        own = np.fromiter(rows.values(), dtype=np.int64, count=len(rows))
        return own + self.register.of_label(label).start

    def name(self, identifier: str) -> str:
        """The name of a node; its id without the kind where the projection has no row for it."""
        known = self.value(identifier, "name")
        return str(known) if known is not None else identifier.partition(":")[2]

    def value(self, identifier: str, name: str) -> Any:
        """A property of a node; None where it is unknown."""
        label = identifier.partition(":")[0]  # as `label_of`, without a call: this is asked a million times
        known = self._looked_up.get((label, name))
        if known is None:
            known = self._looked_up[label, name] = self.register.rows(label), self.values(label, name)
        rows, values = known
        row = rows.get(identifier)
        return None if row is None else values[row]

    def values(self, label: str, name: str) -> list[Any]:
        """A property of all nodes of a kind, in the order of their table; None where it is unknown."""
        if (label, name) not in self._values:
            table = _read(self.nodes, label)
            known = name in table.column_names
            self._values[label, name] = table.column(name).to_pylist() if known else [None] * table.num_rows
        return self._values[label, name]

    @property
    def within(self) -> str:
        """What the projection is limited to, in words; empty for the whole (see `graph.gaps.scope`)."""
        return ""

    def asks(self, identifier: str) -> bool:  # noqa: ARG002 (a projection within a scope looks at it)
        """Whether findings about this node are asked for: all are, but in a scope (`graph.gaps.scope`)."""
        return True

    @property
    def beyond(self) -> Projection:
        """Where the evidence is looked for: itself, but in a scope, that limits subjects only (`graph.gaps.scope`)."""
        return self

    def counts(self, identifier: str) -> bool:  # noqa: ARG002 (a projection within a scope looks at it)
        """Whether a node of `beyond` is within the region and level: all are, but in a scope."""
        return True

    def at_level(self, identifier: str) -> bool:  # noqa: ARG002 (a projection within a scope looks at it)
        """Whether a node of `beyond` is of the level asked about, or has none: all are, but in a scope."""
        return True

    def lies_elsewhere(self, identifier: str) -> bool:  # noqa: ARG002 (a projection within a scope looks at it)
        """Whether a node of `beyond` is known to lie outside of the region; of unknown place is not."""
        return False

    @cached_property
    def source_names(self) -> Mapping[str, str]:
        """The name of each source by its id."""
        names = zip(
            self.sources.column("id").to_pylist(), self.sources.column("name").to_pylist(), strict=True
        )
        return {key: name or key for key, name in names}

    @cached_property
    def graph(self) -> nx.MultiDiGraph[str]:
        """Every node and claim but `STATES` as a networkx MultiDiGraph; see `to_networkx`."""
        return self.to_networkx()

    def to_networkx(
        self, *, kinds: Collection[str] | None = None, merged: bool = False
    ) -> nx.MultiDiGraph[str]:
        """The graph for networkx: nodes with `label` and `name`, edges with `kind`, both with their values.

        An edge's key is the id of its claim. With `merged`, parallel claims of one kind become one edge with
        the kind as key, `claims` and `sources` (how many), `confidence` (the highest), `statuses`
        (None where a claim tells none: it counts as done).
        `kinds` chooses edge kinds; all that were read but `STATES`, which names nodes and links none.
        """
        import networkx as nx  # noqa: PLC0415 (a third of a second that most answers do not need)

        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        for label, table in self.nodes.items():
            for row in table.to_pylist():
                graph.add_node(row.pop("id"), label=label, **_known(row))
        for kind in self.edges if kinds is None else kinds:
            if kind == STATES.name:
                continue
            table = _read(self.edges, kind)
            for row in _merged(table) if merged else table.to_pylist():
                head, tail, key = row.pop("head"), row.pop("tail"), row.pop("id")
                graph.add_edge(head, tail, key=key, **_known(row))
        return graph


def project(
    view: View, *, labels: Collection[str] | None = None, kinds: Collection[str] | None = None
) -> Projection:
    """Read a version of the graph into columns: all node and edge kinds, or the `labels` and `kinds` given.

    `graph.gaps.needs()` names those that the gap questions read, which is faster where only they are asked.
    """
    return Projection(
        {label: view.nodes(label) for label in (NODES if labels is None else labels)},
        {kind: view.edges(kind) for kind in ((STATES.name, *EDGES) if kinds is None else kinds)},
        view.nodes(SOURCE.name),  # `View.sources` would count their claims too
    )


def _read(tables: Mapping[str, pa.Table], name: str) -> pa.Table:
    try:
        return tables[name]
    except KeyError:
        raise KeyError(
            f"{name} was not read into this projection: see project(view, labels=…, kinds=…)"
        ) from None


def _known(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}


def _merged(table: pa.Table) -> Iterable[dict[str, Any]]:
    groups: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for row in table.to_pylist():
        groups.setdefault((row["kind"], row["head"], row["tail"]), []).append(row)
    for (kind, head, tail), rows in groups.items():
        yield {
            "id": kind,
            "kind": kind,
            "head": head,
            "tail": tail,
            "claims": len(rows),
            "sources": len({row["source"] for row in rows}),
            "confidence": max(row["confidence"] for row in rows),
            "statuses": tuple(sorted({row["status"] for row in rows}, key=lambda told: told or "")),
        }


def _node_columns(properties: Iterable[Property]) -> pa.Schema:
    return columns_of(properties, "id", "name").insert(2, pa.field("aliases", pa.list_(pa.string())))


def _named(_number: int, row: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": row["id"].partition(":")[2]} | dict(row)


def _claimed(number: int, row: Mapping[str, Any], kind: str) -> dict[str, Any]:
    source = row.get("source", "tables")
    first = {"id": f"{source}#{kind}{number}", "kind": kind, "source": source, "method": "record"}
    return first | {"confidence": 1.0} | dict(row)


def _completed(rows: Rows, schema: pa.Schema, fill: Callable[..., dict[str, Any]]) -> pa.Table:
    listed = rows.to_pylist() if isinstance(rows, pa.Table) else rows
    if not listed:
        return schema.empty_table()
    return pa.Table.from_pylist([fill(number, row) for number, row in enumerate(listed)], schema=schema)
