from __future__ import annotations

import re

import pytest

from graph.ontology import EDGES, NODES
from graph.store.neo4j.schema import statements
from graph.store.neo4j.visible import NotUnderstoodError, prepared, source_parameter
from graph.store.queries import queries
from graph.store.schema import edge_columns, edge_kinds, node_columns


@pytest.mark.parametrize("name", queries())
def test_every_pattern_of_every_query_sees_one_version(name):
    text = queries()[name].text
    seen = prepared(text)
    hops = len(re.findall(r"-\[", seen))
    assert hops >= len(re.findall(r"-\[|-->|<--", text))
    condition = re.compile(
        r"\.part / 1000000 <= \$newestLoad AND NOT \w+\.part / 1000000 IN |\.part IN \$sourceParts\]"
    )
    assert len(condition.findall(seen)) == hops
    assert not re.search("load|part", text.replace("ends with", ""))
    assert len(condition.findall(prepared(text, past=True))) == hops
    assert ("$sourceParts" in seen) == (source_parameter(text) is not None) == (name == "claims-of-source")


def test_each_form_of_a_pattern_gets_its_condition():
    shown = "{0}.part / 1000000 <= $newestLoad AND NOT {0}.part / 1000000 IN $deadLoads"
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
        prepared("MATCH (s:Source) RETURN s.id")
        == "MATCH (s:Source WHERE s.load <= $newestLoad AND NOT s.load IN $deadLoads) RETURN s.id"
    )
    assert f"-[anyEdge1 WHERE {shown.format('anyEdge1')}]->" in prepared("MATCH (a)-[]->(b) RETURN a.id")


def test_the_claims_of_a_source_are_found_by_their_parts():
    def seen(text: str, kind: str = "") -> str:
        return prepared(f"MATCH (h)-[{text} RETURN r.id", kind=kind)

    named = "r:OFFERS {year: 1} WHERE r.part IN $sourceParts]->(t) USING INDEX r:`OFFERS`(part) WHERE "
    assert named in seen("r:OFFERS {year: 1}]->(t) WHERE r.source = $s")
    every = seen("r]->(t) WHERE r.source = $s AND (r.year = 1 OR r.year = 2)")
    assert every.count("USING INDEX") == len(edge_kinds())
    assert "`STATES`|" in every
    two = prepared(
        "MATCH (h)-[r]->(t) RETURN r.id AS id UNION MATCH (h)-[q]->(t) WHERE q.source = $s RETURN q.id AS id"
    )
    assert two.count("$sourceParts") == two.count("r.part / 1000000 <=") == 1
    one = seen("r]->(t) WHERE r.source = $s AND r.kind = $kind", "OFFERS")
    assert "[r:`OFFERS` WHERE r.part IN $sourceParts]" in one


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (h)-[r]->(t) WHERE r.source = $s AND r.year = 1 OR r.year = 2 RETURN r.id",
        "MATCH (h)-[r]->(t) WHERE r.source = $s AND r.quote STARTS WITH 'a' OR r.year = 2 RETURN r.id",
        "MATCH (h)-[r]->(t) WHERE NOT r.source = $s RETURN r.id",
        "MATCH (h)-[r]->(t) WHERE r.source = $s + 'a' RETURN r.id",
        "MATCH (h)-[r]->(t) WITH h, r LIMIT 3 WHERE r.source = $s RETURN r.id",
        "MATCH (h)-[r]->(t) WHERE h.name = 'WHERE r.source = $s AND ' RETURN r.id",
    ],
)
def test_claims_of_other_sources_are_not_left_out(text):
    assert source_parameter(text) is None
    assert "$sourceParts" not in prepared(text)


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
        assert not {"load", "search", "ordered_as"} & set(node_columns(label).names)
    for kind in edge_kinds():
        assert "part" not in edge_columns(kind.name).names


def test_every_kind_of_edge_has_its_index():
    text = "\n".join(statements())
    for kind in edge_kinds():
        assert f"[r:`{kind.name}`]" in text
