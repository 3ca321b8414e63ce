"""A release is the graph as it was, in one file, from either engine; what is no release is a clear error."""

import zipfile
from pathlib import Path

import pytest

from graph.errors import LiantuError
from graph.gaps import question
from graph.project import Projection, project
from graph.release import read_release, write_release
from graph.store import open_store


@pytest.fixture
def demonstration(demo_address):
    store = open_store(demo_address)
    with store.view() as view:
        yield project(view)
    store.close()


def test_a_release_says_what_the_graph_said(demonstration, tmp_path: Path):
    file = tmp_path / "2025.liantu"
    assert write_release(demonstration, file, version="000001", name="2025年二季度") == file.stat().st_size
    again = read_release(file)
    assert again.release == "2025年二季度"
    for kind, table in demonstration.edges.items():
        assert again.edges[kind].select(table.column_names).equals(table)
    for label, table in demonstration.nodes.items():
        assert again.nodes[label].select(table.column_names).equals(table)
    assert again.source_names == demonstration.source_names
    demonstration.earlier = again
    assert question("changes").answer(demonstration) == ()


def test_a_release_is_never_overwritten(tmp_path: Path, small_projection):
    file = tmp_path / "a.liantu"
    write_release(small_projection, file, version="1")
    before = file.read_bytes()
    with pytest.raises(LiantuError) as caught:
        write_release(small_projection, file, version="2")
    assert caught.value.code == "release.exists"
    assert file.read_bytes() == before


@pytest.fixture
def small_projection():
    return Projection.from_tables({"School": [{"id": "School:甲"}]}, {})


def test_what_a_release_lacks_of_the_ontology_of_today_is_empty(tmp_path: Path, small_projection):
    whole, less = tmp_path / "a.liantu", tmp_path / "b.liantu"
    write_release(small_projection, whole, version="1")
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(less, "w") as target:
        for name in source.namelist():
            if name != "edges/SERVES.parquet":
                target.writestr(name, source.read(name))
    assert len(read_release(less).claims("SERVES")) == 0
    assert read_release(less, labels=["School"], kinds=["SERVES"]).ids("School") == ["School:甲"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut", b"not a zip at all"])
def test_what_is_no_release_is_a_clear_error(tmp_path: Path, content):
    file = tmp_path / "x.liantu"
    file.write_bytes(content)
    with pytest.raises(LiantuError) as caught:
        read_release(file)
    assert caught.value.code == "release.unreadable"


def test_a_damaged_table_and_a_missing_file_are_clear_errors(tmp_path: Path, small_projection):
    file, damaged = tmp_path / "a.liantu", tmp_path / "b.liantu"
    write_release(small_projection, file, version="1")
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(damaged, "w") as target:
        for name in source.namelist():
            target.writestr(name, b"PAR1" if name == "nodes/School.parquet" else source.read(name))
    with pytest.raises(LiantuError) as caught:
        read_release(damaged)
    assert caught.value.code == "release.unreadable"
    with pytest.raises(LiantuError) as caught:
        read_release(tmp_path / "nothing")
    assert caught.value.code == "release.missing"
