"""Where conditions on columns hold (条件): `when`, `unless` and `without` of the declarations, for all rows at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ingest.records.kind import PRESENT, Edge


def fulfils(values: Mapping[str, pa.Array], wanted: Mapping[str, tuple[str, ...]]) -> Any:
    """Which rows have, in every column of `wanted`, one of its values (any value for `PRESENT`)."""
    count = len(next(iter(values.values()), ()))
    holds = pa.repeat(pa.scalar(True), count)
    for column, accepted in wanted.items():
        array = values[column]
        fits = pc.is_valid(array) if accepted == PRESENT else pc.is_in(array, pa.array(accepted, pa.string()))
        holds = pc.and_(holds, fits)  # null is in no list
    return holds


def claimed(values: Mapping[str, pa.Array], edge: Edge) -> Any:
    """Which rows claim the edge: all of `when` holds, and not all of `unless`."""
    holds = fulfils(values, edge.when)
    return pc.and_(holds, pc.invert(fulfils(values, edge.unless))) if edge.unless else holds
