"""A stable assignment (稳定匹配) by deferred acceptance: nobody is left who would both rather be with each other.

Gale and Shapley's procedure for parties that take many each: every proposer offers all whom it has left to the best
of its list, every receiver holds the best of those offered up to what it wants, and who is refused goes on down the
list. All who have someone left propose at once, round by round, on arrays.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from graph.columns import Numbers, distinct, in_order
from graph.gaps.joins import slices

_ANYBODY: Final = np.iinfo(np.int64).max


def stable_assignment(
    proposers: NDArray[Any],
    receivers: NDArray[Any],
    liked_by_proposer: NDArray[Any],
    liked_by_receiver: NDArray[Any],
    have: Numbers,
    want: Numbers,
) -> Numbers:
    """How many units go along each pair in the stable assignment that is best for the proposers.

    Parameters
    ----------
    proposers, receivers : array of int
        The two ends of each acceptable pair; a pair that is not listed is not acceptable to one of them.
    liked_by_proposer, liked_by_receiver : array of int
        The place of the pair in the list of either: lower is better, no two of one list alike.
    have, want : array of int
        Units that each proposer has, units that each receiver takes at most.

    Returns
    -------
    array of int
        Units of each pair. No pair is blocked: of no pair has the proposer a unit that is free or placed with one whom
        it likes less, while the receiver has room or holds a unit that it likes less.

    Notes
    -----
    A receiver that has all it wants refuses at once whom it likes less than all that it holds; a round costs the lists
    of the receivers that hear a proposal. The end is the same in whatever order is proposed. The number of rounds is at
    most the units times the length of a list, in practice a few dozen and then single chains of refusals. Every proposer
    and every receiver gets as many units in every stable assignment [2]_.

    References
    ----------
    .. [1] D. Gale, L. S. Shapley, College admissions and the stability of marriage, Amer. Math. Monthly 69 (1962) 9–15.
    .. [2] M. Baïou, M. Balinski, The stable allocation (or ordinal transportation) problem, Math. Oper. Res. 27 (2002)
           485–503.
    """
    held = np.zeros(len(proposers), dtype=np.int64)
    # Places of ten million pairs, in half the bytes: the pairs in the order in which they are proposed …
    down = in_order(proposers, liked_by_proposer).astype(np.int32)
    last = np.cumsum(np.bincount(proposers, minlength=len(have)))  # where the list of each ends …
    at = last - np.bincount(proposers, minlength=len(have))  # … and whom it proposes to next
    held_order = in_order(receivers, liked_by_receiver).astype(np.int32)  # … and in that of being liked
    count = np.bincount(receivers, minlength=len(want))
    first = np.cumsum(count) - count
    free = have.astype(np.int64).copy()
    # The place of the worst that a receiver holds once it has all it wants: who is liked less is refused at once.
    worst = np.where(want > 0, _ANYBODY, -1)
    waiting = np.flatnonzero((free > 0) & (at < last))
    while len(waiting):
        pairs = down[at[waiting]]
        heard = liked_by_receiver[pairs] <= worst[receivers[pairs]]
        turned_away = waiting[~heard]
        at[turned_away] += 1
        waiting, pairs = waiting[heard], pairs[heard]
        held[pairs] += free[waiting]
        free[waiting] = 0
        asked = distinct(receivers[pairs])
        lists = held_order[slices(first[asked], count[asked])]
        own = np.repeat(np.arange(len(asked)), count[asked])
        there = np.flatnonzero(held[lists])
        lists, own = lists[there], own[there]
        units = held[lists]
        before = np.cumsum(units) - units  # units that are liked better, of all lists so far …
        before -= before[np.searchsorted(own, np.arange(len(asked)))][own]  # … and of its own
        room = want[asked][own] - before
        kept = np.clip(room, 0, units)
        full = np.flatnonzero((room > 0) & (room <= units))
        worst[asked[own[full]]] = liked_by_receiver[lists[full]]
        some = np.flatnonzero(kept < units)
        held[lists[some]] = kept[some]
        refused = lists[some]
        back = proposers[refused]
        np.add.at(free, back, units[some] - kept[some])
        on = down[np.minimum(at[back], len(down) - 1)] == refused  # refused by whom it asked last
        at[back[on]] += 1
        waiting = distinct(np.concatenate([back, turned_away]))
        waiting = waiting[(free[waiting] > 0) & (at[waiting] < last[waiting])]
    return held
