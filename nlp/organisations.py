"""Organisations (机构名称): names that end as their kind does, cut on the left, kept where they name something.

To add a suffix, add it to `suffixes.SUFFIXES` under its kind; where a kind's names begin and end is said in
`nlp.extents`, what makes a phrase a name in `nlp.naming`. `doc.spans["rejected"]` keeps the generic phrases
(`重庆市域产教联合体`), so that a place inside them is not taken for a place alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import Final

from spacy.language import Language

from nlp.characters import Doc, Span
from nlp.extents import Extents
from nlp.gazetteer import CATALOGUE
from nlp.industries import is_industry
from nlp.naming import TYPED_SCHOOL, is_counted, is_name
from nlp.suffixes import SUFFIX, kind_of
from nlp.surroundings import LONGEST_NAME, is_nominal, residue

ORGANISATIONS: Final = "organisations"
REJECTED: Final = "rejected"

_HELPFUL: Final = frozenset(("Region", "Enterprise", "School", "IndustryChain", "Park", "Specialty"))
# Whose name may stand at the head of whose.
_HEADS: Final = {
    "Consortium": ("Park", "IndustryCollege", "School", "Enterprise"),
    "IndustryCollege": ("School", "Enterprise", "Park"),
    "TrainingBase": ("School", "Enterprise", "Park"),
    "ResearchPlatform": ("School", "Enterprise", "Park", "ResearchPlatform"),  # …检验中心|番禺实验室
    "Enterprise": ("Enterprise",),
    "Park": ("Park",),  # 靖江经济开发区|新港科教产业园
    "School": ("Enterprise",),  # 株洲铁路工厂|技工学校
}
_BETWEEN_HEAD: Final = re.compile(
    "(?:国家级|省级|市级|市域|县域|区域|行业|产业|协同|人才|培养|创新|战略|校企|合作|融合|发展|专业|建设|职教|职业教育|产教){0,6}"
)
_OF_A_SCHOOL: Final = (
    "工程创新中心",
    "创新中心",
    "研究中心",
    "工程研究中心",
    "研发中心",
    "技术创新中心",
    "工程中心",
)
_SUMS_UP: Final = re.compile("[三四五六七八九十两]大")  # 甲园区、乙园区|三大国家级园区
_FIRST_OF: Final = re.compile(".*首[家个所座](?!席)")
_OLD_TRADES: Final = re.compile(
    "(?:化工|石化|轻工|纺织|冶金|矿业|煤炭|电力|航空|航天|水产|水利|水电|林业|农业|畜牧|财经|金融|医药|中医药|建筑|交通|铁道|工业|农林)$"
)
_OF_A_FIRM: Final = ("大学", "学院", "商学院", "培训学院")


@Language.component("organisations")
def find_organisations(doc: Doc) -> Doc:
    """Mark organisations by suffix in `doc.spans["organisations"]`, generic phrases in `doc.spans["rejected"]`."""
    reader = _Reader(doc)
    for match in SUFFIX.finditer(reader.text):
        reader.read(match)
    reader.colleges()
    doc.spans[ORGANISATIONS] = reader.found
    doc.spans[REJECTED] = reader.rejected
    return doc


class _Reader:
    """Reads the suffixes of a text from left to right; `found` are names, `rejected` generic phrases."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self.text: str = doc._.words.content
        self._extents = Extents(doc)
        catalogue: list[Span] = list(doc.spans[CATALOGUE])
        self._helpful = [span for span in catalogue if span.label_ in _HELPFUL and len(span) > 1]
        self._starts = [span.start for span in self._helpful]
        self._firms = {(span.start, span.end) for span in catalogue if span.label_ == "Enterprise"}
        self.found: list[Span] = []
        self.rejected: list[Span] = []
        self._last_end = self._last_generic = 0

    def read(self, match: re.Match[str]) -> None:
        """Where the name that this suffix ends begins, and whether it is one."""
        at, end = match.span()
        if at < self._last_end:
            return  # inside the branch of the name before
        suffix, kind = match.group(), kind_of(match)
        floor = self._last_end if at - self._last_generic < 2 else max(self._last_end, self._last_generic)
        start = self._extents.begin(at, suffix, kind, floor)
        if kind == "School" and end not in self._extents.schools:
            kind = self._kind_of_school(start, at, suffix)
        start, absorbed = self._absorbing(kind, suffix, start, at)
        if absorbed == "School" and kind == "TrainingBase" and suffix in _OF_A_FIRM:
            kind = "IndustryCollege"  # 福州大学|紫金矿业学院
        if (
            start == at
            or (suffix == "新区" and self._is_district(end))
            or _SUMS_UP.search(self.text, start, at)
        ):
            return
        first = _FIRST_OF.search(self.text, start, at)
        if first and len(residue(self.text[first.end() : at])) > 1:
            start = first.end()  # 国内首个|智慧港口行业产教融合共同体
        known = self._known(start, at, end) | ({absorbed} if absorbed else set())
        listed = kind == "School" and self._extents.schools.get(end) == start
        named = listed or is_name(self._doc, kind, suffix, self.text[start:at], start, known)
        if named and not is_counted(self.text, end, kind, known):
            if absorbed:
                self.found.pop()
            end = self._extents.end(end, kind)
            self.found.append(Span(self._doc, start, end, label=kind))
            self._last_end = end
        else:
            self.rejected.append(Span(self._doc, start, end, label=kind))
            if kind in ("IndustryCollege", "Consortium"):  # …首家产业学院|落户渤海新区
                self._last_generic = end

    def _kind_of_school(self, start: int, at: int, suffix: str) -> str:
        """奇瑞大学 is a company's, 射洪锂电科技学院 an industry's."""
        if suffix in _OF_A_FIRM and (start, at) in self._firms:
            return "TrainingBase"
        place = self._doc._.place_of.get(start, start)
        of_industry = (
            suffix == "学院" and at - place > 2 and is_industry(self.text[place:at].removesuffix("科技"))
        )
        if _OLD_TRADES.search(self.text, place, at):
            return "School"  # 吉林|化工|学院
        return "IndustryCollege" if place > start and of_industry else "School"

    def _is_district(self, end: int) -> bool:
        """浦东新区 is a district of its city."""
        kinds = {span.label_ for span in self._doc.spans[CATALOGUE] if span.end == end}
        return "Region" in kinds and "Park" not in kinds

    def _known(self, start: int, at: int, end: int) -> set[str]:
        """The kinds of the catalogue names inside of a name."""
        inside = self._helpful[bisect_left(self._starts, start) : bisect_right(self._starts, at)]
        return {
            span.label_
            for span in inside
            if span.end <= end
            and len(span) < end - start
            and (span.label_ != "Enterprise" or len(span) > 3 or span.start == start or self._is_word(span))
        }

    def colleges(self) -> None:
        """`福州大学紫金矿业学院、武夷学院圣农食品学院`: in a list of industry colleges each is named with its school."""
        of_industry = "产业学院" in self.text
        found: list[Span] = []
        for span in self.found:
            before = found[-1] if found else None
            if (
                before is not None
                and before.label_ == "School"
                and before.end == span.start
                and span.label_ in ("School", "IndustryCollege", "TrainingBase")
                and str(span).endswith("学院")
                and (
                    (of_industry and self.text[span.end : span.end + 1] in "、，。；等")
                    or self._of_a_firm_or_place(span)
                )
            ):
                found[-1] = Span(self._doc, before.start, span.end, label="IndustryCollege")
            else:
                found.append(span)
        self.found = found

    def _of_a_firm_or_place(self, span: Span) -> bool:
        """福州大学|紫金矿业学院, 浙江工业大学|永康五金学院: no department is called so."""
        begins = {end for start, end in self._firms if start == span.start} | {
            self._doc._.place_of.get(span.start)
        }
        return span.label_ != "School" and any(end is not None and end < span.end - 2 for end in begins)

    def _is_word(self, span: Span) -> bool:
        words = self._doc._.words
        return bool(words.is_edge(span.start) and words.is_edge(span.end))

    def _absorbing(self, kind: str, suffix: str, start: int, at: int) -> tuple[int, str | None]:
        """The name begins with another one: 苏州工业园区|产教联合体, 闽江学院|人工智能产业学院."""
        if not self.found or self.found[-1].label_ not in _HEADS.get(kind, ()):
            return start, None
        before = self.found[-1]
        if at - before.start > LONGEST_NAME:
            return start, None  # a run of parks is no name: reading stays linear
        if before.label_ == "Enterprise" and kind == "Enterprise":
            absorbs = before.end == start and "公司" in suffix and str(before).endswith("集团")
        elif kind == "Consortium":
            between = self.text[before.end : at]
            absorbs = before.end <= start and bool(
                _BETWEEN_HEAD.fullmatch(between) or (before.end == start and is_industry(between))
            )
        elif before.end == start and kind == "ResearchPlatform" and suffix == "研究院" and at == start:
            place = self._doc._.place_ends.get(before.start)  # 深圳|清华大学|研究院
            return (before.start if place is None else place), before.label_
        elif before.end == start and before.label_ == "School" and suffix in _OF_A_SCHOOL and at > start:
            absorbs = start in self._doc._.place_of  # 沈阳药科大学|智能药学工程创新中心: two names
        elif before.end == start:
            absorbs = kind != "School" or bool(TYPED_SCHOOL.search(suffix))
        else:  # 莆田学院|高端装备与智能制造现代产业学院
            absorbs = (
                kind == "IndustryCollege"
                and 2 < start - before.end < 16
                and self.text[start - 1] in "与和及"
                and is_nominal(self._doc._.words, before.end, start - 1, leading=True)
            )
        return (before.start, before.label_) if absorbs else (start, None)
