from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import LiantuError
from graph.ontology import EDGES, EVIDENCE, NODES, STATES
from graph.store.engine import Engine
from graph.store.ladybug import LadybugStore
from graph.store.schema import edge_columns, edge_ends, node_columns
from graph.store.versions import Versions


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("empty")
    with LadybugStore(folder).write():
        pass
    return folder


def test_an_empty_graph_has_a_table_for_every_kind_with_every_property(empty):
    version = Versions(empty).current()
    assert version is not None
    engine = Engine(version.path, read_only=True)
    tables = engine.table("CALL show_tables() RETURN name, type").to_pylist()
    found = {kind: {row["name"] for row in tables if row["type"] == kind} for kind in ("NODE", "REL")}
    assert found == {"NODE": {"Source", *NODES}, "REL": {"STATES", *EDGES}}
    for label, kind in NODES.items():
        names = engine.table(f"CALL table_info('{label}') RETURN name").column(0).to_pylist()
        assert names == ["id", "name", "aliases", "search", *(item.name for item in kind.properties)]
    for kind in (STATES, *EDGES.values()):
        names = engine.table(f"CALL table_info('{kind.name}') RETURN name").column(0).to_pylist()
        assert names == ["id", "kind", *(item.name for item in (*EVIDENCE, *kind.properties))]
        pairs = engine.table(f"CALL show_connection('{kind.name}') RETURN *").to_pylist()
        assert {tuple(list(pair.values())[:2]) for pair in pairs} == set(kind.ends)
    engine.close()


def test_an_empty_graph_answers_everything_with_nothing(empty):
    with LadybugStore(empty).view() as view:
        for label in NODES:
            assert view.nodes(label).schema == node_columns(label)
            assert view.nodes(label).num_rows == 0
        for kind in ("STATES", *EDGES):
            assert view.edges(kind).schema == edge_columns(kind)
        assert view.sources().num_rows == 0
        assert len(view.content_hash()) == 64


def test_a_kind_that_the_ontology_has_not_is_refused(empty):
    for name in ("Person", "School`) DETACH DELETE n //", ""):
        with pytest.raises(LiantuError) as refused:
            node_columns(name)
        assert refused.value.code == "claim.kind"
        with pytest.raises(LiantuError), LadybugStore(empty).view() as view:
            view.edges(name)


def test_the_ends_of_an_edge_kind_are_those_of_the_ontology():
    for name, kind in EDGES.items():
        heads, tails = edge_ends(name)
        assert set(heads) == {head for head, _ in kind.ends}
        assert set(tails) == {tail for _, tail in kind.ends}
