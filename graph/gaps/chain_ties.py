"""Who ties which chains together (产业链的联结): schools that serve several; industry that joins them.

Both sides are columns: pairs of a body and a chain that it joins, by number. A segment counts for its wholes, but not
for the clusters that hold these; a cluster counts for itself alone; industries of GB/T 4754, which are statistical,
count for nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.columns import Grouped, Numbers, pairs_of
from graph.gaps import chains, provision
from graph.gaps.chains import parts_of_chains, reach, reversed_graph
from graph.project import Projection

_TEACHING: Final = ("School", "SpecialtyGroup", "Specialty")


class Ties(NamedTuple):
    """Distinct pairs of a body and a chain that it joins, by number and in order."""

    bodies: Numbers
    chains: Numbers

    def among(self, kept: Numbers) -> Ties:
        """The ties to these chains, which are told by their place among them, and the bodies renumbered from 0."""
        place = np.full(int(max(self.chains.max(initial=-1), kept.max(initial=-1))) + 1, -1, dtype=np.int64)
        place[kept] = np.arange(len(kept))
        places = place[self.chains]
        inside = places >= 0
        _, bodies = np.unique(self.bodies[inside], return_inverse=True)
        return Ties(bodies, places[inside])

    def by_body(self, size: int) -> Grouped:
        """The chains of each body, by its number below `size`."""
        return Grouped(self.bodies, size, self.chains)


class Industry(NamedTuple):
    """The side of industry: what joins chains, of it the enterprises, and the claims that say so."""

    ties: Ties
    enterprises: Ties
    rows: Mapping[str, NDArray[np.int64]]


def tops(projection: Projection, minimum_confidence: float) -> Grouped:
    """The chains that each chain counts for, by number: of a segment its wholes, of any other itself."""
    wholes = reversed_graph(parts_of_chains(projection, minimum_confidence))
    tier = chains.tiers(projection)

    def counts_for(one: str) -> Collection[str]:
        above = {whole for whole in reach(one, wholes) if tier.get(whole) not in ("集群", "行业", "环节")}
        return above if tier.get(one) == "环节" and above else (one,)

    pairs = [
        (one, top)
        for one in projection.ids("IndustryChain")
        if tier[one] != "行业"
        for top in counts_for(one)
        if projection.asks(top)
    ]
    register = projection.register
    heads, tails = (register.numbers(pair[end] for pair in pairs) for end in (0, 1))
    return Grouped(heads, len(register), tails)


def of_schools(
    projection: Projection,
    counting: Grouped,
    minimum_confidence: float,
    realised: tuple[str | None, ...],
) -> tuple[Ties, NDArray[np.int64]]:
    """Schools and the chains that they, their groups or their specialties serve; and the rows of SERVES that say so."""
    provided = provision.provision(projection, minimum_confidence, realised)
    register, claims = projection.register, projection.claims("SERVES")
    rows = np.flatnonzero(claims.done(minimum_confidence, realised) & register.are(claims.heads, *_TEACHING))
    bodies, joined = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    heads, served = pairs_of(claims.heads[rows], claims.tails[rows])
    for head, chain in zip(heads.tolist(), served.tolist(), strict=True):
        counted = counting.of(chain)
        if not len(counted):
            continue
        kind = register.ids[head].partition(":")[0]
        if kind == "School":
            schools = np.array([head], dtype=np.int64)
        elif kind == "SpecialtyGroup":
            schools = register.numbers(provided.schools.get(register.ids[head], ()))
        else:
            schools = provided.schools_of.of(head)
        bodies.append(np.repeat(schools, len(counted)))
        joined.append(np.tile(counted, len(schools)))
    found, tied = pairs_of(np.concatenate(bodies), np.concatenate(joined))
    return Ties(found, tied), rows


def of_industry(projection: Projection, counting: Grouped, minimum_confidence: float) -> Industry:
    """Enterprises, occupations and specialties demanded, and neighbours up and down stream, with the chains they join."""
    register = projection.register
    operates, demands = projection.claims("OPERATES_IN"), projection.claims("DEMANDS")
    rows = np.flatnonzero(operates.sure(minimum_confidence))
    rows = rows[register.are(operates.heads[rows], "Enterprise")]
    rows = rows[counting.lengths[operates.tails[rows]] > 0]
    enterprises = _spread(operates.heads[rows], operates.tails[rows], counting)
    own = Ties(
        np.concatenate([enterprises.bodies, counting.keys]),
        np.concatenate([enterprises.chains, counting.values]),
    ).by_body(len(register))
    asking = np.flatnonzero(demands.sure(minimum_confidence))
    asking = asking[own.lengths[demands.heads[asking]] > 0]
    demander, demanded = pairs_of(demands.heads[asking], demands.tails[asking])
    posts = _spread(demanded, demander, own)
    neighbours, beside = _neighbours(projection, counting, minimum_confidence)
    every = (enterprises, posts, neighbours)
    found, tied = pairs_of(
        np.concatenate([one.bodies for one in every]), np.concatenate([one.chains for one in every])
    )
    return Industry(
        Ties(found, tied), enterprises, {"OPERATES_IN": rows, "DEMANDS": asking, "UPSTREAM_OF": beside}
    )


def _spread(bodies: NDArray[Any], through: NDArray[Any], counting: Grouped) -> Ties:
    """Bodies tied to whatever counts for what they are tied to."""
    found, tied = pairs_of(np.repeat(bodies, counting.lengths[through]), counting.of_all(through))
    return Ties(found, tied)


def _neighbours(
    projection: Projection, counting: Grouped, minimum_confidence: float
) -> tuple[Ties, NDArray[np.int64]]:
    """Each set of chains that a claim puts up and down stream, as a body numbered after all nodes; and the rows."""
    claims = projection.claims("UPSTREAM_OF")
    rows = np.flatnonzero(claims.sure(minimum_confidence))
    together = {
        frozenset(counting.of_all(np.array(ends, dtype=np.int64)).tolist())
        for ends in zip(claims.heads[rows].tolist(), claims.tails[rows].tolist(), strict=True)
    }
    first = len(projection.register)
    pairs = [(first + at, chain) for at, one in enumerate(sorted(map(sorted, together))) for chain in one]
    found = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return Ties(found[:, 0], found[:, 1]), rows
