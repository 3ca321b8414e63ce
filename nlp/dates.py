"""Years and dates (时间): absolute, and 去年, 上个月, 近三年, “十四五”末 counted from the document's date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from nlp.numerals import number
from nlp.seeking import Seeker

_CHINESE_YEAR: Final = str.maketrans("〇零一二三四五六七八九○", "001234567890")
_PLANS: Final = {"十二": 2015, "十三": 2020, "十四": 2025, "十五": 2030, "十六": 2035}
_TIME: Final = Seeker(
    r"(?P<year>(?:19|20)\d{2})\s{0,3}年"
    r"|(?P<spelt>二[〇零○][〇零一二三四五六七八九○]{2})年"
    r"|“?(?P<plan>十[二三四五六])五”?(?P<phase>期间|时期|末|期末|以来|规划)?"
    r"|(?P<relative>去年|上年|前年|今年|本年|明年|后年|上一年|当年|目前|现有|近年来|同年)"
    r"|近(?P<span>[一二两三四五六七八九十\d]{1,2})年"
    r"|(?:未来|今后)(?P<ahead>[一二两三四五六七八九十\d]{1,2})[年—-]"
)
_SHIFT: Final = {"去年": -1, "上年": -1, "上一年": -1, "前年": -2, "今年": 0, "本年": 0, "明年": 1, "后年": 2}
_MONTH: Final = re.compile(
    r"(?:(?P<year>(?:19|20)\d{2})\s{0,3}年|(?P<relative>去年|今年|前年|明年))?\s{0,3}"
    r"(?P<month>1[0-2]|0?[1-9])\s{0,3}月(?:\s{0,3}(?P<day>[12]\d|3[01]|0?[1-9])\s{0,3}日)?"
)
_LAST_MONTH: Final = "上个月"


@dataclass(frozen=True, slots=True)
class Time:
    """A year that the text names; `future` where it can only be one to come, `words` as they stand."""

    year: int
    start: int
    end: int
    words: str
    planned: bool = False
    counted: bool = False  # 截至…: what was so then, also in the next sentence


def year_of(date: str | None) -> int | None:
    """The year of an ISO date as exact as known, or `None`."""
    return int(date[:4]) if date and re.match(r"\d{4}", date) else None


def times(text: str, today: str | None) -> list[Time]:
    """The years that a stretch of text speaks of, in order."""
    now = year_of(today)
    found = []
    for match in _TIME.finditer(text):
        year: int | None
        planned = False
        if match["year"]:
            year = int(match["year"])
        elif match["spelt"]:
            year = int(match["spelt"].translate(_CHINESE_YEAR))
        elif match["plan"]:
            year = _PLANS[match["plan"]] if match["phase"] in ("末", "期末", "期间", "时期", None) else now
            planned = match["phase"] in ("末", "期末")
        elif match["relative"]:
            year = now + _SHIFT[match["relative"]] if now and match["relative"] in _SHIFT else None
        elif match["span"]:
            year = now
        else:
            ahead = number(match["ahead"])
            year = now + int(ahead) if now and ahead else None
            planned = True
        if year is not None:
            found.append(Time(year, match.start(), match.end(), match.group(), planned))
    return found


def iso_date(text: str, today: str | None) -> str | None:
    """The first date of a stretch as ISO text, as exact as it is: `去年 12 月` said in 2023 → 2022-12."""
    if _LAST_MONTH in text and today and len(today) >= 7:
        month = int(today[:4]) * 12 + int(today[5:7]) - 2
        return f"{month // 12}-{month % 12 + 1:02}"
    now = year_of(today)
    match = _MONTH.search(text)
    if match:
        year = int(match["year"]) if match["year"] else now
        if match["relative"]:
            year = now + _SHIFT[match["relative"]] if now else None
        if year is not None:
            day = f"-{int(match['day']):02}" if match["day"] else ""
            return f"{year}-{int(match['month']):02}{day}"
    found = times(text, today)
    return str(found[0].year) if found else None
