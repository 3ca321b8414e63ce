"""What was understood of a table before anything is loaded (查看): kind, header, columns with how sure, units, rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from graph.errors import LiantuError
from graph.language import Text
from ingest.records.above import filled_down
from ingest.records.check import check_sheet
from ingest.records.delimited import stream_delimited
from ingest.records.header import Match, bare_header, normalise_header
from ingest.records.kind import Column, RecordKind
from ingest.records.kinds import RECORD_KINDS
from ingest.records.mapping import Mapped, Reading, Told, mappings_beside, write_mapping
from ingest.records.personal import is_personal_header
from ingest.records.read import check_file, is_workbook
from ingest.records.sheet import Sheet, narrowed, returned
from ingest.records.units import unit_of
from ingest.records.workbook import read_workbook

_SURE: Final = 1.0
_VARIANT: Final = 0.9
_PART: Final = 0.7
_LEAST_LIKE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Understood:
    """One header: the column that it is taken for, how sure that is, and its unit's factor.

    `fate` says what becomes of its cells: read, dropped (no column of the kind) or personal. Where it is dropped,
    `column` may name what it looks like, with the likeness as `confidence`.
    """

    header: str
    column: Column | None
    confidence: float
    factor: int
    fate: str


@dataclass(frozen=True, slots=True)
class Inspected:
    """One table of a file as it was understood; `mapped` by a mapping beside it."""

    sheet: str
    kind: RecordKind
    columns: tuple[Understood, ...]
    depth: int
    rows: int
    taken: int
    rejected: int
    set_aside: int = 0  # totals and notes
    filled_down: tuple[str, ...] = ()


def inspect_file(
    path: Path, *, kind: str | None = None, columns: Mapping[str, str | None] | None = None
) -> tuple[tuple[Inspected, ...], tuple[Text, ...]]:
    """What is understood of a record file, with `columns` (header → column name, None to leave it) put right.

    `kind` reads it as that kind, whatever its headers look like. Raises what `read_records` raises, and
    `record.kind_unknown`, `record.column_unknown`.
    """
    check_file(path)
    if kind is not None and kind not in RECORD_KINDS:
        raise LiantuError("record.kind_unknown", name=kind, known=", ".join(RECORD_KINDS))
    if columns and kind is None:
        try:
            kind = _sheets(path, ())[0][0].match.kind.name
        except LiantuError as error:  # which the columns may put right
            if error.code not in {"record.header_missing", "record.header_double", "record.unit"}:
                raise
    told = (Told(kind, columns or {}),) if kind or columns else ()
    sheets, notes = _sheets(path, told)
    found: dict[tuple[str, str], Inspected] = {}
    for sheet in sheets:
        key = (sheet.name, sheet.match.kind.name)
        inspected = _inspected(sheet, path.name)
        before = found.get(key)
        found[key] = inspected if before is None else _joined(before, inspected)
    return tuple(found.values()), notes


def save_mapping(path: Path, inspected: Inspected) -> Path:
    """Keep what was understood beside the file, to be corrected and used again."""
    columns = {
        one.header: one.column.name if one.column is not None and one.fate == "read" else None
        for one in inspected.columns
        if one.header
    }
    units = {
        one.header: unit
        for one in inspected.columns
        if one.fate == "read" and one.column is not None and (unit := unit_of(one.factor, one.column.form))
    }
    return write_mapping(path, Mapped(inspected.kind.name, inspected.depth, columns, units))


def _sheets(path: Path, told: Sequence[Reading]) -> tuple[list[Sheet], tuple[Text, ...]]:
    readings = (*told, *mappings_beside(path))
    if not is_workbook(path):
        return list(stream_delimited(path, mappings=readings, whole=True)), ()
    sheets, others, notes = read_workbook(path, readings, whole=True)
    if not sheets and others:
        raise others[0][1]
    unlike = [Text(f"工作表“{name}”：{error}", f"sheet {name!r}: {error}") for name, error in others]
    return sheets, (*notes, *unlike)


def _inspected(sheet: Sheet, file: str) -> Inspected:
    match = sheet.match
    if match.kind.left is not None:
        return Inspected(sheet.name, match.kind, (), sheet.depth, 0, 0, 0)
    # A sheet that goes on with the one before has been read as that one: with the columns of the kind alone.
    taken = sheet if sheet.taken else filled_down(narrowed(returned(sheet)))
    checked = check_sheet(taken, file)
    return Inspected(
        sheet=sheet.name,
        kind=match.kind,
        columns=tuple(
            _understood(match, header, column, factor)
            for header, column, factor in zip(sheet.headers, match.columns, match.factors, strict=True)
            if header.strip()
        ),
        depth=sheet.depth,
        rows=checked.rows_read,
        taken=checked.rows + checked.deleted,
        rejected=len({reject.row for reject in checked.rejects}),
        set_aside=len(checked.set_aside),
        filled_down=taken.filled_down,
    )


def _understood(match: Match, header: str, column: Column | None, factor: int) -> Understood:
    shown = header.strip()
    if column is None and is_personal_header(shown):
        return Understood(shown, None, _SURE, factor, "personal")
    if column is None:
        like, score = _likest(match.kind, shown)
        return Understood(shown, like, score, factor, "dropped")
    if column in match.kind.personal:
        return Understood(shown, column, _SURE, factor, "personal")
    fate = "read" if column.name in match.kind.kept else "unused"
    return Understood(shown, column, _confidence(shown, column), factor, fate)


def _confidence(header: str, column: Column) -> float:
    words = {normalise_header(word) for word in (column.zh, column.name)}
    if words & {normalise_header(header), bare_header(header)}:
        return _SURE
    variants = {normalise_header(word) for word in (*column.variants, column.en)}
    return _VARIANT if variants & {normalise_header(header), bare_header(header)} else _PART


def _likest(kind: RecordKind, header: str) -> tuple[Column | None, float]:
    """The column that a header looks like though it is not taken for it."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - only an inspection compares what is merely alike

    said = bare_header(header)
    scored = [
        (fuzz.ratio(said, bare_header(word)) / 100, number)
        for number, column in enumerate(kind.columns)
        for word in (column.zh, *column.variants)
    ]
    score, number = max(scored, default=(0.0, 0))
    return (kind.columns[number], round(score, 2)) if said and score >= _LEAST_LIKE else (None, 0.0)


def _joined(one: Inspected, more: Inspected) -> Inspected:
    return replace(
        one,
        rows=one.rows + more.rows,
        taken=one.taken + more.taken,
        rejected=one.rejected + more.rejected,
        set_aside=one.set_aside + more.set_aside,
    )
