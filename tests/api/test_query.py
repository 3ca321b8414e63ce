from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from graph.ontology import EDGES, NODES
from graph.store.queries import queries

Ask = Callable[..., dict[str, Any]]


def test_nodes_come_by_their_ids_in_the_order_asked_and_none_for_what_is_not_there(ask: Ask) -> None:
    ids = [
        "Park:两江新区",
        "Nonsense:x",
        "School:没有",
        "Agency:重庆市教育委员会",
        "Source:x",
        "",
        "Park:两江新区",
    ]
    given = ask("query($ids: [ID!]!){nodes(ids: $ids){name}}", ids=ids)["nodes"]
    names = [node and node["name"] for node in given]
    assert names == ["两江新区", None, None, "重庆市教育委员会", None, None, "两江新区"]


@pytest.mark.parametrize(
    "identifier",
    ["School:x' OR 1=1 //", "School:`) DETACH DELETE n //", "School:\\u0060\n", "School:" + "长" * 900],
)
def test_an_id_is_a_value_and_never_part_of_a_query(ask: Ask, identifier: str) -> None:
    assert ask("query($id: ID!){node(id: $id){name}}", id=identifier)["node"] is None


def test_an_overlong_id_is_refused(client: Any) -> None:
    assert client.ask("query($id: ID!){node(id: $id){name}}", id="x" * 1001)["errors"][0]["extensions"][
        "code"
    ] == ("api.too_large")


def test_find_goes_by_name_and_alias_best_first_and_keeps_to_kinds(ask: Ask) -> None:
    query = (
        "query($t: String!, $k: [NodeKind!]){find(text: $t, kinds: $k, first: 5){rank node{__typename name}}}"
    )
    assert ask(query, t="长安")["find"] == [
        {"rank": 1, "node": {"__typename": "Enterprise", "name": "重庆长安汽车股份有限公司"}}
    ]
    assert ask(query, t="长安", k=["School"])["find"] == []
    assert len(ask(query, t="示例学院", k=["School"])["find"]) == 5
    assert ask(query, t="  ")["find"] == []


def test_lists_are_in_the_order_of_ids_and_narrowed_by_what_is_given(ask: Ask) -> None:
    given = ask(
        '{schools(name: "学院00", level: "高职专科"){totalCount nodes{id}} none: schools(level: "中职"){totalCount}}'
    )
    ids = [node["id"] for node in given["schools"]["nodes"]]
    assert ids == sorted(ids)
    assert given["schools"]["totalCount"] == len(ids) == 10
    assert given["none"]["totalCount"] == 0


def test_an_argument_that_is_null_narrows_nothing(ask: Ask) -> None:
    assert (
        ask("{schools(name: null, level: null, first: null, after: null){totalCount}}")["schools"][
            "totalCount"
        ]
        == 130
    )


def test_every_kind_of_node_has_a_list(ask: Ask) -> None:
    given = ask("{stats{nodes{kind count}}}")["stats"]["nodes"]
    assert [one["kind"] for one in given] == list(NODES)


def test_stats_count_nodes_claims_and_sources_and_give_the_hash(ask: Ask, store: Any) -> None:
    given = ask("{stats{version hash sources nodes{kind count} edges{kind count}}}")["stats"]
    edges = {one["kind"]: one["count"] for one in given["edges"]}
    assert set(edges) == {*EDGES, "STATES"}
    with store.view() as view:
        assert given["hash"] == view.content_hash()
        assert given["version"] == view.version
        assert edges["OFFERS"] == view.edges("OFFERS").num_rows == 260
    assert given["sources"] == 2


def test_sources_are_listed_with_what_they_hold(ask: Ask) -> None:
    given = ask("{sources{totalCount nodes{id name medium claims document{name}}}}")["sources"]
    assert given["totalCount"] == 2
    assert [source["medium"] for source in given["nodes"]] == ["document", "records"]
    assert given["nodes"][0]["document"] == {"name": "实施方案"}


def test_every_named_query_is_listed_and_runs_where_it_needs_no_parameter(ask: Ask) -> None:
    listed = ask("{queries{name question{zh en} columns parameters{name type default}}}")["queries"]
    assert [one["name"] for one in listed] == list(queries())
    for one in listed:
        if all(parameter["default"] is not None for parameter in one["parameters"]):
            given = ask(
                "query($n: String!){query(name: $n, first: 3){columns rows totalCount}}", n=one["name"]
            )["query"]
            assert given["columns"] == one["columns"]
            assert len(given["rows"]) == min(3, given["totalCount"])
            assert all(len(row) == len(given["columns"]) for row in given["rows"])


def test_a_named_query_refuses_what_it_does_not_know(client: Any) -> None:
    def code(query: str, **variables: Any) -> str:
        return str(client.ask(query, **variables)["errors"][0]["extensions"]["code"])

    assert code('{query(name: "nothing"){rows}}') == "query.unknown"
    assert code('{query(name: "../schema"){rows}}') == "query.unknown"
    for name in list(queries())[:1]:
        asked = "query($n: String!, $p: JSON){query(name: $n, parameters: $p){rows}}"
        assert code(asked, n=name, p={"nothing": 1}) == "query.parameter"
        assert code(asked, n=name, p=[1]) == "query.parameter"
