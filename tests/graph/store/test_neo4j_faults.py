"""Neo4j broken on purpose: each fault ends in the right graph or in one clear line, nothing lost, nothing doubled.

The server that is killed is this module's own, and encrypts; the others have the server of the run.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from textwrap import dedent
from typing import Any

import neo4j
import pytest
from neo4j.exceptions import Neo4jError

from cli.main import FAILED, status_of
from graph.errors import LiantuError
from graph.settings import Settings
from graph.store.neo4j import connection, staging
from graph.store.neo4j.connection import Connection
from graph.store.neo4j.store import Neo4jStore
from graph.store.neo4j.target import Target
from tests.api.conftest import serving
from tests.graph.store.contents import content, expected, left, write
from tests.neo4j.certificate import self_signed
from tests.neo4j.database import Database
from tests.neo4j.proxy import Cut, line_to
from tests.neo4j.server import Server

pytestmark = pytest.mark.usefixtures("hurried")

A, B = "a" * 16, "b" * 16
FACTS = [(n % 40, n % 7, f"校{n % 40}", None, 2000 + n) for n in range(120)]
LATER = [(n % 40, n % 5, f"新校{n % 40}", "中职", 3000 + n) for n in range(110)]


@pytest.fixture
def quiet(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> Callable[..., None]:
    """Says whether a text, and all that was printed and logged meanwhile, is without a password and a path."""
    caplog.set_level("DEBUG")
    caplog.set_level(
        "INFO", "neo4j"
    )  # at DEBUG the driver tells statements and data, which nobody asks it to

    def check(password: str, *said: str) -> None:
        printed = capfd.readouterr()
        for text in (*said, printed.out, printed.err, caplog.text):
            assert password not in text
            assert str(tmp_path) not in text
            assert not re.search(r"://[^/\s]*:[^/\s]*@", text)
            assert "Traceback" not in text

    return check


def refusal(act: Callable[[], object]) -> LiantuError:
    with pytest.raises(LiantuError) as refused:
        act()
    assert "\n" not in str(refused.value)
    return refused.value


# --- A server of its own ---------------------------------------------------------------------------------------------

CERTIFICATES = "certificates/bolt"


@pytest.fixture(scope="module")
def started(
    tmp_path_factory: pytest.TempPathFactory, running_server: Callable[..., AbstractContextManager[Server]]
) -> Iterator[Server]:
    """A server that speaks both plainly and encrypted, and allows no transaction more than 30 MB."""
    home = tmp_path_factory.mktemp("server")
    self_signed(home / CERTIFICATES)
    encrypts = {
        "server__bolt__tls_level": "OPTIONAL",
        "dbms__ssl__policy__bolt__enabled": "true",
        "dbms__ssl__policy__bolt__base_directory": CERTIFICATES,
        "dbms__ssl__policy__bolt__private_key": "private.key",
        "dbms__ssl__policy__bolt__public_certificate": "public.crt",
    }
    with running_server(home, db__memory__transaction__max="30m", **encrypts) as server:
        yield server
        server.kill()


@pytest.fixture
def own_server(started: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """That server, empty, and the settings that lead there."""
    monkeypatch.setenv("LIANTU_NEO4J_PASSWORD", started.password)
    Database(started.uri, started.user, started.password, started.database).clear()
    return started


def test_an_encrypted_line_is_only_spoken_on_to_whom_the_machine_trusts(
    own_server: Server, tell: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened(scheme: str) -> Neo4jStore:
        return Neo4jStore(f"{scheme}://127.0.0.1:{own_server.port}")

    for scheme in ("neo4j+s", "bolt+s"):
        error = refusal(lambda scheme=scheme: opened(scheme))
        assert error.code == "graph.unreachable"
        assert "certificate" in str(error).lower()
        assert own_server.password not in str(error)
    schemes = ["neo4j+ssc", "bolt+ssc", "neo4j+s", "bolt+s"]
    for number, scheme in enumerate(schemes):
        if scheme.endswith("+s"):
            monkeypatch.setenv("SSL_CERT_FILE", str(own_server.home / CERTIFICATES / "public.crt"))
        store = opened(scheme)
        write(store, tell(A, FACTS[: number + 1]))
        with store.view() as view:
            assert view.count("OFFERS") == number + 1
        store.close()


def test_a_source_is_replaced_that_no_transaction_of_the_server_could_hold(
    own_server: Server, tell: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()  # in parts as large as ever
    monkeypatch.setenv("LIANTU_NEO4J_PASSWORD", own_server.password)
    settings = Settings.load(neo4j_grace=0.0)
    store = Neo4jStore(own_server.uri, settings)
    facts = [(n % 90, n % 70, f"校{n % 90}", None, n) for n in range(8_000)]
    write(store, tell(A, facts))
    with (
        neo4j.GraphDatabase.driver(own_server.uri, auth=(own_server.user, own_server.password)) as driver,
        driver.session(database=own_server.database) as session,
        pytest.raises(Neo4jError, match=r"(?i)memory"),
    ):
        session.run("MATCH ()-[r]->() DELETE r").consume()
    write(store, tell(A, [(*fact[:4], fact[4] + 10_000) for fact in facts]))
    with store.view() as view:
        years = sorted(view.edges("OFFERS").column("year").to_pylist())
    assert years == list(range(10_000, 18_000))
    assert left(own_server.uri, settings)["loads"] == 0
    write(store, A)
    assert left(own_server.uri, settings) == {"sources": 0, "claims": 0, "loads": 0}
    store.close()


# --- The server goes away --------------------------------------------------------------------------------------------


def away_and_back(server: Server, seconds: float) -> threading.Thread:
    """Kill the server now; a thread brings it back on the same home and port after so long."""
    server.kill()
    thread = threading.Thread(target=lambda: (time.sleep(seconds), server.start()))
    thread.start()
    return thread


def test_a_server_that_is_killed_and_comes_back(
    own_server: Server, tell: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quiet: Any
) -> None:
    """All with one server, which takes seconds to start: in mid-batch, for good, and under the API."""
    server = own_server
    settings = Settings.load(neo4j_grace=0.0)
    with monkeypatch.context() as patch:
        made = Target.options  # a machine that does other work as well takes long to start a server
        patch.setattr(Target, "options", lambda self, *_: made(self, 300.0))
        store = Neo4jStore(server.uri, settings)
    write(store, tell(A, FACTS))
    before = content(store)
    assert before == expected(tmp_path / "before", tell(A, FACTS))
    after = expected(tmp_path / "after", tell(A, LATER), tell(B, FACTS))

    _killed_in_mid_batch(server, store, tell, monkeypatch)
    assert content(store) == after
    write(store, tell(B, FACTS))
    assert content(store) == after
    found = left(server.uri, settings)
    assert found == {"sources": 2, "claims": int(sum(after[1].column("claims").to_pylist())), "loads": 0}

    _served_while_it_is_away(server, store, quiet)
    _away_for_good(server, store, tell, monkeypatch, quiet)
    write(store, tell(A, FACTS), B)
    assert content(store) == before
    write(store, tell(A, FACTS))
    found = left(server.uri, settings)
    assert found == {"sources": 1, "claims": int(sum(before[1].column("claims").to_pylist())), "loads": 0}
    store.close()


def _killed_in_mid_batch(
    server: Server, store: Neo4jStore, tell: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server dies while a batch is being staged and comes back: the load ends right, readers see old or new."""
    once, calls, ended = Connection.write, [], threading.Event()
    back: list[threading.Thread] = []
    seen: set[Any] = set()
    faults: list[BaseException] = []

    def counted(self: Connection, work: Any) -> Any:
        calls.append(1)
        if len(calls) == 6:
            back.append(away_and_back(server, 0.5))
        return once(self, work)

    def read() -> None:
        while not ended.is_set():
            try:
                with store.view() as view:
                    years = view.edges("OFFERS").column("year").to_pylist()
                    schools = view.nodes("School").column("name").to_pylist()
                    seen.add((tuple(sorted(years)), tuple(schools)))
            except LiantuError as error:
                if error.code not in ("graph.unreachable", "graph.expired"):
                    faults.append(error)
            except BaseException as error:
                faults.append(error)
                raise
            time.sleep(0.1)

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    try:
        with monkeypatch.context() as patch:
            patch.setattr(Connection, "write", counted)
            patch.setattr(connection, "RETRY_SECONDS", 300.0)
            write(store, tell(A, LATER), tell(B, FACTS))
    finally:
        ended.set()
        for thread in (*back, reader):
            thread.join(120)
    assert len(calls) > 10
    assert not faults
    old, new = sorted(year for *_, year in FACTS), sorted(year for *_, year in [*LATER, *FACTS])
    assert {years for years, _ in seen} <= {tuple(old), tuple(new)}
    assert len(seen) <= 2  # names and years change together
    assert seen


def _served_while_it_is_away(server: Server, store: Neo4jStore, quiet: Any) -> None:
    query = '{find(text: "校", first: 3){node{name}}}'
    with serving(store, query_seconds=20) as client:
        said = client.ask(query)
        assert len(said["data"]["find"]) == 3
        server.kill()
        for _ in range(2):
            answer = client.request("POST", "/graphql", json={"query": query})
            (error,) = answer.json()["errors"]
            assert error["extensions"]["code"] == "graph.unreachable"
            quiet(server.password, answer.text)
        health = client.request("GET", "/healthz")
        assert (health.status_code, health.json()["errors"][0]["extensions"]["code"]) == (
            503,
            "graph.unreachable",
        )
        server.start()
        assert client.ask(query) == said
        assert client.request("GET", "/healthz").status_code == 200


def _away_for_good(
    server: Server, store: Neo4jStore, tell: Any, monkeypatch: pytest.MonkeyPatch, quiet: Any
) -> None:
    """The server dies in mid-batch and stays away: one line; the next run, when it is back, finds it all right."""
    before = content(store)
    once, calls = Connection.write, []

    def counted(self: Connection, work: Any) -> Any:
        calls.append(1)
        if len(calls) == 7:
            server.kill()
        return once(self, work)

    with monkeypatch.context() as patch:
        made = Target.options
        patch.setattr(Connection, "write", counted)
        patch.setattr(Target, "options", lambda self, *_: made(self, 1.0))
        patch.setattr("graph.store.neo4j.connection.RETRY_SECONDS", 1.0)
        impatient = Neo4jStore(f"bolt://localhost:{server.port}", Settings.load(neo4j_grace=0.0))
        begun = time.monotonic()
        error = refusal(lambda: write(impatient, tell(A, FACTS), B))
        assert time.monotonic() - begun < 30  # nor does it try for long to clear up where nobody answers
        impatient.close()
    assert error.code == "graph.unreachable"
    assert status_of(["stats", "--graph", server.uri]) == FAILED
    quiet(server.password, str(error))
    server.start()
    assert content(store) == before


# --- The line is cut when a transaction is committed -----------------------------------------------------------------


@pytest.mark.parametrize("cut", ["before", "after"])
def test_every_commit_is_cut_once_and_takes_effect_once(
    neo4j_address: str, tell: Any, tmp_path: Path, cut: Cut
) -> None:
    """`before`: the commit never arrives at the server; `after`: it does, and the loader cannot know."""
    settings = Settings.load(neo4j_grace=0.0)
    direct = Neo4jStore(neo4j_address, settings)
    write(direct, tell(A, FACTS), tell(B, LATER))
    port = int(neo4j_address.rpartition(":")[2])
    with line_to(port, lambda number: cut if number % 2 else None) as line:
        store = Neo4jStore(f"bolt://127.0.0.1:{line.port}", settings)
        write(store, tell(A, LATER), B)
        loaded = line.cuts
        assert loaded > 8
        with store.view() as view:
            assert view.count("OFFERS") == len(LATER)
        assert line.cuts > loaded  # reading ends with a commit, too
        store.close()
    assert content(direct) == expected(tmp_path / "graph", tell(A, LATER))
    write(
        direct, tell(A, LATER)
    )  # the next run clears what a commit that arrived unseen has registered twice
    found, (claims,) = left(neo4j_address, settings), direct_claims(direct)
    assert found == {"sources": 1, "claims": claims, "loads": 0}
    direct.close()


def direct_claims(store: Neo4jStore) -> list[int]:
    with store.view() as view:
        return [int(number) for number in view.sources().column("claims").to_pylist()]


# --- Refused by the server -------------------------------------------------------------------------------------------


def test_a_constraint_that_is_violated_is_an_error_and_not_tried_again(
    neo4j_address: str, neo4j_database: Any, tell: Any, monkeypatch: pytest.MonkeyPatch, quiet: Any
) -> None:
    store = Neo4jStore(neo4j_address)
    write(store, tell(A, FACTS[:3]))
    before, once, calls = content(store), staging.Staging._created, []
    monkeypatch.setattr(
        staging.Staging, "_created", lambda self, *given: (calls.append(1), once(self, *given))[1]
    )
    with neo4j.GraphDatabase.driver(
        neo4j_database.uri, auth=(neo4j_database.user, neo4j_database.password)
    ) as driver:
        driver.execute_query("CREATE CONSTRAINT foreign_name FOR (n:School) REQUIRE n.name IS UNIQUE")
        try:
            begun = time.monotonic()
            double = [(51, 1, "同名", None, 1), (52, 1, "同名", None, 1)]
            error = refusal(lambda: write(store, tell(B, double)))
            assert time.monotonic() - begun < 20
        finally:
            driver.execute_query("DROP CONSTRAINT foreign_name")
    assert error.code == "graph.constraint"
    assert "同名" in str(error)
    assert not calls  # the statement before it was refused, once
    quiet(neo4j_database.password, str(error))
    assert content(store) == before
    assert left(neo4j_address, Settings.load())["loads"] == 0
    write(store, tell(B, double))
    store.close()


@pytest.mark.parametrize(
    ("given", "code", "commands"),
    [
        # the server shuts out who gives a wrong password three times
        ({"LIANTU_NEO4J_PASSWORD": "Wrong-Pa55word"}, "graph.credentials", ["serve"]),
        (
            {"LIANTU_NEO4J_DATABASE": "nothing"},
            "graph.database",
            ["stats", "find 校", "gaps all", "init", "ingest FOLDER", "serve"],
        ),
    ],
)
def test_every_command_and_the_server_say_at_once_what_is_wrong(
    neo4j_address: str,
    neo4j_database: Any,
    given: dict[str, str],
    code: str,
    commands: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "a.txt").write_text("重庆市", encoding="utf-8")
    for command in commands:
        words = command.replace("FOLDER", str(tmp_path)).split()
        assert status_of([*words, "--graph", neo4j_address]) == FAILED
        said = capfd.readouterr()
        assert said.err.startswith(f"error[{code}]: ")
        assert said.err.count("\n") == 1
        for text in (said.out, said.err):
            assert neo4j_database.password not in text
            assert "Wrong-Pa55word" not in text
            assert str(tmp_path) not in text


def test_credentials_in_an_address_are_never_shown(
    neo4j_address: str, capfd: pytest.CaptureFixture[str]
) -> None:
    address = neo4j_address.replace("://", "://somebody:Hidden-Pa55word@")
    assert status_of(["stats", "--graph", address]) == FAILED
    said = capfd.readouterr()
    assert said.err.startswith("error[graph.credentials]: ")
    assert "Hidden" not in said.out + said.err


# --- Names and words -------------------------------------------------------------------------------------------------

RESERVED = """
    import json, sys
    from dataclasses import replace
    from graph import ontology
    from graph.ontology.kind import text

    words = [text(name, name, name) for name in {words!r}]

    def with_words(kinds, name):
        kind = kinds[name]
        return {{**kinds, name: replace(kind, properties=(*kind.properties, *words))}}

    ontology.NODES = with_words(ontology.NODES, "School")
    ontology.EDGES = with_words(ontology.EDGES, "OFFERS")

    sys.path.insert(0, {tests!r})
    from conftest import told
    from graph.claims import ClaimsBuilder, Evidence
    from graph.store import open_store

    builder, evidence = ClaimsBuilder("a" * 16), Evidence("原文")
    values = {{name: f"{{name}} 的值" for name in {words!r}}}
    school = builder.node("School", name="labels", aliases=("type", "id(n)"), evidence=evidence, **values)
    specialty = builder.node("Specialty", name="n.labels", evidence=evidence)
    builder.edge("OFFERS", school, specialty, evidence, **values)
    answers = []
    for address in {addresses!r}:
        store = open_store(address)
        with store.write() as writer:
            writer.replace(*told(builder))
        with store.view() as view:
            answers.append([view.content_hash(), view.nodes("School").to_pylist(), view.edges("OFFERS").to_pylist(),
                            view.find("labels").to_pylist(), view.count("School", equal={{"labels": "labels 的值"}})])
        store.close()
    print(json.dumps(answers))
"""


def test_properties_may_be_called_what_databases_call_their_own(neo4j_address: str, tmp_path: Path) -> None:
    words = ["labels", "type", "properties_", "order", "match", "end_", "null_", "group"]
    script = dedent(RESERVED).format(
        words=words, tests=str(Path(__file__).parent), addresses=[str(tmp_path / "graph"), neo4j_address]
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert done.returncode == 0, done.stderr
    embedded, served = json.loads(done.stdout)
    assert served == embedded
    (school,), (offer,) = served[1:3]
    assert [school[word] for word in words] == [offer[word] for word in words] == [f"{w} 的值" for w in words]
    assert (served[3][0]["name"], served[4]) == ("labels", 1)
