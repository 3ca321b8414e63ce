"""The extractor's version: another one as soon as a rule or a word list changes."""

from __future__ import annotations

from pathlib import Path

import nlp
from nlp import _fingerprint


def test_a_changed_rule_or_word_list_is_another_version(tmp_path: Path) -> None:
    (tmp_path / "names").mkdir()
    rule, words, other = tmp_path / "rule.py", tmp_path / "names" / "words.txt", tmp_path / "notes.md"
    seen = set()
    for path, text in ((rule, "a"), (words, "甲\n"), (rule, "b"), (words, "甲\n乙\n")):
        path.write_text(text, encoding="utf-8", newline="\n")
        seen.add(_fingerprint(tmp_path))
    assert len(seen) == 4
    other.write_text("no rule", encoding="utf-8")
    words.write_text("甲\r\n乙\r\n", encoding="utf-8", newline="")
    assert _fingerprint(tmp_path) in seen


def test_the_version_is_that_of_the_installed_rules() -> None:
    assert f"rules-{_fingerprint(Path(nlp.__file__).parent)[:12]}" == nlp.VERSION
