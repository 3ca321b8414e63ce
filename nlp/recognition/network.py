"""The network (网络): hashed embeddings of the features, windows over them, and for each character a label's probability.

Labels are `O` and, for each kind, begin, inside and end. Its parameters are kept as half-precision numbers in one file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any, Final

import numpy as np
from numpy.typing import NDArray
from thinc.api import (
    HashEmbed,
    Maxout,
    Model,
    Softmax,
    chain,
    concatenate,
    residual,
    with_array,
)

from nlp.recognition.features import COLUMNS, KINDS, Features
from nlp.recognition.products import by_numpy, on_one_core

Probabilities = NDArray[np.float32]
Network = Model[Sequence[Features], Sequence[Probabilities]]

OUTSIDE: Final = 0
BEGIN, INSIDE, END = 1, 2, 3  # label of a kind: 3 × its number + one of these
LABELS: Final = 1 + 3 * len(KINDS)

# Rows and width of each feature's table.
_TABLES: Final = {
    "character": (3000, 48),
    "before": (6000, 32),
    "behind": (6000, 32),
    "word": (5000, 32),
    "tag": (400, 16),
    "catalogue": (600, 24),
    "ahead": (800, 24),
    "ruled": (200, 16),
}
WIDTH: Final = 96  # numbers that it makes of a character
_WINDOW: Final = 2
_STEPS: Final = (1, 2, 4)  # the windows of the layers: neighbours, every second, every fourth character


@by_numpy()
def build() -> Network:
    """A network whose parameters are random."""
    tables: list[Any] = [
        HashEmbed(width, rows, column=column, seed=7 + column)
        for column, name in enumerate(COLUMNS)
        for rows, width in (_TABLES[name],)
    ]
    embed: Any = chain(concatenate(*tables), Maxout(nO=WIDTH, nP=2, dropout=0.0, normalize=True))
    encode: list[Any] = [
        residual(
            chain(
                windows(step),
                Maxout(nO=WIDTH, nI=WIDTH * (2 * _WINDOW + 1), nP=2, dropout=0.0, normalize=True),
            )
        )
        for step in _STEPS
    ]
    network: Network = with_array(
        chain(embed, *encode, Softmax(nO=LABELS, nI=WIDTH)), pad=_WINDOW * sum(_STEPS)
    )
    network.initialize(X=[np.zeros((4, len(COLUMNS)), dtype=np.uint64)])
    return network


def windows(step: int) -> Model[Any, Any]:
    """A layer that puts beside each character those `step` and twice `step` before and behind it."""
    return Model("windows", _look_around, attrs={"step": step})


def _look_around(
    model: Model[Any, Any],
    given: Probabilities,
    is_train: bool,  # noqa: ARG001 - thinc calls so
) -> tuple[Probabilities, Callable[[Probabilities], Probabilities]]:
    rows, width = given.shape
    far = _WINDOW * model.attrs["step"]
    places = range(0, 2 * far + 1, model.attrs["step"])
    padded = np.zeros((rows + 2 * far, width), dtype=given.dtype)
    padded[far : far + rows] = given

    def back(slopes: Probabilities) -> Probabilities:
        gathered = np.zeros_like(padded)
        for number, place in enumerate(places):
            gathered[place : place + rows] += slopes[:, number * width : (number + 1) * width]
        return gathered[far : far + rows]

    return np.hstack([padded[place : place + rows] for place in places]), back


@on_one_core()
def look(network: Network, seen: Features) -> tuple[Probabilities, Probabilities]:
    """What the last layer but one makes of each character of a text, and the probabilities that follow from it."""
    chained = network.layers[0]
    edge = np.zeros((network.attrs["pad"], seen.shape[1]), dtype=seen.dtype)
    made: Any = np.vstack([edge, seen, edge])  # as in training
    for layer in chained.layers[:-1]:
        made = layer.predict(made)
    inside = slice(len(edge), len(edge) + len(seen))
    return made[inside], chained.layers[-1].predict(made)[inside]


def save(network: Model[Any, Any], path: Path) -> None:
    """Keep the parameters in one file."""
    with path.open("wb") as file:
        kept: dict[str, Any] = {
            key: np.asarray(node.get_param(name), dtype=np.float16)
            for key, node, name in _parameters(network)
        }
        np.savez_compressed(file, **kept)


def load(file: IO[bytes]) -> Network:
    """The network whose parameters were kept. `ValueError` where the file is of a network of another shape."""
    network = build()
    restore(network, file)
    return network


def restore(network: Model[Any, Any], file: IO[bytes]) -> None:
    """Give a network of any shape the parameters that were kept of one like it, or `ValueError`."""
    with np.load(file, allow_pickle=False) as kept:
        for key, node, name in _parameters(network):
            values = kept[key].astype(np.float32) if key in kept else None
            if values is None or values.shape != node.get_param(name).shape:
                raise ValueError(f"{key} is not as this network has it")
            node.set_param(name, values)


def _parameters(network: Model[Any, Any]) -> Iterator[tuple[str, Model[Any, Any], str]]:
    for number, node in enumerate(network.walk()):
        for name in node.param_names:
            yield f"{number}-{node.name}-{name}", node, name
