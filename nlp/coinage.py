"""Coined words (造词): what no dictionary holds falls into single characters, and is mostly somebody's name.

`朵唯` and `卓盛` are no words of the language, `高端装备` is two. Where a firm may stand, a coined word is one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import rjieba

PROPER: Final = frozenset(("nr", "nrt", "nrfg", "nz", "nt"))
_ORDINARY: Final = frozenset(
    ("智慧", "日用", "文创", "危化", "绿能", "锂电", "智算")
)  # tagged as names, and none
_HAN: Final = re.compile("[\u4e00-\u9fff]{2,8}")
_NEVER: Final = re.compile(
    "[的了在是由为将把对从向到于有被个所其之此该各每第约较最更又也都并且或即就只不未已着过去请给让使上下内外前后间时年月日等与及我你他她它们这那某本名份区县市省镇乡村]"
    "|^[和同和跟以用可]|[和同以]$"
)


@lru_cache(maxsize=4096)
def _pieces(word: str) -> tuple[int, int, int]:
    """Characters of a word that stand alone, that are of proper names, and that are of other words."""
    alone = proper = common = 0
    for piece in rjieba.cut(word, hmm=False):
        if len(piece) == 1:
            alone += 1
        elif piece not in _ORDINARY and rjieba.tag(piece)[0][1] in PROPER:
            proper += len(piece)
        else:
            common += len(piece)
    return alone, proper, common


def is_coined(word: str) -> bool:
    """Whether a word is no word of the language, nor put together from such.

    >>> is_coined("朵唯"), is_coined("普洛斯"), is_coined("高端")
    (True, True, False)
    """
    if not _HAN.fullmatch(word) or _NEVER.search(word):
        return False
    alone, proper, common = _pieces(word)
    return common == 0 and (alone > 1 or proper > 0)
