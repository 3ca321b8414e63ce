"""Fitting what tells a target from a statistic (目标与事实判别的训练): the weights of `nlp/stance.py`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from nlp import characters
from nlp.gold import Line
from nlp.pipeline import Extractor
from nlp.scoring import unspaced
from nlp.stance import evidence
from nlp.training.fit import read
from nlp.training.regression import Example, table
from nlp.typography import plain

_SELDOM: Final = 3
_PENALTY: Final = 2.0
_SMALL: Final = 0.08


def examples(lines: Sequence[Line], extractor: Extractor) -> Iterator[Example]:
    """The numbers of annotated passages that `extractor` reads by its rules as the annotation has them."""
    lines = [line for line in lines if "quantities" in line]
    for line, found in zip(lines, read(lines, extractor), strict=True):
        text = plain(line["text"])
        words = characters.read(extractor.pipeline, text)._.words
        kinds = {(one["start"], unspaced(one["surface"])): one["type"] for one in line["quantities"]}
        said = evidence(text, words, found.quantities, line.get("date"))
        for one, speaks in zip(found.quantities, said, strict=True):
            kind = kinds.get((one.start, unspaced(one.surface)))
            if kind is not None:
                yield Example(speaks, kind == "Target")


def fit(given: Sequence[Example]) -> list[tuple[str, float]]:
    """The weight of each piece of evidence that is worth one."""
    return table(given, penalty=_PENALTY, seldom=_SELDOM, small=_SMALL)
