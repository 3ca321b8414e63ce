"""What names an industry (产业名): a listed industry, or a noun phrase whose last word is what an industry is called by.

`数字电商` ends in 电商 and is one; `数字技能人才` is not, although 数字 is in it.
"""

from __future__ import annotations

import re
from typing import Final

from nlp.names import names
from nlp.seeking import one_of

WORDS: Final = frozenset((*names("industries"), *names("industry_heads")))
"""Names of industries, and the last words of others."""
# 茶 is an industry, 加速井冈山茶 ends in none
_ANY: Final = one_of(word for word in WORDS if len(word) > 1)
_ENDS: Final = re.compile(f"(?:{_ANY})(?:制造)?(?:业|产业|产业链|行业|产业集群|集群)?$")
_WORDS: Final = re.compile(_ANY)
# What stands before 产业 or 集群 and names none.
GENERIC: Final = re.compile(
    "^(?:.{0,6}(?:首位|首要|主导|支柱|新兴|优势|特色|战略性|未来|传统|重点|关键|核心|"
    "相关|千亿|万亿|百亿|各|本|该|全|第[一二三]|一二三|"
    "实体|富民|朝阳|上下游|龙头|支撑|绿色低碳|配套|其他|有关|外资|本土|"
    "高端|先进|高新技术|先导|关联|基础|新)|制造业?|服务|农|工|"
    "智能|现代|数字|创新|教育|人才|工业|信息|技术|劳动密集型|资本|数字化|产|行业|乡村|科技|"
    "文化|区域|服务业|现代服务业|现代产业|生产|生产性|国民经济各|"
    "不同|所在|跨|同|事|企|就|职|专|毕|作|产业|商|开|失|创|结|营|副|主|物|林|学|从|从业)$"
)


def is_industry(phrase: str) -> bool:
    """Whether a noun phrase is called as industries are.

    >>> is_industry("数字电商"), is_industry("智慧物流"), is_industry("人才培养")
    (True, True, False)
    """
    return phrase in WORDS or bool(_ENDS.search(phrase))


def speaks_of_industry(phrase: str) -> bool:
    """Whether a word of industries is anywhere in a phrase."""
    return phrase in WORDS or bool(_WORDS.search(phrase))


def begins_with_industry(text: str, at: int) -> bool:
    """Whether a word of industries stands at an offset."""
    return bool(_WORDS.match(text, at))
