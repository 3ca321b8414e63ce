"""How the findings of a question look, each question by itself as the command asks it."""

from io import StringIO

import pytest
from rich.console import Console

from cli.findings import pages
from graph import gaps
from graph.project import project
from graph.store import open_store


@pytest.fixture(scope="module")
def demonstration(demo_graph):
    store = open_store(str(demo_graph))
    with store.view() as view:
        yield project(view)
    store.close()


def of_its_kinds(whole, question):
    """What the command reads for this one question: the kinds that it declares, and no other."""
    needs = gaps.needs([question])
    return type(whole)(
        {label: whole.nodes[label] for label in needs["labels"]},
        {kind: whole.edges[kind] for kind in needs["kinds"]},
        whole.sources,
    )


@pytest.mark.parametrize("question", gaps.questions().values(), ids=lambda one: one.name)
def test_every_question_asked_alone_is_told_with_the_words_that_it_rests_on(question, demonstration):
    projection = of_its_kinds(demonstration, question)
    findings = gaps.answer(question, projection)
    written = StringIO()
    Console(file=written, width=160).print(pages([question], {question.name: findings}, projection))
    assert f"{len(findings)} found" in written.getvalue()
    assert "“" in written.getvalue()
