"""What documents ask for (举措与目标), and who is responsible for it."""

from __future__ import annotations

from typing import Final

from graph.identity import label_of, scope_of
from graph.project import Projection

ITEMS: Final = ("Measure", "Target")


def set_by(projection: Projection, minimum_confidence: float) -> dict[str, tuple[str, set[int]]]:
    """Every measure and target that a document sets → the document, and the rows of SETS that say so.

    It is the document that the item lives in (its scope), else the first that sets it.
    """
    claims = projection.claims("SETS")
    heads, tails = claims.column("head"), claims.column("tail")
    rows: dict[str, set[int]] = {}
    for row in claims.believed(minimum_confidence):
        if label_of(tails[row]) in ITEMS:
            rows.setdefault(tails[row], set()).add(row)
    return {item: (scope_of(item) or min(heads[row] for row in own), own) for item, own in rows.items()}


def responsible_for(
    projection: Projection, minimum_confidence: float
) -> dict[str, dict[str, tuple[bool, set[int]]]]:
    """Item → who is responsible for it → whether it leads, and the rows that say so."""
    claims = projection.claims("RESPONSIBLE_FOR")
    heads, tails, leads = (claims.column(name) for name in ("head", "tail", "lead"))
    found: dict[str, dict[str, tuple[bool, set[int]]]] = {}
    for row in claims.believed(minimum_confidence):
        known, rows = found.setdefault(tails[row], {}).get(heads[row], (False, set()))
        found[tails[row]][heads[row]] = (known or bool(leads[row]), rows | {row})
    return found
