"""Figures of offerings year by year, by hand; each once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from benchmarks.beside.plain import Claim
from benchmarks.beside.teaching import figure

T = TypeVar("T")
ByYear = dict[int | None, dict[str, int]]
"""Year (None: undated) → column → figure."""
COLUMNS = ("enrolled", "graduates", "employed", "in_field", "further_study")


def yearly(claims: list[Claim]) -> ByYear:
    """The figures of one offering, where they are told."""
    own: dict[int | None, list[Claim]] = {}
    for claim in claims:
        own.setdefault(claim["year"], []).append(claim)
    return {
        year: {name: value for name in COLUMNS if (value := figure(told, name, "number")) is not None}
        for year, told in own.items()
    }


def rates(
    offerings: Iterable[ByYear], parts: Sequence[str], whole: str, *, at_most: bool = False
) -> dict[int | None, float]:
    """Year → the parts over the whole, of the offerings that tell the first part and the whole; at most 1.

    With `at_most` all the others of the whole are counted where one of the other parts is not told.
    """
    sums: dict[int | None, tuple[int, int]] = {}
    for own in offerings:
        for year, told in own.items():
            if parts[0] in told and whole in told:
                part, base = sums.get(year, (0, 0))
                own_part = sum(told.get(name, 0) for name in parts)
                if at_most and any(name not in told for name in parts):
                    own_part = max(own_part, told[whole])
                sums[year] = part + own_part, base + told[whole]
    return {year: min(1.0, part / base) for year, (part, base) in dated(sums).items() if base}


def totals(offerings: Iterable[ByYear], name: str) -> dict[int | None, int]:
    """Year → the known figures together."""
    sums: dict[int | None, int] = {}
    for own in offerings:
        for year, told in own.items():
            if name in told:
                sums[year] = sums.get(year, 0) + told[name]
    return dated(sums)


def complete(offerings: Sequence[ByYear], name: str) -> dict[int | None, int]:
    """The same of the years that every offering tells."""
    return {
        year: people
        for year, people in totals(offerings, name).items()
        if year is not None and all(name in own.get(year, ()) for own in offerings)
    }


def trend(offerings: Sequence[ByYear], name: str, window: int = 5) -> float | None:
    """The change a year between the first and the last year told, of the offerings that tell both."""
    years = [year for own in offerings for year, told in own.items() if year is not None and name in told]
    if not years:
        return None
    last = max(years)
    first = min(year for year in years if year >= last - window)
    if first == last:
        return None
    both = [own for own in offerings if name in own.get(first, ()) and name in own.get(last, ())]
    before, after = (sum(own[year][name] for own in both) for year in (first, last))
    return (after / before) ** (1 / (last - first)) - 1 if before else None


def dated(by_year: Mapping[int | None, T]) -> dict[int | None, T]:
    """In the order of years; undated only where there is no other."""
    years = sorted(year for year in by_year if year is not None)
    return {year: by_year[year] for year in years} if years else dict(by_year)
