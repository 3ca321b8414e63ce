"""A release of the graph (图谱发布): one version saved as a file by a name and day, to compare later answers with.

The file is a zip of Parquet tables, one a node kind (`nodes/School.parquet`) and one an edge kind
(`edges/OFFERS.parquet`), with `release.json` beside. It holds what a projection reads, from either engine.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from graph.errors import LiantuError
from graph.ontology import EDGES, EVIDENCE, NODES, SOURCE, STATES
from graph.project import Projection, columns_of

_ABOUT: Final = "release.json"
_FORMAT: Final = 1
_LARGEST: Final = 8 * 2**30  # bytes of one table, unpacked


def write_release(projection: Projection, path: Path, *, version: str, name: str | None = None) -> int:
    """Save all that `projection` has read, as release `name` (today's date); how many bytes the file has.

    The file appears whole or not at all; `release.exists` where there is one of that name.
    """
    if path.exists():
        raise LiantuError("release.exists", file=path.name)
    fresh = path.with_name(f"{path.name}.new")
    about = {
        "format": _FORMAT,
        "name": name or datetime.now().astimezone().date().isoformat(),
        "version": version,
    }
    tables = [
        *((f"nodes/{label}", table) for label, table in projection.nodes.items()),
        *((f"edges/{kind}", table) for kind, table in projection.edges.items()),
        ("sources", projection.sources),
    ]
    try:
        with zipfile.ZipFile(fresh, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr(_ABOUT, json.dumps(about, ensure_ascii=False))
            for entry, table in tables:
                with archive.open(f"{entry}.parquet", "w", force_zip64=True) as file:
                    pq.write_table(table, file, compression="zstd")
        fresh.replace(path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise LiantuError("release.unwritable", file=path.name, reason=error.strerror or error) from None
    return path.stat().st_size


def read_release(
    path: Path, *, labels: Collection[str] | None = None, kinds: Collection[str] | None = None
) -> Projection:
    """The projection that a release holds, or the `labels` and `kinds` of it; `release.unreadable` where it is none.

    Kinds and properties that the ontology has gained since are empty in it.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            about = json.loads(archive.read(_ABOUT))
            if about["format"] != _FORMAT:
                raise LiantuError("release.unreadable", file=path.name, reason=f"format {about['format']}")
            nodes = {
                label: _table(archive, f"nodes/{label}", columns_of(NODES[label].properties, "id", "name"))
                for label in (NODES if labels is None else labels)
            }
            edge_kinds = {STATES.name: STATES, **EDGES}
            edges = {
                kind: _table(
                    archive,
                    f"edges/{kind}",
                    columns_of((*EVIDENCE, *edge_kinds[kind].properties), "id", "kind", "head", "tail"),
                )
                for kind in (edge_kinds if kinds is None else kinds)
            }
            sources = _table(archive, "sources", columns_of(SOURCE.properties[:1], "id", "name"))
    except FileNotFoundError:
        raise LiantuError("release.missing", file=path.name) from None
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError, pa.ArrowException) as error:
        raise LiantuError("release.unreadable", file=path.name, reason=type(error).__name__) from None
    released = Projection(nodes, edges, sources)
    released.release = str(about["name"])
    return released


def _table(archive: zipfile.ZipFile, entry: str, schema: pa.Schema) -> pa.Table:
    """A table of the release with at least the columns of today's ontology; those that it lacks are null."""
    try:
        item = archive.getinfo(f"{entry}.parquet")
    except KeyError:
        return schema.empty_table()
    if item.file_size > _LARGEST:
        raise ValueError(entry)
    table = pq.read_table(io.BytesIO(archive.read(item)))
    for column in schema:
        if column.name not in table.column_names:
            table = table.append_column(column, pa.nulls(table.num_rows, column.type))
    return table
