"""Boundaries (边界): where a name begins and ends that the network saw a character too short or too long.

No name begins within a word or holds half a pair of marks.
"""

from __future__ import annotations

from typing import Final

_MARKS: Final = {"“": "”", "‘": "’", "（": "）", "(": ")", "《": "》", "「": "」"}
_HALVES: Final = ("其", "中")  # 其中|华峰化工 is no 中华峰化工
_SHORT: Final = 2


def whole(text: str, start: int, end: int) -> tuple[int, int] | None:
    """A span with the marks that it lacks and without those around all of it; `None` where half a pair stays.

    >>> text = "建有“粤菜师傅”培训中心（北区）、“雏鹰”"
    >>> [text[slice(*whole(text, *span))] for span in ((3, 12), (3, 15), (17, 20))]
    ['“粤菜师傅”培训中心', '“粤菜师傅”培训中心（北区）', '雏鹰']
    >>> whole(text, 0, 4) is None
    True
    """
    if (text[start - 1 : start], text[start]) == _HALVES and end - start > _SHORT:
        start += 1
    span = text[start:end]
    for opening, closing in _MARKS.items():
        lacking = span.count(closing) - span.count(opening)
        if lacking == 1 and text[start - 1 : start] == opening:
            start -= 1
        elif lacking == -1 and text[end : end + 1] == closing:
            end += 1
        elif lacking:
            return None
    if text.find(_MARKS.get(text[start], "\0"), start, end) == end - 1 > start + 1:
        return start + 1, end - 1
    return start, end
