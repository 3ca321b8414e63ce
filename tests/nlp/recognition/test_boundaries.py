"""Boundaries: spans of the network are moved to whole words and whole pairs of marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.recognition.boundaries import whole


@pytest.mark.parametrize(
    ("text", "span", "name"),
    [
        ("其中华峰化工落户", "中华峰化工", "华峰化工"),
        ("其中中铁集团落户", "中铁集团", "中铁集团"),
        ("发展中国家电网", "中国家电网", "中国家电网"),
        ("实施“‘人工智能+’双学位计划”。", "人工智能+’双学位计划", "‘人工智能+’双学位计划"),
        ("位于南湖高新区（嘉兴科技城）。", "南湖高新区（嘉兴科技城", "南湖高新区（嘉兴科技城）"),
        ("推行“工匠班”计划", "“工匠班", "工匠班"),
        ("“甲”“乙”", "“甲”“乙”", "“甲”“乙”"),
        ("公司（简称一汽吉林）签约", "一汽吉林）", None),
    ],
)
def test_a_name_has_whole_words_and_whole_marks(text: str, span: str, name: str | None) -> None:
    start = text.rindex(span)
    found = whole(text, start, start + len(span))
    assert (None if found is None else text[slice(*found)]) == name


@given(st.text("其中甲乙“”（）《》", min_size=1, max_size=12), st.data())
def test_a_span_stays_within_the_text_moves_by_one_and_is_settled(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = whole(text, start, end)
    if found is not None:
        assert 0 <= found[0] < found[1] <= len(text)
        name = text[slice(*found)]
        assert all(name.count(one) == name.count(other) for one, other in ("“”", "（）", "《》"))
