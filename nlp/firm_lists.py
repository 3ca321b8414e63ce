"""Lists of firms (企业名单): `引进朵唯、康佳、智威等智能终端项目`, `汇聚天齐锂业、卓勤新材等头部企业`.

What is listed is of one kind. Of a list that closes with a word for firms, or in which several firms are known, the others
are firms too; how sure that is decides how much a member may look like an ordinary word.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

from nlp.coinage import is_coined
from nlp.coordination import items_before
from nlp.industries import is_industry
from nlp.surroundings import residue
from nlp.words import Words

Stretch = tuple[int, int]


class Closing(Enum):
    """What the words behind a list say of its members."""

    FIRMS = "firms"
    INDUSTRY_FIRMS = "industry firms"  # 汽车、电子等行业龙头企业 may list the industries
    PROJECTS = "projects"
    OPEN = "open"


_CLOSER: Final = re.compile(
    "(?<![高中平优均同对相劣甲特何初])等(?![于级同候待离额式腿])(?P<head>[^，。；：！？、\n]{0,24})|"
    "(?:相继|先后|纷纷|陆续|均|都|也|已|争相|竞相|正|就|[都也]?先后|共同)*(?:落户|入驻|进驻|落地|投产|签约落|扎根|加盟|领跑|为代表|为龙头|为链主|为骨干)"
)
_FIRMS: Final = re.compile(
    "[^与和及的]{0,16}?的?[^与和及的]{0,10}?(?:企业(?!家|学院|大学|文化|年金|标准)|公司|品牌|厂商|车企|药企|酒企|名企|央企|国企|外企|民企|巨头|龙头|独角兽|小巨人|链主|厂家|供应商|制造商|"
    "运营商|开发商|总部)"
)
_OTHERS: Final = re.compile(
    "院校|学校|高校|部门|机构|协会|产业|领域|技术|专业|方面|地区|国家|环节|产品|单位(?!代表)|类企业|行业|岗位"
)
_PROJECTS: Final = re.compile("[^与和及的]{0,14}?(?:项目|工厂|生产线|基地|在内|均在|都在|都是|都把)")
_PART: Final = re.compile("[\u4e00-\u9fffA-Za-z0-9&·]{2,14}")
_NO_FIRM: Final = re.compile(
    "(?:产业|行业|领域|技术|产品|项目|设备|系统|平台|中心|基地|园区?|学院|学校|院校|大学|中学|职院|技校|研究[院所]|所|协会|商会|局|厅|委|部门?|政府|省|市|县|区|镇|乡|村|国|州|专业|"
    "课程|岗位|人才|师|员|工|人|户|会|计划|工程|行动|服务|制造|加工|生产|销售|研发|设计|检测|维修|培训|管理|企业|公司|规模|[上中下]游|零部件|配件|原料|材质|学科|实训室|实验室|类|型|性|级|等|"
    "大赛|[展馆站场港山河湖江路线桥]|班)$"
)
_STARTS_NO_NAME: Final = re.compile(
    "(?:[一二三四五六七八九十两几\\d]+[个家所项批条种类名大]|等|国家|省级|市级|首[个家批]|各|该|其|以及|包括|还有)"
)
_STOP: Final = re.compile("[，。；：！？\n]")
_LISTED: Final = re.compile("、[^，。；：！？\n]{2,24}$")
_LATIN: Final = re.compile("(?!(?:AI|IT|VR|AR|XR|ICT|GDP|PLC|BIM|CAD|MES|IC|APP|LED|ERP|CNC|IoT|HR)$)[A-Za-z]{2,14}")


@dataclass(frozen=True, slots=True)
class _Known:
    """Where firms are known to stand, and where names of other kinds are."""

    starts: dict[int, int]
    ends: dict[int, int]
    others: Collection[Stretch]


def listed_firms(
    text: str, words: Words, firms: Collection[Stretch], others: Collection[Stretch]
) -> set[Stretch]:
    """The members of lists of firms that are not among `firms`; `others` are names of other kinds."""
    if "、" not in text:
        return set()
    known = _Known({s: e for s, e in firms}, {e: s for s, e in firms}, frozenset(others))
    found: set[Stretch] = set()
    for end, closing in _closings(text):
        items = items_before(text, words, end).items
        if len(items) > 1 or (items and closing is Closing.FIRMS):
            found |= _members(text, items, closing, known)
    return found


def _closings(text: str) -> Iterator[tuple[int, Closing]]:
    """Where lists may end, and what closes them."""
    for match in _CLOSER.finditer(text):
        head = match["head"]
        if head is None:
            if _LISTED.search(text, max(0, match.start() - 60), match.start()):
                yield match.start(), Closing.OPEN
            continue
        yield match.start(), _closing(head)
    for mark in _STOP.finditer(text):
        if _LISTED.search(text, max(0, mark.start() - 60), mark.start()):
            yield mark.start(), Closing.OPEN


def _closing(head: str) -> Closing:
    firms = _FIRMS.match(head)
    if firms:
        return Closing.INDUSTRY_FIRMS if _OTHERS.search(firms.group()) else Closing.FIRMS
    return Closing.PROJECTS if _PROJECTS.match(head) and not _OTHERS.search(head) else Closing.OPEN


def _members(text: str, items: tuple[Stretch, ...], closing: Closing, known: _Known) -> set[Stretch]:
    sure = [item for item in items if _is_known(item, known)]
    new = [item for item in items if item not in sure and _may_be_firm(text, item, known)]
    coined = [item for item in new if is_coined(text[slice(*item)]) or _LATIN.fullmatch(text, *item)]
    count, firms, odd = len(items), len(sure), len(coined)
    if closing is Closing.FIRMS:
        if firms > 1 and firms * 5 >= count * 2:
            return set(new)
        return set(coined) | (set(new) if (firms + odd) * 2 > count or (firms and firms * 2 >= count) else set())
    if closing is Closing.INDUSTRY_FIRMS:
        return set(new) if firms and (firms + odd) * 2 >= count else set(coined) if firms else set()
    if closing is Closing.PROJECTS:
        return set(new) if (firms and (firms + odd) * 2 >= count) or (odd > 2 and odd * 3 >= count * 2) else set()
    if any(item in known.others for item in items):
        return set()
    return set(coined) if firms > 1 and (firms + odd) * 3 >= count * 2 else set()


def _is_known(item: Stretch, known: _Known) -> bool:
    start, end = item
    return known.starts.get(start, -1) == end or start <= known.ends.get(end, -1)


def _may_be_firm(text: str, item: Stretch, known: _Known) -> bool:
    """Whether nothing of a member speaks against a firm."""
    surface = text[slice(*item)]
    return (
        bool(_PART.fullmatch(surface))
        and item not in known.others
        and not is_industry(surface)
        and not _NO_FIRM.search(surface)
        and not _STARTS_NO_NAME.match(surface)
        and len(residue(surface)) > 1
    )
