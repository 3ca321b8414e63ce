"""Refusal (不收): generic words, or a span that runs on into what is said, are no name, however sure the network is."""

from __future__ import annotations

import re
from typing import Final

from nlp.industries import GENERIC
from nlp.names import names
from nlp.suffixes import SUFFIX
from nlp.surroundings import residue

_LISTED: Final = frozenset(names("industries"))
_TAIL: Final = re.compile("(?:产业集群|产业链|集群|产业|行业)$")
_RUNS_ON: Final = re.compile("(?:尚未|还未|仍未|从未|已经|正在|已|将|均|曾|拟)$")  # 重庆大学|尚未


def is_no_name(kind: str, surface: str) -> bool:
    """Whether a span says no more than the word for its kind does, or more than a name.

    >>> is_no_name("IndustryChain", "服务业"), is_no_name("IndustryChain", "现代服务业")
    (True, False)
    >>> is_no_name("TrainingBase", "高水平实训基地"), is_no_name("TrainingBase", "智能制造高水平实训基地")
    (True, False)
    >>> is_no_name("School", "重庆大学尚未"), is_no_name("Specialty", "录音整理")
    (True, True)
    """
    if _RUNS_ON.search(surface):
        return True
    if kind == "IndustryChain":
        return surface not in _LISTED and any(
            GENERIC.match(phrase) for phrase in (surface, _TAIL.sub("", surface))
        )
    head = surface
    for match in SUFFIX.finditer(surface):
        if match.end() == len(surface):
            head = surface[: match.start()]
    return not residue(head)
