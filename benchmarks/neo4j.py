"""Records into Neo4j, beside what people write by hand; then the same answers on both engines, on a national graph.

    LIANTU_GRAPH=neo4j://… LIANTU_NEO4J_PASSWORD=… python benchmarks/neo4j.py [--json] [--part load|answers]
        [--edges 1000000] [--rounds 1] [--share 1.0] [--asked 100]

The database must be empty, and is emptied again. Without LIANTU_GRAPH a server is brought up by tests/neo4j/server.py.
`driver`, `py2neo`: the speed of `replace` over that of `by_hand.py`, which writes the same nodes, edges and values (it is
counted), after a small load by each of the three, and in the other order every second round. `gaps`, `read`, `find`,
`node`, `linkage`: the time on LadybugDB over that on Neo4j (the larger, the better Neo4j does) on the graph of
`national_graph.py`, or a `--share` of it; of answers that are asked `--asked` times, the median and 99th percentile in
seconds, at 1 and 16 clients.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

# This file is called as the driver is: look in the checkout, not in this folder.
sys.path[0] = str(Path(__file__).resolve().parents[1])

import neo4j

try:
    import py2neo
except ImportError:
    sys.exit("benchmarks/neo4j.py: pip install 'liantu[py2neo]' first")

from benchmarks.by_hand import ByDriver, ByPy2neo, written
from benchmarks.national_graph import national_told
from benchmarks.results import Result, arguments, show
from benchmarks.store import Told, large
from graph import gaps
from graph.errors import LiantuError
from graph.project import project
from graph.settings import Settings
from graph.store import Store, open_store
from tests.neo4j.server import ServerError, running_server

WARMING = 100_000  # edges that each way loads before what is measured


def empty(driver: neo4j.Driver, database: str) -> None:
    """Take everything out."""
    with driver.session(database=database) as session:
        session.run("MATCH ()-[r]->() CALL (r) { DELETE r } IN TRANSACTIONS OF 20000 ROWS").consume()
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()


@contextmanager
def database() -> Iterator[tuple[str, neo4j.Driver, Settings, Cost]]:
    """The empty database that LIANTU_GRAPH names, emptied again; else that of a server of its own."""
    with ExitStack() as stack:
        address = os.environ.get("LIANTU_GRAPH", "")
        given, pid = "://" in address, None
        if not given:
            server = stack.enter_context(running_server(brief=False))
            pid = server.pid
            address, os.environ["LIANTU_NEO4J_PASSWORD"] = server.uri, server.password
        open_store(address).close()
        settings = Settings.load()
        driver = stack.enter_context(
            neo4j.GraphDatabase.driver(
                address,
                auth=(settings.neo4j_user, settings.neo4j_password),
                notifications_min_severity="OFF",
            )
        )
        if driver.execute_query("MATCH (n) RETURN n LIMIT 1", database_=settings.neo4j_database).records:
            sys.exit("benchmarks/neo4j.py: the database is not empty, and would be emptied: name another")
        try:
            yield address, driver, settings, Cost(pid)
        finally:
            if given:
                empty(driver, settings.neo4j_database)


class Cost:
    """What something takes: seconds on the clock, and of processor where the server is one of this machine (else 0).

    On a machine that does other work as well the processor tells more than the clock.
    """

    def __init__(self, pid: int | None) -> None:
        self._server = Path(f"/proc/{pid}/stat")

    def of(self, act: Callable[[], object]) -> tuple[float, float]:
        """Do it, and say what it took."""
        clock, processor = time.perf_counter(), self._processor()
        act()
        return time.perf_counter() - clock, self._processor() - processor

    def _processor(self) -> float:
        if not self._server.exists():
            return 0.0
        fields = self._server.read_text(encoding="utf-8").rpartition(")")[2].split()
        return time.process_time() + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def seconds(act: Callable[[], object]) -> float:
    """How long it takes."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def load(store: Store, *told: Told) -> None:
    """One batch that replaces the sources."""
    with store.write() as writer:
        for one in told:
            writer.replace(*one)


def loads(
    address: str, driver: neo4j.Driver, settings: Settings, cost: Cost, edges: int, rounds: int
) -> list[Result]:
    """The same claims by liantu and by hand, in turns so that all see the same machine."""
    told, name = large("b" * 16, edges), settings.neo4j_database
    little = large("b" * 16, min(edges, WARMING))
    auth = (settings.neo4j_user, settings.neo4j_password)
    store = open_store(address)
    driven = ByDriver(driver, name)
    bulk = ByPy2neo(py2neo.Graph(address, auth=auth, name=name), driver, name)
    took: dict[str, list[tuple[float, float]]] = {"": [], driven.suffix: [], bulk.suffix: []}
    ways: list[tuple[str, Callable[[Told], object]]] = [
        (driven.suffix, driven.load),
        ("", lambda content: load(store, content)),
        (bulk.suffix, bulk.load),
    ]
    for turn in range(-1, rounds):
        load(store)  # constraints and indexes
        driven.ready()
        bulk.ready()
        for suffix, way in ways if turn % 2 == 0 else reversed(ways):
            if turn < 0:  # a server that has just started compiles what it runs: none of the three pays alone
                way(little)
                continue
            took[suffix].append(cost.of(partial(way, told)))
            print(f"  {suffix or 'liantu'}: %.1f s, processor %.1f s" % took[suffix][-1], file=sys.stderr)
        contents = {suffix: written(driver, name, told if turn >= 0 else little, suffix) for suffix in took}
        if len(set(contents.values())) != 1:
            sys.exit(f"benchmarks/neo4j.py: they did not write the same: {contents}")
        if turn + 1 < rounds:
            empty(driver, name)
    store.close()
    (clock, processor), results = middle(took[""]), []
    for name, suffix in (("driver", driven.suffix), ("py2neo", bulk.suffix)):
        other, other_processor = middle(took[suffix])
        spent = {"processor": round(processor, 1), "other_processor": round(other_processor, 1)}
        results.append(compared(name, other, clock, edges=edges, **spent))
    return results


def middle(took: list[tuple[float, float]]) -> tuple[float, float]:
    """The medians of what the rounds took."""
    clock, processor = zip(*took, strict=True)
    return statistics.median(clock), statistics.median(processor)


def compared(name: str, other: float, ours: float, **more: object) -> Result:
    """A line of the results: the time of the other over ours."""
    return {
        "name": name,
        "ratio": round(other / ours, 2),
        "seconds": round(ours, 4),
        "other": round(other, 4),
        **more,
    }


def times(ask: Callable[[], object], clients: int, asked: int) -> tuple[float, float]:
    """Median and 99th percentile of `asked` answers to `clients` at once, seconds."""
    with ThreadPoolExecutor(clients) as pool:
        found = sorted(pool.map(lambda _: seconds(ask), range(asked)))
    return found[len(found) // 2], found[min(len(found) - 1, len(found) * 99 // 100)]


def questions(store: Store) -> tuple[float, float, list[int]]:
    """Seconds to read the graph, seconds of every gap question on what was read, and how many findings each has."""
    begun = time.perf_counter()
    with store.view() as view:
        projection = project(view, **gaps.needs())
    read = time.perf_counter()
    found = [len(question.answer(projection)) for question in gaps.questions().values()]
    return read - begun, time.perf_counter() - read, found


def asked_often(store: Store) -> dict[str, Callable[[], object]]:
    """What a portal asks again and again."""
    with store.view() as view:
        school = view.find("职业", labels=["School"], limit=1).column("id")[0].as_py()
        linked = view.query("chain-linkage").column("chain").to_pylist()
        source = view.sources().column("id")[0].as_py()
    chain = max(set(linked), key=lambda one: (-linked.count(one), one))  # the one with the fewest links

    def find(text: str) -> Callable[[], object]:
        return seen(lambda view: view.find(text))

    def seen(ask: Callable[[Any], object]) -> Callable[[], object]:
        def answer() -> object:
            with store.view() as view:
                return ask(view)

        return answer

    return {
        "find": find("软件技术"),
        "find-common-word": find("企业"),
        "node": seen(lambda view: (view.nodes("School", [school]), view.edges("OFFERS", heads=[school]))),
        "linkage": seen(lambda view: view.query("chain-linkage", chain=chain)),
        "claims-of-source": seen(lambda view: view.query("claims-of-source", source=source, kind="STAFFS")),
    }


def answers(address: str, share: float, asked: int, folder: Path) -> list[Result]:
    """The national graph in both engines, and what is asked of it."""
    told = national_told(share)
    server, embedded = open_store(address), open_store(str(folder / "graph"))
    claims = told[1].num_rows + told[2].num_rows
    ours, other = (seconds(lambda store=store: load(store, told)) for store in (server, embedded))
    results = [compared("load", other, ours, claims=claims)]
    print(results[-1], file=sys.stderr, flush=True)
    local, remote = asked_often(embedded), asked_often(server)
    for what, ask in remote.items():
        for clients in (1, 16):
            (here, here_slowest), (there, there_slowest) = (
                times(way, clients, asked) for way in (local[what], ask)
            )
            slow = {"p99": round(there_slowest, 4), "other_p99": round(here_slowest, 4)}
            results.append(compared(f"{what}-{clients}", here, there, **slow))
            print(results[-1], file=sys.stderr, flush=True)
    (here_read, here_asked, here_found), (read, answered, found) = questions(embedded), questions(server)
    if found != here_found:
        raise SystemExit(f"they did not find the same: {here_found} {found}")
    results.append(compared("read", here_read, read))
    results.append(compared("gaps", here_read + here_asked, read + answered, questions=len(found)))
    server.close()
    embedded.close()
    return results


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("--part", choices=("load", "answers"))
    parser.add_argument("--edges", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--asked", type=int, default=100)
    chosen = parser.parse_args()
    os.environ["LIANTU_QUERY_SECONDS"] = "0"
    results: list[Result] = []
    try:
        if chosen.part != "answers":
            with database() as (address, driver, settings, cost):
                results += loads(address, driver, settings, cost, chosen.edges, chosen.rounds)
        if chosen.part != "load":
            with database() as (address, _, _, _), TemporaryDirectory() as folder:
                results += answers(address, chosen.share, chosen.asked, Path(folder))
    except (LiantuError, ServerError) as error:
        sys.exit(f"benchmarks/neo4j.py: {error}")
    show(results, as_json=chosen.json)


if __name__ == "__main__":
    main()
