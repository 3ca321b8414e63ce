"""Places as people say them, in both languages; what has another form stays as it is."""

from __future__ import annotations

import pytest

from graph.place import place_in_words, where_in_words


@pytest.mark.parametrize(
    ("place", "zh", "en"),
    [
        ("l.16", "第16行", "line 16"),
        ("p.3", "第3页", "page 3"),
        ("b.7", "第7段", "paragraph 7"),
        ("校企合作项目!12", "表“校企合作项目”第12行", "sheet “校企合作项目”, row 12"),
        ("附件一", "附件一", "附件一"),
        (None, "", ""),
    ],
)
def test_a_place_is_told_in_the_readers_language(
    place: str | None, zh: str, en: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIANTU_LANG", "zh")
    assert place_in_words(place) == zh
    monkeypatch.setenv("LIANTU_LANG", "en")
    assert place_in_words(place) == en


def test_a_source_without_a_place_stands_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANTU_LANG", "zh")
    assert where_in_words("a.csv", "l.2") == "a.csv 第2行"
    assert where_in_words("a.csv", None) == "a.csv"
