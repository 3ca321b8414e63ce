"""Questions asked otherwise than by default, against the same loops: each parameter changes an answer, and alike."""

from itertools import chain

import pytest

from benchmarks import national_by_hand
from benchmarks.beside.answers import differences, rows
from benchmarks.beside.plain import Plain
from benchmarks.beside.varied import NEVER_MATTERS, NOT_COMPARED, VARIED, can_tell, looped
from graph import gaps
from graph.errors import LiantuError

MANY = 100  # graphs on which what may change no answer is compared
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
    *others, _ = parameters.items()
    without = dict(others)
    never = parameters.keys() <= NEVER_MATTERS.get(name, {}).keys()
    for projection, plain, by_default in graphs():
        if compared >= (MANY if never else AT_LEAST) and (otherwise or never):
            break
        if not can_tell(name, plain, parameters):
            continue
        try:
            answer = rows(gaps.answer(question, projection, **always, **parameters))
        except LiantuError as error:
            if error.code == "node.unknown":  # what is asked for is not in every graph
                continue
            raise
        assert differences(answer, looped(name, plain, parameters)) == []
        if (key := (name, *others)) not in by_default:
            by_default[key] = rows(gaps.answer(question, projection, **always, **without))
        compared, otherwise = compared + 1, otherwise + (answer != by_default[key])
    assert compared >= AT_LEAST
    assert never or otherwise, "no graph has another answer for it: compare with another value"
    assert not (never and otherwise)


def test_every_parameter_of_every_question_is_compared_or_it_is_said_why_not():
    for name, question in gaps.questions().items():
        left = {*NOT_COMPARED.get(name, ())}
        assert GIVEN.get(name, set()) | left == {*question.parameters}, name
        assert not GIVEN.get(name, set()) & left, name
