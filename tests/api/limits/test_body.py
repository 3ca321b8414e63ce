from __future__ import annotations

import json
from typing import Any

import pytest

BODY = {"query": "{stats{version}}"}


def post(client: Any, content: bytes, kind: str = "application/json") -> tuple[int, str]:
    answer = client.request("POST", "/graphql", content=content, headers={"Content-Type": kind})
    return answer.status_code, answer.json()["errors"][0]["extensions"]["code"]


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]
)
def test_what_another_site_could_send_unasked_is_refused(client: Any, kind: str) -> None:
    assert post(client, json.dumps(BODY).encode(), kind) == (415, "api.invalid")


def test_json_with_a_charset_is_taken(client: Any) -> None:
    kind = {"Content-Type": "application/json; charset=utf-8"}
    assert client.request("POST", "/graphql", content=json.dumps(BODY), headers=kind).json()["data"]


@pytest.mark.parametrize("length", ["declared", "streamed"])
def test_a_body_of_ten_megabytes_is_refused_unread(client: Any, length: str) -> None:
    content = b'{"query": "' + b"x" * 10_000_000 + b'"}'
    if length == "declared":
        assert post(client, content) == (413, "api.too_large")
        return

    async def parts() -> Any:
        for start in range(0, len(content), 65_536):
            yield content[start : start + 65_536]

    headers = {"Content-Type": "application/json"}
    answer = client.request("POST", "/graphql", content=parts(), headers=headers)
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (413, "api.too_large")


def test_a_body_at_the_limit_passes_and_one_byte_more_does_not(serve: Any, store: Any) -> None:
    plain = json.dumps(BODY).encode()
    with serve(store, api_body_kilobytes=1) as client:
        headers = {"Content-Type": "application/json"}
        full = plain + b" " * (1024 - len(plain))
        assert client.request("POST", "/graphql", content=full, headers=headers).status_code == 200
        assert post(client, full + b" ") == (413, "api.too_large")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[" * 100_000,
        b"null",
        b"7",
        b"{}",
        b'{"query": 7}',
        b'{"query": ""}',
        b'{"query": "{stats{version}}", "variables": []}',
        b'{"query": "{stats{version}}", "operationName": 7}',
        json.dumps([BODY, BODY]).encode(),
    ],
)
def test_what_is_no_single_operation_is_refused(client: Any, content: bytes) -> None:
    assert post(client, content) == (400, "api.invalid")


def test_variables_have_the_limit_of_tokens(serve: Any, store: Any) -> None:
    with serve(store, api_tokens=50) as client:
        query = "query($ids: [ID!]!){nodes(ids: $ids){id}}"
        assert "errors" not in client.ask(query, ids=["School:x"] * 49)
        assert client.code(query, ids=["School:x"] * 50) == "api.too_large"
        assert client.code("{stats{version}}", deep={"a": {"b": [[1] * 30, [2] * 30]}}) == "api.too_large"


@pytest.mark.parametrize(
    "body",
    [
        {"query": "query($t: String!){find(text: $t){rank}}", "variables": {"t": "\ud800"}},
        {
            "query": 'query($p: JSON){query(name: "consortia", parameters: $p){rows}}',
            "variables": {"p": {"\udc00": 1}},
        },
        {"query": '{find(text: "\ud800"){rank}}'},
        {"query": "{stats{version}}", "operationName": "\ud800"},
        {"query": f"{{schools(first: {'9' * 5_000}){{totalCount}}}}"},
        {"query": f'{{query(name: "consortia", parameters: {{n: {"9" * 5_000}}}){{rows}}}}'},
        {
            "query": 'query($p: JSON){query(name: "consortia", parameters: $p){rows}}',
            "variables": {"p": float("nan")},
        },
    ],
)
def test_halves_of_signs_and_endless_numbers_are_refused(client: Any, body: Any) -> None:
    assert post(client, json.dumps(body).encode()) == (400, "api.invalid")


def test_whole_signs_beyond_the_first_plane_are_taken(client: Any) -> None:
    assert client.ask('{find(text: "𠮷"){rank}}')["data"] == {"find": []}
