"""Where documents come from, by the names of their issuers."""

import pytest

from graph.gaps.incentives import incentives
from graph.gaps.issuers import place_named
from graph.gaps.ledger import ledger
from graph.gaps.policy_frame import policy_frame
from graph.gaps.scope import Scope
from graph.gaps.targets import targets

PLACES = {
    "重庆市": "Region:500000",
    "璧山区": "Region:500120",
    "璧山": "Region:500120",
    "朝阳区": None,  # there are two
    "璧山高新区": "Park:璧山高新区",
}


@pytest.mark.parametrize(
    ("agency", "place"),
    [
        ("重庆市教育委员会", "Region:500000"),
        ("重庆市璧山区教育委员会", "Region:500120"),
        ("璧山县人民政府", "Region:500120"),
        ("璧山高新区管理委员会", "Park:璧山高新区"),
        ("朝阳区教育局", None),
        ("教育部办公厅", None),
        ("某某重庆市分公司", None),
    ],
)
def test_the_place_is_the_narrowest_with_which_the_name_begins(agency, place):
    assert place_named(agency, PLACES) == place


def test_a_region_has_the_targets_of_its_own_documents_and_those_of_unknown_origin(empty_graph):
    made = empty_graph
    city = made.node("Region", "500000", name="重庆市", level="省级")
    district = made.node("Region", "500120", name="璧山区", level="县级")
    made.edge("PART_OF", district, city)
    for number, agency in enumerate(("重庆市教育委员会", "重庆市璧山区人民政府", "教育部", None)):
        document = made.node("PolicyDocument", f"文{number}")
        target = made.node("Target", f"标{number}", value=8, unit="个")
        made.edge("SETS", document, target)
        if agency:
            made.edge("ISSUED_BY", document, made.node("Agency", f"{number}", name=agency))
    projection = made.projection()
    everywhere = {one.target.id: [place.name for place in one.region] for one in targets(projection)}
    assert everywhere == {
        "Target:标0": ["重庆市"],
        "Target:标1": ["璧山区"],
        "Target:标2": [],
        "Target:标3": [],
    }
    there = targets(Scope(region="璧山区").limit(projection))
    assert {one.target.id for one in there} == {"Target:标1", "Target:标2", "Target:标3"}
    assert len(targets(Scope(region="重庆市").limit(projection))) == 4


def test_a_region_has_the_tasks_of_its_own_documents_and_those_of_its_own_bodies(empty_graph):
    made = empty_graph
    city = made.node("Region", "500000", name="重庆市", level="省级")
    district = made.node("Region", "500120", name="璧山区", level="县级")
    made.edge("PART_OF", district, city)
    told = (  # who issued it, and who is to do its task
        ("重庆市教育委员会", None),
        ("重庆市教育委员会", "璧山区财政局"),
        ("璧山区人民政府", None),
        (None, None),
    )
    for number, (issuer, body) in enumerate(told):
        document = made.node("PolicyDocument", f"文{number}")
        task = made.node("Measure", f"{number}@{document}", text="给予财政补贴", order=1)
        made.edge("SETS", document, task)
        if issuer:
            made.edge("ISSUED_BY", document, made.node("Agency", f"印{number}", name=issuer))
        if body:
            made.edge("RESPONSIBLE_FOR", made.node("Agency", f"办{number}", name=body), task)
    projection = made.projection()
    there = Scope(region="璧山区").limit(projection)
    for question, whose in ((ledger, "item"), (incentives, "measure"), (policy_frame, "document")):
        everywhere, here = ({getattr(one, whose).id for one in question(of)} for of in (projection, there))
        assert len(everywhere) == 4
        assert everywhere - here == {one for one in everywhere if "0" in one}, question
