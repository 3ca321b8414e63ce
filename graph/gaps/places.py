"""What lies where (所在地): the regions and parks inside a region, and what is located in them.

A region holds the regions that are part of it and the parks in it, at any depth (PART_OF, LOCATED_IN). What has no
place of its own (a group, a college, a programme, a shared resource, a consortium) lies where those lie who host,
build, share or lead it. What no claim places anywhere is unknown: neither inside nor outside.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from graph.identity import label_of, scope_of
from graph.project import Projection

LABELS: Final = ("Region", "Park")
KINDS: Final = ("PART_OF", "LOCATED_IN", "HOSTS", "CO_BUILDS", "SHARES", "LEADS")
LOCATED: Final = (
    "School",
    "Enterprise",
    "Park",
    "SpecialtyGroup",
    "Consortium",
    "ResearchPlatform",
    "IndustryCollege",
    "TrainingBase",
    "TalentProgram",
    "SharedResource",
)
"""The kinds of nodes that lie somewhere; chains, specialties and occupations lie nowhere."""
_KEEPERS: Final = ("HOSTS", "CO_BUILDS", "SHARES", "LEADS")


@dataclass(frozen=True)
class Place:
    """A region with the regions and parks in it, what lies there, and all of which it is known where they lie."""

    parts: frozenset[str]
    inside: frozenset[str]
    known: frozenset[str]


def place(projection: Projection, region: str, minimum_confidence: float) -> Place:
    """What lies in `region`, from the believed claims of those of `KINDS` that were read."""
    pairs = pa.concat_arrays(
        [_ends(projection, kind, minimum_confidence) for kind in ("PART_OF", "LOCATED_IN")]
    )
    parts, fresh = {region}, {region}
    while fresh:
        found = _heads_of(pairs, fresh)
        fresh = {one for one in found if label_of(one) in LABELS} - parts
        parts |= fresh
    located = _ends(projection, "LOCATED_IN", minimum_confidence)
    parks = pairs.filter(pc.starts_with(pairs.field("head"), "Park:"))
    known = set(located.field("head").to_pylist()) | set(parks.field("head").to_pylist())
    placed = frozenset(known)
    inside = _heads_of(located, parts) | {one for one in parts if label_of(one) == "Park"}
    for label in ("SpecialtyGroup", "SharedResource"):
        for one in projection.ids(label) if label in projection.nodes else ():
            scope = scope_of(one)
            inside |= {one} if scope in inside else set()
            known |= {one} if scope in known else set()
    for kind in _KEEPERS:
        kept = _ends(projection, kind, minimum_confidence)
        keepers = [
            pc.is_in(kept.field("head"), value_set=pa.array(ids, pa.string())) for ids in (inside, known)
        ]
        here, somewhere = (set(kept.field("tail").filter(mask).to_pylist()) for mask in keepers)
        inside |= here - placed
        known |= somewhere
    return Place(frozenset(parts), frozenset(inside), frozenset(known))


def _ends(projection: Projection, kind: str, minimum_confidence: float) -> pa.StructArray:
    table = projection.edges.get(kind)
    if table is None or not table.num_rows:
        return pa.array([], pa.struct([("head", pa.string()), ("tail", pa.string())]))
    sure = table.filter(pc.greater_equal(table.column("confidence"), minimum_confidence))
    ends = [sure.column(name).combine_chunks().cast(pa.string()) for name in ("head", "tail")]
    return pa.StructArray.from_arrays(ends, ["head", "tail"])


def _heads_of(pairs: pa.StructArray, tails: set[str]) -> set[str]:
    mask = pc.is_in(pairs.field("tail"), value_set=pa.array(tails, pa.string()))
    return set(pairs.field("head").filter(mask).to_pylist())
