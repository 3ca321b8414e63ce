"""How answers look (输出): a table for people, JSON for programs, CSV for spreadsheets; all from the same rows.

JSON keys are the stable English names, CSV and tables are headed in the reader's language. CSV cells that a
spreadsheet would run as a formula are neutralised; a CSV file begins with a byte order mark, because Excel and WPS
take it for GBK otherwise, CSV on the screen or in a pipe does not.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graph.errors import LiantuError
from graph.language import Text
from ingest.reject import neutralised

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text as Words

Row = Mapping[str, object]

UNKNOWN: Final = Text("未知", "unknown")
PIPED_WIDTH: Final = 120  # columns, where no terminal says how wide it is
_EXACT: Final = 2**53  # below it, a whole number is told with all its digits: 100000000000, not 1e+11
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Format(StrEnum):
    """The form of an answer."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


_SUFFIXES: Final = {".csv": Format.CSV, ".json": Format.JSON}


def written_as(form: Format, output: Path | None) -> Format:
    """The form in which an answer is written: into a workbook go rows; `file.form` for JSON, before any work is done.

    Where none was chosen, a file called .csv or .json says which.
    """
    if output is None or not is_workbook(output):
        suffix = output.suffix.lower() if output is not None else ""
        return _SUFFIXES.get(suffix, form) if form is Format.TABLE else form
    if form is Format.JSON:
        raise LiantuError("file.form", file=output.name)
    return Format.CSV


def write_rows(
    rows: Sequence[Row],
    titles: Mapping[str, str],
    form: Format = Format.TABLE,
    *,
    output: Path | None = None,
    caption: str = "",
) -> None:
    """Write `rows` in a form; `titles` gives the columns of table and CSV in order, JSON keeps every key.

    A table or CSV whose `output` is called .xlsx becomes a workbook.
    """
    if form is not Format.JSON and output is not None and is_workbook(output):
        from cli.workbook import write_sheet  # noqa: PLC0415 - workbooks alone need it

        write_sheet(output, [[*titles.values()], *([row.get(name) for name in titles] for row in rows)])
    elif form is Format.JSON:
        write_json(list(rows), output)
    elif form is Format.CSV:
        _write_text(as_csv(rows, titles), output, mark=True)
    else:
        write_view(table(rows, titles, caption), output)


def write_json(value: object, output: Path | None = None) -> None:
    """Write a value as JSON, Chinese as it is."""
    _write_text(json.dumps(value, ensure_ascii=False, indent=2, default=_plain) + "\n", output)


def write_view(renderable: RenderableType, output: Path | None = None) -> None:
    """Write what rich draws, in colours only where a person sees them."""
    if output is None:
        console().print(renderable)
        return
    paper = console(file=io.StringIO())
    paper.print(renderable)
    _write_text(str(getattr(paper.file, "getvalue")()), output)  # noqa: B009 - it is the StringIO above


def console(file: Any = None, *, errors: bool = False) -> Console:
    """The terminal as rich sees it; where there is none, wide enough for a table with quotes."""
    from rich.console import Console  # noqa: PLC0415 - JSON and CSV do without

    stream = file if file is not None else (sys.stderr if errors else sys.stdout)
    width = None if stream.isatty() or os.environ.get("COLUMNS") else PIPED_WIDTH
    return Console(file=stream, width=width, highlight=False, soft_wrap=False)


def table(
    rows: Sequence[Row],
    titles: Mapping[str, str],
    caption: str = "",
    *,
    below: Sequence[Sequence[Words]] = (),
    sparse: bool = False,
    unknown: bool = False,
) -> RenderableType:
    """A table of rows; words from documents are shown as they are, never read as markup or terminal codes.

    `below` gives what stands under each row; `sparse` leaves out the columns that no row fills; with `unknown` a
    number that is not there is called unknown.
    """
    from rich.text import Text as Words  # noqa: PLC0415 - JSON and CSV do without

    from cli.sheet import Column, Record, Sheet  # noqa: PLC0415

    filled = {name for name in titles if any(row.get(name) not in (None, "") for row in rows)}
    shown = {name: title for name, title in titles.items() if name in filled or not sparse}
    numbers = {name: name in filled and all(is_number(row.get(name)) for row in rows) for name in shown}

    def cell(row: Row, name: str) -> Words:
        value = row.get(name)
        if value is None and unknown and numbers[name]:
            return Words(str(UNKNOWN), style="dim")
        return value if isinstance(value, Words) else Words(visible(value))

    columns = [Column(visible(title), numbers[name]) for name, title in shown.items()]
    under = [*below, *[()] * (len(rows) - len(below))]
    records = [
        Record([cell(row, name) for name in shown], words) for row, words in zip(rows, under, strict=True)
    ]
    return Sheet(columns, records, visible(caption))


def is_number(value: object) -> bool:
    """Whether a value counts or measures, or is not known: a column of such stands to the right."""
    return value is None or (isinstance(value, int | float | Decimal) and not isinstance(value, bool))


def as_csv(rows: Sequence[Row], titles: Mapping[str, str]) -> str:
    """Rows as CSV with a header; formulas neutralised."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([neutral(title) for title in titles.values()])
    for row in rows:
        writer.writerow([neutral(row.get(name)) for name in titles])
    return text.getvalue()


def neutral(value: object) -> object:
    """A cell that no spreadsheet runs: numbers as they are, text neutralised (`ingest.reject.neutralised`)."""
    if is_number(value):
        return value
    return neutralised(wording(value))


def visible(value: object, limit: int | None = None) -> str:
    """A value as a person reads it in a terminal: control characters shown as `·`, cut to `limit` characters."""
    text = _CONTROL.sub("·", wording(value).replace("\r\n", "\n"))
    return text if limit is None or len(text) <= limit else f"{text[: limit - 1]}…"


def quoted(words: str | None) -> str:
    """A quote on one line, without the separators and blanks of empty cells."""
    return " ".join((words or "").split())


def wording(value: object) -> str:
    """A value in words: nothing for what is unknown, lists joined, numbers as short as they are exact."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(Text("是", "yes") if value else Text("否", "no"))
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < _EXACT else f"{value:.10g}"
    if isinstance(value, list | tuple | set | frozenset):
        parts = sorted(value) if isinstance(value, set | frozenset) else value
        return str(Text("、", ", ")).join(wording(part) for part in parts)
    if isinstance(value, Mapping):
        return str(Text("；", "; ")).join(f"{name}={wording(part)}" for name, part in value.items())
    return str(value)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    if isinstance(value, date | Path):
        return str(value)
    raise TypeError(f"no JSON for {type(value).__name__}")


def is_workbook(output: Path) -> bool:
    """Whether a file is written as a workbook, by its suffix."""
    return output.suffix.lower() == ".xlsx"


def _write_text(text: str, output: Path | None, *, mark: bool = False) -> None:
    if output is None:
        sys.stdout.write(text)
        sys.stdout.flush()
    elif is_workbook(output):
        raise LiantuError("file.form", file=output.name)
    else:
        with writing(output):
            encoding = (
                "utf-8-sig" if mark else "utf-8"
            )  # half of a surrogate pair becomes “?”, as on the screen
            output.write_text(text, encoding=encoding, errors="replace", newline="")


@contextmanager
def replacing(output: Path) -> Iterator[Path]:
    """A new file beside `output` that takes its place when the block ends well, and is gone when it does not.

    A folder that cannot be written fails before the block begins (`file.unwritable`).
    """
    with writing(output):
        made = output.with_name(f".{uuid.uuid4().hex[:12]}{output.suffix}")
        made.touch(exist_ok=False)
        try:
            yield made
            made.replace(output)
        finally:
            made.unlink(missing_ok=True)


@contextmanager
def writing(output: Path) -> Iterator[None]:
    """What fails while `output` is written is `LiantuError` file.unwritable."""
    try:
        yield
    except OSError as error:
        raise LiantuError(
            "file.unwritable", file=output.name, reason=error.strerror or type(error).__name__
        ) from None
