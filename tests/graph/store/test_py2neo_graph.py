"""py2neo reads what liantu wrote, and cannot write."""

from __future__ import annotations

import pytest

from graph.errors import LiantuError
from graph.store import open_store

py2neo = pytest.importorskip("py2neo", reason="comes with liantu[py2neo]")


@pytest.fixture
def graph(tell, neo4j_address):
    from graph.store.py2neo_graph import py2neo_graph  # noqa: PLC0415

    store = open_store(neo4j_address)
    with store.write() as writer:
        writer.replace(*tell("a" * 16, [(1, 1, "甲校", "高职专科", 2024), (2, 1, '乙`校"', None, None)]))
    store.close()
    return py2neo_graph(neo4j_address)


def test_nodes_and_relationships_are_matched(graph):
    assert graph.nodes.match("School").count() == 2
    school = graph.nodes.match("School", name="甲校").first()
    assert (school["id"], school["level"], school["aliases"]) == ("School:411", "高职专科", ["校1"])
    offers = graph.relationships.match((school,), r_type="OFFERS").first()
    assert (offers.end_node["name"], offers["year"], offers["quote"]) == ("专业1", 2024, "第0句")


def test_statements_give_rows_and_frames(graph):
    asked = "MATCH (s:School)-[r:OFFERS]->(p) RETURN s.name AS school, p.name AS specialty ORDER BY s.id"
    assert graph.run(asked).data() == [
        {"school": "甲校", "specialty": "专业1"},
        {"school": '乙`校"', "specialty": "专业1"},
    ]
    assert list(graph.run(asked).to_data_frame().columns) == ["school", "specialty"]
    assert graph.evaluate("MATCH (s:School) WHERE s.name = $name RETURN s.id", name="甲校") == "School:411"


def test_whatever_would_write_is_refused_by_the_server(graph):
    for write in (
        lambda: graph.run("CREATE (:School)").data(),
        lambda: graph.create(py2neo.Node("School")),
        graph.delete_all,
        lambda: graph.begin().run("MATCH (n) DETACH DELETE n").data(),
    ):
        with pytest.raises(py2neo.ClientError, match="read access mode"):
            write()
    assert graph.nodes.match("School").count() == 2


def test_addresses_that_do_not_answer_are_told_apart(neo4j_address, monkeypatch):
    from graph.store.py2neo_graph import py2neo_graph  # noqa: PLC0415

    def refusal(address: str) -> str:
        with pytest.raises(LiantuError) as refused:
            py2neo_graph(address)
        assert "secret" not in str(refused.value)
        return refused.value.code

    assert refusal("somewhere") == refusal("http://127.0.0.1:7474") == "graph.unsupported"
    assert refusal(neo4j_address.replace("://", "://neo4j:secret@")) == "graph.credentials"
    monkeypatch.setenv("LIANTU_NEO4J_DATABASE", "nowhere")
    assert refusal(neo4j_address) == "graph.database"
