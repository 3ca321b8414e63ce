"""Relations (关系): what a sentence states between the names in it, one module a family of frames.

`relations(text, entities, sentences)` reads a passage by its sentences. A new frame is one entry in a module's `FRAMES`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Final

from nlp.extraction import Mention, Relation
from nlp.relations import consortia, cooperation, documents, industry, places, schools
from nlp.relations.cooperation import together
from nlp.relations.events import events
from nlp.relations.fields import fields
from nlp.relations.frame import Frame, Skeleton, skeletons
from nlp.relations.hosts import settled
from nlp.relations.offices import offices
from nlp.relations.parties import undertakings
from nlp.relations.rolls import rolls
from nlp.relations.stages import stages
from nlp.required import Sieve

FRAMES: tuple[Frame, ...] = (
    *consortia.FRAMES,
    *cooperation.FRAMES,
    *schools.FRAMES,
    *industry.FRAMES,
    *places.FRAMES,
    *documents.FRAMES,
)
_SIEVE: Final = Sieve([frame.expression for frame in FRAMES])


def relations(text: str, entities: Sequence[Mention], sentences: Sequence[Skeleton]) -> list[Relation]:
    """The relations that a passage states, each pair once, in the order of its words."""
    found: dict[tuple[str, int, int | None], Relation] = {}
    for skeleton in sentences:
        for number in _SIEVE.passing(skeleton.letters):
            for stated in FRAMES[number].read(skeleton, entities):
                relation = schools.upwards(stated, entities)
                found.setdefault((relation.kind, relation.head, relation.tail), relation)
    for skeleton in sentences:
        for relation in undertakings(skeleton, entities):
            found.setdefault((relation.kind, relation.head, relation.tail), relation)
    more = (
        events(sentences, entities),
        fields([s for s in sentences if s.told > 1], entities),
        offices(sentences, entities),
        rolls(text, entities),
        documents.issued_before(text, entities),
        documents.signed(text, entities),
        together(found, entities),
        stages(sentences, entities),
    )
    for relation in chain.from_iterable(more):
        found.setdefault((relation.kind, relation.head, relation.tail), relation)
    for relation in settled(sentences, entities, found.keys()):
        found.setdefault((relation.kind, relation.head, relation.tail), relation)
    return sorted(
        found.values(),
        key=lambda relation: (relation.start, relation.end, relation.kind, relation.head, relation.tail or 0),
    )


__all__ = ["FRAMES", "Frame", "Skeleton", "relations", "skeletons"]
