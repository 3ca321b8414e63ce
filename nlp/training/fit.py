"""Fitting (拟合): the weights of votes and verdict, and the table of confidence, on text that is new to the network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Final

import numpy as np
from scipy.optimize import isotonic_regression

from nlp import characters
from nlp.confidence import Calibration, Key, key_of
from nlp.extraction import Extraction, Passage
from nlp.gold import Line, dated
from nlp.pipeline import Extractor
from nlp.recognition.network import Network
from nlp.recognition.recogniser import opinion_of
from nlp.recognition.votes import proposals
from nlp.scoring import right
from nlp.training.regression import descended
from nlp.typography import plain

_PENALTY: Final = 2.0
_SMALLEST: Final = 25  # a step of the table rests on at least so many
_PRIOR: Final = 4  # and is drawn to the share of all of its method by so many more


# News is annotated without tasks, whatever it tells: nobody has said whether one that is found there is right.
_WITHOUT_TASKS: Final = frozenset(("新闻", "企业新闻"))
_OF_TASKS: Final = frozenset(("responsibility", "Measure"))

Outcome = tuple[Key, float, bool]  # a part of an extraction: its key, its raw score, whether it is right


@dataclass(frozen=True, slots=True)
class Judged:
    """A name or relation that is proposed in an annotated passage: what speaks for it, and whether it is right."""

    evidence: Mapping[str, float]
    right: bool


def proposed(lines: Sequence[Line], network: Network, extractor: Extractor) -> Iterator[Judged]:
    """The names that the rules of `extractor` and the network propose for annotated passages."""
    for line in lines:
        doc = characters.read(extractor.pipeline, plain(line["text"]))
        doc._.opinion = opinion_of(doc, network)
        annotated = {(item["kind"], item["start"], item["end"]) for item in line["entities"]}
        for name, evidence in proposals(doc):
            yield Judged(evidence, name in annotated)


def fit_evidence(given: Sequence[Judged]) -> dict[str, float]:
    """The weight of each evidence: logistic regression, the weights held small."""
    words = sorted({word for one in given for word in one.evidence})
    evidence = np.array([[one.evidence.get(word, 0.0) for word in words] for one in given])
    held = np.array([0.0 if word == "always" else _PENALTY for word in words])
    found = descended(evidence, [one.right for one in given], held)
    return {word: round(float(weight), 4) for word, weight in zip(words, found, strict=True)}


@dataclass(frozen=True, slots=True)
class Step:
    """A row of the table: around this raw score, so many of so many were right."""

    key: Key
    raw: float
    confidence: float
    right: int
    total: int


def read(lines: Sequence[Line], extractor: Extractor) -> list[Extraction]:
    """The extraction of annotated passages, each on its own."""
    return [extractor.extract([Passage(line["text"], line.get("id"))], dated(line))[0] for line in lines]


def judged(lines: Sequence[Line], found: Sequence[Extraction]) -> Iterator[Outcome]:
    """Each part of the extractions: its key, its confidence, and whether it is right, where that has been said."""
    for line, extraction in zip(lines, found, strict=True):
        for part, holds in right(line, extraction):
            key = key_of(part)
            if line.get("genre") not in _WITHOUT_TASKS or key[2] not in _OF_TASKS:
                yield key, part.confidence, holds


def fit_confidence(given: Sequence[Outcome]) -> list[Step]:
    """The table: isotonic regression for each key, in steps that rest on enough."""
    steps: list[Step] = []
    for key in sorted({key for key, _, _ in given}):
        rows = sorted((raw, holds) for other, raw, holds in given if other == key)
        alike = [holds for other, _, holds in given if other[:2] == key[:2]]
        steps += _steps(
            key, rows, (sum(alike) + 1) / (len(alike) + 2)
        )  # of few, none and all are not 0 and 1
    return steps


def _steps(key: Key, rows: Sequence[tuple[float, bool]], prior: float) -> list[Step]:
    """Blocks of at least `_SMALLEST` with the same or neighbouring scores, made monotone."""
    bounds = [0]
    for position in range(1, len(rows)):
        enough = position - bounds[-1] >= _SMALLEST and len(rows) - position >= _SMALLEST
        if enough and rows[position][0] > rows[position - 1][0]:
            bounds.append(position)
    blocks = [rows[start:end] for start, end in zip(bounds, [*bounds[1:], len(rows)], strict=True)]
    right = np.array([sum(holds for _, holds in block) for block in blocks])
    total = np.array([len(block) for block in blocks])
    shares = isotonic_regression(
        (right + prior * _PRIOR) / (total + _PRIOR), weights=total, increasing=True
    ).x
    return [
        Step(key, round(mean(raw for raw, _ in block), 4), round(float(share), 3), int(hits), len(block))
        for block, share, hits in zip(blocks, shares, right, strict=True)
    ]


def table_of(steps: Sequence[Step]) -> Calibration:
    """The steps as the extractor uses them."""
    by_key: dict[Key, list[tuple[float, float]]] = {}
    for step in steps:
        by_key.setdefault(step.key, []).append((step.raw, step.confidence))
    return Calibration(by_key)
