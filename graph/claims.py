"""Claims (主张): what one source says, as one Arrow table, and the builder that checks it against the ontology.

One row is one claim. A row of kind `STATES` says that the source names a node (`tail`), with its name, aliases and
properties; any other row is an edge between two nodes that the same source states. `quote`, `start`, `end` and
`place` lead back to its words. The table of a source is kept as one Parquet file; the graph is built from these.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa

from graph.errors import LiantuError
from graph.identity import label_of, node_id, normalise_name
from graph.language import Text
from graph.ontology import EDGES, EVIDENCE, STATES, Property, Type, edge_kind, node_kind

ARROW_TYPES: Final[Mapping[Type, pa.DataType]] = {
    Type.TEXT: pa.string(),
    Type.INTEGER: pa.int64(),
    Type.NUMBER: pa.float64(),
    Type.BOOLEAN: pa.bool_(),
    Type.DATE: pa.string(),
}
_PYTHON_TYPES: Final[Mapping[Type, tuple[type, ...]]] = {
    Type.TEXT: (str,),
    Type.INTEGER: (int,),
    Type.NUMBER: (int, float),
    Type.BOOLEAN: (bool,),
    Type.DATE: (str,),
}


def _own_columns() -> dict[str, pa.DataType]:
    columns: dict[str, pa.DataType] = {}
    for kind in (STATES, *EDGES.values()):
        for item in kind.properties:
            if columns.setdefault(item.name, ARROW_TYPES[item.type]) != ARROW_TYPES[item.type]:
                raise TypeError(f"edge property {item.name} has two types")
    return columns


CLAIMS: Final = pa.schema(
    [
        ("id", pa.string()),  # source#row: the name of the claim
        ("kind", pa.string()),
        ("head", pa.string()),
        ("tail", pa.string()),
        *((item.name, ARROW_TYPES[item.type]) for item in EVIDENCE),
        *_own_columns().items(),
    ]
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a claim stands and how sure it is; offsets count characters of the source's text."""

    quote: str
    start: int | None = None
    end: int | None = None
    place: str | None = None
    method: str = "rule"
    confidence: float = 1.0
    status: str | None = None
    observed: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim as answers carry it: an edge (or, for `STATES`, a naming) with the words that it rests on."""

    id: str
    kind: str
    head: str
    tail: str
    source: str
    quote: str | None
    place: str | None
    method: str
    confidence: float
    status: str | None
    observed: str | None


def check_value(kind: str, item: Property, value: object) -> None:
    """Refuse a value that is not of the property's type or not one of its values (claim.property)."""
    fits = isinstance(value, _PYTHON_TYPES[item.type]) and (
        item.type is Type.BOOLEAN or not isinstance(value, bool)
    )
    if not fits or (item.values and value not in item.values):
        expected = " | ".join(item.values) or item.type.value
        raise LiantuError("claim.property", kind=kind, name=item.name, value=value, expected=expected)


def _checked(kind: str, declared: tuple[Property, ...], given: Mapping[str, object]) -> dict[str, object]:
    by_name = {item.name: item for item in declared}
    kept: dict[str, object] = {}
    for name, value in given.items():
        if value is None:
            continue
        if name not in by_name:
            raise LiantuError("claim.property", kind=kind, name=name, value=value, expected="–")
        check_value(kind, by_name[name], value)
        kept[name] = value
    return kept


class ClaimsBuilder:
    """Collects the claims of one source, each checked against the ontology; `table()` gives them as `CLAIMS`.

    A node is stated once per name: a second `node(...)` of the same id and name adds nothing but new properties
    and aliases. For many rows at once (records), build the columns and use `claims_table` instead.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self._rows: list[dict[str, Any]] = []
        self._stated: dict[tuple[str, str], dict[str, Any]] = {}
        self._names: dict[str, str] = {}  # of each id that is stated, the first name

    def node(
        self,
        label: str,
        *,
        name: str,
        evidence: Evidence,
        code: str | None = None,
        scope: str | None = None,
        key: str | None = None,
        aliases: tuple[str, ...] = (),
        **properties: object,
    ) -> str:
        """State a node and return its id: by `code`, else by `key` (where the name is no identity), else by name."""
        kind = node_kind(label)
        if code is not None and any(item.name == "code" for item in kind.properties):
            properties["code"] = code
        kept = _checked(label, kind.properties, properties)
        identifier = node_id(label, name=key or name, code=code, scope=scope)
        known = self._stated.get((identifier, name))
        if known is None:
            known = self._row(STATES.name, self.source, identifier, evidence)
            known |= {"local": identifier, "name": name, "aliases": [], "properties": {}}
            self._stated[identifier, name] = known
            self._names.setdefault(identifier, name)
            self._rows.append(known)
        fresh = [
            a for a in aliases if normalise_name(a) != normalise_name(name) and a not in known["aliases"]
        ]
        known["aliases"].extend(fresh)
        known["properties"] |= kept
        return identifier

    def tell(self, identifier: str, evidence: Evidence, **properties: object) -> None:
        """State more of a node of this source: properties that other words say than those that name it."""
        if identifier not in self._names:
            raise LiantuError(
                "claim.evidence",
                kind=STATES.name,
                reason=Text(f"{identifier} 未记载", f"{identifier} is not stated"),
            )
        label = label_of(identifier)
        kept = _checked(label, node_kind(label).properties, properties)
        row = self._row(STATES.name, self.source, identifier, evidence)
        self._rows.append(
            row | {"local": identifier, "name": self._names[identifier], "aliases": [], "properties": kept}
        )

    def edge(self, kind: str, head: str, tail: str, evidence: Evidence, **properties: object) -> None:
        """Claim an edge between two nodes that this source has stated."""
        declared = edge_kind(kind)
        if (label_of(head), label_of(tail)) not in declared.ends:
            raise LiantuError("claim.ends", kind=kind, head=label_of(head), tail=label_of(tail))
        for end in (head, tail):
            if end not in self._names:
                raise LiantuError(
                    "claim.evidence", kind=kind, reason=Text(f"{end} 未记载", f"{end} is not stated")
                )
        kept = _checked(kind, declared.properties, properties)
        self._rows.append(self._row(kind, head, tail, evidence) | kept)

    def table(self) -> pa.Table:
        """All claims so far, as a table of schema `CLAIMS`, in the order in which they were made."""
        rows = [
            row
            | {"id": f"{self.source}#{number}"}
            | (
                {"aliases": _json(sorted(row["aliases"])), "properties": _json(row["properties"])}
                if row["kind"] == STATES.name
                else {}
            )
            for number, row in enumerate(self._rows)
        ]
        return pa.Table.from_pylist(rows, schema=CLAIMS)

    def _row(self, kind: str, head: str, tail: str, evidence: Evidence) -> dict[str, Any]:
        if not 0 <= evidence.confidence <= 1:
            raise LiantuError("claim.evidence", kind=kind, reason="confidence ∉ [0, 1]")
        return {
            "kind": kind,
            "head": head,
            "tail": tail,
            "source": self.source,
            "quote": evidence.quote,
            "start": evidence.start,
            "end": evidence.end,
            "place": evidence.place,
            "method": evidence.method,
            "confidence": evidence.confidence,
            "status": evidence.status,
            "observed": evidence.observed,
        }


def claims_table(source: str, parts: list[pa.Table]) -> pa.Table:
    """Claims of one source from column-wise `parts`; missing columns are null, ids are numbered in order."""
    whole = pa.concat_tables([_completed(part) for part in parts]) if parts else CLAIMS.empty_table()
    numbers = pa.array([f"{source}#{number}" for number in range(whole.num_rows)], pa.string())
    sources = pa.repeat(pa.scalar(source, pa.string()), whole.num_rows)
    whole = whole.set_column(CLAIMS.get_field_index("id"), CLAIMS.field("id"), numbers)
    return whole.set_column(CLAIMS.get_field_index("source"), CLAIMS.field("source"), sources)


def _completed(part: pa.Table) -> pa.Table:
    unknown = set(part.column_names) - set(CLAIMS.names)
    if unknown:
        raise LiantuError("claim.property", kind="CLAIMS", name=min(unknown), value="…", expected="–")
    columns = [
        part.column(field.name).cast(field.type)
        if field.name in part.column_names
        else pa.nulls(part.num_rows, field.type)
        for field in CLAIMS
    ]
    return pa.Table.from_arrays(
        [pa.chunked_array([c]) if isinstance(c, pa.Array) else c for c in columns], schema=CLAIMS
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
