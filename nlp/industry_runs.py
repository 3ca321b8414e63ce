"""Industries in a row (产业的串联与列举): chains drawn with arrows, lists that a chain announces, what is called 产业.

`“工业硅—多晶硅—硅片”全产业链` and `从研发到制造的产业集群` name the stages of a chain; `10条产业链，分别是 A、B` and
`尼龙产业链以 A、B 为重点` announce a list whose members are industries, known or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from nlp.characters import Doc, Span
from nlp.industries import GENERIC, is_industry, speaks_of_industry
from nlp.industry_lists import PARTS
from nlp.seeking import Seeker
from nlp.surroundings import is_nominal, residue
from nlp.words import Words

_LONGEST: Final = 14
_CHAIN: Final = (
    "(?:这一|的|等)?(?:完整|全|闭环|一体化|较为完整|上下游|特色|循环)*的?"
    "(?:[\u4e00-\u9fff]{0,4}?)(?:产业链|产业闭环|产业集群|产业体系|链条|产业生态|全链)"
)
_DRAWN: Final = re.compile(
    f'[“"「](?P<row>[\u4e00-\u9fffA-Za-z0-9]{{1,12}}(?:(?:——|—|-|→|–|\\+|＋)[\u4e00-\u9fffA-Za-z0-9、]{{1,14}}){{1,12}})[”"」]{_CHAIN}|'
    f"(?<![\u4e00-\u9fff])?(?P<bare>[\u4e00-\u9fff]{{2,10}}(?:(?:—|-|→|–)[\u4e00-\u9fff、]{{2,12}}){{2,12}}){_CHAIN}"
)
_STROKE: Final = re.compile("[—→–＋+-]")
_ROW: Final = re.compile("——|—|-|→|–|\\+|＋|、")
_FROM_TO: Final = Seeker(
    "从(?P<row>[\u4e00-\u9fff、]{2,30}?，?再?[到至][\u4e00-\u9fff、，]{2,24}?)(?=(?:等|于一体|为一体|的|完整|全产)[^，。；、]{0,12}?(?:产业链|产业集群|产业体系|链条|产业生态))"
)
_STEPS: Final = re.compile("，?再?[到至]|、")
_WHOLE: Final = Seeker(
    "(?:形成|构建|打造|建成|构筑|具备|拥有)(?:了|起|出)?(?:集|以)?(?P<row>[\u4e00-\u9fff、]{4,60}?)(?:等|于一体|一体化|为一体|环节){1,3}的?"
    "(?:比较|较为|相对)?(?:完整|全|闭环|完备)?的?(?:[\u4e00-\u9fff]{2,8})?(?:产业链|产业集群|产业体系|链条|产业生态)"
)
_GATHERED: Final = re.compile(
    "(?<![聚汇采征密])集(?P<row>[\u4e00-\u9fff、与和]{4,60}?)(?:等)?(?:于一体|为一体|一体化)"
)
# What announces that industries follow: 10条产业链，分别是; 产业链方面，大力发展; 支柱产业有.
_ANNOUNCES: Final = Seeker(
    "(?:产业(?:生态)?链|产业集群|产业体系|集群|(?:支柱|主导|优势|特色|新兴|未来|传统|重点|首位)产业)(?:方面|中|上)?"
    "(?:(?:由\\d+条)?[^，。；：、（）]{0,10})?(?:，|：|——|（)?(?:即|分别|主要|包括|包含|涵盖|为|是|有(?!机|色)|大力发展|重点发展|聚焦|发展|以){1,3}[：]?"
    "(?P<list>[^。；：\n]{4,140})"
)
_ENDS_LIST: Final = re.compile(
    "等(?!离子)|为(?:重点|主|核心|特色|支撑|引领|方向|代表)|，(?!、)|[0-9]|[，；。]|\\d条|的(?=产业|集群)"
)
_QUOTED_ROW: Final = Seeker(
    '(?P<row>[“"][\u4e00-\u9fff]{2,10}[”"](?:[、和与及][“"][\u4e00-\u9fff]{2,10}[”"])+)'
    "(?:等)?(?:[两三四五六七八九十\\d]{1,2}[大个条])?(?:特色|重点|主导|优势|支柱|新兴|先进|千亿级?)*(?:产业链|产业集群|产业|集群)"
)
_QUOTED: Final = re.compile('[“"]([\u4e00-\u9fff]{2,10})[”"]')
_NO_STAGE: Final = re.compile(
    "(?:教育|人才|专业|学校|学院|企业|公司|政府|项目|课程|教学|就业|学生|教师|校企|区域|全国|国内|国外|本地|城市|乡村|产业链?|集群|行业|上游|中游|下游|前端|后端|终点|起点|源头|末端|"
    "规模|总量|质量|效益|数量|速度|无|有|小|大|弱|强|点|面|线|链|端|头|尾|入门|精通|毕业|入学|招生|创新链?|供应链|资金链|价值链|人才链|教育链|服务链)+"
)
_DEVELOPS: Final = re.compile("产业链.*发展")
_OF_A_SCHOOL: Final = re.compile("学院|大学|学校|专业|的")
_JOINTS: Final = re.compile("[和与及]")
_MEMBERS: Final = re.compile("[、和及]")
_COMMA: Final = re.compile("、")
_BARE: Final = re.compile("[、\x00]+")  # between members once what stands in brackets is blotted out
_BRACKETS: Final = re.compile("[（(](?:含|包括|包含)?([^（）()]{2,40})[）)]")


def in_rows(doc: Doc) -> list[Span]:
    """The industries of the rows and announced lists of a text."""
    text: str = doc._.words.content
    steps = [(start, end) for start, end in _from_to(text) if _is_thing(text[start:end])]
    stretches = [*_drawn(text), *steps, *_quoted(text), *_announced(doc, text)]
    return [
        Span(doc, start, end, label="IndustryChain")
        for start, end in stretches
        if 1 < end - start <= _LONGEST
        and not GENERIC.match(text[start:end])
        and not _NO_STAGE.fullmatch(text, start, end)
    ]


def _is_thing(stage: str) -> bool:
    """Whether a stage is a noun phrase by itself: 到 behind it confuses the words of the text."""
    words = Words(stage)
    return is_nominal(words, 0, len(stage), leading=True)


def _between(text: str, marks: re.Pattern[str], begin: int, end: int) -> Iterator[tuple[int, int]]:
    at = begin
    for mark in [*(m.span() for m in marks.finditer(text, begin, end)), (end, end)]:
        if mark[0] > at:
            yield at, mark[0]
        at = mark[1]


def _drawn(text: str) -> Iterator[tuple[int, int]]:
    """`“铝土矿—氧化铝—铝材”完整链条`: at least one stage is called as industries are."""
    for match in _DRAWN.finditer(text) if _STROKE.search(text) else ():
        group = "row" if match["row"] else "bare"
        items = list(_between(text, _ROW, *match.span(group)))
        if any(speaks_of_industry(text[s:e]) for s, e in items) and not any(
            _NO_STAGE.fullmatch(text, s, e) for s, e in items
        ):
            yield from items


def _from_to(text: str) -> Iterator[tuple[int, int]]:
    """`从硅料、组件到逆变器的完整链条`, `形成整机、关键零部件等完整链条`."""
    for match in _FROM_TO.finditer(text) if "从" in text else ():
        items = list(_between(text, _STEPS, *match.span("row")))
        if any(speaks_of_industry(text[s:e]) for s, e in items):
            yield from items
    for match in _WHOLE.finditer(text) if "、" in text else ():
        items = list(_between(text, _MEMBERS, *match.span("row")))
        if len(items) > 1 and any(speaks_of_industry(text[s:e]) for s, e in items):
            yield from items
    for match in _GATHERED.finditer(text) if "一体" in text else ():
        items = list(_between(text, _COMMA, *match.span("row")))
        if sum(is_industry(text[s:e]) for s, e in items) * 2 > len(items) > 1:
            yield from items


def _quoted(text: str) -> Iterator[tuple[int, int]]:
    """`“纺织服装”与“新能源电力”两大特色产业链`."""
    for match in _QUOTED_ROW.finditer(text) if "”" in text or '"' in text else ():
        for item in _QUOTED.finditer(text, *match.span("row")):
            yield item.span(1)


def _announced(doc: Doc, text: str) -> Iterator[tuple[int, int]]:
    """The members of a list that a chain announces; those in brackets too (`装备制造（含机器人）`)."""
    for match in _ANNOUNCES.finditer(text):
        begin, end = match.span("list")
        bare = _BRACKETS.sub(lambda m: "\x00" * len(m.group()), text[begin:end])
        stop = _ENDS_LIST.search(bare)
        stop_at = stop.start() if stop else len(bare)
        pieces = list(_between(bare[:stop_at], _BARE, 0, stop_at))
        pieces = [(begin + s, begin + e) for s, e in pieces]
        if pieces:
            parts = list(_between(text, _JOINTS, *pieces[-1]))
            if not text.endswith(PARTS, *pieces[-1]) and all(is_industry(text[s:e]) for s, e in parts):
                pieces[-1:] = parts
        inside = [
            (begin + m.start(1) + s, begin + m.start(1) + e)
            for m in _BRACKETS.finditer(text[begin:end])
            if m.start() < stop_at
            for s, e in _between(m[1], _MEMBERS, 0, len(m[1]))
        ]
        named = sum(is_industry(text[s:e]) for s, e in pieces)
        if _DEVELOPS.search(text, match.start(), begin):
            # 尼龙产业链大力发展尼龙切片、工程塑料
            named = len(pieces) if all(is_nominal(doc._.words, s, e) for s, e in pieces) else named * 2
        if any(_OF_A_SCHOOL.search(text, s, e) for s, e in pieces):
            continue  # 服务支柱产业：甲学院的物联网技术、机电一体化与…
        if len(pieces) < 2 or named * 2 < len(pieces) or (stop and stop.group() == "为代表"):
            continue
        for s, e in [*pieces, *(item for item in inside if is_industry(text[slice(*item)]))]:
            if residue(text[s:e]) and is_nominal(doc._.words, s, e, leading=True):
                yield s, e
