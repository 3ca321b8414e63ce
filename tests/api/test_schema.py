from __future__ import annotations

from dataclasses import fields

import pytest
from graphql import GraphQLInterfaceType, GraphQLObjectType, GraphQLSchema

from api.names import camel, pascal, paths, plural
from api.schema import make_schema, sdl
from api.schema_file import SCHEMA_FILE
from graph.gaps import questions
from graph.ontology import EDGES, EVIDENCE, NODES
from graph.settings import Settings


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    return make_schema(Settings())._schema


def test_the_committed_sdl_is_that_of_the_code() -> None:
    assert SCHEMA_FILE.read_text(encoding="utf-8") == sdl(), "python -m api.schema_file --write"


@pytest.mark.parametrize("label", NODES)
def test_a_node_kind_is_a_type_with_its_properties_its_paths_and_a_root_list(
    schema: GraphQLSchema, label: str
) -> None:
    made = schema.type_map[label]
    assert isinstance(made, GraphQLObjectType)
    assert "Node" in [interface.name for interface in made.interfaces]
    assert (made.description or "").startswith(NODES[label].zh)
    wanted = {camel(item.name) for item in NODES[label].properties} | {
        camel(path.field) for path in paths(label)
    }
    assert wanted <= set(made.fields)
    assert schema.query_type is not None
    assert camel(plural(label)) in schema.query_type.fields


def test_the_edges_of_every_path_carry_the_whole_claim_and_its_own_properties(schema: GraphQLSchema) -> None:
    for label in NODES:
        for path in paths(label):
            made = schema.type_map[path.edge_type]
            assert isinstance(made, GraphQLObjectType)
            assert "Claim" in [interface.name for interface in made.interfaces]
            own = {camel(item.name) for item in (*EVIDENCE, *path.kind.properties)}
            assert own | {"id", "kind", "cursor", "node", "head", "tail"} <= set(made.fields)


def test_the_enums_are_those_of_the_ontology(schema: GraphQLSchema) -> None:
    assert set(schema.type_map["NodeKind"].values) == set(NODES)  # type: ignore[attr-defined]
    assert set(schema.type_map["EdgeKind"].values) == {*EDGES, "STATES"}  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", questions())
def test_a_gap_question_is_a_field_whose_type_is_that_of_its_findings(
    schema: GraphQLSchema, name: str
) -> None:
    made = schema.type_map[f"{pascal(name)}Finding"]
    assert isinstance(made, GraphQLObjectType)
    assert set(made.fields) == {camel(item.name) for item in fields(questions()[name].finding)}


def test_every_field_and_type_of_ours_is_described(schema: GraphQLSchema) -> None:
    bare = [
        f"{name}.{field_name}"
        for name, made in schema.type_map.items()
        if isinstance(made, GraphQLObjectType | GraphQLInterfaceType) and not name.startswith("__")
        for field_name, field in made.fields.items()
        if not field.description or not made.description
    ]
    assert not bare


def test_there_is_no_way_to_change_anything(schema: GraphQLSchema) -> None:
    assert schema.mutation_type is None
    assert schema.subscription_type is None
