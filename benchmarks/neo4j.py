"""Records into Neo4j, beside a hand-written loop on the driver and beside py2neo.bulk; then answers on both engines.

    LIANTU_GRAPH=neo4j://… LIANTU_NEO4J_PASSWORD=… python benchmarks/neo4j.py [--json] [--edges 1000000]

The database must be empty, and is emptied again. Without LIANTU_GRAPH a server is brought up by tests/neo4j/server.py.
`driver`: the speed of `replace` over that of `UNWIND` in batches of the same size; `py2neo`: over that of
`create_relationships`. `gaps`, `find`, `node`, `linkage`: the time on LadybugDB over that on Neo4j (the larger,
the better Neo4j does), with median and 99th percentile of each at 1 and 16 clients.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

# This file is called as the driver is: look in the checkout, not in this folder.
sys.path[0] = str(Path(__file__).resolve().parents[1])

import neo4j
import py2neo
import pyarrow as pa
from py2neo.bulk import create_relationships

from benchmarks.store import Told, large
from graph import gaps
from graph.project import project
from graph.settings import Settings
from graph.store import Store, open_store
from tests.neo4j.server import running_server

BATCH = 10_000
COLUMNS = ("id", "quote", "place", "method", "confidence", "enrolled", "year", "source", "kind")


def rows_of(table: pa.Table) -> Iterator[list[dict[str, Any]]]:
    """The rows in batches, without what is unknown."""
    for batch in table.select(["head", "tail", *COLUMNS]).to_batches(BATCH):
        yield batch.to_pylist()


def empty(driver: neo4j.Driver, database: str) -> None:
    """Take everything out."""
    with driver.session(database=database) as session:
        session.run("MATCH ()-[r]->() CALL (r) { DELETE r } IN TRANSACTIONS OF 20000 ROWS").consume()
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()


def nodes_ready(driver: neo4j.Driver, database: str, told: Told) -> None:
    """The nodes of the claims, with a constraint on their ids, as everybody would begin."""
    driver.execute_query(
        "CREATE CONSTRAINT bare_id IF NOT EXISTS FOR (n:Bare) REQUIRE n.id IS UNIQUE", database_=database
    )
    ids = told[1].column("tail").to_pylist()
    driver.execute_query("UNWIND $ids AS id CREATE (:Bare {id: id})", ids=ids, database_=database)


def by_driver(driver: neo4j.Driver, database: str, told: Told) -> float:
    """Seconds of a loop as one writes it by hand: nodes are there, edges by UNWIND."""
    empty(driver, database)
    nodes_ready(driver, database, told)
    begun = time.perf_counter()
    statement = (
        "UNWIND $rows AS row MATCH (h:Bare {id: row.head}) MATCH (t:Bare {id: row.tail}) "
        "CREATE (h)-[r:OFFERS]->(t) SET r = row"
    )
    with driver.session(database=database) as session:
        for rows in rows_of(told[2]):
            session.execute_write(lambda work, rows: work.run(statement, rows=rows).consume(), rows)
    return time.perf_counter() - begun


def by_py2neo(driver: neo4j.Driver, database: str, told: Told, graph: py2neo.Graph) -> float:
    """Seconds of `py2neo.bulk` for the same edges."""
    empty(driver, database)
    nodes_ready(driver, database, told)
    begun = time.perf_counter()
    for rows in rows_of(told[2]):
        data = [(row.pop("head"), row, row.pop("tail")) for row in rows]
        create_relationships(graph.auto(), data, "OFFERS", ("Bare", "id"), ("Bare", "id"))
    return time.perf_counter() - begun


def load(store: Store, told: Told) -> float:
    """Seconds of one batch that replaces a source, nodes included."""
    begun = time.perf_counter()
    with store.write() as writer:
        writer.replace(*told)
    return time.perf_counter() - begun


def times(ask: Callable[[], object], clients: int, asked: int) -> tuple[float, float]:
    """Median and 99th percentile of `asked` answers to `clients` at once, seconds."""

    def one(_: int) -> float:
        begun = time.perf_counter()
        ask()
        return time.perf_counter() - begun

    with ThreadPoolExecutor(clients) as pool:
        found = sorted(pool.map(one, range(asked)))
    return found[len(found) // 2], found[min(len(found) - 1, len(found) * 99 // 100)]


def questions(store: Store) -> float:
    """Seconds of every gap question, end to end."""
    begun = time.perf_counter()
    with store.view() as view:
        projection = project(view, **gaps.needs())
        for question in gaps.questions().values():
            question.answer(projection)
    return time.perf_counter() - begun


def answers(store: Store, told: Told) -> dict[str, Callable[[], object]]:
    """What a portal asks again and again."""
    school = str(told[2].column("head")[0].as_py())

    def find() -> object:
        with store.view() as view:
            return view.find("School")

    def node() -> object:
        with store.view() as view:
            return view.nodes("School", [school]), view.edges("OFFERS", heads=[school])

    def linkage() -> object:
        with store.view() as view:
            return view.query("chain-linkage")

    return {"find": find, "node": node, "linkage": linkage}


def measured(
    address: str, settings: Settings, edges: int, asked: int, folder: Path
) -> list[dict[str, object]]:
    """All measurements, each beside the other on one machine."""
    told = large("b" * 16, edges)
    auth = (settings.neo4j_user, settings.neo4j_password)
    name = settings.neo4j_database
    with neo4j.GraphDatabase.driver(address, auth=auth, notifications_min_severity="OFF") as driver:
        hand = by_driver(driver, name, told)
        bulk = by_py2neo(driver, name, told, py2neo.Graph(address, auth=auth, name=name))
        empty(driver, name)
        server, embedded = open_store(address), open_store(str(folder / "graph"))
        ours = load(server, told)
        load(embedded, told)
        results: list[dict[str, object]] = [
            {
                "name": "driver",
                "ratio": round(hand / ours, 2),
                "seconds": round(ours, 2),
                "other": round(hand, 2),
            },
            {
                "name": "py2neo",
                "ratio": round(bulk / ours, 2),
                "seconds": round(ours, 2),
                "other": round(bulk, 2),
            },
        ]
        here, there = questions(embedded), questions(server)
        results.append(
            {
                "name": "gaps",
                "ratio": round(here / there, 2),
                "seconds": round(there, 2),
                "other": round(here, 2),
            }
        )
        local = answers(embedded, told)
        for what, ask in answers(server, told).items():
            for clients in (1, 16):
                median, slowest = times(ask, clients, asked)
                other, other_slowest = times(local[what], clients, asked)
                results.append(
                    {
                        "name": f"{what}-{clients}",
                        "ratio": round(other / median, 2),
                        "seconds": round(median, 4),
                        "p99": round(slowest, 4),
                        "other": round(other, 4),
                        "other_p99": round(other_slowest, 4),
                    }
                )
        server.close()
        embedded.close()
        empty(driver, name)
    return results


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--edges", type=int, default=1_000_000)
    parser.add_argument("--asked", type=int, default=200)
    chosen = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        address = os.environ.get("LIANTU_GRAPH", "")
        if "://" not in address:
            server = stack.enter_context(running_server())
            address = server.uri
            os.environ["LIANTU_NEO4J_PASSWORD"] = server.password
        results = measured(address, Settings.load(), chosen.edges, chosen.asked, folder)
    if chosen.json:
        print(json.dumps(results))
        return
    for result in results:
        print("   ".join(f"{name} {value}" for name, value in result.items()))


if __name__ == "__main__":
    main()
