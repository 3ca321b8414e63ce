"""Who is responsible (责任单位): bodies that a sentence makes do something, and those in brackets behind it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Final

from nlp.extraction import Mention
from nlp.outline import NUMBERING, Place
from nlp.seeking import Seeker
from nlp.stretches import Stretch
from nlp.tasks import DEMANDS, GOAL, Task, task_of, trimmed

_SENTENCE: Final = re.compile("[^。！？\n]+")
GENERIC_BODY: Final = (
    "(?:(?:有关|相关|各有关|各级各类|各级|各|市级有关|市级|省级|有关市级)?(?:市级|"
    "省级)?(?:部门|区县|县区|单位|地区|高校|院校|学校|企业|园区|区县政府|"
    "成员企业|地方|市级层面|职业院校|职业学校|高等学校|高等院校|产教联合体|"
    "联合体|行业组织|政府部门|联合体成员单位)(?:和单位)?)"
)
MUST: Final = "(?:要|应当|应(?![届化用急对邀聘])|须|必须|负责(?!人|同志))"
WITH: Final = re.compile(
    f"^(?:，)?(?:会同|联合|配合|协同)(?P<co>(?:[^，；。]{{2,60}}?等(?:市级|省级|相关|"
    f"有关)?(?:部门|单位)，?)|(?:{GENERIC_BODY}(?:[、和]{GENERIC_BODY})*，?))"
)
BRACKETS: Final = Seeker(
    "[（(]([^（）()]{2,160}(?:负责|牵头|配合|责任单位|牵头单位|参与|按职责分工)[^（）()]{0,120}|"
    "(?:责任单位|牵头单位|责任部门|牵头部门)[：:][^（）()]{2,200})[）)]"
    "|[\\[【〔［](?:责任单位|牵头单位|责任部门|牵头部门|落实单位|责任分工)[：:][^\\[\\]【】〔〕［］\\n]{2,200}[\\]】〕］]"
    "|(?<=[。；\\s])(?:牵头责任单位|责任单位|牵头单位|责任部门|牵头部门)[：:为][^。\\n]{2,200}(?:。|$)"
)
_SHORTEST_TASK: Final = 7
_SEGMENT: Final = re.compile("[^。；！？\n]+")
# （教育部、国家发展改革委，各省级人民政府）: behind a full stop the bodies alone
_BODIES_ALONE: Final = re.compile(
    "(?<=[。；])[（(〔【](?P<in>[^（）()〔〕【】。；\\n]{2,160}(?:[（(〔][^（）()。]{1,12}[）)〕][^（）()〔〕【】。；\\n]{0,40})?)[）)〕】]"
)
_OPENED: Final = re.compile("[。；][（(〔【]")
ONLY_WHO: Final = re.compile("\\s*(?:牵头责任单位|责任单位|责任部门|牵头单位|牵头部门)[：:]")
# 为推进…，制定本方案; 完成情况：…; 增长8%: what tells of the document, reports, or is a figure to reach
_NO_DEMAND: Final = re.compile(
    "^现将|控制在|如下$|(?:制定|制订|提出)[^，。]{0,4}(?:本|以下|如下)|^为(?:了|贯彻|推进|落实|深入|进一步)|^(?:完成|进展|落实)(?:情况)?[：:]|^[（(]|^(?:牵头责任单位|责任单位|牵头单位)|^(?:20\\d{2}年，)?(?:全年)?[^，。；]{2,14}(?:增长|下降|达到?|超过?)[\\d.]+[%％万亿]"
)
_BODIES_HEAD: Final = re.compile("责任单位|牵头单位|责任部门|牵头部门")
_TOLD: Final = re.compile("了|已|近日|日前|去年|昨|今天|会议|介绍|表示|指出|\\d月\\d|累计|以来|的通知")
_AGENT_MARK: Final = re.compile(
    f"^(?:等[^，；。：]{{0,8}}?(?:部门|单位))?(?:，)?(?:按(?:照)?(?:各自)?职责(?:分工)?，?)?(?:(?P<must>{MUST}|将(?!其|以|与|于|[^，。；]{{1,40}}?(?:纳入|列入|作为|打造成|建成为|确定为|列为|上升为)|继续[^，]{{0,4}}关注))(?!求|点|素|件)|"
    "(?P<does>(?!制定的|出台的|建立的)(?=统筹|承担|每半年|每季度|每年|定期|研究制定|建立健全|建立|制定|健全|完善|加强|指导(?![、，下])|督促|安排|出台(?!《)|组织实施))|"
    f"(?P<lead>负责牵头|牵头负责|负责|牵头)(?!的|单位|部门|人)|(?=会同|配合))"
)
# 办公室设在省教育厅，…; 所需经费由省财政厅统筹安排: where an office is, who pays
_NO_TASK: Final = re.compile("设[在于]$|(?:所需)?(?:经费|资金)由$")
_SHORTEST_CLAUSE: Final = 4
_ORDERED: Final = re.compile(f"，?{DEMANDS}")
# 由某协会牵头，联合…组建; 州发改委牵头，某校、某公司联合发起的: a consortium is told of
_FOUNDS: Final = re.compile("联合|[^，。；]{2,60}联合(?:发起|组建|成立|举办)")
_SO_FAR: Final = re.compile("以来，|近日|日前")
_OTHERS: Final = re.compile("[^，；。]{2,40}，")  # 会同某学院，…: who helps and is no agency
_LEADS_ON: Final = re.compile("^(?:牵头|负责|具体|抓好)?")


def led_by_agency(
    text: str, entities: Sequence[Mention], bodies: list[int], start: int, end: int, heading: str | None
) -> Task | None:
    """`市教委要会同市财政局等部门，制定…`, `省科技厅负责牵头建设…`: the first named bodies that are to do something."""
    for position in _between(entities, bodies, start, end):
        mention = entities[bodies[position]]
        if not _acts(mention, text):
            continue
        following = entities[bodies[position + 1]] if position + 1 < len(bodies) else None
        if following is not None and text[mention.end : following.start] in ("、", "和", "与"):
            continue  # not the last of its list
        mark = _AGENT_MARK.match(text[mention.end : end])
        if (
            mark
            and mark["does"]
            and (_TOLD.search(text, start, end) or not _begins(text, start, entities, bodies, position))
        ):
            continue
        if not mark or (
            not mark["must"]
            and mark["does"] is None
            and not mark["lead"]
            and not re.match("会同|配合", text[mention.end : end])
        ):
            continue
        begin = mention.end + mark.end()
        actors = _list_up_to(text, entities, bodies, position)
        with_others = WITH.match(text[begin:end]) or re.match("^(?:会同|联合|配合)", text[begin:end])
        partners: list[int] = []
        generic: list[str] = []
        if with_others:
            stop = begin + with_others.end()
            partners = [bodies[at] for at in _between(entities, bodies, begin, stop)]
            if "co" in with_others.groupdict() and not partners:
                generic = with_others["co"].rstrip("，").split("、")
            elif "co" not in with_others.groupdict():
                partners, stop = _partners(text, entities, bodies, stop)
                others = None if partners else _OTHERS.match(text, stop, end)
                stop = others.end() if others else stop
            begin = stop
        if mark["lead"] and not partners:
            partners, begin = _supporting(text, entities, bodies, begin)
        begin += len(_LEADS_ON.match(text[begin:end]).group())  # type: ignore[union-attr]
        while begin < end and text[begin] in "，、 ":
            begin += 1
        if _asks_nothing(text, start, begin, end, leads=bool(mark["lead"])):
            continue
        task = task_of(text, begin, end, heading)
        task.named = dict.fromkeys(actors, True) | dict.fromkeys(partners, False)
        task.generic = generic
        return task
    return None


def name_actors(text: str, entities: Sequence[Mention], bodies: list[int], task: Task) -> None:
    """Say which named bodies are to do a task: those that `generic` ends with, or that the task begins with.

    `省商务厅将…`, `长沙市重点发展…`: what they do begins behind them.
    """
    actor = task.generic[0] if task.generic else ""
    stop = task.start
    if actor:
        begin = text.rfind(actor, 0, task.start)
        last = [
            at
            for at in _between(entities, bodies, begin, stop)
            if entities[bodies[at]].end == begin + len(actor)
        ]
    else:
        opening, stop = _partners(text, entities, bodies, task.start)
        last = [bodies.index(opening[-1])] if opening else []
    if not last or not (actor or _ORDERED.match(text, stop, task.end)):
        return
    listed = _list_up_to(text, entities, bodies, last[-1])
    task.named, task.generic = dict.fromkeys(listed, True), []
    if not actor:
        begun = task_of(text, stop, task.end, None)
        task.start, task.text = begun.start, begun.text


def _between(entities: Sequence[Mention], bodies: list[int], begin: int, end: int) -> range:
    """The places in `bodies`, which stand in the order of the text, of those that begin in a stretch."""

    def start(number: int) -> int:
        return entities[number].start

    return range(bisect_left(bodies, begin, key=start), bisect_left(bodies, end, key=start))


def _asks_nothing(text: str, start: int, begin: int, end: int, *, leads: bool) -> bool:
    """Whether what stands behind a body is told and no task: 联合…组建, or nothing at all."""
    if end - begin < _SHORTEST_CLAUSE or text[begin] in "：:）)的由":
        return True
    return leads and bool(_FOUNDS.match(text, begin, end) or _SO_FAR.search(text, start, begin))


def _acts(mention: Mention, text: str) -> bool:
    """Whether a body can be told to do something: an agency, or a place that is to (`泸州市要…`)."""
    if _NO_TASK.search(text, max(0, mention.start - 8), mention.start):
        return False
    return mention.kind == "Agency" or (
        mention.kind == "Region" and text[mention.end : mention.end + 1] in ("要", "应", "须")
    )


def _begins(text: str, start: int, entities: Sequence[Mention], bodies: list[int], position: int) -> bool:
    """Whether the body, or the list that it closes, opens its clause."""
    first = entities[_list_up_to(text, entities, bodies, position)[0]].start
    return first == start or text[first - 1] in "，；：。、是 \u3000"


def _list_up_to(text: str, entities: Sequence[Mention], bodies: list[int], position: int) -> list[int]:
    actors = [bodies[position]]
    while position > 0 and text[entities[bodies[position - 1]].end : entities[actors[0]].start] in (
        "、",
        "和",
        "与",
    ):
        position -= 1
        actors.insert(0, bodies[position])
    return actors


def _partners(text: str, entities: Sequence[Mention], bodies: list[int], start: int) -> tuple[list[int], int]:
    """The named bodies from `start` on, and where what they do begins."""
    found: list[int] = []
    at = start
    for place in range(_between(entities, bodies, start, start).start, len(bodies)):
        if entities[bodies[place]].start != at:
            break
        found.append(bodies[place])
        at = entities[bodies[place]].end
        if text[at : at + 1] in ("、", "和", "与", "及"):
            at += 1
    others = re.match("等[^，；]{0,8}?(?:部门|单位)，?", text[at : at + 16])
    return found, at + (others.end() if others else 0)


def _supporting(
    text: str, entities: Sequence[Mention], bodies: list[int], begin: int
) -> tuple[list[int], int]:
    """`市教育局牵头，市财政局、市人社局配合，每年发布…`: who supports the leader, and where the task begins."""
    start = begin + (text[begin : begin + 1] in "，、")
    found, stop = _partners(text, entities, bodies, start)
    support = re.compile("(?:等[^，；]{0,6}(?:部门|单位))?(?:配合|参与|协同|协助)，?").match(text, stop)
    return (found, support.end()) if found and support else ([], begin)


def responsible_brackets(
    text: str, entities: Sequence[Mention], bodies: list[int], begin: int, end: int
) -> list[re.Match[str]]:
    """The brackets that say who is responsible, by a word or by a list of agencies behind a full stop, in their order."""
    found = list(BRACKETS.finditer(text, begin, end))
    if not _OPENED.search(text, begin, end):
        return found
    agencies = {entities[n].start for n in bodies if entities[n].kind == "Agency"}
    said = {place for bracket in found for place in range(*bracket.span())}
    alone = [
        bracket
        for bracket in _BODIES_ALONE.finditer(text, begin, end)
        if bracket.start("in") in agencies and said.isdisjoint(range(*bracket.span()))
    ]
    return sorted([*found, *alone], key=lambda bracket: bracket.start())


def in_brackets(
    text: str, entities: Sequence[Mention], bodies: list[int], tasks: list[Task], place: Place
) -> None:
    """Responsible bodies in brackets at the end stand behind all tasks before them that name nobody.

    What they stand behind is tasks: each of its sentences and semicolons is one, and where there are none the heading.
    """
    behind = place.begin
    given, at = sorted(tasks, key=_start), 0
    reached = 0  # where what begins before the stretch behind the last bracket ends
    own: list[Task] = []  # what begins in that stretch
    for bracket in responsible_brackets(text, entities, bodies, place.begin, place.end):
        stop = bisect_left(given, bracket.start(), at, key=_start)
        own += [task for task in given[at:stop] if task.start >= behind]
        reached, at = max([reached, *(task.end for task in given[at:stop] if task.start < behind)]), stop
        inside = [bodies[n] for n in _between(entities, bodies, bracket.start() + 1, bracket.end())]
        if not inside:
            continue
        begin = max(behind, place.body if place.body < bracket.start() else place.begin)
        new = _demanded(text, begin, bracket.start(), own, reached)
        if not own and not new:
            heading = _heading(text, place) if behind == place.begin else None
            first = _SENTENCE.search(text, behind, bracket.start())
            if heading is None and first and not _NO_DEMAND.search(first.group().lstrip("，")):
                heading = task_of(text, first.start(), first.end(), None)
            if heading is not None:
                heading.end = bracket.start()
                new.append(heading)
        _hand_over([*own, *new], text, bracket.span(), entities, inside)
        tasks += new
        behind, reached, own = bracket.end(), max([reached, *(task.end for task in own)]), []
    tasks.sort(key=lambda task: (task.start, task.end))


def in_lines_below(
    text: str, entities: Sequence[Mention], bodies: list[int], tasks: Sequence[Task], outline: Sequence[Place]
) -> None:
    """A line of its own (`责任单位：市教育局、市财政局`) names who is to do what the line before asks for."""
    for place, below in pairwise(outline):
        inside = [bodies[at] for at in _between(entities, bodies, below.begin, below.end)]
        if inside and ONLY_WHO.match(text, below.begin, below.end):
            above = [task for task in tasks if place.begin <= task.start < place.end]
            _hand_over(above, text, (below.begin, below.end), entities, inside)


def _hand_over(
    tasks: Sequence[Task], text: str, listed: Stretch, entities: Sequence[Mention], inside: Sequence[int]
) -> None:
    """Make the bodies that a bracket or line lists responsible for those of the tasks that name nobody."""
    begin, end = listed
    for task in tasks:
        if not task.named:
            task.named = {
                n: leads_in_list(text[begin:end], entities[n].start - begin, len(inside)) for n in inside
            }
            task.generic = []


def _start(task: Task) -> int:
    return task.start


def _demanded(text: str, begin: int, end: int, tasks: Sequence[Task], reached: int) -> list[Task]:
    """The sentences and semicolons of a stretch that no task holds yet, but for those that only set a goal.

    `tasks` are those that begin in it, in their order; those before it end at `reached` at the latest.
    """
    ends = list(accumulate((task.end for task in tasks), max, initial=reached))
    found = []
    for segment in _SEGMENT.finditer(text, begin, end):
        start, stop = trimmed(text, segment.start(), segment.end())
        held = start < ends[bisect_left(tasks, stop, key=_start)]
        if (
            stop - start > _SHORTEST_TASK
            and not held
            and not GOAL.match(text, start)
            and not _NO_DEMAND.search(text[start:stop].lstrip("，"))
        ):
            found.append(task_of(text, start, stop, None))
    return found


def _heading(text: str, place: Place) -> Task | None:
    """The task that the heading of a numbered item is: `推行招生即招工。…（牵头单位：…）`."""
    numbering = NUMBERING.match(text[place.begin : place.end])
    start = place.begin + numbering.end() if numbering else place.body
    if place.body <= start:
        return None
    heading = text[start : place.body].rstrip("。 ")
    named = (
        not _NO_DEMAND.search(heading)
        and re.fullmatch("[^，。；]{4,30}", heading)
        and not re.search("目标|原则|思路|意义", heading)
    )
    return task_of(text, start, start + len(heading), None) if named else None


def leads_in_list(words: str, position: int, count: int) -> bool:
    """Whether the body at `position` in a bracket or list leads: named before 牵头, or behind 牵头单位：, or alone."""
    before, after = words[:position], words[position:]
    if re.search("配合单位|配合部门|参与单位", before):
        return False
    if re.search("牵头单位|牵头部门", before):
        return True
    if "牵头" in words:
        return "牵头" in after
    return count == 1 or "负责" in after or bool(_BODIES_HEAD.search(before))
