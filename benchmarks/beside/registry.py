"""`registry` by hand: the consortia with their leaders and members, as of the last day that is told."""

from __future__ import annotations

import json
from collections import Counter

from benchmarks.beside.pairs import memberships
from benchmarks.beside.plain import Claim, Plain, Row, in_turn, label, rests_on, surest, telling
from graph.gaps.dates import before, is_date
from graph.gaps.stated import figure_text


def loop(plain: Plain, *, as_of: str | None = None, since: str | None = None) -> list[Row]:
    """One row a consortium."""
    days = {claim["observed"] for kind in ("MEMBER_OF", "LEADS") for claim in plain.all(kind)}
    day = as_of or max((one for one in days if is_date(one)), default=None)
    levels = _levels(plain)
    found = []
    for consortium, members in memberships(plain).items():
        inside, began, left, leaders = set(), {}, {}, set()
        for member, claims in members.items():
            start, end, there, leads = _time(plain, claims, day)
            if there:
                inside.add(member)
                began[member] = start
                if leads:
                    leaders.add(member)
            elif end:
                left[member] = end
        if not inside and not left:
            continue
        first = since or min((one for one in began.values() if one), default=None)
        joined = {one: start for one, start in began.items() if start and first and before(first, start)}
        gone = {one: end for one, end in left.items() if since is None or not before(end, since)}
        sides = Counter(map(label, inside))
        own = [claim for claims in members.values() for claim in claims]
        leading = [claim for claim in own if claim["kind"] == "LEADS"]
        found.append(
            {
                "consortium": plain.named(consortium),
                "level": plain.value(consortium, "level"),
                "leaders": plain.names(leaders),
                "members": len(inside),
                "schools": sides["School"],
                "enterprises": sides["Enterprise"],
                "others": len(inside) - sides["School"] - sides["Enterprise"],
                "chains": plain.names({claim["tail"] for claim in plain.of("SERVES", consortium)}),
                "dated": day,
                "joined": _dated(plain, joined),
                "left": _dated(plain, gone),
                "undated": sum(one is None for one in began.values()),
                "listed": plain.names(inside),
                "stated": _stated(plain, consortium),
                "conflicts": levels.get(consortium, ()),
                **rests_on(in_turn(telling(leading, 2), telling(own)), surest(own)),
            }
        )
    return found


def _time(plain: Plain, claims: list[Claim], day: str | None) -> tuple[str | None, str | None, bool, bool]:
    """Since when, until when, whether still there, whether leading."""
    starts, ends, there, leads = [], [], False, False
    for claim in claims:
        if claim["status"] not in plain.done:
            continue
        since, until = ((one if is_date(one) else None) for one in (claim.get("since"), claim.get("until")))
        if since and day and before(day, since):
            continue
        if since:
            starts.append(since)
        if until and day and before(until, day):
            ends.append(until)
            continue
        there = True
        leads |= claim["kind"] == "LEADS"
    gone = bool(ends) and not leads and not any(before(max(ends), start) for start in starts)
    return min(starts, default=None), max(ends, default=None), there and not gone, leads


def _dated(plain: Plain, days: dict[str, str]) -> tuple[str, ...]:
    ordered = sorted((day, plain.named(one)[0]) for one, day in days.items())
    return tuple(f"{name} {day}" for day, name in ordered)


def _levels(plain: Plain) -> dict[str, tuple[str, ...]]:
    """Levels that sources state, where they contradict each other."""
    told: dict[str, dict[str, set[str]]] = {}
    for claim in plain.all("STATES", None):
        if claim["properties"] and claim["tail"].startswith("Consortium:"):
            level = json.loads(claim["properties"]).get("level")
            if level:
                source = plain.sources.get(claim["source"], claim["source"])
                told.setdefault(claim["tail"], {}).setdefault(level, set()).add(source)
    return {
        one: tuple(f"{level}（{'、'.join(sorted(by))}）" for level, by in sorted(levels.items()))
        for one, levels in told.items()
        if len(levels) > 1
    }


def _stated(plain: Plain, consortium: str) -> tuple[str, ...]:
    """Figures that documents give of it."""
    texts = set()
    for claim in plain.at("ABOUT", consortium, None):
        figure = plain.nodes.get(claim["head"], {})
        if label(claim["head"]) in ("Statistic", "Target") and figure.get("value") is not None:
            told = figure_text(figure["comparator"], figure["value"], figure["unit"], figure["year"])
            texts.add(f"{figure['metric'] or figure['name']} {told}")
    return tuple(sorted(texts))
