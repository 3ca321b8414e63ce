from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graph.store import open_store
from tests.api.watched import Watched


@pytest.mark.parametrize(
    ("accepted", "word"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "分页参数不对"),
        ("en-US,en;q=0.9", "Wrong paging"),
        ("fr, zh;q=0.5", "分页参数不对"),
        ("", "Wrong paging"),
    ],
)
def test_errors_are_in_the_readers_language(client: Any, accepted: str, word: str) -> None:
    (error,) = client.ask("{schools(first: -1){totalCount}}", language=accepted)["errors"]
    assert word in error["message"]
    assert error["extensions"]["code"] == "api.page"


def test_the_language_of_the_server_is_the_last_resort(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANTU_LANG", "zh")
    (error,) = client.ask("{schools(first: -1){totalCount}}", language="fr")["errors"]
    assert "分页参数不对" in error["message"]


def test_health_names_the_version_or_says_why_there_is_none(client: Any, serve: Any, tmp_path: Path) -> None:
    answer = client.request("GET", "/healthz")
    assert (answer.status_code, answer.json()["ok"]) == (200, True)
    assert answer.json()["version"]
    with serve(open_store(str(tmp_path / "none"))) as empty:
        answer = empty.request("GET", "/healthz")
        assert answer.status_code == 503
        assert answer.json()["errors"][0]["extensions"]["code"] == "graph.missing"
        assert str(tmp_path) not in answer.text
        assert empty.code("{schools{totalCount}}") == "graph.missing"


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_queries_go_by_post_alone(client: Any, method: str) -> None:
    answer = client.request(method, "/graphql?query={stats{version}}")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "POST"


def test_answers_are_json_that_no_cache_keeps(client: Any) -> None:
    answer = client.request("POST", "/graphql", json={"query": '{node(id: "Park:两江新区"){name}}'})
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "两江新区" in answer.text


def test_an_operation_is_chosen_by_its_name(client: Any) -> None:
    query = "query A{stats{version}} query B{sources{totalCount}}"
    answer = client.request("POST", "/graphql", json={"query": query, "operationName": "B"})
    assert list(answer.json()["data"]) == ["sources"]
    answer = client.request("POST", "/graphql", json={"query": query, "operationName": "C"})
    assert answer.json()["errors"][0]["extensions"]["code"] == "api.invalid"


def test_production_shows_neither_ide_nor_schema_nor_suggestions(serve: Any, store: Any) -> None:
    with serve(store, production=1) as client:
        assert client.request("GET", "/graphql").status_code == 405
        assert client.request("GET", "/").status_code == 404
        assert client.request("GET", "/static/ide.js").status_code == 404
        for query in (
            "{__schema{types{name}}}",
            '{__type(name: "School"){name}}',
            "{school{totalCount}}",
            "{schools(firs: 1){totalCount}}",
            "{schools{nodes{... on Schol{name}}}}",
            '{find(text: "x", kinds: [Schol]){rank}}',
        ):
            answer = client.ask(query)
            assert answer["data"] is None
            assert {error["extensions"]["code"] for error in answer["errors"]} == {"api.invalid"}
            assert "mean" not in str(answer)
        assert (
            client.ask("{schools{totalCount __typename}}")["data"]["schools"]["__typename"]
            == "SchoolConnection"
        )


def test_the_schema_of_the_schema_cannot_be_walked_in_circles(client: Any) -> None:
    query = "{__schema{types{" + "fields{type{" * 6 + "name" + "}}" * 6 + "}}}"
    assert client.code(query) == "api.invalid"


def test_many_requests_at_once_each_get_their_own_answer(client: Any) -> None:
    names = [f"重庆示例学院{number:03d}" for number in range(40)]
    query = '{{schools(name: "{}"){{nodes{{name offers{{totalCount nodes{{name}}}}}}}}}}'
    started = [client.started(query.format(name)) for name in names]
    given = [one.result(timeout=30).json()["data"]["schools"]["nodes"] for one in started]
    assert [[node["name"] for node in nodes] for nodes in given] == [[name] for name in names]
    assert all(nodes[0]["offers"]["totalCount"] == 2 for nodes in given)


def test_every_view_is_closed_when_its_request_is_answered(serve: Any, store: Any) -> None:
    watched = Watched(store)
    with serve(watched) as client:
        client.ask("{schools{nodes{offers{nodes{name}}}} sources{totalCount}}")
        client.ask("{uncoveredChains{totalCount}}")
        client.ask("{schools(first: 101){totalCount}}")
    assert watched.views == 2
    assert watched.open == 0
