"""Refusal (不收): a span of generic words is no name, however sure the network is of it."""

from __future__ import annotations

import re
from typing import Final

from nlp.industries import GENERIC
from nlp.names import names
from nlp.suffixes import SUFFIX
from nlp.surroundings import residue

_LISTED: Final = frozenset(names("industries"))
_TAIL: Final = re.compile("(?:产业集群|产业链|集群|产业|行业)$")


def is_generic(kind: str, surface: str) -> bool:
    """Whether a span says no more than the word for its kind does.

    >>> is_generic("IndustryChain", "服务业"), is_generic("IndustryChain", "现代服务业")
    (True, False)
    >>> is_generic("TrainingBase", "高水平实训基地"), is_generic("TrainingBase", "智能制造高水平实训基地")
    (True, False)
    """
    if kind == "IndustryChain":
        return surface not in _LISTED and any(
            GENERIC.match(phrase) for phrase in (surface, _TAIL.sub("", surface))
        )
    head = surface
    for match in SUFFIX.finditer(surface):
        if match.end() == len(surface):
            head = surface[: match.start()]
    return not residue(head)
