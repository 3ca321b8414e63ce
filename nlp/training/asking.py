"""Fitting what asks for something (任务判别的训练): the weights of `nlp/asking.py`, on annotated passages."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Final

from nlp import characters
from nlp.asking import Segment, evidence, segments
from nlp.extraction import MeasureSpan
from nlp.gold import Line
from nlp.pipeline import Extractor
from nlp.tasks import Task
from nlp.training.fit import read
from nlp.training.regression import Example, table
from nlp.typography import plain

_SELDOM: Final = 3  # evidence that fewer segments have says nothing
_PENALTY: Final = 2.0
_SMALL: Final = 0.1  # a weight below is left out
_KEPT: Final = 0.5  # of what the rules find, as on text that nobody wrote rules for


def examples(lines: Sequence[Line], extractor: Extractor) -> Iterator[Example]:
    """The segments of annotated passages, whose tasks `extractor` finds by its rules."""
    source = random.Random(1)  # noqa: S311 - no secret
    lines = [line for line in lines if "measures" in line]
    for line, found in zip(lines, read(lines, extractor), strict=True):
        text = plain(line["text"])
        kept = [_task(one) for one in found.measures if source.random() < _KEPT]
        own = segments(text, kept)
        words = characters.read(extractor.pipeline, text)._.words
        for one, said in zip(
            own, evidence(text, words, own, [bool(task.named) for task in kept]), strict=True
        ):
            yield Example(said, any(_holds(one, task["start"], task["end"]) for task in line["measures"]))


def _task(found: MeasureSpan) -> Task:
    return Task(found.start, found.end, found.text, named=dict.fromkeys(range(len(found.responsible)), True))


def _holds(one: Segment, start: int, end: int) -> bool:
    """Whether a segment and an annotated task share more than half of the shorter one."""
    return 2 * (min(one.end, end) - max(one.start, start)) > min(one.end - one.start, end - start)


def fit(given: Sequence[Example]) -> list[tuple[str, float]]:
    """The weight of each piece of evidence that is worth one."""
    return table(given, penalty=_PENALTY, seldom=_SELDOM, small=_SMALL)
