"""Instruments of policy by the words of measures, against a reading of each measure by itself."""

import pytest

from graph.errors import LiantuError
from graph.gaps.incentives import incentives
from graph.gaps.instruments import amounts_in, groups_in, instruments_in


def test_agrees_with_the_words_of_each_measure_on_random_graphs(five_hundred_graphs):
    found = 0
    for made, projection in five_hundred_graphs:
        text = {row["id"]: row.get("text") or row["name"] for row in made.nodes["Measure"]}
        set_by_document = {row["tail"] for row in made.claims("SETS")} & text.keys()
        expected = {
            (measure, name)
            for measure in set_by_document
            for name, word in (("财政", "奖补"), ("土地", "用地"))
            if word in text[measure]
        }
        answer = {(one.measure.id, one.instrument) for one in incentives(projection)}
        assert answer == expected
        found += len(answer)
    assert found > 50


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("给予每个每年300万元奖补", ("财政",)),
        ("落实教育费附加抵免政策，优先保障实训用地", ("财政", "土地")),
        ("鼓励银行提供中长期贷款，财政贴息", ("财政", "金融")),
        ("纳入信用评价，守信者优先", ("信用",)),
        ("共建产业学院", ()),
        ("", ()),
    ],
)
def test_instruments_are_told_by_words(words, expected):
    assert instruments_in(words) == expected


def test_groups_and_sums_are_those_that_the_words_name():
    words = "对产教融合型企业和职业院校给予1.5亿元、20万元、600元补助"
    assert groups_in(words) == ("产教融合型企业", "职业院校")
    assert amounts_in(words) == (150_000_000.0, 200_000.0, 600.0)
    words = "补助1,500万元、1,200.5元，奖励 20 万元、300余万元、5千元；2家，30万元"
    assert amounts_in(words) == (15_000_000.0, 1_200.5, 200_000.0, 3_000_000.0, 5_000.0, 300_000.0)


def test_what_a_measure_does_not_say_is_named(empty_graph):
    document = empty_graph.node("PolicyDocument", "文")
    measure = empty_graph.node("Measure", f"1@{document}", text="加大财政支持力度")
    empty_graph.edge("SETS", document, measure, source="document")
    (one,) = incentives(empty_graph.projection())
    assert [text.zh for text in one.missing] == ["对象", "责任单位", "金额", "期限"]
    assert (one.amounts, one.document.id) == ((), document)


def test_one_instrument_may_be_asked_for_and_another_word_is_an_error(empty_graph):
    document = empty_graph.node("PolicyDocument", "文")
    measure = empty_graph.node("Measure", f"1@{document}", text="奖补并保障用地")
    empty_graph.edge("SETS", document, measure)
    assert [one.instrument for one in incentives(empty_graph.projection(), instrument="土地")] == ["土地"]
    with pytest.raises(LiantuError):
        incentives(empty_graph.projection(), instrument="好话")
