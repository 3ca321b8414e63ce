from __future__ import annotations

import socket
from typing import Any

import pytest

from api.hosts import LOOPBACK, allowed_hosts
from graph.errors import LiantuError
from graph.settings import Settings


def status(client: Any, host: str, path: str = "/graphql") -> int:
    asked = {"json": {"query": "{__typename}"}} if path == "/graphql" else {}
    method = "POST" if asked else "GET"
    return int(client.request(method, path, headers={"Host": host}, **asked).status_code)


@pytest.mark.parametrize("path", ["/graphql", "/healthz", "/", "/static/none.js"])
def test_a_name_that_was_made_to_lead_here_is_refused_on_every_route(client: Any, path: str) -> None:
    for host in (
        "evil.example",
        "evil.example:8000",
        "localhost.evil.example",
        "127.0.0.1.nip.io",
        "liantu.x",
        "a b",
    ):
        assert status(client, host, path) == 400, host
    assert status(client, "localhost", path) != 400


def test_this_machine_and_the_host_served_are_answered(client: Any, serve: Any, store: Any) -> None:
    for host in ("localhost", "LOCALHOST:8000", "127.0.0.1:8000", "[::1]:8000", "liantu"):
        assert status(client, host) == 200, host
    with serve(store, host="192.0.2.7") as opened:
        assert [status(opened, host) for host in ("192.0.2.7:8000", "localhost", "192.0.2.8")] == [
            200,
            200,
            400,
        ]
    with serve(store, host="2001:db8::7") as opened:
        assert [status(opened, host) for host in ("[2001:db8::7]:8000", "[2001:db8::8]")] == [200, 400]


def test_the_settings_name_more_or_any(serve: Any, store: Any) -> None:
    with serve(store, host=None, api_hosts="graph.example , *.school.example") as opened:
        hosts = ("graph.example", "GRAPH.example:443", "a.school.example", "school.example.x", "liantu")
        assert [status(opened, host) for host in hosts] == [200, 200, 200, 400, 400]
    with serve(store, host=None, api_hosts="*") as opened:
        assert status(opened, "any.example") == 200


def test_served_at_all_addresses_the_name_of_the_machine_is_answered() -> None:
    for host in ("0.0.0.0", "::"):  # noqa: S104 (told apart, not bound)
        assert allowed_hosts(Settings(), host) == list(dict.fromkeys([*LOOPBACK, socket.gethostname()]))
    assert allowed_hosts(Settings()) == list(LOOPBACK)


@pytest.mark.parametrize("given", ["a*", "*a", "a.*.b", "**", "ok,*.*"])
def test_a_star_inside_a_name_is_refused(given: str) -> None:
    with pytest.raises(LiantuError) as refused:
        allowed_hosts(Settings(api_hosts=given))
    assert refused.value.code == "setting.invalid"
