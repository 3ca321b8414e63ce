"""Weighing (加权判别): how likely something is for which this and that speaks, by weights that were fitted.

The weights stand in a table of the package, a row each: `evidence`, `weight`. Their sum is the log odds.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Collection, Mapping
from importlib.resources.abc import Traversable
from typing import Final

Weights = Mapping[str, float]

_SUREST: Final = 6.0  # log odds, where they are evidence
_FARTHEST: Final = 30.0  # log odds
_SMALLEST: Final = 1e-9


def likelihood(found: Collection[str], given: Weights) -> float:
    """How likely that is for which `found` speaks."""
    return logistic(math.fsum(given.get(word, 0.0) for word in found))


def probability(found: Mapping[str, float], given: Weights) -> float:
    """How likely that is for which `found` speaks, each piece so much."""
    return logistic(sum(given.get(word, 0.0) * value for word, value in found.items()))


def logistic(odds: float) -> float:
    """The probability of these log odds."""
    return 1 / (1 + math.exp(-min(max(odds, -_FARTHEST), _FARTHEST)))


def log_odds(probability: float) -> float:
    """The log odds of a probability, bounded: what is sure is no surer than a few hundred to one."""
    bounded = min(max(probability, _SMALLEST), 1 - _SMALLEST)
    return bounded_odds(math.log(bounded / (1 - bounded)))


def bounded_odds(odds: float) -> float:
    """Log odds as they count as evidence."""
    return min(max(odds, -_SUREST), _SUREST)


def read_weights(table: Traversable) -> Weights:
    """The weights of a table of the package."""
    rows = table.read_text(encoding="utf-8").splitlines(keepends=True)
    return {row["evidence"]: float(row["weight"]) for row in csv.DictReader(rows)}
