"""The lanes of a writer (写入通道): transactions side by side, each done once however often it is tried.

A lane is a node that says how many of its transactions were done. Each of them begins by locking it: a second attempt,
after a connection was cut between the work and its answer, waits for the first, finds that it was done, and ends.
Transactions of two lanes have no node in common that both change, so the server works on them at the same time.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import neo4j

from graph.errors import LiantuError
from graph.store.neo4j.connection import Connection
from graph.store.neo4j.loads import WriterName

AT_ONCE: Final = 2
Steps = Callable[[neo4j.ManagedTransaction], object]

# The lane first: who clears a load says so on it, and then waits for the lanes of its writer.
_BEGUN: Final = (
    "MATCH (a:Lane {id: $lane}) SET a.beat = timestamp() WITH a, a.done AS done "
    "MATCH (l:Load {token: $load}) WHERE l.cleaner IS NULL SET a.done = $number RETURN done"
)


class Lane:
    """One after the other, transactions that are each done once."""

    def __init__(self, connection: Connection, writer: WriterName, number: int) -> None:
        self._connection = connection
        self._id = f"{writer.text}/{number}"
        self._done = 0
        connection.run(
            "MERGE (a:Lane {id: $lane}) ON CREATE SET a.writer = $writer, a.done = 0, a.beat = timestamp()",
            {"lane": self._id, "writer": writer.text},
        )

    def once(self, load: int, steps: Steps) -> None:
        """Run the steps of a load in a transaction, unless an earlier attempt has done so; `graph.lost`."""
        number = self._done + 1

        def work(transaction: neo4j.ManagedTransaction) -> None:
            begun = transaction.run(_BEGUN, {"lane": self._id, "load": load, "number": number}).single()
            if begun is None:
                raise LiantuError("graph.lost")
            if begun[0] < number:
                steps(transaction)

        self._connection.write(work)
        self._done = number


class Lanes:
    """The lanes of one writer, made when they are needed."""

    def __init__(self, connection: Connection, writer: WriterName) -> None:
        self._connection = connection
        self._writer = writer
        self._idle: list[Lane] = []
        self._made = 0
        self._lock = threading.Lock()

    @contextmanager
    def lane(self) -> Iterator[Lane]:
        """A lane that nobody else uses for the time of a block."""
        with self._lock:
            lane = self._idle.pop() if self._idle else None
            self._made += lane is None
            number = self._made
        lane = lane or Lane(self._connection, self._writer, number)
        yield lane
        # One whose transaction failed may have been done after all, and is not used again.
        with self._lock:
            self._idle.append(lane)

    def close(self) -> None:
        """Take them out of the database; no transaction is running any more."""
        if self._made:
            forget(self._connection, self._writer.text)


def forget(connection: Connection, writer: str) -> None:
    """Take out the lanes of a writer that has ended."""
    connection.run("MATCH (a:Lane {writer: $writer}) DELETE a", {"writer": writer})


def wait_for(connection: Connection, writer: str, cleaner: str) -> None:
    """Wait until no transaction runs in the lanes of a writer."""
    connection.run(
        "MATCH (a:Lane {writer: $writer}) SET a.lock = $cleaner", {"writer": writer, "cleaner": cleaner}
    )
