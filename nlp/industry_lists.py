"""Industries in lists (产业的并列): what 等产业 closes, what 以…为主导 names, what 布局, 主攻, 做强 take.

In this prose the object of such a verb is an industry where it is called as one; the members of a list speak for each
other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from nlp.characters import Doc, Span
from nlp.coordination import PART, Listing, items_before
from nlp.industries import GENERIC, is_industry, speaks_of_industry
from nlp.names import names
from nlp.seeking import Seeker
from nlp.surroundings import is_nominal, residue

_LEADS_WITH: Final = Seeker(
    "以([^，。；：以]{2,60}?)(?:等)?(?:[两三四五六七八九十\\d]{0,2}大)?(?:产业|行业)?为(?:主导|支柱|特色|优势|重点|主)"
    "(?:的?产业|的特色产业|，[^，。；]{2,30}为(?:辅|补充|支撑)的?产业|的[^，。；]{0,8}(?:产业|集群)(?![园学]))|"
    "(?<=产业)(?:已|初步|逐步)?形成(?:了|起)?(?:以)?([^，。；：以]{4,60}?)为主(?:体|导)?的|"
    "(?<=产业)(?:则|主要)?以([^，。；：以]{2,60}?)(?:等)?为主(?=[，。；])"
)
_LEADING_ARE: Final = Seeker(
    "(?:(?:主导|支柱)产业(?:方向)?(?:为|是|有|包括|：|聚焦)|(?:对接|服务|所属|面向)产业(?:链|集群)?(?:名称)?[：:])([^，。；：]{2,60})"
)
_SEGMENTS: Final = Seeker(
    "(?:产业链|产业集群|产业体系|集群)(?:主要)?(?:包括|涵盖|由|分为|包含|覆盖)(?P<items>[^，。；：]{4,80}?)(?:等)?(?:[\\d一二三四五六七八九十]{0,2}[个大]?)?(?:环节|领域|细分领域|产业|行业|链条)"
)
_FIELD: Final = Seeker(
    '等?(?:[“"][^“”"，。]{2,12}[”"])?(?:[一二三四五六七八九十两\\d]{0,3}(?:大|个|条))?(?:首位|首要|重点|主导|支柱|新兴|优势|特色|'
    "战略性新兴|未来|传统|高端|先进|关键|新|核心|相关|上游|中游|下游|创新|前沿|地标|战新|标志性|主攻|国家级|省级|主营业务|主营|业务|千亿级|万亿级|百亿级){0,8}"
    "(?:产业集群|产业链|产业|领域|行业|集群|赛道|方向|板块|方面|(?<=[端进])(?:制造业|服务业))+(?!学院|园|工人)"
)
_COUNTED_CHAINS: Final = re.compile("等\\d{1,2}条(?=[，。；（]|产业链|重点)")
_LISTED_BEFORE: Final = re.compile(".*(?:产业|集群|产业链)(?:及|和|与)")
_NAMES_A_BODY: Final = re.compile(
    "总监$|工程师$|技术员$|学院|大学|学校|公司|集团(?!军)|中心$|协会|企业$|院校$"
)
PARTS: Final = ("零部件", "配件", "器件", "应用", "装备", "设备")  # 机器人及智能装备 is one
_MADE: Final = re.compile(
    "[\u4e00-\u9fff]{2}(?:制造|修造|创制|研制|繁育|育种|选育|康养|加工|种植|养殖|冶炼|印染|酿造|维修|回收)$"
)
# Verbs whose object, in this prose, is an industry when it is called as one.
_TAKES: Final = re.compile(
    "(?:聚焦(?:于)?|(?:重点)?承载|主要发展|着力发展|集聚发展|错位发展|优先布局|加快布局|前瞻布局|超前布局|布局|主攻|侧重|深耕|主打|主推|偏向|紧扣|做大做强|做强做优(?:做大)?|做[强优大精]|重点发展|突出发展|大力发展|加快发展|积极发展|优先发展|"
    "发展壮大|培育壮大|重点培育|培育发展|提前谋划|谋划|瞄准|紧盯|专注于?|主营|致力于|抢占|壮大|面向|对接|围绕|服务于|服务(?!于|型|业|外包|贸易|机器人|器)|巩固提升|改造提升|重点打造|深度融入)了?"
)
_OBJECT_ENDS: Final = re.compile(
    "[，。；：！？\\n（）“”]|设置|开设|开展|开办|建设|打造|培养|组建|构建|调整|优化|办学|增设|新增|建立"
)
_LONGEST_OBJECT: Final = 120
_INSIDE: Final = re.compile(
    "(?<=产业链|制造业)[中内里上]|(?<=产业|集群|行业|领域)[中内里上]"
)  # 装备制造产业链|中零件加工


def in_lists(doc: Doc, known: set[tuple[int, int]]) -> list[Span]:
    """The industries of the lists of a text; `known` are where listed industries stand."""
    text = doc._.words.content
    return [*_leading(doc, text), *_listed(doc, text, known), *_objects(doc, text), *_stages(doc, text)]


def _leading(doc: Doc, text: str) -> list[Span]:
    """The industries that a place leads with: 以 A、B 为主导产业, 主导产业为 A、B."""
    found = []
    stretches = [match.span(match.lastindex or 1) for match in _LEADS_WITH.finditer(text)]
    stretches += [(match.start(1), match.end(1)) for match in _LEADING_ARE.finditer(text)]
    stretches += [match.span("items") for match in _SEGMENTS.finditer(text)]
    for begin, end in stretches:
        for match in re.compile("(?:(?!、|和(?!信息)|与|及)[^，。；：]){2,14}").finditer(text, begin, end):
            start = match.start() + (match.group()[0] in "和与及")
            surface = re.sub("等$", "", text[start : match.end()])
            if len(surface) > 1 and not GENERIC.match(surface) and not surface.isdigit():
                found.append(Span(doc, start, start + len(surface), label="IndustryChain"))
    return found


# What is spoken of as a stage of a chain: 在多晶硅环节, 切片、电池片、组件环节, 上游硅料、中游硅片.
_OF_A_CHAIN: Final = re.compile("产业链|产业集群|链条|[上中下]游|产能")
_STAGE: Final = Seeker("(?:等)?(?:\\d|[两三四五六七八九十])?[个大]?(?:重点|关键|核心|主要)?环节")
_STREAM: Final = re.compile(
    "(?<!上)[上中下]游(?:产业|环节)?(?P<says>的|则为|则是|为|是|主要为|主要是|主要包括|包括|涵盖|有|以|：)?(?=(?P<items>[^，。；：！？\n（）“”]{2,60}))"
)
_STAGE_ENDS: Final = re.compile(
    "等|产能|规模|产品|应用|环节|项目|企业|生产|协同|联动|共同|齐头|加速|加快|快速|集聚|制造(?=[产为])|[、和及与]?[上中下]游|为(?:核心|主)|到|至"
)
_NO_STAGE: Final = re.compile(
    "(?:教学|实践|实训|生产|研发|设计|销售|关键|核心|重要|薄弱|各|培养|评价|制造|应用|服务|流通|管理|考核|招生|主要|上游|中游|下游|中|高|前端|后端|加工|"
    "运营|物流|营销|育人|人才|就业|每|全|多|个|配套|产业链?|细分|缺失|空白|企业|供应商|客户|市场|需求|原材料|原料|零部件|产品|领域|行业|合作|协同|伙伴|资源|"
    "供给|供应|材料|设备|终端|技术|建设|发展|延伸|环|节|链|项目|学校|院校|专业|课程|岗位|的)+"
)


def _stages(doc: Doc, text: str) -> list[Span]:
    of_a_chain = bool(_OF_A_CHAIN.search(text))
    items: list[tuple[int, int]] = []
    for stage in _STAGE.finditer(text):
        items += items_before(text, doc._.words, stage.start()).items
    streams = list(_STREAM.finditer(text))
    for stream in streams:
        if not stream["says"] and len(streams) < 2 and "、" not in stream["items"]:
            continue
        ends = _STAGE_ENDS.search(text, *stream.span("items"))
        stop = ends.start() if ends else stream.end("items")
        items += [m.span() for m in PART.finditer(text, stream.start("items"), stop)]
    return [
        Span(doc, start, end, label="IndustryChain")
        for start, end in items
        if 1 < end - start <= 10
        and not _NO_STAGE.fullmatch(text, start, end)
        and not GENERIC.match(text[start:end])
        and _nominal(doc, start, end)
        and (of_a_chain or is_industry(text[start:end]))
    ]


def _listed(doc: Doc, text: str, known: set[tuple[int, int]]) -> list[Span]:
    """The items of a list that ends in `等产业`, `三大新兴产业`, `等领域`."""
    found: list[Span] = []
    for match in (*_FIELD.finditer(text), *_COUNTED_CHAINS.finditer(text)):
        if match.group()[0] != "等" and text.endswith(
            ("技术", "专业", "学科", "知识", "工作"), 0, match.start()
        ):
            continue  # …等技术领域
        listing = items_before(text, doc._.words, match.start())
        listing = Listing(
            tuple(
                (before.end() if (before := _LISTED_BEFORE.match(text, start, end)) else start, end)
                for start, end in listing.items
            )
        )
        if any("专业" in text[start:end] for start, end in listing.items):
            continue  # what stands before it is a list of specialties
        if len(listing.items) < 2 or not _is_of_industries(text, listing, known, match.group()):
            continue
        found += [
            Span(doc, start, end, label="IndustryChain")
            for start, end in listing.items
            if 1 < end - start <= 16
            and not GENERIC.match(text[start:end])
            and (residue(text[start:end]) or (end - start > 3 and len(listing.items) > 2))
            and not _NAMES_A_BODY.search(text, start, end)
            and (_nominal(doc, start, end) or _MADE.search(text, start, end))
        ]
    return found


_DEVELOPS: Final = re.compile(
    "(?:主要|重点|着力|集聚|错位|大力|优先|突出|加快|积极)发展|重点培育|主攻|(?:重点)?承载|(?:优先|加快|前瞻|超前)?布局"
)


def _objects(doc: Doc, text: str) -> list[Span]:
    """What is built up or aimed at: `布局人工智能`, `侧重智慧物流、数字电商，` where it is called as industries are."""
    found = []
    for verb in _TAKES.finditer(text):
        ends = _OBJECT_ENDS.search(text, verb.end(), verb.end() + _LONGEST_OBJECT)
        end = ends.start() if ends else min(len(text), verb.end() + _LONGEST_OBJECT)
        items = list(_parts(doc, text, verb.end(), end))
        named = [(start, stop) for start, stop in items if is_industry(text[start:stop])]
        if named and len(named) * 2 >= len(items):
            found += [
                Span(doc, start, stop, label="IndustryChain")
                for start, stop in (items if _DEVELOPS.match(verb.group()) and len(items) > 2 else named)
                if not GENERIC.match(text[start:stop]) and len(residue(text[start:stop])) > 1
            ]
    return found


def _parts(doc: Doc, text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The members of a list of noun phrases; what stands behind 等 or a count is not of it."""
    last = re.compile(
        "等(?=[重领产行方各新多一二三四五六七八九十\\d]|$)|(?:[两三四五六七八九十]|\\d{1,2})[大个条]"
    ).search(text, begin, end)
    end = last.start() if last else end
    at = begin
    for comma in [*(m.start() for m in re.compile("、|以及").finditer(text, begin, end)), end]:
        start, stop = at, comma
        inside = _INSIDE.search(text, start, stop)
        stop = inside.start() if inside else stop
        at = comma + (2 if text.startswith("以及", comma) else 1)
        if 1 < stop - start <= 16 and _nominal(doc, start, stop):
            if comma == end and (joint := re.compile("[和与及]").search(text, start + 2, stop - 1)):
                both = (start, joint.start()), (joint.end(), stop)
                if (
                    joint.group() != "及"
                    and text[start:stop] not in names("industries")
                    and all(is_industry(text[s:e]) for s, e in both)
                ):
                    yield from both
                    continue
            yield start, stop


def _nominal(doc: Doc, start: int, end: int) -> bool:
    """Whether a stretch is a noun phrase that may hold 与 but does not begin with it."""
    return doc._.words.content[start] not in "与和及" and is_nominal(doc._.words, start, end, leading=True)


def _is_of_industries(text: str, listing: Listing, known: set[tuple[int, int]], head: str) -> bool:
    hits = sum((start, end) in known or speaks_of_industry(text[start:end]) for start, end in listing.items)
    return (
        hits * (3 if head.endswith(("产业", "产业链", "集群")) else 2) >= len(listing.items) + 1 and hits > 0
    )
