"""Pairs (名称对): two names of a sentence that may be related, and what of the sentence speaks for it.

Names that stand in a list count as one group: what is said of a list is said of its members, so the evidence is that of
two groups (or of one, for `S与E`). What a part of the sentence says is told once and shared by the pairs around it; an
arrow says whether the head stands before the tail (→) or after it (←).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from typing import Final

import rjieba

from nlp.linking.evidence import ALWAYS, ARROWS, KINDS_BY_ENDS, Ends, Part
from nlp.linking.triggers import classes
from nlp.relations.frame import Skeleton
from nlp.relations.letters import LETTER, LONGEST_LIST

# So many groups apart, and so many characters, two names may be: reading stays linear.
_APART: Final = 12
_REACH: Final = 200
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
_ONE_LIST: Final = Part(("one", ("list",)), lasting=True)
_FIRST: Final = Part((ALWAYS, ("",)), ("first", ("name",)), lasting=True)
_LATER: Final = Part((ALWAYS, ("",)), ("later", ("name",)), lasting=True)


@dataclass(frozen=True, slots=True)
class Pair:
    """Names (indices of mentions) that share their evidence: each head with each tail may be one of `kinds`."""

    heads: tuple[int, ...]
    tails: tuple[int, ...]
    kinds: tuple[str, ...]
    start: int  # of the words that it rests on, as positions of the skeleton
    end: int
    arrow: str
    parts: tuple[Part, ...]

    @property
    def evidence(self) -> tuple[str, ...]:
        """All that speaks for it, as text: `between 共建`, `→class between build`."""
        return tuple(one for part in self.parts for one in part.evidence(self.arrow))


@lru_cache(maxsize=8192)
def _words(stretch: str) -> tuple[tuple[str, ...], tuple[frozenset[str], ...]]:
    """The words of a stretch, and their classes."""
    words = tuple(rjieba.cut(stretch)) if len(stretch) > 1 else (stretch,)
    return words, tuple(map(classes, words))


@lru_cache(maxsize=4096)
def _joinable(letters: frozenset[str]) -> bool:
    """Whether the ontology joins any of the kinds of these letters."""
    kinds = [kind for letter in letters if (kind := _KIND_OF.get(letter))]
    return any((head, tail) in KINDS_BY_ENDS for head in kinds for tail in kinds)


class _Sentence:
    """A skeleton by words: a name is the word `<School>`, a number `#`."""

    def __init__(self, skeleton: Skeleton) -> None:
        self.words: list[str] = []
        self.starts: list[int] = []
        self.classes: list[frozenset[str]] = []  # of each word
        self.length = len(skeleton.letters)
        self.names: list[int] = []  # places of words that are names
        for piece in _PIECE.finditer(skeleton.letters):
            text, at = piece[0], piece.start()
            words: tuple[str, ...]
            of_classes: tuple[frozenset[str], ...]
            if "\ue000" <= text[0] <= "\uf8ff":
                if text in _KIND_OF and skeleton.mentions[at] is not None:
                    self.names.append(len(self.words))
                words, of_classes = (f"<{_KIND_OF.get(text, '')}>",), _NO_CLASSES
            elif text[0].isdigit():
                words, of_classes = ("#",), _NO_CLASSES
            else:
                words, of_classes = _words(text)
            self.starts += accumulate(map(len, words[:-1]), initial=at)
            self.words += words
            self.classes += of_classes
        self.breaks = [place for place, word in enumerate(self.words) if word in _BREAKS]
        self.plain = [word for word in self.words if word[0] != "<"]
        self.two = list(map(" ".join, pairwise(self.words)))
        self._not_plain = [place for place, word in enumerate(self.words) if word[0] == "<"]
        self._openings: dict[tuple[int, int], tuple[Part, ...]] = {}
        self._closings: dict[tuple[int, int], tuple[Part, ...]] = {}

    def clause(self, place: int) -> int:
        """Where the clause of a word begins."""
        before = bisect_left(self.breaks, place)
        return self.breaks[before - 1] + 1 if before else 0

    def clause_end(self, place: int) -> int:
        """Where the clause of a word ends."""
        after = bisect_left(self.breaks, place)
        return self.breaks[after] if after < len(self.breaks) else len(self.words)

    def before(self, first: int) -> tuple[Part, ...]:
        """What stands in the clause before the first name of a pair."""
        begin = max(self.clause(first), first - _BEFORE)
        return (
            Part(
                ("before", set(self.words[begin:first])),
                ("just before", (self.words[first - 1] if first > begin else "",)),
            ),
            _classes("before", self._classes(begin, first)),
        )

    def after(self, last: int) -> tuple[Part, ...]:
        """What stands behind the last name of a pair, in its clause and the one after."""
        end = self.clause_end(last)
        until = min(end, last + 1 + _AFTER)
        next_end = min(self.clause_end(end + 1), end + 1 + _NEXT)
        return (
            Part(
                ("after", set(self.words[last + 1 : until])),
                ("following", set(self.words[end + 1 : next_end])),
                ("just after", (self.words[last + 1] if last + 1 < until else "",)),
            ),
            _classes("after", self._classes(last + 1, until)),
            _classes("following", self._classes(end + 1, next_end)),
        )

    def between(self, begin: int, end: int, apart: int) -> tuple[Part, ...]:
        """What stands between two names that are so many groups apart: all of it, what opens it, what closes it."""
        first, last = bisect_left(self.breaks, begin), bisect_left(self.breaks, end)
        plain = self.plain[self._plain_before(begin) : self._plain_before(end)]
        everything = Part(
            ("between", set(plain)),
            ("two", set(self.two[begin : max(begin, end - 1)])),
            ("all", ("".join(self.words[begin:end]),) if len(plain) <= _FEW else ()),
            directed=True,
        )
        return (
            everything,
            _classes("between", self._classes(begin, end), directed=True),
            _shape(min(last - first, 4), min(apart, 5), min(6, len(plain) // 3)),
            *self._opening(begin, self.breaks[first] if last > first else end),
            *self._closing(self.breaks[last - 1] + 1 if last > first else begin, end),
        )

    def _opening(self, begin: int, end: int) -> tuple[Part, ...]:
        """The first clause of what stands between two names; many pairs have the same one."""
        found = self._openings.get((begin, end))
        if found is None:
            found = self._openings[begin, end] = (
                _classes("opening", self._classes(begin, end), directed=True),
                _classes("next", self._classes(begin, min(begin + 1, end)), directed=True),
            )
        return found

    def _closing(self, begin: int, end: int) -> tuple[Part, ...]:
        """The last one."""
        found = self._closings.get((begin, end))
        if found is None:
            found = self._closings[begin, end] = (
                Part(("closing", set(self.words[begin:end])), directed=True),
                _classes("closing", self._classes(begin, end), directed=True),
                _classes("last", self._classes(max(begin, end - 1), end), directed=True),
            )
        return found

    def _plain_before(self, place: int) -> int:
        """How many words that are no names stand before a place."""
        return place - bisect_left(self._not_plain, place)

    def _classes(self, begin: int, end: int) -> frozenset[str]:
        return frozenset().union(*self.classes[begin:end])


@dataclass(frozen=True, slots=True)
class _Group:
    """Names that stand in a list: places of their first and last word, and by kind the mentions."""

    first: int
    last: int
    mentions: Mapping[str, tuple[int, ...]]


def _groups(sentence: _Sentence, skeleton: Skeleton) -> list[_Group]:
    lists: list[list[int]] = []
    for place in sentence.names:
        if lists and _listed(sentence.words, lists[-1][-1], place):
            lists[-1].append(place)
        else:
            lists.append([place])
    groups = []
    for places in lists:
        mentions: dict[str, list[int]] = {}
        for place in places:
            at = sentence.starts[place]
            number = skeleton.mentions[at]
            if number is not None:
                mentions.setdefault(_KIND_OF[skeleton.letters[at]], []).append(number)
        groups.append(_Group(places[0], places[-1], {kind: tuple(names) for kind, names in mentions.items()}))
    return groups


def _listed(words: Sequence[str], one: int, other: int) -> bool:
    """Whether two names, next to each other, are members of one list."""
    alike = words[one] == words[other] or {words[one][1:-1], words[other][1:-1]} == _DOERS
    return alike and (other == one + 1 or "".join(words[one + 1 : other]) in _JOINING)


def pairs(skeleton: Skeleton) -> Iterator[Pair]:
    """The pairs of a sentence, each with its evidence."""
    if not _joinable(frozenset(skeleton.letters).intersection(_KIND_OF)):
        return
    sentence = _Sentence(skeleton)
    groups = _groups(sentence, skeleton)
    before = [(*sentence.before(group.first), _LATER if n else _FIRST) for n, group in enumerate(groups)]
    after = [sentence.after(group.last) for group in groups]
    for number, first in enumerate(groups):
        if len(first.mentions) > 1:
            around = (*before[number], *after[number], _ONE_LIST)
            yield from _within(sentence, first, around)
        for apart, second in enumerate(groups[number + 1 : number + 1 + _APART]):
            if sentence.starts[second.first] - sentence.starts[first.last] > _REACH:
                break
            inside = groups[number + 1 : number + 1 + apart]
            sides = (*before[number], *after[number + 1 + apart])
            yield from _across(sentence, first, second, inside, sides)


def _within(sentence: _Sentence, group: _Group, around: tuple[Part, ...]) -> Iterator[Pair]:
    """Names of two kinds in one list."""
    for head, heads in group.mentions.items():
        for tail, tails in group.mentions.items():
            if head != tail and (head, tail) in KINDS_BY_ENDS:
                arrow = ARROWS[0] if heads[0] < tails[0] else ARROWS[1]
                parts = (*around, _of_ends(head, tail, arrow))
                yield _pair(sentence, heads, tails, (head, tail), group.first, group.last, arrow, parts)


def _across(
    sentence: _Sentence, first: _Group, second: _Group, inside: Sequence[_Group], around: tuple[Part, ...]
) -> Iterator[Pair]:
    """Names of two lists."""
    told: tuple[Part, ...] | None = None
    for one, ones in first.mentions.items():
        for other, others in second.mentions.items():
            for head, tail, arrow in ((one, other, ARROWS[0]), (other, one, ARROWS[1])):
                if (head, tail) not in KINDS_BY_ENDS:
                    continue
                if told is None:
                    between = frozenset(kind for group in inside for kind in group.mentions)
                    told = (
                        *around,
                        _inside(between),
                        *sentence.between(first.last + 1, second.first, len(inside)),
                    )
                nearer = tuple(end for end, kind in (("head", head), ("tail", tail)) if kind in between)
                parts = (*told, _of_ends(head, tail, arrow, nearer))
                heads, tails = (ones, others) if arrow == ARROWS[0] else (others, ones)
                yield _pair(sentence, heads, tails, (head, tail), first.first, second.last, arrow, parts)


@cache
def _of_ends(head: str, tail: str, arrow: str, nearer: tuple[str, ...] = ()) -> Part:
    """Which kinds are to be joined in which order, and whether a name of either kind stands nearer."""
    return Part(
        ("direction", (arrow,)),
        ("ends", (f"{head} {arrow} {tail}",)),
        ("nearer", tuple(f"{end} {arrow}" for end in nearer)),
        lasting=True,
    )


@cache
def _inside(kinds: frozenset[str]) -> Part:
    """The kinds of the names between two names."""
    return Part(("inside", kinds), lasting=True)


@cache
def _classes(place: str, names: frozenset[str], *, directed: bool = False) -> Part:
    """The classes of the words in a place."""
    return Part((f"class {place}", names), directed=directed, lasting=True)


@cache
def _shape(clauses: int, groups: int, distance: int) -> Part:
    """How much stands between two names."""
    numbers = {"clauses": clauses, "groups": groups, "distance": distance}
    return Part(*((place, (str(number),)) for place, number in numbers.items()), directed=True, lasting=True)


def _pair(
    sentence: _Sentence,
    heads: tuple[int, ...],
    tails: tuple[int, ...],
    ends: Ends,
    first: int,
    last: int,
    arrow: str,
    parts: tuple[Part, ...],
) -> Pair:
    begin, end = sentence.clause(first), sentence.clause_end(last)
    until = sentence.starts[end] if end < len(sentence.starts) else sentence.length
    return Pair(
        heads[:LONGEST_LIST],
        tails[:LONGEST_LIST],
        KINDS_BY_ENDS[ends],
        max(sentence.starts[begin], sentence.starts[first] - _REACH),
        min(until, sentence.starts[last] + _REACH),
        arrow,
        parts,
    )
