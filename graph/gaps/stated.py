"""Figures that documents give of a chain itself (文件直接给出的数字): statistics and targets ABOUT it, as they stand."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from graph.identity import label_of
from graph.project import Projection

LABELS: Final = ("Statistic", "Target")
KINDS: Final = ("ABOUT",)


@dataclass(frozen=True)
class StatedFigures:
    """The figures as text, the claims that tie them to the chain, and those that contradict each other."""

    texts: tuple[str, ...]
    rows: dict[str, set[int]]
    contradictions: tuple[str, ...]


def stated_figures(
    projection: Projection, chains: Collection[str], minimum_confidence: float, year: int | None = None
) -> StatedFigures:
    """What documents state of `chains`; of `year` alone where it is given, and of no year."""
    claims = projection.claims("ABOUT")
    heads, sure = claims.column("head"), claims.column("confidence")
    rows = {
        row
        for chain in chains
        for row in claims.by_tail.get(chain, ())
        if label_of(heads[row]) in LABELS
        and sure[row] >= minimum_confidence
        and (year is None or projection.value(heads[row], "year") in (year, None))
    }
    texts: set[str] = set()
    told: dict[str, set[str]] = {}
    for row in rows:
        quantity = heads[row]
        metric, unit, due = (projection.value(quantity, name) for name in ("metric", "unit", "year"))
        value = projection.value(quantity, "value")
        if value is None:
            continue
        number = number_text(value, unit)
        when = f"（{due}）" if due is not None else ""
        told_as = figure_text(projection.value(quantity, "comparator"), value, unit, due)
        texts.add(f"{metric or projection.name(quantity)} {told_as}")
        if metric:
            told.setdefault(f"{metric}{when}", set()).add(number)
    contradictions = sorted(
        f"{metric}：{' ≠ '.join(sorted(numbers))}" for metric, numbers in told.items() if len(numbers) > 1
    )
    return StatedFigures(tuple(sorted(texts)), {"ABOUT": rows}, tuple(contradictions))


def figure_text(comparator: str | None, value: float, unit: str | None, year: int | None) -> str:
    """A target or statistic as people write it: `≥ 15 个（2027）`."""
    return f"{comparator or '='} {number_text(value, unit)}{f'（{year}）' if year is not None else ''}"


def number_text(value: float, unit: str | None) -> str:
    """A value with its unit as people write it: 525000 人 → 52.5 万人, a share of 0.8 → 80%."""
    if unit == "比例":
        return f"{value * 100:g}%"
    if abs(value) >= 100_000_000:
        return f"{value / 100_000_000:.10g} 亿{unit or ''}"
    if abs(value) >= 10_000:
        return f"{value / 10_000:.10g} 万{unit or ''}"
    return f"{value:.10g} {unit or ''}".strip()
