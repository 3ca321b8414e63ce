"""Every graph has one workplace, named by what it is and not by how it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.workplace import workplace


def test_a_graph_in_a_directory_is_its_own_workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert workplace(str(tmp_path / "city")) == tmp_path / "city"
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert workplace("~/city") == tmp_path / "city"


def test_a_graph_on_a_server_has_one_by_host_port_and_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIANTU_WORKPLACE", str(tmp_path))
    same = {
        workplace(address)
        for address in (
            "neo4j://Host",
            "bolt://host:7687",
            "bolt+s://anna:secret@host",
            "neo4j://host?policy=a",
        )
    }
    assert same == {tmp_path / "host-7687-neo4j"}
    assert workplace("bolt://host:7688") == tmp_path / "host-7688-neo4j"
    monkeypatch.setenv("LIANTU_NEO4J_DATABASE", "city")
    assert workplace("bolt://host") == tmp_path / "host-7687-city"


def test_the_folder_of_a_workplace_is_one_that_every_system_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIANTU_WORKPLACE", str(tmp_path))
    monkeypatch.setenv("LIANTU_NEO4J_DATABASE", "../a:b\\c")
    found = workplace("bolt://[::1]:7000")
    assert found.parent == tmp_path
    assert not set(found.name) & set('<>:"/\\|?*')
