"""`ranking` by hand: consortia of the same level and size ranked by each indicator, and the ranks joined."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping

from benchmarks.beside.plain import Plain, Row, rests_on, surest, telling
from benchmarks.beside.standing import NAMES, standings, table_of
from graph.gaps.indicators import DEFAULT

WEIGHTINGS, SEED = 200, 33618  # as they are declared: the same draws give the same answer
Ranks = dict[str, dict[str, float]]


def weightings(names: Iterable[str] = NAMES) -> list[dict[str, float]]:
    """The weights tried, each a draw by indicator."""
    chance = random.Random(SEED)  # noqa: S311 (no secret: the same draws each time)
    return [{name: chance.expovariate(1.0) for name in sorted(names)} for _ in range(WEIGHTINGS)]


def loop(plain: Plain, *, quarter: str | None = None, weights: str = DEFAULT) -> list[Row]:
    """One row a consortium of two members or more."""
    table = {name: weight for name, (weight, _) in table_of(weights).items()}
    trials = weightings(table)
    rows, earlier = _at(plain, quarter, table, trials), dict[tuple[str, str], int]()
    if quarter is not None:
        year, number = int(quarter[:4]), int(quarter[5])
        before = f"{year}Q{number - 1}" if number > 1 else f"{year - 1}Q4"
        earlier = {
            (row["consortium"][1], row["group"]): row["place"] for row in _at(plain, before, table, trials)
        }
    for row in rows:
        was = earlier.get((row["consortium"][1], row["group"]))
        row["moved"] = None if was is None else was - row["place"]
    return rows


def _at(
    plain: Plain, quarter: str | None, table: Mapping[str, float], trials: list[dict[str, float]]
) -> list[Row]:
    """The rows of the state at the end of a quarter."""
    if quarter is not None:
        plain = plain.begun(f"{quarter[:4]}-{int(quarter[5]) * 3:02d}")
    told = standings(plain, quarter)
    groups: dict[str, list[str]] = {}
    for consortium, own in told.items():
        size = "小" if own.members <= 5 else "中" if own.members <= 15 else "大"
        level = plain.value(consortium, "level") or "级次不明"
        groups.setdefault(f"{level}·{size}", []).append(consortium)
    found = []
    for group, members in groups.items():
        ranks: Ranks = {one: {} for one in members}
        for name in table:
            for one, rank in _ranked({one: told[one].values[name] for one in members}).items():
                ranks[one][name] = rank
        means, places = _placed(ranks, table)
        tried = [_placed(ranks, trial)[1] for trial in trials]
        sharing = Counter(places.values())
        for one in members:
            own, under = told[one], [trial[one] for trial in tried]
            found.append(
                {
                    "consortium": plain.named(one),
                    "group": group,
                    "place": places[one],
                    "tied": sharing[places[one]],
                    "of": len(members),
                    "mean_rank": round(means[one], 4),
                    "best": min(under),
                    "worst": max(under),
                    "stability": round(under.count(places[one]) / WEIGHTINGS, 3),
                    "moved": None,
                    "quarter": quarter,
                    "values": tuple(
                        f"{NAMES[name]} {value:.4g}"
                        for name in table
                        if (value := own.values[name]) is not None
                    ),
                    "unknown": tuple(NAMES[name] for name in table if own.values[name] is None),
                    **rests_on(telling(own.claims), surest(own.claims)),
                }
            )
    return found


def _ranked(values: Mapping[str, float | None]) -> dict[str, float]:
    """The rank of each known value, the largest first; ties have the mean of their places."""
    known = {one: value for one, value in values.items() if value is not None}
    counts, above, rank = Counter(known.values()), 0, {}
    for value in sorted(counts, reverse=True):
        rank[value] = above + (counts[value] + 1) / 2
        above += counts[value]
    return {one: rank[value] for one, value in known.items()}


def _placed(ranks: Ranks, weights: Mapping[str, float]) -> tuple[dict[str, float], dict[str, int]]:
    """The weighted mean of the ranks of each, the middle where none is known; and its place, ties alike."""
    means = {}
    for one, own in ranks.items():
        total = sum(weights[name] for name in own)
        means[one] = (
            sum(weights[name] * rank for name, rank in own.items()) / total if total else (len(ranks) + 1) / 2
        )
    rounded = {one: round(mean, 9) for one, mean in means.items()}
    first = _first(rounded.values())
    return means, {one: first[mean] for one, mean in rounded.items()}


def _first(means: Iterable[float]) -> dict[float, int]:
    first: dict[float, int] = {}
    for place, mean in enumerate(sorted(means), start=1):
        first.setdefault(mean, place)
    return first
