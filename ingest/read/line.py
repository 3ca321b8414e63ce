"""A line as it stands in a file (行): its words, where it is, how wide it is and how far indented."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

# A sentence or clause that ends here may end its paragraph; closing marks may follow.
_ENDED: Final = re.compile(r"[。！？；：…!?;:.][”’」』）》)\"']*$")
# What a typesetter does not break: a run of letters and digits, opening marks with what follows them, and a
# character with the marks that may not begin a line.
_UNBREAKABLE: Final = re.compile(
    r"[“‘「『（《〈〔\[(]*(?:[A-Za-z0-9.%,+\-/]+|.)[，。、；：！？…”’」』）》〉〕\])%％]*", re.DOTALL
)


def cells(text: str) -> int:
    """The width of `text` in half-width cells: a Chinese character takes two, a Latin letter one."""
    return sum(2 if unicodedata.east_asian_width(char) in "FWA" else 1 for char in text)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file.

    `text` has no white space at its ends; `indent` and `right` (where the line ends, counted from the left margin)
    are in half-width cells; `blanks` counts the empty lines before it, `page` the page that it stands on, `column`
    the column (0 across the page). A row of a table has its cells in `table`.
    """

    text: str
    place: str
    indent: float = 0.0
    right: float = 0.0
    blanks: int = 0
    page: int = 1
    column: int = 0
    table: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        """Whether the line stops in the middle of a sentence, as a wrapped line mostly does."""
        return _ENDED.search(self.text) is None

    @property
    def first_token(self) -> int:
        """The width in cells of what could not have been torn from this line to fill the line before."""
        found = _UNBREAKABLE.match(self.text)
        return cells(found.group()) if found else 0


def make_line(raw: str, place: str, *, blanks: int = 0, page: int = 1) -> Line:
    """A line of plain text with its indentation measured in cells."""
    text = raw.strip()
    indent = cells(raw[: len(raw) - len(raw.lstrip())].expandtabs(8))
    return Line(text, place, float(indent), float(indent + cells(text)), blanks, page)
