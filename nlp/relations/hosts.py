"""Where firms have come to (园区与企业): a passage tells of a park, and its sentences of who came or is there.

`高新区重点发展新材料。…甲、乙等企业纷纷集聚`: whoever gathers, settles or goes into production there is where the passage
is, though the clause names no place. The place is the park that the passage speaks of, else its only region.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from nlp.extraction import Mention, Relation
from nlp.relations.frame import Skeleton
from nlp.relations.letters import letters, listed
from nlp.status import is_negated

_LOOK_BACK: Final = 240  # characters of a sentence in which its place is looked for: reading stays linear
_NAME: Final = "\ue000-\uf8ff"
_E: Final = listed("E")
_FIRMS: Final = f"(?P<firms>{_E})"
_ITS: Final = (
    "(?:企业(?!导师|师傅|人才|工程师|专家|家|标准|文化|资源|课程|学院|奖学金)|公司|项目|品牌|巨头|龙头|药企|车企|厂商|单位|头部|上市|小巨人|"
    "独角兽|供应商|制造商|户|家|主机厂|总部|基地|工厂|生产线)"
)
# 引进甲、乙等企业; 已有甲、乙等; 入驻企业有甲、乙
_TAKES: Final = re.compile(
    "(?:引进|引入|招引|招来|引来|引育|集聚|聚集|汇聚|汇集|云集|落户|入驻|进驻|涌现|孕育|坐拥|拥有|吸引|培育|已有|内有|现有|形成|签约|建成投产|投产|开工|竣工|"
    f"集群式?引进|(?:企业|公司|项目|客户)[^，。；{_NAME}]{{0,8}}(?:有|包括|如|为|，))"
    f"(?:了|有|出|着|起|以|的)?[^，。；：{_NAME}]{{0,18}}?[“]?{_FIRMS}(?:等)?(?=(?P<kind>[^，。；{_NAME}]{{0,16}}))"
)
# 甲、乙等企业纷纷落户
_COMES: Final = re.compile(
    f"{_FIRMS}(?:[^，。；{_NAME}]{{0,20}}?)"
    "(?:纷纷|相继|先后|陆续|竞相|也|已|均|都|就|正|成功|顺利|率先|同样|被)*"
    "(?:落户|入驻|进驻|落地|集聚|聚集|落子|安家|扎根|抢滩|被引进|引进来|在其中|在其列|在列|投产|开工|入园|加快建设|建设如火如荼|前期筹备|"
    f"蓬勃发展|拔地而起)(?:运营|发展|了|建设)?(?![^，。；]{{0,6}}[{_NAME}])"
)
# 形成以甲、乙为龙头的…集群
_LED_BY: Final = re.compile(f"以{_FIRMS}等?[^，。；{_NAME}]{{0,6}}为(?:代表|龙头|链主|骨干|核心|引领)")
_INSIDE: Final = re.compile(
    "园内|区内|园区|这里|该区|该园|辖区内|新区|高新区|经开区|开发区|科技城|基地内|全区|当地|片区"
)
_OTHER_SUBJECT: Final = letters("SCNTLAXGO")
_A_PLACE: Final = re.compile(letters("PR") + f"(?![的{_NAME}]|[省市区县])")
_OF_FIRMS: Final = re.compile(f"[^{_NAME}]{{0,14}}?{_ITS}|[、和与，]")
_AWAY: Final = re.compile("(?:来自|走进|与|和|同|赴|到|距|毗邻|紧邻|连接|面向|对接|服务|考察|除)$")
_LEFT_OUT: Final = re.compile("教师|学生|毕业生|就业|导师|招聘|校企|实习|订单班|授课|岗位|专业")


def settled(
    sentences: Sequence[Skeleton],
    entities: Sequence[Mention],
    stated: Collection[tuple[str, int, int | None]],
) -> Iterator[Relation]:
    """LOCATED_IN of the firms that a passage tells to be where it speaks of; `stated` is what is said already."""
    placed = {entities[head].surface for kind, head, _ in stated if kind == "LOCATED_IN"}
    parks: dict[str, int] = {}
    regions: dict[str, int] = {}
    for skeleton in sentences:
        text = skeleton.letters
        places = [(at, number) for at, number in _places(skeleton)]
        if not _LEFT_OUT.search(text):
            for pattern in (_TAKES, _COMES, _LED_BY):
                for match in pattern.finditer(text):
                    host = _host(skeleton, match, places, entities, parks, regions)
                    if host is None or not _is_said_of_place(skeleton, match):
                        continue
                    for firm in skeleton.mentions[slice(*match.span("firms"))]:
                        if firm is None or entities[firm].surface in placed:
                            continue
                        placed.add(entities[firm].surface)
                        yield Relation(
                            "LOCATED_IN",
                            firm,
                            host,
                            min(entities[firm].start, entities[host].start),
                            max(entities[firm].end, entities[host].end),
                            confidence=0.7,
                        )
        for _, number in places:
            kind = parks if entities[number].kind == "Park" else regions
            kind.setdefault(entities[number].surface, number)


def _places(skeleton: Skeleton) -> Iterator[tuple[int, int]]:
    """The parks and regions of a sentence that nothing governs and nothing is of."""
    for match in _A_PLACE.finditer(skeleton.letters):
        number = skeleton.mentions[match.start()]
        before = skeleton.letters[max(0, match.start() - 4) : match.start()]
        if number is not None and not _AWAY.search(before):
            yield match.start(), number


def _host(
    skeleton: Skeleton,
    match: re.Match[str],
    places: Sequence[tuple[int, int]],
    entities: Sequence[Mention],
    parks: Mapping[str, int],
    regions: Mapping[str, int],
) -> int | None:
    """The last place that the sentence speaks of before `match`; else the only park, or where none is, region so far."""
    first = bisect_left(places, (match.start() - _LOOK_BACK, -1))
    before = places[first : bisect_left(places, (match.start(), -1))]
    if before:
        number = before[-1][1]
        if len({entities[n].surface for _, n in before if entities[n].kind == entities[number].kind}) > 1:
            return None
        own_parks = [n for _, n in before if entities[n].kind == "Park"]
        return own_parks[-1] if own_parks else number
    begin = _clause_start(skeleton.letters, match.start())
    inside = _INSIDE.search(skeleton.letters, begin, match.start())
    if len(parks) == 1:
        return next(iter(parks.values()))
    return next(iter(regions.values())) if not parks and len(regions) == 1 and inside else None


def _clause_start(text: str, at: int) -> int:
    floor = max(0, at - _LOOK_BACK)
    return max(floor, *(text.rfind(mark, floor, at) + 1 for mark in "；。"))


def _is_said_of_place(skeleton: Skeleton, match: re.Match[str]) -> bool:
    """Whether it is a place that takes the firms, and firms that it takes: no school or body stands before."""
    text = skeleton.letters
    begin = _clause_start(text, match.start())
    if re.search(_OTHER_SUBJECT, text[begin : match.start()]):
        return False
    if is_negated(text[max(0, match.start() - 8) : match.end()]):
        return False
    behind = match["kind"] if match.re is _TAKES else ""
    open_list = text[match.end("firms") : match.end("firms") + 1] == "等"
    return not behind or not open_list or bool(_OF_FIRMS.match(behind))
