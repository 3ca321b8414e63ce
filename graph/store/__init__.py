"""The store (存储): one protocol, one module an engine; `open_store` finds the engine by the graph's address."""

from __future__ import annotations

import os
from pathlib import Path

from graph.address import is_url
from graph.errors import LiantuError
from graph.settings import Settings
from graph.store.protocol import Source, Store, View, Writer

__all__ = ["Source", "Store", "View", "Writer", "open_store"]


def open_store(address: str | os.PathLike[str], settings: Settings | None = None) -> Store:
    """The store at `address`: the path of a directory (it need not be there yet), or the URL of a Neo4j server.

    Of a directory nothing is read or made before the store is asked. A server must answer: `graph.unreachable`,
    `graph.credentials`, `graph.database`, `graph.version`. `graph.unsupported` for any other address. The limits and
    credentials are those of `settings`, of the environment where none are given.
    """
    address = os.fspath(address)
    # The engine is imported when a graph is opened: commands that need none start without it.
    if is_url(address):
        from graph.store.neo4j.store import Neo4jStore  # noqa: PLC0415

        return Neo4jStore(address, settings)
    if not address.strip() or "\0" in address:
        raise LiantuError("graph.unsupported", graph=repr(address))
    folder = Path(address).expanduser()
    if folder.is_file():
        raise LiantuError("graph.unsupported", graph=folder.name)
    from graph.store.ladybug import LadybugStore  # noqa: PLC0415

    return LadybugStore(folder, settings.query_seconds if settings else None)
