"""Logistic regression (逻辑回归) over evidence that is there or not, its weights held small."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any, Final

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

_ROUNDS: Final = 200


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
    signs = np.where(np.asarray(right), 1.0, -1.0)

    def loss(weights: Any) -> tuple[float, Any]:
        margins = signs * (found @ weights)
        slopes = -signs / (1 + np.exp(margins))
        value = float(np.logaddexp(0, -margins).sum() + 0.5 * penalty * (weights @ weights))
        return value, found.T @ slopes + penalty * weights

    start = np.zeros(len(places))
    weights = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _ROUNDS}).x
    return dict(zip(words, map(float, weights), strict=True))
