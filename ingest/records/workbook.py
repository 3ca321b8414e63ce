"""xlsx workbooks (工作簿): checked before they are opened, then read sheet by sheet.

A workbook is a zip of XML from a stranger. DOCTYPE and entities, zip bombs, names that climb out of the archive,
encrypted files and other files that only call themselves xlsx are refused before any XML is read.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final

import pyarrow as pa

from graph.errors import LiantuError
from ingest.records.header import (
    HEADER_ROWS,
    Header,
    checked,
    find_header,
    match_kind,
    shown_headers,
    table_named,
)
from ingest.records.sheet import Sheet, narrowed

EXPANDED_LIMIT: Final = 1 << 30  # bytes of all members of the archive
RATIO_LIMIT: Final = 200  # a member that shrinks more than this, and is large, is a bomb
MEMBERS_LIMIT: Final = 2000
CELLS_LIMIT: Final = 30_000_000  # the reader allocates the whole rectangle from the first cell to the last
EXPLANATION: Final = "填写说明"  # the title of the sheet by which a template explains itself
_COMPOUND: Final = bytes.fromhex("d0cf11e0a1b11ae1")  # old Office files, and encrypted new ones
_DOCTYPE: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_CELL: Final = re.compile(rb'<c[^>]*?\sr="([A-Z]{1,4})(\d{1,9})"')
_CHUNK: Final = 1 << 20


def check_workbook(path: Path) -> None:
    """Refuse what cannot be read or should not be: `file.unreadable`, `.encrypted`, `.unsafe`, `.too_large`, `.empty`."""
    file = path.name
    with path.open("rb") as stream:
        head = stream.read(512)
    if not head:
        raise LiantuError("file.empty", file=file)
    if head.startswith(_COMPOUND):
        if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
            raise LiantuError("file.encrypted", file=file)
        raise LiantuError(
            "file.unreadable", file=file, reason="旧版 xls，请另存为 xlsx / an old xls: save it as xlsx"
        )
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise LiantuError(
            "file.unreadable",
            file=file,
            reason="其实是网页，请另存为 xlsx / in fact a web page: save it as xlsx",
        )
    try:
        with zipfile.ZipFile(path) as archive:
            _check_archive(archive, file)
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        zlib.error,
        NotImplementedError,
        OSError,
        RuntimeError,
        ValueError,
        EOFError,
    ) as error:
        raise LiantuError("file.unreadable", file=file, reason=type(error).__name__) from None


def _check_archive(archive: zipfile.ZipFile, file: str) -> None:
    members = archive.infolist()
    if len(members) > MEMBERS_LIMIT:
        raise LiantuError("file.unsafe", file=file, reason=f"{len(members)} members")
    expanded = sum(member.file_size for member in members)
    if expanded > EXPANDED_LIMIT:
        size, limit = f"{expanded >> 20} MB", f"{EXPANDED_LIMIT >> 20} MB"
        raise LiantuError("file.too_large", file=file, size=size, limit=limit)
    for member in members:
        if member.flag_bits & 1:
            raise LiantuError("file.encrypted", file=file)
        if member.filename.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", member.filename):
            raise LiantuError("file.unsafe", file=file, reason="../")
        if member.file_size > _CHUNK and member.file_size > RATIO_LIMIT * max(member.compress_size, 1):
            raise LiantuError("file.unsafe", file=file, reason="zip bomb")
        if member.filename.lower().endswith((".xml", ".rels", ".vml")):
            with archive.open(member) as stream:
                _check_xml(stream, file)


def _check_xml(stream: IO[bytes], file: str) -> None:
    """Refuse a DOCTYPE, and a sheet whose farthest cells span more than can be held."""
    low = [1 << 30, 1 << 30]
    high = [0, 0]
    rest = b""
    first = True
    while chunk := stream.read(_CHUNK):
        if first and b"\0" in chunk[:64]:
            raise LiantuError("file.unsafe", file=file, reason="XML encoding")
        first = False
        window = rest + chunk
        if _DOCTYPE.search(window):
            raise LiantuError("file.unsafe", file=file, reason="DOCTYPE")
        for letters, digits in set(_CELL.findall(window)):
            for axis, position in enumerate((_column_number(letters), int(digits))):
                low[axis] = min(low[axis], position)
                high[axis] = max(high[axis], position)
        rest = window[-64:]
    cells = (high[0] - low[0] + 1) * (high[1] - low[1] + 1)
    if high[0] and cells > CELLS_LIMIT:
        raise LiantuError("file.too_large", file=file, size=f"{cells} cells", limit=f"{CELLS_LIMIT} cells")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def read_workbook(path: Path) -> tuple[list[Sheet], list[tuple[str, LiantuError]]]:
    """The sheets that are records, and for each other sheet that holds anything its name and why it is none."""
    # Imported here: the extension takes a while to load, and a csv needs none of it.
    import python_calamine as calamine  # noqa: PLC0415

    check_workbook(path)
    sheets: list[Sheet] = []
    others: list[tuple[str, LiantuError]] = []
    try:
        with calamine.CalamineWorkbook.from_path(path) as workbook:
            for name in workbook.sheet_names:
                sheet = workbook.get_sheet_by_name(name)
                if name == EXPLANATION or not (grid := _grid(sheet)):
                    continue
                try:
                    sheets.append(_sheet(path, name, grid, sheet.merged_cell_ranges or []))
                except LiantuError as error:
                    others.append((name, error))
    except calamine.PasswordError:
        raise LiantuError("file.encrypted", file=path.name) from None
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise LiantuError("file.unreadable", file=path.name, reason=str(error)[:120]) from None
    if not sheets and not others:
        raise LiantuError("file.empty", file=path.name)
    return sheets, others


def _grid(sheet: Any) -> list[list[str]]:
    return [[_cell_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]


def _cell_text(cell: object) -> str:
    """What a cell says, as text; a whole number loses the `.0` that spreadsheets keep it with."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    return str(cell)


def _sheet(path: Path, name: str, grid: list[list[str]], merged: list[Any]) -> Sheet:
    label, hint = f"{path.name} [{name}]", f"{name} {path.stem}"
    found = find_header(grid[:HEADER_ROWS], hint)
    if found is None:
        kind = table_named(hint)
        if kind is None or kind.left is None:
            raise LiantuError("record.kind", file=label, headers=shown_headers(grid[:HEADER_ROWS]))
        found = Header(0, len(grid), (), match_kind(kind, ()))
    if found.match.kind.left is not None:
        nothing = pa.array([], pa.string())
        return Sheet(name, f"{name}!", found.match, found.headers, (nothing,) * len(found.headers), nothing)
    match = checked(found.match, found.headers, label)
    first = found.index + found.depth
    for row, column, value in _merged_below(grid, merged, first - 1):
        grid[row][column] = value
    columns = tuple(
        pa.array([row[c] for row in grid[first:]], pa.string()) for c in range(len(found.headers))
    )
    numbers = pa.array(range(first + 1, len(grid) + 1), pa.int64())
    return narrowed(Sheet(name, f"{name}!", match, found.headers, columns, numbers, serials=True))


def _merged_below(grid: list[list[str]], merged: list[Any], header: int) -> Iterator[tuple[int, int, str]]:
    """The cells of a column that were merged downwards: each of them holds the value of the first."""
    for (top, left), (bottom, right) in merged:
        if top > header and left == right and top < len(grid) and left < len(grid[top]):
            for row in range(top + 1, min(bottom + 1, len(grid))):
                yield row, left, grid[top][left]
