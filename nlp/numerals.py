"""Numbers as they are written (数词): 52.5 万, 三分之二, 二十分之一, 八成, 翻一番, 近百, 1.9万余 as plain numbers."""

from __future__ import annotations

import re
from typing import Final

_DIGITS: Final = {c: n for n, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "几": 3,
    "数": 3,
    "壹": 1,
}
_SCALES: Final = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_FULL_WIDTH: Final = str.maketrans("０１２３４５６７８９．，％", "0123456789.,%")
CHINESE: Final = "[零〇一二三四五六七八九十百千万亿两]"
PLAIN: Final = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d{1,15}(?:\.\d{1,6})?"


def chinese_number(text: str) -> int | None:
    """The value of a Chinese numeral, `None` where it is none.

    >>> chinese_number("二十"), chinese_number("一百零五"), chinese_number("三万五千")
    (20, 105, 35000)
    """
    if not text or not re.fullmatch(CHINESE + "{1,20}", text):
        return None
    total = section = digit = 0
    for character in text:
        if character in _DIGITS:
            digit = (
                digit * 10 + _DIGITS[character]
                if digit and "十" not in text and "百" not in text
                else _DIGITS[character]
            )
            continue
        scale = _SCALES[character]
        if scale >= 10**4:
            total = (total + section + digit or 1) * scale
            section = digit = 0
        else:
            section += (digit or 1) * scale
            digit = 0
    return total + section + digit


def number(text: str, scale: str = "") -> float | None:
    """The value of a numeral in digits or characters, times its scale (万, 亿, 百万 …).

    >>> number("52.5", "万"), number("二十"), number("1,280", "万")
    (525000.0, 20.0, 12800000.0)
    """
    plain = "".join(text.translate(_FULL_WIDTH).split()).replace(",", "").replace("，", "")
    try:
        value = float(plain)
    except ValueError:
        whole = chinese_number(plain)
        if whole is None:
            return None
        value = float(whole)
    for character in scale:
        value *= _SCALES.get(character, 1)
    return float(f"{value:.15g}")  # 637.45亿 is no 63745000000.00001


def fraction(denominator: str, numerator: str) -> float | None:
    """`二十分之一` → 0.05; `None` where either part is no number or the denominator is 0."""
    below, above = number(denominator), number(numerator)
    if not below or above is None:
        return None
    return above / below
