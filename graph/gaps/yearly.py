"""Figures of offerings year by year (逐年数字): students, graduates, employed; each once, as in `graph.gaps.figures`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Final

from graph.gaps.figures import figure
from graph.gaps.market import Market
from graph.gaps.provision import Offering
from graph.project import Projection

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

COLUMNS: Final = ("enrolled", "graduates", "employed", "in_field", "further_study")
UNDATED: Final = 0
"""The year under which figures stand that no year is told of."""


class Yearly:
    """The figures in `COLUMNS` of every offering of a market (by its number there) and year; unknown is NaN."""

    def __init__(self, projection: Projection, market: Market) -> None:
        import numpy as np  # noqa: PLC0415 (a tenth of a second that other questions do not need)

        offered = market.provided.offered
        rows_of = [offered[Offering(one.school, one.specialty)] for one in market.supplied]
        table = projection.claims("OFFERS").table
        rows = np.fromiter(chain.from_iterable(rows_of), dtype=np.int64)
        offerings = np.repeat(np.arange(len(rows_of)), [len(one) for one in rows_of])
        years = _plain(table, "year")[rows]
        keys = np.stack([offerings, np.where(np.isnan(years), UNDATED, years).astype(np.int64)])
        once, first, counts = np.unique(keys, axis=1, return_index=True, return_counts=True)
        self.years = once[1]
        self._starts = np.searchsorted(once[0], np.arange(len(rows_of) + 1))
        self.values: Mapping[str, Numbers] = {}
        several = np.flatnonzero(counts > 1)
        alike: dict[tuple[int, int], set[int]] = {}
        contested = {(int(once[0, n]), int(once[1, n])) for n in several}
        for row, offering, year in zip(rows.tolist(), *keys.tolist(), strict=True) if contested else ():
            if (offering, year) in contested:
                alike.setdefault((offering, year), set()).add(row)
        for name in COLUMNS:
            told = _plain(table, name)[rows[first]]
            told[told < 0] = np.nan  # a number below zero counts nobody
            for n in several.tolist():
                year = int(once[1, n])
                found = figure(
                    projection,
                    "OFFERS",
                    alike[int(once[0, n]), year],
                    column=name,
                    part="number",
                    year=None if year == UNDATED else year,
                    cautious=min,
                ).value
                told[n] = np.nan if found is None else found
            self.values = {**self.values, name: told}

    def entries(self, offerings: Iterable[int]) -> NDArray[np.int64]:
        """Where the figures of these offerings stand: positions in `years` and in each of `values`."""
        import numpy as np  # noqa: PLC0415 (see above)

        spans = [np.arange(self._starts[one], self._starts[one + 1]) for one in offerings]
        return np.concatenate(spans) if spans else np.zeros(0, dtype=np.int64)

    def rates(self, entries: NDArray[np.int64], parts: Sequence[str], whole: str) -> dict[int, float]:
        """Year → the sum of `parts` over that of `whole`, of the offerings that tell the first part and the whole.

        Undated figures count only where no figure has a year. No rate is above 1, whoever counted.
        """
        import numpy as np  # noqa: PLC0415 (see above)

        first, others = parts[0], parts[1:]
        part = self.values[first][entries]
        for name in others:
            part = part + np.nan_to_num(self.values[name][entries])
        base = self.values[whole][entries]
        told = ~np.isnan(part) & ~np.isnan(base)
        found = {}
        for year in self._told(entries[told]):
            here = told & (self.years[entries] == year)
            if base[here].sum() > 0:
                found[year] = min(1.0, float(part[here].sum() / base[here].sum()))
        return found

    def totals(self, entries: NDArray[np.int64], name: str) -> dict[int, int]:
        """Year → the known figures of a column together; years without any are left out."""
        import numpy as np  # noqa: PLC0415 (see above)

        value = self.values[name][entries]
        told = ~np.isnan(value)
        return {
            year: int(value[told & (self.years[entries] == year)].sum()) for year in self._told(entries[told])
        }

    def complete(self, offerings: Sequence[int], name: str) -> dict[int, int]:
        """Year → the figures of a column together, of the years in which every offering tells it."""
        import numpy as np  # noqa: PLC0415 (see above)

        entries = self.entries(offerings)
        told = self.years[entries[~np.isnan(self.values[name][entries])]].tolist()
        return {
            year: people
            for year, people in self.totals(entries, name).items()
            if year != UNDATED and told.count(year) == len(offerings)
        }

    def trend(self, offerings: Sequence[int], name: str, window: int) -> float | None:
        """The change a year, as a share, from the first to the last year told within the last `window` years.

        Only offerings that tell both years count, so that a school which has begun to report makes no growth.
        """
        import numpy as np  # noqa: PLC0415 (see above)

        entries = self.entries(offerings)
        told = entries[~np.isnan(self.values[name][entries]) & (self.years[entries] != UNDATED)]
        if not len(told):
            return None
        last = int(self.years[told].max())
        first = int(self.years[told][self.years[told] >= last - window].min())
        if first == last:
            return None
        owner = np.searchsorted(self._starts, told, side="right") - 1
        ends = [
            dict(zip(owner[at].tolist(), self.values[name][told[at]].tolist(), strict=True))
            for at in (self.years[told] == first, self.years[told] == last)
        ]
        both = ends[0].keys() & ends[1].keys()
        before, after = (sum(end[one] for one in both) for end in ends)
        return float((after / before) ** (1 / (last - first)) - 1) if before else None

    def _told(self, entries: NDArray[np.int64]) -> list[int]:
        """The years of these entries in order; undated only where there is no other."""
        years = sorted({int(year) for year in self.years[entries]})
        return [year for year in years if year != UNDATED] or years


def _plain(table: object, name: str) -> Numbers:
    import numpy as np  # noqa: PLC0415 (see above)

    column = table.column(name)  # type: ignore[attr-defined]
    return np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.float64) if len(column) else np.zeros(0)


def yearly(projection: Projection, market: Market) -> Yearly:
    """The figures of a market of this projection, made once for all questions that ask."""
    return projection.once(("yearly", id(market)), lambda: Yearly(projection, market))
