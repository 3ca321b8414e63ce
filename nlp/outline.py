"""Where a passage stands in its document (提纲): numbering, headings, and whether a section sets tasks at all.

`第一，要深刻认识…重要意义` opens a section that explains, `第二，…重点任务` one that sets tasks; the first sentence of a
numbered paragraph is its heading and names who is spoken to (`（三）成员企业要发挥自身优势`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

NUMBERING: Final = re.compile(
    "^\\s*(?:（[一二三四五六七八九十]{1,3}）|\\([一二三四五六七八九十]{1,3}\\)|"
    "[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[，、,]|"
    "\\d{1,2}[.．、](?!\\d)|[一二三四五六七八九十]是(?:要)?|（\\d{1,2}）|[①-⑳])\\s*"
)
_SECTION: Final = re.compile("^\\s*(?:第[一二三四五六七八九十]{1,3}[，、,章]|[一二三四五六七八九十]{1,3}、)")
_EXPLAINS: Final = re.compile(
    "意义|成效|形势|背景|认识|现状|存在.{0,4}问题|成绩|概况|基本情况|工作进展|"
    "主要目标|总体目标|指导思想|基本原则|总体要求|研究方法|结论|摘要"
)
_ABSTRACT: Final = re.compile("\\s*[\\[【（(]?(?:摘\\s{0,3}要|关键词|结论)")
# A paragraph without a number that begins as an order and is one: 完善…机制，支持…。
_ORDERS: Final = re.compile(
    "\\s*(?:进一步|加快|大力|积极|持续|全面|切实|着力){0,2}(?:完善|健全|强化|推进|实施|加强|建立|深化|优化|支持|引导|推动|"
    "打造|培育|做强|做大|提升|落实|鼓励|推行|构建|创新|扩大|规范|严格)(?!了|的|后|工作(?:会|组))[^。]{6,}。"
)
_SPOKEN_TO: Final = re.compile("^([^，。；：]{2,16}?)(?:要|应)")


@dataclass(frozen=True, slots=True)
class Place:
    """A passage's place: `body` is where its text begins behind its heading, `addressee` whom that names."""

    numbered: bool
    sets_tasks: bool
    body: int
    addressee: str | None


def places(texts: Sequence[str]) -> list[Place]:
    """The place of each passage of a document, in order."""
    found = []
    sets_tasks = True
    for text in texts:
        section = bool(_SECTION.match(text)) and len(text) <= 60 and "。" not in text.rstrip()[:-1]
        if section:
            sets_tasks = not _EXPLAINS.search(text)
        abstract = _ABSTRACT.match(text)
        numbering = NUMBERING.match(text)
        body = numbering.end() if numbering else 0
        addressee = None
        if numbering:
            heading = re.match("[^。；\n]{2,40}。", text[body:])
            if heading and body + heading.end() < len(text.rstrip()):
                spoken_to = _SPOKEN_TO.match(heading.group())
                addressee = spoken_to[1] if spoken_to else None
                body += heading.end()
        found.append(
            Place(
                bool(numbering or _ORDERS.match(text)),
                sets_tasks and not section and not abstract,
                body,
                addressee,
            )
        )
    return found
