"""The linker (关联判别器): adds up what speaks for each kind of relation between two names, and keeps what is likely.

A logistic function of the sum is the probability of the relation; it is the confidence of the claim, whose method is
`model`. What the frames have found of two names stays theirs.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nlp.extraction import Mention, Relation
from nlp.linking.pairs import LEARNT, Pair, pairs
from nlp.linking.stated import Stated
from nlp.relations.frame import Skeleton
from nlp.status import is_negated, status_of

WEIGHTS: Final = "weights.csv"
METHOD: Final = "model"
_PLACES: Final = {kind: place for place, kind in enumerate(LEARNT)}
LIKELY: Final = 0.8  # less is no claim: of those above about four of five hold on text of another style


class Weights:
    """The weight of each piece of evidence for each kind of relation."""

    def __init__(self, rows: Iterable[tuple[str, str, float]]) -> None:
        """From rows of evidence, kind and weight."""
        given = list(rows)
        self._places: Mapping[str, int] = {
            evidence: place for place, evidence in enumerate(dict.fromkeys(row[0] for row in given))
        }
        self._table = np.zeros((len(self._places), len(LEARNT)))
        for evidence, kind, weight in given:
            self._table[self._places[evidence], _PLACES[kind]] = weight

    def sums(self, evidence: Iterable[str]) -> NDArray[np.float64]:
        """What this evidence adds up to (log odds), for each kind of `LEARNT`."""
        place = self._places.get
        places = [found for one in evidence if (found := place(one)) is not None]
        return np.asarray(self._table[places].sum(axis=0))


@cache
def weights() -> Weights:
    """The weights of the package."""
    lines = (files("nlp.linking") / WEIGHTS).read_text(encoding="utf-8").splitlines()
    return Weights((row["evidence"], row["kind"], float(row["weight"])) for row in csv.DictReader(lines))


class Linker:
    """Reads relations off sentences by the weights of their evidence."""

    def __init__(self, given: Weights | None = None) -> None:
        """By the weights of the package, or by others."""
        self._weights = given or weights()

    def relations(
        self, sentences: Iterable[Skeleton], entities: Sequence[Mention], stated: Iterable[Relation]
    ) -> list[Relation]:
        """What the sentences say beyond what is `stated` of the same names, in the order of the text."""
        stated = list(stated)
        known = {_told(one, entities) for one in stated}
        likeliest: dict[tuple[str, str, str], Relation] = {}
        before = Stated(stated)
        for skeleton in sentences:
            for found in self._read(skeleton, entities, before):
                told = _told(found, entities)
                other = likeliest.get(told)
                if told not in known and (other is None or other.confidence < found.confidence):
                    likeliest[told] = found
        return sorted(likeliest.values(), key=lambda one: (one.start, one.end, one.kind, one.head, one.tail))

    def _read(self, skeleton: Skeleton, entities: Sequence[Mention], stated: Stated) -> Iterator[Relation]:
        for pair in pairs(skeleton):
            sums = self._weights.sums(pair.evidence)
            for kind in pair.kinds:
                place = _PLACES[kind]
                odds = sums[place] + self._weights.sums(stated.evidence(pair, kind))[place]
                share = 1 / (1 + math.exp(-min(max(odds, -30.0), 30.0)))
                if share >= LIKELY:
                    yield from (
                        one
                        for one in _relations(kind, share, pair, skeleton, entities)
                        if not stated.reversed(kind, one.head, one.tail or 0)
                    )


def _relations(
    kind: str, share: float, pair: Pair, skeleton: Skeleton, entities: Sequence[Mention]
) -> Iterator[Relation]:
    """Each head of a pair with each tail, unless the sentence denies it."""
    words = skeleton.letters[pair.start : pair.end]
    if is_negated(words):
        return
    start, end = skeleton.offsets[pair.start], skeleton.offsets[pair.end]
    for head in pair.heads:
        for tail in pair.tails:
            ends = entities[head], entities[tail]
            if ends[0].surface == ends[1].surface:
                continue
            yield Relation(
                kind,
                head,
                tail,
                min(start, ends[0].start, ends[1].start),
                max(end, ends[0].end, ends[1].end),
                status=status_of(words),
                method=METHOD,
                confidence=share,
            )


def _told(relation: Relation, entities: Sequence[Mention]) -> tuple[str, str, str]:
    """A relation by the names that it joins: each is told once of a passage."""
    tail = "" if relation.tail is None else entities[relation.tail].surface
    return relation.kind, entities[relation.head].surface, tail
