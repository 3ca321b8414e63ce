"""The declarations hold together: with themselves, with the ontology, with the docs."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.ontology import EDGES, NODES, STATUSES, Type
from ingest.records import RECORD_KINDS, RecordKind
from ingest.records.header import bare_header, normalise_header
from ingest.records.kind import ByChoice, Form, IdOf, ListedIn
from ingest.records.page import page

KINDS = pytest.mark.parametrize("kind", RECORD_KINDS.values(), ids=list(RECORD_KINDS))
TYPES = {
    Form.COUNT: {Type.INTEGER, Type.NUMBER},
    Form.YEAR: {Type.INTEGER},
    Form.MONEY: {Type.NUMBER},
    Form.DATE: {Type.DATE},
}


def labels(kind: RecordKind, key: str) -> tuple[str, ...]:
    label = kind.node(key).label
    return tuple(label.labels.values()) if isinstance(label, ByChoice) else (label,)


@KINDS
def test_every_name_in_a_declaration_is_declared(kind: RecordKind) -> None:
    assert kind.used <= {column.name for column in kind.columns}
    for node in kind.nodes:
        assert set(labels(kind, node.key)) <= set(NODES)
        if node.scope is not None and node.number is None:
            assert set(labels(kind, node.scope)) <= set(NODES[labels(kind, node.key)[0]].scope)
        for label in labels(kind, node.key):
            assert set(node.properties) <= {item.name for item in NODES[label].properties}


@KINDS
def test_every_edge_is_one_of_the_ontology_with_its_ends(kind: RecordKind) -> None:
    for edge in kind.all_edges:
        pairs = {(h, t) for h in labels(kind, edge.head) for t in labels(kind, edge.tail)}
        allowed = pairs & set(EDGES[edge.kind].ends)
        # Where the kind of a node depends on the row, rows of other ends are left out; otherwise all must be allowed.
        assert allowed == pairs if len(pairs) == 1 else allowed


@KINDS
def test_a_property_gets_values_of_its_type(kind: RecordKind) -> None:
    for edge in kind.all_edges:
        declared = {item.name: item for item in EDGES[edge.kind].properties}
        for name, origin in edge.properties.items():
            if isinstance(origin, IdOf):
                assert declared[name].type is Type.TEXT
            elif isinstance(origin, ListedIn):
                assert declared[name].type is Type.BOOLEAN
            else:
                column = kind.column(origin)
                assert declared[name].type in TYPES.get(column.form, {Type.TEXT})
                if declared[name].values:
                    assert set(column.choices) <= set(declared[name].values)
                    assert not column.open
    for node in kind.nodes:
        for label in labels(kind, node.key):
            values = {item.name: item.values for item in NODES[label].properties}
            for name, column_name in node.properties.items():
                if values[name]:
                    assert set(kind.column(column_name).choices) <= set(values[name])
    if kind.status is not None:
        assert set(kind.column(kind.status).choices) == set(STATUSES)


@KINDS
def test_no_header_means_two_columns(kind: RecordKind) -> None:
    seen: dict[str, str] = {}
    for column in kind.columns:
        for word in {
            normalise_header(column.zh),
            *(normalise_header(v) for v in column.variants),
            bare_header(column.zh),
        }:
            assert seen.setdefault(word, column.name) == column.name, word


@KINDS
def test_every_required_column_has_an_example(kind: RecordKind) -> None:
    assert all(column.example for column in kind.columns if column.required)
    assert any("示例" in column.example for column in kind.columns)


def test_the_page_of_the_docs_is_the_one_that_the_declarations_write() -> None:
    written = Path(__file__).parents[3] / "docs" / "records.md"
    assert written.read_text(encoding="utf-8") == page(), "python -m ingest.records.page > docs/records.md"
