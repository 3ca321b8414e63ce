"""The network (网络): hashed embeddings of the features, windows over them, and for each character a label's probability.

Labels are `O` and, for each kind, begin, inside and end. Its parameters are kept as half-precision numbers in one file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    clone,
    concatenate,
    expand_window,
    residual,
    with_array,
)

from nlp.recognition.features import COLUMNS, Features

Probabilities = NDArray[np.float32]
Network = Model[Sequence[Features], Sequence[Probabilities]]

KINDS: Final = (
    "School",
    "Enterprise",
    "Agency",
    "Park",
    "Consortium",
    "IndustryCollege",
    "TrainingBase",
    "ResearchPlatform",
    "SpecialtyGroup",
    "Specialty",
    "Occupation",
    "IndustryChain",
    "TalentProgram",
    "SharedResource",
    "PolicyDocument",
    "Region",
)
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
}
_WIDTH: Final = 80
_DEPTH: Final = 3
_WINDOW: Final = 2


def build() -> Network:
    """A network whose parameters are random."""
    tables: list[Any] = [
        HashEmbed(width, rows, column=column, seed=7 + column)
        for column, name in enumerate(COLUMNS)
        for rows, width in (_TABLES[name],)
    ]
    embed: Any = chain(concatenate(*tables), Maxout(nO=_WIDTH, nP=2, dropout=0.0, normalize=True))
    encode: Any = clone(
        residual(
            chain(
                expand_window(window_size=_WINDOW),
                Maxout(nO=_WIDTH, nI=_WIDTH * (2 * _WINDOW + 1), nP=2, dropout=0.0, normalize=True),
            )
        ),
        _DEPTH,
    )
    network: Network = with_array(chain(embed, encode, Softmax(nO=LABELS, nI=_WIDTH)), pad=_WINDOW * _DEPTH)
    network.initialize(X=[np.zeros((4, len(COLUMNS)), dtype=np.uint64)])
    return network


def save(network: Network, path: Path) -> None:
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
    with np.load(file, allow_pickle=False) as kept:
        for key, node, name in _parameters(network):
            values = kept[key].astype(np.float32) if key in kept else None
            if values is None or values.shape != node.get_param(name).shape:
                raise ValueError(f"{key} is not as this network has it")
            node.set_param(name, values)
    return network


def _parameters(network: Network) -> Iterator[tuple[str, Model[Any, Any], str]]:
    for number, node in enumerate(network.walk()):
        for name in node.param_names:
            yield f"{number}-{node.name}-{name}", node, name
