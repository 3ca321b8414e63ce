"""Sets paragraphs in lines of a width, as a typesetter does: what the readers must undo. Also random Chinese prose."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Sequence

from hypothesis import strategies as st

_TOKEN = re.compile(r"[“‘（《]*(?:[A-Za-z0-9.%]+|.)[，。、；：！？”’）》]*")
# Everyday characters that begin no outline mark, date or number.
_CHARACTERS = (
    "产教联合体企业院校人才培养建设推动发展服务区域经济优化专业布局资源共享机制平台加强统筹深化改革提升能力"
)


def width_of(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "FWA" else 1 for char in text)


def wrapped(paragraph: str, columns: int, *, indent: bool) -> list[str]:
    """The lines of a paragraph, `columns` Chinese characters wide; the first two characters further in."""
    lines, line = [], "\u3000\u3000" if indent else ""
    for token in _TOKEN.findall(paragraph):
        if line.strip("\u3000") and width_of(line + token) > 2 * columns:
            lines.append(line)
            line = ""
        line += token
    return [*lines, line]


def room_left(paragraph: str, columns: int, *, indent: bool) -> float:
    """The cells free at the end of the last line."""
    return 2 * columns - width_of(wrapped(paragraph, columns, indent=indent)[-1])


def in_pages(lines: Sequence[str], height: int, mark: str) -> list[str]:
    """The lines with `mark` ({} is the page's number) and blank lines after each `height` of them."""
    found: list[str] = []
    for number, line in enumerate(lines, start=1):
        found.append(line)
        if number % height == 0 and number < len(lines):
            found += ["", "", mark.format(number // height), ""]
    return found


def prose(chance: random.Random, sentences: int) -> str:
    """A paragraph of so many sentences, with figures and quotation marks that do not fill whole characters."""
    figures = ["到2027年", "110万人", "80%以上", "“两张皮”", "《方案》", "", "", "", ""]
    text = ""
    for _ in range(sentences):
        clauses = [
            "".join(chance.choices(_CHARACTERS, k=chance.randint(4, 14))) + chance.choice(figures)
            for _ in range(chance.randint(1, 4))
        ]
        text += "，".join(clauses) + chance.choice("。。。。；！？") * (sentences > 1)
    return text.rstrip("；。") + "。"


@st.composite
def documents_in_columns(
    draw: st.DrawFn, columns: st.SearchStrategy[int], room: float
) -> tuple[list[str], int]:
    """Paragraphs for a width, each of which leaves `room` in its last line when set without an indent.

    They are drawn until they do: of whole documents most would have one that does not, and be thrown away.
    """
    chance, width = random.Random(draw(st.integers(0, 1_000_000))), draw(columns)
    count, document = draw(st.integers(4, 9)), []
    while len(document) < count:
        text = prose(chance, chance.randint(1, 6))
        if room_left(text, width, indent=False) >= room:
            document.append(text)
    return document, width


@st.composite
def documents(draw: st.DrawFn) -> list[str]:
    """Paragraphs of prose; by a seed, as characters drawn one by one shrink to texts that nobody writes."""
    chance = random.Random(draw(st.integers(0, 1_000_000)))
    return [prose(chance, chance.randint(1, 6)) for _ in range(draw(st.integers(4, 9)))]
