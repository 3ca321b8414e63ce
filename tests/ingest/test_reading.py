"""Reading one file: what became of it is in the result, whatever happens to the file meanwhile."""

from __future__ import annotations

from pathlib import Path

from ingest.reading import read_file, source_id


def test_a_file_that_changed_since_it_was_named_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("学校名称,专业名称,层次,年份\n重庆大学,物联网,高职专科,2024\n", encoding="utf-8")
    source = source_id(file)
    assert read_file(file, source).status == "taken"
    file.write_text("学校名称,专业名称,层次,年份\n四川大学,物联网,高职专科,2024\n", encoding="utf-8")
    read = read_file(file, source)
    assert read.claims is None
    assert [reject.code for reject in read.rejects] == ["file.changed"]


def test_a_file_that_was_deleted_meanwhile_is_missing(tmp_path: Path) -> None:
    read = read_file(tmp_path / "a.csv", "0" * 16)
    assert [reject.code for reject in read.rejects] == ["file.missing"]
