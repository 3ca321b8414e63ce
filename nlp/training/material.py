"""The material (教材): which sentences a network learns from in each round, and which are kept from it.

Patterns with invented names, and the annotated passages of the project and of others' texts, some of them with their
names exchanged. `HELD_OUT` is never learnt from: the votes and the confidence are fitted on it.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from nlp.gold import Line, read_gold
from nlp.training.frames import Labelled, filled, labelled, patterns, renamed
from nlp.training.naming import Namer

OWN: Final = (
    "gold.jsonl",
    "development.jsonl",
    "development-2.jsonl",
    "real_dev.jsonl",
    "provinces-development.jsonl",
    "cities-development.jsonl",
    "cities-development-2.jsonl",
    "cities-development-3.jsonl",
    "cities-development-4.jsonl",
    "cities-development-5.jsonl",
    "cities-development-6.jsonl",
    "cities-mixed-2.jsonl",
    "cities-mixed-3.jsonl",
    "contrasts.jsonl",
)
ELSEWHERE: Final = ("state_council.jsonl", "profiles.jsonl")
HELD_OUT: Final = (
    "unseen.jsonl",
    "blind.jsonl",
    "cities-mixed.jsonl",
    "cities-mixed-4.jsonl",
    "cities-mixed-5.jsonl",
)
# What no rule was written from and no table of weights has learnt from: the confidence of the rules is fitted on it. Not
# `cities-mixed-5`: most of its relations are of industries, of which the rules alone find hardly a name.
NEW_TO_RULES: Final = (
    *(name for name in HELD_OUT if name != "cities-mixed-5.jsonl"),
    "cities-mixed-2.jsonl",
    "cities-mixed-3.jsonl",
)
# What the tables of weights (`asking`, `stance`) learn from.
KNOWN_TO_RULES: Final = (*(name for name in OWN if name not in NEW_TO_RULES), "state_council.jsonl")

_PATTERNS: Final = 2  # how often a round has each pattern
_RENAMED: Final = 0.25  # the share of the passages that a round has with names exchanged
_EXCHANGED: Final = 0.6  # the share of their names


@dataclass(frozen=True, slots=True)
class Material:
    """What there is to learn from: patterns, passages of the project, and passages of the texts of others."""

    patterns: Sequence[str]
    own: Sequence[Line]
    elsewhere: Sequence[Line]

    def round(self, number: int, namer: Namer) -> Iterator[Line | Labelled]:
        """Passages whose relations are learnt, too, and sentences with their names; they depend on the number alone."""
        source = random.Random(number)  # noqa: S311 - no secret
        namer.draw_from(source)
        for pattern in self.patterns:
            for _ in range(_PATTERNS):
                yield filled(pattern, namer, source)
        for line in self.own:
            yield renamed(line, namer, source, _EXCHANGED) if source.random() < _RENAMED else line
        for line in self.elsewhere:  # of these, names alone are learnt
            yield renamed(line, namer, source, _EXCHANGED) if source.random() < _RENAMED else labelled(line)


def passages(names: Iterable[str], gold: Path, texts: Path | None = None) -> list[Line]:
    """The annotated passages of files in `gold`; some point into the texts of others in `texts`."""
    return [line for name in names for line in read_gold(gold / name, texts)]


def gather(gold: Path, texts: Path) -> Material:
    """All that is learnt from: annotated passages in `gold`, of which some point into the texts of others in `texts`."""
    return Material(patterns(), passages(OWN, gold), passages(ELSEWHERE, gold, texts))
