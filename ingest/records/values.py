"""How one cell is read (取值): text as people type it in, a plain value or `BadValueError` with the reason out.

Every function is pure and is called once for each distinct value of a column, not once a row.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Final

import pyarrow as pa

from graph.identity import normalise_name
from graph.language import Text
from graph.reference import rows as reference_rows
from ingest.records.body import body_label
from ingest.records.names import alone, names_nothing, names_others, told_apart

EMPTY: Final = frozenset(
    {"", "-", "--", "—", "——", "/", "\\", "无", "暂无", "n/a", "na", "null", "none", "nan", "#n/a"}
)
_LIST_MARKS: Final = r"[、；;，]+|,(?!\s*(?:Ltd|Inc|LLC|Co)\b)"  # not the comma of `Co., Ltd.`
SEPARATORS: Final = re.compile(rf"{_LIST_MARKS}|\n+")
_BETWEEN_NAMES: Final = re.compile(_LIST_MARKS)
_NUMBERED: Final = re.compile(
    r"(?:^|(?<=[\s、；;，,]))[（(]?\d{1,2}[)）.．、](?=\s*[^\d\s])"
)  # 1.甲学院 2.乙学院
_AND_OTHERS: Final = re.compile(
    r"(?<=..)(?<![高中初同平均])等(?:(?:\d+|[一二三四五六七八九十百]+)余?[家所个名]?)?(?:院校|学校|高校|企业|公司|单位|成员|专业|岗位|产业链)*$"
)
BETWEEN: Final = "\x1e"  # between the names of one cell; `clean` takes it out of every cell
_ONE_OF_SEVERAL: Final = re.compile(r"[、；;]")
_OPENING: Final = frozenset("（([【〔《")
_CLOSING: Final = frozenset("）)]】〕》")
_NO_DAY: Final = frozenset({"长期", "长期有效", "长期合作", "无固定期限", "至今", "待定", "未定", "不详"})
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2100
_LARGEST: Final = 10**15
_MULTIPLES: Final = {"": 1, "百": 10**2, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_NUMBER: Final = re.compile(
    r"(?:约|大约|近似)?(?P<digits>-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?P<multiple>百万|千万|百|千|万|亿)?[余多]?(?P<unit>[^\d\W]*?)(?:左右|上下)?"
)
_RANGE: Final = re.compile(r"(?P<low>\d+(?:\.\d+)?)(?P<one>百|千|万)?\D{0,2}?[-–—~～至到](?P<rest>\d.*)")
_SOME: Final = frozenset(
    {"若干", "若干人", "若干名", "多人", "多名", "不限", "数人", "数名", "待定", "适量"}
    | {"待统计", "待核实", "待补", "未统计", "未知", "不详"}
)
_AT_LEAST: Final = re.compile(r"(?:至少|不少于|不低于)(?P<before>.+)|(?P<after>.+?)(?:及)?以上")
_COUNT_UNITS: Final = frozenset({"", "人", "名", "个", "门", "本", "部", "位", "家", "次", "人次"})
_MONEY_UNITS: Final = frozenset({"", "元", "元整", "圆", "人民币"})
_INVISIBLE: Final = re.compile(r"[\u200b-\u200f\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]")
_BREAK: Final = re.compile(r"\s*[\r\n]+\s*")
_SPACES: Final = re.compile(r"\s+")
_BLANKS: Final = re.compile(r"[^\S\r\n]+")
_FOOTNOTE: Final = re.compile(r"(?<=[^\W_])\s*[¹²³⁰⁴-⁹⁽⁾①-⒇⓪-⓿❶-➓]+$")
_THOUSANDS: Final = re.compile(r"(?<=\d) (?=\d{3}(?!\d)(?: \d{3}(?!\d))*(?:\D|$))")
_APART: Final = re.compile(r"\d\s+\d")
_LINES_APART: Final = re.compile(r"\d[^\S\r\n]*[\r\n]\s*\d")
_DAY: Final = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T ]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
_MONTH: Final = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?")
_YEAR: Final = re.compile(r"(\d{4})(?:\.0+)?\s*(?:学年度?|年度|年|届|级)?")
_SCHOOL_YEAR: Final = re.compile(r"(\d{4})\s*年?\s*[-–—~～/至]+\s*(\d{4})\s*(?:学年度?|年度?)?")
_PACKED: Final = re.compile(r"(\d{4})(\d{2})(\d{2})?(?:\s*\d{6})?")
_SERIAL: Final = re.compile(r"\d{5}")
_EPOCH: Final = dt.date(1899, 12, 30)


class BadValueError(ValueError):
    """A value that cannot be taken: the code of its reason and the values of the message."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def clean(text: str) -> str | None:
    """A cell without what cannot be seen: spaces, line breaks inside a name, signs that stand for "nothing".

    >>> clean(" 重庆电子\\n科技职业大学　")
    '重庆电子科技职业大学'
    >>> clean("——") is None
    True
    """
    if text.isalnum():  # nothing to take out
        return None if text.casefold() in EMPTY else text
    seen = _BLANKS.sub(
        " ", _INVISIBLE.sub("", text)
    )  # first, so that breaks among them are found in linear time
    seen = _SPACES.sub(" ", _BREAK.sub("", seen)).strip()
    return None if seen.casefold() in EMPTY or not normalise_name(seen) else seen


def clean_several(text: str) -> str | None:
    """As `clean`, for a cell of several names, where a line break separates them; numbers before them and 等 go.

    >>> told(clean_several("1.重庆大学\\n2.西南大学")), told(clean_several("甲公司，乙公司等5家企业"))
    ('重庆大学、西南大学', '甲公司、乙公司')
    >>> told(clean_several("院校：甲大学；企业：乙公司（理事长）")), told(clean_several("甲职业技术\\n学院\\n乙公司"))
    ('甲大学、乙公司', '甲职业技术学院、乙公司')
    """
    return _joined(_split(SEPARATORS, _NUMBERED.sub("、", told_apart(text))), several=True)


def clean_name(text: str) -> str | None:
    """As `clean`, for a cell of one name: nothing where its words name none (未定, 见附件).

    >>> clean_name("甲公司（理事长）"), clean_name("暂未对接")
    ('甲公司', None)
    """
    name = clean(text)
    return None if name is None or names_nothing(name) else alone(name)


def clean_one_name(text: str) -> str | None:
    """As `clean_name`, where several names are told apart, so that `is_several` knows them.

    >>> clean_one_name("甲大学\\n乙大学"), clean_one_name("甲市职业\\n技术学院")
    ('甲大学、乙大学', '甲市职业技术学院')
    """
    return clean_name(text if text.isalnum() else bodies_apart(told_apart(text)))


def clean_names(text: str) -> str | None:
    """As `clean`, for a cell of a name or several: a line break separates what are names of bodies each, or wraps one.

    >>> [told(clean_names(cell)) for cell in ("重庆大学\\n西南大学", "重庆电子科技\\n职业大学", "甲公司；乙公司")]
    ['重庆大学、西南大学', '重庆电子科技职业大学', '甲公司、乙公司']
    """
    return _joined(_split(_BETWEEN_NAMES, bodies_apart(_NUMBERED.sub("、", told_apart(text)))))


def bodies_apart(text: str) -> str:
    """The text with `、` for its line breaks, where each line is the name of a body."""
    lines = [line for line in map(str.strip, text.splitlines()) if line]
    if len(lines) > 1 and all(body_label(line.rstrip("、；;，,")) is not None for line in lines):
        return "、".join(lines)
    return text


def told(names: str | None) -> str | None:
    """The names of a cell as people write them."""
    return None if names is None else names.replace(BETWEEN, "、")


def is_several(text: str) -> bool:
    """Whether a cell holds several names, or one for several (甲学院等5所); what its brackets hold belongs to one.

    >>> is_several("护理、助产"), is_several("汽车运用与维修（新能源、智能网联方向）")
    (True, False)
    """
    return names_others(text) or len(_split(_ONE_OF_SEVERAL, text)) > 1


def _split(marks: re.Pattern[str], text: str) -> list[str]:
    """The pieces of a text between such marks as stand in no brackets; brackets around the whole text are none."""
    inside = _bracketed(text)
    pieces, start, closed = [], 0, 0
    for mark in marks.finditer(text):
        while closed < len(inside) and inside[closed][1] < mark.start():
            closed += 1
        if closed == len(inside) or mark.start() < inside[closed][0]:
            pieces.append(text[start : mark.start()])
            start = mark.end()
    return [*pieces, text[start:]]


def _bracketed(text: str) -> list[tuple[int, int]]:
    """Where the outermost brackets open and close, in order; one that is not closed is none, nor one around it all."""
    found: list[tuple[int, int]] = []
    waiting: list[int] = []
    for place, sign in enumerate(text):
        if sign in _OPENING:
            waiting.append(place)
        elif sign in _CLOSING and waiting:
            opens = waiting.pop()
            if (opens, place) != (0, len(text) - 1):
                while found and found[-1][0] > opens:  # within this one
                    found.pop()
                found.append((opens, place))
    return found


def _joined(pieces: list[str], *, several: bool = False) -> str | None:
    parts = [part for part in map(clean, pieces) if part]
    if parts and (len(pieces) > 1 or several):
        last = len(parts) - 1
        parts = [
            _AND_OTHERS.sub("", part) if at == last or names_others(part) else part
            for at, part in enumerate(parts)
        ]
    parts = [alone(part) for part in parts if not names_nothing(part)]
    return BETWEEN.join(dict.fromkeys(parts)) or None


def empty(array: pa.Array) -> pa.Array:
    """Which cells hold nothing that `clean` leaves: each distinct value is looked at once."""
    encoded = array.dictionary_encode()
    nothing = pa.array([clean(text) is None for text in encoded.dictionary.to_pylist()], pa.bool_())
    return nothing.take(encoded.indices)


def folded(text: str) -> str:
    """Full-width digits and signs made plain, spaces dropped, so that numbers and codes can be read."""
    return unicodedata.normalize("NFKC", text).strip()


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number as a cell writes it, and whether the cell says itself what it counts by (3万, 800人, 35元)."""

    value: Decimal
    multiple: int
    own: bool


def _amount(text: str, units: frozenset[str], code: str) -> _Amount:
    match = _NUMBER.fullmatch(_figures(text, code).replace("¥", ""))
    if match is None or match["unit"] not in units:
        raise BadValueError(code)
    multiple = _MULTIPLES[match["multiple"] or ""]
    try:
        amount = Decimal(match["digits"].replace(",", "")) * multiple
    except InvalidOperation:
        raise BadValueError(code) from None
    if abs(amount) > _LARGEST:
        raise BadValueError(code)
    return _Amount(amount, multiple, bool(match["multiple"]) or match["unit"] not in {"", "人民币"})


def _figures(text: str, code: str) -> str:
    """Figures as they can be read: plain, without the mark of a footnote (1200①), thousands closed up (1 200).

    Other marks would be taken for figures, and figures set apart are several numbers.
    """
    text = _FOOTNOTE.sub("", text.strip())
    if any(unicodedata.category(sign) == "No" for sign in text):
        raise BadValueError(code)
    plain = _THOUSANDS.sub("", folded(text))
    if _APART.search(plain):
        raise BadValueError("record.several")
    return _SPACES.sub("", plain)


def several_figures(text: str) -> bool:
    """Whether a line break stands between figures: a cell of one number for each of several names.

    >>> several_figures("10\\n20"), several_figures("1200\\n人")
    (True, False)
    """
    return _LINES_APART.search(folded(text)) is not None


def count(text: str, factor: int = 1) -> int | None:
    """A whole number of people or things: `１，２３４`, `1.2万`, `约300人`.

    `factor` is the unit of the header (万人); it counts for a plain number, as in `money`. Of `3-5 人`, `8000-1万` and
    `20人以上` it is the smaller number, for that much is sure; `若干` says no number at all.

    >>> count("1.2万"), count("１，２３４人"), count("3-5 人"), count("若干")
    (12000, 1234, 3, None)
    >>> count("8000-1万"), count("3-5万"), count("1.2", 10_000), count("800人", 10_000)
    (8000, 30000, 12000, 800)
    """
    plain = _figures(text, "record.whole_number")
    if plain in _SOME:
        return None
    if least := _AT_LEAST.fullmatch(plain):
        plain = least["before"] or least["after"]
    if between := _RANGE.fullmatch(plain.removeprefix("约")):
        amount, own = _smaller(between)
    else:
        one = _amount(plain, _COUNT_UNITS, "record.whole_number")
        amount, own = one.value, one.own
    amount = amount if own else amount * factor
    if amount < 0 or amount != amount.to_integral_value():
        raise BadValueError("record.whole_number")
    return int(amount)


def _smaller(between: re.Match[str]) -> tuple[Decimal, bool]:
    """The smaller number of a range: 3-5万 has the multiple of the larger one, 8000-1万 has none."""
    high = _amount(between["rest"], _COUNT_UNITS, "record.whole_number")
    low = _amount(between["low"] + (between["one"] or ""), _COUNT_UNITS, "record.whole_number").value
    if not between["one"] and low * high.multiple <= high.value:
        low *= high.multiple
    if low > high.value:
        raise BadValueError("record.whole_number")
    return low, high.own or bool(between["one"])


def money(text: str, factor: int = 1) -> float:
    """An amount in yuan. A unit in the cell (35万元) counts; a plain number is in the unit of the header.

    >>> money("35", 10_000), money("35万元", 10_000), money("1,200.50")
    (350000.0, 350000.0, 1200.5)
    """
    amount = _amount(text, _MONEY_UNITS, "record.number")
    return float(amount.value if amount.own else amount.value * factor)


def year(text: str) -> int:
    """A calendar year: `2024`, `2024年`, `2024届`; of a date (`2024.9`) its year, of a school year that it begins in.

    >>> year("2024.9"), year("2023-2024学年")
    (2024, 2023)
    """
    plain = folded(text)
    if (two := _SCHOOL_YEAR.fullmatch(plain)) and int(two[2]) == int(two[1]) + 1:
        plain = two[1]
    match = _YEAR.fullmatch(plain) or _DAY.fullmatch(plain) or _MONTH.fullmatch(plain)
    if match is None or not _FIRST_YEAR <= int(match[1]) <= _LAST_YEAR:
        raise BadValueError("record.year")
    return int(match[1])


def date(text: str, *, serials: bool = False) -> str | None:
    """A date as ISO text, as exact as it was given; `serials` takes the day numbers of a spreadsheet too.

    `长期` and `待定` say no day at all.

    >>> date("2023年10月"), date("20231027"), date("2023/1/5"), date("45226", serials=True)
    ('2023-10', '2023-10-27', '2023-01-05', '2023-10-27')
    """
    plain = folded(text).removesuffix(".0")
    if plain in _NO_DAY:
        return None
    if match := (_DAY.fullmatch(plain) or _MONTH.fullmatch(plain) or _YEAR.fullmatch(plain)):
        return _iso(*(int(part) for part in match.groups()))
    if match := _PACKED.fullmatch(plain):
        return _iso(*(int(part) for part in match.groups() if part))
    if serials and _SERIAL.fullmatch(plain):
        return (_EPOCH + dt.timedelta(days=int(plain))).isoformat()
    raise BadValueError("record.date")


def _iso(year: int, month: int | None = None, day: int | None = None) -> str:
    try:
        dt.date(year, month or 1, day or 1)
    except ValueError:
        raise BadValueError("record.date") from None
    if not _FIRST_YEAR <= year <= _LAST_YEAR or month == 0 or day == 0:
        raise BadValueError("record.date")
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")


def school_code(text: str) -> str:
    """The 10-digit national code of a school; its last five digits alone are looked up in the register."""
    code = folded(text).removesuffix(".0")
    if re.fullmatch(r"\d{5}", code) and code in _short_codes():
        return _short_codes()[code]
    if not re.fullmatch(r"\d{10}", code):
        raise BadValueError("record.code", expected=Text("10 位数字", "10 digits"))
    return code


@cache
def _short_codes() -> dict[str, str]:
    return {row["code"][-5:]: row["code"] for row in reference_rows("schools")}


def credit_code(text: str) -> str:
    """A unified social credit code (统一社会信用代码): 18 digits and capital letters."""
    code = folded(text).replace(" ", "").upper()
    if not re.fullmatch(r"[0-9A-Z]{18}", code):
        raise BadValueError(
            "record.code", expected=Text("18 位数字或大写字母", "18 digits or capital letters")
        )
    return code


def organisation_code(text: str) -> str:
    """The code of a school or of a company, by its length."""
    code = folded(text).removesuffix(".0")
    return school_code(code) if code.isdigit() and len(code) in {5, 10} else credit_code(code)


def specialty_code(text: str) -> str:
    """A code of the national catalogues: six digits, and letters such as K; a lost leading zero is put back."""
    code = folded(text).removesuffix(".0").upper()
    match = re.fullmatch(r"(\d{5,6})([A-Z]{0,2})", code)
    if match is None:
        raise BadValueError(
            "record.code", expected=Text("6 位数字，可带字母", "6 digits, letters may follow")
        )
    return match[1].zfill(6) + match[2]


def industry_code(text: str) -> str:
    """The code of an industry in GB/T 4754: a section (C), a finer one (36, 3612), or the name of either.

    A lost leading zero is put back where no industry has the shorter code; else the name of the row tells
    (`ingest.records.codes.industry_named`).
    """
    code = folded(text).removesuffix(".0").upper()
    found = (
        _industries().get(code) or _industries().get(f"0{code}") or _industries().get(normalise_name(text))
    )
    if found is None:
        raise BadValueError("record.code", expected=Text("GB/T 4754 行业代码", "a code of GB/T 4754"))
    return found


@cache
def _industries() -> dict[str, str]:
    rows = reference_rows("industries")
    coarser_last = sorted(rows, key=lambda row: -len(row["code"]) if row["parent"] else 0)
    names = {normalise_name(row["name"]): row["code"] for row in coarser_last}
    sections = {f"{section_of(row['code'])}{row['code']}": row["code"] for row in rows}  # C36 is 36
    return names | sections | {row["code"]: row["code"] for row in rows}


def section_of(code: str) -> str:
    """The section (门类) of an industry: `section_of("3612") == "C"`."""
    parents = _parents()
    while parents.get(code):
        code = parents[code]
    return code


@cache
def _parents() -> dict[str, str]:
    return {row["code"]: row["parent"] for row in reference_rows("industries")}


def region_code(text: str) -> str:
    """A code of GB/T 2260: six digits; of a longer one (of a street or village) the first six."""
    code = folded(text).removesuffix(".0")
    if not re.fullmatch(r"\d{6}(?:\d{3}|\d{6})?", code):
        raise BadValueError("record.code", expected=Text("6 位行政区划代码", "6 digits of a division"))
    return code[:6]
