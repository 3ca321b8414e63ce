"""Checking what a language model answered (核验): only what stands in the text, and fits the ontology, is added.

Names and quotes are looked for word for word; offsets, numbers, years, statuses and full names are read by our own rules,
never taken from the answer. Where the rules have read a stretch otherwise, their reading stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from graph.ontology import EDGES, STATUSES
from nlp.agencies import full_agency
from nlp.extraction import BY_MODEL, Context, Extraction, MeasureSpan, Mention, Quantity, Relation
from nlp.gazetteer import Gazetteer
from nlp.language_model.numbers import counted
from nlp.language_model.prompt import FIELDS, QUOTE_LIMIT
from nlp.language_model.refusal import Reason
from nlp.language_model.vocabulary import ENDS, NAMED, RELATIONS
from nlp.measures import read_due
from nlp.status import is_negated, status_of
from nlp.words import Words

# Below what the rules say of theirs, until it is measured on annotated text how often a model is right.
CONFIDENCE: Final = {"entities": 0.6, "relations": 0.5, "quantities": 0.5, "measures": 0.5}
_MOST: Final = {"entities": 200, "relations": 200, "quantities": 100, "measures": 50}
_MOST_BODIES: Final = 40
_OCCURRENCES: Final = 50
_NAME_LENGTH: Final = range(2, 61)
_BODY_LENGTH: Final = range(2, 41)
_TITLE_LENGTH: Final = range(4, 121)
_NO_TITLE: Final = re.compile(r"[。！？；;!?\x00-\x1f]|https?:|www\.")
_NO_NAME: Final = re.compile(rf"[，、：:]|{_NO_TITLE.pattern}")
_CLAUSE: Final = re.compile("[，；：。！？\n]")
_SENTENCE: Final = re.compile("[。！？；\n]")
_FORBIDS: Final = re.compile(
    "从未|从不|从没|不得|不准|不允许|严禁|禁止|没有任何|未与任何|绝不|不再"
)  # also over commas
_FAR: Final = 300  # characters around a quote in which its clause and sentence begin and end
# Bodies that have no name: 有关部门, 相关企业, 各区县
_LIKE_A_BODY: Final = re.compile(
    "各(?:地区?|校|方|市州|[省市区县]{1,3})|(?:各|.{2,})(?:部门|单位|政府|企业|公司|集团|中心|机构|联合体|共同体|委员会|理事会|协会|学会|商会|"
    "办公室|小组|专班|院校|学校|高校|学院|园区|开发区|区县|局|厅|委)"
)
_SUBJECTS: Final = frozenset(("School", "Enterprise", "Park", "Consortium", "IndustryChain"))
_BODIES: Final = frozenset(head for head, _ in EDGES["RESPONSIBLE_FOR"].ends)

Span = tuple[int, int]


class Checking:
    """One passage: the rules' reading, and what of the answers to its pieces is added."""

    def __init__(self, extraction: Extraction, context: Context, gazetteer: Gazetteer) -> None:
        self._rules = extraction
        self._text = extraction.passage.text
        self._context = context
        self._gazetteer = gazetteer
        self._words: Words | None = None
        self._mentions = list(extraction.entities)  # in the order of the text; those of the model come in
        self._mentions.sort(key=_place)
        self._relations: dict[tuple[str, Span, Span], tuple[Mention, Mention, Relation]] = {}
        self._quantities: list[tuple[Quantity, Mention | None]] = []
        self._measures: list[MeasureSpan] = []
        self._responsible: list[tuple[Mention, Relation]] = []
        self._stated = {
            (one.kind, _place(extraction.entities[one.head]), _place(extraction.entities[one.tail]))
            for one in extraction.relations
            if one.tail is not None
        }
        self.refused: Counter[Reason] = Counter()
        self.agreed = 0
        self.taken = 0

    def read(self, answer: Mapping[str, Sequence[Any]], begin: int, end: int) -> None:
        """Check the answer to the piece `begin:end` of the passage."""
        readers = {
            "entities": self._names,
            "relations": self._relation,
            "quantities": self._quantity,
            "measures": self._measure,
        }
        self.refused[Reason.FIELD] += len(answer.keys() - readers.keys())
        for name, reader in readers.items():
            items = answer[name]
            self.refused[Reason.TOO_MANY] += max(0, len(items) - _MOST[name])
            asked = (self._as_asked(name, item) for item in items[: _MOST[name]])
            sound = [item for item in asked if item is not None]
            if name == "entities":
                # the longest name first, as everywhere
                sound.sort(key=lambda item: -len(item["surface"]))
            for item in sound:
                outcome = reader(item, begin, end)
                if outcome is None:
                    self.taken += 1
                elif outcome is _AGREED:
                    self.agreed += 1
                elif isinstance(outcome, Reason):
                    self.refused[outcome] += 1
        self.refused = +self.refused

    def extraction(self) -> Extraction:
        """The rules' reading with what was added; their indices are those of the joined names."""
        rules = self._rules
        if not self.taken:
            return rules
        index = {_place(mention): number for number, mention in enumerate(self._mentions)}
        moved = [index[_place(mention)] for mention in rules.entities]
        relations = [
            replace(one, head=moved[one.head], tail=None if one.tail is None else moved[one.tail])
            for one in rules.relations
        ]
        relations += [
            replace(one, head=index[_place(head)], tail=index[_place(tail)])
            for head, tail, one in self._relations.values()
        ]
        relations += [replace(one, head=index[_place(body)]) for body, one in self._responsible]
        quantities = [
            replace(one, subject=None if one.subject is None else moved[one.subject])
            for one in rules.quantities
        ]
        quantities += [
            replace(one, subject=None if subject is None else index[_place(subject)])
            for one, subject in self._quantities
        ]
        return replace(
            rules,
            entities=tuple(self._mentions),
            relations=tuple(relations),
            quantities=tuple(sorted(quantities, key=lambda one: (one.start, one.end))),
            measures=tuple(sorted((*rules.measures, *self._measures), key=lambda one: (one.start, one.end))),
            implied=tuple(replace(one, head=moved[one.head]) for one in rules.implied),
        )

    def _as_asked(self, name: str, item: object) -> dict[str, Any] | None:
        """The fields of an item that were asked for, if they have the types that were; others are counted and left."""
        fields = FIELDS[name]["items"]["properties"]
        if not isinstance(item, dict):
            self.refused[Reason.SHAPE] += 1
            return None
        asked: dict[str, Any] = {}
        for field, declared in fields.items():
            value = item.get(field)
            if value is None and declared["type"] == "array":
                value = []
            if not _is_of(declared["type"], value):
                self.refused[Reason.SHAPE] += 1
                return None
            asked[field] = value.strip() if isinstance(value, str) else value
        self.refused[Reason.FIELD] += len(item.keys() - fields.keys())
        return asked

    def _names(self, item: dict[str, Any], begin: int, end: int) -> _Outcome:
        """Every place of a name: the first one, and others where it is no piece of a word."""
        kind, surface = item["kind"], item["surface"]
        if kind not in NAMED:
            return Reason.KIND
        if not _like_a_name(kind, surface):
            return Reason.NO_NAME
        places = list(self._places(surface, begin, end))
        if not places:
            return Reason.NOT_IN_TEXT
        added = agreed = 0
        for start, stop in places:
            there = self._overlapping(start, stop)
            if there:
                agreed += any(one.kind == kind and _place(one) == (start, stop) for one in there)
            elif not added or self._is_word(start, stop):
                insort(self._mentions, self._mention(kind, start, stop), key=_place)
                added += 1
        if added:
            return None
        return _AGREED if agreed else Reason.RULES

    def _mention(self, kind: str, start: int, stop: int) -> Mention:
        surface = self._text[start:stop]
        entry = self._gazetteer.known(kind, surface)
        name = entry.name if entry is not None and entry.name != surface else None
        if name is None and kind == "Agency":
            name = full_agency(surface, self._context.region)
        code = entry.code if entry is not None else None
        return Mention(kind, surface, start, stop, name, code, BY_MODEL, CONFIDENCE["entities"])

    def _relation(self, item: dict[str, Any], begin: int, end: int) -> _Outcome:
        kind, quote, status = item["kind"], item["quote"], item["status"]
        if kind not in RELATIONS:
            return Reason.KIND
        if status is not None and status not in STATUSES:
            return Reason.STATUS
        places = list(self._places(quote, begin, end)) if 0 < len(quote) <= QUOTE_LIMIT else []
        if not places:
            return Reason.NOT_IN_TEXT
        why: Reason = Reason.NO_END
        for start, stop in places:
            if is_negated(self._clauses(start, stop)) or _FORBIDS.search(self._text, *self._before(start)):
                why = Reason.DENIED
                continue
            heads = [one for one in self._within(start, stop) if one.surface == item["head"]]
            tails = [one for one in self._within(start, stop) if one.surface == item["tail"]]
            if not heads or not tails:
                continue
            why = Reason.ENDS if why is not Reason.DENIED else why
            pairs = [
                (abs(head.start - tail.start), head.start, head, tail)
                for head in heads
                for tail in tails
                if (head.kind, tail.kind) in ENDS[kind] and _place(head) != _place(tail)
            ]
            if not pairs:
                continue
            _, _, head, tail = min(pairs, key=lambda pair: pair[:2])
            key = kind, _place(head), _place(tail)
            if key in self._stated or key in self._relations:
                return _AGREED
            told = (
                status_of(self._clauses(start, stop), kind=kind) or status
            )  # our own reading of 拟, 将, 鼓励 goes before the model's
            relation = Relation(
                kind, -1, -1, start, stop, status=told, method=BY_MODEL, confidence=CONFIDENCE["relations"]
            )
            self._relations[key] = head, tail, relation
            return None
        return why

    def _quantity(self, item: dict[str, Any], begin: int, end: int) -> _Outcome:
        places = list(self._places(item["surface"], begin, end))
        if not places:
            return Reason.NOT_IN_TEXT
        metric = item["metric"]
        if not metric or not any(True for _ in self._places(metric, begin, end)):
            return Reason.NOT_IN_TEXT
        subject = item["subject"]
        agreed = False
        for start, stop in places:
            quantity = counted(
                self._text, (start, stop), metric, self._context.date, CONFIDENCE["quantities"]
            )
            if quantity is None or self._overlapping(quantity.start, quantity.end):
                continue  # no count, or a number inside of a name
            known = (*self._rules.quantities, *(one for one, _ in self._quantities))
            if any(one.start < quantity.end and quantity.start < one.end for one in known):
                agreed = True
                continue
            of = self._nearest(subject, _SUBJECTS, quantity.start, begin, end) if subject else None
            if subject and of is None:
                self.refused[Reason.NO_END] += 1  # the number stays, of nobody in particular
            self._quantities.append((replace(quantity, method=BY_MODEL), of))
            return None
        return _AGREED if agreed else Reason.NO_NUMBER

    def _measure(self, item: dict[str, Any], begin: int, end: int) -> _Outcome:
        surface, core, due = item["surface"], item["text"], item["due"]
        place = next(self._places(surface, begin, end), None) if len(surface) <= QUOTE_LIMIT else None
        if place is None or not core or core not in surface:
            return Reason.NOT_IN_TEXT
        start, stop = place
        known = (*self._rules.measures, *self._measures)
        if any(one.start < stop and start < one.end for one in known):
            return _AGREED
        asked = start + surface.index(core)
        begun = self._begin(asked, _CLAUSE)
        if is_negated(self._text[begun:asked]) or _FORBIDS.search(self._text, *self._before(begun)):
            return Reason.DENIED  # not what `不得…` forbids, which is a task with these words only
        if due and not any(True for _ in self._places(due, begin, end)):
            self.refused[Reason.NOT_IN_TEXT] += 1
            due = None
        when = read_due(due, self._context.date) if due else None
        if due and when is None:
            self.refused[Reason.NO_DATE] += 1
        named: list[Mention] = []
        generic: list[str] = []
        self.refused[Reason.TOO_MANY] += max(0, len(item["responsible"]) - _MOST_BODIES)
        for words in dict.fromkeys(item["responsible"][:_MOST_BODIES]):
            body = self._nearest(words, _BODIES, start, begin, end)
            if body is not None:
                named.append(body)
            elif not any(True for _ in self._places(words, begin, end)):
                self.refused[Reason.NOT_IN_TEXT] += 1
            elif len(words) in _BODY_LENGTH and _LIKE_A_BODY.fullmatch(words) and not _NO_NAME.search(words):
                generic.append(words)
            else:
                self.refused[Reason.NO_NAME] += 1
        self._measures.append(
            MeasureSpan(
                core,
                surface,
                start,
                stop,
                tuple(body.surface for body in named),
                tuple(generic),
                when,
                confidence=CONFIDENCE["measures"],
                method=BY_MODEL,
            )
        )
        for body in named:
            relation = Relation(
                "RESPONSIBLE_FOR",
                -1,
                None,
                min(body.start, start),
                max(body.end, stop),
                measure=core,
                status="计划",
                method=BY_MODEL,
                confidence=CONFIDENCE["measures"],
                properties={"lead": body.surface == item["lead"]},
            )
            self._responsible.append((body, relation))
        return None

    def _places(self, words: str, begin: int, end: int) -> Iterator[Span]:
        """Where words stand in a piece, word for word; the first of them, if they are many."""
        at = self._text.find(words, begin, end) if words else -1
        for _ in range(_OCCURRENCES):
            if at < 0:
                return
            yield at, at + len(words)
            at = self._text.find(words, at + len(words), end)

    def _begin(self, at: int, marks: re.Pattern[str]) -> int:
        """Where the clause or sentence that holds an offset begins."""
        near = max(0, at - _FAR)
        return max((match.end() for match in marks.finditer(self._text, near, at)), default=near)

    def _clauses(self, start: int, stop: int) -> str:
        """A stretch with what its first and last clause say besides: a quote may leave out 从未."""
        closing = _CLAUSE.search(self._text, stop, stop + _FAR)
        end = closing.start() if closing else min(len(self._text), stop + _FAR)
        return self._text[self._begin(start, _CLAUSE) : end]

    def _before(self, start: int) -> Span:
        """What stands before a stretch in its sentence."""
        return self._begin(start, _SENTENCE), start

    def _overlapping(self, start: int, stop: int) -> list[Mention]:
        first = bisect_right(self._mentions, start, key=lambda one: one.end)
        last = bisect_left(self._mentions, stop, key=lambda one: one.start)
        return self._mentions[first:last]

    def _within(self, start: int, stop: int) -> list[Mention]:
        return [one for one in self._overlapping(start, stop) if start <= one.start and one.end <= stop]

    def _nearest(self, words: str, kinds: frozenset[str], at: int, begin: int, end: int) -> Mention | None:
        """The name of these kinds with these words that stands nearest to an offset."""
        found = [one for one in self._within(begin, end) if one.surface == words and one.kind in kinds]
        return min(found, key=lambda one: (abs(one.start - at), one.start), default=None)

    def _is_word(self, start: int, stop: int) -> bool:
        if self._words is None:
            self._words = Words(self._text)
        return self._words.is_edge(start) and self._words.is_edge(stop)


def _is_of(types: str | list[str], value: object) -> bool:
    """Whether a value is of one of the types that the schema gives for it."""
    if value is None:
        return "null" in types
    if isinstance(value, list):
        return "array" in types and all(isinstance(one, str) for one in value)
    return isinstance(value, str) and "string" in types


def _like_a_name(kind: str, surface: str) -> bool:
    """Whether words may be a name at all: titles of documents are longer than names and have commas."""
    lengths, marks = (_TITLE_LENGTH, _NO_TITLE) if kind == "PolicyDocument" else (_NAME_LENGTH, _NO_NAME)
    written = any(character.isalpha() for character in surface)
    return written and len(surface) in lengths and not marks.search(surface)


class _Agreed:
    """What the rules have read already."""


_AGREED: Final = _Agreed()
_Outcome = Reason | _Agreed | None  # why it was refused; that it was known; None: it was added


def _place(mention: Mention) -> Span:
    return mention.start, mention.end
