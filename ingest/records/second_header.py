"""A header that stands among the rows (表中又见表头): the same once more, as on each page, or that of another table.

The former is no record and is set aside; from the latter on nothing is read, for the rows below it mean something else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from ingest.records.header import is_header_word, match_kind, normalise_header
from ingest.records.kind import Column
from ingest.records.personal import is_personal_header
from ingest.records.sheet import Sheet

_LONGEST: Final = 12  # characters of a header that no kind knows
_LONGEST_PERSONAL: Final = 6  # 姓名, 办公电话; not a firm that makes telephones
_ENDS: Final = re.compile(
    r"(?:序号|编号|名称|类型|类别|日期|时间|地址|部门|科室|职务|职称|学历|性别|备注|数量|金额|内容|分机|邮编)$"
)


@dataclass(frozen=True, slots=True)
class FurtherHeaders:
    """The rows that are the header once more, and the first row that is the header of something else."""

    repeated: tuple[int, ...] = ()
    other: int | None = None


def is_header_row(cells: Sequence[str]) -> bool:
    """Whether a row is a header, of whatever table: each of its cells is the name of a column, and no value.

    >>> is_header_row(["姓名", "部门", "办公电话"]), is_header_row(["甲联合体", "院校", "成员"])
    (True, False)
    """
    said = [cell.strip() for cell in cells if cell.strip()]
    return len(said) >= 2 and all(map(_is_heading, said))


def is_of_persons(cells: Sequence[str]) -> bool:
    """Whether one of the cells is the header of a column of persons."""
    return any(len(cell.strip()) <= _LONGEST_PERSONAL and is_personal_header(cell) for cell in cells)


def further_headers(sheet: Sheet, present: Sequence[tuple[Column, int]]) -> FurtherHeaders:
    """The headers among the rows of a table made by hand; `present` are its columns, each with its index."""
    required = [index for column, index in present if column.required] or [index for _, index in present]
    if sheet.match.kind.standard or not required or not len(sheet.numbers):
        return FurtherHeaders()
    repeated: list[int] = []
    for row in _suspects(sheet, required):
        cells = {index: sheet.columns[index][row].as_py() for _, index in present}
        if not is_header_row(list(cells.values())):
            continue
        if not _is_same(sheet, cells):
            return FurtherHeaders(tuple(repeated), row)
        repeated.append(row)
    return FurtherHeaders(tuple(repeated))


def _suspects(sheet: Sheet, required: Sequence[int]) -> list[int]:
    """The rows that have the word of a header where a row must have a value, in their order."""
    found: set[int] = set()
    for index in required:
        encoded = sheet.columns[index].dictionary_encode()
        words = [
            place for place, text in enumerate(encoded.dictionary.to_pylist()) if _is_heading(text.strip())
        ]
        if words:
            found.update(
                pc.indices_nonzero(pc.is_in(encoded.indices, pa.array(words, pa.int32()))).to_pylist()
            )
    return sorted(found)


def _is_same(sheet: Sheet, cells: Mapping[int, str]) -> bool:
    """Whether the cells name the columns in which they stand."""
    said = {index: cell for index, cell in cells.items() if cell.strip()}
    columns = match_kind(sheet.match.kind, list(said.values())).columns
    return all(
        column is sheet.match.columns[index] or normalise_header(cell) in _parts(sheet.headers[index])
        for (index, cell), column in zip(said.items(), columns, strict=True)
    )


def _parts(header: str) -> set[str]:
    return {normalise_header(part) for part in (header, *header.split("·"))}


def _is_heading(cell: str) -> bool:
    if not cell:
        return False
    return (
        is_header_word(cell)
        or is_of_persons([cell])
        or (len(cell) <= _LONGEST and _ENDS.search(cell) is not None)
    )
