"""The recogniser (识别器): the spaCy component that asks the network what names a text holds.

`doc._.opinion` gets the names that the network sees, and how sure it is of each name that the rules chose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language

from nlp.characters import Doc
from nlp.recognition.boundaries import whole
from nlp.recognition.candidates import Answer, Candidate
from nlp.recognition.features import features
from nlp.recognition.network import Network
from nlp.recognition.refusal import is_no_name
from nlp.selection import NAMES
from nlp.stretches import is_inside

Name = tuple[str, int, int]  # kind, start, end
View = NDArray[np.float16]  # a row for each character of a text: what the network makes of it

MODEL: Final = "network.onnx"
LEAST: Final = 0.25  # what the network is less sure of is no candidate
_TOGETHER: Final = 256  # characters that are looked at together
_VIEWED: Final = 20_000  # characters of a text of which the view is kept
# A sentence; of one that is too long, as much as ends with a comma; of one without a comma, as much as fits.
_PIECE: Final = re.compile(
    f"[^。；！？\n]{{1,{_TOGETHER}}}(?:[。；！？\n]{{1,32}}|\\Z)"
    f"|[^。；！？\n]{{1,{_TOGETHER}}}(?<=[，、：\\s])"
    f"|[^。；！？\n]{{1,{_TOGETHER}}}"
    f"|[。；！？\n]{{1,{_TOGETHER}}}"
)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the network says of a text: its own candidates, and the score of each name that it was asked about."""

    candidates: tuple[Candidate, ...] = ()
    scores: dict[Name, float] = field(default_factory=dict)
    view: View | None = None  # what the linker's network goes by; of a very long text there is none


Doc.set_extension("opinion", default=Opinion(), force=True)


@cache
def shipped() -> Network:
    """The network of the package."""
    return Network((files("nlp.recognition") / MODEL).read_bytes())


def opinion_of(doc: Doc, network: Network) -> Opinion:
    """What a network says of a text whose names the rules have chosen."""
    text: str = doc._.words.content
    pieces = list(_pieces(text))
    names: list[Name] = [(span.label_, span.start, span.end) for span in doc.spans[NAMES]]
    titles = [(start, end) for kind, start, end in names if kind == "PolicyDocument"]
    candidates: list[Candidate] = []
    scores: dict[Name, float] = {}
    views: list[View] = []
    asked = 0
    for start, end in pieces:
        made, probabilities = network.look(features(doc, start, end))
        if len(text) <= _VIEWED:
            views.append(made.astype(np.float16))
        answer = Answer(probabilities)
        candidates += [
            one
            for one in _placed(answer.candidates(LEAST), text, start)
            if not is_no_name(one.kind, text[one.start : one.end])
            # what a title names is part of the title
            and not is_inside(titles, one.start, one.end)
        ]
        while asked < len(names) and names[asked][1] < end:
            kind, first, last = names[asked]
            if last <= end:  # a name that reaches into the next piece is not asked about
                scores[names[asked]] = answer.score(kind, first - start, last - start)
            asked += 1
    return Opinion(tuple(candidates), scores, np.vstack(views) if views else None)


def _placed(found: Iterable[Candidate], text: str, start: int) -> Iterator[Candidate]:
    """The candidates of a piece that begins at `start`, by their places in the text."""
    taken = 0
    for one in found:
        span = whole(text, start + one.start, start + one.end)
        if span is not None and span[0] >= taken:
            yield Candidate(one.kind, *span, one.score)
            taken = span[1]


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Whole sentences, as many as fit."""
    begin = end = 0
    for match in _PIECE.finditer(text):
        if match.end() - begin > _TOGETHER and end > begin:
            yield begin, end
            begin = end
        end = match.end()
    if end > begin:
        yield begin, end


class Recogniser:
    """Keeps the network's opinion in `doc._.opinion`; the network of the package, unless another is set."""

    def __init__(self, network: Network | None = None) -> None:
        self.network = network

    def __call__(self, doc: Doc) -> Doc:
        """Ask the network about a text."""
        doc._.opinion = opinion_of(doc, self.network or shipped())
        return doc


@Language.factory("recogniser")
def create_recogniser(nlp: Language, name: str) -> Recogniser:  # noqa: ARG001 - spaCy passes both
    """The spaCy component that asks the network."""
    return Recogniser()
