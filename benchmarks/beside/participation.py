"""Who takes part, by hand: of whom a source that is no catalogue tells more than the name."""

from __future__ import annotations

from collections.abc import Collection

from benchmarks.beside.plain import Claim, Plain, label
from graph.gaps.participation import KINDS
from graph.project import is_reference


def taking_part(plain: Plain, labels: Collection[str]) -> dict[str, list[Claim]]:
    """Every node of these kinds that takes part → the claims that say so."""
    found: dict[str, list[Claim]] = {}
    for kind in KINDS:
        for claim in plain.all(kind, None):
            if not is_reference(claim["source"]):
                for end in {claim["head"], claim["tail"]}:
                    if label(end) in labels:
                        found.setdefault(end, []).append(claim)
    return found
