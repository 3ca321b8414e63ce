"""The Neo4j engine on a real server; skipped where none was brought up (`make test-neo4j`)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from graph.claims import ClaimsBuilder, Evidence
from graph.errors import LiantuError
from graph.identity import normalise_name
from graph.settings import Settings
from graph.store import open_store
from graph.store.ladybug import LadybugStore
from graph.store.neo4j import loads
from graph.store.neo4j.connection import Connection
from graph.store.neo4j.lanes import Lanes
from graph.store.neo4j.store import Neo4jStore
from tests.graph.store.contents import content, rows, write

A, B, REFERENCE = "a" * 16, "b" * 16, "reference-schools"
FACTS = [
    (1, 1, "重庆电子职院", "高职专科", 2024),
    (1, 2, "重庆电子职院", None, None),
    (2, 2, "工业职院", None, 2023),
]
HOSTILE = [
    "Entity`) WITH n MATCH (x) DETACH DELETE x //",
    "a'b\"c\\",
    "行\n换",
    "\\u0060",
    "$rows {x: 1}",
    "}']--",
]

facts = some.lists(
    some.tuples(
        some.integers(0, 2),
        some.integers(0, 2),
        some.sampled_from(["甲校", "乙校", "甲 校", "丙校"]),
        some.sampled_from([None, "中职", "高职专科"]),
        some.sampled_from([None, 2023, 2024]),
    ),
    max_size=4,
)
batches = some.lists(
    some.dictionaries(some.sampled_from([A, B, REFERENCE]), some.none() | facts, min_size=1),
    min_size=1,
    max_size=3,
)


@pytest.fixture
def hasty(neo4j_address: str) -> Iterator[Neo4jStore]:
    """A store that clears what is replaced at once."""
    opened = Neo4jStore(neo4j_address, Settings.load(neo4j_grace=0.0))
    yield opened
    opened.close()


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=batches)
def test_any_changes_end_in_what_the_embedded_engine_says(changes, tell, neo4j_database, tmp_path_factory):
    neo4j_database.clear()
    embedded, served = LadybugStore(tmp_path_factory.mktemp("graph")), Neo4jStore(neo4j_database.uri)
    for batch in changes:
        said = [source if told is None else tell(source, told) for source, told in batch.items()]
        write(embedded, *said)
        write(served, *said)
    assert content(served) == content(embedded)
    with embedded.view() as one, served.view() as other:
        for kind, ids in (("STATES", [A]), ("OFFERS", ["School:411", "nobody"])):
            assert other.edges(kind, heads=ids) == one.edges(kind, heads=ids)
        assert other.edges("OFFERS", tails=["Specialty:46012"]) == one.edges(
            "OFFERS", tails=["Specialty:46012"]
        )
        assert other.nodes("School", ["School:412", "x"]) == one.nodes("School", ["School:412", "x"])
    served.close()
    embedded.close()


def test_a_view_stays_on_its_version_whatever_is_loaded(store, tell):
    write(store, tell(A, FACTS))

    def answers(view: Any) -> list[Any]:
        query = view.query("schools-of-specialty", specialty="专业2").to_pylist()
        named = view.query("schools-of-specialty", specialty="专业2 新名").to_pylist()
        return [view.content_hash(), query, named, view.find("校"), view.find("重庆电子"), view.sources()]

    with store.view() as old:
        before = answers(old)
        write(store, tell(B, [(1, 1, "电子学校", "中职", 2020), (9, 9, "新校", None, None)]))
        with store.view() as between:
            then = answers(between)
            write(store, tell(A, [(1, 2, "改名校", "中职", 2030)]), B)
            assert answers(between) == then
        assert answers(old) == before
    with store.view() as new:
        assert new.version != old.version
        assert new.nodes("School").column("name").to_pylist() == ["改名校"]


def test_a_view_that_outlived_the_grace_time_is_told_so(hasty, tell):
    write(hasty, tell(A, FACTS))
    with hasty.view() as old:
        write(hasty, tell(A, FACTS[:1]))
        with pytest.raises(LiantuError) as expired:
            old.content_hash()
    assert expired.value.code == "graph.expired"
    assert rows(hasty, "MATCH ()-[r:OFFERS]->() RETURN count(r)") == [[1]]
    assert rows(hasty, "MATCH (n:Past|Lane|Load) RETURN count(n)") == [[0]]
    write(hasty, A)
    assert rows(hasty, "MATCH (n) WHERE NOT n:Graph RETURN count(n)") == [[0]]


def test_every_transaction_may_be_done_twice(store, tell, monkeypatch, tmp_path):
    once = Connection.write
    embedded = LadybugStore(tmp_path)

    def twice(self: Connection, work: Callable[..., Any]) -> Any:
        once(self, work)
        return once(self, work)

    changes = [[tell(A, FACTS), tell(B, FACTS)], [tell(A, FACTS[:2]), tell(REFERENCE, FACTS)], [B]]
    monkeypatch.setattr(Connection, "write", twice)
    for change in changes:
        write(store, *change)
        write(embedded, *change)
        assert content(store) == content(embedded)
    assert rows(store, "MATCH (s:Source) RETURN count(s)")[0][0] == 4


ODD = ["", "\x1f", "a\x1fb", "\x1f\x1f", "'\n`", "末"]


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    offers=some.lists(
        some.tuples(
            some.integers(0, 3),
            some.integers(0, 3),
            some.sampled_from(ODD),
            some.none() | some.integers(-(2**63), 2**63 - 1),
            some.none() | some.sampled_from(ODD),
        ),
        min_size=7,
        max_size=20,
    ),
)
def test_values_arrive_as_they_were_in_however_many_batches(
    offers, neo4j_database, finish, monkeypatch, tmp_path_factory
):
    monkeypatch.setattr("graph.store.neo4j.staging.PART_ROWS", 4)
    neo4j_database.clear()
    embedded, served = LadybugStore(tmp_path_factory.mktemp("graph")), Neo4jStore(neo4j_database.uri)
    builder = ClaimsBuilder(A)
    for school, specialty, quote, enrolled, place in offers:
        evidence = Evidence(quote, place=place, confidence=0.1 + school / 7)
        builder.edge(
            "OFFERS",
            builder.node("School", name=f"校{school}", evidence=evidence, aliases=(f"别{quote}",)),
            builder.node("Specialty", name=f"专业{specialty}", evidence=evidence),
            evidence,
            enrolled=enrolled,
        )
    for store in (embedded, served):
        write(store, finish(builder))
    assert content(served) == content(embedded)
    with embedded.view() as one, served.view() as other:
        assert other.edges("OFFERS") == one.edges("OFFERS")
        assert other.edges("STATES") == one.edges("STATES")
    served.close()
    embedded.close()


def test_nothing_is_written_to_a_load_that_is_being_cleared(store, tell):
    write(store, tell(A, FACTS))
    name, connection = loads.WriterName.fresh(), store._connection
    load = loads.begin(connection, name, B)
    lanes = Lanes(connection, name)

    def note(number: int) -> None:
        with lanes.lane() as lane:
            lane.once(
                load,
                lambda work: work.run("CREATE (:Source {load: $n, id: 'x'})", n=number).consume(),
            )

    note(-1)
    connection.run("MATCH (l:Load {token: $load}) SET l.cleaner = 'another'", {"load": load})
    with pytest.raises(LiantuError) as lost:
        note(-2)
    assert lost.value.code == "graph.lost"
    assert rows(store, "MATCH (s:Source {id: 'x'}) RETURN s.load") == [[-1]]
    connection.run("MATCH (l:Load) REMOVE l.cleaner")
    write(store, tell(A, FACTS))  # the writer above has ended: what it left goes
    assert rows(store, "MATCH (n:Load|Lane) WHERE n.ended IS NULL RETURN count(n)") == [[0]]


def test_an_exception_leaves_nothing(store, tell):
    write(store, tell(A, FACTS))
    before = content(store)

    def fail() -> None:
        with store.write() as writer:
            writer.replace(*tell(B, FACTS))
            writer.retract(A)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert content(store) == before
    assert rows(store, "MATCH (s:Source) RETURN count(s)") == [[1]]
    assert rows(store, "MATCH (n:Load|Lane) RETURN count(n)") == [[0]]


def test_an_edge_to_what_nobody_states_is_refused(store, tell):
    write(store, tell(A, FACTS))
    source, nodes, edges = tell(B, FACTS)
    for change in ((A, (source, nodes.slice(0, 1), edges)),):
        with pytest.raises(LiantuError, match="is not stated") as refused:
            write(store, *change)
        assert refused.value.code == "claim.evidence"
    write(store, (source, nodes.slice(0, 1), edges))  # stated by another source is stated
    with pytest.raises(LiantuError, match="is not stated"):
        write(store, A)
    with store.view() as view:
        assert view.sources().num_rows == 2


def test_a_switch_that_was_cut_off_is_undone_by_the_next_writer(store, tell, monkeypatch):
    write(store, tell(A, FACTS))
    before = content(store)
    with monkeypatch.context() as patch:
        patch.setattr(loads.Turn, "publish", lambda *_: sys.exit())
        patch.setattr(loads.Turn, "end", lambda _: None)
        patch.setattr(loads, "undo", lambda _: None)
        patch.setattr("graph.store.neo4j.writer.Neo4jWriter.discard", lambda _: None)
        with pytest.raises(SystemExit):
            write(store, tell(A, [(1, 1, "半途", "中职", 2025)]))
    assert rows(store, "MATCH (n:School {name: '半途'}) RETURN count(n)") == [[1]]
    assert content(store) == before
    write(store, tell(B, []))
    assert rows(store, "MATCH (n:School {name: '半途'}) RETURN count(n)") == [[0]]
    assert content(store)[0] == before[0]
    assert rows(store, "MATCH ()-[r:OFFERS]->() RETURN count(r)") == [[len(FACTS)]]


def test_names_are_values_whatever_they_hold(store, tmp_path, finish):
    embedded = LadybugStore(tmp_path)
    builder = ClaimsBuilder(A)
    for name in HOSTILE:
        builder.edge(
            "COOPERATES_WITH",
            builder.node("School", name=name, evidence=Evidence(name), aliases=(name + "别名",)),
            builder.node("Enterprise", name=name, evidence=Evidence(name), scale=name),
            Evidence(name),
            mode=name,
        )
    write(store, finish(builder))
    write(embedded, finish(builder))
    assert content(store) == content(embedded)
    with store.view() as view, embedded.view() as other:
        for name in HOSTILE:
            assert view.find(name) == other.find(name)
            assert view.find(name).num_rows >= 2
            assert view.query("cooperation", school=name).column("quote").to_pylist() == [name]


NAMES = [
    "重庆电子",
    "重 庆",
    "电子",
    "电",
    "工程学院",
    "AND",
    "or",
    "*",
    ":",
    '"',
    "~2",
    "(（",
    "\\",
    "é",
    "Ab1",
    "/x/",
]
pieces = some.lists(some.sampled_from(NAMES), min_size=1, max_size=3).map("".join)


def test_both_engines_find_the_same(store, tmp_path, finish):
    embedded = LadybugStore(tmp_path)

    @settings(max_examples=25, deadline=None)
    @given(names=some.lists(some.tuples(pieces, some.lists(pieces, max_size=2)), min_size=3, max_size=12))
    def collect(names: list[tuple[str, list[str]]]) -> None:
        collected.extend(names)

    collected: list[tuple[str, list[str]]] = []
    collect()
    builder = ClaimsBuilder(A)
    for name, aliases in collected:
        if not normalise_name(name):
            continue
        builder.node("School", name=name, aliases=tuple(aliases), evidence=Evidence(name))
    write(store, finish(builder))
    write(embedded, finish(builder))
    with store.view() as view, embedded.view() as other:
        for text in [*NAMES, *sorted({name for name, _ in collected})[:60], "没有"]:
            assert view.find(text, limit=7) == other.find(text, limit=7), text
        assert view.find("电", labels=["Enterprise"]).num_rows == view.find(" ").num_rows == 0
        assert view.find("电").num_rows == other.find("电").num_rows > 0


def test_what_is_wrong_is_said_when_the_graph_is_opened(neo4j_address, neo4j_database):
    def refusal(address: str, **given: str) -> LiantuError:
        with pytest.raises(LiantuError) as refused:
            Neo4jStore(address, Settings.load(**given))
        assert neo4j_database.password not in str(refused.value)
        return refused.value

    assert refusal(neo4j_address, neo4j_password=neo4j_database.password[::-1]).code == "graph.credentials"
    assert refusal(neo4j_address, neo4j_database="nothing").code == "graph.database"
    assert refusal(neo4j_address + "/city/path").code == "graph.unsupported"
    secret = neo4j_address.replace("://", "://someone:hidden@")
    shown = refusal(secret)
    assert shown.code == "graph.credentials"
    assert "hidden" not in str(shown)


def test_a_server_that_is_away_is_named_without_the_password():
    with pytest.raises(LiantuError) as away:
        open_store("bolt://neo4j:hidden@127.0.0.1:1")
    assert away.value.code == "graph.unreachable"
    assert "127.0.0.1:1" in str(away.value)
    assert "hidden" not in str(away.value)


def test_a_query_over_the_limit_is_cancelled(neo4j_address, tell):
    hurried = Neo4jStore(neo4j_address, Settings.load(query_seconds=0.5))
    write(hurried, tell(A, FACTS))
    long = "UNWIND range(1, 1000000) AS i UNWIND range(1, 100000) AS j RETURN sum(i * j)"
    with hurried.view() as view, pytest.raises(LiantuError) as busy:
        view.run(lambda reading: reading._asked(long, {}, "long"))
    assert busy.value.code == "graph.busy"
    assert "long" in str(busy.value)
    hurried.close()


def test_there_is_no_view_of_what_is_not_there(store):
    assert not store.exists()
    with pytest.raises(LiantuError) as missing, store.view():
        pass
    assert missing.value.code == "graph.missing"
    with store.write() as writer:
        assert writer.statements().num_rows == writer.sources().num_rows == 0
    assert store.exists()
    with store.view() as view:
        assert view.version == "000001"
        assert view.find("校").num_rows == 0


def test_a_database_of_another_layout_is_neither_read_nor_written(store, tell):
    write(store, tell(A, FACTS))
    store._connection.run("MATCH (g:Graph) REMOVE g.layout")
    for attempt in (lambda: content(store), lambda: write(store, tell(B, FACTS))):
        with pytest.raises(LiantuError) as outdated:
            attempt()
        assert outdated.value.code == "graph.outdated"
    assert rows(store, "MATCH (s:Source) RETURN count(s)") == [[1]]
