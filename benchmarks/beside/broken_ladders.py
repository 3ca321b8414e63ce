"""`broken_ladders` by hand: the specialties of chains from which no step leads to the next level."""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cache

from benchmarks.beside.plain import Claim, Plain, Row, rests_on, surest, telling
from benchmarks.beside.teaching import graduates, teaching

STEPS = {"中职": ("高职专科",), "高职专科": ("职业本科", "普通本科")}
HIGHER = {"中职": ("高职专科", "职业本科", "普通本科"), "高职专科": ("职业本科", "普通本科")}
_SUFFIX = re.compile(r"(产业链|产业集群|产业|专业群|（.*?）)$")


def loop(plain: Plain) -> list[Row]:
    """One row a specialty."""
    taught = teaching(plain)
    steps: dict[str, set[str]] = {}
    wished: dict[str, set[str]] = {}
    for claim in plain.all("ARTICULATES_TO", None):
        kept = steps if claim["status"] in ("完成", None) else wished
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
    alike = {step: _Alike(plain, [one for one in level if level[one] in STEPS[step]]) for step in STEPS}
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
                "alike": alike[own_level].to(plain.named(specialty)[0]),
                **rests_on(telling(claims), surest(rests[specialty].values())),
            }
        )
    return found


@cache
def _pairs(name: str) -> frozenset[str]:
    stem = _SUFFIX.sub("", name)
    return frozenset(stem[at : at + 2] for at in range(len(stem) - 1))


class _Alike:
    """Names compared by the pairs of characters that they share, the rarer the more."""

    def __init__(self, plain: Plain, ids: list[str]) -> None:
        self._names = [(plain.named(one), _pairs(plain.named(one)[0])) for one in ids]
        counts = Counter(pair for _, own in self._names for pair in own)
        self._most = math.log(max(len(ids), 2))
        self._weights = {pair: math.log(len(ids) / count) ** 2 for pair, count in counts.items()}

    def to(self, name: str) -> tuple[tuple[str, str], ...]:
        """The three likest."""
        own, scores = _pairs(name), []
        for named, pairs in self._names:
            if common := own & pairs:
                length = math.sqrt(self._sum(own)) * math.sqrt(self._sum(pairs))
                if length and (score := self._sum(common) / length) >= 0.4:
                    scores.append((-round(score, 6), named[1], named))
        return tuple(named for _, _, named in sorted(scores)[:3])

    def _sum(self, pairs: frozenset[str]) -> float:
        return sum(self._weights.get(pair, self._most**2) for pair in pairs)
