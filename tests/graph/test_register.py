"""The register: nodes by number and back, those that only claims name among them."""

import numpy as np
import pyarrow as pa

from graph.project import Projection
from graph.register import Register


def projection():
    return Projection.from_tables(
        {
            "School": [{"id": "School:乙", "name": "同名"}, {"id": "School:甲", "name": "同名"}],
            "Specialty": [{"id": "Specialty:1", "name": "汽修"}],
        },
        {
            "OFFERS": [
                {"head": "School:甲", "tail": "Specialty:1"},
                {"head": "School:外", "tail": "Specialty:1"},
            ],
            "STATES": [{"head": "Source:a", "tail": "School:甲"}],
        },
    )


def test_a_number_leads_to_its_node_and_back():
    register = projection().register
    for number, identifier in enumerate(register.ids):
        assert register.number(identifier) == number
    assert register.number("School:没有") is None
    assert register.ids[-1] == "School:外"
    assert register.names[-1] == "外"
    assert len(register) == len(register.ids) == 4


def test_claims_join_by_numbers_and_sources_have_none():
    made = projection()
    register, offers = made.register, made.claims("OFFERS")
    assert [register.ids[number] for number in offers.heads] == ["School:甲", "School:外"]
    assert [register.ids[number] for number in offers.tails] == ["Specialty:1", "Specialty:1"]
    assert made.claims("STATES").heads.tolist() == [-1]
    assert [register.ids[number] for number in made.claims("STATES").tails] == ["School:甲"]


def test_nodes_are_told_by_kind_whether_they_have_a_row_or_not():
    register = projection().register
    numbers = np.arange(len(register))
    assert [register.ids[one] for one in numbers[register.are(numbers, "School")]] == [
        "School:乙",
        "School:甲",
        "School:外",
    ]
    assert not register.are(numbers, "Park").any()


def test_the_order_is_by_name_then_id():
    register = projection().register
    ordered = sorted(range(len(register)), key=register.order.__getitem__)
    assert ordered == sorted(range(len(register)), key=lambda n: (register.names[n], register.ids[n]))


def test_many_names_are_put_in_the_same_order_as_few(monkeypatch):
    few = projection().register.order.tolist()
    monkeypatch.setattr("graph.register._SMALL", 0)
    assert projection().register.order.tolist() == few


def test_an_end_of_a_kind_that_the_ontology_does_not_expect_is_still_that_node():
    nodes = {"Park": pa.table({"id": ["Park:园"], "name": ["园"]})}
    offers = pa.table({"head": ["Park:园", "Park:外"], "tail": ["Specialty:1", "Park:园"]})
    register = Register(nodes, {"OFFERS": offers})
    assert [register.ids[number] for number in register.heads("OFFERS")] == ["Park:园", "Park:外"]
    assert register.ids[register.tails("OFFERS")[1]] == "Park:园"
    assert len(register) == 3
