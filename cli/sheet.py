"""Tables that can be read aloud (版式): columns as wide as they need, words under their row, blocks where none fits.

Chinese and English break where a reader expects it: never inside a number or a word, and no line begins with a comma.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text as Words

from graph.language import Text

_PIECE: Final = re.compile(r"[“‘（《〔「]*(?:[!-~…–]+|\s+|.)[，。；：、！？”’）》〕」…]*", re.DOTALL)
_LEFT: Final = 2  # columns before the first and between two
_BELOW: Final = 4  # indent of what stands under a row
_READABLE: Final = 20  # a column of words is not made narrower than this …
_HEADING: Final = 8  # … nor a heading over numbers
_UNBROKEN: Final = 30  # a longer word may be broken


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, and whether it holds numbers, which stand to the right and are never broken."""

    title: str
    numbers: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """A row: a cell for each column, and what stands under it over the whole width."""

    cells: Sequence[Words]
    below: Sequence[Words] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words over the whole width, indented."""

    words: Words
    indent: int = 0

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw it."""
        for line in broken(self.words, options.max_width - self.indent):
            yield _indented(line, self.indent)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Records under their columns; as blocks of `title: value` where the columns would become unreadable."""

    columns: Sequence[Column]
    records: Sequence[Record]
    caption: str = ""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw it as wide as the terminal allows."""
        if self.caption:
            yield Words(self.caption, style="bold")
        widths = self._widths(options.max_width - _LEFT)
        yield from (
            self._as_blocks(options.max_width)
            if widths is None
            else self._as_table(widths, options.max_width)
        )

    def _widths(self, room: int) -> list[int] | None:
        """The widths of the columns, the widest ones cut first; None where they do not fit."""
        natural, least = [], []
        for number, column in enumerate(self.columns):
            texts = [record.cells[number].plain for record in self.records]
            cells = max((cell_len(line) for text in texts for line in text.split("\n")), default=0)
            words = max((_longest_piece(text) for text in texts), default=0)
            title = cell_len(column.title)
            natural.append(max(cells, title))
            heading = max(min(title, _HEADING), _longest_piece(column.title))
            least.append(max(heading, cells if column.numbers else max(min(cells, _READABLE), words)))
        room -= _LEFT * (len(self.columns) - 1)
        if sum(least) > room:
            return None
        widths = least
        while sum(widths) < min(room, sum(natural)):
            open_columns = [n for n, width in enumerate(widths) if width < natural[n]]
            narrowest = min(open_columns, key=lambda n: (widths[n], n))
            widths[narrowest] += 1
        return widths

    def _as_table(self, widths: Sequence[int], room: int) -> Iterator[Words]:
        titles = [Words(column.title, style="bold") for column in self.columns]
        yield from self._line(titles, widths)
        yield Words(" " * _LEFT + "─" * (sum(widths) + _LEFT * (len(widths) - 1)), style="dim")
        airy = any(record.below for record in self.records)
        for number, record in enumerate(self.records):
            if airy and number:
                yield Words("")
            yield from self._line(record.cells, widths)
            yield from _under(record, room)
        yield Words("")

    def _line(self, cells: Sequence[Words], widths: Sequence[int]) -> Iterator[Words]:
        """One row of cells, as many lines as its highest cell."""
        drawn = [list(broken(cell, width)) for cell, width in zip(cells, widths, strict=True)]
        for height in range(max(map(len, drawn), default=0)):
            line = Words()
            for column, lines, width in zip(self.columns, drawn, widths, strict=True):
                part = lines[height] if height < len(lines) else Words()
                space = " " * (width - cell_len(part.plain))
                line.append(" " * _LEFT)
                line.append(space if column.numbers else "").append_text(part)
                line.append("" if column.numbers else space)
            line.rstrip()
            yield line

    def _as_blocks(self, room: int) -> Iterator[Words]:
        colon = str(Text("：", ": "))
        for record in self.records:
            told = [
                (column, cell) for column, cell in zip(self.columns, record.cells, strict=True) if cell.plain
            ]
            for number, (column, cell) in enumerate(told):
                words = Words.assemble((f"{column.title}{colon}", "dim"), cell)
                if not number:
                    words.stylize("bold", len(column.title) + len(colon))
                for position, line in enumerate(broken(words, room - _BELOW)):
                    yield _indented(line, _LEFT if not number and not position else _BELOW)
            yield from _under(record, room)
            yield Words("")


def broken(words: Words, width: int) -> Iterator[Words]:
    """The lines of `words` that fit `width` cells."""
    for line in words.split("\n", allow_blank=True):
        cuts: list[int] = []
        filled = 0
        for start, end, cells in _pieces(line.plain, max(width, 2)):
            if filled and filled + cells > width and line.plain[start:end].strip():
                cuts.append(start)
                filled = 0
            filled += cells
        for part in line.divide(cuts) if cuts else [line]:
            part.rstrip()
            yield part


def _pieces(text: str, width: int) -> Iterator[tuple[int, int, int]]:
    """What is not broken: start, end and cells of each piece; what is wider than a line is cut to letters."""
    for found in _PIECE.finditer(text):
        cells = cell_len(found[0])
        if cells <= width:
            yield found.start(), found.end(), cells
        else:
            spots = range(found.start(), found.end() + 1)
            yield from ((one, two, cell_len(text[one:two])) for one, two in pairwise(spots))


def _longest_piece(text: str) -> int:
    """The cells of the longest piece, as far as a column must hold it."""
    return min(max((cell_len(piece.strip()) for piece in _PIECE.findall(text)), default=0), _UNBROKEN)


def _under(record: Record, room: int) -> Iterator[Words]:
    for words in record.below:
        for line in broken(words, room - _BELOW):
            yield _indented(line, _BELOW)


def _indented(line: Words, indent: int) -> Words:
    return Words(" " * indent).append_text(line)
