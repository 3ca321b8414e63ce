"""Figures of offerings year by year (逐年数字): students, graduates, employed; each once, as in `graph.gaps.figures`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.columns import Grouped, Marks
from graph.gaps.figures import UNDATED, figure, read_off
from graph.gaps.market import Market
from graph.project import Projection

Figures: TypeAlias = NDArray[np.float64]
COLUMNS: Final = ("enrolled", "graduates", "employed", "in_field", "further_study")


class Yearly:
    """The figures in `COLUMNS` of every offering of a market (by its number there) and year; unknown is NaN.

    With `until`, those of later years and of none are left out.
    """

    def __init__(self, projection: Projection, market: Market, until: int | None = None) -> None:
        own, claims = market.provided.offerings.rows, projection.claims("OFFERS")
        rows, lengths = own.of_all(market.supplied.offered), own.lengths[market.supplied.offered]
        offerings = np.repeat(np.arange(len(lengths)), lengths)
        told, dated = claims.numbers("year")
        years = np.where(dated, told, UNDATED)[rows]
        if until is not None:
            kept = (years != UNDATED) & (years <= until)
            rows, offerings, years = rows[kept], offerings[kept], years[kept]
        order = np.lexsort((years, offerings))
        rows, years, offerings = rows[order], years[order], offerings[order]
        fresh = np.ones(len(rows), dtype=bool)
        fresh[1:] = (years[1:] != years[:-1]) | (offerings[1:] != offerings[:-1])
        first = np.flatnonzero(fresh)
        self.years, self._owners = years[first], offerings[first]
        counts = np.bincount(self._owners, minlength=len(lengths))
        self._entries = Grouped.of_lengths(counts, np.arange(len(first)))
        last = np.append(first, len(rows))
        several = np.flatnonzero(np.diff(last) > 1)
        claimed = Grouped.of_lengths(np.diff(last), rows)
        self.values: dict[str, Figures] = {}
        for name in COLUMNS:
            values, known = claims.numbers(name)
            told = known & (values >= 0)  # below zero counts nobody
            here = np.where(told, values, np.nan)[rows[first]]
            here[several] = self._worked_out(projection, several, claimed, name, told)
            self.values[name] = here

    def _worked_out(
        self, projection: Projection, entries: NDArray[np.int64], claimed: Grouped, name: str, told: Marks
    ) -> Figures:
        """The figure of each entry of several claims; NaN where none tells it."""
        own = claimed.of_all(entries)
        owners = np.repeat(np.arange(len(entries)), claimed.lengths[entries])[told[own]]
        some, counts = np.unique(owners, return_counts=True)
        rows = Grouped.of_lengths(counts, own[told[own]])
        values, plain, _ = read_off(projection, "OFFERS", rows, column=name, part="number", cautious=min)
        found = np.full(len(entries), np.nan)
        found[some[plain]] = values[plain]
        for at in np.flatnonzero(~plain).tolist():
            year = int(self.years[entries[some[at]]])
            one = figure(
                projection,
                "OFFERS",
                set(rows.of(at).tolist()),
                column=name,
                part="number",
                year=None if year == UNDATED else year,
                cautious=min,
            ).value
            found[some[at]] = np.nan if one is None else one
        return found

    def entries(self, offerings: NDArray[np.int64]) -> NDArray[np.int64]:
        """Where the figures of these offerings stand: positions in `years` and in each of `values`."""
        found: NDArray[np.int64] = self._entries.of_all(offerings)
        return found

    def dated(self, name: str) -> tuple[NDArray[np.int64], NDArray[np.int64], Figures]:
        """The figures of a column that a year is told of: offering, year and figure."""
        at = np.flatnonzero(~np.isnan(self.values[name]) & (self.years != UNDATED))
        return self._owners[at], self.years[at], self.values[name][at]

    def rates(
        self, entries: NDArray[np.int64], parts: Sequence[str], whole: str, *, at_most: bool = False
    ) -> dict[int, float]:
        """Year → the sum of `parts` over that of `whole`, of the offerings that tell the first part and the whole.

        Of the other parts one that is unknown adds nobody, or with `at_most` all who are left of the whole. Undated
        figures count only where no figure has a year. No rate is above 1, whoever counted.
        """
        first, others = parts[0], parts[1:]
        part, base = self.values[first][entries], self.values[whole][entries]
        for name in others:
            other = self.values[name][entries]
            part = part + np.nan_to_num(other)
            if at_most:
                part = np.where(np.isnan(other), np.maximum(part, base), part)
        told = ~np.isnan(part) & ~np.isnan(base)
        found = {}
        for year in self._told(entries[told]):
            here = told & (self.years[entries] == year)
            if base[here].sum() > 0:
                found[year] = min(1.0, float(part[here].sum() / base[here].sum()))
        return found

    def totals(self, entries: NDArray[np.int64], name: str) -> dict[int, int]:
        """Year → the known figures of a column together; years without any are left out."""
        value = self.values[name][entries]
        told = ~np.isnan(value)
        return {
            year: int(value[told & (self.years[entries] == year)].sum()) for year in self._told(entries[told])
        }

    def newest(self, offerings: NDArray[np.int64], name: str, year: int | None = None) -> int:
        """The newest known figure of each offering, or that of a year, together: schools tell different years."""
        entries = self._entries_of(offerings, year)
        told = entries[~np.isnan(self.values[name][entries])]
        owners = self._owners[told]
        last = np.append(owners[1:] != owners[:-1], True)[: len(owners)]  # years rise within an offering
        return int(self.values[name][told[last]].sum())

    def telling(self, offerings: NDArray[np.int64], names: Sequence[str], year: int | None = None) -> Marks:
        """Which of these offerings tell any of the columns, in whatever year or in this one."""
        entries = self._entries_of(offerings, year)
        told = np.zeros(len(entries), dtype=bool)
        for name in names:
            told |= ~np.isnan(self.values[name][entries])
        found: Marks = np.isin(offerings, self._owners[entries[told]])
        return found

    def _entries_of(self, offerings: NDArray[np.int64], year: int | None) -> NDArray[np.int64]:
        entries = self.entries(offerings)
        return entries if year is None else entries[self.years[entries] == year]

    def busy(self, offerings: NDArray[np.int64]) -> int:
        """The last year in which any of these offerings tells students or graduates; before all years without any."""
        entries = self.entries(offerings)
        some = (self.values["enrolled"][entries] > 0) | (self.values["graduates"][entries] > 0)
        return int(self.years[entries[some]].max(initial=UNDATED))

    def complete(self, offerings: NDArray[np.int64], name: str) -> dict[int, int]:
        """Year → the figures of a column together, of the years in which every offering tells it."""
        entries = self.entries(offerings)
        told = self.years[entries[~np.isnan(self.values[name][entries])]].tolist()
        return {
            year: people
            for year, people in self.totals(entries, name).items()
            if year != UNDATED and told.count(year) == len(offerings)
        }

    def trend(self, offerings: NDArray[np.int64], name: str, window: int) -> float | None:
        """The change a year, as a share, from the first to the last year told within the last `window` years.

        Only offerings that tell both years count, so that a school which has begun to report makes no growth.
        """
        entries = self.entries(offerings)
        told = entries[~np.isnan(self.values[name][entries]) & (self.years[entries] != UNDATED)]
        if not len(told):
            return None
        last = int(self.years[told].max())
        first = int(self.years[told][self.years[told] >= last - window].min())
        if first == last:
            return None
        at_first, at_last = told[self.years[told] == first], told[self.years[told] == last]
        _, *both = np.intersect1d(
            self._owners[at_first], self._owners[at_last], assume_unique=True, return_indices=True
        )
        before = sum(self.values[name][at_first[both[0]]].tolist())
        after = sum(self.values[name][at_last[both[1]]].tolist())
        return float((after / before) ** (1 / (last - first)) - 1) if before else None

    def _told(self, entries: NDArray[np.int64]) -> list[int]:
        """The years of these entries in order; undated only where there is no other."""
        years = np.unique(self.years[entries]).tolist()
        return [year for year in years if year != UNDATED] or years


def yearly(projection: Projection, market: Market, until: int | None = None) -> Yearly:
    """The figures of a market of this projection, made once for all questions that ask."""
    return projection.once(("yearly", id(market), until), lambda: Yearly(projection, market, until))
