"""Reading in processes of their own (读取进程): a file that crashes or hangs its reader costs that file alone.

A worker is this module run by the same Python. It takes one request at a time on its standard input and answers on
its standard output, both pickles with their length in front; it ends when its input ends: none outlives a batch.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from queue import SimpleQueue
from typing import IO, Final, cast

from graph.errors import LiantuError
from ingest.reading import FileRead, read_file, refused

_LENGTH: Final = 8


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

    def read(self, path: Path, source: str, seconds: float) -> FileRead:
        """Read a file, or say why not: `file.slow` after `seconds`, `file.crashed` where the process died."""
        process = self._process
        if process.stdin is None or process.stdout is None:
            raise TypeError("the worker has no pipes")
        slow = threading.Event()

        def give_up() -> None:
            slow.set()
            process.kill()

        timer = threading.Timer(seconds, give_up)
        timer.start()
        try:
            _send(process.stdin, (path, source))
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


def read_all(
    tasks: Sequence[tuple[Path, str]], *, workers: int, seconds: float
) -> Iterator[tuple[Path, str, FileRead]]:
    """Read files by `workers` processes; gives each as it is done. What is wrong with a file is in its result."""
    idle: SimpleQueue[_Worker | None] = SimpleQueue()
    started: list[_Worker] = []
    workers = max(1, min(workers, len(tasks)))
    for _ in range(workers):
        idle.put(None)  # a worker is started when it is first needed

    def read(path: Path, source: str) -> FileRead:
        worker = idle.get()
        if worker is None or not worker.alive:
            worker = _Worker()
            started.append(worker)
        try:
            return worker.read(path, source, seconds)
        finally:
            idle.put(worker)

    with ThreadPoolExecutor(workers) as threads:
        try:
            futures = {threads.submit(read, path, source): (path, source) for path, source in tasks}
            for future in as_completed(futures):
                # an answer is let go as soon as it is given: a batch must not hold the claims of all its files
                yield *futures.pop(future), future.result()
        finally:
            threads.shutdown(wait=False, cancel_futures=True)
            for worker in started:
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


def serve() -> None:
    """Answer requests until the input ends."""
    answers, sys.stdout = sys.stdout.buffer, sys.stderr  # a library that prints must not break the answers
    while True:
        try:
            path, source = cast("tuple[Path, str]", _receive(sys.stdin.buffer))
            _send(answers, _read(path, source))
        except (EOFError, BrokenPipeError):
            return


def _read(path: Path, source: str) -> FileRead:
    try:
        return read_file(path, source)
    except Exception as error:  # a fault of ours in one file must not stop the batch
        if os.environ.get("LIANTU_DEBUG"):
            raise
        return refused(path, LiantuError("internal", reason=f"{type(error).__name__} in {path.name}"))


if __name__ == "__main__":
    serve()
