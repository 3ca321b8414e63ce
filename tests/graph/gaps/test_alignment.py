"""The published measures: worked by hand, against printed examples, and by what must always hold."""

import math
import random

import pytest

from graph.gaps.alignment import (
    GRADES,
    agreement,
    coordination,
    coupling,
    deviation,
    entropy_weights,
    grade,
    grey_degrees,
    normalised,
    overlap,
    shares,
    similarity,
)

THREE_SECTORS = {"一": 5.0, "二": 45.0, "三": 50.0}
STUDENTS = {"一": 2.0, "二": 30.0, "三": 68.0}


def test_deviation_matching_and_similarity_by_hand():
    p, o = shares(STUDENTS), shares(THREE_SECTORS)
    assert [round(deviation(p[key], o[key]), 4) for key in p] == [-0.6, -0.3333, 0.36]
    assert [round(agreement(p[key], o[key]), 4) for key in p] == [0.4, 0.6667, 0.7353]
    assert overlap(p, o) == pytest.approx(0.02 + 0.30 + 0.50)
    assert similarity(p, o) == pytest.approx((0.001 + 0.135 + 0.34) / math.sqrt(0.5528 * 0.455))


def test_overlap_is_one_less_half_the_differences_and_structures_are_the_same_to_themselves():
    chance = random.Random(1)
    for _ in range(200):
        p, o = (shares({n: chance.random() for n in range(5)}) for _ in range(2))
        assert overlap(p, o) == pytest.approx(1 - sum(abs(p[n] - o[n]) for n in p) / 2)
        assert overlap(p, p) == pytest.approx(1)
        assert similarity(p, p) == pytest.approx(1)
        assert 0 <= overlap(p, o) <= 1
        assert sum(deviation(p[n], o[n]) * o[n] for n in p) == pytest.approx(
            0
        )  # too many here is too few there


def test_shares_do_not_depend_on_the_unit_of_the_figures():
    assert shares({"a": 3e8, "b": 1e8}) == shares({"a": 3.0, "b": 1.0})


def test_coupling_of_two_and_of_three_systems():
    assert coupling(0.4, 0.4) == pytest.approx(1)
    assert coupling(0.2, 0.8) == pytest.approx(2 * math.sqrt(0.16) / 1.0)  # 0.8
    assert coupling(0.1, 0.2, 0.4) == pytest.approx(3 * (0.008 ** (1 / 3)) / 0.7)
    assert coupling(0.0, 0.5) == 0
    assert coupling(0.0, 0.0) is None
    assert coupling(None, 0.5) is None


def test_coupling_lies_between_0_and_1_is_symmetric_and_knows_no_unit():
    chance = random.Random(2)
    for _ in range(200):
        u = [chance.random() for _ in range(chance.choice((2, 3, 4)))]
        assert 0 <= coupling(*u) <= 1
        assert coupling(*u) == pytest.approx(coupling(*reversed(u)))
        assert coupling(*u) == pytest.approx(coupling(*(7 * one for one in u)))


def test_coordination_by_hand_and_its_weights():
    degree, level, both = coordination(0.36, 0.64)
    assert (degree, level, both) == (
        pytest.approx(2 * 0.48 / 1.0),
        pytest.approx(0.5),
        pytest.approx(math.sqrt(0.96 * 0.5)),
    )
    assert coordination(0.36, 0.64, weight=0.25)[1] == pytest.approx(0.57)
    assert coordination(0.5, 0.5)[2] == pytest.approx(math.sqrt(0.5))
    assert coordination(None, 0.5) == (None, None, None)


@pytest.mark.parametrize(
    ("degree", "expected"),
    [(0.0, 0), (0.1, 0), (0.1001, 1), (0.5, 4), (0.51, 5), (0.8, 7), (0.9, 8), (0.9001, 9), (1.0, 9)],
)
def test_grades_are_tenths_and_a_limit_belongs_to_the_lower_one(degree, expected):
    assert grade(degree) == GRADES[expected]


def test_grade_of_the_unknown_is_unknown():
    assert grade(None) is None


def test_normalisation_by_hand():
    values = {"a": 10.0, "b": 20.0, "c": 40.0, "d": None}
    assert normalised(values, "range", 0.0) == {"a": 0.0, "b": pytest.approx(1 / 3), "c": 1.0, "d": None}
    assert normalised(values, "range", 0.01)["a"] == pytest.approx(0.01)
    assert normalised(values, "maximum", 0.0) == {"a": 0.25, "b": 0.5, "c": 1.0, "d": None}
    assert normalised({"a": 3.0, "b": 3.0}, "range", 0.01) == {"a": None, "b": None}
    assert normalised({"a": 0.0}, "maximum", 0.0) == {"a": None}


def test_entropy_weights_by_hand_and_in_their_limits():
    even, skewed = {"a": 0.5, "b": 0.5}, {"a": 0.25, "b": 0.75}
    one = -(0.25 * math.log(0.25) + 0.75 * math.log(0.75)) / math.log(2)
    assert entropy_weights({"x": even, "y": skewed}) == {"x": pytest.approx(0), "y": pytest.approx(1)}
    assert entropy_weights({"x": skewed, "y": skewed}) == {"x": pytest.approx(0.5), "y": pytest.approx(0.5)}
    assert entropy_weights({"x": even, "y": even}) == {"x": 0.5, "y": 0.5}
    far = {"a": 0.1, "b": 0.9}
    other = -(0.1 * math.log(0.1) + 0.9 * math.log(0.9)) / math.log(2)
    found = entropy_weights({"x": skewed, "y": far})
    assert found["x"] == pytest.approx((1 - one) / (2 - one - other))


def test_the_printed_example_of_gdp_and_three_industries():
    """The textbook example of 2000 to 2005: 0.5084, 0.6243, 0.7573."""
    gdp = [1988, 2061, 2335, 2750, 3356, 3806]
    found = grey_degrees(
        {
            "第一产业": (gdp, [386, 408, 422, 482, 511, 561]),
            "第二产业": (gdp, [839, 846, 960, 1258, 1577, 1893]),
            "第三产业": (gdp, [763, 808, 953, 1010, 1268, 1352]),
        }
    )
    assert [round(one, 4) for one in found.values()] == [0.5084, 0.6243, 0.7573]


def test_grey_degree_by_hand():
    # initial values: 1, 2, 3 against 1, 1, 2 and 1, 2, 4: differences 0, 1, 1 and 0, 0, 1; least 0, largest 1
    found = grey_degrees({"a": ([2, 4, 6], [5, 5, 10]), "b": ([2, 4, 6], [1, 2, 4])}, scaling="initial")
    assert found["a"] == pytest.approx((1 + 0.5 / 1.5 + 0.5 / 1.5) / 3)
    assert found["b"] == pytest.approx((1 + 1 + 0.5 / 1.5) / 3)


def test_grey_degree_knows_no_unit_and_is_largest_for_the_same_course():
    chance = random.Random(3)
    for _ in range(100):
        reference = [chance.uniform(1, 9) for _ in range(5)]
        other = [chance.uniform(1, 9) for _ in range(5)]
        pairs = {"same": (reference, [3 * one for one in reference]), "other": (reference, other)}
        found = grey_degrees(pairs)
        assert found["same"] == pytest.approx(1)
        assert 0 < found["other"] <= found["same"]
        scaled = grey_degrees({key: ([10 * x for x in r], s) for key, (r, s) in pairs.items()})
        assert scaled["other"] == pytest.approx(found["other"])


def test_grey_degree_of_one_year_or_of_zeros_is_unknown():
    assert grey_degrees({"a": ([1], [2]), "b": ([0, 0], [1, 2])}) == {"a": None, "b": None}
    assert grey_degrees({"a": ([1, 2], [2, 4])}) == {"a": 1.0}


def test_unknown_is_not_zero():
    p = shares({"a": 1.0, "b": None, "c": 3.0})
    assert p == {"a": 0.25, "b": None, "c": 0.75}
    assert deviation(p["b"], 0.5) is None
    assert deviation(0.5, 0.0) is None
    assert deviation(0.0, 0.5) == -1
    assert agreement(0.0, 0.0) is None
    assert overlap({"a": None}, {"a": 0.5}) is None
