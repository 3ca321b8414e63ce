from __future__ import annotations

import time
from typing import Any

import pytest
from graphql import (
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    get_introspection_query,
    get_named_type,
    is_leaf_type,
    parse,
)

from api.limits.shape import check_shape, measure
from api.names import camel
from api.schema import sdl
from graph.errors import LiantuError
from graph.gaps import questions
from graph.settings import Settings


def nested(depth: int) -> str:
    return "{" + "a{" * (depth - 1) + "a" + "}" * depth


def code(query: str, **limits: float) -> str | None:
    try:
        check_shape(parse(query), Settings(**limits))  # type: ignore[arg-type]
    except LiantuError as error:
        return error.code
    return None


@pytest.mark.parametrize("limit", [1, 5, 10])
def test_depth_at_the_limit_passes_and_one_more_does_not(limit: int) -> None:
    assert code(nested(limit), api_depth=limit) is None
    assert code(nested(limit + 1), api_depth=limit) == "api.too_deep"


@pytest.mark.parametrize("wrap", ["{...F}", "{... on Query{...F}}", "{...G} fragment G on Query{...F}"])
def test_fragments_hide_no_depth(wrap: str) -> None:
    fragment = "fragment F on Query " + nested(5)
    assert measure(parse(f"{wrap} {fragment}")).depth == 5


@pytest.mark.parametrize(
    ("setting", "part"),
    [
        ("api_aliases", "{{a{{ {} }}}}"),
        ("api_root_fields", "{{ {} }}"),
        ("api_fields", "{{ {} }}"),
        ("api_directives", "{{ a {} }}"),
    ],
)
def test_each_count_passes_at_its_limit_and_not_one_above(setting: str, part: str) -> None:
    def query(count: int) -> str:
        item = "@include(if: true) " if setting == "api_directives" else "x{}: f "
        return part.format("".join(item.replace("{}", str(n)) for n in range(count)))

    roomy: dict[str, float] = {
        "api_aliases": 10**6,
        "api_root_fields": 10**6,
        "api_fields": 10**6,
        "api_directives": 10**6,
    }
    assert code(query(7), **(roomy | {setting: 7})) is None
    assert code(query(8), **(roomy | {setting: 7})) == "api.too_large"


def test_a_fragment_counts_wherever_it_is_spread() -> None:
    shape = measure(parse("{...F ...F ...F} fragment F on Query @x {a: b c: d @y}"))
    assert (shape.aliases, shape.fields, shape.directives, shape.roots) == (6, 6, 6, 6)


def test_directives_are_counted_on_operations_variables_fragments_and_spreads() -> None:
    query = "query Q($v: Int @a) @b { ... @c { x @d } ...F @e } fragment F on Query @f { y }"
    assert measure(parse(query)).directives == 6


def test_all_operations_of_a_document_count() -> None:
    assert measure(parse("query A{a b} query B{c d{e}}")).roots == 4
    assert measure(parse("query A{a b} query B{c d{e}}")).depth == 2


def test_what_describes_the_schema_has_no_depth() -> None:
    assert measure(parse("{__schema{types{fields{type{name}}}} a}")).depth == 1


def test_cycles_of_fragments_end() -> None:
    assert measure(parse("{...A} fragment A on Q{a{...B}} fragment B on Q{b{...A}}")).depth == 2
    assert measure(parse("{...A} fragment A on Q{...A}")).fields == 0


def test_fragments_that_double_are_measured_at_once_and_refused() -> None:
    chain = "".join(f"fragment F{n} on Q{{...F{n + 1} ...F{n + 1}}} " for n in range(150))
    start = time.perf_counter()
    assert code(f"{{...F0}} {chain} fragment F150 on Q{{x}}") == "api.too_large"
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("{" + " ".join(f"a{n}: stats{{version}}" for n in range(500)) + "}", "api.too_large"),
        ("{stats{version " + "@include(if: true) " * 300 + "}}", "api.too_large"),
        ("{" + "a " * 10_000 + "}", "api.too_large"),
        ("{schools{" + "nodes{hosts{" * 30 + "totalCount" + "}}" * 30 + "}}", "api.too_deep"),
        ("{" + "a{" * 900 + "a" + "}" * 901, "api.invalid"),
        ("{...A} fragment A on Query{...B} fragment B on Query{...A}", "api.invalid"),
        ("{node(id: " + "[" * 900 + "]" * 900 + "){id}}", "api.invalid"),
    ],
    ids=["aliases", "directives", "tokens", "depth", "nesting", "cycle", "lists"],
)
def test_attacks_end_with_their_code_over_http(client: Any, query: str, wanted: str) -> None:
    assert client.code(query) == wanted


def test_many_equal_fields_do_not_stall_validation(client: Any) -> None:
    start = time.perf_counter()
    assert client.code("{" + "stats{" + "version " * 1600 + "}}") == "api.too_large"
    assert time.perf_counter() - start < 1


def test_all_questions_may_be_asked_at_once_with_all_that_a_finding_tells(client: Any) -> None:
    schema = build_schema(sdl())
    asked = " ".join(
        f"{name} {{ totalCount nodes {{ {_all_of(_finding(schema, name))} }} }}"
        for name in map(camel, questions())
    )
    answer = client.ask(f"{{{asked}}}")
    assert "errors" not in answer, answer["errors"]
    assert len(answer["data"]) == len(questions())


def test_there_is_room_for_as_many_questions_again() -> None:
    assert Settings().api_root_fields >= 2 * len(questions())


def _finding(schema: GraphQLSchema, field: str) -> GraphQLNamedType:
    assert schema.query_type is not None
    connection = get_named_type(schema.query_type.fields[field].type)
    assert isinstance(connection, GraphQLObjectType)
    return get_named_type(connection.fields["nodes"].type)


def _all_of(kind: GraphQLNamedType, below: int = 2) -> str:
    """Every field of a type that can be asked without arguments, and of what lies below it; of a node its name."""
    assert isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)
    if below == 0 or kind.name == "Named":
        return " ".join(name for name in ("id", "name") if name in kind.fields)
    told = []
    for name, field in kind.fields.items():
        inner = get_named_type(field.type)
        if is_leaf_type(inner):
            told.append(name)
        elif part := _all_of(inner, below - 1):
            told.append(f"{name} {{ {part} }}")
    return " ".join(told)


@pytest.mark.parametrize(
    "query",
    [
        "{a: __schema{A} b: __schema{A} c: __schema{A}}",
        "{__schema{types{a: A b: A c: A}}}",
        "{__schema{types{...F}}} fragment F on __Type{a: A b: A c: A}",
        '{...G} fragment G on Query{a: __type(name: "School"){a: A b: A}}',
    ],
)
def test_the_description_of_the_schema_is_not_repeated(query: str) -> None:
    assert code(query.replace("A", "fields{type{ofType{fields{name}}}}")) == "api.too_large"
    assert code(query.replace("c:", "").replace("b: A", "A").replace("A", "name")) is None
    assert code(get_introspection_query()) is None
