"""Names of sentences before (前文名称): what a sentence says of a name that it does not repeat.

`甲产教联合体成立。成员有乙公司、丙公司。` Of each kind the first name of the passage and the latest may be meant. What
speaks for a relation is how the sentence speaks of its own name, and how the passage has spoken of the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from nlp.extraction import Mention
from nlp.linking.evidence import ARROWS, FAR, KINDS_BY_ENDS, Part
from nlp.linking.pairs import Pair
from nlp.linking.sentence import Group, Sentence, classes_of
from nlp.relations.letters import LONGEST_LIST
from nlp.relations.others import BODIES

_AWAY: Final = 4  # sentences
# Words that stand for a name which the sentence does not repeat.
_STANDS_FOR: Final = re.compile(
    "该?(?:学校|学院|校|院|园区?|新区|园内|区内|集团|联合体|共同体|联盟|基地|中心|平台|专业群?|公司|企业|方案|通知|意见|文件|规划)|"
    "当地|这里|[本我全][市县区省]内?"
)


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A name that the passage has spoken of: in which sentence, in a list or alone, and whether it was its first name."""

    mention: int
    sentence: int
    listed: bool
    led: bool


class Earlier:
    """What a passage has named so far."""

    def __init__(self, entities: Sequence[Mention]) -> None:
        self._entities = entities
        self._sentences = 0
        self._first: dict[str, _Spoken] = {}
        self._latest: dict[str, _Spoken] = {}
        self._surfaces: dict[str, set[str]] = {}

    def remember(self, sentence: Sentence) -> None:
        """A sentence has been read; those behind it may speak of its names."""
        for place, group in enumerate(sentence.groups):
            for kind, mentions in group.mentions.items():
                spoken = _Spoken(mentions[0], self._sentences, len(mentions) > 1, place == 0)
                self._first.setdefault(kind, spoken)
                latest = self._latest.get(kind)
                if latest is None or latest.sentence < self._sentences:
                    self._latest[kind] = spoken
                self._surfaces.setdefault(kind, set()).update(self._entities[one].surface for one in mentions)
        self._sentences += 1

    def pairs(self, sentence: Sentence) -> Iterator[Pair]:
        """The names of a sentence, each with those before it that may be meant, if the sentence does not repeat them."""
        kinds = {kind for group in sentence.groups for kind in group.mentions}
        candidates = [
            (kind, spoken, how)
            for kind in self._first
            if any((kind, own) in KINDS_BY_ENDS or (own, kind) in KINDS_BY_ENDS for own in kinds)
            for spoken, how in self._candidates(kind)
        ]
        if not candidates:
            return
        named = {self._entities[one].surface for group in sentence.groups for one in _all(group)}
        candidates = [one for one in candidates if self._entities[one[1].mention].surface not in named]
        if sentence.of_others:
            candidates = [one for one in candidates if one[0] not in BODIES]
        said = _said(sentence, kinds)
        for place, group in enumerate(sentence.groups):
            told = (*said, *_of_group(sentence, place))
            start, end = sentence.clauses(group.first, group.last)
            for own, mentions in group.mentions.items():
                for kind, spoken, how in candidates:
                    about = (how, self._sentences - spoken.sentence, min(3, len(self._surfaces[kind])))
                    for ends, arrow in (((kind, own), ARROWS[0]), ((own, kind), ARROWS[1])):
                        if ends not in KINDS_BY_ENDS:
                            continue
                        meant = (spoken.mention,)
                        listed = mentions[:LONGEST_LIST]
                        yield Pair(
                            meant if arrow == ARROWS[0] else listed,
                            listed if arrow == ARROWS[0] else meant,
                            ends,
                            start,
                            end,
                            arrow,
                            (*told, _of_spoken(ends, arrow, about, kind in kinds, spoken.listed, spoken.led)),
                            far=True,
                        )

    def _candidates(self, kind: str) -> Iterator[tuple[_Spoken, str]]:
        first, latest = self._first[kind], self._latest[kind]
        meant = [(latest, "latest"), (first, "first")]
        if self._entities[first.mention].surface == self._entities[latest.mention].surface:
            meant = [(latest, "first and latest")]
        for spoken, how in meant:
            if self._sentences - spoken.sentence <= _AWAY:
                yield spoken, how


def _all(group: Group) -> Iterator[int]:
    for mentions in group.mentions.values():
        yield from mentions


def _said(sentence: Sentence, kinds: set[str]) -> tuple[Part, ...]:
    """What the sentence says as a whole."""
    words = "".join(sentence.words)
    return (
        Part(
            (f"{FAR}stands", {match[0] for match in _STANDS_FOR.finditer(words)}),
            (f"{FAR}opens", set(sentence.words[:2])),
            (f"{FAR}here", kinds),
            (f"{FAR}leads", (min(sentence.groups[0].mentions),)),
        ),
        _far(classes_of("sentence", frozenset().union(*sentence.classes))),
    )


def _of_group(sentence: Sentence, place: int) -> tuple[Part, ...]:
    """What stands around a name of the sentence."""
    around = (*sentence.before[place], *sentence.after[place])
    behind = min(sentence.groups[place - 1].mentions) if place else "nothing"
    return (*map(_far, around), _behind(behind, first=place == 0))


def _far(part: Part) -> Part:
    """What a part says of a name to one of a sentence before."""
    return _lasting(part) if part.lasting else _anew(part)


def _anew(part: Part) -> Part:
    return Part(*((FAR + place, words) for place, words in part.told), lasting=part.lasting)


_lasting: Final = cache(_anew)  # parts that other sentences have, too, are told once


@cache
def _behind(kind: str, *, first: bool) -> Part:
    return Part((f"{FAR}behind", (kind,)), (f"{FAR}{'first' if first else 'later'}", ("name",)), lasting=True)


@cache
def _of_spoken(
    ends: tuple[str, str], arrow: str, about: tuple[str, int, int], rival: bool, listed: bool, led: bool
) -> Part:
    """How the passage has spoken of the name before; `rival`: the sentence has another name of its kind."""
    how, away, named = about
    return Part(
        (f"{FAR}ends", (f"{ends[0]} {arrow} {ends[1]}",)),
        (f"{FAR}how", (how,)),
        (f"{FAR}away", (str(away),)),
        (f"{FAR}named", (str(named),)),
        (f"{FAR}rival", (str(rival),)),
        (f"{FAR}listed", (str(listed),)),
        (f"{FAR}led", (str(led),)),
        lasting=True,
    )
