"""The material (教材): which sentences a network learns from in each round, and which are kept from it.

Patterns with invented names, the project's annotated passages and those of others' texts with their names exchanged,
and sentences that the rules labelled. `HELD_OUT` is never learnt from: the votes and the confidence are fitted on it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from nlp.gold import Line, read_gold
from nlp.pipeline import Extractor
from nlp.training.frames import Labelled, filled, patterns, renamed
from nlp.training.naming import Namer
from nlp.training.segmentation import segmenter
from nlp.training.silver import labelled, sentences

OWN: Final = (
    "gold.jsonl",
    "development.jsonl",
    "development-2.jsonl",
    "real_dev.jsonl",
    "cities-development.jsonl",
    "cities-development-2.jsonl",
    "cities-development-3.jsonl",
    "cities-development-4.jsonl",
    "cities-development-5.jsonl",
)
ELSEWHERE: Final = ("state_council.jsonl", "profiles.jsonl")
HELD_OUT: Final = (
    "unseen.jsonl",
    "blind.jsonl",
    "cities-mixed.jsonl",
    "cities-mixed-2.jsonl",
    "cities-mixed-3.jsonl",
    "cities-mixed-4.jsonl",
)

# How often a round has each pattern; with which share of their names exchanged it has each annotated passage.
_PATTERNS: Final = 6
_OWN: Final = (0.0, 0.6)
_ELSEWHERE: Final = (0.0, 0.5)
_SILVER: Final = 900


@dataclass(frozen=True, slots=True)
class Material:
    """What there is to learn from."""

    patterns: Sequence[str]
    own: Sequence[Line]
    elsewhere: Sequence[Line]
    silver: Sequence[Labelled]

    def round(self, number: int, namer: Namer) -> Iterator[Labelled]:
        """The sentences of a round; they depend on its number alone."""
        source = random.Random(number)  # noqa: S311 - no secret
        namer.draw_from(source)
        for pattern in self.patterns:
            for _ in range(_PATTERNS):
                yield filled(pattern, namer, source)
        for lines, shares in ((self.own, _OWN), (self.elsewhere, _ELSEWHERE)):
            for line in lines:
                for share in shares:
                    yield renamed(line, namer, source, share)
        yield from source.sample(self.silver, min(_SILVER, len(self.silver)))


def gather(gold: Path, texts: Path) -> Material:
    """All that is learnt from: annotated passages in `gold`, texts of others in `texts`, the patterns of the package."""
    elsewhere = [line for name in ELSEWHERE for line in read_gold(gold / name, texts)]
    silver = labelled(
        sentences(texts), Extractor(recognition=False, linking=False, calibrated=False), segmenter()
    )
    return Material(
        patterns(),
        [line for name in OWN for line in read_gold(gold / name)],
        elsewhere,
        _not_in(list(silver), elsewhere),
    )


def _not_in(silver: Sequence[Labelled], lines: Sequence[Line]) -> list[Labelled]:
    """What annotated passages hold is taken from there."""
    whole = "\n".join(line["text"] for line in lines)
    return [one for one in silver if one.text not in whole]
