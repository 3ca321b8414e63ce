"""Pages set in two columns are read down the left column, then down the right one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
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


# Its last lines have a comma each, and a figure that is not torn: no list.
FIGURES_AT_THE_EDGE = [
    "域养升源人推改才改业化台校能“两张皮”。平布才享化筹培《方案》，产能培平专局化筹《方案》。",
    "业优优强强人共统业化布“两张皮”，建深强筹共经优济济养体发提，统享化力业机改济统人区建务。",
    (
        "推业力专产布院校平共区化业，企加加区务资济区化革院校80%以上，平推联筹提台平能化“两张皮”。筹机强"
        "业推布110万人。局提制务务，平力产提强联建建才校80%以上，共体台动享加业经布培合经加动110万人"
        "。"
    ),
    (
        "加优服务推台优提筹共才体，布设养院源到2027年，培制设化享平80%以上，区改资资济化机发到2027"
        "年；强机制资人源化改到2027年，能推筹人合业80%以上，经资经平，才台动建推才筹动提机专。共合提能"
        "服体升建能济改化院发。"
    ),
    "才养人院统才局业。享平发机动布深？。",
    (
        "培济区展专企经享深，培设人院推服升台提，人布机力培台升务；展加务区台改区资享革展发业力？服改制台体合"
        "台化发建展推，展局人校动制人加动升企深筹80%以上，体培建化务才业推发资制化改强。"
    ),
    (
        "革享产业服专80%以上，资升务发共改区联服才改动！区联局院《方案》，化共发源教筹教推建推能院发《方案"
        "》，合化区合业，养联化深局域企发合！源享联强专才校强。院发展能，资升化展共局。区服院教院业才，区养强"
        "能制产加体“两张皮”，区享化联提升台深动发养体业80%以上，校化深布设业济“两张皮”！。"
    ),
]


@pytest.mark.parametrize("drawn", ["column by column", "straight across"])
@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(document=documents())
@example(document=FIGURES_AT_THE_EDGE)
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
