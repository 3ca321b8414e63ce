"""What opened and closed (变化): the answers of the gap questions now, against those of an earlier release or day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from graph.errors import LiantuError
from graph.gaps import (
    broken_ladders,
    crowded_specialties,
    isolated_members,
    ledger,
    missing_platforms,
    nominal_consortia,
    orphan_specialties,
    talent_balance,
    uncovered_chains,
)
from graph.gaps.comparison import LEGEND, Difference, compared, reads_others
from graph.gaps.dates import checked_date, latest_observed
from graph.gaps.finding import MINIMUM_CONFIDENCE, Finding, Named, Question, label, rests_on_the_same
from graph.gaps.limited import Limited
from graph.gaps.many import findings
from graph.gaps.scope import answer_for_another
from graph.language import Text
from graph.project import Projection

COMPARED: Final[Mapping[str, Question]] = {
    one.QUESTION.name: one.QUESTION
    for one in (
        uncovered_chains,
        orphan_specialties,
        crowded_specialties,
        talent_balance,
        isolated_members,
        nominal_consortia,
        missing_platforms,
        broken_ladders,
        ledger,
    )
}
"""The questions whose findings are open or closed: gaps, and tasks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Finding):
    """A finding of some question that opened, closed, or says other figures than before."""

    subject: Named = field(
        metadata=label("发现的对象", "subject of the finding", head=Text("对象", "subject"))
    )
    question: str = field(metadata=label("问题", "question", head=Text("问题", "question")))
    what: str = field(metadata=label("变化", "change", head=Text("变化", "change"), legend=LEGEND))
    details: tuple[Text, ...] = field(
        metadata=label("前后的数字", "figures then and now", head=Text("前 → 后", "then → now"))
    )
    since: str | None = field(metadata=label("与何时相比", "compared with"))


def changes(
    projection: Projection,
    *,
    since: str | None = None,
    only: str | None = None,
    minimum_confidence: float = MINIMUM_CONFIDENCE,
) -> tuple[Change, ...]:
    r"""What opened, closed and changed among the findings of the gap questions.

    With $F_q$ the findings of question $q$ now and $F'_q$ those before, each known by the nodes that it names,

    .. math::

       \text{opened} = F_q \setminus F'_q, \qquad \text{closed} = F'_q \setminus F_q, \qquad
       \text{changed} = \{ f \in F_q \cap F'_q : \text{its columns differ} \}

    What was before is an earlier release of the graph where the projection has one (`Projection.earlier`, read from the
    file that `liantu release` wrote). Without one it is what the same graph would say had it known only what its claims
    date until `since`: claims that speak of a later day are taken out, those without a date stay.

    Parameters
    ----------
    projection : Projection
        The graph. Node and edge kinds read: `QUESTION.labels`, `QUESTION.kinds`.
    since : str or None
        The day before, where no earlier release is given. None: a year before the last day of which a claim speaks as
        done.
    only : str or None
        One question: tell its changes alone.
    minimum_confidence : float
        Claims less sure are not believed.

    Returns
    -------
    tuple of Change
        By question in their order; opened before closed before changed; by name.

    Notes
    -----
    A finding is known by the nodes that it names in fields of their own and by its kind, not by its figures. The
    evidence of what opened or changed is that of now, of what closed that of then. It takes the time of the questions
    compared, of those that read nothing that has changed none; where they were asked before, that of then alone. A
    release is the truth of that time; the day is a reconstruction, and what was corrected or withdrawn since is in it
    as it is now.
    """
    since = checked_date("since", since)
    if only is not None and only not in COMPARED:
        raise LiantuError("question.parameter", name="only", value=only, expected=" | ".join(COMPARED))
    if projection.earlier is not None:
        before, told = projection.earlier, projection.earlier.release
    else:
        told = since or _year_before(latest_observed(projection, KINDS, minimum_confidence))
        if told is None:
            return ()
        if isinstance(projection, Limited):
            before = projection.scope.limit(until(projection.whole, told))
        else:
            before = until(projection, told)
    found: list[Change] = []
    for name, question in COMPARED.items():
        if only in (None, name) and reads_others(question, before, projection):
            then = question.answer(before, minimum_confidence=minimum_confidence)
            now = answer_for_another(question, projection, minimum_confidence=minimum_confidence)
            found += _changes(question.name, compared(question, then, now), told)
    return tuple(found)


def until(projection: Projection, day: str) -> Projection:
    """The projection without the claims that speak of a day after `day`; undated claims stay.

    Kinds of which no claim is taken out keep their table, so that what reads no others need not be asked again.
    """
    last = f"{day}~"  # after every day inside of a month or year
    edges = {}
    for kind, table in projection.edges.items():
        told = table.column("observed")
        later = pc.and_(pc.greater(told, pa.scalar(last)), pc.match_substring_regex(told, r"^\d{4}"))
        some = pc.any(later).as_py()
        edges[kind] = table.filter(pc.invert(pc.fill_null(later, False))) if some else table
    return projection.with_edges(edges)


def _year_before(day: str | None) -> str | None:
    return None if day is None else f"{int(day[:4]) - 1:04d}{day[4:]}"


_NOBODY: Final = Named("", "")


def _changes(question: str, differences: Sequence[Difference], since: str | None) -> tuple[Change, ...]:
    size = len(differences)
    return findings(
        Change,
        size,
        subject=[_NOBODY if one.subject is None else one.subject for one in differences],
        question=repeat(question, size),
        what=[one.what for one in differences],
        details=[one.details for one in differences],
        since=repeat(since, size),
        evidence=[rests_on_the_same(one.finding) for one in differences],
        confidence=[one.finding.confidence for one in differences],
    )


KINDS: Final = tuple(dict.fromkeys(kind for one in COMPARED.values() for kind in one.kinds))

QUESTION = Question(
    name="changes",
    title=Text(zh="新增与消除的缺口", en="What opened and closed"),
    definition=Text(
        zh="与上一次发布的图谱（或某一天所知的）相比，各缺口问题的发现哪些是新增的、哪些消除了、哪些数字变了。",
        en="Against an earlier release of the graph, or what it knew on a day: which findings of the gap questions "
        "opened, which closed, and whose figures changed.",
    ),
    finding=Change,
    answer=changes,
    labels=tuple(dict.fromkeys(label for one in COMPARED.values() for label in one.labels)),
    kinds=KINDS,
)
