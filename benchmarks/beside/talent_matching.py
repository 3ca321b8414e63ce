"""`talent_matching` by hand: of each post, level and chains, how many of the people needed are found."""

from __future__ import annotations

from benchmarks.beside.market import Kind, market
from benchmarks.beside.matching import assigned
from benchmarks.beside.plain import Plain, Row, rests_on, surest, telling


def loop(plain: Plain) -> list[Row]:
    """One row a kind of needs."""
    sides = market(plain)
    met = assigned(sides).met
    offerings: dict[str, int] = {}
    for one in sides.supplied:
        offerings[one.kind[0]] = offerings.get(one.kind[0], 0) + 1
    kinds: dict[Kind, list[int]] = {}
    for place, need in enumerate(sides.needed):
        if need.headcount != 0:
            kinds.setdefault(need.kind, []).append(place)
    found = []
    for (post, level, chains), places in kinds.items():
        needs = [sides.needed[place] for place in places]
        told = [need.headcount for need in needs if need.headcount is not None]
        claims = [claim for need in needs for claim in need.claims]
        suited = sides.suited.get(post, set())
        matched = sum(met[place] for place in places)
        found.append(
            {
                "demanded": plain.named(post),
                "chains": plain.names(chains),
                "level": level,
                "region": None,
                "needed": sum(told) if told else None,
                "matched": matched if told else None,
                "shortage": sum(told) - matched if told else None,
                "unknown": len(needs) - len(told),
                "demanders": plain.names({need.demander for need in needs}),
                "specialties": plain.names(suited),
                "offered": sum(offerings.get(specialty, 0) for specialty in suited),
                **rests_on(telling(claims, 3), surest(claims)),
            }
        )
    return found
