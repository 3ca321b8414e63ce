"""Answers as plain values, so that those of liantu, of a loop and of SQL can be compared field by field."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any

from graph.claims import Claim
from graph.gaps import Finding, Named
from graph.language import Text

Row = dict[str, Any]


def read(findings: Iterable[Finding]) -> None:
    """Look at every field of every finding, so that what comes later has come."""
    names: list[str] = []
    for one in findings:
        names = names or [item.name for item in fields(one)]
        for name in names:
            getattr(one, name)


def rows(findings: Iterable[Finding]) -> list[Row]:
    """Findings as a loop tells them: pairs for nodes, ids and quotes for claims, Chinese words."""
    return [{item.name: _plain(getattr(one, item.name)) for item in fields(one)} for one in findings]


def differences(ours: Sequence[Row], theirs: Sequence[Row]) -> list[str]:
    """Where two answers differ, the order of rows set aside: the first few, in words."""
    if len(ours) != len(theirs):
        return [f"{len(ours):,} and {len(theirs):,} rows"]
    told = []
    for one, other in zip(sorted(ours, key=_key), sorted(map(_row, theirs), key=_key), strict=True):
        if one.keys() != other.keys():
            told.append(f"fields {sorted(one.keys() ^ other.keys())}")
        else:
            told += [
                f"{_key(one)[:1]} {name}: {one[name]!r:.400} and {other[name]!r:.400}"
                for name in one
                if not _alike(one[name], other[name])
            ]
        if len(told) > 5:
            break
    return told


def _plain(value: Any) -> Any:
    if isinstance(value, Named):
        return value.name, value.id
    if isinstance(value, Claim):
        return value.id, value.quote
    if isinstance(value, Text):
        return value.zh
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    return value


def _row(row: Row) -> Row:
    return {name: _of_sql(value) for name, value in row.items()}


def _of_sql(value: Any) -> Any:
    """A struct of SQL is a pair (of a claim, the first two), a list a tuple."""
    if isinstance(value, dict):
        return tuple(value.values())[:2]
    if isinstance(value, (list, tuple)):
        return tuple(map(_of_sql, value))
    return value


def _key(row: Row) -> list[str]:
    """The row's own fields that are no numbers, first the nodes: what tells it from others."""
    told = {name: value for name, value in row.items() if name not in ("evidence", "confidence", "as_of")}
    return [repr(told[name]) for name in sorted(told, key=lambda name: (not _is_node(told[name]), name))]


def _is_node(value: Any) -> bool:
    return isinstance(value, tuple) and len(value) == 2 and isinstance(value[1], str) and ":" in value[1]


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, (int, float)):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return type(one) is type(other) and bool(one == other)
