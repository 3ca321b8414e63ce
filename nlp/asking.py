"""Asking (任务判别): whether a segment of a passage sets a task, by the weighed evidence of the words in and around it.

The rules of `measures` know how numbered plans and orders word their tasks. Speeches, replies, abstracts and plans
of an industry say it in other ways (`下一步，我委将…`, `希望双方…`), and news tell of wishes that are none. Logistic
regression on annotated passages (`nlp/training/asking.py`) gave each piece of evidence a weight (`asking.csv`); what
the rules have found is one of them. docs/extraction.md says what that earns.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Final

from nlp.outline import Place
from nlp.tasks import Task, task_of, trimmed
from nlp.weighing import Weights, likelihood, read_weights
from nlp.words import Words

WEIGHTS: Final = "asking.csv"
# A segment that is likelier is a task, one of the rules that names nobody and is less likely is none.
ASKED: Final = 0.5
DOUBTED: Final = 0.2

_SEGMENT: Final = re.compile("[^。！？；\n]+")
_SHORTEST: Final = 4
_LEAD: Final = 25  # words of a passage that tell what kind of text it is
_OPENING: Final = 6  # words of a segment that are told with their place
_NEXT: Final = 4
_CLAUSE: Final = re.compile("(?:^|，)([^，]{1,2})")
_ITEM: Final = re.compile(
    "(?:(?P<spoken>[一二三四五六七八九十]是)|\\d[.．、]|（[一二三四五六七八九十]）|[一二三四五六七八九十]、)$"
)
_HEADING: Final = re.compile("要?[^，；：、]{2,16}")  # 要加强系统布局。
_WILL: Final = re.compile(
    "(?:要(?!求|点|么|素|件)|应当|应(?![届化用急对邀聘])|须|将(?!其|军)|拟(?!态|合)|力争|愿意?(?!望|景)|"
    "(?:希望|期待|期盼|盼望?|建议|勉励|要求|呼吁)(?:(?:校企)?双方|各[^，。；]{1,6}|学[校院]|[^，。；]{0,4}?企业|大家)?(?:今后|继续|能够?|要)?)"
)
_TOLD: Final = re.compile("(?<!为)了(?!解)|以来$")  # 今年以来, 形成了方案
_ACTOR: Final = re.compile("(?:^|.*[，：])(?P<actor>[^，：]*)$")
_LONGEST_ACTOR: Final = 24


@dataclass(frozen=True, slots=True)
class Segment:
    """What stands between two full stops or semicolons, without its number, and the tasks of the rules in it."""

    start: int
    end: int
    tasks: tuple[int, ...] = ()


def segments(text: str, tasks: Sequence[Task]) -> list[Segment]:
    """The segments of a passage in order; `tasks` are those of the rules, by their places in the list."""
    found = []
    starts = sorted((task.start, place) for place, task in enumerate(tasks))
    at = 0
    for match in _SEGMENT.finditer(text):
        start, end = trimmed(text, *match.span())
        inside = []
        while at < len(starts) and starts[at][0] < match.end():
            inside.append(starts[at][1])
            at += 1
        if inside or end - start >= _SHORTEST:
            found.append(Segment(start, end, tuple(inside)))
    return found


def evidence(
    text: str, words: Words, own: Sequence[Segment], named: Sequence[bool]
) -> Iterator[frozenset[str]]:
    """What speaks for and against a task in each segment; `named`: whether a task of the rules names who is to do it."""
    lead = [f"lead {word}" for word in words.texts[:_LEAD]]
    opened = [_opening(words, one) for one in own]
    called = [bool(_WILL.search(text, one.start, one.end)) for one in own]
    for number, one in enumerate(own):
        first, last = words.index(one.start), words.index(one.end - 1) + 1
        texts, tags = words.texts[first:last], words.tags[first:last]
        item = _ITEM.search(text, max(0, one.start - 6), one.start)
        ruled = "no" if not one.tasks else "named" if any(named[place] for place in one.tasks) else "bare"
        found = {"always", f"rules {ruled}", *lead}
        found.add(f"item {'no' if not item else 'spoken' if item['spoken'] else 'numbered'}")
        found.add(f"stop {text[one.end : one.end + 1]}")
        found.update(f"word {word}" for word in texts)
        found.update(f"words {two}" for two in map("|".join, pairwise(texts)))
        found.update(f"opening {place} {word}" for place, word in enumerate(texts[:_OPENING]))
        found.update(f"tag {place} {tag}" for place, tag in enumerate(tags[:_OPENING]))
        found.update(f"clause {match[1]}" for match in _CLAUSE.finditer(text[one.start : one.end]))
        if number:
            found.update(f"before {word}" for word in opened[number - 1])
            found.add(f"before calls {called[number - 1]}")
        if number + 1 < len(own):
            found.update(f"behind {word}" for word in opened[number + 1][:2])
            found.add(f"behind calls {called[number + 1]}")
        yield frozenset(found)


def _opening(words: Words, one: Segment) -> list[str]:
    first = words.index(one.start)
    return words.texts[first : first + _NEXT]


@cache
def weights() -> Weights:
    """The weights of the package."""
    return read_weights(files("nlp") / WEIGHTS)


def asked(
    text: str,
    words: Words,
    outline: Sequence[Place],
    tasks: Sequence[Task],
    given: Weights | None = None,
) -> list[Task]:
    """The tasks of the rules that are likely enough, and what else the passage asks for, in the order of the text."""
    given = weights() if given is None else given
    own = segments(text, tasks)
    kept: list[Task] = []
    for one, found in zip(own, evidence(text, words, own, [bool(task.named) for task in tasks]), strict=True):
        likely = likelihood(found, given)
        if not one.tasks and likely >= ASKED and _may_ask(text, one, outline):
            task = _task(text, one, likely)
            if len(task.text) >= _SHORTEST and not _TOLD.search(task.text):
                kept.append(task)
        for place in one.tasks:
            if tasks[place].named or likely >= DOUBTED:
                tasks[place].likelihood = likely
                kept.append(tasks[place])
    return kept


def _may_ask(text: str, one: Segment, outline: Sequence[Place]) -> bool:
    """Whether a segment stands where tasks are set: no explanation, no heading, which says it once more below."""
    number = bisect_right(outline, one.start, key=lambda place: place.begin) - 1
    if number < 0:
        return True
    place = outline[number]
    heads = place.numbered and _HEADING.fullmatch(text, one.start, one.end) and one.end + 1 < place.end
    return not (place.explains or heads or one.end <= place.body)


def _task(text: str, one: Segment, likely: float) -> Task:
    """What a segment asks for, behind who is to do it and the word that asks."""
    call = _WILL.search(text, one.start, one.end)
    before = _ACTOR.match(text[one.start : call.start()]) if call else None
    if call is None or before is None or len(before["actor"]) > _LONGEST_ACTOR or call.end() == one.end:
        task = task_of(text, one.start, one.end, None)
    else:
        task = task_of(text, call.end(), one.end, None)
        task.generic = [before["actor"]] if before["actor"] else []
    task.likelihood, task.by_rules = likely, False
    return task
