"""Silver (银标): texts of others, sentence by sentence, with the names that the rules find in them.

The rules alone would teach the network their own errors. So a sentence counts only where the segmenter (`model` extra)
agrees on the ends of every name: no end of a name cuts one of its words in two, and no body that it sees is left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from nlp.extraction import Context, Passage
from nlp.pipeline import Extractor
from nlp.training.frames import Labelled
from nlp.training.segmentation import Segment, Segmenter

# Where the texts of others lie below the folder that training is given (`--texts`), and the field of each record.
SOURCES: Final = (
    ("policies/state_council_2018_2019.jsonl", "text"),
    ("specialties/profiles_2022.jsonl", "career"),
    ("specialties/profiles_2022.jsonl", "next_specialties"),
)
_SENTENCE: Final = re.compile("[^。；！？\n]+[。；！？]?")
_LONGEST: Final = 240


def sentences(folder: Path) -> Iterator[str]:
    """The sentences of the texts of others, without those that are too short to say anything."""
    for file, field in SOURCES:
        for row in (folder / file).read_text(encoding="utf-8").splitlines():
            text = json.loads(row).get(field) or ""
            for match in _SENTENCE.finditer(text):
                sentence = match.group().strip()
                if 8 <= len(sentence) <= _LONGEST:
                    yield sentence


def labelled(texts: Iterable[str], extractor: Extractor, segmenter: Segmenter) -> Iterator[Labelled]:
    """The sentences with what the rules find, where the segmenter agrees."""
    for text in texts:
        (found,) = extractor.extract([Passage(text)], Context())
        names = tuple((m.kind, m.start, m.end) for m in found.entities)
        if agrees(names, segmenter.segments(text)):
            yield Labelled(text, names)


def agrees(names: Iterable[tuple[str, int, int]], segments: Sequence[Segment]) -> bool:
    """Whether names end where words do, and every body that the segmenter sees is part of a name."""
    names = tuple(names)
    edges = {0, *(end for _, end, _ in segments)}
    if any(start not in edges or end not in edges for _, start, end in names):
        return False
    inside = {position for _, start, end in names for position in range(start, end)}
    return all(tag != "ORG" or not inside.isdisjoint(range(start, end)) for start, end, tag in segments)
