"""csv files as people save them (分隔文本): GB18030 or UTF-8, comma, semicolon or tab, titles above the header."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from graph.errors import LiantuError
from ingest.records.header import HEADER_ROWS, checked, find_header
from ingest.records.sheet import Ragged, Sheet

SEPARATORS: Final = (",", "\t", ";", "；", "|")
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(content: bytes, file: str) -> str:
    """The text of a file by its byte order mark, else UTF-8, else GB18030; `file.encoding` where none fits."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            candidates: tuple[str, ...] = (encoding,)
            content = content[len(mark) :]
            break
    else:
        candidates = ("utf-8", "gb18030")
    for encoding in candidates:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise LiantuError("file.encoding", file=file)


def read_delimited(path: Path) -> Sheet:
    """The table of a csv file; `LiantuError` file.*, record.kind, record.header_missing, record.header_double."""
    text = decode(path.read_bytes(), path.name)
    if not text.strip():
        raise LiantuError("file.empty", file=path.name)
    tops: list[tuple[str, list[list[str]], list[int]]] = []
    for separator in SEPARATORS:
        rows, ends = _top(text, separator)
        tops.append((separator, rows, ends))
        found = find_header(rows, path.stem)
        if found is not None:
            index, match = found
            break
    else:
        widest = max((row for _, rows, _ in tops for row in rows), key=len, default=[])
        raise LiantuError(
            "record.kind", file=path.name, headers="、".join(h for h in widest if h.strip())[:200]
        )
    headers = tuple(rows[index])
    match = checked(match, headers, path.name)
    return _body(text, path.name, separator, headers, ends[index], match)


def _top(text: str, separator: str) -> tuple[list[list[str]], list[int]]:
    """The first rows of a file, and the line on which each of them ends."""
    rows: list[list[str]] = []
    ends: list[int] = []
    reader = csv.reader(_lines(text), delimiter=separator)
    try:
        for row in islice(reader, HEADER_ROWS):
            rows.append(row)
            ends.append(reader.line_num)
    except csv.Error:
        pass  # a cell beyond the limit of `csv`: what stands above it can still hold the header
    return rows, ends


def _lines(text: str) -> Iterator[str]:
    return iter(io.StringIO(text, newline=""))


def _body(text: str, file: str, separator: str, headers: tuple[str, ...], skipped: int, match: Any) -> Sheet:
    stream = io.StringIO(text, newline="")
    for _ in range(skipped):
        stream.readline()
    content = stream.read().encode("utf-8")
    invalid: list[Any] = []

    def note(row: Any) -> str:
        invalid.append(row)
        return "skip"

    if len(separator.encode()) > 1:
        content, separator = content.replace(separator.encode(), b"\t"), "\t"
    names = [str(number) for number in range(len(headers))]
    if content.strip(b"\r\n"):
        try:
            table = pyarrow.csv.read_csv(
                io.BytesIO(content),
                # One block and one thread: rows are then numbered, and a row of any length fits.
                read_options=pyarrow.csv.ReadOptions(
                    column_names=names, use_threads=False, block_size=len(content) + 1
                ),
                parse_options=pyarrow.csv.ParseOptions(
                    delimiter=separator,
                    newlines_in_values=True,
                    ignore_empty_lines=False,
                    invalid_row_handler=note,
                ),
                convert_options=pyarrow.csv.ConvertOptions(
                    column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
                ),
            )
        except pa.ArrowInvalid as error:
            raise LiantuError("file.unreadable", file=file, reason=str(error).splitlines()[0]) from None
    else:
        table = pa.table({name: pa.array([], pa.string()) for name in names})
    columns = tuple(table.column(name).combine_chunks() for name in names)
    if content.count(b'"') % 2 and _swallowed(columns, invalid):
        raise LiantuError(
            "file.unreadable", file=file, reason="引号没有配对 / a quotation mark is not closed"
        )
    numbers, ragged = _numbered(columns, table.num_rows, invalid, separator, skipped, quoted=b'"' in content)
    return Sheet("", "l.", match, headers, columns, numbers, ragged)


def _swallowed(columns: tuple[pa.Array, ...], invalid: list[Any]) -> bool:
    """Whether the last row goes on over several lines: a quotation mark that is never closed takes all that follows."""
    last = [column[-1].as_py() for column in columns if len(column)]
    texts = [row.text.rstrip("\r\n") for row in invalid[-1:]]
    return any("\n" in text.rstrip("\r\n") for text in (*last, *texts))


def _numbered(
    columns: tuple[pa.Array, ...],
    rows: int,
    invalid: list[Any],
    separator: str,
    skipped: int,
    *,
    quoted: bool,
) -> tuple[pa.Array, tuple[Ragged, ...]]:
    """The line on which each row begins: rows may hold line breaks, and ragged rows stand between the others."""
    heights = pa.repeat(pa.scalar(1, pa.int64()), rows)
    for column in columns if quoted else ():
        heights = pc.add(heights, pc.count_substring(column, "\n").cast(pa.int64()))
    sequence = _sequence(rows, [row.number for row in invalid])
    texts = [row.text for row in invalid]
    gaps = pa.array([1 + text.rstrip("\r\n").count("\n") for text in texts], pa.int64())
    all_heights = pc.take(pa.concat_arrays([heights, gaps]), sequence)
    begins = pc.add(pc.subtract(pc.cumulative_sum(all_heights), all_heights), skipped + 1)
    places = pc.take(begins, pc.array_sort_indices(sequence)) if rows + len(texts) else begins
    ragged = tuple(
        Ragged(number, _cells(text, separator))
        for number, text in zip(places.slice(rows).to_pylist(), texts, strict=True)
    )
    return places.slice(0, rows), ragged


def _cells(text: str, separator: str) -> tuple[str, ...]:
    try:
        return tuple(next(csv.reader(_lines(text), delimiter=separator), ()))
    except csv.Error:  # a cell beyond the limit of `csv`
        return tuple(text.rstrip("\r\n").split(separator))


def _sequence(rows: int, skipped: list[int]) -> pa.Array:
    """The order in which taken rows (0 … rows-1) and skipped ones (rows …) stand in the file."""
    order: list[int] = []
    following = 0
    for position, number in enumerate(skipped):
        taken = number - 1 - position
        order.extend(range(following, taken))
        order.append(rows + position)
        following = taken
    order.extend(range(following, rows))
    return pa.array(order, pa.int64())
