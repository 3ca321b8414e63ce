"""Counts of few persons are not shown (小样本抑制): between the kept claims and the graph, so that no answer can.

Only what was counted from rows of persons is touched (`ingest.records.groups`): such claims are kept exact beside the
graph, for sums of them, and enter it without the figures of groups below the setting `small_group`.
"""

from __future__ import annotations

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from ingest.records.groups import COUNTED

PEOPLE: Final = (
    "graduates",
    "employed",
    "further_study",
    "unemployed",
    "in_field",
    "interns",
    "visiting_teachers",
    "holders",
)
"""The figures that count persons; the first of them that a claim has is the size of its group."""
_OF_THEM: Final = ("in_field", "pay")  # told of the persons of a group
_FIGURES: Final = r" \| (?:人数|对口人数|平均起薪)(?:（| ).*$"


def suppressed(edges: pa.Table, least: int) -> pa.Table:
    """The edges without the figures of groups of less than `least` persons, and without the words that tell them."""
    counted = pc.fill_null(pc.starts_with(edges.column("quote"), COUNTED), False)
    if least <= 1 or not pc.any(counted).as_py():
        return edges
    small = pa.chunked_array([pa.repeat(pa.scalar(False), edges.num_rows)])
    few = small
    for name in PEOPLE:
        values = edges.column(name)
        below = pc.and_(counted, pc.fill_null(pc.less(values, least), False))
        few = pc.or_(few, below)
        edges = _without(edges, name, below)
        if name != "in_field":
            small = pc.or_(small, below)
    for name in _OF_THEM:
        edges = _without(edges, name, small)
    told = f"人数不足 {least}，不予显示 (fewer than {least} persons)"  # the same whoever loads it: it is in the graph
    quotes = edges.column("quote")
    cut = pc.binary_join_element_wise(
        pc.replace_substring_regex(quotes, _FIGURES, ""), pa.scalar(told), " | "
    )
    return edges.set_column(edges.column_names.index("quote"), "quote", pc.if_else(few, cut, quotes))


def _without(edges: pa.Table, name: str, rows: pa.ChunkedArray) -> pa.Table:
    values = edges.column(name)
    nothing = pa.scalar(None, values.type)
    return edges.set_column(edges.column_names.index(name), name, pc.if_else(rows, nothing, values))
