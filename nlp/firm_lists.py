"""Lists of firms (企业名单): `引进朵唯、康佳、智威等智能终端项目`, `汇聚天齐锂业、卓勤新材等头部企业`.

What is listed is of one kind. Of a list that closes with a word for firms, or in which several firms are known, the
others are firms too; how sure that is decides how much a member may look like an ordinary word.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from nlp.characters import Doc
from nlp.coinage import is_coined
from nlp.coordination import items_before
from nlp.industries import WORDS, is_industry, speaks_of_industry
from nlp.seeking import Seeker
from nlp.stretches import Stretch
from nlp.surroundings import residue


class Closing(Enum):
    """What the words behind a list say of its members."""

    FIRMS = "firms"
    INDUSTRY_FIRMS = "industry firms"  # 汽车、电子等行业龙头企业 may list the industries
    PROJECTS = "projects"
    OPEN = "open"


_CLOSER: Final = Seeker(
    "(?<![高中平优均同对相劣甲特何初])等(?![于级同候待离额式腿])(?P<head>[^，。；：！？、\n]{0,24})|"
    "(?P<counted>[\\d两三四五六七八九十]{1,3}[余多]?[家户](?=[^，。；：！？、\n]{0,12}(?:企业|公司|巨头)))|"
    "(?:相继|先后|纷纷|陆续|均|都|也|已|争相|竞相|正|就|共同)*(?:落户|入驻|进驻|落地|投产|签约落|扎根|加盟|领跑|为代表|为龙头|为链主|为骨干)"
)
_FIRMS: Final = re.compile(
    "[^与和及的]{0,16}?的?[^与和及的]{0,10}?(?:企业(?!家|学院|大学|文化|年金|标准)|公司|品牌|厂商|车企|药企|酒企|名企|央企|国企|外企|民企|巨头|龙头|独角兽|小巨人|链主|厂家|供应商|制造商|"
    "运营商|开发商|总部|驰名商标|老字号|[成会]员单位)|[\\d余多]+户"
)  # 成员单位 may be schools, too: `_OTHERS` has 单位
_OTHERS: Final = re.compile(
    "院校|学校|高校|部门|机构|协会|产业|领域|技术|专业|方面|地区|国家|环节|产品|单位(?!代表)|类企业|行业|岗位"
)
_PROJECTS: Final = re.compile(
    "[^与和及的]{0,14}?(?:项目|工厂|生产线|基地|在内|均在|都在|都是|都把|带动|牵引)"
)
_LEAD: Final = re.compile(
    "(?<!校)(?:企业|公司|品牌|客户|[余多\\d][家户])(?:现有|已有|分别|主要)?(?:有|包括|为|是|如|即|：|，|（|——){1,2}(?:其中)?(?:有|包括|如)?[“]?$"
)
# What only firms are said to do: closes a list of coined words (闻泰、天岳、中微加快建设).
_DOES: Final = re.compile(
    "(?:相继|先后|纷纷|陆续|正|正在|加快|加紧|竞相|已|均|都)*(?:落户|入驻|进驻|落地|投产|签约|扎根|加快建设|开工|封顶|扩产|布局|量产|上市|增资)"
)
_GATHERS: Final = re.compile(
    "(?:集聚|聚集|汇聚|引进|引来|吸引|招引|引育|培育|入驻|落户|落地)(?:了|出|起|有|的)?(?:包括)?[“]?$"
)
_PART: Final = re.compile("[\u4e00-\u9fffA-Za-z0-9&·]{2,14}")
_NO_FIRM: Final = re.compile(
    "(?:产业|行业|领域|技术|产品|项目|设备|系统|平台|中心|基地|园区?|学院|学校|院校|大学|中学|职院|技校|研究[院所]|所|协会|商会|局|厅|委|部门?|政府|省|市|县|区|镇|乡|村|国|州|专业|"
    "课程|岗位|人才|师|员|工|人|户|会|计划|工程|行动|服务|制造|加工|生产|销售|研发|设计|检测|维修|培训|管理|企业|公司|规模|[上中下]游|零部件|配件|原料|材质|学科|实训室|实验室|类|型|性|级|等|"
    "大赛|[展馆站场港山河湖江路线桥]|班)$"
)
_STARTS_NO_NAME: Final = re.compile(
    ".*(?:等|[两三四五六七八九十\\d][大个家条项户])|(?:[一二三四五六七八九十两几\\d]+[个家所项批条种类名大]|等|国家|省级|市级|首[个家批]|各|该|其|以及|包括|还有)"
)
_STOP: Final = re.compile("[，。；：！？\n]")
_LISTED: Final = re.compile("、[^，。；：！？等\n]{2,24}$")
_AHEAD: Final = re.compile(
    "(?:涌现|引|招|汇聚|聚集|集聚|吸引|培育|诞生)?(?:出了?|了|来|以|有(?!限|色|机|研))|(?:[美德法英韩泰]国|日本|荷兰|瑞士|瑞典|意大利|加拿大|以色列|丹麦|芬兰|西班牙|新加坡)(?=[\u4e00-\u9fff]{3})"
)
_LATIN: Final = re.compile(
    "(?!(?:AI|IT|VR|AR|XR|ICT|GDP|PLC|BIM|CAD|MES|IC|APP|LED|ERP|CNC|IoT|HR)$)[A-Za-z]{2,14}"
)


_SAYS: Final = re.compile(
    "[均都也已正在将把]|分别|先后|相继|纷纷|陆续|共同|合作|签|开展|加快|加紧|竞相|开工|封顶|扩产|投产"
)


@dataclass(frozen=True, slots=True)
class _Known:
    """Where firms are known to stand, and where names of other kinds and places are."""

    starts: dict[int, int]
    ends: dict[int, int]
    others: Collection[Stretch]
    places: Mapping[int, int]


def listed_firms(
    doc: Doc, firms: Collection[Stretch], others: Collection[Stretch], trade: re.Pattern[str]
) -> set[Stretch]:
    """The members of lists of firms that are not among `firms`.

    `others` are names of other kinds, `trade` is how firms are called.
    """
    text: str = doc._.words.content
    if "、" not in text and "等" not in text:
        return set()
    known = _Known(dict(firms), {e: s for s, e in firms}, frozenset(others), doc._.place_of)
    found: set[Stretch] = set()
    for end, closing in _closings(text):
        items = tuple(_begun(text, *item) for item in items_before(text, doc._.words, end).items)
        if not items:
            continue
        announced = bool(_LEAD.search(text, max(0, items[0][0] - 14), items[0][0]))
        says = Closing.FIRMS if announced else closing
        if says is Closing.OPEN and (
            _DOES.match(text, end) or _GATHERS.search(text, max(0, items[0][0] - 6), items[0][0])
        ):
            says = Closing.PROJECTS
        if len(items) > 1 or says is Closing.FIRMS:
            found |= _members(text, items, says, known, trade)
    return found


def _closings(text: str) -> Iterator[tuple[int, Closing]]:
    """Where lists may end, and what closes them."""
    for match in _CLOSER.finditer(text):
        if match["head"] is not None:
            yield match.start(), _closing(match["head"])
        elif _LISTED.search(text, max(0, match.start() - 60), match.start()):
            yield match.start(), Closing.FIRMS if match["counted"] else Closing.OPEN
    for mark in _STOP.finditer(text):
        listed = _LISTED.search(text, max(0, mark.start() - 60), mark.start())
        if listed:
            says = _SAYS.search(text, listed.start() + 3, mark.start())
            yield says.start() if says else mark.start(), Closing.OPEN


def _closing(head: str) -> Closing:
    firms = _FIRMS.match(head)
    if firms:
        return Closing.INDUSTRY_FIRMS if _OTHERS.search(firms.group()) else Closing.FIRMS
    return Closing.PROJECTS if _PROJECTS.match(head) and not _OTHERS.search(head) else Closing.OPEN


def _members(
    text: str, items: tuple[Stretch, ...], closing: Closing, known: _Known, trade: re.Pattern[str]
) -> set[Stretch]:
    sure = [item for item in items if _is_known(item, known)]
    if not sure and closing in (Closing.OPEN, Closing.INDUSTRY_FIRMS):
        return set()
    strong, weak = [], []
    for item in items:
        if item in sure:
            continue
        if _is_called_as_firms(text, item, known, trade):
            strong.append(item)
        elif _may_be_firm(text, item, known):
            weak.append(item)
    count, firms, odd = len(items), len(sure), len(strong)
    if closing is Closing.FIRMS:
        likely = (
            (firms > 1 and firms * 5 >= count * 2)
            or (firms + odd) * 2 > count
            or (firms and firms * 2 >= count)
        )
        return {*strong, *weak} if likely else set(strong)
    if closing is Closing.INDUSTRY_FIRMS:
        return ({*strong, *weak} if (firms + odd) * 2 >= count else set(strong)) if firms else set()
    if closing is Closing.PROJECTS:
        likely = (firms and (firms + odd) * 2 >= count) or (odd > 2 and odd * 3 >= count * 2)
        return {*strong, *weak} if likely else set()
    if any(item in known.others for item in items):
        return set()
    if firms > 1 and firms * 2 >= count:
        return {*strong, *weak}
    return set(strong) if firms and (firms + odd) * 3 >= count * 2 else set()


def _begun(text: str, start: int, end: int) -> Stretch:
    """A member without what leads to it: 涌现出|东风旅行车, 德国|科沃施."""
    ahead = _AHEAD.match(text, start, end)
    return (ahead.end(), end) if ahead and ahead.end() < end - 1 else (start, end)


def _is_known(item: Stretch, known: _Known) -> bool:
    start, end = item
    return known.starts.get(start, -1) == end or start <= known.ends.get(end, -1)


def _is_called_as_firms(text: str, item: Stretch, known: _Known, trade: re.Pattern[str]) -> bool:
    """A coined word, alone or between its place and its trade: 卓盛, 湖北人福药业, 亿邦新能源汽车; or latin letters."""
    start, end = item
    if _LATIN.fullmatch(text, start, end):
        return True
    surface = text[start:end]
    if item in known.others or surface in WORDS or not _PART.fullmatch(surface):
        return False
    start = min(known.places.get(start, start), end)
    ends = trade.search(text, start, end)
    ending = ends.start() if ends and ends.start() - start > 1 else end
    return is_coined(text[start:ending]) and not speaks_of_industry(text[start:ending])


def _may_be_firm(text: str, item: Stretch, known: _Known) -> bool:
    """Whether nothing of a member speaks against a firm."""
    surface = text[slice(*item)]
    return (
        bool(_PART.fullmatch(surface))
        and item not in known.others
        and (not is_industry(surface) or item[0] in known.places)
        and not _NO_FIRM.search(surface)
        and not _STARTS_NO_NAME.match(surface)
        and len(residue(surface)) > 1
    )
