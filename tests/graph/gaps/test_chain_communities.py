"""Communities, rewiring and bridges of ties between bodies and chains, against their definitions."""

import random

import networkx as nx
import numpy as np

from graph.gaps.chain_communities import bridges, by_structure, communities, rewired
from graph.gaps.chain_ties import Ties


def ties_of(rows):
    """Ties of bodies, each given by the chains that it joins."""
    pairs = sorted((body, chain) for body, chains in enumerate(rows) for chain in chains)
    found = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return Ties(found[:, 0], found[:, 1])


def some_rows(chance, bodies, chains):
    return [chance.sample(range(chains), chance.randint(1, chains)) for _ in range(bodies)]


def test_rewiring_keeps_how_many_ties_each_body_and_each_chain_has():
    chance = random.Random(1)
    for _ in range(50):
        rows = some_rows(chance, chance.randint(2, 9), 6)
        ties = ties_of(rows)
        for mixed in rewired(ties, 6, 3):
            assert sorted(np.bincount(mixed.bodies)) == sorted(map(len, rows))
            assert (
                np.bincount(mixed.chains, minlength=6).tolist()
                == np.bincount(ties.chains, minlength=6).tolist()
            )


def test_rewiring_reaches_every_arrangement_about_equally_often():
    """Three bodies with one chain each: six arrangements."""
    seen = {}
    for mixed in rewired(ties_of([[0], [1], [2]]), 3, 3000):
        key = tuple(mixed.chains.tolist())
        seen[key] = seen.get(key, 0) + 1
    assert len(seen) == 6
    assert max(seen.values()) < 1.3 * min(seen.values())


def test_rewiring_does_not_depend_on_how_bodies_are_numbered():
    chance = random.Random(2)
    rows = some_rows(chance, 8, 5)
    other = chance.sample(rows, len(rows))
    first, second = (
        [tuple(map(tuple, mixed)) for mixed in rewired(ties_of(one), 5, 4)] for one in (rows, other)
    )
    assert first == second


def test_bridges_are_those_of_the_whole_graph():
    chance = random.Random(3)
    found = 0
    for _ in range(300):
        count = chance.randint(1, 8)
        rows = [
            chance.sample(range(count), chance.randint(1, min(count, 3))) for _ in range(chance.randint(0, 8))
        ]
        graph = nx.Graph(
            (("body", body), ("chain", one)) for body, chains in enumerate(rows) for one in chains
        )
        expected = len(list(nx.bridges(graph)))
        assert bridges(ties_of(rows)) == expected
        found += expected > 0
    assert found > 100


def test_bodies_that_join_chains_make_communities_of_them():
    (groups,) = communities(ties_of([[0, 1], [1, 2], [0, 2], [3, 4], [4, 5], [3, 5]]), 7)
    assert groups[0] == groups[1] == groups[2]
    assert groups[3] == groups[4] == groups[5]
    assert len({groups[0], groups[3], groups[6]}) == 3


def test_the_order_of_chains_depends_on_their_ties_and_not_on_their_numbers():
    """Renumbered at random, the chains are joined alike in the order that is found."""
    chance, apart = random.Random(4), 0
    for _ in range(40):
        size = chance.randint(2, 12)
        sides = [some_rows(chance, chance.randint(2, 9), size) for _ in range(2)]
        told = set()
        for _ in range(3):
            new = chance.sample(range(size), size)
            renamed = [ties_of([[new[chain] for chain in row] for row in rows]) for rows in sides]
            place = np.argsort(by_structure(renamed, size))
            told.add(
                str([sorted(sorted(place[new[chain]] for chain in row) for row in rows) for rows in sides])
            )
        apart += len(told) > 1
    assert apart == 0


def test_each_run_may_group_otherwise_and_the_same_grouping_is_told_alike():
    ring = ties_of([[one, (one + 1) % 12] for one in range(12)])  # of which no grouping is the best
    runs = communities(ring, 12, 10)
    assert len(runs) == 10
    assert len({*runs}) > 1
    assert runs == communities(ring, 12, 10)
    assert all(group <= max(one[:at], default=-1) + 1 for one in runs for at, group in enumerate(one))
