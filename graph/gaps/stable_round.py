"""A whole round of the exchange (一轮匹配): all known graduates and all needs of enterprises, assigned stably."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from graph.columns import Numbers
from graph.errors import LiantuError
from graph.gaps.deferred_acceptance import stable_assignment
from graph.gaps.market import Market
from graph.gaps.preferences import Lists, preferences
from graph.project import Projection

PROPOSING: Final = ("school", "enterprise")


@dataclass(frozen=True, eq=False)
class Round:
    """The lists of both sides, and who goes where: `held` people of each pair of the lists.

    `open` are the people of each need who are not found, `left` the graduates of each offering who are not placed.
    """

    market: Market
    lists: Lists
    held: NDArray[Any]
    open: Numbers
    left: Numbers


def stable_round(
    projection: Projection,
    market: Market,
    *,
    choices: int,
    proposing: str,
    minimum_confidence: float,
    realised: tuple[str | None, ...],
) -> Round:
    """The stable assignment that is the best of all for the side that proposes, made once a market and parameters.

    `market` is that of the projection; `graph.gaps.exchange` gives the definition.
    `LiantuError` question.parameter where `proposing` is neither side or `choices` allows none.
    """
    if proposing not in PROPOSING:
        raise LiantuError(
            "question.parameter", name="proposing", value=proposing, expected=" | ".join(PROPOSING)
        )
    if choices < 1:
        raise LiantuError("question.parameter", name="choices", value=choices, expected="1 …")

    def made() -> Round:
        lists = preferences(
            projection, market, choices=choices, minimum_confidence=minimum_confidence, realised=realised
        )
        return _assigned(market, lists, proposing)

    key = (stable_round, id(market), choices, proposing, minimum_confidence, realised)
    return projection.once(key, made)


def _assigned(market: Market, lists: Lists, proposing: str) -> Round:
    supplied, needed = market.supplied, market.needed
    have, want = (
        np.where(side.known, people, 0)
        for side, people in ((supplied, supplied.graduates), (needed, needed.headcounts))
    )
    school, enterprise = (lists.offerings, lists.liked, have), (lists.needs, lists.rank, want)
    first, second = (school, enterprise) if proposing == "school" else (enterprise, school)
    held = stable_assignment(first[0], second[0], first[1], second[1], first[2], second[2])
    placed = np.bincount(lists.offerings, held, len(have)).astype(np.int64)
    found = np.bincount(lists.needs, held, len(want)).astype(np.int64)
    few = int(held.max(initial=0)) <= np.iinfo(np.int32).max  # as always, but for invented figures
    return Round(market, lists, held.astype(np.int32) if few else held, want - found, have - placed)
