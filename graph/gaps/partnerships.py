"""Who works together (合作关系): pairs of school and enterprise, by cooperation claims or by what both build.

A pair is joined by a COOPERATES_WITH claim, or by CO_BUILDS claims of both on one and the same thing. It is realised
(完成, or told without a status), under way (在建) or merely intended (计划, 倡导); the best of its claims counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import Final

from graph.gaps.finding import REALISED, UNDER_WAY
from graph.identity import label_of
from graph.project import Projection

LABELS: Final = ("School", "Enterprise")
KINDS: Final = ("COOPERATES_WITH", "CO_BUILDS")

DONE, BEGUN, INTENDED = 0, 1, 2
"""How far a cooperation has come, the furthest first."""

Pair = tuple[str, str]


@dataclass
class Cooperation:
    """What is claimed of a pair: how far it has come, in which modes, in which rows of which kinds."""

    stage: int = INTENDED
    modes: set[str] = field(default_factory=set)
    rows: dict[str, set[int]] = field(default_factory=dict)

    def add(self, stage: int, kind: str, row: int, mode: str | None) -> None:
        """Take one more claim."""
        self.stage = min(self.stage, stage)
        self.rows.setdefault(kind, set()).add(row)
        if mode:
            self.modes.add(mode)


def stage_of(status: str | None, realised: tuple[str | None, ...] = REALISED) -> int:
    """How far a claim of this status has come."""
    if status in realised:
        return DONE
    return BEGUN if status in UNDER_WAY else INTENDED


def works(
    projection: Projection, minimum_confidence: float, realised: tuple[str | None, ...] = REALISED
) -> dict[str, dict[str, Cooperation]]:
    """What is built together: the thing → its builders → their claims on it."""
    claims = projection.claims("CO_BUILDS")
    heads, tails, statuses = (claims.column(name) for name in ("head", "tail", "status"))
    found: dict[str, dict[str, Cooperation]] = {}
    for row in claims.believed(minimum_confidence):
        builder = found.setdefault(tails[row], {}).setdefault(heads[row], Cooperation())
        builder.add(stage_of(statuses[row], realised), "CO_BUILDS", row, None)
    return found


def partnerships(
    projection: Projection, minimum_confidence: float, realised: tuple[str | None, ...] = REALISED
) -> dict[Pair, Cooperation]:
    """Every (school, enterprise) that a believed claim joins, with how far it has come."""
    claims = projection.claims("COOPERATES_WITH")
    heads, tails, statuses, modes = (claims.column(name) for name in ("head", "tail", "status", "mode"))
    pairs: dict[Pair, Cooperation] = {}
    for row in claims.believed(minimum_confidence):
        pair = pairs.setdefault((heads[row], tails[row]), Cooperation())
        pair.add(stage_of(statuses[row], realised), "COOPERATES_WITH", row, modes[row])
    for builders in works(projection, minimum_confidence, realised).values():
        schools = [one for one in builders if label_of(one) == "School"]
        enterprises = [one for one in builders if label_of(one) == "Enterprise"]
        for school, enterprise in product(schools, enterprises):
            pair = pairs.setdefault((school, enterprise), Cooperation())
            stage = max(builders[school].stage, builders[enterprise].stage)
            for row in builders[school].rows["CO_BUILDS"] | builders[enterprise].rows["CO_BUILDS"]:
                pair.add(stage, "CO_BUILDS", row, "共建")
    return pairs
