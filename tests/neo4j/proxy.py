"""A line to the server that can be cut (可切断的线路): a TCP proxy that drops connections at a commit."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final, Literal

Cut = Literal["before", "after"] | None
COMMIT: Final = b"\x00\x02\xb0\x12\x00\x00"  # Bolt's message COMMIT, as one chunk


class Proxy:
    """Listens on `port` and passes on to the server; `decide(n)` says what to do with the n-th COMMIT.

    `before`: it never reaches the server. `after`: the server commits, and its answer never arrives. None: it passes.
    """

    def __init__(self, server_port: int, decide: Callable[[int], Cut]) -> None:
        self._server_port = server_port
        self._decide = decide
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.commits = 0
        self.cuts = 0

    def _count(self) -> Cut:
        with self._lock:
            self.commits += 1
            cut = self._decide(self.commits)
            self.cuts += cut is not None
            return cut

    def serve(self) -> None:
        """Take connections until it is closed."""
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(("127.0.0.1", self._server_port))
            except OSError:
                client.close()
                continue
            _Line(client, server, self._count).start()

    def close(self) -> None:
        """Take no more connections."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


class _Line:
    def __init__(self, client: socket.socket, server: socket.socket, count: Callable[[], Cut]) -> None:
        self._client = client
        self._server = server
        self._count = count
        self._deaf = False

    def start(self) -> None:
        for pump in (self._up, self._down):
            threading.Thread(target=pump, daemon=True).start()

    def _up(self) -> None:
        with suppress(OSError):
            while data := self._client.recv(1 << 16):
                cut = self._count() if COMMIT in data else None
                if cut == "before":
                    break
                if cut == "after":
                    self._deaf = True
                self._server.sendall(data)
        if not self._deaf:
            self._drop()

    def _down(self) -> None:
        with suppress(OSError):
            while data := self._server.recv(1 << 16):
                if self._deaf:
                    break
                self._client.sendall(data)
        self._drop()

    def _drop(self) -> None:
        for end in (self._client, self._server):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@contextmanager
def line_to(server_port: int, decide: Callable[[int], Cut]) -> Iterator[Proxy]:
    """A proxy for the time of a block."""
    proxy = Proxy(server_port, decide)
    threading.Thread(target=proxy.serve, daemon=True).start()
    try:
        yield proxy
    finally:
        proxy.close()
