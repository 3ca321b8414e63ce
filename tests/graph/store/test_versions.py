from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from graph.errors import LiantuError
from graph.store import build
from graph.store.ladybug import LadybugStore

A, B = "a" * 16, "b" * 16
FACTS = [(1, 1, "甲校", None, 2024), (2, 2, "乙校", None, 2023)]


@pytest.fixture(scope="module")
def two_versions(tmp_path_factory: pytest.TempPathFactory, tell) -> tuple[Path, list[str]]:
    folder = tmp_path_factory.mktemp("graph")
    hashes = []
    for source in (A, B):
        store = LadybugStore(folder)
        with store.write() as writer:
            writer.replace(*tell(source, FACTS))
        with store.view() as view:
            hashes.append(view.content_hash())
        store.close()
    return folder, hashes


@pytest.fixture
def graph(two_versions: tuple[Path, list[str]], tmp_path: Path) -> Path:
    shutil.copytree(two_versions[0], tmp_path / "graph")
    return tmp_path / "graph"


def damage(graph: Path) -> LiantuError:
    with pytest.raises(LiantuError) as reading, LadybugStore(graph).view():
        pass
    with pytest.raises(LiantuError) as writing, LadybugStore(graph).write():
        pass
    assert reading.value.code == writing.value.code == "graph.damaged"
    assert str(graph.parent) not in str(reading.value)
    return reading.value


@pytest.mark.parametrize("kept", [0, 0.1, 0.5, 0.999])
@pytest.mark.parametrize("suffix", [".lbdb", ".lbdb.wal"])
def test_a_cut_version_is_told_and_the_last_good_one_opens(graph, two_versions, suffix, kept):
    file = graph / "versions" / f"000002{suffix}"
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * kept)])
    assert "000001" in str(damage(graph))
    (graph / "current").write_text("000001", encoding="utf-8")  # what the error says
    store = LadybugStore(graph)
    with store.view() as view:
        assert view.content_hash() == two_versions[1][0]


def test_a_missing_version_is_told(graph):
    (graph / "versions" / "000002.lbdb").unlink()
    assert "000001" in str(damage(graph))


@pytest.mark.parametrize("pointer", [b"", b"0000", b"\xff\xfe\x00", b"../../etc/passwd", b"000009"])
def test_a_damaged_pointer_is_told_and_names_the_version_to_point_to(graph, two_versions, pointer):
    (graph / "current").write_bytes(pointer)
    assert "000002" in str(damage(graph))
    (graph / "current").write_text("000002\n", encoding="utf-8")
    with LadybugStore(graph).view() as view:
        assert view.content_hash() == two_versions[1][1]


def test_without_a_good_version_the_error_says_so(graph):
    for file in (graph / "versions").glob("*.lbdb"):
        file.write_bytes(b"")
    assert "no earlier good version" in str(damage(graph))


def test_a_version_of_other_tables_is_told(graph):
    described = graph / "versions" / "000002.json"
    content = json.loads(described.read_text(encoding="utf-8")) | {"tables": "other"}
    described.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(LiantuError) as outdated, LadybugStore(graph).view():
        pass
    assert outdated.value.code == "graph.outdated"


def test_after_going_back_the_damaged_number_is_not_used_again(graph, tell):
    (graph / "current").write_text("000001", encoding="utf-8")
    with LadybugStore(graph).write() as writer:
        writer.replace(*tell(B, FACTS))
    assert (graph / "current").read_text(encoding="utf-8").strip() == "000003"


def test_only_the_version_before_is_kept(graph, tell):
    for number in range(3):
        with LadybugStore(graph).write() as writer:
            writer.replace(*tell(B, FACTS[: number % 2]))
    names = {path.name.partition(".")[0] for path in (graph / "versions").iterdir()}
    assert names == {"000004", "000005"}


def test_a_long_log_is_put_into_the_file_by_the_next_change(graph, tell, monkeypatch):
    log = graph / "versions" / "000002.lbdb.wal"
    assert log.exists(), "a small change is a log beside a copy"
    monkeypatch.setattr(build, "_LOG_BYTES", 0)
    monkeypatch.setattr(build, "_LOG_SHARE", 10**9)
    with LadybugStore(graph).write() as writer:
        writer.replace(*tell(B, FACTS[:1]))
    assert not (graph / "versions" / "000003.lbdb.wal").exists()
