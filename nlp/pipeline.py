"""The extractor (抽取器): the spaCy pipeline that finds names, then aliases, quantities, tasks and relations.

`Extractor().extract(passages, context)` reads the passages of one document together: a name that one declares is
known in the others, and relative years are counted from the document's date. The result depends on nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

# Importing these modules registers their components with spaCy.
import nlp.brands
import nlp.chains
import nlp.documents
import nlp.occupations
import nlp.organisations
import nlp.programmes
import nlp.regions
import nlp.specialties
import nlp.words  # noqa: F401
from nlp import aliases as alias_rules
from nlp import stance
from nlp.agencies import full_agency
from nlp.characters import Doc, Span, blank, read
from nlp.confidence import BOTH, RULES, calibration, sure, with_ends
from nlp.extraction import BY_MODEL, BY_RULE, Context, Extraction, Mention, Passage, Quantity, Relation
from nlp.gazetteer import Gazetteer
from nlp.implied import implied
from nlp.levels import with_level
from nlp.linking import Linker, verdict
from nlp.measures import measures
from nlp.named_below import with_bodies_below
from nlp.outline import places
from nlp.quantities import quantities
from nlp.quotation import as_it_stands
from nlp.recognition.network import Network
from nlp.recognition.recogniser import Recogniser, View
from nlp.recognition.votes import Vote, Votes
from nlp.relations import relations, skeletons
from nlp.relations.frame import Skeleton
from nlp.selection import NAMES
from nlp.targets import not_to_exceed
from nlp.typography import plain

COMPONENTS: Final = (
    "words",
    "gazetteer",
    "documents",
    "organisations",
    "brands",
    "agencies",
    "regions",
    "programmes",
    "specialties",
    "occupations",
    "chains",
    "selection",
)
RECOGNITION: Final = ("recogniser", "votes")  # what the trained network adds to the rules
Doc.set_extension("role", default="paragraph", force=True)


class Extractor:
    """Reads passages of Chinese policy text. Building one loads the gazetteers; use it for many documents."""

    def __init__(
        self,
        *,
        recognition: bool = True,
        linking: bool = True,
        weighing: bool = True,
        calibrated: bool = True,
    ) -> None:
        """Names are read by the rules and the trained network, which vote; without `recognition` by the rules alone.

        Relations are read by frames and by the trained linker, without `linking` by frames alone. What is a task, and
        whether a number is demanded or reported, rules say and the words around it, without `weighing` rules alone.
        Without `calibrated` confidence is the raw score.
        """
        self.pipeline = blank()
        self._linker = Linker() if linking else None
        self._verdict: Mapping[str, float] | None = None
        self._weighing = weighing
        self._calibration = calibration(BOTH if recognition else RULES) if calibrated else None
        for component in (*COMPONENTS, *(RECOGNITION if recognition else ())):
            self.pipeline.add_pipe(component)
        gazetteer = self.pipeline.get_pipe("gazetteer")
        if not isinstance(gazetteer, Gazetteer):
            raise TypeError("the component `gazetteer` is not the gazetteer")
        self._gazetteer = gazetteer

    @property
    def gazetteer(self) -> Gazetteer:
        """The names of the catalogues, with their codes."""
        return self._gazetteer

    def use(
        self,
        *,
        network: Network,
        weights: Mapping[str, float],
        of_relations: Mapping[str, float] | None = None,
    ) -> None:
        """Read with another network and other weights of the votes, and of the verdict, than those of the package."""
        recogniser, votes = (self.pipeline.get_pipe(name) for name in RECOGNITION)
        if not isinstance(recogniser, Recogniser) or not isinstance(votes, Votes):
            raise TypeError("this extractor reads by the rules alone")
        recogniser.network, votes.weights = network, weights
        self._verdict = of_relations

    def extract(self, passages: Sequence[Passage], context: Context) -> tuple[Extraction, ...]:
        """What each passage holds, in order; `context` says whose document it is and from when it speaks."""
        docs = [self._read(passage) for passage in passages]
        declared = [alias_rules.declared(doc) for doc in docs]
        derived = alias_rules.derived(span for doc in docs for span in doc.spans[NAMES])
        known = alias_rules.apply(docs, [*(alias for found in declared for alias in found), *derived])
        extractions = []
        outline = places([doc._.words.content for doc in docs])
        for passage, doc, own, place in zip(passages, docs, declared, outline, strict=True):
            text = doc._.words.content
            spans = sorted(doc.spans[NAMES], key=lambda span: (span.start, span.end, span.label_))
            votes = {vote.name: vote for vote in doc._.votes}
            entities = tuple(
                _voted(
                    self._mention(text, span, context, known),
                    votes.get((span.label_, span.start, span.end)),
                )
                for span in spans
            )
            tasks, responsible = measures(
                text, doc._.words, entities, place, context.date, asking=self._weighing
            )
            sentences = list(skeletons(text, entities))
            stated = self._related(
                sentences, entities, relations(text, entities, sentences), doc._.opinion.view
            )
            entities = with_level(entities, stated)
            read = Extraction(
                relations=(*stated, *with_ends(responsible, entities)),
                measures=tuple(tasks),
                implied=tuple(implied(entities, self._gazetteer)),
                quantities=tuple(self._quantities(doc, entities, context.date)),
                passage=passage,
                entities=entities,
                aliases=tuple((alias.short, alias.full) for alias in own),
            )
            read = sure(read, self._calibration) if self._calibration else read
            extractions.append(read if text == passage.text else as_it_stands(read, text))
        return tuple(with_bodies_below(extractions))

    def _read(self, passage: Passage) -> Doc:
        return read(self.pipeline, plain(passage.text), passage.role)

    def _quantities(self, doc: Doc, entities: Sequence[Mention], today: str | None) -> list[Quantity]:
        text = doc._.words.content
        found = quantities(text, entities, today)
        if self._weighing:
            found = stance.weighed(text, doc._.words, found, today)
        return list(not_to_exceed(text, found))

    def _related(
        self,
        sentences: Sequence[Skeleton],
        entities: Sequence[Mention],
        stated: list[Relation],
        view: View | None,
    ) -> list[Relation]:
        """What stays of what frames state and the linker proposes; where the network has no view, there is no verdict."""
        if self._linker is None:
            return with_ends(stated, entities)
        if view is None:
            return with_ends([*stated, *self._linker.relations(sentences, entities, stated)], entities)
        proposals = self._linker.proposals(sentences, entities, stated, view)
        return verdict.chosen(proposals, entities, self._verdict)

    def _mention(
        self, text: str, span: Span, context: Context, known: dict[str, alias_rules.Alias]
    ) -> Mention:
        surface = text[span.start : span.end]
        name, code = None, None
        alias = known.get(surface)
        if alias is not None and alias.kind == span.label_:
            name = alias.full
        entry = self._gazetteer.known(span.label_, name or surface)
        if entry is not None:
            code = entry.code
            name = entry.name if entry.name != surface else None
        if name is None and span.label_ == "Agency":
            name = full_agency(surface, context.region)
        return Mention(span.label_, surface, span.start, span.end, name=name, code=code)


def _voted(mention: Mention, vote: Vote | None) -> Mention:
    """A mention with who found it and how likely it is right, as the vote had it."""
    if vote is None:
        return mention
    return replace(mention, method=BY_RULE if vote.by_rules else BY_MODEL, confidence=vote.probability)
