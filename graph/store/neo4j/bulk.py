"""A graph as files for `neo4j-admin database import` (批量导入文件): the way in for tens of millions of edges.

A header and a data file for every kind of node and edge, with what the engine keeps in the database besides (see
`graph.store.neo4j`), so that liantu opens what was imported. One part of the graph is in memory at a time. Beside them
stand `import.args`, the arguments of the importer, and `schema.cypher`, the constraints and indexes, which the importer
does not make.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, Self

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from graph.errors import LiantuError
from graph.ontology import NODES, SOURCE
from graph.store.find import searchable
from graph.store.neo4j.columns import groups
from graph.store.neo4j.directory import numbered, text_of
from graph.store.neo4j.schema import NODE, fingerprint, statements
from graph.store.neo4j.staging import part_sizes
from graph.store.neo4j.state import LAYOUT, State
from graph.store.parts import node_pages, source_groups
from graph.store.protocol import View
from graph.store.schema import edge_kinds

ARGUMENTS: Final = "import.args"
SCHEMA: Final = "schema.cypher"
_BETWEEN: Final = "\x1f"  # the unit separator: in no name, unlike `;`
_FIXED: Final = (
    "--array-delimiter=U+001F",
    "--multiline-fields=true",
    "--trim-strings=false",
    "--ignore-empty-strings=false",
)
_BUFFER_BYTES: Final = 4 << 20  # what the importer has for one value if nobody says more
_TYPES: Final = {pa.int64(): ":long", pa.float64(): ":double", pa.bool_(): ":boolean"}


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: nodes and edges by kind (the sources and what they state among them)."""

    nodes: dict[str, int]
    edges: dict[str, int]


def export_for_import(view: View, folder: Path, database: str) -> Exported:
    """Write the files of a graph for the import into `database`; `export.occupied` where the folder is not empty."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise LiantuError("export.occupied", folder=folder.name)
    folder.mkdir(parents=True, exist_ok=True)
    sources = view.sources()
    loads = {source: load for load, source in enumerate(sources.column("id").to_pylist(), 1)}
    sizes: dict[str, dict[str, list[int]]] = {source: {} for source in loads}
    with _Files(folder) as files:
        files.nodes("Graph", _graph_node(len(loads)), ("Graph",))
        for label in NODES:
            for page in node_pages(view, label):
                files.nodes(label, _stored(label, page), (NODE, label))
        for group in source_groups(sources.to_pylist()):
            for kind in edge_kinds():
                table = view.edges(kind.name, sources=group).sort_by("source")
                files.edges(kind.name, table.append_column("part", _parts(table, kind.name, loads, sizes)))
        kept = {"load": pa.array(loads.values(), pa.int64()), "parts": pa.array(map(text_of, sizes.values()))}
        for name, column in kept.items():
            sources = sources.append_column(name, column)
        files.nodes(SOURCE.name, sources, (SOURCE.name,))
        arguments = [*files.named, *_FIXED, f"--read-buffer-size={files.buffer}", database]
        written = Exported(dict(files.node_counts - Counter(Graph=1)), dict(files.edge_counts))
    _write(folder / ARGUMENTS, arguments)  # files are named from their folder
    _write(folder / SCHEMA, _schema())
    return written


class _Files:
    """The data files of one export, a kind each, open until the block ends."""

    def __init__(self, folder: Path) -> None:
        self.node_counts: Counter[str] = Counter()
        self.edge_counts: Counter[str] = Counter()
        self.named: list[str] = []  # the arguments that name the files
        self.buffer = _BUFFER_BYTES  # that the longest value needs
        self._folder = folder
        self._open: dict[str, csv.CSVWriter] = {}
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def nodes(self, label: str, table: pa.Table, labels: Iterable[str]) -> None:
        """Add nodes with these labels to the file of a kind; the first column tells them apart."""
        first, *others = table.schema
        header = [f"{first.name}:ID", *map(_typed, others), ":LABEL"]
        table = table.append_column(":LABEL", _constant(_BETWEEN.join(labels), table))
        self._add("nodes", label, header, table)
        self.node_counts[label] += table.num_rows

    def edges(self, kind: str, table: pa.Table) -> None:
        """Add edges, from `head` to `tail`, to the file of a kind."""
        own = [name for name in table.column_names if name not in ("head", "tail")]
        header = [":START_ID", ":END_ID", *(_typed(table.schema.field(name)) for name in own), ":TYPE"]
        table = table.select(["head", "tail", *own]).append_column(":TYPE", _constant(kind, table))
        self._add("relationships", kind, header, table)
        self.edge_counts[kind] += table.num_rows

    def _add(self, sort: str, name: str, header: Sequence[str], table: pa.Table) -> None:
        if not table.num_rows:
            return
        for index, field in enumerate(table.schema):
            if pa.types.is_list(field.type):
                table = table.set_column(index, field.name, pc.binary_join(table.column(index), _BETWEEN))
            if pa.types.is_string(table.schema.field(index).type):
                longest = pc.max(pc.binary_length(table.column(index))).as_py() or 0
                self.buffer = max(self.buffer, 2 * longest)
        if name not in self._open:
            parts = (f"{name}-header.csv", f"{name}.csv")
            _write(self._folder / parts[0], [",".join(header)])
            options = csv.WriteOptions(include_header=False)
            opened = csv.CSVWriter(self._folder / parts[1], table.schema, write_options=options)
            self._open[name] = self._stack.enter_context(opened)
            self.named.append(f"--{sort}={','.join(parts)}")
        self._open[name].write_table(table)


def _graph_node(loads: int) -> pa.Table:
    """The node that says what is visible: everything, as the first version."""
    row = {"id": "liantu", "state": State(1, loads, ()).text(), "loads": loads, "floor": 0, "layout": LAYOUT}
    return pa.Table.from_pylist([row])


def _parts(table: pa.Table, kind: str, loads: dict[str, int], sizes: dict[str, dict[str, list[int]]]) -> Any:
    """The number of the part of each claim of a kind, by source; the parts are added to the `sizes` of the sources."""
    numbers: list[int] = []
    for source, rows in zip(*_counts(table.column("source")), strict=True):
        sizes[source][kind] = part_sizes(rows)
        for part in numbered(loads[source], sizes[source])[kind]:
            numbers += [part.number] * part.claims
    return pa.array(numbers, pa.int64())


def _counts(sources: pa.ChunkedArray) -> tuple[list[str], list[int]]:
    """The values of a sorted column, and how many rows each has."""
    names, firsts = groups(sources)
    return names, [after - first for first, after in pairwise(firsts)]


def _stored(label: str, page: pa.Table) -> pa.Table:
    """Rows of nodes as the engine keeps them; of no load, so that the next one to state them looks at them anew."""
    for aliases in page.column("aliases").to_pylist():
        for alias in aliases:
            if _BETWEEN in alias:
                raise LiantuError(
                    "claim.property", kind=label, name="aliases", value=alias, expected="text without U+001F"
                )
    return searchable(page).append_column("load", pa.array([0] * page.num_rows, pa.int64()))


def _schema() -> list[str]:
    """What makes the constraints and indexes, and writes down that they are there."""
    last = f"MATCH (g:Graph {{id: 'liantu'}}) SET g.schema = '{fingerprint()}'"
    return [f"{statement};" for statement in (*statements(), "CALL db.awaitIndexes(3600)", last)]


def _write(file: Path, lines: Iterable[str]) -> None:
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")


def _typed(field: pa.Field) -> str:
    if pa.types.is_list(field.type):
        return f"{field.name}:string[]"
    return f"{field.name}{_TYPES.get(field.type, '')}"


def _constant(value: str, table: pa.Table) -> Any:
    return pa.repeat(pa.scalar(value, pa.string()), table.num_rows)
