"""Slow questions, real ones, on each engine: ended when their time is over, and in nobody's way before."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import neo4j
import pytest

from graph.language import Text
from graph.store.queries import Query, query_named
from tests.api.watched import Watched
from tests.neo4j.database import Database

# Minutes of work for either engine; the graph is not read, so that the time does not depend on it.
ENDLESS = "UNWIND range(1, 1000000) AS i UNWIND range(1, 100000) AS j RETURN sum(i * j) AS total"
SLOW = '{query(name: "endless"){totalCount}}'
QUICK = '{find(text: "长安", first: 1){rank}}'


@pytest.fixture(autouse=True)
def endless(monkeypatch: pytest.MonkeyPatch) -> None:
    """A named query that does not end by itself."""
    query = Query("endless", Text("无尽", "endless"), {}, ("total",), ENDLESS)

    def named(name: str) -> Query:
        return query if name == query.name else query_named(name)

    for module in ("graph.store.snapshot", "graph.store.neo4j.reading"):
        monkeypatch.setattr(f"{module}.query_named", named)


@pytest.fixture
def at_work(engine: str) -> Iterator[Callable[[], int]]:
    """How many statements without an end the server is at; on the embedded engine its threads tell."""
    database = Database.for_reading() if engine == "neo4j" else None
    if database is None:
        yield lambda: 0
        return
    with neo4j.GraphDatabase.driver(database.uri, auth=(database.user, database.password)) as driver:

        def count() -> int:
            found = driver.execute_query("SHOW TRANSACTIONS YIELD currentQuery RETURN currentQuery").records
            return sum(str(record[0]).startswith("UNWIND range(1, 1000000)") for record in found)

        yield count


def became(wanted: Callable[[], bool], seconds: float = 10) -> bool:
    until = time.monotonic() + seconds
    while not wanted() and time.monotonic() < until:
        time.sleep(0.02)
    return wanted()


def busy(answer: Any) -> bool:
    return bool(answer["data"] is None and answer["errors"][0]["extensions"]["code"] == "graph.busy")


def test_a_question_past_its_time_is_ended_in_the_engine(
    serve: Any, store: Any, at_work: Callable[[], int]
) -> None:
    watched = Watched(store)
    # one thread or connection: it must be free again for the next question; the engine itself would go on for minutes
    with serve(watched, query_seconds=1.5, engine_seconds=600, api_threads=1) as client:
        for _ in range(2):
            assert busy(client.ask(SLOW))
            assert became(lambda: at_work() == 0)
            assert became(lambda: "errors" not in client.ask(QUICK))
            assert became(lambda: watched.open == 0)


def test_slow_questions_hold_up_neither_others_nor_the_health_page(
    serve: Any, store: Any, at_work: Callable[[], int], engine: str
) -> None:
    with serve(store, query_seconds=3, engine_seconds=600, api_threads=2) as client:
        assert "errors" not in client.ask(QUICK)
        slow = client.started(SLOW)
        if engine == "neo4j":
            assert became(lambda: at_work() == 1, 2)
        for _ in range(3):
            assert "errors" not in client.ask(QUICK)
        assert not slow.done()
        more = [client.started(SLOW) for _ in range(3)]
        assert client.request("GET", "/healthz").status_code == 200
        assert not slow.done()
        assert all(busy(one.result(timeout=20).json()) for one in (slow, *more))
        assert became(lambda: at_work() == 0)


def test_the_engine_has_a_limit_of_its_own(serve: Any, store: Any, at_work: Callable[[], int]) -> None:
    with serve(store, query_seconds=30, engine_seconds=0.5) as client:
        begun = time.monotonic()
        assert busy(client.ask(SLOW))
        assert time.monotonic() - begun < 15
        assert became(lambda: at_work() == 0)


def test_what_others_wait_for_is_worked_out_where_the_first_has_gone(serve: Any, store: Any) -> None:
    watched = Watched(store)
    watched.pause = 0.12
    with serve(watched, query_seconds=1.5, engine_seconds=30) as client:
        assert busy(client.ask("{uncoveredChains{totalCount}}"))
        assert watched.open == 1
        assert became(lambda: watched.open == 0, 30)
        assert "errors" not in client.ask("{isolatedMembers{totalCount}}")
    assert [name for name, given, _ in watched.asked if given == ("SERVES",)].count("edges") == 1
