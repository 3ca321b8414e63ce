"""Logistic regression (逻辑回归): what each piece of evidence weighs, its weights held small."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

_ROUNDS: Final = 200


@dataclass(frozen=True, slots=True)
class Example:
    """What speaks for something in an annotated passage, and whether the passage has it."""

    evidence: frozenset[str]
    right: bool


def table(given: Sequence[Example], *, penalty: float, seldom: int, small: float) -> list[tuple[str, float]]:
    """The weight of each piece of evidence that is worth more than `small`, in order: the rows of a table of weights."""
    found = fitted(
        [one.evidence for one in given], [one.right for one in given], penalty=penalty, seldom=seldom
    )
    return sorted((word, round(weight, 3)) for word, weight in found.items() if abs(weight) >= small)


def fitted(
    given: Sequence[Collection[str]], right: Sequence[bool], *, penalty: float, seldom: int
) -> dict[str, float]:
    """The weight of each piece of evidence that at least `seldom` of `given` have; the same input gives the same."""
    counted = Counter(word for one in given for word in one)
    words = sorted(word for word, times in counted.items() if times >= seldom)
    places = {word: place for place, word in enumerate(words)}
    bounds, columns = [0], list[int]()
    for one in given:
        columns += sorted(places[word] for word in one if word in places)
        bounds.append(len(columns))
    found = csr_matrix((np.ones(len(columns)), columns, bounds), shape=(len(given), len(places)))
    weights = descended(found, right, np.full(len(places), penalty))
    return dict(zip(words, map(float, weights), strict=True))


def descended(found: Any, right: Sequence[bool], held: NDArray[np.float64]) -> NDArray[np.float64]:
    """The weights of the columns of `found` (a row an example), each held small by its own penalty."""
    signs = np.where(np.asarray(right), 1.0, -1.0)

    def loss(weights: Any) -> tuple[float, Any]:
        margins = signs * (found @ weights)
        slopes = -signs / (1 + np.exp(margins))
        value = float(np.logaddexp(0, -margins).sum() + 0.5 * (held * weights**2).sum())
        return value, found.T @ slopes + held * weights

    start = np.zeros(found.shape[1])
    weights: NDArray[np.float64] = minimize(
        loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _ROUNDS}
    ).x
    return weights
