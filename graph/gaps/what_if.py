"""What if (如果……会怎样): every question before and after what is assumed, and only what differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from graph.errors import LiantuError
from graph.gaps.alteration import altered
from graph.gaps.assumptions import PLANS_DONE, assumptions
from graph.gaps.comparison import LEGEND, compared, reads_others
from graph.gaps.finding import MINIMUM_CONFIDENCE, Finding, Named, Question, label, rests_on_the_same
from graph.gaps.limited import Limited
from graph.gaps.scope import answer_once
from graph.gaps.standing import STANDING
from graph.language import Text
from graph.project import Projection

TOTAL: Final = "合计"
NOT_ASKED: Final = "未问"
LARGEST: Final = 50_000
"""How many claims a graph has at most of which everything is asked twice though no change is named: some seconds."""
COMPARED: Final = {one.name: one for one in STANDING if one.name not in ("changes", "plan")}
"""The questions that are asked before and after: those that look at the state of things."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf(Finding):
    """A finding of some question that opens, closes or says other figures once the assumptions hold; or their count."""

    title: Text = field(metadata=label("问题", "question", head=Text("问题", "question")))
    question: str = field(metadata=label("问题的名称", "name of the question"))
    what: str = field(metadata=label("变化", "change", head=Text("变化", "change"), legend=LEGEND))
    subject: Named | None = field(
        metadata=label("发现的对象", "subject of the finding", head=Text("对象", "subject"))
    )
    details: tuple[Text, ...] = field(
        metadata=label("前后的数字", "figures before and after", head=Text("前 → 后", "before → after"))
    )
    before: int | None = field(metadata=label("之前的发现数", "findings before"))
    after: int | None = field(metadata=label("之后的发现数", "findings after"))


def what_if(
    projection: Projection,
    *,
    changes: str | None = None,
    only: str | None = None,
    minimum_confidence: float = MINIMUM_CONFIDENCE,
) -> tuple[WhatIf, ...]:
    r"""What every question would answer otherwise, if something were changed.

    With $F_q(G)$ the findings of question $q$ on graph $G$ and $G'$ the graph after the changes,

    .. math::

       \text{opened} = F_q(G') \setminus F_q(G), \qquad \text{closed} = F_q(G) \setminus F_q(G'), \qquad
       \text{changed} = \{ f \in F_q(G) \cap F_q(G') : \text{its columns differ} \}

    Parameters
    ----------
    projection : Projection
        The graph. Node and edge kinds read: `QUESTION.labels`, `QUESTION.kinds`. It stays as it is; `assumed`, where
        who asks has set it, is the graph after the changes of a file (`graph.gaps.alteration`).
    changes : str or None
        What is assumed, a line a change (`graph.gaps.assumptions`), on top of those of a file. None: where no file is
        given, that all that is under way or planned is done.
    only : str or None
        One question: tell what differs in it alone.
    minimum_confidence : float
        Claims less sure are not believed.

    Returns
    -------
    tuple of WhatIf
        By question in their order, only those in which something differs: first how many findings there are before and
        after, then what opens, closes and changes, by name.

    Notes
    -----
    A finding is known by the nodes that it names, not by its figures (`graph.gaps.comparison`). What opens or changes
    rests on claims of the changed graph, the assumptions among them, by whose words they are known (source 假设); what
    closes on those of the graph as it is. Of a graph with more than `LARGEST` claims nothing is asked where neither
    `changes` nor `only` is given, and the answer says so. Within a scope the changes are made in the whole graph, which
    is then limited. A question none of whose tables are changed is not asked again. It takes the time of the others,
    twice.

    References
    ----------
    .. [1] The comparison of an outcome with and without an intervention, all else equal (ceteris paribus): A. Marshall,
           Principles of Economics, 1890, book V, ch. V.
    """
    if only is not None and only not in COMPARED:
        raise LiantuError("question.parameter", name="only", value=only, expected=" | ".join(COMPARED))
    whole = projection.whole if isinstance(projection, Limited) else projection
    start = projection.assumed or whole
    words = changes if changes is not None or projection.assumed is not None else PLANS_DONE
    if words is PLANS_DONE and only is None and (size := claims_in(whole)) > LARGEST:
        return (_not_asked(size),)
    changed = altered(start, assumptions(start, words)) if words else start
    after = projection.scope.limit(changed) if isinstance(projection, Limited) else changed
    found: list[WhatIf] = []
    for name, question in COMPARED.items():
        if only in (None, name) and reads_others(question, whole, changed):
            found += _effects(question, projection, after, minimum_confidence)
    return tuple(found)


def claims_in(projection: Projection) -> int:
    """How many claims a projection has."""
    return sum(table.num_rows for table in projection.edges.values())


def _not_asked(size: int) -> WhatIf:
    return WhatIf(
        title=QUESTION.title,
        question=QUESTION.name,
        what=NOT_ASKED,
        subject=None,
        details=(
            Text(
                zh=f"图谱有 {size:,} 条主张，把各问题前后各问一遍要几分钟：请用 changes 写明变更，或用 only 指定一个问题",
                en=f"the graph has {size:,} claims, and to ask everything twice takes minutes: name changes, or one "
                "question with only",
            ),
        ),
        before=None,
        after=None,
    )


def _effects(
    question: Question, before: Projection, after: Projection, minimum_confidence: float
) -> Iterator[WhatIf]:
    then, now = (answer_once(question, one, minimum_confidence=minimum_confidence) for one in (before, after))
    differences = compared(question, then, now)
    if not differences:
        return
    count = f"{len(then)} → {len(now)}"
    yield WhatIf(
        title=question.title,
        question=question.name,
        what=TOTAL,
        subject=None,
        details=(Text(f"发现数 {count}", f"findings {count}"),),
        before=len(then),
        after=len(now),
    )
    for one in differences:
        yield WhatIf(
            title=question.title,
            question=question.name,
            what=one.what,
            subject=one.subject,
            details=one.details,
            before=None,
            after=None,
            evidence=rests_on_the_same(one.finding),
            confidence=one.finding.confidence,
        )


QUESTION = Question(
    name="what_if",
    title=Text(zh="如果……会怎样", en="What if"),
    definition=Text(
        zh="在图谱的副本上作出假设的变更（建专业群、增减学位、企业进退、新的合作……；什么都不写则假设在建和计划的都已落实），"
        "把各问题前后各问一遍，只列不同之处：哪些缺口会消除、哪些会新增、哪些数字会变。",
        en="Changes are assumed in a copy of the graph (a new group, more or fewer seats, an enterprise that comes or "
        "leaves, a new cooperation …; where nothing is given, that all that is under way or planned is done), every "
        "question is asked before and after, and only what differs is told: which gaps close, which open, which figures "
        "change.",
    ),
    finding=WhatIf,
    answer=what_if,
    labels=tuple(dict.fromkeys(label for one in COMPARED.values() for label in one.labels)),
    kinds=tuple(dict.fromkeys(kind for one in COMPARED.values() for kind in one.kinds)),
)
