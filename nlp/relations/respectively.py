"""Respectively (分别): `甲校、乙校分别与丙公司、丁公司共建` joins 甲校 with 丙公司 and 乙校 with 丁公司 alone.

Frames, undertakings and the linker join each name of a list with each of another. Where 分别 stands in a clause, lists of
the same length, one before it and those behind, are joined by their order alone, so that names of different places in
them are apart; so are two lists behind it where one name stands before: `甲校分别与丙公司、丁公司共建丙学院、丁学院`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final

from nlp.relations.frame import Skeleton
from nlp.relations.letters import ANY

_LONGEST: Final = 30  # members of a list: reading stays linear
_LIST: Final = re.compile(f"{ANY}(?:(?:[、和与及]|以及){ANY}){{1,{_LONGEST}}}")
_OTHERS: Final = re.compile("[^，。；：\n\ue000-\uf8ff]{0,10}")  # behind the list: 等院校, 两个共同体
_CLAUSE_END: Final = re.compile("[，。；：\n]|$")
_REACH: Final = 240  # letters
# 甲校与丙公司、丁公司分别共建: 甲校 does it with each of the others.
_WITH: Final = re.compile(f"{ANY}[与和]{ANY}(?:、{ANY})+")
# 甲校与丙公司、乙校与丁公司分别签约: two by two.
_COUPLES: Final = re.compile(f"{ANY}[与和]{ANY}(?:(?:、|以及){ANY}[与和]{ANY}){{1,{_LONGEST}}}")


def apart(sentences: Iterable[Skeleton]) -> frozenset[frozenset[int]]:
    """Pairs of names (indices of mentions) that stand at different places of lists which 分别 joins by their order."""
    return frozenset(
        frozenset((one, other))
        for skeleton in sentences
        for lists in _in_order(skeleton)
        for first, second in combinations(lists, 2)
        for place, one in enumerate(first)
        for another, other in enumerate(second)
        if place != another
    )


def _in_order(skeleton: Skeleton) -> Iterator[Sequence[Sequence[int]]]:
    """The lists of the clauses that say 分别 which are as long as the first of them."""
    for at in skeleton.respectively:
        text = skeleton.letters
        before = [
            found
            for found in _LIST.finditer(text, max(0, at - _REACH), at)
            if _OTHERS.fullmatch(text, found.end(), at)
        ]
        if before and _COUPLES.fullmatch(text, *before[-1].span()):
            coupled = _names(skeleton, before[-1].span())
            yield [coupled[::2], coupled[1::2]]
            continue
        end = _CLAUSE_END.search(text, at, at + _REACH)
        stop = end.start() if end else at + _REACH
        behind = [_names(skeleton, found.span()) for found in _LIST.finditer(text, at, stop)]
        if not behind:
            continue
        first = _names(skeleton, before[-1].span()) if before else behind.pop(0)
        lengths = {len(names) for names in behind}
        if before and len(first) not in lengths and _WITH.fullmatch(text, *before[-1].span()):
            first = first[1:]
        yield [first, *(names for names in behind if len(names) == len(first))]


def _names(skeleton: Skeleton, span: tuple[int, int]) -> list[int]:
    return [number for number in skeleton.mentions[slice(*span)] if number is not None]
