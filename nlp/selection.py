"""One reading of each stretch (取舍): of overlapping candidates the longest name stays, kinds break ties."""

from __future__ import annotations

import re
from typing import Final

from spacy.language import Language

from nlp.agencies import AGENCIES
from nlp.brands import BRANDS
from nlp.chains import CHAINS
from nlp.characters import Doc, Span
from nlp.documents import DOCUMENTS
from nlp.gazetteer import CATALOGUE
from nlp.occupations import OCCUPATIONS
from nlp.organisations import ORGANISATIONS, REJECTED
from nlp.programmes import PROGRAMMES
from nlp.regions import REGIONS
from nlp.specialties import SPECIALTIES

NAMES: Final = "names"

_GROUPS: Final = (
    DOCUMENTS,
    ORGANISATIONS,
    BRANDS,
    AGENCIES,
    PROGRAMMES,
    SPECIALTIES,
    OCCUPATIONS,
    CHAINS,
    REGIONS,
)
_FROM_CATALOGUE: Final = frozenset(("School", "Enterprise", "Park"))
# The order in which kinds win where two candidates are equally long.
_RANK: Final = [
    "PolicyDocument",
    "SharedResource",
    "Consortium",
    "IndustryCollege",
    "Park",
    "School",
    "Enterprise",
    "ResearchPlatform",
    "TrainingBase",
    "Agency",
    "TalentProgram",
    "SpecialtyGroup",
    "Specialty",
    "Occupation",
    "IndustryChain",
    "Region",
]


_SAYS_WHICH: Final = re.compile(
    "首[家个所座]|第一[家个所]|唯一|最大"
)  # 沧州|首家职业教育产业学院: the place stands alone


def longest_first(candidates: list[Span]) -> list[Span]:
    """The candidates that remain when longer ones push out what overlaps them, in the order of the text."""
    taken: dict[int, Span] = {}
    chosen: list[Span] = []
    for span in sorted(candidates, key=lambda s: (s.start - s.end, _RANK.index(s.label_), s.start)):
        if span.start in taken or span.end - 1 in taken:
            continue
        chosen.append(span)
        for position in range(span.start, span.end):
            taken[position] = span
    return sorted(chosen, key=lambda span: span.start)


@Language.component("selection")
def select_names(doc: Doc) -> Doc:
    """Choose among all candidates; the result is `doc.spans["names"]`, without overlaps."""
    candidates = [span for group in _GROUPS for span in doc.spans[group] if len(span) > 0]
    candidates += [
        span for span in doc.spans[CATALOGUE] if span.label_ in _FROM_CATALOGUE and _whole(doc, span)
    ]
    generic = [span for span in doc.spans[REJECTED] if not _SAYS_WHICH.search(str(span))]
    hidden = {position for span in generic for position in range(span.start, span.end) if _hides(span)}
    candidates = [
        span
        for span in candidates
        if not (
            span.label_ in ("Region", "IndustryChain") and span.start in hidden and span.end - 1 in hidden
        )
    ]
    parks = {
        position for span in candidates if span.label_ == "Park" for position in range(span.start, span.end)
    }
    candidates = [
        span for span in candidates if span.label_ != "IndustryChain" or span.start not in parks
    ]  # 金山高新区重点发展新材料产业: what begins with a park is no industry
    doc.spans[NAMES] = longest_first(candidates)
    return doc


def _hides(span: Span) -> bool:
    return span.label_ in ("Consortium", "IndustryCollege")


def _whole(doc: Doc, span: Span) -> bool:
    """A company's or school's short name must not be a piece of other words."""
    if len(span) > 4:
        return True
    words = doc._.words
    if span.label_ == "Enterprise" and len(span) == 2:
        return bool(words.is_edge(span.start) and words.is_edge(span.end))
    return bool(words.is_edge(span.start) or words.is_edge(span.end))
