"""Demanded or reported, weighed (目标还是事实的判别): what the words around a number say of it, beside the rules.

The rules of `targets` know the phrases that plan and report; prose has more of them than anybody wrote down
(`达产后可提供岗位500个`, `同意设置专业点75个`). Logistic regression on annotated passages (`nlp/training/stance.py`) gave
each word near a number a weight (`stance.csv`), and one to what the rules say.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Final

from nlp.coverage import ALL, PERIODIC
from nlp.dates import times, year_of
from nlp.extraction import Quantity
from nlp.targets import DONE, NEED_BEHIND
from nlp.weighing import Weights, likelihood, read_weights
from nlp.words import Words

WEIGHTS: Final = "stance.csv"
# What the rules take for a statistic and is likelier a target is one, and the other way: the rules stay where the words
# hardly speak against them (3,064 numbers held out: rules alone 0.905 right, with these 0.923, with 0.5 for both 0.927,
# which overrules `“十四五”末`).
DEMANDED: Final = 0.6
REPORTED: Final = 0.25

_LEAD: Final = 20  # words of a passage that tell what kind of text it is
_BEFORE, _AFTER = 6, 5  # words next to a number that are told with their place
# The least that is asked for, unless its clause reports: 成员单位不少于30家, but 已有不少于20家.
_LEAST: Final = re.compile("不得?少于|不得(?:低于|高于|超过)")
_CLAUSE: Final = re.compile("[，；：。！？\n]")
_SENTENCE: Final = re.compile("[。！？；\n]")
_ENDS: Final = re.compile("[。！？\n]")
_FARTHEST: Final = 600  # characters before a number among which its year may stand
_LONGEST: Final = 60  # words of a sentence before a number


def weighed(text: str, words: Words, found: Sequence[Quantity], today: str | None) -> list[Quantity]:
    """The quantities, each a target or a statistic by all that speaks for either."""
    given = weights()
    told = []
    for one, said in zip(found, evidence(text, words, found, today), strict=True):
        likely = likelihood(said, given)
        if PERIODIC.match(text, one.start) or ALL.match(text, one.start) or NEED_BEHIND.match(text, one.end):
            told.append(one)  # 每年召开一次, 全覆盖, 35万的人才需求: say themselves what they are
        elif one.type == "Target" and _LEAST.match(text, one.start) and not _is_reported(text, one, today):
            told.append(one)
        elif one.type == "Target" and likely < REPORTED:
            told.append(replace(one, type="Statistic", year=one.year or year_of(today)))
        elif one.type == "Statistic" and likely > DEMANDED:
            now = year_of(today)
            coming = one.year is not None and (now is None or one.year > now)
            told.append(replace(one, type="Target", year=one.year if coming else None))
        elif one.type == "Statistic" and _is_told_before(text, one, today):
            told.append(replace(one, year=year_of(today)))
        else:
            told.append(one)
    return told


def _is_reported(text: str, one: Quantity, today: str | None) -> bool:
    """Whether a number is of a year that is over, or its clause says before it that it is so already."""
    near = max(0, one.start - _FARTHEST)
    begin = max((match.end() for match in _CLAUSE.finditer(text, near, one.start)), default=near)
    return _when(one.year, year_of(today)) == "past" or bool(DONE.search(text[begin : one.start]))


def _is_told_before(text: str, one: Quantity, today: str | None) -> bool:
    """Whether the coming year of a number is none that its own sentence names."""
    if _when(one.year, year_of(today)) != "coming":
        return False
    near = max(0, one.start - _FARTHEST)
    begin = max((match.end() for match in _ENDS.finditer(text, near, one.start)), default=near)
    return all(time.year != one.year for time in times(text[begin : one.start], today))


def evidence(
    text: str, words: Words, found: Sequence[Quantity], today: str | None
) -> Iterator[frozenset[str]]:
    """What speaks for and against a target in each quantity."""
    now = year_of(today)
    lead = [f"lead {word}" for word in words.texts[:_LEAD]]
    ends = [0, *(match.end() for match in _SENTENCE.finditer(text))]
    for one in found:
        first, at = words.index(ends[bisect_right(ends, one.start) - 1]), words.index(one.start)
        behind = words.index(one.end - 1) + 1
        before = words.texts[max(first, at - _LONGEST) : at]
        clause = len(before) - next(
            (n for n, word in enumerate(reversed(before)) if word in "，：,"), len(before)
        )
        said = {"always", f"rules {one.type}", f"unit {one.unit}", f"comparator {one.comparator}", *lead}
        said.add(f"year {_when(one.year, now)} {one.type}")
        said.update(f"sentence {word}" for word in before)
        said.update(f"clause {word}" for word in before[clause:])
        said.update(f"before {place} {word}" for place, word in enumerate(reversed(before[-_BEFORE:])))
        said.update(
            f"after {place} {word}" for place, word in enumerate(words.texts[behind : behind + _AFTER])
        )
        said.update(f"near {word}" for word in words.texts[behind : behind + 2 * _AFTER])
        yield frozenset(said)


def _when(year: int | None, now: int | None) -> str:
    if year is None or now is None:
        return "none"
    return "past" if year < now else "now" if year == now else "coming"


@cache
def weights() -> Weights:
    """The weights of the package."""
    return read_weights(files("nlp") / WEIGHTS)
