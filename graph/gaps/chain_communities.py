"""Communities of chains (产业链群落): which chains those who join several of them hold together, and by chance alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from graph.columns import Marks
from graph.gaps.chain_ties import Ties

if TYPE_CHECKING:
    import networkx as nx

SEED: Final = 2024
ROUNDS: Final = 6  # trades of each school, after which the ties are well mixed
_WIDEST: Final = 200  # who joins more chains than this says nothing about which belong together


def communities(ties: Ties, size: int) -> list[int]:
    """The community of each of `size` chains; who stands alone is a community of its own.

    Whoever joins k chains ties each two of them by 1 ÷ (k − 1).
    """
    import networkx as nx  # noqa: PLC0415 (a third of a second that other questions do not need)

    weights = _weights(ties, size)
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(size))
    graph.add_weighted_edges_from(
        (int(one), int(other), float(weights[one, other]))
        for one, other in zip(*np.nonzero(weights), strict=True)
    )
    found = [0] * size
    for number, community in enumerate(nx.community.louvain_communities(graph, seed=SEED)):
        for one in community:
            found[one] = number
    return found


def _weights(ties: Ties, size: int) -> NDArray[np.float64]:
    """How strongly each two chains are tied, above the diagonal."""
    from scipy.sparse import csr_array  # noqa: PLC0415 (as above)

    joins = np.bincount(ties.bodies)
    telling = ((joins > 1) & (joins <= _WIDEST))[ties.bodies]
    bodies, chains = ties.bodies[telling], ties.chains[telling]
    shape = (len(joins), size)
    each = csr_array((1 / (joins[bodies] - 1), (bodies, chains)), shape=shape)
    tied = csr_array((np.ones(len(bodies)), (bodies, chains)), shape=shape)
    found: NDArray[np.float64] = np.triu((each.T @ tied).toarray(), 1).round(9)
    return found


def rewired(ties: Ties, size: int, samples: int) -> Iterator[Ties]:
    """The ties mixed at random, so that every body and every chain keeps how many it has (global curveball trades).

    In each round all bodies are paired at random, and each pair deals out anew what only one of the two has. The result
    depends on what sets of chains are joined, not on how the bodies are numbered.
    """
    chance = np.random.default_rng(SEED)
    joined = np.zeros((int(ties.bodies.max(initial=-1)) + 1, size), dtype=bool)
    joined[ties.bodies, ties.chains] = True
    joined = joined[np.lexsort(joined.T)]
    for _ in range(samples if len(joined) > 1 else 0):
        for _ in range(ROUNDS):
            _trade(joined, chance)
        yield Ties(*np.nonzero(joined))


def _trade(joined: Marks, chance: np.random.Generator) -> None:
    """One round, in place."""
    half = len(joined) // 2
    shuffled = chance.permutation(len(joined))
    ones, others = shuffled[:half], shuffled[half : 2 * half]
    mine, yours = joined[ones], joined[others]
    pairs, chains = np.nonzero(mine ^ yours)
    dealt = chains[np.argsort(pairs + chance.random(len(pairs)))]  # within each pair in random order
    counts = np.bincount(pairs, minlength=half)
    place = np.arange(len(pairs)) - np.repeat(np.cumsum(counts) - counts, counts)
    to_first = place < (mine & ~yours).sum(axis=1)[pairs]
    kept = mine & yours
    mine[:], yours[:] = kept, kept
    mine[pairs, dealt], yours[pairs, dealt] = to_first, ~to_first
    joined[ones], joined[others] = mine, yours


def bridges(ties: Ties) -> int:
    """How many ties nothing else replaces: without one of them what it joins would fall apart.

    Looked for in two forests, the second of what the first leaves: they hold every cut of one tie (a sparse certificate).
    """
    import networkx as nx  # noqa: PLC0415 (as above)
    from scipy.sparse import csr_array  # noqa: PLC0415
    from scipy.sparse.csgraph import minimum_spanning_tree  # noqa: PLC0415

    _, bodies = np.unique(ties.bodies, return_inverse=True)
    _, chains = np.unique(ties.chains, return_inverse=True)
    chains = chains + bodies.max(initial=-1) + 1
    size = int(chains.max(initial=-1)) + 1
    left = csr_array((np.ones(len(bodies)), (bodies, chains)), shape=(size, size))
    graph: nx.Graph[int] = nx.Graph()
    for _ in range(2):
        forest = minimum_spanning_tree(left)
        graph.add_edges_from(zip(*(one.tolist() for one in forest.nonzero()), strict=True))
        left = left - forest
        left.eliminate_zeros()
    return sum(1 for _ in nx.bridges(graph))
