"""Numbers that a language model points to (所指数量): value, unit, comparator and year are read by our own rules."""

from __future__ import annotations

import re
from typing import Final

from nlp.counts import NUMBER, read_count
from nlp.dates import times
from nlp.extraction import Quantity
from nlp.metrics import metric_of
from nlp.targets import kind_and_year

_SENTENCE_END: Final = re.compile("[。！？\n]")
_REACH: Final = 160
_SENTENCE: Final = 2000  # characters before a number in which its sentence is looked for
_BEFORE: Final = 8  # characters that a number may begin before the words pointed to: 不少于


def counted(
    text: str, place: tuple[int, int], metric: str, today: str | None, confidence: float
) -> Quantity | None:
    """The quantity that stands at these words of a text, `None` where none does; `metric` is what it counts."""
    start, stop = place
    near = max(0, start - _SENTENCE)
    begin = max((m.end() for m in _SENTENCE_END.finditer(text, near, start)), default=near)
    closing = _SENTENCE_END.search(text, stop)
    end = min(closing.end() if closing else len(text), stop + _REACH)
    for match in NUMBER.finditer(text, max(begin, start - _BEFORE), end):
        if match.start() >= stop:
            return None
        if match.end() <= start:
            continue
        read = read_count(text, match, end)
        if read is None:
            continue
        value, unit, comparator, first, last = read
        if not unit:
            _, unit = metric_of(text, max(begin, first - _REACH), end, first, last, unit)
        if not unit:
            return None
        stance, year = kind_and_year(text, begin, first, times(text[begin:end], today), today)
        return Quantity(
            type=stance,
            metric=metric,
            comparator=comparator,
            value=value,
            unit=unit,
            year=year,
            surface=text[first:last],
            start=first,
            end=last,
            confidence=confidence,
        )
    return None
