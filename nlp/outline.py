"""Where a line stands in its document (提纲): numbering, headings, and whether a section sets tasks at all.

`第一，要深刻认识…重要意义` opens a section that explains, `第二，…重点任务` one that sets tasks; the first sentence of a
numbered paragraph is its heading and names who is spoken to (`（三）成员企业要发挥自身优势`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from nlp.tasks import DEMANDS, GOAL, OPENING, is_order

NUMBERING: Final = re.compile(
    "^\\s*(?:（[一二三四五六七八九十]{1,3}）|\\([一二三四五六七八九十]{1,3}\\)|"
    "[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[，、,]|"
    "\\d{1,2}[.．、](?!\\d)|[一二三四五六七八九十]是(?:要)?|（\\d{1,2}）|[①-⑳])\\s*"
)
_SECTION: Final = re.compile("^\\s*(?:第[一二三四五六七八九十]{1,3}[，、,章]|[一二三四五六七八九十]{1,3}、)")
_EXPLAINS: Final = re.compile(
    "意义|成效|形势|背景|认识|现状|存在.{0,4}问题|成绩|概况|基本情况|工作进展|"
    "主要目标|总体目标|行动目标|发展目标|工作目标|目标任务|指导思想|基本原则|总体要求|研究方法|结论|摘要"
)
_ABSTRACT: Final = re.compile("\\s*[\\[【（(]?(?:摘\\s{0,3}要|关键词|结论)")
# A paragraph without a number that begins as an order and is one: 完善…机制，支持…。
_ORDERS: Final = re.compile(f"\\s*{OPENING}{DEMANDS}[^。]{{6,}}。")
# What is told and not demanded, however it begins.
_NEWS: Final = re.compile(
    "近日|日前|记者|\\d月\\d{1,2}日(?!前)|(?:表示|介绍|指出|认为)[，：]|会议(?:指出|强调|要求|提出|认为)|举行|召开了|签约|揭牌|据悉|当天|昨日|去年|目前|已(?:经|建成|有|达)|[我本]文|本研究|(?:公布|发布)了?[^，。]{2,30}(?:结果|排行|情况)"
)
_HEADING: Final = re.compile("[^。；，\n]{2,40}。")
_HEADING_OF_TWO: Final = re.compile("[^。；，\n]{2,40}。|[^。；，\n]{2,14}，[^。；，\n]{2,12}。")
# What a meeting asked for, as news tell it.
_REPORTED: Final = re.compile("会议(?:指出|强调|要求|提出|认为)|[他她](?:指出|强调|要求)")
# 他强调，要…；要…: who asks twice or more gives a speech, news tell of one wish
_SPEECH: Final = re.compile(
    "(?:强调|指出|要求|建议)[，：](?:[^。；]{0,60}，|[^，。；]{2,12})?要[^。]{0,400}(?:；[^，。；]{0,16}要|。要[^。]{1,400}。[^，。；]{0,16}要)"
)
# A line, or what a number begins inside of one: `…。二、…。第三，…`
_LINE: Final = re.compile(
    "[^\n](?:(?!(?<=[。：；）)])(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[，、]|（[一二三四五六七八九十]{1,3}）|\\d{1,2}[.．](?!\\d)))[^\n])*"
)
_SPOKEN_TO: Final = re.compile("^([^，。；：]{2,16}?)(?:要|应)")


@dataclass(frozen=True, slots=True)
class Place:
    """A line's place: its stretch of the passage, where its text begins behind its heading, whom that names."""

    begin: int
    end: int
    numbered: bool
    sets_tasks: bool
    body: int
    addressee: str | None
    speech: bool  # somebody asks for something twice or more
    orders: bool = True  # most of its sentences order something, and none tells news
    explains: bool = False  # it stands in a section that explains and sets no tasks


def places(texts: Sequence[str]) -> list[list[Place]]:
    """The places of the lines of each passage of a document, in order; a passage is mostly one line."""
    found: list[list[Place]] = []
    sets_tasks = True
    for text in texts:
        of_lines: list[Place] = []
        for line in _LINE.finditer(text):
            place, sets_tasks = _place(line.group(), line.start(), sets_tasks)
            of_lines.append(place)
        found.append(of_lines)
    return found


def _is_of_orders(line: str) -> bool:
    """Whether at least half of the sentences of a line order something or set a goal."""
    sentences = [
        sentence for sentence in line.split("。") if sentence.strip() and not _OF_DOCUMENT.search(sentence)
    ]
    bare = [_PROPOSES.sub("", sentence.strip()) for sentence in sentences]
    ordering = sum(
        bool(is_order(sentence) or GOAL.match(sentence) or _ADDRESSES.match(sentence)) for sentence in bare
    )
    return bool(sentences) and ordering * 2 >= len(sentences)


# What tells of the document itself is no reason to take its tasks for news.
_OF_DOCUMENT: Final = re.compile(
    "(?:印发|出台|发布|制定|编制|通过)[^，。]{0,6}《|》[^，。]{0,8}(?:印发|通过|同意|精神|要求)|制[定订][^，。]{0,10}(?:方案|意见|办法|措施|规划|计划)$|征求意见"
)
# 规划提出，…
_PROPOSES: Final = re.compile("^(?:《[^》]{2,60}》|规划|方案|意见|计划|通知)(?:提出|明确|要求)，")
# 各地要…, 鼓励…, 市教育局会同…
_ADDRESSES: Final = re.compile(
    "(?:各|有关|相关|省级|市级|国务院)[^，。；]{1,20}(?:要|应|将|会同|负责)|[省市州县][^，。；]{2,8}[局厅委](?:要|应|负责|会同|牵头)"
)


def _place(line: str, begin: int, sets_tasks: bool) -> tuple[Place, bool]:
    """The place of a line, and whether what follows it sets tasks."""
    section = bool(_SECTION.match(line)) and len(line) <= 60 and "。" not in line.rstrip()
    if section:
        sets_tasks = not _EXPLAINS.search(line)
    numbering = NUMBERING.match(line)
    body = numbering.end() if numbering else 0
    addressee = None
    explains = False
    if numbering:
        heading = (_HEADING_OF_TWO if line[:body].strip().startswith(("（", "(")) else _HEADING).match(
            line[body:]
        )
        if heading and body + heading.end() < len(line.rstrip()):
            spoken_to = _SPOKEN_TO.match(heading.group())
            addressee = spoken_to[1] if spoken_to else None
            explains = bool(_EXPLAINS.search(heading.group())) and not addressee
            body += heading.end()
    speech = line.count("要") > 1 and bool(_SPEECH.search(line))
    tells = (
        (speech or not _REPORTED.search(line))
        and sets_tasks
        and not section
        and not explains
        and not _ABSTRACT.match(line)
    )
    place = Place(
        begin,
        begin + len(line),
        bool(numbering or (_ORDERS.match(line) and not _NEWS.search(line) and _is_of_orders(line))),
        tells,
        begin + body,
        addressee,
        speech,
        not _NEWS.search(line) and _is_of_orders(line),
        not sets_tasks or explains,
    )
    return place, sets_tasks
