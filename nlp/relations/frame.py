"""Frames (句式): a sentence with its names as single letters, so that a frame is one short pattern.

`由重庆大学和长安汽车牵头的先进材料产教联合体` becomes `由S和E牵头的C` (letters from a private area of Unicode), and
`由{S,E,P,A}牵头的{C}` reads it. A list of names (`S、S和E`) is one group; each of its members gets the relation.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import attrgetter
from typing import Final

from graph.ontology import edge_kind
from nlp.extraction import Mention, Relation
from nlp.relations.anaphora import FORMER, consortium_meant, mentions_before, referring
from nlp.relations.letters import KINDS, LETTER, SHORT, letters, listed, spread
from nlp.relations.subjects import DECLARED, Subjects
from nlp.seeking import Seeker
from nlp.status import REST, is_negated, status_of

_PRIVATE: Final = re.compile("[\ue000-\uf8ff]")
_PLAIN: Final = re.compile('(?P<dropped>[“”《》"‘’ \t\u3000])|[^“”《》"‘’ \t\u3000]+')
_NAMES: Final = f"{LETTER[KINDS[0]]}-\uf8ff"
_SENTENCE_END: Final = re.compile("[。！？\n]")
# what still follows in the clause: …的合作仍在筹备
_CLAUSE_REST: Final = re.compile(
    "(?:的合作)?(?:目前|仍|尚|还|正){0,2}(?:在|处于)[^。；，\ue000-\uf8ff]{0,10}|"
    "(?:一事|事宜|项目)?(?:达成|签订|签署|形成|有)(?:了)?(?:初步)?(?:的)?(?:合作)?意向|"
)
_IN_ORDER: Final = "分别(?![是为])"  # 牵头单位分别为甲、乙 tells who they are
# When and in what way something was done: nothing that a frame asks for. Names inside stay.
_ADJUNCT: Final = Seeker(
    "(?:(?:于|自|从|早在)?(?<!到)(?:19|20)\\d\\d年(?:\\d{1,2}月)?(?:\\d{1,2}日)?(?:[起来]|以来|底|初)?|近日|日前|近年来|近些年来?|目前|如今|"
    f"先后|{_IN_ORDER}|正式|成功|率先|积极(?!性)|主动(?!性)|深度(?=合作|融合|参与|携手)|不断|持续|多年来|当天|现场|会上|随后)"
    "(?:，(?=[与和同携联共合建成组开设]))?|"
    "(?:，)?(?:按照|依照|通过|采取|采用|本着|遵循|坚持)[^，。；：]{2,24}?(?:模式|方式|原则|机制|形式|理念|思路)(?:，)?(?=共|联|合|建|组|成|开|打|设|携)"
)
# 甲大学|生命与环境科学学院|与乙公司, 甲大学|招生就业处处长|: which part of a body did it is not asked.
_DEPARTMENT: Final = re.compile(
    "(?!的|在|与|和|同|是|有|等|为|将|把|由|及|新|分|共|联合|牵头|附属|申报|建|设|成立|打造)[\u4e00-\u9fff]{2,12}?(?:学院|系|教研室|研究院|就业处|就业办|教务处|科研处|产教处|合作处|发展处|事业部|人力资源部|人事部|研发部)"
    "(?=与|和|同|、|携手|联合|(?:党委|党总支|党支部)?(?:书记|院长|副院长|主任|处长|副处长)?(?:一行)?(?:赴|到|走访|联合|组织|举办|举行|牵头|申报|共建|获批|开设))"
)
_RESPECTIVELY: Final = re.compile(_IN_ORDER)
_TWO_PARTS: Final = re.compile("与(?![\u4e00-\u9fff]{1,8}(?:学院|系)$)|[的在将等由]|共建|建设|产业学院$")
_JOINED: Final = re.compile("与|和|同|联合|携手|牵手")
_CLASS: Final = re.compile("\\{(?P<other>~)?(?P<kinds>[A-Z]*)(?P<mark>[,、])?\\}")
_SLOT: Final = re.compile("\\{(?P<end>\\w+)(?P<loose>~)?=(?P<kinds>\\w+)\\}")


@dataclass(frozen=True)
class Skeleton:
    """A sentence with each name as one letter; `mentions[i]` is the name at letter position `i` or `None`.

    `consortium` is the one whose offices the sentence tells without naming it.
    """

    text: str
    letters: str
    mentions: tuple[int | None, ...]
    offsets: tuple[int, ...]
    consortium: int | None = None

    @property
    def respectively(self) -> Iterator[int]:
        """Where 分别 stands, which is no letter: positions of the letters behind it, behind a subject put in there."""
        for match in _RESPECTIVELY.finditer(self.text, self.offsets[0], self.offsets[-1]):
            yield bisect_right(self.offsets, match.end(), 0, len(self.letters)) - 1

    @property
    def told(self) -> int:
        """How many names the sentence holds or speaks of."""
        return self.named + (self.consortium is not None)

    @property
    def named(self) -> int:
        """How many names it holds."""
        return len(self.mentions) - self.mentions.count(None)


def skeletons(text: str, entities: Sequence[Mention]) -> Iterator[Skeleton]:
    """The sentences of a passage that hold or speak of a name.

    `该校`, `双方` stand as the names that they mean, and a clause without a subject (`，与乙公司共建…`) gets the one
    that is spoken of: see `nlp.relations.anaphora` and `nlp.relations.subjects`.
    """
    begin = position = 0
    spoken = Subjects(entities)
    bounds = [match.end() for match in _SENTENCE_END.finditer(text)]
    for end in [*bounds, len(text)]:
        first = position
        while position < len(entities) and entities[position].start < end:
            position += 1
        if position == first and not mentions_before(text, begin, end):
            spoken.pass_over(text[begin:end])
            begin = end
            continue
        builder = _Builder(text, entities)
        builder.read(begin, end, first, position)
        completed = spoken.complete(builder.letters, builder.mentions, builder.offsets)
        meant = consortium_meant(text, begin, end, entities, first, position)
        if meant is not None or any(mention is not None for mention in completed.mentions):
            yield Skeleton(
                text,
                "".join(completed.letters),
                tuple(completed.mentions),
                (*completed.offsets, max(builder.at, end)),
                meant,
            )
        begin = end


class _Builder:
    """Turns a sentence into letters; quotation marks, white space and declared short forms do not count."""

    def __init__(self, text: str, entities: Sequence[Mention]) -> None:
        self._text = text
        self._entities = entities
        self.letters: list[str] = []
        self.mentions: list[int | None] = []
        self.offsets: list[int] = []
        self.at = 0

    def read(self, begin: int, end: int, first: int, last: int) -> None:
        """The sentence `begin:end`, whose names are `entities[first:last]`."""
        self.at = begin
        events: list[tuple[int, int, list[int]]] = [
            (self._entities[n].start, self._entities[n].end, [n]) for n in range(first, last)
        ]
        events += referring(self._text, begin, end, self._entities, first, last)
        events += [(*match.span(), []) for match in DECLARED.finditer(self._text, begin, end)]
        events += [(*match.span(), []) for match in FORMER.finditer(self._text, begin, end)]
        events += [
            (*match.span(), [])
            for match in _ADJUNCT.finditer(self._text, begin, end)
            if not self._holds_name(match, first, last)
        ]
        events += self._departments(end, first, last)
        for start, stop, names in sorted(events, key=lambda event: (event[0], -event[1])):
            if start < self.at:
                continue
            self._plain(start)
            self._group(names, start)
            self.at = stop
        self._plain(end)
        self.at = max(self.at, end)

    def _holds_name(self, match: re.Match[str], first: int, last: int) -> bool:
        """Whether one of the names `first:last` stands in what matched, or reaches into it."""
        before = bisect_left(self._entities, match.end(), first, last, key=attrgetter("start")) - 1
        return before >= first and self._entities[before].end > match.start()

    def _departments(self, end: int, first: int, last: int) -> Iterator[tuple[int, int, list[int]]]:
        """The parts of schools and enterprises that stand right behind their names and are no names themselves."""
        for number in range(first, last):
            one = self._entities[number]
            if one.kind in ("School", "Enterprise"):
                part = _DEPARTMENT.match(self._text, one.end, end)
                following = self._entities[number + 1].start if number + 1 < last else end
                if part and part.end() <= following and not _TWO_PARTS.search(part.group()):
                    yield (*part.span(), [])

    def _plain(self, until: int) -> None:
        for part in _PLAIN.finditer(self._text, self.at, until):
            start, stop = part.span()
            if part.lastgroup:
                if self._text.startswith(("”“", "》《"), start):  # “甲”“乙” are a list
                    self._put("、", None, start)
                continue
            self.letters += _PRIVATE.sub("\ufdd0", part.group())
            self.mentions += (None,) * (stop - start)
            self.offsets += range(start, stop)

    def _put(self, letter: str, number: int | None, offset: int) -> None:
        self.letters.append(letter)
        self.mentions.append(number)
        self.offsets.append(offset)

    def _group(self, names: Sequence[int], offset: int) -> None:
        for order, number in enumerate(names):
            if order:
                self._put(
                    "与" if order == len(names) - 1 else "、", None, offset
                )  # 双方 did it with each other
            self._put(LETTER.get(self._entities[number].kind, "\ufdd1"), number, offset)


def _letters(slot: re.Match[str]) -> str:
    """The character class of `{SE}`, `{~}`, `{~SE,}`."""
    inside = "".join(LETTER[SHORT[letter]] for letter in slot["kinds"])
    if not slot["other"]:
        return f"[{inside}]"
    marks = "。；" + ("" if inside and not slot["mark"] else "，") + ("、" if slot["mark"] == "、" else "")
    return f"[^{marks}{inside or _NAMES}]"


def over_letters(pattern: str) -> str:
    """A pattern of names and words, as `Frame` describes it, as a regular expression over letters."""
    lists = _SLOT.sub(
        lambda slot: f"(?P<{slot['end']}>{(spread if slot['loose'] else listed)(slot['kinds'])})",
        pattern,
    )
    return _CLASS.sub(_letters, lists)


@dataclass(frozen=True)
class Frame:
    """A pattern over a skeleton: `{head=SE}` and `{tail=C}` are lists of names of these kinds; the rest is a regex.

    `{head~=SE}` are the names of these kinds in a stretch, with whatever stands between them.

    `{SE}` is one name of these kinds; `{~}` a character of the clause that is no name, `{~、}` the same outside of lists;
    `{~SE}` a character of the sentence, `{~SE,}` of the clause, that is no name of these kinds.
    Letters: S School, E Enterprise, A Agency, P Park, C Consortium, R Region, I IndustryChain, X Specialty,
    G SpecialtyGroup, L ResearchPlatform, T TrainingBase, N IndustryCollege, Z TalentProgram, O Occupation,
    D PolicyDocument, H SharedResource. Fillers are bounded (`[^；]{0,12}`), so that reading stays linear.
    """

    kind: str
    pattern: str
    properties: Mapping[str, object] = field(default_factory=dict)

    @cached_property
    def expression(self) -> str:
        """The pattern as a regular expression over letters."""
        return over_letters(self.pattern)

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The expression, ready to be looked for."""
        return re.compile(self.expression)

    @cached_property
    def kinds(self) -> dict[str, str]:
        """The letters of what `{head=…}` and `{tail=…}` list: others may stand between."""
        return {slot["end"]: letters(slot["kinds"]) for slot in _SLOT.finditer(self.pattern)}

    def read(self, skeleton: Skeleton, entities: Sequence[Mention]) -> Iterator[Relation]:
        """The relations of this frame in a sentence."""
        for match in self.compiled.finditer(skeleton.letters):
            start, end = skeleton.offsets[match.start()], skeleton.offsets[match.end()]
            clause = skeleton.letters[max(0, match.start() - 14) : match.end()]
            clause += _CLAUSE_REST.match(skeleton.letters, match.end()).group()  # type: ignore[union-attr]
            rest = skeleton.letters[match.end() : match.end() + REST]
            if is_negated(clause, rest):
                continue
            status = status_of(clause, rest, self.kind)
            heads, tails = self._ends(skeleton, match, entities)
            stated = Relation(self.kind, -1, -1, start, end, status=status, properties=self.properties)
            yield from joined(stated, heads, tails, entities)

    def _ends(
        self, skeleton: Skeleton, match: re.Match[str], entities: Sequence[Mention]
    ) -> tuple[list[int], list[int]]:
        """Heads and tails; of one list that a connective joins (`{both=…}`): its schools and its enterprises."""
        ends = self.compiled.groupindex
        named = {end: members(skeleton, match, end, self.kinds.get(end)) for end in ends}
        if "both" not in named:
            return named["head"], named["tail"]
        if not _JOINED.search(match["both"]):
            return [], []
        return [n for n in named["both"] if entities[n].kind == "School"], [
            n for n in named["both"] if entities[n].kind == "Enterprise"
        ]


NOWHERE: Final = (sys.maxsize, -1)  # start and end of what has no words beside the names that it joins


def joined(
    stated: Relation,
    heads: Iterable[int],
    tails: Sequence[int],
    entities: Sequence[Mention],
    *,
    alike: bool = True,
) -> Iterator[Relation]:
    """The same of each head with each tail that the ontology lets it join; its words reach over both names.

    `alike`: two of one name may be joined, as 护理 of one school and 护理 of another.
    """
    ends = edge_kind(stated.kind).ends
    for head in heads:
        one = entities[head]
        for tail in tails:
            other = entities[tail]
            differ = head != tail if alike else one.surface != other.surface
            if differ and (one.kind, other.kind) in ends:
                yield replace(
                    stated,
                    head=head,
                    tail=tail,
                    start=min(stated.start, one.start, other.start),
                    end=max(stated.end, one.end, other.end),
                )


def members(skeleton: Skeleton, match: re.Match[str], group: str, kinds: str | None = None) -> list[int]:
    """The names of the list that a group of a match holds; with `kinds` (`letters`), those of these kinds."""
    return [
        number
        for position in range(match.start(group), match.end(group))
        if (number := skeleton.mentions[position]) is not None
        and (kinds is None or skeleton.letters[position] in kinds)
    ]
