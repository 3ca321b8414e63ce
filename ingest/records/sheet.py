"""A table as it stands in a file (工作表): its headers and its rows as columns of text, each row with its number."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from ingest.records.header import Match


@dataclass(frozen=True, slots=True)
class Ragged:
    """A row whose number of cells is not that of the header."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows under a header. `numbers` are rows of the sheet, or lines of the file, counted from 1.

    `prefix` with the number makes the place of a row: `Sheet1!12`, `l.12`. `serials` says that dates may be numbers.
    """

    name: str
    prefix: str
    match: Match
    headers: tuple[str, ...]
    columns: tuple[pa.Array, ...]
    numbers: pa.Array
    ragged: tuple[Ragged, ...] = ()
    serials: bool = False
