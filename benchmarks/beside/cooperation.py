"""`cooperation` by hand: what each pair of school and enterprise does together."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from typing import Any

from benchmarks.beside.pairs import Pair, builders, pairs
from benchmarks.beside.plain import DONE_STAGE, Claim, Plain, Row, rests_on, surest, telling
from graph.gaps.dates import before, is_date, months_between

PEOPLE = ("order_students", "teachers", "interns", "hires")
_METHODS = {"record": 0, "rule": 1, "model": 2}


def loop(plain: Plain, *, by: str = "pair", as_of: str | None = None) -> list[Row]:
    """One row a pair; or one a school, enterprise or chain, with what its pairs do."""
    told = _of_pairs(plain, as_of)
    if by == "pair":
        return [row for row, *_ in told]
    groups: dict[str, list[Told]] = {}
    for row, claims, built in told:
        school, firm = row["subject"][1], row["partner"][1]
        subjects = {"school": {school}, "enterprise": {firm}}.get(by)
        if subjects is None:
            operating = [claim["tail"] for claim in plain.of("OPERATES_IN", firm, None)]
            subjects = {whole for chain in operating for whole in plain.wholes(chain)}
        for subject in subjects:
            groups.setdefault(subject, []).append((row, claims, built))
    return [_together(plain, by, subject, own) for subject, own in groups.items()]


Told = tuple[Row, list[Claim], set[str]]
"""What is told of a pair, its claims, and the things that it has built."""


def _together(plain: Plain, by: str, subject: str, own: list[Told]) -> Row:
    """What several pairs do, as one row."""
    own.sort(key=lambda one: (one[0]["subject"][1], one[0]["partner"][1]))
    rows = [row for row, *_ in own]
    claims = [claim for _, told, _ in own for claim in told]
    done = {mode for row in rows for mode in row["modes"]}

    def known(name: str) -> list[Any]:
        return [row[name] for row in rows if row[name] is not None]

    return {
        "subject": plain.named(subject),
        "partner": None,
        "kind": by,
        **{
            name: sum(row[name] for row in rows)
            for name in ("pairs", "done", "under_way", "intended", "income_unknown")
        },
        "built": len(set().union(*(built for *_, built in own))),
        "modes": tuple(sorted(done)),
        "only_said": tuple(sorted({mode for row in rows for mode in row["only_said"]} - done)),
        "since": min(known("since"), default=None),
        "months": max(known("months"), default=None),
        "income": math.fsum(known("income")) if known("income") else None,
        "people": sum(known("people")) if known("people") else None,
        "conflicts": tuple(words for row in rows for words in row["conflicts"]),
        **rests_on(telling(claims), surest(claims)),
    }


def _of_pairs(plain: Plain, as_of: str | None) -> list[Told]:
    days = {claim["observed"] for claim in plain.all("COOPERATES_WITH")}
    day = as_of or max((one for one in days if is_date(one)), default=None)
    things = builders(plain)
    found = []
    for (school, firm), pair in pairs(plain).items():
        projects, modes = _projects(plain, pair)
        built = set()
        words = {(claim["source"], claim["place"]) for claim in pair.direct if claim["place"]}
        for thing in {claim["tail"] for claim in pair.built.values()}:
            own = things[thing]
            stage = max(min(map(plain.stage, own[one])) for one in (school, firm))
            built |= {thing} if stage == DONE_STAGE else set()
            told = (claim for one in (school, firm) for claim in own[one])
            if words.isdisjoint((claim["source"], claim["place"]) for claim in told if claim["place"]):
                projects[stage] += 1
                modes.setdefault("共建", set()).add(stage)
        done = {mode for mode, stages in modes.items() if DONE_STAGE in stages}
        dated = [claim for claim in pair.direct if claim["status"] in plain.done and is_date(claim["since"])]
        lasting = [months for claim in dated if (months := _months(claim, day)) is not None]
        income, others = amount(plain, pair, "income")
        people = [told for name in PEOPLE if (told := amount(plain, pair, name)[0]) is not None]
        names = plain.named(school), plain.named(firm)
        who = f"{names[0][0]}·{names[1][0]}"
        found.append(
            (
                {
                    "subject": names[0],
                    "partner": names[1],
                    "kind": "pair",
                    "pairs": int(projects[DONE_STAGE] > 0),
                    "done": projects[0],
                    "under_way": projects[1],
                    "intended": projects[2],
                    "modes": tuple(sorted(done)),
                    "only_said": tuple(sorted(modes.keys() - done)),
                    "since": min((claim["since"] for claim in dated), default=None),
                    "months": max(lasting, default=None),
                    "income": income,
                    "income_unknown": int(projects[DONE_STAGE] > 0 and income is None),
                    "people": int(math.fsum(people)) if people else None,
                    "built": len(built),
                    "conflicts": tuple(f"{who}：{income:.10g} ≠ {other:.10g}" for other in others),
                    **rests_on(telling(pair.claims), surest(pair.claims)),
                },
                pair.claims,
                built,
            )
        )
    return found


def _projects(plain: Plain, pair: Pair) -> tuple[Counter[int], dict[str, set[int]]]:
    """Projects by stage, and the stages of each mode: of one mode the source that tells most counts."""
    told: dict[tuple[int, str | None], Counter[str]] = {}
    for claim in pair.direct:
        told.setdefault((plain.stage(claim), claim["mode"] or None), Counter())[claim["source"]] += 1
    projects: Counter[int] = Counter()
    modes: dict[str, set[int]] = {}
    for (stage, mode), sources in told.items():
        if mode is not None:
            projects[stage] += max(sources.values())
            modes.setdefault(mode, set()).add(stage)
    for (stage, mode), sources in told.items():
        if mode is None and not projects[stage]:
            projects[stage] += max(sources.values())
    return projects, modes


def _months(claim: Claim, day: str | None) -> int | None:
    until = claim["until"]
    end = until if is_date(until) else day
    if end is not None and day is not None and not before(end, day):
        end = day
    return months_between(claim["since"], end) if end else None


def amount(plain: Plain, pair: Pair, column: str) -> tuple[float | None, Iterable[float]]:
    """What the surest source tells, the least of several; and what contradicts it."""
    totals: dict[str, float] = {}
    trust: dict[str, tuple[float, int]] = {}
    for claim in pair.direct:
        if claim["status"] in plain.done and claim[column] is not None and claim[column] >= 0:
            source, weight = claim["source"], (-claim["confidence"], _METHODS.get(claim["method"], 3))
            totals[source] = totals.get(source, 0) + claim[column]
            trust[source] = min(weight, trust.get(source, weight))
    if not totals:
        return None, ()
    best = min((trust[source], total) for source, total in totals.items())[1]
    return best, sorted({*totals.values()} - {best})
