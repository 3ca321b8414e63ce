"""Which offerings a need could list (候选): those that fit it and share something with it, and the best of the rest.

A need's list is cut after its best offerings, and a country has far too many pairs that fit to look at each. Sharing
a place, a chain or a cooperation only makes a pair better liked: so a list is found among the offerings that share
something with the need and those that the post itself likes best.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.gaps.distance import FAR, Whereabouts
from graph.gaps.joins import Join
from graph.gaps.market import Market
from graph.gaps.matching import rank
from graph.identity import label_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

SERVES, BY_CHAIN = 1, 2
"""What the mark of a join says of its pairs: the offering serves a chain of the need; nothing but that joins them."""


class Sides:
    """Both sides of a market in arrays. Needs are those of enterprises: `needs` gives their numbers in the market."""

    def __init__(self, market: Market) -> None:
        import numpy as np  # noqa: PLC0415 (a tenth of a second that most commands do not need)

        self.market = market
        asking = [n for n, one in enumerate(market.needed) if label_of(one.demander) == "Enterprise"]
        needed = [market.needed[number] for number in asking]
        self.needs = np.array(asking, dtype=np.int64)
        self.posts, self.post = numbered(one.demanded for one in needed)
        self.enterprises, self.enterprise = numbered(one.demander for one in needed)
        self.schools, self.school = numbered(one.school or "" for one in market.supplied)
        self.want, self.have = (
            _ranks(one.level for one in needed),
            _ranks(one.level for one in market.supplied),
        )
        graduates = [-1 if one.graduates is None else one.graduates for one in market.supplied]
        self.size = len(graduates)
        self.liking = np.argsort(
            -np.array(graduates, dtype=np.int64), kind="stable"
        )  # as every need likes them
        self.order = places_of(self.liking)

    def misfit(self, needs: Numbers, offerings: Numbers) -> Numbers:
        """Levels of each offering above what each need asks for; below 0: it cannot fill it."""
        import numpy as np  # noqa: PLC0415 (see above)

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
    import numpy as np  # noqa: PLC0415 (a tenth of a second that most commands do not need)

    posts, offerings = _fitting(sides)
    fitting = _Kind(np.arange(len(sides.needs)), sides.post, offerings, posts, 0)
    serving, by_chain = _by_chains(sides, posts, offerings)
    joins = [serving]
    for kind in (fitting, by_chain):
        joins += _sharing(sides, kind, lying, partners)
        joins.append(_best(sides, kind, choices))
    return joins


@dataclass(frozen=True)
class _Kind:
    """Needs and offerings that go together where their keys are equal: by the post, or by a chain alone."""

    needs: Numbers
    need_keys: Numbers
    offerings: Numbers
    offering_keys: Numbers
    mark: int


def _sharing(
    sides: Sides, kind: _Kind, lying: tuple[Whereabouts, Whereabouts], partners: tuple[Numbers, Numbers]
) -> Iterator[Join]:
    """The pairs that share a district, a city, a province, or work together."""
    import numpy as np  # noqa: PLC0415 (see above)

    enterprises, schools = sides.enterprise[kind.needs], sides.school[kind.offerings]
    for step in range(FAR):
        mine, here = lying[0].spread(enterprises, step)
        theirs, there = lying[1].spread(schools, step)
        width = 1 + max(here.max(initial=0), there.max(initial=0))
        yield Join(
            kind.needs[mine],
            kind.need_keys[mine] * width + here,
            kind.offerings[theirs],
            kind.offering_keys[theirs] * width + there,
            mark=kind.mark,
        )
    enterprise, school = partners
    together = Join(np.arange(len(enterprises)), enterprises, school, enterprise)
    mine, partner = together.between(0, len(enterprises))
    width = max(len(sides.schools), 1)
    yield Join(
        kind.needs[mine],
        kind.need_keys[mine] * width + partner,
        kind.offerings,
        kind.offering_keys * width + schools,
        mark=kind.mark,
    )


def _best(sides: Sides, kind: _Kind, choices: int) -> Join:
    """The offerings that a need of each key and level would list, did it share nothing with any."""
    import numpy as np  # noqa: PLC0415 (see above)

    levels = np.unique(sides.want)
    keys, best = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for number, level in enumerate(levels.tolist()):
        have = sides.have[kind.offerings]
        misfit = np.where((have >= 0) & (level >= 0), have - level, 0)
        some = np.flatnonzero(misfit >= 0)
        groups = kind.offering_keys[some]
        some = some[np.lexsort((sides.order[kind.offerings[some]], misfit[some], groups))]
        groups = kind.offering_keys[some]
        some = some[np.arange(len(some)) - np.searchsorted(groups, groups) < choices]
        keys.append(kind.offering_keys[some] * len(levels) + number)
        best.append(kind.offerings[some])
    level = np.searchsorted(levels, sides.want[kind.needs])
    own = kind.need_keys * max(len(levels), 1) + level
    return Join(kind.needs, own, np.concatenate(best), np.concatenate(keys), mark=kind.mark)


def _fitting(sides: Sides) -> tuple[Numbers, Numbers]:
    """What is demanded with each offering of a specialty that fits it; offerings of no known school cannot be asked."""
    import numpy as np  # noqa: PLC0415 (see above)

    supplied = sides.market.supplied
    names, specialty = numbered(one.specialty for one in supplied)
    number = {name: place for place, name in enumerate(names)}
    pairs = [
        (post, number[one])
        for post, demanded in enumerate(sides.posts)
        for one in sides.market.suited.get(demanded, ())
        if one in number
    ]
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    known = np.flatnonzero(np.array([one.school is not None for one in supplied], dtype=bool))
    fit = Join(np.arange(len(ends)), ends[:, 1], known, specialty[known])
    rows, offerings = fit.between(0, len(ends))
    return ends[rows, 0], offerings


def _by_chains(sides: Sides, posts: Numbers, offerings: Numbers) -> tuple[Join, _Kind]:
    """The fitting offerings that serve a chain of the need; and the needs and offerings that only a chain joins.

    The latter are those of a post of which no claim tells who prepares for it, with every offering; and of any post,
    with the offerings of specialties of which no claim tells what they prepare for.
    """
    import numpy as np  # noqa: PLC0415 (see above)

    market = sides.market
    number: dict[str, int] = {}
    served = [
        (row, number.setdefault(chain, len(number)))
        for row, one in enumerate(market.supplied)
        if one.school is not None
        for chain in sorted(one.chains)
    ]
    serving, chain = np.array(served, dtype=np.int64).reshape(-1, 2).T
    accepted: dict[frozenset[str], list[int]] = {}
    asked = []
    for place, need in enumerate(sides.needs.tolist()):
        chains = market.needed[need].chains
        if chains not in accepted:
            parts = {part for one in chains for part in market.answers.get(one, {one})}
            accepted[chains] = sorted(number[part] for part in parts if part in number)
        asked += [(place, one) for one in accepted[chains]]
    needs, wanted = np.array(asked, dtype=np.int64).reshape(-1, 2).T
    width = max(len(number), 1)
    each, own = Join(np.arange(len(offerings)), offerings, np.arange(len(serving)), serving).between(
        0, len(offerings)
    )
    need_keys, offering_keys = sides.post[needs] * width + wanted, posts[each] * width + chain[own]
    fitting = Join(needs, need_keys, offerings[each], offering_keys, mark=SERVES)
    occupation = np.array([label_of(one) == "Occupation" for one in sides.posts], dtype=bool)
    orphan = np.array([one not in market.suited for one in sides.posts], dtype=bool)
    untold = np.array([one.specialty not in market.prepared for one in market.supplied], dtype=bool)
    some, once = occupation[sides.post[needs]], untold[serving]
    by_chain = _Kind(
        needs[some],
        (orphan[sides.post[needs]] * width + wanted)[some],
        np.concatenate([serving, serving[once]]),
        np.concatenate([width + chain, chain[once]]),
        SERVES | BY_CHAIN,
    )
    return fitting, by_chain


def numbered(names: Iterable[str]) -> tuple[Sequence[str], Numbers]:
    """Distinct names in the order in which they come, and the number of each of all."""
    import numpy as np  # noqa: PLC0415 (see above)

    number: dict[str, int] = {}
    each = [number.setdefault(name, len(number)) for name in names]
    return list(number), np.array(each, dtype=np.int64)


def places_of(order: Numbers) -> Numbers:
    """The place of each number in an order of them."""
    import numpy as np  # noqa: PLC0415 (see above)

    places = np.empty(len(order), dtype=np.int64)
    places[order] = np.arange(len(order))
    return places


def _ranks(levels: Iterable[str | None]) -> Numbers:
    import numpy as np  # noqa: PLC0415 (see above)

    known: dict[str | None, int] = {}
    found: Collection[int] = [
        known[one] if one in known else known.setdefault(one, -1 if (step := rank(one)) is None else step)
        for one in levels
    ]
    return np.array(found, dtype=np.int64)
