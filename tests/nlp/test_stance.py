"""Whether a number is demanded or reported, by the rules and by the words around it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import nlp
from nlp import stance
from nlp.extraction import Context, Passage, Quantity
from nlp.pipeline import Extractor
from nlp.quantities import quantities
from nlp.stance import evidence, weighed
from nlp.words import Words
from tests.nlp.conftest import Read

PARTS = st.text(alphabet="年产10万吨，达产后提供岗位500个。同意设置专业75到2027预计已建成", max_size=60)


def read_by_rules(text: str) -> list[Quantity]:
    return quantities(text, (), "2024-06")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("经审核，同意设置专业点75个，不同意设置103个。", ["Statistic", "Statistic"]),
        ("“十四五”末，高技能人才占比三分之一。", ["Target"]),
        ("学校现有在校生1.2万人。到2027年，在校生达到1.5万人。", ["Statistic", "Target"]),
        ("联合体成员单位不少于30家，其中企业不少于15家。", ["Target", "Target"]),
        ("每年召开2次会议，不少于10家企业", ["Target", "Target"]),
        ("已有不少于20家企业参加。", ["Statistic"]),
        ("2021年参加活动的企业不少于20家。", ["Statistic"]),
    ],
)
def test_numbers_of_prose_are_told_apart(read: Read, text: str, kinds: list[str]) -> None:
    assert [one.type for one in read(text).quantities] == kinds


def test_what_will_be_needed_is_known_and_not_demanded(extractor: Extractor) -> None:
    text = "比如，培养和需求存在“两张皮”，相关专业的在校生仅 20 万，离我市 2026 年 35 万的人才需求还差得远。"
    found = extractor.extract([Passage(text)], Context(region="重庆市", date="2023-10-27"))[0]
    assert [(one.type, one.value, one.year) for one in found.quantities] == [
        ("Statistic", 200000, 2023),
        ("Statistic", 350000, 2026),
    ]


@pytest.mark.parametrize(("odds", "kind", "year"), [(9.0, "Target", None), (-9.0, "Statistic", 2024)])
def test_what_speaks_strongly_against_the_rules_decides(
    monkeypatch: pytest.MonkeyPatch, odds: float, kind: str, year: int | None
) -> None:
    monkeypatch.setattr(stance, "weights", lambda: {"always": odds})
    text = "学校现有在校生500人，力争引进企业8家。"
    told = weighed(text, Words(text), read_by_rules(text), "2024-06")
    assert {one.type for one in told} == {kind}
    assert told[0].year == year


@given(PARTS)
def test_each_number_stays_where_it_stands(text: str) -> None:
    found = read_by_rules(text)
    told = weighed(text, Words(text), found, "2024")
    assert [(one.value, one.start, one.end) for one in told] == [
        (one.value, one.start, one.end) for one in found
    ]


def test_the_weights_are_of_evidence_that_can_be_found() -> None:
    rows = list(csv.reader((Path(nlp.__file__).parent / stance.WEIGHTS).read_text("utf-8").splitlines()))
    assert rows[0] == ["evidence", "weight"]
    text = "2023年，学校招收学生500名，同比增长5%，预计2025年达到600名。"
    told = {
        word.split(" ")[0] for one in evidence(text, Words(text), read_by_rules(text), "2024") for word in one
    }
    assert {row[0].split(" ")[0] for row in rows[1:]} <= told
