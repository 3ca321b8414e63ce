"""`broken_ladders` by hand: the specialties of chains from which no step leads to the next level."""

from __future__ import annotations

from benchmarks.beside.alike import Alike
from benchmarks.beside.plain import Claim, Plain, Row, rests_on, surest, telling
from benchmarks.beside.teaching import graduates, teaching

STEPS = {"中职": ("高职专科",), "高职专科": ("职业本科", "普通本科")}
HIGHER = {"中职": ("高职专科", "职业本科", "普通本科"), "高职专科": ("职业本科", "普通本科")}


def loop(plain: Plain, *, likeness: float = 0.4) -> list[Row]:
    """One row a specialty."""
    taught = teaching(plain)
    steps: dict[str, set[str]] = {}
    wished: dict[str, set[str]] = {}
    for claim in plain.all("ARTICULATES_TO", None):
        kept = steps if claim["status"] in plain.done else wished
        kept.setdefault(claim["head"], set()).add(claim["tail"])
    serving: dict[str, set[str]] = {}
    rests: dict[str, dict[str, Claim]] = {}
    by_group: dict[str, list[Claim]] = {}
    for claim in plain.all("SERVES"):
        if claim["head"].startswith("SpecialtyGroup:"):
            by_group.setdefault(claim["head"], []).append(claim)
        elif claim["head"].startswith("Specialty:"):
            serving.setdefault(claim["head"], set()).add(claim["tail"])
            rests.setdefault(claim["head"], {})[claim["id"]] = claim
    for claim in plain.all("INCLUDES"):
        if claim["head"] in by_group:
            own = by_group[claim["head"]]
            serving.setdefault(claim["tail"], set()).update(one["tail"] for one in own)
            rests.setdefault(claim["tail"], {}).update({one["id"]: one for one in (claim, *own)})
    by_chain: dict[str, set[str]] = {}
    wholes: dict[str, set[str]] = {}
    for specialty, served in serving.items():
        for chain in served:
            if chain not in wholes:
                wholes[chain] = plain.wholes(chain)
            for whole in wholes[chain]:
                by_chain.setdefault(whole, set()).add(specialty)
    offered: dict[str, list[str]] = {}
    for school, specialty in taught.offerings:
        if school is not None:
            offered.setdefault(specialty, []).append(school)
    level = {one: plain.value(one, "level") for one in plain.labelled["Specialty"]}
    alike = {step: Alike(plain.named(one) for one in level if level[one] in STEPS[step]) for step in STEPS}
    found = []
    for specialty, served in serving.items():
        own_level = level.get(specialty)
        if own_level not in STEPS:
            continue
        if any(level.get(one) in HIGHER[own_level] for one in steps.get(specialty, ())):
            continue
        offerings = [taught.offerings[school, specialty] for school in offered.get(specialty, ())]
        known = [people for one in offerings if (people := graduates(one)) is not None]
        same = {one for chain in served for one in by_chain.get(chain, ())}
        claims = [*rests[specialty].values(), *(claim for one in offerings for claim in one.claims)]
        found.append(
            {
                "specialty": plain.named(specialty),
                "level": own_level,
                "missing": "或".join(STEPS[own_level]),
                "chains": plain.names(served),
                "schools": len(offered.get(specialty, ())),
                "graduates": sum(known) if known else None,
                "intended": plain.names(
                    one for one in wished.get(specialty, ()) if level.get(one) in HIGHER[own_level]
                ),
                "same_chain": plain.names(one for one in same if level.get(one) in STEPS[own_level]),
                "alike": alike[own_level].to(plain.named(specialty)[0], likeness, 3),
                **rests_on(telling(claims), surest(rests[specialty].values())),
            }
        )
    return found
