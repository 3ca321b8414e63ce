"""Pairs to learn from (名称对教材): what annotated passages say of every two of their names.

The names are those that are annotated, and those of the rules that overlap none of them: what is no name has no relation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.extraction import Mention
from nlp.gold import Line
from nlp.linking.evidence import LEARNT, PLACES
from nlp.linking.linker import paired
from nlp.linking.pair_network import Inputs, Spans, apart, spans_of
from nlp.recognition.recogniser import Name
from nlp.relations import skeletons
from nlp.training.linking import annotated, joined


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs of a passage, a row each.

    `right` is the share of a list's names that are so related, for each kind of `LEARNT`; `counted` is of how many names
    that is: 0 where the kinds of ends do not allow the relation.
    """

    spans: Spans
    apart: Inputs
    right: NDArray[np.float32]
    counted: NDArray[np.float32]


def pairs_of(line: Line, names: Sequence[Name], ruled: Sequence[Name]) -> Pairs | None:
    """The pairs of an annotated passage, or `None` where it has none; `ruled` are the names that the rules have there."""
    text, wanted = line["text"], annotated(line)
    entities = [
        Mention(kind, text[start:end], start, end)
        for kind, start, end in sorted(_all(names, ruled), key=_place)
    ]
    own = [pair for _, of_it in paired(skeletons(text, entities), entities) for pair in of_it]
    if not own:
        return None
    right, counted = (np.zeros((len(own), len(LEARNT)), dtype=np.float32) for _ in range(2))
    for row, pair in enumerate(own):
        ends = list(joined(pair.heads, pair.tails, entities))
        for kind in pair.kinds if ends else ():
            counted[row, PLACES[kind]] = len(ends)
            right[row, PLACES[kind]] = sum((kind, *both) in wanted for both in ends) / len(ends)
    spans = spans_of(own, entities)
    return Pairs(spans, apart(own, spans), right, counted)


def _all(names: Sequence[Name], ruled: Sequence[Name]) -> Iterator[Name]:
    yield from names
    for kind, start, end in ruled:
        if all(end <= first or last <= start for _, first, last in names):
            yield kind, start, end


def _place(name: Name) -> tuple[int, int]:
    return name[1], name[2]
