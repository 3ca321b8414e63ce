"""What schools offer (开设), host (建有) and lead on to (贯通), and what groups include."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from nlp.extraction import Mention, Relation
from nlp.relations.frame import Frame, Skeleton, members, over_letters

_NONAME: Final = "{~SXGN}"

_THROUGH: Final = "(?:贯通|衔接|对接|接续|专升本|联合培养|{Z})"
# Before a specialty: of which level it is.
_LEVEL: Final = "(?:中职|中专|高职|专科|高职专科|高职本科|职业本科|本科|应用型本科|普通本科)?(?:的)?"
_LISTED: Final = "{X}(?:专业)?(?:[、和与及]" + _LEVEL + "{X}(?:专业)?){0,8}"

# The levels that articulated training climbs, by the first digit of a catalogue code and by the name of a school.
_BY_CODE: Final = {"6": 0, "7": 0, "4": 1, "5": 1, "2": 2, "3": 2}
_BY_SCHOOL: Final = (
    (0, re.compile("中专|中等|高级中学|职业高中|职教中心|职业教育中心|技工|技师学院|职业学校|职业中学")),
    (2, re.compile("职业技术大学|职业大学")),
    (1, re.compile("职业|高等专科")),
    (3, re.compile("大学|学院")),
)


def upwards(relation: Relation, entities: Sequence[Mention]) -> Relation:
    """The same ARTICULATES_TO from the lower level to the higher one, where both are known."""
    if relation.kind != "ARTICULATES_TO" or relation.tail is None:
        return relation
    head, tail = _level(relation.head, entities), _level(relation.tail, entities)
    if head is not None and tail is not None and head > tail:
        return replace(relation, head=relation.tail, tail=relation.head)
    return relation


def _level(number: int, entities: Sequence[Mention]) -> int | None:
    if number and entities[number - 1].kind == "School":
        name = entities[number - 1].surface
        return next((level for level, pattern in _BY_SCHOOL if pattern.search(name)), None)
    code = entities[number].code
    return _BY_CODE.get(code[0]) if code else None


# What is done away with is offered no more (停招停办): 撤销模具、电气专业.
_WITHDRAWN: Final = re.compile(
    over_letters(
        "(?:撤销|停办|停招|停开|停止|取消|暂停|淘汰|合并)(?:了|原|原有|老旧|传统)?{~、}{0,4}?(?P<given_up>"
        + _LISTED
        + ")"
    )
)


def withdrawn(sentences: Iterable[Skeleton]) -> set[int]:
    """The specialties (numbers of mentions) that sentences say are done away with."""
    return {
        number
        for skeleton in sentences
        for given_up in _WITHDRAWN.finditer(skeleton.letters)
        for number in members(skeleton, given_up, "given_up")
    }


FRAMES: Final = (
    Frame(
        "OFFERS",
        "{head=S}"
        + _NONAME
        + "{0,40}?(?:开设|设有|设置|新增|增设|新设|开办|举办|扩大|招收|申报|获批|设|增开|新开)"
        "(?:了|有)?{~SX,}{0,8}{tail=X}",
    ),
    Frame(
        "OFFERS",
        "{head=S}{~SG}{0,60}?(?:有|拥有|现有|涵盖|包括|含){tail=X}(?:等)?{~}{0,14}专业(?!群)",
    ),
    Frame("OFFERS", "{head=S}(?:的)?{tail=X}(?:等)?(?:{~}{0,10})(?:专业)(?!群)"),
    Frame(
        "OFFERS",
        "{head=S}{~SG}{0,40}?，?{tail=X}(?:专业)?(?:入选|获批|被列为|被评为|是|为){~}{0,12}专业",
    ),
    Frame(
        "OFFERS",
        "{head=S}[^。；\ue000]{0,60}?专业(?!群)(?:主要|现)?(?:包括|有|为|涵盖|如)(?:了)?{tail=X}",
    ),
    Frame(
        "OFFERS",
        "{head=S}[^。；\ue000]{0,60}?专业[^。；\ue000\ue007]{0,12}，(?:其中|主要有|包括|如|特别是|尤其是)，?{tail=X}",
    ),
    Frame(
        "OFFERS",
        "{head=S}{~SXG}{0,12}?(?:重点|集中|大力)?(?:建设|发展|打造|布局|调整|优化|改造|升级|做强|做优){~SXG,}{0,8}{tail=X}(?:等)?[^。；，\ue000-\uf8ff]{0,10}专业(?!群)",
    ),
    Frame(
        "OFFERS",
        "{head=S}(?:则|现)?以{tail=X}(?:等)?(?:专业)?(?:见长|著称|闻名|为特色|为主|为优势|为重点|为骨干|为龙头)",
    ),
    Frame(
        "OFFERS",
        "{head=S}[^。；\ue000]{0,60}?专业[^。；\ue000]{0,16}，[^。；\ue000]{0,10}?(?:布局|调整|优化|建设|增设|新增|打造|淘汰|停招|升级|改造){~SXG,}{0,6}{tail=X}(?:等)?[^。；，\ue000-\uf8ff]{0,10}专业(?!群)",
    ),
    Frame(
        "OFFERS",
        "{head=S}[^。；\ue000\ue007]{0,50}?(?:派出|选派|组织|安排|输送|挑选)(?:了)?{tail=X}(?:等)?专业",
    ),
    Frame(
        "OFFERS",
        "{head=S}(?:与|和|同|联合|携手){SE}(?:[、和与]{SE}){0,8}(?:等)?{~}{0,6}?(?:培养|开设|开办|共建|合办|举办|招收)(?:的|了)?{tail=X}(?:等)?{~}{0,4}专业",
    ),
    Frame("OFFERS", "{head=S}(?:[：:，]|招生专业[：:]){tail=X}(?=[，。；]|$|等)"),
    Frame("OFFERS", "{head=S}{tail=X}(?=[，。；、]|$)"),
    Frame("OFFERS", "{head=S}（{tail=X}[^（）]{0,6}）"),
    # 增设云计算技术应用的有…, 4所学校增设…，分别是…
    Frame(
        "OFFERS",
        "(?:增设|开设|新增|新设|设有|开办|设置|布点)(?:了)?{tail=X}(?:等)?(?:专业)?(?:的)?{~S}{0,10}?，?(?:分别)?(?:是|为|有|包括|：){head=S}",
    ),
    Frame("OFFERS", "(?:在|依托|以){head=S}(?:的)?{tail=X}(?:等)?专业"),
    Frame("OFFERS", "{head=S}{~}{0,6}将{X}(?:专业)?(?:改造|转型|升级|调整)+为{tail=X}"),
    Frame("OFFERS", "{head=S}(?:的)?{tail=X}(?:等)?(?:\\d{0,3}个)?(?:本科|专科|高职)?专业"),
    Frame(
        "OFFERS",
        "{head=S}(?:的)?{X}专业{~SX}{0,40}，{tail=X}(?:专业)(?:的)?(?:学生|毕业生|则|也|还)",
    ),
    Frame(
        "HOSTS",
        "{head=S}"
        + _NONAME
        + "{0,30}?(?:建有|建设|构建|打造|拥有|组建|建成|形成|立项)(?:了|有)?{~SG,}{0,10}{tail=G}",
    ),
    Frame("HOSTS", "{head=S}(?:的)?{tail=G}"),
    Frame(
        "HOSTS",
        "{head=S}[^。；\ue000\ue008]{0,60}?(?:构建|组建|打造|形成|建设|建有|组成)(?:了)?(?:以|由|涵盖|包含|面向|对接|服务)[^。；\ue000\ue008]{0,80}?{tail=G}",
    ),
    Frame("HOSTS", "{head=S}[^。\ue000]{0,80}?，{tail=G}(?:是|为|入选|获批|获评|被评|立项|列入)"),
    Frame(
        "HOSTS",
        "{head=S}{~}{0,12}(?:，)?以{tail=G}{~}{0,6}为(?:重点|核心|引领|龙头|抓手)",
    ),
    Frame(
        "INCLUDES",
        "{head=G}{~G}{0,24}?(?:包含|包括|涵盖|由|含|覆盖|下设|辐射|带动)(?:了|有)?{tail=X}",
    ),
    Frame(
        "INCLUDES",
        "以{tail=X}(?:专业)?为(?:核心|龙头|引领|主体|依托){~G}{0,70}?{head=G}",
        {"core": True},
    ),
    Frame(
        "INCLUDES",
        "{tail=X}(?:等)?(?:专业)?为(?:支撑|骨干|支持|拓展|特色|依托|辅助|两翼|协同){~G}{0,40}?{head=G}",
    ),
    Frame(
        "INCLUDES",
        "(?:依托|整合|联合|以){tail=X}(?:等)?{~SXG,}{0,10}专业{~XG}{0,16}?(?:组建|建设|构建|打造|建成)(?:了|的)?{~}{0,6}{head=G}",
    ),
    Frame(
        "INCLUDES",
        "(?:将|把){tail=X}(?:等)?{~SXG,}{0,8}(?:专业)?(?:组建|整合|组成|合并|集成|打造|构建|优化|组合)(?:为|成)(?:了)?{~G}{0,6}{head=G}",
    ),
    Frame(
        "HOSTS",
        "{head=S}[^。；\ue000]{0,20}?(?:将|把){X}[^。；\ue000\ue008]{0,60}?(?:为|成)(?:了)?{~G}{0,6}{tail=G}",
    ),
    Frame("INCLUDES", "{head=G}(?:开设|设置|设有|下设|拥有|现有)(?:了)?{tail=X}"),
    Frame("INCLUDES", "{head=G}（{tail=X}[^（）]{0,8}）"),
    Frame("INCLUDES", "由{tail=X}(?:等)?{~SXG,}{0,10}(?:组成|构成|组建)(?:的)?{head=G}"),
    Frame("INCLUDES", "{head=G}(?:：|，|——)(?:由|以|包含|包括|涵盖|核心专业(?:为|是)?)?{tail=X}"),
    Frame(
        "INCLUDES",
        "{head=G}{~G}{0,40}?，(?:以)?{tail=X}(?:专业)?(?:等)?为(?:支撑|骨干|支持|拓展|特色|依托|辅助|主体|组成)",
    ),
    Frame(
        "INCLUDES", "{head=G}[^。；\ue008]{0,60}?以{tail=X}(?:专业)?为(?:核心|龙头|引领|主干)", {"core": True}
    ),
    Frame(
        "INCLUDES",
        "{head=G}[^。；\ue008]{0,60}?以{X}(?:专业)?为(?:核心|龙头|引领|主干)(?:，|、)(?:以)?{tail~=X}(?:等)?(?:专业)?(?:群)?为",
    ),
    Frame(
        "INCLUDES",
        "以{X}(?:专业)?为(?:核心|龙头|引领|主干)，?(?:以)?(?:涵盖|包含|包括|覆盖|带动|辐射|联动|融合|整合|协同|吸纳){tail=X}{~G}{0,20}?{head=G}",
    ),
    Frame(
        "INCLUDES",
        "(?:涵盖|包含|包括|覆盖|整合|融合|汇聚|联合){tail=X}(?:等)?(?:\\d{0,2}个)?(?:相关)?(?:专业)?的{~G}{0,6}{head=G}",
    ),
    Frame(
        "ARTICULATES_TO",
        "{head=X}(?:专业)?(?:与|和|同){~X,}{0,16}?{tail=X}(?:专业)?{~X}{0,12}" + _THROUGH,
    ),
    Frame(  # 甲专业与乙专业、丙专业开展“3+2”贯通
        "ARTICULATES_TO",
        "(?<![、和与及]){head=X}(?:专业)?(?:与|和|同)"
        + _LEVEL
        + "(?P<tail>"
        + _LISTED
        + ")(?:等)?{~X}{0,12}"
        + _THROUGH,
    ),
    Frame(
        "ARTICULATES_TO",
        "{tail=X}(?:专业)?(?:对接|衔接)(?:的)?(?:中职|中专)(?:的)?(?:专业)?(?:举例)?(?:有|为|包括|：)?(?P<head>"
        + _LISTED
        + ")",
    ),
    Frame(
        "ARTICULATES_TO",
        "{head=X}(?:等)?(?:专业)?(?:学生|毕业生)?(?:可以?|能|应|主要)?(?:对接|接续|衔接)(?:的)?(?!中职|中专)(?:"
        + _LEVEL
        + "(?:专业)?(?:举例)?(?:有|为|包括|：|是)?)"
        + _LEVEL
        + "(?P<tail>"
        + _LISTED
        + ")",
    ),
    Frame(
        "ARTICULATES_TO",
        "{head=X}(?:专业)?(?:与|和|同){~X,}{0,16}?{X}(?:专业)?{~X}{0,20}，(?:并|还|再)?(?:与|和|同)"
        "{~X,}{0,12}{tail=X}(?:专业)?{~X}{0,12}" + _THROUGH,
    ),
    Frame(
        "ARTICULATES_TO",
        "{head=X}(?:专业)?(?:的)?(?:学生|毕业生){~X}{0,12}(?:升入|升读|转入|衔接|对接|进入){~X,}{0,10}{tail=X}",
    ),
    Frame(
        "PREPARES_FOR",
        "(?<!包含)(?<!包括)(?<!涵盖)(?<!覆盖)(?<!由)(?<!含)(?<!有)(?<![、和与及以]){head=X}(?:专业)?{~XO}{0,36}?(?:面向|对应|从事|胜任|培养|担任|可任|成长为|就业岗位(?:有|为|包括)){~O,}{0,12}{tail=O}",
    ),
    Frame(
        "SHARES",
        "{head=SEC}{~SEC}{0,16}(?:共享|开放|主持|建有|牵头|开发|主编|研制|共建)[^。；，]{0,8}{tail=H}",
    ),
)
