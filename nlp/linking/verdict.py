"""The verdict (裁定): which stay of the relations that frames state and the linker holds possible.

A frame knows its phrase, and in prose that it was not written for it is wrong one time in four; the linker weighs two
names by what stands around them. Here each proposal is weighed beside the others of its passage (`evidence`): who
proposes it, how likely the linker finds it, how sure its names are, what else may join the same two, what else its head
and its tail may be joined to. The weights stand in `verdict.csv`; a logistic function of their sum is the probability
that the relation is right. What is too doubtful is none, also of the frames.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Final

from nlp.extraction import Mention, Relation
from nlp.weighing import Weights, bounded_odds, log_odds, logistic, probability, read_weights

WEIGHTS: Final = "verdict.csv"
LEAST: Final = 0.35  # less is no claim: docs/extraction.md says what that costs and earns
_STATED: Final = 0.7  # how likely a relation of the frames is at least, when others are weighed beside it

Told = tuple[str, str, str]  # kind, and head and tail by their words: a passage tells each once


@dataclass(frozen=True, slots=True)
class Proposal:
    """A relation that may be: its places in the passage, whether frames state it, and how likely the linker finds it."""

    told: Told
    relations: tuple[Relation, ...]
    stated: bool
    odds: float | None  # log odds; none where the linker does not weigh such a pair

    @property
    def likely(self) -> float:
        """Its probability before others are looked at."""
        alone = logistic(self.odds or 0.0)
        return max(_STATED, alone) if self.stated else alone


def evidence(proposals: Sequence[Proposal], entities: Sequence[Mention]) -> Iterator[dict[str, float]]:
    """What speaks for and against each proposal of a passage, in their order."""
    sure = _surest(entities)
    likeliest: dict[tuple[str, ...], tuple[float, float]] = {}  # and the next likely
    for one in proposals:
        for key in _keys(one.told).values():
            first, second = likeliest.get(key, (0.0, 0.0))
            likeliest[key] = (one.likely, first) if one.likely > first else (first, max(second, one.likely))
    for one in proposals:
        kind, head, tail = one.told
        who = "stated" if one.stated else "read"
        found = {who: 1.0, f"{who} {kind}": 1.0, "less sure name": min(sure[head], sure[tail])}
        if one.odds is None:
            found["not weighed"] = 1.0
        else:
            found[f"odds of what is {who}"] = bounded_odds(one.odds)
        for word, key in _keys(one.told).items():
            first, second = likeliest[key]
            found[word] = second if one.likely == first else first
        yield {word: value for word, value in found.items() if value}


def _keys(told: Told) -> dict[str, tuple[str, ...]]:
    """With which others a relation is compared: those of its head, those of its tail, and those of the same two names."""
    kind, head, tail = told
    return {
        "another tail": (kind, head, ""),
        "another head": (kind, "", tail),
        "joined otherwise": tuple(sorted((head, tail))),
    }


def _surest(entities: Iterable[Mention]) -> dict[str, float]:
    """How sure each name is (log odds), by its words: of several places the surest."""
    found: dict[str, float] = {}
    for one in entities:
        odds = log_odds(one.confidence)
        found[one.surface] = max(odds, found.get(one.surface, odds))
    return found


@cache
def weights() -> Weights:
    """The weights of the package."""
    return read_weights(files("nlp.linking") / WEIGHTS)


def chosen(
    proposals: Sequence[Proposal], entities: Sequence[Mention], given: Weights | None = None
) -> list[Relation]:
    """The relations that are likely enough, each with its probability; `given` are other weights than the package's."""
    weighed = weights() if given is None else given
    likely = [probability(found, weighed) for found in evidence(proposals, entities)]
    # What one phrase states stands together: 由甲、乙、丙共建 is no less true of 乙.
    surest: dict[tuple[str, int, int], float] = {}
    for one, alone in zip(proposals, likely, strict=True):
        for phrase in _phrases(one):
            surest[phrase] = max(alone, surest.get(phrase, 0.0))
    kept = []
    for one, alone in zip(proposals, likely, strict=True):
        share = max((surest[phrase] for phrase in _phrases(one)), default=alone)
        if share >= LEAST:
            kept += [replace(relation, confidence=share) for relation in one.relations]
    return kept


def _phrases(one: Proposal) -> list[tuple[str, int, int]]:
    """Where a frame states it: of each kind the words from which it was read."""
    return [(of.kind, of.start, of.end) for of in one.relations] if one.stated else []
