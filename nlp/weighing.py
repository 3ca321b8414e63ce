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

_SUREST: Final = 30.0  # log odds


def likelihood(found: Collection[str], given: Weights) -> float:
    """How likely that is for which `found` speaks."""
    return logistic(math.fsum(given.get(word, 0.0) for word in found))


def logistic(odds: float) -> float:
    """The probability of these log odds."""
    return 1 / (1 + math.exp(-min(max(odds, -_SUREST), _SUREST)))


def read_weights(table: Traversable) -> Weights:
    """The weights of a table of the package."""
    rows = table.read_text(encoding="utf-8").splitlines(keepends=True)
    return {row["evidence"]: float(row["weight"]) for row in csv.DictReader(rows)}
