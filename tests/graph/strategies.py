"""Random graphs as sources tell them (随机图谱): claims of every kind of the ontology, made to trip two engines apart.

Few nodes and many claims, so that claims are parallel, sources repeat and contradict each other, and circles and loops
arise; values are often unknown; names hold what breaks naive query text.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from graph.claims import ClaimsBuilder, Evidence
from graph.ontology import EDGES, METHODS, NODES, STATUSES, EdgeKind, Property, Type
from graph.store import Source

Told = tuple[Source, pa.Table, pa.Table]

NAMES: Final = (
    "重庆电子工程职业学院",
    "重庆电子科技职业大学",
    "新能源汽车",
    "汽车",
    "Übung （甲） B-2",
    "名`) DETACH DELETE n //",
    '它\'s "quoted" \\ \\u0060',
    "两\n行",
    "（甲）",
    "𠮷校",
    "labels",
)
# The kinds that queries and gap questions read most, so that a small graph has enough of each.
_OFTEN: Final = (
    "OFFERS",
    "SERVES",
    "MEMBER_OF",
    "LEADS",
    "OPERATES_IN",
    "DEMANDS",
    "PART_OF",
    "INCLUDES",
    "HOSTS",
)
_TEXTS: Final = ("甲", "乙", "2024", "", "Ａ`'\"")
_DATES: Final = ("2023", "2023-10", "2023-10-27")


def random_sources(seed: int, sources: int, claims: int) -> list[Told]:
    """What `sources` sources tell in `claims` edges altogether; fewer claims of a seed are the first of more."""
    chance = random.Random(seed)
    builders = [ClaimsBuilder(f"{number:016x}") for number in range(1, sources + 1)]
    kinds = [*EDGES.values(), *(EDGES[name] for name in _OFTEN for _ in range(4))]
    for _ in range(claims):
        _claim(chance, chance.choice(builders), chance.choice(kinds))
    return [told(builder) for builder in builders]


def told(builder: ClaimsBuilder, key: str = "1") -> Told:
    """The claims of a builder as a writer takes them."""
    table = builder.table()
    states = pc.equal(table.column("kind"), "STATES")
    source = Source(builder.source, f"{builder.source}.txt", "document", key)
    return source, table.filter(states), table.filter(pc.invert(states))


def _claim(chance: random.Random, builder: ClaimsBuilder, kind: EdgeKind) -> None:
    head, tail = chance.choice(kind.ends)
    ends = [_node(chance, builder, label) for label in (head, tail)]
    for _ in range(chance.choice((1, 1, 1, 2))):  # the same pair is often claimed again with other values
        builder.edge(kind.name, *ends, _evidence(chance), **_values(chance, kind.properties))


def _node(chance: random.Random, builder: ClaimsBuilder, label: str) -> str:
    kind = NODES[label]
    properties = _values(chance, kind.properties)
    code = properties.pop("code", None)
    scope = (
        _node(chance, builder, chance.choice(kind.scope)) if kind.scope and chance.random() < 0.8 else None
    )
    return builder.node(
        label,
        name=chance.choice(NAMES[:4] if chance.random() < 0.7 else NAMES),
        code=code and chance.choice(("460701", "41500")),
        scope=scope,
        aliases=tuple(chance.sample(NAMES, chance.choice((0, 0, 1, 2)))),
        evidence=_evidence(chance),
        **properties,
    )


def _evidence(chance: random.Random) -> Evidence:
    return Evidence(
        quote=chance.choice(("原文", "另一处\n两行", "它's `x`")),
        start=chance.choice((None, 0, 3)),
        end=chance.choice((None, 5, 8)),
        place=chance.choice((None, "l.1", "Sheet1!12")),
        method=chance.choice(METHODS),
        confidence=chance.choice((0.3, 0.5, 0.8, 1.0, 1.0)),
        status=chance.choice((None, None, *STATUSES)),
        observed=chance.choice((None, *_DATES)),
    )


def _values(chance: random.Random, properties: Sequence[Property]) -> dict[str, Any]:
    return {item.name: _value(chance, item) for item in properties if chance.random() < 0.6}


def _value(chance: random.Random, item: Property) -> Any:
    return chance.choice(_choices(item))


@cache
def _choices(item: Property) -> tuple[Any, ...]:
    if item.values:
        return item.values
    return {
        Type.TEXT: _TEXTS,
        Type.INTEGER: (0, 1, 2023, 2024, 30, 2**40),
        Type.NUMBER: (0.0, 0.5, 4.0, 525000.0, 0.1 + 0.2),
        Type.BOOLEAN: (True, False),
        Type.DATE: _DATES,
    }[item.type]
