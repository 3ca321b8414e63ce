"""How rows travel to the server (成列传送): by column, because putting every value into words by itself takes longest.

What all rows have in common is sent once. Text and whole numbers go as one string a column, which the server splits;
other columns, and text with unknown values or the mark in it, go as lists. In a statement each value is an expression
on the variable `i`, the number of the row in the batch.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from graph.store.schema import quoted

MARK: Final = "\x1f"  # unit separator


class Columns:
    """The named columns of a table; decided once for the whole table, so that all its batches are one statement."""

    def __init__(self, table: pa.Table, names: Sequence[str]) -> None:
        self._joined: list[str] = []
        self._listed: list[str] = []
        self._values: dict[str, str] = {}
        self._constant: dict[str, Any] = {"mark": MARK}
        for name in names:
            column = table.column(name)
            if column.null_count == len(column):
                continue
            if _is_constant(column):
                self._constant[f"all_{name}"] = column[0].as_py()
                self._values[name] = f"$all_{name}"
            elif pa.types.is_integer(column.type):
                self._joined.append(name)
                self._values[name] = f"toInteger(each_{name}[i])"  # of an empty text it is null
            elif pa.types.is_string(column.type) and _can_be_joined(column):
                self._joined.append(name)
                self._values[name] = f"each_{name}[i]"
            else:
                self._listed.append(name)
                self._values[name] = f"$each_{name}[i]"

    def split(self, *kept: str) -> str:
        """The clause that splits what was joined, before the rows; it keeps the variables named."""
        parts = [*kept, *(f"split($each_{name}, $mark) AS each_{name}" for name in self._joined)]
        return f"WITH {', '.join(parts)}" if parts else ""

    def value(self, name: str) -> str:
        """The expression of a value; `null` for a column without any."""
        return self._values.get(name, "null")

    def values(self, names: Sequence[str]) -> str:
        """What stands in the braces of a claim: those of the columns that have values, with their expressions."""
        return ", ".join(f"{quoted(name)}: {self._values[name]}" for name in names if name in self._values)

    def parameters(self, rows: pa.Table) -> dict[str, Any]:
        """The parameters of a batch of rows, in the order of the rows."""
        joined = {f"each_{name}": MARK.join(_texts(rows.column(name))) for name in self._joined}
        listed = {f"each_{name}": rows.column(name).to_pylist() for name in self._listed}
        return {**self._constant, **joined, **listed}


def groups(column: pa.ChunkedArray) -> tuple[list[Any], list[int]]:
    """The values of a sorted column, each once, and the row where each begins, with the number of rows at the end."""
    firsts: list[int] = []
    values: list[Any] = []
    for row, value in enumerate(column.to_pylist()):
        if not values or value != values[-1]:
            firsts.append(row)
            values.append(value)
    return values, [*firsts, len(column)]


def _texts(column: pa.ChunkedArray) -> list[str]:
    if pa.types.is_integer(column.type):
        column = pc.fill_null(pc.cast(column, pa.string()), "")
    texts: list[str] = column.to_pylist()
    return texts


def _is_constant(column: pa.ChunkedArray) -> bool:
    if column.null_count:
        return False
    if pa.types.is_list(column.type):
        return bool(pc.max(pc.list_value_length(column)).as_py() == 0)
    return bool(pc.all(pc.equal(column, column[0])).as_py())


def _can_be_joined(column: pa.ChunkedArray) -> bool:
    return column.null_count == 0 and not pc.any(pc.match_substring(column, MARK)).as_py()
