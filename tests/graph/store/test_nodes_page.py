"""Parts of a kind's nodes, and how many there are: bounded in the engine, the same on each engine."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from graph.claims import ClaimsBuilder, Evidence
from graph.errors import LiantuError
from graph.ontology import EDGES, NODES, SOURCE
from graph.store import Source, Store, open_store

ROW = Evidence(quote="行", place="Sheet1!2", method="record")
LEVELS = ("高职专科", "职业本科", "中职")
SCHOOLS = [f"{name}Academy{number:02d}" for number, name in enumerate(("重庆", "四川", "𠮷", "（ｱ", "é") * 4)]


def put(store: Store, levels: tuple[str, ...], *, records: str = "r-1") -> None:
    claims = ClaimsBuilder(records)
    specialty = claims.node("Specialty", name="汽车智能技术", code="510107", evidence=ROW)
    for number, name in enumerate(SCHOOLS):
        school = claims.node("School", name=name, evidence=ROW, level=levels[number % len(levels)])
        claims.edge("OFFERS", school, specialty, ROW, year=2024)
    table = claims.table()
    states = pc.equal(table.column("kind"), "STATES")
    with store.write() as writer:
        source = Source(records, "院校.xlsx", "records", "1")
        writer.replace(source, table.filter(states), table.filter(pc.invert(states)))


@pytest.fixture
def store(empty_address: str) -> Iterator[Store]:
    opened = open_store(empty_address)
    put(opened, LEVELS)
    yield opened
    opened.close()


def names(table: pa.Table) -> list[str]:
    return [str(name) for name in table.column("id").to_pylist()]


BOUNDS = st.none() | st.sampled_from(
    [
        "",
        "School:",
        "School:重庆Academy05",
        "School:ｱAcademy08",
        "Z",
        "󰀀",
        *("School:" + name for name in SCHOOLS),
    ]
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    after=BOUNDS,
    before=BOUNDS,
    limit=st.none() | st.integers(0, 30),
    backwards=st.booleans(),
    named=st.none() | st.sampled_from(["academy", "DEMY1", "重庆", "É", "没有", "' OR 1=1 //", ""]),
    level=st.none() | st.sampled_from([*LEVELS, "'"]),
)
@example(after=None, before="School:ｱAcademy08", limit=None, backwards=False, named=None, level=None)
@example(after="School:ｱAcademy08", before=None, limit=3, backwards=True, named=None, level=None)
@example(after="School:𠮷Academy02", before=None, limit=None, backwards=False, named=None, level="中职")
def test_a_part_is_what_cutting_the_whole_would_give(
    store: Store,
    after: str | None,
    before: str | None,
    limit: int | None,
    backwards: bool,
    named: str | None,
    level: str | None,
) -> None:
    equal = {} if level is None else {"level": level}
    with store.view() as view:
        chosen = [
            row
            for row in view.nodes("School").to_pylist()
            if (named is None or named.lower() in row["name"].lower())
            and (level is None or row["level"] == level)
        ]
        assert view.count("School", named=named, equal=equal) == len(chosen)
        part = [
            row
            for row in chosen
            if (after is None or row["id"] > after) and (before is None or row["id"] < before)
        ]
        if limit is not None:
            part = part[max(0, len(part) - limit) :] if backwards else part[:limit]
        found = view.nodes(
            "School", after=after, before=before, limit=limit, backwards=backwards, named=named, equal=equal
        )
        assert found.to_pylist() == part
        assert found.schema == view.nodes("School").schema


def test_ids_and_conditions_narrow_together(store: Store) -> None:
    with store.view() as view:
        every = names(view.nodes("School"))
        some = [every[3], every[1], every[7], "School:没有"]
        assert names(view.nodes("School", some, after=every[1])) == [every[3], every[7]]
        assert names(view.nodes("School", some, limit=1, backwards=True)) == [every[7]]
        assert names(view.nodes("School", [], limit=1)) == []


def test_counts_are_those_of_the_tables(store: Store) -> None:
    with store.view() as view:
        for label in (*NODES, SOURCE.name):
            assert view.count(label) == view.nodes(label).num_rows
        for kind in ("STATES", *EDGES):
            assert view.count(kind) == view.edges(kind).num_rows
        assert (view.count("School"), view.count("OFFERS"), view.count("STATES")) == (20, 20, 21)


def test_only_what_the_ontology_names_is_compared(store: Store) -> None:
    with store.view() as view:
        for name in ("colour", "level`", "id", "aliases", "search"):
            with pytest.raises(LiantuError) as refused:
                view.nodes("School", equal={name: "x"})
            assert refused.value.code == "claim.property"
        for label in ("Nothing", "School`) DETACH DELETE n //"):
            with pytest.raises(LiantuError) as refused:
                view.count(label)
            assert refused.value.code == "claim.kind"


def test_a_view_narrows_by_the_values_of_its_own_version(store: Store) -> None:
    with store.view() as before:
        was = names(before.nodes("School", equal={"level": "中职"}, limit=4))
        put(store, ("职业本科",), records="r-1")
        assert names(before.nodes("School", equal={"level": "中职"}, limit=4)) == was
        assert len(was) == 4
        assert before.count("School", equal={"level": "中职"}) == 6
        assert before.count("School", equal={"level": "职业本科"}) == 7
        assert names(before.nodes("School", was, named="academy", equal={"level": "中职"})) == was
    with store.view() as after:
        assert after.count("School", equal={"level": "中职"}) == 0
        assert after.count("School", equal={"level": "职业本科"}) == 20
