"""What names an industry (产业名): a listed industry, or a noun phrase whose last word is what an industry is called by.

`数字电商` ends in 电商 and is one; `数字技能人才` is not, although 数字 is in it.
"""

from __future__ import annotations

import re
from typing import Final

from nlp.names import names

_LISTED: Final = frozenset(names("industries"))
_HEADS: Final = "|".join(sorted(map(re.escape, names("industry_heads")), key=len, reverse=True))
_ENDS: Final = re.compile(f"(?:{_HEADS})(?:制造)?(?:业|产业|产业链|行业|产业集群|集群)?$")
_WORDS: Final = re.compile(_HEADS)


def is_industry(phrase: str) -> bool:
    """Whether a noun phrase is called as industries are.

    >>> is_industry("数字电商"), is_industry("智慧物流"), is_industry("人才培养")
    (True, True, False)
    """
    return phrase in _LISTED or bool(_ENDS.search(phrase))


def speaks_of_industry(phrase: str) -> bool:
    """Whether a word of industries is anywhere in a phrase."""
    return phrase in _LISTED or bool(_WORDS.search(phrase))
