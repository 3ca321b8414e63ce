"""How a unit stands (专业现状): the signals of a specialty, a group or an offering, by which its advice is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

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


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of a unit: its signals with all demand as it is, less and more, and what they come from.

    `classes` of needs it could fill (`Fitting`), `demand_unknown` of these needs tell no number; `placed` are those of
    its graduates whom the matching places, `silent` its offerings that tell no graduates, `rates` employment by year.
    """

    signals: tuple[Signals, Signals, Signals]
    classes: Numbers
    demand_unknown: int
    placed: int
    silent: NDArray[np.int64]
    rates: Mapping[int, float]


class Readings:
    """Reads units off a market: one fitting, three matchings, the figures by year."""

    def __init__(
        self, projection: Projection, sides: Market, limits: Thresholds, *, retention: float, shift: float
    ) -> None:
        self._sides, self._limits, self._retention = sides, limits, retention
        self.fits: Fitting = fitting(projection, sides)
        self._figures: Yearly = yearly(projection, sides)
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
        rates = figures.rates(entries, ("employed", "further_study"), "graduates")
        trend = figures.trend(places, "enrolled", TREND_YEARS)
        known = self._sides.supplied.known[places]
        classes = self.fits.together(places)
        demand, demand_unknown = self.fits.people(classes)
        told = Signals(
            graduates=total(self._sides.supplied.graduates[places][known]) if known.any() else None,
            demand=demand,
            short=0,
            surplus=None,
            employment=_latest(rates),
            in_field=_latest(figures.rates(entries, ("in_field",), "employed")),
            low=_running(rates, lambda rate: rate < self._limits.lowest_employment),
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
            rates,
        )

    def _matched(self, unit: Unit, family: _Family, told: Signals, absorbed: int, number: int) -> Signals:
        """The signals with those that one of the matchings gives."""
        placed = self._placed[number]
        taken = max(total(placed[family.unit.offerings]), family.absorbed)
        needed = enough(family.crowd.known, taken)
        occupied = max(total(placed[unit.offerings]), absorbed)
        return replace(
            told,
            short=int(self._up_to[number][unit.offerings].max(initial=0)),
            surplus=None if told.graduates is None else max(0, told.graduates - occupied),
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

    def _absorbed(self, offerings: NDArray[np.int64]) -> int:
        """Graduates who work in their field or study on, each offering in its own latest year; as many as stay."""
        people = sum(self._figures.newest(offerings, name) for name in ("in_field", "further_study"))
        return int(staying(np.array(people, dtype=np.int64), self._retention))


@dataclass(frozen=True, eq=False)
class _Family:
    """A family, the known graduates of its schools, and how many people work in their field or study on."""

    unit: Unit
    crowd: Crowd
    absorbed: int

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
