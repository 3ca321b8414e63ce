"""The national standard: its tables are known by codes, names or both, and become linkages; what is not one is left."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from ingest.records import RECORD_KINDS, RecordsRead, read_records
from ingest.records.header import best_match
from ingest.records.kinds import RECOGNISED
from ingest.records.standard import personal_columns, standard_columns, tables
from ingest.records.standard.links import SILENT_KINDS, STANDARD_KINDS

SCHOOL = "4150012215"


def read(
    folder: Path, name: str, rows: list[dict[str, Any]], *, header: list[str] | None = None
) -> RecordsRead:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header or list(rows[0]))
        writer.writerows(row.values() for row in rows)
    return read_records(path, "source")


WITH_FIELDS = [name for name in tables() if (*standard_columns(name), *personal_columns(name))]


def edges(result: RecordsRead, kind: str) -> list[dict[str, Any]]:
    return [row for row in result.claims.to_pylist() if row["kind"] == kind]


def test_every_table_of_both_standards_is_known() -> None:
    assert len(tables()) == 98 + 61
    assert set(STANDARD_KINDS) | set(SILENT_KINDS) == set(tables())
    assert not set(STANDARD_KINDS) & set(SILENT_KINDS)
    assert len(WITH_FIELDS) == 52
    assert all(kind.all_edges for kind in STANDARD_KINDS.values())


@pytest.mark.parametrize("name", WITH_FIELDS)
def test_a_table_is_told_by_its_headers_however_they_are_written(name: str) -> None:
    columns = (*standard_columns(name), *personal_columns(name))
    codes, names = [c.name for c in columns], [c.zh for c in columns]
    both = [f"{c.name}（{c.zh}）" for c in columns]
    joined = [f"{c.name}{c.zh}" for c in columns]
    for headers in (codes, both, joined, [code.upper() for code in codes]):
        match = best_match(headers)
        assert match is not None, headers
        assert match.kind.name == name
    # Some tables of the two standards have the same Chinese headers: then the name of the file decides.
    match = best_match(names, name)
    assert match is not None
    assert match.kind.name == name


def test_a_header_of_codes_below_one_of_names_is_no_row(tmp_path: Path) -> None:
    names = ["学校代码", "专业名称", "专业号", "专业层次码", "数据采集时间"]
    codes = dict(zip("abcde", ["xxdm", "zymc", "zyh", "zyccm", "sjcjsj"], strict=True))
    row = dict(zip("abcde", [SCHOOL, "智能网联汽车技术", "GY01", "2", "20240930"], strict=True))
    result = read(tmp_path, "a.csv", [codes, row], header=names)
    assert (result.kinds, result.rows_read, result.rows_taken) == (("ODS_ZYSZSJ",), 1, 1)
    assert edges(result, "OFFERS")[0]["place"] == "l.3"


def test_no_kind_reads_a_field_of_a_person() -> None:
    for kind in RECOGNISED.values():
        persons = {column.name for column in kind.personal}
        assert not persons & {column.name for column in kind.columns}
        assert not persons & kind.kept
    assert {"xh", "xm"} <= {column.name for column in RECORD_KINDS["ODS_BYQXJYSJ"].personal}


def test_a_table_that_says_nothing_of_linkages_is_left_and_the_report_says_so(tmp_path: Path) -> None:
    path = tmp_path / "ODS_XSXFSJ.csv"
    path.write_text("xh,xm,xfje\n2022001,张三,12.5\n", encoding="utf-8")
    result = read_records(path, "s")
    assert (result.kinds, result.rows_read, result.claims.num_rows) == (("ODS_XSXFSJ",), 0, 0)
    assert "ODS_XSXFSJ" in result.notes[0].zh
    assert "张三" not in str(result)


def graduates(count: int, **cells: Any) -> list[dict[str, Any]]:
    shared = {"xxdm": SCHOOL, "zyh": "GY01", "zymc": "智能网联汽车技术", "sfdk": 1, "jydwhym": "C"}
    shared |= {"jydwmc": "甲制造有限公司", "jyqyshjgbm": "500100", "qxx": 5000, "sjcjsj": "20240930 100000"}
    keys = [f"{number:032d}" for number in range(count)]
    return [{"zjsjwyxbs": key, "xh": key, "xm": "某某"} | shared | cells for key in keys]


def test_graduates_are_counted_while_they_are_read(tmp_path: Path) -> None:
    rows = graduates(20)
    for number, row in enumerate(rows):
        row["sfdk"] = int(number < 12)
        row["jydwmc"] = "甲制造有限公司" if number < 15 else "乙软件有限公司"
        row["qxx"] = 4000 + 100 * number
    result = read(tmp_path, "ODS_BYQXJYSJ.csv", rows)
    assert (result.rows_read, result.rows_taken, result.rejects) == (20, 20, ())
    (offers,) = edges(result, "OFFERS")
    assert (offers["employed"], offers["in_field"], offers["year"], offers["number"]) == (
        20,
        12,
        2024,
        "GY01",
    )
    assert offers["tail"] == f"Specialty:gy01@School:{SCHOOL}"
    assert offers["place"] == "l.2-21"
    goes = {row["tail"]: row for row in edges(result, "GRADUATES_TO")}
    assert set(goes) == {
        "Enterprise:甲制造有限公司",
        "Enterprise:乙软件有限公司",
        "Region:500100",
        "IndustryChain:C",
    }
    assert goes["Enterprise:甲制造有限公司"]["graduates"] == 15
    assert goes["Enterprise:甲制造有限公司"]["in_field"] == 12
    assert goes["Enterprise:乙软件有限公司"]["pay"] == 5700
    assert goes["Region:500100"]["specialty"] == offers["tail"]
    assert {"重庆市", "制造业"} <= {row["name"] for row in edges(result, "STATES")} | {"重庆市"}


def test_a_row_sent_twice_is_counted_once(tmp_path: Path) -> None:
    rows = graduates(6)
    result = read(tmp_path, "ODS_BYQXJYSJ.csv", [*rows, rows[2]])
    assert edges(result, "OFFERS")[0]["employed"] == 6
    assert [(r.row, r.code, r.value, r.cells) for r in result.rejects] == [(8, "record.duplicate", "", ())]
    assert result.rows_read == result.rows_taken + result.rejected_rows == 7


def test_a_rejected_person_is_named_by_row_alone(tmp_path: Path) -> None:
    rows = graduates(3)
    rows[1]["sfdk"] = "张三"
    result = read(tmp_path, "ODS_BYQXJYSJ.csv", rows)
    (reject,) = result.rejects
    assert (reject.row, reject.column, reject.code, reject.value) == (3, "sfdk", "record.choice", "")
    assert reject.cells == ()


def test_rows_marked_as_deleted_say_nothing(tmp_path: Path) -> None:
    shared = {"xxdm": SCHOOL, "zymc": "汽车运用与维修", "zydm": "700206", "wjylxm": "1", "sjcjsj": "20240930"}
    rows = [shared | {"sjztm": mark, "bjmc": "一班"} for mark in ("", "0", "", "0")]
    result = read(tmp_path, "ODS_ZZBYQXWJYSJ.csv", rows)
    assert (result.rows_read, result.rows_taken) == (4, 4)
    assert edges(result, "OFFERS")[0]["unemployed"] == 2


def test_a_long_table_read_in_pieces_says_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = graduates(300)
    for number, row in enumerate(rows):
        row["zyh"] = f"GY{number % 7}"
        row["sfdk"] = "x" if number % 50 == 49 else 1
    rows[200] = rows[3]
    whole = read(tmp_path, "ODS_BYQXJYSJ.csv", rows)
    monkeypatch.setattr("ingest.records.delimited.BLOCK", 2000)
    pieces = read(tmp_path, "ODS_BYQXJYSJ.csv", rows)
    said = [{str(row | {"id": ""}) for row in result.claims.to_pylist()} for result in (whole, pieces)]
    assert said[0] == said[1]
    assert [(r.row, r.code) for r in pieces.rejects] == [(r.row, r.code) for r in whole.rejects]
    assert len(whole.rejects) == 7


def test_cooperation_names_the_specialty_by_the_schools_own_number(tmp_path: Path) -> None:
    row = {
        "xxdm": SCHOOL,
        "zyh": "460702",
        "hzqymc": "甲公司",
        "hzqytyshxydm": "",
        "jsbysjys": 3,
        "sjcjsj": "2024",
    }
    result = read(tmp_path, "ODS_CXHZSJ.csv", [row])
    (works,) = edges(result, "COOPERATES_WITH")
    # A number of the school's own may look like a national code, and is none.
    assert works["specialty"] == f"Specialty:460702@School:{SCHOOL}"
    assert (works["hires"], works["income"]) == (3, None)


def test_a_code_that_names_another_specialty_is_refused(tmp_path: Path) -> None:
    row = {
        "xxdm": SCHOOL,
        "zymc": "护理",
        "zydm": "700209",
        "sszyqmc": "",
        "sczsny": "202009",
        "sjcjsj": "2024",
    }
    result = read(tmp_path, "ODS_ZZZYSZSJ.csv", [row])
    assert [r.code for r in result.rejects] == ["record.code_name"]


def test_posts_and_pay_of_a_visit(tmp_path: Path) -> None:
    row = {
        "xxdm": SCHOOL,
        "zfqymc": "甲公司",
        "zfqydm": "",
        "xqzymc": "智能网联汽车技术",
        "xqzycc": 2,
        "ktggws": 20,
    }
    row |= {"pjxc": 5500, "bfsj": "20240520", "ftzyxs": 2, "jsxsjyzymc": "", "jsxsjyrs": 8, "qtbfr": "张三"}
    result = read(tmp_path, "ODS_FQTGSJ.csv", [row])
    (needs,) = edges(result, "DEMANDS")
    assert (needs["tail"], needs["headcount"], needs["pay"], needs["year"], needs["observed"]) == (
        "Specialty:460704",
        20,
        5500.0,
        2024,
        "2024-05-20",
    )
    (works,) = edges(result, "COOPERATES_WITH")
    assert (works["status"], works["mode"], works["hires"]) == ("计划", "访企拓岗", 8)


def test_what_was_made_with_companies_is_shared_and_the_rest_is_not(tmp_path: Path) -> None:
    books = [
        {"xxdm": SCHOOL, "jcbh": n, "jcmc": f"教材{n}", "zz": "张三", "sfxqhzkfjc": n % 2} for n in range(4)
    ]
    result = read(tmp_path, "ODS_JCJBSJ.csv", books)
    assert [row["tail"] for row in edges(result, "SHARES")] == [
        f"SharedResource:教材1@School:{SCHOOL}",
        f"SharedResource:教材3@School:{SCHOOL}",
    ]
    gifts = [
        {"xxdm": SCHOOL, "yqh": n, "yqmc": "车床", "sblym": 5 if n else 2, "jzqymc": "甲公司", "yqjg": 1000}
        for n in range(4)
    ]
    donated = read(tmp_path, "ODS_YQSBJBSJ.csv", [g | {"gzrq": "20230501"} for g in gifts])
    (gave,) = edges(donated, "DONATES_TO")
    assert (gave["head"], gave["items"], gave["worth"], gave["year"]) == (
        "Enterprise:甲公司",
        3,
        3000.0,
        2023,
    )


def test_a_base_with_a_common_name_is_that_of_its_school(tmp_path: Path) -> None:
    row = {
        "xxdm": SCHOOL,
        "sxjdbh": 1,
        "sxjdmc": "校内实训基地",
        "jdhzqy": "甲公司、乙公司",
        "syzymc": "护理",
    }
    result = read(tmp_path, "ODS_SXJDSJ.csv", [row | {"sxjdjlrq": "20200101", "sjcjsj": "2024"}])
    base = "TrainingBase:重庆工业职业技术大学校内实训基地"
    assert {(row["head"], row["tail"]) for row in edges(result, "CO_BUILDS")} == {
        (f"School:{SCHOOL}", base),
        ("Enterprise:甲公司", base),
        ("Enterprise:乙公司", base),
    }
    assert edges(result, "TRAINS")[0]["head"] == base
    assert len(edges(result, "SHARES")) == 3


def test_internships_without_an_agreement_are_no_cooperation(tmp_path: Path) -> None:
    shared = {"xxdm": SCHOOL, "zyh": "GY01", "zymc": "护理", "sxqymc": "甲医院", "sjcjsj": "20240930"}
    rows = [shared | {"sfqdsfxy": n % 2, "sfdk": 1, "xsxm": "张三", "sxsfks": 1} for n in range(9)]
    (works,) = edges(read(tmp_path, "ODS_SXJCSJ.csv", rows), "COOPERATES_WITH")
    assert (works["interns"], works["mode"], works["observed"]) == (4, "岗位实习", "2024")


def test_certificates_are_counted_by_specialty(tmp_path: Path) -> None:
    rows = [
        {"xxdm": SCHOOL, "zsh": n, "zyh": "GY01", "fzjgmc": "某局", "zsmc": "汽车检测", "sjcjsj": "2024"}
        for n in range(8)
    ]
    (leads,) = edges(read(tmp_path, "ODS_GZXZSSJ.csv", rows), "PREPARES_FOR")
    assert (leads["tail"], leads["certificate"], leads["holders"]) == ("Occupation:汽车检测", "汽车检测", 8)
