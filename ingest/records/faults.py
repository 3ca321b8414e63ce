"""What is wrong with the rows of a sheet (行内错误), and the rejects that tell of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest.records.codes import credit_code_holds
from ingest.records.header import match_kind
from ingest.records.personal import masked
from ingest.records.sheet import Sheet
from ingest.records.units import unit_of
from ingest.records.values import BadValueError, told
from ingest.reject import Reject, reason, shortened


@dataclass
class Faults:
    """The faults found so far, by row index: (column, value, reason)."""

    rows: dict[int, list[tuple[str, str, BadValueError]]] = field(default_factory=dict)

    def add(self, row: int, column: str, value: str | None, fault: BadValueError) -> None:
        """Note one more fault of a row."""
        self.rows.setdefault(row, []).append((column, told(value) or "", fault))


def _shown(cell: str) -> str:
    """A cell as it may be given back; a credit code has the length of an identity number, and a check of its own."""
    return cell if credit_code_holds(cell.strip()) else masked(cell)


def row_rejects(
    sheet: Sheet,
    file: str,
    source: str,
    headers: Mapping[str, str],
    faulty: Mapping[int, list[tuple[str, str, BadValueError]]],
) -> list[Reject]:
    """The rejects of rows with faults: one for each fault, each with the whole row as far as it was read.

    Where a row is a person, or a table of the standard has persons in it, nothing of the row is shown but its number: a
    row shifted by a cell has a name where a company should stand. It is corrected where it came from.
    """
    rejects: list[Reject] = []
    persons = sheet.about_persons
    out = _headers_out(sheet)
    for row, found in faulty.items():
        number = sheet.numbers[row].as_py()
        cells = tuple((h, _shown(c[row].as_py())) for h, c in zip(out, sheet.columns, strict=True))
        corrects = _corrects(sheet, source, row)
        for column, value, fault in found:
            rejects.append(
                Reject(
                    file=file,
                    sheet=sheet.name,
                    row=number,
                    column=headers.get(column, column),
                    value="" if persons else shortened(masked(value)),
                    code=fault.code,
                    reason=reason(fault.code, **fault.values),
                    cells=() if persons else cells,
                    corrects=corrects,
                )
            )
    return rejects


def _corrects(sheet: Sheet, source: str, row: int) -> str:
    """The number of the correction of a row; of one that was meant as a correction itself, that of what it corrects.

    In a database another row may stand in its place next time, so there the number tells what the row held.
    """
    if sheet.corrects is not None:
        told: str = sheet.corrects[row].as_py()
        return told
    place = sheet.row(row)
    if sheet.by_content and not sheet.about_persons:
        held = "\x1f".join(column[row].as_py() for column in sheet.columns)
        place = f"{sheet.prefix}#{hashlib.sha256(held.encode()).hexdigest()[:16]}"
    return f"{source}:{sheet.match.kind.name}:{place}"


def _headers_out(sheet: Sheet) -> tuple[str, ...]:
    """The headers by which a row goes out: those of the table, or what they mean where they do not say it themselves.

    A mapping tells that, or a line above the header that tells the unit.
    """
    own = match_kind(sheet.match.kind, sheet.headers)
    return tuple(
        header
        if column is None or (known is column and factor == said)
        else f"{column.zh}（{unit}）"
        if (unit := unit_of(factor, column.form))
        else column.zh
        for header, column, known, factor, said in zip(
            sheet.headers, sheet.match.columns, own.columns, sheet.match.factors, own.factors, strict=True
        )
    )


def ragged_rejects(sheet: Sheet, file: str, source: str) -> list[Reject]:
    """The rejects of rows that have more or fewer cells than the header, or in which a quotation mark joined several.

    Which cell is which cannot be told, so where some columns are not to be read none is shown. Joined rows do not go out
    to be corrected: the file must be, for all of them.
    """
    expected = sheet.width or len(sheet.headers)
    header = sheet.headers if len(sheet.headers) == expected else ()
    return [
        Reject(
            file=file,
            sheet=sheet.name,
            row=item.number,
            column="",
            value="" if sheet.private else shortened(masked(" | ".join(item.cells))),
            code="record.quotes" if item.swallowed else "record.columns",
            reason=reason("record.quotes", number=item.swallowed)
            if item.swallowed
            else reason("record.columns", found=len(item.cells), expected=expected),
            cells=()
            if sheet.private or item.swallowed
            else tuple(
                (header[i] if i < len(header) else "", masked(cell)) for i, cell in enumerate(item.cells)
            ),
            corrects=f"{source}:{sheet.match.kind.name}:{sheet.prefix}{item.number}",
        )
        for item in sheet.ragged
    ]
