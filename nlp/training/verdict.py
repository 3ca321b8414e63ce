"""Fitting the verdict (裁定的训练): what is proposed between the names that are read in passages new to all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nlp import characters
from nlp.gold import Line
from nlp.linking import Linker, verdict
from nlp.pipeline import Extractor
from nlp.relations import skeletons
from nlp.scoring import unspaced
from nlp.training.fit import Judged, read
from nlp.training.linking import annotated
from nlp.typography import plain


def proposed(lines: Sequence[Line], extractor: Extractor) -> Iterator[Judged]:
    """What frames and linker propose in annotated passages, and whether they have it.

    `extractor` finds the names and what frames state of them, without a linker.
    """
    linker = Linker()
    for line, found in zip(lines, read(lines, extractor), strict=True):
        text, wanted = plain(line["text"]), annotated(line)
        view = characters.read(extractor.pipeline, text)._.opinion.view
        given = linker.proposals(skeletons(text, found.entities), found.entities, found.relations, view)
        for one, speaks in zip(given, verdict.evidence(given, found.entities), strict=True):
            kind, head, tail = one.told
            yield Judged(speaks, (kind, unspaced(head), unspaced(tail)) in wanted)
