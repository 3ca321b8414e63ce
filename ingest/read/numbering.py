"""Automatic numbers of Word (自动编号): 一、 （一） 1. are made up from its lists, here as there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VALUE: Final = f"{_W}val"
_SLOT: Final = re.compile(r"%([1-9])")
_DIGITS: Final = "零一二三四五六七八九"
_DEEPEST: Final = 8


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    text: str
    start: int


class Numbering:
    """The lists of one document, counting as its paragraphs are read in order."""

    def __init__(self, part: Any | None) -> None:
        """`part` is the root element of `numbering.xml`, `None` if the document has no lists."""
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, tuple[str, Mapping[int, _Level]]] = {}
        self._counters: dict[str, dict[int, int]] = defaultdict(dict)
        if part is not None:
            self._load(part)

    def _load(self, part: Any) -> None:
        for abstract in part.findall(f"{_W}abstractNum"):
            identifier = abstract.get(f"{_W}abstractNumId")
            self._levels[identifier] = dict(map(_level, abstract.findall(f"{_W}lvl")))
        for number in part.findall(f"{_W}num"):
            link = number.find(f"{_W}abstractNumId")
            abstract_id = link.get(_VALUE) if link is not None else ""
            levels = dict(self._levels.get(abstract_id, {}))
            own = abstract_id
            for override in number.findall(f"{_W}lvlOverride"):
                index = int(override.get(f"{_W}ilvl", "0"))
                whole, start = override.find(f"{_W}lvl"), override.find(f"{_W}startOverride")
                if whole is not None:
                    levels[index] = _level(whole)[1]
                elif start is not None and index in levels:
                    levels[index] = _Level(levels[index].format, levels[index].text, _integer(start, 1))
                own = f"{abstract_id}/{number.get(f'{_W}numId')}"  # an override counts anew
            self._lists[number.get(f"{_W}numId")] = (own, levels)

    def label(self, list_id: str, index: int) -> str:
        """The number of the next paragraph of a list at a level, as Word shows it; empty for bullets and unknown ones."""
        own, levels = self._lists.get(list_id, ("", {}))
        level = levels.get(index)
        if level is None or not 0 <= index <= _DEEPEST:
            return ""
        counters = self._counters[own]
        counters[index] = counters.get(index, level.start - 1) + 1
        for deeper in [key for key in counters if key > index]:
            del counters[deeper]
        if level.format in {"bullet", "none"}:
            return ""

        def shown(found: re.Match[str]) -> str:
            slot = int(found.group(1)) - 1
            other = levels.get(slot, level)
            return _formatted(counters.get(slot, other.start), other.format)

        return _SLOT.sub(shown, level.text)


def _level(element: Any) -> tuple[int, _Level]:
    def value(name: str, default: str) -> str:
        found = element.find(f"{_W}{name}")
        return default if found is None else found.get(_VALUE, default)

    start = element.find(f"{_W}start")
    level = _Level(value("numFmt", "decimal"), value("lvlText", ""), _integer(start, 1))
    return int(element.get(f"{_W}ilvl", "0")), level


def _integer(element: Any | None, default: int) -> int:
    written = "" if element is None else element.get(_VALUE, "")
    return int(written) if written.isdigit() and len(written) < 7 else default


def _formatted(number: int, style: str) -> str:
    return _FORMATS.get(style, str)(number)


def _chinese(number: int) -> str:
    """一, 十, 十一, 二十, 一百零五; beyond 999 plain digits."""
    if not 0 < number < 1000:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number <= 260 else str(number)


def _roman(number: int) -> str:
    if not 0 < number < 400:
        return str(number)
    text = ""
    for value, sign in (
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ):
        text += sign * (number // value)
        number %= value
    return text


def _circled(number: int) -> str:
    return chr(ord("①") + number - 1) if 0 < number <= 20 else str(number)


_FORMATS: Final[Mapping[str, Callable[[int], str]]] = {
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "ideographDigital": lambda number: "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number)),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: "".join(chr(ord(digit) + 0xFEE0) for digit in str(number)),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
}
