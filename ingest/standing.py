"""Which claims of a record source stand (有效): reports that a later one replaces, and rows that were corrected.

A school reports a table for a period; a second report of the same table, school and period replaces the first, whatever
its file is called, unless it says that it is partial (补报): then both stand. A corrected row stands in place of the row
that was rejected, as long as that is still rejected. Claims carry the `Scope` that they belong to; here is decided, from
what is known of all sources, which scopes are out of force. It does not depend on the order of files in a batch.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Final

import pyarrow as pa

PARTIAL_NAMES: Final = re.compile(
    r"补报|补充|增补|追加|增量|部分|partial|supplement|increment", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Scope:
    """Part of a source that stands or falls as one: a school's report of a table and period, or one corrected row.

    `name` is what the claims of the source carry. `collected` is the latest time of collection in it, as text that sorts;
    `alone` says that the table does not say when it was collected, and speaks of no other school. A corrected row names
    the source and place of the row that it corrects.
    """

    source: str
    name: str
    kind: str
    school: str | None = None
    period: str | None = None
    collected: str = ""
    rows: int = 0
    replaces: bool = True
    corrects: str | None = None
    place: str | None = None
    figures: str | None = None


@dataclass(frozen=True, slots=True)
class Scoped:
    """The scopes of a source, and of each of its claims the name of its scope, null where it has none."""

    scopes: tuple[Scope, ...]
    of: pa.Array


@dataclass(frozen=True, slots=True)
class Arrival:
    """When a source came, by the number of its batch and by its path inside that batch, and whether it is partial."""

    batch: int
    path: str
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Overruled:
    """A scope that is out of force: because a later report replaced it (`by`), or what it corrects is not there."""

    scope: Scope
    by: str | None = None


def overruled(
    scopes: Iterable[Scope],
    arrivals: Mapping[str, Arrival],
    present: AbstractSet[str],
    rejected: Mapping[str, AbstractSet[str]],
) -> tuple[Overruled, ...]:
    """The scopes of the sources in `present` that are out of force.

    `rejected` are the places of rejected rows, by source, of the sources that are there.
    """
    listed = [scope for scope in scopes if scope.source in present]
    reports = [scope for scope in listed if scope.corrects is None]
    whole = _whole(reports, arrivals)
    out = [
        Overruled(scope, winner.source)
        for scope in reports
        if (winner := _winner(scope, whole)) is not None and _is_replaced(scope, winner, arrivals)
    ]
    told = {(scope.source, _report(scope)): scope.figures for scope in reports}
    latest: dict[tuple[str, str], Scope] = {}
    corrections = [scope for scope in listed if scope.corrects is not None]
    for scope in sorted(corrections, key=lambda one: _order(one, arrivals)):
        latest[scope.corrects or "", scope.place or ""] = scope
    for scope in corrections:
        of, place = scope.corrects or "", scope.place or ""
        figures = told.get((of, _report(scope)), scope.figures)  # those of the report that it belongs to
        winner = _winner(replace(scope, figures=figures), whole)
        if place not in rejected.get(of, frozenset()):
            out.append(Overruled(scope))
        elif latest[of, place] is not scope:
            out.append(Overruled(scope, latest[of, place].source))
        elif (
            winner is not None
            and winner.source != of
            and _order(winner, arrivals) > _as_of(scope, of, arrivals)
        ):
            out.append(Overruled(scope, winner.source))
    return tuple(out)


def _report(scope: Scope) -> tuple[str, str, str] | None:
    """What a scope reports: table, school and period; None where one of them is not known."""
    if scope.school is None or scope.period is None:
        return None
    return scope.kind, scope.school, scope.period


_Reports = Mapping[tuple[str, str, str] | None, list[Scope]]


def _whole(reports: Iterable[Scope], arrivals: Mapping[str, Arrival]) -> _Reports:
    """For each school, table and period the reports that are whole, the last one first."""
    whole: dict[tuple[str, str, str] | None, list[Scope]] = defaultdict(list)
    for scope in sorted(reports, key=lambda one: _order(one, arrivals), reverse=True):
        if _report(scope) is not None and scope.replaces and not _arrival(scope.source, arrivals).partial:
            whole[_report(scope)].append(scope)
    return whole


def _winner(scope: Scope, whole: _Reports) -> Scope | None:
    """The last whole report of what a scope reports."""
    return next((one for one in whole.get(_report(scope), ()) if _is_like(scope, one)), None)


def _is_like(one: Scope, other: Scope) -> bool:
    """Whether two scopes of one table, school and period report the same: they share figures, or have none."""
    if one.figures is None or other.figures is None or one.figures == other.figures:
        return True
    return bool(set(one.figures.split()) & set(other.figures.split()))


def _is_replaced(scope: Scope, winner: Scope, arrivals: Mapping[str, Arrival]) -> bool:
    return winner is not scope and scope.replaces and _order(scope, arrivals) < _order(winner, arrivals)


def _arrival(source: str, arrivals: Mapping[str, Arrival]) -> Arrival:
    return arrivals.get(source, Arrival(0, ""))


def _order(scope: Scope, arrivals: Mapping[str, Arrival]) -> tuple[str, int, str, str]:
    came = _arrival(scope.source, arrivals)
    return scope.collected, came.batch, came.path, scope.source


def _as_of(scope: Scope, of: str, arrivals: Mapping[str, Arrival]) -> tuple[str, int, str, str]:
    """The order of a corrected row: that of the source that it belongs to."""
    came = _arrival(of, arrivals)
    return scope.collected, came.batch, came.path, of
