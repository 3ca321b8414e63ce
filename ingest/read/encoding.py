"""From bytes to text (编码): UTF-8, UTF-16 with its mark, GB18030; anything else is refused."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import Final

from charset_normalizer import from_bytes

from graph.errors import LiantuError

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f]")
_STRAY: Final = 0.01  # of the characters may be control characters in text that is surely UTF-8
_RARE_SHARE: Final = 0.1
_SAMPLE: Final = 50_000
_SIGNS: Final = frozenset({"Zs", "Po", "Ps", "Pe", "Pi", "Pf", "Pd", "Sm", "So", "Sc", "No"})


def decode(data: bytes, file: str, declared: str | None = None) -> str:
    """The text of `data`; `declared` is what the file says of itself (an html charset) and is tried after UTF-8.

    Bytes that are strictly UTF-8 are that, unless they are no text at all. GB18030 accepts nearly anything, so its result
    must look like Chinese text, in simplified or traditional characters. Raises `file.encoding`.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding, file)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if _is_text(text):
            return text
        raise LiantuError("file.encoding", file=file)
    for encoding in dict.fromkeys(
        ("gb18030" if declared is None or _is_gb(declared) else declared, "gb18030")
    ):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if _plausible(text):
            return text
    best = from_bytes(data[:_SAMPLE]).best()
    if best is not None and best.encoding in {"big5", "big5hkscs", "utf_16_le", "utf_16_be", "cp950"}:
        return _strict(data, best.encoding, file)
    raise LiantuError("file.encoding", file=file)


def _is_gb(declared: str) -> bool:
    return declared.lower().replace("-", "") in {"gbk", "gb2312", "gb18030", "xgbk"}


def _strict(data: bytes, encoding: str, file: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise LiantuError("file.encoding", file=file) from None
    if not _is_text(text):
        raise LiantuError("file.encoding", file=file)
    return text


def _is_text(text: str) -> bool:
    """Whether what is surely decoded right is text: hardly a control character, and none that is unassigned."""
    sample = text[:_SAMPLE]
    odd = sum(1 for char in sample if unicodedata.category(char) in {"Cn", "Cs"} or _CONTROL.match(char))
    return "\0" not in sample and odd <= _STRAY * len(sample)


def _plausible(text: str) -> bool:
    """Whether decoded text reads like text: no control characters, few private or unassigned or very rare ones."""
    sample = text[:_SAMPLE]
    if not sample or _CONTROL.search(sample):
        return not sample
    odd = sum(1 for char in sample if ord(char) > 0x7F and not _usual(char))
    return odd <= _RARE_SHARE * max(1, sum(1 for char in sample if ord(char) > 0x7F))


def _usual(char: str) -> bool:
    """Whether a character outside ASCII is one that Chinese documents use (a common ideograph, punctuation, …)."""
    if "\u4e00" <= char <= "\u9fff":
        return _common(char)
    if char >= "\ue000":
        return "\uff00" <= char <= "\uffef"
    return char < "\u0400" or char == "\u3007" or unicodedata.category(char) in _SIGNS


def _common(char: str) -> bool:
    """Whether the ideograph is one of the 6,763 of GB 2312, or of the 5,401 traditional ones of common use (Big5)."""
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        written = char.encode("big5", errors="ignore")
        return b"\xa4\x40" <= written <= b"\xc6\x7e"
    return True
