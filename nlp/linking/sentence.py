"""Sentences by words (分词句): what stands before, between and behind the names of a sentence, and which stand in lists.

A name is the word `<School>`, a number `#`. Names that stand in a list are one group. What a part of the sentence says is
told once and shared by all pairs around it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import accumulate, pairwise
from typing import Final

import rjieba

from nlp.linking.evidence import Part
from nlp.linking.triggers import classes
from nlp.relations.frame import Skeleton
from nlp.relations.letters import LETTER
from nlp.relations.others import begins_with_others

REACH: Final = 200  # characters of a clause that are looked at: reading stays linear
_BEFORE: Final = 6  # words of the clause before the first name that are looked at
_AFTER: Final = 8
_NEXT: Final = 6  # words of the clause after that
_FEW: Final = 4  # words between two names that are evidence as a whole

_KIND_OF: Final = {letter: kind for kind, letter in LETTER.items()}
_PIECE: Final = re.compile(
    "[\ue000-\uf8ff]|[，、；：。“”《》（）]|\\d+|[^\ue000-\uf8ff，、；：。“”《》（）\\d]+"
)
_BREAKS: Final = frozenset("，；：。")
_JOINING: Final = frozenset(("、", "和", "与", "以及", "及", "或", "，以及", "等"))
_DOERS: Final = frozenset(("School", "Enterprise"))  # of one list, as in 由甲学院、乙公司牵头
_NO_CLASSES: Final = (frozenset[str](),)


@lru_cache(maxsize=8192)
def _words(stretch: str) -> tuple[tuple[str, ...], tuple[frozenset[str], ...]]:
    """The words of a stretch, and their classes."""
    words = tuple(rjieba.cut(stretch)) if len(stretch) > 1 else (stretch,)
    return words, tuple(map(classes, words))


@dataclass(frozen=True, slots=True)
class Group:
    """Names that stand in a list: places of their first and last word, and by kind the mentions."""

    first: int
    last: int
    mentions: Mapping[str, tuple[int, ...]]


class Sentence:
    """A skeleton by words: a name is the word `<School>`, a number `#`."""

    def __init__(self, skeleton: Skeleton) -> None:
        self.words: list[str] = []
        self.starts: list[int] = []
        self.classes: list[frozenset[str]] = []  # of each word
        self.of_others = begins_with_others(skeleton.letters)
        self._length = len(skeleton.letters)
        self._names: list[int] = []  # places of words that are names
        for piece in _PIECE.finditer(skeleton.letters):
            text, at = piece[0], piece.start()
            words: tuple[str, ...]
            of_classes: tuple[frozenset[str], ...]
            if "\ue000" <= text[0] <= "\uf8ff":
                if text in _KIND_OF and skeleton.mentions[at] is not None:
                    self._names.append(len(self.words))
                words, of_classes = (f"<{_KIND_OF.get(text, '')}>",), _NO_CLASSES
            elif text[0].isdigit():
                words, of_classes = ("#",), _NO_CLASSES
            else:
                words, of_classes = _words(text)
            self.starts += accumulate(map(len, words[:-1]), initial=at)
            self.words += words
            self.classes += of_classes
        self._breaks = [place for place, word in enumerate(self.words) if word in _BREAKS]
        self._plain = [word for word in self.words if word[0] != "<"]
        self._two = list(map(" ".join, pairwise(self.words)))
        self._not_plain = [place for place, word in enumerate(self.words) if word[0] == "<"]
        self._openings: dict[tuple[int, int], tuple[Part, ...]] = {}
        self._closings: dict[tuple[int, int], tuple[Part, ...]] = {}
        self.groups = self._grouped(skeleton)

    def clauses(self, first: int, last: int) -> tuple[int, int]:
        """Where the clauses of two words begin and end, as far as they are looked at: positions of the skeleton."""
        begin, end = self._clause(first), self._clause_end(last)
        until = self.starts[end] if end < len(self.starts) else self._length
        return max(self.starts[begin], self.starts[first] - REACH), min(until, self.starts[last] + REACH)

    def _clause(self, place: int) -> int:
        """Where the clause of a word begins."""
        before = bisect_left(self._breaks, place)
        return self._breaks[before - 1] + 1 if before else 0

    def _clause_end(self, place: int) -> int:
        """Where the clause of a word ends."""
        after = bisect_left(self._breaks, place)
        return self._breaks[after] if after < len(self._breaks) else len(self.words)

    @cached_property
    def before(self) -> list[tuple[Part, ...]]:
        """What stands before each group, in its clause."""
        return [self._before(group.first) for group in self.groups]

    @cached_property
    def after(self) -> list[tuple[Part, ...]]:
        """What stands behind each group, in its clause and the one after."""
        return [self._after(group.last) for group in self.groups]

    def _before(self, first: int) -> tuple[Part, ...]:
        begin = max(self._clause(first), first - _BEFORE)
        return (
            Part(
                ("before", set(self.words[begin:first])),
                ("just before", (self.words[first - 1] if first > begin else "",)),
            ),
            classes_of("before", self._classes(begin, first)),
        )

    def _after(self, last: int) -> tuple[Part, ...]:
        end = self._clause_end(last)
        until = min(end, last + 1 + _AFTER)
        next_end = min(self._clause_end(end + 1), end + 1 + _NEXT)
        return (
            Part(
                ("after", set(self.words[last + 1 : until])),
                ("following", set(self.words[end + 1 : next_end])),
                ("just after", (self.words[last + 1] if last + 1 < until else "",)),
            ),
            classes_of("after", self._classes(last + 1, until)),
            classes_of("following", self._classes(end + 1, next_end)),
        )

    def between(self, begin: int, end: int, apart: int) -> tuple[Part, ...]:
        """What stands between two names that are so many groups apart: all of it, what opens it, what closes it."""
        first, last = bisect_left(self._breaks, begin), bisect_left(self._breaks, end)
        plain = self._plain[self._plain_before(begin) : self._plain_before(end)]
        everything = Part(
            ("between", set(plain)),
            ("two", set(self._two[begin : max(begin, end - 1)])),
            ("all", ("".join(self.words[begin:end]),) if len(plain) <= _FEW else ()),
            directed=True,
        )
        return (
            everything,
            classes_of("between", self._classes(begin, end), directed=True),
            _shape(min(last - first, 4), min(apart, 5), min(6, len(plain) // 3)),
            *self._opening(begin, self._breaks[first] if last > first else end),
            *self._closing(self._breaks[last - 1] + 1 if last > first else begin, end),
        )

    def _opening(self, begin: int, end: int) -> tuple[Part, ...]:
        """The first clause of what stands between two names; many pairs have the same one."""
        found = self._openings.get((begin, end))
        if found is None:
            found = self._openings[begin, end] = (
                classes_of("opening", self._classes(begin, end), directed=True),
                classes_of("next", self._classes(begin, min(begin + 1, end)), directed=True),
            )
        return found

    def _closing(self, begin: int, end: int) -> tuple[Part, ...]:
        """The last one."""
        found = self._closings.get((begin, end))
        if found is None:
            found = self._closings[begin, end] = (
                Part(("closing", set(self.words[begin:end])), directed=True),
                classes_of("closing", self._classes(begin, end), directed=True),
                classes_of("last", self._classes(max(begin, end - 1), end), directed=True),
            )
        return found

    def _grouped(self, skeleton: Skeleton) -> list[Group]:
        """The names in their order, those of a list together."""
        lists: list[list[int]] = []
        for place in self._names:
            if lists and _listed(self.words, lists[-1][-1], place):
                lists[-1].append(place)
            else:
                lists.append([place])
        groups = []
        for places in lists:
            mentions: dict[str, list[int]] = {}
            for place in places:
                at = self.starts[place]
                number = skeleton.mentions[at]
                if number is not None:
                    mentions.setdefault(_KIND_OF[skeleton.letters[at]], []).append(number)
            groups.append(Group(places[0], places[-1], {kind: tuple(own) for kind, own in mentions.items()}))
        return groups

    def _plain_before(self, place: int) -> int:
        """How many words that are no names stand before a place."""
        return place - bisect_left(self._not_plain, place)

    def _classes(self, begin: int, end: int) -> frozenset[str]:
        return frozenset().union(*self.classes[begin:end])


def _listed(words: Sequence[str], one: int, other: int) -> bool:
    """Whether two names, next to each other, are members of one list."""
    alike = words[one] == words[other] or {words[one][1:-1], words[other][1:-1]} == _DOERS
    return alike and (other == one + 1 or "".join(words[one + 1 : other]) in _JOINING)


@cache
def classes_of(place: str, names: frozenset[str], *, directed: bool = False) -> Part:
    """The classes of the words in a place."""
    return Part((f"class {place}", names), directed=directed, lasting=True)


@cache
def _shape(clauses: int, groups: int, distance: int) -> Part:
    """How much stands between two names."""
    numbers = {"clauses": clauses, "groups": groups, "distance": distance}
    return Part(*((place, (str(number),)) for place, number in numbers.items()), directed=True, lasting=True)
