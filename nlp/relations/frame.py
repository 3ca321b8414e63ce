"""Frames (句式): a sentence with its names as single letters, so that a frame is one short pattern.

`由重庆大学和长安汽车牵头的先进材料产教联合体` becomes `由S和E牵头的C` (letters from a private area of Unicode), and
`由{S,E,P,A}牵头的{C}` reads it. A list of names (`S、S和E`) is one group; each of its members gets the relation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from graph.ontology import edge_kind
from nlp.extraction import Mention, Relation
from nlp.status import is_negated, status_of

_FIRST_LETTER: Final = 0xE000
KINDS: Final = [
    "School",
    "Enterprise",
    "Agency",
    "Park",
    "Consortium",
    "Region",
    "IndustryChain",
    "Specialty",
    "SpecialtyGroup",
    "ResearchPlatform",
    "TrainingBase",
    "IndustryCollege",
    "TalentProgram",
    "Occupation",
    "PolicyDocument",
    "SharedResource",
]
_LETTER: Final = {kind: chr(_FIRST_LETTER + number) for number, kind in enumerate(KINDS)}
_PRIVATE: Final = re.compile("[\ue000-\uf8ff]")
_SENTENCE_END: Final = re.compile("[。！？\n]")
_DECLARED: Final = re.compile(
    "[（(](?:以下|下文|下)?(?:统一|统称|均)?(?:简称|称|又称|原名|原)[^（）()]{1,30}[）)]"
)
# what still follows in the clause: …的合作仍在筹备
_CLAUSE_REST: Final = re.compile(
    "(?:的合作)?(?:目前|仍|尚|还|正){0,2}(?:在|处于)[^。；，\ue000-\uf8ff]{0,10}|"
)
_LONGEST_LIST: Final = 60  # members of a list that one frame reads: bounded, so that reading stays linear
# 该校, 该联合体: the last name of its kind before; 学校, 学院 as a subject: the only school before.
_THAT: Final = re.compile(
    "该(?:(?P<School>校|院(?!士)|学院|高校)|(?P<Consortium>联合体|共同体|联盟|集团)|(?P<Enterprise>公司|企业)|(?P<Park>园区|区))"
    "|(?<=[，。；])(?P<only>学校|学院)(?![、的和与在共内校])"
)
_SLOT: Final = re.compile("\\{(\\w+)=([\\w|]+)\\}")
_SHORT: Final = dict(zip("SEAPCRIXGLTNZODH", KINDS, strict=True))


@dataclass(frozen=True)
class Skeleton:
    """A sentence with each name as one letter; `mentions[i]` is the name at letter position `i` or `None`."""

    text: str
    letters: str
    mentions: tuple[int | None, ...]
    offsets: tuple[int, ...]


def skeletons(text: str, entities: Sequence[Mention]) -> Iterator[Skeleton]:
    """The sentences of a passage that hold at least two names."""
    begin = position = 0
    bounds = [match.end() for match in _SENTENCE_END.finditer(text)]
    for end in [*bounds, len(text)]:
        first = position
        while position < len(entities) and entities[position].start < end:
            position += 1
        if position - first > 1 or (position > first and _THAT.search(text, begin, end)):
            yield _skeleton(text, begin, end, entities, first, position)
        begin = end


def _skeleton(
    text: str, begin: int, end: int, entities: Sequence[Mention], first: int, last: int
) -> Skeleton:
    letters: list[str] = []
    mentions: list[int | None] = []
    offsets: list[int] = []
    at = begin
    declared = [match.span() for match in _DECLARED.finditer(text, begin, end)]
    for number in range(first, last):
        referring = _referring(text, at, entities[number].start, entities, number)
        for offset, target in referring.items():
            if offset < at:
                continue
            for plain in range(at, offset):
                _append(text[plain], plain, letters, mentions, offsets)
            letters.append(_LETTER[entities[target[0]].kind])
            mentions.append(target[0])
            offsets.append(offset)
            at = target[1]
        mention = entities[number]
        while declared and declared[0][0] < mention.start and declared[0][1] <= mention.start:
            at = _until(text, at, declared.pop(0), letters, mentions, offsets)
        if mention.start < at or (declared and declared[0][0] < mention.start):
            continue
        for offset in range(at, mention.start):
            _append(text[offset], offset, letters, mentions, offsets)
        letters.append(_LETTER.get(mention.kind, "\ufdd1"))
        mentions.append(number)
        offsets.append(mention.start)
        at = mention.end
    for span in declared:
        at = _until(text, at, span, letters, mentions, offsets)
    for offset in range(at, end):
        _append(text[offset], offset, letters, mentions, offsets)
    offsets.append(max(at, end))
    return Skeleton(text, "".join(letters), tuple(mentions), tuple(offsets))


def _referring(
    text: str, begin: int, end: int, entities: Sequence[Mention], before: int
) -> dict[int, tuple[int, int]]:
    """Where a stretch speaks of a name before it: offset → (entity, end of the words that mean it)."""
    found: dict[int, tuple[int, int]] = {}
    for match in _THAT.finditer(text, begin, end):
        kind = match.lastgroup or ""
        wanted = "School" if kind == "only" else kind
        earlier = [
            n
            for n in range(max(0, before - 40), before)
            if entities[n].kind == wanted and entities[n].end <= match.start()
        ]
        if earlier and (kind != "only" or len({entities[n].surface for n in earlier}) == 1):
            found[match.start()] = earlier[-1], match.end()
    return found


def _until(
    text: str,
    at: int,
    span: tuple[int, int],
    letters: list[str],
    mentions: list[int | None],
    offsets: list[int],
) -> int:
    """Read up to a declared short form (`（以下简称…）`) and past it: the name before it is the one that acts."""
    for offset in range(at, span[0]):
        _append(text[offset], offset, letters, mentions, offsets)
    return max(at, span[1])


def _append(
    character: str, offset: int, letters: list[str], mentions: list[int | None], offsets: list[int]
) -> None:
    """Quotation marks and white space do not count for a frame."""
    if character in '“”《》"‘’ \t\u3000':
        return
    letters.append("\ufdd0" if _PRIVATE.match(character) else character)
    mentions.append(None)
    offsets.append(offset)


@dataclass(frozen=True)
class Frame:
    """A pattern over a skeleton: `{head=SE}` and `{tail=C}` are lists of names of these kinds; the rest is a regex.

    Letters: S School, E Enterprise, A Agency, P Park, C Consortium, R Region, I IndustryChain, X Specialty,
    G SpecialtyGroup, L ResearchPlatform, T TrainingBase, N IndustryCollege, Z TalentProgram, O Occupation,
    D PolicyDocument, H SharedResource. Fillers are bounded (`[^；]{0,12}`), so that reading stays linear.
    """

    kind: str
    pattern: str
    properties: Mapping[str, object] = field(default_factory=dict)

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern as a regular expression over letters."""
        return re.compile(_SLOT.sub(lambda slot: f"(?P<{slot[1]}>{_names(slot[2])})", self.pattern))

    def read(self, skeleton: Skeleton, entities: Sequence[Mention]) -> Iterator[Relation]:
        """The relations of this frame in a sentence."""
        ends = edge_kind(self.kind).ends
        for match in self.compiled.finditer(skeleton.letters):
            start, end = skeleton.offsets[match.start()], skeleton.offsets[match.end()]
            clause = skeleton.letters[max(0, match.start() - 14) : match.end()]
            clause += _CLAUSE_REST.match(skeleton.letters, match.end()).group()  # type: ignore[union-attr]
            if is_negated(clause):
                continue
            status = status_of(clause)
            heads, tails = _members(skeleton, match, "head"), _members(skeleton, match, "tail")
            for head in heads:
                for tail in tails:
                    if head != tail and (entities[head].kind, entities[tail].kind) in ends:
                        left, right = min(start, entities[head].start), max(end, entities[tail].end)
                        yield Relation(
                            self.kind, head, tail, left, right, status=status, properties=self.properties
                        )


def _names(kinds: str) -> str:
    one = "[" + "".join(_LETTER[_SHORT[letter]] for letter in kinds.replace("|", "")) + "]"
    gap = (
        "(?:\\d{1,5}[余多]?[人名个位])?(?:、|，|；|以及|或|及|"
        "(?:已|拟|将|计划|则|也|还|先后|再次|积极){0,2}(?:与|和|同|联合|携手|牵手|会同))"
    )
    return f"{one}(?:{gap}{one}){{0,{_LONGEST_LIST}}}"


def _members(skeleton: Skeleton, match: re.Match[str], group: str) -> list[int]:
    return [
        number
        for position in range(match.start(group), match.end(group))
        if (number := skeleton.mentions[position]) is not None
    ]
