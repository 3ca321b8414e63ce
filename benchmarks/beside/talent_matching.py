"""`talent_matching` by hand: of each post, level and chains, how many of the people needed are found."""

from __future__ import annotations

from benchmarks.beside.market import Kind, market
from benchmarks.beside.matching import assigned
from benchmarks.beside.plain import Plain, Row, label, rests_on, surest, telling


def loop(
    plain: Plain, *, year: int | None = None, retention: float = 1.0, by_region: bool = False
) -> list[Row]:
    """One row a kind of needs, by region too where that is asked for."""
    sides = market(plain, year, retention)
    regions = _regions(plain) if by_region else {}
    met = assigned(sides).met
    offerings: dict[str, int] = {}
    for one in sides.supplied:
        offerings[one.kind[0]] = offerings.get(one.kind[0], 0) + 1
    kinds: dict[tuple[Kind, str | None], list[int]] = {}
    for place, need in enumerate(sides.needed):
        if need.headcount != 0:
            kinds.setdefault((need.kind, regions.get(need.demander)), []).append(place)
    found = []
    for ((post, level, chains), region), places in kinds.items():
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
                "region": region,
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


def _regions(plain: Plain) -> dict[str, str]:
    """Enterprise → the name of its region, or of that of its park; of several the first by name."""
    found = {}
    for firm in {claim["head"] for claim in plain.all("LOCATED_IN", None)}:
        places = [claim["tail"] for claim in plain.of("LOCATED_IN", firm, None)]
        regions = [one for one in places if label(one) == "Region"]
        if not regions:
            wider = [
                claim
                for park in places
                for kind in ("PART_OF", "LOCATED_IN")
                for claim in plain.of(kind, park, None)
            ]
            regions = [claim["tail"] for claim in wider if label(claim["tail"]) == "Region"]
        if label(firm) == "Enterprise" and regions:
            found[firm] = min(plain.named(one)[0] for one in regions)
    return found
