"""Every error says the same in both languages, in one line, and travels between processes whole."""

from __future__ import annotations

import copy
import string

import pytest

from graph.errors import MESSAGES, LiantuError


def names(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field}


@pytest.mark.parametrize("code", MESSAGES)
def test_both_languages_name_the_same_things_in_one_line(code: str) -> None:
    text = MESSAGES[code]
    assert names(text.zh) == names(text.en)
    assert "\n" not in text.zh + text.en
    assert text.zh
    assert text.en


def test_the_reader_chooses_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    error = LiantuError("file.missing", file="名单.xlsx")
    monkeypatch.setenv("LIANTU_LANG", "zh")
    assert str(error) == "找不到文件 名单.xlsx。"
    monkeypatch.setenv("LIANTU_LANG", "en")
    assert str(error) == "There is no file 名单.xlsx."


def test_an_error_is_one_line_whatever_its_values() -> None:
    assert "\n" not in str(LiantuError("file.unreadable", file="a.txt", reason="one\ntwo"))


def test_an_error_is_rebuilt_from_its_code_and_values() -> None:
    error = copy.copy(LiantuError("file.slow", file="a.txt", seconds="3"))
    assert (error.code, error.values) == ("file.slow", {"file": "a.txt", "seconds": "3"})
