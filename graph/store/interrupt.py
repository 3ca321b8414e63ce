"""Ending from another thread what an engine is doing (中断): the embedded engine blocks the thread that asks it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from graph.errors import LiantuError

_AGAIN_SECONDS: Final = 0.05


class Interrupt:
    """Stops, from another thread, the statement that runs under it, and every later one before it begins."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._connection: Any = None
        self._stopped = False

    def stop(self) -> None:
        """Stop; at once where nothing runs."""
        with self._lock:
            self._stopped = True
            if self._connection is None:
                return
            self._connection.interrupt()
        # While a statement is still being compiled the engine forgets an interrupt: again, until it has ended.
        again = threading.Timer(_AGAIN_SECONDS, self.stop)
        again.daemon = True
        again.start()

    @contextmanager
    def over(self, connection: Any, name: str) -> Iterator[None]:
        """The time in which a statement runs on a connection; `graph.busy` where it was stopped."""
        with self._lock:
            if self._stopped:
                raise LiantuError("graph.busy", query=name, seconds="…")
            self._connection = connection
        try:
            yield
        finally:
            with self._lock:
                self._connection = None
