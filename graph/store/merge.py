"""A node's own row, merged from what the sources state of it (节点合并): the same in whatever order they came.

The name and each property are taken from the best statement that has one: a reference source before any other, then
a record before a rule before a model, then the surer one; among equals the value that most sources state, then the
smallest source id. All other names, and all stated aliases, become the node's aliases. A node that is only told by its
code (a school's table of its specialties before the catalogue is there) is called by it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import pyarrow as pa

from graph.errors import LiantuError
from graph.identity import key_of, label_of, normalise_name
from graph.ontology import METHODS, NODES
from graph.store.schema import node_columns

_REFERENCE = "reference-"
_STATED = ("tail", "source", "method", "confidence", "local", "name", "aliases", "properties")


class _Statement(NamedTuple):
    source: str
    method: str
    confidence: float
    local: str
    name: str | None
    aliases: str | None
    properties: str | None

    @property
    def weight(self) -> tuple[int, int, float]:
        """The smaller, the better."""
        return (
            not self.source.startswith(_REFERENCE),
            METHODS.index(self.method) if self.method in METHODS else len(METHODS),
            -(self.confidence or 0.0),
        )


def merge_nodes(statements: pa.Table) -> dict[str, pa.Table]:
    """The node rows that `statements` (rows of kind STATES) amount to: one table a label, ordered by id."""
    stated: dict[str, list[_Statement]] = defaultdict(list)
    columns = [statements.column(name).to_pylist() for name in _STATED]
    for identifier, *values in zip(*columns, strict=True):
        stated[identifier].append(_Statement(*values))
    by_label: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for identifier in sorted(stated):
        by_label[label_of(identifier)].append(_merged(identifier, stated[identifier]))
    return {label: _table(label, rows) for label, rows in sorted(by_label.items())}


def _table(label: str, rows: list[dict[str, Any]]) -> pa.Table:
    schema = node_columns(label)
    try:
        return pa.Table.from_pylist(rows, schema=schema)
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise LiantuError(
            "claim.property", kind=label, name="…", value=str(error), expected="docs/ontology.md"
        ) from None


def _merged(identifier: str, statements: list[_Statement]) -> dict[str, Any]:
    names = [(statement, statement.name) for statement in statements if statement.name]
    name = _best(names) if names else key_of(identifier)
    row: dict[str, Any] = {"id": identifier, "name": name}
    others = [other for _, other in names]
    values: dict[str, list[tuple[_Statement, Any]]] = defaultdict(list)
    for statement in statements:
        if statement.aliases and statement.aliases != "[]":
            others.extend(json.loads(statement.aliases))
        if statement.properties and statement.properties != "{}":
            for key, value in json.loads(statement.properties).items():
                if value is not None:
                    values[key].append((statement, value))
    row["aliases"] = _aliases(name, others)
    declared = {item.name for item in NODES[label_of(identifier)].properties}
    for key, candidates in values.items():
        if key not in declared:
            raise LiantuError(
                "claim.property", kind=label_of(identifier), name=key, value=candidates[0][1], expected="–"
            )
        row[key] = _best(candidates)
    return row


def _best(candidates: list[tuple[_Statement, Any]]) -> Any:
    """The value of the best statement; see the head of this module for what is better."""
    first = candidates[0][1]
    if len(candidates) == 1 or all(value == first for _, value in candidates):
        return first
    top = min(statement.weight for statement, _ in candidates)
    support: Mapping[Any, set[str]] = defaultdict(set)
    for statement, value in candidates:
        support[value].add(statement.source)
    tied = [(statement, value) for statement, value in candidates if statement.weight == top]
    return min(
        tied, key=lambda pair: (-len(support[pair[1]]), pair[0].source, pair[0].local or "", str(pair[1]))
    )[1]


def _aliases(name: str, others: Iterable[str]) -> list[str]:
    kept: dict[str, str] = {}
    for other in others:
        if other == name:
            continue
        compared = normalise_name(other)
        if compared:
            kept[compared] = min(other, kept.get(compared, other))
    if kept:
        kept.pop(normalise_name(name), None)
    return sorted(kept.values())
