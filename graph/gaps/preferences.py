"""Who would rather be with whom (双向意愿): for every need of an enterprise its list of offerings, and the reverse.

Both sides like best what fits: a specialty that prepares for the post, at the level asked for (`graph.gaps.matching`
says what fits). Then an enterprise likes the schools that it works with already, those nearest to it, those that
serve its chain, and many graduates; a school likes whom it works with already, whom pays most as far as told, who is
nearest, and who takes many. Nobody asked either side: it is what the claims tell of their interest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from graph.columns import Marks, Numbers, distinct, in_order, largest
from graph.gaps import distance, partnerships
from graph.gaps.candidates import BY_CHAIN, SERVES, Sides, candidates, places_of
from graph.gaps.distance import FAR, Atlas, Whereabouts
from graph.gaps.joins import parts, place_within
from graph.gaps.market import Market
from graph.gaps.matching import HIGHER, SERVING
from graph.gaps.partnerships import DONE, Partnerships
from graph.project import Projection
from graph.threads import two_at_a_time

LABELS: Final = (*distance.LABELS, *partnerships.LABELS)
KINDS: Final = (*distance.KINDS, *partnerships.KINDS)
_AT_ONCE: Final = (
    500_000  # pairs that are compared together: they and what they are put in order by take 0.05 GB
)


@dataclass(frozen=True)
class Lists:
    """Every pair of a need and an offering that is on the need's list, in columns; by need, the best first.

    `needs` and `offerings` are numbers in `Market.needed` and `Market.supplied`. `rank` is the place of the offering
    in the need's list and `liked` that of the need in the offering's, from 0. `works` says that both work together
    already, `near` is a step of `graph.gaps.distance.NEAR`, `serves` that the offering serves a chain of the need. A
    nation's lists have ten million pairs: each number takes no more bytes than it needs.
    """

    needs: NDArray[np.int32]
    offerings: NDArray[np.int32]
    misfit: NDArray[np.int8]
    works: Marks
    near: NDArray[np.int8]
    serves: Marks
    rank: NDArray[Any]
    liked: NDArray[np.int32]
    together: Partnerships  # who works together


def preferences(
    projection: Projection,
    market: Market,
    *,
    choices: int,
    minimum_confidence: float,
    realised: tuple[str | None, ...],
) -> Lists:
    """The lists of both sides, each need's cut after `choices` offerings. The needs of whole chains hire nobody.

    For $n$ pairs that fit and share a place, a chain or a cooperation, and $d$ needs, it takes $O(n + d \\cdot choices)$
    but for sorting.
    """
    together = partnerships.partnerships(projection, minimum_confidence, realised)
    sides = Sides(market)
    atlas = Atlas(projection, minimum_confidence)
    lying = atlas.of(sides.enterprises), atlas.of(sides.schools)
    listed = [
        part for part in _listed(sides, lying, _partners(sides, together), choices) if len(part.needs)
    ] or [_nothing()]
    needs, offerings, misfit, works, near, serves, place = (
        np.concatenate([getattr(part, name) for part in listed])
        for name in ("needs", "offerings", "misfit", "works", "near", "serves", "rank")
    )
    listed.clear()
    pay, people = _offers_of_needs(projection, market)
    size = places_of(np.argsort(-people[sides.needs], kind="stable")).astype(np.int32)
    paying = pay[sides.needs].astype(np.int32)
    order = in_order(offerings, misfit, ~works, paying[needs], near, size[needs])
    liked = np.empty(len(needs), dtype=np.int32)
    liked[order] = place_within(offerings[order])
    return Lists(
        sides.needs[needs].astype(np.int32), offerings, misfit, works, near, serves, place, liked, together
    )


@dataclass(frozen=True)
class _Part:
    """The lists of some needs, as in `Lists`; needs by their place in `Sides.needs`."""

    needs: NDArray[np.int32]
    offerings: NDArray[np.int32]
    misfit: NDArray[np.int8]
    works: Marks
    near: NDArray[np.int8]
    serves: Marks
    rank: NDArray[Any]


def _nothing() -> _Part:
    none, no = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=bool)
    return _Part(none, none, none.astype(np.int8), no, none.astype(np.int8), no, none)


def _listed(
    sides: Sides, lying: tuple[Whereabouts, Whereabouts], partners: tuple[Numbers, Numbers], choices: int
) -> Iterator[_Part]:
    """The lists of all needs, some needs at a time.

    A pair is one number as its need likes it (some bits each: misfit, works, near, serves, the order of the offerings),
    so that one sort puts all lists in order. It comes twice at most, as serving the chain and, from another join, as not.
    """
    joins = candidates(sides, lying, partners, choices)
    enterprise, school = partners
    together = np.append(distinct(enterprise * len(sides.schools) + school), -1)
    firms_with, schools_with = (
        np.bincount(ends, minlength=len(side)) > 0
        for ends, side in ((enterprise, sides.enterprises), (school, sides.schools))
    )

    def made(bounds: tuple[int, int]) -> _Part:
        start, end = bounds
        keys = []
        for join in joins:
            needs, offerings = join.between(start, end)
            steps = sides.misfit(needs, offerings)
            fits = steps >= 0
            needs, offerings = needs[fits], offerings[fits]
            misfit = steps[fits] * HIGHER + (SERVING if join.mark & BY_CHAIN else 0)
            firms, schools = sides.enterprise[needs], sides.school[offerings]
            alone = np.ones(len(needs), dtype=bool)
            some = np.flatnonzero(firms_with[firms] & schools_with[schools])  # the others work with nobody
            pairs = firms[some] * len(sides.schools) + schools[some]
            alone[some] = together[np.searchsorted(together[:-1], pairs)] != pairs
            near = lying[0].near(firms, lying[1], schools)
            key = needs - start
            for bits, own in (
                (_MISFIT_BITS, misfit),
                (1, alone),
                (_NEAR_BITS, near),
                (1, 0 if join.mark & SERVES else 1),
                (sides.size.bit_length(), sides.order[offerings]),
            ):
                key <<= bits
                key |= own
            keys.append(key)
        return _part(sides, distinct(np.concatenate(keys)), start, choices)

    return two_at_a_time(made, parts(joins, len(sides.needs), _AT_ONCE))


_MISFIT_BITS: Final = (SERVING + HIGHER * 3).bit_length()
_NEAR_BITS: Final = FAR.bit_length()


def _part(sides: Sides, keys: Numbers, start: int, choices: int) -> _Part:
    """The lists that sorted keys make, each cut after `choices` offerings."""

    size_bits = sides.size.bit_length()
    of_need = _MISFIT_BITS + 1 + _NEAR_BITS + 1 + size_bits
    rest = keys[place_within(keys >> of_need) < 2 * choices]
    digits = []
    for bits in (size_bits, 1, _NEAR_BITS, 1, _MISFIT_BITS):
        digits.append(rest & ((1 << bits) - 1))
        rest = rest >> bits
    needs, (order, unserving, near, alone, misfit) = rest, digits
    offerings = sides.liking[order]
    pairs = needs * sides.size + offerings
    order = in_order(pairs)  # of a pair that came twice the better stands first
    again = np.zeros(len(pairs), dtype=bool)
    again[order[1:]] = pairs[order[1:]] == pairs[order[:-1]]
    kept = np.flatnonzero(~again)
    kept = kept[place_within(needs[kept]) < choices]
    return _Part(
        (needs[kept] + start).astype(np.int32),
        offerings[kept].astype(np.int32),
        misfit[kept].astype(np.int8),
        alone[kept] == 0,
        near[kept].astype(np.int8),
        unserving[kept] == 0,
        place_within(needs[kept]).astype(np.min_scalar_type(choices)),
    )


def _partners(sides: Sides, together: Partnerships) -> tuple[Numbers, Numbers]:
    """Who works together, done, as numbers of enterprises and schools."""
    done = together.stages == DONE
    places = []
    for named, all_of_them in (
        (together.enterprises[done], sides.enterprises),
        (together.schools[done], sides.schools),
    ):
        at = np.searchsorted(all_of_them, named)
        there = np.append(all_of_them, -2)[at] == named
        places.append(np.where(there, at, -1))
    both = (places[0] >= 0) & (places[1] >= 0)
    return places[0][both], places[1][both]


def _offers_of_needs(projection: Projection, market: Market) -> tuple[Numbers, Numbers]:
    """What each need pays, as its place among all from the most down (unknown last), and how many people it takes."""
    needed = market.needed
    people = np.where(needed.known, needed.headcounts, -1)
    pay, told = projection.claims("DEMANDS").numbers("pay")
    if not told.any():
        return np.zeros(len(people), dtype=np.int64), people
    most = largest(np.where(told, pay, 0.0)[needed.rows.values], needed.rows, 0.0)
    _, places = np.unique(-most, return_inverse=True)
    return places.astype(np.int64), people
