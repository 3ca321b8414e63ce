"""Rows that are counted while they are read (边读边汇总): of a graduate nothing is kept but that one was there.

Each piece of a table is grouped by itself, and the groups of all pieces together: memory is that of the groups. What
comes out has the shape of a checked sheet, a row a group, so that nodes and edges are made of it like of any other.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from ingest.records.check import Checked
from ingest.records.claims import claims_of
from ingest.records.conditions import fulfils
from ingest.records.kind import Group, IdOf, Measure, Node, RecordKind
from ingest.records.scopes import is_corrected, report_scopes

COUNTED: Final = "逐行汇总"
"""How the quote of such a claim begins: its figures stand in no cell."""
_ROWS_HELD: Final = 200_000  # of groups of several pieces, before they are put together
_SCOPE: Final = "#scope"
_SUMS: Final = {"rows": ("sum",), "sum": ("sum",), "mean": ("sum", "count")}


@dataclass
class Counted:
    """The groups of one table, piece by piece."""

    kind: RecordKind
    _parts: dict[int, list[pa.Table]] = field(default_factory=dict)
    _last: Checked | None = None

    def add(self, checked: Checked) -> None:
        """Count the rows of one more piece."""
        self._last = checked
        for number, group in enumerate(self.kind.groups):
            parts = self._parts.setdefault(number, [])
            parts.append(_counted(checked, group))
            if len(parts) > 1 and sum(part.num_rows for part in parts) > _ROWS_HELD:
                self._parts[number] = [_summed(parts, group)]

    def claims(self, source: str) -> list[pa.Table]:
        """What the groups claim, as `claims_of` gives it; the quotes say that rows were counted."""
        parts: list[pa.Table] = []
        for number, group in enumerate(self.kind.groups):
            if self._last is not None and number in self._parts:
                made = claims_of(_as_rows(self._last, group, self._parts[number]), source)
                parts.extend(_marked(part) for part in made)
        return parts


def _marked(part: pa.Table) -> pa.Table:
    quotes = pc.binary_join_element_wise(
        pa.scalar(f"{COUNTED} | "), part.column("quote").cast(pa.string()), ""
    )
    return part.set_column(part.column_names.index("quote"), "quote", quotes)


def _counted(checked: Checked, group: Group) -> pa.Table:
    """The groups of one piece: the columns `by`, sums of the measures, first and last row."""
    holds = fulfils(checked.values, group.when)
    columns: dict[str, Any] = {name: checked.values[name] for name in group.by}
    if checked.scopes is not None and not _tells_scope(checked, group):
        columns[_SCOPE] = checked.scopes
    by = list(columns)
    for measure in group.measures:
        columns[f"#{measure.column.name}"] = _contribution(checked, measure)
    columns["#number"] = checked.numbers
    table = pa.table(columns)
    if holds.true_count < len(holds):
        table = table.filter(holds)
    asked = [(f"#{m.column.name}", how) for m in group.measures for how in _SUMS[m.how]]
    asked += [("#number", "min"), ("#number", "max")]
    return table.group_by(by, use_threads=False).aggregate(asked)


def _summed(parts: list[pa.Table], group: Group) -> pa.Table:
    """The groups of several pieces together, in columns of the same names."""
    by = [name for name in parts[0].column_names if name in group.by or name == _SCOPE]
    names = [name for name in parts[0].column_names if name not in by]
    hows = {name: name.rsplit("_", 1)[1].replace("count", "sum") for name in names}
    whole = pa.concat_tables(parts).group_by(by, use_threads=False)
    table = whole.aggregate([(name, hows[name]) for name in names])
    return table.rename_columns([n if n in by else n.rpartition("_")[0] for n in table.column_names])


def _contribution(checked: Checked, measure: Measure) -> pa.Array:
    if measure.how == "rows":
        return fulfils(checked.values, measure.when).cast(pa.int64())
    values = checked.values[measure.origin or ""]
    return values if not measure.when else pc.if_else(fulfils(checked.values, measure.when), values, None)


def _as_rows(checked: Checked, group: Group, parts: list[pa.Table]) -> Checked:
    """The groups of all pieces as rows, with the measures as columns."""
    table = _summed(parts, group)
    values: dict[str, pa.Array] = {name: _one(table.column(name)) for name in group.by}
    for measure in group.measures:
        values[measure.column.name] = _figure(table, measure)
    first, last = (_one(table.column(f"#number_{end}")).cast(pa.string()) for end in ("min", "max"))
    rows = pc.if_else(pc.equal(first, last), first, pc.binary_join_element_wise(first, last, "-"))
    kind = replace(
        checked.kind, nodes=_nodes_of(checked.kind, group), edges=group.edges, groups=(), status=None
    )
    headers = {name: header for name, header in checked.headers.items() if name in group.by}
    headers |= {measure.column.name: measure.column.zh for measure in group.measures}
    headers |= {"year": kind.column("year").zh} if "year" in group.by else {}
    return Checked(
        kind=kind,
        headers=headers,
        values=values,
        words={name: _as_words(array) for name, array in values.items()},
        told=pc.binary_join_element_wise(checked.prefix, rows, ""),
        numbers=pa.array(range(table.num_rows), pa.int64()),
        prefix=checked.prefix,
        rows_read=table.num_rows,
        rejects=(),
        scopes=_scopes(checked, table, values),
    )


def _tells_scope(checked: Checked, group: Group) -> bool:
    """Whether the scope of a group follows from what its rows are alike in: school, and year of the period."""
    kind = checked.kind
    years = any(item.column.name == "year" and item.origin == kind.period for item in kind.derived)
    return years and {kind.school, "year"} <= set(group.by) and not is_corrected(checked.scopes)


def _scopes(checked: Checked, table: pa.Table, values: dict[str, pa.Array]) -> pa.Array | None:
    if _SCOPE in table.column_names:
        return _one(table.column(_SCOPE))
    if checked.scopes is None:
        return None
    return report_scopes(checked.kind, values | {checked.kind.period or "": values["year"]})


def _figure(table: pa.Table, measure: Measure) -> pa.Array:
    total = _one(table.column(f"#{measure.column.name}_sum"))
    if measure.how != "mean":
        return total
    count = _one(table.column(f"#{measure.column.name}_count")).cast(pa.float64())
    known = pc.if_else(pc.equal(count, 0.0), pa.scalar(None, pa.float64()), count)
    return pc.round(pc.divide(total.cast(pa.float64()), known), 0)


def _as_words(array: pa.Array) -> pa.Array:
    if pa.types.is_floating(array.type):
        return pc.round(array, 2).cast(pa.string())
    return array.cast(pa.string())


def _nodes_of(kind: RecordKind, group: Group) -> tuple[Node, ...]:
    """The nodes that the edges of a group name, and those inside which they are."""
    wanted: set[str] = set()
    for edge in group.edges:
        wanted |= {edge.head, edge.tail, *(o.node for o in edge.properties.values() if isinstance(o, IdOf))}
    wanted |= {
        other
        for node in kind.nodes
        if node.key in wanted
        for other in (node.scope, node.owner)
        if other is not None
    }
    return tuple(node for node in kind.nodes if node.key in wanted)


def _one(column: pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks()
