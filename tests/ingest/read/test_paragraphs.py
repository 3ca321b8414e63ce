"""Wrapped lines come back as the paragraphs that they were; lines that ended on purpose stay apart."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typesetting import documents, documents_in_columns, in_pages, prose, wrapped

from ingest.read.text import text_blocks

columns = st.integers(16, 44)
# The last line must leave room: where it is full, nothing on the page tells that the paragraph ends.
ROOM = 4 + 6 + 2
LOST_INDENTS_RIGHT = 0.9


def read(lines: list[str]) -> list[str]:
    return [block.text for block in text_blocks("\n".join(lines))]


def spaced(lines: list[str], spacing: int) -> list[str]:
    return [part for line in lines for part in (line, *[""] * spacing)]


def spaced_out(document: list[str], width: int, between: int) -> list[str]:
    return [line for text in document for line in (*wrapped(text, width, indent=False), *[""] * between)]


@settings(deadline=None, max_examples=40)
@given(documents(), columns, st.integers(0, 1), st.sampled_from([None, "- {} -", "— {} —", "第 {} 页", "\f"]))
def test_indented_paragraphs_come_back_whatever_the_width_and_the_page_marks(document, width, spacing, mark):
    lines = spaced([line for text in document for line in wrapped(text, width, indent=True)], spacing)
    if mark:
        lines = in_pages(lines, 10, mark)
    assert read(lines) == document


def test_paragraphs_that_lost_their_indents_come_back_nearly_always():
    """Only the width of a line tells then whether it begins a paragraph, and words that are not torn blur it."""
    right = total = 0
    for seed in range(60):
        chance = random.Random(seed)
        width = chance.randint(20, 40)
        document = [prose(chance, chance.randint(2, 6)) for _ in range(8)]
        lines = [line.strip() for text in document for line in wrapped(text, width, indent=True)]
        lines = in_pages(spaced(lines, seed % 2), 14, "- {} -")
        found = read(lines)
        assert "".join(found) == "".join(document)
        right += len(set(found) & set(document))
        total += len(document)
    assert right / total > LOST_INDENTS_RIGHT, (right, total)


@settings(deadline=None, max_examples=40)
@given(documents_in_columns(columns, ROOM), st.integers(0, 2))
def test_paragraphs_without_indents_come_back_with_and_without_blank_lines_between(case, between):
    document, width = case
    assert read(spaced_out(document, width, between)) == document


@pytest.mark.parametrize("seed", [1846, 2685])
def test_a_first_line_left_short_by_a_long_word_is_no_sign_of_lost_indents(seed):
    """A number is not torn, so the line before it ends as early as one whose indent was lost."""
    chance = random.Random(seed)
    width, between = chance.randint(16, 44), chance.randint(0, 2)
    document = [prose(chance, chance.randint(1, 6)) for _ in range(chance.randint(1, 9))]
    assert read(spaced_out(document, width, between)) == document


@settings(deadline=None, max_examples=40)
@given(documents(), st.integers(0, 2), st.sampled_from(["", "\u3000\u3000", "    "]))
def test_a_paragraph_a_line_is_left_as_it_is(document, between, indent):
    assert read([part for text in document for part in (indent + text, *[""] * between)]) == document


def test_titles_names_dates_and_salutations_do_not_join_what_follows():
    lines = [
        "关于推进产教融合的通知",
        "各区县教育工作领导小组，两江新区管理委员会，市属各高等院校党委：",
        "现将有关事项通知如下。",
    ]
    assert read([*lines, "重庆市教育委员会", "2024年3月5日"]) == [*lines, "重庆市教育委员会", "2024年3月5日"]


def test_a_list_of_names_of_like_length_is_no_wrapped_text():
    names = [
        "重庆电子科技职业大学",
        "重庆工业职业技术大学",
        "重庆机电职业技术大学",
        "重庆工程职业技术学院",
        "重庆三峡职业学院",
    ]
    assert read(names) == names


EXPERTS = [
    "张三丰，重庆工业职业技术学院，教授，机械制造",
    "李四，重庆电子科技职业大学，副教授，信息技术",
    "王五一，重庆城市管理职业学院，讲师，社会工作",
]
COMPANIES = [
    "重庆赛力斯汽车有限公司，新能源汽车",
    "重庆长安汽车股份有限公司，新能源汽车",
    "重庆京东方光电科技有限公司，新型显示",
    "重庆惠科金渝光电科技有限公司，新型显示",
    "西南铝业（集团）有限责任公司，先进材料",
]


@pytest.mark.parametrize("rows", [EXPERTS, EXPERTS[:2], COMPANIES], ids=["experts", "two", "companies"])
def test_a_list_of_names_with_what_they_are_is_no_wrapped_text(rows):
    assert read(rows) == rows
    assert read(["名单", *rows, "重庆市教育委员会", "2024年3月5日"])[1:-2] == rows


def test_a_list_as_wide_as_the_wrapped_text_around_it_stays_a_list():
    text = "建设市域产教联合体，就是要通过推动制度创新和机制重塑，突破长期以来制约产教融合、校企合作的瓶颈，良性互动。"
    lines = wrapped(text * 3, 22, indent=True)
    assert read([*lines, *EXPERTS, *lines]) == [text * 3, *EXPERTS, text * 3]


def test_a_heading_as_wide_as_the_column_does_not_swallow_the_item_below():
    text = "深化现代职业教育体系改革，打造市域产教联合体是推进教育现代化的重要突破口，也是重大举措。"
    lines = wrapped(text * 3, 22, indent=True)
    heading = "一、" + "推" * 20
    assert read([*lines, heading, "（一）加强统筹。", *lines])[1:3] == [heading, "（一）加强统筹。"]


def test_latin_words_keep_the_space_that_the_line_break_was():
    text = (
        "The industry and education consortium of the region, founded in 2023, joins schools and\n"
        "enterprises, shares courses and teachers, and reports its results every year to the city,\n"
        "to the parks and to the public."
    )
    assert read(text.split("\n")) == [text.replace("\n", " ")]


def test_each_line_of_a_joined_paragraph_is_found_again():
    text = "职业教育与经济社会发展联系非常密切，职业教育是企业发展的动力，影响着当地经济社会发展水平。"
    lines = wrapped(text * 2, 20, indent=True)
    (block,) = text_blocks("\n\n".join(lines))
    assert block.place == "l.1"
    for number, line in enumerate(lines):
        assert (
            block.place_at(block.text.index(line.strip(), max(0, number * 18 - 4))) == f"l.{2 * number + 1}"
        )


@pytest.mark.parametrize("mark", ["- 5 -", "— 5 —", "第 5 页", "第5页 共10页", "Page 5 of 10"])
def test_a_page_mark_in_the_middle_of_a_sentence_is_taken_out(mark):
    text = "建设市域产教联合体，就是要通过推动制度创新和机制重塑，突破长期以来制约产教融合、校企合作的瓶颈，良性互动。"
    lines = wrapped(text, 20, indent=True)
    assert read([lines[0], "", "", mark, "", *lines[1:]]) == [text]


def test_a_number_by_itself_is_a_page_number_only_where_a_page_ends():
    assert read(["在校生人数", "33", "教师人数", "12"]) == ["在校生人数", "33", "教师人数", "12"]
    assert read(["在校生人数", "1", "\f教师人数", "2"]) == ["在校生人数", "教师人数"]
