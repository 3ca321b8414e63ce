"""What one more seat is worth (增加一个学位的价值): the dual prices of the assignment of supply to demand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from graph.claims import Claim
from graph.columns import Grouped, in_order, largest, totals
from graph.gaps import market
from graph.gaps.finding import (
    MINIMUM_CONFIDENCE,
    REALISED,
    Finding,
    Named,
    Question,
    best_evidence,
    each_later,
    in_turn,
    label,
    names_of,
    surest,
)
from graph.gaps.many import findings
from graph.gaps.market import Market
from graph.gaps.matching import Matching, match
from graph.gaps.offers import text_order
from graph.language import Text
from graph.project import Projection
from graph.rows import UNSURE

POSTS_SHOWN: Final = 3


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
    there. One fewer is 0 where graduates are left over who could stand in, and where there is none to take away: no
    graduates, or an unknown number.

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
        more would help; those that could help most first. Those that have nobody left over, and of which one more would
        meet no need, are left out.

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
    supplied, names, told = (
        sides.supplied,
        names_of(projection),
        _Claims(projection, sides, made, minimum_confidence),
    )
    left = made.left_over(supplied)
    more, up_to = np.array(made.one_more, dtype=np.int64), np.array(made.up_to, dtype=np.int64)
    chosen = np.flatnonzero((more != 0) | (left != 0))
    worth = in_order(
        -more[chosen],
        -up_to[chosen],
        -left[chosen],
        projection.register.order[supplied.specialties[chosen]],
        _school_order(projection, supplied.schools[chosen]),
    )
    order, chains = chosen[worth], names.of_groups(supplied.chains.chains)
    known = supplied.known[order].tolist()
    places, specialties = order.tolist(), supplied.specialties[order].tolist()
    posts = {one: told.posts(one) for one in set(specialties)}
    return findings(
        SeatValue,
        len(places),
        specialty=[names[one] for one in specialties],
        school=[names[one] if one >= 0 else None for one in supplied.schools[order].tolist()],
        level=[*map(supplied.levels.__getitem__, places)],
        chains=[chains[of_set] for of_set in supplied.chain_sets[order].tolist()],
        graduates=_where(known, supplied.graduates[order].tolist()),
        placed=_where(known, [*map(made.placed.__getitem__, places)]),
        surplus=_where(known, left[order].tolist()),
        one_more=more[order].tolist(),
        one_fewer=[*map(made.one_fewer.__getitem__, places)],
        up_to=up_to[order].tolist(),
        posts=[posts[one] for one in specialties],
        evidence=each_later(told.evidence, places),
        confidence=told.confidences(order),
    )


def _where(known: list[bool], values: list[int]) -> list[int | None]:
    """The values that are known."""
    return [value if told else None for told, value in zip(known, values, strict=True)]


class _Claims:
    """The posts that are short of people, and the claims that offerings and these posts rest on."""

    def __init__(
        self, projection: Projection, sides: Market, made: Matching, minimum_confidence: float
    ) -> None:
        self._projection, self._sides, self._minimum = projection, sides, minimum_confidence
        needed, size = sides.needed, len(projection.register)
        self._supplied, self._ids = sides.supplied, projection.register.ids
        short = made.short(needed)
        lacking = np.flatnonzero(short > 0)
        self._needs = Grouped(needed.demanded[lacking], size, lacking)
        posts, places = np.unique(needed.demanded[lacking], return_inverse=True)
        self._people = dict(zip(posts.tolist(), totals(short[lacking], places, len(posts)), strict=True))
        offers = projection.claims("OFFERS").confidences
        self._offered_sure = largest(offers[self._supplied.rows.values], self._supplied.rows, UNSURE)
        self._posts: dict[int, tuple[Named, ...]] = {}
        self._wanted: dict[int, tuple[Claim, ...]] = {}

    def posts(self, specialty: int) -> tuple[Named, ...]:
        """The posts that a specialty prepares for and that are short of people, the shortest first."""
        if specialty not in self._posts:
            names, numbers = names_of(self._projection), self._sides.provided.register.numbers
            prepared = numbers(self._sides.prepared.get(self._ids[specialty], ())).tolist()
            short = sorted((-self._people[post], names[post]) for post in prepared if post in self._people)
            self._posts[specialty] = tuple(one for _, one in short[:POSTS_SHOWN])
        return self._posts[specialty]

    def confidences(self, offerings: NDArray[np.int64]) -> list[float | None]:
        """How sure it is that each offering is there and that the posts are short."""
        specialties, of_specialty = np.unique(self._supplied.specialties[offerings], return_inverse=True)
        offered = self._offered_sure[offerings]
        alone = np.unique(of_specialty[offered == UNSURE]).tolist()  # a group alone tells of it
        included, wanted = np.full((2, len(specialties)), np.inf)  # infinitely sure is what no claim tells
        for place in alone:
            included[place] = _or_sure(surest(self._projection, self._including(int(specialties[place]))))
        for place, one in enumerate(specialties.tolist()):
            wanted[place] = _or_sure(surest(self._projection, {"DEMANDS": self._wanting(one)}))
        own = np.where(offered == UNSURE, included[of_specialty], offered)
        found = np.minimum(own, wanted[of_specialty]).tolist()
        return [None if one == np.inf else one for one in found]

    def evidence(self, at: int) -> tuple[Claim, ...]:
        """The claims that it is offered, and of the posts short of people."""
        specialty, rows = int(self._supplied.specialties[at]), self._supplied.rows.of(at)
        offered = {"OFFERS": rows} if len(rows) else self._including(specialty)
        if specialty not in self._wanted:  # the same for all its schools
            wanting = {"DEMANDS": self._wanting(specialty)}
            self._wanted[specialty] = best_evidence(self._projection, wanting, 2)
        return in_turn(best_evidence(self._projection, offered, 2), self._wanted[specialty])

    def _wanting(self, specialty: int) -> NDArray[np.int64]:
        posts = self._sides.provided.register.numbers(one.id for one in self.posts(specialty))
        return self._sides.needed.rows.of_all(self._needs.of_all(posts))

    def _including(self, specialty: int) -> dict[str, NDArray[np.int64]]:
        claims = self._projection.claims("INCLUDES")
        return {"INCLUDES": claims.believed_of(claims.at_tail.of(specialty), self._minimum)}


def _or_sure(confidence: float | None) -> float:
    return np.inf if confidence is None else confidence


def _school_order(projection: Projection, schools: NDArray[Any]) -> NDArray[np.int64]:
    """The place of each school in the order of name and id in one; that of an unknown school comes first."""
    distinct, places = np.unique(schools, return_inverse=True)
    ids, names = projection.register.ids, projection.register.names
    texts = ["" if number < 0 else names[number] + ids[number] for number in distinct.tolist()]
    return text_order(texts)[places]


QUESTION = Question(
    name="seat_value",
    title=Text(zh="增加一个学位的价值", en="What one more seat is worth"),
    definition=Text(
        zh="每个专业点（院校的一个专业）：多一个留下的毕业生，全局能多满足几个需求；少一个，会少满足几个；至多还能帮上多少。没有富余、再多也帮不上的不列。",
        en="For each specialty at a school: how many more needs are met in all with one more graduate who stays, how "
        "many fewer with one fewer, and how many more at most. Offerings that have nobody left over, and of which one "
        "more would meet no need, are left out.",
    ),
    finding=SeatValue,
    answer=seat_value,
    labels=market.LABELS,
    kinds=market.KINDS,
)
