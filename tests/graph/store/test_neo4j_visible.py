from __future__ import annotations

import re

import pytest

from graph.ontology import EDGES, NODES
from graph.store.neo4j.schema import statements
from graph.store.neo4j.visible import NotUnderstoodError, prepared
from graph.store.queries import queries
from graph.store.schema import edge_columns, edge_kinds, node_columns


@pytest.mark.parametrize("name", queries())
def test_every_pattern_of_every_query_sees_one_version(name):
    text = queries()[name].text
    seen = prepared(text)
    hops = len(re.findall(r"-\[", seen))
    assert hops >= len(re.findall(r"-\[|-->|<--", text))
    assert seen.count(".load <= $newestLoad AND NOT ") == hops
    assert "load" not in text
    assert prepared(text, past=True).count(".load <= $newestLoad AND NOT ") == hops


def test_each_form_of_a_pattern_gets_its_condition():
    shown = "{0}.load <= $newestLoad AND NOT {0}.load IN $deadLoads"
    assert prepared("MATCH (a)-[r:X|Y]->(b) RETURN r.id") == (
        f"MATCH (a)-[r:X|Y WHERE {shown.format('r')}]->(b) RETURN r.id"
    )
    assert f"<-[anyEdge1:X WHERE {shown.format('anyEdge1')}]-" in prepared("MATCH (a)<-[:X]-(b) RETURN a.id")
    assert f"-[anyEdge1 WHERE {shown.format('anyEdge1')}]->" in prepared("MATCH (a)-->(b) RETURN a.id")
    assert f"<-[anyEdge1 WHERE {shown.format('anyEdge1')}]-" in prepared("MATCH (a)<--(b) RETURN a.id")
    assert f"-[anyEdge1 WHERE {shown.format('anyEdge1')}]-" in prepared("MATCH (a)--(b) RETURN a.id")
    two = prepared(
        "MATCH (a:School), (b:School)-[:X]->(c) WHERE NOT EXISTS { MATCH (a)-[:Y]->(c) } RETURN a.id"
    )
    assert two.count("$newestLoad") == 3
    assert "(a:School WHERE EXISTS { MATCH (a)<-[a_states:STATES" in two
    assert "(anyNode1:School WHERE EXISTS { MATCH (anyNode1)<-" in prepared("MATCH (:School) RETURN count(*)")
    assert (
        prepared("MATCH (s:Source) RETURN s.id") == f"MATCH (s:Source WHERE {shown.format('s')}) RETURN s.id"
    )


def test_properties_come_from_the_rows_that_a_version_had():
    assert prepared(
        "MATCH (a:School)-[r:X]->(b) RETURN a.id, a.name, b.`order`, r.name, $a", past=True
    ).endswith(
        "RETURN a.id, coalesce($pastRows[a.id], a).name, coalesce($pastRows[b.id], b).`order`, r.name, $a"
    )
    assert "'a.name'" in prepared("MATCH (a:School)-[:X]->(b) WHERE b.name = 'a.name' RETURN a.id", past=True)


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (a)-[:X*1..3]->(b) RETURN a.id",
        "MATCH p = shortestPath((a)-[:X]->(b)) RETURN p",
        "MATCH ((a)-[:X]->(b)){1,3} RETURN a.id",
        "MATCH (a)-[:X]->(b){1,3} RETURN a.id",
        "MATCH (n) RETURN n.id",
        "MATCH (a:School) WHERE NOT (a)-[:X]->() RETURN a.id",
        "MATCH (a:School) RETURN [(a)-[:X]->(b) | b.id]",
        "MATCH (a)-[r:X WHERE r.load = 3]->(b) RETURN a.id",
        "MATCH (a:School WHERE a.name = 'x') RETURN a.id",
        "MATCH (a:School) SET a.name = 'x' RETURN a.id",
        "CALL db.labels() YIELD label RETURN label",
    ],
)
def test_what_is_not_understood_is_refused(text):
    with pytest.raises(NotUnderstoodError):
        prepared(text)


def test_book_keeping_takes_no_name_of_the_ontology():
    assert not {"Node", "Graph", "Load", "Lane", "Past"} & {*NODES, *EDGES}
    for label in NODES:
        assert not {"load", "search"} & set(node_columns(label).names)
    for kind in edge_kinds():
        assert "load" not in edge_columns(kind.name).names


def test_every_kind_of_edge_has_its_index():
    text = "\n".join(statements())
    for kind in edge_kinds():
        assert f"[r:`{kind.name}`]" in text
