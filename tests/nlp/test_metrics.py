"""What a number counts is named whole."""

from __future__ import annotations

import pytest

from tests.nlp.conftest import Read


@pytest.mark.parametrize(
    ("text", "metrics"),
    [
        ("建成28个国家级市域产教联合体。", ["国家级市域产教联合体数"]),
        ("组建20个行业产教融合共同体。", ["行业产教融合共同体数"]),
        ("打造5个省级联合体和3个产教融合共同体。", ["省级联合体数", "产教融合共同体数"]),
        ("全市现有35所中职学校。", ["中职学校数"]),
        ("重点建设20所中等职业学校。", ["中等职业学校数"]),
        ("引进6家上市公司。", ["上市公司数"]),
        ("招收1200名在校生。", ["在校生数"]),
        ("全市有35所学校均开设该专业。", ["学校数"]),
        ("30家企业共同出资，20家企业联合培养学徒，6家企业在园区落户。", ["企业数", "企业数", "企业数"]),
    ],
)
def test_the_thing_counted_is_not_cut_inside_a_word(read: Read, text: str, metrics: list[str]) -> None:
    assert [one.metric for one in read(text).quantities] == metrics


def test_what_rose_from_one_year_to_another_is_one_metric(read: Read) -> None:
    found = read("招生人数由2020年的1000人增加到2023年的1500人。").quantities
    assert [(one.metric, one.year) for one in found] == [("招生人数", 2020), ("招生人数", 2023)]


def test_a_sign_or_a_span_leaves_no_dash_in_a_metric(read: Read) -> None:
    found = read("增加值增长-3.2%，占比5%-10%。").quantities
    assert [one.metric for one in found] == ["增加值增长", "增加值增长占比"]


def test_what_is_to_fall_is_met_by_less_and_what_has_fallen_is_told(read: Read) -> None:
    (target,) = read("到2027年，城镇调查失业率降到3%。").quantities
    assert (target.type, target.comparator, target.value) == ("Target", "≤", 0.03)
    (told,) = read("2023年，城镇调查失业率降到3%。").quantities
    assert (told.type, told.comparator) == ("Statistic", "=")
    (grows,) = read("到2027年，高技能人才占比提高到45%。").quantities
    assert (grows.type, grows.comparator) == ("Target", "=")
