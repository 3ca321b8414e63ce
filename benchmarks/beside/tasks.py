"""What documents set and who is responsible for it, by hand."""

from __future__ import annotations

from benchmarks.beside.plain import Claim, Plain, label
from graph.identity import scope_of


def set_by(plain: Plain) -> dict[str, tuple[str, list[Claim]]]:
    """Measure or target → the document, and the claims."""
    found: dict[str, list[Claim]] = {}
    for claim in plain.all("SETS", None):
        if label(claim["tail"]) in ("Measure", "Target"):
            found.setdefault(claim["tail"], []).append(claim)
    return {
        item: (scope_of(item) or min(claim["head"] for claim in claims), claims)
        for item, claims in found.items()
    }


def responsible_for(plain: Plain) -> dict[str, dict[str, list[Claim]]]:
    """Item → who is responsible → the claims."""
    found: dict[str, dict[str, list[Claim]]] = {}
    for claim in plain.all("RESPONSIBLE_FOR", None):
        found.setdefault(claim["tail"], {}).setdefault(claim["head"], []).append(claim)
    return found
