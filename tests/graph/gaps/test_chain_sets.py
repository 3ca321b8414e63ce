"""Sets of chains by number: the same set has one number, and chains lead to the sets that have them."""

import numpy as np

from graph.gaps.chain_sets import ChainSets


def test_sets_are_numbered_once_and_found_by_their_chains(empty_graph):
    chains = [empty_graph.node("IndustryChain", key) for key in "甲乙丙丁"]
    register = empty_graph.projection().register
    sets = ChainSets(register)
    told = [set(), {chains[0]}, {chains[0], chains[2]}, {chains[0]}, {chains[1], chains[2]}]
    numbers = [sets.number(one) for one in told]
    assert numbers == [0, 1, 2, 1, 3]
    assert [sets[number] for number in numbers] == told
    first, second, third = register.numbers(chains[:3])
    assert sets.with_any(np.array([first])).tolist() == [1, 2]
    assert sets.with_any(np.array([second, third])).tolist() == [2, 3]
    assert sets.with_any(register.numbers(chains[3:])).tolist() == []
    inside = np.zeros(len(register), dtype=bool)
    inside[[first, third]] = True
    assert sets.within(np.array([1, 2, 3]), inside).tolist() == [True, True, False]
    assert sets.within(np.array([], dtype=np.int64), inside).tolist() == []
