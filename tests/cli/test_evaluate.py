"""`liantu evaluate`: scores of the extraction against annotated passages."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pytest

from cli.evaluate import told_apart
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

    assert groups("kind") == {"School", "Enterprise", "COOPERATES_WITH", "Statistic", "Measure"}
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


def refused(capsys: pytest.CaptureFixture[str], path: Path) -> str:
    assert status_of(["evaluate", str(path)]) == FAILED
    return capsys.readouterr().err


def written(folder: Path, *lines: object, encoding: str = "utf-8") -> Path:
    path = folder / "lines.jsonl"
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding=encoding)
    return path


UNSOUND: dict[str, dict[str, Any]] = {
    "text": {"text": None},
    "entities": {"entities": None},
    "measures": {"measures": ["建立台账"]},
    "relations[0].head": {"relations": [{"kind": "COOPERATES_WITH", "head": 0.0, "tail": 1}]},
    "relations[0].tail": {"relations": [{"kind": "COOPERATES_WITH", "head": 0, "tail": True}]},
    "relations[0].tail.measure": {"relations": [{"kind": "RESPONSIBLE_FOR", "head": 0, "tail": {}}]},
    "relations[0].kind": {"relations": [{"head": 0, "tail": 1}]},
    "entities[0].kind": {"entities": [{"kind": ["School"], "surface": "重庆大学"}], "relations": []},
    "quantities[0].type": {"quantities": [{"type": ["Target"], "value": 300, "surface": "300人"}]},
    "quantities[0].value": {"quantities": [{"type": "Target", "value": 10**400, "surface": "300人"}]},
    "measures[0].text": {"measures": [{"text": ""}]},
}


@pytest.mark.parametrize("field", UNSOUND)
def test_what_is_no_annotated_passage_is_told_with_line_and_field(
    field: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    message = refused(capsys, written(tmp_path, RIGHT, RIGHT | UNSOUND[field]))
    assert message.startswith("error[file.unreadable]")
    assert "line 2 " in message
    assert f"{field} should be" in message


def test_a_line_that_is_nested_too_deep_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "deep.jsonl"
    path.write_text('{"text": ' + "[" * 100_000 + "]" * 100_000 + "}", encoding="utf-8")
    assert "line 1 " in refused(capsys, path)


def test_annotations_that_cannot_be_meant_are_told_with_file_and_line_and_scored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [
        RIGHT,
        RIGHT | {"id": 2, "entities": [{"kind": "Skool", "surface": "重庆大学"}], "relations": []},
        RIGHT | {"id": 3, "entities": [{"kind": "School", "surface": "别的大学"}], "relations": []},
        RIGHT | {"id": 4, "entities": [RIGHT["entities"][0] | {"start": 1, "end": 5}, RIGHT["entities"][1]]},
        RIGHT | {"relations": [{"kind": "COOPERATES", "head": 0, "tail": 1}]},
    ]
    assert status_of(["evaluate", str(written(tmp_path, *lines)), "--format", "json"]) == DONE
    captured = capsys.readouterr()
    assert json.loads(captured.out)["scores"]
    begun = [line.partition(": ")[2].partition(":")[0] for line in captured.err.splitlines()]
    assert begun == [
        "Line 2 of lines.jsonl, entities[0].kind",
        "Line 3 of lines.jsonl, entities[0]",
        "Line 4 of lines.jsonl, entities[0]",
        "Line 5 of lines.jsonl, id",
        "Line 5 of lines.jsonl, relations[0].kind",
    ]


def test_what_no_passage_is_annotated_for_has_no_score(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(written(tmp_path, {name: RIGHT[name] for name in ("text", "entities", "relations")}))
    scores = {one["what"]: one for one in json.loads(told(capsys, path, "--format", "json"))["scores"]}
    assert scores["entities"]["f1"] == 1
    assert {scores["quantities"]["f1"], scores["measures"]["right"]} == {None}
    assert "quantities (not annotated)" in told(capsys, path)


def test_files_of_one_name_are_told_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = []
    for folder in ("left", "right"):
        (tmp_path / folder).mkdir()
        paths.append(str(written(tmp_path / folder, RIGHT)))
    answer = json.loads(told(capsys, *paths, "--by", "file", "--format", "json"))
    assert {one["group"] for one in answer["scores"]} == {"left/lines.jsonl", "right/lines.jsonl"}
    twice = [Path("/a/b/c"), Path("/a/b/c"), Path("/a/d/c"), Path("/e/f")]
    assert told_apart(twice) == ["b/c", "b/c", "d/c", "f"]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_gold_in_the_encodings_of_office_software_is_read(
    encoding: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, RIGHT, encoding=encoding)
    assert json.loads(told(capsys, str(path), "--format", "json"))["scores"][0]["right"] == 2


def test_half_of_a_surrogate_pair_can_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "half.jsonl"
    broken = {
        "text": "\ud83d市大学。",
        "entities": [{"kind": "School", "surface": "\ud83d市大学"}],
        "relations": [],
    }
    path.write_text(json.dumps(broken), encoding="utf-8")
    for name, mark in (("errors.csv", "\ufffd"), ("errors.txt", "?")):
        told(capsys, str(path), "--errors", "3", "-o", str(tmp_path / name))
        assert f"{mark}市大学" in (tmp_path / name).read_text(encoding="utf-8-sig")


def test_a_relation_is_shown_in_the_nearest_sentences_that_hold_both_ends(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def sentence(text: str) -> str:
        ends = [{"kind": "School", "surface": "甲校"}, {"kind": "Enterprise", "surface": "乙厂"}]
        line = {"text": text, "entities": ends, "relations": [{"kind": "LEADS", "head": 0, "tail": 1}]}
        path = str(written(tmp_path, line))
        errors = json.loads(told(capsys, path, "--errors", "9", "--format", "json"))["errors"]
        (found,) = [one["sentence"] for one in errors if one["item"].startswith("LEADS")]
        return str(found)

    assert sentence("乙厂很大。甲校很小。天气好。甲校遇见乙厂。") == "甲校遇见乙厂。"
    assert sentence("甲校很小。天气好。甲校不远。乙厂很大。") == "甲校不远。乙厂很大。"


def test_cells_are_in_the_language_of_the_reader_and_keys_of_json_are_not(
    gold: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIANTU_LANG", "zh")
    shown = told(capsys, str(gold), "--errors", "9")
    assert not {"entities", "measures", "wrong", "missing"} & set(shown.split())
    assert {"实体", "举措", "多抽", "漏抽"} <= set(shown.split())
    answer = json.loads(told(capsys, str(gold), "--errors", "9", "--format", "json"))
    assert [one["error"] for one in answer["errors"]] == ["wrong", "wrong", "missing"]


def test_a_missing_or_empty_file_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert status_of(["evaluate", str(tmp_path / "none.jsonl")]) == FAILED
    assert "file.missing" in capsys.readouterr().err
    (tmp_path / "empty.jsonl").write_text("\n", encoding="utf-8")
    assert status_of(["evaluate", str(tmp_path / "empty.jsonl")]) == FAILED
    assert "file.empty" in capsys.readouterr().err
    full = str(written(tmp_path, RIGHT))
    assert status_of(["evaluate", full, str(tmp_path / "empty.jsonl")]) == FAILED
    assert "empty.jsonl" in capsys.readouterr().err


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
