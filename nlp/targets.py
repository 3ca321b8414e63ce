"""Demanded or reported (目标还是事实): whether a number is a target, and the year that it is of.

A sentence sets a time for its numbers (`到2027年，…`, `截至2023年底，…`): the nearest such setting before a number
governs it. The number's own clause may say otherwise: `目前已有41家` reports, `将投入1000万元` plans. Where neither
speaks, a sentence that begins as an order (`建设…`, `支持…`) demands what it counts; all else is reported.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, Literal

from nlp.dates import Time, year_of
from nlp.extraction import Quantity
from nlp.seeking import Seeker

Stance = Literal["Target", "Statistic"]

_PLAN: Final = "“?十[四五六七]五”?"
_ENDS: Final = {"十一五": 2010, "十二五": 2015, "十三五": 2020, "十四五": 2025}
# Settings: what a stretch behind them is, until the next one.
_AHEAD: Final = re.compile(
    "(?<![高加长升少降大增缩扩截])[到至]\\s{0,2}(?P<due>20\\d{2})\\s{0,2}年|(?P<before>20\\d{2})\\s{0,2}年(?:\\d{1,2}月)?(?:底|末)?(?:之?前)"
    f"|[到至]?{_PLAN}(?:期?末|期间|时期)|(?:自|从)20\\d{{2}}年(?:开始|起)|(?:到|至)本世纪"
    "|[到至]“?(?P<plan>十[一二三]五)”?期?末"
    "|未来(?=[，\\d一二三四五几十]|将)|今后|力争|(?<!此前)(?<![仅只])用[\\d一二三四五十]{1,2}(?:[至到—-][\\d一二三四五十]{1,2})?年(?:左右)?的?时间(?![^，。]{0,12}[了出])|[\\d一二三四五十]{1,2}年内"
    "|(?:根据|按照|按)(?:协议|合同|约定|规划(?![^，。]))|目标(?=引进|建成|打造|达到|实现)|双方(?:还)?将|奋斗目标|发展目标|工作目标|目标(?:是|为|：)"
)
_BEHIND: Final = re.compile(
    "截[至止]|(?:由|从)(?=\\d{4}年)|目前|现有(?!基础)|现已|累计|去年|上年|前年|近[一二两三四五六七八九十\\d]{1,2}年|近年来|以来|同期|据统计|20\\d{2}\\s{0,2}年"
)
# What a clause says of its own numbers.
_PLANS: Final = re.compile(
    "力争|争取(?!到)|确保|届时|拟|请求|申请|计划(?![”》」]|单列|生育|院校|学校|建设单位)|预计|预期|规划(?![^，。；]{0,4}(?:面积|占地|用地)|院|局|纲要|》|(?:设立|布局|建设)的)|控制在|(?:建成|达产|满产|竣工|投产|投用|投入使用|落成|全面建成)(?:投产|投用|投入使用)?后|"
    "(?<!现)将(?!其|以|与|.{0,6}作为)|不(?:低于|少于|高于|超过|得低于|得少于)|应(?:当)?达到|原则上|至少|"
    "(?<![需重主只])要(?:达到|建成|完成|培育|求)|每年(?:召开|开展|举办|组织|培训|安排|支持|遴选|评选|新增|培养|完成|发布)|努力做到|"
    "提出[^，。；]{0,10}$|给予[^，。；]{0,16}(?:奖励|补贴|补助|资助)|安排[^，。；]{0,10}资金[^，。；]{0,4}$|达到.{0,10}以上|(?<!首批)招收(?:应届|往届|高中|初中|中职|社会)|招生计划|面向[^，]{0,8}招生"
)
DONE: Final = Seeker(
    "已(?!知)|现(?=入驻|拥有|建|设|有(?!基础))|累计|截[至止]|目前|现有(?!基础)|去年|上年|同比|(?<!为)了(?!解)|近[一二两三四五六七八九十\\d]年|同期|共有|先后|比上年|据统计|以来|只有|仅有|仅为"
)
# What a clause plans, the following ones of its stretch plan too: 拟建厂房，引进8家企业
_PLANS_ON: Final = re.compile(
    "预计|(?<![虚模比])拟(?=[建投引用设新在])|(?<![》”」])计划(?=[在新建投引用于三到])|规划建设(?!的)|(?<!即)将(?=建设|建成|形成|打造|培育|引进|新建|投资|冲刺|实施|组建)"
)
# In the first months of a year nothing can be told of the whole of it.
_YEAR_BEGINS: Final = re.compile("20\\d\\d-0(?:1(?!-01)|[23])")
_WHOLE_YEAR: Final = re.compile(
    "(?P<year>20\\d{2})年(?!\\d{1,2}月|[初春]|[^，。；]{0,24}会议)|(?<![去上前])全年"
)
# 超额完成1100万人的目标, 完成全年目标任务36000人次的110%
_IS_GOAL: Final = re.compile("的(?:年度|全年)?(?:预期)?(?:目标|任务)(?!之)")
_GOAL_BEFORE: Final = re.compile("(?:目标任务|目标)$")
_NEED_BEFORE: Final = re.compile("需求|缺口|需要")
NEED_BEHIND: Final = re.compile("的[^，。；]{0,6}(?:需求|缺口|需要)")  # 35万的人才需求
_WILL_BE: Final = re.compile("[^，。；]{0,10}(?:到20\\d{2}年|将(?:成为|达|建|形成))")
_DEMANDED: Final = re.compile("至少|力争|不(?:低于|少于|高于|超过|得低于|得少于)")
_HOLDS: Final = re.compile("拥有|共有|建有|现有|已")  # 到2022年底，全市拥有…, said in 2022
_RISES_FROM: Final = re.compile("(?:由|从)(?:20\\d{2}年的?)?$")
# What a year is told of alone: 学校始建于1958年，在校生… counts today's. 2016年起 goes on, too.
_ORIGIN: Final = re.compile(
    "始建|[创建成]立|创办|创建|建校|建于|办于|始于|升格|更名|改制|合并|整合|组建|合[建并]|设立|批准|获批|入选|列入|授牌|挂牌|揭牌|认定|移交|"
    "落户|迁|启动|起步|投产|开[园办工]|由|从|年(?:\\d{1,2}月)?起"
)
_TODAY: Final = re.compile("目前|现有|现已|如今|眼下|现在|至今|迄今|当前|现(?=[有设开建])|今(?=[有设开年])")
_SINCE: Final = re.compile("(?:\\d{1,2}月)?(?:以来|至今)")
_RISES: Final = re.compile("[增提升降扩涨减][^，]{0,3}[到至为]")
_SAME_YEAR: Final = re.compile("同年|当年|该年")
_PROPOSED: Final = re.compile(
    "(?:方案|规划|计划|意见|通知|》|目标|纲要|办法)[^，。；]{0,6}(?:提出|明确|要求)"
)
_CLAUSE: Final = re.compile("[，；：。！？\n]")
_LONGEST_CLAUSE: Final = 140
_LONGEST_SENTENCE: Final = 600  # characters before a number that may say what it is: reading stays linear
_BACKWARD: Final = re.compile("去年|上年|前年|近")

_ASKS: Final = re.compile(
    "^\\s*(?:(?:自|从)20\\d{2}年(?:开始|起)，)?(?:围绕[^，。]{2,60}，|在[^，。]{2,40}基础上，)?(?:[（(]?[一二三四五六七八九十\\d]{1,3}[)）.．、是]+)?(?:要|重点|大力|积极)?(?:支持|推动|鼓励|引导|做强|做大|加快|实施|遴选|"
    "力争|推进|建设|打造|攻克|安排|健全|完善|强化|新建|培育|依托|开展|组织|扩大|深化|加强|培养|创建|新增)"
)
_TOLD: Final = re.compile("了|已|累计|共有|现有|目前|近年|去年|以来|近日|先后|\\d月\\d{1,2}日")


def kind_and_year(
    text: str, begin: int, start: int, spoken: Sequence[Time], today: str | None, told: Time | None = None,
    stop: int = 0, answered: bool = False,
) -> tuple[Stance, int | None]:  # fmt: skip
    """Whether the number is a target, and its year: the nearest year before it in the sentence that is its, else today's.

    A year in which something began is of its own clause alone, 目前 ends what was told before it, and of the sentence
    before (`told`) only 截至… goes on. `stop` is where the number ends; in an item that bodies answer for (`answered`),
    what is not done yet is demanded.
    """
    now = year_of(today)
    if _RISES_FROM.search(text[max(begin, start - 8) : start]):
        named = bisect_left(spoken, start - begin, key=lambda time: time.start)
        return "Statistic", spoken[named - 1].year if named else now
    named = bisect_left(spoken, start - begin, key=lambda time: time.start)
    latest = spoken[named - 1] if named else None
    stance = _stance(text, begin, start, stop or start, today, latest, told, answered)
    if stance == "Target":
        if latest is not None and not _BACKWARD.match(latest.words):
            return stance, latest.year
        return stance, told.year if told is not None and told.planned else None
    if latest is not None:
        return stance, latest.year if governs(text, begin, latest, start) else now
    near = max(begin, start - _LONGEST_SENTENCE)
    if told is None or _TODAY.search(text, near, start):
        return stance, now
    # a coming year told before speaks for a target; `stance` takes it away from what is reported all the same
    goes_on = told.counted or now is None or told.year > now or _SAME_YEAR.search(text, near, start)
    return stance, told.year if goes_on else now


def governs(text: str, begin: int, time: Time, start: int) -> bool:
    """Whether a year is that of what stands at `start` behind it: in its clause, or as that of the sentence."""
    near = max(begin + time.end, start - _LONGEST_SENTENCE)
    if _SINCE.match(text, begin + time.end) or _TODAY.search(text, near, start):
        return False
    if _SAME_YEAR.search(text, near, start):
        return True
    stop = _CLAUSE.search(text, begin + time.end, start)
    if stop is None:
        risen = text.endswith(("由", "从"), begin, begin + time.start)
        return not (risen and _RISES.search(text, begin + time.end, start))
    floor = max(begin, begin + time.start - _LONGEST_CLAUSE)
    first = max((match.end() for match in _CLAUSE.finditer(text, floor, begin + time.start)), default=floor)
    return not _ORIGIN.search(text, first, stop.start())


def _stance(
    text: str, begin: int, start: int, stop: int, today: str | None, latest: Time | None, told: Time | None,
    answered: bool,
) -> Stance:  # fmt: skip
    now = year_of(today)
    opening, begin = begin, max(begin, start - _LONGEST_SENTENCE)
    clause = _own_clause(text, begin, start)
    if _DEMANDED.match(text, start) or _IS_GOAL.match(text, stop) or _GOAL_BEFORE.search(clause):
        return "Target"
    done = bool(DONE.search(clause))
    past = latest is not None and now is not None and latest.year < now
    if not done and not past and (_PLANS.search(clause) or _WILL_BE.match(text, start)):
        return "Target"
    if done:
        return "Statistic"
    if answered and not past:
        return "Target"
    if not past and _carried(text, begin, start):
        return "Target"
    if now is not None and _YEAR_BEGINS.match(today or "") and _of_the_year(text, begin, start, now):
        return "Target"
    setting = _setting(text, begin, start, stop, now)
    if setting is not None:
        return setting
    if _PROPOSED.search(text, begin, start):
        return "Target"
    if told is not None and told.planned:
        return "Target"
    asked = begin == opening and _ASKS.match(text[begin:start]) and not _TOLD.search(text, begin, start)
    return "Target" if asked and not past else "Statistic"


def _carried(text: str, begin: int, start: int) -> bool:
    """Whether an earlier clause of the same stretch plans, and none between it and the number reports."""
    floor = max(begin, start - _LONGEST_CLAUSE, text.rfind("；", begin, start) + 1)
    ends = [match.end() for match in _PLANS_ON.finditer(text, floor, start)]
    return bool(ends) and not (
        DONE.search(text, ends[-1], start)
        or _BEHIND.search(text, ends[-1], start)
        or text.find("面向", ends[-1], start) >= 0
    )


def _of_the_year(text: str, begin: int, start: int, now: int) -> bool:
    """Whether what stands before a number in its sentence is about the year that has only begun."""
    named = [(match.end(), match["year"]) for match in _WHOLE_YEAR.finditer(text, begin, start)]
    return (
        bool(named)
        and named[-1][1] in (None, str(now))
        and not _TOLD.search(text, begin, start)
        and not _BEHIND.search(text, named[-1][0], start)
    )


def _own_clause(text: str, begin: int, start: int) -> str:
    """The clause of a number up to it."""
    floor = max(begin, start - _LONGEST_CLAUSE)
    marks = [match.end() for match in _CLAUSE.finditer(text, floor, start)]
    return text[marks[-1] if marks else floor : start]


def _setting(text: str, begin: int, start: int, stop: int, now: int | None) -> Stance | None:
    """What the nearest setting before a number makes of it."""
    ahead = None
    for match in _AHEAD.finditer(text, begin, start):
        due = match["due"] or match["before"] or _ENDS.get(match["plan"] or "")
        holds = due is not None and now in (None, int(due)) and _HOLDS.search(text, match.end(), start)
        if not holds and (due is None or now is None or int(due) >= now):
            ahead = match
    behind = None
    for match in _BEHIND.finditer(text, begin, start):
        if ahead is None or match.start() >= ahead.end():
            behind = match
    if behind is not None:
        coming = behind.group()[:2] == "20" and now is not None and int(behind.group()[:4]) > now
        needed = _NEED_BEFORE.search(text, behind.end(), start) or NEED_BEHIND.match(text, stop)
        return "Target" if coming and not needed else "Statistic"  # what will be needed is known today
    return "Target" if ahead is not None else None


_FALLS: Final = re.compile("(?:降|减|压减|压缩|缩减|缩短|降低|下降|减少)(?:至|到)$|控制在$")


def not_to_exceed(text: str, found: Iterable[Quantity]) -> Iterator[Quantity]:
    """The numbers, of which a target that something is to fall to (失业率降到3%) is met by less, too."""
    for one in found:
        falls = one.comparator == "=" and _FALLS.search(text, max(0, one.start - 4), one.start)
        yield replace(one, comparator="≤") if falls and one.type == "Target" else one
