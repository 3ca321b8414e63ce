"""Which offerings a need could list (候选): those that fit it and share something with it, and the best of the rest.

A need's list is cut after its best offerings, and a country has far too many pairs that fit to look at each. Sharing
a place, a chain or a cooperation only makes a pair better liked: so a list is found among the offerings that share
something with the need and those that the post itself likes best.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.columns import Numbers, distinct, in_order
from graph.gaps.distance import FAR, Whereabouts
from graph.gaps.joins import Join, place_within
from graph.gaps.market import Market
from graph.gaps.matching import UNRANKED, step_of

SERVES, BY_CHAIN = 1, 2
"""What the mark of a join says of its pairs: the offering serves a chain of the need; nothing but that joins them."""


class Sides:
    """Both sides of a market in arrays. Needs are those of enterprises: `needs` gives their places in the market.

    `post`, `enterprise` of each need and `school` of each offering count `posts`, `enterprises` and `schools`, which
    are nodes by number (-1: a school that no source names). `liking` is the order in which every need likes offerings
    that differ in nothing else, `order` the place of each in it.
    """

    def __init__(self, market: Market) -> None:
        self.market = market
        supplied, needed = market.supplied, market.needed
        self.nodes = supplied.nodes
        self.needs: Numbers = np.flatnonzero(self.nodes.are(needed.demanders, "Enterprise"))
        self.posts, self.post = np.unique(needed.demanded[self.needs], return_inverse=True)
        self.enterprises, self.enterprise = np.unique(needed.demanders[self.needs], return_inverse=True)
        self.schools, self.school = np.unique(supplied.schools, return_inverse=True)
        steps = np.array([*map(step_of, needed.levels), UNRANKED], dtype=np.int64)
        self.want: Numbers = steps[needed.level_codes[self.needs]]
        levels = {level: step_of(level) for level in set(supplied.levels)}
        self.have: Numbers = np.array([levels[level] for level in supplied.levels], dtype=np.int64)
        graduates = np.where(supplied.known, supplied.graduates, -1)
        self.size = len(graduates)
        self.liking: Numbers = np.argsort(-graduates, kind="stable")
        self.order = places_of(self.liking)

    def misfit(self, needs: Numbers, offerings: Numbers) -> Numbers:
        """Levels of each offering above what each need asks for; below 0: it cannot fill it."""
        have, want = self.have[offerings], self.want[needs]
        return np.where((have >= 0) & (want >= 0), have - want, 0)


def candidates(
    sides: Sides, lying: tuple[Whereabouts, Whereabouts], partners: tuple[Numbers, Numbers], choices: int
) -> list[Join]:
    """The joins of needs (by their place in `Sides.needs`) with offerings that hold every list of `choices` offerings.

    `lying` are the whereabouts of the enterprises and of the schools, `partners` who works together: numbers of
    enterprises and of schools. A need takes the offerings that fit its post, and some for a chain alone. Levels are
    not looked at.
    """
    posts, offerings = _fitting(sides)
    fitting = _Kind(np.arange(len(sides.needs)), sides.post, offerings, posts, 0)
    serving, by_chain = _by_chains(sides, posts, offerings)
    joins = [serving]
    for kind in (fitting, by_chain):
        joins += [_best(sides, near, choices) for near in _near(sides, kind, lying)]
        joins.append(_working(sides, kind, partners))
        joins.append(_best(sides, kind, choices))
    return joins


@dataclass(frozen=True)
class _Kind:
    """Needs and offerings that go together where their keys are equal: by the post, or by a chain alone."""

    needs: NDArray[Any]
    need_keys: NDArray[Any]
    offerings: NDArray[Any]
    offering_keys: NDArray[Any]
    mark: int


def _near(sides: Sides, kind: _Kind, lying: tuple[Whereabouts, Whereabouts]) -> Iterator[_Kind]:
    """The pairs that share a district, a city, a province."""
    enterprises, schools = sides.enterprise[kind.needs], sides.school[kind.offerings]
    for step in range(FAR):
        mine, here = lying[0].spread(enterprises, step)
        theirs, there = lying[1].spread(schools, step)
        width = 1 + max(here.max(initial=0), there.max(initial=0))
        yield _Kind(
            kind.needs[mine],
            kind.need_keys[mine] * width + here,
            kind.offerings[theirs],
            kind.offering_keys[theirs] * width + there,
            kind.mark,
        )


def _working(sides: Sides, kind: _Kind, partners: tuple[Numbers, Numbers]) -> Join:
    """The pairs that work together."""
    enterprises, schools = sides.enterprise[kind.needs], sides.school[kind.offerings]
    enterprise, school = partners
    together = Join(np.arange(len(enterprises)), enterprises, school, enterprise)
    mine, partner = together.between(0, len(enterprises))
    width = max(len(sides.schools), 1)
    return Join(
        kind.needs[mine],
        kind.need_keys[mine] * width + partner,
        kind.offerings,
        kind.offering_keys * width + schools,
        mark=kind.mark,
    )


def _best(sides: Sides, kind: _Kind, choices: int) -> Join:
    """Of the offerings with each key those that a need of each level would list, did it share nothing more with any.

    What all pairs of a key share (a place) makes none of them better liked than another: whoever shares more with a need
    is in another join.
    """
    wanted, keys = np.unique(kind.need_keys, return_inverse=True)
    there = np.append(wanted, -1)
    places = np.searchsorted(wanted, kind.offering_keys)
    asked = np.flatnonzero(there[places] == kind.offering_keys)
    offerings, groups = kind.offerings[asked], places[asked]
    order = in_order(groups, sides.have[offerings], sides.order[offerings])
    offerings, groups = offerings[order], groups[order]
    have = sides.have[offerings]
    unranked = bool((have == UNRANKED).any())
    levels = distinct(sides.want[kind.needs])
    of_levels, best = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for number, level in enumerate(levels.tolist()):
        some = np.flatnonzero((have >= level) | (have == UNRANKED))
        if (
            unranked or level == UNRANKED
        ):  # who is on no step, or asked for none, fits as well as the step asked for
            misfit = np.where((have[some] >= 0) & (level >= 0), have[some] - level, 0)
            some = some[in_order(groups[some], misfit, sides.order[offerings[some]])]
        some = some[place_within(groups[some]) < choices]
        of_levels.append(groups[some] * len(levels) + number)
        best.append(offerings[some])
    own = keys * max(len(levels), 1) + np.searchsorted(levels, sides.want[kind.needs])
    return Join(kind.needs, own, np.concatenate(best), np.concatenate(of_levels), mark=kind.mark)


def _fitting(sides: Sides) -> tuple[Numbers, Numbers]:
    """What is demanded with each offering of a specialty that fits it; offerings of no known school cannot be asked."""
    nodes, supplied = sides.nodes, sides.market.supplied
    fits = [nodes.numbers(sides.market.suited.get(nodes.ids[post], ())) for post in sides.posts.tolist()]
    count = np.array([len(own) for own in fits], dtype=np.int64)
    posts = np.repeat(np.arange(len(fits)), count)
    specialties = np.concatenate([np.zeros(0, dtype=np.int64), *fits])
    known = np.flatnonzero(supplied.schools >= 0)
    fit = Join(np.arange(len(posts)), specialties, known, supplied.specialties[known])
    rows, offerings = fit.between(0, len(posts))
    return posts[rows], offerings


def _by_chains(sides: Sides, posts: Numbers, offerings: Numbers) -> tuple[Join, _Kind]:
    """The fitting offerings that serve a chain of the need; and the needs and offerings that only a chain joins.

    The latter are those of a post of which no claim tells who prepares for it, with every offering; and of any post,
    with the offerings of specialties of which no claim tells what they prepare for.
    """
    market, nodes = sides.market, sides.nodes
    supplied, needed = market.supplied, market.needed
    known = np.flatnonzero(supplied.schools >= 0)
    sets = supplied.chains.chains
    serving = np.repeat(known, sets.lengths[supplied.chain_sets[known]])
    chain = sets.of_all(supplied.chain_sets[known])
    asked = needed.chain_sets[sides.needs]
    needs = np.repeat(np.arange(len(asked)), market.accepted.lengths[asked])
    wanted = market.accepted.of_all(asked)
    width = len(nodes)
    each, own = Join(np.arange(len(offerings)), offerings, np.arange(len(serving)), serving).between(
        0, len(offerings)
    )
    need_keys, offering_keys = sides.post[needs] * width + wanted, posts[each] * width + chain[own]
    fitting = Join(needs, need_keys, offerings[each], offering_keys, mark=SERVES)
    ids = nodes.ids
    occupation = nodes.are(sides.posts, "Occupation")
    orphan = np.array([ids[one] not in market.suited for one in sides.posts.tolist()], dtype=bool)
    specialties, taught = np.unique(supplied.specialties, return_inverse=True)
    untold = np.array([ids[one] not in market.aimed for one in specialties.tolist()], dtype=bool)[taught]
    once = untold[serving]
    offered = np.concatenate([width + chain, chain[once]])
    keys = orphan[sides.post[needs]] * width + wanted
    anybody = np.zeros(2 * width, dtype=bool)
    anybody[offered] = True
    some = occupation[sides.post[needs]] & anybody[keys]
    by_chain = _Kind(
        needs[some], keys[some], np.concatenate([serving, serving[once]]), offered, SERVES | BY_CHAIN
    )
    return fitting, by_chain


def places_of(order: Numbers) -> Numbers:
    """The place of each number in an order of them."""
    places = np.empty(len(order), dtype=np.int64)
    places[order] = np.arange(len(order))
    return places
