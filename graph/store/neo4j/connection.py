"""The way to one database of a Neo4j server (连接): one driver a process, managed transactions, errors in plain words.

Reading and writing go through functions that the driver may run again when a server is away for a moment, a leader
changes or a deadlock is broken: what they do must be the same done twice.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final, TypeVar

import neo4j
from neo4j.exceptions import IncompleteCommit

from graph.settings import Settings
from graph.store.neo4j.target import RETRY_SECONDS, Target

_WRITE_SECONDS: Final = 600.0  # a bounded transaction is done long before
_AGAIN_SECONDS: Final = 0.2

_Result = TypeVar("_Result")
Work = Callable[[neo4j.ManagedTransaction], _Result]

_drivers: dict[tuple[str, str, str], tuple[neo4j.Driver, int]] = {}
_lock = threading.Lock()


class Connection:
    """One database; checked when it is made: `graph.unreachable`, `.credentials`, `.database`, `.version`."""

    def __init__(self, address: str, settings: Settings | None = None) -> None:
        settings = settings or Settings.load()
        self.target = Target.of(address, settings)
        self.query_seconds = settings.query_seconds
        self.grace_seconds = settings.neo4j_grace
        self._bookmarks = neo4j.GraphDatabase.bookmark_manager()
        self._open = True
        with self.target.explained("…"):
            self._driver = _borrowed(self.target)
            try:
                self._check()
            except BaseException:
                self.close()
                raise

    def read(self, work: Work[_Result], *, name: str = "…", seconds: float | None = None) -> _Result:
        """Run reading `work` in one transaction; `graph.busy` (saying `name`) over the limit of `seconds`."""
        limit = self.query_seconds if seconds is None else seconds
        with self.target.explained(name, limit):
            try:
                return self._read_once(work, limit)
            except IncompleteCommit:  # the line was cut when all had been read
                return self._read_once(work, limit)

    def _read_once(self, work: Work[_Result], limit: float) -> _Result:
        with self._session(neo4j.READ_ACCESS) as session:
            return session.execute_read(neo4j.unit_of_work(timeout=limit or None)(work))

    def write(self, work: Work[_Result]) -> _Result:
        """Run writing `work` in one transaction, again where it met a deadlock or the server went away."""
        until = time.monotonic() + RETRY_SECONDS
        with self.target.explained("…", _WRITE_SECONDS):
            while True:
                try:
                    with self._session(neo4j.WRITE_ACCESS) as session:
                        return session.execute_write(neo4j.unit_of_work(timeout=_WRITE_SECONDS)(work))
                except IncompleteCommit:
                    # The line was cut before the answer. The driver cannot know that what we write is the same done
                    # twice, so that it does not matter whether it was committed.
                    if time.monotonic() > until:
                        raise
                    time.sleep(_AGAIN_SECONDS)

    def run(self, statement: str, parameters: Mapping[str, object] | None = None) -> list[list[Any]]:
        """Write one statement that is the same done twice; its rows."""

        def work(transaction: neo4j.ManagedTransaction) -> list[list[Any]]:
            return transaction.run(statement, dict(parameters or {})).values()

        return self.write(work)

    def rows(self, statement: str, parameters: Mapping[str, object] | None = None) -> list[list[Any]]:
        """Read one statement for a batch, where the limit of queries does not count; its rows."""

        def work(transaction: neo4j.ManagedTransaction) -> list[list[Any]]:
            return transaction.run(statement, dict(parameters or {})).values()

        return self.read(work, seconds=_WRITE_SECONDS)

    def close(self) -> None:
        """Let go of the driver; the last one to do so closes it."""
        if not self._open:
            return
        self._open = False
        with _lock:
            driver, users = _drivers.pop(self.target.server)
            if users > 1:
                _drivers[self.target.server] = (driver, users - 1)
                return
        driver.close()

    @contextmanager
    def _session(self, access: str) -> Iterator[neo4j.Session]:
        with self._driver.session(
            database=self.target.database, default_access_mode=access, bookmark_manager=self._bookmarks
        ) as session:
            yield session

    def _check(self) -> None:
        with self._session(neo4j.READ_ACCESS) as session:
            agent = session.run("RETURN 1").consume().server.agent
        self.target.check_version(agent)


def _borrowed(target: Target) -> neo4j.Driver:
    with _lock:
        driver, users = _drivers.get(target.server, (None, 0))
        if driver is None:
            driver = neo4j.GraphDatabase.driver(target.uri, **target.options())
        _drivers[target.server] = (driver, users + 1)
        return driver
