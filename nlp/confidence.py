"""Confidence (置信度): how often claims of this sort were right on text that nothing was fitted to.

Each part of an extraction has a raw score: a name the vote on it, a relation the verdict on it or, where there is none,
that of its frame and its ends. The table `confidence.csv` says, by who read, what it is, its method and its group, which
share was right of those around which raw score; it never falls with the score, and between two scores it is drawn
straight. So of ten claims with confidence 0.8 about eight should hold. The table is made by `scripts/train_model.py`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Final, TypeVar

import numpy as np

from nlp.extraction import BY_RULE, Extraction, MeasureSpan, Mention, Quantity, Relation

TABLE: Final = "confidence.csv"
# Who read: the rules alone, or with the trained network that votes with them.
RULES: Final = "rules"
BOTH: Final = "rules and network"
_ORGANISATIONS: Final = frozenset(("School", "Enterprise", "Agency", "Park"))
_TERMS: Final = frozenset(("Specialty", "Occupation", "IndustryChain"))
_GROUPS: Final = {
    "LEADS": "members",
    "MEMBER_OF": "members",
    "COOPERATES_WITH": "cooperation",
    "CO_BUILDS": "cooperation",
    "OFFERS": "teaching",
    "HOSTS": "teaching",
    "INCLUDES": "teaching",
    "PREPARES_FOR": "teaching",
    "ARTICULATES_TO": "teaching",
    "RESPONSIBLE_FOR": "responsibility",
}

Part = TypeVar("Part", Mention, Relation, Quantity, MeasureSpan)
Key = tuple[str, str, str]  # what, method, group


class Calibration:
    """Steps by key: around which raw score which share is right."""

    def __init__(self, steps: Mapping[Key, Sequence[tuple[float, float]]]) -> None:
        self._steps = {
            key: ([raw for raw, _ in rows], [share for _, share in rows]) for key, rows in steps.items()
        }

    def share(self, key: Key, raw: float) -> float:
        """The share that was right of those with about this raw score; that score itself where none was measured."""
        if key not in self._steps:
            return raw
        return round(float(np.interp(raw, *self._steps[key])), 3)

    def known(self) -> list[Key]:
        """What the table knows."""
        return sorted(self._steps)

    def steps(self, key: Key) -> list[tuple[float, float]]:
        """The steps of a key, by rising raw score."""
        return list(zip(*self._steps[key], strict=True))


def key_of(found: Mention | Relation | Quantity | MeasureSpan) -> Key:
    """Where a part of an extraction stands in the table."""
    match found:
        case Mention():
            return "entities", found.method, _group_of_name(found.kind)
        case Relation():
            return "relations", found.method, _GROUPS.get(found.kind, "others")
        case Quantity():
            return "quantities", BY_RULE, found.type
        case MeasureSpan():
            return "measures", found.method, "Measure"


def _group_of_name(kind: str) -> str:
    if kind in _ORGANISATIONS:
        return "organisations"
    return "terms" if kind in _TERMS else "others"


def with_ends(relations: Iterable[Relation], entities: Sequence[Mention]) -> list[Relation]:
    """The same, each as sure as its frame or the linker is, and as the less sure of its ends."""

    def of_both(relation: Relation) -> float:
        ends = [entities[end].confidence for end in (relation.head, relation.tail) if end is not None]
        return relation.confidence * min(ends)

    return [replace(one, confidence=of_both(one)) for one in relations]


@cache
def calibration(reader: str) -> Calibration:
    """The table of the package for a reader (`RULES` or `BOTH`)."""
    rows = csv.DictReader((files("nlp") / TABLE).read_text(encoding="utf-8").splitlines())
    steps: dict[Key, list[tuple[float, float]]] = {}
    for row in rows:
        if row["reader"] != reader:
            continue
        key = row["what"], row["method"], row["group"]
        steps.setdefault(key, []).append((float(row["raw"]), float(row["confidence"])))
    return Calibration(steps)


def sure(extraction: Extraction, table: Calibration) -> Extraction:
    """The same, with confidence that says how often such claims are right."""

    def told(part: Part, score: float) -> Part:
        share = table.share(key_of(part), score)
        return part if share == part.confidence else replace(part, confidence=share)

    return replace(
        extraction,
        entities=tuple(told(one, one.confidence) for one in extraction.entities),
        relations=tuple(told(one, one.confidence) for one in extraction.relations),
        quantities=tuple(told(one, one.confidence) for one in extraction.quantities),
        measures=tuple(told(one, one.confidence) for one in extraction.measures),
    )
