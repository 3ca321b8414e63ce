"""One cell at a time: what people type, and what it means."""

from __future__ import annotations

import datetime as dt
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.records import values
from ingest.records.values import BadValueError


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1234", 1234),
        ("１２３４", 1234),
        ("１，２３４", 1234),
        ("1,234,567", 1_234_567),
        ("1.2万", 12_000),
        ("约300人", 300),
        ("大约 1200 人", 1200),
        ("3千", 3000),
        ("1200.0", 1200),
        ("0", 0),
        ("35人左右", 35),
        ("1200余人", 1200),
        ("3百多名", 300),
        ("至少20人", 20),
        ("20人及以上", 20),
        ("1 200", 1200),
        ("12 345 678人", 12_345_678),
        ("1200①", 1200),
        ("120人²", 120),
        ("3-5人", 3),
        ("3-5万", 30_000),
        ("3-5百万", 3_000_000),
        ("3千-1万", 3000),
        ("8000-1万", 8000),
        ("1.5—2万人", 15_000),
    ],
)
def test_a_count_is_read_as_people_write_it(text: str, expected: int) -> None:
    assert values.count(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("-5", "12.5", "1,23", "95%", "三百", "1.23456万", "12元", "1e5", "∞", "1200余元", "以上", "9" * 40),
        *("①10②20", "3½", "30-25", "2024-12"),
    ],
)
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    with pytest.raises(BadValueError) as refused:
        values.count(text)
    assert refused.value.code == "record.whole_number"


@pytest.mark.parametrize("text", ["30 25", "30  25", "10 20 30", "1200 25 人", "3 000 20"])
def test_numbers_set_apart_are_not_one_number(text: str) -> None:
    with pytest.raises(BadValueError, match=r"record\.several"):
        values.count(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.2", 12_000),
        ("1.2-2", 12_000),
        ("约3", 30_000),
        ("3万", 30_000),
        ("3万人", 30_000),
        ("800人", 800),
        ("800人以上", 800),
        ("3-5万", 30_000),
        ("300-500人", 300),
    ],
)
def test_a_header_in_ten_thousands_counts_for_plain_numbers_alone(text: str, expected: int) -> None:
    assert values.count(text, 10_000) == expected


@pytest.mark.parametrize(
    ("text", "factor", "expected"),
    [
        ("35", 10_000, 350_000.0),
        ("35万元", 10_000, 350_000.0),
        ("35万元", 1, 350_000.0),
        ("1,200.50", 1, 1200.5),
        ("0.5亿", 1, 5e7),
        ("￥300", 1, 300.0),
        ("250000元", 10_000, 250_000.0),
    ],
)
def test_money_becomes_yuan_whatever_the_unit_stands_in(text: str, factor: int, expected: float) -> None:
    assert values.money(text, factor) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023-10-27", "2023-10-27"),
        ("2023/1/5", "2023-01-05"),
        ("2023.10.27", "2023-10-27"),
        ("2023年10月27日", "2023-10-27"),
        ("２０２３年１０月", "2023-10"),
        ("2023年10月", "2023-10"),
        ("2023/10", "2023-10"),
        ("20231027", "2023-10-27"),
        ("202310", "2023-10"),
        ("2023", "2023"),
        ("2023年", "2023"),
        ("2023-10-27 08:30:00", "2023-10-27"),
        ("20240930 101500", "2024-09-30"),
        ("202310.0", "2023-10"),
    ],
)
def test_a_date_is_as_exact_as_it_was_given(text: str, expected: str) -> None:
    assert values.date(text) == expected


@pytest.mark.parametrize("text", ["长期", "待定"])
def test_what_says_no_day_is_unknown(text: str) -> None:
    assert values.date(text) is None


@pytest.mark.parametrize(
    "text", ["2023-13-01", "2023-02-30", "20231345", "202313", "去年", "45226", "23-10-27", "2023-00", "3023"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(BadValueError, match=r"record\.date"):
        values.date(text)


@given(st.dates(dt.date(1955, 1, 1), dt.date(2063, 12, 31)))
def test_the_day_number_of_a_spreadsheet_is_the_day(day: dt.date) -> None:
    serial = (day - dt.date(1899, 12, 30)).days
    assert values.date(str(serial), serials=True) == day.isoformat()


@given(st.text(max_size=40))
def test_no_text_makes_a_reader_fail_in_another_way(text: str) -> None:
    for read in (
        values.count,
        values.money,
        values.year,
        values.date,
        values.school_code,
        values.credit_code,
        values.organisation_code,
        values.specialty_code,
    ):
        with suppress(BadValueError):
            read(text)


def test_a_cell_of_spaces_is_read_in_linear_time() -> None:
    assert values.clean(f"甲{' ' * 1_000_000}乙") == "甲 乙"
    assert values.clean(f"甲{' ' * 1_000_000}\n{' ' * 1_000_000}乙") == "甲乙"


@pytest.mark.parametrize("text", ["", " ", "　", "-", "——", "无", "N/A", "\u200b", "“”", '""'])
def test_signs_for_nothing_are_nothing(text: str) -> None:
    assert values.clean(text) is None


def test_a_name_broken_over_lines_is_one_name() -> None:
    assert values.clean(" 重庆电子\r\n科技职业大学 ") == "重庆电子科技职业大学"


def test_several_names_are_separated_by_any_of_the_usual_signs() -> None:
    several = values.clean_several("软件技术；大数据技术，\n云计算、软件技术")
    assert values.told(several) == "软件技术、大数据技术、云计算"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("汽车维修（新能源、智能网联方向）、护理", ["汽车维修（新能源、智能网联方向）", "护理"]),
        ("甲公司(渝北，江北(二厂；三厂))\n乙公司", ["甲公司(渝北，江北(二厂；三厂))", "乙公司"]),
        ("（甲公司、乙公司）", ["（甲公司", "乙公司）"]),
        ("甲（一、乙", ["甲（一", "乙"]),
    ],
)
def test_what_stands_in_brackets_belongs_to_one_name(text: str, names: list[str]) -> None:
    assert (values.clean_several(text) or "").split(values.BETWEEN) == names


def test_the_last_five_digits_of_a_school_are_looked_up() -> None:
    assert values.school_code("10611") == "4150010611"


@pytest.mark.parametrize("text", ["99999", "415001261", "41500126099", "ABC"])
def test_a_school_code_has_ten_digits(text: str) -> None:
    with pytest.raises(BadValueError, match=r"record\.code"):
        values.school_code(text)


def test_a_lost_leading_zero_of_a_specialty_is_put_back() -> None:
    assert values.specialty_code("80901") == "080901"
    assert values.specialty_code("520401k") == "520401K"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2023-2024学年", 2023),
        ("2023—2024", 2023),
        ("2023/2024学年度", 2023),
        ("2024学年", 2024),
        ("2024年", 2024),
    ],
)
def test_a_school_year_is_the_year_that_it_begins_in(text: str, year: int) -> None:
    assert values.year(text) == year


@pytest.mark.parametrize("text", ["2021-2024", "2024-2023学年", "2023-2024学年第一学期毕业"])
def test_a_span_of_other_years_is_no_year(text: str) -> None:
    with pytest.raises(BadValueError):
        values.year(text)


def test_a_cell_of_brackets_and_marks_takes_no_longer_than_its_length() -> None:
    begun = time.process_time()
    assert values.is_several("（、）甲、" * 50_000)
    assert time.process_time() - begun < 10  # by the square it would be minutes
