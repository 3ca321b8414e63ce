"""A task (任务): its clause, its core, and how a sentence asks for something.

The core of `对照集群需求，优化专业结构布局` is `优化专业结构布局`: what only sets the scene is passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from nlp.words import Words

_SETTING: Final = re.compile(
    "^(?:(?:要)?(?:认真|全面|深入|切实|抓好)?(?:贯彻)?落实(?:好)?《|承担主体责任|(?:切实)?加强组织领导$|提高(?:政治站位|认识)$|高度重视$|坚持把|坚持政府|坚持学历|坚持以工业|坚持“|紧扣|依托|利用(?!率)|聚焦|根据|对照|按照|围绕|以[^，]{0,20}(?:为|思维)(?!推进)|"
    "准确|深入研究|找准|集中|充分|积极发挥|积极吸引|面向|勇于|敢于|积极争取|"
    "通过|学习借鉴|遵循|坚持以(?!.{0,12}推进)|立足|针对|在[^，]{0,20}(?:方面|中|上|下|基础上)$|因地制宜|“一|积极融入|紧盯|发挥|"
    "结合|瞄准|锚定|用好|除[^，]{0,30}外$|自[^，]{0,30}起$|经[^，]{0,20}后$|(?:到|至|在|于)?20\\d\\d年(?:\\d{1,2}月)?(?:年?底|末|初)?(?:之?前|以前)?$|[^，]{2,60}(?:的|时|后)$)"
)
STATES: Final = re.compile(
    "是否|，是|是(?:很|一|推|打|贯|重)|既要|已经|取得了|有了|表示|指出|强调|认为|不是|已(?:建|成|有)|同比|增长了"
)
_IMPERATIVE: Final = re.compile(
    "^(?:切实|加快|积极|大力|深入|全面|着力|不断|进一步|持续|严格|统筹|充分|主动|尽快|及时|定期|集中|稳步|有序|广泛|认真|重点|"
    "扎实|逐步|科学|合理|联合|共同|健全|鼓励|支持|引导|对|把|将|以|按照|在[^，]{2,20}，|"
    "今后，|每年|每|到20\\d\\d年|坚持|聚焦|紧扣|围绕|依托|根据|结合|针对|面向|通过|立足|构建|打造|落实|推行|推动|推广|营造)"
)
# What an order may begin with before it says what is to be done.
OPENING: Final = (
    "(?:(?:[^，。；]{2,8}方面|(?:自|从)20\\d{2}年(?:起|开始)|在[^，。]{2,40}?(?:基础上|前提下|过程中|框架下)|(?:按照|根据|依据)[^，。]{2,40}|结合[^，。]{2,24}|"
    "在[^，。]{2,60}?(?:领域|方面|地区|行业|院校|学校|企业|层面|范围内|领导下|支持下)|面向[^，。]{2,40}|借鉴[^，。]{2,30}|立足[^，。]{2,30}|"
    "围绕[^，。]{2,60}|通过[^，。]{2,40}|以[^，。]{2,24}为[^，。]{1,12}|坚持[^，。]{2,24}|对[^，。]{2,40}|针对[^，。]{2,40}|聚焦[^，。]{2,60}|依托[^，。]{2,30})，){0,2}"
)
DEMANDS: Final = (
    "(?:进一步|加快|大力|积极|持续|全面|切实|着力|逐步|充分|重点|统筹|不断|深入|稳步|严格|鼓励和|支持和|前瞻|适度超前|聚力|全力|优先|高水平|集中力量|动态){0,2}"
    "(?:完善|健全|强化|推进|实施|加强|建立|深化|优化|支持|引导|推动|打造|培育|做[强大优]|提升|落实|鼓励|推行|构建|创新|扩大|规范|严格|"
    "加大|指导|组织|开展|制定|建好|办好|促进|提高|发挥|探索|允许|遴选|建设|启动|设立|调整|统筹|明确|夯实|畅通|破除|推出|出台|丰富|壮大|做好|抓好|用好|开发|吸引|动员|聚焦(?=[^，]{2,20}，)|拓展|搭建|推广|厚植|加快|改革|布局|整合|清理|统一|注重|保障|发展)"
    "(?!了|的|后|工作(?:会|组)|是|大会|仪式)"
)
_DEMANDS_LATER: Final = re.compile(OPENING + DEMANDS)
_SHORTEST_ORDER: Final = 8
# A sentence that tells what was done, or of a school or firm, however it begins.
_TELLS: Final = re.compile(
    "(?<!为)了(?!解)|已|累计|近年|以来|先后|荣获|获评|获得|拥有|现有|共有|位于|我[校院]|本[校文研]|该[校院]|学校现|同比|增长\\d|"
    "有力|有效推动|取得|成为(?:了|全国)|其中|研究(?:发现|表明|认为)|表明|认为|指出"
)
GOAL: Final = re.compile(
    "(?:到|至)20\\d{2}年(?:底|末)?(?:前)?，(?![^，]{0,12}(?:建立|完善|实施|推动|推进|开展|制定|组织))|其中"
)
_TRIM: Final = re.compile(
    "^(?:不断|尽快|要|并|及时|必须|(?:力争|确保)?(?:于|在|到)?(?:20\\d\\d年|今年|明年|本年)?(?:\\d{1,2}月)?\\d{0,2}(?:年?底|末|上半年|下半年|日)?(?:之?前(?!瞻)|以前|内)，?)+"
)


# 对发现的假冒政务新媒体, 从制定主体、公文种类等方面: on whom or on what, without a verb that does it
_SCENE: Final = re.compile(
    "^(?:对|从|在|向|涉及)(?!.*(?:实行|先行|布局|争创|发力|领跑|攻坚|开展|给予|进行|加强|建立|完善|推进|实施|落实|纳入|开放|组织|清理|予以|设立|建设|督导|提供|积极|支持))"
)


# 根据企业需求开展订单式培训: the setting and what is done are one clause
_DOES_BY: Final = re.compile(
    "(?:根据|按照|依托|围绕|通过|结合|针对|面向)[^，]{2,16}?(?<![的和与及、])(?:开展|建立|制定|组织|推进|完善|加大|优化|逐步提高|健全|开发|举办|遴选)"
    "(?!.*(?:需要|要求|规定|实际|情况|部署|任务|目标|精神|基础上|方式|形式|等|需求|战略)$)[^，]{4,}"
)


_ITEM: Final = re.compile(
    "[（(]?(?:[一二三四五六七八九十]{1,3}|\\d{1,2})[）)]\\s*|[一二三四五六七八九十]{1,3}、|\\d{1,2}[.．、](?!\\d)\\s*"
)


@dataclass
class Task:
    """A task while it is read: its span, who is to do it (mentions and generic words), and who of them leads."""

    start: int
    end: int
    text: str
    named: dict[int, bool] = field(default_factory=dict)  # entity → leads
    generic: list[str] = field(default_factory=list)
    likelihood: float = 0.8  # that it is one
    by_rules: bool = True


def task_of(text: str, start: int, end: int, heading: str | None) -> Task:
    """A task with its core clause: the one that the heading repeats, else the first that is more than a setting."""
    start, end = trimmed(text, start, end)
    clauses = [(m.start() + start, m.group()) for m in re.finditer("[^，：]+", text[start:end])]
    core = next(
        (clause for _, clause in clauses if heading and len(heading) > 3 and heading[-6:] in clause), None
    )
    if core is None:
        core = next(
            (
                clause
                for _, clause in clauses
                if _DOES_BY.match(clause) or not (_SETTING.match(clause) or _SCENE.match(clause))
            ),
            clauses[-1][1] if clauses else "",
        )
    core = _TRIM.sub("", core).strip() or core
    return Task(start, end, re.sub("(?<=[^，]{6})等(?:各项)?工作$", "", core))


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without white space and commas at its ends, and without the number of an item."""
    while start < end and text[start].isspace():
        start += 1
    numbered = _ITEM.match(text, start, end)
    start = numbered.end() if numbered else start
    while end > start and (text[end - 1].isspace() or text[end - 1] in "，；"):
        end -= 1
    return start, end


def is_order(segment: str) -> bool:
    """Whether a segment orders something by itself, in a paragraph without number or addressee.

    It is strict, for profiles of schools begin in the same way.

    >>> is_order("健全专业设置定期评估机制"), is_order("推进校企合作，已与12家企业共建实训基地")
    (True, False)
    """
    return (
        len(segment) > _SHORTEST_ORDER
        and bool(_DEMANDS_LATER.match(segment))
        and not (_TELLS.search(segment) or GOAL.match(segment))
    )


def is_imperative(segment: str, words: Words, start: int) -> bool:
    """Whether a segment that begins at `start` asks for something without naming anybody."""
    index = words.index(start)
    first_is_verb = (
        0 <= index < len(words.tags)
        and words.tags[index] in ("v", "vn", "ad")
        and len(words.texts[index]) > 1
    )
    asks = first_is_verb or _IMPERATIVE.match(segment) or _DEMANDS_LATER.match(segment)
    return len(segment) > 7 and bool(asks) and not GOAL.match(segment)
