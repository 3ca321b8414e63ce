"""The programme against every subset of the groups, each filled by maximum flow."""

import itertools
import random

import networkx as nx
import numpy as np
import pytest

from graph.gaps.planning import Options, greedy, planned


def random_options(seed):
    chance = random.Random(seed)
    size, chains, shortages = chance.randint(1, 5), chance.randint(0, 5), chance.randint(0, 4)

    def pairs(others):
        every = [(group, other) for other in range(others) for group in range(size)]
        return np.array([one for one in every if chance.random() < 0.45], dtype=np.int64).reshape(-1, 2)

    return Options(
        size,
        chains,
        pairs(chains),
        pairs(shortages),
        np.array([chance.choice((5, 10, 25, 40)) for _ in range(shortages)], dtype=np.int64),
        each=chance.choice((1, 2, 3)),
        room=chance.choice((10, 20, 60)),
        groups=chance.choice((None, None, 0, 1, 2, 3)),
        seats=chance.choice((None, None, 0, 15, 50)),
        covers=np.array(
            [one for one in itertools.permutations(range(chains), 2) if chance.random() < 0.15],
            dtype=np.int64,
        ).reshape(-1, 2),
    )


def most_closed(options, chosen):
    """The most chains that a set of groups can close: every way of taking on chains, one group after the other."""
    closes = {one: {one} for one in range(options.chains)}
    for one, other in options.covers.tolist():
        closes[one].add(other)
    reached = {frozenset()}
    for group in chosen:
        own = [chain for other, chain in options.takes.tolist() if other == group]
        ways = itertools.combinations(own, min(options.each, len(own)))
        sets = [frozenset().union(*(closes[chain] for chain in way)) for way in ways]
        reached = {before | more for before in reached for more in sets} or reached
    return max(map(len, reached))


def most_found(pairs, chosen, limit, capacities, total):
    """The most people that a set of groups can find: a maximum flow."""
    net = nx.DiGraph()
    net.add_edge("source", "all", **({} if total is None else {"capacity": total}))
    net.add_node("sink")
    for group in chosen:
        net.add_edge("all", ("group", group), capacity=limit)
    for group, other in pairs.tolist():
        if group in chosen:
            capacity = capacities[other]
            net.add_edge(("group", group), ("other", other), capacity=capacity)
            net.add_edge(("other", other), "sink", capacity=capacity)
    return nx.maximum_flow_value(net, "source", "sink") if chosen else 0


def by_enumeration(options, share):
    """Most chains, then most people, the share of them that is asked for, and the best of the smallest sets."""
    sets = [
        (most_closed(options, chosen), people, size)
        for size in range(options.size + 1)
        if options.groups is None or size <= options.groups
        for chosen in itertools.combinations(range(options.size), size)
        for people in [most_found(options.fills, chosen, options.room, options.short.tolist(), options.seats)]
    ]
    closed = max(one[0] for one in sets)
    found = max(one[1] for one in sets if one[0] == closed)
    wanted = -(-found * int(share * 100) // 100)
    fewest = min(one[2] for one in sets if one[0] == closed and one[1] >= wanted)
    fullest = max(one[1] for one in sets if one[0] == closed and one[2] <= fewest)
    return closed, found, wanted, fewest, fullest


@pytest.mark.parametrize("share", [0.8, 1.0])
def test_the_plan_is_the_best_of_all_subsets(share):
    for seed in range(80):
        options = random_options(seed)
        solved = planned(options, share=share, seconds=10)
        told = (solved.most_closed, solved.most_found, solved.wanted, solved.fewest, solved.best.found)
        assert told == by_enumeration(options, share), seed
        assert solved.best.closed == solved.most_closed
        assert solved.best.groups == solved.fewest
        assert solved.in_time


def test_without_time_a_choice_is_told_that_is_possible_and_that_the_time_was_over():
    stopped = 0
    for seed in range(80):
        options = random_options(seed)
        solved = planned(options, share=0.8, seconds=0)
        assert allowed(options, solved.best)
        assert greedy(options).closed <= solved.best.closed <= solved.most_closed
        stopped += not solved.in_time
    assert stopped > 10


def allowed(options, choice):
    """Whether a choice keeps to what is possible."""
    busy = set(options.takes[choice.taken, 0].tolist()) | set(options.fills[choice.people > 0, 0].tolist())
    per_group = np.bincount(options.takes[choice.taken, 0], minlength=options.size)
    filled = np.bincount(options.fills[:, 1], choice.people, len(options.short))
    trained = np.bincount(options.fills[:, 0], choice.people, options.size)
    return (
        busy <= set(np.flatnonzero(choice.chosen).tolist())
        and (options.closed(choice.taken) == choice.chains).all()
        and per_group.max(initial=0) <= options.each
        and bool((filled <= options.short).all())
        and trained.max(initial=0) <= options.room
        and (options.groups is None or choice.groups <= options.groups)
        and (options.seats is None or choice.found <= options.seats)
        and choice.people.min(initial=0) >= 0
    )


def test_both_choices_keep_to_what_is_possible_and_the_greedy_one_is_never_better():
    worse = 0
    for seed in range(100, 180):
        options = random_options(seed)
        solved = planned(options, share=1.0, seconds=10)
        assert allowed(options, solved.best)
        assert allowed(options, solved.greedy)
        assert solved.greedy.closed <= solved.best.closed
        if (solved.greedy.closed, solved.greedy.found) == (solved.best.closed, solved.best.found):
            assert solved.greedy.groups >= solved.best.groups
        worse += (solved.greedy.closed, solved.greedy.found) < (solved.best.closed, solved.best.found)
        worse += solved.greedy.groups > solved.best.groups
    assert worse > 0


def test_a_larger_budget_never_closes_less():
    for seed in range(15):
        options = random_options(seed)
        before = (-1, -1)
        for groups in range(options.size + 1):
            more = Options(**{**_fields(options), "groups": groups})
            solved = planned(more, share=1.0, seconds=10)
            assert solved.most_closed >= before[0]
            before = (solved.most_closed, solved.most_found)


def _fields(options):
    return {name: getattr(options, name) for name in options.__dataclass_fields__}
