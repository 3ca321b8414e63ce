"""Industry chains (产业链): known names where the sentence speaks of an industry, and what stands before 产业链, 集群.

A known name counts where 产业, 行业, 领域 … follow, in a list of which one item does, or behind a verb that takes an
industry (对接, 聚焦, 与…相关). A class of firms (食品企业), a technology alone or a specialty does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc, Span

from nlp.coordination import Listing, items_before
from nlp.gazetteer import CATALOGUE
from nlp.industries import is_industry, speaks_of_industry
from nlp.names import names
from nlp.surroundings import is_nominal, name_start, residue

CHAINS: Final = "chains"

_TAIL: Final = (
    "(?:现代)?(?:制造业)?"
    "(?:产业集群体系|产业集群|先进制造业集群|制造业集群|集群体系|产业链群|产业链|产业体系|产业|集群|行业)"
)
_TAIL_AFTER: Final = re.compile(
    "(?:制造)?(?:产业集群体系|产业集群|产业链群|产业链|全产业链|集群体系|产业|集群|行业|制造业|业)"
)
_FIELD: Final = re.compile(
    '等?(?:[“"][^“”"，。]{2,12}[”"])?(?:[一二三四五六七八九十两\\d]{0,3}(?:大|个|条))?(?:首位|首要|重点|主导|支柱|新兴|优势|特色|'
    "战略性新兴|未来|传统|关键|新|核心|相关|千亿级|万亿级|百亿级)*"
    "(?:产业集群|产业链|产业|领域|行业|集群|赛道|方向|板块|方面)+(?!学院|园|工人)"
)
_FRAME: Final = re.compile(
    "(?:对接|服务|服务于|面向|聚焦|围绕|瞄准|紧扣|布局|发展|壮大|做强|做优|"
    "培育|做大|打造|融入|涉及|涵盖|覆盖|包括|属于|从事|深耕|"
    "支撑|赋能|推动|抢抓|振兴|突破|与|支持)(?:全省|全市|我市|我省|重庆|区域|地方)?$"
)
_LEADS_WITH: Final = re.compile(
    "以([^，。；：以]{2,60}?)(?:等)?(?:[两三四五六七八九十\\d]{0,2}大)?(?:产业|行业)?为(?:主导|支柱|特色|优势|重点|主)(?:的?产业|的特色产业)"
)
_LEADING_ARE: Final = re.compile(
    "(?:(?:主导|支柱)产业(?:为|是|有|包括|：|聚焦)|(?:对接|服务|所属|面向)产业(?:链|集群)?(?:名称)?[：:])([^，。；：]{2,60})"
)
_SEGMENTS: Final = re.compile(
    "(?:产业链|产业集群|产业体系|集群)(?:主要)?(?:包括|涵盖|由|分为|包含|覆盖)(?P<items>[^，。；：]{4,80}?)(?:等)?(?:[\\d一二三四五六七八九十]{0,2}[个大]?)?(?:环节|领域|细分领域|产业|行业|链条)"
)
_QUALIFIED: Final = re.compile("(?:战略性新兴|传统|新兴|未来|主导|支柱|首位|特色|优势|重点|先导)+$")
_LISTED_BEFORE: Final = re.compile(".*(?:产业|集群|产业链)(?:及|和|与)")
_LED_CHAIN: Final = re.compile("为(?:链主|龙头)的([\u4e00-\u9fff]{2,10}?)(?=[、，。；和与及]|等|产业)")
_NAMES_A_BODY: Final = re.compile("学院|大学|学校|公司|集团(?!军)|中心$|协会|企业$|院校$")
_STREAM: Final = re.compile(
    "(?:的)?(?:产业|行业|产业链)?(?:是|则|也|正|位于|处于|处在|居于|的|其)[^，。；]{0,14}?[上下]游"
)
_OF_STREAM: Final = re.compile("(?:是|位于|处于|处在|居于)$")
_NOT_AFTER: Final = re.compile(
    "企业|公司|专业|学院|学校|技术(?!研发|应用产业)|人才|课程|工程师|赋能|教育|"
    "教学|时代|素养|知识|领军|系|班|师|员|工(?![业程])|"
    "展|博览|论坛|峰会|大会|大赛|竞赛|平台|中心|协会|设备|产品|行动|实验|实训|园|城|部|局|厅|"
    "委|站|场|校|模型|与人|伦理|价格|通用|手段|资源库"
)
_CLUSTER_CODE: Final = re.compile(
    '[“"][\\dN+Xx]{3,9}[”"](?:现代化?|先进|新型|特色)?(?:制造业|农业|服务业|产业|工业)?(?:产业)?(?:集群体系|产业集群|产业体系|体系|集群)'
)
_SUFFIX: Final = re.compile(_TAIL)
_COUNTS: Final = re.compile(".*(?:等(?!离子)|\\d[大个条家级]|[两三四五六七八九十][大个条])")
_COUNTED: Final = re.compile("(?:[两三四五六七八九十]|\\d{1,2})[大个条]$")
_GENERIC: Final = re.compile(
    "^(?:.{0,6}(?:首位|首要|主导|支柱|新兴|优势|特色|战略性|未来|传统|重点|关键|核心|"
    "相关|千亿|万亿|百亿|各|本|该|全|第[一二三]|一二三|"
    "实体|富民|朝阳|上下游|龙头|支撑|绿色低碳|配套|其他|有关|外资|本土|"
    "高端|先进|高新技术|先导|关联|基础|新)|制造业?|服务|农|工|"
    "智能|现代|数字|创新|教育|人才|工业|信息|技术|劳动密集型|资本|数字化|产|行业|乡村|科技|"
    "文化|区域|服务业|现代服务业|现代产业|生产|生产性|国民经济各|"
    "不同|所在|跨|同|事|企|就|职|专|毕|作|产业|商|开|失|创|结|营|副|主|物|林|学|从|从业)$"
)
# Verbs whose object, in this prose, is an industry when it is called as one.
_TAKES: Final = re.compile(
    "(?:聚焦(?:于)?|前瞻布局|超前布局|布局|主攻|侧重|深耕|主打|主推|偏向|紧扣|做大做强|做强做优(?:做大)?|做[强优大精]|重点发展|突出发展|大力发展|加快发展|积极发展|优先发展|"
    "发展壮大|培育壮大|重点培育|培育发展|提前谋划|谋划|瞄准|紧盯|专注于?|主营|致力于|抢占|壮大|巩固提升|改造提升|重点打造|深度融入)了?"
)
_INTRODUCED: Final = re.compile(
    "(?:做大做强|做[大强优精实]|国家|我国|全国|省内|市内|国内|一批|一些|各地|当地|本地|首批)*"
)
_FIRMS: Final = re.compile("(?:企业|公司|厂商|车企|药企)$")
_OBJECT_ENDS: Final = re.compile("[，。；：！？\n（）“”]")
_LONGEST_OBJECT: Final = 120
_MANY: Final = re.compile("等?(?:[一二三四五六七八九十两\\d]{0,3}[大个条])?(?:$|等.*)")


@Language.component("chains")
def find_chains(doc: Doc) -> Doc:
    """Mark industry chains in `doc.spans["chains"]`."""
    text = doc._.words.content
    found = [
        Span(doc, match.start(), match.end(), label="IndustryChain") for match in _CLUSTER_CODE.finditer(text)
    ]
    known = [span for span in doc.spans[CATALOGUE] if span.label_ == "IndustryChain"]
    found += [
        Span(doc, _behind_place(doc, span.start, span.end), _with_tail(text, span.end), label="IndustryChain")
        for span in known
        if _stands_as_chain(text, span)
    ]
    found += _before_suffix(doc, text)
    found += _leading(doc, text)
    found += _joined(doc, text)
    found += [
        Span(doc, match.start(1), match.end(1), label="IndustryChain")
        for match in _LED_CHAIN.finditer(text)
        if not _GENERIC.match(match[1])
    ]
    found += _listed(doc, text, {(span.start, span.end) for span in known})
    found += _objects(doc, text)
    found += _beside(doc, text, found, known)
    doc.spans[CHAINS] = [
        Span(doc, start, span.end, label="IndustryChain")
        for span in found
        if (start := _behind_place(doc, _INTRODUCED.match(text, span.start, span.end).end(), span.end))  # type: ignore[union-attr]
        < span.end - 1
        and not _FIRMS.search(text, start, span.end)
    ]
    return doc


def _beside(doc: Doc, text: str, found: list[Span], known: list[Span]) -> list[Span]:
    """Known industries that a list puts beside one that is read: 新能源汽车、|智能网联汽车人才."""
    starts, ends = {span.start for span in found}, {span.end for span in found}
    beside = []
    for span in sorted(known, key=lambda span: -span.start):
        before = text[span.end : span.end + 1] == "、" and span.end + 1 in starts
        behind = (
            text[span.start - 1 : span.start] == "、"
            and span.start - 1 in ends
            and text[span.end : span.end + 1] in "、，。；等"
        )
        if len(span) > 2 and ((before and text[span.start - 1 : span.start] in "、，。；：名") or behind):
            starts.add(span.start)
            ends.add(span.end)
            beside.append(Span(doc, span.start, span.end, label="IndustryChain"))
    return beside


def _behind_place(doc: Doc, start: int, end: int) -> int:
    """`西安航空航天装备产业链` is the chain of a place; the place is a name of its own."""
    text = doc._.words.content
    for place in doc._.places:
        if text.startswith(place, start) and start + len(place) < end - 1:
            return _behind_place(doc, start + len(place), end)
    return start


def _with_tail(text: str, end: int) -> int:
    tail = _TAIL_AFTER.match(text, end)
    if not tail or (tail.group() == "业" and text[end : end + 2] == "业务"):
        return end
    return tail.end()


def _stands_as_chain(text: str, span: Span) -> bool:
    after = text[span.end : span.end + 12]
    if _TAIL_AFTER.match(after):
        tail = _TAIL_AFTER.match(after)
        return (tail is not None and not _NOT_AFTER.match(after, tail.end())) or after.startswith(
            ("产业链", "产业集群")
        )
    if re.match(
        "(?:重点|相关|等)?领域|相关(?!专业|课程|院校|岗位|证书)|赛道|板块|(?:高技能|技能|技术|专业|售后|研发|应用|产业|紧缺)*人才|从业人员|背景下|产值|规上企业",
        after,
    ) and (len(span) > 2 or not _TALENTS.match(after)):
        return True
    if _STREAM.match(after):
        return True
    if _OF_STREAM.search(text[max(0, span.start - 3) : span.start]) and re.match(
        "(?:产业|产业链)?的?(?:产业)?[上下]游", after
    ):
        return True
    if len(span) < 3 and not re.match("[、，。；]", after):
        return False
    return (
        bool(_FRAME.search(text[max(0, span.start - 8) : span.start]))
        and not _NOT_AFTER.match(after)
        and len(span) > 2
    )


_TALENTS: Final = re.compile("(?:高技能|技能|技术|专业|产业|紧缺)*人才")


def _before_suffix(doc: Doc, text: str) -> list[Span]:
    found = []
    for match in _SUFFIX.finditer(text):
        if re.match(
            "企业|院校|组织|学院|园|工人|化|教授|政策|结构|发展|升级|转型|需求|界|人才|基础|"
            "布局|资源|工程|导师|技术|基地|孵化|联盟|协会|商会",
            text[match.end() : match.end() + 3],
        ) and (match.group() in ("产业", "行业")):
            start = name_start(doc, match.start())
            if not speaks_of_industry(text[start : match.start()]) or re.match(
                "企业|院校|组织|学院|园|基地|协会|联盟", text[match.end() : match.end() + 2]
            ):
                continue
        start = _behind_place(doc, name_start(doc, match.start()), match.start())
        counted = _COUNTS.search(text, start, match.start())
        start = counted.end() if counted else start  # 光伏、合成生物等16条|省级重点产业链
        head = text[start : match.start()]
        qualified = _QUALIFIED.search(head)
        if qualified and match.group() in ("产业", "行业") and len(head) - len(qualified.group()) > 1:
            if not _COUNTED.search(text, start, start + qualified.start()) and speaks_of_industry(
                text[start : start + qualified.start()]
            ):  # 以食品饮料传统产业为基础
                found.append(Span(doc, start, start + qualified.start(), label="IndustryChain"))
            continue
        if _COUNTED.search(head):
            continue  # 绿色食品两大产业链: the list before it names them
        if (
            1 < len(head) <= 16
            and not _GENERIC.match(head)
            and len(residue(head)) > 1
            and speaks_of_industry(head)
        ):
            found.append(Span(doc, start, match.end(), label="IndustryChain"))
    return found


_JOINED: Final = re.compile("([\u4e00-\u9fff]{2,8})[和与及]([\u4e00-\u9fff]{2,8}?)(?:产业|行业)(?![集园学])")


def _joined(doc: Doc, text: str) -> list[Span]:
    """`为电力和电缆行业培养人才`: the first of two industries that share their last word."""
    found = []
    for match in _JOINED.finditer(text):
        start = name_start(doc, match.end(1))
        start = _INTRODUCED.match(text, start, match.end(1)).end()  # type: ignore[union-attr]
        if (
            is_industry(text[start : match.end(1)])
            and is_industry(match[2])
            and text[start - 1 : start] != "、"
        ):
            found.append(Span(doc, start, match.end(1), label="IndustryChain"))
    return found


def _leading(doc: Doc, text: str) -> list[Span]:
    """The industries that a place leads with: 以 A、B 为主导产业, 主导产业为 A、B."""
    found = []
    stretches = [(match.start(1), match.end(1)) for match in _LEADS_WITH.finditer(text)]
    stretches += [(match.start(1), match.end(1)) for match in _LEADING_ARE.finditer(text)]
    stretches += [match.span("items") for match in _SEGMENTS.finditer(text)]
    for begin, end in stretches:
        for match in re.compile("(?:(?!、|和(?!信息)|与|及)[^，。；：]){2,14}").finditer(text, begin, end):
            start = match.start() + (match.group()[0] in "和与及")
            surface = re.sub("等$", "", text[start : match.end()])
            if len(surface) > 1 and not _GENERIC.match(surface) and not surface.isdigit():
                found.append(Span(doc, start, start + len(surface), label="IndustryChain"))
    return found


def _listed(doc: Doc, text: str, known: set[tuple[int, int]]) -> list[Span]:
    """The items of a list that ends in `等产业`, `三大新兴产业`, `等领域`."""
    found: list[Span] = []
    for match in _FIELD.finditer(text):
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
            and not _GENERIC.match(text[start:end])
            and residue(text[start:end])
            and not _NAMES_A_BODY.search(text, start, end)
            and _nominal(doc, start, end)
        ]
    return found


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
                for start, stop in named
                if not _GENERIC.match(text[start:stop]) and len(residue(text[start:stop])) > 1
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
        at = comma + (2 if text.startswith("以及", comma) else 1)
        if 1 < stop - start <= 16 and _nominal(doc, start, stop):
            if comma == end and (joint := re.compile("[和与及]").search(text, start + 2, stop - 1)):
                both = (start, joint.start()), (joint.end(), stop)
                if text[start:stop] not in names("industries") and all(
                    is_industry(text[s:e]) for s, e in both
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
