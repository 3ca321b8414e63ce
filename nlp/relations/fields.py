"""Labelled lists (名单与表格): `牵头单位：…`, `副理事长单位为…`, `链主企业…`, `…等成员企业`.

Member lists, annexes and rows of tables name a thing once and then what belongs to it, label by label. The thing is the
last consortium (or chain) before the label in the passage.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from nlp.extraction import Mention, Relation
from nlp.relations.frame import Skeleton
from nlp.relations.letters import listed
from nlp.relations.stages import WHOLE

_IS: Final = "(?:名单)?(?:分别)?(?:为|是|有|包括|包含|涵盖|如下)?(?:：|:|——|—)?"
_WHO: Final = "(?:单位|学校|院校|高校|企业|园区|方|机构)"
_RANK: Final = "(?:链主|龙头|骨干|领军|重点|代表性?|核心)"
_MANY: Final = "(?:\\d{0,4}[余多]?[家所个])?"


@dataclass(frozen=True)
class Label:
    """A label before its list (or, `behind`, after it), the edge that it states, and the kind of thing it belongs to."""

    edge: str
    of: str
    pattern: re.Pattern[str]
    behind: bool = False

    @property
    def expression(self) -> str:
        """The pattern, over letters."""
        return self.pattern.pattern


# 成员单位包括|50余所院校、100多家企业以及|甲协会: who is counted before who is named.
_COUNTED: Final = "(?:[^。；，\ue000-\uf8ff]{0,24}\\d[^。；，\ue000-\uf8ff]{0,14}(?:以及|和|及|、))?"


def _label(edge: str, of: str, words: str, members: str) -> Label:
    return Label(edge, of, re.compile(f"{words}{_IS}{_COUNTED}(?P<list>{listed(members)})"))


def _closing(edge: str, of: str, members: str, words: str) -> Label:
    return Label(edge, of, re.compile(f"(?P<list>{listed(members)}){words}"), behind=True)


_FROM_THE_THING: Final = frozenset(("DEMANDS", "COOPERATES_WITH", "OFFERS"))
# 牵头单位：市教育局；责任单位：…: labels of who is responsible for a task, not of who is in a consortium.
_OF_TASK: Final = (
    "(?:责任|配合|协同|落实)(?:单位|部门)|(?:牵头|参与|参加|支持)部门|(?:完成|办结)时[限间]|时间节点"
)
OF_NO_TASK: Final = f"(?![^。）〕】]{{0,60}}(?:{_OF_TASK}))"  # behind a label's list
_TASK: Final = re.compile(_OF_TASK)
_GOVERNMENT: Final = re.compile("(?:局|厅|部|办|办公室|(?<!管)委|(?<!管理)委员会|政府|总工会)$")
_OPENS: Final = re.compile(
    "(?:^|[（(〔【\\[。])[\\s\\d.、]*$"
)  # before a label: a bracket, or its sentence begins
_BLOCK: Final = 200  # characters to either side in which the labels of a task stand together
_NUMBER: Final = 8  # characters of a bracket or number before a label
_EACH: Final = re.compile("两家|两个|三家|均|分别")  # of all the consortia of the list before
# Behind the chain of a sheet: what it is made up of follows, and the labels go on to tell of the whole.
_SPELT_OUT: Final = re.compile(
    "[】〕）)]?[。：:，\\n]?\\s*[^，。；：\\n]{0,8}?(?:[上中下]游|环节|包括|包含|涵盖|覆盖|分为|细分|(?:主要|重点|核心)产品|重点发展)"
)
_SHEET: Final = 400  # characters between a chain and a label that tells of it
_PARTED: Final = re.compile("[，。；：】\\n]")
_BEGINS: Final = re.compile("[\\s\\d.、（）()一二三四五六七八九十]{0,8}")
_SAYS: Final = re.compile("[：:为是有]|包[括含]")
_CONSORTIUM, _CHAIN = "Consortium", "IndustryChain"
LABELS: Final = (
    _label("LEADS", _CONSORTIUM, f"(?:共同|联合)?(?:牵头|(?<!副)理事长|发起|(?<!副)会长|盟主){_WHO}", "SEPA"),
    _label(
        "MEMBER_OF",
        _CONSORTIUM,
        f"(?:首批)?(?:副理事长|常务理事|(?<!务)理事|副会长|成员|会员|参与|参加|参建|支持|秘书处|秘书长){_WHO}",
        "SEPAL",
    ),
    Label(
        "MEMBER_OF",
        _CONSORTIUM,
        re.compile(f"成员(?:有|包括|包含|涵盖|为|：|:)(?P<list>{listed('SEPAL')})"),
    ),
    _closing(
        "MEMBER_OF", _CONSORTIUM, "SEPAL", f"等(?:共计|共)?{_MANY}(?:首批)?(?:会员|成员|理事|参与){_WHO}"
    ),
    _closing(
        "LEADS",
        _CONSORTIUM,
        "SEPA",
        f"(?:共同|联合)?(?:为|是|担任|任|作为|当选为?)(?:两家|两个)?(?:其|首届|集团|联盟|共同体|联合体|理事会|的){{0,4}}"
        f"(?:(?:牵头|发起)(?:高等学校|职业学校|本科院校|高职院校|{_WHO})|(?<!副)理事长(?:单位)?)",
    ),
    _closing(
        "LEADS",
        _CONSORTIUM,
        "SEPA",
        "[^。；，、\ue000-\uf8ff]{2,14}?(?:被)?(?:推举|推选|选举|选|当选|担任|聘任)为?[^。；，\ue000-\uf8ff]{0,6}(?<!副)(?:理事长|会长|主席|盟主)",
    ),
    _closing(
        "MEMBER_OF",
        _CONSORTIUM,
        "SEPAL",
        f"(?:等)?{_MANY}(?:单位|企业|院校|学校|高校)?(?:为|是|担任|任|作为|当选为?|成为|获选|入选)(?:\\d{{1,4}}[家个所])?"
        "(?:首届|首批|集团|联盟|共同体|联合体|理事会|其|的){0,4}(?:副理事长|常务副理事长|常务理事|(?<!务)理事(?!长|会)|副会长|秘书长|成员|会员)(?:单位)?",
    ),
    _closing(
        "MEMBER_OF",
        _CONSORTIUM,
        "SEPAL",
        f"(?:等)?{_MANY}(?:企业|单位|院校|学校)?(?:均|都|也)?(?:在其中|位列其中|名列其中|参与其中|加入其中|为其成员)",
    ),
    _closing(
        "MEMBER_OF",
        _CONSORTIUM,
        "SEPAL",
        "[^。；，、\ue000-\uf8ff]{2,14}?(?:被)?(?:推举|推选|选举|选|当选|聘)为?(?:联盟|共同体|联合体|集团|理事会)[^。；，\ue000-\uf8ff]{0,12}(?:副理事长|理事(?!长)|成员|委员|秘书长)",
    ),
    _label("OPERATES_IN", _CHAIN, f"{_RANK}企业", "E"),
    _label("OPERATES_IN", _CHAIN, "(?:承载|重点|依托|核心|支撑)园区", "P"),
    _label("SERVES", _CHAIN, "(?:支撑|对接|依托|培养|合作|服务|配套)(?:院校|学校|高校)", "S"),
    _label("SERVES", _CHAIN, "(?:支撑|对接|服务|对应|相关)专业群?", "XG"),
    _label("SERVES", _CHAIN, "(?:支撑|创新|研发|服务|公共)平台", "L"),
    _label("SERVES", _CHAIN, "(?:支撑|对接|实训)基地", "T"),
    _label("SERVES", _CHAIN, "(?:支撑|对接|服务)?产业学院(?=：|:|为|有|名单)", "N"),
    _label("DEMANDS", _CHAIN, "(?:急需|紧缺|核心|典型|重点|对应)?(?:岗位|职业|工种)(?:需求)?", "O"),
    _label("COOPERATES_WITH", "School", "合作(?:企业|单位)(?=为|是|有|：|:)", "E"),
    _label("OFFERS", "School", "(?:开设|现有|主要)专业(?=为|是|有|：|:)", "X"),
    _closing("OPERATES_IN", _CHAIN, "E", f"等{_MANY}{_RANK}企业"),
)


def fields(
    skeleton: Skeleton, entities: Sequence[Mention], labels: Iterable[Label] = LABELS
) -> Iterator[Relation]:
    """The relations of the labelled lists of a sentence; `labels` are those that may stand in it."""
    several = skeleton.told > 1
    for label in labels:
        own: list[int] | None = (
            None  # of what the label tells, in the order of the text: no two names overlap
        )
        for match in label.pattern.finditer(skeleton.letters):
            if several or _alone(label, match, skeleton.letters):
                if own is None:
                    own = [n for n, mention in enumerate(entities) if mention.kind == label.of]
                start = skeleton.offsets[match.start()]
                before = own[: bisect_right(own, start, key=lambda n: entities[n].end)]
                yield from _stated(label, match, skeleton, entities, before)


def _stated(
    label: Label,
    match: re.Match[str],
    skeleton: Skeleton,
    entities: Sequence[Mention],
    before: Sequence[int],
) -> Iterator[Relation]:
    """What a label says, `before` which stand what it may tell of."""
    members = [n for n in skeleton.mentions[match.start("list") : match.end("list")] if n is not None]
    start = skeleton.offsets[match.start()]
    if not before or not members:
        return
    if label.of == _CHAIN and label.behind and len({entities[n].surface for n in before}) > 1:
        return  # whose firms they are is not said
    if (
        label.of == _CONSORTIUM
        and not label.behind
        and of_task(skeleton.letters, match.start(), members, entities)
    ):
        return
    things = [_of_sheet(before, start, skeleton.text, entities)] if label.of == _CHAIN else before[-1:]
    several = label.of == "School" or (label.of == _CONSORTIUM and _EACH.search(match.group()))
    while several and len(before) > len(things):  # all schools of the last list
        gap = skeleton.text[entities[before[-len(things) - 1]].end : entities[things[0]].start]
        if gap not in ("、", "和", "与"):
            break
        things = before[-len(things) - 1 :]
    for thing in things:
        for member in members:
            yield Relation(
                label.edge,
                *((thing, member) if label.edge in _FROM_THE_THING else (member, thing)),
                entities[thing].start,
                max(entities[member].end, skeleton.offsets[match.end()]),
                confidence=0.75,
            )


def _alone(label: Label, match: re.Match[str], text: str) -> bool:
    """Whether a sentence is a line of a chain's sheet: `龙头企业：甲公司。`."""
    return (
        label.of == _CHAIN
        and not label.behind
        and bool(_BEGINS.fullmatch(text, 0, match.start()))
        and bool(_SAYS.search(text, match.start(), match.start("list")))
    )


def _of_sheet(before: Sequence[int], at: int, text: str, entities: Sequence[Mention]) -> int:
    """The chain that a label at `at` tells of: the whole, where the last ones named are what it is made up of."""
    last = entities[before[-1]]
    if _PARTED.search(text, last.end, at):
        for number in reversed(before[:-1]):
            one = entities[number]
            if at - one.end > _SHEET:
                break
            if WHOLE.search(one.surface) and _SPELT_OUT.match(text, one.end):
                return number
    return before[-1]


def of_task(text: str, at: int, members: Sequence[int], entities: Sequence[Mention]) -> bool:
    """Whether a label at `at` tells who is responsible for the task that stands before: `（牵头单位：市教育局）`."""
    if _TASK.search(text, max(0, at - _BLOCK), at + _BLOCK):
        return True
    return bool(_OPENS.search(text, max(0, at - _NUMBER), at)) and all(
        entities[n].kind == "Agency" and _GOVERNMENT.search(entities[n].surface) for n in members
    )
