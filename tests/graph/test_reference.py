"""The reference tables agree with the official totals, with themselves, and with the script that builds them."""

from __future__ import annotations

import importlib.util
import os
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from graph import reference
from graph.identity import normalise_name
from graph.ontology import SCHOOL_LEVELS, SPECIALTY_LEVELS

REPOSITORY = Path(__file__).resolve().parents[2]
# What the publications themselves say of their totals; docs/reference.md names them.
TOTALS = {
    "industries": {"门类": 20, "大类": 97, "中类": 473, "小类": 1382},
    "regions": {"省级": 34, "地级": 333, "县级": 2844},
    "schools": {"高职专科": 1554, "职业本科": 87, "普通本科": 1278},
}


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "build_reference", REPOSITORY / "scripts/build_reference.py"
    )
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("table", TOTALS)
def test_counts_are_the_official_totals(table: str) -> None:
    assert Counter(row["level"] for row in reference.rows(table)) == TOTALS[table]


def test_specialties_hold_the_catalogue_of_2021_with_its_additions() -> None:
    counts = Counter(row["level"] for row in reference.rows("specialties"))
    assert counts["中职"] >= 358
    assert counts["高职专科"] >= 744
    assert counts["职业本科"] >= 247
    controlled = [
        row for row in reference.rows("specialties") if row["code"][6:] == "K" and row["level"] != "普通本科"
    ]
    assert len(controlled) == 47


def test_the_33618_are_three_three_six_and_eighteen() -> None:
    clusters = reference.rows("clusters")
    parents = Counter(row["parent"] for row in clusters if row["tier"] == "产业链")
    assert sorted(parents.values()) == [3, 3, 6, 6, 12]
    assert [row["name"] for row in clusters if not row["parent"]] == ["“33618”现代制造业集群体系"]
    assert {row["confidence"] for row in clusters} == {"1.0", "0.7"}


@pytest.mark.parametrize(
    "table", [name for name in reference.tables() if name not in {"school_names", "clusters"}]
)
def test_codes_stand_once(table: str) -> None:
    codes = Counter(row["code"] for row in reference.rows(table))
    assert [code for code, count in codes.items() if count > 1] == []
    assert all(row["name"] for row in reference.rows(table))


@pytest.mark.parametrize(
    ("table", "key"), [("industries", "code"), ("regions", "code"), ("clusters", "name")]
)
def test_parents_exist_and_lead_to_a_root(table: str, key: str) -> None:
    parents = {row[key]: row["parent"] for row in reference.rows(table)}
    for item, parent in parents.items():
        steps, above = 0, parent
        while above:
            steps, above = steps + 1, parents[above]
            assert steps < 5, item


def test_divisions_hang_on_their_own_province_and_none_is_a_placeholder() -> None:
    for row in reference.rows("regions"):
        assert row["name"] not in {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
        assert not row["parent"] or row["parent"][:2] == row["code"][:2]
        assert (row["level"] == "省级") == (not row["parent"])


def test_short_names_of_divisions_are_unambiguous() -> None:
    shorts = Counter(name for row in reference.rows("regions") for name in row["short"].split("、") if name)
    assert [name for name, count in shorts.items() if count > 1] == []


def test_levels_are_those_of_the_ontology() -> None:
    assert {row["level"] for row in reference.rows("specialties")} <= set(SPECIALTY_LEVELS)
    assert {row["level"] for row in reference.rows("schools")} <= set(SCHOOL_LEVELS)


def test_other_names_of_schools_belong_to_one_school_that_has_another_name() -> None:
    current = {normalise_name(row["name"]) for row in reference.rows("schools")}
    codes = {row["code"] for row in reference.rows("schools")}
    names = reference.rows("school_names")
    assert {row["code"] for row in names} <= codes
    assert {row["relation"] for row in names} == {"former", "short"}
    assert not current & {normalise_name(row["name"]) for row in names}
    assert len({row["name"] for row in names}) == len(names)


def test_a_code_tells_the_school_by_its_name_of_today() -> None:
    today = {row["code"]: row["name"] for row in reference.rows("schools")}
    former = {row["name"]: today[row["code"]] for row in reference.rows("school_names")}
    assert former["重庆电子工程职业学院"] == "重庆电子科技职业大学"
    assert former["重庆工业职业技术学院"] == "重庆工业职业技术大学"
    assert former["深圳职业技术学院"] == "深圳职业技术大学"


def test_credit_codes_have_the_right_check_character() -> None:
    valid = _script().credit_code_is_valid
    assert all(valid(row["code"]) for row in reference.rows("companies"))
    sample = reference.rows("companies")[0]["code"]
    changed = "9" if sample[-1] != "9" else "8"
    assert not valid(sample[:-1] + changed)
    assert not valid("")
    assert not valid("I" * 18)


def test_tables_are_utf8_with_line_feeds_and_no_white_space_in_values() -> None:
    for table in reference.tables():
        content = reference.content(table)
        assert b"\r" not in content
        for row in reference.rows(table):
            assert all(value == value.strip() for value in row.values()), row


def test_an_unknown_table_is_an_error() -> None:
    with pytest.raises(KeyError):
        reference.rows("../claims")


def test_the_script_reproduces_the_tables(tmp_path: Path) -> None:
    raw = Path(os.environ.get("LIANTU_RAW_DATA") or REPOSITORY.parent / "shared" / "data")
    if not (raw / "specialties").is_dir():
        pytest.skip("no raw tables: set LIANTU_RAW_DATA to their folder")
    counts = _script().build(raw, tmp_path)
    assert set(counts) == set(reference.tables()) - {"school_names"}
    for table in counts:
        assert (tmp_path / f"{table}.csv").read_bytes() == reference.content(table), table
