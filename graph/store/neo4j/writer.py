"""The writer of the Neo4j engine (写入): stages what a batch changes; see `graph.store.protocol.Writer`."""

from __future__ import annotations

from contextlib import suppress

import pyarrow as pa
from neo4j.exceptions import Neo4jError

from graph.errors import LiantuError
from graph.store.change import Change
from graph.store.neo4j.clear import clear_own
from graph.store.neo4j.connection import Connection
from graph.store.neo4j.lanes import Lanes
from graph.store.neo4j.loads import WriterName, begin, turn
from graph.store.neo4j.staging import Staging
from graph.store.neo4j.state import NOTHING, State
from graph.store.neo4j.switch import Staged, switch
from graph.store.neo4j.view import Neo4jView
from graph.store.protocol import Source


class Neo4jWriter:
    """The changes of one batch by source; the last word on a source counts."""

    def __init__(self, connection: Connection, name: WriterName, state: State | None) -> None:
        self._connection = connection
        self._name = name
        self._lanes = Lanes(connection, name)
        # A batch may take longer than a query: no time limit.
        self._before = Neo4jView(connection, state or NOTHING, seconds=0.0)
        self._changes: dict[str, Staged | None] = {}
        self._loads: list[int] = []

    def replace(self, source: Source, nodes: pa.Table, edges: pa.Table) -> None:
        """Put the claims of a source in place of those that it had; both tables of schema `CLAIMS`."""
        change = Change.checked(source, nodes, edges)
        self.retract(source.id)
        load = begin(self._connection, self._name, source.id)
        self._loads.append(load)
        self._changes[source.id] = Staged(load, Staging(self._connection, self._lanes, load).write(change))

    def retract(self, source: str) -> None:
        """Take the claims of a source out, and the nodes that nothing else states; unknown sources are none."""
        staged = self._changes.get(source)
        if staged is not None:
            clear_own(self._connection, self._name, staged.load)
            self._loads.remove(staged.load)
        self._changes[source] = None

    def statements(self) -> pa.Table:
        """All STATES claims of the graph before this change, ordered by id."""
        return self._before.edges("STATES")

    def sources(self) -> pa.Table:
        """The sources before this change, as `View.sources`."""
        return self._before.sources()

    def publish(self) -> None:
        """Make the changes visible, all at once."""
        with turn(self._connection, self._name) as held:
            if not switch(held, self._changes):
                held.end()
        with suppress(LiantuError, Neo4jError):  # or the next writer does it
            self._lanes.close()

    def discard(self) -> None:
        """Remove what was staged and not published; where the server is away the next writer does it."""
        with suppress(LiantuError, Neo4jError):
            for load in self._loads:
                clear_own(self._connection, self._name, load)
            self._lanes.close()
