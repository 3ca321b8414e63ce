"""Cypher that somebody types: what reads is answered alike on both engines, all else refused with a clear code."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from cli.main import DONE, FAILED, status_of
from graph.claims import ClaimsBuilder, Evidence
from graph.errors import LiantuError
from graph.store import Store, open_store
from graph.store.adhoc import REFUSED, answer, checked

SOURCE = "a" * 16


@pytest.fixture
def store(empty_address: str, finish: Any) -> Iterator[Store]:
    opened = open_store(empty_address)
    builder, words = ClaimsBuilder(SOURCE), Evidence("原文", 0, 2, "l.1")
    for number in range(4):
        school = builder.node("School", name=f"校{number}", code=f"41{number}", evidence=words)
        specialty = builder.node("Specialty", name="CREATE (n) 专业", code="4601", evidence=words)
        builder.edge("OFFERS", school, specialty, words, year=2020 + number, enrolled=None)
    with opened.write() as writer:
        writer.replace(*finish(builder))
    yield opened
    opened.close()


ANSWERED: list[tuple[str, dict[str, object], list[dict[str, object]]]] = [
    (
        "MATCH (s:School)-[r:OFFERS]->(p) WHERE r.year > $year RETURN s.name AS name, r.year AS year ORDER BY year",
        {"year": 2021},
        [{"name": "校2", "year": 2022}, {"name": "校3", "year": 2023}],
    ),
    ("MATCH (p:Specialty) WHERE p.name = 'CREATE (n) 专业' RETURN count(*) AS n", {}, [{"n": 1}]),
    ("match (s:School) where s.name in $names return count(*) as n;", {"names": ["校0", "校1"]}, [{"n": 2}]),
    ("// what there is: 'one\nMATCH (s:School) /* LOAD */ RETURN count(s) AS n", {}, [{"n": 4}]),
    (
        "UNWIND [1, 2] AS i RETURN i AS `create`, 'it''s' AS s".replace("''", "\\'"),
        {},
        [{"create": 1, "s": "it's"}, {"create": 2, "s": "it's"}],
    ),
    ("MATCH (s:School) WHERE s.name = $name RETURN s.id AS id", {"name": "') DETACH DELETE s //"}, []),
    ("RETURN 1 AS one, 'a' AS letter", {}, [{"one": 1, "letter": "a"}]),
]


def test_what_reads_is_answered(store: Store) -> None:
    with store.view() as view:
        for text, parameters, rows in ANSWERED:
            assert view.cypher(text, parameters).to_pylist() == rows, text


def test_whole_nodes_and_claims_have_their_declared_properties_and_nothing_else(store: Store) -> None:
    with store.view() as view:
        text = "MATCH (s:School {code: '411'})-[r:OFFERS]->(p) RETURN s, r, collect(p.name) AS names"
        (row,) = view.cypher(text).to_pylist()
    assert row["s"] == {"id": "School:411", "name": "校1", "aliases": [], "code": "411"}
    assert (row["r"]["year"], row["r"]["quote"], row["r"]["source"]) == (2021, "原文", SOURCE)
    assert not {"load", "search", "_id", "_label"} & row["r"].keys()
    assert row["names"] == ["CREATE (n) 专业"]


def test_an_answer_has_a_limit_of_rows_and_of_time(store: Store) -> None:
    with store.view() as view:
        assert view.cypher("UNWIND range(1, 100000) AS i RETURN i", limit=3).column("i").to_pylist() == [
            1,
            2,
            3,
        ]
        begun = time.monotonic()
        with pytest.raises(LiantuError) as busy:
            view.cypher(
                "UNWIND range(1, 1000000) AS i UNWIND range(1, 100000) AS j RETURN sum(i * j) AS n",
                seconds=0.5,
            )
        assert busy.value.code == "graph.busy"
        assert time.monotonic() - begun < 15
        assert view.count("School") == 4  # the next one has the usual limit


MORE = [
    "CREATE (n:School {id: 'x'})",
    "MATCH (n:School) SET n.name = 'x'",
    "MATCH (n:School) DETACH DELETE n",
    "MATCH (n:School) REMOVE n.name RETURN 1 AS x",
    "MERGE (n:School {id: 'x'}) RETURN n",
    "MATCH (n:School) RETURN n.id; MATCH (n:School) DELETE n",
    "COPY (MATCH (s:School) RETURN s.id) TO 'FOLDER/out.csv'",
    "COPY School FROM 'FOLDER/in.csv'",
    "LOAD FROM 'FOLDER/in.csv' RETURN *",
    "LOAD CSV FROM 'file:///FOLDER/in.csv' AS row RETURN row",
    "MATCH (s:School) LOAD CSV FROM 'file:///FOLDER/in.csv' AS row RETURN row",
    "INSTALL fts",
    "LOAD EXTENSION fts",
    "EXPORT DATABASE 'FOLDER/out'",
    "IMPORT DATABASE 'FOLDER/out'",
    "ATTACH 'FOLDER/x' AS x",
    "CALL db.labels() YIELD label RETURN label",
    "CALL show_tables() RETURN *",
    "MATCH (s:School) CALL { CREATE (n:School) } RETURN s",
    "DROP TABLE School",
    "USE system MATCH (n) RETURN n",
    "SHOW TRANSACTIONS",
    "CHECKPOINT",
    "BEGIN TRANSACTION",
    "RETURN '\\u0027 AS x CREATE (n) //' AS x",
    "MATCH (n:`School\\u0060) DETACH DELETE n //`) RETURN n",
    "MATCH (n:School) /* x */ DE/**/LETE n",
    "MATCH (n:School) RETURN 'open",
    "",
    "  ",
]


def test_what_may_do_more_than_read_is_refused_and_leaves_no_trace(store: Store, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("secret\n", encoding="utf-8")
    with store.view() as view:
        before = view.count("School"), view.count("OFFERS")
        for text in MORE:
            with pytest.raises(LiantuError) as refused:
                view.cypher(text.replace("FOLDER", tmp_path.as_posix()))
            assert refused.value.code in ("query.refused", "query.invalid"), text
            assert str(tmp_path) not in str(refused.value)
        assert (view.count("School"), view.count("OFFERS")) == before
    assert not list(tmp_path.glob("out*"))


@pytest.mark.parametrize("word", REFUSED)
def test_each_word_is_refused_in_any_case_and_allowed_in_quotes(word: str) -> None:
    for shape in (word, word.lower(), word.title()):
        with pytest.raises(LiantuError):
            checked(f"MATCH (n) {shape} n RETURN n", {})
    assert checked(f"MATCH (n) WHERE n.name = '{word}' RETURN n.`{word}` // {word}", {})


def test_what_the_engine_does_not_understand_is_said_in_one_line(store: Store) -> None:
    with store.view() as view:
        for text in ("MATCH (n:School RETURN n", "MATCH (n:School) RETURN m.id", "RETURN $missing AS x"):
            with pytest.raises(LiantuError) as refused:
                view.cypher(text)
            assert refused.value.code in ("query.invalid", "query.refused", "query.parameter")
            assert "\n" not in str(refused.value)


def test_a_view_reads_its_version_whatever_is_loaded(store: Store, finish: Any) -> None:
    builder, words = ClaimsBuilder("b" * 16), Evidence("原文")
    builder.node("School", name="改名", code="410", evidence=words, aliases=("新",), level="中职")
    builder.node("School", name="第五校", code="419", evidence=words)
    text = "MATCH (s:School) RETURN s.code AS code, s.level AS level ORDER BY code"
    with store.view() as view:
        before = view.cypher(text).to_pylist()
        with store.write() as writer:
            writer.replace(*finish(builder))
        assert view.cypher(text).to_pylist() == before
        whole = view.cypher("MATCH (s:School {code: '410'}) RETURN s").to_pylist()
        assert whole == [{"s": {"id": "School:410", "name": "校0", "aliases": [], "code": "410"}}]
    with store.view() as view:
        assert view.cypher(text).num_rows == 5


def test_the_command_runs_it(
    store: Store, empty_address: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    store.close()
    asked = ["query", "--graph", empty_address, "--format", "json"]
    text = "MATCH (s:School)-[r:OFFERS]->() WHERE r.year >= $year AND s.name <> $name RETURN s.name AS name"
    assert status_of([*asked, "--cypher", text, "-p", "year=2022", "-p", "name=校3"]) == DONE
    assert json.loads(capsys.readouterr().out) == [{"name": "校2"}]
    assert status_of([*asked, "--cypher", "UNWIND range(1, 9) AS i RETURN i", "--limit", "2"]) == DONE
    said = capsys.readouterr()
    assert [row["i"] for row in json.loads(said.out)] == [1, 2]
    assert "first 2 rows" in said.err
    for words in (["--cypher", "DROP TABLE School"], ["consortia", "--cypher", "RETURN 1 AS x"]):
        assert status_of([*asked, *words]) == FAILED
        said = capsys.readouterr()
        assert said.err.startswith("error[query.")
        assert said.err.count("\n") == 1
        assert str(tmp_path) not in said.err


def test_values_that_json_does_not_have_are_told_as_text() -> None:
    one = UUID(int=1)
    table = answer(["a", "b", "c", "d"], [[timedelta(days=3), one, b"\xff1", [timedelta(0), None]]])
    assert table.to_pylist() == [{"a": "3 days, 0:00:00", "b": str(one), "c": "ff31", "d": ["0:00:00", None]}]
