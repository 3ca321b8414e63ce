"""Demanded or reported (目标还是事实): whether a number is a target, and the year that it is of."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final, Literal

from nlp.dates import Time, year_of

_TARGET: Final = re.compile(
    "力争|目标|未来|今后|(?:争取|确保|努力)|到(?:19|20)\\d{2}\\s{0,2}年|计划|规划|拟|预计|预期|将(?:建|"
    "培|新|达|招|投|形成|打造|遴选|组织)|到“?十[三四五六]五”?末|"
    "不(?:低于|少于|高于|超过|得低于|得少于)|应(?:当)?达到|原则上|至少|要(?:达到|建成|完成|培育)|"
    "每年(?:召开|开展|举办|组织|培训|安排|支持|遴选|评选|新增|培养|完成)|"
    "努力做到|提出[^，。；]{0,10}$|给予[^，。；]{0,16}(?:奖励|补贴|补助|资助)|安排[^，。；]{0,10}资金[^，。；]{0,4}$|底前|年底|末，|达到.{0,10}以上"
)
DONE: Final = re.compile(
    "已|现(?=入驻|拥有|建|设)|累计|截至|截止|目前|现有|去年|上年|同比|实现了|建成了|"
    "近[一二两三四五六七八九十\\d]年|同期|达到了|共有|先后|比上年|据统计|以来"
)
_FUTURE: Final = re.compile(
    "(?<!截)(?:到|至)\\s{0,2}20\\d{2}\\s{0,2}年|(?<!截至)(?<!截止)20\\d{2}\\s{0,2}年(?:底|末)?(?:前|，)|今后|未来|“?十[四五六]五”?末"
)
_UNTIL_NOW: Final = re.compile("截[至止](?:到)?(?:20\\d\\d年)?(?:\\d{1,2}月)?(?:底|末)?")
_DEMANDED: Final = re.compile("不(?:低于|少于|高于|超过|得低于|得少于)")
_RISES_FROM: Final = re.compile("(?:由|从)$")
_BACKWARD: Final = re.compile("去年|上年|前年|近")


_ASKS: Final = re.compile(
    "^\\s*(?:[（(]?[一二三四五六七八九十\\d]{1,3}[)）.．、是]+)?(?:要|重点|大力|积极)?(?:支持|推动|鼓励|引导|做强|做大|加快|实施|遴选|"
    "力争|推进|建设|打造|攻克|安排|健全|完善|强化|新建|培育|依托|开展|组织|扩大|深化|加强)"
)
_TOLD: Final = re.compile("了|已|累计|共有|现有|目前|近年|去年|以来|近日|先后")


def kind_and_year(
    text: str, begin: int, start: int, spoken: Sequence[Time], today: str | None, told: Time | None = None
) -> tuple[Literal["Target", "Statistic"], int | None]:
    """Whether the number is a target, and its year: the nearest year named before it in the sentence, else today's."""
    now = year_of(today)
    if _RISES_FROM.search(text[max(begin, start - 2) : start]):
        return "Statistic", now
    named = bisect_left(spoken, start - begin, key=lambda time: time.start)
    latest = spoken[named - 1] if named else None
    clause = _UNTIL_NOW.sub("截至", text[max(begin, start - 60) : start])
    demanded = bool(_DEMANDED.match(text, start))
    done = bool(DONE.search(clause[-40:]))
    if latest is not None:
        due = latest.planned or bool(
            _FUTURE.search(text[begin + max(0, latest.start - 2) : begin + latest.end + 2])
            and (now is None or latest.year >= now)
        )
        if due:
            return "Target", latest.year
    if (
        (demanded or _TARGET.search(clause))
        and not done
        and not (latest and now is not None and latest.year < now)
    ):
        return "Target", (
            latest.year
            if latest and not _BACKWARD.match(latest.words)
            else told.year
            if told is not None and told.planned
            else None
        )
    asked = _ASKS.match(text[begin:start]) and not _TOLD.search(text[begin:start])
    if asked and (latest is None or now is None or latest.year >= now):
        return "Target", latest.year if latest else None
    if latest is None and told is not None:  # the sentence before set the year for this one
        return ("Target" if told.planned and not done else "Statistic"), told.year
    return "Statistic", latest.year if latest else now
