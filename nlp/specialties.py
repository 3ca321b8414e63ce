"""Specialties and specialty groups (专业、专业群): catalogue names where the sentence speaks of specialties.

`数控技术` is a specialty in `开设数控技术专业` and a technique elsewhere, so a name of the catalogue counts only in a
sentence with 专业 near it; `X专业群` with a telling X is a group.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Sequence
from itertools import pairwise
from typing import Final

from spacy.language import Language

from nlp.characters import Doc, Span
from nlp.coordination import PART, Listing, items_before
from nlp.gazetteer import CATALOGUE
from nlp.organisations import ORGANISATIONS
from nlp.surroundings import is_nominal, name_start, residue

SPECIALTIES: Final = "specialties"

_GROUP: Final = re.compile("(?:高水平)?专业集?群")
_CLOSES: Final = re.compile(
    '等?(?:[^，。；、“”的]{0,5}(?:关注|欢迎|热门|紧缺|急需|青睐|看好)的)?[“"]?(?:\\d{0,3}|[一二三四五六七八九十两]{0,2})(?:余|多)?个?(?:职业本科|本科|专科|高职|中职|特色|新|重点|骨干|紧缺|相关|核心|优势|传统|新兴|微|延伸|辅助|支撑|拓展|配套|主干|国家级|省级)*(?:专业|方向)(?!群|集群|人才|人员|人士|背景|理论|课教|'
    "团队|服务|机构|知识|能力|教师|力量|领域|公司|市场|合作社|委员会|技术|化|性|设置|结构|课|认证|标准)"
)
_SAYS: Final = re.compile(
    "[与的把将由对等为有]|开设|设置|新增|增设|新设|举办|围绕|依托|开办|建设|坚持|积极|优化|调整|重点|打造|加强|申报|停招|停办|停开|撤销|取消|暂停|淘汰|合并"
)
_OFFERS: Final = re.compile(
    "(?:(?<=[，\u4e00-\u9fff])以|重点建设|布局|打造|优化|调整|"
    "开设|设有|新增|增设|新设|停招|撤销|增开|开办|设置|主打|主推|主攻|招收|推出|申报|备案|获批|拥有|现有|建有)了?$"
)
# Before the first of a list: 停招|文秘、会计等专业.
_GIVES_UP: Final = re.compile("停招|停办|停开|撤销|取消|暂停|淘汰|合并")
_NEAR: Final = re.compile("专业|招生|开设|学科|增设|新设|停招|撤销|改造升级|对口就业")
_SENTENCE: Final = re.compile("[。！？\n]")
_NOT_A_SPECIALTY: Final = re.compile(
    "^(?:各|该|新|本|相关|有关|重点|特色|优势|骨干|品牌|紧缺|传统|对口|涉农|职业|"
    "高职|中职|热门|急需|类|大|小|不同|所|一流|学科|跨|老|"
    "的|个|多|等|非|现有|目录|主|核心|技术|专科|本科|技能|学|校|点|师范|示范|"
    "招生|开设|新增|增设|长线|短线|面|科|办|兴|增|停|撤|设)+$"
)


@Language.component("specialties")
def find_specialties(doc: Doc) -> Doc:
    """Mark specialties and groups in `doc.spans["specialties"]`."""
    text = doc._.words.content
    found: list[Span] = []
    catalogue = {(span.start, span.end): span for span in doc.spans[CATALOGUE] if span.label_ == "Specialty"}
    if _NEAR.search(text):
        found += _groups(doc, text)
        found += _listed(doc, text, set(catalogue))
        found += _composed(doc, text, set(catalogue))
        found += _of_clauses(text, doc)
        found += _catalogue(doc, text)
    found += _named(doc, text, set(catalogue))
    found += _in_brackets(doc, text, set(catalogue))
    if not found and doc._.speaks_of_specialties:
        found += [Span(doc, s, e, label="Specialty") for s, e in catalogue if e - s > 3]
    doc.spans[SPECIALTIES] = [_without_what_follows(doc, text, span) for span in found]
    return doc


def _groups(doc: Doc, text: str) -> list[Span]:
    found = []
    schools = [span.end for span in doc.spans[ORGANISATIONS] if span.label_ == "School"]
    for match in _GROUP.finditer(text):
        before = bisect_right(schools, match.start())  # the school before it is a name of its own
        stops = schools[max(0, before - 1) : before]
        start = name_start(doc, match.start(), stops)
        start = _behind_conjunction(doc, start, match.start(), stops)
        closing = _OF_GROUPS.search(text, max(0, match.start() - 8), match.start())
        if closing:  # 航运技术、智能制造和信息技术等特色专业群
            items = _unsplit(text, items_before(text, doc._.words, closing.start()).items)
            found += [
                Span(doc, s, e, label="SpecialtyGroup")
                for n, (s, e) in enumerate(items)
                if 1 < e - s < 13
                and not _NOT_A_SPECIALTY.match(text[s:e])
                and ((len(items) > 2 and e - s > 2) or len(residue(text[s:e])) > 1)
                and (n > 0 or is_nominal(doc._.words, s, e, leading=True))
            ]
            continue
        head = text[start : match.start()]
        for place in doc._.places:
            head = head.removeprefix(place)  # 江西省高水平专业群
        is_none = _NOT_A_SPECIALTY.match(head) or _IS_SERVED.search(head)
        if len(head) > 1 and len(residue(head)) > 1 and not is_none:
            found.append(Span(doc, start, match.end(), label="SpecialtyGroup"))
    return found


# “33618”现代制造业集群体系重点产业链专业群覆盖率: the groups of whatever serves it, none by itself
_IS_SERVED: Final = re.compile("(?:(?:重点|主导|优势|支柱|新兴|未来)产业(?:链|集群)?|产业集群|体系)$")
_SAYS_NOTHING: Final = re.compile(
    "(?:管理|服务|维护|检修|维修|应用|运用|营销|经营|检测|检验|利用|控制|自动化|加工|保护|安全|制造|设计|运营|推广|开发|修复|防治|监测|"
    "分析|施工|生产|养护|工艺|装备|设备|测试|装调|繁育|修理|评估|操作|传播|制作|策划|环境|质量)+(?:技术)?"
)


def _unsplit(text: str, items: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """`轨道交通运营管理与服务`: what 与 would leave alone at the end says nothing by itself."""
    if len(items) > 1 and text[items[-1][0] - 1] == "与" and _SAYS_NOTHING.fullmatch(text, *items[-1]):
        return [*items[:-2], (items[-2][0], items[-1][1])]
    last = text[slice(*items[-1])] if len(items) > 1 else ""
    if 0 < len(last) < 3 and text[items[-1][0] - 1] in "与和及" and not residue(last):
        return [*items[:-2], (items[-2][0], items[-1][1])]
    return list(items)


_IS_HEADING: Final = re.compile("(?:专业)?(?:（[^（）]{2,30}）)?：")
_OF_GROUPS: Final = re.compile(
    "(?:等|(?=\\d{1,2}[大个])|(?=[两三四五六七八九十][大个]))(?:\\d{1,2}[大个]|[一二两三四五六七八九十]{1,2}[大个])?(?:特色|重点|高水平|优势|骨干|国家级|省级)*$"
)
_ENDS_A_NAME: Final = re.compile("(?:专业群?|学院|大学|学校|公司|集团|产业|企业|中心|基地)$")


def _behind_conjunction(doc: Doc, start: int, end: int, stops: list[int]) -> int:
    """`大数据技术与应用高水平专业群`: 与 is inside of a group's name, unless another name ends before it."""
    text = doc._.words.content
    if text[start - 1 : start] not in ("与", "及") or end - start > 12:
        return start
    first = name_start(doc, start - 1, stops)
    if start - 1 - first < 2 or _ENDS_A_NAME.search(text, first, start - 1):
        return start
    return first


def _composed(doc: Doc, text: str, known: set[tuple[int, int]]) -> list[Span]:
    """Specialties that stand between their school and 专业 (邢台技师学院汽车维修专业), in the catalogue or not."""
    found = []
    schools = {span.end for span in doc.spans[ORGANISATIONS] if span.label_ == "School"}
    schools |= {span.end for span in doc.spans[CATALOGUE] if span.label_ == "School"}
    named = {end for _, end in known}
    for match in _CLOSES.finditer(text):
        if match.start() in named:
            continue
        for start in range(max(0, match.start() - 14), match.start() - 1):
            surface = text[start : match.start()]
            if start in schools and re.fullmatch("[\u4e00-\u9fff]{2,14}", surface):
                if (
                    not surface.endswith(("类", "相关"))
                    and not _NOT_A_SPECIALTY.match(surface)
                    and len(residue(surface)) > 1
                    and not _SAYS.search(surface)
                ):
                    found.append(Span(doc, start, match.start(), label="Specialty"))
                break
    return [span for span in found if not any(start < span.start < end for start, end in known)]


_NAMED: Final = re.compile(
    "(?:接续[^，。：]{0,8}|招生|开设|现有|主要|骨干|重点|特色|核心|新增|相关|对应|合作|拟招生|本科|专科)专业(?:举例|名称|目录|包括|有|为)?：(?P<items>[^。；：\\n]{2,120})"
)


_NAMED_PLAINLY: Final = re.compile(
    "专业(?!群)(?:主要|现)?(?:包括|有|为|涵盖|含)(?P<items>[^。；：，\\n]{2,100})|"
    "(?:校|院)(?:则|主要)?以(?P<known>[^。；：，\\n]{2,60}?)(?:等)?(?:专业)?(?:见长|为特色|著称)"
)


_FOLLOWS: Final = re.compile("等(?!离子)|[为两三四五六七八九十](?:$|[大个])|\\d+个")


def _without_what_follows(doc: Doc, text: str, span: Span) -> Span:
    """畜牧兽医|为核心专业, 汽车技术|等 12 个: where a specialty in a list ends."""
    behind = _FOLLOWS.search(text, span.start + 2, span.end)
    return Span(doc, span.start, behind.start(), label=span.label_) if behind else span


def _named(doc: Doc, text: str, known: set[tuple[int, int]]) -> list[Span]:
    """`接续本科专业举例：园林工程、园林`: the list behind the word and its colon."""
    found = []
    for match in _NAMED.finditer(text):
        for item in re.compile("[^、，]+").finditer(text, *match.span("items")):
            surface = item.group().removesuffix("等")
            nominal = is_nominal(doc._.words, item.start(), item.start() + len(surface), leading=True)
            if 1 < len(surface) < 16 and nominal and surface not in ("暂无", "无"):
                found.append(Span(doc, item.start(), item.start() + len(surface), label="Specialty"))
    for match in _NAMED_PLAINLY.finditer(text):
        begin, end = match.span("items" if match["items"] else "known")
        closed = text.find("等", begin, end)
        end = closed if closed > 0 else end
        items = [item.span() for item in PART.finditer(text, begin, end)]
        if sum(item in known for item in items) * 2 >= len(items):
            found += [
                Span(doc, start, stop, label="Specialty")
                for start, stop in items
                if (start, stop) in known or re.fullmatch("[\u4e00-\u9fff]{3,12}", text[start:stop])
            ]
    return found


def _in_brackets(doc: Doc, text: str, known: set[tuple[int, int]]) -> list[Span]:
    """`天津职业大学（包装工程技术、数控技术）`: a school, and its specialties in brackets."""
    found = []
    ends = {
        span.end
        for group in (CATALOGUE, ORGANISATIONS)
        for span in doc.spans[group]
        if span.label_ == "School"
    }
    for bracket in re.compile("（([^（）]{4,120})）").finditer(text):
        if bracket.start() not in ends:
            continue
        items = [
            (bracket.start(1) + item.start(), bracket.start(1) + item.end())
            for item in re.compile("[^、，；和]+").finditer(bracket[1])
        ]
        if sum(item in known for item in items) * 2 > len(items):
            found += [Span(doc, start, end, label="Specialty") for start, end in items if end - start > 1]
    return found


# `会计专业与…贯通培养`: what a clause that speaks of a specialty begins with, in the catalogue or not.
_BEGINS_A_CLAUSE: Final = re.compile(
    "(?:(?<=[，。；：、“\n（])|^)(?:其中)?(?:高职|中职|本科|专科)?(?P<name>[\u4e00-\u9fffA-Za-z]{2,12}?)(?:[一二两三四五六七八九十\\d]{1,2}个)?专业(?=与|和[\u4e00-\u9fff]{2,6}专业|面向|对接|学生|毕业生|主要|为国家|为省|是国家|是省|：)"
)


_OF_A_SCHOOL: Final = re.compile("大学|学院|学校|职校|中专")


def _of_clauses(text: str, doc: Doc) -> list[Span]:
    return [
        Span(doc, match.start("name"), match.end("name"), label="Specialty")
        for match in _BEGINS_A_CLAUSE.finditer(text)
        if not _NOT_A_SPECIALTY.match(match["name"])
        and not _OF_A_SCHOOL.search(match["name"])
        and residue(match["name"])
        and not _SAYS.search(match["name"])
        and is_nominal(doc._.words, match.start("name"), match.end("name"))
    ]


def _goes_before(doc: Doc, text: str, start: int, begin: int) -> bool:
    """Whether what stands before a specialty of the catalogue is a part of a longer name."""
    return (
        begin - start < 5
        and len(residue(text[start:begin])) > 0
        and is_nominal(doc._.words, start, begin)
        and not _LEVEL.search(text, start, begin)
    )


_OF_A_SCHOOL_BEFORE: Final = re.compile("(?:[校院]|学校|学院|大学)(?:的|今年|目前|现|去年|明年)?$")
# 民宿管理和直播电商专业|为两翼: what is said of the parts of a group.
_IN_A_GROUP: Final = re.compile(
    "(?:为|作)(?:龙头|核心|支撑|两翼|骨干|依托|特色|拓展|主体|补充|引领|辅助|支持|主干|重点|协同|延伸)"
)
_LEVEL: Final = re.compile("高职|中职|本科|专科|技工|大学|学院|学校|校|等$")


def _listed(doc: Doc, text: str, known: set[tuple[int, int]]) -> list[Span]:
    """The items of a list that ends in 专业; a single item only where it is in the catalogue or plainly short for one."""
    ends = {end: start for start, end in sorted(known, reverse=True)}
    found = []
    for match in _CLOSES.finditer(text):
        listing = Listing(tuple(_unsplit(text, items_before(text, doc._.words, match.start(), known).items)))
        for start, end in listing.items:
            begin = ends.get(end, start) if ends.get(end, start) <= end - 2 else start
            if start < begin and (
                text[begin - 1] in "与和及"  # 机械制造与|自动化
                or _goes_before(doc, text, start, begin)  # 生态|环境工程
            ):
                begin = start
            given_up = _GIVES_UP.match(text, begin, end - 1)
            begin = given_up.end() if given_up else begin
            surface = text[begin:end]
            if (begin, end) in known or (
                len(surface) < 15
                and not surface.endswith("人")
                and "专业" not in surface
                and residue(surface)
                and not _NOT_A_SPECIALTY.match(surface)
                and (
                    (
                        len(listing.items) > 1
                        and sum(item[1] in ends for item in listing.items) * 3 >= len(listing.items)
                    )
                    or (
                        (
                            _OFFERS.search(text, max(0, listing.items[0][0] - 4), listing.items[0][0])
                            or _IN_A_GROUP.match(text, match.end())
                            or (
                                len(listing.items) > 2
                                and _OF_A_SCHOOL_BEFORE.search(
                                    text, max(0, listing.items[0][0] - 6), listing.items[0][0]
                                )
                            )
                        )
                        and is_nominal(doc._.words, begin, end, leading=begin > listing.items[0][0])
                    )
                )
            ):
                found.append(Span(doc, begin, end, label="Specialty"))
    return found


def _catalogue(doc: Doc, text: str) -> list[Span]:
    bounds = [0, *(match.end() for match in _SENTENCE.finditer(text)), len(text)]
    spoken = [bool(_NEAR.search(text, start, end)) for start, end in pairwise(bounds)]
    found, sentence = [], 0
    names = {
        at
        for span in doc.spans[CATALOGUE]
        if span.label_ == "Specialty" and len(span) > 3
        for at in (span.start, -span.end)
    }
    for span in doc.spans[CATALOGUE]:
        if span.label_ != "Specialty":
            continue
        while sentence + 1 < len(spoken) and span.start >= bounds[sentence + 1]:
            sentence += 1
        after = text[span.end : span.end + 4]
        long_enough = len(span) > 3 and not re.match("产业|领域|行业|企业|人才|工程师|师|员|工", after)
        if (
            (
                _IS_HEADING.match(text, span.end)
                and text[span.start - 1 : span.start] in ("", "\n", "。", "；")
                and len(span) > 3
            )
            or (after.startswith("专业") and not re.match("专业(?:群|人|技|背景|知识|课教|理论)", after))
            or (spoken[sentence] and long_enough and (_is_free(text, span) or _beside(text, span, names)))
        ):
            found.append(Span(doc, span.start, span.end, label="Specialty"))
    return found


def _beside(text: str, span: Span, names: Container[int]) -> bool:
    """Whether another name of the catalogue stands beside it in a list: `…的建筑工程技术、大数据与会计仍在其列`."""
    return (text[span.end : span.end + 1] in ("、", "和", "与") and span.end + 1 in names) or (
        text[span.start - 1 : span.start] in ("、", "和", "与") and 1 - span.start in names
    )


def _is_free(text: str, span: Span) -> bool:
    """A name in a list, after an opening verb, or in quotes: not a stretch of running words."""
    before, after = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
    return before in (
        "、",
        "“",
        "：",
        "，",
        "（",
        "设",
        "和",
        "与",
        "及",
        "增",
        "—",
        "将",
        "为",
        "把",
        "由",
        "对",
        "以",
        "盖",
        "括",
        "含",
        "了",
        " ",
        "　",
        "",
    ) and after in (
        "、",
        "”",
        "，",
        "。",
        "；",
        "等",
        "和",
        "与",
        "及",
        "（",
        "专",
        "）",
        "改",
        "升",
        "调",
        "向",
        "为",
        "的",
        "则",
        "三",
        "两",
        "",
    )


Doc.set_extension("speaks_of_specialties", default=False, force=True)
