from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from graph.claims import CLAIMS, ClaimsBuilder, Evidence
from graph.errors import LiantuError
from graph.store import Source, build, open_store
from graph.store.ladybug import LadybugStore

A, B, REFERENCE = "a" * 16, "b" * 16, "reference-schools"
WORDS = Evidence("原文", 0, 2, "l.1")
FACTS = [
    (1, 1, "重庆电子职院", "高职专科", 2024),
    (1, 2, "重庆电子职院", None, None),
    (2, 2, "工业职院", None, 2023),
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


def written(folder: Path, *changes: object) -> LadybugStore:
    store = LadybugStore(folder)
    with store.write() as writer:
        for change in changes:
            writer.replace(*change)
    return store


def content(store: LadybugStore) -> tuple[str, list[object], list[object]]:
    with store.view() as view:
        return view.content_hash(), view.nodes("School").to_pylist(), view.edges("OFFERS").to_pylist()


def test_what_was_written_is_read(tmp_path, tell):
    store = written(tmp_path, tell(A, FACTS))
    with store.view() as view:
        schools = view.nodes("School")
        assert schools.column("id").to_pylist() == ["School:411", "School:412"]
        assert schools.to_pylist()[0] == {
            "id": "School:411",
            "name": "重庆电子职院",
            "aliases": ["校1"],
            "code": "411",
            "level": "高职专科",
            "nature": None,
            "supervisor": None,
        }
        assert view.nodes("School", ["School:412", "School:nobody"]).column("name").to_pylist() == [
            "工业职院"
        ]
        offers = view.edges("OFFERS")
        assert offers.num_rows == 3
        assert (
            offers.to_pylist()[0] | {"head": "School:411", "tail": "Specialty:46011", "end": 3, "year": 2024}
            == (offers.to_pylist()[0])
        )
        assert view.edges("OFFERS", heads=["School:411"]).num_rows == 2
        assert view.edges("OFFERS", tails=["Specialty:46012"]).num_rows == 2
        assert view.edges("OFFERS", heads=["School:411"], tails=["Specialty:46012"]).num_rows == 1
        assert view.edges("OFFERS", heads=[]).num_rows == 0
        assert view.edges("STATES", heads=[A]).num_rows == 4
        assert view.edges("MENTIONS").num_rows == 0
        assert view.sources().to_pylist() == [
            {"id": A, "name": f"{A}.txt", "medium": "document", "key": "1", "document": None, "claims": 7}
        ]


def test_looking_up_many_ids_gives_what_looking_up_few_gives(tmp_path, tell, monkeypatch):
    store = written(tmp_path, tell(A, FACTS))
    with store.view() as view:
        few = view.edges("OFFERS", tails=["Specialty:46012"])
        monkeypatch.setattr("graph.store.snapshot._MANY", 0)
        assert view.edges("OFFERS", tails=["Specialty:46012"]) == few


def test_replacing_leaves_nothing_stale_and_retracting_gives_the_graph_as_before(tmp_path, tell):
    store = written(tmp_path, tell(A, FACTS))
    before = content(store)
    with store.write() as writer:
        writer.replace(*tell(B, [(1, 1, "电子学校", "中职", 2020), (9, 9, "新校", None, None)]))
    assert content(store) != before
    with store.write() as writer:
        writer.replace(*tell(B, [(8, 8, "另一校", None, None)]))
    with store.view() as view:
        assert view.nodes("School").column("id").to_pylist() == ["School:411", "School:412", "School:418"]
    with store.write() as writer:
        writer.retract(B)
    assert content(store) == before


@pytest.mark.parametrize("small", [0, 10**9], ids=["rebuilt", "amended"])
@settings(max_examples=4, deadline=None)
@given(changes=batches)
def test_any_order_of_changes_ends_in_what_loading_the_last_state_gives(small, changes, tell):
    share = build._SHARE
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "_SMALL", small)
        patch.setattr(build, "_SHARE", share if small else 10**9)
        step_by_step, at_once = LadybugStore(Path(folder) / "steps"), LadybugStore(Path(folder) / "once")
        state = {}
        for batch in changes:
            state |= batch
            with step_by_step.write() as writer:
                for source, said in batch.items():
                    if said is None:
                        writer.retract(source)
                    else:
                        writer.replace(*tell(source, said))
        with at_once.write() as writer:
            for source in reversed(list(state)):
                if state[source] is not None:
                    writer.replace(*tell(source, state[source]))
        assert content(step_by_step) == content(at_once)
        with step_by_step.view() as one, at_once.view() as other:
            assert one.sources() == other.sources()
            assert one.find("校") == other.find("校")
        step_by_step.close()
        at_once.close()


def test_an_exception_leaves_the_graph_as_it_was(tmp_path, tell):
    store = written(tmp_path, tell(A, FACTS))
    before = content(store)

    def fail() -> None:
        with store.write() as writer:
            writer.retract(A)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert content(store) == before
    assert {path.name for path in (tmp_path / "versions").iterdir()} == {"000001.json", "000001.lbdb"}


def test_nothing_to_change_makes_no_version(tmp_path, tell):
    store = written(tmp_path, tell(A, FACTS))
    with store.write() as writer:
        writer.retract(B)
    with store.view() as view:
        assert view.version == "000001"


def test_the_writer_sees_the_graph_before_its_change(tmp_path, tell):
    store = LadybugStore(tmp_path)
    with store.write() as writer:
        assert writer.statements().num_rows == 0
        assert writer.sources().num_rows == 0
        writer.replace(*tell(A, FACTS))
    with store.write() as writer:
        writer.replace(*tell(B, FACTS))
        assert set(writer.statements().column("source").to_pylist()) == {A}
        assert writer.sources().column("id").to_pylist() == [A]


@pytest.mark.parametrize("small", [0, 10**9], ids=["rebuilt", "amended"])
def test_an_edge_to_what_nobody_states_is_refused(tmp_path, tell, small, monkeypatch):
    monkeypatch.setattr(build, "_SMALL", small)
    store = written(tmp_path, tell(A, FACTS))
    source, nodes, edges = tell(B, FACTS)

    def change() -> None:
        with store.write() as writer:
            writer.retract(A)
            writer.replace(source, nodes.slice(0, 1), edges)

    with pytest.raises(LiantuError, match="is not stated") as refused:
        change()
    assert refused.value.code == "claim.evidence"
    with store.write() as writer:  # stated by another source is stated
        writer.replace(source, nodes.slice(0, 1), edges)
    with pytest.raises(LiantuError) as refused, store.write() as writer:
        writer.retract(A)
    assert refused.value.code == "claim.evidence"


def test_what_the_ontology_does_not_allow_is_refused(tmp_path, tell):
    source, nodes, edges = tell(A, FACTS)
    store = LadybugStore(tmp_path)

    def refusal(source: Source, nodes: object, edges: object) -> str:
        with pytest.raises(LiantuError) as refused, store.write() as writer:
            writer.replace(source, nodes, edges)
        return refused.value.code

    renamed = edges.set_column(CLAIMS.get_field_index("kind"), "kind", [["LEADS"] * edges.num_rows])
    unknown = edges.set_column(
        CLAIMS.get_field_index("kind"), "kind", [["`) DETACH DELETE x //"] * edges.num_rows]
    )
    assert refusal(source, nodes, renamed) == "claim.ends"
    assert refusal(source, nodes, unknown) == "claim.kind"
    assert refusal(source, nodes, nodes) == "claim.kind"
    assert refusal(source, edges, nodes) == "claim.evidence"
    assert refusal(Source(B, "b", "document", "1"), nodes, edges) == "claim.evidence"
    assert refusal(source, nodes.drop_columns(["quote"]), edges) == "claim.property"
    assert not store.exists()


def test_names_are_values_whatever_they_hold(tmp_path, finish):
    names = [
        "Entity`) WITH n MATCH (x) DETACH DELETE x //",
        "a'b\"c\\",
        "行\n换",
        "\\u0060",
        "$rows {x: 1}",
        "}']--",
    ]
    builder = ClaimsBuilder(A)
    for name in names:
        builder.node("Enterprise", name=name, evidence=Evidence(name), aliases=(name + "别名",), scale=name)
    store = written(tmp_path, finish(builder))
    other = ClaimsBuilder(B)
    for name in names:
        other.node("Enterprise", name=name, evidence=Evidence(name), scale=name)
        other.edge(
            "COOPERATES_WITH",
            other.node("School", name=name, evidence=Evidence(name)),
            other.node("Enterprise", name=name, evidence=Evidence(name)),
            Evidence(name),
            mode=name,
        )
    with store.write() as writer:
        writer.replace(*finish(other))
    with store.view() as view:
        assert set(view.nodes("Enterprise").column("name").to_pylist()) == set(names)
        assert set(view.edges("COOPERATES_WITH").column("mode").to_pylist()) == set(names)
        for name in names:
            assert name in view.find(name).column("name").to_pylist()
            assert view.query("cooperation", school=name).column("quote").to_pylist() == [name]
            identifier = view.query("cooperation", school=name).column("school").to_pylist()
            assert view.edges("COOPERATES_WITH", heads=identifier).num_rows == 1


def test_find_ranks_names_before_aliases_and_whole_before_part(tmp_path, finish):
    builder = ClaimsBuilder(A)
    for name, aliases in {
        "重电": (),
        "重庆电子学院": ("重电",),
        "重电大学": (),
        "渝校": ("重电分校",),
        "新重电学校": (),
        "老重电": (),
        "另一校": ("那个重电",),
        "无关": (),
    }.items():
        builder.node("School", name=name, aliases=aliases, evidence=WORDS)
    builder.node("Enterprise", name="重电", evidence=WORDS)
    with written(tmp_path, finish(builder)).view() as view:
        found = view.find("重 电")
        assert list(zip(found.column("rank").to_pylist(), found.column("name").to_pylist(), strict=True)) == [
            (0, "重电"),
            (0, "重电"),
            (1, "重庆电子学院"),
            (2, "重电大学"),
            (3, "渝校"),
            (4, "老重电"),
            (4, "新重电学校"),
            (5, "另一校"),
        ]
        assert found.column("label").to_pylist()[:2] == ["Enterprise", "School"]
        assert view.find("重电", labels=["Enterprise"]).num_rows == 1
        assert view.find("重电", limit=3) == found.slice(0, 3)
        assert (
            view.find("  ").num_rows
            == view.find("没有").num_rows
            == view.find("重电", labels=[]).num_rows
            == 0
        )
        with pytest.raises(LiantuError) as refused:
            view.find("重电", labels=["School` {"])
        assert refused.value.code == "claim.kind"


def test_a_view_stays_on_its_version_and_the_next_one_sees_the_new(tmp_path, tell):
    store = written(tmp_path, tell(A, FACTS))
    with store.view() as old:
        before = old.content_hash()
        for number in range(4):
            with store.write() as writer:
                writer.replace(*tell(B, FACTS[: number % 2 + 1]))
        with store.view() as new:
            assert new.version != old.version
            assert new.content_hash() != before
            assert new.sources().num_rows == 2
        assert old.content_hash() == before
        assert old.edges("OFFERS").num_rows == 3
    with pytest.raises(RuntimeError, match="ended"):
        old.nodes("School")


def test_there_is_no_view_of_what_is_not_there(tmp_path):
    store = open_store(str(tmp_path / "nothing"))
    assert not store.exists()
    with pytest.raises(LiantuError) as missing, store.view():
        pass
    assert missing.value.code == "graph.missing"
    assert not (tmp_path / "nothing").exists()


def test_no_graph_is_opened_at_what_is_no_address(tmp_path):
    (tmp_path / "file").touch()
    for address in ("ftp://neo4j:secret@host:7687", str(tmp_path / "file"), " "):
        with pytest.raises(LiantuError) as refused:
            open_store(address)
        assert refused.value.code == "graph.unsupported"
        assert "secret" not in str(refused.value)


def test_a_query_over_the_limit_is_cancelled(tmp_path, tell):
    store = LadybugStore(tmp_path, query_seconds=0.5)
    with store.write() as writer:
        writer.replace(*tell(A, [(n % 9, n % 7, "校", None, None) for n in range(10)]))
    long = "UNWIND range(1, 100000) AS i UNWIND range(1, 100000) AS j RETURN sum(i * j) AS total"
    with store.view() as view, pytest.raises(LiantuError) as busy:
        view._engine.table(long, name="long")
    assert busy.value.code == "graph.busy"
    with store.view() as view:
        assert view.nodes("School").num_rows == 9


WRITER = """
    import sys, time
    from pathlib import Path
    sys.path.insert(0, {tests!r})
    from conftest import facts_told
    from graph.store.engine import Engine
    from graph.store.ladybug import LadybugStore

    def stop(engine):
        print("mid-write", flush=True)
        time.sleep(60)

    Engine.checkpoint = stop
    with LadybugStore(Path({folder!r})).write() as writer:
        writer.replace(*facts_told({source!r}, {facts!r}))
"""

SWAPPER = """
    import sys
    from pathlib import Path
    sys.path.insert(0, {tests!r})
    from conftest import facts_told
    from graph.store.ladybug import LadybugStore

    for number in range(1, 6):
        facts = [(n, n, f"第{{number}}版", None, number) for n in range(number + 3)]
        with LadybugStore(Path({folder!r})).write() as writer:
            writer.replace(*facts_told("a" * 16, facts))
"""


def process(script: str, **values: object) -> subprocess.Popen[str]:
    text = dedent(script).format(tests=str(Path(__file__).parent), **values)
    return subprocess.Popen([sys.executable, "-c", text], stdout=subprocess.PIPE, text=True)


def test_a_killed_writer_leaves_the_graph_whole_and_a_second_one_is_told_who_writes(
    tmp_path: Path, tell: Callable[..., tuple[object, ...]]
):
    store = written(tmp_path / "killed", tell(A, FACTS))
    before = content(store)
    more = [(n, n, f"校{n}", None, n) for n in range(600)]
    other = process(WRITER, folder=str(tmp_path / "killed"), source=B, facts=more)
    try:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == "mid-write"
        with pytest.raises(LiantuError, match=f"pid {other.pid}") as locked, store.write():
            pass
        assert locked.value.code == "graph.locked"
        assert str(tmp_path) not in str(locked.value)
        assert content(store) == before
    finally:
        other.kill()
        other.communicate()
    assert content(LadybugStore(tmp_path / "killed")) == before
    with store.write() as writer:
        writer.replace(*tell(B, more))
    with_kill = content(store)
    assert with_kill == content(written(tmp_path / "whole", tell(A, FACTS), tell(B, more)))
    assert not list((tmp_path / "killed" / "versions").glob("000002*"))


def test_readers_see_one_version_each_while_another_process_writes(tmp_path, tell):
    store = written(tmp_path, tell(A, [(n, n, "第0版", None, 0) for n in range(3)]))
    ended, faults, seen = threading.Event(), [], set()

    def read() -> None:
        try:
            while not ended.wait(0.05):
                with store.view() as view:
                    offers, schools = view.edges("OFFERS"), view.nodes("School")
                    years = set(offers.column("year").to_pylist())
                    assert len(years) == 1
                    number = years.pop()
                    assert set(schools.column("name").to_pylist()) == {f"第{number}版"}
                    assert schools.num_rows == offers.num_rows == number + 3
                    assert view.query("schools-of-specialty", specialty="专业1").num_rows == 1
                    seen.add(number)
        except BaseException as error:
            faults.append(error)
            raise

    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    other = process(SWAPPER, folder=str(tmp_path))
    assert other.wait(timeout=60) == 0
    ended.set()
    for thread in threads:
        thread.join(timeout=30)
    assert not faults
    with store.view() as view:
        assert set(view.edges("OFFERS").column("year").to_pylist()) == {5}
    assert len(seen) > 2


def test_the_limit_of_queries_is_none_for_a_batch(tmp_path, tell):
    store = LadybugStore(tmp_path, query_seconds=0.001)
    for source in (A, B):
        with store.write() as writer:
            writer.replace(*tell(source, [(n % 40, n, f"校{n}", None, n) for n in range(600)]))
    with LadybugStore(tmp_path).view() as view:
        assert view.edges("OFFERS").num_rows == 1200


def test_a_store_is_opened_by_a_path_or_its_words(tmp_path: Path) -> None:
    for address in (tmp_path / "图谱", str(tmp_path / "图谱")):
        store = open_store(address)
        assert not store.exists()
        store.close()
