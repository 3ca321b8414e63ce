"""From kept claims to the graph (装载): the graph is brought to what the manifest says, and only what differs moves."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from graph.language import Text
from graph.ontology import STATES
from graph.settings import Settings
from graph.store.protocol import Writer
from ingest.graduates import SOURCE as GRADUATES
from ingest.graduates import counted_graduates
from ingest.judgement import read_judgements, unread_judgements
from ingest.manifest import Manifest
from ingest.resolve import Pair, Resolution, resolve
from ingest.review import REVIEW_FILE, read_review, write_review
from ingest.small_groups import suppressed


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: sources put in (new or changed), put in again because a name was joined, taken out.

    `unread` tells the lines of `judgements.csv` that could not be followed.
    """

    replaced: int
    rejoined: int
    retracted: int
    unread: tuple[Text, ...] = ()


def load(writer: Writer, manifest: Manifest, directory: Path, settings: Settings | None = None) -> Loaded:
    """Bring the graph to the manifest: replace the sources that differ, retract the withdrawn ones.

    Names are resolved over the statements of all sources; a source whose ids change by what another brings is put
    in again too, so the graph depends on the claims alone and not on their order.
    """
    settings = settings or Settings.load()
    small_group = int(settings.small_group)
    have = {row["id"]: row["key"] for row in writer.sources().to_pylist()}
    wanted = {entry.source.id: entry.source for entry in manifest.present()}
    changed = [source for source in wanted.values() if have.get(source.id) != source.key]
    gone = sorted(manifest.withdrawn() & have.keys())
    moved = {source.id for source in changed} | set(gone) | {GRADUATES}

    claims = {source.id: manifest.claims(source) for source in changed}
    old = _without(writer.statements(), moved)
    new = [_statements(table).select(old.column_names) for table in claims.values()]
    fresh = frozenset(local for table in new for local in table.column("local").to_pylist())
    resolution = resolve(
        pa.concat_tables([old, *new]),
        read_judgements(directory),
        fresh=fresh,
        review_score=settings.review_score,
    )

    rejoined = [wanted[source] for source in sorted(_stale(old, resolution)) if source in wanted]
    for source in (*changed, *rejoined):
        # each table is let go as soon as the writer has it
        table = claims.pop(source.id) if source.id in claims else manifest.claims(source)
        nodes, edges = _resolved(table, resolution)
        writer.replace(source, nodes, suppressed(edges, small_group))
    for identifier in gone:
        writer.retract(identifier)
    _load_graduates(writer, manifest, resolution, have.get(GRADUATES), small_group)
    _write_review(directory / REVIEW_FILE, resolution.review)
    return Loaded(len(changed), len(rejoined), len(gone), unread_judgements(directory))


def _load_graduates(
    writer: Writer, manifest: Manifest, resolution: Resolution, key: str | None, small_group: int
) -> None:
    """Bring the sums of the graduates to what the sources say now; `key` is that of the sums in the graph."""
    made = counted_graduates(manifest, resolution)
    if made is None:
        if key is not None:
            writer.retract(GRADUATES)
        return
    source, claims = made
    if source.key != key:
        states = pc.equal(claims.column("kind"), STATES.name)
        edges = suppressed(claims.filter(pc.invert(states)), small_group)
        writer.replace(source, claims.filter(states), edges)


def _statements(claims: pa.Table) -> pa.Table:
    return claims.filter(pc.equal(claims.column("kind"), STATES.name))


def _without(statements: pa.Table, sources: set[str]) -> pa.Table:
    if not sources:
        return statements
    among = pc.is_in(statements.column("source"), pa.array(sorted(sources), pa.string()))
    return statements.filter(pc.invert(among))


def _stale(statements: pa.Table, resolution: Resolution) -> set[str]:
    """The sources that stand in the graph under an id that is no longer the final one."""
    finals = resolution.apply(statements.column("local"))
    stale = statements.filter(pc.not_equal(finals, statements.column("tail")))
    return set(stale.column("source").to_pylist())


def _resolved(claims: pa.Table, resolution: Resolution) -> tuple[pa.Table, pa.Table]:
    """The nodes and edges of a source under their final ids."""
    for name in ("head", "tail", "specialty"):
        column = claims.column(name)
        if column.null_count < len(column):
            claims = claims.set_column(claims.column_names.index(name), name, resolution.apply(column))
    states = pc.equal(claims.column("kind"), STATES.name)
    return _unnumbered(claims.filter(states)), claims.filter(pc.invert(states))


def _unnumbered(statements: pa.Table) -> pa.Table:
    """Without the school's own number as a name, where it is known which specialty it stands for: it is no alias."""
    local, tail = statements.column("local"), statements.column("tail")
    joined = pc.and_(pc.match_substring(local, "@"), pc.invert(pc.match_substring(tail, "@")))
    if not pc.any(joined).as_py():
        return statements
    key = pc.replace_substring_regex(local, "^[^:]*:|@.*$", "")
    same = pc.equal(pc.utf8_lower(pc.utf8_normalize(statements.column("name"), "NFKC")), key)
    names = pc.if_else(pc.and_(joined, same), pa.scalar(None, pa.string()), statements.column("name"))
    return statements.set_column(statements.column_names.index("name"), "name", names)


def _write_review(file: Path, pairs: tuple[Pair, ...]) -> None:
    """Add to the review list what it does not hold yet (a person may be working through it)."""
    known = read_review(file)
    for pair in pairs:
        told = {name: str(getattr(pair, name)) for name in ("left", "right", "rule", "score", "reason")}
        known[pair.left, pair.right] = known.get((pair.left, pair.right), {}) | told
    write_review(file, known)
