"""Numerals: digits, characters, scales, fractions."""

from __future__ import annotations

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.numerals import chinese_number, fraction, number


@given(st.integers(min_value=0, max_value=999_999_999_999))
def test_chinese_numerals_are_read_as_they_are_written(value: int) -> None:
    assert chinese_number(cn2an.an2cn(value)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一亿二千万", 120_000_000),
        ("三万五", 35_000),
        ("两百五", 250),
        ("百万", 1_000_000),
        ("千亿", 100_000_000_000),
        ("三四十", 30),  # the low end
        ("两三千万", 20_000_000),
        ("九十八点五", 98.5),
        ("一亿五", None),
        ("十百", None),
    ],
)
def test_short_and_rough_numerals_are_read_as_they_are_meant(text: str, value: float | None) -> None:
    assert chinese_number(text) == value


@pytest.mark.parametrize(
    ("text", "scale", "value"), [("52.5", "万", 525000), ("1,280", "万", 12800000), ("１１０", "万", 1100000)]
)
def test_a_scale_multiplies(text: str, scale: str, value: float) -> None:
    assert number(text, scale) == value


def test_fractions_are_shares_and_none_divides_by_zero() -> None:
    assert fraction("二十", "一") == 0.05
    assert fraction("零", "一") is None


@given(st.text(max_size=12))
def test_what_is_no_number_is_none(text: str) -> None:
    value = number(text) if not any(character.isdigit() for character in text) else 0.0
    assert value is None or value >= 0 or "inf" in text.lower() or "nan" in text.lower()
