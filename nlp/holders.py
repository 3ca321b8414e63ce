"""Whose a number is (数字的主体): the organisation or chain that a target or statistic is about.

It is what the number's own clause names: in `甲学院与乙公司合作，该公司年产值1000亿元` the firm. Who only takes part
(与乙公司共建), is served (面向丙产业) or is counted itself (丁公司等30家企业) is not meant. Where the clause names
nobody, it is the organisation that the sentence names first; a chain is meant in its own clause alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from nlp.extraction import Mention

_ORGANISATIONS: Final = ("School", "Enterprise", "Park", "Consortium")
_OF_A_CLAUSE: Final = (*_ORGANISATIONS, "IndustryChain")
_CLAUSE: Final = re.compile("[，；：。！？\n]")
_FARTHEST: Final = 600  # characters before a number in which its sentence is looked at
_NEAREST: Final = 160
_MOST: Final = 24  # names looked at before a number
_BACK: Final = 400  # characters back in which is named whom 该校 means
# 该公司, 我校: who was named last of this kind
_THAT_ONE: Final = re.compile(
    "(?:该|本|我|这家|此)(?P<Enterprise>公司|企业|集团|厂)|(?:该|本|我|这所|此)(?P<School>校|学院|院(?!士))|"
    "(?:该|本|此)(?P<Park>园区?|开发区|经开区|高新区|产业园)|(?:该|本)(?P<Consortium>共同体|联合体|联盟|职教集团)"
)
# 学校现有…, 公司年产…: the same, where the clause begins with it
_THE_ONE: Final = re.compile(
    "(?:目前，?|现在，?)?(?:(?P<School>学校|学院)|(?P<Enterprise>公司|企业|集团)|(?P<Park>园区|开发区|经开区|高新区|产业园)|"
    "(?P<Consortium>共同体|联合体|联盟))(?=[现有占已共目设开拥建年总在累毕面培就与教专注职员产营集入聚规落引])"
)
_TAKES_PART: Final = re.compile(
    "(?:与|和|同|跟|围绕|对接|服务|面向|聚焦|引来|引进|吸引|携手|联合|为|给|向|被|及|、|包括|有|含|比|占|经|由|以|按|靠着|依托|针对|"
    "培育|打造|发展|建设?|开设|办|来自|进|到|从)“?$"
)
_COUNTED: Final = re.compile("[^，；：。]{0,30}(?:等|在内|以及|及其他)")


def holder(text: str, entities: Sequence[Mention], begin: int, start: int) -> int | None:
    """Who or what the number at `start`, in the sentence that begins at `begin`, is about: an index into the entities."""
    begin = max(begin, start - _FARTHEST)
    near = max(begin, start - _NEAREST)
    ends = [match.end() for match in _CLAUSE.finditer(text, near, start)]
    clause = ends[-1] if ends else near
    stretch = max(begin, text.rfind("；", begin, start) + 1)
    meant = _meant(entities, _THAT_ONE.search(text, clause, start), start)
    if meant is None:
        meant = _named(text, entities, clause, start, _OF_A_CLAUSE)
    if meant is None:
        told = _THE_ONE.match(text, clause, start) or _THE_ONE.match(text, begin, start)
        meant = _meant(entities, told, start)
    if meant is None:
        meant = _named(text, entities, stretch, start, _ORGANISATIONS)
    if meant is None:
        meant = _named(text, entities, begin, start, _ORGANISATIONS)
    return meant


def _meant(entities: Sequence[Mention], said: re.Match[str] | None, start: int) -> int | None:
    """Whom 该公司 or 学校 stands for: the last before the number that is of this kind."""
    if said is None:
        return None
    for index in range(bisect_left(entities, start, key=lambda mention: mention.start) - 1, -1, -1):
        if entities[index].start < start - _BACK:
            break
        if entities[index].kind == said.lastgroup:
            return index
    return None


def _named(
    text: str, entities: Sequence[Mention], begin: int, start: int, kinds: tuple[str, ...]
) -> int | None:
    """The first name of these kinds in a stretch that is more than a partner or one of what is counted."""
    first = bisect_left(entities, begin, key=lambda mention: mention.start)
    for index in range(first, min(len(entities), first + _MOST)):
        mention = entities[index]
        if mention.start >= start:
            break
        if mention.kind not in kinds or _TAKES_PART.search(
            text, max(begin, mention.start - 4), mention.start
        ):
            continue
        if not _COUNTED.match(text, mention.end, start):
            return index
    return None
