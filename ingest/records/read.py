"""A file of records in, its claims and its rejected rows out (记录入库的第一步)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa

from graph.claims import claims_table
from graph.errors import LiantuError
from graph.language import Text
from graph.settings import Settings
from ingest.records.check import check_sheet
from ingest.records.claims import claims_of
from ingest.records.delimited import read_delimited
from ingest.records.sheet import Sheet
from ingest.records.workbook import read_workbook
from ingest.reject import Reject, reason

RECORD_SUFFIXES: Final = (".csv", ".tsv", ".xlsx", ".xlsm")
_WORKBOOKS: Final = frozenset({".xlsx", ".xlsm"})


@dataclass(frozen=True, slots=True)
class RecordsRead:
    """What a file of records held: `rows_read` = `rows_taken` + the rows that `rejects` name, always.

    `ignored` says what was there but means nothing to liantu: columns and whole sheets.
    """

    kinds: tuple[str, ...]
    rows_read: int
    rows_taken: int
    claims: pa.Table
    rejects: tuple[Reject, ...]
    ignored: tuple[str, ...]

    @property
    def rejected_rows(self) -> int:
        """How many rows were not taken; one row may have several reasons."""
        return len({(item.sheet, item.row) for item in self.rejects if item.row is not None})


def is_record_file(path: Path) -> bool:
    """Whether a file is read as records, by its suffix; `~$…` are locks of an office program, no workbooks."""
    return path.suffix.lower() in RECORD_SUFFIXES and not path.name.startswith("~$")


def read_records(path: Path, source: str) -> RecordsRead:
    """The claims of a csv or xlsx file, of which `source` is the id.

    Raises `LiantuError` (`file.*`, `record.kind`, `record.header_missing`, `record.header_double`) where nothing of
    the file can be taken. In a workbook a sheet that cannot be taken is a reject, where another one can.
    """
    sheets, rejects, ignored = _sheets(path)
    taken = [check_sheet(sheet, path.name) for sheet in sheets]
    parts = [part for checked in taken for part in claims_of(checked, source)]
    for sheet in sheets:
        ignored += _ignored_columns(sheet)
    return RecordsRead(
        kinds=tuple(dict.fromkeys(sheet.match.kind.name for sheet in sheets)),
        rows_read=sum(checked.rows_read for checked in taken),
        rows_taken=sum(checked.rows for checked in taken),
        claims=claims_table(source, parts),
        rejects=(*rejects, *(item for checked in taken for item in checked.rejects)),
        ignored=tuple(ignored),
    )


def _sheets(path: Path) -> tuple[list[Sheet], list[Reject], list[str]]:
    if not path.is_file():
        raise LiantuError("file.missing", file=path.name)
    if not is_record_file(path):
        raise LiantuError("file.type", file=path.name, supported=" ".join(RECORD_SUFFIXES))
    size, limit = path.stat().st_size, Settings.load().file_megabytes
    if size > limit * 1_000_000:
        raise LiantuError(
            "file.too_large", file=path.name, size=f"{size / 1e6:.0f} MB", limit=f"{limit:.0f} MB"
        )
    if path.suffix.lower() not in _WORKBOOKS:
        return [read_delimited(path)], [], []
    sheets, others = read_workbook(path)
    if not sheets:
        raise others[0][1]
    rejects = [_sheet_reject(path, name, error) for name, error in others if error.code != "record.kind"]
    ignored = [
        str(Text(f"工作表“{name}”", f"sheet {name!r}"))
        for name, error in others
        if error.code == "record.kind"
    ]
    return sheets, rejects, ignored


def _sheet_reject(path: Path, sheet: str, error: LiantuError) -> Reject:
    value = str(error.values.get("columns") or error.values.get("column") or "")
    return Reject(path.name, sheet, None, "", value, error.code, reason(error.code, **error.values))


def _ignored_columns(sheet: Sheet) -> list[str]:
    where = f"{sheet.name}: " if sheet.name else ""
    used = sheet.match.kind.used
    return [
        f"{where}{header.strip()}"
        for header, column in zip(sheet.headers, sheet.match.columns, strict=True)
        if header.strip() and (column is None or column.name not in used)
    ]
