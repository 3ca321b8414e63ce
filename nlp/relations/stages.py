"""What an industry is made up of (产业的组成): stages in a row, lists that a chain's clause develops, brackets.

`铝产业形成“铝土矿—电解铝—铝材”完整链条`, `新型材料集群打造先进钢铁材料、铝合金`, `装备制造（含机器人）`: the clause
begins with the industry that it speaks of, and what it goes on to develop is part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from nlp.extraction import Mention, Relation
from nlp.relations.frame import NOWHERE, Skeleton, joined
from nlp.relations.letters import letters
from nlp.status import status_of

# Characters of a sentence in which a whole and its parts are looked for: reading stays linear.
_LOOK_BACK: Final = 240
_NAME: Final = "\ue000-\uf8ff"
_I: Final = letters("I")
_INDUSTRY: Final = re.compile(_I)
_CLAUSE: Final = re.compile("[^；。：！？\n]+(?:：[^；。！？\n]+)?")
# Which industries are wholes: 新型材料集群, “4+4+X”产业体系, 石化产业.
WHOLE: Final = re.compile("(?:产业|产业链|集群|体系|全产业链|链条|加工业|制造业|行业)$")
_DEVELOPS: Final = (
    "(?:做[强大优精]|打造|发展|大力发展|重点发展|着力发展|培育|加快培育|壮大|形成|建成|建设|构建|提升|涵盖|覆盖|包括|包含|聚焦|即|分别[是为]|"
    "主要(?:有|包括|是)|优势产业有|由|延伸|重点(?:是|为)|以|细分为|分为)"
)
_TOPIC: Final = re.compile(
    f"[^{_NAME}]{{0,10}}?(?P<whole>{_I})(?:建设)?(?:方面|领域|上)?(?:，|：|——|（)?[^，；{_NAME}]{{0,8}}?{_DEVELOPS}(?:了|起|出|以|要)?"
)
_ENDS: Final = re.compile(f"[{_NAME}]")
_BRACKET: Final = re.compile(
    f"(?P<whole>{_I})[（(](?:含|包括|包含|涵盖)(?P<parts>{_I}(?:[、和及与]{_I}){{0,8}})[^）)]{{0,4}}[）)]"
)
_BEFORE_WHOLE: Final = re.compile(f"(?P<parts>{_I}(?:[、和及与]{_I}){{1,12}})等(?P<whole>{_I})")
_ROW: Final = re.compile(
    f"(?P<row>{_I}(?:(?:——|—|-|→|–)[^{_NAME}，。；]{{0,4}}{_I}){{1,12}})(?P<behind>[^，。；：{_NAME}]{{0,10}}(?P<own>{_I})?)"
)
# “4+4+X”产业体系（电子信息、航空…4个新兴产业）; “1+3+N”体系，即…
_SPELT_OUT: Final = re.compile(f"(?P<whole>{_I})[^。；{_NAME}]{{0,16}}?(?P<mark>（|：|，即|，聚焦|即)")
_OF_A_ROW: Final = re.compile("链|闭环|生态|格局|体系")
_NO_MATTER: Final = re.compile(
    "运营|管理|控制|维护|运维|工艺|设备|回收|应用|销售|研发|设计|服务|检测|系统|流通|工程|模组|电池包"
)
_SERVES: Final = re.compile(
    "服务|对接|面向|支撑|培养|人才|专业|课程|融合|协同|企业|公司|项目|产值|带动|学院|大学|上游|中游|下游"
)


def stages(sentences: Sequence[Skeleton], entities: Sequence[Mention]) -> Iterator[Relation]:
    """PART_OF of the members of industries, UPSTREAM_OF of stages that follow each other in a row."""
    topic: int | None = None
    for skeleton in sentences:
        if not _INDUSTRY.search(skeleton.letters):
            continue
        yield from _listed(skeleton, entities)
        for clause in _CLAUSE.finditer(skeleton.letters):
            yield from _developed(skeleton, *clause.span(), entities)
        yield from _rows(skeleton, topic, entities)
        last = _whole_before(skeleton, len(skeleton.letters), entities)
        topic = skeleton.mentions[last] if last is not None else topic


def _listed(skeleton: Skeleton, entities: Sequence[Mention]) -> Iterator[Relation]:
    """`装备制造（含机器人）`, `发电、输电等电力系统全产业链`, `“4+4+X”产业体系（电子信息、航空…）`."""
    text = skeleton.letters
    for match in _BRACKET.finditer(text):
        yield from _parts(skeleton, match.span("parts"), match.start("whole"), entities)
    for match in _BEFORE_WHOLE.finditer(text):
        if _is_whole(skeleton, match.start("whole"), entities):
            yield from _parts(skeleton, match.span("parts"), match.start("whole"), entities)
    for match in _SPELT_OUT.finditer(text):
        number = skeleton.mentions[match.start("whole")]
        if number is not None and entities[number].surface[0] in '“"':
            stop = text.find("）" if match["mark"] == "（" else "。", match.end())
            end = min(stop if stop > 0 else len(text), match.end() + _LOOK_BACK)
            yield from _parts(skeleton, (match.end(), end), match.start("whole"), entities)


def _rows(skeleton: Skeleton, topic: int | None, entities: Sequence[Mention]) -> Iterator[Relation]:
    """`形成“铝土矿—电解铝—铝材”完整链条`: of the chain that follows, that stands before, or that was spoken of."""
    text = skeleton.letters
    for match in _ROW.finditer(text):
        if not _OF_A_ROW.search(text, match.end("row"), match.end("behind") + 8):
            continue
        yield from _in_row(skeleton, match.span("row"), entities)
        whole = match.start("own") if match["own"] else -1
        if not match["own"] or not _is_whole(skeleton, whole, entities):
            before = _whole_before(skeleton, match.start("row"), entities)
            if before is None:
                if topic is not None:
                    yield from _of(skeleton, match.span("row"), topic, entities)
                continue
            whole = before
        yield from _parts(skeleton, match.span("row"), whole, entities)


def _is_whole(skeleton: Skeleton, at: int, entities: Sequence[Mention]) -> bool:
    number = skeleton.mentions[at]
    return number is not None and bool(WHOLE.search(entities[number].surface))


def _whole_before(skeleton: Skeleton, at: int, entities: Sequence[Mention]) -> int | None:
    """Where the last industry before `at` stands that is called a whole."""
    found = [m.start() for m in _INDUSTRY.finditer(skeleton.letters, max(0, at - _LOOK_BACK), at)]
    return next((place for place in reversed(found) if _is_whole(skeleton, place, entities)), None)


def _developed(skeleton: Skeleton, begin: int, end: int, entities: Sequence[Mention]) -> Iterator[Relation]:
    """`新型材料集群打造先进钢铁材料、铝合金等`: what the clause of an industry develops, up to a name of another kind."""
    topic = _TOPIC.match(skeleton.letters, begin, end)
    if topic is None or not _is_whole(skeleton, topic.start("whole"), entities):
        return
    at = topic.end()
    names = [m.start() for m in _ENDS.finditer(skeleton.letters, at, end)]
    stop = next((n for n in names if not _INDUSTRY.match(skeleton.letters, n)), end)
    other = _SERVES.search(skeleton.letters, at, stop)
    stop = other.start() if other else stop
    yield from _parts(skeleton, (at, stop), topic.start("whole"), entities)


def _parts(
    skeleton: Skeleton, span: tuple[int, int], whole: int, entities: Sequence[Mention]
) -> Iterator[Relation]:
    tail = skeleton.mentions[whole]
    if tail is not None:
        yield from _of(skeleton, span, tail, entities)


def _of(
    skeleton: Skeleton, span: tuple[int, int], tail: int, entities: Sequence[Mention]
) -> Iterator[Relation]:
    named = [n for n in skeleton.mentions[slice(*span)] if n is not None]
    status = status_of(skeleton.letters[max(0, span[0] - 12) : span[0]])
    stated = Relation("PART_OF", -1, -1, *NOWHERE, status=status, confidence=0.75)
    yield from joined(stated, named, [tail], entities, alike=False)


def _in_row(skeleton: Skeleton, span: tuple[int, int], entities: Sequence[Mention]) -> Iterator[Relation]:
    """Each stage of a row is upstream of the next."""
    row = [n for n in skeleton.mentions[slice(*span)] if n is not None]
    stated = Relation("UPSTREAM_OF", -1, -1, *NOWHERE, confidence=0.75)
    for head, tail in pairwise(row):
        if _NO_MATTER.search(entities[head].surface) or _NO_MATTER.search(entities[tail].surface):
            continue  # 运营管理—信号控制: what is done, not what is made of what
        yield from joined(stated, [head], [tail], entities)
