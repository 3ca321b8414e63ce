"""What is about one person (个人信息): known by its form wherever it stands, and never written down.

Columns of persons are dropped where a table is read (`ingest.records.sheet`). This is the second guard: an identity
number or a mobile number in a cell that should hold something else.
"""

from __future__ import annotations

import re
from typing import Final

MASK: Final = "＊＊＊"
_ALONE: Final = r"(?<![0-9A-Za-z]){}(?![0-9A-Za-z])"
_IDENTITY: Final = r"[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]"
_MOBILE: Final = r"(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}"
_MAIL: Final = r"[\w.+-]+@[\w-]+\.[\w.-]+"
_PERSONAL: Final = re.compile(
    "|".join((_ALONE.replace("{}", _IDENTITY), _ALONE.replace("{}", _MOBILE), _MAIL)), re.ASCII
)


_SUSPECT: Final = re.compile(r"\d{4}|@")  # every such number has four digits together
_HEADER: Final = re.compile(
    r"姓名|学号|工号|身份证|证件号|手机|电话|联系人|联系方式|邮箱|负责人|经办|填报人|填表人|教师名|导师|住址|家长|签名"
)


def is_personal_header(header: str) -> bool:
    """Whether a header speaks of persons, whatever the table is."""
    return _HEADER.search(header) is not None


def is_personal(text: str) -> bool:
    """Whether a cell holds an identity number, a mobile number or a mail address.

    >>> is_personal("张三 13800138000"), is_personal("915001076608997871"), is_personal("重庆大学")
    (True, False, False)
    """
    return _SUSPECT.search(text) is not None and _PERSONAL.search(text) is not None


def masked(text: str) -> str:
    """The text with every such number replaced."""
    return _PERSONAL.sub(MASK, text) if is_personal(text) else text
