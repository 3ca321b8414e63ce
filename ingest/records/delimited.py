"""csv files as people save them (分隔文本): GB18030 or UTF-8, comma, semicolon or tab, titles above the header."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from graph.errors import LiantuError
from graph.language import Text
from ingest.records.above import filled_down
from ingest.records.header import (
    HEADER_ROWS,
    Header,
    checked,
    find_header,
    match_kind,
    shown_headers,
    table_named,
)
from ingest.records.mapping import Reading, header_by
from ingest.records.sheet import (
    Ragged,
    Sheet,
    is_correction_header,
    kept_columns,
    narrowed,
    narrowed_headers,
    returned,
)
from ingest.records.title import Title, line_above, titled_header
from ingest.records.validity import checked_validity

BLOCK: Final = 16 << 20  # bytes of a piece
_STEP: Final = 4 << 20
_UNCLOSED: Final = 256 << 20  # a row is never so long: a quotation mark was not closed
_TRIES: Final = 200
_NOT_CLOSED: Final = Text("引号没有配对", "a quotation mark is not closed")
_NO_NUMBERS: Final = pa.array([], pa.int64())
SEPARATORS: Final = (",", "\t", ";", "；", "|")
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def stream_delimited(
    path: Path, *, block: int | None = None, whole: bool = False, mappings: Sequence[Reading] = ()
) -> Iterator[Sheet]:
    """The table of a csv file in pieces of about `block` bytes, with the columns that its kind reads (`whole`: with all).

    Raises `LiantuError` file.*, record.kind, record.header_missing, record.header_double, record.unit; at least
    one piece comes. A table of the standard that is left gives one piece without rows.
    """
    pieces = _pieces(path, block or BLOCK)
    first = next(pieces, b"")
    text = first.decode("utf-8")
    if not text.strip():
        raise LiantuError("file.empty", file=path.name)
    separator, found, title, ends, lines = _header(text, path, mappings)
    if found.match.kind.left is not None:
        yield _left(path.stem, found)
        return
    match = found.match if title else checked(found.match, found.headers, path.name)
    planned = checked_validity(match.kind, (lines, [path.stem]), path.name)
    empty = Sheet("", "l.", match, found.headers, (), _NO_NUMBERS, depth=found.depth, planned=planned)
    table = _Table(path.name, separator, empty, whole, title)
    line = ends[found.index + found.depth - 1]
    stream = io.StringIO(text, newline="")
    for _ in range(line):
        stream.readline()
    rest = stream.read().encode("utf-8")
    del text, first, stream
    yield from _ahead(_sheets(table, rest, pieces, line + 1))


def _sheets(table: _Table, rest: bytes, pieces: Iterator[bytes], begins: int) -> Iterator[Sheet]:
    content: bytes | None = rest
    while content is not None:
        following = next(pieces, None)
        sheet, begins = table.read(content, begins, last=following is None)
        yield sheet
        content = following


def _ahead(sheets: Iterator[Sheet]) -> Iterator[Sheet]:
    """The same pieces, each parsed by a second thread while the one before it is checked."""
    with ThreadPoolExecutor(1) as parser:
        coming = parser.submit(next, sheets, None)
        while (sheet := coming.result()) is not None:
            coming = parser.submit(next, sheets, None)
            yield sheet


def _left(stem: str, found: Header) -> Sheet:
    return Sheet(
        stem,
        "l.",
        found.match,
        found.headers,
        tuple(pa.array([], pa.string()) for _ in found.headers),
        _NO_NUMBERS,
    )


def _header(
    text: str, path: Path, mappings: Sequence[Reading]
) -> tuple[str, Header, Title | None, list[int], list[str]]:
    """The separator, the header, its title, the lines on which the first rows end, and the lines above the header."""
    tops: list[list[str]] = []
    for separator in SEPARATORS:
        rows, ends = _top(text, separator)
        tops.extend(rows)
        if (told := header_by(mappings, rows)) is not None:
            return separator, told, None, ends, _above(rows, told)
        found = find_header(rows, path.stem)
        if (titled := titled_header(rows, found, path.stem, path.name, path.stem)) is not None:
            return separator, *titled, ends, _above(rows, titled[0])
        if found is not None:
            return separator, found, None, ends, _above(rows, found)
    kind = table_named(path.stem)
    if kind is not None and kind.left is not None:  # its name says enough
        return ",", Header(0, 1, (), match_kind(kind, ())), None, [], []
    raise LiantuError("record.kind", file=path.name, headers=shown_headers(tops))


def _above(rows: Sequence[Sequence[str]], header: Header) -> list[str]:
    return [line_above(row) for row in rows[: header.index]]


def _pieces(path: Path, block: int) -> Iterator[bytes]:
    """The file as UTF-8, cut where a row ends: a line break inside quotation marks ends none."""
    encoding, skip = _encoding(path)
    decoder = codecs.getincrementaldecoder(encoding)()
    waiting = b""
    with path.open("rb") as file:
        file.seek(skip)
        while data := file.read(min(block, BLOCK)):
            waiting += data if encoding == "utf-8" else decoder.decode(data).encode("utf-8")
            if len(waiting) < block:
                continue
            cut = _cut(waiting)
            if cut:
                yield waiting[:cut]
                waiting = waiting[cut:]
            elif len(waiting) > _UNCLOSED and block < _UNCLOSED:
                raise LiantuError("file.unreadable", file=path.name, reason=_NOT_CLOSED)
    if waiting:
        yield waiting


def _cut(content: bytes) -> int:
    """Where the last whole row ends; 0 where none is found."""
    if b'"' not in content:  # tells faster than a count
        return content.rfind(b"\n") + 1
    marks = content.count(b'"')
    end = len(content)
    for _ in range(_TRIES):
        end = content.rfind(b"\n", 0, end)
        if end < 0:
            return 0
        if (marks - content.count(b'"', end)) % 2 == 0:
            return end + 1
    return 0


def _encoding(path: Path) -> tuple[str, int]:
    """The encoding of a file and the length of its byte order mark; `file.encoding` where none fits."""
    with path.open("rb") as file:
        head = file.read(4)
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            candidates: tuple[str, ...] = (encoding,)
            skip = len(mark)
            break
    else:
        candidates, skip = ("utf-8", "gb18030"), 0
    for encoding in candidates:
        if _fits(path, encoding, skip):
            return encoding, skip
    raise LiantuError("file.encoding", file=path.name)


def _fits(path: Path, encoding: str, skip: int) -> bool:
    if encoding == "utf-8":
        return _is_utf8(path, skip)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            file.seek(skip)
            while data := file.read(_STEP):
                if "\0" in decoder.decode(data):
                    return False
        return "\0" not in decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False


def _is_utf8(path: Path, skip: int) -> bool:
    """Whether a file is UTF-8 without a null, looked through by Arrow, which makes no text of it."""
    rest = b""
    with path.open("rb") as file:
        file.seek(skip)
        while data := file.read(_STEP):
            if b"\0" in data:
                return False
            content = rest + data
            cut = _whole_characters(content)
            ends = pa.array([0, cut], pa.int32()).buffers()[1]
            try:
                pa.Array.from_buffers(pa.string(), 1, [None, ends, pa.py_buffer(content)]).validate(full=True)
            except pa.ArrowInvalid:
                return False
            rest = content[cut:]
    return not rest


def _whole_characters(content: bytes) -> int:
    """How many bytes are whole characters, if it is UTF-8: the last one may be cut."""
    for back in range(1, min(4, len(content)) + 1):
        byte = content[-back]
        if byte < 0x80:
            return len(content)
        if byte >= 0xC0:
            length = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return len(content) if back >= length else len(content) - back
    return len(content)


@dataclass(frozen=True, slots=True)
class _Table:
    """How the rows below a header are read."""

    file: str
    separator: str
    sheet: Sheet  # without cells
    whole: bool
    title: Title | None = None

    def read(self, content: bytes, begins: int, *, last: bool) -> tuple[Sheet, int]:
        """The rows of a piece that begins at line `begins`, and the line at which the next piece begins."""
        separator = self.separator
        if len(separator.encode()) > 1:
            content, separator = content.replace(separator.encode(), b"\t"), "\t"
        kept = kept_columns(self.sheet.match)
        width = len(self.sheet.headers)
        came_back = any(map(is_correction_header, self.sheet.headers))
        fast = self.sheet.match.kind.standard and not self.whole and not came_back and b'"' not in content
        wanted = kept if fast and kept else tuple(range(width))
        invalid: list[Any] = []
        columns, rows = _parsed(content, self.file, separator, width, wanted, invalid)
        if last and content.count(b'"') % 2 and _swallowed(columns, invalid):
            raise LiantuError("file.unreadable", file=self.file, reason=_NOT_CLOSED)
        numbers, ragged, after = _numbered(
            columns, rows, invalid, separator, begins - 1, quoted=b'"' in content
        )
        if b'"' in content:
            columns, numbers, joined = _joined_apart(columns, numbers, separator)
            ragged = (*ragged, *joined)
        sheet = replace(self.sheet, columns=columns, numbers=numbers, ragged=ragged)
        if self.title is not None:
            sheet = self.title.given(sheet)
        if self.whole:
            return sheet, after
        if self.title is not None or wanted is not kept:
            return filled_down(narrowed(returned(sheet))), after
        sheet = replace(narrowed_headers(self.sheet, kept), columns=columns, numbers=numbers, ragged=ragged)
        if _any_blank(columns):  # whether the row is blank the other columns tell
            every, _ = _parsed(content, self.file, separator, width, tuple(range(width)), [])
            filled = narrowed(replace(self.sheet, columns=every, numbers=numbers)).filled
            sheet = replace(sheet, filled=filled)
        return sheet, after


def _any_blank(columns: tuple[pa.Array, ...]) -> bool:
    blank = None
    for column in columns:
        nothing = pc.equal(pc.binary_length(column), 0)
        blank = nothing if blank is None else pc.and_(blank, nothing)
        if not pc.any(blank).as_py():
            return False
    return blank is not None


def _parsed(
    content: bytes, file: str, separator: str, width: int, wanted: tuple[int, ...], invalid: list[Any]
) -> tuple[tuple[pa.Array, ...], int]:
    """The columns `wanted` of the rows of `content`; rows of another width go to `invalid`."""

    def note(row: Any) -> str:
        invalid.append(row)
        return "skip"

    names = [str(number) for number in range(width)]
    if content[:1] in {b"", b"\r", b"\n"} and not content.strip(b"\r\n"):
        return tuple(pa.array([], pa.string()) for _ in wanted), 0
    try:
        table = pyarrow.csv.read_csv(
            pa.BufferReader(content),
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
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=False,
                include_columns=[names[i] for i in wanted],
            ),
        )
    except pa.ArrowInvalid:  # what Arrow says of it quotes the row
        raise LiantuError("file.unreadable", file=file, reason="csv") from None
    return tuple(table.column(names[i]).combine_chunks() for i in wanted), table.num_rows


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


def _swallowed(columns: tuple[pa.Array, ...], invalid: list[Any]) -> bool:
    """Whether the last row goes on over several lines: a quotation mark that is never closed takes all that follows."""
    last = [column[-1].as_py() for column in columns if len(column)]
    texts = [row.text.rstrip("\r\n") for row in invalid[-1:]]
    return any("\n" in text.rstrip("\r\n") for text in (*last, *texts))


def _joined_apart(
    columns: tuple[pa.Array, ...], numbers: pa.Array, separator: str
) -> tuple[tuple[pa.Array, ...], pa.Array, tuple[Ragged, ...]]:
    """The rows without those in which a quotation mark that is not closed joined several, and these.

    In the cell stand the rest of its row, whole rows, and the beginning of the row in which the next mark closed it.
    """
    joined: dict[int, int] = {}
    last = len(columns) - 1
    for place, column in enumerate(columns) if last else ():
        for row in pc.indices_nonzero(pc.match_substring(column, "\n")).to_pylist():
            lines = column[row].as_py().split("\n")
            if lines[0].count(separator) == last - place and lines[-1].count(separator) == place:
                joined[row] = len(lines)
    if not joined:
        return columns, numbers, ()
    apart = tuple(
        Ragged(numbers[row].as_py(), tuple(column[row].as_py() for column in columns), lines)
        for row, lines in sorted(joined.items())
    )
    keep = pc.invert(pc.is_in(pa.array(range(len(numbers)), pa.int64()), pa.array(list(joined), pa.int64())))
    return tuple(column.filter(keep) for column in columns), numbers.filter(keep), apart


def _numbered(
    columns: tuple[pa.Array, ...],
    rows: int,
    invalid: list[Any],
    separator: str,
    skipped: int,
    *,
    quoted: bool,
) -> tuple[pa.Array, tuple[Ragged, ...], int]:
    """The line on which each row begins, and the next one: rows may hold line breaks, ragged ones stand between them."""
    if not quoted and not invalid:
        ones = pa.repeat(pa.scalar(1, pa.int64()), rows)
        return pc.add(pc.cumulative_sum(ones), skipped), (), skipped + 1 + rows
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
    return places.slice(0, rows), ragged, skipped + 1 + (pc.sum(all_heights).as_py() or 0)


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
