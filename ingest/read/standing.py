"""Lines with a standing form (格式行): the document's number, a date by itself, a salutation, a page mark."""

from __future__ import annotations

import re
from typing import Final

from ingest.read.dates import DATE, plain_digits

_YEAR: Final = r"[〔\[【（(［﹝〖]\s*(?:19|20)\d{2}\s*[〕\]】）)］﹞〗]"
NUMBER: Final = re.compile(
    rf"[\u4e00-\u9fff]{{1,14}}\s*{_YEAR}\s*第?\s*\d{{1,5}}\s*号"
    r"|[\u4e00-\u9fff]{0,20}令\s*第?\s*\d{1,5}\s*号"
    r"|公告\s*(?:19|20)\d{2}\s*年\s*第\s*\d{1,5}\s*号"
)
_SIGNED_BY: Final = re.compile(r"\s*签\s*发\s*人.*$")
_DATE_LINE: Final = re.compile(rf"[（(]?\s*(?:{DATE.pattern})\s*[）)]?", re.VERBOSE)
_PAGE_MARK: Final = re.compile(
    r"[-—–－―‐•·~]+\s*\d{1,4}\s*[-—–－―‐•·~]+"
    r"|第\s*\d{1,4}\s*页(?:\s*[/／,，、|]?\s*[（(]?共\s*\d{1,4}\s*页[）)]?)?"
    r"|[Pp]age\s+\d{1,4}(?:\s+of\s+\d{1,4})?"
)
_LABEL: Final = re.compile(
    r"[【\[]?(?:摘\s*要|关键词|作者|来源|责任编辑|附件\d*|抄送|联系人|联系电话|地点|Abstract|Keywords)[】\]]?\s*[:：]"
)
_SPREAD: Final = re.compile(r"(?<!\S)[\u4e00-\u9fff](?:\s[\u4e00-\u9fff])+(?!\S)")
_COUNTER: Final = re.compile(r"\d{1,4}(?:\s*[/／]\s*\d{1,4})?")


def number_in(text: str) -> str | None:
    """The document number that a line consists of, in the words of the line, its year in 〔〕; `None` if none.

    >>> number_in("国发[2019] 4号")
    '国发〔2019〕 4号'
    """
    text = plain_digits(text)
    line = _SIGNED_BY.sub("", text.strip().strip("（）()")) if "签" in text else text.strip()
    found = NUMBER.fullmatch(line) or NUMBER.fullmatch(line.strip("（）()"))
    if not found:
        return None
    written = " ".join(found.group().split())
    return re.sub(r"[\[【（(［﹝〖]\s*((?:19|20)\d{2})\s*[\]】）)］﹞〗]", r"〔\1〕", written)


def is_number(text: str) -> bool:
    """Whether the line is a document number and nothing else."""
    return number_in(text) is not None


def is_date(text: str) -> bool:
    """Whether the line is a date and nothing else."""
    return _DATE_LINE.fullmatch(plain_digits(text).strip()) is not None


def closed_up(text: str) -> str:
    """The line without the spaces that spread a word over it: 教 育 部 文 件 → 教育部文件."""
    closed = _SPREAD.sub(lambda spread: "".join(spread.group().split()), text)
    return "".join(closed.split()) if all(len(part) == 1 for part in closed.split()) else closed


def is_salutation(text: str) -> bool:
    """Whether the line addresses somebody: 同志们：, 各区县…："""
    return text.endswith(("：", ":")) and len(text) <= 20 and "。" not in text


def is_label(text: str) -> bool:
    """Whether the line begins with the label of a field: 摘要：, 附件：, 抄送："""
    return _LABEL.match(text) is not None


def is_page_mark(text: str) -> bool:
    """Whether the line is a page mark that cannot be anything else: `- 5 -`, 第 5 页 共 10 页, Page 5."""
    return _PAGE_MARK.fullmatch(text.strip()) is not None


def is_page_counter(text: str) -> bool:
    """Whether the line could be a page number (`5`, `5 / 10`): one only where a page begins or ends."""
    return _COUNTER.fullmatch(text.strip()) is not None
