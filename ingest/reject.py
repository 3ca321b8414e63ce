"""Rows that could not be taken (拒收), each with its place, value and reason, and the sheet that gives them back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any, Final

from graph.errors import MESSAGES
from graph.language import Text

VALUE_LIMIT: Final = 80
CELL_LIMIT: Final = 32_000  # a cell of a workbook holds 32,767 characters
_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NOT_IN_CELLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
OVERVIEW: Final = Text("拒收清单", "Rejects")  # the title of the sheet of reasons
CORRECTION: Final = re.compile(r"(?P<source>[0-9a-f]{16}):(?P<kind>\w+):(?P<place>.+)")
CORRECTIONS: Final = Text("更正编号", "Correction number")
"""The header of the first column of rows that go out to be corrected: which row each of them takes the place of."""
_NOT_IN_TITLES: Final = re.compile(r"[\\/*?:\[\]']")

HEADERS: Final = (
    Text("文件", "File"),
    Text("工作表", "Sheet"),
    Text("行", "Row"),
    Text("列", "Column"),
    Text("值", "Value"),
    Text("原因", "Reason"),
    Text("代码", "Code"),
)


@dataclass(frozen=True, slots=True)
class Reject:
    """One reason why a row was not taken; `row` is None where it is the sheet or the file itself.

    `cells` is the whole row as (header, value), so that it can be corrected and sent again; `corrects` is the number
    by which it then takes the place of this row.
    """

    file: str
    sheet: str
    row: int | None
    column: str
    value: str
    code: str
    reason: Text
    cells: tuple[tuple[str, str], ...] = ()
    corrects: str = ""


def reason(code: str, **values: object) -> Text:
    """The message of an error code in both languages; a value that is a `Text` is said in each."""
    message = MESSAGES[code]
    zh = {name: value.zh if isinstance(value, Text) else value for name, value in values.items()}
    en = {name: value.en if isinstance(value, Text) else value for name, value in values.items()}
    return Text(zh=message.zh.format(**zh), en=message.en.format(**en))


def fields_of(code: str) -> frozenset[str]:
    """The names of the values that the message of an error code tells."""
    message = MESSAGES[code]
    parts = (part for text in (message.zh, message.en) for part in Formatter().parse(text))
    return frozenset(name for _, name, _, _ in parts if name)


def shortened(value: str) -> str:
    """A value as a report shows it: at most 80 characters."""
    return value if len(value) <= VALUE_LIMIT else value[: VALUE_LIMIT - 1] + "…"


def neutralised(value: str) -> str:
    """A cell that no spreadsheet takes for a formula: a dangerous first character gets an apostrophe before it."""
    text = _NOT_IN_CELLS.sub("�", value)[:CELL_LIMIT]
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def restored(value: str) -> str:
    """A cell as it was before `neutralised`: it went out in a workbook and came back."""
    return value[1:] if value.startswith("'") and value[1:].startswith(_DANGEROUS) else value


def place_of(sheet: str, row: int) -> str:
    """Where a row stands, in the words in which its claims tell it."""
    return f"{sheet}!{row}" if sheet else f"l.{row}"


def write_rejects(rejects: Sequence[Reject], path: Path) -> None:
    """Write a workbook: first a sheet of the reasons, then for each sheet of records its rejected rows, complete.

    The rows can be corrected where they stand, and the workbook ingested again: they then stand in place of the
    rejected ones, told by the number in the first column.
    """
    # Imported here: openpyxl takes a quarter of a second, and most batches have nothing to reject.
    from openpyxl import Workbook  # noqa: PLC0415

    workbook = Workbook(write_only=True)
    overview = workbook.create_sheet(str(OVERVIEW))
    overview.freeze_panes = "A2"
    for letter, width in zip("ABCDEFG", (28, 14, 8, 18, 36, 48, 22), strict=True):
        overview.column_dimensions[letter].width = width
    overview.append([str(header) for header in HEADERS])
    for item in rejects:
        place = item.row if item.row is not None else ""
        overview.append(
            [
                neutralised(item.file),
                neutralised(item.sheet),
                place,
                neutralised(item.column),
                neutralised(item.value),
                str(item.reason),
                item.code,
            ]
        )
    append_rejects(workbook, rejects)
    workbook.save(path)


def append_rejects(workbook: Any, rejects: Sequence[Reject]) -> None:
    """Add to a workbook, for each sheet of records, a sheet of its rejected rows, complete as far as they were read."""
    titles = {title.casefold() for title in workbook.sheetnames}
    for (file, sheet), rows in _rows_by_sheet(rejects).items():
        _append_rows(workbook.create_sheet(_title(sheet or Path(file).stem, titles)), rows)


_Row = tuple[str, tuple[tuple[str, str], ...]]  # the number of the correction, and the cells


def _rows_by_sheet(rejects: Iterable[Reject]) -> dict[tuple[str, str], dict[int, _Row]]:
    sheets: dict[tuple[str, str], dict[int, _Row]] = {}
    for item in rejects:
        if item.row is not None and item.cells:
            sheets.setdefault((item.file, item.sheet), {}).setdefault(item.row, (item.corrects, item.cells))
    return sheets


def _append_rows(sheet: Any, rows: Mapping[int, _Row]) -> None:
    _, widest = max(rows.values(), key=lambda row: len(row[1]))
    numbered = any(
        corrects for corrects, _ in rows.values()
    )  # not those of a graph that an earlier version made
    sheet.freeze_panes = "B2" if numbered else "A2"
    if numbered:
        sheet.column_dimensions["A"].width = 4
    sheet.append([*([str(CORRECTIONS)] if numbered else []), *(neutralised(header) for header, _ in widest)])
    for number in sorted(rows):
        corrects, cells = rows[number]
        sheet.append([*([corrects] if numbered else []), *(neutralised(value) for _, value in cells)])


def _title(wanted: str, taken: set[str]) -> str:
    """A sheet title of at most 31 characters that no other sheet has."""
    base = _NOT_IN_TITLES.sub(" ", wanted).strip()[:28] or "records"
    title, number = base, 2
    while title.casefold() in taken:
        title, number = f"{base}{number:>3}"[:31], number + 1
    taken.add(title.casefold())
    return title
