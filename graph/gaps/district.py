"""One district, one plan (一区一策): what every question finds in a region, on one page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from itertools import islice
from typing import Final

from graph.claims import Claim
from graph.errors import LiantuError
from graph.gaps.comparison import shown
from graph.gaps.finding import MINIMUM_CONFIDENCE, Finding, Question, heads, label, later
from graph.gaps.limited import Limited
from graph.gaps.scope import answer_once
from graph.gaps.standing import STANDING
from graph.gaps.what_if import LARGEST, claims_in
from graph.language import Text
from graph.project import Projection

_VALUES: Final = 5  # columns told of a finding, besides its subject
_MOST: Final = 20  # findings told of a question, at most
_LEFT_OUT: Final = Text("未计入", "Left out")


@dataclass(frozen=True, slots=True, kw_only=True)
class District(Finding):
    """What a question finds in the region: how much, the first of it in words, and which figures nobody knows."""

    title: Text = field(metadata=label("问题", "question", head=Text("问题", "question")))
    question: str = field(metadata=label("问题的名称", "name of the question"))
    found: int = field(metadata=label("条数", "findings", head=Text("条数", "found")))
    whole: int | None = field(
        metadata=label("全图的条数", "findings in the whole graph", head=Text("全图", "in all"))
    )
    leading: tuple[Text, ...] = field(
        metadata=label("首要的发现", "the first of them", head=Text("首要的发现", "the first of them"))
    )
    unknown: tuple[Text, ...] = field(metadata=label("未知的数", "figures that nobody knows", note=True))


def district(
    projection: Projection, *, top: int = 1, minimum_confidence: float = MINIMUM_CONFIDENCE
) -> tuple[District, ...]:
    r"""What every question finds in a region, on one page.

    With $F_q(G|_r)$ the findings of question $q$ on what lies in the region $r$ (`graph.gaps.scope`), each row tells

    .. math::

       |F_q(G|_r)|, \qquad |F_q(G)|, \qquad \text{the first of } F_q(G|_r) \text{ in the order of } q

    and for each figure $x$ that people see, of how many findings it is unknown,
    $|\{ f \in F_q(G|_r) : x_f = \text{None} \}|$.

    Parameters
    ----------
    projection : Projection
        The graph, or what lies in the region: `Scope(region=…).limit(projection)`. Node and edge kinds read:
        `QUESTION.labels`, `QUESTION.kinds`.
    top : int
        How many findings of each question are told, from 1 to 20.
    minimum_confidence : float
        Claims less sure are not believed.

    Returns
    -------
    tuple of District
        A row a question, in their order; one without findings is told too: nothing found is an answer. Last, what is
        left out because nobody knows whether it lies in the region. Empty where no question finds anything.

    Notes
    -----
    Each question orders its findings by weight, so that the first is the most pressing. Evidence: that of the first
    finding. Of a graph with more than `graph.gaps.what_if.LARGEST` claims a region must be named, and the whole is not
    asked beside it. It takes the time of all the others.

    References
    ----------
    .. [1] 国务院办公厅, 关于深化产教融合的若干意见, 国办发〔2017〕95 号: regions plan education with their industry.
    """
    if not 1 <= top <= _MOST:
        raise LiantuError("question.parameter", name="top", value=top, expected=f"1 … {_MOST}")
    named = isinstance(projection, Limited) and projection.scope.region is not None
    if not named and (size := claims_in(projection)) > LARGEST:
        return (_not_asked(size),)
    beside = projection.whole if isinstance(projection, Limited) else None
    if beside is not None and claims_in(beside) > LARGEST:
        beside = None
    told = [_row(one, projection, beside, top, minimum_confidence) for one in STANDING]
    if not any(row.found for row in told):
        return ()
    left = projection.left_out if isinstance(projection, Limited) else []
    if left:
        told.append(_words(_LEFT_OUT, len(left), tuple(left)))
    return tuple(told)


def _row(
    question: Question, projection: Projection, beside: Projection | None, top: int, minimum_confidence: float
) -> District:
    found = answer_once(question, projection, minimum_confidence=minimum_confidence)
    everywhere = (
        None if beside is None else len(answer_once(question, beside, minimum_confidence=minimum_confidence))
    )
    first = found[0] if found else None
    return District(
        title=question.title,
        question=question.name,
        found=len(found),
        whole=everywhere,
        leading=tuple(map(in_words, found[:top])),
        unknown=tuple(_unknown(question, found)),
        evidence=later(_evidence, first) if first else (),
        confidence=first.confidence if first else None,
    )


def in_words(finding: Finding) -> Text:
    """What a finding is about, and the first telling values that it has."""
    columns = heads(type(finding))
    (subject, _), *others = columns.items()
    known = ((title, getattr(finding, name)) for name, title in others if not name.endswith("_key"))
    parts = [(title, shown(value)) for title, value in known if value not in (None, ())]
    about = shown(getattr(finding, subject))
    zh = "，".join(f"{title.zh} {value.zh}" for title, value in islice(parts, _VALUES))
    en = ", ".join(f"{title.en} {value.en}" for title, value in islice(parts, _VALUES))
    return Text(zh=f"{about.zh}：{zh}" if zh else about.zh, en=f"{about.en}: {en}" if en else about.en)


def _unknown(question: Question, found: tuple[Finding, ...]) -> Iterator[Text]:
    """Of how many findings each figure is unknown, where it is of any."""
    types = {item.name: str(item.type) for item in fields(question.finding)}
    for name, title in heads(question.finding).items():
        if types[name] in ("int | None", "float | None"):
            count = sum(getattr(one, name) is None for one in found)
            if count:
                yield Text(
                    f"{title.zh}（{len(found)} 条中 {count} 条）", f"{title.en} ({count} of {len(found)})"
                )


def _evidence(finding: Finding) -> tuple[Claim, ...]:
    return finding.evidence


def _words(title: Text, found: int, leading: tuple[Text, ...]) -> District:
    return District(title=title, question=QUESTION.name, found=found, whole=None, leading=leading, unknown=())


def _not_asked(size: int) -> District:
    words = Text(
        zh=f"图谱有 {size:,} 条主张：请用 --region 指明一个地区",
        en=f"the graph has {size:,} claims: name a region with --region",
    )
    return _words(QUESTION.title, 0, (words,))


QUESTION = Question(
    name="district",
    title=Text(zh="一区一策", en="One district, one plan"),
    definition=Text(
        zh="一个地区的全部问题写在一页：每个问题在该地区有几条发现、全图有几条、首要的是什么，哪些数还不知道，哪些因为不知道所在地而未计入。"
        "用 --region 指明地区；不指明则为全图。",
        en="All questions for one region on one page: how many findings each has there and in the whole graph, which is "
        "the first, which figures nobody knows yet, and what is left out because nobody knows where it lies. Name the "
        "region with --region; without one it is the whole.",
    ),
    finding=District,
    answer=district,
    labels=tuple(dict.fromkeys(one for question in STANDING for one in question.labels)),
    kinds=tuple(dict.fromkeys(one for question in STANDING for one in question.kinds)),
)
