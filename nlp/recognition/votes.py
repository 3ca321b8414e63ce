"""Votes (表决): which names stay, when rules and network each have their own, and how sure that is.

Each name that either proposes is weighed by what speaks for it (`evidence`): who found it, how sure the network is, what
the other says instead, whether a catalogue has it. The weights stand in `votes.csv`; a logistic function of their sum
is the probability that the name is right. Of overlapping names the likelier stays; a name that is too doubtful is none,
one of the rules only where the doubt is strong.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from spacy.language import Language

from nlp.characters import Doc, Span
from nlp.gazetteer import CATALOGUE
from nlp.recognition.recogniser import Name, Opinion
from nlp.selection import NAMES
from nlp.weighing import log_odds, probability, read_weights

WEIGHTS: Final = "votes.csv"
# A name that is less likely right is none, of the network alone and of the rules: docs/extraction.md says what that
# earns. A title may be longer than the network sees: those of the rules stay.
LEAST: Final = 0.4
LEAST_BY_RULES: Final = 0.2
_STAYS: Final = "PolicyDocument"


@dataclass(frozen=True, slots=True)
class Vote:
    """A proposed name, whether the rules have it, and the probability that it is right."""

    name: Name
    by_rules: bool
    probability: float


Doc.set_extension("votes", default=(), force=True)  # the names that were chosen, each with its vote


def evidence(
    names: Sequence[Name], opinion: Opinion, known: frozenset[Name]
) -> Iterator[tuple[Name, dict[str, float]]]:
    """What speaks for and against each name that rules (`names`) or network propose; `known` are in a catalogue.

    Neither the names of the rules nor those of the network overlap; both are in the order of the text.
    """
    proposed = {(one.kind, one.start, one.end): one.score for one in opinion.candidates}
    starts, ends = [one.start for one in opinion.candidates], [one.end for one in opinion.candidates]
    ruled_starts, ruled_ends = [name[1] for name in names], [name[2] for name in names]
    ruled = set(names)
    for name in sorted(ruled | set(proposed), key=lambda name: (name[1], name[2], name[0])):
        kind, start, end = name
        by_rules = name in ruled
        score = proposed.get(name, opinion.scores.get(name))
        odds = 0.0 if score is None else log_odds(score)
        others = [
            one
            for one in opinion.candidates[bisect_right(ends, start) : bisect_left(starts, end)]
            if (one.kind, one.start, one.end) != name
        ]
        found = {
            "always": 1.0,
            "rules": by_rules,
            "network": odds,
            "network on a name of the rules": odds * by_rules,
            "network has other ends": max(
                (one.score for one in others if (one.start, one.end) != (start, end)), default=0.0
            ),
            "network has another kind": any((one.start, one.end) == (start, end) for one in others),
            "catalogue": name in known,
            "two characters": end - start == 2,
            "length": math.log(end - start),
            f"kind {kind}": 1.0,
            f"rules on {kind}": by_rules,
        }
        if not by_rules:
            spans = names[bisect_right(ruled_ends, start) : bisect_left(ruled_starts, end)]
            found["around a name of the rules"] = any(start <= s and e <= end for _, s, e in spans)
            found["inside of a name of the rules"] = any(s <= start and end <= e for _, s, e in spans)
        yield name, {word: float(value) for word, value in found.items() if value}


def chosen(votes: Sequence[Vote]) -> list[Vote]:
    """The votes that win, in the order of the text."""
    taken: set[int] = set()
    won = []
    for vote in sorted(
        votes, key=lambda vote: (-vote.probability, vote.name[1], -vote.name[2], vote.name[0])
    ):
        place = range(vote.name[1], vote.name[2])
        if _counts(vote) and taken.isdisjoint(place):
            taken.update(place)
            won.append(vote)
    return sorted(won, key=lambda vote: vote.name[1])


def _counts(vote: Vote) -> bool:
    """Whether a name is likely enough to be one."""
    if not vote.by_rules:
        return vote.probability >= LEAST
    return vote.name[0] == _STAYS or vote.probability >= LEAST_BY_RULES


@cache
def weights() -> Mapping[str, float]:
    """The weights of the package."""
    return read_weights(files("nlp.recognition") / WEIGHTS)


def proposals(doc: Doc) -> Iterator[tuple[Name, dict[str, float]]]:
    """The names that rules and network propose for a text, each with its evidence."""
    names = [(span.label_, span.start, span.end) for span in doc.spans[NAMES]]
    known = frozenset((span.label_, span.start, span.end) for span in doc.spans[CATALOGUE])
    return evidence(names, doc._.opinion, known)


class Votes:
    """Leaves in `doc.spans["names"]` what wins, and in `doc._.votes` how sure that is."""

    def __init__(self, given: Mapping[str, float] | None = None) -> None:
        self.weights = given

    def __call__(self, doc: Doc) -> Doc:
        """Let rules and network vote on the names of a text."""
        weighed = weights() if self.weights is None else self.weights
        ruled = {(span.label_, span.start, span.end) for span in doc.spans[NAMES]}
        votes = [Vote(name, name in ruled, probability(found, weighed)) for name, found in proposals(doc)]
        doc._.votes = tuple(chosen(votes))
        names = [won.name for won in doc._.votes]
        doc.spans[NAMES] = [Span(doc, start, end, label=kind) for kind, start, end in names]
        return doc


@Language.factory("votes")
def create_votes(nlp: Language, name: str) -> Votes:  # noqa: ARG001 - spaCy passes both
    """The spaCy component that lets rules and network vote."""
    return Votes()
