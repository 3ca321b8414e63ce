"""What a batch changes (变更): the claims of one source, checked, and the whole of what a batch does to a graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from graph.claims import CLAIMS
from graph.errors import LiantuError
from graph.language import Text
from graph.ontology import SOURCE, STATES, edge_kind
from graph.store.merge import merge_nodes
from graph.store.protocol import Source
from graph.store.schema import edge_columns, node_columns

if TYPE_CHECKING:
    from graph.store.snapshot import Snapshot

_LABELS = ("head_label", "tail_label")


@dataclass(frozen=True, slots=True)
class Change:
    """The new claims of one source; `edges` has the node kinds of both ends beside the columns of `CLAIMS`."""

    source: Source
    nodes: pa.Table
    edges: pa.Table

    @classmethod
    def checked(cls, source: Source, nodes: pa.Table, edges: pa.Table) -> Change:
        """The change, or `claim.kind`, `claim.ends`, `claim.evidence` for what the ontology does not allow."""
        nodes, edges = with_labels(_claims(nodes)), with_labels(_claims(edges))
        for table in (nodes, edges):
            for name in ("source",) if table is edges else ("source", "head"):
                if any(value != source.id for value in pc.unique(table.column(name)).to_pylist()):
                    raise LiantuError("claim.evidence", kind=name, reason=f"{name} ≠ {source.id}")
        for kind, _head, tail in _triples(nodes):
            if kind != STATES.name:
                raise LiantuError("claim.kind", kind=kind)
            if (SOURCE.name, tail) not in STATES.ends:
                raise LiantuError("claim.ends", kind=kind, head=SOURCE.name, tail=tail)
        for kind, head, tail in _triples(edges):
            if (head, tail) not in edge_kind(str(kind)).ends:
                raise LiantuError("claim.ends", kind=kind, head=head, tail=tail)
        return cls(source, nodes, edges)


@dataclass(frozen=True)
class Plan:
    """What a batch does to the graph `base`: which sources' claims leave, which come, which nodes that touches."""

    base: Snapshot | None
    gone: tuple[str, ...]  # the sources whose claims leave, be it for others
    sources: pa.Table  # the sources that come
    statements: pa.Table  # their STATES claims
    edges: pa.Table  # their other claims

    @classmethod
    def of(cls, base: Snapshot | None, changes: Mapping[str, Change | None], known: frozenset[str]) -> Plan:
        """The plan of `changes` on a graph with the sources `known`."""
        coming = [changes[name] for name in sorted(changes)]
        nothing = with_labels(CLAIMS.empty_table())
        fresh = [change for change in coming if change is not None]
        rows = [
            {"id": s.id, "name": s.name, "medium": s.medium, "key": s.key, "document": s.document}
            for s in (change.source for change in fresh)
        ]
        return cls(
            base=base,
            gone=tuple(sorted(known & changes.keys())),
            sources=pa.Table.from_pylist(rows, schema=node_columns(SOURCE.name)),
            statements=pa.concat_tables([nothing, *(change.nodes for change in fresh)]),
            edges=pa.concat_tables([nothing, *(change.edges for change in fresh)]),
        )

    @property
    def size(self) -> int:
        """How many claims come."""
        return int(self.statements.num_rows + self.edges.num_rows)

    def merged(self, kept: pa.Table) -> dict[str, pa.Table]:
        """The rows of the nodes that this plan touches, by label; `kept` are what other sources state of them."""
        names = [name for name in edge_columns(STATES.name).names if name in kept.column_names]
        return merge_nodes(pa.concat_tables([kept.select(names), self.statements.select(names)]))

    def groups(self) -> Iterator[tuple[str, str, str, pa.Table]]:
        """The claims that come by kind and node kinds of their ends, STATES first: each with the table's columns."""
        for table in (self.statements, self.edges):
            yield from split(table)


def split(table: pa.Table) -> Iterator[tuple[str, str, str, pa.Table]]:
    """Claims by kind and node kinds of their ends, each group with the columns of its table: ends first."""
    for kind, head, tail in _triples(table):
        rows = table.filter(
            pc.and_(
                pc.equal(table.column("kind"), kind),
                pc.and_(
                    pc.equal(table.column("head_label"), head), pc.equal(table.column("tail_label"), tail)
                ),
            )
        )
        yield kind, head, tail, rows.select(copied_columns(kind))


def copied_columns(kind: str) -> list[str]:
    """The columns of an edge table in the order in which the engine takes them: ends first."""
    return ["head", "tail", *(name for name in edge_columns(kind).names if name not in ("head", "tail"))]


def require_stated(edges: pa.Table, stated: Any) -> None:
    """Refuse (claim.evidence) a claim whose head or tail is not among the ids `stated`."""
    for end in ("head", "tail"):
        known = pc.is_in(edges.column(end), value_set=stated)
        if not pc.all(known, min_count=0).as_py():
            row = pc.index(known, False).as_py()
            raise unstated(edges.column("kind")[row].as_py(), edges.column(end)[row].as_py())


def unstated(kind: str, identifier: str) -> LiantuError:
    """The error for an edge that joins a node which no source states."""
    return LiantuError(
        "claim.evidence", kind=kind, reason=Text(f"{identifier} 未记载", f"{identifier} is not stated")
    )


def with_labels(table: pa.Table) -> pa.Table:
    """The table with the node kinds of both ends as columns `head_label`, `tail_label`."""
    for end, name in zip(("head", "tail"), _LABELS, strict=True):
        labels = pc.struct_field(pc.extract_regex(table.column(end), r"^(?P<label>[A-Za-z]+):"), "label")
        table = table.append_column(name, pc.fill_null(labels, SOURCE.name if end == "head" else ""))
    return table


def _claims(table: pa.Table) -> pa.Table:
    if set(table.column_names) != set(CLAIMS.names):
        odd = min(set(table.column_names) ^ set(CLAIMS.names))
        raise LiantuError("claim.property", kind="CLAIMS", name=odd, value="…", expected="CLAIMS")
    return table.select(CLAIMS.names).cast(CLAIMS)


def _triples(table: pa.Table) -> list[tuple[str, str, str]]:
    found = table.group_by(["kind", *_LABELS]).aggregate([])
    return sorted(zip(*(found.column(name).to_pylist() for name in ("kind", *_LABELS)), strict=True))
