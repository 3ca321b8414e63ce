"""Which offerings could fill which needs, against the misfit of every single pair."""

import numpy as np

from graph.gaps.fitting import Fitting
from graph.gaps.market import market
from graph.gaps.matching import misfit


def test_the_pairs_are_those_that_may_be_joined_on_random_graphs(five_hundred_graphs):
    joined = 0
    for _, projection in five_hundred_graphs:
        sides = market(projection)
        fitting = Fitting(projection, sides)
        for place, offering in enumerate(sides.supplied):
            found = set(fitting.members.of_all(fitting.together(np.array([place]))).tolist())
            expected = {n for n, need in enumerate(sides.needed) if misfit(sides, offering, need) is not None}
            assert found == expected
            joined += len(found)
    assert joined > 500


def test_the_people_of_all_classes_are_those_of_all_needs(small_graphs):
    for _, projection in small_graphs:
        sides = market(projection)
        fitting = Fitting(projection, sides)
        told = [one.headcount for one in sides.needed if one.headcount is not None]
        everything = np.arange(len(fitting))
        people, unknown = fitting.people(everything)
        assert people == (sum(told) if told else None)
        assert unknown == len(sides.needed) - len(told)
        rows = fitting.premise(everything)["DEMANDS"].tolist()
        assert set(rows) == {row for one in sides.needed for row in one.rows}
        sure = projection.claims("DEMANDS").column("confidence")
        assert fitting.surest(everything) == max((sure[row] for row in rows), default=None)
