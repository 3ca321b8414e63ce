"""The Neo4j of the tests is a real one: it asks for the password, survives a power cut, and its importer imports."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import neo4j
import pytest
from neo4j.exceptions import AuthError

from graph.claims import CLAIMS, ClaimsBuilder, Evidence
from graph.errors import LiantuError
from graph.store import Source, open_store
from tests.neo4j import server as module
from tests.neo4j.database import Database
from tests.neo4j.server import Server, ServerError, bulk_import

Running = Callable[..., AbstractContextManager[Server]]


def ask(server: Server, statement: str) -> list[list[object]]:
    with neo4j.GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver:
        return [list(record) for record in driver.execute_query(statement, database_=server.database).records]


def test_tests_that_share_a_server_run_on_one_worker(
    neo4j_database: Database, request: pytest.FixtureRequest
) -> None:
    grouped = getattr(request.config.option, "loadgroup", False)  # as pytest-xdist tells its workers
    assert request.node.nodeid.endswith(f"@{neo4j_database.uri}") == grouped


def test_the_importer_imports_what_a_server_then_answers(running_server: Running, tmp_path: Path) -> None:
    nodes, edges = tmp_path / "nodes.csv", tmp_path / "edges.csv"
    nodes.write_text("id:ID,name,:LABEL\n1,甲校,Node;School\n2,乙企,Node\n", encoding="utf-8")
    edges.write_text(":START_ID,:END_ID,year:long,:TYPE\n1,2,2024,HAS\n", encoding="utf-8")
    home = tmp_path / "home"
    bulk_import(home, ["neo4j", f"--nodes={nodes}", f"--relationships={edges}"])
    with running_server(home) as server:
        assert ask(server, "MATCH (a:School)-[r:HAS]->(b) RETURN a.name, r.year, b.name") == [
            ["甲校", 2024, "乙企"]
        ]


def test_the_importer_says_why_not(neo4j_database: Database, tmp_path: Path) -> None:
    del neo4j_database  # where there is a server there are its jars
    with pytest.raises(ServerError, match=r"nobody\.csv"):
        bulk_import(tmp_path / "home", ["neo4j", f"--nodes={tmp_path / 'nobody.csv'}"])


def test_a_wrong_password_is_refused(neo4j_database: Database) -> None:
    with (
        neo4j.GraphDatabase.driver(neo4j_database.uri, auth=(neo4j_database.user, "neo4j")) as driver,
        pytest.raises(AuthError),
    ):
        driver.verify_connectivity()


@pytest.mark.parametrize("harm", ["shorter", "gone", "other"])
def test_a_cache_that_was_touched_is_not_used(harm: str, tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    jar = tmp_path / "lib" / "a.jar"
    jar.write_bytes(b"jar of Neo4j")
    module.seal(tmp_path)
    assert module.intact(tmp_path)
    if harm == "gone":
        jar.unlink()
    else:
        jar.write_bytes(b"jar" if harm == "shorter" else b"JAR of Neo4j")
    assert not module.intact(tmp_path)


def test_without_java_the_message_says_what_to_install(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, module.__file__, "fetch"],
        env={"PATH": str(tmp_path), "LIANTU_TEST_CACHE": str(tmp_path), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "JDK 17" in done.stderr
    assert "openjdk-17-jdk-headless" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_demonstration_graph_is_the_same_on_every_engine(demo_address: str, demo_graph: Path) -> None:
    hashes = []
    for address in (str(demo_graph), demo_address):
        store = open_store(address)
        with store.view() as view:
            hashes.append(view.content_hash())
        store.close()
    assert hashes[0] == hashes[1]


def test_what_was_committed_survives_a_power_cut_and_a_server_for_reading_only_answers_and_refuses_changes(
    running_server: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For reading only is what docs/operations.md advises where the Community Edition has no roles."""
    builder = ClaimsBuilder("a" * 16)
    builder.node("School", name="甲校", code="4111", evidence=Evidence("甲校", 0, 2, "l.1"))
    source = Source(builder.source, "a.txt", "document", "1")
    with running_server() as server:
        monkeypatch.setenv("LIANTU_NEO4J_PASSWORD", server.password)
        store = open_store(server.uri)
        with store.write() as writer:
            writer.replace(source, builder.table(), CLAIMS.empty_table())
        store.close()
        address = server.uri
        server.kill()
        assert not server.running()
        server.restart()
        assert server.uri == address
        assert ask(server, "MATCH (n:School) RETURN n.name") == [["甲校"]]
        server.configuration = {"server.databases.read_only": server.database}
        server.restart()
        store = open_store(server.uri)
        with store.view() as view:
            assert view.find("甲").column("name").to_pylist() == ["甲校"]
        with pytest.raises(LiantuError) as refused, store.write() as writer:
            writer.retract(source.id)
        assert refused.value.code == "graph.credentials"
        with store.view() as view:
            assert view.nodes("School").num_rows == 1
        store.close()
