"""Figures that documents give, written as people write them."""

import pytest

from graph.gaps.stated import number_text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (525000.0, "人", "52.5 万人"),
        (0.8, "比例", "80%"),
        (15.0, "个", "15 个"),
        (1e11, "元", "1000 亿元"),
        (0.05, None, "0.05"),
        (9999.0, "人", "9999 人"),
    ],
)
def test_numbers_are_written_as_people_write_them(value, unit, text):
    assert number_text(value, unit) == text
