from __future__ import annotations

from typing import Any

import pytest

from api.cursors import encode

THREE = "{schools(first: 100){nodes{offers(first: 100){nodes{offeredBy(first: 100){nodes{name}}}}}}}"


def test_pages_inside_pages_multiply(client: Any) -> None:
    assert client.code(THREE) == "api.too_large"


@pytest.mark.parametrize(("first", "objects"), [(10, 1 + 10), (50, 51)])
def test_cost_at_the_limit_passes_and_one_below_does_not(
    serve: Any, store: Any, first: int, objects: int
) -> None:
    query = f"{{schools(first: {first}){{nodes{{name}}}}}}"
    with serve(store, api_cost=objects) as client:
        assert "errors" not in client.ask(query)
    with serve(store, api_cost=objects - 1) as client:
        assert client.code(query) == "api.too_large"


@pytest.mark.parametrize(
    "query",
    [
        "query($n: Int){schools(first: $n){nodes{offers(first: $n){nodes{offeredBy(first: $n){nodes{name}}}}}}}",
        "query($n: Int = 100){schools(first: $n){nodes{offers(first: $n){nodes{offeredBy(first: $n){nodes{name}}}}}}}",
        """{schools(first: 100){nodes{...F}}} fragment F on School{offers(last: 100){edges{node{...G}}}}
        fragment G on Specialty{offeredBy(first: 100){edges{node{name}}}}""",
        """{schools(first: 100){edges{node{... on School{offers(first: 100){nodes{... on Node{
        statements(first: 100){edges{id}}}}}}}}}}""",
    ],
    ids=["variable", "default", "fragments", "interfaces"],
)
def test_nothing_hides_the_cost(client: Any, query: str) -> None:
    variables = {"n": 100} if "$n: Int)" in query else {}
    assert client.code(query, **variables) == "api.too_large"


@pytest.mark.parametrize(
    "arguments",
    [
        "first: 101",
        "first: 2147483647",
        "first: -1",
        "last: -5",
        "first: 1, last: 1",
        'after: "nonsense"',
        'before: "%%%"',
        f'after: "{encode("parks", "Park:x")}"',
    ],
)
def test_pages_that_make_no_sense_are_refused_before_anything_is_read(serve: Any, arguments: str) -> None:
    with serve(Untouched()) as client:
        assert client.code(f"{{schools({arguments}){{totalCount}}}}") == "api.page"
        assert client.code(
            f"query($n: Int){{schools(first: $n){{totalCount}} a: schools({arguments}){{totalCount}}}}"
        ) == ("api.page")


def test_a_variable_for_a_page_is_checked_too(client: Any) -> None:
    query = "query($n: Int, $c: String){schools(first: $n, after: $c){totalCount}}"
    assert client.code(query, n=101) == "api.page"
    assert client.code(query, n=-1) == "api.page"
    assert client.code(query, c="x") == "api.page"
    assert client.code(query, n="many") == "api.invalid"
    assert client.ask(query, n=1)["data"]["schools"]["totalCount"] > 1


def test_lists_of_ids_count_by_their_length_and_have_the_limit_of_a_page(client: Any) -> None:
    ids = [f"School:{number}" for number in range(101)]
    answer = client.ask("query($ids: [ID!]!){nodes(ids: $ids){id}}", ids=ids)
    assert answer["errors"][0]["extensions"]["code"] == "api.too_large"
    assert (
        client.ask("query($ids: [ID!]!){nodes(ids: $ids){id}}", ids=ids[:100])["data"]["nodes"]
        == [None] * 100
    )


class Untouched:
    """A store that nobody may open."""

    def asynchronous(self, _settings: Any) -> Any:
        return self

    def view(self) -> Any:
        raise AssertionError("a refused query has opened the graph")

    async def close(self) -> None:
        pass


@pytest.mark.parametrize("first", [100.0, "100", True, [100]])
def test_a_page_of_another_type_counts_as_what_graphql_may_make_of_it(client: Any, first: Any) -> None:
    query = "query($n: Int){schools(first: $n){nodes{offers(first: $n){nodes{offeredBy(first: $n){nodes{name}}}}}}}"
    assert client.code(query, n=first) == "api.too_large"
