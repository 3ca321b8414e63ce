"""Many findings at a time (成批的发现): made of columns, as half a million are told from columns anyway."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import MISSING, fields
from itertools import repeat
from operator import length_hint
from typing import Any, TypeVar

from graph.gaps.finding import Finding

F = TypeVar("F", bound=Finding)


def findings(kind: type[F], size: int, /, **columns: Iterable[Any]) -> tuple[F, ...]:
    """What `kind(**row)` makes of each of `size` rows, in half the time: field by field, without a call a finding.

    Each column is a list, or `itertools.repeat(value, size)` where all rows have the same; fields without one have their
    default.
    """
    made: list[F] = [*map(object.__new__, repeat(kind, size))]
    for item in fields(kind):
        values = columns.pop(item.name, None)
        if values is None:
            if item.default is MISSING:
                raise TypeError(f"{kind.__name__}: no column {item.name}")
            values = repeat(item.default, size)
        if length_hint(values) != size:
            raise ValueError(f"{kind.__name__}.{item.name}: {length_hint(values)} values for {size} findings")
        deque(
            map(getattr(kind, item.name).__set__, made, values), maxlen=0
        )  # the class is frozen, its slots are not
    if columns:
        raise TypeError(f"{kind.__name__}: no field {', '.join(columns)}")
    return tuple(made)
