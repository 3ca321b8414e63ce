"""The store (存储): one protocol, one module an engine; `open_store` finds the engine by the graph's address."""

from __future__ import annotations

from pathlib import Path

from graph.errors import LiantuError
from graph.store.protocol import Source, Store, View, Writer

__all__ = ["Source", "Store", "View", "Writer", "open_store"]


def open_store(address: str) -> Store:
    """The store at `address`, the path of a directory (it need not be there yet); `graph.unsupported` for a URL.

    Nothing is read or made before the store is asked.
    """
    if "://" in address:
        scheme, _, rest = address.partition("://")
        raise LiantuError("graph.unsupported", graph=f"{scheme}://{rest.rpartition('@')[2]}")
    if not address.strip() or "\0" in address:
        raise LiantuError("graph.unsupported", graph=repr(address))
    folder = Path(address).expanduser()
    if folder.is_file():
        raise LiantuError("graph.unsupported", graph=folder.name)
    # The engine is imported when a graph is opened: commands that need none start without it.
    from graph.store.ladybug import LadybugStore  # noqa: PLC0415

    return LadybugStore(folder)
