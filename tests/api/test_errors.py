from __future__ import annotations

import logging
import time
from typing import Any

import pytest
from graphql import GraphQLError

from api.errors import described, internal, message, published
from graph.errors import LiantuError
from graph.language import Text
from graph.settings import Settings


def wrapped(error: BaseException) -> GraphQLError:
    return GraphQLError("wrapped", original_error=GraphQLError("again", original_error=error))  # type: ignore[arg-type]


def test_an_error_of_ours_keeps_its_code_and_speaks_the_readers_language() -> None:
    error = LiantuError("query.unknown", name="x")
    for language, word in (("zh", "没有名为"), ("en", "There is no query")):
        sent = published(wrapped(error), language, suggestions=True)  # type: ignore[arg-type]
        assert sent["extensions"] == {"code": "query.unknown"}
        assert word in sent["message"]


def test_a_reason_in_two_languages_is_given_in_one() -> None:
    error = LiantuError("api.page", reason=Text(zh="不对", en="wrong"))
    assert "不对" in described(error, "zh")["message"]
    assert "wrong" in described(error, "en")["message"]


@pytest.mark.parametrize(
    "failure", [KeyError("secret"), ValueError("secret"), LiantuError("internal", reason="secret")]
)
def test_whatever_nobody_foresaw_is_masked_and_logged_under_a_reference(
    failure: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "liantu.api"):
        sent = published(wrapped(failure), "en", suggestions=True)
    assert sent["extensions"] == {"code": "api.internal"}
    assert "secret" not in str(sent)
    reference = sent["message"].rstrip(".").split()[-1]
    assert reference in caplog.text


def test_deep_recursion_is_a_query_too_deep() -> None:
    assert published(wrapped(RecursionError()), "en", suggestions=True)["extensions"] == {
        "code": "api.too_deep"
    }


def test_suggestions_are_shown_only_where_asked_for() -> None:
    error = GraphQLError("Cannot query field 'nam'. Did you mean 'name'?")
    assert "Did you mean" in published(error, "en", suggestions=True)["message"]
    assert "mean" not in published(error, "en", suggestions=False)["message"]


@pytest.mark.parametrize(
    "value",
    [
        "/srv/secret/graph",
        "C:\\secret\\graph",
        "bolt://user:secret@host:7687",
        "cannot open /srv/secret/graph: no",
        "see file:///secret/x",
    ],
)
def test_no_message_shows_a_directory_or_an_address(value: str) -> None:
    assert "secret" not in message("graph.missing", "en", graph=value)


def _fail() -> None:
    raise OSError("no /srv/secret/graph.lbdb, no bolt://me:secret@host")


def test_the_log_shows_no_directory_and_no_address(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "liantu.api"):
        try:
            _fail()
        except OSError as error:
            internal(error)
    assert "OSError" in caplog.text
    assert "test_errors.py:" in caplog.text
    assert "secret" not in caplog.text
    assert "/tests/" not in caplog.text


def test_a_resolver_that_fails_is_masked_all_the_way(serve: Any, caplog: pytest.LogCaptureFixture) -> None:
    class Broken:
        def asynchronous(self, _settings: Settings) -> Any:
            return self

        def view(self) -> Any:
            raise RuntimeError("IO exception: /srv/secret/versions/000001.lbdb")

        async def version(self) -> str:
            return str(self.view())

        async def close(self) -> None:
            pass

    with caplog.at_level(logging.DEBUG), serve(Broken()) as client:
        answer = client.ask("{schools{totalCount}}")
        assert answer["data"] is None
        assert answer["errors"][0]["extensions"]["code"] == "api.internal"
        health = client.request("GET", "/healthz")
        assert (health.status_code, health.json()["errors"][0]["extensions"]["code"]) == (503, "api.internal")
    assert "secret" not in str(answer) + health.text + caplog.text


def test_syntax_and_fields_are_api_invalid_with_their_place(client: Any) -> None:
    for query in (
        "{",
        "{nothing}",
        "query A{stats{version}} query B{stats{version}}",
        "mutation{x}",
        "subscription{x}",
    ):
        assert client.code(query) == "api.invalid"
    (error,) = client.ask("{\n  nothing\n}")["errors"]
    assert error["locations"] == [{"line": 2, "column": 3}]


@pytest.mark.parametrize(
    "text", ["a" * 200_000, " " * 200_000, "a:" * 100_000, "/a" * 100_000, "Did you mean " * 9_999]
)
def test_a_long_text_is_cut_and_costs_no_time(text: str) -> None:
    begun = time.monotonic()
    sent = message("node.unknown", "en", name=text)
    refused = published(GraphQLError(f"{text}. Expected a number"), "en", suggestions=True)["message"]
    published(GraphQLError(text), "en", suggestions=False)
    assert time.monotonic() - begun < 0.5
    assert len(sent) < 500
    assert len(refused) < 500
    assert "Expected a number" in refused
