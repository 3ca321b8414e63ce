"""Rolls (名单): a heading names a consortium and a part in it, and what follows is who has that part.

`甲共同体牵头单位。企业：A、B；高等学校：C、D`, `乙集团理事单位（部分）：A、B；C`. The list goes on over labels,
numbers and line ends, as far as nothing but names stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from nlp.extraction import Mention, Relation

_PART: Final = re.compile(
    "(?:的)?(?:首届|首批|第[一二三四五]届|第[一二三四五]批)?"
    "(?:(?P<leads>牵头|(?<!副)理事长|发起)|(?P<joins>副理事长|常务理事|理事|成员|会员|参与|参加|支持|建设|共建))"
    "(?:单位|院校|学校|高校|企业|机构)?(?:名单)?(?:（[^（）]{1,12}）)?(?:如下)?[：:。\\n]"
)
# What may stand between two names of a roll: marks, numbers, and labels of its parts.
_BETWEEN: Final = re.compile(
    "(?:[、；，。\\s”“]|\\d{1,3}[.．、)）]|（[^（）]{1,12}）|"
    "(?:政府部门|行业组织|行业协会|科研机构|科研院所|高等学校|普通高校|本科院校|本科高校|高职院校|职业院校|职业学校|中职学校|院校|学校|企业|园区|机构)"
    "(?:类|单位)?(?:（\\d{1,3}[家所个]）|\\d{1,3}[家所个])?[：:])*"
)
_MEMBERS: Final = frozenset(("School", "Enterprise", "Park", "Agency", "ResearchPlatform"))


def rolls(text: str, entities: Sequence[Mention]) -> Iterator[Relation]:
    """The leaders and members of the rolls of a passage."""
    for number, mention in enumerate(entities):
        part = _PART.match(text, mention.end) if mention.kind == "Consortium" else None
        if part is None:
            continue
        at = part.end()
        for member in range(number + 1, len(entities)):
            named = entities[member]
            if named.kind not in _MEMBERS or not _BETWEEN.fullmatch(text, at, named.start):
                break
            kind = "LEADS" if part["leads"] and named.kind != "ResearchPlatform" else "MEMBER_OF"
            yield Relation(kind, member, number, mention.start, named.end, confidence=0.8)
            at = named.end
