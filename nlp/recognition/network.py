"""The network (网络): for each character of a text the probability of each label, and a view that the linker goes by.

Labels are `O` and, for each kind, begin, inside and end. It is the first layers of a Chinese language model, taught on
the passages of the project (`nlp/training`); its parameters are eight-bit numbers in one ONNX file.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from nlp.recognition.features import (
    CATALOGUE_COLUMN,
    CATALOGUES,
    CHARACTER_COLUMN,
    COLUMNS,
    EDGE,
    KINDS,
    RULED_COLUMN,
    TAG_COLUMN,
    Features,
)
from nlp.recognition.session import Session

Probabilities = NDArray[np.float32]  # a row a character, a column a label
Made = NDArray[np.float32]  # a row a character: what the network makes of it

BEGIN, INSIDE, END = 1, 2, 3  # label of a kind: 3 × its number + one of these
LABELS: Final = 1 + 3 * len(KINDS)
WIDTH: Final = 96  # numbers that it makes of a character
POSITIONS: Final = 320  # places that it knows; the first and the last are edges
LONGEST: Final = POSITIONS - 2  # characters that it can look at together

TAKES: Final = ("characters", "tags", "catalogues", "ruled")
GIVES: Final = ("likely", "made")


class Network:
    """A trained network."""

    def __init__(self, model: bytes) -> None:
        """`model` is the content of its file; `ValueError` where that is another network."""
        self._session = Session(model, takes=TAKES, gives=GIVES)

    def look(self, seen: Features) -> tuple[Made, Probabilities]:
        """What it makes of each of at most `LONGEST` characters, and how likely each label is there."""
        likely, made = self._session.run(dict(zip(TAKES, inputs(seen), strict=True)))
        inside = slice(1, len(seen) + 1)
        return made[inside], likely[inside]


def inputs(
    seen: Features,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32], NDArray[np.int64]]:
    """The features of a text as the network takes them, in the order of `TAKES`, with an edge before and behind."""
    edged = np.zeros((len(seen) + 2, len(COLUMNS)), dtype=np.int64)
    edged[1:-1] = seen
    edged[[0, -1], CHARACTER_COLUMN] = EDGE
    bits = edged[:, CATALOGUE_COLUMN, None] >> np.arange(CATALOGUES) & 1
    return edged[:, CHARACTER_COLUMN], edged[:, TAG_COLUMN], bits.astype(np.float32), edged[:, RULED_COLUMN]
