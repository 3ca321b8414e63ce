"""Which chains are looked at, by hand."""

from __future__ import annotations

from benchmarks.beside.plain import Plain
from graph.project import is_reference

TELLING = ("PART_OF", "UPSTREAM_OF", "SERVES", "OPERATES_IN", "STAFFS", "DEMANDS", "ABOUT")


def looked_at(plain: Plain) -> list[str]:
    """The chains on the region's list, of a record set, or of which a document says something."""
    told: set[str] = set()
    for claim in plain.all("STATES", None):
        source = claim["source"]
        if source == "reference-clusters" or (claim["method"] == "record" and not is_reference(source)):
            told.add(claim["tail"])
    for kind in TELLING:
        for claim in plain.all(kind, None):
            if not is_reference(claim["source"]):
                told |= {claim["head"], claim["tail"]}
    found = []
    for chain in plain.labelled["IndustryChain"]:
        tier = plain.value(chain, "tier")
        if chain not in told or tier == "行业":
            continue
        parts = plain.inside(chain) - {chain} if tier == "集群" else ()
        if not any(plain.value(part, "tier") in ("集群", "产业链") for part in parts):
            found.append(chain)
    return found
