"""A language model in a batch: off unless told, asked once a text, and nothing is lost where it is away."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from cli.main import DONE, FAILED, PARTIAL, status_of
from graph.settings import Settings, said
from graph.store import open_store
from ingest.batch import Report, ingest
from ingest.reading import extractor_key
from tests.nlp.language_model.server import ModelServer, Played, completion, passage_of, serving

SENTENCE = "云上书屋的蓝鲸仓拟由星环坊借用。"  # such that the rules find nothing in it
DOCUMENT = f"重庆市教育委员会关于实训的通知\n\n{SENTENCE}\n\n重庆市教育委员会\n2024年3月1日\n"
NOTHING: dict[str, list[Any]] = {"entities": [], "relations": [], "quantities": [], "measures": []}
ANSWER = NOTHING | {
    "entities": [
        {"kind": "Enterprise", "surface": "星环坊"},
        {"kind": "School", "surface": "云上书屋"},
        {"kind": "SharedResource", "surface": "蓝鲸仓"},
        {"kind": "School", "surface": "不在文中的学院"},
    ],
    "relations": [
        {"kind": "USES", "head": "星环坊", "tail": "蓝鲸仓", "quote": SENTENCE[:-1], "status": None}
    ],
}


def play(request: dict[str, Any]) -> Played:
    return completion(ANSWER if SENTENCE in passage_of(request) else NOTHING)


@pytest.fixture(autouse=True)
def by_rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the trained network comes to see in the sentence."""
    monkeypatch.setenv("LIANTU_RECOGNITION", "0")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(DOCUMENT, encoding="utf-8")
    return path


@pytest.fixture
def graph(tmp_path: Path) -> str:
    address = str(tmp_path / "graph")
    store = open_store(address)
    with store.write():
        pass
    store.close()
    return address


def run(file: Path, graph: str, server: ModelServer | None, **more: str | float) -> Report:
    """A batch that is told of a server, or of none."""
    told: dict[str, str | float] = (
        {} if server is None else {"model_address": server.address, "model_name": "qwen-test"}
    )
    with said(**told, **more):
        return ingest([file], graph)


def claims_by_the_model(graph: str) -> list[dict[str, Any]]:
    rows = [
        row for path in Path(graph, "claims").glob("*.parquet") for row in pq.read_table(path).to_pylist()
    ]
    return [row for row in rows if row["method"] == "model"]


def test_no_model_is_asked_where_only_an_address_is_set(file: Path, graph: str) -> None:
    with serving(play) as server:
        report = run(file, graph, None, model_address=server.address)
    assert report.ok
    assert server.requests == []


def test_claims_of_the_model_have_its_method_the_words_and_the_place_and_refusals_are_told(
    file: Path, graph: str
) -> None:
    with serving(play) as server:
        report = run(file, graph, server)
    assert report.ok
    (told,) = report.files
    (note,) = [note.en for note in told.notes if "qwen-test" in note.en]
    assert "words that do not stand in the text: 1" in note
    assert told.counts["model_refused"] == 1
    claims = claims_by_the_model(graph)
    assert claims
    edges = [claim for claim in claims if claim["kind"] == "USES"]
    assert [(edge["quote"], edge["status"], edge["place"]) for edge in edges] == [
        (SENTENCE[:-1], "计划", "l.3")
    ]
    assert all(claim["quote"] in DOCUMENT for claim in claims)
    assert all(claim["confidence"] < 0.8 for claim in claims)


def test_what_was_read_is_not_asked_about_again(file: Path, graph: str) -> None:
    with serving(play) as server:
        run(file, graph, server)
        asked = len(server.requests)
        assert [one.status for one in run(file, graph, server).files] == ["unchanged"]
        for claims in Path(graph, "claims").glob("*.parquet"):
            claims.unlink()  # as if the batch had been killed before it kept them
        assert run(file, graph, server).ok
        assert len(server.requests) == asked
    assert claims_by_the_model(graph)


def test_a_server_that_is_away_costs_one_line_and_the_next_batch_asks_again(file: Path, graph: str) -> None:
    with serving(lambda _: Played(b"", 401)) as server:
        report = run(file, graph, server)
        assert not report.ok
        (told,) = report.files
        assert told.status == "partial"
        assert [reject.code for reject in told.rejects] == ["model.unreachable"]
        assert told.counts["claims"] > 0
        by_rules = told.counts
    assert run(file, graph, None).files[0].status == "unchanged"  # what is kept is what the rules read alone
    with serving(play) as server:
        report = run(file, graph, server)
    assert report.ok
    assert report.files[0].counts["claims"] > by_rules["claims"]
    assert claims_by_the_model(graph)


def test_settings_that_cannot_be_right_are_said_before_anything_is_read(
    file: Path, graph: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status_of(["ingest", str(file), "--graph", graph, "--model", "qwen-test"]) == FAILED
    assert "error[model.address]" in capsys.readouterr().err
    assert not list(Path(graph, "claims").glob("*.parquet"))


def test_the_key_of_kept_claims_tells_the_model_and_only_where_one_is_asked() -> None:
    alone = extractor_key("document")
    with said(model_address="http://127.0.0.1:1/v1"):
        assert extractor_key("document") == alone
    with said(model_name="a"):
        first = extractor_key("document")
        assert extractor_key("document", alone=True) == alone
        assert extractor_key("records") == extractor_key("records", alone=True)
    with said(model_name="b"):
        assert len({alone, first, extractor_key("document")}) == 3
    assert not Settings.load().model_name


def test_extract_adds_what_the_model_found_and_tells_what_was_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "passages.jsonl"
    file.write_text(json.dumps({"id": 1, "text": SENTENCE}), encoding="utf-8")
    with serving(play) as server:
        monkeypatch.setenv("LIANTU_MODEL_ADDRESS", server.address)
        assert status_of(["extract", str(file), "--format", "jsonl", "--model", "qwen-test"]) == DONE
        captured = capsys.readouterr()
        found = json.loads(captured.out)
        assert {"云上书屋", "蓝鲸仓", "星环坊"} <= {one["surface"] for one in found["entities"]}
        assert "words that do not stand in the text: 1" in captured.err
        assert len(server.requests) == 1
        assert status_of(["extract", str(file), "--format", "jsonl"]) == DONE
        assert len(server.requests) == 1


def test_extract_goes_on_by_the_rules_where_the_server_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.txt"
    file.write_text("重庆大学与重庆长安汽车股份有限公司开展合作。\n", encoding="utf-8")
    with serving(lambda _: Played(b"", 403)) as server:
        monkeypatch.setenv("LIANTU_MODEL_ADDRESS", server.address)
        assert status_of(["extract", str(file), "--format", "jsonl", "--model", "qwen-test"]) == PARTIAL
    captured = capsys.readouterr()
    assert "重庆大学" in captured.out
    assert captured.err.startswith("note[model.unreachable]: ")
    assert len(captured.err.splitlines()) == 1


def test_extract_tells_from_which_passage_on_the_server_failed_and_what_came_before(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "passages.jsonl"
    texts = (SENTENCE, SENTENCE + "另一段。", SENTENCE + "第三段。")
    file.write_text("\n".join(json.dumps({"text": text}) for text in texts), encoding="utf-8")
    with serving(
        lambda request: Played(b"", 500) if "第三段" in passage_of(request) else play(request)
    ) as server:
        monkeypatch.setenv("LIANTU_MODEL_ADDRESS", server.address)
        assert status_of(["extract", str(file), "--format", "jsonl", "--model", "qwen-test"]) == PARTIAL
    captured = capsys.readouterr()
    assert [bool(json.loads(line)["relations"]) for line in captured.out.splitlines()] == [True, True, False]
    summary, failure = captured.err.splitlines()
    assert summary.startswith("the first 2 passages were read with the model")
    assert "8 added" in summary
    assert failure.startswith("note[model.unreachable]: ")


def test_evaluate_scores_the_rules_alone_where_the_server_fails_on_any_passage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    golds = []
    for number, text in enumerate((SENTENCE, SENTENCE + "另一段。")):
        gold = tmp_path / f"{number}.jsonl"
        line = {"text": text, "entities": [{"kind": "Enterprise", "surface": "星环坊"}], "relations": []}
        gold.write_text(json.dumps(line), encoding="utf-8")
        golds.append(str(gold))
    scores = tmp_path / "scores.json"
    asked = ["evaluate", *golds, "--format", "json", "--model", "qwen-test", "-o", str(scores)]
    with serving(
        lambda request: Played(b"", 500) if "另一段" in passage_of(request) else play(request)
    ) as server:
        monkeypatch.setenv("LIANTU_MODEL_ADDRESS", server.address)
        assert status_of(asked) == PARTIAL
    assert capsys.readouterr().err.startswith("note[model.unreachable]: ")
    entities = json.loads(scores.read_text(encoding="utf-8"))["scores"][0]
    assert (entities["right"], entities["wrong"], entities["missing"]) == (0, 0, 2)


def test_evaluate_scores_rules_and_model_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [("School", "云上书屋"), ("SharedResource", "蓝鲸仓"), ("Enterprise", "星环坊")]
    places = [(kind, name, SENTENCE.index(name)) for kind, name in names]
    entities = [{"kind": k, "surface": s, "start": at, "end": at + len(s)} for k, s, at in places]
    gold = tmp_path / "gold.jsonl"
    line = {
        "id": 1,
        "text": SENTENCE,
        "entities": entities,
        "relations": [],
        "quantities": [],
        "measures": [],
    }
    gold.write_text(json.dumps(line), encoding="utf-8")
    with serving(play) as server:
        monkeypatch.setenv("LIANTU_MODEL_ADDRESS", server.address)
        assert status_of(["evaluate", str(gold), "--format", "json", "--model", "qwen-test"]) == DONE
    (score,) = [row for row in json.loads(capsys.readouterr().out)["scores"] if row["what"] == "entities"]
    assert score["missing"] == 0
