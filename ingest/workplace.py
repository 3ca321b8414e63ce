"""The workplace of a graph (工作目录): the folder of its kept claims, manifest, rejects, review list and judgements.

A graph in a directory is its own workplace. A graph on a server has one on each machine that ingests into it, under
the folder of the setting `workplace`, named by host, port and database.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from graph.address import database_of, host_and_port, is_url, typed
from graph.errors import LiantuError
from graph.settings import Settings

# What says that a folder is a graph, or half of one.
_OWN: Final = ("current", "versions", "claims", "manifest.db", "writer.lock")
_NOBODYS: Final = ("lost+found",)  # what stands in a volume that nobody has written to
_SHOWN: Final = 3


def workplace(graph: str) -> Path:
    """The folder where liantu keeps what belongs to the graph at this address; it need not be there yet."""
    if not is_url(graph):
        return Path(graph).expanduser()
    settings = Settings.load()
    host, port = host_and_port(graph)
    name = f"{host}-{port}-{database_of(graph) or settings.neo4j_database}"
    # `:` of an IPv6 address and whatever else Windows does not take in a file name
    return Path(settings.workplace).expanduser() / re.sub(r"[^\w.-]", "_", name)


def check_unused(graph: str) -> None:
    """Refuse to make a graph among other files (`graph.folder`): they would lie between its own files."""
    folder = Path(graph).expanduser()
    if is_url(graph) or not folder.is_dir() or any((folder / name).exists() for name in _OWN):
        return
    others = sorted(
        one.name for one in folder.iterdir() if not one.name.startswith(".") and one.name not in _NOBODYS
    )
    if others:
        files = "、".join(others[:_SHOWN]) + (f" … ({len(others)})" if len(others) > _SHOWN else "")
        raise LiantuError(
            "graph.folder", graph=graph, files=files, free=typed(str(Path(graph) / "liantu-graph"))
        )
