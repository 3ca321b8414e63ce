"""The API under clients that ask at once, on both engines: `liantu serve` as it is started, asked over HTTP.

    LIANTU_GRAPH=neo4j://… LIANTU_NEO4J_PASSWORD=… python benchmarks/api.py [--json] [--edges 50000] [--asked 400]

The database must be empty, and is emptied again. Without LIANTU_GRAPH a server is brought up by tests/neo4j/server.py.
`find`, `node` (a school with a page of its claims), `linkage` (a named query): median and 99th percentile of the time
to an answer at 1 and 16 clients; `beside-slow`: `find` at 16 clients while 8 others keep asking for the content hash of
versions that change. The ratio is the median on LadybugDB over that on Neo4j (the larger, the better Neo4j does).
"""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path[0] = str(Path(__file__).resolve().parents[1])

import httpx

from benchmarks.results import arguments, show
from benchmarks.store import large
from graph.store import open_store
from tests.neo4j.server import running_server

CLIENTS = (1, 16)
SLOW = "{schools(first: 100){nodes{offers(first: 100){totalCount edges{quote enrolled}}}}}"
QUERIES = {
    "find": '{find(text: "School", first: 20){rank node{name}}}',
    "node": '{node(id: "School:7"){name ... on School{offers(first: 20){totalCount edges{enrolled quote source{name} '
    "node{name}}}}}}",
    "linkage": '{query(name: "chain-linkage"){totalCount}}',
}


@contextmanager
def served(address: str) -> Iterator[str]:
    """`liantu serve` for the time of a block; where it answers."""
    command = [sys.executable, "-c", "from cli.main import run; run()", "serve", "--port", "0", "--graph"]
    environment = {**os.environ, "LIANTU_API_COST": "1000000", "LIANTU_LANG": "en"}
    with subprocess.Popen([*command, address], stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        told = re.search(r"http://\S+/graphql", process.stdout.readline())
        assert told is not None
        try:
            yield told.group()
        finally:
            process.terminate()


async def ask(http: httpx.AsyncClient, where: str, query: str) -> float:
    """Seconds to the answer, which must be one."""
    begun = time.perf_counter()
    answer = (await http.post(where, json={"query": query})).json()
    assert "errors" not in answer, answer["errors"]
    return time.perf_counter() - begun


async def times(where: str, query: str, clients: int, asked: int, slow: int = 0) -> tuple[float, float]:
    """Median and 99th percentile of `asked` answers to `clients` at once, beside `slow` ones with a long question."""
    found: list[float] = []
    left = asked
    ended = asyncio.Event()

    async def one(http: httpx.AsyncClient) -> None:
        nonlocal left
        while left > 0:
            left -= 1
            found.append(await ask(http, where, query))

    async def long(http: httpx.AsyncClient) -> None:
        while not ended.is_set():
            await ask(http, where, SLOW)

    limits = httpx.Limits(max_connections=clients + slow)
    async with httpx.AsyncClient(timeout=120, limits=limits) as http:
        await ask(http, where, query)
        beside = [asyncio.create_task(long(http)) for _ in range(slow)]
        await asyncio.gather(*(one(http) for _ in range(clients)))
        ended.set()
        await asyncio.gather(*beside)
    found.sort()
    return found[len(found) // 2], found[min(len(found) - 1, len(found) * 99 // 100)]


def answers(address: str, asked: int) -> dict[str, tuple[float, float]]:
    """What each question takes on the graph at `address`."""
    found = {}
    with served(address) as where:
        for name, query in QUERIES.items():
            for clients in CLIENTS:
                found[f"{name}-{clients}"] = asyncio.run(times(where, query, clients, asked))
        found["beside-slow"] = asyncio.run(times(where, QUERIES["find"], 16, asked, slow=4))
    return found


def measured(address: str, edges: int, asked: int, folder: Path) -> list[dict[str, object]]:
    """All measurements, one engine after the other on one machine."""
    told = large("b" * 16, edges)
    found = []
    for place in (str(folder / "graph"), address):
        store = open_store(place)
        with store.write() as writer:
            writer.replace(*told)
        store.close()
        found.append(answers(place, asked))
    return [
        {
            "name": name,
            "ratio": round(found[0][name][0] / median, 2),
            "seconds": round(median, 4),
            "p99": round(slowest, 4),
            "other": round(found[0][name][0], 4),
            "other_p99": round(found[0][name][1], 4),
        }
        for name, (median, slowest) in found[1].items()
    ]


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("--edges", type=int, default=50_000)
    parser.add_argument("--asked", type=int, default=400)
    chosen = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        address = os.environ.get("LIANTU_GRAPH", "")
        if "://" not in address:
            server = stack.enter_context(running_server(brief=False))
            address = server.uri
            os.environ["LIANTU_NEO4J_PASSWORD"] = server.password
        results = measured(address, chosen.edges, chosen.asked, folder)
    show(results, as_json=chosen.json)


if __name__ == "__main__":
    main()
