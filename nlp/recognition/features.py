"""What the network sees of each character (特征): itself, its neighbours, its word, and what the catalogues say of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from spacy.strings import get_string_id

from nlp.characters import Doc, Span
from nlp.gazetteer import CATALOGUE, SHORT_NAME
from nlp.selection import NAMES
from nlp.suffixes import KIND_OF, SUFFIX, kind_of
from nlp.words import Words

Features = NDArray[np.uint64]

KINDS: Final = (
    "School",
    "Enterprise",
    "Agency",
    "Park",
    "Consortium",
    "IndustryCollege",
    "TrainingBase",
    "ResearchPlatform",
    "SpecialtyGroup",
    "Specialty",
    "Occupation",
    "IndustryChain",
    "TalentProgram",
    "SharedResource",
    "PolicyDocument",
    "Region",
)

# The columns, in their order: the character, it with the one before, with the one behind, its word, the part of
# speech of the word and the place in it, the catalogues that hold a name here, the suffix ahead, the name that the
# rules have chosen here.
COLUMNS: Final = ("character", "before", "behind", "word", "tag", "catalogue", "ahead", "ruled")
CATALOGUE_COLUMN: Final = COLUMNS.index("catalogue")
RULED_COLUMN: Final = COLUMNS.index("ruled")
# A name of the rules: its kind times four, and one more where it begins, two where it ends.
_PLACES, _BEGINS, _ENDS = 4, 1, 2
_KINDS: Final = (
    "Region",
    "School",
    "Enterprise",
    SHORT_NAME,
    "Specialty",
    "Occupation",
    "IndustryChain",
    "Agency",
    "Park",
)
_BIT: Final = {kind: number for number, kind in enumerate(_KINDS)}
_AHEAD: Final = COLUMNS.index("ahead")
_SUFFIX_KINDS: Final = sorted(set(KIND_OF.values()))
_STOPS: Final = "、，。；：！？“”《》\n"
_FAR: Final = 30
_PAIR: Final = np.uint64(1 << 21)  # a code point has at most 21 bits
_DIGIT, _LATIN = ord("0"), ord("a")


def features(doc: Doc, start: int = 0, end: int | None = None) -> Features:
    """One row a character of `start:end`, one column a feature, as numbers to be hashed.

    `doc` has its words and catalogue names. A range sees no further than its ends.
    """
    words: Words = doc._.words
    end = len(words.content) if end is None else end
    characters = _folded(words.content[start:end])
    found = np.zeros((len(characters), len(COLUMNS)), dtype=np.uint64)
    if not len(found):
        return found
    found[:, 0] = characters
    found[1:, 1] = characters[:-1] * _PAIR
    found[:, 1] += characters
    found[:-1, 2] = characters[1:]
    found[:, 2] += characters * _PAIR
    _words(words, start, end, found)
    _catalogue(doc, start, end, found)
    _ahead(words.content, start, end, found)
    _ruled(doc, start, end, found)
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


def _words(words: Words, start: int, end: int, found: Features) -> None:
    first, last = words.index(start), words.index(end - 1) + 1
    texts, starts = words.texts[first:last], np.asarray(words.starts[first:last], dtype=np.int64)
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    hashes: Any = np.fromiter(map(get_string_id, texts), dtype=np.uint64, count=len(texts))
    tags = np.fromiter(map(_tag, words.tags[first:last]), dtype=np.uint64, count=len(texts))
    place = np.ones(int(lengths.sum()), dtype=np.uint64)  # inside
    begins = starts - starts[0]
    place[begins + lengths - 1] = 2
    place[begins] = 0
    place[begins[lengths == 1]] = 3
    inside = slice(start - int(starts[0]), end - int(starts[0]))  # a range may begin in the middle of a word
    found[:, 3] = np.repeat(hashes, lengths)[inside]
    found[:, 4] = (np.repeat(tags, lengths) * np.uint64(4) + place)[inside]


def _tag(tag: str) -> int:
    """A part of speech as a number: its first two letters."""
    return ord(tag[0]) * 256 + (ord(tag[1]) if len(tag) > 1 else 0)


def _catalogue(doc: Doc, start: int, end: int, found: Features) -> None:
    for span in _inside(doc.spans[CATALOGUE], start, end):
        if len(span) > 1:
            bit = _BIT[span.label_]
            found[span.start - start, CATALOGUE_COLUMN] |= np.uint64(1 << (bit * 2))
            found[span.start + 1 - start : span.end - start, CATALOGUE_COLUMN] |= np.uint64(2 << (bit * 2))


def _ruled(doc: Doc, start: int, end: int, found: Features) -> None:
    """The kind of the name that the rules have here, and whether it begins, goes on or ends."""
    for span in _inside(doc.spans[NAMES], start, end):
        kind = _PLACES * (KINDS.index(span.label_) + 1)
        name = found[span.start - start : span.end - start, RULED_COLUMN]
        name[:] = kind
        name[-1] = kind + _ENDS
        name[0] = kind + _BEGINS


def ruled_names(seen: Features) -> Iterator[slice]:
    """Where the rules have names, as the features tell it."""
    ruled = seen[:, RULED_COLUMN]
    for begin in np.flatnonzero(ruled % np.uint64(_PLACES) == _BEGINS).tolist():
        end = begin + 1
        while end < len(ruled) and ruled[end] and ruled[end] % np.uint64(_PLACES) != _BEGINS:
            end += 1
        yield slice(begin, end)


def _inside(spans: Sequence[Span], start: int, end: int) -> Iterator[Span]:
    """The whole spans in a range, in the order of the text."""
    for number in range(bisect_left(spans, start, key=_start), len(spans)):
        span = spans[number]
        if span.start >= end:
            break
        if span.end <= end:
            yield span


def _start(span: Span) -> int:
    return span.start


def _ahead(text: str, start: int, end: int, found: Features) -> None:
    """Which suffix of an organisation comes next in the clause, and how far away it is."""
    begin = start
    for match in SUFFIX.finditer(text, start, end):
        kind = _SUFFIX_KINDS.index(kind_of(match)) + 1
        suffix, stop = match.span()
        clause = max(text.rfind(mark, begin, suffix) for mark in _STOPS) + 1
        for position in range(max(begin, clause, suffix - _FAR), stop):
            away = suffix - position
            distance = (
                min(away, 10 + away // 4) if away > 0 else 50 - away
            )  # from 50 on: inside of the suffix
            found[position - start, _AHEAD] = kind * 100 + distance
        begin = stop
