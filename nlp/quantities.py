"""Targets and statistics (目标、统计事实): each number of a sentence with its comparator, unit, year and metric.

A number counts where it has a unit that counts things or money, or is a share. Dates, ordinals, document numbers,
slogans (“11335”) and outlines (三大任务, 3 点意见) do not.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final, Literal

from nlp.counts import NUMBER, read_count
from nlp.coverage import ALL, PERIODIC, full_coverage, periodic
from nlp.dates import Time, times
from nlp.extraction import Mention, Quantity
from nlp.holders import holder
from nlp.metrics import metric_of
from nlp.stretches import Stretch, is_inside
from nlp.targets import DONE, NEED_BEHIND, governs, kind_and_year

_DIGIT: Final = re.compile("[\\d数一二三四五六七八九十两百千万亿半全番]")
_UNTIL: Final = re.compile("(?:到|至(?<!截至))$")
_SENTENCE_END: Final = re.compile("[。！？\n]")
_OF_IT: Final = re.compile("其中[^，；。：]{0,20}$")
_REACH: Final = 160
_HAS: Final = re.compile("缺口|需求|需要|用工|产值|产量|实现|毕业生|毕业|达到?$")
_PER_YEAR_UNITS: Final = frozenset(("人次", "人", "次", "期", "场", "项", "家", "个", "名", "门", "元"))
_OPENS: Final = re.compile(
    "[（(\\[【〔［](?P<who>(?:牵头|责任|主办|落实|配合)(?:责任)?(?:单位|部门)|责任分工)?|(?P<bare>(?<=[。；\\s])(?:牵头|责任)(?:责任)?(?:单位|部门)(?=[：:]))"
)
_REPORTS: Final = re.compile("(?:完成|进展|落实)(?:情况)?[：:]")
_FAR_OFF: Final = re.compile("(?<=[里米])(?:外|以外|开外|以内|之内|内|之外|范围|处)")


def quantities(text: str, entities: Sequence[Mention], today: str | None) -> list[Quantity]:
    """The targets and statistics of a passage, in its order."""
    bounds = [0, *(match.end() for match in _SENTENCE_END.finditer(text))]
    if bounds[-1] != len(text):
        bounds.append(len(text))
    hidden = [
        (m.start, m.end)
        for m in entities
        if m.kind
        in (
            "PolicyDocument",
            "TalentProgram",
            "IndustryChain",
            "Agency",
            "School",
            "Enterprise",
            "Consortium",
            "Occupation",
        )
    ]
    items = _answered(text, entities)
    found: list[Quantity] = []
    told: Time | None = None  # the year that the sentence before spoke of
    for begin, end in pairwise(bounds):
        spoken = times(text[begin:end], today)
        if _DIGIT.search(text, begin, end):
            found += [
                quantity
                for quantity in _of_sentence(text, begin, end, entities, today, spoken, told, items)
                if not is_inside(hidden, quantity.start, quantity.start + 1)
            ]
        if spoken:
            told = _year_told(text, begin, end, spoken)
        elif text[end - 1 : end] == "\n":
            told = None
    return found


def _answered(text: str, entities: Sequence[Mention]) -> list[Stretch]:
    """The stretches of a text for which a bracket behind them says who answers: `…增长7%。（市发展改革委）`."""
    if not _OPENS.search(text):
        return []
    agencies = {mention.start for mention in entities if mention.kind == "Agency"}
    found = []
    behind = 0
    for bracket in _OPENS.finditer(text):
        line = text.rfind("\n", 0, bracket.start()) + 1
        names = bool(bracket["who"] or bracket["bare"]) or (
            bracket.end() in agencies and text[bracket.start() - 1 : bracket.start()] in ("。", "；")
        )
        if names:
            if not _REPORTS.search(text, max(behind, line), bracket.start()):
                found.append((max(behind, line), bracket.start()))
            behind = bracket.end()
    return found


def _year_told(text: str, begin: int, end: int, spoken: Sequence[Time]) -> Time | None:
    """The year that a sentence leaves to the next one: an absolute one, marked as planned behind 到."""
    latest = spoken[-1]
    if not latest.words[:1].isdigit() or not governs(text, begin, latest, end):
        return None
    before = text[max(0, begin + latest.start - 2) : begin + latest.start]
    return replace(latest, planned=bool(_UNTIL.search(before)), counted=before in ("截至", "截止"))


def _of_sentence(
    text: str, begin: int, end: int, entities: Sequence[Mention], today: str | None,
    spoken: Sequence[Time], told: Time | None,
    items: Sequence[Stretch],
) -> Iterator[Quantity]:  # fmt: skip
    taken: list[tuple[int, int]] = []
    for match in PERIODIC.finditer(text, begin, end):
        taken.append((match.start(), match.end()))
        yield periodic(text, match, begin, end)
    for match in ALL.finditer(text, begin, end):
        yield from full_coverage(text, match, begin, spoken, today)
    blocked = 0
    before: tuple[Literal["Target", "Statistic"], int | None] | None = None
    for match in NUMBER.finditer(text, begin, end):
        while blocked < len(taken) and taken[blocked][1] <= match.start():
            blocked += 1
        if blocked < len(taken) and taken[blocked][0] < match.end():
            continue
        read = read_count(text, match, end)
        if read is None:
            continue
        value, unit, comparator, start, stop = read
        if _FAR_OFF.match(text, stop):
            continue  # 百公里外
        near = max(begin, start - _REACH)  # what a number is about stands near it, however long the sentence
        answered = is_inside(items, start, start + 1)
        kind, year = kind_and_year(text, begin, start, spoken, today, told, stop, answered)
        of_it = before is not None and _OF_IT.search(text[near:start])
        if (
            before is not None
            and of_it
            and not DONE.search(of_it.group())
            and not times(of_it.group(), today)
        ):
            kind, year = before  # 招生280人，其中护理120人
        before = kind, year
        metric, unit = metric_of(text, near, min(end, stop + _REACH), start, stop, unit)
        if not metric:
            continue
        metric = _without_subject(metric, entities, near, start)
        if unit in _PER_YEAR_UNITS and re.search(
            "每年[^，。；]{0,24}$", text[max(begin, start - 28) : start]
        ):
            reported = DONE.search(text[near:start]) or _HAS.search(text[max(near, start - 16) : start])
            reported = reported or NEED_BEHIND.match(text, stop)
            unit, kind, year = f"{unit}/年", kind if reported else "Target", year if reported else None
        yield Quantity(
            type=kind, metric=metric, comparator=comparator, value=value, unit=unit, year=year,
            surface=text[start:stop], start=start, end=stop, subject=holder(text, entities, begin, start),
        )  # fmt: skip


def _without_subject(metric: str, entities: Sequence[Mention], near: int, start: int) -> str:
    """`甲学院会同乙公司编写教材数` counts 编写教材: who does it is the subject, not the metric."""
    first = bisect_left(entities, near, key=lambda mention: mention.start)
    for mention in entities[first : first + 12]:
        if mention.end > start:
            break
        if mention.kind in ("School", "Enterprise", "Park", "Consortium", "Agency"):
            rest = re.sub(
                "^(?:的|已|共|现有|现|等|、|和|与|会同)+", "", metric.rpartition(mention.surface)[2]
            )
            metric = rest if len(rest) > 2 and mention.surface in metric else metric
    return metric
