"""Which offerings could fill which needs, against the misfit of every single pair."""

from graph.gaps.fitting import Fitting
from graph.gaps.market import market
from graph.gaps.matching import misfit


def test_the_pairs_are_those_that_may_be_joined_on_random_graphs(five_hundred_graphs):
    joined = 0
    for _, projection in five_hundred_graphs:
        sides = market(projection)
        fitting = Fitting(sides)
        for offering in sides.supplied:
            found = {n for one in fitting.fills(offering) for n in fitting.classes[one].members}
            expected = {n for n, need in enumerate(sides.needed) if misfit(sides, offering, need) is not None}
            assert found == expected
            joined += len(found)
    assert joined > 500


def test_the_people_of_all_classes_are_those_of_all_needs(small_graphs):
    for _, projection in small_graphs:
        sides = market(projection)
        fitting = Fitting(sides)
        told = [one.headcount for one in sides.needed if one.headcount is not None]
        people, unknown = fitting.people(range(len(fitting.classes)))
        assert people == (sum(told) if told else None)
        assert unknown == len(sides.needed) - len(told)
        assert fitting.rows(range(len(fitting.classes))) == {row for one in sides.needed for row in one.rows}
