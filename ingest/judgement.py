"""What people decided about names (判定): these two are the same, those two are not; kept beside the graph.

`judgements.csv` in the graph's directory is a table that a person can read and edit: left, right (ids), verdict
(same, different), who, when. It survives re-ingestion, and taking a row out undoes the merge.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Final, Literal

from graph.language import Text
from ingest.reject import reason

Verdict = Literal["same", "different"]
FILE: Final = "judgements.csv"
_COLUMNS: Final = ("left", "right", "verdict", "who", "when")
_NEEDED: Final = _COLUMNS[:3]
_SHOWN: Final = 40  # characters of a verdict that is none


@dataclass(frozen=True, slots=True)
class Judgement:
    """A decision on two node ids, in the form that they have before names are resolved."""

    left: str
    right: str
    verdict: Verdict
    who: str = ""
    when: str = ""


def read_judgements(directory: Path) -> tuple[Judgement, ...]:
    """The judgements kept beside the graph; rows without two ids or a known verdict count for nothing."""
    return tuple(row for row in _read(directory) if isinstance(row, Judgement))


def unread_judgements(directory: Path) -> tuple[Text, ...]:
    """Of the rows that count for nothing, on which line each stands and why it does not count."""
    return tuple(row for row in _read(directory) if isinstance(row, Text))


def _read(directory: Path) -> Iterator[Judgement | Text]:
    file = directory / FILE
    if not file.is_file():
        return
    read = csv.DictReader(io.StringIO(text_of(file), newline=""))
    read.fieldnames = [name.strip().casefold() for name in read.fieldnames or ()]
    missing = [name for name in _NEEDED if name not in read.fieldnames]
    if missing:
        if read.fieldnames:
            yield reason("judgement.header", file=FILE, columns=",".join(missing), all=",".join(_COLUMNS))
        return
    for row in read:
        told = {name: value.strip() for name, value in row.items() if isinstance(value, str)}
        if not any(told.values()):
            continue
        left, right, verdict = (told.get(name, "") for name in _NEEDED)
        if not left or not right:
            yield reason("judgement.ids", file=FILE, line=read.line_num)
        elif verdict.casefold() == "same":
            yield Judgement(left, right, "same", told.get("who", ""), told.get("when", ""))
        elif verdict.casefold() == "different":
            yield Judgement(left, right, "different", told.get("who", ""), told.get("when", ""))
        else:
            yield reason("judgement.verdict", file=FILE, line=read.line_num, value=verdict[:_SHOWN])


def text_of(file: Path) -> str:
    """The text of a table that a person may have saved from Excel or WPS: UTF-8 with or without a mark, else GB18030."""
    content = file.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", "replace")


def write_judgements(directory: Path, judgements: tuple[Judgement, ...]) -> None:
    """Keep these judgements (UTF-8 with a mark, so that Excel and WPS open the file right)."""
    file = directory / FILE
    partial = file.with_suffix(".tmp")
    with partial.open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(_COLUMNS)
        writer.writerows(astuple(judgement) for judgement in judgements)
    partial.replace(file)
