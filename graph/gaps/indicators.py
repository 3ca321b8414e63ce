"""Indicators of how a consortium works (运行指标): each a number that does not grow with mere size, or unknown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from graph.columns import Grouped
from graph.errors import LiantuError
from graph.gaps import participation, partnerships
from graph.gaps.amounts import amount, together
from graph.gaps.dates import quarter, quarters_between
from graph.gaps.finding import REALISED
from graph.gaps.organs import HAS, ORGANS, Organs, organs
from graph.gaps.participation import memberships
from graph.gaps.partnerships import DONE
from graph.identity import label_of
from graph.language import Text
from graph.project import Projection

LABELS: Final = (*partnerships.LABELS, "Consortium", "SharedResource")
KINDS: Final = (*participation.MEMBERSHIP, *partnerships.KINDS, "SHARES", "STATES")

NAMES: Final[Mapping[str, Text]] = {
    "density": Text(zh="落实率", en="pairs realised of those possible"),
    "breadth": Text(zh="合作方式数", en="modes done"),
    "joint": Text(zh="人均共建数", en="things built together per member"),
    "activity": Text(zh="近四季活跃率", en="pairs begun in the last four quarters, per possible pair"),
    "income": Text(zh="校均技术服务收入", en="technical service income per school, yuan"),
    "organs": Text(zh="治理机构齐备率", en="organs in place, of five"),
    "sharing": Text(zh="成员共享率", en="members that share a resource"),
}
"""The indicators, by the name that a table of weights uses."""

DEFAULT: Final = (
    "density:30:0.5; breadth:15:4; joint:15:0.5; activity:15:0.3; "
    "income:10:1000000; organs:10:1; sharing:5:0.3"
)
"""Weight and full-mark value of each indicator; the user may give another table."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A line of the table of indicators: its weight, and the value from which it has full marks."""

    name: str
    weight: float
    full: float


@dataclass(frozen=True)
class Standing:
    """A consortium with what its indicators say; `values` hold None where a number is unknown.

    `conflicts` are the organs of which sources say different things.
    """

    members: int
    values: Mapping[str, float | None]
    conflicts: tuple[Text, ...]
    rows: Mapping[str, set[int]]


def indicators(table: str, parameter: str = "indicators") -> tuple[Indicator, ...]:
    """The table of indicators in words, `name:weight:full; …`; `question.parameter` where it cannot be read.

    `parameter` is the one of the question by which it was given.

    >>> indicators("density:60:0.5; organs:40:1")[1]
    Indicator(name='organs', weight=40.0, full=1.0)
    """
    found = []
    for line in table.replace("；", ";").split(";"):
        parts = [part.strip() for part in line.replace("：", ":").split(":")]
        if parts == [""]:
            continue
        try:
            name, weight, full = parts[0], float(parts[1]), float(parts[2])
        except (IndexError, ValueError):
            raise _wrong(line, parameter) from None
        if name not in NAMES or not 0 <= weight < 1e9 or not 0 < full < 1e15 or len(parts) != 3:
            raise _wrong(line, parameter)
        found.append(Indicator(name, weight, full))
    if not sum(one.weight for one in found) or len({one.name for one in found}) != len(found):
        raise _wrong(table, parameter)
    return tuple(found)


def _wrong(words: str, parameter: str) -> LiantuError:
    expected = f"{'|'.join(NAMES)}:weight:full; …"
    return LiantuError("question.parameter", name=parameter, value=words.strip()[:60], expected=expected)


def standings(
    projection: Projection,
    minimum_confidence: float,
    realised: tuple[str | None, ...] = REALISED,
    last_quarter: str | None = None,
) -> Mapping[str, Standing]:
    """Every consortium with two or more known members, and its indicators.

    With `last_quarter`, the four quarters of activity end there; without, with the last quarter in which any pair
    began something that is done. Worked out once a projection.
    """
    return projection.once(
        (standings, minimum_confidence, realised, last_quarter),
        lambda: _standings(projection, minimum_confidence, realised, last_quarter),
    )


def _standings(
    projection: Projection,
    minimum_confidence: float,
    realised: tuple[str | None, ...],
    last_quarter: str | None,
) -> Mapping[str, Standing]:
    pairs = partnerships.partnerships(projection, minimum_confidence, realised)
    built = partnerships.works(projection, minimum_confidence, realised)
    governed = organs(projection, minimum_confidence)
    claims = projection.claims("COOPERATES_WITH")
    since, observed, modes = (claims.column(name) for name in ("since", "observed", "mode"))
    is_done = claims.done(minimum_confidence, realised)
    told_done = is_done[pairs.direct.values]
    done = Grouped(pairs.direct.keys[told_done], len(pairs), pairs.direct.values[told_done])
    began = [
        {told for row in done.of(place).tolist() if (told := quarter(since[row] or observed[row]))}
        for place in range(len(pairs))
    ]
    last = last_quarter or max((told for quarters in began for told in quarters), default=None)
    recent = set(_four_quarters(last)) if last else set()
    shares = projection.claims("SHARES")
    sharing = {
        shares.column("head")[row]
        for row in np.flatnonzero(shares.done(minimum_confidence, realised)).tolist()
    }
    found = {}
    for consortium, members in memberships(projection, minimum_confidence, realised).items():
        if len(members) < 2:
            continue
        sides = Counter(map(label_of, members))
        numbers = projection.register.numbers(members)
        among = pairs.among(numbers)
        possible = sides["School"] * sides["Enterprise"]
        stages = Counter(pairs.stages[among].tolist())
        rows: dict[str, set[int]] = {kind: set(own.tolist()) for kind, own in pairs.rows(among).items()}
        for membership in members.values():
            for kind, numbers_of_kind in membership.items():
                rows.setdefault(kind, set()).update(numbers_of_kind)
        joint = built.joint(numbers)
        used = {modes[row] for row in done.of_all(among).tolist()} - {None}
        dated = any(began[pair] for pair in among.tolist()) or not stages[DONE]
        earned = together(
            amount(projection, "COOPERATES_WITH", own.tolist(), "income")
            for pair in among.tolist()
            if len(own := done.of(pair))
        )
        known = governed.get(consortium, Organs())
        found[consortium] = Standing(
            members=len(members),
            values={
                "density": stages[DONE] / possible if possible else None,
                "breadth": float(len(used - {""})),
                "joint": joint / len(members),
                "activity": sum(bool(began[pair] & recent) for pair in among.tolist()) / possible
                if possible and dated and recent
                else None,
                "income": earned.value / sides["School"]
                if earned.value is not None and sides["School"]
                else None,
                "organs": len(known.being(HAS)) / len(ORGANS) if not known.unknown else None,
                "sharing": len(members.keys() & sharing) / len(members) if sharing else None,
            },
            conflicts=known.conflicts,
            rows=rows,
        )
    return found


def _four_quarters(last: str) -> list[str]:
    year, number = int(last[:4]), int(last[5])
    first = f"{year - 1}Q{number + 1}" if number < 4 else f"{year}Q1"
    return quarters_between(first, last)


def size_class(members: int) -> str:
    """The size class that a consortium is compared in: 小 (2–5 members), 中 (6–15), 大 (more)."""
    return "小" if members <= 5 else "中" if members <= 15 else "大"
