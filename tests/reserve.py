"""A Python in reserve (备用进程): what a batch needs is imported once; what a test has to kill is a copy of that process.

Where processes cannot be copied (Windows), each script has a Python of its own.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class Reserve:
    """Runs scripts as `python -c` would, each in a process of its own that has the modules of the batch there."""

    def __init__(self, folder: Path) -> None:
        self._said = (folder / "stdout", folder / "stderr")
        self._process: subprocess.Popen[str] | None = None

    def run(self, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a script under the environment of now; a return code below 0 is the signal that killed it."""
        command = [sys.executable, "-P", "-c", script, *arguments]
        environment = {**os.environ, "PYTHONPATH": _path(), "PYTHONUTF8": "1"}
        if not hasattr(os, "fork"):
            return subprocess.run(
                command, env=environment, capture_output=True, encoding="utf-8", check=False
            )
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", __name__],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=environment,
                text=True,
            )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        said = [str(file) for file in self._said]
        self._process.stdin.write(json.dumps([script, arguments, environment, said]) + "\n")
        self._process.stdin.flush()
        code = int(self._process.stdout.readline())
        out, error = (file.read_text(encoding="utf-8") for file in self._said)
        return subprocess.CompletedProcess(command, code, out, error)

    def close(self) -> None:
        """Let the process go."""
        if self._process is not None:
            self._process.communicate()


@contextmanager
def reserve(folder: Path) -> Iterator[Reserve]:
    """A reserve for the time of a block; it starts when it is first needed."""
    held = Reserve(folder)
    try:
        yield held
    finally:
        held.close()


def _path() -> str:
    return os.pathsep.join(entry for entry in sys.path if entry)


def _serve() -> None:
    for name in ("ingest.batch", "ingest.copy", "ingest.records.kinds"):
        importlib.import_module(name)  # for the copies
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _do(*json.loads(line))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _do(script: str, arguments: list[str], environment: dict[str, str], said: list[str]) -> None:
    """Be the script; the process ends with it."""
    for target, file in enumerate(said, 1):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), target)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["-c", *arguments]
    names: dict[str, Any] = {"__name__": "__main__"}
    code = 1
    try:
        exec(compile(script, "<script>", "exec"), names)  # noqa: S102 - a script of the tests
        code = 0
    finally:
        if code:
            traceback.print_exc()
        sys.stdout.flush()
        os._exit(code)


if __name__ == "__main__":
    _serve()
