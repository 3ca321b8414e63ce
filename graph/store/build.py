"""The next version of an embedded graph (新版本的构建), made in one of two ways that end in the same content.

*Amend*: copy the file of the current version and change the copy by statements. The changes stay in the log beside
the file, because moving them into it rewrites whole tables; every reader replays the log, so it is kept short.
*Rebuild*: make an empty file and load into it in bulk what stays of the current version and what comes. That costs
as much as the whole graph and is how big changes go in; it also puts a long log into the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from graph.identity import label_of
from graph.ontology import EDGES, NODES, SOURCE, STATES
from graph.store.change import Change, Plan, copied_columns, require_stated, split, unstated, with_labels
from graph.store.engine import Engine
from graph.store.find import searchable
from graph.store.schema import edge_columns, fingerprint, quoted, statements
from graph.store.snapshot import Snapshot, no_statements, stored_columns
from graph.store.versions import Version, Versions

Run = Callable[..., None]

_SMALL: Final = 500  # claims that are always worth amending
_SHARE: Final = 20  # … and so is a change of one in twenty claims
_LOG_BYTES: Final = 2_000_000  # replaying that much takes a reader about 0.2 s
_LOG_SHARE: Final = 20


def make_version(
    versions: Versions, base: Version | None, snapshot: Snapshot | None, changes: Mapping[str, Change | None]
) -> Path | None:
    """Make the version after `base` and return its file, closed; `None` where there is nothing to change."""
    known = snapshot.sources() if snapshot else None
    claims = (
        dict(zip(known.column("id").to_pylist(), known.column("claims").to_pylist(), strict=True))
        if known
        else {}
    )
    effective = {name: change for name, change in changes.items() if change is not None or name in claims}
    if snapshot and not effective:
        return None
    plan = Plan.of(snapshot, effective, frozenset(claims))
    changed = plan.size + sum(claims[name] for name in plan.gone)
    total = sum(claims.values())
    amend = base is not None and _short_log(base) and changed <= max(_SMALL, total // _SHARE)
    path = versions.next_path(base, copied=amend)
    try:
        engine = Engine(path, read_only=False, bulk=not amend)
        try:
            if amend and snapshot:
                with engine.transaction() as run:
                    _amend(run, snapshot, plan)
            else:
                _rebuild(engine, snapshot, plan)
                engine.checkpoint()
        finally:
            engine.close()
    except BaseException:
        versions.discard(path)
        raise
    return path


def _short_log(base: Version) -> bool:
    size = base.log.stat().st_size if base.log.exists() else 0
    return base.fingerprint == fingerprint() and size < max(
        _LOG_BYTES, base.path.stat().st_size // _LOG_SHARE
    )


def _rebuild(engine: Engine, base: Snapshot | None, plan: Plan) -> None:
    stated = base.edge_rows(STATES.name) if base else no_statements()
    leaving = _among(stated, "source", plan.gone)
    touched = pa.array(
        {*stated.filter(leaving).column("tail").to_pylist(), *plan.statements.column("tail").to_pylist()},
        pa.string(),
    )
    stated = stated.filter(pc.invert(leaving))
    nodes = _all_nodes(base, plan, touched, stated)
    present = pa.chunked_array(
        [chunk for rows in nodes.values() for chunk in rows.column("id").chunks], pa.string()
    )
    require_stated(plan.edges, present)
    with engine.transaction() as run:
        for statement in statements():
            run(statement)
        for label, rows in nodes.items():
            _copy_nodes(run, label, rows)
    with engine.transaction() as run:  # edges find only nodes that were committed
        _copy_edges(run, stated)
        for kind in EDGES if base else ():
            rows = base.edges_without(kind, plan.gone) if base else edge_columns(kind).empty_table()
            require_stated(rows, present)
            _copy_edges(run, rows)
        for kind, head, tail, rows in plan.groups():
            _copy_group(run, kind, head, tail, rows)


def _all_nodes(base: Snapshot | None, plan: Plan, touched: Any, stated: pa.Table) -> dict[str, pa.Table]:
    """The rows of every node table: those that nothing touches as they were, the others merged anew."""
    merged = plan.merged(stated.filter(pc.is_in(stated.column("tail"), value_set=touched)))
    tables = {}
    for label in (SOURCE.name, *NODES):
        rows = base.node_rows(label) if base else stored_columns(label).empty_table()
        if label == SOURCE.name:
            rows = pa.concat_tables([rows.filter(pc.invert(_among(rows, "id", plan.gone))), plan.sources])
        else:
            rows = rows.filter(pc.invert(pc.is_in(rows.column("id"), value_set=touched)))
            rows = pa.concat_tables([rows, *([searchable(merged[label])] if label in merged else [])])
        tables[label] = rows
    return tables


def _copy_nodes(run: Run, label: str, rows: pa.Table) -> None:
    if rows.num_rows:
        run(f"COPY {quoted(label)} FROM $rows", {"rows": rows.select(stored_columns(label).names)})


def _copy_edges(run: Run, rows: pa.Table) -> None:
    for kind, head, tail, group in split(with_labels(rows)):
        _copy_group(run, kind, head, tail, group)


def _copy_group(run: Run, kind: str, head: str, tail: str, rows: pa.Table) -> None:
    run(f"COPY {quoted(kind)} FROM $rows (from='{head}', to='{tail}')", {"rows": rows})


def _amend(run: Run, base: Snapshot, plan: Plan) -> None:
    leaving = base.edge_rows(STATES.name, heads=plan.gone)
    touched = {*leaving.column("tail").to_pylist(), *plan.statements.column("tail").to_pylist()}
    kept = base.edge_rows(STATES.name, tails=touched)
    merged = plan.merged(kept.filter(pc.invert(_among(kept, "source", plan.gone))))
    present = {identifier for rows in merged.values() for identifier in rows.column("id").to_pylist()}
    orphans = touched - present
    ends = {*plan.edges.column("head").to_pylist(), *plan.edges.column("tail").to_pylist()} - present
    for label in sorted({label_of(identifier) for identifier in ends - orphans}):
        present.update(base.nodes(label, sorted(ends)).column("id").to_pylist())
    require_stated(plan.edges, pa.array(present, pa.string()))

    for kind in (STATES.name, *EDGES) if plan.gone else ():
        run(f"MATCH ()-[r:{quoted(kind)}]->() WHERE r.source IN $gone DELETE r", {"gone": list(plan.gone)})
    _delete_nodes(run, SOURCE.name, plan.gone)
    _create_nodes(run, SOURCE.name, plan.sources)
    for label, rows in merged.items():
        before = {row["id"]: row for row in base.nodes(label, rows.column("id").to_pylist()).to_pylist()}
        fresh = [row["id"] not in before for row in rows.to_pylist()]
        changed = [row["id"] in before and row != before[row["id"]] for row in rows.to_pylist()]
        stored = searchable(rows)
        _create_nodes(run, label, stored.filter(pa.array(fresh, pa.bool_())))
        _set_nodes(run, label, stored.filter(pa.array(changed, pa.bool_())))
    for kind, head, tail, rows in plan.groups():
        _create_edges(run, kind, head, tail, rows)
    for label in sorted({label_of(identifier) for identifier in orphans}):
        _delete_nodes(
            run, label, sorted(identifier for identifier in orphans if label_of(identifier) == label)
        )


def _create_nodes(run: Run, label: str, rows: pa.Table) -> None:
    if rows.num_rows:
        names = stored_columns(label).names
        values = ", ".join(f"{quoted(name)}: {quoted(name)}" for name in names)
        run(f"LOAD FROM $rows CREATE (:{quoted(label)} {{{values}}})", {"rows": rows.select(names)})


def _set_nodes(run: Run, label: str, rows: pa.Table) -> None:
    if rows.num_rows:
        names = stored_columns(label).names
        values = ", ".join(f"n.{quoted(name)} = {quoted(name)}" for name in names if name != "id")
        columns = ", ".join(quoted(name) for name in names)
        run(
            f"LOAD FROM $rows WITH {columns} MATCH (n:{quoted(label)} {{id: id}}) SET {values}",
            {"rows": rows.select(names)},
        )


def _create_edges(run: Run, kind: str, head: str, tail: str, rows: pa.Table) -> None:
    # One MATCH after the other, or the engine joins all heads with all tails.
    names = copied_columns(kind)
    own = [name for name in names if name not in ("head", "tail")]
    columns = ", ".join(quoted(name) for name in own)
    values = ", ".join(f"{quoted(name)}: {quoted(name)}" for name in own)
    run(
        f"LOAD FROM $rows WITH head, tail, {columns} MATCH (h:{quoted(head)} {{id: head}}) "
        f"WITH h, tail, {columns} MATCH (t:{quoted(tail)} {{id: tail}}) "
        f"CREATE (h)-[:{quoted(kind)} {{{values}}}]->(t)",
        {"rows": rows},
    )


def _delete_nodes(run: Run, label: str, ids: Iterable[str]) -> None:
    wanted = list(ids)
    if not wanted:
        return
    try:
        run(f"UNWIND $ids AS wanted MATCH (n:{quoted(label)} {{id: wanted}}) DELETE n", {"ids": wanted})
    except RuntimeError as error:
        if "connected edges" in str(error):
            raise unstated("…", ", ".join(wanted[:3])) from None
        raise


def _among(rows: pa.Table, column: str, values: Iterable[str]) -> Any:
    return pc.is_in(rows.column(column), value_set=pa.array(list(values), pa.string()))
