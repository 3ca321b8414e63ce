"""Candidates: the spans that begin, go on and end as one kind."""

from __future__ import annotations

import numpy as np
import pytest

from nlp.recognition.candidates import Answer, Candidate
from nlp.recognition.network import BEGIN, END, INSIDE, KINDS, LABELS


def answer(length: int, *names: tuple[str, int, int, float]) -> Answer:
    """An answer that gives each name this probability at each of its characters."""
    probabilities = np.full((length, LABELS), 1e-4, dtype=np.float32)
    for kind, start, end, probability in names:
        base = 3 * KINDS.index(kind)
        probabilities[start, base + BEGIN] = probability
        probabilities[start + 1 : end - 1, base + INSIDE] = probability
        probabilities[end - 1, base + END] = probability
    return Answer(probabilities)


def test_the_score_is_the_mean_certainty_of_its_characters() -> None:
    given = answer(12, ("School", 2, 8, 0.8))
    assert given.score("School", 2, 8) == pytest.approx(0.8, rel=1e-3)
    assert given.score("School", 2, 7) < 0.3
    assert given.score("Enterprise", 2, 8) < 0.01
    assert given.score("School", 2, 3) == pytest.approx(0.8, rel=1e-3)  # one character begins and is all


def test_of_overlapping_spans_the_surest_stays() -> None:
    given = answer(12, ("School", 0, 6, 0.7), ("IndustryChain", 4, 8, 0.9), ("Region", 9, 11, 0.6))
    found = given.candidates(0.3)
    assert [(one.kind, one.start, one.end) for one in found] == [("IndustryChain", 4, 8), ("Region", 9, 11)]
    assert all(isinstance(one, Candidate) and one.score > 0.5 for one in found)


def test_what_is_unlikely_is_no_candidate() -> None:
    assert answer(12, ("School", 2, 8, 0.2)).candidates(0.3) == []
    assert answer(0).candidates(0.3) == []
