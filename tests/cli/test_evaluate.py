"""`liantu evaluate`: scores of the extraction against annotated passages."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pytest

from cli.main import DONE, FAILED, status_of

TEXT = "重庆大学与重庆长安汽车股份有限公司开展合作。去年招生300人。"
RIGHT: dict[str, Any] = {
    "id": 1,
    "genre": "新闻",
    "text": TEXT,
    "entities": [
        {"kind": "School", "surface": "重庆大学", "start": 0, "end": 4},
        {"kind": "Enterprise", "surface": "重庆长安汽车股份有限公司", "start": 5, "end": 17},
    ],
    "relations": [{"kind": "COOPERATES_WITH", "head": 0, "tail": 1}],
    "quantities": [{"type": "Statistic", "value": 300, "surface": "300人"}],
    "measures": [],
}
WRONG: dict[str, Any] = RIGHT | {
    "id": 2,
    "genre": "通知",
    "relations": [],
    "quantities": [],
    "measures": [{"text": "建立台账"}],
}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text(
        "\n".join(json.dumps(line, ensure_ascii=False) for line in (RIGHT, WRONG)), encoding="utf-8"
    )
    return path


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert status_of(["evaluate", *arguments]) == DONE, capsys.readouterr().err
    return capsys.readouterr().out


def test_scores_count_what_is_right_wrong_and_missing(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scores = json.loads(told(capsys, str(gold), "--format", "json"))["scores"]
    counted = {one["what"]: (one["right"], one["wrong"], one["missing"]) for one in scores}
    assert counted == {
        "entities": (4, 0, 0),
        "relations": (1, 1, 0),
        "quantities": (1, 1, 0),
        "measures": (0, 0, 1),
    }
    assert {one["what"]: one["precision"] for one in scores}["relations"] == 0.5


def test_scores_break_down_by_kind_genre_and_file(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def groups(by: str) -> set[str]:
        answer = told(capsys, str(gold), "--by", by, "--format", "json")
        return {one["group"] for one in json.loads(answer)["scores"]}

    assert groups("kind") == {"School", "Enterprise", "COOPERATES_WITH", "Statistic"}
    assert groups("genre") == {"新闻", "通知"}
    assert groups("file") == {"gold.jsonl"}


def test_errors_stand_in_their_sentence(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    errors = json.loads(told(capsys, str(gold), "--errors", "9", "--format", "json"))["errors"]
    assert [(one["passage"], one["error"], one["what"]) for one in errors] == [
        (2, "wrong", "relations"),
        (2, "wrong", "quantities"),
        (2, "missing", "measures"),
    ]
    assert errors[1]["sentence"] == "去年招生300人。"
    rows = list(csv.DictReader(io.StringIO(told(capsys, str(gold), "--errors", "2", "--format", "csv"))))
    assert len(rows) == 2


@pytest.mark.parametrize(
    "line", ["no json", "{}", json.dumps(RIGHT | {"relations": [{"kind": "X", "head": 5, "tail": 0}]})]
)
def test_a_bad_line_is_named(line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(json.dumps(RIGHT) + "\n" + line, encoding="utf-8")
    assert status_of(["evaluate", str(path)]) == FAILED
    assert "bad.jsonl" in (message := capsys.readouterr().err)
    assert "2" in message


def test_a_missing_or_empty_file_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert status_of(["evaluate", str(tmp_path / "none.jsonl")]) == FAILED
    assert "file.missing" in capsys.readouterr().err
    (tmp_path / "empty.jsonl").write_text("\n", encoding="utf-8")
    assert status_of(["evaluate", str(tmp_path / "empty.jsonl")]) == FAILED
    assert "file.empty" in capsys.readouterr().err


def test_texts_that_lie_elsewhere_are_joined_from_their_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "news.jsonl").write_text(json.dumps({"id": 1, "body": TEXT}), encoding="utf-8")
    pointing = {
        "file": "news.jsonl",
        "record": {"id": 1},
        "field": "body",
        "start": 0,
        "end": len(TEXT),
        "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
        "entities": [{"kind": "School", "start": 0, "end": 4}],
        "relations": [],
        "quantities": [],
        "measures": [],
    }
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(pointing), encoding="utf-8")
    scores = json.loads(told(capsys, str(path), "--texts", str(tmp_path), "--format", "json"))["scores"]
    assert scores[0]["right"] == 1
    assert status_of(["evaluate", str(path)]) == FAILED
    assert "--texts" in capsys.readouterr().err
