"""Pages set in two columns are read down the left column, then down the right one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from pdf_writer import Words, write_pdf
from typesetting import documents, wrapped

from ingest.read import read_document

SIZE, LEADING, COLUMN, GUTTER = 12.0, 18.0, 18, 24.0
LEFT = 60.0
RIGHT = LEFT + COLUMN * SIZE + GUTTER


def words(lines: list[str], left: float, top: float = 120.0) -> list[Words]:
    return [
        Words(
            line.lstrip("\u3000"),
            left + SIZE * (len(line) - len(line.lstrip("\u3000"))),
            top + LEADING * number,
            SIZE,
        )
        for number, line in enumerate(lines)
    ]


def in_two(document: list[str]) -> tuple[list[str], list[str]]:
    lines = [line for text in document for line in wrapped(text, COLUMN, indent=True)]
    half = -(-len(lines) // 2)
    return lines[:half], lines[half:]


def read(tmp_path: Path, page: list[Words]) -> list[str]:
    path = tmp_path / "abstract.pdf"
    path.write_bytes(write_pdf([page]))
    return [block.text for block in read_document(path).blocks]


@pytest.mark.parametrize("drawn", ["column by column", "straight across"])
@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(document=documents())
def test_paragraphs_come_back_however_the_page_was_drawn(tmp_path, drawn, document):
    left, right = in_two(document)
    assume(10 <= len(right) <= 36)
    page = [*words(left, LEFT), *words(right, RIGHT)]
    if drawn == "straight across":
        page.sort(key=lambda one: (one.top, one.left))
    assert read(tmp_path, page) == document


def test_a_title_across_both_columns_stands_before_them(tmp_path):
    document = [
        f"第{number}所院校的专业群对接产业链，校企双方共建实训基地与产业学院，共享师资与设备。"
        for number in "甲乙丙丁戊己庚辛"
    ]
    left, right = in_two(document)
    title = Words("市域产教联合体建设的路径研究", 170, 60, 18)
    page = sorted([title, *words(left, LEFT), *words(right, RIGHT)], key=lambda one: (one.top, one.left))
    assert read(tmp_path, page) == [title.text, *document]


def test_a_list_of_names_and_kinds_without_lines_is_not_taken_for_columns(tmp_path):
    rows = [(f"第{number}职业技术学院", "院校") for number in range(1, 15)]
    page = [
        word
        for number, (name, kind) in enumerate(rows)
        for word in (Words(name, 72, 100 + 20 * number, 12), Words(kind, 380, 100 + 20 * number, 12))
    ]
    assert read(tmp_path, page) == [f"{name} {kind}" for name, kind in rows]
