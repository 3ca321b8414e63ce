"""What the rows of a table claim (主张): their nodes and edges as columns of `graph.claims.CLAIMS`.

All of it is done column by column. An edge that several rows say in the same words is one claim, at the place of the
first; rows that differ are claims of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from graph.identity import label_of
from graph.ontology import EDGES
from ingest.records import values
from ingest.records.body import body_label
from ingest.records.cells import by_distinct
from ingest.records.check import Checked
from ingest.records.conditions import claimed
from ingest.records.kind import ByChoice, Edge, Form, IdOf, ListedIn
from ingest.records.nodes import BETWEEN, WORDS, Nodes, constants, state
from ingest.records.scopes import SCOPE, firsts
from ingest.records.several import spread

_SAME: Final = ("head", "tail", "specialty", "quote")  # claims alike in these are one claim


def claims_of(checked: Checked, source: str) -> list[pa.Table]:
    """The claims of the rows as parts for `graph.claims.claims_table`: first what they state of nodes, then edges."""
    if not checked.rows:
        return []
    checked = _kinds_told(spread(checked))
    nodes: dict[str, Nodes] = {}
    parts: list[pa.Table] = []
    for node in checked.kind.nodes:
        nodes[node.key], stated = state(checked, node, nodes, source)
        parts.append(stated)
    parts.extend(_claim(checked, edge, nodes) for edge in checked.kind.edges)
    return [part for part in parts if part.num_rows]


def _kinds_told(checked: Checked) -> Checked:
    """The rows with the kind of body that a name shows, where the column of kinds is empty: conditions may ask for it."""
    told = dict(checked.values)
    for node in checked.kind.nodes:
        label = node.label
        if not isinstance(label, ByChoice) or not label.by_name or len(node.names) != 1:
            continue
        (name,) = node.names
        if checked.kind.column(name).form is Form.NAMES:
            continue
        words = {kind: word for word, kind in label.labels.items()}
        shown = by_distinct(told[name], partial(_word_for, words), pa.string())[0]
        told[label.column] = pc.coalesce(told[label.column], shown)
    return replace(checked, values=told)


def _word_for(words: Mapping[str, str], name: str) -> str | None:
    return words.get(body_label(name) or "")


def once(parts: list[pa.Table]) -> list[pa.Table]:
    """The claims of a table that was read in several pieces: what an earlier piece said is not said again."""
    if not parts:
        return []
    whole = pa.concat_tables(parts, promote_options="default")
    return [_first_of(whole, ["kind", *(name for name in _SAME if name in whole.column_names)])]


def _claim(checked: Checked, edge: Edge, nodes: Mapping[str, Nodes]) -> pa.Table:
    head, tail = nodes[edge.head], nodes[edge.tail]
    if head.many and tail.many:
        raise TypeError(f"{checked.kind.name}: {edge.kind} joins two lists")
    rows = head.rows if head.many else tail.rows
    columns = {
        "head": head.ids if head.many else head.ids.take(rows),
        "tail": tail.ids if not head.many else tail.ids.take(rows),
    }
    quote: list[Any] = [head.words if head.many else head.words.take(rows)]
    if not edge.words:
        quote += [WORDS, tail.words if not head.many else tail.words.take(rows)]
    keep = pc.and_(pc.is_valid(columns["head"]), pc.is_valid(columns["tail"]))
    keep = pc.and_(keep, claimed(checked.values, edge).take(rows))
    if not all(isinstance(checked.kind.node(key).label, str) for key in (edge.head, edge.tail)):
        keep = pc.and_(keep, _ends_allowed(edge, columns["head"], columns["tail"]))
    quote += _worded(checked, edge, rows)
    for name, origin in edge.properties.items():
        if isinstance(origin, IdOf):
            columns[name] = nodes[origin.node].ids.take(rows)
        elif isinstance(origin, ListedIn):
            columns[name] = _listed(checked, origin.column, rows, (tail if tail.many else head).words)
        else:
            columns[name] = checked.values[origin].take(rows)
    if checked.title:
        quote.append(f"{WORDS}标题 {checked.title}")
    columns["quote"] = pc.binary_join_element_wise(*quote, "", null_handling="replace", null_replacement="")
    columns["place"] = checked.places.take(rows)
    if checked.scopes is not None:
        columns[SCOPE] = checked.scopes.take(rows)
    if edge.observed is not None:
        columns["observed"] = checked.values[edge.observed].take(rows).cast(pa.string())
    status = (
        checked.values[checked.kind.status].take(rows)
        if checked.kind.status
        else pa.nulls(len(rows), pa.string())
    )
    columns["status"] = pc.fill_null(status, checked.status)
    table = _once(pa.table(columns).filter(keep))
    return constants(table, kind=edge.kind, method="record", confidence=1.0)


def _ends_allowed(edge: Edge, heads: pa.Array, tails: pa.Array) -> pa.Array:
    """Where the ontology lets this kind of edge join these two kinds of nodes (an agency lies in no region)."""
    allowed = set(EDGES[edge.kind].ends)
    labels = [by_distinct(ids, label_of, pa.string())[0] for ids in (heads, tails)]
    pairs = pc.binary_join_element_wise(*labels, BETWEEN)
    return pc.is_in(pairs, pa.array([BETWEEN.join(pair) for pair in sorted(allowed)], pa.string()))


def _worded(checked: Checked, edge: Edge, rows: pa.Array) -> list[Any]:
    """The words of the row that the claim rests on beside its ends, to be joined: ` | header `, value, and so on."""
    columns = edge.words or tuple(_column_of(checked, origin) for origin in edge.properties.values())
    columns = (*columns, *(c for c in (checked.kind.status, edge.observed) if c is not None))
    pieces: list[Any] = []
    for column in dict.fromkeys(columns):
        if column not in checked.headers:
            continue
        opening, words = f"{WORDS}{checked.headers[column]} ", checked.words[column].take(rows)
        if words.null_count:
            pieces.append(
                pc.binary_join_element_wise(opening, words, "")
            )  # null, and so left out, where empty
        else:
            pieces += [opening, words]
    return pieces


def _column_of(checked: Checked, origin: str | IdOf | ListedIn) -> str:
    """The column whose words an edge property rests on."""
    if isinstance(origin, IdOf):
        node = checked.kind.node(origin.node)
        return node.names[0] if node.names else node.number or node.code or ""
    return origin.column if isinstance(origin, ListedIn) else origin


def _listed(checked: Checked, column: str, rows: pa.Array, names: pa.Array) -> pa.Array:
    """Whether each name stands in the list `column` of its row; null where that list is empty."""
    cells = checked.values[column]
    lists = pc.split_pattern(cells, values.BETWEEN)
    listed = pc.binary_join_element_wise(
        pc.list_parent_indices(lists).cast(pa.string()), pc.list_flatten(lists), BETWEEN
    )
    own = pc.binary_join_element_wise(rows.cast(pa.string()), names, BETWEEN)
    return pc.if_else(pc.is_null(cells.take(rows)), pa.scalar(None, pa.bool_()), pc.is_in(own, listed))


def _once(table: pa.Table) -> pa.Table:
    """Without the claims that an earlier row made in the same words."""
    if pc.count_distinct(table.column("quote")).as_py() == table.num_rows:
        return table
    return _first_of(table, [name for name in _SAME if name in table.column_names])


def _first_of(table: pa.Table, keys: list[str]) -> pa.Table:
    """The first of the claims that are alike in `keys`, in their order."""
    scoped = [SCOPE] if SCOPE in table.column_names else []
    numbered = table.select([*keys, *scoped]).append_column(
        "row", pa.array(range(table.num_rows), pa.int64())
    )
    found = firsts(numbered, keys).sort_by("row")
    kept = table.take(found.column("row").combine_chunks())
    return kept.set_column(kept.column_names.index(SCOPE), SCOPE, found.column(SCOPE)) if scoped else kept
