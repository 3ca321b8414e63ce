"""How a file wraps its lines (折行版式): the width of a full line, what marks a paragraph, what blank lines mean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from ingest.read.line import Line
from ingest.read.outline import outline_mark

FIRST_LINE_INDENT: Final = 4.0  # a paragraph begins two characters in
TOLERANCE: Final = (
    1.5  # kerning, narrow quotation marks and digits move the right edge by less than a character
)
_NARROWEST: Final = 16.0  # cells; a narrower "column" is a list of short lines
_BAND: Final = 3.0
_FEW: Final = 3
_SENTENCE: Final = re.compile(r"[。；！？]")
_COMMAS: Final = re.compile(r"[，、,]")
_PROSE: Final = re.compile(r"[，。；,;]|\w [a-z]")


@dataclass(frozen=True, slots=True)
class Layout:
    """The layout of wrapped text; widths in half-width cells.

    `indents` says whether the first line of a paragraph stands further in (`kept`), did so before the white space was
    lost and is therefore shorter (`lost`), or begins at the margin (`none`). `spacing` is the number of blank lines
    that stand between two lines of the same paragraph. `listed` are lines as wide as the column that each tell of one
    thing: a name, its place, its field.
    """

    width: float
    indents: Literal["kept", "lost", "none"]
    spacing: int
    margin: float
    listed: frozenset[Line] = frozenset()

    def full(self, line: Line, following: Line, *, first: bool) -> bool:
        """Whether `line` has no room for the first word of `following`: then it did not end on purpose."""
        right = line.right
        if first and self.indents == "lost" and right <= self.width - TOLERANCE:
            right += FIRST_LINE_INDENT
        return right + following.first_token > self.width - TOLERANCE + 1

    def indented(self, line: Line) -> bool:
        """Whether the line begins clearly to the right of the margin."""
        return line.indent - self.margin >= FIRST_LINE_INDENT - 1

    def reaches_the_edge(self, line: Line) -> bool:
        """Whether the line is as wide as a full line that begins at the margin."""
        return line.right >= self.width - TOLERANCE


def measure(lines: Sequence[Line]) -> Layout | None:
    """The layout of `lines`, or `None` where each line is a paragraph of its own.

    Wrapped text has many lines that end near one width, in the middle of a sentence; hardly any are wider.
    """
    width = _column(lines) if len(lines) > 1 else None
    if width is None:
        return None
    followed = [(run, after) for run, after in _runs(lines, width) if len(run) > 1]
    runs = [run for run, _ in followed]
    # Wrapped prose comes to the end of a sentence, or of a line with that of a clause; lines that never do are a list.
    wrapped = [pair for run in runs if any(map(_is_prose, run)) for pair in pairwise(run)]
    bare = frozenset(line for run in runs if not any(map(_is_prose, run)) for line in run)
    few = len(wrapped) < _FEW  # names and titles one below the other may be as wide as each other by chance
    prose = [
        pair for pair in wrapped if _PROSE.search(pair[0].text) or (not few and _PROSE.search(pair[1].text))
    ]
    in_band = sum(1 for line in lines[:-1] if abs(line.right - width) <= _BAND and line not in bare)
    if not prose or len(prose) < 0.4 * len(wrapped) or len(wrapped) < 0.35 * in_band:
        return None
    same_page = [after.blanks for before, after in wrapped if before.page == after.page]
    spacing = Counter(same_page).most_common(1)[0][0] if same_page else 0
    margin = sorted(line.indent for line in lines)[len(lines) // 10]
    listed = frozenset(
        line
        for run, after in followed
        if bare.issuperset(run) and _is_list(run) and not (after and _no_room(run[-1], after, width))
        for line in run
    )
    return Layout(width, _indents(lines, width, margin), spacing, margin, listed)


def _column(lines: Sequence[Line]) -> float | None:
    """The width at which most lines end, unless too many run beyond it."""
    rights = Counter(round(line.right) for line in lines if line.right >= _NARROWEST)
    if not rights:
        return None

    def near(width: int) -> tuple[int, int, int]:
        around = sum(rights[width + shift] for shift in (-2, -1, 0, 1, 2))
        return around, rights[width], width

    centre = max(rights, key=near)
    width = max((centre + shift for shift in (-2, -1, 0, 1, 2)), key=lambda right: (rights[right], right))
    beyond = sum(count for right, count in rights.items() if right > width + 2 * _BAND)
    if beyond > max(1, 0.04 * len(lines)) or (beyond and len(lines) < 12):
        widest = max(rights)
        return float(widest) if len(lines) < 12 else None
    return float(width)


def _wraps(before: Line, after: Line, width: float) -> bool:
    return abs(before.right - width) <= 2 * _BAND and before.open and outline_mark(after.text) is None


def _runs(lines: Sequence[Line], width: float) -> Iterator[tuple[list[Line], Line | None]]:
    """The lines in runs in which each may go on in the next, which stands no further in; with the line after each."""
    run: list[Line] = []
    for line in lines:
        if run and (
            not _wraps(run[-1], line, width) or line.indent - run[-1].indent >= FIRST_LINE_INDENT - 1
        ):
            yield run, line
            run = []
        run.append(line)
    yield run, None


def _no_room(line: Line, after: Line, width: float) -> bool:
    """Whether a long word may have been the reason that a line ends early."""
    return after.indent <= line.indent and line.right + after.first_token > width


def _is_prose(line: Line) -> bool:
    """Whether a line has the end of a sentence in it, or ends with that of a clause."""
    return not line.open or line.text.endswith(("，", "、", ",")) or _SENTENCE.search(line.text) is not None


def _is_list(run: Sequence[Line]) -> bool:
    """Whether all lines of a run have as many parts: 张三，某某大学，教授."""
    parts = {len(_COMMAS.findall(line.text)) for line in run}
    return len(run) >= _FEW and len(parts) == 1 and parts != {0}


def _indents(lines: Sequence[Line], width: float, margin: float) -> Literal["kept", "lost", "none"]:
    """Judged by the lines that surely begin a paragraph: those after a line that ended early, with a full stop."""
    kept = lost = flush = 0
    for index, line in enumerate(lines):
        before = lines[index - 1] if index else None
        after = lines[index + 1] if index + 1 < len(lines) else None
        if before is not None and (before.open or before.right > width - 3 * FIRST_LINE_INDENT):
            continue
        if line.indent - margin >= FIRST_LINE_INDENT - 1:
            kept += 1
        elif after is not None and line.open and after.right > line.right - FIRST_LINE_INDENT:
            # a long word that had no room leaves a line as short as a lost indent does, and says nothing
            no_room = line.right + after.first_token > width
            if abs(line.right - (width - FIRST_LINE_INDENT)) < TOLERANCE and not no_room:
                lost += 1
            elif abs(line.right - width) <= TOLERANCE:
                flush += 1
    if kept > max(lost, flush):
        return "kept"
    return "lost" if lost > flush else "none"
