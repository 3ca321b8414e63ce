"""`coverage` by hand: how many parks, schools and large enterprises are in a consortium."""

from __future__ import annotations

from benchmarks.beside.pairs import memberships
from benchmarks.beside.plain import Claim, Plain, Row, rests_on, surest, telling
from graph.project import is_reference

WANTED = {
    "Park": ("产业园区", None, ()),
    "School": ("职业院校", "level", ("中职", "技工", "高职专科", "职业本科")),
    "Enterprise": ("大型与规模以上企业", "scale", ()),
}


def loop(
    plain: Plain, *, catalogue: bool = False, scales: tuple[str, ...] = ("大型", "规模以上")
) -> list[Row]:
    """One row a kind of body."""
    joined: dict[str, list[Claim]] = {}
    consortia: dict[str, set[str]] = {}
    told = {claim["tail"] for claim in plain.all("STATES", None) if not is_reference(claim["source"])}
    told |= {claim["head"] for kind in ("MEMBER_OF", "LEADS") for claim in plain.all(kind, None)}
    for consortium, members in memberships(plain).items():
        for member, claims in members.items():
            joined.setdefault(member, []).extend(claims)
            consortia.setdefault(member, set()).add(consortium)
    for claim in plain.all("LOCATED_IN"):
        head, tail = claim["head"], claim["tail"]
        if head.startswith("Consortium:") and tail.startswith("Park:"):
            joined.setdefault(tail, []).append(claim)
            consortia.setdefault(tail, set()).add(head)
    found = []
    for kind, (words, name, those) in WANTED.items():
        values = those or scales
        everyone = plain.labelled[kind]
        known = [one for one in everyone if catalogue or one in told]
        counted = [one for one in known if name is None or plain.value(one, name) in values]
        unknown = [one for one in known if name is not None and plain.value(one, name) is None]
        if not counted and not unknown:
            continue
        covered = [one for one in counted if one in joined]
        missing = {*counted} - {*covered}
        claims = [claim for one in covered for claim in joined[one]]
        if not claims:
            claims = [claim for one in {*missing, *unknown} for claim in plain.at("STATES", one, None)]
        found.append(
            {
                "group": words,
                "total": len(counted),
                "covered": len(covered),
                "share": round(len(covered) / len(counted), 4) if counted else None,
                "consortia": len({one for body in covered for one in consortia[body]}),
                "unknown": len(unknown),
                "uncovered": plain.names(missing),
                "elsewhere": len(everyone) - len(known),
                **rests_on(telling(claims), surest(claims)),
            }
        )
    return found
