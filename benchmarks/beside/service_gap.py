"""`service_gap` by hand: what vocational schools earn by technical service, against the undergraduate schools."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from benchmarks.beside.participation import taking_part
from benchmarks.beside.plain import Claim, Plain, Row, in_turn, label, rests_on, surest, telling
from graph.gaps.stated import number_text

VOCATIONAL = ("中职", "技工", "高职专科", "职业本科")
UNDERGRADUATE = ("普通本科", "研究生")
_METHODS = {"record": 0, "rule": 1, "model": 2}


@dataclass
class Earned:
    """The income of a school: of each enterprise the amount believed, what contradicts it, and the claims."""

    amounts: dict[str, float] = field(default_factory=dict)
    others: dict[str, list[float]] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)

    @property
    def total(self) -> float | None:
        """All together."""
        return math.fsum(self.amounts.values()) if self.amounts else None


def loop(plain: Plain) -> list[Row]:
    """One row a region, one a vocational school that takes part."""
    earned = _earned(plain)
    active = taking_part(plain, ("School",))
    province = {school: _province(plain, school) for school in {*plain.labelled["School"], *active}}
    members: dict[str, list[str]] = {}
    for school, region in province.items():
        if region:
            members.setdefault(region, []).append(school)
    above: dict[str, tuple[float | None, int]] = {}
    found = []
    regions = {region for school in active if (region := province[school])}
    texts, reports = _stated(plain) if len(regions) == 1 else ((), [])
    for region in regions:
        level = {school: plain.value(school, "level") for school in members[region]}
        vocational = [school for school, one in level.items() if one in VOCATIONAL]
        higher = [school for school, one in level.items() if one in UNDERGRADUATE]
        incomes = {school: earned[school].total for school in vocational if school in earned}
        told = [amount for school in higher if school in earned for amount in [earned[school].total]]
        untold = sum(school not in earned and school in active for school in higher)
        above[region] = math.fsum(one for one in told if one is not None) if told else None, untold
        claims = [
            claim for school in (*incomes, *higher) if school in earned for claim in earned[school].claims
        ]
        if not claims and not reports:
            continue
        income = math.fsum(one for one in incomes.values() if one is not None) if incomes else None
        zero = sum(one == 0 for one in incomes.values())
        firms = {firm for school in incomes for firm, one in earned[school].amounts.items() if one}
        found.append(
            {
                "subject": plain.named(region),
                "kind": "Region",
                "level": None,
                "schools": len(vocational),
                "known": len(incomes),
                "zero": zero,
                "zero_share": zero / len(incomes) if incomes else None,
                "income": income,
                "enterprises": len(firms),
                **_against(income, above[region]),
                "stated": texts,
                "conflicts": tuple(
                    f"{name}·{one}"
                    for name, school in plain.names(higher)
                    if school in earned
                    for one in _conflicts(plain, earned[school])
                ),
                **rests_on(in_turn(telling(reports, 2), telling(claims)), surest(claims or reports)),
            }
        )
    for school in active:
        if plain.value(school, "level") not in VOCATIONAL:
            continue
        own, region = earned.get(school, Earned()), province[school]
        premise = own.claims or active[school]
        found.append(
            {
                "subject": plain.named(school),
                "kind": "School",
                "level": plain.value(school, "level"),
                "schools": 1,
                "known": int(own.total is not None),
                "zero": int(own.total == 0),
                "zero_share": None,
                "income": own.total,
                "enterprises": sum(bool(one) for one in own.amounts.values()),
                **_against(own.total, above[region] if region else (None, 0)),
                "stated": (),
                "conflicts": tuple(_conflicts(plain, own)),
                **rests_on(in_turn(telling(own.claims), telling(premise)), surest(premise)),
            }
        )
    return found


def _conflicts(plain: Plain, own: Earned) -> list[str]:
    return sorted(
        f"{plain.named(firm)[0]}：{own.amounts[firm]:.10g} ≠ {other:.10g}"
        for firm, others in own.others.items()
        for other in others
    )


def _against(income: float | None, above: tuple[float | None, int]) -> Row:
    total, untold = above
    ratio = round(income / total, 4) if income is not None and total and not untold else None
    return {"undergraduate": total, "undergraduate_unknown": untold, "ratio": ratio}


def _earned(plain: Plain) -> dict[str, Earned]:
    """School → what enterprises pay it, where that is known; of one pair the surest source, the least amount."""
    told: dict[tuple[str, str], list[Claim]] = {}
    for claim in plain.all("COOPERATES_WITH"):
        if claim["income"] is not None and claim["income"] >= 0:
            told.setdefault((claim["head"], claim["tail"]), []).append(claim)
    found: dict[str, Earned] = {}
    for (school, firm), claims in told.items():
        totals: dict[str, float] = {}
        trust: dict[str, tuple[float, int]] = {}
        for claim in claims:
            source, weight = claim["source"], (-claim["confidence"], _METHODS.get(claim["method"], 3))
            totals[source] = totals.get(source, 0) + claim["income"]
            trust[source] = min(weight, trust.get(source, weight))
        best = min((trust[source], total) for source, total in totals.items())[1]
        own = found.setdefault(school, Earned())
        own.amounts[firm] = best
        own.others[firm] = sorted({*totals.values()} - {best})
        own.claims += claims
    return found


def _province(plain: Plain, school: str) -> str | None:
    seen: set[str] = set()
    waiting = [claim["tail"] for claim in plain.of("LOCATED_IN", school, None)]
    while waiting:
        place = waiting.pop()
        if place not in seen:
            seen.add(place)
            wholes = (claim["tail"] for claim in plain.of("PART_OF", place, None))
            waiting += [one for one in wholes if label(one) == "Region"]
    found = [one for one in seen if label(one) == "Region" and plain.value(one, "level") == "省级"]
    return found[0] if len(found) == 1 else None


def _stated(plain: Plain) -> tuple[tuple[str, ...], list[Claim]]:
    """Totals of technical service that documents report of no single body."""
    single = {claim["head"] for claim in plain.all("ABOUT", None)}
    texts, claims = set(), []
    for claim in plain.all("REPORTS", None):
        values = plain.nodes.get(claim["tail"], {})
        metric, unit, value = (values.get(name) for name in ("metric", "unit", "value"))
        metric = metric or ""
        wanted = (unit == "比例" and "本科" in metric) or any(
            word in metric for word in ("技术服务", "横向", "到款")
        )
        if value is not None and claim["tail"] not in single and wanted:
            when = f"（{values['year']}）" if values["year"] is not None else ""
            texts.add(f"{metric} {values['comparator'] or '='} {number_text(value, unit)}{when}")
            claims.append(claim)
    return tuple(sorted(texts)), claims
