"""Names that sound alike (名称相近): a hint where no claim joins two things, never a claim itself."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping

_SUFFIX = re.compile(r"(产业链|产业集群|产业|专业群|（.*?）)$")


class Likeness:
    r"""Names to compare with, by the cosine of their pairs of neighbouring characters.

    Each pair $p$ of a name weighs its inverse document frequency $\ln(N / n_p)$ [1]_, so that 技术, which half the
    specialties carry, says little, and 锂电 much; a pair that no name carries weighs $\ln N$.

    References
    ----------
    .. [1] K. Spärck Jones, A statistical interpretation of term specificity and its application in retrieval,
           Journal of Documentation 28 (1972) 11–21.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        """Take the names by id."""
        pairs = {one: _pairs(name) for one, name in names.items()}
        common = Counter(pair for own in pairs.values() for pair in own)
        self._most = math.log(max(len(names), 2))
        self._weights = {pair: math.log(len(names) / count) for pair, count in common.items()}
        self._holders: dict[str, list[str]] = {}
        for one, own in pairs.items():
            for pair in own:
                self._holders.setdefault(pair, []).append(one)
        self._lengths = {one: self._length(own) for one, own in pairs.items()}

    def nearest(self, name: str, minimum: float, shown: int) -> list[tuple[str, float]]:
        """At most `shown` ids with their likeness to `name`, of at least `minimum` (0 … 1), the likest first."""
        own = _pairs(name)
        length = self._length(own)
        products: dict[str, float] = {}
        for pair in own:
            weight = self._weights.get(pair, self._most) ** 2
            for one in self._holders.get(pair, ()):
                products[one] = products.get(one, 0.0) + weight
        scores = [
            (one, product / (length * self._lengths[one]))
            for one, product in products.items()
            if length and self._lengths[one]
        ]
        likest = sorted((-round(score, 6), one) for one, score in scores if score >= minimum)
        return [(one, -score) for score, one in likest[:shown]]

    def _length(self, pairs: frozenset[str]) -> float:
        return math.sqrt(sum(self._weights.get(pair, self._most) ** 2 for pair in pairs))


def _pairs(name: str) -> frozenset[str]:
    stem = _SUFFIX.sub("", name)
    return frozenset(stem[at : at + 2] for at in range(len(stem) - 1))
