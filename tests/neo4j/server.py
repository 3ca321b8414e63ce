"""A real Neo4j for the tests (测试用 Neo4j): from Maven Central, with a temporary home, on a free port.

    python tests/neo4j/server.py start [--name NAME]   bring a server up, say where it is, leave it running
    python tests/neo4j/server.py stop [--name NAME]    take it down and delete its home
    python tests/neo4j/server.py run COMMAND …         two up, the command with LIANTU_TEST_NEO4J… set, down
    python tests/neo4j/server.py fetch                 only put the jars into the cache

In Python: `with running_server() as server:`, then `server.uri`, `.user`, `.password`, `.database`; `server.kill()` is a
power cut, `server.restart()` brings it back on the same home and port, `bulk_import(home, …)` runs Neo4j's own importer.

The jars (about 120 MB) are fetched once into a cache outside the repository, `~/.cache/liantu-test` or
`LIANTU_TEST_CACHE`, and checked at every start. Needs a JDK 17 or newer and, to fetch, Maven; on Debian and Ubuntu both
are installed where they are missing.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from filelock import FileLock

from tests.machine import free_port, install

HERE = Path(__file__).resolve().parent
JAVA = 17
START_SECONDS = 120.0
STOP_SECONDS = 60.0
FETCH_SECONDS = 900.0
# The doors into the JDK that Neo4j needs.
OPENS = ("java.base/java.nio", "java.base/java.lang", "java.base/sun.nio.ch", "java.base/java.io")
JVM = (*(f"--add-opens={door}=ALL-UNNAMED" for door in OPENS), "-XX:+UseSerialGC", "-Dfile.encoding=UTF-8")
# Tests run nothing often: to compile it well takes longer than to run it (nearly half of the processor time of a server).
BRIEF = "-XX:TieredStopAtLevel=1"


class ServerError(RuntimeError):
    """The server of the tests could not be fetched or started; the message says what to do."""


# --- What is needed on the machine ------------------------------------------------------------------------------------


def cache() -> Path:
    """Where the jars and the records of running servers lie, outside the repository."""
    return Path(os.environ.get("LIANTU_TEST_CACHE") or Path.home() / ".cache" / "liantu-test").expanduser()


def neo4j_version() -> str:
    """The version that pom.xml names."""
    found = re.search(r"<neo4j\.version>([^<]+)<", (HERE / "pom.xml").read_text(encoding="utf-8"))
    if found is None:
        raise ServerError("tests/neo4j/pom.xml names no neo4j.version")
    return found.group(1)


def _java_version(program: str) -> int:
    """The feature release of a java or javac, 0 where it does not run."""
    try:
        said = subprocess.run([program, "-version"], capture_output=True, text=True, check=False, timeout=60)
    except OSError:
        return 0
    found = re.search(r"(\d+)(?:\.\d+)*", said.stdout + said.stderr)
    return int(found.group(1)) if found and said.returncode == 0 else 0


def _program(name: str) -> str:
    """A program of the JDK: that of JAVA_HOME, else of the PATH."""
    home = os.environ.get("JAVA_HOME")
    inside = Path(home) / "bin" / name if home else None
    return str(inside) if inside and shutil.which(str(inside)) else name


def _install(missing: str, packages: Sequence[str]) -> None:
    """Install by apt where that can be done without asking; otherwise say what is missing."""
    wanted = f"the tests on Neo4j need {missing}: install it (Debian, Ubuntu: apt-get install {' '.join(packages)})"
    print(f"server.py: {missing} is missing: apt-get install {' '.join(packages)}", file=sys.stderr)
    if not install(packages):
        raise ServerError(wanted)


def _need_java() -> None:
    if min(_java_version(_program("java")), _java_version(_program("javac"))) < JAVA:
        _install(f"a JDK {JAVA} or newer", [f"openjdk-{JAVA}-jdk-headless"])
        if min(_java_version(_program("java")), _java_version(_program("javac"))) < JAVA:
            raise ServerError(
                f"the tests on Neo4j need a JDK {JAVA} or newer; JAVA_HOME or PATH leads to another"
            )


# --- The jars -------------------------------------------------------------------------------------------------------


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def intact(folder: Path) -> bool:
    """Whether the cache holds what was fetched and compiled for these very sources, byte for byte."""
    try:
        expected = json.loads((folder / "contents.json").read_text(encoding="utf-8"))
        return bool(expected) and all(_sha256(folder / name) == digest for name, digest in expected.items())
    except (OSError, ValueError):
        return False


def seal(folder: Path) -> None:
    """Write down what the cache holds, for `intact`."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    contents = {file.relative_to(folder).as_posix(): _sha256(file) for file in files}
    (folder / "contents.json").write_text(json.dumps(contents, indent=1), encoding="utf-8")


def libraries() -> Path:
    """The cache's folder with `lib/*.jar` and `classes/`, fetched and compiled where that has not been done yet."""
    _need_java()
    sources = [HERE / "pom.xml", HERE / "Server.java", HERE / "Import.java"]
    mark = hashlib.sha256(b"\0".join(source.read_bytes() for source in sources)).hexdigest()[:12]
    folder = cache() / f"neo4j-{neo4j_version()}-{mark}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.parent / f"{folder.name}.lock"):
        if not intact(folder):
            _fetch(folder)
    return folder


def _fetch(folder: Path) -> None:
    """Fill the cache: Maven checks every jar against its checksum; the folder appears when it is whole."""
    if shutil.which("mvn") is None:
        _install("Maven", ["maven"])
    print(f"server.py: fetching Neo4j {neo4j_version()} into {folder.parent}", file=sys.stderr)
    with tempfile.TemporaryDirectory(dir=folder.parent) as made:
        new = Path(made) / folder.name
        # Checks are strict: a jar whose checksum differs or is missing ends the fetch.
        _run(
            [
                shutil.which("mvn") or "mvn",
                *("--batch-mode", "--quiet", "--strict-checksums", "--file", str(HERE / "pom.xml")),
                *(
                    "dependency:copy-dependencies",
                    "-DincludeScope=runtime",
                    f"-DoutputDirectory={new / 'lib'}",
                ),
            ],
            "fetching Neo4j from Maven Central failed",
        )
        sources = [str(HERE / "Server.java"), str(HERE / "Import.java")]
        path = f"{new / 'lib'}{os.sep}*"
        _run(
            [_program("javac"), "-encoding", "UTF-8", "-cp", path, "-d", str(new / "classes"), *sources],
            "compiling tests/neo4j/*.java failed",
        )
        seal(new)
        shutil.rmtree(folder, ignore_errors=True)
        new.rename(folder)


def _run(command: Sequence[str], failure: str) -> None:
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        timeout=FETCH_SECONDS,
    )
    if done.returncode != 0:
        raise ServerError(f"{failure}:\n{(done.stdout + done.stderr)[-4000:]}")


def _classpath() -> str:
    folder = libraries()
    return os.pathsep.join([str(folder / "classes"), f"{folder / 'lib'}{os.sep}*"])


# --- The server -----------------------------------------------------------------------------------------------------


@dataclass
class Server:
    """One Neo4j of the tests: `home` holds its data and configuration; it listens on the loopback only."""

    home: Path
    port: int = field(default_factory=free_port)
    password: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    heap: str = "1g"
    brief: bool = True  # for tests; not where speed is measured
    user: str = "neo4j"
    database: str = "neo4j"
    configuration: Mapping[str, str] = field(default_factory=dict)
    pid: int | None = None
    _process: subprocess.Popen[str] | None = field(default=None, repr=False)

    @property
    def uri(self) -> str:
        """Where it listens; `neo4j://` in place of `bolt://` works too, it answers routing for itself."""
        return f"bolt://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """What the server said since its home was made."""
        return self.home / "server.log"

    @property
    def environment(self) -> dict[str, str]:
        """The variables by which pytest finds it."""
        return {
            "LIANTU_TEST_NEO4J": self.uri,
            "LIANTU_TEST_NEO4J_USER": self.user,
            "LIANTU_TEST_NEO4J_PASSWORD": self.password,
            "LIANTU_TEST_NEO4J_DATABASE": self.database,
        }

    def start(self, *, detached: bool = False) -> None:
        """Start it and wait until it answers; a detached server outlives this process, any other ends with it."""
        classpath = _classpath()
        self._configure()
        jvm = (*JVM, BRIEF) if self.brief else JVM
        command = [_program("java"), *jvm, "-Xms256m", f"-Xmx{self.heap}", "-cp", classpath, "Server"]
        with self.log.open("a", encoding="utf-8") as log:
            self._process = subprocess.Popen(
                [*command, str(self.home), "detached" if detached else "watched"],
                env={**os.environ, "LIANTU_TEST_NEO4J_PASSWORD": self.password},
                stdin=subprocess.DEVNULL if detached else subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=detached,
            )
        self.pid = self._process.pid
        self._wait()

    def _configure(self) -> None:
        address = f"127.0.0.1:{self.port}"
        settings = {
            "server.bolt.enabled": "true",
            "server.bolt.listen_address": address,
            "server.bolt.advertised_address": address,
            "server.http.enabled": "false",
            "server.memory.pagecache.size": "256m",
            "dbms.security.auth_enabled": "true",
            "dbms.usage_report.enabled": "false",
            **self.configuration,
        }
        conf = self.home / "conf"
        conf.mkdir(parents=True, exist_ok=True)
        lines = "".join(f"{name}={value}\n" for name, value in settings.items())
        (conf / "neo4j.conf").write_text(lines, encoding="utf-8")
        with self.log.open("a", encoding="utf-8") as log:
            self._mark = log.tell()

    def _wait(self) -> None:
        """Until the server says that it is ready, in what it wrote since this start."""
        assert self._process is not None
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            said = self.log.read_bytes()[self._mark :].decode("utf-8", errors="replace")
            if "ready" in said.split():
                return
            if self._process.poll() is not None:
                raise ServerError(f"Neo4j ended while it started:\n{said[-4000:]}")
            time.sleep(0.05)
        self.kill()
        raise ServerError(f"Neo4j was not ready after {START_SECONDS:.0f} s:\n{said[-4000:]}")

    def running(self) -> bool:
        """Whether its process lives."""
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """End it in order: transactions are closed, the store is checkpointed."""
        if self._process is None:
            return
        if self._process.stdin is not None:
            self._process.stdin.close()
        else:
            self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
        self._process = self.pid = None

    def kill(self) -> None:
        """End it as a power cut does (SIGKILL): nothing is flushed, no connection is closed in order."""
        if self._process is None:
            return
        self._process.kill()
        self._process.wait(STOP_SECONDS)
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process = self.pid = None

    def restart(self) -> None:
        """Bring it (back) up on the same home and port, after `stop` or `kill` or from running."""
        self.stop()
        self.start()


@contextmanager
def running_server(
    home: Path | None = None,
    *,
    heap: str = "1g",
    password: str | None = None,
    brief: bool = True,
    **configuration: str,
) -> Iterator[Server]:
    """A server for the time of a block, its home deleted afterwards unless it is the caller's; `brief` for tests.

    `configuration` are lines of neo4j.conf with `__` for the dot: `db__transaction__timeout="5s"`.
    """
    settings = {name.replace("__", "."): value for name, value in configuration.items()}
    with tempfile.TemporaryDirectory(prefix="liantu-neo4j-", ignore_cleanup_errors=True) as made:
        server = Server(home or Path(made), heap=heap, brief=brief, configuration=settings)
        server.password = password or server.password
        server.start()
        try:
            yield server
        finally:
            if home is None:
                server.kill()  # in order takes seconds, and the home goes anyway
            else:
                server.stop()


def bulk_import(home: Path, arguments: Sequence[str], *, heap: str = "1g") -> str:
    """Run `neo4j-admin database import full ARGUMENTS` on the home of a server that stands still; what it said.

    `bulk_import(home, ["neo4j", "--nodes=….csv", "--relationships=….csv"])`, the database first; then
    `running_server(home)` answers from what was imported. On a home that has run before add
    `--overwrite-destination`. ServerError where it refuses.
    """
    (home / "conf").mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [_program("java"), *JVM, BRIEF, f"-Xmx{heap}", "-cp", _classpath(), "Import", str(home), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        cwd=home,
    )
    said = done.stdout + done.stderr
    if done.returncode != 0:
        raise ServerError(f"the importer refused:\n{said[-4000:]}")
    return said


# --- The commands ---------------------------------------------------------------------------------------------------


def _record(name: str) -> Path:
    return cache() / f"running-{name}.json"


def start(name: str) -> None:
    """Start a server that stays, and print how to reach it, as lines for a shell."""
    record = _record(name)
    if record.exists():
        raise ServerError(f"a server {name!r} is on record: python tests/neo4j/server.py stop --name {name}")
    server = Server(Path(tempfile.mkdtemp(prefix="liantu-neo4j-")))
    try:
        server.start(detached=True)
    except BaseException:
        server.kill()
        shutil.rmtree(server.home, ignore_errors=True)
        raise
    descriptor = os.open(record, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
        json.dump({"pid": server.pid, "home": str(server.home), **server.environment}, opened, indent=1)
    for variable, value in server.environment.items():
        print(f"export {variable}={value}")


def stop(name: str) -> None:
    """Stop the server that `start` left, and delete its home."""
    record = _record(name)
    if not record.exists():
        raise ServerError(f"no server {name!r} is on record")
    known = json.loads(record.read_text(encoding="utf-8"))
    with suppress(ProcessLookupError):
        os.kill(known["pid"], signal.SIGTERM)
        until = time.monotonic() + STOP_SECONDS
        while time.monotonic() < until:
            os.kill(known["pid"], 0)
            time.sleep(0.1)
    shutil.rmtree(known["home"], ignore_errors=True)
    record.unlink()


def run(command: Sequence[str]) -> int:
    """Run a command while two servers are up, one of them for graphs that tests only read; its exit code."""
    with running_server() as server, running_server(password=server.password) as read:
        told = {**server.environment, "LIANTU_TEST_NEO4J_READ": read.uri}
        return subprocess.run(command, env={**os.environ, **told}, check=False).returncode


def main(arguments: Sequence[str] | None = None) -> int:
    """The commands of this file's head."""
    parser = argparse.ArgumentParser(description="A real Neo4j for the tests.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("start", "stop"):
        commands.add_parser(name).add_argument("--name", default="default")
    commands.add_parser("fetch")
    commands.add_parser("run").add_argument("rest", nargs=argparse.REMAINDER)
    asked = parser.parse_args(arguments)
    try:
        if asked.command == "start":
            start(asked.name)
        elif asked.command == "stop":
            stop(asked.name)
        elif asked.command == "fetch":
            print(libraries())
        else:
            return run(asked.rest[1:] if asked.rest[:1] == ["--"] else asked.rest)
    except ServerError as error:
        print(f"server.py: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
