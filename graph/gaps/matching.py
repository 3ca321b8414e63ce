"""Supply assigned to demand (供需匹配): a transportation problem, and what one more or one fewer seat would change.

As many needs as possible are met; among the ways to do that, the one that fits best. A need takes graduates of the
specialties that prepare for it (PREPARES_FOR), of its level or a higher one. Where no claim tells what a specialty
prepares for, or who prepares for an occupation, those count that serve the chain (SERVES), after the others.

Offerings that can fill the same needs are one node of the problem, and so are needs that the same offerings can fill,
which makes a country's market small enough; each class is shared out among its members in proportion.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from graph.gaps.market import LADDER, Market, Needed, Supplied
from graph.identity import label_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

HIGHER: Final = 1  # what one level more than needed counts against a match
SERVING: Final = 4  # what it counts that only the chain links them: more than any difference of levels


@dataclass(frozen=True)
class Matching:
    """The assignment of a market's known graduates to its known needs.

    Parameters
    ----------
    placed : sequence of int
        Graduates of each offering who meet a need; 0 where their number is unknown.
    met : sequence of int
        People of each need who are found.
    one_more, one_fewer : sequence of int
        How many needs more would be met with one graduate more of the offering, how many fewer with one fewer: 0 or
        1. Every dual price (影子价格) of the offering lies between the two.
    up_to : sequence of int
        How many needs more the offering could help to meet at most, however many it had.
    total : int
        Needs met in all.
    misfit : int
        What counts against the assignment: `HIGHER` and `SERVING`, summed over the people.
    """

    placed: Sequence[int]
    met: Sequence[int]
    one_more: Sequence[int]
    one_fewer: Sequence[int]
    up_to: Sequence[int]
    total: int
    misfit: int


def misfit(market: Market, supplied: Supplied, needed: Needed) -> int | None:
    """What counts against an offering for a need: 0 fits best; None: it cannot fill it at all."""
    have, want = rank(supplied.level), rank(needed.level)
    steps = 0 if have is None or want is None else have - want
    if steps < 0:
        return None
    if supplied.specialty in market.suited.get(needed.demanded, ()):
        return HIGHER * steps
    untold = supplied.specialty not in market.prepared or needed.demanded not in market.suited
    accepted = {one for chain in needed.chains for one in market.answers.get(chain, {chain})}
    if label_of(needed.demanded) == "Occupation" and untold and not accepted.isdisjoint(supplied.chains):
        return SERVING + HIGHER * steps
    return None


def rank(level: str | None) -> int | None:
    """The step of a level on the ladder of education; None where it is not told or is none (技能型)."""
    return LADDER.get(level) if level else None


_MATCHINGS: Final[WeakKeyDictionary[Market, dict[float, Matching]]] = WeakKeyDictionary()


def match(market: Market, *, demand: float = 1.0) -> Matching:
    """Assign the known graduates to the known needs, each need times `demand` in whole people.

    See the module for who can fill what. For $k$ classes of offerings and needs and $a$ arcs between them the linear
    programme has $k$ rows and $a$ columns; the value of seats takes $O(k \\cdot a)$ at worst.
    """
    kept = _MATCHINGS.setdefault(market, {})
    if demand not in kept:
        kept[demand] = _Classes(market, demand).matching()
    return kept[demand]


class _Classes:
    """Offerings and needs in classes of the same neighbours, and the programme over these."""

    def __init__(self, market: Market, demand: float) -> None:
        self.market = market
        self.supply = [one.graduates or 0 for one in market.supplied]
        self.need = [round((one.headcount or 0) * demand) for one in market.needed]
        self._accepted = {
            chains: frozenset(part for chain in chains for part in market.answers.get(chain, {chain}))
            for chains in {one.chains for one in market.needed}
        }
        self._demanded = {one.demanded for one in market.needed}
        self._taught = {one.specialty for one in market.supplied}
        untold = [one for one in market.supplied if one.specialty not in market.prepared]
        self._untold_chains = frozenset(chain for one in untold for chain in one.chains)
        self._orphan_chains = frozenset(
            chain for one in market.needed if self._orphan(one) for chain in self._accepted[one.chains]
        )
        self._occupation_chains = frozenset(
            chain
            for one in market.needed
            if label_of(one.demanded) == "Occupation"
            for chain in self._accepted[one.chains]
        )
        self._fits: dict[str, frozenset[str]] = {}
        self.supply_class, self.suppliers = _numbered(self._supply_key(one) for one in market.supplied)
        self.need_class, self.needs = _numbered(self._need_key(one) for one in market.needed)

    def _orphan(self, one: Needed) -> bool:
        """Whether it is an occupation of which no claim tells who prepares for it."""
        return label_of(one.demanded) == "Occupation" and one.demanded not in self.market.suited

    def _supply_key(self, one: Supplied) -> tuple[object, ...]:
        if one.specialty not in self._fits:
            prepared = self.market.prepared.get(one.specialty, set())
            self._fits[one.specialty] = frozenset(prepared & self._demanded)
        untold = one.specialty not in self.market.prepared
        chains = one.chains & (self._occupation_chains if untold else self._orphan_chains)
        return self._fits[one.specialty], rank(one.level), untold, chains

    def _need_key(self, one: Needed) -> tuple[object, ...]:
        if label_of(one.demanded) != "Occupation":
            return one.demanded, rank(one.level), False, frozenset()
        orphan = self._orphan(one)
        served = self._orphan_chains | self._untold_chains if orphan else self._untold_chains
        suited = frozenset(self.market.suited.get(one.demanded, set()) & self._taught)
        return suited, rank(one.level), orphan, self._accepted[one.chains] & served

    def _pairs(self) -> list[tuple[int, int, int]]:
        """Class of offerings, class of needs and misfit of every pair that goes together."""
        market = self.market
        firsts = [market.supplied[members[0]] for members in self.suppliers]
        by_specialty: dict[str, set[int]] = {}
        for one, number in zip(market.supplied, self.supply_class, strict=True):
            by_specialty.setdefault(one.specialty, set()).add(number)
        by_chain: dict[tuple[bool, str], set[int]] = {}
        for number, first in enumerate(firsts):
            for chain in first.chains:
                by_chain.setdefault((first.specialty not in market.prepared, chain), set()).add(number)
        pairs: list[tuple[int, int, int]] = []
        for number, members in enumerate(self.needs):
            need = market.needed[members[0]]
            near = {
                found
                for specialty in market.suited.get(need.demanded, ())
                for found in by_specialty.get(specialty, ())
            }
            if label_of(need.demanded) == "Occupation":
                kinds = (True, False) if self._orphan(need) else (True,)
                near |= {
                    found
                    for chain in self._accepted[need.chains]
                    for untold in kinds
                    for found in by_chain.get((untold, chain), ())
                }
            for found in near:
                against = misfit(market, firsts[found], need)
                if against is not None:
                    pairs.append((found, number, against))
        return pairs

    def arcs(self) -> tuple[Numbers, Numbers, Numbers]:
        """The pairs in columns, once classes whose pairs turn out to be the same are made one."""
        import numpy as np  # noqa: PLC0415 (a tenth of a second that commands without the market do not need)

        pairs = self._pairs()
        self.need_class, self.needs, new = _alike(
            self.need_class, self.needs, ((end, (start, against)) for start, end, against in pairs)
        )
        pairs = list({(start, new[end], against) for start, end, against in pairs})
        self.supply_class, self.suppliers, new = _alike(
            self.supply_class, self.suppliers, ((start, (end, against)) for start, end, against in pairs)
        )
        pairs = list({(new[start], end, against) for start, end, against in pairs})
        table = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 3)
        return table[:, 0], table[:, 1], table[:, 2]

    def matching(self) -> Matching:
        """Solve the programme and share it out."""
        import numpy as np  # noqa: PLC0415 (see above)

        starts, ends, against = self.arcs()
        have = np.array(
            [sum(self.supply[one] for one in members) for members in self.suppliers], dtype=np.int64
        )
        want = np.array([sum(self.need[one] for one in members) for members in self.needs], dtype=np.int64)
        flow = _flow(starts, ends, against, have, want)
        out = np.bincount(starts, flow, len(have)).astype(np.int64)
        into = np.bincount(ends, flow, len(want)).astype(np.int64)
        residual = _Residual(starts, ends, flow, have - out, want - into)
        more, fewer, up_to = residual.more(), residual.fewer(), residual.up_to()
        fewer = np.minimum(fewer, have)  # whoever has none has none to lose
        return Matching(
            placed=_shared(out.tolist(), self.suppliers, self.supply),
            met=_shared(into.tolist(), self.needs, self.need),
            one_more=[int(more[one]) for one in self.supply_class],
            one_fewer=[
                int(fewer[number]) if self.supply[at] else 0 for at, number in enumerate(self.supply_class)
            ],
            up_to=[int(up_to[one]) for one in self.supply_class],
            total=int(flow.sum()),
            misfit=int((flow * against).sum()),
        )


def _numbered(keys: Iterable[tuple[object, ...]]) -> tuple[list[int], list[list[int]]]:
    """The class of each member, and the members of each class; both in the order in which they come."""
    numbers: dict[tuple[object, ...], int] = {}
    classes: list[int] = []
    members: list[list[int]] = []
    for position, key in enumerate(keys):
        number = numbers.setdefault(key, len(numbers))
        if number == len(members):
            members.append([])
        classes.append(number)
        members[number].append(position)
    return classes, members


def _alike(
    classes: Sequence[int], members: Sequence[Sequence[int]], pairs: Iterable[tuple[int, tuple[int, int]]]
) -> tuple[list[int], list[list[int]], list[int]]:
    """Classes with the same partners made one: of each member its class, the members, and of old classes the new."""
    partners: list[list[tuple[int, int]]] = [[] for _ in members]
    for number, partner in pairs:
        partners[number].append(partner)
    keys = [tuple(sorted(own)) for own in partners]
    merged, together = _numbered(keys[number] for number in classes)
    return merged, together, [merged[own[0]] for own in members]


def _flow(starts: Numbers, ends: Numbers, against: Numbers, have: Numbers, want: Numbers) -> Numbers:
    """How many go along each arc: most of all in number, then least in misfit (whole people: the vertices are)."""
    import numpy as np  # noqa: PLC0415 (see above)
    from scipy.optimize import linprog  # noqa: PLC0415 (half a second to import)
    from scipy.sparse import coo_array  # noqa: PLC0415 (half a second to import)

    if not len(starts):
        return np.zeros(0, dtype=np.int64)
    # A longer way through the classes may trade misfits, each at most once a class: a match more outweighs them all.
    match_counts = int(against.max()) * (min(len(have), len(want)) + 1) + 1
    arcs = np.arange(len(starts))
    ones = np.ones(2 * len(starts))
    rows = np.concatenate([starts, len(have) + ends])
    limits = coo_array((ones, (rows, np.concatenate([arcs, arcs]))), shape=(len(have) + len(want), len(arcs)))
    solved = linprog(
        against - match_counts,
        A_ub=limits.tocsc(),
        b_ub=np.concatenate([have, want]),
        bounds=(0, None),
        method="highs-ds",
    )
    if not solved.success:
        raise ArithmeticError(solved.message)  # a transportation problem always has an optimum
    people: Numbers = np.rint(solved.x).astype(np.int64)
    return people


class _Residual:
    """What could still be moved: forward along any arc, backward where someone goes."""

    def __init__(self, starts: Numbers, ends: Numbers, flow: Numbers, left: Numbers, short: Numbers) -> None:
        import numpy as np  # noqa: PLC0415 (see above)
        from scipy.sparse import csr_array  # noqa: PLC0415 (see above)

        self._count, self._left, self._short = len(left), left, short
        used = flow > 0
        heads = np.concatenate([starts, self._count + ends[used]])
        tails = np.concatenate([self._count + ends, starts[used]])
        size = self._count + len(short)
        self._graph: Any = csr_array((np.ones(len(heads), dtype=np.int8), (heads, tails)), shape=(size, size))

    def _reached(self, graph: Any, sources: Numbers) -> Any:
        """Which nodes can be reached from any of the sources."""
        import numpy as np  # noqa: PLC0415 (see above)

        seen = np.zeros(graph.shape[0], dtype=bool)
        seen[sources] = True
        fresh = seen.copy()
        while fresh.any():
            fresh = (graph.T @ fresh.astype(np.int64) > 0) & ~seen
            seen |= fresh
        return seen

    def more(self) -> Any:
        """1 for each class of offerings from which someone short can be reached."""
        import numpy as np  # noqa: PLC0415 (see above)

        short = self._count + np.flatnonzero(self._short > 0)
        return self._reached(self._graph.T.tocsr(), short)[: self._count].astype(np.int64)

    def fewer(self) -> Any:
        """1 for each class of offerings that no one left over could stand in for."""
        import numpy as np  # noqa: PLC0415 (see above)

        left = np.flatnonzero(self._left > 0)
        return 1 - self._reached(self._graph, left)[: self._count].astype(np.int64)

    def up_to(self) -> Any:
        """For each class of offerings, the people short whom it can reach."""
        import numpy as np  # noqa: PLC0415 (see above)
        from scipy.sparse.csgraph import breadth_first_order  # noqa: PLC0415 (see above)

        short = np.concatenate([np.zeros(self._count, dtype=np.int64), self._short])
        found = np.zeros(self._count, dtype=np.int64)
        for start in np.flatnonzero(self.more()):
            reached = breadth_first_order(self._graph, start, return_predecessors=False)
            found[start] = short[reached].sum()
        return found


def _shared(totals: Sequence[int], classes: Sequence[Sequence[int]], limits: Sequence[int]) -> list[int]:
    """The total of each class shared out in proportion to what each member has or needs, in whole people."""
    shares = [0] * len(limits)
    for total, members in zip(totals, classes, strict=True):
        whole = sum(limits[one] for one in members)
        if not total:
            continue
        parts: Mapping[int, int] = {one: total * limits[one] // whole for one in members}
        rest = sorted(members, key=lambda one: (-(total * limits[one] % whole), one))
        for one in members:
            shares[one] = parts[one]
        for one in rest[: total - sum(parts.values())]:
            shares[one] += 1
    return shares
