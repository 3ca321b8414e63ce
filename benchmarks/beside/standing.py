"""How consortia work, by hand: the indicators of each that has two members or more."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.beside.cooperation import amount
from benchmarks.beside.nominal_consortia import ORGANS, believed_organs, organs
from benchmarks.beside.pairs import memberships, pairs, partners
from benchmarks.beside.plain import DONE_STAGE, Claim, Plain, label
from graph.gaps.dates import quarter

NAMES = {
    "density": "落实率",
    "breadth": "合作方式数",
    "joint": "人均共建数",
    "activity": "近四季活跃率",
    "income": "校均技术服务收入",
    "organs": "治理机构齐备率",
    "sharing": "成员共享率",
}


@dataclass
class Standing:
    """The members of a consortium, its indicators (None: unknown), and the claims that tell of both."""

    members: int
    values: Mapping[str, float | None]
    claims: list[Claim]
    differing: list[str]


def table_of(words: str) -> dict[str, tuple[float, float]]:
    """Indicator → its weight, and the value that has full marks."""
    lines = (line.split(":") for line in words.split(";"))
    return {name.strip(): (float(weight), float(full)) for name, weight, full in lines}


def standings(plain: Plain, last: str | None = None) -> dict[str, Standing]:
    """Consortium → how it stands, its activity counted in the year up to a quarter or to the last that is told."""
    joined = pairs(plain)
    of, governed = partners(joined), organs(plain)
    began = {
        ends: {
            quarter(claim["since"] or claim["observed"])
            for claim in pair.direct
            if claim["status"] in plain.done
        }
        - {None}
        for ends, pair in joined.items()
    }
    last = last or max((one for own in began.values() for one in own if one), default=None)
    recent = {_before(last, number) for number in range(4)} if last else set()
    built: dict[str, set[str]] = {}
    for claim in plain.all("CO_BUILDS"):
        built.setdefault(claim["head"], set()).add(claim["tail"])
    sharing = {claim["head"] for claim in plain.all("SHARES")}
    found = {}
    for consortium, members in memberships(plain).items():
        if len(members) < 2:
            continue
        among = {
            (one, other): pair
            for one in members
            if one.startswith("School:")
            for other, pair in of.get(one, {}).items()
            if other in members
        }
        sides = Counter(map(label, members))
        schools, possible = sides["School"], sides["School"] * sides["Enterprise"]
        done = sum(pair.stage == DONE_STAGE for pair in among.values())
        modes = {
            claim["mode"] for pair in among.values() for claim in pair.direct if claim["status"] in plain.done
        }
        things = Counter(thing for one in members for thing in built.get(one, ()))
        active = sum(not began[ends].isdisjoint(recent) for ends in among)
        dated = not done or any(began[ends] for ends in among)
        incomes = [one for pair in among.values() if (one := amount(plain, pair, "income")[0]) is not None]
        believed, differing = believed_organs(governed.get(consortium, ({}, []))[1])
        found[consortium] = Standing(
            len(members),
            {
                "density": done / possible if possible else None,
                "breadth": float(len(modes - {None, ""})),
                "joint": sum(count > 1 for count in things.values()) / len(members),
                "activity": active / possible if possible and dated and recent else None,
                "income": math.fsum(incomes) / schools if incomes else None,
                "organs": sum(believed[key] == "有" for key in ORGANS) / len(ORGANS)
                if believed.keys() == ORGANS.keys()
                else None,
                "sharing": len(members.keys() & sharing) / len(members) if sharing else None,
            },
            [claim for pair in among.values() for claim in pair.claims]
            + [claim for claims in members.values() for claim in claims],
            differing,
        )
    return found


def _before(last: str, number: int) -> str:
    """The quarter so many before another."""
    at = int(last[:4]) * 4 + int(last[5]) - 1 - number
    return f"{at // 4}Q{at % 4 + 1}"
