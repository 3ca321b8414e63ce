"""The server as a person starts it: it says where it is, answers, and goes when it is told to."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from cli.main import FAILED, status_of
from cli.serve import _address


@pytest.fixture
def server(demo_address: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server on a free port, and its address."""
    command = [sys.executable, "-c", "from cli.main import run; run()", "serve", "--port", "0"]
    with subprocess.Popen(
        [*command, "--graph", demo_address],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        try:
            assert process.stdout is not None
            told = re.search(r"http://\S+/graphql", process.stdout.readline())
            assert told is not None
            yield process, told.group()
        finally:
            process.kill()


def test_server_answers_and_ends_when_interrupted(server: tuple[subprocess.Popen[str], str]) -> None:
    process, address = server
    answer = httpx.post(
        address, json={"query": "{ schools(first: 2) { nodes { name } } }"}, timeout=60
    ).json()
    assert "errors" not in answer, answer
    assert len(answer["data"]["schools"]["nodes"]) == 2
    assert httpx.get(address.replace("/graphql", "/healthz"), timeout=60).status_code == 200
    if os.name == "posix":  # Windows has no such signal for another process
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
        assert "Traceback" not in errors


def test_a_taken_port_is_one_line(demo_graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert status_of(["serve", "--port", port, "--graph", str(demo_graph)]) == FAILED
    told = capsys.readouterr().err
    assert told.startswith("error[serve.address]: ")
    assert told.count("\n") == 1


@pytest.mark.parametrize(
    ("host", "told"), [("::1", "[::1]:80"), ("127.0.0.1", "127.0.0.1:80"), ("localhost", "localhost:80")]
)
def test_an_address_of_ipv6_stands_in_brackets(host: str, told: str) -> None:
    assert _address(host, 80) == told
