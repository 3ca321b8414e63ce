"""Who takes part (参与主体): schools and enterprises of which a document or record tells more than the name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph.identity import label_of
from graph.project import Projection, is_reference

KINDS: Final = (
    "MEMBER_OF",
    "LEADS",
    "COOPERATES_WITH",
    "CO_BUILDS",
    "OFFERS",
    "HOSTS",
    "SERVES",
    "OPERATES_IN",
    "DEMANDS",
    "SHARES",
)
MEMBERSHIP: Final = ("MEMBER_OF", "LEADS")


def participants(
    projection: Projection, labels: tuple[str, ...], minimum_confidence: float
) -> dict[str, dict[str, set[int]]]:
    """Every node of `labels` that takes part, with the claims that say so (edge kind → rows).

    A node takes part when a source that is no catalogue claims one of `KINDS` of it. To be named in passing
    (MENTIONS), or to be located somewhere, is no part.
    """
    found: dict[str, dict[str, set[int]]] = {}
    for kind in KINDS:
        claims = projection.claims(kind)
        heads, tails, sources = (claims.column(name) for name in ("head", "tail", "source"))
        for row in claims.believed(minimum_confidence):
            if is_reference(sources[row]):
                continue
            for end in (heads[row], tails[row]):
                if label_of(end) in labels:
                    found.setdefault(end, {}).setdefault(kind, set()).add(row)
    return found


def memberships(
    projection: Projection, minimum_confidence: float
) -> dict[str, dict[str, dict[str, set[int]]]]:
    """Consortium → its members, leaders among them → the claims that say so (edge kind → rows)."""
    found: dict[str, dict[str, dict[str, set[int]]]] = {}
    for kind in MEMBERSHIP:
        claims = projection.claims(kind)
        heads, tails = claims.column("head"), claims.column("tail")
        for row in claims.believed(minimum_confidence):
            member = found.setdefault(tails[row], {}).setdefault(heads[row], {})
            member.setdefault(kind, set()).add(row)
    return found


def consortia_of(members: Mapping[str, Mapping[str, object]]) -> dict[str, set[str]]:
    """Member → the consortia that it belongs to."""
    turned: dict[str, set[str]] = {}
    for consortium, inside in members.items():
        for member in inside:
            turned.setdefault(member, set()).add(consortium)
    return turned
