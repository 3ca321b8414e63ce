"""What all tests share: English unless a test says otherwise, no settings from outside, one demonstration graph.

A test that takes `empty_address`, `demo_address` or `engine` runs on every engine: always on LadybugDB, and on Neo4j
where `tests/neo4j/server.py` (`make test-neo4j`) has brought a server up.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from filelock import FileLock
from hypothesis import settings

from tests.neo4j.database import Database
from tests.neo4j.server import Server
from tests.neo4j.server import running_server as a_running_server

# Before anything of ours is imported: the words of the commands are chosen when their modules load.
for _name in [name for name in os.environ if name.startswith("LIANTU_")]:
    if _name.startswith("LIANTU_TEST_"):
        continue  # where the server of the tests is
    del os.environ[_name]
os.environ["LIANTU_LANG"] = "en"

# `.ci/run` asks for it: the same examples every time, so that a change fails by what it does. Elsewhere they are random.
settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)

_NEO4J, _NEO4J_READ = Database.given(), Database.for_reading()
_FIXTURES_ON_NEO4J = {"neo4j_database", "running_server", "demo_on_neo4j"}
_ONLY_READ = {"demo_address", "demo_on_neo4j", "sample_graph"}
_LONGEST_NAME = 100  # of a value in the name of a test


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Long values name a test by their length: thirty megabytes in a name went to and from every worker."""
    if isinstance(val, str | bytes) and len(val) > _LONGEST_NAME:
        return f"{argname}-of-{len(val)}"
    return None


@pytest.fixture(scope="module", autouse=True)
def memory_given_back() -> Iterator[None]:
    """After each module the memory that it freed goes back to the machine: Linux keeps gigabytes of it."""
    yield
    if sys.platform == "linux":
        with suppress(AttributeError, OSError):  # not glibc
            ctypes.CDLL(None).malloc_trim(0)


@pytest.fixture(scope="session", autouse=True)
def readers_kept() -> Iterator[None]:
    """The processes that read files serve all batches of a run: starting one takes seconds."""
    from ingest.worker import kept_readers  # noqa: PLC0415 - the settings of outside must be gone first

    with kept_readers():
        yield


@pytest.fixture(scope="session")
def reference_graph(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A graph with the catalogues alone, built once a run for all workers. Only read it, or a copy of it."""
    from ingest.batch import initialise  # noqa: PLC0415 - most tests do without the catalogues

    def build(folder: Path) -> None:
        initialise(str(folder / "graph"))

    return _built_once(tmp_path_factory, worker_id, "reference", build) / "graph"


@pytest.fixture(scope="session")
def demo_graph(tmp_path_factory: pytest.TempPathFactory, worker_id: str, reference_graph: Path) -> Path:
    """The demonstration graph, built once a run for all workers. Only read it: to change it take `demo_copy`."""
    from ingest.demo import GRAPH_FOLDER, build_demo  # noqa: PLC0415 - most tests do without the extractor

    def build(folder: Path) -> None:
        shutil.copytree(reference_graph, folder / GRAPH_FOLDER)
        build_demo(folder)

    return _built_once(tmp_path_factory, worker_id, "demo", build) / GRAPH_FOLDER


def _built_once(
    factory: pytest.TempPathFactory, worker: str, name: str, build: Callable[[Path], None]
) -> Path:
    """A folder that the first worker to need it builds, and the others find."""
    shared = factory.getbasetemp()
    if worker != "master":
        shared = shared.parent  # a worker's folder lies in the folder of the run
    folder, built = shared / name, shared / f"{name}.built"
    with FileLock(shared / f"{name}.lock"):
        if not built.exists():
            build(folder)
            built.touch()
    return folder


@pytest.fixture
def demo_copy(demo_graph: Path, tmp_path: Path) -> Path:
    """A copy of the demonstration graph that a test may change."""
    return Path(shutil.copytree(demo_graph, tmp_path / "demo"))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a Neo4j (`-m neo4j`), and have those that share a server run on one worker (`--dist loadgroup`).

    Those that start a server of their own and share none are a third group, for the worker that is free first.
    """
    for item in items:
        engine = getattr(getattr(item, "callspec", None), "params", {}).get("engine")
        fixtures = set(getattr(item, "fixturenames", ()))
        if engine == "neo4j" or _FIXTURES_ON_NEO4J & fixtures:
            there = _NEO4J_READ if _ONLY_READ & fixtures else _NEO4J
            if engine != "neo4j" and _FIXTURES_ON_NEO4J & fixtures == {"running_server"}:
                there = None
            item.add_marker(pytest.mark.neo4j)
            item.add_marker(pytest.mark.xdist_group(there.uri if there else "neo4j"))


@pytest.fixture
def neo4j_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The Neo4j of this run, for this test alone: the settings lead there. What it holds is what the last test left."""
    with _reserved(_NEO4J, tmp_path, monkeypatch) as database:
        yield database


@contextmanager
def _reserved(database: Database | None, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    if database is None:
        pytest.skip(
            "needs a Neo4j: make test-neo4j, or LIANTU_TEST_NEO4J as tests/neo4j/server.py start says"
        )
    for variable, value in database.settings.items():
        monkeypatch.setenv(variable, value)
    monkeypatch.setenv("LIANTU_WORKPLACE", str(folder / "workplace"))
    with database.reserved():
        yield database


@pytest.fixture
def neo4j_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The Neo4j for graphs that are only read: a test says by `hold` which it wants, and may find it there."""
    with _reserved(_NEO4J_READ, tmp_path, monkeypatch) as database:
        yield database


@pytest.fixture
def neo4j_address(neo4j_database: Database) -> str:
    """The address of an empty graph on Neo4j."""
    neo4j_database.clear()
    return neo4j_database.uri


@pytest.fixture(scope="session")
def running_server() -> Callable[..., AbstractContextManager[Server]]:
    """`with running_server() as server`: a Neo4j of the test's own, to kill and restart; slow, so use it sparingly."""
    if _NEO4J is None:
        pytest.skip("starts a Neo4j: make test-neo4j")
    return a_running_server


@pytest.fixture(scope="session", params=["ladybug", *(["neo4j"] if _NEO4J else [])])
def engine(request: pytest.FixtureRequest) -> str:
    """The name of each engine in turn."""
    return str(request.param)


@pytest.fixture
def empty_address(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a graph with nothing in it, on each engine."""
    return str(request.getfixturevalue("neo4j_address")) if engine == "neo4j" else str(tmp_path / "graph")


@pytest.fixture
def demo_address(engine: str, request: pytest.FixtureRequest, demo_graph: Path) -> str:
    """The address of the demonstration graph on each engine. Only read it."""
    if engine == "ladybug":
        return str(demo_graph)
    return str(request.getfixturevalue("demo_on_neo4j"))


@pytest.fixture
def demo_on_neo4j(demo_graph: Path, neo4j_read: Database) -> str:
    """The address of the demonstration graph on Neo4j. Only read it."""
    neo4j_read.hold(str(demo_graph), lambda address: copy_graph(str(demo_graph), address))
    return neo4j_read.uri


def copy_graph(origin: str, target: str) -> None:
    """Put the sources of one graph into another, by nothing but the protocol of the stores."""
    from graph.claims import CLAIMS  # noqa: PLC0415 - the settings of outside must be gone first
    from graph.ontology import EDGES  # noqa: PLC0415
    from graph.store import Source, open_store  # noqa: PLC0415

    read, written = open_store(origin), open_store(target)
    with read.view() as view, written.write() as writer:
        told = {kind: view.edges(kind) for kind in ("STATES", *EDGES)}
        empty = CLAIMS.empty_table()
        for row in view.sources().to_pylist():
            del row["claims"]
            states, *edges = (
                table.filter(pc.equal(table.column("source"), row["id"])) for table in told.values()
            )
            writer.replace(
                Source(**row),
                *(
                    pa.concat_tables([empty, *some], promote_options="permissive")
                    for some in ([states], edges)
                ),
            )
    read.close()
    written.close()
