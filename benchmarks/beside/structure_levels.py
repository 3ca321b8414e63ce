"""Levels of both sides of a structure and how their courses agree, by hand: normalised, weighted, grey degrees."""

from __future__ import annotations

import math
from collections.abc import Mapping

from benchmarks.beside.structure_sides import Unit

Values = dict[str, float | None]


def leveled(
    indicators: Mapping[str, tuple[float, Values]], floor: float | None, weighting: str
) -> dict[str, float | None]:
    """The level of each unit by weighted indicators; unknown where one of them is."""
    scaled = {name: _levels(values, floor) for name, (_, values) in indicators.items()}
    weights = {name: weight for name, (weight, _) in indicators.items()}
    if weighting == "entropy":
        weights = _by_entropy(scaled)
    found: dict[str, float | None] = {}
    for unit in next(iter(scaled.values())):
        told = {name: value for name, values in scaled.items() if (value := values[unit]) is not None}
        total = math.fsum(weights[name] * value for name, value in told.items())
        found[unit] = total / math.fsum(weights.values()) if len(told) == len(scaled) else None
    return found


def _levels(values: dict[str, float | None], floor: float | None) -> dict[str, float | None]:
    """Values from the floor to 1; without one over the largest."""
    known = [value for value in values.values() if value is not None]
    low, high = min(known, default=0.0), max(known, default=0.0)
    if floor is None:
        return {
            unit: value / high if value is not None and high > 0 else None for unit, value in values.items()
        }
    return {
        unit: floor + (1 - floor) * (value - low) / (high - low) if value is not None and high > low else None
        for unit, value in values.items()
    }


def _by_entropy(scaled: dict[str, Values]) -> dict[str, float]:
    """The weight of each indicator by how far it differs between the units that all indicators tell."""
    units = [
        one for one in next(iter(scaled.values())) if all(own[one] is not None for own in scaled.values())
    ]
    found = {}
    for name, own in scaled.items():
        told = [own[unit] or 0.0 for unit in units]
        total = math.fsum(told)
        shares = [value / total for value in told if value > 0] if total else []
        found[name] = 0.0
        if len(told) > 1:
            found[name] = 1 + math.fsum(share * math.log(share) for share in shares) / math.log(len(told))
    return found if math.fsum(found.values()) > 1e-12 else dict.fromkeys(found, 1.0)


def grey_degrees(
    units: set[str],
    taught: Mapping[str, Unit],
    worked: Mapping[str, Unit],
    *,
    resolution: float,
    scaling: str,
) -> tuple[dict[str, float | None], dict[str, list[int]]]:
    """Unit → the grey relational degree of both courses, and the years that it is of."""
    years, gaps = {}, dict[str, list[float]]()
    for unit in units:
        sides = [taught.get(unit, Unit()), worked.get(unit, Unit())]
        both = sides[0].told & sides[1].told
        things = [[own for own in side.courses.values() if len(own.keys() & both) > 1] for side in sides]
        common = sorted(both.intersection(*(own.keys() for side in things for own in side)))
        years[unit] = common if all(things) and len(common) > 1 else []
        series = [
            _scaled([math.fsum(own[year] for own in side) for year in years[unit]], scaling)
            for side in things
        ]
        if all(series):
            gaps[unit] = [abs(one - other) for one, other in zip(*series, strict=True)]
    every = [gap for own in gaps.values() for gap in own]
    least, most = min(every, default=0.0), resolution * max(every, default=0.0)
    return {
        unit: math.fsum((least + most) / (gap + most) if most else 1.0 for gap in gaps[unit])
        / len(gaps[unit])
        if unit in gaps
        else None
        for unit in units
    }, years


def _scaled(series: list[float], scaling: str) -> list[float]:
    """A series over its mean, or over its first value; nothing where that is 0."""
    if not series:
        return []
    base = series[0] if scaling == "initial" else math.fsum(series) / len(series)
    return [value / base for value in series] if base else []
