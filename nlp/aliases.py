"""Names across a document (简称与全称): `以下简称…` and short forms of what was named in full before.

A short form is read in the whole document: `长沙民政职业技术学院（以下简称“长沙民政”）` makes 长沙民政 a School from
there on, and `天合光能股份有限公司` lets 天合光能 stand for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import rjieba
from spacy.tokens import Doc, Span

from nlp.gazetteer import short_region
from nlp.selection import NAMES, longest_first

_DECLARED: Final = re.compile(
    "[（(](?:以下|下文|下)?(?:统一|统称|均)?(?:简称|称|又称|原名)(?:为|：|"
    ":)?[“\"'‘]?([^“”\"'‘’（）()，。；]{1,24})[”\"'’]?[）)]"
)
_COMPANY: Final = re.compile("(?:(?:[（(]集团[）)])?(?:股份|有限责任|控股|集团|有限)*(?:公司|集团))$")
_TRADE: Final = re.compile(
    "(?:新能源科技|新能源汽车|光电科技|石油钻采设备|科技产业|汽车|科技|光电|电子|信息技术|技术|实业|产业|工业|制造|"
    "集团|控股|仪器仪表|装备|光纤光缆|股份|材料|新材料|生物|医药|重工|股份|科技发展|智能)+$"
)


@dataclass(frozen=True, slots=True)
class Alias:
    """A short form, the full name that it stands for, and its kind."""

    short: str
    full: str
    kind: str
    declared: bool


def declared(doc: Doc) -> list[Alias]:
    """The short forms that a passage declares right behind a name."""
    by_end = {span.end: span for span in doc.spans[NAMES]}
    found = []
    for match in _DECLARED.finditer(doc._.words.content):
        span = by_end.get(match.start()) or by_end.get(match.start() - 1)
        if span is not None and match[1] != str(span):
            found.append(Alias(match[1], str(span), span.label_, declared=True))
    return found


def derived(spans: Iterable[Span]) -> list[Alias]:
    """The short forms that follow from a company's full name: 重庆长安汽车股份有限公司 → 长安汽车."""
    found = []
    for full in sorted(
        {str(span) for span in spans if span.label_ == "Enterprise" and str(span).endswith(("公司", "集团"))}
    ):
        core = _COMPANY.sub("", full)
        core = re.sub("^(?:[\u4e00-\u9fff]{2,3}[省市])?", "", core)
        place = next((word for word, tag in rjieba.tag(core)[:1] if tag == "ns"), "")
        core = core.removeprefix(place).removeprefix("市").removeprefix("省")
        brand = _TRADE.sub("", core)
        found += [
            Alias(short, full, "Enterprise", declared=False)
            for short in sorted({core, brand})
            if short != full and _tells(short)
        ]
    return found


def _tells(short: str) -> bool:
    if not 2 <= len(short) <= 12 or short_region(short) != short:
        return False
    tagged = rjieba.tag(short)
    if len(short) < 3 and len(tagged) == 1 and tagged[0][1] not in ("nz", "nr", "nrt", "nt"):
        return False
    return not all(tag in ("n", "vn", "v", "b", "a", "ns", "j") and len(word) > 1 for word, tag in tagged)


def apply(docs: Iterable[Doc], known: Iterable[Alias]) -> dict[str, Alias]:
    """Mark the short forms in all passages; gives the aliases by short form (a declared one wins)."""
    table: dict[str, Alias] = {}
    for alias in sorted(known, key=lambda alias: (not alias.declared, alias.short, alias.full)):
        table.setdefault(alias.short, alias)
    if not table:
        return table
    pattern = re.compile("|".join(sorted(map(re.escape, table), key=len, reverse=True)))
    for doc in docs:
        extra = [
            Span(doc, m.start(), m.end(), label=table[m.group()].kind)
            for m in pattern.finditer(doc._.words.content)
        ]
        if extra:
            doc.spans[NAMES] = longest_first([*doc.spans[NAMES], *extra])
    return table
