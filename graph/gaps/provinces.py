"""Where schools and enterprises are (所在区域): every region around them, and the province-level one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from graph.gaps.chains import reach
from graph.identity import label_of
from graph.project import Projection

LABELS: Final = ("Region", "Park")
KINDS: Final = ("LOCATED_IN", "PART_OF")


def regions_around(projection: Projection, minimum_confidence: float, label: str) -> dict[str, set[str]]:
    """Each located node of a kind → the regions and parks that it lies in, through all wholes of these."""
    claims = projection.claims("PART_OF")
    heads, tails = claims.column("head"), claims.column("tail")
    wholes: dict[str, set[str]] = {}
    for row in claims.believed(minimum_confidence):
        if label_of(tails[row]) == "Region":
            wholes.setdefault(heads[row], set()).add(tails[row])
    located = projection.claims("LOCATED_IN")
    heads, tails = located.column("head"), located.column("tail")
    known: dict[str, set[str]] = {}
    around: dict[str, set[str]] = {}
    of_kind = projection.register.are(located.heads, label)
    for row in np.flatnonzero(located.sure(minimum_confidence) & of_kind).tolist():
        place = tails[row]
        if place not in known:
            known[place] = reach(place, wholes)
        around.setdefault(heads[row], set()).update(known[place])
    return around


def province_of(projection: Projection, around: Mapping[str, set[str]], identifier: str) -> str | None:
    """The province-level region (省级) that a located node lies in; None where it is unknown or there are several."""
    found = {
        region
        for region in around.get(identifier, ())
        if label_of(region) == "Region" and projection.value(region, "level") == "省级"
    }
    return found.pop() if len(found) == 1 else None
