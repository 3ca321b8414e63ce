"""Dates as documents write them (日期): 2023 年 11月 3 日, 二〇〇四年八月十二日, 2023-11-03 → ISO text."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

_FULL_WIDTH: Final = str.maketrans("０１２３４５６７８９", "0123456789")
_DIGITS: Final = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "○": 0,
    "Ｏ": 0,
    "O": 0,
    "0": 0,
}

DATE: Final = re.compile(
    r"""(?:(?:(?:19|20)\s*\d\s*\d|[一二][〇○零ＯO0一二三四五六七八九]{3})\s*年
        \s*(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s*月
        (?:\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*日)?
       |(?:19|20)\d{2}[-./](?:0?[1-9]|1[0-2])[-./](?:3[01]|[12]\d|0?[1-9])(?!\d))""",
    re.VERBOSE,
)
_PARTS: Final = re.compile(
    r"(?P<year>.{4})年(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})月(?:(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})日)?"
)
_TENS: Final = re.compile("([一二三四五六七八九])?十([一二三四五六七八九])?")


def plain_digits(text: str) -> str:
    """The text with its full-width digits as plain ones, each in its place: ２０２３年５月６日 → 2023年5月6日."""
    return text.translate(_FULL_WIDTH)


def iso_dates(text: str) -> tuple[str, ...]:
    """All dates in `text` that exist, as ISO text and as exact as written (`2023-11-03`, `2023-11`).

    >>> iso_dates("二〇〇四年八月十二日，2023 年 11月 3 日印发")
    ('2004-08-12', '2023-11-03')
    """
    return tuple(
        found for match in DATE.finditer(plain_digits(text)) if (found := _iso(match.group())) is not None
    )


def iso_date(text: str) -> str | None:
    """The first date in `text`, as ISO text, or `None`."""
    return next(iter(iso_dates(text)), None)


def _iso(written: str) -> str | None:
    squeezed = re.sub(r"\s+", "", written)
    found = _PARTS.fullmatch(squeezed)
    if found:
        year, month, day = (_number(part) if part else None for part in found.group("year", "month", "day"))
    else:
        year, month, day = (int(part) for part in re.split(r"[-./]", squeezed))
    try:
        whole = dt.date(year or 0, month or 0, 1 if day is None else day)
    except ValueError:
        return None
    return whole.isoformat() if day else whole.isoformat()[:7]


def _number(written: str) -> int:
    """The value of a part of a date; 0, which no date has, where it is no number (十十月)."""
    if written.isdigit():
        return int(written)
    if "十" in written:
        tens = _TENS.fullmatch(written)
        return 10 * _DIGITS[tens[1] or "一"] + _DIGITS[tens[2] or "零"] if tens else 0
    return int("".join(str(_DIGITS.get(char, char)) for char in written))
