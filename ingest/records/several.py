"""Several names in one cell (一格多名): as many rows as names, where a column allows it and nothing hangs on one of them.

`甲学院、乙学院` in a list of members are two members. A figure or a code of such a row would be told of each of them, and
of two such columns at both ends of an edge nobody knows which goes with which: such rows are rejected. Where the kind
says so (`Edge.together`: a firm needs 30 电工、焊工) the row is taken without the figure: that both are needed is known,
how many of each is not, and unknown is not 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from ingest.records.conditions import claimed
from ingest.records.kind import Edge, Form, RecordKind
from ingest.records.values import BETWEEN, BadValueError

if TYPE_CHECKING:
    from ingest.records.check import Checked

_FIGURES: Final = frozenset({Form.COUNT, Form.MONEY})

Fault = Callable[[int, str, str, BadValueError], None]  # row, column, value, reason


def spread(checked: Checked) -> Checked:
    """The checked rows with a row for each name of a cell of several; all of them at the place of that cell."""
    for column in checked.kind.columns:
        if column.several:
            checked = _spread(checked, column.name)
    return checked


def _spread(checked: Checked, column: str) -> Checked:
    cells = checked.values[column]
    if not pc.any(pc.match_substring(cells, BETWEEN)).as_py():
        return checked
    lists = pc.split_pattern(pc.fill_null(cells, ""), BETWEEN)  # a row without a name stays a row
    rows, names = pc.list_parent_indices(lists), pc.list_flatten(lists)
    names = pc.if_else(pc.equal(names, ""), pa.scalar(None, pa.string()), names)
    values = {name: array.take(rows) for name, array in checked.values.items()}
    return replace(
        checked,
        values=values | {column: names},
        words={
            name: array.take(rows) for name, array in checked.words.items()
        },  # what a claim quotes is the cell
        told=None if checked.told is None else checked.told.take(rows),
        numbers=checked.numbers.take(rows),
        scopes=None if checked.scopes is None else checked.scopes.take(rows),
    )


def check_several(
    kind: RecordKind, typed: Mapping[str, pa.Array], add: Fault
) -> Mapping[str, pa.BooleanArray]:
    """Give `add` each row whose several names cannot be told apart: a code or figure of one of them, or two lists.

    Of the columns whose figure several names may have together, the rows where they do.
    """
    several: dict[str, Any] = {}
    together: dict[str, Any] = {}
    for column in kind.columns:
        if column.several:
            mask = pc.fill_null(pc.match_substring(typed[column.name], BETWEEN), False)
            if pc.any(mask).as_py():
                several[column.name] = mask
    for column_name, mask in several.items():
        for other in _hanging(kind, column_name):
            both = pc.and_(mask, pc.is_valid(typed[other[0]]))
            if other[1] is not None:
                both = pc.and_(both, claimed(typed, other[1]))
                if other[0] in other[1].together:
                    known = together.get(other[0])
                    together[other[0]] = both if known is None else pc.or_(known, both)
                    continue
            zh = kind.column(other[0]).zh
            for row in pc.indices_nonzero(both).to_pylist():
                add(
                    row,
                    column_name,
                    typed[column_name][row].as_py(),
                    BadValueError("record.shared", column=zh),
                )
    for left, right in _pairs(kind):
        if left in several and right in several:
            names = {"left": kind.column(left).zh, "right": kind.column(right).zh}
            for row in pc.indices_nonzero(pc.and_(several[left], several[right])).to_pylist():
                add(row, right, typed[right][row].as_py(), BadValueError("record.pairing", **names))
    return {name: mask for name, mask in together.items() if pc.any(mask).as_py()}


def _hanging(kind: RecordKind, column: str) -> Iterator[tuple[str, Edge | None]]:
    """The columns that say something of one name of `column`: codes, and figures with the edge that they belong to."""
    mine = {node.key for node in kind.nodes if column in node.names}
    for node in kind.nodes:
        if node.key in mine:
            yield from ((known, None) for known in (node.code, node.number) if known is not None)
    for edge in kind.edges:
        if mine & {edge.head, edge.tail}:
            for origin in edge.properties.values():
                if isinstance(origin, str) and kind.column(origin).form in _FIGURES:
                    yield origin, edge


def _pairs(kind: RecordKind) -> Iterator[tuple[str, str]]:
    """The columns of names that stand at the two ends of an edge."""
    seen: set[tuple[str, str]] = set()
    for edge in kind.edges:
        for left in kind.node(edge.head).names:
            for right in kind.node(edge.tail).names:
                if left != right and (left, right) not in seen:
                    seen.add((left, right))
                    yield left, right
