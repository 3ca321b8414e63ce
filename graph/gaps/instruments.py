"""Instruments of policy (政策工具) by the words of a measure: 财政, 金融, 土地, 信用; for whom, and how much."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_INSTRUMENTS: Final[Mapping[str, re.Pattern[str]]] = {
    "财政": re.compile(
        "奖补|补助|补贴|经费|专项资金|统筹资金|资金支持|财政|拨款|教育费?附加|抵免|减免|税收|退税"
    ),
    "金融": re.compile("贷款|信贷|融资|贴息|担保|保险|债券|基金(?!项目)|金融支持|金融服务"),
    "土地": re.compile("用地|土地|划拨|提供厂房|提供场地|免费场地"),
    "信用": re.compile("信用|守信|失信|红名单|黑名单"),
}
INSTRUMENTS: Final = tuple(_INSTRUMENTS)
"""The instruments (“金融+财政+土地+信用”) that a measure may use."""

GROUPS: Final = (
    "产教融合型企业",
    "产教融合型城市",
    "产教联合体",
    "联合体",
    "产业学院",
    "实训基地",
    "公共实训",
    "专业群",
    "成员企业",
    "企业",
    "职业院校",
    "院校",
    "学校",
    "学生",
    "教师",
)
"""Whom an instrument is for, longer words first: a shorter one inside a longer one is not told apart."""

_MONEY: Final = re.compile(
    r"(?<![\d.])(?<!\d,)(\d{1,3}(?:,\d{3})+(?!\d)|\d+)(\.\d+)?\s*[余多]?(百万|千万|千|万|亿)?元"
)
_FACTORS: Final = {"": 1, "千": 1_000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}


def instruments_in(text: str) -> tuple[str, ...]:
    """The instruments that the words of a measure name."""
    return tuple(name for name, words in _INSTRUMENTS.items() if words.search(text))


def groups_in(text: str) -> tuple[str, ...]:
    """Whom the words of a measure name, in the order of `GROUPS`."""
    found: list[str] = []
    for group in GROUPS:
        if group in text:
            found.append(group)
            text = text.replace(group, "＿")
    return tuple(found)


def amounts_in(text: str) -> tuple[float, ...]:
    """The sums of money that the words name, in yuan.

    >>> amounts_in("给予每个每年300万元奖补")
    (3000000.0,)
    """
    return tuple(
        float(whole.replace(",", "") + part) * _FACTORS[unit] for whole, part, unit in _MONEY.findall(text)
    )
