"""Names that sound alike, by hand: the cosine of their pairs of characters, each compared with each."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from benchmarks.beside.plain import Named

_SUFFIX = re.compile(r"(产业链|产业集群|产业|专业群|（.*?）)$")


@cache
def _pairs(name: str) -> frozenset[str]:
    stem = _SUFFIX.sub("", name)
    return frozenset(stem[at : at + 2] for at in range(len(stem) - 1))


class Alike:
    """Names compared by the pairs of characters that they share, the rarer the more."""

    def __init__(self, names: Iterable[Named]) -> None:
        self._names = [(named, _pairs(named[0])) for named in names]
        counts = Counter(pair for _, own in self._names for pair in own)
        self._most = math.log(max(len(self._names), 2))
        self._weights = {pair: math.log(len(self._names) / count) ** 2 for pair, count in counts.items()}

    def to(self, name: str, minimum: float, shown: int | None = None) -> tuple[Named, ...]:
        """The likest few, or all, of at least so much likeness."""
        own, scores = _pairs(name), []
        for named, pairs in self._names:
            if common := own & pairs:
                length = math.sqrt(self._sum(own)) * math.sqrt(self._sum(pairs))
                if length and (score := self._sum(common) / length) >= minimum:
                    scores.append((-round(score, 6), named[1], named))
        return tuple(named for _, _, named in sorted(scores)[:shown])

    def _sum(self, pairs: frozenset[str]) -> float:
        return sum(self._weights.get(pair, self._most**2) for pair in pairs)
