"""The review list (待核清单): `review.csv`, pairs of names that a person is to judge, in a table that they may edit.

What a person wrote stays: other columns, and rows without ids. Excel and WPS may have saved it in GB18030.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from ingest.judgement import text_of

REVIEW_FILE: Final = "review.csv"
_COLUMNS: Final = ("left", "right", "rule", "score", "reason")
Rows = dict[tuple[str, ...], dict[str, str]]


def read_review(file: Path) -> Rows:
    """The rows by the pair that each is of; a row without ids by all that it says. Nothing where there is no file."""
    known: Rows = {}
    if file.is_file():
        for row in csv.DictReader(io.StringIO(text_of(file), newline=""), restkey="…"):
            told = {name: value for name, value in row.items() if isinstance(value, str)}
            ends = (told.get("left", ""), told.get("right", ""))
            known[ends if all(ends) else ("", *told.values())] = told
    return known


def write_review(file: Path, rows: Mapping[tuple[str, ...], dict[str, str]]) -> None:
    """Write the list in one step."""
    columns = list(dict.fromkeys([*_COLUMNS, *(name for row in rows.values() for name in row)]))
    partial = file.with_suffix(".tmp")
    with partial.open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.DictWriter(handle, columns, restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows.values())
    partial.replace(file)
