"""A table as it stands in a file (工作表): its headers and its rows as columns of text, each row with its number.

What leaves a reader is only what a kind reads: `narrowed` drops every other column, with whatever it says of persons,
before anything is checked, logged or kept. Of the dropped cells it is remembered whether there was something, no more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Literal

import pyarrow as pa
import pyarrow.compute as pc

from ingest.records.header import Match
from ingest.records.kind import Form, RecordKind
from ingest.records.personal import is_personal_header
from ingest.reject import CORRECTIONS, restored

_TOTALS: Final = re.compile(
    r"(?:本页|本表|全市|全校)?\s*(?:[合总小共]\s*计|(?:Sub|Grand )?[Tt]otal|TOTAL)\s*[:：]?"
)
_NOTE: Final = re.compile(
    r"\s*((?:备|附)?注\s*\d*|(?:填表|填报)?说明|(?:数据|资料)来源|(?:填表|填报|制表|审核|联系|经办|负责)人?"
    r"|单位负责人|填报单位|填报日期|联系电话)\s*[:：]"
)
_TOTAL_WORDS: Final = ("计", "otal", "TOTAL")


NoRecord = Literal["total", "note"]  # 合计 and 小计; 注：… and who made the table


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row of a table that is no record (不计行): where it stands, and what it is. It is told, and no reject."""

    place: str
    what: NoRecord


@dataclass(frozen=True, slots=True)
class Ragged:
    """A row whose number of cells is not that of the header."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows under a header. `numbers` are rows of the sheet, or lines of the file, counted from 1.

    `prefix` with the number makes the place of a row: `Sheet1!12`, `l.12`. `serials` says that dates may be numbers.
    `dropped` are the headers of columns that are not read and `personal` how many of these are of persons; `filled`
    says which rows have something there, `totals` which rows say 合计 there. `width` is how many cells a row has.
    """

    name: str
    prefix: str
    match: Match
    headers: tuple[str, ...]
    columns: tuple[pa.Array, ...]
    numbers: pa.Array
    ragged: tuple[Ragged, ...] = ()
    serials: bool = False
    dropped: tuple[str, ...] = ()
    personal: int = 0
    filled: pa.Array | None = None
    totals: tuple[int, ...] = ()
    duplicates: tuple[tuple[int, str], ...] = ()
    filled_down: tuple[str, ...] = ()  # headers of columns in which a blank meant what stands above
    width: int = 0
    depth: int = 1  # rows of the header
    taken: tuple[int, ...] = ()  # which columns of the table these are
    corrects: pa.Array | None = (
        None  # of rows that come back corrected: the numbers of the rows that they replace
    )

    def row(self, index: int) -> str:
        """The place of a row, as claims tell it."""
        return f"{self.prefix}{self.numbers[index].as_py()}"

    @property
    def about_persons(self) -> bool:
        """Whether rows are persons, or a table of the standard names persons beside what is read."""
        kind = self.match.kind
        return any(group.people for group in kind.groups) or (kind.standard and self.personal > 0)

    @property
    def private(self) -> bool:
        """Whether a row of the file may hold what no report shows: columns were dropped, or every row is a person."""
        return bool(self.dropped or self.personal) or self.about_persons


def is_correction_header(header: str) -> bool:
    """Whether a column holds the numbers of corrections, in either language."""
    return header.strip() in {CORRECTIONS.zh, CORRECTIONS.en}


def returned(sheet: Sheet) -> Sheet:
    """The sheet with the numbers of what its rows correct, if it is one of rows that went out to be corrected."""
    index = next((i for i, header in enumerate(sheet.headers) if is_correction_header(header)), None)
    if index is None or not sheet.columns:
        return sheet
    columns = (pa.array([restored(cell) for cell in c.to_pylist()], pa.string()) for c in sheet.columns)
    return replace(sheet, columns=tuple(columns), corrects=sheet.columns[index])


def is_total(text: str) -> bool:
    """Whether a cell says that its row sums up others."""
    return any(word in text for word in _TOTAL_WORDS) and _TOTALS.fullmatch(text.strip()) is not None


def is_note(text: str) -> bool:
    """Whether a cell says that its row is a note below the table (注：…, 填表人：…)."""
    return (":" in text or "：" in text) and _NOTE.match(text) is not None


def no_record(cells: Sequence[str]) -> NoRecord | None:
    """What a row is that has not the cells of the header and is no record either; a note begins its row."""
    if any(is_total(cell) for cell in cells):
        return "total"
    return "note" if is_note(next((cell for cell in cells if cell.strip()), "")) else None


def kept_columns(match: Match) -> tuple[int, ...]:
    """Which columns of a table are read: those that its kind needs."""
    kept = match.kind.kept
    return tuple(i for i, column in enumerate(match.columns) if column is not None and column.name in kept)


def narrowed(sheet: Sheet) -> Sheet:
    """The sheet without the columns that its kind does not read."""
    kept = kept_columns(sheet.match)
    others = [array for i, array in enumerate(sheet.columns) if i not in set(kept)]
    totals: set[int] = set()
    filled = None
    for array in others:
        encoded = array.dictionary_encode()
        texts = encoded.dictionary.to_pylist()
        something = pa.array([bool(text.strip()) for text in texts], pa.bool_()).take(encoded.indices)
        filled = something if filled is None else pc.or_(filled, something)
        sums = [position for position, text in enumerate(texts) if is_total(text)]
        if sums:
            rows = pc.is_in(encoded.indices, pa.array(sums, pa.int32()))
            totals.update(pc.indices_nonzero(rows).to_pylist())
    return replace(
        narrowed_headers(sheet, kept),
        columns=tuple(sheet.columns[i] for i in kept),
        filled=filled,
        totals=tuple(sorted(totals)),
    )


def narrowed_headers(sheet: Sheet, kept: Sequence[int]) -> Sheet:
    """The sheet with the headers of the columns `kept` alone; the cells are the caller's."""
    personal = {column.name for column in sheet.match.kind.personal}
    dropped, persons = [], 0
    for i, (header, column) in enumerate(zip(sheet.headers, sheet.match.columns, strict=True)):
        if i in set(kept) or not header.strip() or is_correction_header(header):
            continue
        if (column is not None and column.name in personal) or (
            column is None and is_personal_header(header)
        ):
            persons += 1
        else:
            dropped.append(header.strip())
    match = sheet.match
    return replace(
        sheet,
        match=replace(
            match,
            columns=tuple(match.columns[i] for i in kept),
            factors=tuple(match.factors[i] for i in kept),
        ),
        headers=tuple(sheet.headers[i] for i in kept),
        dropped=tuple(dropped),
        personal=persons,
        width=len(sheet.headers),
        taken=tuple(kept),
    )


_DITTO: Final = frozenset({"同上", "〃", "″", "”", '"', "ditto"})
_LEAST_BLANK: Final = 0.3  # of the rows: one blank cell is an omission, many are a layout


def _regions(kind: RecordKind) -> frozenset[str]:
    """The columns of a kind that name regions."""
    return frozenset(name for node in kind.nodes if node.label == "Region" for name in node.names)


def _once_each(array: pa.Array) -> bool:
    """Whether a column begins with a value, and none stands twice in a row, so that blanks may mean the one above."""
    cells = [cell.strip() for cell in array.to_pylist()]
    return bool(cells and cells[0]) and not any(one and one == other for one, other in pairwise(cells))


def filled_down(sheet: Sheet) -> Sheet:
    """The sheet with what people leave out because it stands above: 同上, and blanks below a name in the first column.

    A blank is filled only where the first column that is read holds names that a row must have, or regions, and many of
    its cells are blank: so it is when cells were merged, or a school is written once for all its rows. A region is not
    filled where one is written twice in a row: then a blank is an omission. A total is no name. A mapping can say that
    blanks are blanks (`as_above: false`).
    """
    if sheet.corrects is not None:  # it went out with nothing left blank, and may have been sorted
        return sheet
    columns = list(sheet.columns)
    notes: list[str] = []
    for index, (array, column) in enumerate(zip(sheet.columns, sheet.match.columns, strict=True)):
        if column is None or sheet.match.kind.standard or not len(array):
            continue
        ditto = pc.is_in(pc.utf8_trim_whitespace(array), pa.array(sorted(_DITTO)))
        above = pc.fill_null(ditto, False)
        names = column.required and column.form in {Form.NAME, Form.TITLE}
        region = not names and column.name in _regions(sheet.match.kind) and _once_each(array)
        if index == 0 and sheet.match.as_above and (names or region):
            blank = pc.equal(pc.utf8_trim_whitespace(array), "")
            if len(array) >= 3 and (pc.sum(blank).as_py() or 0) >= _LEAST_BLANK * len(array):
                others = [pc.not_equal(pc.utf8_trim_whitespace(a), "") for a in sheet.columns[1:]]
                something = others[0] if others else blank
                for other in others[1:]:
                    something = pc.or_(something, other)
                above = pc.or_(above, pc.and_(blank, something))
        if not pc.any(above).as_py():
            continue
        last = ""
        cells = array.to_pylist()
        for row, take in enumerate(above.to_pylist()):
            if take:
                cells[row] = last
            elif cells[row].strip() and not is_total(cells[row]) and not is_note(cells[row]):
                last = cells[row]
        columns[index] = pa.array(cells, pa.string())
        notes.append(sheet.headers[index].strip())
    return replace(sheet, columns=tuple(columns), filled_down=tuple(notes))
