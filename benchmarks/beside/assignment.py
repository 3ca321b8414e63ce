"""The assignment of graduates to needs by hand: `networkx.min_cost_flow` on the network of who can fill what.

Offerings of one specialty, level and chains are one node, and so are needs of one post, level and chains.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import networkx as nx

from graph.gaps.market import LADDER, Market, Needed, Supplied

SERVING = 4  # what it counts that only the chain links them
Kind = tuple[str, str | None, frozenset[str]]


def network(
    sides: Market, supplied: Iterable[Supplied], wanting: Iterable[Needed]
) -> nx.DiGraph[tuple[str, Kind] | str]:
    """Everybody who can fill a need, with what counts against it as the weight; the two sides of the market are given."""
    have: Counter[Kind] = Counter()
    want: Counter[Kind] = Counter()
    for one in supplied:
        have[one.specialty, one.level, frozenset(one.chains)] += one.graduates or 0
    for need in wanting:
        want[need.demanded, need.level, frozenset(need.chains)] += need.headcount or 0
    of_specialty: dict[str, list[Kind]] = {}
    of_chain: dict[str, set[Kind]] = {}
    for kind, people in have.items():
        if people:
            of_specialty.setdefault(kind[0], []).append(kind)
            for chain in kind[2]:
                of_chain.setdefault(chain, set()).add(kind)
    made: nx.DiGraph[tuple[str, Kind] | str] = nx.DiGraph()
    for wanted, people in want.items():
        if not people:
            continue
        demanded, level, chains = wanted
        fitting = [
            one for specialty in sides.suited.get(demanded, ()) for one in of_specialty.get(specialty, ())
        ]
        against = {one: cost for one in fitting if (cost := _steps(one[1], level)) is not None}
        if demanded.startswith("Occupation:"):
            accepted = {one for chain in chains for one in sides.answers.get(chain, {chain})}
            for one in {one for chain in accepted for one in of_chain.get(chain, ())}:
                untold = one[0] not in sides.aimed or demanded not in sides.suited
                if one not in against and untold and (cost := _steps(one[1], level)) is not None:
                    against[one] = SERVING + cost
        for one, cost in against.items():
            made.add_edge(("has", one), ("wants", wanted), weight=cost)
    for node in [*made]:
        side, kind = node
        if side == "has":
            made.add_edge("from", node, capacity=have[kind])
        else:
            made.add_edge(node, "to", capacity=want[kind])
    return made


def assigned(made: nx.DiGraph[tuple[str, Kind] | str]) -> tuple[int, int]:
    """How many needs are met at most, and the least that counts against it then."""
    if not len(made):
        return 0, 0
    flow = nx.max_flow_min_cost(made, "from", "to")
    return sum(flow["from"].values()), nx.cost_of_flow(made, flow)


def _steps(have: str | None, want: str | None) -> int | None:
    """Levels more than are wanted; None where they are too few."""
    high, low = LADDER.get(have or ""), LADDER.get(want or "")
    if high is None or low is None:
        return 0
    return high - low if high >= low else None
