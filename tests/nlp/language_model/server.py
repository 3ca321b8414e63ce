"""A small server that speaks the OpenAI-compatible protocol on loopback and plays the answers that it was given."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any


@dataclass(frozen=True)
class Played:
    """What the server sends: a status, headers, and the pieces of a body, which may take their time."""

    body: bytes | Callable[[Event], Iterator[bytes]] = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


def completion(content: object, finish: str = "stop") -> Played:
    """An answer as servers give it; what is no text is written as JSON."""
    words = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    choice = {"index": 0, "message": {"role": "assistant", "content": words}, "finish_reason": finish}
    return Played(json.dumps({"object": "chat.completion", "choices": [choice]}).encode())


Player = Callable[[dict[str, Any]], Played]  # from the request, as JSON, to what is sent


@dataclass
class ModelServer:
    """A running server: its address, the requests that came, and how it answers."""

    address: str
    play: Player
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    closing: Event = field(default_factory=Event)


def passage_of(request: dict[str, Any]) -> str:
    """The text that a request is about."""
    words: str = request["messages"][1]["content"]
    return words.split("\n", 1)[1].rsplit("\n</资料", 1)[0]


@contextmanager
def serving(play: Player) -> Iterator[ModelServer]:
    """A server on a free port of loopback."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            running.requests.append(request)
            running.headers.append(dict(self.headers))
            running.paths.append(self.path)
            played = running.play(request)
            self.send_response(played.status)
            for name, value in played.headers.items():
                self.send_header(name, value)
            self.send_header("Connection", "close")
            if isinstance(played.body, bytes):
                self.send_header("Content-Length", str(len(played.body)))
            self.end_headers()
            self.close_connection = True
            pieces = [played.body] if isinstance(played.body, bytes) else played.body(running.closing)
            try:
                for piece in pieces:
                    self.wfile.write(piece)
                    self.wfile.flush()
            except OSError:
                return  # who asked has had enough

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the overridden one
            """Say nothing."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    running = ModelServer(f"http://127.0.0.1:{http.server_address[1]}/v1", play)
    thread = Thread(target=http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield running
    finally:
        running.closing.set()
        http.shutdown()
        http.server_close()
        thread.join()
