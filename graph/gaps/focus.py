"""What has to do with a chain (与产业链有关): the nodes that findings about one chain may speak of."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from graph.gaps.chains import parts_of_chains, reach, reversed_graph
from graph.project import Projection

KINDS: Final = (
    "PART_OF",
    "SERVES",
    "OPERATES_IN",
    "STAFFS",
    "HAS_ROLE",
    "DEMANDS",
    "PREPARES_FOR",
    "HOSTS",
    "INCLUDES",
    "OFFERS",
    "LEADS",
    "MEMBER_OF",
    "CO_BUILDS",
    "SHARES",
    "ABOUT",
    "SETS",
)
_BOUND: Final = (
    "IndustryChain",
    "Specialty",
    "SpecialtyGroup",
    "School",
    "Enterprise",
    "ResearchPlatform",
    "TalentChain",
    "Occupation",
    "TalentProgram",
    "Consortium",
    "IndustryCollege",
    "TrainingBase",
    "Park",
    "SharedResource",
    "Measure",
    "Target",
    "Statistic",
)
"""The kinds that are limited by a chain; regions, agencies and documents are not."""

Focus = Mapping[str, frozenset[str]]


def focus_on(projection: Projection, chain: str, minimum_confidence: float) -> Focus:
    """The nodes, by kind, that have to do with a chain or a part of it.

    These are the chain and its parts; who operates in them, serves them or staffs them; the groups' specialties and
    schools, and the schools of the specialties; what the chain and its enterprises demand, and the specialties that
    prepare for it; the consortia, platforms, programmes and resources of its enterprises, and what is said about it.
    """
    inside = reach(chain, parts_of_chains(projection, minimum_confidence))

    def heads(kind: str, tails: Collection[str]) -> set[str]:
        return _other_ends(projection, kind, "tail", tails, minimum_confidence)

    def tails(kind: str, heads: Collection[str]) -> set[str]:
        return _other_ends(projection, kind, "head", heads, minimum_confidence)

    found = set(inside)
    industry = heads("OPERATES_IN", inside)
    serving = heads("SERVES", inside)
    ladders = heads("STAFFS", inside)
    wanted = tails("DEMANDS", inside | industry) | tails("HAS_ROLE", ladders)
    found |= industry | serving | ladders | wanted | heads("ABOUT", inside)
    groups = serving | heads("INCLUDES", _of(serving, "Specialty"))
    taught = tails("INCLUDES", _of(serving, "SpecialtyGroup")) | _of(serving, "Specialty")
    found |= _of(groups, "SpecialtyGroup") | taught | heads("PREPARES_FOR", _of(wanted, "Occupation"))
    found |= heads("HOSTS", _of(groups, "SpecialtyGroup")) | heads("OFFERS", taught)
    found |= tails("LEADS", industry) | tails("MEMBER_OF", industry)
    found |= tails("CO_BUILDS", industry) | tails("SHARES", industry)
    return {label: frozenset(_of(found, label)) for label in _BOUND}


def chains_touched(projection: Projection, minimum_confidence: float) -> Focus:
    """The chains that something of the projection operates in or serves, and all that they are part of.

    A specialty lies nowhere: it counts where a school or group of the projection has it.
    """
    above = reversed_graph(parts_of_chains(projection, minimum_confidence))
    touched: set[str] = set()
    taught: set[str] = set()
    for kind in ("OFFERS", "INCLUDES"):
        table = projection.edges.get(kind)
        if table is not None:
            sure = pc.greater_equal(table.column("confidence"), minimum_confidence)
            taught |= set(pc.unique(table.column("tail").filter(sure)).to_pylist())
    for kind in ("OPERATES_IN", "SERVES"):
        table = projection.edges.get(kind)
        if table is not None:
            heads = table.column("head")
            sure = pc.greater_equal(table.column("confidence"), minimum_confidence)
            here = pc.is_in(heads, value_set=pa.array(taught, pa.string()))
            placed = pc.or_(pc.invert(pc.starts_with(heads, "Specialty:")), here)
            touched |= set(pc.unique(table.column("tail").filter(pc.and_(sure, placed))).to_pylist())
    return {"IndustryChain": frozenset(one for chain in touched for one in reach(chain, above))}


def _of(found: Collection[str], label: str) -> set[str]:
    return {one for one in found if one.startswith(f"{label}:")}


def _other_ends(
    projection: Projection, kind: str, end: str, wanted: Collection[str], minimum_confidence: float
) -> set[str]:
    table = projection.edges.get(kind)
    if table is None or not table.num_rows or not wanted:
        return set()
    among = pc.is_in(table.column(end), value_set=pa.array(wanted, pa.string()))
    mask = pc.and_(among, pc.greater_equal(table.column("confidence"), minimum_confidence))
    other = "head" if end == "tail" else "tail"
    return set(pc.unique(table.column(other).filter(mask)).to_pylist())
