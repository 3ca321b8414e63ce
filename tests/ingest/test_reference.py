"""The catalogues become claims that the ontology allows, each leading back to its row."""

from __future__ import annotations

import json

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from graph import reference
from graph.claims import CLAIMS, check_value
from graph.identity import label_of
from graph.ontology import STATES, edge_kind, node_kind
from graph.store.protocol import Source
from ingest.reference import reference_sources


@pytest.fixture(scope="module")
def sources() -> dict[str, tuple[Source, pa.Table]]:
    return {source.id: (source, claims) for source, claims in reference_sources()}


def _stated(claims: pa.Table) -> pa.Table:
    return claims.filter(pc.equal(claims["kind"], STATES.name))


def _edges(claims: pa.Table) -> pa.Table:
    return claims.filter(pc.not_equal(claims["kind"], STATES.name))


def test_each_catalogue_is_a_source_of_reference_medium(sources: dict[str, tuple[Source, pa.Table]]) -> None:
    names = ("specialties", "occupations", "industries", "clusters", "regions", "schools")
    assert list(sources) == [f"reference-{name}" for name in names]
    assert {source.medium for source, _ in sources.values()} == {"reference"}
    assert len({source.key for source, _ in sources.values()}) == len(sources)
    assert all(claims.schema == CLAIMS for _, claims in sources.values())


def test_two_builds_are_equal(sources: dict[str, tuple[Source, pa.Table]]) -> None:
    for source, claims in reference_sources():
        assert sources[source.id] == (source, claims)


def test_every_row_of_a_table_states_one_node(sources: dict[str, tuple[Source, pa.Table]]) -> None:
    for name in ("specialties", "occupations", "industries", "clusters", "regions"):
        stated = _stated(sources[f"reference-{name}"][1])
        assert stated.num_rows == len(reference.rows(name))
        assert stated.num_rows == len(set(stated["tail"].to_pylist()))


def test_nodes_and_edges_fit_the_ontology(sources: dict[str, tuple[Source, pa.Table]]) -> None:
    for source, claims in sources.values():
        stated = _stated(claims)
        known = set(stated["tail"].to_pylist())
        assert set(stated["head"].to_pylist()) == {source.id}
        for tail, text in zip(stated["tail"].to_pylist(), stated["properties"].to_pylist(), strict=True):
            declared = {item.name: item for item in node_kind(label_of(tail)).properties}
            for name, value in json.loads(text).items():
                check_value(label_of(tail), declared[name], value)
        for row in _edges(claims).select(["kind", "head", "tail"]).to_pylist():
            assert {row["head"], row["tail"]} <= known
            assert (label_of(row["head"]), label_of(row["tail"])) in edge_kind(row["kind"]).ends


def test_evidence_leads_to_the_row(sources: dict[str, tuple[Source, pa.Table]]) -> None:
    for _, claims in sources.values():
        for row in claims.select(["quote", "place", "method"]).to_pylist():
            table, _, line = row["place"].partition("!")
            words = set(reference.content(table).decode("utf-8").splitlines()[int(line) - 1].split(","))
            assert set(row["quote"].split(" ")) <= words
            assert row["method"] == "record"
            break
        last = claims.slice(claims.num_rows - 1).to_pylist()[0]
        table, _, line = last["place"].partition("!")
        assert set(last["quote"].split(" ")) <= set(reference.rows(table)[int(line) - 2].values())


def test_a_school_lies_in_its_city_and_keeps_its_former_names(
    sources: dict[str, tuple[Source, pa.Table]],
) -> None:
    claims = sources["reference-schools"][1]
    located = {row["head"]: row["tail"] for row in _edges(claims).to_pylist()}
    schools = {row["tail"]: row for row in _stated(claims).to_pylist() if label_of(row["tail"]) == "School"}
    assert located.keys() == schools.keys()
    assert located["School:4150012609"] == "Region:500000"
    assert located["School:4113010080"] == "Region:120000"  # of Hebei, in Tianjin
    school = schools["School:4150012609"]
    assert school["name"] == "重庆电子科技职业大学"
    assert "重庆电子工程职业学院" in json.loads(school["aliases"])
    assert json.loads(school["properties"])["level"] == "职业本科"


def test_counties_of_one_name_are_told_apart(sources: dict[str, tuple[Source, pa.Table]]) -> None:
    stated = _stated(sources["reference-regions"][1]).to_pylist()
    aliases = {row["tail"]: set(json.loads(row["aliases"])) for row in stated}
    assert "重庆市江北区" in aliases["Region:500105"]
    assert {"宁波市江北区", "浙江省宁波市江北区"} <= aliases["Region:330205"]
    assert "渝" in aliases["Region:500000"]


def test_unconfirmed_clusters_are_less_sure(sources: dict[str, tuple[Source, pa.Table]]) -> None:
    stated = {row["name"]: row for row in _stated(sources["reference-clusters"][1]).to_pylist()}
    assert stated["智能网联新能源汽车"]["confidence"] == 1.0
    assert stated["现代中药"]["confidence"] == 0.7
    assert json.loads(stated["智能网联新能源汽车"]["properties"]) == {"tier": "产业链", "size": "万亿级"}
