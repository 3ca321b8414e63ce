"""Names across a document (简称与全称): `以下简称…`, short forms of what was named in full, names said again.

A short form is read in the whole document: `长沙民政职业技术学院（以下简称“长沙民政”）` makes 长沙民政 a School from
there on, and `天合光能股份有限公司` lets 天合光能 stand for it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import rjieba

from nlp.catalogues import short_region
from nlp.characters import Doc, Span
from nlp.names import names
from nlp.selection import NAMES, longest_first
from nlp.surroundings import residue

_DECLARED: Final = re.compile(
    "[（(](?:以下|下文|下)?(?:统一|统称|均)?(?:简称|称|又称|亦称|也称|又名|俗称|原名)(?:为|：|"
    ":)?[“\"'‘]?([^“”\"'‘’（）()，。；]{1,24})[”\"'’]?[）)]"
)
_COMPANY: Final = re.compile("(?:(?:[（(]集团[）)])?(?:股份|有限责任|控股|集团|有限)*(?:公司|集团))$")
_TRADE: Final = re.compile(
    "(?:新能源科技|新能源汽车|光电科技|石油钻采设备|科技产业|汽车|科技|光电|电子|信息技术|技术|实业|产业|工业|制造|"
    "集团|控股|仪器仪表|装备|光纤光缆|股份|材料|新材料|生物|医药|重工|股份|科技发展|智能)+$"
)
_BODIES: Final = frozenset(
    ("School", "Enterprise", "Consortium", "IndustryCollege", "TrainingBase", "ResearchPlatform", "Park")
)

_SAID_OF_MUCH: Final = frozenset((*names("slogans"), *names("industries")))


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
        if span is not None and match[1] != str(span) and residue(match[1]):  # 以下简称共同体 names nothing
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
    """Whether a short form tells a company: no word of policies (新时代, 大数据), no industry, no common words alone."""
    if not 2 <= len(short) <= 12 or short_region(short) != short:
        return False
    if short.removesuffix("产业") in _SAID_OF_MUCH:
        return False
    tagged = rjieba.tag(short)
    if len(short) < 3 and len(tagged) == 1 and tagged[0][1] not in ("nz", "nr", "nrt", "nt"):
        return False
    return not all(tag in ("n", "vn", "v", "b", "a", "ns", "j") and len(word) > 1 for word, tag in tagged)


class Table:
    """Names to look for in many texts; each text is passed once, however many names there are."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_start: defaultdict[str, list[str]] = defaultdict(list)
        for name in sorted(set(names), key=lambda name: (-len(name), name)):
            self._by_start[name[:2]].append(name)

    def find(self, text: str) -> Iterator[tuple[int, str]]:
        """Where the names stand, from left to right; of names that begin at one place the longest, no overlaps."""
        at, last = 0, len(text) - 1
        while at < last:
            for name in self._by_start.get(text[at : at + 2], ()):
                if text.startswith(name, at):
                    yield at, name
                    at += len(name)
                    break
            else:
                at += 1


# 景德镇陶瓷|产业 is no company of the name
_GOES_ON: Final = re.compile("产业(?!学院|园)|行业|协会|大学|职业|文化|艺术")


def apply(docs: Sequence[Doc], known: Iterable[Alias]) -> dict[str, Alias]:
    """Mark short forms and names found elsewhere in all passages; gives the aliases by short form (declared ones win)."""
    table: dict[str, Alias] = {}
    for alias in sorted(known, key=lambda alias: (not alias.declared, alias.short, alias.full)):
        table.setdefault(alias.short, alias)
    kinds = {short: alias.kind for short, alias in table.items()}
    for name, kind in _named(docs).items():
        kinds.setdefault(name, kind)
    if not kinds:
        return table
    sought = Table(kinds)
    for doc in docs:
        taken = {(span.start, span.end): span.label_ for span in doc.spans[NAMES]}
        extra = {
            (start, start + len(name)): kinds[name]
            for start, name in sought.find(doc._.words.content)
            if _is_new(taken.get((start, start + len(name))), table.get(name))
            and not _GOES_ON.match(doc._.words.content, start + len(name))
        }
        if extra:
            others = [span for span in doc.spans[NAMES] if (span.start, span.end) not in extra]
            found = [Span(doc, start, end, label=kind) for (start, end), kind in extra.items()]
            doc.spans[NAMES] = longest_first([*others, *found])
    return table


def _is_new(kind: str | None, alias: Alias | None) -> bool:
    """Whether nothing has been read here, or something of another kind than the text has declared."""
    return kind is None or (alias is not None and alias.declared and alias.kind != kind)


def _named(docs: Iterable[Doc]) -> dict[str, str]:
    """The bodies that the document names anywhere, and the kind that each is mostly read as."""
    kinds: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for doc in docs:
        for span in doc.spans[NAMES]:
            if span.label_ in _BODIES and len(span) > 3:
                kinds[str(span)][span.label_] += 1
    return {name: min(seen, key=lambda kind: (-seen[kind], kind)) for name, seen in kinds.items()}
