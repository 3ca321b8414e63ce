"""Real databases for the tests (测试用数据库): MariaDB and PostgreSQL, each with a temporary home and on a free port.

    python tests/databases/server.py install     put both on the machine by apt, where it is there and they are not

In Python: `with running("mariadb") as server:`, then `server.url("owner")`, `server.execute(…)`; `server.kill()` is a
power cut. `missing("mariadb")` says which programs are not on the machine; the tests that need them are skipped.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

import sqlalchemy as sa

from tests.machine import free_port, install

Kind = Literal["mariadb", "postgresql"]
KINDS: Final[tuple[Kind, ...]] = ("mariadb", "postgresql")
START_SECONDS: Final = 60.0
NAME: Final = "school"
OWNER, READER = "owner", "reader"
_DRIVERS: Final = {"mariadb": "mysql+pymysql", "postgresql": "postgresql+pg8000"}
_PROGRAMS: Final = {"mariadb": ("mariadbd", "mariadb-install-db"), "postgresql": ("postgres", "initdb")}
_ACCOUNTS: Final = {"mariadb": "mysql", "postgresql": "postgres"}  # neither server runs as root
_PACKAGES: Final = {"mariadb": "mariadb-server", "postgresql": "postgresql"}


def missing(kind: Kind) -> str:
    """Why the server cannot be run here; nothing if it can."""
    lacking = [name for name in _PROGRAMS[kind] if _program(name) is None]
    return (
        f"{kind}: {', '.join(lacking)} not installed (apt-get install {_PACKAGES[kind]})" if lacking else ""
    )


def _program(name: str) -> str | None:
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    places = [*map(str, versions), os.environ.get("PATH", ""), "/usr/sbin"]
    return shutil.which(name, path=os.pathsep.join(places))


@dataclass
class Server:
    """One server of the tests: an owner who may do all in the database `school`, a reader who may only select."""

    kind: Kind
    home: Path
    port: int = 0
    password: str = field(default_factory=lambda: secrets.token_hex(12))
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def url(self, user: str = READER, *, password: str | None = None, driver: str | None = None) -> str:
        """Where it listens, as SQLAlchemy says it."""
        said = self.password if password is None else password
        return f"{driver or _DRIVERS[self.kind]}://{user}:{said}@127.0.0.1:{self.port}/{NAME}"

    def execute(self, *statements: str, user: str = OWNER) -> list[tuple[object, ...]]:
        """Run statements one after the other, each for good; the rows of the last."""
        engine = sa.create_engine(self.url(user), isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                for statement in statements:
                    done = connection.exec_driver_sql(statement)
                return [tuple(row) for row in done.fetchall()] if done.returns_rows else []
        finally:
            engine.dispose()

    def make(self) -> None:
        """Lay down an empty database with its two users."""
        if os.getuid() == 0:
            import pwd  # noqa: PLC0415 - not on Windows

            account = pwd.getpwnam(_ACCOUNTS[self.kind])
            os.chown(self.home, account.pw_uid, account.pw_gid)
        if self.kind == "mariadb":
            self._run(
                "mariadb-install-db",
                "--no-defaults",
                f"--datadir={self._data}",
                "--skip-test-db",
                "--auth-root-authentication-method=normal",
                "--skip-name-resolve",
                "--cross-bootstrap",
            )
            begin = [
                f"CREATE DATABASE {NAME} CHARACTER SET utf8mb4;",
                f"CREATE USER '{OWNER}'@'127.0.0.1' IDENTIFIED BY '{self.password}';",
                f"CREATE USER '{READER}'@'127.0.0.1' IDENTIFIED BY '{self.password}';",
                f"GRANT ALL ON {NAME}.* TO '{OWNER}'@'127.0.0.1';",
                f"GRANT SELECT ON {NAME}.* TO '{READER}'@'127.0.0.1';",
            ]
            (self.home / "begin.sql").write_text("\n".join(begin), encoding="utf-8")
        else:
            secret = self.home / "password"
            secret.write_text(self.password, encoding="utf-8")
            self._run(
                "initdb",
                "-D",
                str(self._data),
                "-U",
                OWNER,
                "-E",
                "UTF8",
                "--locale=C",
                "-A",
                "scram-sha-256",
                f"--pwfile={secret}",
                "--no-sync",
            )
        self.start()
        if self.kind == "postgresql":
            admin = sa.create_engine(
                self.url(OWNER).rpartition("/")[0] + "/postgres", isolation_level="AUTOCOMMIT"
            )
            with admin.connect() as connection:
                connection.exec_driver_sql(f"CREATE DATABASE {NAME}")
            admin.dispose()
            self.execute(
                f"CREATE USER {READER} PASSWORD '{self.password}'",
                f"ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO {READER}",
            )

    @property
    def _data(self) -> Path:
        return self.home / "data"

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [_program(program) or program, *arguments],
            capture_output=True,
            check=False,
            cwd=self.home,
            **self._account,
        )
        if done.returncode:
            raise RuntimeError(
                f"{program} failed:\n{(done.stdout + done.stderr)[-2000:].decode(errors='replace')}"
            )

    @property
    def _account(self) -> dict[str, str]:
        return {"user": _ACCOUNTS[self.kind], "group": _ACCOUNTS[self.kind]} if os.getuid() == 0 else {}

    def start(self) -> None:
        """Start it on a free port and wait until it answers."""
        self.port = free_port()
        if self.kind == "mariadb":
            command = [
                "mariadbd",
                "--no-defaults",
                f"--datadir={self._data}",
                "--bind-address=127.0.0.1",
                f"--port={self.port}",
                f"--socket={self.home / 'socket'}",
                "--skip-log-bin",
                f"--pid-file={self.home / 'pid'}",
                "--innodb-flush-log-at-trx-commit=0",
                "--innodb-buffer-pool-size=64M",
                "--innodb-log-file-size=8M",
                "--skip-name-resolve",
                f"--init-file={self.home / 'begin.sql'}",
                "--log-bin-trust-function-creators=1",
            ]
        else:
            command = [
                "postgres",
                "-D",
                str(self._data),
                "-p",
                str(self.port),
                "-k",
                str(self.home),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "fsync=off",
            ]
        log = (self.home / "server.log").open("ab")
        with log:
            self._process = subprocess.Popen(
                [_program(command[0]) or command[0], *command[1:]],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                cwd=self.home,
                start_new_session=True,
                **self._account,
            )
        self._wait()
        (self.home / "begin.sql").write_text("", encoding="utf-8")  # what it says is done once

    def _wait(self) -> None:
        asked = (
            self.url(OWNER) if self.kind == "mariadb" else self.url(OWNER).rpartition("/")[0] + "/postgres"
        )
        engine = sa.create_engine(asked, poolclass=sa.pool.NullPool)
        until = time.monotonic() + START_SECONDS
        while True:
            try:
                with engine.connect():
                    return
            except (sa.exc.SQLAlchemyError, OSError):
                ended = self._process is None or self._process.poll() is not None
                if ended or time.monotonic() > until:
                    said = (self.home / "server.log").read_text(encoding="utf-8", errors="replace")
                    self.kill()
                    raise RuntimeError(f"{self.kind} did not start:\n{said[-2000:]}") from None
            time.sleep(0.05)

    def kill(self) -> None:
        """End it as a power cut does, with all the processes that it made."""
        if self._process is not None:
            os.killpg(self._process.pid, 9)
            self._process.wait(START_SECONDS)
        self._process = None


@contextmanager
def running(kind: Kind) -> Iterator[Server]:
    """A server for the time of a block; nothing is left of it."""
    with tempfile.TemporaryDirectory(prefix=f"liantu-{kind}-", ignore_cleanup_errors=True) as home:
        server = Server(kind, Path(home))
        try:
            server.make()
            yield server
        finally:
            server.kill()


def install_all() -> None:
    """Put the servers on the machine where apt can without asking; what cannot be had is said, its tests are skipped."""
    for kind in KINDS:
        if missing(kind):
            install([_PACKAGES[kind]])
        print(missing(kind) or f"{kind}: there")


if __name__ == "__main__":
    if sys.argv[1:] != ["install"]:
        sys.exit(__doc__)
    install_all()
