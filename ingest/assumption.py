"""Records as assumptions (假设的记录): what a csv or xlsx file tells, as changes of a projection for `what_if`.

Rows are read, checked and resolved as `liantu ingest` does it; nothing of them gets into the graph.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from graph.gaps.alteration import ASSUMED, Alteration, Linked, Recorded, Stated
from graph.ontology import EDGES, STATES
from graph.project import Projection
from ingest.records.read import RecordsRead, read_records
from ingest.resolve import resolve

_TOLD: Final = ("place", "status", "observed")
_STATED: Final = ("local", "name", "aliases", "properties")


@dataclass(frozen=True, slots=True)
class Assumption:
    """A file of records as changes, and what of it was read, rejected and ignored."""

    alterations: tuple[Alteration, ...]
    records: RecordsRead


def read_assumption(path: Path, projection: Projection) -> Assumption:
    """What the records of a csv or xlsx file change in a projection that has `STATES`.

    A node that the graph knows, by code, name or alias, is that one; any other is new. The errors are those of
    `ingest.records.read.read_records`; rows that cannot be taken are among its rejects, and the others count.
    """
    read = read_records(path, ASSUMED)
    claims = read.claims
    stating = pc.equal(claims.column("kind"), STATES.name)
    stated = claims.filter(stating)
    finals = _finals(projection, stated)
    nodes = [
        Stated(finals[row["local"]], row["name"], row["quote"] or "", json.loads(row["properties"] or "{}"))
        for row in stated.select([*_STATED, "quote"]).to_pylist()
    ]
    edges = claims.filter(pc.invert(stating))
    recorded = [
        Recorded(kind, tuple(_linked(kind, edges.filter(pc.equal(edges.column("kind"), kind)), finals)))
        for kind in dict.fromkeys(edges.column("kind").to_pylist())
    ]
    return Assumption((*nodes, *recorded), read)


def _finals(projection: Projection, stated: pa.Table) -> Mapping[str, str]:
    """The node of the graph that each id of the file stands for; itself where it is new."""
    before = projection.edges[STATES.name]
    every = pa.concat_tables([table.select(list(_STATED)) for table in (before, stated)])
    resolution = resolve(every)
    known = dict(
        zip(*(before.column(name).to_pylist() for name in ("local", "tail")), strict=True)
    )  # joined by whatever rule or person
    found = {}
    for local in dict.fromkeys(stated.column("local").to_pylist()):
        final = resolution.final(local)
        found[local] = known.get(local) or known.get(final) or final
    return found


def _linked(kind: str, rows: pa.Table, finals: Mapping[str, str]) -> Iterator[Linked]:
    names = (*_TOLD, *(item.name for item in EDGES[kind].properties))
    for row in rows.select(["head", "tail", "quote", *names]).to_pylist():
        head, tail = (finals.get(row[end], row[end]) for end in ("head", "tail"))
        values: dict[str, Any] = {name: row[name] for name in names if row[name] is not None}
        yield Linked(kind, head, tail, row["quote"] or "", values)
