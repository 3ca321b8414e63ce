"""Every graph has one workplace, named by what it is and not by how it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import LiantuError
from graph.store import open_store
from ingest.batch import ingest, retract
from ingest.workplace import check_unused, workplace


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


def test_what_one_machine_has_taken_out_another_may_bring_back(
    neo4j_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = (
        "学校名称,专业名称,专业代码,层次,年份,在校生数\n{}职业学院,物联网应用技术,510102,高职专科,2024,300\n"
    )
    for name in ("重庆", "成都"):
        (tmp_path / f"{name}.csv").write_text(table.format(name), encoding="utf-8")
    store = open_store(neo4j_address)
    with store.write():
        pass

    def at(machine: str) -> None:
        monkeypatch.setenv("LIANTU_WORKPLACE", str(tmp_path / machine))

    def there() -> set[str]:
        with store.view() as view:
            return set(view.sources().column("name").to_pylist())

    at("one")
    ingest([tmp_path / "重庆.csv"], neo4j_address)
    retract(neo4j_address, "重庆.csv")
    assert there() == set()
    at("two")
    ingest([tmp_path / "重庆.csv"], neo4j_address)
    at("one")
    assert ingest([tmp_path / "成都.csv"], neo4j_address).loaded.retracted == 0
    assert there() == {"重庆.csv", "成都.csv"}
    store.close()


def test_a_database_that_the_address_names_has_a_workplace_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIANTU_WORKPLACE", str(tmp_path))
    assert (
        workplace("neo4j://host/city")
        == workplace("bolt://u:p@host:7687/city/")
        == tmp_path / "host-7687-city"
    )


def test_a_graph_is_not_made_among_other_files(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"表{number}.xlsx").touch()
    with pytest.raises(LiantuError) as refused:
        check_unused(str(tmp_path))
    assert refused.value.code == "graph.folder"
    assert refused.value.values["files"] == "表0.xlsx、表1.xlsx、表2.xlsx … (5)"
    (tmp_path / "versions").mkdir()
    check_unused(str(tmp_path))  # a graph, or half of one


def test_a_new_an_empty_and_a_hidden_folder_and_a_server_are_free_for_a_graph(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "lost+found").mkdir()
    for graph in (str(tmp_path), str(tmp_path / "neu"), "neo4j://host:7687"):
        check_unused(graph)
