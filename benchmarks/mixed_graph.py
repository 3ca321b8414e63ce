"""A graph told as real sources tell it (多源、有缺、有矛盾): several sources and days, repeats, gaps, contradictions.

What `national_by_hand.py --mixed` compares answers on. A graph of one source, day and confidence leaves most of what
questions have to decide untried: whom to believe, what counts once, what is of which year, what nobody tells.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any

import pyarrow as pa

from graph.ontology import EDGES, STATES
from graph.project import Projection

DATES = (None, "2020", "2021-05", "2023-11", "2024-01-15", "不详")
ANEW: Mapping[str, tuple[float, tuple[Any, ...]]] = {
    "observed": (1.0, ("2022", "2023-05", "2024", "2024", "2024-03-01", None)),
    "confidence": (1.0, (0.4, 0.6, 0.9, 1.0)),
    "method": (1.0, ("record", "rule", "model")),
    "source": (1.0, ("records-national", "records-other", "document", "reference-other")),
    "status": (0.4, (None, "完成", "在建", "计划", "倡导")),
    "quote": (0.2, ("", "同一句话")),
    "place": (0.2, (None, "第 1 行")),
    "year": (0.3, (None, 2022, 2023, 2024)),
    "since": (0.5, DATES),
    "until": (0.5, DATES),
}
"""Of each column of claims what share of its values is told anew, and as what."""


def mixed(projection: Projection, seed: int = 1) -> Projection:
    """The same nodes; a third of all claims told twice, and much of what claims tell told otherwise or not at all."""
    chance = random.Random(seed)  # noqa: S311 (no secret: the same draws each time)
    return Projection(
        projection.nodes, {kind: _mixed(kind, table, chance) for kind, table in projection.edges.items()}
    )


def _mixed(kind: str, table: pa.Table, chance: random.Random) -> pa.Table:
    again = table.take(
        pa.array(sorted(chance.sample(range(table.num_rows), table.num_rows // 3)), pa.int64())
    )
    again = _told(again, "id", lambda one: f"again#{one}")
    table = pa.concat_tables([table, again])
    declared = STATES if kind == STATES.name else EDGES[kind]
    known = {item.name: (None, *item.values) for item in declared.properties if item.values}
    for item in table.schema:
        share, values = ANEW.get(item.name, (0.3, known.get(item.name, ())))
        if item.name == "source" and kind == STATES.name:  # its head
            continue
        if not values and pa.types.is_integer(item.type):
            share, values = 0.2, (None, -3, 0, 5)
        elif not values and pa.types.is_floating(item.type):
            share, values = 0.2, (None, -3.0, 0.0, 1.5)
        if values:
            table = _told(table, item.name, _anew(chance, share, values))
    return table


def _anew(chance: random.Random, share: float, values: tuple[Any, ...]) -> Callable[[Any], Any]:
    return lambda one: chance.choice(values) if chance.random() < share else one


def _told(table: pa.Table, name: str, tell: Callable[[Any], Any]) -> pa.Table:
    at = table.schema.get_field_index(name)
    item = table.schema.field(at)
    return table.set_column(at, item, pa.array([*map(tell, table.column(at).to_pylist())], item.type))
