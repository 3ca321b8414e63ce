"""What the network sees of each character (特征): itself, its neighbours, its word, and what the catalogues say of it."""

from __future__ import annotations

import re
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from spacy.strings import hash_string
from spacy.tokens import Doc

from nlp.gazetteer import CATALOGUE, SHORT_NAME
from nlp.suffixes import KIND_OF, SUFFIX
from nlp.words import Words

Features = NDArray[np.uint64]

# The columns, in their order: the character, it with the one before, with the one behind, its word, the part of
# speech of the word and the place in it, the catalogues that hold a name here.
COLUMNS: Final = ("character", "before", "behind", "word", "tag", "catalogue", "ahead")
CATALOGUE_COLUMN: Final = COLUMNS.index("catalogue")
_KINDS: Final = ("Region", "School", "Enterprise", SHORT_NAME, "Specialty", "Occupation", "IndustryChain", "Agency", "Park")
_BIT: Final = {kind: number for number, kind in enumerate(_KINDS)}
_AHEAD: Final = COLUMNS.index("ahead")
_SUFFIX_KINDS: Final = sorted(set(KIND_OF.values()))
_STOPS: Final = "、，。；：！？“”《》\n"
_FAR: Final = 30
_PAIR: Final = np.uint64(1 << 21)  # a code point has at most 21 bits
_DIGIT, _LATIN = ord("0"), ord("a")


def features(doc: Doc) -> Features:
    """One row a character, one column a feature, as numbers to be hashed; `doc` has its words and catalogue names."""
    words: Words = doc._.words
    characters = _folded(words.content)
    size = len(characters)
    found = np.zeros((size, len(COLUMNS)), dtype=np.uint64)
    found[:, 0] = characters
    found[1:, 1] = characters[:-1] * _PAIR
    found[:, 1] += characters
    found[:-1, 2] = characters[1:]
    found[:, 2] += characters * _PAIR
    _words(words, found)
    _catalogue(doc, found)
    _ahead(words.content, found)
    return found


def _folded(text: str) -> NDArray[np.uint64]:
    """The code points, with full width, digits and Latin letters made alike."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    wide = (points > 0xFF00) & (points < 0xFF5F)
    points[wide] -= np.uint64(0xFEE0)
    points[(points >= ord("0")) & (points <= ord("9"))] = _DIGIT
    letters = ((points >= ord("a")) & (points <= ord("z"))) | ((points >= ord("A")) & (points <= ord("Z")))
    points[letters] = _LATIN
    return points


def _words(words: Words, found: Features) -> None:
    lengths = np.fromiter(map(len, words.texts), dtype=np.int64, count=len(words.texts))
    hashes: Any = np.fromiter(map(hash_string, words.texts), dtype=np.uint64, count=len(words.texts))
    tags = np.fromiter(map(_tag, words.tags), dtype=np.uint64, count=len(words.tags))
    found[:, 3] = np.repeat(hashes, lengths)
    place = np.ones(len(found), dtype=np.uint64)  # inside
    starts = np.asarray(words.starts, dtype=np.int64)
    place[starts + lengths - 1] = 2
    place[starts] = 0
    place[starts[lengths == 1]] = 3
    found[:, 4] = np.repeat(tags, lengths) * np.uint64(4) + place


def _tag(tag: str) -> int:
    """A part of speech as a number: its first two letters."""
    return ord(tag[0]) * 256 + (ord(tag[1]) if len(tag) > 1 else 0)


def _catalogue(doc: Doc, found: Features) -> None:
    for span in doc.spans[CATALOGUE]:
        bit = _BIT[span.label_]
        if len(span) > 1:
            found[span.start, CATALOGUE_COLUMN] |= np.uint64(1 << (bit * 2))
            found[span.start + 1 : span.end, CATALOGUE_COLUMN] |= np.uint64(2 << (bit * 2))


def _ahead(text: str, found: Features) -> None:
    """Which suffix of an organisation comes next in the clause, and how far away."""
    begin = 0
    for match in SUFFIX.finditer(text):
        kind = _SUFFIX_KINDS.index(KIND_OF[match.group()]) + 1
        start, end = match.span()
        stop = max((text.rfind(mark, begin, start) for mark in _STOPS), default=-1) + 1
        first = max(begin, stop, start - _FAR)
        for position in range(first, end):
            distance = start - position
            found[position, _AHEAD] = kind * 100 + (50 - min(0, distance) if distance <= 0 else min(distance, 10 + distance // 4))
        begin = end

