"""The outline of a document (层次序数): what 第一， 一、 （一） 1. （1） 一是 at the head of a block say of its level."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from ingest.document import Block

_NUMERAL: Final = "〇零一二三四五六七八九十百"

# The order of GB/T 9704: 一、 above （一） above 1. above （1）; each with the level that a block so marked has.
_MARKS: Final[tuple[tuple[re.Pattern[str], int], ...]] = (
    (re.compile(rf"第[{_NUMERAL}\d]+[编篇章]\s*(?![{_NUMERAL}])"), 1),
    (re.compile(rf"第[{_NUMERAL}\d]+节\s*"), 2),
    (re.compile(rf"第[{_NUMERAL}\d]+条(?:之[{_NUMERAL}])?\s*"), 3),
    (re.compile(rf"第[{_NUMERAL}]+[，,、：:]\s*"), 1),
    (re.compile(rf"[{_NUMERAL}]+[、．.]\s*"), 1),
    (re.compile(rf"[（(][{_NUMERAL}]+[）)]\s*[、，]?"), 2),
    (re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,2}(?![\d.%])\s*"), 5),
    (re.compile(r"\d{1,2}\.\d{1,2}(?=\s|[^\d\s.%．、]{4})(?!\s*[万亿%％个年月米公元倍项])\s*"), 4),
    (re.compile(r"\d{1,2}[.．、](?!\d)\s*"), 3),
    (re.compile(r"[（(]\d{1,2}[）)]\s*"), 4),
    (re.compile(r"\d{1,2}[）)]\s*"), 4),
    (re.compile(r"[①-⑳]\s*"), 5),
    (re.compile(rf"[{_NUMERAL}]+是(?=\S)"), 5),
    (re.compile(r"[•●■◆▪·—–-]\s+"), 5),
)
_HEADING_CELLS: Final = 60  # a heading is a line, at most two
_ARTICLE: Final = re.compile(rf"第[{_NUMERAL}\d]+条")
_SENTENCE: Final = re.compile(r"[。！？；;!?]")


@dataclass(frozen=True, slots=True)
class Mark:
    """The ordinal at the head of a block: its words and the level that they give."""

    text: str
    level: int


def outline_mark(text: str) -> Mark | None:
    """The outline mark that `text` begins with, or `None`.

    >>> outline_mark("（一）建设市域产教联合体")
    Mark(text='（一）', level=2)
    >>> outline_mark("一方面，要加强统筹") is None
    True
    """
    for pattern, level in _MARKS:
        found = pattern.match(text)
        if found and found.end() < len(text):
            return Mark(found.group(), level)
    return None


def is_heading(text: str) -> bool:
    """Whether a marked line is a heading by itself: short, and without a sentence of running text behind it."""
    body = text.rstrip("。：: ")
    if _ARTICLE.match(text) or (body != text and "，" in body):
        return False  # an article, or a sentence: 2. 开展试点，形成经验。
    return (
        len(body) * 2 <= _HEADING_CELLS and _SENTENCE.search(body) is None and not body.endswith(("，", "、"))
    )


def with_outline(block: Block) -> Block:
    """The block with role and level by its mark; what the file itself declares (styles, h1…h6) is kept.

    第一， 一、 第一章 → 1; （一） 第一节 → 2; 1. 第一条 → 3; （1） → 4; ① 一是 → 5. A mark before running text makes a
    list item, a mark before a short line a heading.
    """
    if block.role != "paragraph" or block.level:
        return block
    mark = outline_mark(block.text)
    if mark is None:
        return block
    heading = is_heading(block.text) and mark.level <= 4 and not block.text.endswith(("；", "：", ":", ";"))
    return replace(block, role="heading" if heading else "list", level=mark.level)
