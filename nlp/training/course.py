"""The course (训练过程): batches of labelled sentences in a random but repeatable order, Adam, averaged parameters."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from thinc.api import Adam, Model, Optimizer, fix_random_seed, set_dropout_rate

from nlp import characters
from nlp.recognition.features import CATALOGUE_COLUMN, KINDS, RULED_COLUMN, Features, features, ruled_names
from nlp.recognition.network import BEGIN, END, INSIDE, LABELS, Network, build
from nlp.recognition.products import on_one_core
from nlp.training.frames import Labelled
from nlp.typography import plain

_CHARACTERS: Final = 1600  # in a batch


@dataclass(frozen=True, slots=True)
class Lesson:
    """What the network sees of a sentence, and what it should say of each character."""

    seen: Features
    labels: NDArray[np.int64]


def lesson(example: Labelled, pipeline: Language) -> Lesson:
    """A labelled sentence as numbers; `pipeline` gives its words and catalogue names."""
    labels = np.zeros(len(example.text), dtype=np.int64)
    for kind, start, end in example.names:
        base = 3 * KINDS.index(kind)
        labels[start:end] = base + INSIDE
        labels[end - 1] = base + END
        labels[start] = base + BEGIN
    return Lesson(features(characters.read(pipeline, plain(example.text))), labels)


def _silent(number: int, loss: float) -> None:
    """Tell nobody how a round went."""


@on_one_core()
def train(
    lessons: Callable[[int], Sequence[Lesson]],
    *,
    rounds: int,
    seed: int = 1,
    dropout: float = 0.3,
    rate: float = 0.003,
    told: Callable[[int, float], None] = _silent,
) -> Network:
    """A network trained for `rounds`; `lessons(round)` are those of a round. The same lessons and seed give the same."""
    fix_random_seed(seed)
    source = random.Random(seed)  # noqa: S311 - no secret
    network = build()
    set_dropout_rate(network, dropout)
    optimizer = Adam(rate, L2=1e-6, grad_clip=0.1, use_averages=True)
    for number in range(rounds):
        order = list(lessons(number))
        source.shuffle(order)
        optimizer.learn_rate = rate * (1 - 0.9 * number / max(1, rounds - 1))
        loss = 0.0
        for batch in _batches(order):
            seen = [_forgetful(item.seen, source) for item in batch]
            answers, back = network.begin_update(seen)
            wanted = [np.eye(LABELS, dtype=np.float32)[item.labels] for item in batch]
            size = sum(map(len, seen))
            loss += sum(
                float(-np.log(np.maximum((a * w).sum(1), 1e-9)).sum())
                for a, w in zip(answers, wanted, strict=True)
            )
            back([((a - w) / size).astype(np.float32) for a, w in zip(answers, wanted, strict=True)])
            network.finish_update(optimizer)
        told(number, loss / sum(len(item.labels) for item in order))
    keep_averages(network, optimizer)
    return network


def keep_averages(network: Model[Any, Any], optimizer: Optimizer) -> None:
    """Give a network the averages of its parameters over the course: they err less than the last ones."""
    averages = optimizer.averages or {}
    for node in network.walk():
        for name in node.param_names:
            if (node.id, name) in averages:
                node.set_param(name, averages[node.id, name])


def _forgetful(seen: Features, source: random.Random) -> Features:
    """A quarter of the sentences are seen without the catalogues, and names of the rules are left out at random.

    No catalogue holds all names, and on new text the rules miss more than on what they were written with.
    """
    seen = seen.copy()
    if source.random() < 0.25:
        seen[:, CATALOGUE_COLUMN] = 0
    if source.random() < 0.2:
        seen[:, RULED_COLUMN] = 0
        return seen
    for name in ruled_names(seen):
        if source.random() < 0.15:
            seen[name, RULED_COLUMN] = 0
    return seen


def _batches(order: Sequence[Lesson]) -> list[list[Lesson]]:
    batches: list[list[Lesson]] = [[]]
    size = 0
    for item in order:
        if size > _CHARACTERS:
            batches.append([])
            size = 0
        batches[-1].append(item)
        size += len(item.labels)
    return batches
