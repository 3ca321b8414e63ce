"""Ids and texts are ordered by code points, as Python and LadybugDB do, also where Neo4j compares by UTF-16 units."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from graph.claims import ClaimsBuilder, Evidence
from graph.identity import node_id
from graph.store import Source, Store, open_store
from graph.store.choice import Choice
from graph.store.neo4j.reading import Reading

ROW = Evidence(quote="行", place="Sheet1!2", method="record")
# In the order of code points; by UTF-16 units those above U+FFFF come before those from U+E000 on.
NAMES = ("乙", "甲", "\ue000", "﨎", "（甲）", "\uffff", "\uffff甲", "𠮷", "𠮷（", "\U0010ffff")


def by_units(text: str) -> bytes:
    return text.encode("utf-16-be")


def put(store: Store, names: tuple[str, ...], *, level: str, source: str) -> None:
    claims = ClaimsBuilder(source)
    for name in names:
        claims.node("Consortium", name=name, evidence=ROW, level=level)
    table = claims.table()
    states = pc.equal(table.column("kind"), "STATES")
    with store.write() as writer:
        told = Source(source, "院校.xlsx", "records", "1")
        writer.replace(told, table.filter(states), table.filter(pc.invert(states)))


@pytest.fixture
def store(empty_address: str) -> Iterator[Store]:
    opened = open_store(empty_address)
    put(opened, NAMES, level="市级", source="a")
    yield opened
    opened.close()


def ids(table: pa.Table, column: str = "id") -> list[str]:
    return [str(one) for one in table.column(column).to_pylist()]


IDS = [node_id("Consortium", name=name) for name in NAMES]


def test_the_names_are_in_the_order_of_code_points() -> None:
    assert sorted(IDS) == IDS
    assert sorted(IDS, key=by_units) != IDS


def test_every_bound_cuts_where_the_order_says(store: Store) -> None:
    with store.view() as view:
        assert ids(view.nodes("Consortium")) == IDS
        for place, bound in enumerate(IDS):
            assert ids(view.nodes("Consortium", after=bound)) == IDS[place + 1 :]
            assert ids(view.nodes("Consortium", before=bound)) == IDS[:place]
            assert ids(view.nodes("Consortium", after=bound, limit=1)) == IDS[place + 1 : place + 2]
            assert (
                ids(view.nodes("Consortium", before=bound, limit=2, backwards=True))
                == IDS[max(0, place - 2) : place]
            )
            assert ids(view.nodes("Consortium", IDS, after=bound)) == IDS[place + 1 :]


def test_equally_good_finds_are_in_the_order_of_ids(store: Store) -> None:
    put(store, ("校𠮷", "校（", "校\ue000", "校乙"), level="市级", source="b")
    with store.view() as view:
        expected = sorted(node_id("Consortium", name=name) for name in ("校𠮷", "校（", "校\ue000", "校乙"))
        assert ids(view.find("校")) == expected
        for limit in range(1, 4):
            assert ids(view.find("校", limit=limit)) == expected[:limit]


def test_answers_are_ordered_alike_also_for_a_view_that_began_before_a_change(store: Store) -> None:
    with store.view() as before:
        assert ids(before.query("consortia"), "consortium") == IDS
        put(store, ("（甲）", "𠮷", "乙"), level="国家级", source="b")
        assert ids(before.query("consortia"), "consortium") == IDS
        assert ids(before.nodes("Consortium", after=IDS[4], limit=4)) == IDS[5:9]
        assert ids(before.nodes("Consortium", after=IDS[4], limit=3, equal={"level": "市级"})) == IDS[5:8]


def test_a_row_that_a_later_batch_changes_keeps_its_place(store: Store) -> None:
    put(store, ("（甲）", "𠮷", "乙"), level="国家级", source="b")
    with store.view() as view:
        for place, bound in enumerate(IDS):
            assert ids(view.nodes("Consortium", before=bound)) == IDS[:place]


@pytest.mark.parametrize(
    "bounds", [{"after": IDS[4]}, {"before": IDS[4]}, {"after": IDS[1], "before": IDS[7]}, {}]
)
def test_a_bound_is_always_a_seek_in_the_index_on_neo4j(bounds: dict[str, str]) -> None:
    """Planned by counts of nothing, a mere `USING INDEX` became a scan with a filter: by UTF-16 units, now and then."""
    begins, _ = Reading._chosen(Choice("Consortium", **bounds), ordered=True)
    assert begins.startswith("MATCH (n:Node) USING INDEX SEEK n:Node(id) WHERE n.id > $after")
