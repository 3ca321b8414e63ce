"""The race of consortia (赛马比拼): like with like, by quarter, by aggregated ranks; ties and stability shown."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from graph.gaps.dates import checked_quarter
from graph.gaps.finding import (
    MINIMUM_CONFIDENCE,
    REALISED,
    Finding,
    Named,
    Question,
    label,
    surest,
    telling,
)
from graph.gaps.indicators import (
    DEFAULT,
    KINDS,
    LABELS,
    NAMES,
    Standing,
    indicators,
    size_class,
    standings,
)
from graph.language import Text
from graph.project import Projection

WEIGHTINGS: Final = 200
"""How many other weightings a place is tried under."""
_SEED: Final = 33618


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked(Finding):
    """A consortium's place among those of its level and size."""

    consortium: Named = field(metadata=label("联合体", "consortium", head=Text("联合体", "consortium")))
    group: str = field(
        metadata=label("同组（级次、规模）", "group: level and size", head=Text("同组", "group"))
    )
    place: int = field(metadata=label("名次（并列同号）", "place, ties alike", head=Text("名次", "place")))
    tied: int = field(metadata=label("并列数", "how many share the place"))
    of: int = field(metadata=label("同组数", "how many in the group", head=Text("共", "of")))
    mean_rank: float = field(metadata=label("加权平均名次", "weighted mean of its ranks"))
    best: int = field(metadata=label("换权重后的最好名次", "best place under other weights"))
    worst: int = field(metadata=label("换权重后的最差名次", "worst place under other weights"))
    stability: float = field(
        metadata=label("名次不变的比例", "share of weightings with this place", head=Text("稳定", "stable"))
    )
    moved: int | None = field(
        metadata=label("比上季度升降", "places gained since the quarter before", head=Text("升降", "moved"))
    )
    quarter: str | None = field(metadata=label("季度", "quarter"))
    values: tuple[str, ...] = field(metadata=label("各指标", "indicators", note=True))
    unknown: tuple[Text, ...] = field(metadata=label("缺数的指标", "indicators that are unknown", note=True))


def ranking(
    projection: Projection,
    *,
    quarter: str | None = None,
    weights: str = DEFAULT,
    minimum_confidence: float = MINIMUM_CONFIDENCE,
    realised: tuple[str | None, ...] = REALISED,
) -> tuple[Ranked, ...]:
    r"""The consortia ranked among those of the same level and size, by quarter.

    With $r_j(k)$, the rank of consortium $k$ by indicator $j$ in its group (1 the best, ties the mean of their places),
    over the indicators that are known for $k$, and $w_j$ their weights, the order is by

    .. math::

       R(k) = \frac{\sum_j w_j\, r_j(k)}{\sum_j w_j}

    Ranks are compared, never values, so that no unit and no outlier decides (weighted Borda). An indicator that is
    unknown for a consortium is left out of its mean, and of the group's ranks by it; it is never 0.

    Parameters
    ----------
    projection : Projection
        The graph. Node and edge kinds read: `QUESTION.labels`, `QUESTION.kinds`.
    quarter : str or None
        The state at the end of this quarter, such as 2024Q4: what began later does not count, nor, where it is not told
        since when, a claim that speaks of a later day. None: all.
    weights : str
        The table of indicators, `name:weight:full; …` (`graph.gaps.indicators`); the full marks play no part here.
    minimum_confidence : float
        Claims less sure are not believed.
    realised : tuple of str or None
        The statuses that count as done.

    Returns
    -------
    tuple of Ranked
        By group, then by place, then by name. A consortium alone in its group has the first place of one.

    Notes
    -----
    `stability` is the share of 200 weightings, drawn evenly from all there are (a fixed seed, so the answer is always the
    same), under which the consortium has the same place; `best` and `worst` are the places that it has under any of them.
    `moved` compares with the quarter before where `quarter` is given, for who was in the same group then; evidence is
    of what had begun by its end. $O(m + g \cdot n^2)$ for $m$ claims, $g$ weightings and $n$ consortia of a group.

    References
    ----------
    .. [1] Dwork, C., Kumar, R., Naor, M. & Sivakumar, D. (2001). Rank aggregation methods for the Web. WWW10, 613–622.
    .. [2] Lahdelma, R. & Salminen, P. (2001). SMAA-2: Stochastic multicriteria acceptability analysis for group decision
           making. Operations Research 49(3), 444–454.
    """
    quarter = checked_quarter("quarter", quarter)
    table = {one.name: one.weight for one in indicators(weights, "weights")}
    scoped, projection = projection, projection.beyond  # members count wherever they lie (`graph.gaps.scope`)
    known, now = _at(projection, quarter, minimum_confidence, realised)
    before = (
        _places_by_group(
            projection, _at(projection, _previous(quarter), minimum_confidence, realised)[1], table, scoped
        )
        if quarter
        else {}
    )
    trials = _weightings(sorted(table))
    found = []
    for group, members in _groups(projection, now, scoped).items():
        values = {one: now[one].values for one in members}
        ranks = {name: _ranks({one: values[one][name] for one in members}) for name in table}
        means = _means(members, ranks, [table, *trials])
        places = _places(means)
        sharing = Counter(places[0].tolist())
        for one, mean, (place, *tried) in zip(members, means[0].tolist(), places.T.tolist(), strict=True):
            before_in, earlier = before.get(one, (None, place))
            rows = dict(now[one].rows)
            found.append(
                Ranked(
                    consortium=Named(projection.name(one), one),
                    group=group,
                    place=place,
                    tied=sharing[place],
                    of=len(members),
                    mean_rank=round(mean, 4),
                    best=min(tried),
                    worst=max(tried),
                    stability=round(tried.count(place) / len(tried), 3),
                    moved=earlier - place if before_in == group else None,
                    quarter=quarter,
                    values=tuple(
                        f"{NAMES[name].zh} {value:.4g}"
                        for name in table
                        if (value := values[one][name]) is not None
                    ),
                    unknown=tuple(NAMES[name] for name in table if values[one][name] is None),
                    evidence=telling(known, rows),
                    confidence=surest(known, rows),
                )
            )
    return tuple(sorted(found, key=lambda one: (one.group, one.place, one.consortium)))


def _at(
    projection: Projection,
    quarter: str | None,
    minimum_confidence: float,
    realised: tuple[str | None, ...],
) -> tuple[Projection, Mapping[str, Standing]]:
    """What was known at the end of a quarter, and how the consortia stood by that."""
    if quarter is None:
        return projection, standings(projection, minimum_confidence, realised)
    known = _begun_by(projection, f"{quarter[:4]}-{int(quarter[5]) * 3:02d}")
    return known, standings(known, minimum_confidence, realised, quarter)


def _begun_by(projection: Projection, day: str) -> Projection:
    """The projection without what began after a day, or, where it is not told since when, without claims of a later day.

    A list of 2025 that says 加入 2023-01 tells of a member since 2023.
    """
    last = pa.scalar(f"{day}~")  # after every day inside of a month or year
    edges = {}
    for kind, table in projection.edges.items():
        told = table.column("observed")
        if "since" in table.column_names:
            since = table.column("since")
            told = pc.if_else(pc.fill_null(pc.match_substring_regex(since, r"^\d{4}"), False), since, told)
        later = pc.and_(pc.greater(told, last), pc.match_substring_regex(told, r"^\d{4}"))
        edges[kind] = table.filter(pc.invert(pc.fill_null(later, False)))
    return projection.with_edges(edges)


def _previous(quarter: str) -> str:
    year, number = int(quarter[:4]), int(quarter[5])
    return f"{year}Q{number - 1}" if number > 1 else f"{year - 1}Q4"


def _groups(
    projection: Projection, found: Mapping[str, Standing], scoped: Projection
) -> dict[str, list[str]]:
    """The consortia of each level and size class, of those within the scope."""
    groups: dict[str, list[str]] = {}
    for one, told in sorted(found.items()):
        if not scoped.counts(one):
            continue
        level = projection.value(one, "level") or "级次不明"
        groups.setdefault(f"{level}·{size_class(told.members)}", []).append(one)
    return groups


def _places_by_group(
    projection: Projection, found: Mapping[str, Standing], table: Mapping[str, float], scoped: Projection
) -> dict[str, tuple[str, int]]:
    """The group of each consortium, and its place there."""
    told: dict[str, tuple[str, int]] = {}
    for group, members in _groups(projection, found, scoped).items():
        ranks = {name: _ranks({one: found[one].values[name] for one in members}) for name in table}
        places = _places(_means(members, ranks, [table]))[0].tolist()
        told |= {one: (group, place) for one, place in zip(members, places, strict=True)}
    return told


def _ranks(values: Mapping[str, float | None]) -> dict[str, float]:
    """The rank of each known value, the largest first; ties have the mean of their places."""
    known = {one: value for one, value in values.items() if value is not None}
    places: dict[float, list[int]] = {}
    for place, value in enumerate(sorted(known.values(), reverse=True), start=1):
        places.setdefault(value, []).append(place)
    return {one: (places[value][0] + places[value][-1]) / 2 for one, value in known.items()}


def _means(
    members: Sequence[str],
    ranks: Mapping[str, Mapping[str, float]],
    weightings: Sequence[Mapping[str, float]],
) -> NDArray[np.float64]:
    """The weighted mean of the ranks known of each member (columns) under each weighting (rows).

    Of whom no rank is known it is the middle of the group.
    """
    known = np.array([[one in ranked for one in members] for ranked in ranks.values()])
    by_indicator = np.array([[ranked.get(one, 0.0) for one in members] for ranked in ranks.values()])
    weights = np.array([[weighting[name] for name in ranks] for weighting in weightings])
    sums, totals = np.zeros((2, len(weights), len(members)))
    for weight, rank, told in zip(weights.T, by_indicator, known, strict=True):
        sums += np.outer(weight, rank)
        totals += np.outer(weight, told)
    middle = np.full_like(sums, (len(members) + 1) / 2)
    return np.divide(sums, totals, out=middle, where=totals > 0)


def _places(means: NDArray[np.float64]) -> NDArray[np.int64]:
    """The place of each member under each weighting, the least mean first; who is level shares the better place."""
    rounded = np.round(means, 9)
    return np.array([1 + np.searchsorted(np.sort(row), row) for row in rounded])


def _weightings(names: Sequence[str]) -> list[dict[str, float]]:
    """Weightings drawn evenly from the simplex, always the same."""
    chance = random.Random(_SEED)  # noqa: S311 (no secret: the same draws each time)
    return [{name: chance.expovariate(1.0) for name in names} for _ in range(WEIGHTINGS)]


QUESTION = Question(
    name="ranking",
    title=Text(zh="赛马比拼", en="The race of consortia"),
    definition=Text(
        zh="同级次、同规模的联合体相比：各指标分别排名，再按权重合成；并列的同号，缺数的不当作零；换一套权重名次还稳不稳，比上季度升降几位。",
        en="Consortia of the same level and size compared: ranked by each indicator, the ranks joined by weights; ties "
        "share a place, unknown is not zero; how stable the place is under other weights, and how it moved since the "
        "quarter before.",
    ),
    finding=Ranked,
    answer=ranking,
    labels=LABELS,
    kinds=KINDS,
)
