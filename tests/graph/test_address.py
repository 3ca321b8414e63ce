"""Addresses are told apart, and never shown with their credentials."""

from __future__ import annotations

import os
import shlex

import pytest

from graph.address import database_of, host_and_port, is_url, shown, typed
from graph.errors import LiantuError


@pytest.mark.parametrize("address", ["liantu-graph", "/srv/城市", "C:\\graphs\\city", "~/city", "."])
def test_a_path_is_no_url_and_shown_as_it_is(address: str) -> None:
    assert not is_url(address)
    assert shown(address) == address


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("neo4j://host", "neo4j://host"),
        ("bolt+s://anna:pass@host:7688", "bolt+s://host:7688"),
        ("neo4j://anna:p@ss:w/rd@host:7688", "neo4j://host:7688"),
        ("neo4j://anna@host?policy=a", "neo4j://host?policy=a"),
    ],
)
def test_a_url_is_shown_without_user_and_password(address: str, told: str) -> None:
    assert is_url(address)
    assert shown(address) == told


@pytest.mark.parametrize(
    "path", ["liantu-graph", "城市/图谱", "win 空格/图 谱", "it's", "~/$HOME", "{演示}", "a;b"]
)
@pytest.mark.skipif(os.name == "nt", reason="a POSIX shell reads it")
def test_a_path_as_it_is_typed_is_one_word_to_a_shell(path: str) -> None:
    assert shlex.split(typed(path)) == [path]


def test_host_and_port_of_a_url() -> None:
    assert host_and_port("neo4j://Host.example") == ("host.example", 7687)
    assert host_and_port("bolt://u:p@127.0.0.1:7000") == ("127.0.0.1", 7000)
    assert host_and_port("neo4j+s://[::1]:7001") == ("::1", 7001)


@pytest.mark.parametrize("address", ["neo4j://", "neo4j://host:port", "neo4j://host:99999", "bolt://[::1"])
def test_a_url_without_a_sound_host_and_port_is_refused_without_its_credentials(address: str) -> None:
    with pytest.raises(LiantuError) as caught:
        host_and_port(address.replace("://", "://anna:secret@"))
    assert caught.value.code == "graph.unsupported"
    assert "secret" not in str(caught.value)


def test_the_database_of_a_url_is_its_path() -> None:
    assert database_of("neo4j://host") is database_of("bolt://u:p@host:7688/") is None
    assert database_of("neo4j+s://u:p@host:7688/city.two?policy=a") == "city.two"


@pytest.mark.parametrize("path", ["/a/b", "//", "/a b", "/%2e", "/a`b"])
def test_a_path_that_is_no_name_of_a_database_is_refused(path: str) -> None:
    with pytest.raises(LiantuError) as caught:
        database_of(f"neo4j://anna:secret@host{path}")
    assert caught.value.code == "graph.unsupported"
    assert "secret" not in str(caught.value)
