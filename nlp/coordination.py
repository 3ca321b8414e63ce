"""Lists in text (并列): `A、B、C 等` and `A、B 和 C`, found backwards from what closes them.

The members of such a list are mostly of one kind, so one that is known speaks for the others.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from typing import Final

from nlp.names import names
from nlp.surroundings import MODERN, NOMINAL_VERBS, strip_left
from nlp.words import Words

PART: Final = re.compile("[^、和与及]+")  # what marks and conjunctions part
_JOINED: Final = re.compile("(?<=..)[与及](?=..)")
_STOPS: Final = frozenset('，。；：！？,;:!?（）()《》“”"')  # and white space
_LONGEST_LIST: Final = 240
_LONGEST_ITEM: Final = 24
_OPENING_VERBS: Final = frozenset(names("opening_words"))
_OPENING_TAGS: Final = frozenset(("r", "p", "d", "t", "uj", "ul"))


@dataclass(frozen=True, slots=True)
class Listing:
    """The members of a list as (start, end), in order."""

    items: tuple[tuple[int, int], ...]


def items_before(text: str, words: Words, end: int, wholes: Container[tuple[int, int]] = ()) -> Listing:
    """The list that ends at `end`; a single item where there is no list. `wholes` are names that 和 does not split."""
    floor = max(0, end - _LONGEST_LIST)
    cut: list[tuple[int, int]] = []
    right = end
    position = end
    while position > floor:
        position -= 1
        character = text[position]
        if character == "、":
            cut.append((position + 1, right))
            right = position
        elif character in _STOPS or character.isspace():
            cut.append((position + 1, right))
            break
        if right - position > _LONGEST_ITEM:
            break
    else:
        cut.append((position, right))
    if right - position > _LONGEST_ITEM:
        cut.append((position, right))
    cut.reverse()
    items: list[tuple[int, int]] = []
    for number, (start, stop) in enumerate(cut):
        begin = _opened(text, words, start, stop) if number == 0 else start
        joined = number == len(cut) - 1 and any(_JOINED.search(text, s, e) for s, e in cut[1:-1])
        items += (
            _split_last(words, begin, stop)
            if number == len(cut) - 1 and (begin, stop) not in wholes and not joined
            else [(begin, stop)]
        )
    return Listing(tuple((s, e) for s, e in items if e - s > 1 and text[s:e].strip() == text[s:e]))


def _opened(text: str, words: Words, start: int, stop: int) -> int:
    """Where the first item begins: behind the last verb that opens a list."""
    begin = start
    index = words.index(start)
    while index < len(words.starts) and words.starts[index] < stop:
        word = words.texts[index]
        after = words.starts[index] + len(word)
        if after < stop and (
            word in _OPENING_VERBS
            or (words.tags[index] in _OPENING_TAGS and word not in MODERN)
            or _is_verb(words, index)
        ):
            begin = after if word not in ("和", "与", "及") or begin == start else begin
        index += 1
    return strip_left(text, words, max(start, begin), stop)


def _is_verb(words: Words, index: int) -> bool:
    return (
        words.tags[index] == "v"
        and len(words.texts[index]) > 1
        and words.texts[index][-1] not in "与和及"
        and words.texts[index] not in NOMINAL_VERBS
    )


def _split_last(words: Words, start: int, stop: int) -> list[tuple[int, int]]:
    """`B 和 C` at the end of a list are two items."""
    index = words.index(start)
    while index < len(words.starts) and words.starts[index] < stop:
        at = words.starts[index]
        if (
            words.texts[index] in ("和", "及", "以及", "与")
            and start < at
            and at + len(words.texts[index]) < stop
        ):
            return [(start, at), (at + len(words.texts[index]), stop)]
        index += 1
    return [(start, stop)]
