"""The organs of governance of a consortium (治理机构): what sources state that it has, has not, or is setting up."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from graph.language import Text
from graph.project import Projection

ORGANS: Final[Mapping[str, Text]] = {
    "council": Text(zh="理事会", en="council"),
    "secretariat": Text(zh="秘书处", en="secretariat"),
    "operator": Text(zh="运营平台", en="operating platform"),
    "charter": Text(zh="章程", en="charter"),
    "mandate": Text(zh="赋权清单", en="list of delegated powers"),
}
"""The organs, by the property of Consortium that tells of each; its values are 有, 筹建, 未设."""

HAS, SETTING_UP, HAS_NOT = "有", "筹建", "未设"
_CAUTIOUS: Final = (HAS_NOT, SETTING_UP, HAS)


@dataclass
class Organs:
    """What is known of one consortium: organ → what it is said to be, and the claims (rows of STATES) that say so.

    Of contradicting statements the surest is `believed`, of equally sure ones that which promises least: how unsure it
    is, and its place in `_CAUTIOUS`.
    """

    states: dict[str, set[str]] = field(default_factory=dict)
    believed: dict[str, tuple[float, int]] = field(default_factory=dict)
    rows: set[int] = field(default_factory=set)

    def being(self, state: str) -> tuple[Text, ...]:
        """The organs that are believed to be `state`."""
        return tuple(name for key, name in ORGANS.items() if self._state(key) == state)

    def _state(self, key: str) -> str | None:
        return _CAUTIOUS[self.believed[key][1]] if key in self.believed else None

    @property
    def conflicts(self) -> tuple[Text, ...]:
        """The organs of which sources say different things, what is believed first."""
        found = []
        for key, name in ORGANS.items():
            if len(said := self.states.get(key, ())) > 1:
                state = self._state(key)
                others = "、".join(one for one in _CAUTIOUS if one in said and one != state)
                found.append(Text(zh=f"{name.zh}：{state} ≠ {others}", en=f"{name.en}: {state} ≠ {others}"))
        return tuple(found)

    @property
    def unknown(self) -> tuple[Text, ...]:
        """The organs of which nothing is told."""
        return tuple(name for key, name in ORGANS.items() if key not in self.states)


def stated_of_consortia(
    projection: Projection, minimum_confidence: float
) -> Iterator[tuple[int, str, Mapping[str, Any]]]:
    """The rows of STATES by which believed sources state properties of consortia: row, consortium, properties."""
    claims = projection.claims("STATES")
    told = claims.sure(minimum_confidence) & claims.known("properties")
    told &= projection.register.are(claims.tails, "Consortium")
    for row in np.flatnonzero(told).tolist():
        if properties := claims.value("properties", row):
            yield row, projection.register.ids[claims.tails[row]], json.loads(properties)


def organs(projection: Projection, minimum_confidence: float) -> dict[str, Organs]:
    """Consortium → its organs, from what the believed sources state of it."""
    sure = projection.claims("STATES").column("confidence")
    found: dict[str, Organs] = {}
    for row, consortium, properties in stated_of_consortia(projection, minimum_confidence):
        told = {key: value for key, value in properties.items() if key in ORGANS}
        if told:
            own = found.setdefault(consortium, Organs())
            own.rows.add(row)
            for key, value in told.items():
                own.states.setdefault(key, set()).add(value)
                trust = -sure[row], _CAUTIOUS.index(value)
                own.believed[key] = min(trust, own.believed.get(key, trust))
    return found
