"""Offices of a consortium (任职): who is called to which, wherever in the sentence the consortium is named.

`大会选举A为理事长单位，B、C当选副理事长单位，D等21家单位任理事` tells three offices of one consortium: the one in
the phrase itself, else the nearest before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from nlp.extraction import Mention, Relation
from nlp.relations.fields import of_task
from nlp.relations.frame import Skeleton, members, over_letters
from nlp.relations.letters import ADVERBS, letters
from nlp.status import is_negated, status_of

_UNIT: Final = "(?:单位|学校|院校|高校|企业|园区|方)"
_OFFICE: Final = (
    f"(?:(?P<leads>牵头{_UNIT}|(?:共同|轮值|联席|执行)?(?<!副)理事长(?:单位)?|发起{_UNIT}|(?<!副)会长单位|盟主(?:单位)?|(?<!副)主[席任]单位)|"
    f"(?P<joins>(?:常务|执行)?副理事长(?:单位)?|(?:常务)?理事(?:单位|(?![长会]))|(?:常务)?副(?:会长|主席|主任|秘书长)(?:单位)?|秘书长单位|"
    f"(?:成员|会员|参建|支持){_UNIT}|(?:首批)?(?:成员|会员)(?=[，。；、]|$)))"
)
_TERM: Final = (
    "(?:其|该|联盟|集团|联合体|共同体|首届|首批|新一届|最早的?|第[一二三四]届|本届|市域|产教){0,2}"
    f"(?P<named>{letters('C')})?(?:的)?(?:首届|首批|新一届|第[一二三四]届)?"
)
_COUNT: Final = "(?:等)?(?:[\\d一二两三四五六七八九十余多百]{0,6}[家所个])?"
_ALL: Final = f"(?:{_COUNT}(?:企业|单位|学校|院校|高校|机构|公司){{0,2}})"
_CALLS: Final = (
    "(?:选举|推选|推举|选出|选聘|聘请|聘任|增补|增选|增设|新增|吸纳|吸收|接收|授予|遴选|确定|推荐)"
    "(?:了|产生|出)?"
)
_AS: Final = (
    "(?:被|获|共同|分别|一致|成功){0,2}(?:获授|被授予|获颁|获得|荣获|领取|担任|出任|当选为?|任|为|是|成为|列为|列入|入选为?|推选为|推举为|选举为|选为|增补为|增选为|新增为|"
    "确定为|认定为|吸纳为|吸收为|代表|授予|聘为|荣任|获聘为?|作为)"
)
_INVITED: Final = (
    "(?:(?:受邀|应邀)?(?:参加|加入|参会|出席|与会)(?:了)?(?:会议|大会|成立大会)?(?:并|，并|，)?)?"
)
_PATTERNS: Final = tuple(
    re.compile(over_letters(pattern))
    for pattern in (
        _CALLS + "{head=SEPAL}" + _ALL + "(?:共同)?(?:为|担任|任|成为|作为)?" + _TERM + _OFFICE,
        "{head=SEPAL}" + _ALL + ADVERBS + _INVITED + _AS + _TERM + _OFFICE,
        _OFFICE
        + "(?:名单)?(?:有|包括|涵盖|囊括|分别[是为]|：|——)?{head=SEPAL}(?=[，。；、等共]|$|牵头|任|与)",
        "{head=SEPAL}"
        + _COUNT
        + _TERM
        + _OFFICE
        + "(?:的)?(?:代表|负责人|领导|专家|有关|相关|主要|到会|参会|出席|参加|与会|齐聚|共聚|派)",
    )
)


def offices(sentences: Sequence[Skeleton], entities: Sequence[Mention]) -> Iterator[Relation]:
    """The leaders and members that sentences call to an office of a consortium."""
    for skeleton in sentences:
        consortia = [
            (position, number)
            for position, number in enumerate(skeleton.mentions)
            if number is not None and entities[number].kind == "Consortium"
        ]
        if skeleton.consortium is not None:
            consortia.insert(0, (-1, skeleton.consortium))
        if not consortia or not _ANY_OFFICE.search(skeleton.letters):
            continue
        for pattern in _PATTERNS:
            for match in pattern.finditer(skeleton.letters):
                yield from _called(skeleton, match, consortia, entities)


def _called(
    skeleton: Skeleton,
    match: re.Match[str],
    consortia: Sequence[tuple[int, int]],
    entities: Sequence[Mention],
) -> Iterator[Relation]:
    before = [number for position, number in consortia if position < match.start()]
    inside = [number for position, number in consortia if match.start() <= position < match.end()]
    clause = skeleton.letters[max(0, match.start() - 14) : match.end()]
    consortium = inside[0] if inside else before[-1] if before else None
    if consortium is None or is_negated(clause):
        return
    heads = members(skeleton, match, "head")
    label = match.start("leads" if match["leads"] else "joins")
    if label < match.start("head") and of_task(skeleton.letters, label, heads, entities):
        return
    for head in heads:
        kind = "LEADS" if match["leads"] else "MEMBER_OF"
        if kind == "LEADS" and entities[head].kind == "ResearchPlatform":
            continue
        start = min(entities[head].start, entities[consortium].start)
        end = max(entities[head].end, entities[consortium].end, skeleton.offsets[match.end()])
        yield Relation(
            kind, head, consortium, start, end, confidence=0.8, status=status_of(clause, kind=kind)
        )


_ANY_OFFICE: Final = re.compile(_OFFICE)
