"""What each pair of school and enterprise does (校企合作内容): projects by stage, modes, times, amounts; in columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from graph.columns import Grouped, Marks, distinct_pairs, largest
from graph.gaps.amounts import Amount, amount
from graph.gaps.dates import before, is_date, months_between
from graph.gaps.partnerships import DONE, TOGETHER, Partnerships, stages
from graph.project import Claims, Projection

PEOPLE: Final = ("order_students", "teachers", "interns", "hires")
_STAGES: Final = 3
_UNKNOWN: Final = -1


@dataclass(frozen=True, eq=False)
class Amounts:
    """An amount of each pair, where it is known; `contradicted` are those that sources tell otherwise."""

    values: NDArray[Any]
    known: Marks
    contradicted: Mapping[int, Amount]


@dataclass(frozen=True, eq=False)
class PairWork:
    """What the pairs of `Partnerships` do, by their place there.

    `projects[stage]` counts those of each stage; `told_modes` are the places in `mode_stages` and `modes` of each pair.
    `since` is the place in `days` of the first date of something done, `months` how long the longest lasts (-1 where
    unknown). `built` are the things that both have built, done; `sure` is the surest of the claims.
    """

    pairs: Partnerships
    projects: NDArray[np.int64]
    told_modes: Grouped
    mode_stages: NDArray[np.int64]
    modes: Sequence[str]
    days: Sequence[str]
    since: NDArray[np.int64]
    months: NDArray[np.int64]
    income: Amounts
    people: Amounts
    built: Grouped
    sure: NDArray[np.float64]

    def conflicts(self, pair: int) -> tuple[str, ...]:
        """The incomes of a pair that contradict each other."""
        told = self.income.contradicted.get(pair)
        if told is None:
            return ()
        names = self.pairs.projection.register.names
        who = f"{names[self.pairs.schools[pair]]}·{names[self.pairs.enterprises[pair]]}"
        return tuple(f"{who}：{told.value:.10g} ≠ {other:.10g}" for other in told.others)


def work_of(
    projection: Projection, pairs: Partnerships, realised: tuple[str | None, ...], day: str | None
) -> PairWork:
    """What every pair does; work without an end lasts until `day`."""
    claims = projection.claims("COOPERATES_WITH")
    counts, by_mode, mode_stages, modes = _projects(claims, pairs, realised)
    apart = _told_apart(projection, pairs)
    things = pairs.joint.keys * _STAGES + pairs.thing_stages[pairs.joint.values]
    np.add.at(counts, things[apart], 1)
    with_things = np.concatenate([by_mode, pairs.joint.keys[apart]])
    stages_told = np.concatenate([mode_stages, things[apart] % _STAGES])
    told_modes = Grouped(with_things, len(pairs))
    modes += [TOGETHER] * int(apart.sum())
    days, since, months = _times(claims, pairs, realised, day)
    done = pairs.thing_stages[pairs.joint.values] == DONE
    built_rows = pairs.built
    of_things = largest(projection.claims("CO_BUILDS").confidences[built_rows.values], built_rows, 0.0)
    return PairWork(
        pairs,
        counts.reshape(len(pairs), _STAGES).T,
        told_modes,
        stages_told,
        modes,
        days,
        since,
        months,
        _amounts(projection, pairs, realised, ("income",)),
        _amounts(projection, pairs, realised, PEOPLE),
        Grouped(pairs.joint.keys[done], len(pairs), pairs.things[pairs.joint.values[done]]),
        np.maximum(
            largest(claims.confidences[pairs.direct.values], pairs.direct, 0.0),
            largest(of_things[pairs.joint.values], pairs.joint, 0.0),
        ),
    )


def _projects(
    claims: Claims, pairs: Partnerships, realised: tuple[str | None, ...]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], list[str]]:
    """The projects of each pair and stage that claims of cooperation tell of; and pair, stage, mode of what is named.

    Of one mode the source that tells most counts; without a mode only where none is named.
    """
    rows = pairs.direct.values
    of_stage = pairs.direct.keys * _STAGES + stages(claims, realised)[rows]
    keys, modes, by_mode = distinct_pairs(of_stage, claims.coded("mode").codes[rows])
    of_mode, _, by_source = distinct_pairs(by_mode, claims.coded("source").codes[rows])
    most = np.zeros(len(keys), dtype=np.int64)
    np.maximum.at(most, of_mode, np.bincount(by_source, minlength=len(of_mode)))
    values = claims.coded("mode").values
    named = np.array([*map(bool, values), False], dtype=bool)[modes]
    counts = np.zeros(len(pairs) * _STAGES, dtype=np.int64)
    np.add.at(counts, keys[named], most[named])
    alone = ~named & (counts[keys] == 0)
    np.add.at(counts, keys[alone], most[alone])
    told = [values[mode] for mode in modes[named].tolist()]
    return counts, keys[named] // _STAGES, keys[named] % _STAGES, told


def _told_apart(projection: Projection, pairs: Partnerships) -> Marks:
    """Of the things that pairs build, as `joint` has them, those not told of in the words of a claim of cooperation."""
    apart = np.ones(len(pairs.joint.values), dtype=bool)
    both = np.flatnonzero((pairs.direct.lengths > 0) & (pairs.joint.lengths > 0))
    for pair in both.tolist():
        words = _words(projection, "COOPERATES_WITH", pairs.direct.of(pair))
        start = int(pairs.joint.starts[pair])
        for at, thing in enumerate(pairs.joint.of(pair).tolist(), start):
            apart[at] = words.isdisjoint(_words(projection, "CO_BUILDS", pairs.built.of(thing)))
    return apart


def _words(projection: Projection, kind: str, rows: NDArray[Any]) -> set[tuple[str, str]]:
    """Where the words of claims stand: source and place, where it is told."""
    claims = projection.claims(kind)
    places, sources = claims.column("place"), claims.column("source")
    return {(sources[row], places[row]) for row in rows.tolist() if places[row]}


def _times(
    claims: Claims, pairs: Partnerships, realised: tuple[str | None, ...], day: str | None
) -> tuple[list[str], NDArray[np.int64], NDArray[np.int64]]:
    """The days told, in order; of each pair the first on which something done began, and the months of the longest."""
    since, until = claims.coded("since"), claims.coded("until")
    days = sorted(one for one in since.values if is_date(one))
    place_of = {one: place for place, one in enumerate(days)}
    places = np.array([place_of.get(one, _UNKNOWN) for one in (*since.values, None)], dtype=np.int64)
    rows, keys = pairs.direct.values, pairs.direct.keys
    dated = (places[since.codes[rows]] >= 0) & (stages(claims, realised)[rows] == DONE)
    rows, keys = rows[dated], keys[dated]
    starts, ends, which = distinct_pairs(since.codes[rows], until.codes[rows])
    lasting = [
        _months(since.values[start], None if end < 0 else until.values[end], day)
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
    ]
    first = np.full(len(pairs), len(days), dtype=np.int64)
    np.minimum.at(first, keys, places[since.codes[rows]])
    longest = np.full(len(pairs), _UNKNOWN, dtype=np.int64)
    np.maximum.at(longest, keys, np.array(lasting, dtype=np.int64)[which])
    return days, np.where(first == len(days), _UNKNOWN, first), longest


def _months(since: str, until: str | None, day: str | None) -> int:
    """How long a cooperation lasts: to its end, or to the day on which the graph speaks where it goes on until then."""
    end = until if until is not None and is_date(until) else day
    if end is not None and day is not None and not before(end, day):
        end = day
    months = months_between(since, end) if end else None
    return _UNKNOWN if months is None else months


def _amounts(
    projection: Projection, pairs: Partnerships, realised: tuple[str | None, ...], columns: Sequence[str]
) -> Amounts:
    """The amount of each pair, over several columns together: read off where one claim tells it, else worked out."""
    claims = projection.claims("COOPERATES_WITH")
    rows, keys = pairs.direct.values, pairs.direct.keys
    done = stages(claims, realised)[rows] == DONE
    values = np.zeros(len(pairs))
    known = np.zeros(len(pairs), dtype=bool)
    contradicted: dict[int, Amount] = {}
    for column in columns:
        numbers, there = claims.numbers(column)
        told = done & there[rows] & (numbers[rows] >= 0)
        counts = np.bincount(keys[told], minlength=len(pairs))
        once = told & (counts[keys] == 1)
        values[keys[once]] += numbers[rows[once]]
        several = Grouped(keys[told], len(pairs), rows[told])
        for pair in np.flatnonzero(counts > 1).tolist():
            one = amount(projection, "COOPERATES_WITH", several.of(pair).tolist(), column)
            values[pair] += one.value or 0
            if one.others:
                contradicted[pair] = one
        known |= counts > 0
    return Amounts(values, known, contradicted)
