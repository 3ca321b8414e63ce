"""Pairs (名称对): two names of a sentence that may be related, and what of the sentence speaks for it.

Names that stand in a list count as one group: what is said of a list is said of its members, so the evidence is that of
two groups (or of one, for `S与E`). What a part of the sentence says is told once and shared by the pairs around it; an
arrow says whether the head stands before the tail (→) or after it (←).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from nlp.linking.evidence import ALWAYS, ARROWS, BY_ENDS, KINDS_BY_ENDS, Ends, Part, named
from nlp.linking.sentence import REACH, Group, Sentence
from nlp.relations.letters import LONGEST_LIST

_APART: Final = 12  # groups that two names may be apart, at most REACH characters: reading stays linear

_ONE_LIST: Final = Part(("one", ("list",)), lasting=True)
_FIRST: Final = Part((ALWAYS, ("",)), ("first", ("name",)), lasting=True)
_LATER: Final = Part((ALWAYS, ("",)), ("later", ("name",)), lasting=True)


@dataclass(frozen=True, slots=True)
class Pair:
    """Names (indices of mentions) that share their evidence: each head with each tail may be one of `kinds`."""

    heads: tuple[int, ...]
    tails: tuple[int, ...]
    ends: Ends
    start: int  # of the words that it rests on, as positions of the skeleton
    end: int
    arrow: str
    parts: tuple[Part, ...]
    far: bool = False  # whether one of them stands in a sentence before

    @property
    def kinds(self) -> tuple[str, ...]:
        """What may join them by the ontology."""
        return KINDS_BY_ENDS[self.ends]

    @property
    def evidence(self) -> tuple[str, ...]:
        """All that speaks for it, as text: `between 共建`, `→class between build`, `School→Park~just after 在`."""
        ends = named(self.ends, self.arrow)
        return (
            *(one for part in self.parts for one in part.evidence(self.arrow)),
            *(f"{ends}{BY_ENDS}{one}" for part in self.parts for one in part.by_ends()),
        )


def pairs(sentence: Sentence) -> Iterator[Pair]:
    """The pairs of a sentence, each with its evidence."""
    groups = sentence.groups
    kinds = {kind for group in groups for kind in group.mentions}
    if not any((head, tail) in KINDS_BY_ENDS for head in kinds for tail in kinds):
        return
    before = [(*told, _LATER if number else _FIRST) for number, told in enumerate(sentence.before)]
    after = sentence.after
    for number, first in enumerate(groups):
        if len(first.mentions) > 1:
            around = (*before[number], *after[number], _ONE_LIST)
            yield from _within(sentence, first, around)
        for apart, second in enumerate(groups[number + 1 : number + 1 + _APART]):
            if sentence.starts[second.first] - sentence.starts[first.last] > REACH:
                break
            inside = groups[number + 1 : number + 1 + apart]
            sides = (*before[number], *after[number + 1 + apart])
            yield from _across(sentence, first, second, inside, sides)


def _within(sentence: Sentence, group: Group, around: tuple[Part, ...]) -> Iterator[Pair]:
    """Names of two kinds in one list."""
    for head, heads in group.mentions.items():
        for tail, tails in group.mentions.items():
            if head != tail and (head, tail) in KINDS_BY_ENDS:
                arrow = ARROWS[0] if heads[0] < tails[0] else ARROWS[1]
                parts = (*around, _of_ends(head, tail, arrow))
                yield _pair(sentence, heads, tails, (head, tail), group.first, group.last, arrow, parts)


def _across(
    sentence: Sentence, first: Group, second: Group, inside: Sequence[Group], around: tuple[Part, ...]
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


def _pair(
    sentence: Sentence,
    heads: tuple[int, ...],
    tails: tuple[int, ...],
    ends: Ends,
    first: int,
    last: int,
    arrow: str,
    parts: tuple[Part, ...],
) -> Pair:
    start, end = sentence.clauses(first, last)
    return Pair(heads[:LONGEST_LIST], tails[:LONGEST_LIST], ends, start, end, arrow, parts)
