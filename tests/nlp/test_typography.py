"""A text in the form that the rules are written for: as long as it was, and quoted as it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.extraction import Context, Passage
from nlp.pipeline import Extractor
from nlp.typography import plain


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(recognition=False)


@given(st.text(st.one_of(st.characters(), st.sampled_from(",;:()，学２％萬&nbsp;⼈")), max_size=60))
def test_a_text_keeps_its_length(text: str) -> None:
    assert len(plain(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("由甲学院牵头,吸纳成员1,280家(企业600家);", "由甲学院牵头，吸纳成员1,280家（企业600家）；"),
        ("比例为1:20,上午10:30开始", "比例为1:20，上午10:30开始"),
        ("责任单位:市教育局", "责任单位：市教育局"),
        ("Smart Car, Ltd.与AI,5G", "Smart Car, Ltd.与AI,5G"),
        ("產值１．５億元，佔９５％", "产值1.5亿元，占95%"),
        ("⼈⼯智能\u200b产\xa0业", "人工智能 产 业"),
        ("江苏&nbsp;常州&ldquo;甲&rdquo;", "江苏      常州“      甲”      "),
        ("著名的乾县", "著名的乾县"),
    ],
)  # fmt: skip
def test_marks_digits_and_characters_are_read_in_one_form(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_what_is_found_is_quoted_as_the_text_writes_it(extractor: Extractor) -> None:
    text = (
        "由臺州學院、吉利汽車牽頭,組建臺州市新能源汽車產教聯合體(２０２３年),培訓１．５萬人。"
        "[責任單位:市教育局、市財政局]"
    )
    found = extractor.extract([Passage(text)], Context(date="2024"))[0]
    names = [mention.surface for mention in found.entities]
    assert {"臺州學院", "吉利汽車", "臺州市新能源汽車產教聯合體", "市教育局", "市財政局"} <= set(names)
    assert {(r.kind, names[r.head]) for r in found.relations if r.tail is not None} >= {
        ("LEADS", "臺州學院"),
        ("LEADS", "吉利汽車"),
    }
    assert found.entities[0].code == "4133010350"
    assert [(q.surface, q.value) for q in found.quantities] == [("１．５萬人", 15000)]
    for measure in found.measures:
        assert measure.text in text
        assert text[measure.start : measure.end] == measure.surface
    assert [r.measure in text for r in found.relations if r.measure] == [True, True]


def test_half_width_marks_read_as_their_full_width_twins(extractor: Extractor) -> None:
    wide = "该共同体由长安汽车、重庆大学牵头，（以下简称“甲体”）；到2027年，培育企业100家。"
    narrow = wide.translate(str.maketrans("，；（）", ",;()"))
    first, second = (extractor.extract([Passage(text)], Context(date="2024"))[0] for text in (wide, narrow))
    assert first.entities == second.entities
    assert first.quantities == second.quantities
