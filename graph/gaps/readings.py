"""How a unit stands (专业现状): the signals of a specialty, a group or an offering, by which its advice is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.columns import Numbers, total
from graph.gaps.advice import Signals, Thresholds
from graph.gaps.crowd import Crowd, enough
from graph.gaps.fitting import Fitting, fitting
from graph.gaps.market import Market
from graph.gaps.matching import matches
from graph.gaps.offers import staying
from graph.gaps.teaching import Unit
from graph.gaps.yearly import Yearly, yearly
from graph.project import Projection

TREND_YEARS: Final = 5
_ABSORBED: Final = ("in_field", "further_study")


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of a unit: its signals with all demand as it is, less and more, and what they come from.

    `classes` of needs it could fill (`Fitting`), `demand_unknown` of these needs tell no number; `placed` are those of
    its graduates whom the matching places, `silent` its offerings that tell no graduates, `untold` those that do and
    tell neither who works in the field nor who studies on, `rates` employment by year; `perhaps_low` says that it would
    be low for too long if nobody studied on of whom it is not told.
    """

    signals: tuple[Signals, Signals, Signals]
    classes: Numbers
    demand_unknown: int
    placed: int
    silent: NDArray[np.int64]
    untold: NDArray[np.int64]
    rates: Mapping[int, float]
    perhaps_low: bool


class Readings:
    """Reads units off a market: one fitting, three matchings, the figures by year.

    With `year`, who works in the field or studies on is read of that year, as the market is; rates and trends end there.
    """

    def __init__(
        self,
        projection: Projection,
        sides: Market,
        limits: Thresholds,
        *,
        year: int | None,
        retention: float,
        shift: float,
    ) -> None:
        self._sides, self._limits, self._year, self._retention = sides, limits, year, retention
        self.fits: Fitting = fitting(projection, sides)
        self._figures: Yearly = yearly(projection, sides, year)
        matchings = matches(sides, (1, 1 - shift, 1 + shift))
        self._placed, self._up_to = (
            [np.array(getattr(made, name), dtype=np.int64) for made in matchings]
            for name in ("placed", "up_to")
        )
        self._family: _Family | None = None

    def of(self, unit: Unit, family: Unit) -> Reading:
        """What is known of one unit, whose schools crowd each other within a family (of which it may be the whole)."""
        figures, places = self._figures, unit.offerings
        if self._family is None or self._family.unit is not family:
            self._family = _Family(
                family, Crowd(self._sides, family.offerings), self._absorbed(family.offerings)
            )
        entries = figures.entries(places)
        placed_on, limits = ("employed", "further_study"), self._limits
        rates = figures.rates(entries, placed_on, "graduates")
        at_most = figures.rates(entries, placed_on, "graduates", at_most=True)
        low, surely_low = (
            _running(one, lambda rate: rate < limits.lowest_employment) for one in (rates, at_most)
        )
        trend = figures.trend(places, "enrolled", TREND_YEARS)
        known = self._sides.supplied.known[places]
        classes = self.fits.together(places)
        demand, demand_unknown = self.fits.people(classes)
        told = Signals(
            graduates=total(self._sides.supplied.graduates[places][known]) if known.any() else None,
            demand=demand,
            short=0,
            surplus=None,
            surplus_at_most=None,
            employment=_latest(rates),
            in_field=_latest(figures.rates(entries, ("in_field",), "employed")),
            low=surely_low,
            idle=self._idle(places),
            trend=figures.trend(places, "graduates", TREND_YEARS) if trend is None else trend,
            schools=len(self._family.crowd.known),
            enough=None,
            spared=False,
        )
        absorbed = self._family.absorbed if unit is family else self._absorbed(places)
        signals = [self._matched(unit, self._family, told, absorbed, number) for number in range(3)]
        return Reading(
            (signals[0], signals[1], signals[2]),
            classes,
            demand_unknown,
            total(self._placed[0][places]),
            places[~known],
            self._untold(places),
            rates,
            low >= limits.low_years > surely_low,
        )

    def _matched(
        self, unit: Unit, family: _Family, told: Signals, absorbed: _Absorbed, number: int
    ) -> Signals:
        """The signals with those that one of the matchings gives."""
        placed, graduates = self._placed[number], told.graduates
        taken = max(total(placed[family.unit.offerings]), family.absorbed.at_most)
        needed = enough(family.crowd.known, taken)
        matched = total(placed[unit.offerings])
        return replace(
            told,
            short=int(self._up_to[number][unit.offerings].max(initial=0)),
            surplus=None if graduates is None else max(0, graduates - max(matched, absorbed.at_most)),
            surplus_at_most=None if graduates is None else max(0, graduates - max(matched, absorbed.known)),
            enough=needed,
            spared=needed < len(unit.schools)
            if unit is family.unit
            else not np.isin(unit.schools, family.largest_first[:needed]).all(),
        )

    def _idle(self, offerings: NDArray[np.int64]) -> int:
        """In how many of the last years that all tell nobody studied; 0 where a later year has students or graduates."""
        students = self._figures.complete(offerings, "enrolled")
        if students and self._figures.busy(offerings) > max(students):
            return 0
        return _running(students, lambda people: people == 0)

    def _absorbed(self, offerings: NDArray[np.int64]) -> _Absorbed:
        """Graduates who work in their field or study on, each offering in its own latest year; as many as stay."""
        people = sum(self._figures.newest(offerings, name, self._year) for name in _ABSORBED)
        known = int(staying(np.array(people, dtype=np.int64), self._retention))
        return _Absorbed(known, known + total(self._sides.supplied.graduates[self._untold(offerings)]))

    def _untold(self, offerings: NDArray[np.int64]) -> NDArray[np.int64]:
        """The offerings that tell graduates, and neither who works in the field nor who studies on."""
        graduating = self._sides.supplied.known[offerings]
        return offerings[graduating & ~self._figures.telling(offerings, _ABSORBED, self._year)]


class _Absorbed(NamedTuple):
    """How many work in their field or study on, as known, and at most: with all of whom neither is told."""

    known: int
    at_most: int


@dataclass(frozen=True, eq=False)
class _Family:
    """A family, the known graduates of its schools, and how many people work in their field or study on."""

    unit: Unit
    crowd: Crowd
    absorbed: _Absorbed

    @cached_property
    def largest_first(self) -> Numbers:
        """Its schools, the largest first: of these as many as would be enough are kept."""
        return self.crowd.largest_first(self.unit.schools)


def _running(by_year: Mapping[int, float], holds: Callable[[float], bool]) -> int:
    """In how many of the last years, one after the other, it holds."""
    count, before = 0, None
    for year in sorted(by_year, reverse=True):
        if not holds(by_year[year]) or (before is not None and before - year != 1):
            break
        count, before = count + 1, year
    return count


def _latest(by_year: Mapping[int, float]) -> float | None:
    return by_year[max(by_year)] if by_year else None
