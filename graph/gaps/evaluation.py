"""Evaluation of consortia (考核评价) by a table of indicators that the user may replace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from graph.gaps.finding import (
    MINIMUM_CONFIDENCE,
    REALISED,
    Finding,
    Named,
    Question,
    label,
    surest,
    telling,
)
from graph.gaps.indicators import DEFAULT, KINDS, LABELS, NAMES, Indicator, standings
from graph.gaps.indicators import indicators as read_indicators
from graph.language import Text
from graph.project import Projection

GRADES: Final = ((85.0, "优秀"), (70.0, "良好"), (60.0, "合格"), (0.0, "不合格"))
UNDECIDED: Final = "待定"
LEGEND: Final = Text(
    zh="得分是区间：缺数的指标按零分算得下限、按满分算得上限；上下限不在同一等次的为“待定”，先补 unknown 里的数。",
    en="The score is an interval: unknown indicators count nothing below and full marks above. Where both ends are not "
    "of one grade it is 待定, undecided: ask for what `unknown` names first.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluated(Finding):
    """A consortium's marks by the table of indicators, out of 100."""

    consortium: Named = field(metadata=label("联合体", "consortium", head=Text("联合体", "consortium")))
    level: str | None = field(metadata=label("级次", "level", head=Text("级次", "level")))
    low: float = field(
        metadata=label("得分下限", "marks at least", head=Text("得分下限", "at least"), legend=LEGEND)
    )
    high: float = field(metadata=label("得分上限", "marks at most", head=Text("得分上限", "at most")))
    grade: str = field(metadata=label("等次", "grade", head=Text("等次", "grade")))
    marks: tuple[str, ...] = field(metadata=label("各指标得分", "marks by indicator", note=True))
    weakest: tuple[Text, ...] = field(
        metadata=label("失分最多的指标", "indicator that loses most", head=Text("失分最多", "loses most"))
    )
    unknown: tuple[Text, ...] = field(metadata=label("缺数的指标", "indicators that are unknown", note=True))
    conflicts: tuple[Text, ...] = field(
        metadata=label("说法不一的治理机构", "organs of which sources say different things", note=True)
    )


def evaluation(
    projection: Projection,
    *,
    indicators: str = DEFAULT,
    minimum_confidence: float = MINIMUM_CONFIDENCE,
    realised: tuple[str | None, ...] = REALISED,
) -> tuple[Evaluated, ...]:
    r"""The consortia evaluated by a table of indicators, with weights and full-mark values.

    With $v_j(k)$ the value of indicator $j$ for consortium $k$, $f_j$ the value from which it has full marks and $w_j$
    its weight, over the known indicators $J(k)$,

    .. math::

       \text{low}(k) = 100\, \frac{\sum_{j \in J(k)} w_j \min(1, v_j(k) / f_j)}{\sum_j w_j}, \qquad
       \text{high}(k) = \text{low}(k) + 100\, \frac{\sum_{j \notin J(k)} w_j}{\sum_j w_j}

    Parameters
    ----------
    projection : Projection
        The graph. Node and edge kinds read: `QUESTION.labels`, `QUESTION.kinds`.
    indicators : str
        The table, `name:weight:full; …`; the names and what each counts are in `graph.gaps.indicators`.
    minimum_confidence : float
        Claims less sure are not believed.
    realised : tuple of str or None
        The statuses that count as done.

    Returns
    -------
    tuple of Evaluated
        The highest lower end first, then the highest upper end, then by name.

    Notes
    -----
    Grades are from 85, 70 and 60 marks. A consortium of which fewer than two members are known is not evaluated.
    $O(m)$ for $m$ claims, and the pairs of each consortium.

    References
    ----------
    .. [1] OECD & JRC (2008). Handbook on Constructing Composite Indicators: weights, normalisation, missing data.
    """
    table = read_indicators(indicators)
    projection = projection.beyond  # members count wherever they lie (`graph.gaps.scope`)
    found = []
    for consortium, told in standings(projection, minimum_confidence, realised).items():
        marks = _marks(table, told.values)
        total = sum(one.weight for one in table)
        low = 100 * sum(mark for mark in marks.values() if mark is not None) / total
        open_weight = sum(one.weight for one in table if marks[one.name] is None)
        high = low + 100 * open_weight / total
        lost = {one.name: one.weight - mark for one in table if (mark := marks[one.name]) is not None}
        worst = max(lost, key=lambda name: (round(lost[name], 9), name), default=None)
        rows = dict(told.rows)
        found.append(
            Evaluated(
                consortium=Named(projection.name(consortium), consortium),
                level=projection.value(consortium, "level"),
                low=round(low, 2),
                high=round(high, 2),
                grade=_grade(low, high),
                marks=tuple(
                    f"{NAMES[one.name].zh} {100 * mark / total:.1f}/{100 * one.weight / total:.1f}"
                    for one in table
                    if (mark := marks[one.name]) is not None
                ),
                weakest=(NAMES[worst],) if worst is not None and lost[worst] > 0 else (),
                unknown=tuple(NAMES[one.name] for one in table if marks[one.name] is None),
                conflicts=told.conflicts,
                evidence=telling(projection, rows),
                confidence=surest(projection, rows),
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.low, -one.high, one.consortium)))


def _marks(table: tuple[Indicator, ...], values: Mapping[str, float | None]) -> dict[str, float | None]:
    """The marks by indicator, None where its value is unknown."""
    return {
        one.name: None if (value := values[one.name]) is None else one.weight * min(1.0, value / one.full)
        for one in table
    }


def _grade(low: float, high: float) -> str:
    ends = {next(grade for least, grade in GRADES if round(marks, 9) >= least) for marks in (low, high)}
    return ends.pop() if len(ends) == 1 else UNDECIDED


QUESTION = Question(
    name="evaluation",
    title=Text(zh="考核评价", en="Evaluation of the consortia"),
    definition=Text(
        zh="按指标表（权重、满分值，可换成自己的）给联合体打分：缺数的指标不当作零，得分给出上下限；跨等次的为待定，指出先补哪个数、哪项失分最多。",
        en="The consortia marked by a table of indicators (weights and full marks, to be replaced by your own): an "
        "unknown indicator is not zero, so marks have a lower and an upper end; across grades they are undecided, "
        "with what to ask for and what loses most.",
    ),
    finding=Evaluated,
    answer=evaluation,
    labels=LABELS,
    kinds=KINDS,
)
