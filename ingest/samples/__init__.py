"""The samples of one city (示例数据): documents and records written for this project; `README.md` says what they are."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_HERE: Final = Path(__file__).resolve().parent


def documents() -> Path:
    """The folder of sample documents: plans, notices, a speech, a list, news, an abstract (txt, html, docx, pdf)."""
    return _HERE / "documents"


def records() -> Path:
    """The folder of sample records: consortium members, specialties, cooperation … (csv, xlsx)."""
    return _HERE / "records"
