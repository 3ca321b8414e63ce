"""What lies in a name alone (名称蕴含): 先进材料产教联合体 serves the chain 先进材料, 两江新区… lies in its place.

The longest name is the mention, so the chain in it is none; the edge is given apart, with the chain's offsets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from nlp.extraction import Implied, Mention
from nlp.gazetteer import Gazetteer
from nlp.surroundings import residue

_SERVING: Final = frozenset(("Consortium", "IndustryCollege", "TrainingBase", "SpecialtyGroup"))
_SUFFIX: Final = re.compile(
    "(?:行业|产业)?(?:区域)?(?:国家级|省级|市级)?(?:产教(?:融合)?(?:联合体|共同体|联盟)|"
    "职业教育(?:集团|联盟|共同体)|职教(?:集团|联盟)|(?:现代)?产业学院|"
    "(?:高水平)?专业群|实训(?:基地|中心)|实践中心)$"
)
_PLACE_OR_RANK: Final = re.compile("^(?:全国|国家|中国|国家级|省级|市级|市|省)+")


def implied(entities: Sequence[Mention], gazetteer: Gazetteer) -> Iterator[Implied]:
    """The SERVES edges from mentions to the chains in their own names."""
    for number, mention in enumerate(entities):
        if mention.kind not in _SERVING:
            continue
        suffix = _SUFFIX.search(mention.surface)
        if not suffix:
            continue
        stem = mention.surface[: suffix.start()]
        known = _longest_chain(stem, gazetteer)
        if known is None and mention.kind == "Consortium" and suffix.group().startswith("行业"):
            begin = _PLACE_OR_RANK.match(stem)
            at = begin.end() if begin else 0
            known = (at, len(stem)) if len(residue(stem[at:])) > 1 else None
        if known is not None:
            start, end = known
            yield Implied(
                "SERVES",
                number,
                "IndustryChain",
                mention.surface[start:end],
                mention.start + start,
                mention.start + end,
            )


def _longest_chain(stem: str, gazetteer: Gazetteer) -> tuple[int, int] | None:
    """The longest known chain that ends the stem of a name."""
    for start in range(len(stem) - 1):
        if gazetteer.known("IndustryChain", stem[start:]):
            return start, len(stem)
    return None
