"""A graph in a Neo4j database (Neo4j 图谱); see `graph.store.protocol.Store`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from graph.errors import LiantuError
from graph.settings import Settings
from graph.store.neo4j.connection import Connection
from graph.store.neo4j.state import STATE, State, state_of
from graph.store.neo4j.view import Neo4jView

if TYPE_CHECKING:
    from graph.store.neo4j.asynchronous import AsyncNeo4jStore
    from graph.store.neo4j.writer import Neo4jWriter


class Neo4jStore:
    """The graph in the database that `address` and the settings name; it is reached when this is made."""

    def __init__(self, address: str, settings: Settings | None = None) -> None:
        self._connection = Connection(address, settings)

    def exists(self) -> bool:
        """Whether there is a graph to read."""
        return self._state() is not None

    @contextmanager
    def view(self) -> Iterator[Neo4jView]:
        """Read the newest version; it stays the same until the block ends."""
        state = self._state()
        if state is None:
            raise LiantuError("graph.missing", graph=self._connection.target.shown)
        yield Neo4jView(self._connection, state)

    @contextmanager
    def write(self) -> Iterator[Neo4jWriter]:
        """Collect changes by source; they become visible together when the block ends without an exception.

        Any number of loaders may do so at once. Where two replace the same source, the one that ends last counts.
        """
        # Readers start without what only writers need.
        from graph.store.neo4j.clear import clear_quietly  # noqa: PLC0415
        from graph.store.neo4j.loads import WriterName, writing  # noqa: PLC0415
        from graph.store.neo4j.schema import ensure  # noqa: PLC0415
        from graph.store.neo4j.writer import Neo4jWriter  # noqa: PLC0415

        ensure(self._connection)
        state = self._state()
        name = WriterName.fresh()
        with writing(name):
            writer = Neo4jWriter(self._connection, name, state)
            try:
                yield writer
                writer.publish()
            except BaseException as error:
                # Where nobody answers, the next writer clears what is left: waiting for it once is enough.
                if not (isinstance(error, LiantuError) and error.code == "graph.unreachable"):
                    writer.discard()
                raise
            # Last, so that nobody waits for it: what killed loaders left, what was replaced some time ago.
            clear_quietly(self._connection, name)

    def asynchronous(self, settings: Settings) -> AsyncNeo4jStore:
        """The same graph for an event loop, on at most `api_threads` connections at a time."""
        # Commands that answer once start without what only a server needs.
        from graph.store.neo4j.asynchronous import AsyncNeo4jStore  # noqa: PLC0415

        return AsyncNeo4jStore(self._connection.target, settings)

    def close(self) -> None:
        """Let go of the driver."""
        self._connection.close()

    def _state(self) -> State | None:
        graph = self._connection.target.shown
        return self._connection.read(
            lambda reading: state_of(reading.run(STATE).single(), graph), name="state"
        )
