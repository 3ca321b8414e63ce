from __future__ import annotations

import json
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from graph.errors import LiantuError
from graph.store.merge import merge_nodes
from graph.store.schema import edge_columns, node_columns

STATES = edge_columns("STATES")


def stated(source: str, name: str | None, **values: Any) -> dict[str, Any]:
    aliases, properties = values.pop("aliases", []), values.pop("properties", {})
    return {
        "kind": "STATES",
        "head": source,
        "tail": "School:1",
        "source": source,
        "method": "rule",
        "confidence": 0.9,
        "local": "School:1",
        "name": name,
        "aliases": json.dumps(aliases, ensure_ascii=False),
        "properties": json.dumps(properties, ensure_ascii=False),
    } | values


def merged(*rows: dict[str, Any]) -> dict[str, Any]:
    (row,) = merge_nodes(pa.Table.from_pylist(list(rows), schema=STATES))["School"].to_pylist()
    return dict(row)


def test_one_statement_is_the_node():
    row = merged(stated("a", "甲校", aliases=["甲", "甲 校"], properties={"level": "中职"}))
    assert row["name"] == "甲校"
    assert row["aliases"] == ["甲"]
    assert (row["level"], row["nature"]) == ("中职", None)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (
            {"source": "reference-schools", "method": "model", "confidence": 0.1},
            {"source": "a", "method": "record"},
        ),
        (
            {"source": "b", "method": "record", "confidence": 0.1},
            {"source": "a", "method": "rule", "confidence": 1.0},
        ),
        (
            {"source": "b", "method": "rule", "confidence": 0.1},
            {"source": "a", "method": "model", "confidence": 1.0},
        ),
        ({"source": "b", "confidence": 0.9}, {"source": "a", "confidence": 0.8}),
        ({"source": "a"}, {"source": "b"}),
    ],
)
def test_the_better_statement_gives_name_and_properties(better, worse):
    good = stated(name="好名", properties={"level": "中职"}, **better)
    bad = stated(name="差名", properties={"level": "技工", "nature": "民办"}, **worse)
    for order in ((good, bad), (bad, good)):
        row = merged(*order)
        assert (row["name"], row["aliases"]) == ("好名", ["差名"])
        assert (row["level"], row["nature"]) == ("中职", "民办"), "what only the worse one knows is kept"


def test_among_equals_the_value_of_most_sources_counts():
    rows = [stated(source, name) for source, name in (("a", "少"), ("b", "多"), ("c", "多"))]
    assert merged(*rows)["name"] == "多"


def test_aliases_that_differ_in_form_alone_are_one():
    rows = [stated("a", "甲校", aliases=["ＡＢＣ"]), stated("b", "甲校", aliases=["abc", "“甲校”"])]
    assert merged(*rows)["aliases"] == ["abc"]


def test_a_node_of_which_only_the_code_is_told_is_called_by_it_until_a_source_names_it():
    assert merged(stated("a", None, tail="School:4150012215"))["name"] == "4150012215"
    named = merged(stated("a", None), stated("b", "甲校"))
    assert (named["name"], named["aliases"]) == ("甲校", [])


def test_a_wrong_property_is_refused():
    with pytest.raises(LiantuError) as wrong:
        merged(stated("a", "甲校", properties={"password": "x"}))
    assert wrong.value.code == "claim.property"
    with pytest.raises(LiantuError) as wrong:
        merged(stated("a", "甲校", properties={"level": 5}))
    assert wrong.value.code == "claim.property"


statements = some.lists(
    some.builds(
        stated,
        some.sampled_from(["a", "b", "c", "reference-x"]),
        some.sampled_from(["甲校", "甲 校", "乙校", "丙"]),
        tail=some.sampled_from(["School:1", "School:2"]),
        method=some.sampled_from(["record", "rule", "model"]),
        confidence=some.sampled_from([0.5, 0.9, 1.0]),
        aliases=some.lists(some.sampled_from(["甲校", "甲", "ＡＢ", "ab", "丁"]), max_size=3),
        properties=some.dictionaries(
            some.sampled_from(["level", "nature"]), some.sampled_from(["x", "y", None])
        ),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=150, deadline=None)
@given(rows=statements, data=some.data())
def test_the_order_of_statements_does_not_count(rows, data):
    shuffled = data.draw(some.permutations(rows))
    tables = merge_nodes(pa.Table.from_pylist(rows, schema=STATES))
    assert tables == merge_nodes(pa.Table.from_pylist(shuffled, schema=STATES))
    assert tables["School"].schema == node_columns("School")
    for node in tables["School"].to_pylist():
        own = [row for row in rows if row["tail"] == node["id"]]
        assert node["name"] in {row["name"] for row in own}
        assert node["name"] not in node["aliases"]
