"""Fitting the linker (关联判别的训练): the weights of what speaks for a relation, on annotated passages.

Names are those that the rules find, as they will be when the linker reads; a pair is right where the passage has the
relation between these names.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from nlp.extraction import Mention, Relation
from nlp.gold import Line
from nlp.linking.linker import paired
from nlp.linking.stated import Stated
from nlp.linking.verdict import Told
from nlp.pipeline import Extractor
from nlp.relations import skeletons
from nlp.scoring import unspaced
from nlp.training.fit import read
from nlp.training.regression import fitted
from nlp.typography import plain

_SELDOM: Final = 6  # evidence that fewer pairs have says nothing
_PENALTY: Final = 6.0
_COPIES: Final = 2  # of each passage, in which the frames have found now this, now that
_KEPT: Final = 0.5
_SMALL: Final = 0.15  # a weight below is left out

Row = tuple[str, str, float]  # evidence, kind, weight


@dataclass(frozen=True, slots=True)
class Example:
    """What speaks for a relation of a kind between two names, and whether the passage has it."""

    kind: str
    evidence: tuple[str, ...]
    right: bool


def examples(lines: Sequence[Line], extractor: Extractor) -> Iterator[Example]:
    """The pairs of annotated passages, whose names `extractor` finds."""
    for line, found in zip(lines, read(lines, extractor), strict=True):
        wanted = annotated(line)
        sentences = skeletons(plain(line["text"]), found.entities)
        own = [(pair, pair.evidence) for _, of_it in paired(sentences, found.entities) for pair in of_it]
        for number in range(_COPIES):
            kept = _forgetful(found.relations, f"{line['id']} {number}")
            stated, known = Stated(kept), {_told(one, found.entities) for one in kept if one.tail is not None}
            for pair, said in own:
                for kind in pair.kinds:
                    evidence = (*said, *stated.evidence(pair, kind))
                    for head, tail in joined(pair.heads, pair.tails, found.entities):
                        if (kind, head, tail) not in known:
                            yield Example(kind, evidence, (kind, head, tail) in wanted)


def annotated(line: Mapping[str, Any]) -> set[Told]:
    """The relations between names of an annotated passage: kind, head and tail, by their words."""
    names = line["entities"]
    return {
        (one["kind"], unspaced(names[one["head"]]["surface"]), unspaced(names[one["tail"]]["surface"]))
        for one in line["relations"]
        if isinstance(one["tail"], int)
    }


def _forgetful(relations: Sequence[Relation], seed: str) -> list[Relation]:
    """Half of what frames find, as on text that nobody wrote frames for; what one clause says goes together."""
    source = random.Random(seed)  # noqa: S311 - no secret
    clauses = {(one.kind, one.start): source.random() < _KEPT for one in relations}
    return [one for one in relations if clauses[one.kind, one.start]]


def _told(relation: Relation, entities: Sequence[Mention]) -> Told:
    tail = "" if relation.tail is None else unspaced(entities[relation.tail].surface)
    return relation.kind, unspaced(entities[relation.head].surface), tail


def joined(
    heads: Sequence[int], tails: Sequence[int], entities: Sequence[Mention]
) -> Iterator[tuple[str, str]]:
    """Each head with each tail, by their words; a name is not related to itself."""
    for head in heads:
        for tail in tails:
            ends = unspaced(entities[head].surface), unspaced(entities[tail].surface)
            if ends[0] != ends[1]:
                yield ends


def fit_links(given: Sequence[Example]) -> list[Row]:
    """The weight of each evidence for each kind: logistic regression with weights held small.

    A weight is the sum of one for all kinds and one for this kind, so that kinds with few passages learn from others.
    """
    weight = fitted(
        [_columns(one) for one in given],
        [one.right for one in given],
        penalty=_PENALTY,
        seldom=_SELDOM,
    )
    rows = []
    for kind, evidence in sorted({(one.kind, word) for one in given for word in one.evidence}):
        both = weight.get(evidence, 0.0) + weight.get(f"{kind}|{evidence}", 0.0)
        if abs(both) >= _SMALL:
            rows.append((evidence, kind, round(both, 3)))
    return sorted(rows)


def _columns(one: Example) -> set[str]:
    return {column for word in one.evidence for column in (word, f"{one.kind}|{word}")}
