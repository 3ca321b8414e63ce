"""The tables of secondary vocational schools (中职) become the same kinds as those of colleges."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from ingest.records import read_records
from ingest.records.standard.links import STANDARD_KINDS

SCHOOL = "3650000001"
SAID = f"School:{SCHOOL}"
NURSING = {"xxdm": SCHOOL, "zymc": "护理", "zydm": "720201", "sjcjsj": "20240930 101500"}
TIMES = 6  # rows a person, above the size of a small group

Edge = tuple[str, str, str]

TABLES: dict[str, tuple[list[dict[str, Any]], set[Edge]]] = {
    "ODS_ZZXXGKJCSJ": (
        [{"xxdm": SCHOOL, "xxjgmc": "示例职业中学", "qxjgbm": "500112"}],
        {("LOCATED_IN", SAID, "Region:500112")},
    ),
    "ODS_ZZZYSZSJ": (
        [NURSING | {"sszyqmc": "健康服务专业群", "sczsny": "202009"}],
        {
            ("OFFERS", SAID, "Specialty:720201"),
            ("HOSTS", SAID, f"SpecialtyGroup:健康服务专业群@{SAID}"),
            ("INCLUDES", f"SpecialtyGroup:健康服务专业群@{SAID}", "Specialty:720201"),
        },
    ),
    "ODS_ZZSXJCSJ": (
        [
            NURSING | {"zjsjwyxbs": n, "sxdwlym": 1 if n % 2 else 3, "sxdwmc": "甲医院"}
            for n in range(2 * TIMES)
        ],
        {("COOPERATES_WITH", SAID, "Enterprise:甲医院")},
    ),
    "ODS_ZZBYQXJYSJ": (
        [
            NURSING
            | {"zjsjwyxbs": n, "jydwmc": "甲公司", "jydwhym": "Q", "qxx": 4000, "sfdk": 1}
            | {"jyqyshjgbm": "500100", "jyqyshimc": "重庆市"}
            for n in range(TIMES)
        ],
        {
            ("OFFERS", SAID, "Specialty:720201"),
            ("GRADUATES_TO", SAID, "Enterprise:甲公司"),
            ("GRADUATES_TO", SAID, "Region"),
            ("GRADUATES_TO", SAID, "IndustryChain"),
        },
    ),
    "ODS_ZZBYQXSXSJ": (
        [NURSING | {"zjsjwyxbs": n, "lqxxmc": "重庆工业职业技术大学"} for n in range(TIMES)],
        {
            ("OFFERS", SAID, "Specialty:720201"),
            ("GRADUATES_TO", SAID, "School"),
        },
    ),
    "ODS_ZZBYQXWJYSJ": (
        [NURSING | {"zjsjwyxbs": n, "wjylxm": 1} for n in range(TIMES)],
        {("OFFERS", SAID, "Specialty:720201")},
    ),
    "ODS_ZZXNSXJDSJ": (
        [NURSING | {"sxjdmc": "护理实训中心", "mxzy": "护理", "pzrq": "20200101"}],
        {
            ("CO_BUILDS", SAID, "TrainingBase"),
            ("TRAINS", "TrainingBase", "Specialty"),
        },
    ),
    "ODS_ZZXWSXJDSJ": (
        [
            NURSING
            | {
                "sxsxjdmc": "甲公司实训基地",
                "ytdwmc": "甲公司",
                "ytdwxzm": "民营（私营）企业",
                "mxzy": "护理",
            }
            | {"jdclny": "202101", "hzkssj": "20210101", "hzjssj": "20261231"}
        ],
        {
            ("CO_BUILDS", SAID, "TrainingBase"),
            ("CO_BUILDS", "Enterprise:甲公司", "TrainingBase"),
            ("COOPERATES_WITH", SAID, "Enterprise:甲公司"),
            ("TRAINS", "TrainingBase", "Specialty"),
        },
    ),
    "ODS_ZZSXSJBSJ": (
        [NURSING | {"sxsmc": "急救实训室", "sxsjlrq": "20200101", "syshzqy": "甲公司、乙公司"}],
        {
            ("COOPERATES_WITH", SAID, "Enterprise:甲公司"),
            ("COOPERATES_WITH", SAID, "Enterprise:乙公司"),
            ("SHARES", SAID, "SharedResource"),
            ("SHARES", "Enterprise:甲公司", "SharedResource"),
            ("SHARES", "Enterprise:乙公司", "SharedResource"),
        },
    ),
    "ODS_ZZJCJBSJ": (
        [NURSING | {"jcmc": f"教材{n}", "cbrq": "20230501", "sfxqhzkfjc": n} for n in range(2)],
        {("SHARES", SAID, f"SharedResource:教材1@{SAID}")},
    ),
}


def test_every_table_of_secondary_schools_that_is_read_has_its_test() -> None:
    assert set(TABLES) == {name for name in STANDARD_KINDS if name.startswith("ODS_ZZ")}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_becomes_these_linkages_and_no_others(name: str, tmp_path: Path) -> None:
    rows, expected = TABLES[name]
    path = tmp_path / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    read = read_records(path, "source")
    assert read.rejects == ()
    found = {
        (row["kind"], row["head"], row["tail"]) for row in read.claims.to_pylist() if row["kind"] != "STATES"
    }

    def told(end: str, others: set[str]) -> str:
        """The end as the table above says it: of some nodes the label is enough."""
        return end if end in others else end.partition(":")[0]

    ends = {end for _, *both in expected for end in both}
    assert {(kind, told(head, ends), told(tail, ends)) for kind, head, tail in found} == expected


def test_figures_of_graduates_are_those_of_the_rows(tmp_path: Path) -> None:
    rows, _ = TABLES["ODS_ZZBYQXJYSJ"]
    path = tmp_path / "ODS_ZZBYQXJYSJ.csv"
    lines = [",".join(rows[0]), *(",".join(map(str, row.values())) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    claims = read_records(path, "source").claims.to_pylist()
    (offers,) = (row for row in claims if row["kind"] == "OFFERS")
    assert (offers["employed"], offers["in_field"], offers["year"]) == (TIMES, TIMES, 2024)
    company = next(
        row for row in claims if row["tail"] == "Enterprise:甲公司" and row["kind"] == "GRADUATES_TO"
    )
    assert (company["graduates"], company["pay"]) == (TIMES, 4000)
