"""What documents report of a metric (统计数): the statistics that may measure a target, and what they tell together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

import numpy as np

from graph.claims import Claim
from graph.columns import Numbers
from graph.gaps.finding import RowsByKind, best_evidence, row_array, surest
from graph.gaps.likeness import Likeness
from graph.gaps.stated import number_text
from graph.identity import label_of, normalise_name
from graph.project import Projection

FILLING: Final = re.compile(r"(数量|总数|数|总量|达到|的|占比|比重|比例)+")
LEAST: Final = 5  # characters of a metric that stands within another
_REGIONS: Final = "Region"  # in place of a node: those that are about regions alone
_SHOWN: Final = 3  # claims of the latest figures


@dataclass(frozen=True)
class Reported:
    """A statistic with its metric, value, unit and year, what it is about, and the claims that report it."""

    id: str
    metric: str
    value: float
    unit: str | None
    year: int | None
    about: frozenset[str]
    rows: RowsByKind

    @cached_property
    def stem(self) -> str:
        """Its metric without words such as 数 or 比例."""
        return stem_of(self.metric)

    @cached_property
    def of_regions(self) -> bool:
        """Whether it is about regions alone: 全市, as what is about nothing in particular."""
        return bool(self.about) and all(label_of(one) == "Region" for one in self.about)


class Measuring:
    """The statistics that measure a target, of all that are reported; what several targets share is read once."""

    def __init__(self, projection: Projection, reported: Sequence[Reported], likeness: float) -> None:
        self._projection, self._reported, self._likeness = projection, reported, likeness
        self._by_about: dict[tuple[str, str | None], dict[str | None, dict[str, Reported]]] = {}
        for one in reported:
            about = self._by_about.setdefault((one.stem, one.unit), {})
            for node in one.about or (None,):
                about.setdefault(node, {})[one.id] = one
            if one.of_regions:
                about.setdefault(_REGIONS, {})[one.id] = one
        self._of_stem: dict[str, list[Reported]] = {}
        self._known: dict[tuple[str, str | None, frozenset[str]], Measured] = {}

    def of(self, metric: str, unit: str | None, about: frozenset[str]) -> Measured:
        """Those of the same metric and unit that are about the same; where there are none, those of a like metric.

        What is about nothing in particular is measured by what is about nothing or a region, never by a figure of one
        school, enterprise or chain.
        """
        key = stem_of(metric), unit, about
        if key not in self._known:
            self._known[key] = Measured(self._projection, self._fitting(*key))
        return self._known[key]

    def _fitting(self, stem: str, unit: str | None, about: frozenset[str]) -> list[Reported]:
        by_node = self._by_about.get((stem, unit), {})
        nodes = (None, *about) if about else (None, _REGIONS)
        same = {key: one for node in nodes for key, one in by_node.get(node, {}).items()}
        if same or self._likeness >= 1:
            return [*same.values()]
        return [
            one
            for one in self._of_like_metrics(stem)
            if one.unit == unit and (not one.about or about & one.about or (not about and one.of_regions))
        ]

    def _of_like_metrics(self, stem: str) -> list[Reported]:
        if stem not in self._of_stem:
            like = {one for one, _ in self._names.nearest(stem, self._likeness, len(self._reported))}
            within = {own for own in {one.stem for one in self._reported} if _within(own, stem)}
            self._of_stem[stem] = [one for one in self._reported if one.id in like or one.stem in within]
        return self._of_stem[stem]

    @cached_property
    def _names(self) -> Likeness:
        return Likeness({one.id: one.stem for one in self._reported})


class Measured:
    """What several statistics tell of one target: the newest figure, the cautious one of several, the base before it."""

    def __init__(self, projection: Projection, fitting: Sequence[Reported]) -> None:
        self._projection, self._fitting = projection, fitting
        newest = max((one.year or 0 for one in fitting), default=None)
        self._latest = [one for one in fitting if (one.year or 0) == newest]
        self._conflicts: dict[str, tuple[str, ...]] = {}

    def actual(self, *, at_most: bool) -> Reported | None:
        """The newest figure; of several that farthest from a target that is to be reached, or not to be exceeded."""
        return self._ends[at_most] if self._ends else None

    @cached_property
    def _ends(self) -> tuple[Reported, Reported] | None:
        return (min(self._latest, key=_place), max(self._latest, key=_place)) if self._latest else None

    def base(self, actual: Reported, issued: int, *, at_most: bool) -> Reported | None:
        """The newest figure of or before the year in which a target was set, where the actual is a later one.

        Of several that from which most is to have been reached by now.
        """
        if actual.year is None:
            return None
        until = min(issued, actual.year - 1)
        return next((ends[at_most] for year, ends in self._by_year if year <= until), None)

    @cached_property
    def _by_year(self) -> list[tuple[int, tuple[Reported, Reported]]]:
        """Year, the newest first → the largest and the smallest figure."""
        return [
            (year, (max(own, key=_place), max(own, key=lambda one: (-one.value, one.id))))
            for year, own in sorted(self._of_year.items(), reverse=True)
        ]

    def falls_to(self, wanted: float) -> bool:
        """Whether a figure that is to be just `wanted` is to fall: all that were told before the newest were larger."""
        earlier = [figure for year, _ in self._by_year[1:] for figure in self._of_year[year]]
        return bool(earlier) and all(one.value > wanted for one in earlier)

    @cached_property
    def _of_year(self) -> dict[int, list[Reported]]:
        years: dict[int, list[Reported]] = {}
        for one in self._fitting:
            if one.year is not None:
                years.setdefault(one.year, []).append(one)
        return years

    def conflicts(self, actual: Reported) -> tuple[str, ...]:
        """The newest figures of the metric of `actual`, where they contradict each other."""
        if actual.stem not in self._conflicts:
            values = {one.value for one in self._latest if one.stem == actual.stem}
            told = {number_text(value, actual.unit) for value in values}
            self._conflicts[actual.stem] = tuple(sorted(told)) if len(told) > 1 else ()
        return self._conflicts[actual.stem]

    @cached_property
    def sure(self) -> float | None:
        """How sure the surest claim of the newest figures is; None without any."""
        return surest(self._projection, self._rows)

    @cached_property
    def evidence(self) -> tuple[Claim, ...]:
        """The most telling claims of the newest figures."""
        return best_evidence(self._projection, self._rows, _SHOWN)

    @cached_property
    def _rows(self) -> dict[str, Numbers]:
        """The claims that report the newest figures."""
        found: dict[str, list[Numbers]] = {}
        for one in self._latest:
            for kind, rows in one.rows.items():
                found.setdefault(kind, []).append(row_array(rows))
        return {kind: np.unique(np.concatenate(rows)) for kind, rows in found.items()}


def reported(
    projection: Projection, about: Mapping[str, frozenset[str]], told: Mapping[str, RowsByKind]
) -> list[Reported]:
    """The statistics with a value of which `told` has claims."""
    found = []
    for one in projection.ids("Statistic"):
        value = projection.value(one, "value")
        if value is not None and one in told:
            metric = projection.value(one, "metric") or projection.name(one)
            unit, year = projection.value(one, "unit"), projection.value(one, "year")
            found.append(Reported(one, metric, value, unit, year, about.get(one, frozenset()), told[one]))
    return found


@lru_cache(maxsize=8192)  # many statistics tell of the same metric
def stem_of(metric: str) -> str:
    """A metric without words such as 数 or 比例."""
    return FILLING.sub("", normalise_name(metric))


def _place(one: Reported) -> tuple[float, str]:
    return one.value, one.id


def _within(metric: str, wanted: str) -> bool:
    """Whether a metric has the characters of another in their order, and most of them: 校企共建（市级以上）实训基地."""
    shorter, longer = sorted((metric, wanted), key=len)
    letters: Iterable[str] = iter(longer)
    return (
        len(shorter) >= LEAST and 2 * len(shorter) >= len(longer) and all(one in letters for one in shorter)
    )
