"""From the network's answer to names (候选): spans that begin, go on and end as one kind, with how sure it is of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from nlp.recognition.features import KINDS
from nlp.recognition.network import BEGIN, END, INSIDE, Probabilities

_LONGEST: Final = 40
_LIKELY: Final = 0.12  # an end below is not looked at


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that may be a name; `score` is the geometric mean of the probabilities of its characters."""

    kind: str
    start: int
    end: int
    score: float


class Answer:
    """The probabilities of a text, to be asked for any span."""

    def __init__(self, probabilities: Probabilities) -> None:
        logs = np.log(np.maximum(probabilities, 1e-6))
        self._begin, self._end = logs[:, BEGIN::3], logs[:, END::3]
        self._inside = np.vstack(
            [np.zeros((1, len(KINDS)), dtype=logs.dtype), logs[:, INSIDE::3].cumsum(axis=0)]
        )

    def score(self, kind: str, start: int, end: int) -> float:
        """How sure the network is of a span as a kind; of one character, whether a name begins there."""
        return self._score(KINDS.index(kind), start, end)

    def _score(self, kind: int, start: int, end: int) -> float:
        total = self._begin[start, kind]
        if end - start > 1:
            total += self._end[end - 1, kind] + self._inside[end - 1, kind] - self._inside[start + 1, kind]
        return float(np.exp(total / (end - start)))

    def candidates(self, least: float) -> list[Candidate]:
        """The spans with at least this score, that no better one overlaps, in order."""
        found: list[Candidate] = []
        likely = np.log(_LIKELY)
        starts, kinds = np.nonzero(self._begin > likely)
        ends_of = {int(kind): np.nonzero(self._end[:, kind] > likely)[0] for kind in set(kinds.tolist())}
        for start, kind in zip(starts.tolist(), kinds.tolist(), strict=True):
            ends = ends_of[kind]
            first = np.searchsorted(ends, start + 1)
            for last in ends[first:].tolist():
                if last - start >= _LONGEST:
                    break
                score = self._score(kind, start, last + 1)
                if score >= least:
                    found.append(Candidate(KINDS[kind], start, last + 1, score))
        taken: set[int] = set()
        chosen = []
        for one in sorted(found, key=lambda c: (-c.score, c.start, -c.end)):
            if taken.isdisjoint(range(one.start, one.end)):
                taken.update(range(one.start, one.end))
                chosen.append(one)
        return sorted(chosen, key=lambda c: c.start)
