"""Reading in processes of their own (读取进程): a file that crashes or hangs its reader costs that file alone.

A worker is this module run by the same Python. It takes one request at a time on its standard input and answers on
its standard output, both pickles with their length in front; it ends when its input ends. None outlives a batch, but
for those of a process that runs many batches and says so (`kept_readers`): starting one takes longer than reading a few
files, and does not count as reading.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from queue import SimpleQueue
from types import MappingProxyType
from typing import IO, Final, cast

from graph.errors import LiantuError
from ingest.archive import clear_abandoned, unpacked_for
from ingest.reading import FileRead, read_file, refused

_LENGTH: Final = 8
_AHEAD: Final = 4  # files a reader that are being read, or read and not yet taken
_SETTINGS: Final = "LIANTU_"


class _Worker:
    """A reader process and the one file that it is at."""

    def __init__(self) -> None:
        # -P: a folder called `graph` where the user stands must not stand in for ours
        path = os.pathsep.join(entry for entry in sys.path if entry)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "ingest.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"},
        )
        self._started = False

    def read(self, path: Path, source: str, seconds: float, told: Mapping[str, str]) -> FileRead:
        """Read a file under the settings of the environment and those `told`, or say why not.

        `file.slow` after `seconds`, `file.crashed` where the process died.
        """
        process = self._process
        if process.stdin is None or process.stdout is None:
            raise TypeError("the worker has no pipes")
        slow = threading.Event()

        def give_up() -> None:
            slow.set()
            process.kill()

        timer = threading.Timer(seconds, give_up)
        try:
            if not self._started:
                _receive(process.stdout)
                self._started = True
            timer.start()
            _send(process.stdin, (path, source, _settings() | dict(told)))
            answer = _receive(process.stdout)
        except (OSError, EOFError, pickle.UnpicklingError):
            self.close()
            if slow.is_set():
                return refused(path, LiantuError("file.slow", file=path.name, seconds=f"{seconds:g}"))
            return refused(path, LiantuError("file.crashed", file=path.name))
        finally:
            timer.cancel()
        if not isinstance(answer, FileRead):
            raise TypeError("a worker answered with something else")
        return answer

    @property
    def alive(self) -> bool:
        """Whether it can take another file."""
        return self._process.poll() is None

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()


_kept: list[_Worker] | None = None


@contextmanager
def kept_readers() -> Iterator[None]:
    """For as long as the block lasts, readers that have done their batch stay for the next one of this process."""
    global _kept  # noqa: PLW0603 - they belong to the process, as whoever calls `ingest` does not know of them
    before, _kept = _kept, []
    try:
        yield
    finally:
        for worker in _kept:
            worker.close()
        _kept = before


def _ready(workers: int) -> list[_Worker]:
    """Readers that an earlier batch has left, at most as many as are wanted."""
    found: list[_Worker] = []
    while _kept and len(found) < workers:
        worker = _kept.pop()
        if worker.alive:
            found.append(worker)
    return found


def read_all(
    tasks: Sequence[tuple[Path, str]],
    *,
    workers: int,
    seconds: float,
    told: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[tuple[Path, str, FileRead]]:
    """Read files by `workers` processes; gives each as it is done. What is wrong with a file is in its result.

    `told` are settings of this batch, by their environment variables.
    """
    idle: SimpleQueue[_Worker | None] = SimpleQueue()
    workers = max(1, min(workers, len(tasks)))
    started = _ready(workers)
    for number in range(workers):
        idle.put(started[number] if number < len(started) else None)  # one is started when it is first needed
    done = False

    def read(path: Path, source: str) -> FileRead:
        worker = idle.get()
        if worker is None or not worker.alive:
            worker = _Worker()
            started.append(worker)
        try:
            return worker.read(path, source, seconds, told)
        finally:
            idle.put(worker)

    with ThreadPoolExecutor(workers) as threads:
        try:
            # few files ahead of whoever takes the answers, and an answer is let go as soon as it is given: a batch
            # must not hold the claims of all its files
            waiting = iter(tasks)
            futures = {threads.submit(read, *task): task for task in islice(waiting, workers * _AHEAD)}
            while futures:
                for future in wait(futures, return_when=FIRST_COMPLETED).done:
                    futures |= {threads.submit(read, *task): task for task in islice(waiting, 1)}
                    yield *futures.pop(future), future.result()
            done = True
        finally:
            threads.shutdown(wait=False, cancel_futures=True)
            for worker in started:
                if done and _kept is not None and worker.alive:
                    _kept.append(worker)
                else:
                    worker.close()


def _send(pipe: IO[bytes], value: object) -> None:
    body = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(len(body).to_bytes(_LENGTH, "big"))
    pipe.write(body)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> object:
    size = pipe.read(_LENGTH)
    if len(size) < _LENGTH:
        raise EOFError
    return pickle.loads(pipe.read(int.from_bytes(size, "big")))  # noqa: S301 - from our own process


def _settings() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name.startswith(_SETTINGS)}


def _set(settings: Mapping[str, str]) -> None:
    """Read under the settings of the batch, which a kept reader was not started with."""
    for name in _settings().keys() - settings.keys():
        del os.environ[name]
    os.environ.update(settings)


def serve() -> None:
    """Answer requests until the input ends."""
    answers, sys.stdout = sys.stdout.buffer, sys.stderr  # a library that prints must not break the answers
    _send(answers, "started")
    batch = os.getppid()
    unpacked: set[Path] = set()
    while True:
        try:
            path, source, settings = cast("tuple[Path, str, dict[str, str]]", _receive(sys.stdin.buffer))
            _set(settings)
            if (folder := unpacked_for(path, batch)) is not None:
                unpacked.add(folder)
            _send(answers, _read(path, source))
        except (EOFError, BrokenPipeError):
            break
    for folder in unpacked:  # whose input ends that lives on was left by a batch that was killed
        clear_abandoned(folder, batch)


def _read(path: Path, source: str) -> FileRead:
    try:
        return read_file(path, source)
    except Exception as error:  # a fault of ours in one file must not stop the batch
        if os.environ.get("LIANTU_DEBUG"):
            raise
        return refused(path, LiantuError("internal", reason=f"{type(error).__name__} in {path.name}"))


if __name__ == "__main__":
    serve()
