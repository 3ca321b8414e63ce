"""The pair network (名称对网络): what two names may have to do with each other, by the recogniser's view of their words.

The evidence of the linker is words as they stand, and a word that no annotated passage has says nothing. The network of
the recogniser makes something alike of words that are used alike; this one goes by that (`View`): the two names, what
stands between, before and behind them, the characters at their edges, the kinds of ends and how far they are apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from thinc.api import Linear, Maxout, Model, add, chain

from nlp.extraction import Mention
from nlp.linking.evidence import ARROWS, KINDS_BY_ENDS, LEARNT, named
from nlp.linking.pairs import Pair
from nlp.recognition.network import WIDTH, restore
from nlp.recognition.products import by_numpy, on_one_core
from nlp.recognition.recogniser import View

PARAMETERS: Final = "pairs.npz"
Inputs = NDArray[np.float32]
Odds = NDArray[np.float32]  # log odds: a row a pair, a column a kind of `LEARNT`
PairNetwork = Model[Any, Any]  # from `Inputs` to `Odds`

MEMBERS: Final = 3  # trained apart, they err apart

_SIDE: Final = 8  # characters before and behind two names
_VIEWS: Final = 9  # means of two names, between, before, behind; four characters at the edges
VIEWED: Final = _VIEWS * WIDTH
_ENDS: Final = {
    name: number for number, name in enumerate(sorted(named(e, a) for e in KINDS_BY_ENDS for a in ARROWS))
}
_NEAR: Final = 6  # so many characters apart are told one by one, more by eights
_DISTANCES: Final = 16
_INPUTS: Final = VIEWED + len(_ENDS) + 2 * _DISTANCES
_TOGETHER: Final = 1000  # pairs that are weighed at once, so that memory does not grow with the text
_FIRST, _SECOND = 128, 64


@by_numpy()
def build(members: Sequence[PairNetwork] = ()) -> PairNetwork:
    """A network of these members, or of members whose parameters are random; its answer is the sum of theirs."""
    network: PairNetwork = add(*(members or [member() for _ in range(MEMBERS)]))
    return network


@by_numpy()
def member() -> PairNetwork:
    """One of the networks that answer together, its parameters random."""
    network: PairNetwork = chain(
        Maxout(nO=_FIRST, nI=_INPUTS, nP=2, dropout=0.0, normalize=True),
        Maxout(nO=_SECOND, nI=_FIRST, nP=2, dropout=0.0),
        Linear(nO=len(LEARNT), nI=_SECOND),
    )
    network.initialize()
    return network


@cache
def shipped() -> PairNetwork:
    """The network of the package."""
    network = build()
    with (files("nlp.linking") / PARAMETERS).open("rb") as file:
        restore(network, file)
    return network


@on_one_core()
def odds(network: PairNetwork, pairs: Sequence[Pair], entities: Sequence[Mention], view: View) -> Odds:
    """The log odds of each kind of relation for each pair of a text; of a list its first name speaks."""
    scene = Scene(view)
    return np.vstack(
        [
            np.zeros((0, len(LEARNT)), dtype=np.float32),
            *(
                network.predict(scene.inputs(pairs[start : start + _TOGETHER], entities)) / MEMBERS
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
        found = np.zeros((len(pairs), _INPUTS), dtype=np.float32)
        if not pairs:
            return found
        spans = np.array([_spans(pair, entities) for pair in pairs]) + 1  # the view begins with an edge
        start, end, second, last = spans.T
        size = len(self._view)
        found[:, :VIEWED] = np.hstack(
            [
                self._mean(start, end),
                self._mean(second, last),
                self._mean(end, second),
                self._mean(np.maximum(start - _SIDE, 0), start),
                self._mean(last, np.minimum(last + _SIDE, size)),
                self._view[start - 1],
                self._view[last],
                self._view[end],
                self._view[second - 1],
            ]
        )
        rows = np.arange(len(pairs))
        found[rows, [VIEWED + _ENDS[named(pair.ends, pair.arrow)] for pair in pairs]] = 1
        apart = np.maximum(second - end, 0)
        told = np.minimum(np.where(apart < _NEAR, apart, _NEAR + apart // 8), _DISTANCES - 1)
        found[rows, VIEWED + len(_ENDS) + told + _DISTANCES * np.array([pair.far for pair in pairs])] = 1
        return found

    def _mean(self, start: NDArray[Any], end: NDArray[Any]) -> NDArray[Any]:
        """The mean view of the characters of each range; of an empty one, nothing."""
        end = np.maximum(start, end)
        means: NDArray[Any] = (self._sums[end] - self._sums[start]) / np.maximum(end - start, 1)[:, None]
        return means


def _spans(pair: Pair, entities: Sequence[Mention]) -> tuple[int, int, int, int]:
    """Where the first of the two names begins and ends, and where the second does."""
    one, other = entities[pair.heads[0]], entities[pair.tails[0]]
    first, second = (one, other) if one.start <= other.start else (other, one)
    return first.start, first.end, second.start, second.end
