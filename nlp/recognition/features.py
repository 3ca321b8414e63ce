"""What the network sees of each character (特征): itself, its word, and what catalogues and rules say of it."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nlp.characters import Doc, Span
from nlp.gazetteer import CATALOGUE, SHORT_NAME
from nlp.selection import NAMES
from nlp.words import Words

Features = NDArray[np.int64]

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

# The columns, in their order: the character by its number in `characters.txt`, the part of speech of its word and its
# place in it, the catalogues that hold a name here (bits), the name that the rules have chosen here.
COLUMNS: Final = ("character", "tag", "catalogue", "ruled")
CHARACTER_COLUMN, TAG_COLUMN, CATALOGUE_COLUMN, RULED_COLUMN = range(len(COLUMNS))

UNKNOWN, EDGE, LINE_END, SPACE = range(4)  # before the characters that the network knows
_FIRST: Final = 4
CHARACTERS: Final = "characters.txt"
_PLANE: Final = 1 << 16  # code points from here on are unknown

_PLACES: Final = 4  # of a character in a word, and in a name of the rules
_INSIDE_WORD, _LAST, _WHOLE = 1, 2, 3
_LETTERS: Final = 27  # first letters of parts of speech, one more for what has none
TAGS: Final = 1 + _PLACES * _LETTERS

# A name of the rules: its kind times four, and one more where it begins, two where it ends.
_BEGINS, _ENDS = 1, 2
RULED: Final = _PLACES * (len(KINDS) + 1)
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
_BIT: Final = {kind: 2 * number for number, kind in enumerate(_KINDS)}
CATALOGUES: Final = 2 * len(_KINDS)  # bits: for each kind, that a name begins here, and that it goes on


@cache
def known() -> str:
    """The characters that the network knows, in the order of their numbers."""
    return "".join((files("nlp.recognition") / CHARACTERS).read_text(encoding="utf-8").split())


@cache
def _numbers() -> NDArray[np.int64]:
    """The number of each code point; letters and widths are alike where the network knows one of them only."""
    numbers = {character: _FIRST + number for number, character in enumerate(known())}
    found = np.full(_PLANE, UNKNOWN, dtype=np.int64)
    for point in range(_PLANE):
        character = chr(point)
        if character not in numbers:
            character = unicodedata.normalize("NFKC", character).lower()
        found[point] = numbers.get(character, SPACE if character.isspace() else UNKNOWN)
    found[ord("\n")] = LINE_END
    return found


def features(doc: Doc, start: int = 0, end: int | None = None) -> Features:
    """One row a character of `start:end`, one column a feature.

    `doc` has its words and catalogue names. A range sees no further than its ends.
    """
    words: Words = doc._.words
    end = len(words.content) if end is None else end
    text = words.content[start:end]
    found = np.zeros((len(text), len(COLUMNS)), dtype=np.int64)
    if not text:
        return found
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    numbers = _numbers()
    found[:, CHARACTER_COLUMN] = np.where(points < _PLANE, numbers[points % _PLANE], UNKNOWN)
    _tags(words, start, end, found)
    _catalogue(doc, start, end, found)
    _ruled(doc, start, end, found)
    return found


def _tags(words: Words, start: int, end: int, found: Features) -> None:
    first, last = words.index(start), words.index(end - 1) + 1
    starts = np.asarray(words.starts[first:last], dtype=np.int64)
    lengths = np.fromiter(map(len, words.texts[first:last]), dtype=np.int64, count=last - first)
    tags = np.fromiter(map(_tag, words.tags[first:last]), dtype=np.int64, count=last - first)
    place = np.full(int(lengths.sum()), _INSIDE_WORD, dtype=np.int64)
    begins = starts - starts[0]
    place[begins + lengths - 1] = _LAST
    place[begins] = 0
    place[begins[lengths == 1]] = _WHOLE
    inside = slice(start - int(starts[0]), end - int(starts[0]))  # a range may begin in the middle of a word
    found[:, TAG_COLUMN] = 1 + (np.repeat(tags, lengths) * _PLACES + place)[inside]


def _tag(tag: str) -> int:
    """A part of speech as a number: that of its first letter."""
    return min(max(ord(tag[0]) - ord("a"), -1), _LETTERS - 2) + 1 if tag else 0


def _catalogue(doc: Doc, start: int, end: int, found: Features) -> None:
    for span in _inside(doc.spans[CATALOGUE], start, end):
        if len(span) > 1:
            bit = _BIT[span.label_]
            found[span.start - start, CATALOGUE_COLUMN] |= 1 << bit
            found[span.start + 1 - start : span.end - start, CATALOGUE_COLUMN] |= 2 << bit


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
    for begin in np.flatnonzero(ruled % _PLACES == _BEGINS).tolist():
        end = begin + 1
        while end < len(ruled) and ruled[end] and ruled[end] % _PLACES != _BEGINS:
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
