"""`orphan_specialties` by hand: the specialties and groups that serve no chain."""

from __future__ import annotations

from benchmarks.beside.plain import Plain, Row, rests_on, surest, telling
from benchmarks.beside.teaching import Offering, graduates, teaching


def loop(plain: Plain) -> list[Row]:
    """One row a group, one a specialty with the schools where it serves none."""
    taught = teaching(plain)
    wanted: dict[str, set[str]] = {}
    for claim in plain.all("DEMANDS", None):
        if claim["tail"].startswith("Specialty:"):
            wanted.setdefault(claim["tail"], set()).add(claim["head"])
    found = []
    for group, hosts in taught.hosts.items():
        if taught.served.get(group):
            continue
        inside = [(school, one) for school in hosts for one in taught.members.get(group, ())]
        claims = [*plain.at("HOSTS", group, None), *plain.at("STATES", group, None)]
        found.append(
            {
                "subject": plain.named(group),
                "kind": "SpecialtyGroup",
                "level": None,
                "schools": plain.names(hosts),
                "linked_schools": 0,
                **_figures([(school, taught.offerings[school, one]) for school, one in inside]),
                "intended": plain.names(taught.intended.get(group, ())),
                "wanted_by": (),
                **rests_on(telling(claims), surest(claims)),
            }
        )
    orphans: dict[str, list[tuple[str | None, Offering]]] = {}
    linked: dict[str, int] = {}
    for (school, specialty), offering in taught.offerings.items():
        if taught.chains(specialty, offering):
            linked[specialty] = linked.get(specialty, 0) + 1
        else:
            orphans.setdefault(specialty, []).append((school, offering))
    for specialty, own in orphans.items():
        groups = {group for _, offering in own for group in offering.groups}
        claims = [claim for _, offering in own for claim in offering.claims]
        claims += [claim for claim in plain.at("INCLUDES", specialty, None) if claim["head"] in groups]
        intended = {chain for one in (specialty, *groups) for chain in taught.intended.get(one, ())}
        found.append(
            {
                "subject": plain.named(specialty),
                "kind": "Specialty",
                "level": plain.value(specialty, "level"),
                "schools": plain.names({school for school, _ in own if school}),
                "linked_schools": linked.get(specialty, 0),
                **_figures(own),
                "intended": plain.names(intended),
                "wanted_by": plain.names(wanted.get(specialty, ())),
                **rests_on(telling(claims), surest(claims)),
            }
        )
    return found


def _figures(own: list[tuple[str | None, Offering]]) -> Row:
    told = [(school, graduates(offering)) for school, offering in own]
    known = [people for _, people in told if people is not None]
    silent = {school for school, people in told if people is None}
    return {"graduates": sum(known) if known else None, "unknown": len(silent)}
