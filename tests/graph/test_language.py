"""The reader's language: what was said, else the locale, else English."""

from __future__ import annotations

import pytest

from graph.language import Text, current_language


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LIANTU_LANG": "zh"}, "zh"),
        ({"LIANTU_LANG": "en", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LIANTU_LANG": "fr"}, "en"),
    ],
)
def test_the_language_is_what_was_said_else_the_locale(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: str
) -> None:
    for name in ("LIANTU_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert current_language() == language
    assert str(Text("中", "en")) == {"zh": "中", "en": "en"}[language]
