"""Years and dates counted from the document's date."""

from __future__ import annotations

import pytest

from nlp.dates import iso_date, times


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
