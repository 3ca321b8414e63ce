"""Loaders (批量读取): what many fields of one request ask for, asked of the store at once.

Each field of the schema that follows an edge has a loader of its own, which gathers the nodes of one level and asks
once for their claims and once a kind for the nodes at the other end. How often the store is asked so depends on the
fields of the query alone, and neither on the size of the pages nor on what they hold.
"""

from __future__ import annotations

from collections.abc import Awaitable, Iterable, Sequence
from typing import Any, overload

import pyarrow as pa
import pyarrow.compute as pc
from strawberry.dataloader import DataLoader

from api.declare import registry
from api.names import Path
from api.session import Session
from graph.identity import label_of
from graph.ontology import NODES, SOURCE
from graph.store.asynchronous import AsyncView


class Ids(Sequence[str]):
    """The ids of a table's rows, read where they are asked for: a page needs a few, its node may have any number."""

    def __init__(self, table: pa.Table) -> None:
        self._column = table.column("id")

    def __len__(self) -> int:
        return len(self._column)

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> list[str]: ...

    def __getitem__(self, place: int | slice) -> str | list[str]:
        found: str | list[str] = (
            self._column[place].to_pylist() if isinstance(place, slice) else self._column[place].as_py()
        )
        return found


def node_of(label: str, row: dict[str, Any]) -> Any:
    """A row of `View.nodes` as the GraphQL type of its kind."""
    values = {item.name: row.get(item.name) for item in NODES[label].properties}
    return registry[label](id=row["id"], name=row["name"], aliases=row["aliases"] or [], **values)


def nodes_loader(session: Session, key: str, labels: Sequence[str] = tuple(NODES)) -> DataLoader[str, Any]:
    """The loader of nodes by id for one place `key`; an id that names nothing gives None.

    Each of the kinds `labels` is asked every time, also for no ids at all (which costs an engine nothing), so that
    the number of questions does not depend on what a page happens to hold.
    """

    async def load(ids: list[str]) -> list[Any]:
        wanted: dict[str, list[str]] = {label: [] for label in labels}
        for identifier in ids:
            label = label_of(identifier)
            if label in wanted:
                wanted[label].append(identifier)

        async def ask(view: AsyncView) -> dict[str, Any]:
            tables = {label: await view.nodes(label, wanted[label]) for label in sorted(wanted)}
            return {
                row["id"]: node_of(label, row) for label, table in tables.items() for row in table.to_pylist()
            }

        found = await session.read(ask)
        return [found.get(identifier) for identifier in ids]

    return session.once(("nodes", key), lambda: DataLoader(load_fn=load))


def ends_loader(session: Session, path: Path) -> DataLoader[str, Any]:
    """The loader of the nodes at the other end of a path."""
    return nodes_loader(session, f"{path.owner}.{path.field}", path.ends)


def claims_loader(session: Session, path: Path) -> DataLoader[str, pa.Table]:
    """The loader of the claims of a path by the id of the node that owns it, each ordered by id."""

    async def load(ids: list[str]) -> list[pa.Table]:
        def ask(view: AsyncView) -> Awaitable[pa.Table]:
            if path.direction == "forward":
                return view.edges(path.kind.name, heads=ids)
            return view.edges(path.kind.name, tails=ids)

        return grouped(await session.read(ask), path.here, ids)

    return session.once(("claims", path.owner, path.field), lambda: DataLoader(load_fn=load))


def statements_loader(session: Session) -> DataLoader[str, pa.Table]:
    """The loader of what sources state of a node, by its id, ordered by claim."""

    async def load(ids: list[str]) -> list[pa.Table]:
        return grouped(await session.read(lambda view: view.edges("STATES", tails=ids)), "tail", ids)

    return session.once("statements", lambda: DataLoader(load_fn=load))


def sources_loader(session: Session) -> DataLoader[str, Any]:
    """The loader of sources by id."""

    async def load(ids: list[str]) -> list[Any]:
        # The names alone: `View.sources` counts every claim of the graph, which `Source.claims` does where asked.
        table = await session.read(lambda view: view.nodes(SOURCE.name, ids))
        found = {source.id: source for source in sources_of(table, set(ids))}
        return [found.get(identifier) or unnamed_source(identifier) for identifier in ids]

    return session.once("source", lambda: DataLoader(load_fn=load))


def sources_of(table: pa.Table, ids: Iterable[str]) -> list[Any]:
    """Rows of `View.sources` (or of `View.nodes` of sources) with one of `ids`, as the GraphQL type."""
    chosen = table.filter(pc.field("id").isin(sorted(ids)))
    return [
        registry["Source"](
            id=row["id"],
            name=row["name"],
            medium=row["medium"],
            document_id=row["document"],
        )
        for row in chosen.to_pylist()
    ]


def unnamed_source(identifier: str) -> Any:
    """A source of which the graph knows no more than its id."""
    return registry["Source"](id=identifier, name=identifier, medium=None, document_id=None)


def grouped(table: pa.Table, column: str, ids: Sequence[str]) -> list[pa.Table]:
    """The rows of `table` for each of `ids` in `column`, ordered by claim."""
    ordered = table.sort_by([(column, "ascending"), ("id", "ascending")])
    starts: dict[str, tuple[int, int]] = {}
    position = 0
    runs = pc.run_end_encode(ordered.column(column).combine_chunks()) if ordered.num_rows else None
    if runs is not None:
        for value, end in zip(runs.values.to_pylist(), runs.run_ends.to_pylist(), strict=True):
            starts[value] = (position, end - position)
            position = end
    return [ordered.slice(*starts.get(identifier, (0, 0))) for identifier in ids]
