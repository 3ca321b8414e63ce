"""The reader's language (界面语言): Chinese or English, chosen once, asked everywhere."""

from __future__ import annotations

import locale
import os
from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]


def current_language() -> Language:
    """The language that the user reads: `LIANTU_LANG`, else the locale, else English."""
    chosen = os.environ.get("LIANTU_LANG", "").strip().lower()
    if not chosen:
        for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
            chosen = os.environ.get(variable, "").lower()
            if chosen:
                break
        else:
            chosen = (locale.getlocale()[0] or "").lower()
    return "zh" if chosen.startswith(("zh", "chinese")) else "en"


@dataclass(frozen=True, slots=True)
class Text:
    """One thing said in both languages; `str()` gives the reader's."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.zh if current_language() == "zh" else self.en

    def format(self, **values: object) -> str:
        """The reader's text with `{names}` filled in."""
        return str(self).format(**values)
