"""Communities of chains (产业链群落): which chains those who join several of them hold together, and by chance alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from graph.columns import Grouped, Marks
from graph.gaps.chain_ties import Ties

if TYPE_CHECKING:
    import networkx as nx

SEED: Final = 2024
ROUNDS: Final = 6  # trades of each school, after which the ties are well mixed
_WIDEST: Final = 200  # who joins more chains than this says nothing about which belong together


def communities(ties: Ties, size: int, runs: int = 1) -> list[tuple[int, ...]]:
    """The community of each of `size` chains, found so many times; who stands alone is a community of its own.

    Whoever joins k chains ties each two of them by 1 ÷ (k − 1). Each time chains are looked at in another order, since
    groupings of almost the same modularity may be many.
    """
    import networkx as nx  # noqa: PLC0415 (a third of a second that other questions do not need)

    weights = _weights(ties, size)
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(size))
    tied = np.nonzero(weights)
    columns = (column.tolist() for column in (*tied, weights[tied]))
    graph.add_weighted_edges_from(zip(*columns, strict=True))
    return [_numbered(nx.community.louvain_communities(graph, seed=SEED + run), size) for run in range(runs)]


def _numbered(groups: Sequence[set[int]], size: int) -> tuple[int, ...]:
    """The group of each; groups in the order of their first member, so that the same grouping is told alike."""
    found = [0] * size
    for number, group in enumerate(sorted(groups, key=min)):
        for one in group:
            found[one] = number
    return tuple(found)


def by_structure(several: Sequence[Ties], size: int) -> NDArray[np.int64]:
    """The chains in an order that their ties alone decide, so that other names and ids change no answer.

    Who differs in how many bodies of which size join it, or in the chains with which these join it, has a place of
    its own (colour refinement); who does in nothing keeps the place among its like.
    """
    matrices = [weights + weights.T for weights in (_weights(ties, size) for ties in several)]
    joins = [Grouped(ties.chains, size, np.bincount(ties.bodies)[ties.bodies]) for ties in several]
    keys: list[Any] = [
        tuple(tuple(np.sort(sizes.of(chain)).tolist()) for sizes in joins) for chain in range(size)
    ]
    tied = [np.flatnonzero(sum(matrix[chain] for matrix in matrices)).tolist() for chain in range(size)]
    colours, known = _ranked(keys), 0
    while known < (known := len(set(colours))):
        colours = _ranked(
            [
                (
                    colours[chain],
                    *sorted((colours[one], *(matrix[chain, one] for matrix in matrices)) for one in own),
                )
                for chain, own in enumerate(tied)
            ]
        )
    return np.argsort(np.array(colours, dtype=np.int64), kind="stable")


def _ranked(keys: Sequence[Any]) -> list[int]:
    """The place of each key among the distinct ones."""
    places = {key: place for place, key in enumerate(sorted(set(keys)))}
    return [places[key] for key in keys]


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
    differing = np.flatnonzero(mine ^ yours)
    pairs = differing // joined.shape[1]
    dealt = differing[np.argsort(pairs + chance.random(len(pairs)))]  # within each pair in random order
    counts = np.bincount(pairs, minlength=half)
    place = np.arange(len(pairs)) - np.repeat(np.cumsum(counts) - counts, counts)
    to_first = place < (mine & ~yours).sum(axis=1)[pairs]
    mine &= yours
    yours[:] = mine
    mine.ravel()[dealt], yours.ravel()[dealt] = to_first, ~to_first
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
