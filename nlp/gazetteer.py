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

from spacy.language import Language
from spacy.matcher import PhraseMatcher

from nlp import catalogues
from nlp.characters import Doc, Span
from nlp.names import names
from nlp.seeking import one_of
from nlp.words import Words

CATALOGUE: Final = "catalogue"
SHORT_NAME: Final = "ShortName"  # the label of short names that need a list or a frame to be companies
_BOTH_BRACKETS: Final = str.maketrans({"（": "(", "）": ")"})
_PASSABLE: Final = frozenset(("Region", "School", "Enterprise", "Park", "IndustryChain", "Specialty"))

Doc.set_extension("passable", default=None, force=True)  # where a catalogue name ends → where it begins
Doc.set_extension("place_ends", default=None, force=True)  # where a place ends → where it begins
Doc.set_extension("place_of", default=None, force=True)  # where a place begins → where it ends
Doc.set_extension("counties", default=frozenset(), force=True)  # where short names of counties stand for them
Doc.set_extension("places", default=(), force=True)  # the places of the text, the longest first


@dataclass(frozen=True, slots=True)
class Entry:
    """What the catalogues know of a name: its official full name and, where there is only one, its code."""

    name: str
    code: str | None


class Gazetteer:
    """Finds the names of the catalogues in a `Doc`; `known(kind, surface)` gives the entry of a name."""

    def __init__(self, pipeline: Language) -> None:
        self._entries: dict[str, dict[str, Entry]] = {}
        self._matcher = PhraseMatcher(pipeline.vocab)
        self._kinds: dict[int, str] = {}  # by the number that the matcher has for each
        self._counties: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        self._place_codes: defaultdict[str, set[str]] = defaultdict(set)  # of provinces and cities
        places = list(catalogues.regions())
        codes = {name: code for surface, name, code in places if surface == name}
        for surface, name, _ in places:
            if codes[name].endswith("00"):
                self._place_codes[surface].add(codes[name])
        for short, _, code in catalogues.counties():
            self._counties[code[:2]].append((short, code))
        self._any_county = {
            province: re.compile(one_of(short for short, _ in counties))
            for province, counties in self._counties.items()
        }
        sources = {
            "Region": catalogues.regions(),
            "School": catalogues.schools(),
            "Enterprise": catalogues.companies(),
            SHORT_NAME: catalogues.short_names(),
            "Specialty": catalogues.of("specialties"),
            "Occupation": catalogues.of("occupations"),
            "IndustryChain": catalogues.chains(),
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
        self._kinds[pipeline.vocab.strings.add(kind)] = kind
        self._matcher.add(kind, [pipeline.tokenizer(surface) for surface in full])

    def known(self, kind: str, surface: str) -> Entry | None:
        """The entry of a name of a kind, or `None`."""
        return self._entries[kind].get(surface) if kind in self._entries else None

    def _counties_of(self, doc: Doc, found: list[Span]) -> Iterator[Span]:
        """`遂宁 … 船山`: the short names of the counties of the places that the text names, as whole words."""
        parents = {
            code[: 2 if code.endswith("0000") else 4]
            for span in found
            if span.label_ == "Region"
            for code in self._place_codes.get(str(span), ())
        }
        text, words = doc._.words.content, doc._.words
        for province in sorted({parent[:2] for parent in parents}):
            named = self._any_county.get(province)
            if named is None or not named.search(text):
                continue
            for short, code in self._counties[province]:
                if province not in parents and code[:4] not in parents:
                    continue
                at = text.find(short)
                while at >= 0:
                    end = at + len(short)
                    behind = any(span.end == at and span.label_ == "Region" for span in found)
                    if words.is_edge(end) and (
                        behind or (words.is_edge(at) and _names_a_place(words, at, end))
                    ):
                        yield Span(doc, at, end, label="Region")
                    at = text.find(short, end)

    def __call__(self, doc: Doc) -> Doc:
        """Mark the catalogue names of a text, and where a walk to the left may pass one as a whole."""
        found = [Span(doc, start, end, self._kinds[kind]) for kind, start, end in self._matcher(doc)]
        counties = list(self._counties_of(doc, found))
        doc._.counties = frozenset((span.start, span.end) for span in counties)
        found += counties
        found.sort(key=lambda span: (span.start, -span.end, span.label_))
        doc.spans[CATALOGUE] = found
        passable: dict[int, int] = {}
        for span in found:
            if span.label_ in _PASSABLE and span.end - span.start > 1:
                passable.setdefault(span.end, span.start)
        places = [span for span in reversed(found) if span.label_ == "Region"]
        doc._.passable = passable
        doc._.place_of = {span.start: span.end for span in places}
        doc._.place_ends = {span.end: span.start for span in places}
        doc._.places = sorted(set(map(str, places)), key=lambda place: (-len(place), place))
        return doc


def _names_a_place(words: Words, start: int, end: int) -> bool:
    """Whether a stretch reads as a name: one word that is tagged as one, or no word at all."""
    first, last = words.index(start), words.index(end - 1)
    if first == last:
        return words.tags[first] in ("ns", "nr", "nrt", "nz", "nt", "n")
    return all(len(words.texts[index]) == 1 for index in range(first, last + 1))


@Language.factory("gazetteer")
def create_gazetteer(nlp: Language, name: str) -> Gazetteer:  # noqa: ARG001 - spaCy passes the name
    """The spaCy component that marks catalogue names."""
    return Gazetteer(nlp)
