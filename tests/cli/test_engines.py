"""Every command on every engine: the same answers, and what is wrong with the address is said at the start."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.main import DONE, FAILED, status_of
from graph.store import open_store
from tests.graph.strategies import random_sources

Run = Callable[..., str]
RECORDS = (
    "学校名称,学校代码,专业名称,专业代码,层次,年份,在校生数,毕业生数\n"
    "重庆电子科技职业大学,,物联网应用技术,510102,高职专科,2024,300,100\n"
)
AWAY = "bolt://anna:swordfish@127.0.0.1:1"
COMMANDS = [
    ["init", "--graph", AWAY],
    ["ingest", "FILE", "--graph", AWAY],
    ["retract", "a.csv", "--graph", AWAY],
    ["gaps", "all", "--graph", AWAY],
    ["find", "电子", "--graph", AWAY],
    ["show", "电子", "--graph", AWAY],
    ["query", "consortia", "--graph", AWAY],
    ["stats", "--graph", AWAY],
    ["serve", "--port", "0", "--graph", AWAY],
    ["export", "DIR", "--graph", AWAY],
    ["copy", "--from", AWAY, "--to", "DIR"],
    ["copy", "--from", "GRAPH", "--to", AWAY],
]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command that must succeed, and gives what it wrote."""

    def command(*arguments: str) -> str:
        capsys.readouterr()
        assert status_of(arguments) == DONE, capsys.readouterr().err
        return capsys.readouterr().out

    return command


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: " ".join(arguments[:2]))
def test_a_server_that_is_away_is_one_line_at_the_start_without_credentials(
    arguments: list[str], demo_graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.csv"
    file.write_text(RECORDS, encoding="utf-8")
    places = {"FILE": str(file), "DIR": str(tmp_path / "made"), "GRAPH": str(demo_graph)}
    begun = time.monotonic()
    assert status_of([places.get(word, word) for word in arguments]) == FAILED
    told = capsys.readouterr()
    assert re.fullmatch(r"error\[graph\.unreachable\]: .*bolt://127\.0\.0\.1:1 .*\n", told.err)
    assert "swordfish" not in told.out + told.err
    assert time.monotonic() - begun < 20
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize(
    "address", ["http://graph.example", "neo4j://", "bolt://host:port", "neo4j://host/a/b"]
)
def test_an_address_that_no_engine_has_is_refused(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert status_of(["stats", "--graph", address]) == FAILED
    assert capsys.readouterr().err.startswith("error[graph.unsupported]: ")


def test_a_wrong_password_a_missing_database_and_a_missing_graph_are_told(
    neo4j_address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = []
    for variable, value in (("DATABASE", "nowhere"), ("PASSWORD", "swordfish"), ("", "")):
        with monkeypatch.context() as patched:
            if variable:
                patched.setenv(f"LIANTU_NEO4J_{variable}", value)
            assert status_of(["stats", "--graph", neo4j_address]) == FAILED
        told.append(capsys.readouterr().err)
    codes = [line.partition("[")[2].partition("]")[0] for line in told]
    assert codes == ["graph.database", "graph.credentials", "graph.missing"]
    assert not any("swordfish" in line for line in told)


def test_answers_are_those_of_the_embedded_engine(demo_on_neo4j: str, demo_graph: Path, run: Run) -> None:
    def answers(graph: str) -> list[Any]:
        asked = (
            ["gaps", "all"],
            ["find", "职业"],
            ["show", "重庆电子科技职业大学"],
            ["query", "consortia"],
            ["query", "specialties-of-school", "-p", "school=重庆电子科技职业大学"],
        )
        read = [json.loads(run(*words, "--graph", graph, "--format", "json")) for words in asked]
        stats = json.loads(run("stats", "--graph", graph, "--format", "json"))
        del stats["version"]
        return [*read, stats]

    assert answers(demo_on_neo4j) == answers(str(demo_graph))


def test_init_ingest_and_retract(empty_address: str, tmp_path: Path, run: Run) -> None:
    assert "swordfish" not in run("init", "--graph", empty_address)
    file = tmp_path / "members.csv"
    file.write_text(RECORDS, encoding="utf-8")
    report = json.loads(run("ingest", str(file), "--graph", empty_address, "--format", "json"))
    assert [one["status"] for one in report["files"]] == ["taken"]
    again = json.loads(run("ingest", str(file), "--graph", empty_address, "--format", "json"))
    assert [one["status"] for one in again["files"]] == ["unchanged"]
    assert again["loaded"] == {"replaced": 0, "rejoined": 0, "retracted": 0}
    found = run("show", "重庆电子科技职业大学", "--graph", empty_address)
    assert "物联网应用技术" in found
    assert "members.csv" in run("retract", "members.csv", "--graph", empty_address)
    left = json.loads(run("stats", "--graph", empty_address, "--format", "json"))
    assert {row["medium"] for row in left["sources"]} == {"reference"}


def test_copy_says_what_it_did_and_that_it_is_verified(empty_address: str, tmp_path: Path, run: Run) -> None:
    origin = open_store(str(tmp_path / "origin"))
    with origin.write() as writer:
        for told in random_sources(1, sources=3, claims=12):
            writer.replace(*told)
    origin.close()
    command = ("copy", "--from", str(tmp_path / "origin"), "--to", empty_address)
    done = json.loads(run(*command, "--format", "json"))
    assert done["put"] == done["sources"] == 3
    told = run(*command)
    assert "0 sources put in" in told
    assert f"Verified: {done['sources']} sources, {done['claims']} claims" in told
    assert done["hash"] in told


def test_export_writes_files_and_says_what_to_type_next(demo_address: str, tmp_path: Path, run: Run) -> None:
    told = run("export", str(tmp_path / "files"), "--graph", demo_address)
    assert "neo4j-admin database import full @import.args" in told
    assert (tmp_path / "files" / "School.csv").stat().st_size > 1000
