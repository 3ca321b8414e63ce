"""Claims are checked against the ontology when they are made."""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa
import pytest

from graph.claims import CLAIMS, ClaimsBuilder, Evidence, claims_table
from graph.errors import LiantuError
from graph.ontology import EDGES, EVIDENCE, STATES

WORDS = Evidence("重庆大学与华为公司合作", 0, 11, "l.1")


def pair() -> tuple[ClaimsBuilder, str, str]:
    builder = ClaimsBuilder("s")
    school = builder.node("School", name="重庆大学", evidence=WORDS)
    return builder, school, builder.node("Enterprise", name="华为公司", evidence=WORDS)


def test_the_schema_has_every_property_of_every_edge_kind() -> None:
    own = {item.name for kind in (STATES, *EDGES.values()) for item in kind.properties}
    assert set(CLAIMS.names) == {"id", "kind", "head", "tail"} | own | {item.name for item in EVIDENCE}


def test_a_claim_carries_its_source_its_words_and_its_number() -> None:
    builder, school, company = pair()
    builder.edge("COOPERATES_WITH", school, company, WORDS, mode="订单班")
    row = builder.table().to_pylist()[-1]
    assert (row["id"], row["source"], row["quote"], row["place"]) == ("s#2", "s", WORDS.quote, "l.1")
    assert row["mode"] == "订单班"


def test_a_node_stated_twice_by_one_name_is_one_row_with_all_that_was_said() -> None:
    builder = ClaimsBuilder("s")
    builder.node("School", name="重庆大学", evidence=WORDS, aliases=("重大",))
    builder.node("School", name="重庆大学", evidence=WORDS, aliases=("重大", "重 庆大学"), level="普通本科")
    (row,) = builder.table().to_pylist()
    assert json.loads(row["aliases"]) == ["重大"]
    assert json.loads(row["properties"]) == {"level": "普通本科"}


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("claim.kind", {"kind": "LIKES"}),
        ("claim.ends", {"swap": True}),
        ("claim.property", {"mode": 3}),
        ("claim.property", {"colour": "red"}),
        ("claim.property", {"hires": True}),
        ("claim.evidence", {"tail": "Enterprise:无人记载"}),
    ],
)
def test_what_the_ontology_does_not_know_is_refused_with_its_code(code: str, wrong: dict[str, Any]) -> None:
    builder, school, company = pair()
    kind = wrong.pop("kind", "COOPERATES_WITH")
    ends = (company, school) if wrong.pop("swap", False) else (school, wrong.pop("tail", company))
    with pytest.raises(LiantuError) as caught:
        builder.edge(kind, *ends, WORDS, **wrong)
    assert caught.value.code == code
    assert builder.table().num_rows == 2, "nothing of it was kept"


def test_an_enumerated_property_takes_only_its_values() -> None:
    with pytest.raises(LiantuError, match="level"):
        ClaimsBuilder("s").node("School", name="某校", evidence=WORDS, level="幼儿园")


def test_a_confidence_outside_0_to_1_is_refused() -> None:
    with pytest.raises(LiantuError, match="confidence"):
        ClaimsBuilder("s").node("School", name="某校", evidence=Evidence("某校", confidence=1.5))


def test_unknown_is_null_and_never_zero() -> None:
    builder = ClaimsBuilder("s")
    school = builder.node("School", name="某校", evidence=WORDS)
    specialty = builder.node("Specialty", name="护理", code="520201", evidence=WORDS)
    builder.edge("OFFERS", school, specialty, WORDS, enrolled=None, graduates=0)
    row = builder.table().to_pylist()[-1]
    assert (row["enrolled"], row["graduates"]) == (None, 0)


def test_column_wise_claims_are_completed_and_numbered_across_parts() -> None:
    parts = [
        pa.table({"kind": ["OFFERS"], "head": ["School:1"], "tail": ["Specialty:1"], "enrolled": [3]}),
        pa.table({"kind": ["OFFERS"], "head": ["School:1"], "tail": ["Specialty:2"]}),
    ]
    table = claims_table("s", parts)
    assert table.schema.equals(CLAIMS)
    assert table.column("id").to_pylist() == ["s#0", "s#1"]
    assert table.column("enrolled").to_pylist() == [3, None]
    assert claims_table("s", []).num_rows == 0


def test_a_column_that_claims_do_not_have_is_refused() -> None:
    with pytest.raises(LiantuError, match="colour"):
        claims_table("s", [pa.table({"kind": ["OFFERS"], "colour": ["red"]})])
