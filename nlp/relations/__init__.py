"""Relations (关系): what a sentence states between the names in it, one module a family of frames.

`relations(text, entities, sentences)` reads a passage by its sentences. A new frame is one entry in a module's `FRAMES`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from nlp.extraction import Mention, Relation
from nlp.relations import consortia, cooperation, documents, industry, places, schools
from nlp.relations.cooperation import together
from nlp.relations.events import EVENTS, Event, events
from nlp.relations.fields import LABELS, Label, fields
from nlp.relations.frame import Frame, Skeleton, skeletons
from nlp.relations.offices import offices
from nlp.relations.parties import UNDERTAKINGS, Undertaking
from nlp.relations.respectively import apart
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
# What may be said of a sentence is asked once for all that is looked for in it.
_SOUGHT: Final[tuple[Frame | Undertaking | Event | Label, ...]] = (*FRAMES, *UNDERTAKINGS, *EVENTS, *LABELS)
_SIEVE: Final = Sieve([sought.expression for sought in _SOUGHT])


def relations(text: str, entities: Sequence[Mention], sentences: Sequence[Skeleton]) -> list[Relation]:
    """The relations that a passage states, each pair once, in the order of its words."""
    found: dict[tuple[str, int, int | None], Relation] = {}
    given_up = schools.withdrawn(sentences)
    for relation in _sought(sentences, entities):
        if relation.kind == "OFFERS" and relation.tail in given_up:
            continue
        found.setdefault((relation.kind, relation.head, relation.tail), relation)
    more = (
        offices(sentences, entities),
        rolls(text, entities),
        documents.issued_before(text, entities),
        documents.signed(text, entities),
        together(found, entities),
        stages(sentences, entities),
    )
    for relation in chain.from_iterable(more):
        found.setdefault((relation.kind, relation.head, relation.tail), relation)
    unjoined = apart(sentences)
    return sorted(
        (one for one in found.values() if frozenset((one.head, one.tail)) not in unjoined),
        key=lambda relation: (relation.start, relation.end, relation.kind, relation.head, relation.tail or 0),
    )


def _sought(sentences: Sequence[Skeleton], entities: Sequence[Mention]) -> Iterator[Relation]:
    """What frames, undertakings, events and labelled lists say; of the same said by several the first counts."""
    passing = [
        (skeleton, [_SOUGHT[number] for number in _SIEVE.passing(skeleton.letters)]) for skeleton in sentences
    ]
    for skeleton, sought in passing:
        if skeleton.named > 1:
            for one in sought:
                if isinstance(one, Frame):
                    for stated in one.read(skeleton, entities):
                        yield schools.upwards(stated, entities)
    for skeleton, sought in passing:
        for one in sought:
            if isinstance(one, Undertaking):
                yield from one.read(skeleton, entities)
    yield from events(
        [(skeleton, [one for one in sought if isinstance(one, Event)]) for skeleton, sought in passing],
        entities,
    )
    for skeleton, sought in passing:
        yield from fields(skeleton, entities, [one for one in sought if isinstance(one, Label)])


__all__ = ["FRAMES", "Frame", "Skeleton", "relations", "skeletons"]
