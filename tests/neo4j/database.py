"""The databases of the Neo4j that the tests were given, and what they hold from one test to the next (测试数据库).

The Community Edition has one database, so a test has it to itself: `Database.reserved()` locks it against the other
processes of the run. Tests that only read name what they need: it is loaded again only where another test took its place.
A second server is kept for the demonstration graph, which is large and read by many: `make test-neo4j` brings both up.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import neo4j
from filelock import FileLock

VARIABLE = "LIANTU_TEST_NEO4J"


@dataclass(frozen=True)
class Database:
    """A Neo4j of this run, as `server.py` told by the environment."""

    uri: str
    user: str
    password: str
    name: str

    @classmethod
    def given(cls) -> Database | None:
        """The one that the environment names; none where the tests run without a server."""
        return cls._at(os.environ.get(VARIABLE))

    @classmethod
    def for_reading(cls) -> Database | None:
        """The one for graphs that tests only read (`hold`), where there are two; else the one there is."""
        return cls._at(os.environ.get(f"{VARIABLE}_READ") or os.environ.get(VARIABLE))

    @classmethod
    def _at(cls, uri: str | None) -> Database | None:
        if not uri:
            return None
        return cls(uri, *(os.environ[f"{VARIABLE}_{name}"] for name in ("USER", "PASSWORD", "DATABASE")))

    @property
    def settings(self) -> Mapping[str, str]:
        """The settings of liantu that lead there, as environment variables."""
        return {
            "LIANTU_NEO4J_USER": self.user,
            "LIANTU_NEO4J_PASSWORD": self.password,
            "LIANTU_NEO4J_DATABASE": self.name,
        }

    @property
    def address(self) -> str:
        """The URL with its credentials, for a store that outlives the settings of one test."""
        user, password = quote(self.user, safe=""), quote(self.password, safe="")
        return self.uri.replace("://", f"://{user}:{password}@")

    @contextmanager
    def reserved(self) -> Iterator[None]:
        """Nobody else on this machine uses it for the time of the block."""
        with FileLock(self._beside("lock")):
            yield

    def hold(self, content: str, load: Callable[[str], None]) -> None:
        """See to it that it holds `content`: empty it and `load(uri)` where it holds something else."""
        record = self._beside("holds")
        if record.exists() and record.read_text(encoding="utf-8") == content:
            return
        self.clear()
        load(self.uri)
        record.write_text(content, encoding="utf-8")

    def clear(self) -> None:
        """Take out every node and edge; constraints and indexes stay."""
        self._beside("holds").unlink(missing_ok=True)
        with (
            neo4j.GraphDatabase.driver(self.uri, auth=(self.user, self.password)) as driver,
            driver.session(database=self.name) as session,
        ):
            session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()

    def _beside(self, suffix: str) -> Path:
        name = sha256(f"{self.uri}/{self.name}".encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"liantu-neo4j-{name}.{suffix}"
