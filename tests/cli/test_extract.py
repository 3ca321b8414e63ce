"""`liantu extract` and `liantu evaluate` with and without the trained network."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.main import DONE, status_of

TEXT = "甲市教育局与华龙科创集团共建未来智造产业学院，由临江职业技术学院牵头，服务当地银发经济产业。"


@pytest.fixture
def passages(tmp_path: Path) -> Path:
    path = tmp_path / "passages.jsonl"
    whole = {"kind": "Agency", "surface": "甲市教育局", "start": 0, "end": 5}
    line = {"id": 1, "text": TEXT, "entities": [whole], "relations": [], "quantities": [], "measures": []}
    path.write_text(json.dumps(line, ensure_ascii=False), encoding="utf-8")
    return path


def test_the_network_is_asked_where_the_command_says_so(
    passages: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    agencies = []
    for options in ([], ["--recognition"], ["--no-recognition"]):
        assert status_of(["extract", str(passages), "--format", "jsonl", *options]) == DONE
        entities = json.loads(capsys.readouterr().out)["entities"]
        agencies.append(next(one["surface"] for one in entities if one["kind"] == "Agency"))
        monkeypatch.setenv("LIANTU_RECOGNITION", "1")  # what the command says goes before the environment
    assert agencies == ["市教育局", "甲市教育局", "市教育局"]


def test_the_network_is_scored_where_the_command_says_so(
    passages: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    right = []
    for options in ([], ["--recognition"]):
        assert status_of(["evaluate", str(passages), "--format", "json", *options]) == DONE
        scores = json.loads(capsys.readouterr().out)["scores"]
        right.append(next(one["right"] for one in scores if one["what"] == "entities"))
    assert right == [0, 1]
