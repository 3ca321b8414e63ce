"""Measures (改革举措): what a document asks for, of whom, by when, and who is named responsible for it.

A task is read in a numbered paragraph of a section that sets tasks, where `X 要 …` or an imperative says it; and
anywhere where a named body leads, is to do it or stands behind it in brackets (`（牵头单位：…；配合单位：…）`).
`text` is its core clause, `surface` the whole of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from nlp.dates import iso_date
from nlp.extraction import MeasureSpan, Mention, Relation
from nlp.outline import Place
from nlp.words import Words

_SENTENCE: Final = re.compile("[^。！？\n]+")
_SEGMENT: Final = re.compile("[^；]+")
_GENERIC_BODY: Final = (
    "(?:(?:有关|相关|各有关|各级各类|各级|各|市级有关|市级|省级|有关市级)?(?:市级|"
    "省级)?(?:部门|区县|县区|单位|地区|高校|院校|学校|企业|园区|区县政府|"
    "成员企业|地方|市级层面|职业院校|职业学校|高等学校|高等院校|产教联合体|"
    "联合体|行业组织|政府部门|联合体成员单位)(?:和单位)?)"
)
_MUST: Final = "(?:要|应当|应|须|必须)"
_ACTED: Final = re.compile(f"^(?P<actor>[^；：]{{1,60}}?)，?(?P<must>{_MUST})(?!求|点|么|素|件)")
_ACTOR_ENDS: Final = re.compile(
    f"(?:部门|区县|单位|地区|高校|院校|学校|企业|联合体|政府|园区|专班|组织|机构|方面|协会|中心|办|{_GENERIC_BODY})$"
)
_NOT_ACTORS: Final = re.compile(
    "^(?:我们|大家|同志们|各有关方面|这|那|既|也|还|更|只|首先|[^，]{0,2}$)|既$|主$|重$|需$|还$|更$|不仅$|都$|必$|将$"
)
_WITH: Final = re.compile(
    f"^(?:，)?(?:会同|联合|配合|协同)(?P<co>(?:[^，；。]{{2,60}}?等(?:市级|省级|相关|"
    f"有关)?(?:部门|单位)，?)|(?:{_GENERIC_BODY}(?:[、和]{_GENERIC_BODY})*，?))"
)
_BRACKETS: Final = re.compile(
    "[（(]([^（）()]{2,160}(?:负责|牵头|配合|责任单位|牵头单位|参与|按职责分工)[^（）()]{0,120}|"
    "(?:责任单位|牵头单位|责任部门|牵头部门)[：:][^（）()]{2,200})[）)]"
)
_MEMBERS: Final = re.compile("作为成员单位，")
_TASK_FORCE: Final = re.compile(
    "^(?P<actor>[^，；。]{0,8}?)(?P<task>成立[^，；。]{2,20}(?:专班|领导小组|工作组|委员会))(?=，)"
)
_THAT_IS: Final = re.compile('(?:第[一二三四五六七八九十]个)?[“"][^”"]{1,4}[”"]即(?P<what>[^：；]{2,40})：')
_MAKES: Final = re.compile("^(?:构建|建立|打造|实施|推进|完善|开展|建设|健全)")
_SETTING: Final = re.compile(
    "^(?:坚持把|坚持“|紧扣|依托|聚焦|根据|对照|按照|围绕|以[^，]{0,20}(?:为|思维)(?!推进)|"
    "准确|深入研究|找准|集中|充分|积极发挥|勇于|敢于|积极争取|"
    "通过|学习借鉴|遵循|坚持以(?!.{0,12}推进)|立足|针对|在[^，]{0,20}(?:方面|中|上|下|基础上)$|因地制宜|“一|积极融入|紧盯|发挥|"
    "结合|瞄准|用好|除[^，]{0,30}外$|自[^，]{0,30}起$|经[^，]{0,20}后$|[^，]{2,60}(?:的|时)$)"
)
_STATES: Final = re.compile(
    "是(?:很|一|推|打|贯|重)|既要|已经|取得了|有了|表示|指出|强调|认为|不是|已(?:建|成|有)|同比|增长了"
)
_IMPERATIVE: Final = re.compile(
    "^(?:切实|加快|积极|大力|深入|全面|着力|不断|进一步|持续|严格|统筹|充分|主动|尽快|及时|定期|集中|稳步|有序|广泛|认真|重点|"
    "扎实|逐步|科学|合理|联合|共同|健全|鼓励|支持|引导|对|把|将|以|按照|在[^，]{2,20}，|"
    "今后，|每年|每|到20\\d\\d年|坚持|聚焦|紧扣|围绕|依托|构建|打造|落实|推行|推动|推广|营造)"
)
_TODAY: Final = re.compile("^(?:今后|同时|此外|另外|其次|首先|最后)，")
_DUE: Final = re.compile(
    "(?:20\\d\\d年\\d{0,2}月?(?:底|末)?(?:前|之前)?|到20\\d\\d年(?:底|末)?|\\d{1,2}月底前|每年|每季度|每学期|年底前)"
)
_TRIM: Final = re.compile("^(?:不断|尽快|要|并|及时)+")
_BODIES_HEAD: Final = re.compile("责任单位|牵头单位|责任部门|牵头部门")
_AGENT_MARK: Final = re.compile(
    f"^(?:等[^，；。：]{{0,8}}?(?:部门|单位))?(?:，)?(?:(?P<must>{_MUST})(?!求|点|素|件)|"
    f"(?P<lead>负责牵头|牵头负责|负责|牵头)(?!的|单位|部门|人)|(?=会同|配合))"
)
_LEADS_ON: Final = re.compile("^(?:牵头|负责|具体|抓好)?")


@dataclass
class Task:
    """A task while it is read: its span, who is to do it (mentions and generic words), and who of them leads."""

    start: int
    end: int
    text: str
    named: dict[int, bool] = field(default_factory=dict)  # entity → leads
    generic: list[str] = field(default_factory=list)


def measures(
    text: str, words: Words, entities: Sequence[Mention], place: Place, today: str | None
) -> tuple[list[MeasureSpan], list[Relation]]:
    """The tasks of a passage and who is responsible for them, in the order of the text."""
    bodies = [number for number, mention in enumerate(entities) if mention.kind in ("Agency", "Region")]
    tasks: list[Task] = []
    heading: str | None = None
    if not re.match("\\s*(?:责任单位|责任部门|牵头单位)[：:]", text):
        for sentence in _SENTENCE.finditer(text, place.body):
            begin, end = sentence.start(), sentence.end()
            bracket = _BRACKETS.search(text, begin, end)
            if bracket and not text[bracket.end() : end].strip():
                end = bracket.start()
            short = text[begin:end].strip()
            if place.numbered and re.fullmatch("要[^，；：]{2,16}", short):
                heading = short[1:]
                continue
            previous: Task | None = None
            for segment in _SEGMENT.finditer(text, begin, end):
                read = list(
                    _read(
                        text,
                        words,
                        entities,
                        bodies,
                        segment.start(),
                        segment.end(),
                        place,
                        heading,
                        previous,
                    )
                )
                tasks += read
                previous = read[-1] if read else previous
    _in_brackets(text, entities, bodies, tasks, place)
    return _spans(text, entities, tasks, today), _responsibilities(entities, tasks)


def _read(
    text: str, words: Words, entities: Sequence[Mention], bodies: list[int], start: int, end: int, place: Place,
    heading: str | None, previous: Task | None,
) -> Iterator[Task]:  # fmt: skip
    start, end = _trimmed(text, start, end)
    skipped = _TODAY.match(text[start:end])
    if skipped:
        start += skipped.end()
    segment = text[start:end]
    explained = _THAT_IS.search(segment)
    if explained:
        begin = start + (explained.start("what") if _MAKES.match(explained["what"]) else explained.end())
        yield _task(text, begin, end, heading)
        return
    members = _MEMBERS.search(segment)
    if members:
        yield from _of_task_force(text, entities, bodies, start, end, start + members.start(), heading)
        return
    led = _led_by_agency(text, entities, bodies, start, end, heading)
    if led is not None:
        yield led
        return
    if not (place.sets_tasks and place.numbered):
        return
    if segment.startswith("要") and "，" in segment:
        if segment.startswith("要求"):
            return
        task = _task(text, start + 1, end, heading)
        if previous is not None:
            task.named, task.generic = dict(previous.named), []
        elif place.addressee:
            task.generic = [place.addressee]
        yield task
        return
    acted = _ACTED.match(segment)
    if acted and _ACTOR_ENDS.search(acted["actor"]) and not _NOT_ACTORS.search(acted["actor"]):
        begin = start + acted.end("must")
        with_others = _WITH.match(text[begin:end])
        task = _task(text, begin + (with_others.end() if with_others else 0), end, heading)
        task.generic = acted["actor"].split("、") if len(acted["actor"]) < 20 else [acted["actor"]]
        yield task
        return
    if _is_imperative(segment, words, start) and not _STATES.search(segment[:40]):
        task = _task(text, start, end, heading)
        task.generic = [place.addressee] if place.addressee else []
        yield task


def _of_task_force(
    text: str,
    entities: Sequence[Mention],
    bodies: list[int],
    start: int,
    end: int,
    listed: int,
    heading: str | None,
) -> Iterator[Task]:
    """`成立工作专班，A、B 作为成员单位，统筹推进…`: setting it up, and what its named members then do."""
    force = _TASK_FORCE.match(text[start:end])
    if force:
        first = _task(text, start + force.start("task"), start + force.end("task"), None)
        first.generic = [force["actor"]] if force["actor"] else []
        yield first
    task = _task(text, listed + len("作为成员单位，"), end, heading)
    task.named = {number: False for number in bodies if start <= entities[number].start < listed}
    yield task


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "，；"):
        end -= 1
    return start, end


def _is_imperative(segment: str, words: Words, start: int) -> bool:
    index = words.index(start)
    first_is_verb = (
        0 <= index < len(words.tags)
        and words.tags[index] in ("v", "vn", "ad")
        and len(words.texts[index]) > 1
    )
    return len(segment) > 7 and (bool(_IMPERATIVE.match(segment)) or first_is_verb)


def _led_by_agency(
    text: str, entities: Sequence[Mention], bodies: list[int], start: int, end: int, heading: str | None
) -> Task | None:
    """`市教委要会同市财政局等部门，制定…`, `省科技厅负责牵头建设…`: the first named bodies that are to do something."""
    for position, number in enumerate(bodies):
        mention = entities[number]
        if mention.kind != "Agency" or not start <= mention.start < end:
            continue
        following = entities[bodies[position + 1]] if position + 1 < len(bodies) else None
        if following is not None and text[mention.end : following.start] in ("、", "和", "与"):
            continue  # not the last of its list
        mark = _AGENT_MARK.match(text[mention.end : end])
        if not mark or (
            not mark["must"] and not mark["lead"] and not re.match("会同|配合", text[mention.end : end])
        ):
            continue
        begin = mention.end + mark.end()
        actors = _list_up_to(text, entities, bodies, position)
        with_others = _WITH.match(text[begin:end]) or re.match("^(?:会同|联合|配合)", text[begin:end])
        partners: list[int] = []
        generic: list[str] = []
        if with_others:
            stop = begin + with_others.end()
            partners = [n for n in bodies if begin <= entities[n].start < stop]
            if "co" in with_others.groupdict() and not partners:
                generic = with_others["co"].rstrip("，").split("、")
            elif "co" not in with_others.groupdict():
                partners, stop = _partners(text, entities, bodies, stop)
            begin = stop
        begin += len(_LEADS_ON.match(text[begin:end]).group())  # type: ignore[union-attr]
        while begin < end and text[begin] in "，、 ":
            begin += 1
        if end - begin < 4 or text[begin] in "：:）)的":
            continue
        task = _task(text, begin, end, heading)
        task.named = dict.fromkeys(actors, True) | dict.fromkeys(partners, False)
        task.generic = generic
        return task
    return None


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
    for number in bodies:
        if entities[number].start == at:
            found.append(number)
            at = entities[number].end
            if text[at : at + 1] in ("、", "和", "与", "及"):
                at += 1
    others = re.match("等[^，；]{0,8}?(?:部门|单位)，?", text[at : at + 16])
    return found, at + (others.end() if others else 0)


def _task(text: str, start: int, end: int, heading: str | None) -> Task:
    """A task with its core clause: the one that the heading repeats, else the first that is more than a setting."""
    start, end = _trimmed(text, start, end)
    clauses = [(m.start() + start, m.group()) for m in re.finditer("[^，：]+", text[start:end])]
    core = next(
        (clause for _, clause in clauses if heading and len(heading) > 3 and heading[-6:] in clause), None
    )
    if core is None:
        core = next(
            (clause for _, clause in clauses if not _SETTING.match(clause)), clauses[0][1] if clauses else ""
        )
    return Task(start, end, _TRIM.sub("", core).strip() or core)


def _in_brackets(
    text: str, entities: Sequence[Mention], bodies: list[int], tasks: list[Task], place: Place
) -> None:
    """Responsible bodies in brackets at the end stand behind all tasks before them that name nobody."""
    behind = 0
    for bracket in _BRACKETS.finditer(text):
        inside = [n for n in bodies if bracket.start() < entities[n].start < bracket.end()]
        if not inside:
            continue
        if not any(behind <= task.start < bracket.start() for task in tasks):
            numbering = place.body if place.body < bracket.start() else 0
            begin = max(behind, numbering if re.search("[^\\s。]", text[numbering : bracket.start()]) else 0)
            first = _SENTENCE.search(text, begin, bracket.start())
            if first:
                tasks.append(_task(text, first.start(), first.end(), None))
        words = bracket.group()
        for task in tasks:
            if behind <= task.start < bracket.start() and not task.named:
                task.named = {
                    n: _leads_in_bracket(words, entities[n].start - bracket.start(), len(inside))
                    for n in inside
                }
                task.generic = []
        behind = bracket.end()
    tasks.sort(key=lambda task: (task.start, task.end))


def _leads_in_bracket(words: str, position: int, count: int) -> bool:
    """Whether the body at `position` in the bracket leads: named before 牵头, or behind 牵头单位：, or alone."""
    before, after = words[:position], words[position:]
    if re.search("配合单位|配合部门|参与单位", before):
        return False
    if re.search("牵头单位|牵头部门", before):
        return True
    if "牵头" in words:
        return "牵头" in after
    return count == 1 or "负责" in after or bool(_BODIES_HEAD.search(before))


def _spans(text: str, entities: Sequence[Mention], tasks: list[Task], today: str | None) -> list[MeasureSpan]:
    found = []
    for task in tasks:
        surface = text[task.start : task.end]
        due = _DUE.search(surface)
        when = None
        if due:
            when = due.group() if not any(c.isdigit() for c in due.group()) else iso_date(due.group(), today)
        found.append(
            MeasureSpan(
                text=task.text,
                surface=surface,
                start=task.start,
                end=task.end,
                responsible=tuple(entities[number].surface for number in task.named),
                responsible_generic=tuple(word.strip() for word in task.generic if word.strip()),
                due=when,
            )
        )
    return found


def _responsibilities(entities: Sequence[Mention], tasks: list[Task]) -> list[Relation]:
    return [
        Relation(
            "RESPONSIBLE_FOR",
            number,
            None,
            min(entities[number].start, task.start),
            max(task.end, entities[number].end),
            measure=task.text,
            status="计划",
            properties={"lead": lead},
        )
        for task in tasks
        for number, lead in task.named.items()
    ]
