"""The frame of a document (政策框架): 定位, 主攻方向, 导向, 级次, 机制, 举措 as a tree; what later documents changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from graph.gaps.finding import (
    MINIMUM_CONFIDENCE,
    Finding,
    Named,
    Question,
    label,
    named,
    surest,
    telling,
)
from graph.gaps.instruments import instruments_in
from graph.gaps.issuers import KINDS, Issuers
from graph.gaps.stated import number_text
from graph.gaps.tasks import responsible_for, set_by
from graph.identity import label_of
from graph.language import Text
from graph.project import Projection

# The words by which a part of a frame is known; what is a heading and no measure.
WORDS_OF_PARTS: Final[Mapping[str, re.Pattern[str]]] = {
    "定位": re.compile("定位|(?:打造|建成|建设)[^，。]{0,20}(?:高地|样板|标杆|示范区|枢纽)"),
    "主攻方向": re.compile("主攻|主导方向|重点领域|聚焦|紧扣"),
    "导向": re.compile("导向|坚持"),
    "级次": re.compile("级次|分级|(?:国家级|市级|省级|牵头)[^，。]{0,12}联合体|联合体由[^，。]{2,30}牵头"),
    "机制": re.compile(
        "机制|理事会|秘书处|运营平台|运营公司|台账|通报|考核|评价|清单|章程|备案|领导小组|专班"
    ),
}
PARTS: Final = (*WORDS_OF_PARTS, "举措", "目标")
HEADING: Final = re.compile("[^，。；！？0-9]{4,25}")
_REPEALS: Final = re.compile("废止|停止执行|失效")
_CHANGES: Final = re.compile("修订|修改|调整|代替|替代")


@dataclass(frozen=True, slots=True, kw_only=True)
class FramePart(Finding):
    """A document, or something that it sets, in the tree of its frame."""

    node: Named = field(
        metadata=label("文件、举措或目标", "document, measure or target", head=Text("内容", "what"))
    )
    document: Named = field(metadata=label("文件", "document"))
    part: str = field(metadata=label("框架部分", "part of the frame", head=Text("部分", "part")))
    depth: int = field(metadata=label("层", "depth in the tree", head=Text("层", "depth")))
    parent: Named | None = field(metadata=label("上一层", "what it stands under"))
    who: tuple[Named, ...] = field(metadata=label("责任单位", "who", head=Text("责任单位", "who")))
    due: str | None = field(metadata=label("期限", "due", head=Text("期限", "due")))
    instruments: tuple[str, ...] = field(
        metadata=label("政策工具", "instruments", head=Text("工具", "instruments"))
    )
    text: str | None = field(metadata=label("原文内容", "text"))
    later: tuple[str, ...] = field(
        metadata=label(
            "后来文件的废止、修改或提及", "repealed, changed or cited by later documents", note=True
        )
    )


def policy_frame(
    projection: Projection,
    *,
    document: str | None = None,
    minimum_confidence: float = MINIMUM_CONFIDENCE,
) -> tuple[FramePart, ...]:
    r"""The frame of each document as a tree: what it sets, in which part, with who, by when, instruments and evidence.

    The root is the document. Under it stand its measures in their order; a measure that is only a heading (a few words,
    no date, nobody responsible) has those after it under it, until the next heading. Its targets stand under the
    document. The part of a measure is the first whose words are in it: 定位, 主攻方向, 导向, 级次, 机制; else it is 举措.

    Parameters
    ----------
    projection : Projection
        The graph. Node and edge kinds read: `QUESTION.labels`, `QUESTION.kinds`.
    document : str or None
        Words in the name or number of a document: tell the frames of those that have them. None: of all.
    minimum_confidence : float
        Claims less sure are not believed.

    Returns
    -------
    tuple of FramePart
        Documents by date of issue, then name; each before what it sets, that in the order of the tree.

    Notes
    -----
    `later` says of a document which others, issued later, repeal it (废止, 失效), change it (修订, 调整) or cite it, by
    the words around its name; a document that no other mentions has nothing there, which is not the same as in force.
    The date on which a source says that it was repealed stands there too. $O(m)$ for $m$ claims, but for sorting.

    References
    ----------
    .. [1] 中共中央办公厅、国务院办公厅, 党政机关公文处理工作条例, 中办发〔2012〕14 号: number, title, issue and repeal.
    """
    issuers = Issuers(projection, minimum_confidence)
    projection = projection.beyond  # documents lie nowhere; who answers for a task may be a region outside
    sets = set_by(projection, minimum_confidence)
    bodies = responsible_for(projection, minimum_confidence)
    later = _later(projection, minimum_confidence)
    inside: dict[str, list[str]] = {}
    for item, (head, _) in sets.items():
        inside.setdefault(head, []).append(item)
    found: list[FramePart] = []
    for root in sorted(inside.keys() | later.keys(), key=lambda one: _age(projection, one)):
        if document and not any(document in name for name in _names(projection, root)):
            continue
        if not issuers.asked(
            root, chain.from_iterable(bodies.get(item, ()) for item in inside.get(root, ()))
        ):
            continue
        words, rows = later.get(root, ((), set()))
        own = {"SETS": {row for item in inside.get(root, ()) for row in sets[item][1]}, "MENTIONS": rows}
        whole = Named(projection.name(root), root)
        repealed = projection.value(root, "repealed")
        found.append(
            FramePart(
                node=whole,
                document=whole,
                part="文件",
                depth=0,
                parent=None,
                who=(),
                due=None,
                instruments=(),
                text=projection.value(root, "number"),
                later=(*((f"废止日期 {repealed}",) if repealed else ()), *words),
                evidence=telling(projection, ({"MENTIONS": rows}, 3), (own, 2)),
                confidence=surest(projection, own),
            )
        )
        found += _tree(projection, whole, inside.get(root, ()), sets, bodies)
    return tuple(found)


def _tree(
    projection: Projection,
    document: Named,
    items: Iterable[str],
    sets: Mapping[str, tuple[str, set[int]]],
    bodies: Mapping[str, Mapping[str, tuple[bool, set[int]]]],
) -> Iterable[FramePart]:
    heading: Named | None = None
    for target, _, name, item in sorted([_place(projection, one) for one in items]):
        measure = not target
        text = projection.value(item, "text") if measure else None
        due = projection.value(item, "due" if measure else "year")
        words = str(text or name) if measure else None
        who = bodies.get(item, {})
        node = Named(name, item)
        heads = measure and due is None and not who and bool(HEADING.fullmatch(words or ""))
        parent = document if heads or not measure else heading or document
        heading = node if heads else heading
        rows = sets[item][1]
        responsible = {row for _, numbers in who.values() for row in numbers}
        yield FramePart(
            node=node,
            document=document,
            part=_part(words) if words is not None else "目标",
            depth=1 if parent is document else 2,
            parent=parent,
            who=named(projection, set(who)),
            due=None if due is None else str(due),
            instruments=instruments_in(words or ""),
            text=words if measure else _quantity(projection, item),
            later=(),
            evidence=telling(projection, ({"SETS": rows}, 2), ({"RESPONSIBLE_FOR": responsible}, 2)),
            confidence=surest(projection, {"SETS": rows}),
        )


def _part(words: str) -> str:
    return next((part for part, pattern in WORDS_OF_PARTS.items() if pattern.search(words)), "举措")


def _quantity(projection: Projection, target: str) -> str | None:
    value = projection.value(target, "value")
    if value is None:
        return None
    comparator = projection.value(target, "comparator") or "="
    return f"{comparator} {number_text(value, projection.value(target, 'unit'))}"


def _place(projection: Projection, item: str) -> tuple[bool, int, str, str]:
    """Where an item stands in its document: whether it is a target, its number, its name and id."""
    target = label_of(item) != "Measure"
    order = None if target else projection.value(item, "order")
    return target, order or 0, projection.name(item), item


def _age(projection: Projection, document: str) -> tuple[str, Named]:
    return str(projection.value(document, "issued") or "9"), Named(projection.name(document), document)


def _names(projection: Projection, document: str) -> tuple[str, ...]:
    told = (
        projection.name(document),
        projection.value(document, "number"),
        projection.value(document, "title"),
    )
    return tuple(str(one) for one in told if one)


def _later(projection: Projection, minimum_confidence: float) -> dict[str, tuple[tuple[str, ...], set[int]]]:
    """Document → what later documents say of it in words, and the rows of MENTIONS that say so."""
    claims = projection.claims("MENTIONS")
    heads, tails, quotes = (claims.column(name) for name in ("head", "tail", "quote"))
    texts: dict[str, set[str]] = {}
    rows: dict[str, set[int]] = {}
    for row in claims.believed(minimum_confidence):
        one, other = heads[row], tails[row]
        if label_of(other) != "PolicyDocument" or one == other:
            continue
        issued, before = projection.value(one, "issued"), projection.value(other, "issued")
        words = quotes[row] or ""
        repeals, alters = _REPEALS.search(words), _CHANGES.search(words)
        if before and issued and issued < before:
            continue
        verb = "废止" if repeals else "修改或调整" if alters else "提及"
        when = f"（{issued}）" if issued else ""
        texts.setdefault(other, set()).add(f"{verb}：{projection.name(one)}{when}")
        rows.setdefault(other, set()).add(row)
    return {one: (tuple(sorted(told)), rows[one]) for one, told in texts.items()}


QUESTION = Question(
    name="policy_frame",
    title=Text(zh="政策框架", en="The frame of a document"),
    definition=Text(
        zh="每份文件的框架（定位、主攻方向、导向、级次、机制、举措、目标）成树：谁负责、何时到期、用什么政策工具，依据哪句话；"
        "后来的文件废止、修改或提及了它的，一并列出。",
        en="The frame of each document (position, main thrust, guidance, levels, mechanisms, measures, targets) as a "
        "tree: who is responsible, by when, with which instruments, on which words; and which later documents repeal, "
        "change or cite it.",
    ),
    finding=FramePart,
    answer=policy_frame,
    labels=("PolicyDocument", "Measure", "Target", "Agency", "Region", "Park"),
    kinds=("SETS", "RESPONSIBLE_FOR", "MENTIONS", *KINDS),
)
