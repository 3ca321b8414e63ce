"""Which database of which server (目标数据库), how both drivers reach it, and what they say in plain words.

No message holds credentials; the address in it is the one without them.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    ConstraintError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from graph.address import database_of, host_and_port, shown
from graph.errors import LiantuError
from graph.settings import Settings

# What the driver would say on stderr by itself is said once, in plain words, by the error that it ends in.
logging.getLogger("neo4j").addHandler(logging.NullHandler())

SCHEMES: Final = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
RETRY_SECONDS: Final = 60.0  # a server that restarts is back by then
_OLDEST: Final = 5
_CONNECT_SECONDS: Final = 10.0
_TIMED_OUT: Final = "TransactionTimedOut"


@dataclass(frozen=True, slots=True)
class Target:
    """A database of a server and who asks it."""

    shown: str
    uri: str
    user: str
    password: str = field(repr=False)
    database: str

    @classmethod
    def of(cls, address: str, settings: Settings) -> Target:
        """What an address and the settings name; `graph.unsupported` where the address is not one of Neo4j."""
        parts = urlsplit(address)
        if parts.scheme not in SCHEMES or parts.fragment:
            raise LiantuError("graph.unsupported", graph=shown(address))
        host, port = host_and_port(address)
        where = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        return cls(
            shown=shown(address),
            uri=f"{parts.scheme}://{where}" + (f"?{parts.query}" if parts.query else ""),
            user=unquote(parts.username) if parts.username else settings.neo4j_user,
            password=unquote(parts.password) if parts.password else settings.neo4j_password,
            database=database_of(address) or settings.neo4j_database,
        )

    @property
    def server(self) -> tuple[str, str, str]:
        """What one driver is for, whatever the database."""
        return self.uri, self.user, self.password

    def options(self, retry_seconds: float = RETRY_SECONDS) -> dict[str, Any]:
        """How a driver of either sort is made."""
        return {
            "auth": (self.user, self.password),
            "connection_timeout": _CONNECT_SECONDS,
            "connection_acquisition_timeout": RETRY_SECONDS,
            "max_transaction_retry_time": retry_seconds,
            "notifications_min_severity": "OFF",
            "user_agent": "liantu",
        }

    def check_version(self, agent: str) -> None:
        """`graph.version` where the server, by what it says of itself, is too old."""
        version = re.search(r"/v?(\d+)", agent)
        if version and int(version[1]) < _OLDEST:
            raise LiantuError("graph.version", graph=self.shown, version=agent, oldest=_OLDEST)

    @contextmanager
    def explained(self, name: str, seconds: float | None = None) -> Iterator[None]:
        """Errors of a driver as errors that a person can act on; `name` is what was asked, with its limit."""
        try:
            yield
        except (ServiceUnavailable, SessionExpired, ConfigurationError) as error:
            raise self._unreachable(error) from None
        except AuthError:
            raise LiantuError("graph.credentials", graph=self.shown) from None
        except Neo4jError as error:
            code = error.code or ""
            if "DatabaseNotFound" in code:
                raise LiantuError("graph.database", graph=self.shown, database=self.database) from None
            if ".Security." in code or "ReadOnly" in code:
                raise LiantuError("graph.credentials", graph=self.shown) from None
            if _TIMED_OUT in code:
                raise LiantuError("graph.busy", query=name, seconds=f"{seconds or 0:g}") from None
            if isinstance(error, ConstraintError):
                reason = (error.message or code).partition("\n")[0][:200]
                raise LiantuError("graph.constraint", graph=self.shown, reason=reason) from None
            if isinstance(error, ClientError) or not error.is_retryable():
                raise
            raise self._unreachable(error) from None
        except DriverError as error:
            if error.is_retryable():
                raise self._unreachable(error) from None
            raise

    def _unreachable(self, error: Exception) -> LiantuError:
        code, cause = getattr(error, "code", None), _first_cause(error)
        reason = " ".join(str(code or str(cause) or type(cause).__name__).split())[:200]
        return LiantuError("graph.unreachable", graph=self.shown, reason=reason)


def _first_cause(error: BaseException) -> BaseException:
    """What an error of a driver came from in the end: a refused connection, a certificate that is not trusted."""
    while True:
        if isinstance(error, BaseExceptionGroup):  # one for each member of a cluster that was tried
            error = error.exceptions[0]
        elif error.__cause__ is not None:
            error = error.__cause__
        else:
            return error
