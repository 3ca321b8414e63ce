from __future__ import annotations

import pytest

from api.names import REVERSE, camel, filters, pascal, paths, plural, snake
from graph.ontology import EDGES, NODES


def test_every_edge_kind_has_a_reverse_name_and_no_name_is_spare() -> None:
    assert set(REVERSE) == set(EDGES)
    assert len(set(REVERSE.values())) == len(REVERSE)


@pytest.mark.parametrize("label", NODES)
def test_no_field_of_a_node_takes_the_name_of_another(label: str) -> None:
    common = ["id", "label", "name", "aliases", "statements"]
    names = [
        *common,
        *(item.name for item in NODES[label].properties),
        *(path.field for path in paths(label)),
    ]
    assert len({camel(name) for name in names}) == len(names)


def test_every_pair_of_ends_is_reached_from_both_sides() -> None:
    forward = {
        (path.kind.name, path.owner, end)
        for n in NODES
        for path in paths(n)
        if path.direction == "forward"
        for end in path.ends
    }
    reverse = {
        (path.kind.name, end, path.owner)
        for n in NODES
        for path in paths(n)
        if path.direction == "reverse"
        for end in path.ends
    }
    declared = {(kind.name, *pair) for kind in EDGES.values() for pair in kind.ends}
    assert forward == reverse == declared


def test_names_follow_the_spelling_of_graphql() -> None:
    assert camel("offered_by") == "offeredBy"
    assert pascal("MEMBER_OF") == "MemberOf"
    assert snake("IndustryChain") == "industry_chain"
    assert [plural(label) for label in ("Agency", "School", "Specialty", "IndustryChain")] == [
        "agencies",
        "schools",
        "specialties",
        "industry_chains",
    ]


def test_lists_are_narrowed_by_enumerations_and_codes_but_not_by_free_text() -> None:
    assert [item.name for item in filters(NODES["IndustryChain"])] == ["code", "tier"]
    assert "supervisor" not in [item.name for item in filters(NODES["School"])]
