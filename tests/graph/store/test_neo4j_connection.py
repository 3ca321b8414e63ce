"""How liantu speaks with a Neo4j: one driver, reads declared as reads, its own writes seen, deadlocks tried again."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

import neo4j
import pytest
from neo4j.exceptions import ClientError

from graph.errors import LiantuError
from graph.store import open_store
from graph.store.neo4j import connection, schema, target
from graph.store.neo4j.connection import Connection
from graph.store.neo4j.store import Neo4jStore

FACTS = [(1, 1, "甲校", "高职专科", 2024), (2, 1, "乙校", None, None)]


@pytest.fixture
def line(neo4j_address: str) -> Iterator[Connection]:
    opened = Connection(neo4j_address)
    yield opened
    opened.close()


def test_all_stores_of_a_process_have_one_driver_until_the_last_is_closed(neo4j_address: str) -> None:
    before = dict(connection._drivers)
    one, other = Neo4jStore(neo4j_address), Neo4jStore(neo4j_address)
    assert one._connection._driver is other._connection._driver
    one.close()
    one.close()  # twice is once
    assert not other.exists()
    other.close()
    assert connection._drivers == before


def test_a_server_that_is_too_old_is_refused_when_the_graph_is_opened(
    neo4j_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(target, "_OLDEST", 1000)
    before = dict(connection._drivers)  # of other tests on the same server
    with pytest.raises(LiantuError) as refused:
        open_store(neo4j_address)
    assert refused.value.code == "graph.version"
    assert "Neo4j/" in str(refused.value)
    assert connection._drivers == before


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_reads_are_declared_so_also_by_way_of_the_routing_table(
    neo4j_address: str, tell: Any, scheme: str
) -> None:
    store = Neo4jStore(neo4j_address.replace("bolt://", f"{scheme}://"))
    with store.write() as writer:
        writer.replace(*tell("a" * 16, FACTS))
    with store.view() as view:
        assert view.find("甲").column("name").to_pylist() == ["甲校"]
        assert view.count("OFFERS") == len(FACTS)
    with pytest.raises(ClientError, match=r"(?i)access mode"):
        store._connection.rows("CREATE (:Foreign)")
    store.close()


def test_what_is_asked_next_waits_for_what_was_written(line: Connection) -> None:
    """On one server nothing lags behind: what is seen here is that the bookmarks are kept and handed on."""
    line.run("CREATE (:Foreign)")
    first = set(line._bookmarks.get_bookmarks())
    line.run("CREATE (:Foreign)")
    second = set(line._bookmarks.get_bookmarks())
    assert first
    assert second
    assert first.isdisjoint(second)
    assert line.rows("MATCH (n:Foreign) RETURN count(n)") == [[2]]
    assert set(line._bookmarks.get_bookmarks()) == second


def test_a_deadlock_is_broken_by_the_server_and_tried_again(line: Connection) -> None:
    line.run("CREATE (:Foreign {id: 0, times: 0}), (:Foreign {id: 1, times: 0})")
    both_hold, tried, faults = threading.Barrier(2), [0, 0], list[BaseException]()

    def cross(first: int) -> None:
        def work(transaction: neo4j.ManagedTransaction) -> None:
            tried[first] += 1
            for place, one in enumerate((first, 1 - first)):
                if place and tried[first] == 1:
                    both_hold.wait(60)  # each holds what the other wants next
                add = "MATCH (n:Foreign {id: $id}) SET n.times = n.times + 1"
                transaction.run(add, id=one).consume()

        try:
            line.write(work)
        except BaseException as error:
            faults.append(error)
            raise

    threads = [threading.Thread(target=cross, args=(first,)) for first in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not faults
    assert sum(tried) > 2  # there was a deadlock
    assert line.rows("MATCH (n:Foreign) RETURN n.times ORDER BY n.id") == [[2], [2]]


def test_an_index_that_is_missing_is_made_before_data(neo4j_address: str) -> None:
    store = Neo4jStore(neo4j_address)
    store._connection.run(f"DROP INDEX {schema.NAMES_INDEX} IF EXISTS")
    with store.write():
        pass
    found = store._connection.rows("SHOW INDEXES YIELD name, state RETURN name, state")
    assert dict(found).items() >= dict.fromkeys(schema.named_statements(), "ONLINE").items()
    store.close()


WITHOUT_RUST = """
import sys
{block}
from graph.store import open_store
store = open_store({address!r})
with store.view() as view:
    print("neo4j._rust.codec.packstream.v1" in sys.modules, view.content_hash())
store.close()
"""


def test_with_and_without_the_extra_fast_the_same_is_read(neo4j_address: str, tell: Any) -> None:
    pytest.importorskip("neo4j._rust", reason="comes with liantu[fast]")
    store = Neo4jStore(neo4j_address)
    with store.write() as writer:
        writer.replace(*tell("a" * 16, FACTS))
    with store.view() as view:
        hashed = view.content_hash()
    store.close()

    def read(block: str) -> list[str]:
        code = WITHOUT_RUST.format(block=block, address=neo4j_address)
        told = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=os.environ
        )
        assert told.returncode == 0, told.stderr
        return told.stdout.split()

    assert read("") == ["True", hashed]
    assert read('sys.modules["neo4j._rust"] = None') == ["False", hashed]
