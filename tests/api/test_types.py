from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from api.cursors import encode
from graph.ontology import EDGES

Ask = Callable[..., dict[str, Any]]
CHANGAN = "Enterprise:重庆长安汽车股份有限公司"


def test_a_node_has_its_properties_names_and_kind(ask: Ask) -> None:
    given = ask(
        '{node(id: "Specialty:510107"){__typename label name aliases ... on Specialty{code level category}}}'
    )
    assert given["node"] == {
        "__typename": "Specialty",
        "label": "Specialty",
        "name": "汽车智能技术",
        "aliases": [],
        "code": "510107",
        "level": "高职专科",
        "category": None,
    }


def test_an_edge_carries_its_claim_and_leads_to_the_node_at_the_other_end(ask: Ask) -> None:
    query = """query($id: ID!){node(id: $id){... on Enterprise{leads{totalCount edges{
        id kind role quote start end place method confidence status observed cursor
        source{id name medium claims document{name number issued}} head{name} tail{name} node{name level}}}}}}"""
    (edge,) = ask(query, id=CHANGAN)["node"]["leads"]["edges"]
    consortium = {"name": "重庆市智能网联新能源汽车产教联合体"}
    assert edge.pop("cursor") == encode("leads", edge.pop("id"))
    assert edge.pop("source")["document"] == {
        "name": "实施方案",
        "number": "渝教发〔2023〕1号",
        "issued": "2023-10-27",
    }
    assert edge == {
        "kind": "LEADS",
        "role": "牵头单位",
        "quote": "支持长安汽车牵头组建联合体",
        "start": 10,
        "end": 23,
        "place": "p.1",
        "method": "rule",
        "confidence": 0.9,
        "status": None,
        "observed": None,
        "head": {"name": "重庆长安汽车股份有限公司"},
        "tail": consortium,
        "node": consortium | {"level": "市级"},
    }


def test_an_edge_is_found_from_both_ends(ask: Ask) -> None:
    query = """{consortiums{nodes{ledBy{edges{id node{id}} nodes{name}}}}
        enterprises(name: "长安"){nodes{leads{edges{id node{name}}}}}}"""
    given = ask(query)
    (there,) = given["consortiums"]["nodes"][0]["ledBy"]["edges"]
    (back,) = given["enterprises"]["nodes"][0]["leads"]["edges"]
    assert there["id"] == back["id"]
    assert there["node"]["id"] == CHANGAN


def test_ends_of_several_kinds_are_nodes_of_their_own_type(ask: Ask) -> None:
    members = ask("{consortiums{nodes{members(last: 100){totalCount nodes{__typename}}}}}")["consortiums"][
        "nodes"
    ][0]["members"]
    assert members["totalCount"] == 134
    assert {node["__typename"] for node in members["nodes"]} <= {"School", "Enterprise", "Agency", "Park"}


def test_nodes_are_given_once_where_two_claims_lead_to_one(ask: Ask) -> None:
    given = ask(
        "{parks{nodes{memberOf{totalCount nodes{name}}}} schools(first: 1){nodes{serves{nodes{name}}}}}"
    )
    assert given["parks"]["nodes"][0]["memberOf"]["totalCount"] == 2
    assert len(given["parks"]["nodes"][0]["memberOf"]["nodes"]) == 1


@pytest.mark.parametrize("size", [1, 40, 100])
def test_paging_along_an_edge_shows_every_claim_once(ask: Ask, size: int) -> None:
    query = """query($n: Int, $after: String){specialties(code: "510107"){nodes{offeredBy(first: $n, after: $after){
        totalCount edges{id enrolled node{name}} pageInfo{hasNextPage endCursor}}}}}"""
    seen: list[str] = []
    after = None
    for _ in range(200 if size == 1 else 5):
        page = ask(query, n=size, after=after)["specialties"]["nodes"][0]["offeredBy"]
        seen += [edge["node"]["name"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"] or (size == 1 and len(seen) == 5):
            break
    assert len(seen) == len(set(seen)) == (5 if size == 1 else page["totalCount"])


def test_statements_say_who_names_a_node_and_how(ask: Ask) -> None:
    query = """query($id: ID!){node(id: $id){statements{totalCount nodes{id} edges{
        kind name aliases properties quote source{name medium} head{id} tail{id}}}}}"""
    given = ask(query, id=CHANGAN)["node"]["statements"]
    assert given["totalCount"] == 2
    assert {node["id"] for node in given["nodes"]} == {CHANGAN}
    by_source = {edge["source"]["medium"]: edge for edge in given["edges"]}
    assert by_source["records"]["aliases"] == ["长安"]
    assert by_source["document"]["aliases"] == []
    assert all(edge["kind"] == "STATES" and edge["head"] is None for edge in given["edges"])


def test_the_claims_of_every_path_agree_with_the_store(ask: Ask, store: Any) -> None:
    with store.view() as view:
        for kind in ("OFFERS", "MEMBER_OF", "SETS", "HOSTS"):
            table = view.edges(kind)
            head = table.column("head")[0].as_py()
            label = head.partition(":")[0]
            field = {"OFFERS": "offers", "MEMBER_OF": "memberOf", "SETS": "sets", "HOSTS": "hosts"}[kind]
            query = f"query($id: ID!){{node(id: $id){{... on {label}{{{field}(first: 100){{edges{{id tail{{id}}}}}}}}}}}}"
            given = [(edge["id"], edge["tail"]["id"]) for edge in ask(query, id=head)["node"][field]["edges"]]
            wanted = view.edges(kind, heads=[head])
            assert given == sorted(
                zip(wanted.column("id").to_pylist(), wanted.column("tail").to_pylist(), strict=True)
            )
            assert kind in EDGES
