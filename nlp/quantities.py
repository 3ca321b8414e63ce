"""Targets and statistics (目标、统计事实): each number of a sentence with its comparator, unit, year and metric.

A number counts where it has a unit that counts things or money, or is a share. Dates, ordinals, document numbers,
slogans (“11335”) and outlines (三大任务, 3 点意见) do not.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, Literal

from nlp.dates import Time, times, year_of
from nlp.extraction import Mention, Quantity
from nlp.metrics import metric_of
from nlp.numerals import CHINESE, PLAIN, fraction, number

_UNIT: Final = (
    "个百分点|人次|万人次|人|名|家|所|个|项|条|门|套|本|部|种|类|支|处|台套|台|"
    "件|次|期|亩|平方米|平方公里|公里|吨|学时|课时|学分|"
    "倍|对|场|班次|班|张|座|间|辆|元|美元|户|位|批次|批|篇|款|份|工位|"
    "兆瓦|千瓦时|千瓦|张床位|床|例|团队|公顷|颗|架|只"
)
_PREFIX: Final = (
    "超过|突破|不低于|不少于|不高于|不超过|不足|低于|少于|高于|多于|大于|小于|至少|最多|最少|"
    "约|大约|接近|将近|近|逾|超|达到或超过|高达"
)
_SUFFIX: Final = "及以上|以上|以内|以下|左右|上下"
_MORE: Final = "余|多"
_RATE: Final = "%|％|‰|个百分点"
_NUMBER: Final = re.compile(
    rf"(?P<prefix>{_PREFIX})?\s{{0,2}}"
    rf"(?:(?P<below>{CHINESE}{{1,6}}|\d{{1,4}})分之(?P<above>{CHINESE}{{1,6}}|\d{{1,4}})"
    rf"|(?P<low>{PLAIN})(?P<lowscale>[万亿]?)[%％]?\s{{0,2}}(?:[—–－~～-]{{1,2}}|至|"
    rf"到)\s{{0,2}}(?P<high>{PLAIN})\s{{0,2}}(?P<highscale>[百千万亿]{{0,2}})\s{{0,2}}(?P<highmore>{_MORE})?(?P<highunit>{_RATE}|{_UNIT})"
    rf"|"
    rf"(?P<value>{PLAIN})\s{{0,2}}(?P<over>{_MORE})?(?P<scale>[百千万亿]{{0,2}})\s{{0,2}}(?P<more>{_MORE})?\s{{0,2}}(?P<unit>{_RATE}|{_UNIT})?(?P<moreafter>{_MORE})?"
    rf"|(?P<tenths>[一二三四五六七八九])成(?![员立果为熟都效本功交人型分年长品套就])"
    rf"|(?P<half>一半|半数)|(?P<double>翻[一两]番|翻番)"
    rf"|(?P<spelt>{CHINESE}{{1,10}})(?P<speltmore>{_MORE})?(?P<speltunit>{_UNIT}))"
    rf"\s{{0,2}}(?P<suffix>{_SUFFIX})?"
)
_PERIODIC: Final = re.compile(
    rf"每(?:个)?(?P<period>年度|年|季度|月|学期|学年|周)(?P<verb>(?:至少|分别)?(?:召开|举办|开展|组织|发布|评选|安排|培训|"
    rf"遴选)?)(?:不少于)?(?P<count>{CHINESE}{{1,3}}|\d{{1,3}})\s{{0,2}}(?P<unit>次|期|场|项|轮|批)"
    rf"|一个(?P<holder>单位|季度|年度|学校|企业|专业|产业|月|区县|学期|院校|园区|产业链|"
    rf"集群)(?P<onecount>[一两])(?P<oneunit>张|项|次|个|支|校|所|套|本|家|名)"
)
_ALL: Final = re.compile("全覆盖")
_PERIODS: Final = {"年度": "年", "学年": "年", "年": "年"}
_DATE_AFTER: Final = re.compile(
    r"\s{0,3}(?:年|月|日|号|时|点|级|届|期间|周年|岁|天|小时|分钟|世纪|次会议|次全会|版|中全会)"
)
_ORDINAL: Final = re.compile("[第〔\\[（(+＋./:：A-Za-z-]\\s{0,2}$")
_OUTLINE: Final = re.compile(
    r"\s{0,2}(?:方面|层级|层面|环节|阶段|维度|问题|原则|步骤|步|重要|着力点|要点|"
    r"意见|统一|统筹|月|工作日|世纪|坚持|确保|必须|工作导向|"
    "定位|主攻|重点任务|关键|字|意识|自信|维护|结合|转变|性|面向|百年|五年规划|季度|学期|学年|小时|五年)"
)
_SENTENCE_END: Final = re.compile("[。！？\n]")
_QUOTED_CODE: Final = re.compile('[“"][^“”"]{0,12}$')
_TARGET: Final = re.compile(
    "力争|目标|(?:争取|确保|努力)|到(?:19|20)\\d{2}\\s{0,2}年|计划|规划|拟|预计|预期|将(?:建|"
    "培|新|达|招|投|形成|打造|遴选|组织)|到“?十[三四五六]五”?末|"
    "不(?:低于|少于|高于|超过|得低于|得少于)|应(?:当)?达到|原则上|至少|要(?:达到|建成|完成|培育)|"
    "每年(?:召开|开展|举办|组织|培训|安排|支持|遴选|评选|新增|培养|完成)|"
    "努力做到|底前|年底|末，|达到.{0,10}以上"
)
_DONE: Final = re.compile(
    "已|累计|截至|截止|目前|现有|去年|上年|同比|实现了|建成了|"
    "近[一二两三四五六七八九十\\d]年|同期|达到了|共有|先后|比上年|据统计|以来"
)
_FUTURE: Final = re.compile(
    "(?:到|至)\\s{0,2}20\\d{2}\\s{0,2}年|20\\d{2}\\s{0,2}年(?:底|末)?(?:前|，)|今后|未来|“?十[四五六]五”?末"
)
_MONEY: Final = frozenset(("元", "美元"))
_AT_LEAST: Final = frozenset(
    ("超过", "突破", "不低于", "不少于", "高于", "多于", "大于", "至少", "最少", "逾", "超", "达到或超过")
)
_AT_MOST: Final = frozenset(("不高于", "不超过", "低于", "少于", "小于", "最多", "不足"))
_ABOUT: Final = frozenset(("约", "大约", "接近", "将近", "近"))


def quantities(text: str, entities: Sequence[Mention], today: str | None) -> list[Quantity]:
    """The targets and statistics of a passage, in its order."""
    bounds = [0, *(match.end() for match in _SENTENCE_END.finditer(text))]
    if bounds[-1] != len(text):
        bounds.append(len(text))
    hidden = [
        (m.start, m.end)
        for m in entities
        if m.kind
        in (
            "PolicyDocument",
            "TalentProgram",
            "IndustryChain",
            "Agency",
            "School",
            "Enterprise",
            "Consortium",
            "Occupation",
        )
    ]
    starts = [start for start, _ in hidden]
    found: list[Quantity] = []
    for begin, end in pairwise(bounds):
        sentence = text[begin:end]
        if not any(
            character.isdigit() or character in "一二三四五六七八九十两百千万亿半全番"
            for character in sentence
        ):
            continue
        for quantity in _of_sentence(text, begin, end, entities, today):
            index = bisect_right(starts, quantity.start) - 1
            if index < 0 or hidden[index][1] <= quantity.start:
                found.append(quantity)
    return found


def _of_sentence(
    text: str, begin: int, end: int, entities: Sequence[Mention], today: str | None
) -> Iterator[Quantity]:
    spoken = times(text[begin:end], today)
    taken: list[tuple[int, int]] = []
    for match in _PERIODIC.finditer(text, begin, end):
        taken.append((match.start(), match.end()))
        yield _periodic(text, match, begin, end)
    for match in _ALL.finditer(text, begin, end):
        yield from _full_coverage(text, match, begin, spoken, today)
    blocked = 0
    for match in _NUMBER.finditer(text, begin, end):
        while blocked < len(taken) and taken[blocked][1] <= match.start():
            blocked += 1
        if blocked < len(taken) and taken[blocked][0] < match.end():
            continue
        read = _read(text, match, end)
        if read is None:
            continue
        value, unit, comparator, start, stop = read
        near = max(begin, start - _REACH)  # what a number is about stands near it, however long the sentence
        kind, year = _time(text, begin, start, spoken, today)
        metric, unit = metric_of(text, near, min(end, stop + _REACH), start, stop, unit)
        if not metric:
            continue
        if unit in _PER_YEAR_UNITS and re.search(
            "每年[^，。；]{0,24}$", text[max(begin, start - 28) : start]
        ):
            unit, kind, year = f"{unit}/年", "Target" if not _DONE.search(text[near:start]) else kind, None
        yield Quantity(
            type=kind, metric=metric, comparator=comparator, value=value, unit=unit, year=year,
            surface=text[start:stop], start=start, end=stop, subject=_subject(entities, begin, start),
        )  # fmt: skip


_WHOLE_UNITS: Final = frozenset("人名家所个项条门套本部种类支处台件次期场班张座间辆户位批篇款份对例颗架只")
_REACH: Final = 160
_PER_YEAR_UNITS: Final = frozenset(("人次", "人", "次", "期", "场", "项", "家", "个", "名", "门", "元"))


def _read(text: str, match: re.Match[str], end: int) -> tuple[float, str, str, int, int] | None:
    start, stop = match.start(), match.end()
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    while text[start : start + 1].isspace():
        start += 1
    prefix, suffix = match["prefix"] or "", match["suffix"] or ""
    comparator = _comparator(
        prefix, suffix, any(match[more] for more in ("over", "more", "speltmore", "moreafter"))
    )
    before = text[max(0, start - 3) : start]
    if _QUOTED_CODE.search(text[max(0, start - 14) : start]) and "”" in text[stop : stop + 10]:
        return None
    value: float | None
    if match["below"]:
        value = fraction(match["below"], match["above"])
        return None if value is None else (round(value, 7), "比例", comparator, start, stop)
    if match["tenths"]:
        value = number(match["tenths"])
        return None if value is None else (value / 10, "比例", comparator, start, stop)
    if match["half"]:
        return (0.5, "比例", comparator, start, stop) if suffix or prefix or match["half"] == "半数" else None
    if match["double"]:
        return 2.0 if "两" not in match["double"] else 4.0, "倍", comparator, start, stop
    if _ORDINAL.search(before) and not match["prefix"]:
        return None
    if match["low"]:
        scale = match["lowscale"] or match["highscale"]
        value = number(match["low"], scale)
        if value is None or _is_date(text, match.end("highunit"), match["highunit"]):
            return None
        value, unit = _share(value, match["highunit"])
        return value, unit, "≥" if comparator == "=" else comparator, start, stop
    if match["spelt"]:
        return _spelt(text, match, comparator, start, stop)
    return _in_digits(text, match, comparator, start, stop, end)


def _spelt(
    text: str, match: re.Match[str], comparator: str, start: int, stop: int
) -> tuple[float, str, str, int, int] | None:
    value = number(match["spelt"])
    exact = comparator != "=" or "百" in match["spelt"] or "千" in match["spelt"] or "万" in match["spelt"]
    if value is None or value < 10 or not exact or _OUTLINE.match(text, stop):
        return None  # 三个坚持, 两个方面 are outlines; counts this small are written in digits
    return value, match["speltunit"], comparator, start, stop


def _in_digits(
    text: str, match: re.Match[str], comparator: str, start: int, stop: int, end: int
) -> tuple[float, str, str, int, int] | None:
    unit = match["unit"] or ""
    value = number(match["value"], match["scale"])
    if value is None or _OUTLINE.match(text, match.end("unit") if unit else stop):
        return None
    if not unit:
        if not match["scale"] and not match["prefix"]:
            return None
        if _DATE_AFTER.match(text, stop) or not match["scale"]:
            return None
        stop_body = match.end("scale")
        more = match.end("more") if match["more"] else stop_body
        return value, "", comparator, start, max(more, match.end("suffix") if match["suffix"] else more)
    if _is_date(text, match.end("unit"), unit):
        return None
    if not match["scale"] and value != int(value) and unit in _WHOLE_UNITS:
        return None  # 7.2 本预案实施 is a section number
    value, unit = _share(value, unit)
    return value, unit, comparator, start, min(stop, end)


def _is_date(text: str, position: int, unit: str) -> bool:
    return unit in ("个", "期", "次", "批") and bool(
        re.match("\\s{0,2}(?:月|工作日|季度|世纪|全会)", text[position : position + 6])
    )


def _share(value: float, unit: str) -> tuple[float, str]:
    if unit in ("%", "％"):
        return round(value / 100, 8), "比例"
    if unit == "‰":
        return round(value / 1000, 8), "比例"
    return value, unit


def _comparator(prefix: str, suffix: str, more: bool) -> str:
    if prefix in _AT_MOST or suffix in ("以内", "以下"):
        return "≤"
    if prefix in _AT_LEAST or suffix in ("以上", "及以上") or more:
        return "≥"
    return "≈" if prefix in _ABOUT or suffix in ("左右", "上下") else "="


def _time(
    text: str, begin: int, start: int, spoken: Sequence[Time], today: str | None
) -> tuple[Literal["Target", "Statistic"], int | None]:
    """Whether the number is a target, and its year: the nearest year named before it in the sentence, else today's."""
    now = year_of(today)
    named = bisect_left(spoken, start - begin, key=lambda time: time.start)
    latest = spoken[named - 1] if named else None
    clause = text[max(begin, start - 60) : start]
    done = bool(_DONE.search(clause[-40:]))
    if latest is not None:
        due = latest.planned or bool(
            _FUTURE.search(text[begin + max(0, latest.start - 1) : begin + latest.end + 2])
            and (now is None or latest.year >= now)
        )
        if due:
            return "Target", latest.year
    if _TARGET.search(clause) and not done and not (latest and now is not None and latest.year < now):
        return "Target", latest.year if latest and not _BACKWARD.match(latest.words) else None
    return "Statistic", latest.year if latest else now


_BACKWARD: Final = re.compile("去年|上年|前年|近")


def _subject(entities: Sequence[Mention], begin: int, start: int) -> int | None:
    """The organisation or chain that the sentence names first before the number."""
    first = bisect_left(entities, begin, key=lambda mention: mention.start)
    for index in range(first, min(len(entities), first + 8)):
        if entities[index].start >= start:
            break
        if entities[index].kind in ("School", "Enterprise", "Park", "Consortium", "IndustryChain"):
            return index
    return None


def _periodic(text: str, match: re.Match[str], begin: int, end: int) -> Quantity:
    after = re.match("[^，。；！？]{0,40}", text[match.end() : min(end, match.end() + 60)])
    thing = after.group().strip() if after else ""
    if match["holder"]:
        per = {"年度": "年"}.get(match["holder"], match["holder"])
        unit, count = f"{match['oneunit']}/{per}", number(match["onecount"]) or 1.0
        metric = (
            f"每个{match['holder']}的{thing}数"
            if match["oneunit"] not in ("次", "项")
            else f"{thing}{'次' if match['oneunit'] == '次' else ''}数"
        )
    else:
        per = _PERIODS.get(match["period"], match["period"])
        unit, count = f"{match['unit']}/{per}", number(match["count"]) or 1.0
        metric = f"{thing}{match['verb']}次数"
    kind: Literal["Target", "Statistic"] = (
        "Statistic" if _DONE.search(text[max(begin, match.start() - _REACH) : match.start()]) else "Target"
    )
    return Quantity(
        kind, metric, "=", count, unit, None, match.group(), match.start(), match.end(), subject=None
    )


def _full_coverage(
    text: str, match: re.Match[str], begin: int, spoken: Sequence[Time], today: str | None
) -> Iterator[Quantity]:
    """`实现 A、B、C 参与 D 全覆盖` is a coverage of 1 for each of A, B, C."""
    if not re.match("[，。；、）]|$|的|目标", text[match.end() : match.end() + 1]):
        return
    clause = re.search("[^，。；！？\n]{0,120}$", text[max(begin, match.start() - _REACH) : match.start()])
    words = clause.group() if clause else ""
    words = re.sub("^(?:.{0,12}?(?:实现|做到|达到|推动|推进|基本实现))", "", words)
    subjects, action = words, ""
    split = re.search("(参与|进入|纳入|加入|建设|建立|开展|配备|接入)", words)
    if split:
        subjects, action = words[: split.start()], words[split.start() :]
    kind, year = _time(text, begin, match.start(), spoken, today)
    if (
        kind == "Statistic"
        and re.search(
            "(?:实现|做到)[^，。；]{0,100}$", text[max(begin, match.start() - _REACH) : match.start()]
        )
        and not _DONE.search(text[max(begin, match.start() - _REACH) : match.start()])
    ):
        kind = "Target"
        year = None if not spoken else year
    for subject in (
        [part for part in re.split("、|和", subjects) if part] if "“" not in subjects else [subjects]
    ):
        if not (subject + action).strip():
            continue
        yield Quantity(
            kind,
            f"{subject}{action}覆盖率",
            "=",
            1.0,
            "比例",
            year,
            match.group(),
            match.start(),
            match.end(),
            subject=None,
        )
