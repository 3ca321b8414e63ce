"""What is wrong with the rows of a sheet (行内错误), and the rejects that tell of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest.records.sheet import Sheet
from ingest.records.values import BadValueError
from ingest.reject import Reject, reason, shortened


@dataclass
class Faults:
    """The faults found so far, by row index: (column, value, reason)."""

    rows: dict[int, list[tuple[str, str, BadValueError]]] = field(default_factory=dict)

    def add(self, row: int, column: str, value: str | None, fault: BadValueError) -> None:
        """Note one more fault of a row."""
        self.rows.setdefault(row, []).append((column, value or "", fault))


def row_rejects(
    sheet: Sheet,
    file: str,
    headers: Mapping[str, str],
    faulty: Mapping[int, list[tuple[str, str, BadValueError]]],
) -> list[Reject]:
    """The rejects of rows with faults: one for each fault, each with the whole row."""
    rejects: list[Reject] = []
    for row, found in faulty.items():
        number = sheet.numbers[row].as_py()
        cells = tuple((h, c[row].as_py()) for h, c in zip(sheet.headers, sheet.columns, strict=True))
        for column, value, fault in found:
            rejects.append(
                Reject(
                    file=file,
                    sheet=sheet.name,
                    row=number,
                    column=headers.get(column, column),
                    value=shortened(value),
                    code=fault.code,
                    reason=reason(fault.code, **fault.values),
                    cells=cells,
                )
            )
    return rejects


def ragged_rejects(sheet: Sheet, file: str) -> list[Reject]:
    """The rejects of rows that have more or fewer cells than the header."""
    expected = len(sheet.headers)
    return [
        Reject(
            file=file,
            sheet=sheet.name,
            row=item.number,
            column="",
            value=shortened(" | ".join(item.cells)),
            code="record.columns",
            reason=reason("record.columns", found=len(item.cells), expected=expected),
            cells=tuple(
                (sheet.headers[i] if i < expected else "", cell) for i, cell in enumerate(item.cells)
            ),
        )
        for item in sheet.ragged
    ]
