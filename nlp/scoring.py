"""Scoring (评分): extractions against annotated passages, as precision, recall and F1.

Entities count as the set of (kind, surface) of a passage, relations as (kind, head surface, tail surface or measure),
quantities as (type, value, surface); white space does not count. Two measures of a passage are the same where one's
text contains the other's, or where their clauses share more than half of the longer one's characters; each gold
measure can be met once. A responsibility is met where body and core clause are, word for word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nlp.extraction import Extraction, MeasureSpan, Mention, Quantity, Relation

Part = Mention | Relation | Quantity | MeasureSpan


@dataclass(frozen=True, slots=True)
class Score:
    """Hits, what was wrongly found and what was missed."""

    hits: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 1 where nothing was found."""
        return self.hits / (self.hits + self.wrong) if self.hits + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of what is there that was found; 1 where nothing is there."""
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __add__(self, other: Score) -> Score:
        return Score(self.hits + other.hits, self.wrong + other.wrong, self.missed + other.missed)


@dataclass(frozen=True, slots=True)
class Difference:
    """One disagreement: `what` (entities …), the passage, the item, and whether it was missed or wrongly found."""

    what: str
    passage: object
    item: tuple[object, ...]
    missed: bool


@dataclass(frozen=True, slots=True)
class Report:
    """The scores of a set of passages and every disagreement; keys of `kinds`: ("entities", "School").

    `annotated` are those of the four that any of the passages is annotated for: the score of another one says nothing.
    """

    entities: Score
    relations: Score
    quantities: Score
    measures: Score
    kinds: Mapping[tuple[str, str], Score]
    differences: tuple[Difference, ...]
    annotated: frozenset[str]


def score(gold: Sequence[Mapping[str, Any]], extractions: Sequence[Extraction]) -> Report:
    """Compare extractions with the gold lines of the same passages, in the same order."""
    totals = {"entities": Score(), "relations": Score(), "quantities": Score(), "measures": Score()}
    kinds: dict[tuple[str, str], Score] = {}
    differences: list[Difference] = []
    for line, extraction in zip(gold, extractions, strict=True):
        found = _as_annotated(extraction.as_gold(), line)
        for what, items in (("entities", _entities), ("relations", related), ("quantities", _quantities)):
            right, ours = items(line), items(found)
            totals[what] += _compare(right, ours)
            for kind in {str(item[0]) for item in right | ours}:
                here = _compare({i for i in right if i[0] == kind}, {i for i in ours if i[0] == kind})
                kinds[what, kind] = kinds.get((what, kind), Score()) + here
            differences += [
                Difference(what, line["id"], item, True) for item in sorted(right - ours, key=str)
            ]
            differences += [
                Difference(what, line["id"], item, False) for item in sorted(ours - right, key=str)
            ]
        met, extra, missed = _match_measures(line.get("measures", ()), found["measures"])
        if met or extra or missed:
            tasks = Score(met, len(extra), len(missed))
            totals["measures"] += tasks
            kinds["measures", "Measure"] = kinds.get(("measures", "Measure"), Score()) + tasks
        differences += [Difference("measures", line["id"], (item["text"],), True) for item in missed]
        differences += [Difference("measures", line["id"], (item["text"],), False) for item in extra]
    annotated = frozenset(what for line in gold for what in totals if what in line)
    return Report(kinds=kinds, differences=tuple(differences), annotated=annotated, **totals)


def right(gold: Mapping[str, Any], extraction: Extraction) -> Iterator[tuple[Part, bool]]:
    """Each part of an extraction, and whether the gold line has it; a responsibility, for the same task.

    Parts of a kind that the line is not annotated for are left out.
    """
    found = extraction.as_gold()
    entities, relations, quantities = _entities(gold), related(gold), _quantities(gold)
    for mention in extraction.entities:
        yield mention, (mention.kind, unspaced(mention.surface)) in entities
    for number, relation in enumerate(extraction.relations):
        if relation.measure is not None and "measures" not in gold:
            continue
        one = {**found, "relations": [found["relations"][number]]}
        holds = related(one) <= relations if relation.measure is None else _answers_for(gold, found, relation)
        yield relation, holds
    if "quantities" in gold:
        for number, quantity in enumerate(extraction.quantities):
            yield quantity, _quantities({"quantities": [found["quantities"][number]]}) <= quantities
    if "measures" in gold:
        _, extra, _ = _match_measures(gold["measures"], found["measures"])
        for measure, item in zip(extraction.measures, found["measures"], strict=True):
            yield measure, not any(item is other for other in extra)


def _as_annotated(found: Mapping[str, Any], gold: Mapping[str, Any]) -> Mapping[str, Any]:
    """An extraction without what a gold line is not annotated for."""
    found = {**found, **{what: [] for what in ("quantities", "measures") if what not in gold}}
    if "measures" not in gold:
        found["relations"] = [one for one in found["relations"] if not isinstance(one["tail"], Mapping)]
    return found


def _answers_for(gold: Mapping[str, Any], found: Mapping[str, Any], relation: Relation) -> bool:
    """Whether a body is responsible for a task in the gold line, too, in whatever words that has its core."""
    body = unspaced(found["entities"][relation.head]["surface"])
    own = [task for task in found["measures"] if task["text"] == relation.measure]
    return any(
        body in map(unspaced, task["responsible"]) and any(_same_measure(task, ours) for ours in own)
        for task in gold["measures"]
    )


def unspaced(text: object) -> str:
    """A surface as it is compared: white space does not count."""
    return "".join(str(text).split())


def _entities(line: Mapping[str, Any]) -> set[tuple[object, ...]]:
    return {(item["kind"], unspaced(item["surface"])) for item in line["entities"]}


def related(line: Mapping[str, Any]) -> set[tuple[object, ...]]:
    """The relations of an annotated line, as they are compared: kind, head, and tail or measure, by their surfaces."""
    entities = line["entities"]
    return {
        (
            item["kind"],
            unspaced(entities[item["head"]]["surface"]),
            unspaced(
                item["tail"]["measure"]
                if isinstance(item["tail"], Mapping)
                else entities[item["tail"]]["surface"]
            ),
        )
        for item in line["relations"]
    }


def _quantities(line: Mapping[str, Any]) -> set[tuple[object, ...]]:
    return {
        (item["type"], round(float(item["value"]), 6), unspaced(item["surface"]))
        for item in line.get("quantities", ())
    }


def _compare(right: set[tuple[object, ...]], ours: set[tuple[object, ...]]) -> Score:
    return Score(len(right & ours), len(ours - right), len(right - ours))


def _match_measures(
    right: Iterable[Mapping[str, Any]], ours: Iterable[Mapping[str, Any]]
) -> tuple[int, list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    extra = list(ours)
    missed = []
    met = 0
    for item in right:
        same = next((other for other in extra if _same_measure(item, other)), None)
        if same is None:
            missed.append(item)
        else:
            extra.remove(same)
            met += 1
    return met, extra, missed


def _same_measure(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    first, second = unspaced(one["text"]), unspaced(other["text"])
    if first in second or second in first:
        return True
    first, second = (unspaced(item.get("surface", item["text"])) for item in (one, other))
    shared = sum((Counter(first) & Counter(second)).values())
    return shared * 2 > max(len(first), len(second))
