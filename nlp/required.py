"""What a text must hold for a pattern to match in it (必要字符), read off the pattern itself.

A pattern is mostly tried on texts that it cannot match: 由…牵头 where nobody 牵头. `required` says which characters it
cannot do without, as sets of which each must meet the text; `Sieve` asks that of many patterns at once, for one look at
each different character. What is said is necessary and never sufficient: a pattern that passes is then tried.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from importlib import import_module
from typing import Any, Final

# The parser of `re` tells a pattern's parts, so that nobody has to write them down a second time. What it may say that
# is not known here (a later Python) asks nothing of the text.
_PARSER: Final[Any] = import_module("re._parser")
_WIDEST: Final = 64  # characters of a class; wider ones are met by nearly every text
_ROWS: Final = 6  # needs of one pattern that are asked

Needs = frozenset[frozenset[str]]


@lru_cache(maxsize=4096)
def required(pattern: str) -> Needs:
    """Sets of characters, of each of which any text in which the pattern matches holds one.

    >>> sorted("".join(sorted(need)) for need in required("由[甲乙].{0,9}(?:牵头|主持了?)"))
    ['主头', '乙甲', '由']
    """
    tree = parsed(pattern)
    return frozenset() if tree is None else frozenset(_of_sequence(tree))


def parsed(pattern: str) -> Sequence[tuple[Any, Any]] | None:
    """The parts of a pattern, as `re` reads them; `None` where its letters do not stand for themselves."""
    tree: Any = _PARSER.parse(pattern)
    return None if tree.state.flags & re.IGNORECASE else tree


def _of_sequence(parts: Iterable[tuple[Any, Any]]) -> set[frozenset[str]]:
    needs: set[frozenset[str]] = set()
    for operation, argument in parts:
        needs |= _of_part(str(operation), argument)
    return needs


def _of_part(operation: str, argument: Any) -> set[frozenset[str]]:
    if operation == "LITERAL":
        return {frozenset(chr(argument))}
    if operation == "IN":
        characters = _of_class(argument)
        return {characters} if characters else set()
    if operation == "SUBPATTERN":
        _, on, off, inside = argument
        return set() if on or off else _of_sequence(inside)
    if operation in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, _, inside = argument
        return _of_sequence(inside) if least else set()
    if operation == "ATOMIC_GROUP":
        return _of_sequence(argument)
    if operation == "ASSERT":  # what stands ahead or behind stands in the text, too
        return _of_sequence(argument[1])
    if operation == "BRANCH":
        return _of_branches([_of_sequence(branch) for branch in argument[1]])
    return set()


def _of_class(members: Sequence[tuple[Any, Any]]) -> frozenset[str] | None:
    """The characters of `[…]`; `None` where it is negated, too wide, or has classes of its own."""
    found: set[str] = set()
    for operation, argument in members:
        if str(operation) == "LITERAL":
            found.add(chr(argument))
        elif str(operation) == "RANGE" and argument[1] - argument[0] < _WIDEST:
            found.update(map(chr, range(argument[0], argument[1] + 1)))
        else:
            return None
    return frozenset(found) if len(found) <= _WIDEST else None


def _of_branches(branches: Sequence[set[frozenset[str]]]) -> set[frozenset[str]]:
    """One of the branches matches: what all need, and one character of the narrowest need of each."""
    if not all(branches):
        return set()
    shared = set.intersection(*branches)
    either = frozenset().union(
        *(min(needs, key=lambda need: (len(need), sorted(need))) for needs in branches)
    )
    return shared | {either}


class Sieve:
    """Which of many patterns a text may match: one look at each different character for all of them.

    The needs of a pattern are numbered, the narrowest first. A character has a bit for each pattern whose first need it
    meets, then one for each whose second need it meets, and so on: a text has the bits of its characters, and a pattern
    passes that has a bit in each row.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        self._patterns = tuple(patterns)

    @cached_property
    def _bits(self) -> tuple[dict[str, int], int]:
        """The bits of each character, and those that every text has: needs that a pattern has not are met."""
        met: defaultdict[str, int] = defaultdict(int)
        always = 0
        for number, pattern in enumerate(self._patterns):
            needs = sorted(required(pattern), key=_breadth)[:_ROWS]
            for row in range(_ROWS):
                bit = 1 << (row * len(self._patterns) + number)
                if row < len(needs):
                    for character in needs[row]:
                        met[character] |= bit
                else:
                    always |= bit
        return dict(met), always

    def passing(self, text: str) -> list[int]:
        """The numbers of the patterns that may match somewhere in a text, in their order."""
        met, has = self._bits
        for bits in map(met.get, set(text)):
            if bits:
                has |= bits
        width = len(self._patterns)
        passes = (1 << width) - 1
        for _ in range(_ROWS):
            passes &= has
            has >>= width
        found = []
        while passes:
            found.append((passes & -passes).bit_length() - 1)
            passes &= passes - 1
        return found


def _breadth(need: frozenset[str]) -> tuple[bool, int, list[str]]:
    """How seldom a text meets a need: names and marks of which sentences are full come last, then wide needs."""
    return any(not character.isalpha() for character in need), len(need), sorted(need)
