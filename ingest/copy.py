"""A whole graph from one store into another (复制图谱), source by source, with what is kept beside it.

Sources are put in by groups, each group visible at once; one group is in memory at a time. What the target already
holds, claim by claim as the origin has it, is not put in again: so a copy that was cut goes on, and one that is
repeated brings over what has changed. At the end sources, counts and content hash of both are compared.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from graph.address import is_url, shown
from graph.claims import CLAIMS
from graph.errors import LiantuError
from graph.language import Text
from graph.ontology import STATES
from graph.settings import Settings
from graph.store import open_store
from graph.store.parts import GROUP_CLAIMS, claims_of, source_groups
from graph.store.protocol import Source, Store, View
from ingest.graduates import SOURCE as GRADUATES
from ingest.judgement import read_judgements, write_judgements
from ingest.manifest import Manifest
from ingest.review import REVIEW_FILE, read_review, write_review
from ingest.workplace import workplace

Progress = Callable[[str, int, int], None]  # stage, done, of how many
Row = dict[str, Any]
# A directory is written anew with every group: there they are larger, so that there are few of them.
DIRECTORY_CLAIMS: Final = 2_000_000
_NONE: Final = CLAIMS.empty_table()


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy did; `sources`, `claims` and `hash` are those of both graphs now."""

    sources: int
    claims: int
    hash: str
    put: int  # sources put in
    unchanged: int  # sources that were there
    taken_out: int  # sources that the origin does not have
    without_claims: int  # sources whose kept claims are not on this machine


def copy_graph(origin: str, target: str, *, mirror: bool = False, progress: Progress | None = None) -> Copied:
    """Make the graph at `target` what the one at `origin` is; `copy.same`, `.occupied`, `.changed`, `.differs`.

    Sources that only the target has are taken out where `mirror` says so, else nothing is done. Kept claims, manifest,
    judgements, review list and rejects are carried over, so that the target can be ingested into.
    """
    if workplace(origin).resolve() == workplace(target).resolve():
        raise LiantuError("copy.same", graph=shown(target))
    unhurried = Settings.load(query_seconds=0)
    there = open_store(origin, unhurried)
    try:
        if not there.exists():
            raise LiantuError("graph.missing", graph=shown(origin))
        here = open_store(target, unhurried)
        try:
            with there.view() as view:
                return _copied(view, here, (origin, target), mirror=mirror, progress=progress)
        finally:
            here.close()
    finally:
        there.close()


def _copied(
    origin: View, target: Store, addresses: tuple[str, str], *, mirror: bool, progress: Progress | None
) -> Copied:
    wanted: dict[str, Row] = {row["id"]: row for row in origin.sources().to_pylist()}
    taken_out = _prepared(wanted, target, addresses, mirror=mirror)
    total, done, put = sum(row["claims"] for row in wanted.values()), 0, 0
    _say(progress, done, total)
    for group in _groups(wanted, GROUP_CLAIMS if is_url(addresses[1]) else DIRECTORY_CLAIMS):
        claims = _by_source(claims_of(origin, [row["id"] for row in group]))
        for row in group:
            if claims.setdefault(row["id"], _NONE).num_rows != row["claims"]:
                raise LiantuError("copy.changed", source=row["name"])
        missing = _missing(group, claims, target)
        if missing:
            with target.write() as writer:
                for row in missing:
                    table = claims.pop(row["id"])
                    states = pc.equal(table.column("kind"), STATES.name)
                    writer.replace(_source(row), table.filter(states), table.filter(pc.invert(states)))
        put += len(missing)
        done += sum(row["claims"] for row in group)
        _say(progress, done, total)
    found = _verified(origin, wanted, target)
    manifest = Manifest(workplace(addresses[1]))
    without = sum(not manifest.kept(_source(row)) for row in wanted.values() if row["id"] != GRADUATES)
    return Copied(len(wanted), total, found, put, len(wanted) - put, taken_out, without)


def _prepared(wanted: dict[str, Row], target: Store, addresses: tuple[str, str], *, mirror: bool) -> int:
    """Make the target ready and carry over what is kept beside the graph; how many sources were taken out."""
    with target.write() as writer:
        others = [row for row in writer.sources().to_pylist() if row["id"] not in wanted]
        if others and not mirror:
            told = {"graph": shown(addresses[1]), "count": len(others), "example": others[0]["name"]}
            raise LiantuError("copy.occupied", **told)
        origin, folder = workplace(addresses[0]), workplace(addresses[1])
        manifest = Manifest(folder)
        manifest.take_over(origin)
        _carry_over(origin, folder)
        for row in others:
            manifest.withdraw(_source(row))
            writer.retract(row["id"])
    manifest.settle(row["id"] for row in others)
    return len(others)


def _carry_over(origin: Path, folder: Path) -> None:
    """What people wrote or have to read: nothing of the target's own is lost."""
    judged = {(one.left, one.right): one for one in (*read_judgements(folder), *read_judgements(origin))}
    if judged:
        write_judgements(folder, tuple(judged.values()))
    theirs, ours = read_review(origin / REVIEW_FILE), read_review(folder / REVIEW_FILE)
    if theirs:  # a row that both have stays as the target has it: a person may be working on it
        write_review(
            folder / REVIEW_FILE, ours | {pair: row for pair, row in theirs.items() if pair not in ours}
        )
    for file in sorted((origin / "rejects").glob("*.xlsx")):
        target = folder / "rejects" / file.name
        if not target.exists():
            target.parent.mkdir(exist_ok=True)
            shutil.copyfile(file, target)


def _groups(wanted: dict[str, Row], size: int) -> Iterator[list[Row]]:
    """The sources in groups of bounded size; a catalogue comes before what looks things up in it."""
    for catalogues in (True, False):
        rows = [row for row in wanted.values() if (row["medium"] == "reference") == catalogues]
        for ids in source_groups(rows, size):
            if ids:
                yield [wanted[one] for one in ids]


def _missing(group: Sequence[Row], claims: dict[str, pa.Table], target: Store) -> list[Row]:
    """The sources of a group that the target does not hold as they are."""
    with target.view() as view:
        known = {row["id"]: row for row in view.sources().to_pylist()}
        alike = [row["id"] for row in group if known.get(row["id"]) == row]
        held = _by_source(claims_of(view, alike)) if alike else {}
    return [
        row
        for row in group
        if row["id"] not in alike or not held.get(row["id"], _NONE).equals(claims[row["id"]])
    ]


def _by_source(claims: pa.Table) -> dict[str, pa.Table]:
    """The claims of each source; they come ordered by source."""
    runs = pc.value_counts(claims.column("source")).to_pylist()  # in the order of first occurrence
    parts, start = {}, 0
    for run in runs:
        parts[run["values"]] = claims.slice(start, run["counts"])
        start += run["counts"]
    return parts


def _verified(origin: View, wanted: dict[str, Row], target: Store) -> str:
    """The content hash that both graphs have; `copy.differs` where they do not."""
    with target.view() as view:
        found = {row["id"]: row for row in view.sources().to_pylist()}
        for row in wanted.values():
            if found.pop(row["id"], None) != row:
                raise LiantuError(
                    "copy.differs", what=Text(f"来源 {row['name']}", f"the source {row['name']}")
                )
        if found:
            extra = min(row["name"] for row in found.values())
            raise LiantuError(
                "copy.differs", what=Text(f"多出来源 {extra}", f"there is a source {extra} besides")
            )
        content = view.content_hash()
    if content != origin.content_hash():
        raise LiantuError("copy.differs", what=Text("内容哈希", "the content hash"))
    return content


def _source(row: Row) -> Source:
    return Source(row["id"], row["name"], row["medium"], row["key"], row["document"])


def _say(progress: Progress | None, done: int, total: int) -> None:
    if progress is not None:
        progress("copy", done, total)
