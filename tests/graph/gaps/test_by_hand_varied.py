"""Questions asked otherwise than by default, against the same loops: each parameter changes an answer, and alike."""

from itertools import chain

import pytest

from benchmarks import national_by_hand
from benchmarks.beside.answers import differences, rows
from benchmarks.beside.plain import DONE, Plain
from benchmarks.beside.varied import NOT_COMPARED, SELDOM_MATTERS, VARIED, looped
from graph import gaps
from graph.errors import LiantuError

AT_LEAST = 4  # graphs on which a question is compared; on more where none of these has another answer for it
ASKED = [(name, parameters) for name, several in VARIED.items() for parameters in several]
GIVEN = {name: {one for parameters in several for one in parameters} for name, several in VARIED.items()}


def told(parameters):
    return ",".join(f"{name}={value}" for name, value in parameters.items())


@pytest.fixture(scope="module")
def graphs(dense_graphs, small_graphs):
    """Graphs with networkx graphs of the same, made when they are asked for, and what is answered by default."""
    made = {}

    def graph(number, projection):
        if number not in made:
            made[number] = (projection, Plain(projection), {})
        return made[number]

    every = [projection for _, projection in chain(dense_graphs, small_graphs)]
    return lambda: (graph(number, projection) for number, projection in enumerate(every))


@pytest.mark.parametrize(("name", "parameters"), ASKED, ids=[f"{name}-{told(own)}" for name, own in ASKED])
def test_a_loop_gives_the_same_answer_with_other_parameters(name, parameters, graphs):
    question, beside = gaps.question(name), national_by_hand.BESIDE[name]
    always, compared, otherwise = getattr(beside, "ASKED", {}), 0, 0
    seldom = parameters.keys() <= SELDOM_MATTERS.get(name, {}).keys()
    for projection, plain, by_default in graphs():
        if compared >= AT_LEAST and (otherwise or seldom):
            break
        if not can_tell(beside, plain, parameters):
            continue
        try:
            answer = rows(gaps.answer(question, projection, **always, **parameters))
        except LiantuError as error:
            if error.code == "node.unknown":  # what is asked for is not in every graph
                continue
            raise
        assert differences(answer, looped(name, plain, parameters)) == []
        if name not in by_default:
            by_default[name] = rows(gaps.answer(question, projection, **always))
        compared, otherwise = compared + 1, otherwise + (answer != by_default[name])
    assert compared >= AT_LEAST
    assert otherwise or seldom, "no graph has another answer for it: compare with another value"


def can_tell(beside, plain, parameters):
    if not hasattr(beside, "can_tell"):
        return True
    believing = plain.believing(parameters.get("minimum_confidence", 0.5), parameters.get("realised", DONE))
    return beside.can_tell(believing, **parameters)


def test_every_parameter_of_every_question_is_compared_or_it_is_said_why_not():
    for name, question in gaps.questions().items():
        left = {*NOT_COMPARED.get(name, ())}
        assert GIVEN.get(name, set()) | left == {*question.parameters}, name
        assert not GIVEN.get(name, set()) & left, name
