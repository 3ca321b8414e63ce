"""What a question may be asked with, however it is asked: one line says what is wrong, nothing is answered in silence."""

import math
import typing

import numpy as np
import pytest

from graph import gaps
from graph.errors import LiantuError
from graph.project import Projection

QUESTIONS = list(gaps.questions().values())
every_question = pytest.mark.parametrize("question", QUESTIONS, ids=[one.name for one in QUESTIONS])
EMPTY = Projection.from_tables({}, {})
WRONG = (b"2024", [], ["完成"], {}, (1, 2), object(), math.nan, math.inf, -1e30, 10**30, "长" * 201)


def refused(question, projection=EMPTY, **parameters):
    with pytest.raises(LiantuError) as caught:
        question.answer(projection, **parameters)
    line = str(caught.value)
    assert caught.value.code == "question.parameter"
    assert "\n" not in line
    assert len(line) < 600
    return line


@every_question
def test_a_value_that_no_graph_has_an_answer_for_is_refused_in_one_line(question):
    for name, hint in typing.get_type_hints(question.answer).items():
        if name not in question.parameters:
            continue
        text = name in ("changes", "table", "indicators", "weights", "education", "industry", "sectors")
        for value in WRONG:
            if not (text and isinstance(value, str)):
                assert name in refused(question, **{name: value}), (hint, value)


@every_question
def test_what_is_no_parameter_or_no_projection_is_refused_and_told_what_there_is(question):
    line = refused(question, minimum_confidance=0.8)
    assert "minimum_confidance" in line
    assert "minimum_confidence=…" in line
    assert "project(view" in refused(question, projection="liantu-demo/graph")


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("talent_balance", {"year": 24}),
        ("talent_balance", {"year": "2024"}),
        ("talent_balance", {"retention": 80}),
        ("uncovered_chains", {"realised": ("已完成",)}),
        ("uncovered_chains", {"likeness": -0.1}),
        ("uncovered_chains", {"seats": "no"}),
        ("skins_index", {"by": "region", "region_level": "市"}),
        ("skins_index", {"samples": 10**6}),
        ("nominal_consortia", {"maximum_density": 40}),
        ("targets", {"likeness": 1.01}),
        ("roster", {"months": -1}),
        ("roster", {"minimum_partners": 0}),
        ("exchange", {"most": -1}),
        ("plan", {"room": 10**12}),
    ],
)
def test_an_impossible_value_is_refused_and_told_what_is_possible(name, parameters):
    refused(gaps.question(name), **parameters)


def test_through_a_scope_it_is_the_same_door(small_graphs):
    limited = gaps.Scope(year=2024).limit(small_graphs[0][1])
    with pytest.raises(LiantuError) as caught:
        gaps.answer(gaps.question("plan"), limited, groups=1.5)
    assert caught.value.code == "question.parameter"


def test_numbers_of_numpy_are_numbers(small_graphs):
    projection = small_graphs[0][1]
    question = gaps.question("talent_balance")
    asked = question.answer(projection, year=np.int64(2024), retention=np.float32(0.5))
    assert asked == question.answer(projection, year=2024, retention=0.5)
