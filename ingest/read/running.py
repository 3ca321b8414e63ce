"""Running heads, page numbers, watermarks (页眉页脚页码水印): what repeats on the pages is no part of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from ingest.read.page import Row
from ingest.read.standing import is_page_counter, is_page_mark

_EDGE_ROWS: Final = 2
_FEWEST_PAGES: Final = 2
_WHOLE_ROW: Final = 0.85
_LARGE: Final = 1.8  # times the type of the body
_SENTENCE_ENDS: Final = "。；！？"
_DIGITS: Final = re.compile(r"\d+")
# Numbers of pages in a running line; every other number tells one line from another: 2022年…名单 and 2023年…名单.
_PAGED: Final = re.compile(
    r"[第共]\s*\d{1,4}\s*页|[-—–]\s*\d{1,4}\s*[-—–]|[Pp]age\s+\d{1,4}(?:\s+of\s+\d{1,4})?|(?<!\S)\d{1,3}\s*[/／]\s*\d{1,3}(?!\S)"
)
_SET_APART: Final = re.compile(
    r"^\d{1,4}(?=[\s|·]+[^\d\s])|(?<![件表录图章节第附])(?<=[\s|·])(?<![件表录图章节第附]\s)\d{1,4}$"
)


def without_running_lines(pages: Sequence[Sequence[Row]]) -> list[list[Row]]:
    """The pages without page marks, page numbers, and rows that stand at the edge of at least half of the pages.

    Nor with words in large type that stand at one spot of at least half of the pages, wherever that is (水印).
    """
    repeated = _repeated(pages)
    marks = _watermarks(pages)
    offset = _page_offset(pages)
    kept: list[list[Row]] = []
    for page in pages:
        edges = {id(row) for row in _edges(page)}
        kept.append(
            [
                row
                for row in page
                if row.table
                or not (
                    _spot(row) in marks
                    or (
                        id(row) in edges
                        and (
                            is_page_mark(row.text)
                            or (offset is not None and _number(row.text) == row.page + offset)
                            or _form(row) in repeated
                        )
                    )
                )
            ]
        )
    return kept


def _edges(page: Sequence[Row]) -> list[Row]:
    """The rows nearest to the top and to the bottom of a page, wherever they stand in the order of its text."""
    by_height = sorted(page, key=lambda row: -row.bottom)
    return by_height if len(by_height) <= 2 * _EDGE_ROWS else by_height[:_EDGE_ROWS] + by_height[-_EDGE_ROWS:]


def _form(row: Row) -> tuple[str, int]:
    """What is the same in a running line of every page: its words without the number of the page, and its height."""
    if is_page_counter(row.text):
        return "#", round(row.bottom / 4)
    text = _PAGED.sub(lambda mark: _DIGITS.sub("#", mark.group()), row.text)
    # a number by itself before or behind the words is that of the page where it grows as pages do
    text = _SET_APART.sub(lambda number: f"#{int(number.group()) - row.page}", text)
    return "".join(text.split()), round(row.bottom / 4)


def _repeated(pages: Sequence[Sequence[Row]]) -> set[tuple[str, int]]:
    widest = max((row.right - row.left for page in pages for row in page), default=0.0)
    # A row across the whole column is running text, even where two pages happen to begin alike.
    forms = Counter(
        form
        for page in pages
        for form in {_form(row) for row in _edges(page) if row.right - row.left < _WHOLE_ROW * widest}
    )
    fewest = max(_FEWEST_PAGES, len(pages) / 2)
    # The last row of a paragraph may stand at the same place of two pages, too: a running line is no end of a sentence.
    return {
        form
        for form, count in forms.items()
        if count >= fewest and form[0] != "#" and not form[0].endswith(tuple(_SENTENCE_ENDS))
    }


def _spot(row: Row) -> tuple[str, int, int]:
    return "".join(row.text.split()), round(row.left / 4), round(row.bottom / 4)


def _watermarks(pages: Sequence[Sequence[Row]]) -> set[tuple[str, int, int]]:
    """What stands in type much larger than the body's at one spot of at least half of the pages."""
    ems = sorted(row.em for page in pages for row in page if not row.table)
    large = _LARGE * ems[len(ems) // 2] if ems else 0.0
    spots = Counter(
        spot for page in pages for spot in {_spot(row) for row in page if row.em > large and not row.table}
    )
    fewest = max(_FEWEST_PAGES, len(pages) / 2)
    return {spot for spot, count in spots.items() if count >= fewest}


def _number(text: str) -> int | None:
    return int(_DIGITS.findall(text)[0]) if is_page_counter(text) or is_page_mark(text) else None


def _page_offset(pages: Sequence[Sequence[Row]]) -> int | None:
    """What is added to the count of a page to get its printed number, where most numbers at the edges agree."""
    offsets = Counter(
        number - row.page
        for page in pages
        for row in {id(row): row for row in (_edges(page)[:1] + _edges(page)[-1:])}.values()
        if (number := _number(row.text)) is not None
    )
    if not offsets:
        return None
    offset, count = offsets.most_common(1)[0]
    return offset if count >= min(2, len(pages)) and (count > 1 or offset == 0) else None
