"""Several loaders of one Neo4j: nothing lost, nothing doubled, and nobody sees half of what one of them writes."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from graph.errors import LiantuError
from graph.settings import Settings
from graph.store import open_store
from graph.store.ladybug import LadybugStore
from graph.store.neo4j.store import Neo4jStore
from tests.graph.store.contents import content, expected, left, rows, write

A, B = "a" * 16, "b" * 16
FEW = [
    (1, 1, "重庆电子职院", "高职专科", 2024),
    (1, 2, "重庆电子职院", None, None),
    (2, 2, "工业职院", None, 2023),
]
FACTS = [(n % 40, n % 7, f"校{n % 40}", None, 2000 + n) for n in range(120)]


LOADER = """
    import sys
    sys.path.insert(0, {tests!r})
    from conftest import facts_told
    from graph.store import open_store

    with open_store({address!r}).write() as writer:
        writer.replace(*facts_told({source!r}, {facts!r}))
        print("staged", flush=True)
        sys.stdin.read()
"""


def test_a_killed_loader_leaves_nothing_and_the_next_one_clears(store, tell, neo4j_address):
    write(store, tell(A, FEW))
    before = content(store)
    script = dedent(LOADER).format(
        tests=str(Path(__file__).parent),
        address=neo4j_address,
        source=B,
        facts=[(n, n, "校", None, 1) for n in range(50)],
    )
    other = subprocess.Popen(
        [sys.executable, "-c", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=dict(os.environ),
    )
    try:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == "staged"
        assert content(store) == before
        assert rows(store, "MATCH ()-[r:OFFERS]->() RETURN count(r)") == [[50 + len(FEW)]]
        write(store, tell(A, FEW))  # while it lives nobody clears its claims
        assert rows(store, "MATCH ()-[r:OFFERS]->() WHERE r.source = 'bbbbbbbbbbbbbbbb' RETURN count(r)") == [
            [50]
        ]
    finally:
        other.kill()
        other.communicate()
    assert content(store) == before
    write(store, tell(A, FEW))
    assert rows(store, "MATCH ()-[r]->() WHERE r.source = 'bbbbbbbbbbbbbbbb' RETURN count(r)") == [[0]]
    assert rows(store, "MATCH (n:Lane) RETURN count(n)") == [[0]]
    assert content(store) == before


def test_eight_loaders_at_once_lose_and_double_nothing_while_readers_see_whole_versions(
    store, tell, tmp_path, neo4j_address
):
    sources = [f"{number:016d}" for number in range(8)]

    def said(number: int, turn: int) -> Any:
        # schools of its own, whose names and years say the turn; specialties that all of them state
        own = [(number * 100 + n, n, f"第{turn}版{number}", None, turn) for n in range(turn + 3)]
        return tell(sources[number], own)

    write(store, *(said(number, 0) for number in range(8)))
    ended, faults = threading.Event(), []

    def guarded(act: Callable[[], None]) -> threading.Thread:
        def run() -> None:
            try:
                act()
            except BaseException as error:
                faults.append(error)
                raise

        thread = threading.Thread(target=run)
        thread.start()
        return thread

    def load(number: int) -> None:
        own = Neo4jStore(neo4j_address)
        for turn in (1, 2):
            write(own, said(number, turn))
        own.close()

    def read() -> None:
        while not ended.is_set():
            with store.view() as view:
                offers, schools = view.edges("OFFERS").to_pylist(), view.nodes("School").to_pylist()
                names = {row["id"]: row["name"] for row in schools}
                assert len(names) == len({row["head"] for row in offers})
                for number, source in enumerate(sources):
                    mine = [row for row in offers if row["source"] == source]
                    turn = mine[0]["year"]
                    assert len(mine) == turn + 3
                    assert {row["year"] for row in mine} == {turn}
                    assert {names[row["head"]] for row in mine} == {f"第{turn}版{number}"}
                found = view.query("schools-of-specialty", specialty="专业1").to_pylist()
                assert [row["school_name"] for row in found] == [names[row["school"]] for row in found]
                assert len(found) == 8

    loaders = [guarded(lambda number=number: load(number)) for number in range(8)]
    readers = [guarded(read) for _ in range(2)]
    for thread in loaders:
        thread.join(timeout=120)
    ended.set()
    for thread in readers:
        thread.join(timeout=60)
    assert not faults
    embedded = LadybugStore(tmp_path)
    write(embedded, *(said(number, 2) for number in range(8)))
    assert content(store) == content(embedded)


def test_of_two_loaders_of_one_source_the_last_counts(store, tell, neo4j_address, tmp_path):
    other = Neo4jStore(neo4j_address)
    with store.write() as first:
        first.replace(*tell(A, FEW))
        with other.write() as second:
            second.replace(*tell(A, FEW[:1]))
    other.close()
    embedded = LadybugStore(tmp_path)
    write(embedded, tell(A, FEW))
    assert content(store) == content(embedded)


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("loaders", [2, 8])
def test_loaders_of_one_source_at_once_double_nothing(
    neo4j_address: str, tell: Any, tmp_path: Path, loaders: int
) -> None:
    faults: list[BaseException] = []
    together = threading.Barrier(loaders)

    def load() -> None:
        store = Neo4jStore(neo4j_address, Settings.load(neo4j_grace=0.0))
        try:
            together.wait(60)
            write(store, tell(A, FACTS))
        except BaseException as error:
            faults.append(error)
            raise
        finally:
            store.close()

    threads = [threading.Thread(target=load) for _ in range(loaders)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(240)
    assert not faults
    store = Neo4jStore(neo4j_address, Settings.load(neo4j_grace=0.0))
    wanted = expected(tmp_path / "graph", tell(A, FACTS))
    assert content(store) == wanted
    write(store, tell(A, FACTS))
    claims = int(sum(wanted[1].column("claims").to_pylist()))
    assert left(neo4j_address, Settings.load()) == {"sources": 1, "claims": claims, "loads": 0}
    store.close()


def test_eight_loaders_of_one_source_into_a_directory_double_nothing(tell: Any, tmp_path: Path) -> None:
    refused: list[str] = []
    together = threading.Barrier(8)

    def load() -> None:
        together.wait(60)
        try:
            write(open_store(str(tmp_path / "graph")), tell(A, FACTS))
        except LiantuError as error:
            refused.append(error.code)

    threads = [threading.Thread(target=load) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert set(refused) <= {"graph.locked"}
    assert len(refused) < 8
    assert content(open_store(str(tmp_path / "graph"))) == expected(tmp_path / "other", tell(A, FACTS))
