"""Seeking (查找): a pattern over whole texts that is tried only where it can begin, and only in texts that it can match.

The engine of `re` tries a pattern at each character, and all its alternatives there. Most characters begin none: which do
is read off the pattern (`opening`) and asked first. What is found is what the pattern alone would find.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, Final

from nlp.required import parsed, required

_WIDEST: Final = 1000  # characters that may begin it; where nearly all may, asking is in vain
_FEW: Final = 8  # characters of a need that is asked
_ASKED: Final = 3  # needs
_CATEGORIES: Final = {
    "CATEGORY_DIGIT": "\\d",
    "CATEGORY_SPACE": "\\s",
}


class Seeker:
    """A pattern to look for: `search`, `finditer` and `match` as of `re.Pattern`, with the same answers."""

    __slots__ = ("_compiled", "_needs", "pattern")

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        begins = None if _is_known(parsed(pattern) or ()) else opening(pattern)
        self._compiled = re.compile(pattern if begins is None else f"(?=[{begins}])(?:{pattern})")
        needs = sorted("".join(sorted(need)) for need in required(pattern) if len(need) <= _FEW)
        self._needs = tuple(sorted(needs, key=len)[:_ASKED])

    def search(self, text: str, begin: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first match between two places."""
        return self._compiled.search(text, begin, end) if self._may_stand_in(text) else None

    def finditer(self, text: str, begin: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """All matches between two places."""
        return self._compiled.finditer(text, begin, end) if self._may_stand_in(text) else iter(())

    def _may_stand_in(self, text: str) -> bool:
        for need in self._needs:
            for character in need:
                if character in text:
                    break
            else:
                return False
        return True

    def match(self, text: str, begin: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The match that begins at a place."""
        return self._compiled.match(text, begin, end)


def one_of(words: Iterable[str]) -> str:
    """A pattern of words, of which the longest wins; those that begin alike stand together, to be tried together.

    >>> one_of(["中心", "基地", "中心站"])
    '(?:中(?:心站|心)|基地)'
    """
    found = []
    for first, group in groupby(
        sorted(set(words), key=lambda word: (word[:1], -len(word), word)), lambda word: word[:1]
    ):
        rests = [re.escape(word[1:]) for word in group]
        found.append(re.escape(first) + (f"(?:{'|'.join(rests)})" if len(rests) > 1 else rests[0]))
    return f"(?:{'|'.join(found)})"


def opening(pattern: str) -> str | None:
    """The characters with which a match may begin, as the inside of a class; `None` where (nearly) any may.

    >>> opening("(?:甲|乙丙?)*丁"), opening("[^甲]乙"), opening("甲?")
    ('丁乙甲', None, None)
    """
    tree = parsed(pattern)
    if tree is None:
        return None
    begins = _of_sequence(tree)
    if begins is None or None in begins:
        return None
    pieces = sorted(piece for piece in begins if piece is not None)
    return "".join(pieces) if pieces and sum(map(_width, pieces)) <= _WIDEST else None


def _is_known(parts: Sequence[tuple[Any, Any]]) -> bool:
    """Whether the engine itself looks for how a match begins: with a character or one of a class."""
    if not parts:
        return False
    operation, argument = str(parts[0][0]), parts[0][1]
    if operation == "SUBPATTERN":
        return _is_known(argument[3])
    if operation == "BRANCH":
        return all(branch and str(branch[0][0]) == "LITERAL" for branch in argument[1])
    return operation in ("LITERAL", "IN")


# What may begin a match, as pieces of a class; `None` among them: nothing may (what follows begins it); no set: unknown.
_Begins = frozenset[str | None]
_NOTHING: Final[_Begins] = frozenset((None,))


def _of_sequence(parts: Sequence[tuple[Any, Any]]) -> _Begins | None:
    found: _Begins = _NOTHING
    for operation, argument in parts:
        begins = _of_part(str(operation), argument)
        if begins is None:
            return None
        found = (found - _NOTHING) | begins
        if None not in begins:
            break
    return found


def _of_part(operation: str, argument: Any) -> _Begins | None:
    if operation == "LITERAL":
        return frozenset((re.escape(chr(argument)),))
    if operation == "IN":
        return _of_class(argument)
    if operation == "SUBPATTERN":
        _, on, off, inside = argument
        return None if on or off else _of_sequence(inside)
    if operation in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, _, inside = argument
        begins = _of_sequence(inside)
        return begins if least or begins is None else begins | _NOTHING
    if operation == "ATOMIC_GROUP":
        return _of_sequence(argument)
    if operation == "BRANCH":
        return _of_branches([_of_sequence(branch) for branch in argument[1]])
    if operation == "GROUPREF_EXISTS":
        _, yes, no = argument
        return _of_branches([_of_sequence(yes), _of_sequence(no or ())])
    if operation == "FAILURE":
        return frozenset()
    return _NOTHING if operation in ("ASSERT", "ASSERT_NOT", "AT") else None


def _of_class(members: Sequence[tuple[Any, Any]]) -> _Begins | None:
    found: set[str | None] = set()
    for operation, argument in members:
        if str(operation) == "LITERAL":
            found.add(re.escape(chr(argument)))
        elif str(operation) == "RANGE":
            found.add(f"{re.escape(chr(argument[0]))}-{re.escape(chr(argument[1]))}")
        elif str(operation) == "CATEGORY" and str(argument) in _CATEGORIES:
            found.add(_CATEGORIES[str(argument)])
        else:
            return None
    return frozenset(found)


def _of_branches(branches: Sequence[_Begins | None]) -> _Begins | None:
    found: _Begins = frozenset()
    for begins in branches:
        if begins is None:
            return None
        found |= begins
    return found


def _width(piece: str) -> int:
    """How many characters a piece of a class stands for."""
    first, dash, last = piece.partition("-")
    return ord(last[-1]) - ord(first[-1]) + 1 if dash and first and last else 1
