"""The extractor's version: another one as soon as a rule, a word list, a table or the trained network changes."""

from __future__ import annotations

from pathlib import Path

import nlp
from nlp import _fingerprint


def test_a_changed_rule_word_list_or_table_is_another_version(tmp_path: Path) -> None:
    (tmp_path / "names").mkdir()
    rule, words, table = tmp_path / "rule.py", tmp_path / "names" / "words.txt", tmp_path / "confidence.csv"
    other = tmp_path / "notes.md"
    seen = set()
    for path, text in ((rule, "a"), (words, "甲\n"), (rule, "b"), (words, "甲\n乙\n"), (table, "1\n")):
        path.write_text(text, encoding="utf-8", newline="\n")
        seen.add(_fingerprint(tmp_path))
    assert len(seen) == 5
    other.write_text("no rule", encoding="utf-8")
    words.write_text("甲\r\n乙\r\n", encoding="utf-8", newline="")
    assert _fingerprint(tmp_path) in seen


def test_another_network_is_another_version_and_how_it_is_trained_is_none(tmp_path: Path) -> None:
    (tmp_path / "recognition").mkdir()
    (tmp_path / "training").mkdir()
    network = tmp_path / "recognition" / "network.onnx"
    network.write_bytes(b"\x93\r\n")
    before = _fingerprint(tmp_path)
    (tmp_path / "training" / "course.py").write_text("rounds = 12", encoding="utf-8")
    assert _fingerprint(tmp_path) == before
    network.write_bytes(b"\x93\n")
    assert _fingerprint(tmp_path) != before


def test_the_version_is_that_of_the_installed_rules() -> None:
    assert f"rules-{_fingerprint(Path(nlp.__file__).parent)[:12]}" == nlp.VERSION
