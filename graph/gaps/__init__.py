"""The gap questions (缺口问题): pure functions of a projection, each in a module of its own.

`questions()` lists them; `question(name).answer(projection)` answers one with findings, `rows` and `frame` make
tables of these. A new question is a new module with its finding, its function and its `QUESTION`, listed in
`graph.gaps.standing`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, TypedDict

from graph.errors import LiantuError
from graph.gaps import district, scope, what_if
from graph.gaps.finding import Finding, Named, Question, field_labels, heads, legends, notes
from graph.gaps.frame import evidence_frame, evidence_text, frame, rows
from graph.gaps.parameters import read_parameters
from graph.gaps.scope import Scope, answer, answer_once
from graph.gaps.standing import STANDING

__all__ = [
    "Finding",
    "Named",
    "Needs",
    "Question",
    "Scope",
    "answer",
    "answer_once",
    "evidence_frame",
    "evidence_text",
    "field_labels",
    "frame",
    "heads",
    "legends",
    "needs",
    "notes",
    "question",
    "question_of",
    "questions",
    "read_parameters",
    "rows",
]

_QUESTIONS: Final[Mapping[str, Question]] = MappingProxyType(
    {question.name: question for question in (*STANDING, district.QUESTION, what_if.QUESTION)}
)


class Needs(TypedDict):
    """The node and edge kinds that `graph.project.project` must read."""

    labels: tuple[str, ...]
    kinds: tuple[str, ...]


def questions() -> Mapping[str, Question]:
    """All gap questions by name, in the order in which they are told."""
    return _QUESTIONS


def question(name: str) -> Question:
    """The question `name`; `LiantuError` question.unknown where there is none."""
    try:
        return _QUESTIONS[name]
    except KeyError:
        raise LiantuError("question.unknown", name=name) from None


def question_of(finding: type[Finding]) -> Question:
    """The question that a kind of finding answers."""
    return next(one for one in _QUESTIONS.values() if one.finding is finding)


def needs(asked: Iterable[Question] | None = None, within: Scope | None = None) -> Needs:
    """What to read for the questions `asked` (all of them), and to limit them to a scope: `project(view, **needs())`."""
    chosen = tuple(_QUESTIONS.values() if asked is None else asked)
    labels = [label for one in chosen for label in one.labels]
    kinds = [kind for one in chosen for kind in one.kinds]
    if within:
        labels += scope.LABELS
        kinds += scope.KINDS
    return {"labels": tuple(dict.fromkeys(labels)), "kinds": tuple(dict.fromkeys(kinds))}
