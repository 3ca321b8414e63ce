"""xlsx workbooks (工作簿): checked before they are opened, then read sheet by sheet.

A workbook is a zip of XML from a stranger. DOCTYPE and entities, zip bombs, names that climb out of the archive,
encrypted files and other files that only call themselves xlsx are refused before any XML is read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from graph.collection import older_left_out
from graph.errors import LiantuError
from graph.language import Text
from ingest.package import WORKBOOK, Chunks, check_package
from ingest.records.above import filled_down
from ingest.records.header import (
    HEADER_ROWS,
    Header,
    Match,
    checked,
    find_header,
    match_kind,
    shown_headers,
    table_named,
)
from ingest.records.hidden_rows import hidden_rows
from ingest.records.kind import Form
from ingest.records.mapping import Reading, header_by
from ingest.records.second_header import is_header_row, is_of_persons
from ingest.records.sheet import Sheet, dropped_cells, narrowed, returned
from ingest.records.span import check_span
from ingest.records.title import line_above, titled_header
from ingest.records.uncomputed import Uncomputed, uncomputed_note
from ingest.records.validity import checked_validity
from ingest.reject import OVERVIEW

EXPLANATION: Final = "填写说明"  # the title of the sheet by which a template explains itself
LEFT: Final = frozenset({EXPLANATION, OVERVIEW.zh, OVERVIEW.en})
_EXACT: Final = 2**53  # beyond, not every whole number is kept
_FIGURES: Final = frozenset({Form.COUNT, Form.MONEY})
_WHOSE: Final = frozenset({Form.NAME, Form.NAMES, Form.TITLE, Form.YEAR})  # what a figure is told of
Grid = list[list[Any]]  # the cells of a sheet as they were read: text, numbers, dates
_COMPOUND: Final = bytes.fromhex("d0cf11e0a1b11ae1")  # old Office files, and encrypted new ones


def check_workbook(path: Path) -> tuple[frozenset[str], Uncomputed]:
    """Refuse what cannot be read or should not be: `file.unreadable`, `.encrypted`, `.unsafe`, `.too_large`, `.empty`.

    Of what is sound the names of the XML parts that hide something, and the formulas without a value.
    """
    file = path.name
    with path.open("rb") as stream:
        head = stream.read(512)
    if not head:
        raise LiantuError("file.empty", file=file)
    if head.startswith(_COMPOUND):
        if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
            raise LiantuError("file.encrypted", file=file)
        raise LiantuError(
            "file.unreadable",
            file=file,
            reason=Text("旧版 xls，请另存为 xlsx", "an old xls: save it as xlsx"),
        )
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise LiantuError(
            "file.unreadable",
            file=file,
            reason=Text("其实是网页，请另存为 xlsx", "in fact a web page: save it as xlsx"),
        )
    hiding: set[str] = set()
    uncomputed = Uncomputed()

    def look(part: str, pieces: Iterator[bytes], chunks: Chunks) -> None:
        if check_span(uncomputed.looking(part, pieces), chunks, file):
            hiding.add(part)

    check_package(path, file, limits=WORKBOOK, look=look, climbing=False)
    return frozenset(hiding), uncomputed


def read_workbook(
    path: Path, mappings: Sequence[Reading] = (), *, whole: bool = False
) -> tuple[list[Sheet], list[tuple[str, LiantuError]], list[Text]]:
    """The sheets that are records, for each other sheet that holds anything its name and why it is none, and notes.

    Hidden sheets and hidden rows are not taken, and the notes say so. A sheet without a header, as wide as the one before
    it and of the same kind of rows, goes on with that one. `whole` keeps the columns that the kind does not read.
    """
    # Imported here: the extension takes a while to load, and a csv needs none of it.
    import python_calamine as calamine  # noqa: PLC0415

    hiding, uncomputed = check_workbook(path)
    sheets: list[Sheet] = []
    before: Sheet | None = None  # the last one, with the columns that its kind reads
    others: list[tuple[str, LiantuError]] = []
    notes: list[Text] = []
    unseen = hidden_rows(path, hiding) if hiding else {}
    formulas = uncomputed.by_sheet(path)
    try:
        with older_left_out(), calamine.CalamineWorkbook.from_path(path) as workbook:
            for meta in workbook.sheets_metadata:
                name = meta.name
                sheet = workbook.get_sheet_by_name(name)
                if name in LEFT or not (grid := sheet.to_python(skip_empty_area=False)):
                    continue
                if meta.visible != calamine.SheetVisibleEnum.Visible:
                    notes.append(
                        Text(f"隐藏的工作表“{name}”未读取", f"the hidden sheet {name!r} was not read")
                    )
                    continue
                rows = unseen.get(name, frozenset())
                notes += [uncomputed_note(name, formulas[name])] if name in formulas else []
                try:
                    found = _sheet(path, name, grid, sheet.merged_cell_ranges or [], mappings, whole)
                except LiantuError as error:
                    on = _continued(name, grid, before)
                    if on is None or error.code != "record.kind":
                        others.append((name, error))
                        continue
                    found = on
                    notes.append(
                        Text(f"工作表“{name}”接续上一张", f"the sheet {name!r} goes on with the one before")
                    )
                    before = on
                else:
                    before = narrowed(returned(found)) if whole else found
                sheets.append(_seen(found, rows, notes))
    except calamine.PasswordError:
        raise LiantuError("file.encrypted", file=path.name) from None
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise LiantuError("file.unreadable", file=path.name, reason=str(error)[:120]) from None
    if not sheets and not others and not notes:
        raise LiantuError("file.empty", file=path.name)
    return sheets, others, notes


def _seen(sheet: Sheet, hidden: frozenset[int], notes: list[Text]) -> Sheet:
    """The sheet without its hidden rows."""
    gone = [row for row in sheet.numbers.to_pylist() if row in hidden]
    if not gone:
        return sheet
    shown = "、".join(map(str, gone[:5])) + ("…" if len(gone) > 5 else "")
    notes.append(
        Text(
            f"工作表“{sheet.name}”的 {len(gone)} 个隐藏行未读取（第 {shown} 行）",
            f"{len(gone)} hidden rows of the sheet {sheet.name!r} were not read (rows {shown})",
        )
    )
    keep = pc.invert(pc.is_in(sheet.numbers, pa.array(gone, pa.int64())))
    stays = pc.indices_nonzero(keep).to_pylist()
    now = {before: row for row, before in enumerate(stays)}
    return replace(
        sheet,
        columns=tuple(column.filter(keep) for column in sheet.columns),
        numbers=sheet.numbers.filter(keep),
        filled=None if sheet.filled is None else sheet.filled.filter(keep),
        corrects=None if sheet.corrects is None else sheet.corrects.filter(keep),
        aside=tuple((now[row], what) for row, what in sheet.aside if row in now),
    )


def _continued(name: str, grid: Grid, before: Sheet | None) -> Sheet | None:
    """A sheet without a header that goes on with the one before: as wide, and most of its first rows are such rows.

    It may be narrower where columns on the right that are not read are empty in it. A table with a header of its own, or
    of persons, is another one.
    """
    if (
        before is None
        or before.title
        or not max(before.taken, default=before.width) < len(grid[0]) <= before.width
    ):
        return None
    top_rows = [list(map(_cell_text, row)) for row in grid[:HEADER_ROWS]]
    first = next((row for row in top_rows if sum(bool(cell.strip()) for cell in row) > 1), [])
    if is_header_row(first) or is_of_persons(first):
        return None
    grid = [[*row, *[""] * (before.width - len(row))] for row in grid]
    columns = tuple(_texts([row[c] for row in grid]) for c in before.taken)
    others = [c for c in range(before.width) if c not in before.taken]
    dropped = [_texts([row[c] for row in grid]) for c in others]
    filled, aside = dropped_cells(dropped, columns, remarks=not before.match.kind.standard)
    numbers = pa.array(range(1, len(grid) + 1), pa.int64())
    sheet = replace(
        before, name=name, prefix=f"{name}!", columns=columns, numbers=numbers, filled=filled, aside=aside
    )
    from ingest.records.check import check_sheet  # noqa: PLC0415 - it reads the sheets that this module makes

    top = replace(
        sheet,
        columns=tuple(c.slice(0, 10) for c in columns),
        numbers=numbers.slice(0, 10),
        filled=None,
        aside=tuple((row, what) for row, what in aside if row < 10),
    )
    tried = check_sheet(top, name)
    records = tried.rows_read - len(tried.set_aside)
    return filled_down(sheet) if tried.rows and 2 * tried.rows >= records else None


def _texts(cells: list[Any]) -> pa.Array:
    """The cells of a column as text; each distinct one is looked at once."""
    kinds = set(map(type, cells))
    if kinds <= {str}:
        return pa.array(cells, pa.string())
    if bool in kinds:  # which a dictionary would take for 1 and 0
        return pa.array([_cell_text(cell) for cell in cells], pa.string())
    texts = {cell: _cell_text(cell) for cell in set(cells)}
    return pa.array([texts[cell] for cell in cells], pa.string())


def _cell_text(cell: object) -> str:
    """What a cell says, as text; a whole number loses the `.0` that spreadsheets keep it with.

    One of more digits than a spreadsheet keeps stays as it shows it (9.15e+17): a code typed as a number has lost its
    last digits.
    """
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) <= _EXACT:
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    return str(cell)


def _sheet(
    path: Path, name: str, grid: Grid, merged: list[Any], mappings: Sequence[Reading], whole: bool
) -> Sheet:
    label, hint = f"{path.name} [{name}]", f"{name} {path.stem}"
    top = [[_cell_text(cell) for cell in row] for row in grid[:HEADER_ROWS]]
    found, title = header_by(mappings, top), None
    if found is None:
        found = find_header(top, hint)
        if (titled := titled_header(top, found, hint, label, name)) is not None:
            found, title = titled
    if found is None:
        kind = table_named(hint)
        if kind is None or kind.left is None:
            raise LiantuError("record.kind", file=label, headers=shown_headers(top))
        found = Header(0, len(grid), (), match_kind(kind, ()))
    if found.match.kind.left is not None:
        nothing = pa.array([], pa.string())
        return Sheet(name, f"{name}!", found.match, found.headers, (nothing,) * len(found.headers), nothing)
    match = found.match if title else checked(found.match, found.headers, label)
    lines = [line_above(row) for row in top[: found.index]]
    planned = checked_validity(match.kind, (lines, [name], [path.stem]), label)
    first = found.index + found.depth
    for row, column, value in _merged_below(grid, merged, first - 1):
        grid[row][column] = value
    shared = frozenset(_shared(grid, merged, first - 1, match))
    rows = grid[first:]
    columns = tuple(_texts([row[c] for row in rows]) for c in range(len(found.headers)))
    numbers = pa.array(range(first + 1, len(grid) + 1), pa.int64())
    sheet = Sheet(
        name,
        f"{name}!",
        match,
        found.headers,
        columns,
        numbers,
        serials=True,
        depth=found.depth,
        shared=shared,
        planned=planned,
    )
    sheet = title.given(sheet) if title else sheet
    return sheet if whole else filled_down(narrowed(returned(sheet)))


def _merged_below(grid: Grid, merged: list[Any], header: int) -> Iterator[tuple[int, int, Any]]:
    """The cells of a column that were merged downwards: each of them holds the value of the first."""
    for (top, left), (bottom, right) in merged:
        if top > header and left == right and top < len(grid) and left < len(grid[top]):
            for row in range(top + 1, min(bottom + 1, len(grid))):
                yield row, left, grid[top][left]


def _shared(grid: Grid, merged: list[Any], header: int, match: Match) -> Iterator[tuple[str, int]]:
    """The figures in cells merged over rows of several names, as (column, number of the row): whose they are is unknown.

    Rows that name the same, and differ in what is not read, have the figure all of them.
    """
    whose = [place for place, column in enumerate(match.columns) if column and column.form in _WHOSE]
    for (top, left), (bottom, right) in merged:
        column = match.columns[left] if left == right and left < len(match.columns) else None
        if top <= header or column is None or column.form not in _FIGURES:
            continue
        rows = range(top, min(bottom + 1, len(grid)))
        names = {place: {grid[row][place] for row in rows} - {""} for place in whose}
        if any(len(found) > 1 for found in names.values()):
            yield from ((column.name, row + 1) for row in rows)
