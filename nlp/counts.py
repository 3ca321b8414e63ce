"""What a number says (数与量): how numbers are written with their unit, and each one's value, unit and comparator.

Dates, ordinals, section numbers, slogans (“11335”) and outlines (三大任务, 3 点意见) are none.
"""

from __future__ import annotations

import re
from typing import Final

from nlp.numerals import CHINESE, PLAIN, fraction, number
from nlp.seeking import Seeker

_UNIT: Final = (
    "个百分点|人次|家次|部门|平方千米|千瓦(?!时)|枚|台次|课次|股|册|幅|株|头|万人次|人|名|家|所|个|项|条|门|套|本|部|种|类|支|处|台套|台|"
    "件|次|期|亩|平方米|平方公里|立方米|公里|载重吨|吨|公斤|千克|学时|课时|学分|"
    "标准箱|标箱|TEU|艘|栋|盒|袋|瓶(?!颈)|片(?!区)|双(?![选创高师优向方一百减])|"
    "倍|对|场次|场|班次|班|席|张|座|间|辆|元|美元|户|位|批次|批|篇|款|份|工位|"
    "GWh|GW|MWh|MW|吉瓦时|吉瓦|兆瓦时|兆瓦|千瓦时|千瓦|张床位|床|例|根|起(?=[^草诉]{0,8}(?:事故|案件))|团队|公顷|颗|架|只"
)
_SCALE: Final = "(?:[百千]?[万亿]亿?|[百千](?![瓦米克伏]))?"  # 10亿千瓦 is 10 亿 of 千瓦
_PREFIX: Final = (
    "超过|突破|不低于|不少于|不高于|不超过|不足|低于|少于|高于|多于|大于|小于|至少|最多|最少|"
    "上(?=[百千万])|约|大约|接近|将近|近|逾|超|达到或超过|高达|不到|不满"
)
_SUFFIX: Final = "及以上|以上|以内|以下|左右|上下(?!游)"
_MORE: Final = "余|多(?![晶功媒层样肽])"
_RATE: Final = "%|％|‰|个百分点"
# 同比增长-3.2%: a sign, where a dash joins no two numbers
_MINUS: Final = r"(?P<minus>(?<![\d%％A-Za-z])[-－−](?=\d{1,4}(?:\.\d{1,4})?\s?[%％‰]))?"
# 3亿|2000万, 1亿|5千万, 3万|5千, 1万|2000: what stands before the rest of the number
_LARGER: Final = (
    r"(?:(?P<larger>\d{1,5}亿(?=\d{1,4}(?:\.\d{1,4})?[百千]?万)|"
    r"\d{1,4}万(?=\d千|[1-9]\d{3}(?![\d.万亿年]))))?"
)
NUMBER: Final = Seeker(
    rf"(?P<prefix>{_PREFIX})?\s{{0,2}}"
    rf"(?:(?P<below>{CHINESE}{{1,6}}|\d{{1,4}})分之(?P<above>{CHINESE}{{1,6}}(?:点{CHINESE}{{1,3}})?|\d{{1,4}}(?:\.\d{{1,3}})?)"
    r"|(?<![\d/.])(?P<over_>[1-9])/(?P<under_>[1-9]\d?)(?![\d/])"
    r"|(?<![\d.])(?P<ratioleft>\d{1,3}(?:\.\d{1,3})?)\s?[∶:：]\s?(?P<ratioright>\d{1,3}(?:\.\d{1,3})?)(?![\d:：])"
    rf"|(?P<low>{PLAIN})(?P<lowscale>[万亿]?)[%％]?\s{{0,2}}(?:[—–－~～-]{{1,2}}|至|"
    rf"到)\s{{0,2}}(?P<high>{PLAIN})\s{{0,2}}(?P<highscale>[百千万亿]{{0,2}})\s{{0,2}}(?P<highmore>{_MORE})?(?P<highunit>{_RATE}|{_UNIT})"
    rf"|{_MINUS}{_LARGER}"
    rf"(?P<value>{PLAIN})\s{{0,2}}(?P<over>{_MORE})?(?P<scale>{_SCALE})\s{{0,2}}(?P<more>{_MORE})?\s{{0,2}}(?P<unit>{_RATE}|{_UNIT})?(?P<moreafter>{_MORE})?(?P<per>/(?:学年|年|生|月|人|亩|次|课时|学期)(?:·?(?:学年|年|生))?)?"
    rf"|(?P<tenths>[一二三四五六七八九])成(?P<half10>[五半])?(?![员立果为熟都效本功交人型分年长品套就])"
    rf"|(?P<half>一半|半数|(?<=超|已)过半)|(?P<double>翻了?[一两]番|翻番)"
    r"|(?P<myriads>数以[十百千万亿]+计)"
    rf"|(?<!{CHINESE})(?P<spelt>{CHINESE}{{1,30}})(?P<speltmore>{_MORE})?(?:(?P<speltunit>{_UNIT})|(?(prefix)(?=[，。；、）)]|$|以上|左右|上下)|(?!))))"
    rf"\s{{0,2}}(?P<suffix>{_SUFFIX})?"
)
_DATE_AFTER: Final = re.compile(
    r"\s{0,3}(?:年|月|日|号|时|点|级|届|期间|周年|岁|天|小时|分钟|世纪|次会议|次全会|版|中全会)"
)
_ORDINAL: Final = re.compile("[第〔\\[（(+＋./:：A-Za-z-]\\s{0,2}$")
_OUTLINE: Final = re.compile(
    r"\s{0,2}(?:方面|层级|层面|环节|阶段|维度|问题|原则|步骤|步|重要|着力点|要点|"
    r"意见|统一|统筹|月|工作日|世纪|坚持|确保|必须|工作导向|"
    "定位|主攻|重点任务|关键|字|意识|自信|维护|结合|转变|性|面向|百年|五年规划|季度|学期|学年|小时|五年)"
)
# 前50名 is a rank, 数百台 no number, 每百张床位 what another number is for
_RANKED: Final = frozenset(("名", "位", "强"))
_VAGUE: Final = re.compile("[十百千万亿]+")
# 千亿元产业链 says how large, and not how much: a bare power of ten before what it describes
_MAGNITUDE: Final = re.compile("[百千万亿]+(?:元|千瓦|吨)(?:以上)?(?![，。；、！？）)\\s]|$|大关)")
# 超百亿元企业2家, 10亿元以上项目170个: the money tells the class that is counted
_OF_A_CLASS: Final = re.compile(
    "(?:级|的)?(?:[^，。；、：\\d]{0,8}(?:企业|项目|集群|产业链|园区|工程))?(?:达到?|增至|增加到|有|超过?|约|共|为)?\\d{1,6}\\s?(?:余|多)?[家个项户条]"
)
_CLASS_BEFORE: Final = re.compile("[家个项户条]$")
_CLASSED: Final = re.compile(
    "(?:重[大点]|[^，。；、：\\d]{0,4})(?:工业|投资|建设|产业|签约|招商)?(?:项目|企业|集群)"
)
_FAR: Final = re.compile("距[^，。；]{2,24}$")
_QUOTED_CODE: Final = re.compile('[“"][^“”"]{0,12}$')
_AT_LEAST: Final = frozenset(
    (
        "上",
        "超过",
        "突破",
        "不低于",
        "不少于",
        "高于",
        "多于",
        "大于",
        "至少",
        "最少",
        "逾",
        "超",
        "达到或超过",
    )
)
_AT_MOST: Final = frozenset(("不高于", "不超过", "低于", "少于", "小于", "最多", "不足", "不到", "不满"))
_ABOUT: Final = frozenset(("约", "大约", "接近", "将近", "近"))
_SHARE_BEFORE: Final = re.compile("约|近|超|占|为|的|达|有|是|不足|不到")
_RATIO_BEFORE: Final = re.compile("(?:比|比例|比值|比率|倍率)[^，。；、]{0,6}$")
_INDEX_BEFORE: Final = re.compile("(?:度|系数|指数|比|倍率|均值)(?:为|达到?|仅为|仅有|是|均为|约为)?$")
_AVERAGE: Final = re.compile("均|达到?$|师比")
_WHOLE_UNITS: Final = frozenset("人名家所个项条门套本部种类支处台件次期场班张座间辆户位批篇款份对例颗架只")


def read_count(text: str, match: re.Match[str], end: int) -> tuple[float, str, str, int, int] | None:
    """Value, unit, comparator, start and stop of a number that `NUMBER` found; `None` where it counts nothing."""
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
    if _counts_nothing(text, match, start, stop):
        return None
    value: float | None
    part = _part(text, match, start)
    if part is not None:
        value, unit = part
        return None if value is None else (value, unit, comparator, start, stop)
    if _ORDINAL.search(before) and not match["prefix"] and (match["unit"] or "") not in ("%", "％", "‰"):
        return None
    if match["low"]:
        value = _low(match)
        if value is None or _is_date(text, match.end("highunit"), match["highunit"]):
            return None
        value, unit = _share(value, match["highunit"])
        return value, unit, "≥" if comparator == "=" else comparator, start, stop
    if match["spelt"]:
        return _spelt(text, match, comparator, start, stop)
    return _in_digits(text, match, comparator, start, stop, end)


def _low(match: re.Match[str]) -> float | None:
    """The low end of a range: 3—5万 has the scale of the high end, 8000—1万 has none."""
    low, high = number(match["low"], match["lowscale"]), number(match["high"], match["highscale"])
    lent = number(match["low"], match["highscale"])
    if match["lowscale"] or lent is None or high is None:
        return low
    return lent if lent <= high else low


def _counts_nothing(text: str, match: re.Match[str], start: int, stop: int) -> bool:
    """Whether a number with its unit is a rank, a distance, a magnitude, or the bound of a class of firms."""
    unit = match["unit"] or match["speltunit"] or ""
    before = text[max(0, start - 1) : start]
    if before == "前":
        return unit in _RANKED
    if before in ("数", "每") and match["spelt"] and _VAGUE.fullmatch(match["spelt"]):
        return True
    if unit == "公里":
        return bool(_FAR.search(text[max(0, start - 28) : start]))
    if unit == "个" and text.startswith(("名次", "位次"), stop):
        return True
    if unit == "元":
        return bool(
            _MAGNITUDE.match(text, start)
            or ((match["suffix"] or match["prefix"]) and _OF_A_CLASS.match(text, stop))
            or (_CLASS_BEFORE.search(before) and _CLASSED.match(text, stop))
        )
    return unit in ("千瓦", "吨") and bool(_MAGNITUDE.match(text, start))


def _part(text: str, match: re.Match[str], start: int) -> tuple[float | None, str] | None:
    """A share or a multiple (三分之二, 八成, 半数, 翻一番, 1∶10), `None` where the number is written otherwise."""
    if match["below"]:
        value = fraction(match["below"], match["above"])
        return None if value is None else round(value, 7), "比例"
    if match["tenths"]:
        return round((number(match["tenths"]) or 0.0) / 10 + (0.05 if match["half10"] else 0.0), 4), "比例"
    if match["over_"]:
        value = fraction(match["under_"], match["over_"])
        share = (
            value is not None
            and value < 1
            and (
                _SHARE_BEFORE.search(text[max(0, start - 8) : start + 2])
                or text.startswith("的", match.end())
            )
        )
        return (round(value or 0.0, 7), "比例") if share else (None, "比例")
    if match["myriads"]:
        return number("1", match["myriads"][2:-1]), "个"
    if match["half"]:
        return 0.5 if match["suffix"] or match["prefix"] or match["half"] in (
            "半数",
            "过半",
        ) else None, "比例"
    if match["double"]:
        return 4.0 if "两" in match["double"] else 2.0, "倍"
    if match["ratioleft"]:
        value = fraction(match["ratioright"], match["ratioleft"])
        compared = bool(_RATIO_BEFORE.search(text[max(0, start - 16) : start]))
        return round(value, 7) if value is not None and compared else None, "比例"
    return None


def _spelt(
    text: str, match: re.Match[str], comparator: str, start: int, stop: int
) -> tuple[float, str, str, int, int] | None:
    value = number(match["spelt"])
    if not match["speltunit"]:
        return (value, "", comparator, start, stop) if value is not None and value >= 100 else None
    exact = comparator != "=" or "百" in match["spelt"] or "千" in match["spelt"] or "万" in match["spelt"]
    if value is None or value < 10 or not exact or _OUTLINE.match(text, stop):
        return None  # 三个坚持, 两个方面 are outlines; counts this small are written in digits
    return value, match["speltunit"], comparator, start, stop


def _in_digits(
    text: str, match: re.Match[str], comparator: str, start: int, stop: int, end: int
) -> tuple[float, str, str, int, int] | None:
    unit = match["unit"] or ""
    value = number(match["value"], match["scale"])
    if value is not None and match["larger"]:
        value += number(match["larger"][:-1], match["larger"][-1]) or 0.0
    if value is not None and match["minus"]:
        value = -value
    if value is None or _OUTLINE.match(text, match.end("unit") if unit else stop):
        return None
    if not unit:
        if "." in match["value"] and value <= 1 and _INDEX_BEFORE.search(text[max(0, start - 12) : start]):
            return value, "比例", comparator, start, stop
        if not match["scale"] and not match["prefix"]:
            return None
        if _DATE_AFTER.match(text, stop) or not match["scale"]:
            return None
        stop_body = match.end("scale")
        more = match.end("more") if match["more"] else stop_body
        return value, "", comparator, start, max(more, match.end("suffix") if match["suffix"] else more)
    if _is_date(text, match.end("unit"), unit):
        return None
    if (
        not match["scale"]
        and value != int(value)
        and unit in _WHOLE_UNITS
        and not _AVERAGE.search(text[max(0, start - 16) : start])
    ):
        return None  # 7.2 本预案实施 is a section number
    value, unit = _share(value, unit)
    return value, unit + (match["per"] or ""), comparator, start, min(stop, end)


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
