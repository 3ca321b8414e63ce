"""A py2neo graph for notebooks that are written with py2neo (供已有笔记本使用): reading only.

py2neo is at the end of its life; it comes with `pip install liantu[py2neo]` and nothing else depends on it. New work is
better served by the official driver `neo4j`, see docs/researchers.md.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

import py2neo

from graph.address import database_of, host_and_port, is_url, shown
from graph.errors import LiantuError
from graph.settings import Settings
from graph.store.neo4j.target import SCHEMES


class ReadingGraph(py2neo.Graph):  # type: ignore[misc] # py2neo publishes no types
    """A `py2neo.Graph` whose every transaction is a reading one: the server refuses whatever would write."""

    def auto(self, readonly: bool = True, *given: Any, **named: Any) -> Any:  # noqa: ARG002
        """A transaction for one statement."""
        return super().auto(True, *given, **named)

    def begin(self, readonly: bool = True, *given: Any, **named: Any) -> Any:  # noqa: ARG002
        """A transaction for several statements."""
        return super().begin(True, *given, **named)


def py2neo_graph(address: str | None = None) -> ReadingGraph:
    """The graph at `address` (the setting `graph` where none is given) for py2neo, to read.

    User, password and database come from the address or the settings, as for everything else. `graph.unsupported`
    for an address that is not one of Neo4j; `graph.unreachable`, `graph.credentials`, `graph.database` where it does
    not answer.
    """
    settings = Settings.load(graph=address)
    parts = urlsplit(settings.graph) if is_url(settings.graph) else None
    if parts is None or parts.scheme not in SCHEMES:
        raise LiantuError("graph.unsupported", graph=shown(settings.graph))
    from graph.store import open_store  # noqa: PLC0415 - one way to find out what is wrong with an address

    store = open_store(
        settings.graph
    )  # py2neo's own words for wrong credentials say only that the connection closed
    try:
        store.exists()
    finally:
        store.close()
    host, port = host_and_port(settings.graph)
    user = unquote(parts.username) if parts.username else settings.neo4j_user
    password = unquote(parts.password) if parts.password else settings.neo4j_password
    where = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    database = database_of(settings.graph) or settings.neo4j_database
    return ReadingGraph(f"{parts.scheme}://{where}", auth=(user, password), name=database)
