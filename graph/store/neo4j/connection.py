"""The way to one database of a Neo4j server (连接): one driver a process, managed transactions, errors in plain words.

Reading and writing go through functions that the driver may run again when a server is away for a moment, a leader
changes or a deadlock is broken: what they do must be the same done twice.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final, TypeVar
from urllib.parse import unquote, urlsplit

import neo4j
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from graph.address import host_and_port, shown
from graph.errors import LiantuError
from graph.settings import Settings

SCHEMES: Final = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
_OLDEST: Final = 5
_WRITE_SECONDS: Final = 600.0  # a bounded transaction is done long before
_CONNECT_SECONDS: Final = 10.0
_RETRY_SECONDS: Final = 60.0  # a server that restarts is back by then
_TIMED_OUT: Final = "TransactionTimedOut"

_Result = TypeVar("_Result")
Work = Callable[[neo4j.ManagedTransaction], _Result]
_Key = tuple[str, str, str]

_drivers: dict[_Key, tuple[neo4j.Driver, int]] = {}
_lock = threading.Lock()


class Connection:
    """One database; checked when it is made: `graph.unreachable`, `.credentials`, `.database`, `.version`."""

    def __init__(self, address: str, settings: Settings | None = None) -> None:
        settings = settings or Settings.load()
        self.shown = shown(address)
        self.database = settings.neo4j_database
        self.query_seconds = settings.query_seconds
        self.grace_seconds = settings.neo4j_grace
        parts = urlsplit(address)
        if parts.scheme not in SCHEMES or parts.path not in ("", "/") or parts.fragment:
            raise LiantuError("graph.unsupported", graph=self.shown)
        host, port = host_and_port(address)
        where = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        uri = f"{parts.scheme}://{where}" + (f"?{parts.query}" if parts.query else "")
        user = unquote(parts.username) if parts.username else settings.neo4j_user
        password = unquote(parts.password) if parts.password else settings.neo4j_password
        self._key = (uri, user, password)
        self._bookmarks = neo4j.GraphDatabase.bookmark_manager()
        self._open = True
        with self._explained("…"):
            self._driver = _borrowed(self._key)
            try:
                self._check()
            except BaseException:
                self.close()
                raise

    def read(self, work: Work[_Result], *, name: str = "…", seconds: float | None = None) -> _Result:
        """Run reading `work` in one transaction; `graph.busy` (saying `name`) over the limit of `seconds`."""
        limit = self.query_seconds if seconds is None else seconds
        with self._explained(name, limit), self._session(neo4j.READ_ACCESS) as session:
            return session.execute_read(neo4j.unit_of_work(timeout=limit or None)(work))

    def write(self, work: Work[_Result]) -> _Result:
        """Run writing `work` in one transaction, again where it met a deadlock or the server went away."""
        with self._explained("…", _WRITE_SECONDS), self._session(neo4j.WRITE_ACCESS) as session:
            return session.execute_write(neo4j.unit_of_work(timeout=_WRITE_SECONDS)(work))

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
            driver, users = _drivers.pop(self._key)
            if users > 1:
                _drivers[self._key] = (driver, users - 1)
                return
        driver.close()

    @contextmanager
    def _session(self, access: str) -> Iterator[neo4j.Session]:
        with self._driver.session(
            database=self.database, default_access_mode=access, bookmark_manager=self._bookmarks
        ) as session:
            yield session

    def _check(self) -> None:
        with self._session(neo4j.READ_ACCESS) as session:
            agent = session.run("RETURN 1").consume().server.agent
        version = re.search(r"/v?(\d+)", agent)
        if version and int(version[1]) < _OLDEST:
            raise LiantuError("graph.version", graph=self.shown, version=agent, oldest=_OLDEST)

    @contextmanager
    def _explained(self, name: str, seconds: float | None = None) -> Iterator[None]:
        """Errors of the driver as errors that a person can act on; none of them holds credentials."""
        try:
            yield
        except (ServiceUnavailable, SessionExpired) as error:
            raise LiantuError("graph.unreachable", graph=self.shown, reason=_reason(error)) from None
        except AuthError:
            raise LiantuError("graph.credentials", graph=self.shown) from None
        except ConfigurationError as error:
            raise LiantuError("graph.unreachable", graph=self.shown, reason=_reason(error)) from None
        except Neo4jError as error:
            code = error.code or ""
            if "DatabaseNotFound" in code:
                raise LiantuError("graph.database", graph=self.shown, database=self.database) from None
            if ".Security." in code or "ReadOnly" in code:
                raise LiantuError("graph.credentials", graph=self.shown) from None
            if _TIMED_OUT in code:
                raise LiantuError("graph.busy", query=name, seconds=f"{seconds or 0:g}") from None
            if isinstance(error, ClientError) or not error.is_retryable():
                raise
            raise LiantuError("graph.unreachable", graph=self.shown, reason=_reason(error)) from None
        except DriverError as error:
            if error.is_retryable():
                raise LiantuError("graph.unreachable", graph=self.shown, reason=_reason(error)) from None
            raise


def _reason(error: Exception) -> str:
    code = getattr(error, "code", None)
    return str(code or str(error) or type(error).__name__).partition("\n")[0][:200]


def _borrowed(key: _Key) -> neo4j.Driver:
    uri, user, password = key
    with _lock:
        driver, users = _drivers.get(key, (None, 0))
        if driver is None:
            driver = neo4j.GraphDatabase.driver(
                uri,
                auth=(user, password),
                connection_timeout=_CONNECT_SECONDS,
                connection_acquisition_timeout=_RETRY_SECONDS,
                max_transaction_retry_time=_RETRY_SECONDS,
                notifications_min_severity="OFF",
                user_agent="liantu",
            )
        _drivers[key] = (driver, users + 1)
        return driver
