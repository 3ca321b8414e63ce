"""The ontology is whole and in itself consistent."""

from __future__ import annotations

import re

import pytest

from graph.claims import ARROW_TYPES
from graph.errors import LiantuError
from graph.ontology import EDGES, EVIDENCE, NODES, SOURCE, STATES, Type, edge_kind, label_text, node_kind


def test_all_kinds_of_the_vocabulary_are_there() -> None:
    assert len(NODES) == 20
    assert len(EDGES) >= 28  # the vocabulary of the design, and what records of the national standard add


def test_every_end_is_a_node_kind_and_every_scope_too() -> None:
    for edge in EDGES.values():
        assert edge.ends
        assert {end for pair in edge.ends for end in pair} <= set(NODES)
        assert len(set(edge.ends)) == len(edge.ends)
    assert {scope for node in NODES.values() for scope in node.scope} <= set(NODES)


def test_every_name_can_stand_in_a_query_as_it_is() -> None:
    for kind in (*NODES.values(), *EDGES.values(), SOURCE, STATES):
        assert re.fullmatch(r"[A-Z][A-Za-z_]+", kind.name)
        assert kind.zh
        for item in kind.properties:
            assert re.fullmatch(r"[a-z][a-z_]*", item.name)
            assert item.zh
            assert item.en
            assert item.type in ARROW_TYPES


def test_own_properties_of_claims_do_not_hide_their_evidence() -> None:
    evidence = {item.name for item in EVIDENCE} | {"id", "kind", "head", "tail"}
    for edge in EDGES.values():
        assert not evidence & {item.name for item in edge.properties}


def test_a_property_name_means_one_type_over_all_claims() -> None:
    types: dict[str, Type] = {}
    for edge in (*EDGES.values(), STATES):
        for item in edge.properties:
            assert types.setdefault(item.name, item.type) is item.type


def test_an_unknown_kind_is_a_clear_error() -> None:
    for look_up in (node_kind, edge_kind):
        with pytest.raises(LiantuError) as caught:
            look_up("Entity`) DETACH DELETE n //")
        assert caught.value.code == "claim.kind"


def test_every_kind_has_a_name_in_both_languages() -> None:
    for name in (*NODES, *EDGES, SOURCE.name, STATES.name):
        assert label_text(name).zh
        assert label_text(name).en == name
