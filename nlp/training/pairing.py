"""Fitting the pair network (名称对网络的训练): what it should say of the pairs of annotated passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from thinc.api import Adam, fix_random_seed, set_dropout_rate

from nlp import characters
from nlp.gold import Line
from nlp.linking.evidence import LEARNT, PLACES
from nlp.linking.linker import paired
from nlp.linking.pair_network import MEMBERS, VIEWED, Inputs, PairNetwork, Scene, build, member
from nlp.pipeline import Extractor
from nlp.recognition.products import on_one_core
from nlp.relations import skeletons
from nlp.training.course import keep_averages
from nlp.training.fit import read
from nlp.training.linking import annotated, joined
from nlp.typography import plain

_ROUNDS: Final = 40
_BATCH: Final = 1024
_RATE: Final = 0.012
_DROPOUT: Final = 0.5


@dataclass(frozen=True, slots=True)
class Scenes:
    """Pairs as the network sees them: a row each; `right` is the share of a list's names that are so related.

    `counted` is of how many names that is: 0 where the kinds of ends do not allow the relation.
    """

    inputs: Inputs
    right: NDArray[np.float32]
    counted: NDArray[np.float32]


def scenes(lines: Sequence[Line], extractor: Extractor) -> Scenes:
    """The pairs of annotated passages, whose names `extractor` finds by rules and network."""
    inputs, right, counted = list[Inputs](), list[NDArray[np.float32]](), list[NDArray[np.float32]]()
    for line, found in zip(lines, read(lines, extractor), strict=True):
        text, wanted = plain(line["text"]), annotated(line)
        view = characters.read(extractor.pipeline, text)._.opinion.view
        own = [pair for _, of_it in paired(skeletons(text, found.entities), found.entities) for pair in of_it]
        if view is None or not own:
            continue
        inputs.append(Scene(view).inputs(own, found.entities))
        one, number = (np.zeros((len(own), len(LEARNT)), dtype=np.float32) for _ in range(2))
        for row, pair in enumerate(own):
            names = list(joined(pair.heads, pair.tails, found.entities))
            for kind in pair.kinds if names else ():
                number[row, PLACES[kind]] = len(names)
                one[row, PLACES[kind]] = sum((kind, *ends) in wanted for ends in names) / len(names)
        right.append(one)
        counted.append(number)
    return Scenes(np.vstack(inputs), np.vstack(right), np.vstack(counted))


@on_one_core()
def fit_pairs(given: Scenes) -> PairNetwork:
    """A network whose members were trained on these, each by a seed of its own; the same scenes give the same."""
    return build([_fit_member(given, seed + 1) for seed in range(MEMBERS)])


def _fit_member(given: Scenes, seed: int) -> PairNetwork:
    fix_random_seed(seed)
    source = np.random.default_rng(seed)
    network = member()
    set_dropout_rate(network, _DROPOUT)
    optimizer = Adam(_RATE, L2=1e-6, grad_clip=1.0, use_averages=True)
    total = len(given.inputs)
    steps = _ROUNDS * -(-total // _BATCH)
    step = 0
    for _ in range(_ROUNDS):
        order = source.permutation(total)
        for start in range(0, total, _BATCH):
            rows = order[start : start + _BATCH]
            optimizer.learn_rate = _RATE * 0.5 * (1 + np.cos(np.pi * step / steps))
            step += 1
            seen = given.inputs[rows]
            seen[:, :VIEWED] *= (source.random((len(rows), VIEWED)) >= _DROPOUT) / (1 - _DROPOUT)
            answers, back = network.begin_update(seen)
            counted = given.counted[rows]
            slopes: Any = (1 / (1 + np.exp(-answers)) - given.right[rows]) * counted
            back((slopes / max(1.0, float(counted.sum()))).astype(np.float32))
            network.finish_update(optimizer)
    keep_averages(network, optimizer)
    return network
