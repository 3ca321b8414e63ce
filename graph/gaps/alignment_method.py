"""How alignment is worked out (测度方法): indicators of both sides and their weights, normalisation, a table given."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from graph.errors import LiantuError
from graph.gaps import alignment, structure
from graph.gaps.breakdown import Breakdown
from graph.gaps.scope import node_called
from graph.gaps.sectors import SECTORS, sector_named
from graph.gaps.structure import Side
from graph.language import Text
from graph.project import Projection

NORMALISATIONS: Final = ("range", "maximum")
SCALINGS: Final = ("mean", "initial")
WEIGHTINGS: Final = ("given", "entropy")


@dataclass(frozen=True, slots=True)
class Method:
    """How levels and grey degrees are worked out."""

    weighting: str
    normalisation: str
    floor: float
    alpha: float
    resolution: float
    scaling: str

    def check(self) -> None:
        """`question.parameter` where a choice means nothing."""
        for name, value, known in (
            ("weighting", self.weighting, WEIGHTINGS),
            ("normalisation", self.normalisation, NORMALISATIONS),
            ("scaling", self.scaling, SCALINGS),
        ):
            if value not in known:
                raise LiantuError("question.parameter", name=name, value=value, expected=" | ".join(known))
        for name, share, fits, expected in (
            ("floor", self.floor, 0 <= self.floor < 1, "0 ≤ … < 1"),
            ("alpha", self.alpha, 0 <= self.alpha <= 1, "0 … 1"),
            ("resolution", self.resolution, 0 < self.resolution <= 1, "0 < … ≤ 1"),
        ):
            if not fits:
                raise LiantuError("question.parameter", name=name, value=share, expected=expected)

    def levels(self, indicators: Mapping[str, tuple[float, alignment.Values]]) -> dict[str, float | None]:
        """The level of every unit by weighted, normalised indicators; None where one of them is unknown."""
        scaled = {
            name: alignment.normalised(values, self.normalisation, self.floor)
            for name, (_, values) in indicators.items()
        }
        weights = {name: weight for name, (weight, _) in indicators.items()}
        if self.weighting == "entropy":
            weights = alignment.entropy_weights(scaled)
        total = math.fsum(weights.values())
        found: dict[str, float | None] = {}
        for unit in dict.fromkeys(unit for values in scaled.values() for unit in values):
            told = [(weights[name], values.get(unit)) for name, values in scaled.items()]
            known = [weight * value for weight, value in told if value is not None]
            found[unit] = math.fsum(known) / total if len(known) == len(told) else None
        return found


@dataclass(frozen=True)
class Indicator:
    """An indicator of one side, with its weight."""

    name: str
    weight: float
    side: Side


def indicators(
    parameter: str,
    given: str | None,
    known: Mapping[str, Text],
    else_first: Iterable[str],
    make: Callable[[str], Side],
) -> list[Indicator]:
    """The indicators of a side: those asked for, else the first that at least two units tell."""
    if given is not None:
        return [Indicator(name, weight, make(name)) for name, weight in _weights(parameter, given, known)]
    made: Indicator | None = None
    for name in else_first:
        one = Indicator(name, 1.0, make(name))
        if sum(value is not None for value in one.side.values.values()) > 1:
            return [one]
        made = made or one
    return [made] if made else []


def _weights(parameter: str, words: str, known: Mapping[str, Text]) -> list[tuple[str, float]]:
    """`name:weight; …`, the weight 1 where it is left out; `question.parameter` where it cannot be read."""
    found: dict[str, float] = {}
    for line in words.replace("；", ";").split(";"):
        name, colon, weight = line.replace("：", ":").partition(":")
        if not line.strip():
            continue
        try:
            value = float(weight) if colon else 1.0
        except ValueError:
            value = math.nan
        if name.strip() not in known or name.strip() in found or not 0 < value < 1e9:
            expected = f"{'|'.join(known)}:weight; …"
            raise LiantuError(
                "question.parameter", name=parameter, value=line.strip()[:60], expected=expected
            )
        found[name.strip()] = value
    if not found:
        raise LiantuError("question.parameter", name=parameter, value=words, expected="|".join(known))
    return list(found.items())


def given_table(
    projection: Projection, broken: Breakdown, table: str | None
) -> dict[str, dict[int | None, float]]:
    """The table that the user gives, by unit; `question.parameter`, `node.unknown` or `node.ambiguous` for a bad line."""
    found: dict[str, dict[int | None, float]] = {}
    try:
        rows = list(structure.read_table(table)) if table is not None else []
    except ValueError as error:
        expected = "unit:value; … | unit:year:value; …"
        raise LiantuError(
            "question.parameter", name="table", value=str(error)[:60], expected=expected
        ) from None
    for word, year, value in rows:
        unit: str | None = word
        if broken.is_node:
            label_name = "Region" if broken.by == "region" else "IndustryChain"
            unit = node_called(projection, label_name, word)
        elif broken.by == "sector":
            unit = sector_named(word)
        if unit is None:
            raise LiantuError(
                "question.parameter", name="table", value=word[:60], expected=" | ".join(SECTORS)
            )
        found.setdefault(unit, {})[year] = value
    return found
