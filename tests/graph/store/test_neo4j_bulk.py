"""The files for Neo4j's bulk importer say what the graph says, and the real importer makes a graph of them."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from graph.claims import ClaimsBuilder, Evidence
from graph.errors import LiantuError
from graph.store import open_store, parts
from graph.store.neo4j import staging
from graph.store.neo4j.bulk import ARGUMENTS, SCHEMA, Exported, export_for_import
from graph.store.neo4j.directory import PARTS_OF_LOAD, sizes_of
from ingest.copy import copy_graph
from tests.neo4j.server import Server, bulk_import

HOSTILE = [
    "a'b\"c\\",
    "行\n换\r\n行",
    "\\u0060`x`",
    "a;b|c,d",
    "",
    ' "quoted" ',
    "\ttab ",
    '""',
    "\r",
    "nul\x00l",
    "\x01\x1e\x7f\u2028\ufeff",
    "𠮷（\uffff",
    "null",
]
LONG = "很长的原文" * 400_000  # 6 MB: more than the importer takes if nobody tells it to


@pytest.fixture
def hostile_graph(finish, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Names, aliases, words and properties that a table could take for something else; written in several parts."""
    monkeypatch.setattr(parts, "PAGE_NODES", 5)
    monkeypatch.setattr(parts, "GROUP_CLAIMS", 5)
    monkeypatch.setattr(staging, "PART_ROWS", 5)
    return with_hostile_sources(tmp_path / "hostile", finish)


@pytest.fixture
def hostile_demo(demo_copy: Path, finish, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demonstration graph, with all kinds of nodes and claims, and those names in it; in several parts, too."""
    monkeypatch.setattr(parts, "PAGE_NODES", 500)
    monkeypatch.setattr(parts, "GROUP_CLAIMS", 3_000)
    monkeypatch.setattr(staging, "PART_ROWS", 500)
    return with_hostile_sources(demo_copy, finish)


def with_hostile_sources(folder: Path, finish) -> Path:
    store = open_store(str(folder))
    with store.write() as writer:
        for source in ("a" * 16, "b" * 16):
            builder = ClaimsBuilder(source)
            for number, text in enumerate(HOSTILE):
                words = Evidence(text, number, None, None, confidence=number / 20, observed="2024-01")
                school = builder.node(
                    "School", name=f"校{text}{number}", code=f"7{number}", evidence=words,
                    aliases=(text, f"又{text}") if number % 2 else (), nature=text,
                )  # fmt: skip
                specialty = builder.node("Specialty", name=f"专业{number}", evidence=words)
                group = builder.node("SpecialtyGroup", name=f"群{number}", scope=school, evidence=words)
                builder.edge("OFFERS", school, specialty, words, year=2020 + number, number=text)
                builder.edge("INCLUDES", group, specialty, words, core=bool(number % 2))
                target = builder.node(
                    "Target", name="目标", key=f"t{number}", evidence=words, value=number / 3
                )
                builder.edge("ABOUT", target, school, words)
            builder.node("School", name="长" * 2000, key="长", evidence=Evidence(LONG))
            writer.replace(*finish(builder))
    store.close()
    return folder


def exported(graph: Path, folder: Path) -> Exported:
    store = open_store(str(graph))
    try:
        with store.view() as view:
            return export_for_import(view, folder, "neo4j")
    finally:
        store.close()


def read(folder: Path, name: str) -> list[dict[str, str]]:
    header = (folder / f"{name}-header.csv").read_text(encoding="utf-8").rstrip("\n").split(",")
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return [dict(zip(header, row, strict=True)) for row in csv.reader(handle)]


def test_every_kind_has_a_header_and_data_with_types_labels_and_loads(hostile_graph, tmp_path):
    files = tmp_path / "files"
    counts = exported(hostile_graph, files)
    assert counts.nodes["School"] == len(HOSTILE) + 1
    assert counts.edges["OFFERS"] == 2 * len(HOSTILE)
    schools, offers, sources = (read(files, name) for name in ("School", "OFFERS", "Source"))
    assert {row[":LABEL"] for row in schools} == {"Node\x1fSchool"}
    assert {row["aliases:string[]"].count("\x1f") for row in schools} == {0, 1}
    assert [row["name"] for row in schools[:-1]] == [
        f"校{text}{n}" for n, text in sorted(enumerate(HOSTILE), key=lambda pair: str(pair[0]))
    ]
    assert {row[":TYPE"] for row in offers} == {"OFFERS"}
    assert {row["year:long"] for row in offers} == {str(2020 + n) for n in range(len(HOSTILE))}
    loads = {row["id:ID"]: row["load:long"] for row in sources}
    parts = {row["id:ID"]: sizes_of(row["parts"]) for row in sources}
    for source, load in loads.items():
        numbers = [int(row["part:long"]) for row in offers if row["source"] == source]
        assert {number // PARTS_OF_LOAD for number in numbers} == {int(load)}
        assert list(Counter(numbers).values()) == parts[source]["OFFERS"]
    assert len(set(loads.values())) == 2
    assert {row["core:boolean"] for row in read(files, "INCLUDES")} == {"true", "false"}
    named = [line for line in (files / ARGUMENTS).read_text(encoding="utf-8").splitlines() if ".csv" in line]
    written = {file.name for file in files.glob("*.csv")}
    assert {part for line in named for part in line.partition("=")[2].split(",")} == written
    assert "CREATE CONSTRAINT" in (files / SCHEMA).read_text(encoding="utf-8")


def test_a_folder_with_something_in_it_is_left_alone(hostile_graph, tmp_path):
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    with pytest.raises(LiantuError) as caught:
        exported(hostile_graph, tmp_path)
    assert caught.value.code == "export.occupied"


def test_an_alias_with_the_separator_is_refused_and_not_cut(finish, tmp_path):
    store = open_store(str(tmp_path / "graph"))
    builder = ClaimsBuilder("a" * 16)
    builder.node("School", name="校", aliases=("甲\x1f乙",), evidence=Evidence("校"))
    with store.write() as writer:
        writer.replace(*finish(builder))
    with store.view() as view, pytest.raises(LiantuError, match="001F"):
        export_for_import(view, tmp_path / "files", "neo4j")
    store.close()


def test_the_real_importer_makes_a_server_that_answers_the_same(
    hostile_demo: Path,
    running_server: Callable[..., AbstractContextManager[Server]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    tell,
):
    home = tmp_path / "home"
    folder = hostile_demo
    exported(folder, home)  # the importer works from there, and the files are named from there
    bulk_import(home, [f"@{ARGUMENTS}"])
    with running_server(home) as server:
        monkeypatch.setenv("LIANTU_NEO4J_PASSWORD", server.password)
        monkeypatch.setenv("LIANTU_WORKPLACE", str(tmp_path / "workplace"))
        store, origin = open_store(server.uri), open_store(str(folder))
        with store.view() as view, origin.view() as expected:
            assert view.content_hash() == expected.content_hash()
            assert view.sources().equals(expected.sources())
            assert view.query("consortia").to_pylist() == expected.query("consortia").to_pylist()
        assert copy_graph(str(folder), server.uri).put == 0
        with store.write() as writer:
            writer.replace(*tell("c" * 16, [(1, 1, "新校", "中职", 2024)]))
        with store.view() as view, origin.view() as expected:
            assert view.find("校").num_rows >= 1
            assert view.find("新校").column("name")[0].as_py() == "新校"
            assert view.sources().num_rows == expected.sources().num_rows + 1
        with store.write() as writer:
            writer.retract("c" * 16)
        with store.view() as view, origin.view() as expected:
            assert view.content_hash() == expected.content_hash()
            assert view.find("职业").equals(expected.find("职业"))
        store.close()
        origin.close()
