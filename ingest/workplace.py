"""The workplace of a graph (工作目录): the folder of its kept claims, manifest, rejects, review list and judgements.

A graph in a directory is its own workplace. A graph on a server has one on each machine that ingests into it, under
the folder of the setting `workplace`, named by host, port and database.
"""

from __future__ import annotations

import re
from pathlib import Path

from graph.address import database_of, host_and_port, is_url
from graph.settings import Settings


def workplace(graph: str) -> Path:
    """The folder where liantu keeps what belongs to the graph at this address; it need not be there yet."""
    if not is_url(graph):
        return Path(graph).expanduser()
    settings = Settings.load()
    host, port = host_and_port(graph)
    name = f"{host}-{port}-{database_of(graph) or settings.neo4j_database}"
    # `:` of an IPv6 address and whatever else Windows does not take in a file name
    return Path(settings.workplace).expanduser() / re.sub(r"[^\w.-]", "_", name)
