"""The exchange of talent (人才供需信息服务): for a need the schools, for a school the needs, and a stable round."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

import numpy as np

from graph.columns import in_order
from graph.errors import LiantuError
from graph.gaps import market, preferences
from graph.gaps.exchange_reasons import Reasons
from graph.gaps.finding import (
    MINIMUM_CONFIDENCE,
    REALISED,
    Finding,
    Named,
    Question,
    label,
    named,
    surest,
    telling,
)
from graph.gaps.scope import node_called
from graph.gaps.stable_round import Round, stable_round
from graph.identity import label_of
from graph.language import Text
from graph.project import Projection

BY: Final = ("need", "school")
CHOICES: Final = 20
_ENTERPRISES: Final = ("Enterprise", "Occupation")
_SCHOOLS: Final = ("School", "SpecialtyGroup", "Specialty")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange(Finding):
    """A need and an offering that could meet it: what each thinks of the other, and what the round gives them."""

    enterprise: Named | None = field(metadata=label("企业", "enterprise", head=Text("企业", "enterprise")))
    demanded: Named | None = field(
        metadata=label("岗位或专业", "post or specialty", head=Text("岗位或专业", "post or specialty"))
    )
    level: str | None = field(metadata=label("学历要求", "level asked for"))
    headcount: int | None = field(
        metadata=label("需求人数", "people needed", head=Text("需求人数", "needed"))
    )
    rank: int | None = field(
        metadata=label("对企业的名次", "rank for the enterprise", head=Text("名次", "rank"))
    )
    school: Named | None = field(metadata=label("院校", "school", head=Text("院校", "school")))
    specialty: Named | None = field(metadata=label("专业", "specialty", head=Text("专业", "specialty")))
    groups: tuple[Named, ...] = field(metadata=label("所属专业群", "specialty groups", note=True))
    graduates: int | None = field(
        metadata=label("毕业生数", "graduates a year", head=Text("毕业生", "graduates"))
    )
    liked: int | None = field(metadata=label("对院校的名次", "rank for the school"))
    placed: int | None = field(
        metadata=label("本轮匹配人数", "people placed in this round", head=Text("本轮匹配", "placed"))
    )
    open: int | None = field(
        metadata=label("本轮后仍缺", "still not found after the round", head=Text("仍缺", "still short"))
    )
    left: int | None = field(metadata=label("本轮后无去处的毕业生", "graduates not placed after the round"))
    reasons: tuple[Text, ...] = field(metadata=label("理由", "reasons", note=True))


def exchange(
    projection: Projection,
    *,
    by: str | None = None,
    of: str | None = None,
    best: int = 3,
    most: int = 500,
    choices: int = CHOICES,
    proposing: str = "school",
    year: int | None = None,
    retention: float = 1.0,
    minimum_confidence: float = MINIMUM_CONFIDENCE,
    realised: tuple[str | None, ...] = REALISED,
) -> tuple[Exchange, ...]:
    r"""For each need the schools ranked, for each school the needs ranked, and a stable assignment of all at once.

    A pair of a need $d$ (an enterprise's, of a post or specialty at a level) and an offering $o$ (a specialty at a
    school) is acceptable where $o$ can fill $d$ (`graph.gaps.matching`). Each side ranks the acceptable pairs by

    .. math::

       d:\ (\text{misfit},\ \text{work together},\ \text{near},\ \text{serves the chain},\ \text{graduates}),
       \qquad
       o:\ (\text{misfit},\ \text{work together},\ \text{pay},\ \text{near},\ \text{headcount})

    compared one after the other (`graph.gaps.preferences`). With $g_o$ graduates, $n_d$ people needed and $x_{od}$
    people who go from $o$ to $d$, the round is stable: there is no acceptable pair of which $o$ has someone free or
    placed with a need that it likes less, while $d$ has room or someone of an offering that it likes less,

    .. math::

       \sum_d x_{od} \le g_o, \quad \sum_o x_{od} \le n_d, \qquad
       \nexists (o, d):\ \sum_{d' \succeq_o d} x_{od'} < g_o \ \wedge\ \sum_{o' \succeq_d o} x_{o'd} < n_d

    Parameters
    ----------
    projection : Projection
        The graph. Node and edge kinds read: `QUESTION.labels`, `QUESTION.kinds`.
    by : str or None
        `need`: for each need the schools; `school`: for each offering the needs. None: by what `of` is, else `need`.
    of : str or None
        An enterprise, post, school, group or specialty by id or name: its pairs alone. The round is that of all.
    best : int
        How many partners are told of each need or offering, besides those with whom the round places people.
    most : int
        How many needs (or offerings) are told at most, those with most people left over first; 0: all.
    choices : int
        How many offerings a need lists at most (志愿数): those that it likes best.
    proposing : str
        Who proposes: `school` or `enterprise`. With these wishes there is one stable round alone, so that it changes
        nothing (see Notes).
    year : int or None
        Count figures of this year alone; None: of each offering and each need its own latest year.
    retention : float
        The share of graduates who stay (留存率), from 0 to 1.
    minimum_confidence : float
        Claims less sure are not believed.
    realised : tuple of str or None
        The statuses of SERVES, OFFERS, HOSTS, INCLUDES and of cooperation that count as done.

    Returns
    -------
    tuple of Exchange
        Needs (or offerings) with most people left over first, unknown numbers last; of each its partners by rank. A
        need that no school can fill, or an offering that no need asks for, is told without a partner, with the reason.

    Notes
    -----
    Who does not say how many is listed and ranked, but takes no part in the round: unknown is not 0. What is told of
    whole chains hires nobody and is left out. How many each is given is the same in every stable round; most people of
    all are placed by `talent_matching`, which asks nobody's wishes: a stable round places at least half as many.
    Evidence: the claims of the need, of the offering, of what links them and of their cooperation. For $n$ pairs that
    fit it takes $O(n)$, and memory for `choices` pairs a need.

    There is one stable round alone: among any pairs there is one that both sides like best. Misfit and working together
    are the same for both; of the pairs best in these, of needs that pay most, of those the nearest, offerings all like
    best the same need, the one that takes most people (or, alike, comes first by name), and the offering that it likes
    best of them likes nobody better. Every stable round places as many as go there; then the next pair, and so on.

    References
    ----------
    .. [1] D. Gale, L. S. Shapley, College admissions and the stability of marriage, Amer. Math. Monthly 69 (1962) 9–15.
    .. [2] M. Baïou, M. Balinski, The stable allocation (or ordinal transportation) problem, Math. Oper. Res. 27 (2002)
           485–503.
    """
    subject = _called(projection, of)
    by = by or ("school" if subject and label_of(subject) in _SCHOOLS else "need")
    if by not in BY:
        raise LiantuError("question.parameter", name="by", value=by, expected=" | ".join(BY))
    sides = market.market(
        projection, year=year, retention=retention, minimum_confidence=minimum_confidence, realised=realised
    )
    held = stable_round(
        projection,
        sides,
        choices=choices,
        proposing=proposing,
        minimum_confidence=minimum_confidence,
        realised=realised,
    )
    reasons = Reasons(projection, held, minimum_confidence)
    place = held.lists.liked if by == "school" else held.lists.rank
    answers: list[Exchange] = []
    for number, rows in islice(_asked(held, by, subject), most if most > 0 else None):
        if not rows:
            alone = {"offering" if by == "school" else "need": number}
            answers.append(_finding(projection, held, reasons, **alone))
        answers += [
            _finding(projection, held, reasons, row=row)
            for row in rows
            if place[row] < best or held.held[row]
        ]
    return tuple(answers)


def _called(projection: Projection, word: str | None) -> str | None:
    """The body, post or specialty that `word` names; `node.unknown` where none is."""
    if word is None:
        return None
    for kind in ("Enterprise", "School", "SpecialtyGroup", "Occupation", "Specialty"):
        try:
            return node_called(projection, kind, word)
        except LiantuError as error:
            if error.code != "node.unknown":
                raise
    raise LiantuError("node.unknown", name=word)


def _asked(held: Round, by: str, subject: str | None) -> Iterator[tuple[int, list[int]]]:
    """The needs (or offerings) that have to do with `subject`, those with most people left first, and their pairs."""
    needed, supplied, lists = held.market.needed, held.market.supplied, held.lists
    nodes, kind = supplied.nodes, label_of(subject or "")
    number = nodes.number(subject) if subject else None
    ours = {kind in _ENTERPRISES: "need", kind in _SCHOOLS: "school"}.get(True)
    wanted, offered = nodes.are(needed.demanders, "Enterprise"), supplied.schools >= 0
    if ours == "need":
        wanted &= (needed.demanders == number) | (needed.demanded == number)
    elif kind == "SpecialtyGroup":
        groups = held.market.provided.offerings.groups
        inside = np.isin(groups.keys, supplied.offered) & (groups.values == number)
        offered &= np.isin(supplied.offered, groups.keys[inside])
    elif ours == "school":
        offered &= (supplied.schools == number) | (supplied.specialties == number)
    rows = np.flatnonzero(wanted[lists.needs] & offered[lists.offerings])
    if by == "school":
        ends, places, mine, left, known = lists.offerings, lists.liked, offered, held.left, supplied.known
    else:
        ends, places, mine, left, known = lists.needs, lists.rank, wanted, held.open, needed.known
    rows = rows[in_order(ends[rows], places[rows])]
    numbers = np.flatnonzero(mine) if ours in (None, by) else np.unique(ends[rows])
    starts, stops = (np.searchsorted(ends[rows], numbers, side=side) for side in ("left", "right"))
    for at in np.lexsort((numbers, -left[numbers], ~known[numbers])):
        yield int(numbers[at]), rows[starts[at] : stops[at]].tolist()


def _finding(
    projection: Projection,
    held: Round,
    reasons: Reasons,
    *,
    need: int | None = None,
    offering: int | None = None,
    row: int | None = None,
) -> Exchange:
    """What is told of a pair (a row of the lists), or of a need or an offering without a partner."""
    lists = held.lists
    if row is not None:
        need, offering = int(lists.needs[row]), int(lists.offerings[row])
        premises, why = reasons.premises(row), reasons.of(row)
    elif need is not None:
        premises, why = (reasons.of_need(need),), (reasons.of_none(need, "need"),)
    else:
        premises, why = (reasons.of_offering(offering or 0),), (reasons.of_none(offering or 0, "school"),)
    needed = None if need is None else held.market.needed[need]
    offered = None if offering is None else held.market.supplied[offering]
    people = needed.headcount if needed else None
    graduates = offered.graduates if offered else None
    sure = [surest(projection, one) for one in premises]
    placed: int | None = None
    if row is None:
        placed = 0 if people is not None or graduates is not None else None
    elif people is not None and graduates is not None:
        placed = int(held.held[row])

    def told(identifier: str | None) -> Named | None:
        return None if identifier is None else Named(projection.name(identifier), identifier)

    return Exchange(
        enterprise=told(needed.demander if needed else None),
        demanded=told(needed.demanded if needed else None),
        level=needed.level if needed else None,
        headcount=people,
        rank=None if row is None else int(lists.rank[row]) + 1,
        school=told(offered.school if offered else None),
        specialty=told(offered.specialty if offered else None),
        groups=named(projection, reasons.groups(offering)) if offering is not None else (),
        graduates=graduates,
        liked=None if row is None else int(lists.liked[row]) + 1,
        placed=placed,
        open=None if need is None or people is None else int(held.open[need]),
        left=None if offering is None or graduates is None else int(held.left[offering]),
        reasons=why,
        evidence=telling(projection, *((one, 2) for one in premises)),
        confidence=min((one for one in sure if one is not None), default=None),
    )


QUESTION = Question(
    name="exchange",
    title=Text(zh="人才供需撮合", en="Exchange of talent"),
    definition=Text(
        zh="每家企业的每项需求：哪些院校的专业（专业群）能满足，按适配、已有合作、远近、对接产业链、毕业生数排名，理由写明；反过来，每所院校的每个专业"
        "适合哪些需求。再把全部已知毕业生与全部企业需求按双方意愿稳定匹配一轮：没有哪所院校与哪家企业都更愿意选对方。",
        en="For each need of an enterprise, the schools whose specialties (groups) can meet it, ranked by fit, existing "
        "cooperation, distance, chain served and graduates, with reasons; for each specialty of a school, the needs that "
        "suit it. Then all known graduates and all needs of enterprises are assigned in one stable round: no school and "
        "enterprise are left who would both rather have each other.",
    ),
    finding=Exchange,
    answer=exchange,
    labels=tuple(dict.fromkeys((*market.LABELS, *preferences.LABELS))),
    kinds=tuple(dict.fromkeys((*market.KINDS, *preferences.KINDS))),
)
