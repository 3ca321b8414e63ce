"""Whatever is sent, what comes back is JSON with a code of ours, and nothing of the inside."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import MESSAGES

_WORDS = st.sampled_from(
    '{|}|(|)|schools|nodes|first:|1|-1|$n|query|fragment F on School|...F|@skip(if: true)|after: "x"|name|__typename|'  # noqa: SIM905 (a page as a list)
    '...on Node|[|]|find|text: "长"|null|"|#|\n|offers|id|...'.split("|")
)
_SETTINGS = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def check(answer: Any) -> None:
    sent = answer.json()
    assert answer.status_code < 500
    assert "data" in sent or sent["errors"]
    for error in sent.get("errors", ()):
        assert error["extensions"]["code"] in MESSAGES
        assert error["extensions"]["code"] != "api.internal"
        assert "Traceback" not in error["message"]


@_SETTINGS
@given(st.lists(_WORDS, max_size=25).map(" ".join))
def test_any_words_as_a_query_are_answered_or_refused(client: Any, query: str) -> None:
    check(client.request("POST", "/graphql", json={"query": query}))


@_SETTINGS
@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_bytes_as_a_body_are_refused(client: Any, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    check(client.request("POST", "/graphql", content=body, headers=headers))


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@_SETTINGS
@given(st.fixed_dictionaries({"n": _JSON, "c": _JSON, "t": _JSON, "p": _JSON}))
def test_any_variables_are_answered_or_refused(client: Any, variables: dict[str, Any]) -> None:
    query = """query($n: Int, $c: String, $t: String!, $p: JSON){schools(first: $n, after: $c){totalCount}
        find(text: $t, first: $n){rank} query(name: "consortia", parameters: $p, first: 1){rows}}"""
    body = json.dumps({"query": query, "variables": variables})
    check(client.request("POST", "/graphql", content=body, headers={"Content-Type": "application/json"}))
