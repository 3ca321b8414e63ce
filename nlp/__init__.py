"""Reading text (文本抽取): text in, mentions, relations, quantities and measures out."""

from __future__ import annotations

from typing import Final

# Changes with the rules: what was extracted by another version is extracted anew.
VERSION: Final = "rules-2026.11.3"
