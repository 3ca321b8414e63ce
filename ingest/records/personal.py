"""What is about one person (个人信息): known by its form wherever it stands, and never written down.

Columns of persons are dropped where a table is read (`ingest.records.sheet`). This is the second guard: an identity
number or a mobile number in a cell that should hold something else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

MASK: Final = "＊＊＊"
_ALONE: Final = r"(?<![0-9A-Za-z]){}(?![0-9A-Za-z])"
_IDENTITY: Final = r"[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]"
_MOBILE: Final = r"(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}"
_MAIL: Final = r"[\w.+-]+@[\w-]+\.[\w.-]+"
_PERSONAL: Final = re.compile(
    "|".join((_ALONE.replace("{}", _IDENTITY), _ALONE.replace("{}", _MOBILE), _MAIL)), re.ASCII
)


_SUSPECT: Final = re.compile(r"\d{4}|[@＠﹫]")  # every such number has four digits together
_HEADER: Final = re.compile(
    r"姓名|学号|工号|身份证|证件号|手机|电话|联系人|联系方式|邮箱|负责人|经办|填报人|填表人|教师名|导师|住址|家长|签名"
)
_OF: Final = r"(?:联系|单位|学校|部门|项目|填报|制表|审核|办公|固定|移动|分管|主要){0,3}"  # whose: 单位负责人, 办公电话
_LABEL: Final = re.compile(rf"{_OF}(?:{_HEADER.pattern})[人员号码方式及和与、]{{0,6}}[:：]?")
_TOLD: Final = re.compile(  # up to the next label that is followed by a colon
    rf"\s{{0,2}}{_OF}(?:{_HEADER.pattern})[^:：\s]{{0,6}}\s*[:：].*?(?=\s[\u4e00-\u9fff]{{2,10}}\s*[:：]|$)"
)


def is_personal_header(header: str) -> bool:
    """Whether a header speaks of persons, whatever the table is."""
    return _HEADER.search(header) is not None


def is_personal(text: str) -> bool:
    """Whether a cell holds an identity number, a mobile number or a mail address.

    >>> is_personal("张三 13800138000"), is_personal("915001076608997871"), is_personal("张三１３８００１３８０００")
    (True, False, True)
    """
    return _SUSPECT.search(text) is not None and _PERSONAL.search(_folded(text)) is not None


def masked(text: str) -> str:
    """The text with every such number replaced."""
    return _PERSONAL.sub(MASK, _folded(text)) if is_personal(text) else text


def without_persons(cells: Sequence[str]) -> list[str]:
    """The cells of a line above a table without what they say of persons: 联系人：张三, and 电话 with its number.

    >>> without_persons(["填报单位：甲学院 联系人：张三 填报日期：2024年", "电话", "", "67781234", "第1页"])
    ['填报单位：甲学院 填报日期：2024年', '', '', '', '第1页']
    """
    left: list[str] = []
    named = False  # the next cell is what this label names
    for cell in cells:
        if named and cell.strip():
            left.append("")
            named = False
        elif _LABEL.fullmatch(cell.strip()):
            left.append("")
            named = True
        else:
            left.append(masked(_TOLD.sub("", cell)).strip())
    return left


def _folded(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFKC", text)
