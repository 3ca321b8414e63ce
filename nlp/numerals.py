"""Numbers as they are written (数词): 52.5 万, 三分之二, 二十分之一, 八成, 翻一番, 近百, 1.9万余 as plain numbers."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

import cn2an

_SCALES: Final = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_FULL_WIDTH: Final = str.maketrans("０１２３４５６７８９．，％", "0123456789.,%")
CHINESE: Final = "[零〇一二三四五六七八九十百千万亿两]"
_EITHER: Final = re.compile(
    "(?<=[一二两三四五六七八九])[一二三四五六七八九](?=[十百千万亿])"
)  # 三四十: at least 30
_NUMERAL: Final = re.compile(f"{CHINESE}{{1,30}}(?:点{CHINESE}{{1,4}})?")
PLAIN: Final = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d{1,15}(?:\.\d{1,6})?"


@cache
def chinese_number(text: str) -> float | None:
    """The value of a Chinese numeral, `None` where it is none.

    >>> chinese_number("二十"), chinese_number("一亿二千万"), chinese_number("三万五"), chinese_number("三四百万")
    (20.0, 120000000.0, 35000.0, 3000000.0)
    """
    if not _NUMERAL.fullmatch(text):
        return None
    counted = _EITHER.sub("", "一" + text if text[0] in "百千万亿" else text)
    try:
        return float(cn2an.cn2an(counted, "normal"))
    except (ValueError, KeyError):  # KeyError: 一亿五, of which it does not know the scale
        return None


def number(text: str, scale: str = "") -> float | None:
    """The value of a numeral in digits or characters, times its scale (万, 亿, 百万 …).

    >>> number("52.5", "万"), number("二十"), number("1,280", "万")
    (525000.0, 20.0, 12800000.0)
    """
    plain = "".join(text.translate(_FULL_WIDTH).split()).replace(",", "").replace("，", "")
    try:
        value: float | None = float(plain)
    except ValueError:
        value = chinese_number(plain)
    if value is None:
        return None
    for character in scale:
        value *= _SCALES.get(character, 1)
    return float(f"{value:.15g}")  # 637.45亿 is no 63745000000.00001


def fraction(denominator: str, numerator: str) -> float | None:
    """`二十分之一` → 0.05; `None` where either part is no number or the denominator is 0."""
    below, above = number(denominator), number(numerator)
    if not below or above is None:
        return None
    return above / below
