"""The unit of a column of figures (单位): what its header says, else a line above the header; none is guessed.

`产值（万元）`, `产值/万元`, `从业人员数（万）` and `单位：万元` above the table tell a factor. A header that
speaks of a unit that is not known here (万美元) is refused: read as yuan it would be wrong by any measure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ingest.records.kind import Form

SCALED: Final = frozenset({Form.MONEY, Form.COUNT})
_MULTIPLES: Final = {
    "": 1,
    "十": 10,
    "百": 10**2,
    "千": 10**3,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "十亿": 10**9,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
}
_MONEY: Final = ("元", "圆", "人民币")
_UNIT: Final = re.compile(
    r"(?:以|按)?(?:人民币|rmb|cny|[¥￥])?(?P<multiple>[十百千]?[万亿]|万亿|[十百千])?"
    r"(?P<unit>元|圆|人民币|rmb|cny|人次|人|名|个|位|家|户|次|门|本|部|项|件|套|台|所)?计?"
)
# What speaks of a unit though it is none of these: 万美元, 亿港币, 千美金, 百余万; not 万州校区, 百强企业, 美术类.
_UNKNOWN: Final = re.compile(
    r"[百千万亿](?:[美港欧日澳英]?[元圆币镑金]|余?[百千万亿]*|余?人?[天日次月]|人?[课学]时|小时|吨|人|[名个家户件台套辆册亩股]|平方?米|m2)$|[美港欧日澳]元|美金|港币|英镑|usd|hkd|eur|\$|€|£"
)
_BRACKETS: Final = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|【([^【】]*)】")
_BETWEEN: Final = re.compile(r"[,，:：/、;；|·\n—–-]+|\s+|单位")
_ABOVE: Final = re.compile(
    r"(?:^|[\s(\[【,，;；。:：]|金额|计量|货币|数量|数值|人数|数据)单位\s*[:：]\s*(?P<told>[^()\[\]【】。;；]{1,20})"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it is told: its factor, and whether it is one of money (None: 万 alone counts anything)."""

    factor: int
    money: bool | None

    def of(self, form: Form) -> bool:
        """Whether figures of this form can have it."""
        return self.money is None or self.money is (form is Form.MONEY)


def unit_named(words: str) -> Unit | None:
    """The unit that these words are and nothing else: 万元, 人民币亿元, 百亿元, 万人, 万."""
    plain = _plain(words)
    match = _UNIT.fullmatch(plain)
    if not plain or match is None or not (match["multiple"] or match["unit"] or plain in _MONEY):
        return None
    money = True if "元" in plain or "圆" in plain or "币" in plain else None if not match["unit"] else False
    return Unit(_MULTIPLES[match["multiple"] or ""], money)


def unit_of_header(header: str) -> Unit | None:
    """The unit that a header tells, in brackets or behind its words; None where it tells none."""
    return next((unit for piece in _pieces(header) if (unit := unit_named(piece)) is not None), None)


def is_unclear(header: str) -> bool:
    """Whether a header speaks of a unit that is not known: 产值（万美元）."""
    return unit_of_header(header) is None and any(_UNKNOWN.search(_plain(p)) for p in _pieces(header))


def units_above(lines: Sequence[Sequence[str]]) -> tuple[tuple[Unit, ...], tuple[str, ...]]:
    """The units that the lines above a header tell (单位：万元), and the words for such as are not known."""
    units: list[Unit] = []
    unclear: list[str] = []
    for cell in (cell for line in lines for cell in line):
        for found in _ABOVE.finditer(unicodedata.normalize("NFKC", cell)):
            for piece in filter(None, _BETWEEN.split(found["told"])):
                unit = unit_named(piece)
                if unit is not None:
                    units.append(unit)
                elif _UNKNOWN.search(_plain(piece)):
                    unclear.append(found[0].strip())
    return tuple(units), tuple(unclear)


def unit_of(factor: int, form: Form) -> str:
    """The name of the unit that has this factor: 万元, 万人; empty for one."""
    multiple = next((word for word, own in _MULTIPLES.items() if own == factor != 1), "")
    return f"{multiple}{'人' if form is Form.COUNT else '元'}" if multiple else ""


def _plain(words: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", words)).casefold()


def _pieces(header: str) -> Iterator[str]:
    """What may be a unit in a header: what stands in its brackets, then what is set off behind its words."""
    text = unicodedata.normalize("NFKC", header)
    for groups in _BRACKETS.findall(text):
        inside = "".join(groups)
        yield inside
        yield from filter(None, _BETWEEN.split(inside))
    yield from filter(None, _BETWEEN.split(_BRACKETS.sub("\n", text).strip())[1:])
