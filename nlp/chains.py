"""Industry chains (产业链): known names where the sentence speaks of an industry, and what stands before 产业链, 集群.

A known name counts where 产业, 行业, 领域 … follow, in a list of which one item does, or behind a verb that takes an
industry (对接, 聚焦, 与…相关). A class of firms (食品企业), a technology alone or a specialty does not.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final

from spacy.language import Language

from nlp.characters import Doc, Span
from nlp.gazetteer import CATALOGUE
from nlp.industries import GENERIC, is_industry, speaks_of_industry
from nlp.industry_lists import PARTS, in_lists
from nlp.industry_runs import in_rows
from nlp.organisations import ORGANISATIONS
from nlp.seeking import Seeker
from nlp.surroundings import is_nominal, name_start, residue

CHAINS: Final = "chains"

_TAIL: Final = (
    "(?:现代)?(?:制造业)?(?:创新型)?"
    "(?:产业集群体系|产业集群|先进制造业集群|制造业集群|集群体系|产业链群|产业链|产业体系|产业|集群|行业)"
)
_TAIL_AFTER: Final = re.compile(
    "(?:制造)?(?:创新型产业集群|产业集群体系|产业集群|产业链群|产业链|全产业链|集群体系|产业|集群|行业|制造业|业|"
    "工业(?![园区职学技大软设集化总控自用品机互固])|[及和](?:关键|核心|其)?零部件(?:制造)?(?:产业链|产业|行业)?)"
)
_FRAME: Final = re.compile(
    "(?:对接|服务|服务于|面向|聚焦|围绕|瞄准|紧扣|布局|发展|壮大|做强|做优|"
    "培育|做大|打造|融入|涉及|涵盖|覆盖|包括|属于|从事|深耕|"
    "支撑|赋能|推动|抢抓|振兴|突破|与|支持)(?:全省|全市|我市|我省|重庆|区域|地方)?$"
)
_QUALIFIED: Final = re.compile(
    "(?:战略性新兴|传统|新兴|未来|主导|支柱|首位|特色|优势|重点|先导|[千百万]亿(?:元)?级|全)+$"
)
_LED_CHAIN: Final = re.compile("为(?:链主|龙头)的([\u4e00-\u9fff]{2,10}?)(?=[、，。；和与及]|等|产业)")
_STREAM: Final = re.compile(
    "(?:的)?(?:产业|行业|产业链)?(?:是|则|也|正|位于|处于|处在|居于|的|其)[^，。；]{0,14}?[上下]游"
)
_OF_STREAM: Final = re.compile("(?:是|位于|处于|处在|居于)$")
_NOT_AFTER: Final = re.compile(
    "化(?!工)|企业|公司|专业|学院|学校|技术(?!研发|应用产业)|人才|课程|工程师|赋能|教育|"
    "教学|时代|素养|知识|领军|系|班|师|员|工(?![业程])|"
    "展|博览|论坛|峰会|大会|大赛|竞赛|平台|中心|协会|设备|产品|行动|实验|实训|园|城|部|局|厅|"
    "委|站|场|校|模型|与人|伦理|价格|通用|手段|资源库"
)
_CLUSTER_CODE: Final = re.compile(
    '[“"][\\dN+Xx]{3,9}[”"](?:现代化?|先进|新型|特色|重点|主导|优势|支柱|新兴|[百千万]{1,2}亿级)*(?:制造业|农业|服务业|产业|工业)?(?:产业)?(?:集群体系|产业集群|产业体系|产业链|体系|集群)'
)
_SUFFIX: Final = Seeker(_TAIL)
_COUNTS: Final = re.compile(".*(?:等(?!离子)|\\d[大个条家级]|[两三四五六七八九十][大个条])")
_COUNTED: Final = re.compile("(?:[两三四五六七八九十]|\\d{1,2})[大个条]$")
_SIZE: Final = re.compile("亿|全$")
_INTRODUCED: Final = re.compile(
    "(?:[^，。；、]{0,8}?(?:加码|布局|进军|发力|押注|涉足|切入)(?=[^，。；、]{3})|\\d+[余多]?[家个条](?=[^，。；、]{3})|(?:全国)?(?:首个)?国家级|(?:[\u4e00-\u9fff]{0,2}?化)发展(?=[^，。；、]{2})|抢滩(?:布局)?|扎根|(?:构筑|筑牢|迈向|冲刺)?(?:世界级|国际一流|国内领先|全国一流|万亿级|千亿级)|构筑|亿元|以(?=[\u4e00-\u9fff]{3})|集(?![成群装约散中合聚团体市])(?=[\u4e00-\u9fff]{3})|[强优大精](?<=做.)|[^，。；、]{0,12}?为代表的|[^，。；、的]{2,8}的(?=[^，。；、的]{4})|[\\d千百万]+亿元?级的?|(?:19|20)\\d\\d年?|[上中下]游的?|(?:西北|西南|东北|华东|华南|华北|华中|中西部)(?:地区)?的?|完整的?|(?:[千百万]亿(?:元)?级?)的?|(?:当地|本地|区内|园内|园区内|我[省市州县]|区域|[全本][市省区县]|新区|高新区|经开区|开发区|园区|长江|黄河|长三角|珠三角|京津冀|环渤海|成渝|川渝|粤港澳大湾区|大湾区|东北|西部|中西部)的?|"
    "(?:支柱|主导|特色|优势|重点|首位)产业(?=[^，。；、]{2})|"
    "(?:规划|计划|重点|着力|大力|加快|优先|主要|集中)(?=发展|打造|培育|布局|建设|壮大)|"
    "(?:主动|精准|紧密|深度|积极|持续|更好地?)(?=服务|对接|面向|支撑|融入)|服务(?!业|型|外包|贸易|机器人|器)于?(?=[^、和与]{3})|"
    "(?:分析|研究|阐述|结合|紧盯|紧扣|对接|面向|深耕|布局|主攻|发展|壮大|培育|打造|推进|推动|支撑|赋能|带动|促进|构建|立足|围绕|聚焦|瞄准)(?=[^、和与]{2})|做大做强|做[大强优精实]|国家|我国|全国|省内|市内|国内|一批|一些|各地|当地|本地|首批)*"
)
_NO_NAME: Final = re.compile(
    '\\d[\\d.]*%|^[“"][^”"]*\\+[^”"]*[”"]$|(?:潜力|产业|学科)产业'
)  # 建筑材料业6.08%
_FIRMS: Final = re.compile("(?:企业|公司|厂商|车企|药企)$")
_LONGEST_BODY: Final = 200  # characters of a name: further before a chain none reaches into it


@Language.component("chains")
def find_chains(doc: Doc) -> Doc:
    """Mark industry chains in `doc.spans["chains"]`."""
    text = doc._.words.content
    found = [
        Span(doc, match.start(), match.end(), label="IndustryChain") for match in _CLUSTER_CODE.finditer(text)
    ]
    known = [span for span in doc.spans[CATALOGUE] if span.label_ == "IndustryChain"]
    found += [
        Span(
            doc,
            _with_manner(doc, _behind_place(doc, span.start, span.end)),
            _with_tail(text, span.end),
            label="IndustryChain",
        )
        for span in known
        if _stands_as_chain(text, span)
    ]
    found += _before_suffix(doc, text)
    found += _joined(doc, text)
    found += _served(doc, text)
    found += [
        Span(doc, match.start(1), match.end(1), label="IndustryChain")
        for match in _LED_CHAIN.finditer(text)
        if not GENERIC.match(match[1])
    ]
    found += in_rows(doc)
    found += in_lists(doc, {(span.start, span.end) for span in known})
    found += _beside(doc, text, found, known)
    bodies = sorted(
        (span.start, span.end) for span in doc.spans[ORGANISATIONS] if span.label_ not in ("Park", "Agency")
    )
    found = [_behind_body(doc, span, bodies) for span in found]
    doc.spans[CHAINS] = [
        Span(doc, start, span.end, label="IndustryChain")
        for span in found
        if (start := _behind_place(doc, _INTRODUCED.match(text, span.start, span.end).end(), span.end))  # type: ignore[union-attr]
        < span.end - 1
        and not _FIRMS.search(text, start, span.end)
        and not _NO_NAME.search(text, start, span.end)
    ]
    return doc


def _behind_body(doc: Doc, span: Span, bodies: list[tuple[int, int]]) -> Span:
    """What reaches into the name of a body before it begins behind that: 河北工业职业技术大学|紧盯|钢铁行业."""
    nearest = bisect_left(bodies, (span.start - _LONGEST_BODY,))
    for _, end in bodies[nearest : bisect_left(bodies, (span.start,))]:
        if span.start < end < span.end:
            return Span(doc, end, span.end, label=span.label_)
    return span


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


_MANNER: Final = re.compile("(?:绿色|智能|智慧|数字|高端|先进|新型|生态|低碳|现代)$")


def _with_manner(doc: Doc, start: int) -> int:
    """`绿色|石化领域`: what an industry is called before its known name."""
    text = doc._.words.content
    manner = _MANNER.search(text, max(0, start - 2), start)
    return manner.start() if manner and doc._.words.is_edge(manner.start()) else start


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
                "企业|院校|组织|学院|园|工人|教授|导师|基地|协会|联盟", text[match.end() : match.end() + 2]
            ):
                continue
        start = _behind_place(doc, name_start(doc, match.start()), match.start())
        counted = _COUNTS.search(text, start, match.start())
        start = counted.end() if counted else start  # 光伏、合成生物等16条|省级重点产业链
        head = text[start : match.start()]
        qualified = _QUALIFIED.search(head)
        if (
            qualified
            and (match.group() in ("产业", "行业") or _SIZE.search(qualified.group()))
            and len(head) - len(qualified.group()) > 1
        ):
            if not _COUNTED.search(text, start, start + qualified.start()) and speaks_of_industry(
                text[start : start + qualified.start()]
            ):  # 以食品饮料传统产业为基础
                found.append(Span(doc, start, start + qualified.start(), label="IndustryChain"))
            continue
        if _COUNTED.search(head):
            continue  # 绿色食品两大产业链: the list before it names them
        if (
            (1 < len(head) <= 16 or head in _PRODUCT)
            and head
            and not GENERIC.match(head)
            and (len(residue(head)) > 1 or head in _PRODUCT)
            and (speaks_of_industry(head) or _is_called_an_industry(doc, start, match))
        ):
            found.append(Span(doc, start, match.end(), label="IndustryChain"))
    return found


_PRODUCT: Final = "铝铜镁钛锂硅氢茶酒竹鹅鸭鸡牛羊猪鱼虾蟹蜂蚕桑桃梨枣糖盐稻麦菜药花果菌瓷陶纸布钨锰镍煤"
_NO_THING: Final = re.compile("^[含如]|生态|标志|替代|[区性式型级]$")
_GOES_ON: Final = re.compile(
    "[园化链群界工人学集]|[发布结基转升]|政策|教授|需求|人才|技术|联盟|协会|商会|导师|项目|工人|大军|创新|体系|资源|规模|园区|带头|扶贫|帮扶|振兴|兴|生态|数字|互联|投资|基金|引导|项"
)


def _is_called_an_industry(doc: Doc, start: int, suffix: re.Match[str]) -> bool:
    """`滩羊产业`, `拖拉机产业链`, `鹅产业`: a thing before 产业 or 产业链, where no list knows the industry."""
    text, words = doc._.words.content, doc._.words
    at = suffix.start()
    head = text[start:at]
    if suffix.group() not in ("产业", "产业链", "产业集群") or (
        suffix.group() == "产业" and _GOES_ON.match(text, suffix.end())
    ):
        return False
    if _NOT_AN_INDUSTRY.search(head) or _NO_THING.search(head) or not words.is_edge(start):
        return False
    return all(
        words.tags[index] in ("n", "nz", "nr", "ng", "nrt", "vn", "b")
        and (len(words.texts[index]) > 1 or words.texts[index] in _PRODUCT)
        for index in range(words.index(start), words.index(at - 1) + 1)
    )


_JOINED: Final = re.compile("([\u4e00-\u9fff]{2,8})[和与及]([\u4e00-\u9fff]{2,8}?)(?:产业|行业)(?![集园学])")


def _joined(doc: Doc, text: str) -> list[Span]:
    """`为电力和电缆行业培养人才`: the first of two industries that share their last word."""
    found = []
    for match in _JOINED.finditer(text):
        if "及" in text[match.end(1) : match.start(2)] and match[2].endswith(
            PARTS
        ):  # 汽车及零部件产业, 机器人及智能装备产业 are one
            start = name_start(doc, match.end(1))
            start = _behind_place(doc, _INTRODUCED.match(text, start, match.end(1)).end(), match.end(1))  # type: ignore[union-attr]
            if (
                is_industry(text[start : match.end(1)])
                and is_industry(match[2])
                and text[start - 1 : start] != "、"
            ):
                found.append(Span(doc, start, match.end(), label="IndustryChain"))
            continue
        start = name_start(doc, match.end(1))
        start = _INTRODUCED.match(text, start, match.end(1)).end()  # type: ignore[union-attr]
        if (
            is_industry(text[start : match.end(1)])
            and is_industry(match[2])
            and text[start - 1 : start] != "、"
        ):
            found.append(Span(doc, start, match.end(1), label="IndustryChain"))
    return found


# 对接人参产业, 服务高端铝产业链: what a verb of service takes and what is called 产业 is an industry, known or not.
_CALLED: Final = (
    "(?P<name>[\u4e00-\u9fff]{2,10}?)(?:产业集群|产业链|产业|行业)"
    "(?![园学集链化工群]|技术|企业|人才|教授|导师|政策|基地|协会|联盟|结构|布局|园区)"
)
_SERVED: Final = Seeker(
    "(?:对接|服务于?|面向|聚焦|围绕|瞄准|紧扣|紧贴|支撑|助推|助力|赋能|适应|契合|推动|促进|振兴|做强|做优|发展)"
    + _CALLED
)
_OF_A_PLACE: Final = re.compile(_CALLED)
_NOT_AN_INDUSTRY: Final = re.compile(
    "产业|行业|企业|区域|地方|经济|社会|专业|学校|学院|人才|教育|国家|国际|当地|本地|我[国省市]|全[国省市]|[等和与及的为以将把在]|[大个条]$|[两三四五六七八九十\\d]|"
    "[十百千万]亿|主导|支柱|特色|优势|重点|新兴|未来|传统|首位|先导|相关|需求|升级|转型|融合|发展|建设|服务"
)


def _served(doc: Doc, text: str) -> list[Span]:
    """Industries that no list knows, as objects of verbs of service."""
    found = []
    of_places = (_OF_A_PLACE.match(text, end) for end in doc._.place_ends)  # 柳州|螺蛳粉产业
    for match in [*_SERVED.finditer(text), *(match for match in of_places if match)]:
        start = _behind_place(doc, match.start("name"), match.end("name"))
        head = text[start : match.end("name")]
        if len(head) < 2 or GENERIC.match(head) or _NOT_AN_INDUSTRY.search(head) or not residue(head):
            continue
        if is_nominal(doc._.words, start, match.end("name"), leading=True) and doc._.words.is_edge(start):
            found.append(Span(doc, start, match.end(), label="IndustryChain"))
    return found
