"""The linker (关联判别器): adds up what speaks for each kind of relation between two names, and proposes what may be.

The sum is weighed against what the pair network says, where the recogniser has left its view of the text; both are log
odds. Of what the frames have found of two names it tells how likely that is. The `verdict` decides what stays; where
there is no view, the frames' relations stay and those that are likely join them, with `method` "model".
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from itertools import chain, repeat
from typing import Final

from nlp.extraction import BY_MODEL, Mention, Relation
from nlp.linking import pair_network
from nlp.linking.earlier import Earlier
from nlp.linking.evidence import (
    ARROWS,
    BY_ENDS,
    FAR,
    KINDS_BY_ENDS,
    LEARNT,
    PLACES,
    Part,
    Table,
    named,
    odds,
    packed,
)
from nlp.linking.pair_network import PairNetwork
from nlp.linking.pairs import Pair, pairs
from nlp.linking.sentence import Sentence
from nlp.linking.stated import OF_ALL, Stated
from nlp.linking.verdict import Proposal, Told
from nlp.recognition.recogniser import View
from nlp.relations.frame import Skeleton, joined
from nlp.relations.respectively import apart
from nlp.relations.schools import withdrawn
from nlp.status import is_negated, status_of

WEIGHTS: Final = "weights.csv"
LIKELY: Final = 0.45  # less is no claim where there is no verdict
_POSSIBLE: Final = -1.5  # log odds; what is less likely is not proposed
_EVIDENCE: Final = 0.35  # the share that evidence has beside the pair network
_DOUBT: Final = -4.0  # what the pair network finds less likely (log odds) is none, whatever the words
Seen = Sequence[float]  # the log odds of each kind of `LEARNT` that the pair network gives a pair


class Weights:
    """The weight of each piece of evidence for each kind of relation."""

    def __init__(self, rows: Iterable[tuple[str, str, float]]) -> None:
        """From rows of evidence, kind and weight."""
        # What has an arrow counts, with its arrow, where it would without.
        self._tables: Mapping[str, Table] = {arrow: Table() for arrow in ARROWS}
        self._by_ends = {named(ends, arrow): Table() for ends in KINDS_BY_ENDS for arrow in ARROWS}
        for evidence, kind, weight in rows:
            ends, told, of_ends = evidence.partition(BY_ENDS)
            if told and ends in self._by_ends:
                self._by_ends[ends].put(of_ends, packed(kind, weight))
                continue
            plain = evidence.lstrip("".join(ARROWS))
            for arrow, table in self._tables.items():
                if plain == evidence or evidence.startswith(arrow):
                    table.put(plain, packed(kind, weight))
        given = self._tables[ARROWS[0]]
        # What the relations stated of two names may add at most, whatever they are.
        self._most = {
            kind: max(
                sum(max(0.0, odds(given.of((far + one,)), kind)) for one in OF_ALL) for far in ("", FAR)
            )
            for kind in LEARNT
        }

    def reader(self) -> _Reader:
        """What adds up the pairs of a sentence; a part that several share is added up once."""
        return _Reader(self._tables, self._by_ends, self._most)


class _Reader:
    def __init__(
        self, tables: Mapping[str, Table], by_ends: Mapping[str, Table], most: Mapping[str, float]
    ) -> None:
        self._tables = tables
        self._by_ends = by_ends
        self._most = most
        self._sums: dict[str, dict[Part, int]] = {}

    def odds(self, pair: Pair, stated: Stated, seen: Seen | None) -> Iterator[tuple[str, float]]:
        """The kinds of relation that are stated or possible between the names of a pair, and the log odds of each."""
        known = stated.between(pair)
        kinds = [kind for kind in pair.kinds if kind in known or seen is None or seen[PLACES[kind]] >= _DOUBT]
        if not kinds:
            return
        table, ends = self._tables[pair.arrow], named(pair.ends, pair.arrow)
        total = self._sum(pair.arrow, table, pair.parts) + self._sum(ends, self._by_ends[ends], pair.parts)
        for kind in kinds:
            besides = None if seen is None else seen[PLACES[kind]]
            if kind not in known and _weighed(odds(total, kind) + self._most[kind], besides) < _POSSIBLE:
                continue
            speaks = _weighed(odds(total + table.of(stated.evidence(pair, kind)), kind), besides)
            if kind in known or speaks >= _POSSIBLE:
                yield kind, speaks

    def _sum(self, name: str, table: Table, parts: Sequence[Part]) -> int:
        known = self._sums.setdefault(name, {})
        total = 0
        for part in parts:
            sums = table.lasting if part.lasting else known
            found = sums.get(part)
            if found is None:
                found = sums[part] = table.sum(part)
            total += found
        return total


def _weighed(evidence: float, seen: float | None) -> float:
    """The log odds by the evidence and by what the pair network has seen, if it was asked."""
    return evidence if seen is None else _EVIDENCE * evidence + (1 - _EVIDENCE) * seen


@cache
def weights() -> Weights:
    """The weights of the package."""
    lines = (files("nlp.linking") / WEIGHTS).read_text(encoding="utf-8").splitlines(keepends=True)
    return Weights((row["evidence"], row["kind"], float(row["weight"])) for row in csv.DictReader(lines))


class Linker:
    """Reads relations off sentences by the weights of their evidence and the pair network."""

    def __init__(self, given: Weights | None = None, network: PairNetwork | None = None) -> None:
        """By the weights and the pair network of the package, or by others."""
        self._weights = given or weights()
        self._network = network

    def proposals(
        self,
        sentences: Iterable[Skeleton],
        entities: Sequence[Mention],
        stated: Iterable[Relation],
        view: View | None = None,
    ) -> list[Proposal]:
        """What is `stated` between two names, and what else the sentences may say, in the order of the text.

        `view` is what the network of the recogniser makes of the text; without it the evidence decides alone.
        """
        stated = [one for one in stated if one.tail is not None]
        known: dict[Told, list[Relation]] = {}
        for one in stated:
            known.setdefault(_told(one, entities), []).append(one)
        found: dict[Told, tuple[float, Relation]] = {}
        before = Stated(stated)
        sentences = list(sentences)
        unjoined = apart(sentences)
        own = [(skeleton, list(of_it)) for skeleton, of_it in paired(sentences, entities)]
        given_up = withdrawn(skeleton for skeleton, _ in own)
        seen = self._seen([pair for _, of_it in own for pair in of_it], entities, view)
        for skeleton, of_it in own:
            for odds_of_it, one in self._read(skeleton, zip(of_it, seen, strict=False), entities, before):
                if one.kind == "OFFERS" and one.tail in given_up:
                    continue
                told = _told(one, entities)
                if told not in known and (
                    odds_of_it < _POSSIBLE
                    or before.excludes(one.kind, one.head, one.tail or 0)
                    or frozenset((one.head, one.tail)) in unjoined
                ):
                    continue
                if told not in found or found[told][0] < odds_of_it:
                    found[told] = odds_of_it, one
        others = sorted(
            ((*found[told], told) for told in found.keys() - known.keys()), key=lambda one: _place(one[1])
        )
        return [
            *(
                Proposal(told, tuple(places), stated=True, odds=found[told][0] if told in found else None)
                for told, places in known.items()
            ),
            *(Proposal(told, (one,), stated=False, odds=odds_of_it) for odds_of_it, one, told in others),
        ]

    def relations(
        self,
        sentences: Iterable[Skeleton],
        entities: Sequence[Mention],
        stated: Iterable[Relation],
        view: View | None = None,
    ) -> list[Relation]:
        """What the sentences likely say beyond what is `stated` of the same names, in the order of the text."""
        return [
            replace(one.relations[0], confidence=one.likely)
            for one in self.proposals(sentences, entities, stated, view)
            if not one.stated and one.likely >= LIKELY
        ]

    def _seen(
        self, own: Sequence[Pair], entities: Sequence[Mention], view: View | None
    ) -> Iterator[Seen | None]:
        """What the pair network says of each pair, if it can be asked."""
        if view is None:
            return repeat(None, len(own))
        network = self._network or pair_network.shipped()
        return iter(pair_network.odds(network, own, entities, view).tolist())

    def _read(
        self,
        skeleton: Skeleton,
        own: Iterable[tuple[Pair, Seen | None]],
        entities: Sequence[Mention],
        stated: Stated,
    ) -> Iterator[tuple[float, Relation]]:
        reader = self._weights.reader()
        for pair, seen in own:
            for kind, odds_of_it in reader.odds(pair, stated, seen):
                for one in _relations(kind, pair, skeleton, entities):
                    yield odds_of_it, one


def paired(
    sentences: Iterable[Skeleton], entities: Sequence[Mention]
) -> Iterator[tuple[Skeleton, Iterator[Pair]]]:
    """The sentences of a passage, each with the pairs of its names, among themselves and with names before it."""
    before = Earlier(entities)
    for skeleton in sentences:
        sentence = Sentence(skeleton)
        yield skeleton, chain(pairs(sentence), before.pairs(sentence))
        before.remember(sentence)


def _relations(kind: str, pair: Pair, skeleton: Skeleton, entities: Sequence[Mention]) -> Iterator[Relation]:
    """Each head of a pair with each tail, unless the sentence denies it."""
    words = skeleton.letters[pair.start : pair.end]
    if is_negated(words):
        return
    start, end = skeleton.offsets[pair.start], skeleton.offsets[pair.end]
    stated = Relation(kind, -1, -1, start, end, status=status_of(words, kind=kind), method=BY_MODEL)
    yield from joined(stated, pair.heads, pair.tails, entities, alike=False)


def _place(relation: Relation) -> tuple[int, int, str, int, int]:
    return relation.start, relation.end, relation.kind, relation.head, relation.tail or 0


def _told(relation: Relation, entities: Sequence[Mention]) -> Told:
    """A relation by the names that it joins: each is told once of a passage."""
    tail = "" if relation.tail is None else entities[relation.tail].surface
    return relation.kind, entities[relation.head].surface, tail
