"""The nodes that the rows of a table state (节点): ids, names and properties, worked out once for each distinct node."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from graph.identity import node_id, normalise_name
from graph.ontology import NODES, STATES
from graph.reference import rows as reference_rows
from ingest.records import values
from ingest.records.body import body_label
from ingest.records.cells import by_distinct
from ingest.records.check import Checked
from ingest.records.codes import known_specialty
from ingest.records.conditions import fulfils
from ingest.records.kind import Form, Node
from ingest.records.scopes import SCOPE, firsts

BETWEEN: Final = "\x1f"  # between the parts of a key; `values.clean` takes it out of every cell
WORDS: Final = " | "
_DESCRIBED: Final = pa.schema(
    [
        ("local", pa.string()),
        ("name", pa.string()),
        ("properties", pa.string()),
        ("word", pa.string()),
        ("quote", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class Nodes:
    """The nodes of one `Node` in a table: for each of `rows` (indices, null ids where there is none) its id and
    the word of the row for it: its name, or `header code` where the row gives no name.

    `many` where a row may have several; otherwise `rows` is 0, 1, 2 … and null ids stand for none.
    """

    rows: pa.Array
    ids: pa.Array
    words: pa.Array
    names: pa.Array
    many: bool


def constants(table: pa.Table, **values: object) -> pa.Table:
    """The table with a column for each of `values`, the same in every row."""
    for name, value in values.items():
        table = table.append_column(name, pa.repeat(pa.scalar(value), table.num_rows))
    return table


def state(checked: Checked, node: Node, nodes: Mapping[str, Nodes], source: str) -> tuple[Nodes, pa.Table]:
    """The nodes of one declaration, row by row, and the claims that state them, each at the first row that does.

    `nodes` are those stated before, which a scope may name.
    """
    many = len(node.names) > 1 or any(checked.kind.column(n).form is Form.NAMES for n in node.names)
    rows, names = _named(checked, node, many=many)
    parts = {"name": names, "label": _labels(checked, node, rows, names)}
    parts |= {key: checked.values[column].take(rows) for key, column in _identifying(node).items()}
    if node.scope is not None:
        parts["scope"] = nodes[node.scope].ids.take(rows)
    if node.owner is not None:
        parts["owner"] = nodes[node.owner].names.take(rows)
    parts |= {f".{name}": checked.values[column].take(rows) for name, column in node.properties.items()}
    parts |= {f"~{column}": checked.words[column].take(rows) for column in _worded(node)}
    keys = pc.binary_join_element_wise(
        *(array.cast(pa.string()) for array in parts.values()),
        BETWEEN,
        null_handling="replace",
        null_replacement="",
    )
    missing = _missing(checked, node, rows, parts)
    encoded = pc.if_else(missing, pa.scalar(None, pa.string()), keys).dictionary_encode()
    described = pa.Table.from_pylist(
        [
            _describe(checked, node, dict(zip(parts, key.split(BETWEEN), strict=True)))
            for key in encoded.dictionary.to_pylist()
        ],
        _DESCRIBED,
    )
    ids, words, said = (
        described.column(c).combine_chunks().take(encoded.indices) for c in ("local", "word", "name")
    )
    scoped = {} if checked.scopes is None else {SCOPE: checked.scopes.take(rows)}
    named = pa.table({"node": encoded.indices, "row": rows} | scoped).filter(pc.is_valid(encoded.indices))
    first = firsts(named, ["node"])
    stated = described.take(first.column("node"))
    places = checked.places.take(first.column("row").combine_chunks())
    stated = stated.append_column("tail", stated.column("local")).append_column("place", places)
    if scoped:
        stated = stated.append_column(SCOPE, first.column(SCOPE))
    stated = constants(stated, kind=STATES.name, head=source, aliases="[]", method="record", confidence=1.0)
    return Nodes(rows, ids, words, said, many), stated.drop_columns("word")


def _identifying(node: Node) -> dict[str, str]:
    known = (("code", node.code), ("identity", node.identity), ("level", node.level), ("number", node.number))
    return {key: column for key, column in known if column is not None}


def _missing(checked: Checked, node: Node, rows: pa.Array, parts: Mapping[str, pa.Array]) -> pa.Array:
    """Where a row names no such node: it lacks what tells one, or a condition is not fulfilled."""
    telling = [parts["name"]] if node.names else []
    telling += [parts["code"]] if node.code and (node.by_code or not node.names) else []
    telling += [parts["number"]] if node.number else []
    telling += [parts["identity"]] if node.identity else []
    missing = pc.is_null(parts["label"])
    nothing = pa.repeat(pa.scalar(True), len(rows))
    for array in telling:
        nothing = pc.and_(nothing, pc.is_null(array))
    if node.scope is not None:
        missing = pc.or_(missing, pc.is_null(parts["scope"]))
    if node.when:
        missing = pc.or_(missing, pc.invert(fulfils(checked.values, node.when).take(rows)))
    return pc.or_(missing, nothing)


def _worded(node: Node) -> list[str]:
    """The columns, beside the name, whose words say something of the node."""
    known = (node.code, node.number, *node.properties.values())
    return [column for column in known if column is not None]


def _named(checked: Checked, node: Node, *, many: bool) -> tuple[pa.Array, pa.Array]:
    """The row index and name of every node that the rows name; one a row unless `many`."""
    everything = pa.array(range(checked.rows), pa.int64())
    if not node.names:
        return everything, pa.nulls(checked.rows, pa.string())
    if not many:
        return everything, checked.values[node.names[0]]
    cells = [checked.values[name] for name in node.names]
    # Not `null_handling="skip"`: that leaves out the rows in which every column is null.
    joined = pc.binary_join_element_wise(*cells, values.BETWEEN, null_handling="replace", null_replacement="")
    joined = pc.utf8_trim(joined, characters=values.BETWEEN)
    joined = pc.if_else(pc.equal(joined, ""), pa.scalar(None, pa.string()), joined)
    lists = pc.split_pattern(joined, values.BETWEEN)
    parents = pc.list_parent_indices(lists).cast(pa.int64())
    table = pa.table({"row": parents, "name": pc.list_flatten(lists)})
    once = table.group_by(["row", "name"], use_threads=False).aggregate([])
    return once.column("row").combine_chunks(), once.column("name").combine_chunks()


def _labels(checked: Checked, node: Node, rows: pa.Array, names: pa.Array) -> pa.Array:
    label = node.label
    if isinstance(label, str):
        return pa.repeat(pa.scalar(label), len(rows))
    chosen = by_distinct(checked.values[label.column].take(rows), label.labels.get, pa.string())[0]
    if not label.by_name:
        return chosen
    return pc.coalesce(chosen, by_distinct(names, body_label, pa.string())[0])


def _describe(checked: Checked, node: Node, given: Mapping[str, str]) -> dict[str, Any]:
    """Id, name, properties and words of one distinct node."""
    label, code, level = given["label"], given.get("code", ""), given.get("level", "")
    number, owner = given.get("number", ""), given.get("owner", "")
    kind = NODES[label]
    has_code = any(item.name == "code" for item in kind.properties)
    code = code if has_code else ""
    name = given["name"] or given.get("identity") or registered_name(label, code) or code or number
    if owner and normalise_name(owner) not in normalise_name(name):
        name = f"{owner}{name}"
    national = _catalogue_code(name, level) if label == "Specialty" else None
    if code and national and not known_specialty(code):  # of another edition: one specialty stays one
        code = national
    known = code or national
    properties = {key[1:]: value for key, value in given.items() if key.startswith(".") and value}
    if code or (number and known):
        properties["code"] = code or known or ""
    if number:  # what the number means is said by its school: see `ingest.resolve`
        local = node_id(label, name=number, scope=given["scope"])
    else:
        told = given.get("identity") or name
        local = node_id(label, name=told, code=known or None, scope=given.get("scope") or None)
    said = [(column, given[f"~{column}"]) for column in _worded(node)]
    words = [
        given["name"],
        *(f"{checked.headers[column]} {word}" for column, word in said if word and column in checked.headers),
    ]
    words = [word for word in words if word]
    return {
        "local": local,
        "name": name,
        "properties": json.dumps(properties, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        "word": words[0] if words else name,
        "quote": WORDS.join(words) or name,
    }


_REGISTERS: Final = {"School": "schools", "Region": "regions", "IndustryChain": "industries"}


@cache
def _register(label: str) -> Mapping[str, str]:
    return {row["code"]: row["name"] for row in reference_rows(_REGISTERS[label])}


def registered_name(label: str, code: str) -> str | None:
    """The name of the school, region or industry that has this national code."""
    return _register(label).get(code) if label in _REGISTERS else None


@cache
def _catalogue() -> Mapping[tuple[str, str], str]:
    codes: dict[tuple[str, str], list[str]] = {}
    for row in reference_rows("specialties"):
        codes.setdefault((normalise_name(row["name"]), row["level"]), []).append(row["code"])
    return {key: found[0] for key, found in codes.items() if len(found) == 1}


def _catalogue_code(name: str, level: str) -> str | None:
    """The national code of a specialty, where its name and level are those of exactly one."""
    return _catalogue().get((normalise_name(name), level))
