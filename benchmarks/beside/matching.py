"""Graduates assigned to needs, by hand: a transportation problem that scipy's HiGHS solves.

Offerings that can fill the same needs are one node, and so are needs that the same offerings can fill; each is shared out
among its members in proportion. Several assignments are equally good: so that the same one is found, classes are numbered
in the order in which they come, and a match counts as much more than a misfit as in liantu.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

from benchmarks.beside.market import Kind, Market, steps
from benchmarks.beside.plain import label

SERVING = 4  # what it counts that only the chain links them


@dataclass
class Classes:
    """Classes of offerings and of needs: of each kind its number; class of offerings → class of needs → the misfit."""

    supplies: dict[Kind, int] = field(default_factory=dict)
    needs: dict[Kind, int] = field(default_factory=dict)
    fits: list[dict[int, int]] = field(default_factory=list)


@dataclass
class Assigned:
    """Who is placed of each offering, who is found for each need, and the flow between their classes."""

    classes: Classes
    flow: dict[tuple[int, int], int]
    have: list[int]
    want: list[int]
    placed: list[int]
    met: list[int]


def classes(sides: Market) -> Classes:
    """Who can fill what, in classes."""
    supplies = [*dict.fromkeys(one.kind for one in sides.supplied)]
    needs = [*dict.fromkeys(one.kind for one in sides.needed)]
    of_specialty: dict[str, list[int]] = {}
    of_chain: dict[str, list[int]] = {}
    untold_of_chain: dict[str, list[int]] = {}
    for place, (specialty, _, chains) in enumerate(supplies):
        of_specialty.setdefault(specialty, []).append(place)
        for chain in chains:
            of_chain.setdefault(chain, []).append(place)
            if specialty not in sides.aimed:
                untold_of_chain.setdefault(chain, []).append(place)
    taken: list[dict[int, int]] = []
    for demanded, level, chains in needs:
        suited = sides.suited.get(demanded)
        fits = {one: 0 for specialty in suited or () for one in of_specialty.get(specialty, ())}
        if label(demanded) == "Occupation":
            serving = untold_of_chain if suited else of_chain
            for chain in sides.accepted(chains):
                for one in serving.get(chain, ()):
                    fits.setdefault(one, SERVING)
        above = {have: steps(have, level) for have in {supplies[one][1] for one in fits}}
        taken.append(
            {one: cost + more for one, cost in fits.items() if (more := above[supplies[one][1]]) is not None}
        )
    need_class = _numbered(frozenset(own.items()) for own in taken)
    members: list[list[tuple[int, int]]] = [[] for _ in supplies]
    for number, own in dict(zip(need_class, taken, strict=True)).items():
        for one, cost in own.items():
            members[one].append((number, cost))
    supply_class = _numbered(frozenset(own) for own in members)
    found = Classes(dict(zip(supplies, supply_class, strict=True)), dict(zip(needs, need_class, strict=True)))
    found.fits = [dict(own) for own in dict(zip(supply_class, members, strict=True)).values()]
    return found


def assigned(sides: Market, demand: float = 1.0, given: Classes | None = None) -> Assigned:
    """As many needs met as can be, and of such assignments the one that fits best; with all demand times so much."""
    made = given or classes(sides)
    graduates = [one.graduates or 0 for one in sides.supplied]
    people = [need.headcount or 0 for need in sides.needed]
    own_class = [made.supplies[one.kind] for one in sides.supplied]
    need_class = [made.needs[need.kind] for need in sides.needed]
    people = _shared([round(one * demand) for one in _summed(need_class, people)], need_class, people)
    have, want = _summed(own_class, graduates), _summed(need_class, people)
    arcs = [
        (start, end, cost)
        for start, own in enumerate(made.fits)
        if have[start]
        for end, cost in sorted(own.items())
        if want[end]
    ]
    flow = _flow(arcs, have, want)
    out, into = [0] * len(have), [0] * len(want)
    for (start, end), number in flow.items():
        out[start] += number
        into[end] += number
    placed, met = _shared(out, own_class, graduates), _shared(into, need_class, people)
    return Assigned(made, flow, have, want, placed, met)


def _flow(arcs: list[tuple[int, int, int]], have: list[int], want: list[int]) -> dict[tuple[int, int], int]:
    if not arcs:
        return {}
    suppliers = {one: place for place, one in enumerate(sorted({start for start, _, _ in arcs}))}
    needs = {one: len(suppliers) + place for place, one in enumerate(sorted({end for _, end, _ in arcs}))}
    match = max(cost for *_, cost in arcs) * (min(len(suppliers), len(needs)) + 1) + 1
    rows = [suppliers[start] for start, _, _ in arcs] + [needs[end] for _, end, _ in arcs]
    columns = [*range(len(arcs))] * 2
    solved = linprog(
        np.array([cost - match for *_, cost in arcs]),
        A_ub=coo_array((np.ones(len(rows)), (rows, columns))).tocsc(),
        b_ub=np.array([*(have[one] for one in suppliers), *(want[one] for one in needs)]),
        bounds=(0, None),
        method="highs-ds",
    )
    return {
        (start, end): number
        for (start, end, _), number in zip(arcs, np.rint(solved.x).astype(int).tolist(), strict=True)
        if number
    }


def _shared(together: list[int], own_class: list[int], limits: list[int]) -> list[int]:
    """What a class has, shared among its members in proportion, in whole people: the largest remainders first."""
    wholes, shares = _summed(own_class, limits), []
    left = together[:]
    rests: list[tuple[int, int, int]] = []
    for place, (one, limit) in enumerate(zip(own_class, limits, strict=True)):
        share, rest = divmod(together[one] * limit, wholes[one] or 1)
        shares.append(share)
        left[one] -= share
        rests.append((-rest, place, one))
    for _, place, one in sorted(rests):
        if left[one]:
            shares[place] += 1
            left[one] -= 1
    return shares


def _summed(keys: Sequence[int], values: Sequence[int]) -> list[int]:
    found = [0] * (max(keys, default=-1) + 1)
    for key, value in zip(keys, values, strict=True):
        found[key] += value
    return found


def _numbered(keys: Iterable[Hashable]) -> list[int]:
    known: dict[Hashable, int] = {}
    return [known.setdefault(key, len(known)) for key in keys]
