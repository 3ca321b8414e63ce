"""Measures (改革举措): what a document asks for, of whom, by when, and who is named responsible for it.

A task is read in a numbered paragraph of a section that sets tasks, where `X 要 …` or an imperative says it; and
anywhere where a named body leads, is to do it or stands behind it in brackets (`（牵头单位：…；配合单位：…）`).
`text` is its core clause, `surface` the whole of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest
from typing import Final

from nlp.asking import asked
from nlp.dates import iso_date
from nlp.extraction import BY_MODEL, BY_RULE, MeasureSpan, Mention, Relation
from nlp.outline import Place
from nlp.responsibility import (
    GENERIC_BODY,
    MUST,
    ONLY_WHO,
    WITH,
    in_brackets,
    in_lines_below,
    led_by_agency,
    name_actors,
    responsible_brackets,
)
from nlp.tasks import STATES, Task, is_imperative, is_order, task_of, trimmed
from nlp.words import Words

_SENTENCE: Final = re.compile("[^。！？\n]+")
_SEGMENT: Final = re.compile("[^；]+")
_ACTED: Final = re.compile(f"^(?P<actor>[^；：]{{1,60}}?)，?(?P<must>{MUST})(?!求|点|么|素|件)")
_ACTOR_ENDS: Final = re.compile(
    f"(?:部门|区县|单位|地区|高校|院校|学校|大学|学院|企业|公司|集团|联合体|共同体|市州|县市|市县|区县市|政府|园区|专班|组织|机构|方面|协会|中心|办|平台|基地|资源库|专业群|新城|科技城|开发区|全[省市州县区]|各地|各(?:设区的?)?[市县区州盟旗省校]{{1,3}}|城市|"
    f"县（[市区旗、]{{2,5}}）|{GENERIC_BODY})$"
)
# 各县（市、区）|在2022年6月底前完成…: who, by when, and what.
_DATED: Final = re.compile(
    "^(?:请)?(?P<actor>[^，；。]{2,24}?)(?:在|于)(?:20\\d\\d年)?(?:\\d{1,2}月)?(?:\\d{1,2}日|[年月]?底|上旬|中旬|下旬)?之?以?前，?(?:要)?"
    "(?=(?:全面|基本|全部)?(?:完成|建成|出台|制定|报送|上报|[将把]|建立|组建|开展|实现|印发|启动|公布))"
)
_BODY: Final = re.compile(
    "^各(?:设区的?)?[市县区州地盟旗师省]{1,3}(?:[、（(][^，；]{1,14})?(?=结合|根据|，|$)|(?:部门|区县|单位|园区|院校|学校|高校|企业|平台|基地|资源库|开发区|新城|科技城)$|^各[^，；、]{2,12}[局厅委办群]$|^全[省市州县区]$"
)
_NOT_ACTORS: Final = re.compile(
    "^(?:我们|大家|同志们|各有关方面|这|那|既|也|还|更|只|首先|(?!各[地市县区州盟旗省校]|全[省市州县区])[^，]{0,2}$)|既$|主$|重$|需$|还$|更$|不仅$|都$|必$|将$"
)
_ASKING: Final = re.compile("(?:同志们，|今后，|下一步，)?要(?!求|点|么|素|件|认识|看到|知道)[^，。；]{3,}")
_SPOKEN: Final = re.compile("[^。；]{0,40}?(?:强调|指出|要求|建议)[，：]")
_SAID: Final = re.compile("(?:表示|说|介绍|认为)，")
_WISH: Final = re.compile("(?:^|，)(?=要(?!求|点|么|素|件|认识|看到|知道))")
_HEADS: Final = re.compile(
    "\\s*(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)[^，。；：（\\n]{4,20}。?\\s*"
)
_BELOW: Final = re.compile("\\s*(?:（[一二三四五六七八九十]{1,3}）|\\d{1,2}[.．])(?!\\d)")
_ANOTHER: Final = re.compile(
    "，(?=(?:各[^，；。]{1,10}|[^，；。]{2,12}?(?:部门|企业|院校|学校|园区|区县|组织|机构))要(?!求|点|么|素|件))"
)
_GOES_ON: Final = re.compile(
    "\\s*；\\s*(?:[一二三四五六七八九十]是|并|还|同时，?)?[要将]?"
)  # 市教育局将…；并要…
_MEMBERS: Final = re.compile("作为成员单位，")
_TASK_FORCE: Final = re.compile(
    "^(?P<actor>[^，；。]{0,8}?)(?P<task>成立[^，；。]{2,20}(?:专班|领导小组|工作组|委员会))(?=，)"
)
_THAT_IS: Final = re.compile('(?:第[一二三四五六七八九十]个)?[“"][^”"]{1,4}[”"]即(?P<what>[^：；]{2,40})：')
_MAKES: Final = re.compile("^(?:构建|建立|打造|实施|推进|完善|开展|建设|健全)")
_TODAY: Final = re.compile(
    "^(?:(?:今后|同时|此外|另外|其次|首先|最后|下一步|接下来|同志们)，|20\\d{2}年(?=统筹|组织|开展|实施|推动|推进|启动|完善|支持)|(?:主要|重点|总体|工作)?(?:任务|要求|举措|措施)[：:]|"
    "(?:《[^》]{2,60}》|规划|方案|意见|计划|通知)(?:提出|明确|要求)，)"
)
_REPORT: Final = re.compile(
    "制[定订]本|(?:完成|进展|落实|推进)(?:情况)?[：:]|(?:牵头责任|责任|牵头)(?:单位|部门)[：:]"
)
_INLINE: Final = re.compile("(?:第?[一二三四五六七八九十](?:是|要)(?:要)?|首先，|其次，)")
# `三是强化企业主体作用。对…的企业，…`: an item with a heading of its own
_HEADLINE: Final = re.compile("[一二三四五六七八九十](?:是|要)(?:要)?([^，；：、（]{4,16})")
_NEXT_ITEM: Final = re.compile("[。\\s]*(?:[一二三四五六七八九十](?:是|要)|$)")
_LEAD_IN: Final = re.compile("(?:抓好|做好|突出|落实)(?:以下)?[两三四五六几]?(?:件事|个方面|项工作|点)$")
_DUE: Final = re.compile(
    "(?:20\\d\\d年\\d{0,2}月?(?:\\d{1,2}日)?(?:底|末)?(?:前|之前)?|到20\\d\\d年(?:底|末)?|\\d{1,2}月(?:底|\\d{1,2}日)前|"
    "每年|每季度|每学期|年底前)"
)


def read_due(words: str, today: str | None) -> str | None:
    """By when something is to be done, as words of a document say it: an ISO date, or 每年 as it stands."""
    due = _DUE.search(words)
    if due and not any(character.isdigit() for character in due.group()):
        return due.group()
    return iso_date(words, today)


def measures(
    text: str,
    words: Words,
    entities: Sequence[Mention],
    outline: Sequence[Place],
    today: str | None,
    *,
    asking: bool = True,
) -> tuple[list[MeasureSpan], list[Relation]]:
    """The tasks of a passage and who is responsible for them, in the order of the text.

    With `asking` also what no rule has, and without what the rules take for one and hardly is.
    """
    bodies = [number for number, mention in enumerate(entities) if mention.kind in ("Agency", "Region")]
    tasks: list[Task] = []
    for place, following in zip_longest(outline, outline[1:]):
        if (
            following is not None
            and _HEADS.fullmatch(text, place.begin, place.end)
            and _BELOW.match(text, following.begin, following.end)
        ):
            continue  # （一）实施培育计划。1.深化…: what stands below it are the tasks
        # 企业要: and then nothing is no task
        tasks += [task for task in _of_line(text, words, entities, bodies, place) if task.start < task.end]
    if asking:
        tasks = asked(text, words, outline, tasks)
        for before, task in pairwise([None, *tasks]):
            if task is not None and not task.by_rules:
                name_actors(text, entities, bodies, task)
                if (
                    before
                    and not task.generic
                    and not task.named
                    and _GOES_ON.fullmatch(text, before.end, task.start)
                ):
                    task.named = dict(before.named)
    in_lines_below(text, entities, bodies, tasks, outline)
    return _spans(text, entities, tasks, today), _responsibilities(entities, tasks)


def _of_line(
    text: str, words: Words, entities: Sequence[Mention], bodies: list[int], place: Place
) -> list[Task]:
    tasks: list[Task] = []
    heading: str | None = None
    asking = False  # `要开展…。推动…。`: a speech goes on asking
    brackets = responsible_brackets(text, entities, bodies, place.begin, place.end)
    if not ONLY_WHO.match(text[place.begin : place.end]):
        for sentence in _SENTENCE.finditer(text, place.body, place.end):
            begin, end = sentence.start(), sentence.end()
            for bracket in brackets[bisect_right(brackets, begin, key=re.Match.end) :]:
                if bracket.start() >= end:
                    break
                if bracket.start() <= begin:
                    begin = min(bracket.end(), end)
                elif not text[bracket.end() : end].strip():
                    end = bracket.start()
            if not text[begin:end].strip():
                continue
            short = text[begin:end].strip()
            if place.numbered and re.fullmatch("要[^，；：]{2,16}", short):
                heading = short[1:]
                continue
            headline = _HEADLINE.fullmatch(short)
            if headline and place.sets_tasks and not _NEXT_ITEM.match(text, sentence.end(), place.end):
                heading = headline[1]  # 三是强化企业主体作用。对…企业，…: what it asks for stands behind it
                asking = True
                continue
            asking = asking or bool(_ASKING.match(short))
            previous: Task | None = None
            for first, stop in _segments(text, begin, end):
                wish = _wish(text, first, stop) if place.speech else None
                start = first if wish is None else wish
                asking = asking or wish is not None
                read = list(
                    _read(text, words, entities, bodies, start, stop, place, heading, previous, asking)
                )
                tasks += read
                previous = read[-1] if read else previous
    in_brackets(text, entities, bodies, tasks, place)
    return tasks


def _wish(text: str, start: int, stop: int) -> int | None:
    """Where in a segment of a speech what is asked for begins: behind `他强调，` and what only explains it."""
    spoken = _SPOKEN.match(text, start, stop)
    begin = spoken.end() if spoken else start
    acted = _ACTED.match(text[begin:stop])
    if acted and "，" not in acted.group() and not _NOT_ACTORS.search(acted["actor"]):
        return begin
    wish = _WISH.search(text[begin:stop])
    return begin + wish.end() if wish else None


def _segments(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """What `；` parts, and what a new actor begins: `部门要做好…，各类企业要把…`."""
    for segment in _SEGMENT.finditer(text, begin, end):
        start, stop = segment.span()
        if _ACTED.match(text[start:stop]):
            for another in _ANOTHER.finditer(text, start, stop):
                yield start, another.start()
                start = another.start() + 1
        yield start, stop


def _read(
    text: str, words: Words, entities: Sequence[Mention], bodies: list[int], start: int, end: int, place: Place,
    heading: str | None, previous: Task | None, asking: bool,
) -> Iterator[Task]:  # fmt: skip
    start, end = trimmed(text, start, end)
    skipped = _TODAY.match(text[start:end])
    if skipped:
        start += skipped.end()
    inline = _INLINE.match(text[start:end])
    if inline:
        start += inline.end()
    segment = text[start:end]
    if _LEAD_IN.search(segment) or _REPORT.match(segment):
        return
    explained = _THAT_IS.search(segment)
    if explained:
        begin = start + (explained.start("what") if _MAKES.match(explained["what"]) else explained.end())
        yield task_of(text, begin, end, heading)
        return
    members = _MEMBERS.search(segment)
    if members:
        yield from _of_task_force(text, entities, bodies, start, end, start + members.start(), heading)
        return
    led = led_by_agency(text, entities, bodies, start, end, heading)
    while led is not None:
        following = led_by_agency(text, entities, bodies, led.start, end, heading)
        if following is not None:  # another body's task in the same sentence: 甲要…，乙每半年…
            agents = min(entities[number].start for number in following.named)
            led.end = trimmed(text, led.start, agents)[1]
        yield led
        if following is None:
            return
        led = following
    if place.sets_tasks and (
        place.numbered or inline or asking or _names_actor(segment) or (place.orders and is_order(segment))
    ):
        yield from _asked(text, words, start, end, place, heading, previous)


def _names_actor(segment: str) -> bool:
    acted = _ACTED.match(segment)
    return acted is not None and bool(_BODY.search(acted["actor"])) and not _SAID.search(acted["actor"])


def _asked(
    text: str, words: Words, start: int, end: int, place: Place, heading: str | None, previous: Task | None
) -> Iterator[Task]:
    """What is asked of bodies that have no name, or of nobody in particular."""
    segment = text[start:end]
    if segment.startswith("要") and "，" in segment:
        if segment.startswith("要求"):
            return
        task = task_of(text, start + 1, end, heading)
        if previous is not None:
            task.named, task.generic = dict(previous.named), []
        elif place.addressee:
            task.generic = [place.addressee]
        yield task
        return
    acted = _ACTED.match(segment)
    if acted and _ACTOR_ENDS.search(acted["actor"]) and not _NOT_ACTORS.search(acted["actor"]):
        begin = start + acted.end("must")
        with_others = WITH.match(text[begin:end])
        task = task_of(text, begin + (with_others.end() if with_others else 0), end, heading)
        task.generic = acted["actor"].split("、") if len(acted["actor"]) < 20 else [acted["actor"]]
        yield task
        return
    dated = _DATED.match(segment)
    if dated and _ACTOR_ENDS.search(dated["actor"]):
        task = task_of(text, start + dated.end("actor"), end, heading)
        task.generic = [dated["actor"]]
        yield task
        return
    if is_imperative(segment, words, start) and not STATES.search(segment[:40]):
        task = task_of(text, start, end, heading)
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
        first = task_of(text, start + force.start("task"), start + force.end("task"), None)
        first.generic = [force["actor"]] if force["actor"] else []
        yield first
    task = task_of(text, listed + len("作为成员单位，"), end, heading)
    task.named = {number: False for number in bodies if start <= entities[number].start < listed}
    yield task


def _spans(text: str, entities: Sequence[Mention], tasks: list[Task], today: str | None) -> list[MeasureSpan]:
    found = []
    for task in tasks:
        surface = text[task.start : task.end]
        limit = re.search("(?:完成时限|时限|完成时间)[：:]", surface)
        due = _DUE.search(surface, limit.end() if limit else 0)
        when = read_due(due.group(), today) if due else None
        found.append(
            MeasureSpan(
                text=task.text,
                surface=surface,
                start=task.start,
                end=task.end,
                responsible=tuple(entities[number].surface for number in task.named),
                responsible_generic=tuple(word.strip() for word in task.generic if word.strip()),
                due=when,
                confidence=task.likelihood,
                method=BY_RULE if task.by_rules else BY_MODEL,
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
            method=BY_RULE if task.by_rules else BY_MODEL,
            confidence=task.likelihood,
            properties={"lead": lead},
        )
        for task in tasks
        for number, lead in task.named.items()
    ]
