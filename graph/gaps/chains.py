"""Which industry chains the questions look at (考察范围), and what belongs to a chain.

A chain is looked at when the region's own list of clusters has it, when a record set names it, or when a document
says something of it; a bare mention (新能源 among three other words) asks for no specialty group. Industries of
GB/T 4754 (行业) are statistical and left out. A cluster (集群) that only groups other clusters and chains, such as
“33618”, is answered through these.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from graph.identity import label_of
from graph.project import Projection

LABELS: Final = ("IndustryChain",)
_TELLING: Final = ("PART_OF", "UPSTREAM_OF", "SERVES", "OPERATES_IN", "STAFFS", "DEMANDS", "ABOUT")
KINDS: Final = ("STATES", *_TELLING)

REGIONAL_CLUSTERS: Final = "reference-clusters"
"""The catalogue that lists the clusters of the region itself; what only other catalogues name is not asked about."""

Graph = Mapping[str, set[str]]


def parts_of_chains(projection: Projection, minimum_confidence: float) -> dict[str, set[str]]:
    """The direct parts of each chain, from the believed PART_OF claims between chains."""
    claims = projection.claims("PART_OF")
    heads, tails = claims.column("head"), claims.column("tail")
    parts: dict[str, set[str]] = {}
    for row in claims.believed(minimum_confidence):
        if label_of(tails[row]) == "IndustryChain":
            parts.setdefault(tails[row], set()).add(heads[row])
    return parts


def reversed_graph(graph: Graph) -> dict[str, set[str]]:
    """The same pairs the other way round: the wholes of each part."""
    turned: dict[str, set[str]] = {}
    for start, ends in graph.items():
        for end in ends:
            turned.setdefault(end, set()).add(start)
    return turned


def reach(start: str, graph: Graph) -> set[str]:
    """`start` and all that can be reached from it; a circle of claims ends where it began."""
    reached, waiting = {start}, [start]
    while waiting:
        fresh = graph.get(waiting.pop(), set()) - reached
        reached |= fresh
        waiting.extend(fresh)
    return reached


def tiers(projection: Projection) -> Mapping[str, str | None]:
    """The tier (层级) of every chain; None where no source says it."""
    return {chain: projection.value(chain, "tier") for chain in projection.ids("IndustryChain")}


def chains_looked_at(projection: Projection, parts: Graph, minimum_confidence: float) -> list[str]:
    """The chains that the questions look at, ordered by name and id; the module says which they are."""
    tier = tiers(projection)
    told = _told_of(projection, minimum_confidence)

    def groups_chains(chain: str) -> bool:
        inside = reach(chain, parts) - {chain}
        return tier[chain] == "集群" and any(tier.get(part) in ("集群", "产业链") for part in inside)

    chosen = [chain for chain in tier if tier[chain] != "行业" and chain in told and not groups_chains(chain)]
    return sorted(chosen, key=lambda chain: (projection.name(chain), chain))


def _told_of(projection: Projection, minimum_confidence: float) -> set[str]:
    """The chains on the region's list, named by a record set, or of which a document says something."""
    register, states = projection.register, projection.claims("STATES")
    listed = states.coded("source").among((REGIONAL_CLUSTERS,))
    recorded = states.coded("method").among(("record",)) & ~states.from_reference
    named = [states.tails[states.sure(minimum_confidence) & (listed | recorded)]]
    for kind in _TELLING:
        claims = projection.claims(kind)
        told = claims.sure(minimum_confidence) & ~claims.from_reference
        named += [claims.heads[told], claims.tails[told]]
    nodes = np.concatenate(named)
    found = np.unique(nodes[register.are(nodes, "IndustryChain")])
    return {register.ids[number] for number in found.tolist()}
