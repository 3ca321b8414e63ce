"""The manifest knows which path held which content, and keeps the claims of every source."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.claims import CLAIMS, ClaimsBuilder, Evidence
from graph.errors import LiantuError
from graph.language import Text
from graph.store.protocol import Source
from ingest.manifest import Entry, Manifest
from ingest.reject import Reject


def claims(source: str, name: str = "重庆大学") -> object:
    builder = ClaimsBuilder(source)
    builder.node("School", name=name, evidence=Evidence(name))
    return builder.table()


def entry(source: str, key: str = "k1") -> Entry:
    reject = Reject(
        "a.csv", "", 3, "年份", "二零", "record.number", Text("应为数字。", "Number."), (("年份", "二零"),)
    )
    return Entry(Source(source, f"{source}.txt", "document", key), "partial", {"claims": 1}, (reject,))


def test_what_was_kept_comes_back_whole(tmp_path: Path) -> None:
    manifest = Manifest(tmp_path)
    manifest.keep(entry("s1"), claims("s1"), tmp_path / "a.txt")
    assert manifest.find("s1", "k1") == entry("s1")
    assert manifest.present() == (entry("s1"),)
    table = manifest.claims(entry("s1").source)
    assert table.schema.equals(CLAIMS)
    assert table.equals(claims("s1"))


def test_another_extractor_or_setting_is_another_reading(tmp_path: Path) -> None:
    manifest = Manifest(tmp_path)
    manifest.keep(entry("s1", "k1"), claims("s1"), tmp_path / "a.txt")
    assert manifest.find("s1", "k2") is None


def test_a_corrected_file_takes_the_earlier_content_out(tmp_path: Path) -> None:
    manifest = Manifest(tmp_path)
    assert manifest.keep(entry("s1"), claims("s1"), tmp_path / "a.txt") is None
    assert manifest.keep(entry("s2"), claims("s2"), tmp_path / "a.txt") == "s1"
    assert manifest.withdrawn() == {"s1"}
    assert [e.source.id for e in manifest.present()] == ["s2"]


def test_what_was_taken_out_once_is_not_taken_out_again(tmp_path: Path) -> None:
    manifest = Manifest(tmp_path)
    manifest.keep(entry("s1"), claims("s1"), tmp_path / "a.txt")
    manifest.keep(entry("s2"), claims("s2"), tmp_path / "b.txt")
    manifest.withdraw(entry("s1").source)
    manifest.settle({"s1", "s2"})
    assert manifest.withdrawn() == frozenset()
    assert [e.source.id for e in manifest.present()] == ["s2"]
    manifest.hold(tmp_path / "a.txt", "s1")
    assert [e.source.id for e in manifest.present()] == ["s1", "s2"]


def test_taking_over_leaves_the_other_manifest_alone(tmp_path: Path) -> None:
    other = Manifest(tmp_path / "other")
    other.keep(entry("s1"), claims("s1"), tmp_path / "a.txt")
    writing = tmp_path / "other" / "claims" / "s2-k1.parquet.7.tmp"
    writing.touch()  # of a batch that is at work there
    manifest = Manifest(tmp_path / "mine")
    assert manifest.take_over(tmp_path / "other") == 1
    assert manifest.take_over(tmp_path / "other") == 0
    assert manifest.take_over(tmp_path / "none") == 0
    assert writing.exists()
    assert manifest.claims(entry("s1").source).equals(claims("s1"))
    assert manifest.keep(entry("s2"), claims("s2"), tmp_path / "a.txt") == "s1"


def test_content_that_another_path_still_holds_stays(tmp_path: Path) -> None:
    manifest = Manifest(tmp_path)
    manifest.keep(entry("s1"), claims("s1"), tmp_path / "a.txt")
    (tmp_path / "copy.txt").touch()
    manifest.hold(tmp_path / "copy.txt", "s1")
    manifest.keep(entry("s2"), claims("s2"), tmp_path / "a.txt")
    assert manifest.withdrawn() == frozenset()


def test_a_file_that_was_moved_and_then_corrected_leaves_nothing_behind(tmp_path: Path) -> None:
    manifest = Manifest(tmp_path)
    manifest.keep(entry("s1"), claims("s1"), tmp_path / "before.txt")
    manifest.hold(tmp_path / "after.txt", "s1")
    assert manifest.keep(entry("s2"), claims("s2"), tmp_path / "after.txt") == "s1"
    assert manifest.withdrawn() == {"s1"}


def test_a_withdrawn_source_comes_back_without_being_read_again(tmp_path: Path) -> None:
    manifest = Manifest(tmp_path)
    manifest.keep(entry("s1"), claims("s1"), tmp_path / "a.txt")
    manifest.withdraw(entry("s1").source)
    assert manifest.present() == ()
    assert manifest.find("s1", "k1") is not None
    manifest.hold(tmp_path / "a.txt", "s1")
    assert [e.source.id for e in manifest.present()] == ["s1"]


def test_a_source_that_was_read_elsewhere_can_be_withdrawn_and_read_here(tmp_path: Path) -> None:
    manifest = Manifest(tmp_path)
    manifest.withdraw(entry("s1").source)
    assert manifest.withdrawn() == {"s1"}
    assert manifest.find("s1", "k1") is None
    manifest.keep(entry("s1"), claims("s1"), tmp_path / "a.txt")
    assert manifest.present() == (entry("s1"),)
    assert manifest.withdrawn() == frozenset()


def test_lost_claims_are_read_again_and_damaged_ones_are_named(tmp_path: Path) -> None:
    manifest = Manifest(tmp_path)
    manifest.keep(entry("s1"), claims("s1"), tmp_path / "a.txt")
    file = next((tmp_path / "claims").glob("s1-*.parquet"))
    file.write_bytes(file.read_bytes()[:40])
    assert manifest.find("s1", "k1") is None
    with pytest.raises(LiantuError) as caught:
        manifest.claims(entry("s1").source)
    assert caught.value.code == "graph.damaged"
    assert str(tmp_path) not in str(caught.value)
    file.unlink()
    assert manifest.find("s1", "k1") is None


def test_a_damaged_manifest_is_a_clear_error(tmp_path: Path) -> None:
    Manifest(tmp_path)
    (tmp_path / "manifest.db").write_bytes(b"not a database at all" * 100)
    with pytest.raises(LiantuError, match=r"manifest\.db"):
        Manifest(tmp_path)


def test_a_manifest_that_cannot_be_written_is_not_called_damaged(tmp_path: Path) -> None:
    (tmp_path / "manifest.db").mkdir()  # sqlite cannot open it, as where permission or space is lacking
    with pytest.raises(LiantuError) as caught:
        Manifest(tmp_path)
    assert caught.value.code == "graph.unwritable"


def test_a_damaged_manifest_says_how_to_go_on(tmp_path: Path) -> None:
    (tmp_path / "manifest.db").write_bytes(b"no database" * 1000)
    with pytest.raises(LiantuError) as caught:
        Manifest(tmp_path)
    assert caught.value.code == "graph.damaged"
    assert "liantu init" in str(caught.value)


def test_what_a_killed_batch_was_writing_is_swept(tmp_path: Path) -> None:
    Manifest(tmp_path)
    (tmp_path / "claims" / "s1-k1.parquet.99.tmp").write_bytes(b"half")
    Manifest(tmp_path)
    assert not list((tmp_path / "claims").iterdir())
