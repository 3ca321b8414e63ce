"""`liantu extract` and `liantu evaluate` with and without the trained network."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.main import DONE, status_of

TEXT = "学校与蒙娜丽莎陶瓷、欧神诺陶瓷签订协议，每年输送学生60人。"  # brands that no rule knows


@pytest.fixture
def passages(tmp_path: Path) -> Path:
    path = tmp_path / "passages.jsonl"
    brand = {"kind": "Enterprise", "surface": "蒙娜丽莎陶瓷", "start": 3, "end": 9}
    line = {"id": 1, "text": TEXT, "entities": [brand], "relations": [], "quantities": [], "measures": []}
    path.write_text(json.dumps(line, ensure_ascii=False), encoding="utf-8")
    return path


def test_the_network_is_asked_where_the_command_says_so(
    passages: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    firms = []
    for options in ([], ["--no-recognition"], ["--recognition"]):
        assert status_of(["extract", str(passages), "--format", "jsonl", *options]) == DONE
        entities = json.loads(capsys.readouterr().out)["entities"]
        firms.append([one["surface"] for one in entities if one["kind"] == "Enterprise"])
        monkeypatch.setenv("LIANTU_RECOGNITION", "0")  # what the command says goes before the environment
    assert firms == [["蒙娜丽莎陶瓷", "欧神诺陶瓷"], [], ["蒙娜丽莎陶瓷", "欧神诺陶瓷"]]


def test_the_network_is_scored_where_the_command_says_so(
    passages: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    right = []
    for options in (["--no-recognition"], []):
        assert status_of(["evaluate", str(passages), "--format", "json", *options]) == DONE
        scores = json.loads(capsys.readouterr().out)["scores"]
        right.append(next(one["right"] for one in scores if one["what"] == "entities"))
    assert right == [0, 1]
