"""What one more seat is worth (增加一个学位的价值): the dual prices of the assignment of supply to demand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from graph.gaps import market
from graph.gaps.finding import (
    MINIMUM_CONFIDENCE,
    REALISED,
    Finding,
    Named,
    Question,
    best_evidence,
    in_turn,
    label,
    named,
    surest,
)
from graph.gaps.market import Market
from graph.gaps.matching import match
from graph.language import Text
from graph.project import Projection

POSTS_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatValue(Finding):
    """A specialty at a school: what one graduate more, or one fewer, changes for the needs met."""

    specialty: Named = field(metadata=label("专业", "specialty", head=Text("专业", "specialty")))
    school: Named | None = field(metadata=label("院校", "school", head=Text("院校", "school")))
    level: str | None = field(metadata=label("层次", "level"))
    chains: tuple[Named, ...] = field(metadata=label("对接的产业链", "chains that it serves"))
    graduates: int | None = field(
        metadata=label("留下的毕业生数", "graduates who stay", head=Text("毕业生", "graduates"))
    )
    placed: int | None = field(
        metadata=label("匹配到需求的", "of these placed", head=Text("可匹配", "placed"))
    )
    surplus: int | None = field(metadata=label("富余", "of these left over", head=Text("富余", "left over")))
    one_more: int = field(
        metadata=label(
            "多一个学位多满足的需求",
            "needs met more with one seat more",
            head=Text("多一个学位", "one seat more"),
        )
    )
    one_fewer: int = field(
        metadata=label(
            "少一个学位少满足的需求",
            "needs met fewer with one seat fewer",
            head=Text("少一个学位", "one seat fewer"),
        )
    )
    up_to: int = field(
        metadata=label("至多还能满足", "needs met more at most", head=Text("至多还能", "at most"))
    )
    posts: tuple[Named, ...] = field(
        metadata=label("缺人的岗位", "posts that are short of people", note=True)
    )


def seat_value(
    projection: Projection,
    *,
    year: int | None = None,
    retention: float = 1.0,
    minimum_confidence: float = MINIMUM_CONFIDENCE,
    realised: tuple[str | None, ...] = REALISED,
) -> tuple[SeatValue, ...]:
    r"""What one more seat of a specialty at a school is worth in needs met, and what one fewer costs.

    Let $v(g)$ be the most needs that can be met together with graduates $g$ (see `talent_balance`). For an offering $o$

    .. math::

       \text{one more}(o) = v(g + e_o) - v(g), \qquad \text{one fewer}(o) = v(g) - v(g - e_o)

    These are the right and the left derivative of $v$, which is concave: 0 ≤ one more ≤ one fewer ≤ 1, and each dual
    price (影子价格, shadow price) of the offering lies between the two. One more is 1 where the offering prepares for a
    post that is short of people, or for one whose people could go where some are short; `up_to` is how many are short
    there. One fewer is 0 where graduates are left over who could stand in.

    Parameters
    ----------
    projection : Projection
        The graph. Node and edge kinds read: `QUESTION.labels`, `QUESTION.kinds`.
    year : int or None
        Count figures of this year alone; None: of each offering and each demand its own latest year.
    retention : float
        The share of graduates who stay (留存率), from 0 to 1. One more seat is one more who stays.
    minimum_confidence : float
        Claims less sure are not believed.
    realised : tuple of str or None
        The statuses of SERVES, OFFERS, HOSTS and INCLUDES that count as done.

    Returns
    -------
    tuple of SeatValue
        The offerings where one seat more helps, where people are left over, or whose graduates are unknown while one
        more would help; those that could help most first. The others are in balance and left out.

    Notes
    -----
    An LP solver returns one of the dual prices, which is no derivative where the optimum is degenerate, as it mostly is
    here. So both derivatives are read off the residual network of the optimal flow: one more is 1 where an augmenting
    path leads from the offering to an unmet need, one fewer is 0 where one leads to it from graduates left over. This
    takes $O(a)$ for $a$ arcs between classes. Evidence: the claims that it is offered, and of the posts short of people.

    References
    ----------
    .. [1] R. K. Ahuja, T. L. Magnanti, J. B. Orlin, Network Flows, Prentice Hall 1993, ch. 6 and 9: residual networks,
           sensitivity of the optimal flow.
    .. [2] A. L. Dulmage, N. S. Mendelsohn, Coverings of bipartite graphs, Canad. J. Math. 10 (1958) 517–534: the parts of
           a market that are short, in balance, or in surplus whatever the assignment.
    """
    sides = market.market(
        projection, year=year, retention=retention, minimum_confidence=minimum_confidence, realised=realised
    )
    made = match(sides)
    short = _short(sides, made.met)
    included = _included(projection, minimum_confidence)
    found = []
    for number, one in enumerate(sides.supplied):
        left = None if one.graduates is None else one.graduates - made.placed[number]
        if not (made.one_more[number] or left):
            continue
        posts = sorted(
            ((short[post], post) for post in sides.prepared.get(one.specialty, ()) if post in short),
            key=lambda each: (-each[0][0], projection.name(each[1]), each[1]),
        )
        rows = {"OFFERS": set(one.rows)} if one.rows else {"INCLUDES": included.get(one.specialty, set())}
        wanting = {"DEMANDS": {row for (_, own), _ in posts[:POSTS_SHOWN] for row in own}}
        sure = [surest(projection, each) for each in (rows, wanting)]
        found.append(
            SeatValue(
                specialty=Named(projection.name(one.specialty), one.specialty),
                school=Named(projection.name(one.school), one.school) if one.school else None,
                level=one.level,
                chains=named(projection, one.chains),
                graduates=one.graduates,
                placed=None if one.graduates is None else made.placed[number],
                surplus=left,
                one_more=made.one_more[number],
                one_fewer=made.one_fewer[number],
                up_to=made.up_to[number],
                posts=tuple(Named(projection.name(post), post) for _, post in posts[:POSTS_SHOWN]),
                evidence=in_turn(best_evidence(projection, rows, 2), best_evidence(projection, wanting, 2)),
                confidence=min((each for each in sure if each is not None), default=None),
            )
        )
    return tuple(sorted(found, key=_most_worth))


def _short(sides: Market, met: Sequence[int]) -> dict[str, tuple[int, set[int]]]:
    """What is demanded and not met: how many are short, and the claims of these needs."""
    short: dict[str, tuple[int, set[int]]] = {}
    for one, found in zip(sides.needed, met, strict=True):
        if one.headcount is not None and one.headcount > found:
            people, rows = short.get(one.demanded, (0, set()))
            short[one.demanded] = people + one.headcount - found, rows | one.rows
    return short


def _included(projection: Projection, minimum_confidence: float) -> dict[str, set[int]]:
    """Specialty → the claims that a group includes it."""
    claims = projection.claims("INCLUDES")
    tails = claims.column("tail")
    found: dict[str, set[int]] = {}
    for row in claims.believed(minimum_confidence):
        found.setdefault(tails[row], set()).add(row)
    return found


def _most_worth(one: SeatValue) -> tuple[int, int, int, Named, str]:
    school = one.school.name + one.school.id if one.school else ""
    return -one.one_more, -one.up_to, -(one.surplus or 0), one.specialty, school


QUESTION = Question(
    name="seat_value",
    title=Text(zh="增加一个学位的价值", en="What one more seat is worth"),
    definition=Text(
        zh="每个专业点（院校的一个专业）：多一个留下的毕业生，全局能多满足几个需求；少一个，会少满足几个；至多还能帮上多少。供需平衡、增减都无影响的不列。",
        en="For each specialty at a school: how many more needs are met in all with one more graduate who stays, how "
        "many fewer with one fewer, and how many more at most. Offerings in balance are left out.",
    ),
    finding=SeatValue,
    answer=seat_value,
    labels=market.LABELS,
    kinds=market.KINDS,
)
