"""Years and dates counted from the document's date."""

from __future__ import annotations

import pytest

from nlp.dates import iso_date, times
from tests.nlp.conftest import Read


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("去年", 2022),
        ("近三年", 2023),
        ("到2027年", 2027),
        ("“十四五”末", 2025),
        ("二〇二五年", 2025),
        ("今后五年", 2028),
    ],
)
def test_a_year_is_counted_from_the_date(text: str, year: int) -> None:
    assert [time.year for time in times(text, "2023-10-27")] == [year]


def test_a_relative_year_without_a_date_is_unknown() -> None:
    assert times("去年", None) == []


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("去年 12 月", "2022-12"),
        ("上个月", "2023-09"),
        ("2023 年 11月 3 日", "2023-11-03"),
        ("没有日期", None),
    ],
)
def test_a_date_is_as_exact_as_the_text(text: str, date: str | None) -> None:
    assert iso_date(text, "2023-10-27") == date


def test_the_month_before_january_lies_in_the_year_before() -> None:
    assert iso_date("上个月", "2024-01-05") == "2023-12"


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("学校始建于1958年。学校现有在校生12000人。", [2024]),
        ("学校成立于1986年，占地800亩，现有在校生1.2万人。", [2024, 2024]),
        ("学院2018年由省政府批准升格，在校生8000人。", [2024]),
        ("2023年成立产业学院5个。", [2023]),
        ("2023年，全市新增企业30家，产值达到20亿元；目前共有企业300家。", [2023, 2023, 2024]),
        ("2019年招生800人。校园占地600亩。", [2019, 2024]),
        ("截至2022年底，有院校210所。在校生98万人，目前有教师5万人。", [2022, 2022, 2024]),
        ("2023年新增专业8个。同年培训5000人次。", [2023, 2023]),
        ("一期2023年投产，当年产值20亿元。", [2023]),
    ],
)
def test_a_number_has_the_year_that_it_was_counted_in(read: Read, text: str, years: list[int]) -> None:
    assert [one.year for one in read(text).quantities] == years


def test_since_a_year_is_until_today_and_a_year_of_its_own_goes_before(read: Read) -> None:
    found = read("2020年以来，学校培训1万人次；其中2022年培训5000人次。").quantities
    assert [one.year for one in found] == [2024, 2022]


def test_what_rose_from_a_year_on_is_of_that_year_only_where_it_rose_from(read: Read) -> None:
    found = read("就业率由2020年的90%提高到95%。").quantities
    assert [one.year for one in found] == [2020, 2024]
