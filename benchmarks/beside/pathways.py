"""`pathways` by hand: the shortest way to every occupation that somebody asks for."""

from __future__ import annotations

from collections import deque

from benchmarks.beside.plain import Claim, Plain, Row, rests_on, surest, telling

Step = tuple[tuple[str, str], Claim]


def loop(plain: Plain, *, start: str | None = None, target: str | None = None) -> list[Row]:
    """One row an occupation; starts and targets by name, starts by level too."""
    steps = _steps(plain)
    asking: dict[str, set[str]] = {}
    rests: dict[str, list[Claim]] = {}
    for kind in ("DEMANDS", "HAS_ROLE"):
        for claim in plain.all(kind, None):
            if claim["tail"].startswith("Occupation:"):
                asking.setdefault(claim["tail"], set()).add(claim["head"])
                rests.setdefault(claim["tail"], []).append(claim)
    led_to = {to[1] for own in steps.values() for to, claim in own if claim["kind"] == "ARTICULATES_TO"}
    specialties = plain.labelled["Specialty"]
    if start is None:
        low = [one for one in specialties if one not in led_to]
    else:
        low = [one for one in specialties if plain.value(one, "level") == start]
        low = low or [
            one for one in (*specialties, *plain.labelled["Occupation"]) if plain.named(one)[0] == start
        ]
    starts = [one for _, one in plain.names(low)]
    came: dict[str, tuple[str, Claim] | None] = dict.fromkeys(starts)
    depth = dict.fromkeys(starts, 0)
    near = {one: {one} for one in starts}
    waiting = deque(starts)
    while waiting:
        one = waiting.popleft()
        for (_, to), claim in steps.get(one, ()):
            if to not in came:
                came[to], depth[to], near[to] = (one, claim), depth[one] + 1, set()
                waiting.append(to)
            if depth[one] == 0 and depth[to] == 1 and to.startswith("Occupation:"):
                near[to] |= near[one]
    found = []
    wanted = (
        [one for one in plain.labelled["Occupation"] if plain.named(one)[0] == target] if target else asking
    )
    for occupation in wanted:
        way, used = [occupation], []
        while before := came.get(way[-1]):
            way.append(before[0])
            used.append(before[1])
        way = way[::-1] if occupation in came else []
        claims = used or rests.get(occupation, [])
        others = near.get(occupation, set()) - {way[0]} if way else set()
        patterns = {claim["pattern"] for claim in used if claim["kind"] == "ARTICULATES_TO"} - {None}
        found.append(
            {
                "occupation": plain.named(occupation),
                "start": plain.named(way[0]) if way else None,
                "steps": len(way) - 1 if way else None,
                "way": tuple(map(plain.named, way)),
                "patterns": tuple(sorted(patterns)),
                "demanders": len(asking.get(occupation, ())),
                "others": plain.names(others),
                **rests_on(
                    telling(claims),
                    min(claim["confidence"] for claim in used) if used else surest(claims),
                ),
            }
        )
    return found


def _steps(plain: Plain) -> dict[str, list[Step]]:
    """From each node, where it leads to by name; of parallel claims the surest."""
    best: dict[tuple[str, str], Claim] = {}
    for kind in ("ARTICULATES_TO", "PREPARES_FOR"):
        told: dict[tuple[str, str], Claim] = {}
        for claim in plain.all(kind):
            pair = claim["head"], claim["tail"]
            told[pair] = min(told.get(pair, claim), claim, key=lambda one: (-one["confidence"], one["id"]))
        for (head, tail), claim in told.items():
            best[head, tail] = claim
            if kind == "PREPARES_FOR":
                best[tail, head] = claim
    steps: dict[str, list[Step]] = {}
    for (head, tail), claim in best.items():
        steps.setdefault(head, []).append((plain.named(tail), claim))
    for own in steps.values():
        own.sort(key=lambda step: step[0])
    return steps
