"""A task (任务): its clause, its core, and how a sentence asks for something.

The core of `对照集群需求，优化专业结构布局` is `优化专业结构布局`: what only sets the scene is passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from nlp.words import Words

_SETTING: Final = re.compile(
    "^(?:(?:要)?(?:认真|全面|深入|切实|抓好)?(?:贯彻)?落实(?:好)?《|承担主体责任|坚持把|坚持政府|坚持学历|坚持以工业|坚持“|紧扣|依托|聚焦|根据|对照|按照|围绕|以[^，]{0,20}(?:为|思维)(?!推进)|"
    "准确|深入研究|找准|集中|充分|积极发挥|勇于|敢于|积极争取|"
    "通过|学习借鉴|遵循|坚持以(?!.{0,12}推进)|立足|针对|在[^，]{0,20}(?:方面|中|上|下|基础上)$|因地制宜|“一|积极融入|紧盯|发挥|"
    "结合|瞄准|锚定|用好|除[^，]{0,30}外$|自[^，]{0,30}起$|经[^，]{0,20}后$|到20\\d\\d年(?:底|末)?$|[^，]{2,60}(?:的|时|后)$)"
)
STATES: Final = re.compile(
    "是否|，是|是(?:很|一|推|打|贯|重)|既要|已经|取得了|有了|表示|指出|强调|认为|不是|已(?:建|成|有)|同比|增长了"
)
_IMPERATIVE: Final = re.compile(
    "^(?:切实|加快|积极|大力|深入|全面|着力|不断|进一步|持续|严格|统筹|充分|主动|尽快|及时|定期|集中|稳步|有序|广泛|认真|重点|"
    "扎实|逐步|科学|合理|联合|共同|健全|鼓励|支持|引导|对|把|将|以|按照|在[^，]{2,20}，|"
    "今后，|每年|每|到20\\d\\d年|坚持|聚焦|紧扣|围绕|依托|构建|打造|落实|推行|推动|推广|营造)"
)
_TRIM: Final = re.compile(
    "^(?:不断|尽快|要|并|及时|必须|(?:力争|确保)?(?:于|在|到)?(?:20\\d\\d年|今年|明年|本年)?(?:\\d{1,2}月)?\\d{0,2}(?:年?底|末|上半年|下半年|日)?(?:之?前|以前|内)，?)+"
)


# 对发现的假冒政务新媒体, 从制定主体、公文种类等方面: on whom or on what, without a verb that does it
_SCENE: Final = re.compile(
    "^(?:对|从|在|向|涉及)(?!.*(?:实行|先行|布局|争创|发力|领跑|攻坚|开展|给予|进行|加强|建立|完善|推进|实施|落实|纳入|开放|组织|清理|予以|设立|建设|督导|提供|积极|支持))"
)


@dataclass
class Task:
    """A task while it is read: its span, who is to do it (mentions and generic words), and who of them leads."""

    start: int
    end: int
    text: str
    named: dict[int, bool] = field(default_factory=dict)  # entity → leads
    generic: list[str] = field(default_factory=list)


def task_of(text: str, start: int, end: int, heading: str | None) -> Task:
    """A task with its core clause: the one that the heading repeats, else the first that is more than a setting."""
    start, end = trimmed(text, start, end)
    clauses = [(m.start() + start, m.group()) for m in re.finditer("[^，：]+", text[start:end])]
    core = next(
        (clause for _, clause in clauses if heading and len(heading) > 3 and heading[-6:] in clause), None
    )
    if core is None:
        core = next(
            (clause for _, clause in clauses if not _SETTING.match(clause) and not _SCENE.match(clause)),
            clauses[0][1] if clauses else "",
        )
    return Task(start, end, _TRIM.sub("", core).strip() or core)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without white space and commas at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "，；"):
        end -= 1
    return start, end


def is_imperative(segment: str, words: Words, start: int) -> bool:
    """Whether a segment that begins at `start` asks for something without naming anybody."""
    index = words.index(start)
    first_is_verb = (
        0 <= index < len(words.tags)
        and words.tags[index] in ("v", "vn", "ad")
        and len(words.texts[index]) > 1
    )
    return len(segment) > 7 and (bool(_IMPERATIVE.match(segment)) or first_is_verb)
