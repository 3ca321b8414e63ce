"""Blanks that mean what stands above them: in one column on the left, and in those within its groups."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ingest.records import RecordsRead, read_records
from ingest.records.inspection import inspect_file, save_mapping

DISTRICTS = """\
区县,学校,专业,层次,年份,在校生数
渝北区,甲学院,护理,高职专科,2024,100
,,药学,高职专科,2024,90
,乙学院,护理,高职专科,2024,80
,,小计,,,270
江北区,丙学院,护理,高职专科,2024,70
,,药学,高职专科,2024,60
"""


def edges(read: RecordsRead, kind: str) -> list[dict[str, Any]]:
    return [row for row in read.claims.to_pylist() if row["kind"] == kind]


def offered(read: RecordsRead) -> list[tuple[str, int]]:
    return [(row["head"].removeprefix("School:"), row["enrolled"]) for row in edges(read, "OFFERS")]


def write(folder: Path, text: str) -> Path:
    path = folder / "院校专业.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_district_and_school_are_both_filled_and_a_new_school_stands_in_the_same_district(
    tmp_path: Path,
) -> None:
    path = write(tmp_path, DISTRICTS)
    ((one,), _) = inspect_file(path)
    assert one.filled_down == ("区县", "学校")
    read = read_records(path, "s")
    assert read.rejects == ()
    assert offered(read) == [("甲学院", 100), ("甲学院", 90), ("乙学院", 80), ("丙学院", 70), ("丙学院", 60)]
    where = {row["head"]: row["tail"] for row in edges(read, "LOCATED_IN")}
    assert where["School:甲学院"] == where["School:乙学院"] != where["School:丙学院"]
    mapping = save_mapping(path, one)
    told = mapping.read_text(encoding="utf-8").replace("as_above: true", "as_above: false")
    mapping.write_text(told, encoding="utf-8")
    assert [school for school, _ in offered(read_records(path, "s"))] == ["甲学院", "乙学院", "丙学院"]
    ((one,), _) = inspect_file(path)
    assert one.filled_down == ()


def test_no_school_of_one_district_is_taken_into_the_next(tmp_path: Path) -> None:
    path = write(tmp_path, DISTRICTS.replace("江北区,丙学院,护理", "江北区,,护理"))
    read = read_records(path, "s")
    assert offered(read) == [("甲学院", 100), ("甲学院", 90), ("乙学院", 80)]
    assert {(reject.row, reject.code) for reject in read.rejects} == {
        (6, "record.required"),
        (7, "record.required"),
    }


def test_a_district_written_in_every_row_has_its_schools_filled_all_the_same(tmp_path: Path) -> None:
    text = DISTRICTS.replace("\n,", "\n渝北区,")
    path = write(tmp_path, text[: text.rindex("渝北区")] + "江北区,,药学,高职专科,2024,60\n")
    ((one,), _) = inspect_file(path)
    assert one.filled_down == ("学校",)
    assert offered(read_records(path, "s")) == [
        ("甲学院", 100),
        ("甲学院", 90),
        ("乙学院", 80),
        ("丙学院", 70),
        ("丙学院", 60),
    ]


def test_a_sum_that_does_not_say_so_is_no_row_of_the_school_above(tmp_path: Path) -> None:
    read = read_records(write(tmp_path, DISTRICTS.replace(",,小计,,,270", ",,,,2024,270")), "s")
    assert 270 not in {enrolled for _, enrolled in offered(read)}
    assert {(reject.row, reject.code) for reject in read.rejects} == {(5, "record.required")}


@pytest.mark.parametrize("cell", ["同上", "〃"])
def test_what_says_that_it_is_as_above_means_it_in_a_new_group_too(tmp_path: Path, cell: str) -> None:
    read = read_records(write(tmp_path, DISTRICTS.replace("江北区,丙学院", f"江北区,{cell}")), "s")
    assert [school for school, _ in offered(read)] == ["甲学院", "甲学院", "乙学院", "乙学院", "乙学院"]


def test_the_district_of_a_school_is_filled_within_the_school_alone(tmp_path: Path) -> None:
    lines = [line.split(",") for line in DISTRICTS.replace(",,小计,,,270\n", "").splitlines()]
    text = "\n".join(",".join([school, district, *rest]) for district, school, *rest in lines)
    read = read_records(write(tmp_path, text + "\n"), "s")
    where = {row["head"] for row in edges(read, "LOCATED_IN")}
    assert where == {"School:甲学院", "School:丙学院"}, "of 乙学院 the district is not told"
    assert len(offered(read)) == 5
