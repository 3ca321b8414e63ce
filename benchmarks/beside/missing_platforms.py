"""`missing_platforms` by hand: where the way from research to the classroom breaks off."""

from __future__ import annotations

from collections import Counter

from benchmarks.beside.chains import looked_at
from benchmarks.beside.plain import Claim, Plain, Row, in_turn, rests_on, surest, telling
from benchmarks.beside.teaching import Teaching, teaching


def loop(plain: Plain, *, courses: bool = True) -> list[Row]:
    """One row a chain without a platform, one a platform that does not reach the courses."""
    taught = teaching(plain)
    teaches = _teaching(taught)
    of_school: dict[str, list[tuple[str, str]]] = {}
    for chain, own in teaches.items():
        for school, what in own:
            of_school.setdefault(school, []).append((what, chain))
    serving, wished = _platforms(taught.served), _platforms(taught.intended)
    sharing = {
        claim["head"]
        for claim in plain.all("SHARES")
        if any(word in _words(plain, claim["tail"]) for word in ("课程", "教材"))
    }
    found = []
    for chain in looked_at(plain):
        inside = plain.inside(chain)
        covering = inside | plain.wholes(chain) if plain.value(chain, "tier") == "环节" else inside
        if any(part in serving for part in covering):
            continue
        firms, states = _operating(plain, inside), list(plain.at("STATES", chain, None))
        found.append(
            {
                "subject": plain.named(chain),
                "gap": "无研发平台",
                "chains": (),
                "enterprises": len({claim["head"] for claim in firms}),
                "schools": (),
                "builders": (),
                "intended": plain.names({one for part in covering for one in wished.get(part, ())}),
                "teaching": (),
                "candidates": plain.names(_most(plain, teaches, inside, set())),
                **rests_on(in_turn(telling(firms, 3), telling(states, 2)), surest([*firms, *states])),
            }
        )
    for platform in plain.labelled["ResearchPlatform"]:
        building = list(plain.at("CO_BUILDS", platform, None))
        done = {claim["head"] for claim in building if claim["status"] in plain.done}
        planned = {claim["head"] for claim in building if claim["status"] not in plain.done}
        schools = {one for one in done if one.startswith("School:")}
        own = taught.served.get(platform, set())
        inside = {part for chain in own for part in plain.inside(chain)}
        what = [(school, one) for school in schools for one, to in of_school.get(school, ()) if to in inside]
        able = {school for school, _ in what}
        if not schools:
            gap = "平台无院校"
        elif own and not able:
            gap = "平台院校无对接本链的专业"
        elif courses and own and not able & sharing:
            gap = "未到课程"
        else:
            continue
        firms = _operating(plain, inside)
        claims = [claim for claim in building if claim["status"] in plain.done]
        claims += plain.of("SERVES", platform, None)
        found.append(
            {
                "subject": plain.named(platform),
                "gap": gap,
                "chains": plain.names(own),
                "enterprises": len({claim["head"] for claim in firms}) if own else None,
                "schools": plain.names(schools),
                "builders": plain.names(done - schools),
                "intended": plain.names({one for one in planned if one.startswith("School:")} - schools),
                "teaching": plain.names({one for _, one in what}),
                "candidates": plain.names(_most(plain, teaches, inside, schools)),
                **rests_on(telling(claims), surest(claims)),
            }
        )
    return found


def _teaching(taught: Teaching) -> dict[str, set[tuple[str, str]]]:
    """Chain → the schools that teach for it, each with what."""
    schools_of: dict[str, set[str]] = {}
    for school, specialty in taught.offerings:
        if school is not None:
            schools_of.setdefault(specialty, set()).add(school)
    found: dict[str, set[tuple[str, str]]] = {}
    for one, chains in taught.served.items():
        schools = (
            taught.hosts.get(one, set()) if one.startswith("SpecialtyGroup:") else schools_of.get(one, set())
        )
        if one.startswith(("SpecialtyGroup:", "Specialty:")):
            for chain in chains:
                found.setdefault(chain, set()).update((school, one) for school in schools)
    return found


def _most(
    plain: Plain, teaches: dict[str, set[tuple[str, str]]], inside: set[str], without: set[str]
) -> list[str]:
    """The ten schools with most specialties and groups for the chains."""
    counts = Counter(school for chain in inside for school, _ in teaches.get(chain, ()))
    best = sorted((-count, plain.named(one)) for one, count in counts.items() if one not in without)
    return [one for _, (_, one) in best[:10]]


def _platforms(served: dict[str, set[str]]) -> dict[str, set[str]]:
    """Chain → the platforms that serve it."""
    found: dict[str, set[str]] = {}
    for one, chains in served.items():
        if one.startswith("ResearchPlatform:"):
            for chain in chains:
                found.setdefault(chain, set()).add(one)
    return found


def _operating(plain: Plain, chains: set[str]) -> list[Claim]:
    told = (claim for chain in chains for claim in plain.at("OPERATES_IN", chain, None))
    return [claim for claim in told if claim["head"].startswith("Enterprise:")]


def _words(plain: Plain, resource: str) -> str:
    return f"{plain.value(resource, 'category') or ''}{plain.named(resource)[0]}"
