"""What people decided about names (判定): these two are the same, those two are not; kept beside the graph.

`judgements.csv` in the graph's directory is a table that a person can read and edit: left, right (ids), verdict
(same, different), who, when. It survives re-ingestion, and taking a row out undoes the merge.
"""

from __future__ import annotations

import csv
import io
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Final, Literal

Verdict = Literal["same", "different"]
FILE: Final = "judgements.csv"
_COLUMNS: Final = ("left", "right", "verdict", "who", "when")


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
    file = directory / FILE
    if not file.is_file():
        return ()
    read = csv.DictReader(io.StringIO(text_of(file), newline=""))
    rows = [{k: v.strip() for k, v in row.items() if k and isinstance(v, str)} for row in read]
    return tuple(
        Judgement(
            row["left"],
            row["right"],
            "same" if row["verdict"] == "same" else "different",
            row.get("who", ""),
            row.get("when", ""),
        )
        for row in rows
        if row.get("left") and row.get("right") and row.get("verdict") in {"same", "different"}
    )


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
