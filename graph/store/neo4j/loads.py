"""The loads of a Neo4j graph (装载登记): who is loading what, whose turn it is to change what is visible.

A load is registered before its first claim is written, so that a killed one is known to the next writer. A writer is
dead when its process on this machine is gone, or when it has not moved for a quarter of an hour.
"""

from __future__ import annotations

import os
import platform
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Final

import neo4j

from graph.errors import LiantuError
from graph.store.neo4j.connection import Connection
from graph.store.neo4j.state import GRAPH, State

SILENCE_SECONDS: Final = 900.0
_TURN_SECONDS: Final = 3600.0  # the longest wait for others to make their loads visible
_LOCKED: Final = f"MATCH {GRAPH} SET g.lock = $writer WITH g "
_active: set[str] = set()  # the writers of this process


@dataclass(frozen=True, slots=True)
class WriterName:
    """Who writes: told apart from all others, and recognised as dead where that can be seen."""

    name: str
    machine: str
    pid: int

    @classmethod
    def fresh(cls) -> WriterName:
        """A name for one writer of this process."""
        return cls(uuid.uuid4().hex, _machine(), os.getpid())

    @property
    def text(self) -> str:
        """As it is stored."""
        return f"{self.machine}/{self.pid}/{self.name}"


@contextmanager
def writing(writer: WriterName) -> Iterator[None]:
    """Be known as alive for the time of a block."""
    _active.add(writer.text)
    try:
        yield
    finally:
        _active.discard(writer.text)


def is_dead(holder: str, silent_seconds: float) -> bool:
    """Whether the writer `holder`, last heard of so long ago, is gone."""
    machine, pid, _ = holder.rsplit("/", 2)
    if machine == _machine():
        if int(pid) == os.getpid():
            return holder not in _active
        if os.name == "posix":
            try:
                os.kill(int(pid), 0)
            except ProcessLookupError:
                return True
            except PermissionError:
                pass
    return silent_seconds > SILENCE_SECONDS


def begin(connection: Connection, writer: WriterName, source: str) -> int:
    """Register a load of a source; its number."""
    rows = connection.run(
        _LOCKED
        + "SET g.loads = g.loads + 1 CREATE (l:Load {token: g.loads, source: $source, writer: $writer, "
        "since: timestamp(), beat: timestamp()}) RETURN l.token",
        {"writer": writer.text, "source": source},
    )
    return int(rows[0][0])


@dataclass(frozen=True, slots=True)
class Turn:
    """The right to make the next version: nobody else can while it is held."""

    connection: Connection
    writer: WriterName
    state: State | None  # what is visible
    newest: int  # the highest load that was registered
    pending: frozenset[int]  # the loads, up to that one, that are registered and not visible

    def hold(self, transaction: neo4j.ManagedTransaction) -> None:
        """Make sure in a transaction that the turn is still this writer's, and that it ends before another's begins."""
        found = transaction.run(
            _LOCKED + "SET g.beat = timestamp() RETURN g.turn", {"writer": self.writer.text}
        ).single()
        if found is None or found[0] != self.writer.text:
            raise LiantuError("graph.lost")

    def end(self) -> None:
        """End the turn without a change."""
        self.connection.run(
            f"MATCH {GRAPH} WHERE g.turn = $writer REMOVE g.turn, g.lock", {"writer": self.writer.text}
        )

    def publish(self, state: State, coming: list[int], leaving: list[int]) -> None:
        """Make `state` what is visible, and end the turn; the same done twice."""

        def work(transaction: neo4j.ManagedTransaction) -> None:
            found = transaction.run(_LOCKED + "RETURN g.turn, g.state", {"writer": self.writer.text}).single(
                strict=True
            )
            if found[1] == state.text():
                return
            if found[0] != self.writer.text:
                raise LiantuError("graph.lost")
            registered = transaction.run(
                "MATCH (l:Load) WHERE l.token IN $coming SET l.lock = $writer WITH l WHERE l.cleaner IS NULL "
                "DELETE l RETURN count(*)",
                {"coming": coming, "writer": self.writer.text},
            ).single(strict=True)
            if registered[0] != len(coming):
                raise LiantuError("graph.lost")
            transaction.run(
                "UNWIND $leaving AS token MERGE (l:Load {token: token}) SET l.ended = timestamp(), l.version = $version",
                {"leaving": leaving, "version": state.version},
            ).consume()
            transaction.run(
                f"MATCH {GRAPH} SET g.state = $state REMOVE g.turn, g.lock", {"state": state.text()}
            ).consume()

        self.connection.write(work)


@contextmanager
def turn(connection: Connection, writer: WriterName) -> Iterator[Turn]:
    """Wait for the turn, undo what a dead holder left, and hold it for a block or until something is published."""
    until = time.monotonic() + _TURN_SECONDS
    while True:
        held = connection.write(lambda transaction: _take(transaction, connection, writer))
        if isinstance(held, Turn):
            break
        if time.monotonic() > until:
            raise LiantuError("graph.locked", holder=held)
        time.sleep(0.02 + uuid.uuid4().int % 80 / 1000)  # not in step with the others
    try:
        undo(held)
        yield held
    except BaseException as error:
        # Where the server is away, the next writer does it: waiting for it once is enough.
        if not (isinstance(error, LiantuError) and error.code == "graph.unreachable"):
            with suppress(Exception):
                undo(held)
                held.end()
        raise


def undo(held: Turn) -> None:
    """Put back the rows of nodes that a switch changed which was not published."""
    from graph.store.neo4j.switch import undo_rows  # noqa: PLC0415 - the two are halves of one step

    undo_rows(held)


def _take(transaction: neo4j.ManagedTransaction, connection: Connection, writer: WriterName) -> Turn | str:
    found = transaction.run(
        _LOCKED + "RETURN g.turn, timestamp() - coalesce(g.beat, 0), g.state, g.loads",
        {"writer": writer.text},
    ).single(strict=True)
    holder, silence, state, newest = found.values()
    if holder and holder != writer.text and not is_dead(holder, silence / 1000):
        return str(holder)
    transaction.run(
        f"MATCH {GRAPH} SET g.turn = $writer, g.beat = timestamp()", {"writer": writer.text}
    ).consume()
    tokens: list[list[Any]] = transaction.run("MATCH (l:Load) RETURN l.token").values()
    return Turn(
        connection, writer, State.read(state), int(newest), frozenset(int(token) for (token,) in tokens)
    )


def _machine() -> str:
    return f"{platform.node()}-{uuid.getnode():x}"
