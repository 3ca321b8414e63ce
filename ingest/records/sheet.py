"""A table as it stands in a file (工作表): its headers and its rows as columns of text, each row with its number.

What leaves a reader is only what a kind reads: `narrowed` drops every other column, with whatever it says of persons,
before anything is checked, logged or kept. Of the dropped cells it is remembered whether there was something, no more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import pyarrow as pa
import pyarrow.compute as pc

from ingest.records.header import Match
from ingest.records.personal import is_personal_header
from ingest.records.validity import is_void
from ingest.reject import CORRECTIONS, restored

_TOTALS: Final = re.compile(
    r"(?:本页|本表|全市|全校)?\s*(?:[合总小共]\s*计|总?平\s*均(?:值|数)?|(?:Sub|Grand )?[Tt]otal|TOTAL)\s*[:：]?"
)
_TOTAL_OF: Final = re.compile(
    r".{0,24}?[小合总共累]\s?计(?:人?数|额)?\s*(?:[（(\[][^（()）\[\]]{0,12}[)）\]])?\s*[:：]?"
)
_NOTE: Final = re.compile(
    r"\s*[*＊※]?\s*((?:备|附)?注\s*\d*|(?:填表|填报)?说明|(?:数据|资料)来源"
    r"|(?:填表|填报|制表|编制|报送|审核|复核|联系|经办|负责)(?:人|单位|部门|日期|时间)?|(?:单位|主要|部门)负责人"
    r"|联系(?:电话|方式))\s*(?:[（(](?:签字|签名|签章|盖章|公章)[)）])?\s*[:：]"
)
_TOTAL_WORDS: Final = ("计", "均", "otal", "TOTAL")


NoRecord = Literal[
    "total", "note", "header", "void"
]  # 合计 and 小计; 注：… and who made the table; the header once more; what holds no more, or not yet


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row of a table that is no record (不计行): where it stands, and what it is. It is told, and no reject."""

    place: str
    what: NoRecord


@dataclass(frozen=True, slots=True)
class Ragged:
    """A row whose number of cells is not that of the header, or with a cell that `swallowed` so many lines of others."""

    number: int
    cells: tuple[str, ...]
    swallowed: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows under a header. `numbers` are rows of the sheet, or lines of the file, counted from 1.

    `prefix` with the number makes the place of a row: `Sheet1!12`, `l.12`. `serials` says that dates may be numbers.
    `dropped` are the headers of columns that are not read and `personal` how many of these are of persons; `filled`
    says which rows have something there, `aside` which rows say 合计 there, or are notes and nothing else. `width` is
    how many cells a row has. `by_content` says that a row is known again by what it holds, as in a database, in which
    numbers are those of one reading.
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
    aside: tuple[tuple[int, NoRecord], ...] = ()
    duplicates: tuple[tuple[int, str], ...] = ()
    filled_down: tuple[str, ...] = ()  # headers of columns in which a blank meant what stands above
    width: int = 0
    depth: int = 1  # rows of the header
    taken: tuple[int, ...] = ()  # which columns of the table these are
    title: str = ""  # the words above the header that tell a column which the table lacks
    titled: tuple[tuple[str, str], ...] = ()  # the headers of such columns, each with its value
    shared: frozenset[tuple[str, int]] = (
        frozenset()
    )  # columns with the rows whose figure is that of several rows
    planned: str = ""  # the title that says that what the rows tell is planned
    by_content: bool = False
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


def is_total_name(text: str) -> bool:
    """Whether a name is that of a total: 医药类小计, 渝北区合计（人）; elsewhere such words may be a remark.

    >>> is_total_name("工业合计"), is_total_name("合计（人）"), is_total_name("大数据与会计")
    (True, True, False)
    """
    return is_total(text) or ("计" in text and _TOTAL_OF.fullmatch(text.strip()) is not None)


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
    columns = tuple(sheet.columns[i] for i in kept)
    dropped = [a for i, a in enumerate(sheet.columns) if i not in set(kept)]
    filled, aside = dropped_cells(dropped, columns, remarks=not sheet.match.kind.standard)
    return replace(narrowed_headers(sheet, kept), columns=columns, filled=filled, aside=aside)


def dropped_cells(
    dropped: Sequence[pa.Array], kept: Sequence[pa.Array], *, remarks: bool = False
) -> tuple[pa.Array | None, tuple[tuple[int, NoRecord], ...]]:
    """Of the cells that are not read: which rows have something there; and which rows are no records.

    A note is one where nothing else of the row is `kept`: in a column of remarks of a record it is a remark. With
    `remarks` a row is none, too, of which one says that it holds no more (已退出).
    """
    aside: dict[int, NoRecord] = {}
    notes: set[int] = set()
    filled = None
    for array in dropped:
        encoded = array.dictionary_encode()
        texts = encoded.dictionary.to_pylist()
        something = pa.array([bool(text.strip()) for text in texts], pa.bool_()).take(encoded.indices)
        filled = something if filled is None else pc.or_(filled, something)
        for row in _rows_that(encoded, [is_total(text) for text in texts]):
            aside[row] = "total"
        notes.update(_rows_that(encoded, [is_note(text) for text in texts]))
        for row in _rows_that(encoded, [remarks and is_void(text) for text in texts]):
            aside.setdefault(row, "void")
    for array in kept:
        encoded = array.dictionary_encode()
        notes.update(_rows_that(encoded, [is_note(text) for text in encoded.dictionary.to_pylist()]))
    for row in notes:
        cells = (column[row].as_py() for column in kept)
        if all(not cell.strip() or is_note(cell) for cell in cells):
            aside.setdefault(row, "note")
    return filled, tuple(sorted(aside.items()))


def _rows_that(encoded: pa.DictionaryArray, wanted: Sequence[bool]) -> list[int]:
    """The rows whose value, by its place in the dictionary, is wanted."""
    positions = [position for position, this in enumerate(wanted) if this]
    if not positions:
        return []
    return list(pc.indices_nonzero(pc.is_in(encoded.indices, pa.array(positions, pa.int32()))).to_pylist())


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
