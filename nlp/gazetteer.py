"""Gazetteer (地名录式词典): the reference tables and word lists as spaCy phrase matchers, one per kind.

`doc.spans["catalogue"]` gets each exact occurrence, with the official code where the name has only one. What may
also be an ordinary word (`护理`, `白银`) is left to the rules that know the sentence; here it is only marked.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import rjieba
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span

from graph.reference import rows
from nlp.names import names

CATALOGUE: Final = "catalogue"
SHORT_NAME: Final = "ShortName"  # the label of short names that need a list or a frame to be companies
_ADMINISTRATIVE: Final = re.compile(
    r"(?<=..)(特别行政区|(?:壮族|回族|维吾尔)?自治区|(?:[^\s]{1,3}族){0,4}自治[州县旗]|省|市|地区|盟)$"
)
# Cities whose short name is an ordinary word or another place.
_AMBIGUOUS_REGIONS: Final = frozenset(
    [
        "来宾",
        "安康",
        "东方",
        "白银",
        "朝阳",
        "海东",
        "海西",
        "海北",
        "中卫",
        "山南",
        "三明",
        "大庆",
        "三沙",
        "和田",
        "金昌",
        "平凉",
        "保山",
        "自贡",
        "文山",
        "黄山",
        "普洱",
        "双鸭山",
        "固原",
        "百色",
        "鹰潭",
        "崇左",
        "贵港",
    ]
)
_SHARED_SHORT_NAMES: Final = frozenset(["三亚", "大理", "吉林", "海南"])
_ORDINARY_SHORT_NAMES: Final = frozenset(
    [
        "新产业",
        "智慧农业",
        "线上线下",
        "机器人",
        "新农业",
        "大众交通",
        "新华网",
        "人民网",
        "电子城",
        "数据港",
        "新大陆",
        "新能源",
    ]
)
_BOTH_BRACKETS: Final = str.maketrans({"（": "(", "）": ")"})
_PASSABLE: Final = frozenset(("Region", "School", "Enterprise", "Park", "IndustryChain", "Specialty"))

Doc.set_extension("passable", default=None, force=True)  # where a catalogue name ends → where it begins
Doc.set_extension("places", default=(), force=True)  # the places of the text, the longest first


@dataclass(frozen=True, slots=True)
class Entry:
    """What the catalogues know of a name: its official full name and, where there is only one, its code."""

    name: str
    code: str | None


def short_region(name: str) -> str:
    """A division's name without its rank: 重庆市 → 重庆, 广西壮族自治区 → 广西."""
    return _ADMINISTRATIVE.sub("", name)


def _regions() -> Iterator[tuple[str, str, str]]:
    for row in rows("regions"):
        yield row["name"], row["name"], row["code"]
        short = short_region(row["name"])
        if row["level"] in ("省级", "地级") and len(short) > 1 and short not in _AMBIGUOUS_REGIONS:
            code = "" if short in _SHARED_SHORT_NAMES else row["code"]
            yield short, row["name"], code
            if row["name"].endswith("自治州"):
                yield f"{short}州", row["name"], row["code"]


def _companies() -> Iterator[tuple[str, str, str]]:
    for row in rows("companies"):
        yield row["name"], row["name"], row["code"]
        if is_telling(row["short_name"]):
            yield row["short_name"], row["name"], row["code"]
    for name in names("brands"):
        yield name, name, ""


def _short_names() -> Iterator[tuple[str, str, str]]:
    """Short names that say a company only where the text does: 沧州明珠, 华润电力."""
    for row in rows("companies"):
        if len(row["short_name"]) > 3 and not is_telling(row["short_name"]):
            yield row["short_name"], row["name"], row["code"]


def is_telling(short_name: str) -> bool:
    """Whether a company's short name says a company wherever it stands: 三一重工 does, 机器人 and 北京文化 do not."""
    if (
        short_name in _ORDINARY_SHORT_NAMES
        or len(short_name) < 3
        or not re.search("[\u4e00-\u9fff]", short_name)
    ):
        return False
    if re.fullmatch("[\u4e00-\u9fff]{2,4}集团", short_name):
        return True
    tagged = rjieba.tag(short_name)
    if len(tagged) == 1:
        return len(short_name) > 3 and tagged[0][1] in ("nt", "nz")
    proper = sum(
        len(word) for word, tag in tagged if len(word) == 1 or tag in ("nz", "nr", "nrt", "nrfg", "nt")
    )
    return tagged[0][1] not in ("ns", "v", "vn", "m") and proper > 0


def _schools() -> Iterator[tuple[str, str, str]]:
    by_code = {row["code"]: row["name"] for row in rows("schools")}
    for row in rows("schools"):
        yield row["name"], row["name"], row["code"]
    for row in rows("school_names"):
        full = row["name"] if row["relation"] == "former" else by_code.get(row["code"], row["name"])
        yield row["name"], full, row["code"]


def _chains() -> Iterator[tuple[str, str, str]]:
    for row in rows("clusters"):
        yield row["name"], row["name"], ""
    for name in names("industries"):
        yield name, name, ""


def _of(table: str) -> Iterator[tuple[str, str, str]]:
    for row in rows(table):
        if len(row["name"]) > 1:
            yield row["name"], row["name"], row["code"]


class Gazetteer:
    """Finds the names of the catalogues in a `Doc`; `known(kind, surface)` gives the entry of a name."""

    def __init__(self, pipeline: Language) -> None:
        self._entries: dict[str, dict[str, Entry]] = {}
        self._matcher = PhraseMatcher(pipeline.vocab)
        sources = {
            "Region": _regions(),
            "School": _schools(),
            "Enterprise": _companies(),
            SHORT_NAME: _short_names(),
            "Specialty": _of("specialties"),
            "Occupation": _of("occupations"),
            "IndustryChain": _chains(),
            "Agency": ((name, name, "") for name in names("ministries")),
            "Park": ((name, name, "") for name in names("parks")),
        }
        for kind, source in sources.items():
            self._add(pipeline, kind, source)

    def _add(self, pipeline: Language, kind: str, source: Iterator[tuple[str, str, str]]) -> None:
        codes: defaultdict[str, set[str]] = defaultdict(set)
        full: dict[str, str] = {}
        for surface, name, code in source:
            for variant in {surface, surface.translate(_BOTH_BRACKETS)}:
                full.setdefault(variant, name)
                codes[variant].add(code)
        self._entries[kind] = {
            surface: Entry(name, code if len(codes[surface]) == 1 and (code := min(codes[surface])) else None)
            for surface, name in full.items()
        }
        self._matcher.add(kind, [pipeline.tokenizer(surface) for surface in full])

    def known(self, kind: str, surface: str) -> Entry | None:
        """The entry of a name of a kind, or `None`."""
        return self._entries[kind].get(surface) if kind in self._entries else None

    def __call__(self, doc: Doc) -> Doc:
        """Mark the catalogue names of a text, and where a walk to the left may pass one as a whole."""
        found: list[Span] = self._matcher(doc, as_spans=True)
        found.sort(key=lambda span: (span.start, -span.end, span.label_))
        doc.spans[CATALOGUE] = found
        passable: dict[int, int] = {}
        for span in found:
            if span.label_ in _PASSABLE and len(span) > 1:
                passable.setdefault(span.end, span.start)
        doc._.passable = passable
        doc._.places = sorted(
            {str(span) for span in found if span.label_ == "Region"}, key=lambda place: (-len(place), place)
        )
        return doc


@Language.factory("gazetteer")
def create_gazetteer(nlp: Language, name: str) -> Gazetteer:  # noqa: ARG001 - spaCy passes the name
    """The spaCy component that marks catalogue names."""
    return Gazetteer(nlp)
