"""Pairs (名称对): two names of a sentence that may be related, and what of the sentence speaks for it.

Names that stand in a list count as one group: what is said of a list is said of its members, so the evidence is that of
two groups (or of one, for `S与E`). Evidence is written as text, `between 共建` or `→class between build`; an arrow says
whether the head stands before the tail (→) or after it (←).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

import rjieba

from graph.ontology import EDGES
from nlp.linking.triggers import classes
from nlp.relations.frame import Skeleton
from nlp.relations.letters import LETTER

# The kinds of edges that are learnt: those between names of a sentence that annotated passages have often enough.
LEARNT: Final = (
    "COOPERATES_WITH",
    "CO_BUILDS",
    "SERVES",
    "LEADS",
    "LOCATED_IN",
    "OFFERS",
    "MEMBER_OF",
    "OPERATES_IN",
    "HOSTS",
    "INCLUDES",
    "DEMANDS",
    "PART_OF",
    "PREPARES_FOR",
    "ISSUED_BY",
)
# So many groups apart, and so many characters, two names may be: reading stays linear.
_APART: Final = 12
_REACH: Final = 200
_LONGEST_LIST: Final = 60
_BEFORE: Final = 6  # words of the clause before the first name that are looked at
_AFTER: Final = 8
_NEXT: Final = 6  # words of the clause after that

_KIND_OF: Final = {letter: kind for kind, letter in LETTER.items()}
_PIECE: Final = re.compile(
    "[\ue000-\uf8ff]|[，、；：。“”《》（）]|\\d+|[^\ue000-\uf8ff，、；：。“”《》（）\\d]+"
)
_BREAKS: Final = frozenset("，；：。")
_JOINING: Final = frozenset(("、", "和", "与", "以及", "及", "或", "，以及", "等"))
_DOERS: Final = frozenset(("School", "Enterprise"))  # of one list, as in 由甲学院、乙公司牵头

Ends = tuple[str, str]  # the kinds of head and tail


def _by_ends() -> Mapping[Ends, tuple[str, ...]]:
    found: dict[Ends, list[str]] = {}
    for kind in LEARNT:
        for ends in EDGES[kind].ends:
            found.setdefault(ends, []).append(kind)
    return {ends: tuple(kinds) for ends, kinds in found.items()}


KINDS_BY_ENDS: Final = _by_ends()


@dataclass(frozen=True, slots=True)
class Pair:
    """Names (indices of mentions) that share their evidence: each head with each tail may be one of `kinds`."""

    heads: tuple[int, ...]
    tails: tuple[int, ...]
    kinds: tuple[str, ...]
    start: int  # of the words that it rests on, as positions of the skeleton
    end: int
    evidence: tuple[str, ...]


@lru_cache(maxsize=8192)
def _words(stretch: str) -> tuple[str, ...]:
    return tuple(rjieba.cut(stretch))


class _Sentence:
    """A skeleton by words: a name is the word `<School>`, a number `#`."""

    def __init__(self, skeleton: Skeleton) -> None:
        self.words: list[str] = []
        self.starts: list[int] = []
        self.length = len(skeleton.letters)
        for piece in _PIECE.finditer(skeleton.letters):
            text, at = piece[0], piece.start()
            if "\ue000" <= text[0] <= "\uf8ff":
                self._put(f"<{_KIND_OF.get(text, '')}>", at)
            elif text[0].isdigit():
                self._put("#", at)
            elif len(text) == 1:
                self._put(text, at)
            else:
                for word in _words(text):
                    self._put(word, at)
                    at += len(word)
        self.breaks = [place for place, word in enumerate(self.words) if word in _BREAKS]

    def _put(self, word: str, at: int) -> None:
        self.words.append(word)
        self.starts.append(at)

    def clause(self, place: int) -> int:
        """Where the clause of a word begins."""
        before = bisect_left(self.breaks, place)
        return self.breaks[before - 1] + 1 if before else 0

    def clause_end(self, place: int) -> int:
        """Where the clause of a word ends."""
        after = bisect_left(self.breaks, place)
        return self.breaks[after] if after < len(self.breaks) else len(self.words)


@dataclass(frozen=True, slots=True)
class _Group:
    """Names that stand in a list: places of their first and last word, and by kind the mentions."""

    first: int
    last: int
    mentions: Mapping[str, tuple[int, ...]]


def _groups(sentence: _Sentence, skeleton: Skeleton) -> list[_Group]:
    lists: list[list[int]] = []
    for place, at in enumerate(sentence.starts):
        if skeleton.mentions[at] is None or skeleton.letters[at] not in _KIND_OF:
            continue
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
    kinds = {words[one].strip("<>"), words[other].strip("<>")}
    alike = len(kinds) == 1 or kinds == _DOERS
    return alike and (other == one + 1 or "".join(words[one + 1 : other]) in _JOINING)


def pairs(skeleton: Skeleton) -> Iterator[Pair]:
    """The pairs of a sentence, each with its evidence."""
    sentence = _Sentence(skeleton)
    groups = _groups(sentence, skeleton)
    kinds = {kind for group in groups for kind in group.mentions}
    if not any((head, tail) in KINDS_BY_ENDS for head in kinds for tail in kinds):
        return
    for number, first in enumerate(groups):
        if len(first.mentions) > 1:
            yield from _within(sentence, first, number)
        for apart, second in enumerate(groups[number + 1 : number + 1 + _APART]):
            if sentence.starts[second.first] - sentence.starts[first.last] > _REACH:
                break
            yield from _across(sentence, first, second, groups[number + 1 : number + 1 + apart], number)


def _within(sentence: _Sentence, group: _Group, number: int) -> Iterator[Pair]:
    """Names of two kinds in one list."""
    around = [*_around(sentence, group.first, group.last, number), "one list"]
    for head, heads in group.mentions.items():
        for tail, tails in group.mentions.items():
            if head != tail and (head, tail) in KINDS_BY_ENDS:
                arrow = "→" if heads[0] < tails[0] else "←"
                evidence = (*around, f"direction {arrow}", f"ends {head} {arrow} {tail}")
                yield _pair(sentence, heads, tails, (head, tail), group.first, group.last, evidence)


def _across(
    sentence: _Sentence, first: _Group, second: _Group, inside: Sequence[_Group], number: int
) -> Iterator[Pair]:
    """Names of two lists."""
    told: tuple[list[str], list[str]] | None = None
    between = {kind for group in inside for kind in group.mentions}
    for one, ones in first.mentions.items():
        for other, others in second.mentions.items():
            for head, tail, arrow in ((one, other, "→"), (other, one, "←")):
                if (head, tail) not in KINDS_BY_ENDS:
                    continue
                if told is None:
                    told = (
                        [
                            *_around(sentence, first.first, second.last, number),
                            *(f"inside {kind}" for kind in sorted(between)),
                        ],
                        _between(sentence, first, second, len(inside)),
                    )
                evidence = [*told[0], *told[1], *(f"{arrow}{word}" for word in told[1])]
                evidence += [f"direction {arrow}", f"ends {head} {arrow} {tail}"]
                evidence += [
                    f"nearer {end} {arrow}"
                    for end, kind in (("head", head), ("tail", tail))
                    if kind in between
                ]
                heads, tails = (ones, others) if arrow == "→" else (others, ones)
                yield _pair(sentence, heads, tails, (head, tail), first.first, second.last, tuple(evidence))


def _pair(
    sentence: _Sentence,
    heads: tuple[int, ...],
    tails: tuple[int, ...],
    ends: Ends,
    first: int,
    last: int,
    evidence: tuple[str, ...],
) -> Pair:
    begin, end = sentence.clause(first), sentence.clause_end(last)
    until = sentence.starts[end] if end < len(sentence.starts) else sentence.length
    return Pair(
        heads[:_LONGEST_LIST],
        tails[:_LONGEST_LIST],
        KINDS_BY_ENDS[ends],
        max(sentence.starts[begin], sentence.starts[first] - _REACH),
        min(until, sentence.starts[last] + _REACH),
        evidence,
    )


def _around(sentence: _Sentence, first: int, last: int, number: int) -> list[str]:
    """What stands before the first name and behind the last one, in their clauses and the one after."""
    words, end = sentence.words, sentence.clause_end(last)
    before = words[max(sentence.clause(first), first - _BEFORE) : first]
    after = words[last + 1 : min(end, last + 1 + _AFTER)]
    following = words[end + 1 : min(sentence.clause_end(end + 1), end + 1 + _NEXT)]
    found = ["always", "first name" if number == 0 else "later name"]
    for place, these in (("before", before), ("after", after), ("following", following)):
        found += {f"{place} {word}": None for word in these}
        found += [f"class {place} {name}" for name in classes(these)]
    found += [f"just before {before[-1] if before else ''}", f"just after {after[0] if after else ''}"]
    return found


def _between(sentence: _Sentence, first: _Group, second: _Group, apart: int) -> list[str]:
    """What stands between two names."""
    words = sentence.words[first.last + 1 : second.first]
    breaks = [place for place, word in enumerate(words) if word in _BREAKS]
    plain = [word for word in words if not word.startswith("<")]
    closing = words[breaks[-1] + 1 :] if breaks else words
    opening = words[: breaks[0]] if breaks else words
    found = [
        f"clauses {min(len(breaks), 4)}",
        f"groups {min(apart, 5)}",
        f"distance {min(6, len(plain) // 3)}",
    ]
    found += {f"between {word}": None for word in plain}
    found += {f"closing {word}": None for word in closing}
    found += {f"two {one} {other}": None for one, other in pairwise(words)}
    if len(plain) <= 4:
        found.append("all " + "".join(words))
    for place, these in (
        ("between", plain),
        ("closing", closing),
        ("opening", opening),
        ("last", words[-1:]),
        ("next", words[:1]),
    ):
        found += [f"class {place} {name}" for name in classes(these)]
    return found
