"""Graduates out of three tables (毕业生数合计): employed + studying on + unemployed, once a school reported all three.

The national standard has no table of graduates but one for each of their destinations, often in files of their own. The
sum is a source of its own, made anew at every load from the claims that are there: in whatever order the files came, and
gone as soon as one of the three is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from graph.claims import claims_table
from graph.ontology import STATES
from graph.store.protocol import Source
from ingest.manifest import Manifest
from ingest.records.groups import COUNTED
from ingest.resolve import Resolution

SOURCE: Final = "counted-graduates"
COUNTED_OFFERS: Final = "counted"
"""The name under which `Entry.counts` says how many such claims a source has; others are not opened."""
_NAME: Final = "毕业生数（就业、升学、未就业三表合计）"
_PARTS: Final = ("employed", "further_study", "unemployed")


def counted_graduates(manifest: Manifest, resolution: Resolution) -> tuple[Source, pa.Table] | None:
    """The source of the sums and its claims under final ids; None where no school has all three tables."""
    offers: list[pa.Table] = []
    names: dict[str, str] = {}
    for claims in _counted(manifest):
        kinds = claims.column("kind")
        for row in claims.filter(pc.equal(kinds, STATES.name)).select(["local", "name"]).to_pylist():
            names.setdefault(resolution.final(row["local"]), row["name"])
        mine = claims.filter(
            pc.and_(pc.equal(kinds, "OFFERS"), pc.starts_with(claims.column("quote"), COUNTED))
        )
        columns = {name: resolution.apply(mine.column(name)) for name in ("head", "tail")}
        columns |= {name: mine.column(name) for name in ("year", *_PARTS)}
        offers.append(pa.table(columns))
    if not offers:
        return None
    keys = ["head", "tail", "year"]
    table = pa.concat_tables(offers)
    table = table.filter(pc.is_valid(table.column("year")))
    sums = table.group_by(keys, use_threads=False).aggregate([(name, "sum") for name in _PARTS])
    rows = _complete(sums.to_pylist())
    if not rows:
        return None
    claims = _claims(rows, names)
    key = hashlib.sha256(repr(rows).encode()).hexdigest()[:16]
    return Source(SOURCE, _NAME, "records", key), claims


def _counted(manifest: Manifest) -> Iterator[pa.Table]:
    for entry in manifest.present():
        if entry.counts.get(COUNTED_OFFERS):
            yield manifest.claims(entry.source)


def _complete(sums: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The sums of the schools and years that have all three tables: there a specialty not named in one has none."""
    told: dict[tuple[str, int], set[str]] = {}
    for row in sums:
        told.setdefault((row["head"], row["year"]), set()).update(
            name for name in _PARTS if row[f"{name}_sum"] is not None
        )
    rows = [
        {
            "head": row["head"],
            "tail": row["tail"],
            "year": row["year"],
            "graduates": sum(row[f"{name}_sum"] or 0 for name in _PARTS),
            "employed": row["employed_sum"] or 0,
        }
        for row in sums
        if len(told[row["head"], row["year"]]) == len(_PARTS)
    ]
    return sorted(rows, key=lambda row: (row["head"], row["tail"], row["year"]))


def _claims(rows: list[dict[str, Any]], names: dict[str, str]) -> pa.Table:
    ends = sorted({row[end] for row in rows for end in ("head", "tail")})
    stated = [
        {
            "kind": STATES.name,
            "head": SOURCE,
            "tail": one,
            "local": one,
            "name": names.get(one) or one.partition(":")[2],
            "aliases": "[]",
            "properties": "{}",
            "quote": names.get(one) or one.partition(":")[2],
        }
        for one in ends
    ]
    edges = [
        row
        | {
            "kind": "OFFERS",
            "status": "完成",
            "quote": f"{COUNTED} | {names.get(row['head'])} | {names.get(row['tail'])} | 年份 {row['year']}"
            f" | 人数（毕业） {row['graduates']} | 人数（就业） {row['employed']}",
        }
        for row in rows
    ]
    parts = [pa.Table.from_pylist(some) for some in (stated, edges)]
    sure = [
        part.append_column("method", pa.repeat(pa.scalar("record"), part.num_rows)).append_column(
            "confidence", pa.repeat(pa.scalar(1.0), part.num_rows)
        )
        for part in parts
    ]
    return claims_table(SOURCE, sure)
