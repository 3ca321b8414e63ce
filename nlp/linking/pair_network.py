"""The pair network (名称对网络): what two names may have to do with each other, by the recogniser's view of their words.

The evidence of the linker is words as they stand, and a word that no annotated passage has says nothing. The network of
the recogniser makes something alike of words that are used alike; this one goes by that (`View`): the two names, what
stands between, before and behind them, the characters at their edges, the kinds of ends and how far they are apart.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from nlp.extraction import Mention
from nlp.linking.evidence import ARROWS, KINDS_BY_ENDS, LEARNT, named
from nlp.linking.pairs import Pair
from nlp.recognition.network import WIDTH
from nlp.recognition.recogniser import View
from nlp.recognition.session import Session

MODEL: Final = "pairs.onnx"
TAKES, GIVES = ("pairs",), ("odds",)
Inputs = NDArray[np.float32]
Spans = NDArray[np.int64]
Odds = NDArray[np.float32]  # log odds: a row a pair, a column a kind of `LEARNT`
PairNetwork = Callable[[Inputs], Odds]

SIDE: Final = 8  # characters before and behind two names
_VIEWS: Final = 9  # means of two names, between, before, behind; four characters at the edges
VIEWED: Final = _VIEWS * WIDTH
_ENDS: Final = {
    name: number for number, name in enumerate(sorted(named(e, a) for e in KINDS_BY_ENDS for a in ARROWS))
}
_NEAR: Final = 6  # so many characters apart are told one by one, more by eights
_DISTANCES: Final = 16
INPUTS: Final = VIEWED + len(_ENDS) + 2 * _DISTANCES
_TOGETHER: Final = 1000  # pairs that are weighed at once, so that memory does not grow with the text


def load(model: bytes) -> PairNetwork:
    """The network of a file with this content; `ValueError` where it is another network."""
    session = Session(model, takes=TAKES, gives=GIVES)

    def weigh(pairs: Inputs) -> Odds:
        return session.run({TAKES[0]: pairs})[0]

    return weigh


@cache
def shipped() -> PairNetwork:
    """The network of the package."""
    return load((files("nlp.linking") / MODEL).read_bytes())


def odds(network: PairNetwork, pairs: Sequence[Pair], entities: Sequence[Mention], view: View) -> Odds:
    """The log odds of each kind of relation for each pair of a text; of a list its first name speaks."""
    scene = Scene(view)
    return np.vstack(
        [
            np.zeros((0, len(LEARNT)), dtype=np.float32),
            *(
                network(scene.inputs(pairs[start : start + _TOGETHER], entities))
                for start in range(0, len(pairs), _TOGETHER)
            ),
        ]
    )


class Scene:
    """A text as the network of the recogniser sees it."""

    def __init__(self, view: View) -> None:
        """`view` has a row for each character."""
        edge = np.zeros((1, WIDTH), dtype=np.float32)
        self._view = np.vstack([edge, view.astype(np.float32), edge])
        self._sums = np.vstack([edge, self._view.cumsum(axis=0, dtype=np.float64)])

    def inputs(self, pairs: Sequence[Pair], entities: Sequence[Mention]) -> Inputs:
        """What the pair network is told of each pair: a row each."""
        if not pairs:
            return np.zeros((0, INPUTS), dtype=np.float32)
        spans = spans_of(pairs, entities)
        start, end, second, last = spans.T + 1  # the view begins with an edge
        size = len(self._view)
        return np.hstack(
            [
                self._mean(start, end),
                self._mean(second, last),
                self._mean(end, second),
                self._mean(np.maximum(start - SIDE, 0), start),
                self._mean(last, np.minimum(last + SIDE, size)),
                self._view[start - 1],
                self._view[last],
                self._view[end],
                self._view[second - 1],
                apart(pairs, spans),
            ]
        ).astype(np.float32)

    def _mean(self, start: NDArray[Any], end: NDArray[Any]) -> NDArray[Any]:
        """The mean view of the characters of each range; of an empty one, nothing."""
        end = np.maximum(start, end)
        means: NDArray[Any] = (self._sums[end] - self._sums[start]) / np.maximum(end - start, 1)[:, None]
        return means


def spans_of(pairs: Sequence[Pair], entities: Sequence[Mention]) -> Spans:
    """Where the first of the two names of each pair begins and ends, and where the second does: a row each."""
    found = np.zeros((len(pairs), 4), dtype=np.int64)
    for row, pair in enumerate(pairs):
        one, other = entities[pair.heads[0]], entities[pair.tails[0]]
        first, second = (one, other) if one.start <= other.start else (other, one)
        found[row] = first.start, first.end, second.start, second.end
    return found


def apart(pairs: Sequence[Pair], spans: Spans) -> Inputs:
    """The kinds of ends of each pair, and how far its names are apart: a one in a row of zeros for each of both."""
    found = np.zeros((len(pairs), INPUTS - VIEWED), dtype=np.float32)
    rows = np.arange(len(pairs))
    found[rows, [_ENDS[named(pair.ends, pair.arrow)] for pair in pairs]] = 1
    far = np.maximum(spans[:, 2] - spans[:, 1], 0)
    told = np.minimum(np.where(far < _NEAR, far, _NEAR + far // 8), _DISTANCES - 1)
    found[rows, len(_ENDS) + told + _DISTANCES * np.array([pair.far for pair in pairs], dtype=np.int64)] = 1
    return found
