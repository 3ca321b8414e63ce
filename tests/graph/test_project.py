"""A projection: columns, claims by row, names, and networkx on demand."""

import subprocess
import sys

import networkx as nx
import pyarrow as pa
import pytest

from graph.ontology import EDGES, NODES
from graph.project import Projection, is_reference, project

SCHOOL, ENTERPRISE = "School:甲", "Enterprise:厂"


@pytest.fixture
def projection():
    return Projection.from_tables(
        {"School": [{"id": SCHOOL, "name": "甲校", "level": "高职专科"}], "Enterprise": [{"id": ENTERPRISE}]},
        {
            "COOPERATES_WITH": [
                {"head": SCHOOL, "tail": ENTERPRISE, "source": "a", "quote": "甲与厂", "mode": "订单班"},
                {"head": SCHOOL, "tail": ENTERPRISE, "source": "b", "confidence": 0.6, "status": "计划"},
            ],
            "STATES": [{"head": "Source:a", "tail": SCHOOL, "source": "a"}],
        },
        {"a": "通知.pdf"},
    )


def test_it_has_a_table_for_every_kind_of_the_ontology(projection):
    assert set(projection.nodes) == set(NODES)
    assert set(projection.edges) == {"STATES", *EDGES}
    assert projection.nodes["School"].num_rows == 1
    assert projection.edges["LEADS"].num_rows == 0


def test_names_and_properties_are_looked_up_by_id(projection):
    assert projection.name(SCHOOL) == "甲校"
    assert projection.name(ENTERPRISE) == "厂"
    assert projection.name("Park:不在表中") == "不在表中"
    assert projection.value(SCHOOL, "level") == "高职专科"
    assert projection.value(SCHOOL, "code") is None
    assert projection.source_names == {"a": "通知.pdf"}


def test_claims_are_found_by_head_and_tail_and_carry_their_words(projection):
    claims = projection.claims("COOPERATES_WITH")
    assert claims.by_head == {SCHOOL: [0, 1]}
    assert claims.by_tail == {ENTERPRISE: [0, 1]}
    assert claims.believed(0.8) == [0]
    claim = claims.claim(0)
    assert (claim.head, claim.tail, claim.quote, claim.source) == (SCHOOL, ENTERPRISE, "甲与厂", "a")
    assert claims.claim(1).status == "计划"


def test_networkx_keeps_every_claim_and_leaves_namings_out(projection):
    graph = projection.graph
    assert isinstance(graph, nx.MultiDiGraph)
    assert graph.nodes[SCHOOL] == {"label": "School", "name": "甲校", "level": "高职专科"}
    assert graph.number_of_edges(SCHOOL, ENTERPRISE) == 2
    assert set(graph.nodes) == {SCHOOL, ENTERPRISE}
    assert graph is projection.graph


def test_parallel_claims_merge_on_request(projection):
    graph = projection.to_networkx(merged=True)
    assert graph.get_edge_data(SCHOOL, ENTERPRISE) == {
        "COOPERATES_WITH": {
            "kind": "COOPERATES_WITH",
            "claims": 2,
            "sources": 2,
            "confidence": 1.0,
            "statuses": (None, "计划"),
        }
    }


def test_networkx_takes_the_kinds_asked_for(projection):
    assert projection.to_networkx(kinds=["LEADS"]).number_of_edges() == 0


class TwoTables:
    """A view that counts what is read of it."""

    def __init__(self, projection):
        self.projection, self.read = projection, []

    def nodes(self, label):
        if label == "Source":
            return pa.table({"id": ["a"], "name": ["通知.pdf"], "medium": ["document"]})
        self.read.append(label)
        return self.projection.nodes[label]

    def edges(self, kind):
        self.read.append(kind)
        return self.projection.edges[kind]


def test_projecting_reads_the_kinds_asked_for_and_says_so_where_another_is_used(projection):
    view = TwoTables(projection)
    part = project(view, labels=["School"], kinds=["COOPERATES_WITH"])
    assert view.read == ["School", "COOPERATES_WITH"]
    assert part.claims("COOPERATES_WITH").claim(0) == projection.claims("COOPERATES_WITH").claim(0)
    with pytest.raises(KeyError, match="LEADS was not read"):
        part.claims("LEADS")


def test_projecting_reads_everything_unless_told_otherwise(projection):
    view = TwoTables(projection)
    assert set(project(view).edges) == {"STATES", *EDGES}
    assert len(view.read) == len(NODES) + len(EDGES) + 1


def test_catalogues_are_told_from_documents_and_records_by_their_ids():
    assert is_reference("reference-clusters")
    assert not is_reference("4f2a09c1d2e3f405")


def test_neither_the_projection_nor_the_questions_load_what_takes_long():
    """`liantu gaps` must answer in little more time than it takes to import spaCy."""
    code = "import sys, graph.project, graph.gaps; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"networkx", "pandas", "spacy", "ladybug", "graph.store"} & set(loaded)


def test_a_table_that_takes_the_place_of_another_is_read_anew():
    projection = Projection.from_tables({"School": [{"id": "School:甲"}]}, {})
    assert projection.name("School:甲") == "甲"
    projection.nodes = {**projection.nodes, "School": projection.nodes["School"].slice(0, 0)}
    projection.forget()
    assert projection.ids("School") == []
    assert projection.register.number("School:甲") is None
