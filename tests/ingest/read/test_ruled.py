"""Ruled tables of a PDF come as rows with cells, wherever their words stand in the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdf_writer import HEIGHT, Words, set_page, write_pdf

from ingest.read import read_document

LEFT, TOP, WIDTHS, LINE = 72.0, 200.0, (60.0, 200.0, 180.0), 40.0
MEMBERS = [
    ("序号", "单位名称", "类型"),
    ("1", "重庆电子科技职业大学", "院校"),
    ("2", "重庆长安汽车股份有限公司及其全资子公司", "企业"),
    ("3", "两江新区", "园区"),
]


def rules(rows: int, *, top: float = TOP, widths: tuple[float, ...] = WIDTHS) -> bytes:
    """The lines of a table."""
    bottom, right = HEIGHT - top - rows * LINE, LEFT + sum(widths)
    lines = [
        f"{LEFT} {HEIGHT - top - n * LINE} m {right} {HEIGHT - top - n * LINE} l S" for n in range(rows + 1)
    ]
    x = LEFT
    for width in (0.0, *widths):
        x += width
        lines.append(f"{x} {HEIGHT - top} m {x} {bottom} l S")
    return ("\n".join(lines) + "\n").encode()


def cells(
    rows: list[tuple[str, ...]], *, top: float = TOP, widths: tuple[float, ...] = WIDTHS
) -> list[Words]:
    """The words of a table; those that are too long for their cell go on below."""
    words = []
    for number, row in enumerate(rows):
        left = LEFT
        for text, width in zip(row, widths, strict=True):
            fits = int((width - 8) / 12)
            for line in range(0, len(text), fits):
                height = top + number * LINE + 4 + 14 * (line // fits)
                words.append(Words(text[line : line + fits], left + 4, height, 12))
            left += width
    return words


def read(tmp_path: Path, data: bytes):
    path = tmp_path / "members.pdf"
    path.write_bytes(data)
    return read_document(path)


def tables(document) -> list[tuple[str, ...]]:
    return [block.cells for block in document.blocks if block.role == "table"]


def test_a_list_of_members_is_read_row_by_row_between_its_paragraphs(tmp_path):
    page = [*set_page(["附件：成员名单"]), *cells(MEMBERS), Words("以上单位自发文之日起为成员。", 72, 400)]
    found = read(tmp_path, write_pdf([page], extra=rules(4)))
    assert [(block.role, block.text) for block in found.blocks] == [
        (found.blocks[0].role, "附件：成员名单"),
        *(("table", "\t".join(row)) for row in MEMBERS),
        ("paragraph", "以上单位自发文之日起为成员。"),
    ]
    assert tables(found) == MEMBERS


def test_latin_words_in_a_cell_stay_apart_and_chinese_ones_stay_together(tmp_path):
    rows = [("序号", "单位名称", "类型"), ("1", "ABB China Ltd", "企业"), ("2", "西门子 Siemens", "企业")]
    found = read(tmp_path, write_pdf([cells(rows)], extra=rules(3)))
    assert tables(found) == rows


def test_cells_drawn_column_by_column_are_put_into_rows(tmp_path):
    words = cells(MEMBERS)
    by_column = sorted(words, key=lambda one: (one.left, one.top))
    found = read(tmp_path, write_pdf([by_column], extra=rules(4)))
    assert tables(found) == MEMBERS


def test_a_table_over_two_pages_has_its_head_once(tmp_path):
    more = [
        MEMBERS[0],
        ("4", "璧山高新技术产业开发区", "园区"),
        ("5", "重庆工业职业技术大学", "院校"),
        ("6", "西部职教基地", "园区"),
    ]
    found = read(tmp_path, write_pdf([cells(MEMBERS), cells(more)], extra=rules(4)))
    assert tables(found) == [*MEMBERS, *more[1:]]


def test_a_cell_merged_downwards_is_said_in_each_of_its_rows(tmp_path):
    rows = [("区县", "院校"), ("永川区", "重庆城市职业学院"), ("", "重庆水利电力职业技术学院")]
    widths = (100.0, 220.0)
    right, bottom = LEFT + 320, HEIGHT - TOP - 3 * LINE
    lines = [
        f"{LEFT} {HEIGHT - TOP} m {right} {HEIGHT - TOP} l S",
        f"{LEFT} {HEIGHT - TOP - LINE} m {right} {HEIGHT - TOP - LINE} l S",
        f"{LEFT + 100} {HEIGHT - TOP - 2 * LINE} m {right} {HEIGHT - TOP - 2 * LINE} l S",
        f"{LEFT} {bottom} m {right} {bottom} l S",
        *(f"{x} {HEIGHT - TOP} m {x} {bottom} l S" for x in (LEFT, LEFT + 100, right)),
    ]
    found = read(tmp_path, write_pdf([cells(rows, widths=widths)], extra="\n".join(lines).encode()))
    assert tables(found) == [*rows[:2], ("永川区", "重庆水利电力职业技术学院")]
    assert found.blocks[-1].text == "\t重庆水利电力职业技术学院"


def test_a_frame_around_running_text_is_no_table(tmp_path):
    page = set_page(["建设市域产教联合体，推动产教融合。", "统筹院校与企业资源，服务区域发展。"])
    found = read(tmp_path, write_pdf([page], extra=rules(1, top=60.0, widths=(440.0,))))
    assert tables(found) == []
    assert "推动产教融合。" in found.text


def test_a_page_of_many_lines_that_is_a_drawing_is_read_as_text(tmp_path):
    drawing = b"".join(b"%d 300 m %d 310 l S\n" % (x % 500, x % 480) for x in range(2_000))
    found = read(tmp_path, write_pdf([set_page(["产业链图谱"])], extra=drawing))
    assert found.blocks[0].text == "产业链图谱"


def test_a_firm_in_each_line_of_a_cell_is_one_and_a_name_that_was_wrapped_too(tmp_path):
    rows = [("序号", "单位名称", "类型"), ("1", "", "企业"), ("2", "", "企业"), ("3", "", "院校")]
    lines = (
        ("甲市机床有限公司", "乙市汽车有限公司"),
        ("重庆甲乙丙丁戊己庚电子股份有限公司", "及其全资子公司"),
        ("重庆甲乙丙丁戊己庚辛壬癸子科技大学", "城市科技学院"),
    )
    words = [
        Words(line, LEFT + 64, TOP + number * LINE + 4 + 14 * at, 11.2)
        for number, cell in enumerate(lines, start=1)
        for at, line in enumerate(cell)
    ]
    found = read(tmp_path, write_pdf([[*cells(rows), *words]], extra=rules(4)))
    assert [row[1] for row in tables(found)[1:]] == [
        "\n".join(lines[0]),
        "".join(lines[1]),
        "".join(lines[2]),
    ]


def test_a_row_that_the_page_breaks_is_one(tmp_path):
    begun = [*MEMBERS[:3], ("3", "重庆甲乙丙丁精密", "企业")]
    rest = [("", "机床有限公司", ""), ("4", "璧山高新技术产业开发区", "园区"), *MEMBERS[3:], MEMBERS[1]]
    found = read(tmp_path, write_pdf([cells(begun), cells(rest)], extra=rules(4)))
    assert tables(found) == [*begun[:3], ("3", "重庆甲乙丙丁精密机床有限公司", "企业"), *rest[1:]]


def test_a_row_without_a_number_that_begins_a_page_with_a_whole_name_is_another(tmp_path):
    begun = [("序号", "单位名称", "类型"), ("1", "甲市机床有限公司", "企业"), *MEMBERS[2:]]
    rest = [("", "乙市汽车有限公司", ""), *MEMBERS[1:]]
    found = read(tmp_path, write_pdf([cells(begun), cells(rest)], extra=rules(4)))
    assert tables(found) == [*begun, *rest]


def test_a_head_of_two_rows_is_said_once_and_so_is_that_of_a_table_called_continued(tmp_path):
    head = [("序号", "学生情况", ""), ("", "在校生数", "毕业生数")]
    pages = [[*head, ("1", "100", "30"), ("2", "110", "40")], [*head, ("3", "120", "50"), ("4", "130", "60")]]
    found = read(
        tmp_path,
        write_pdf([cells(pages[0]), [Words("续表1", 72, 120), *cells(pages[1])]], extra=rules(4)),
    )
    assert tables(found) == [*pages[0], *pages[1][2:]]
    assert "续表" not in found.text


def test_a_cell_merged_over_the_end_of_the_page_is_said_on_the_next_one(tmp_path):
    right, bottom = LEFT + sum(WIDTHS), HEIGHT - TOP - 4 * LINE
    edges = [LEFT, LEFT + WIDTHS[0], LEFT + sum(WIDTHS[:2]), right]
    lines = [f"{x} {HEIGHT - TOP} m {x} {bottom} l S" for x in edges]
    for number in range(5):  # the first column is one cell from the second row on
        left, height = edges[number in {2, 3}], HEIGHT - TOP - number * LINE
        lines.append(f"{left} {height} m {right} {height} l S")
    first = [
        ("区县", "院校", "类型"),
        ("永川区", "甲学院", "高职"),
        ("", "乙学院", "高职"),
        ("", "丙学院", "高职"),
    ]
    second = [
        ("", "丁学院", "高职"),
        ("璧山区", "戊学院", "高职"),
        ("", "己学院", "高职"),
        ("", "庚学院", "高职"),
    ]
    data = write_pdf([cells(first), cells(second)], extra="\n".join(lines).encode())
    assert [row[0] for row in tables(read(tmp_path, data))] == ["区县", *["永川区"] * 4, *["璧山区"] * 3]


@pytest.mark.parametrize(
    ("turned", "drawn", "box"),
    [
        (90, "0 1 -1 0 842 0", "842 595"),
        (180, "-1 0 0 -1 595 842", "595 842"),
        (270, "0 -1 1 0 0 595", "842 595"),
    ],
)
def test_a_table_on_a_page_that_is_shown_turned_is_read_as_shown(tmp_path, turned, drawn, box):
    data = write_pdf([cells(MEMBERS)], extra=rules(4))
    begin = data.index(b"stream\n") + len(b"stream\n")
    end = data.index(b"\nendstream")
    content = f"q {drawn} cm\n".encode() + data[begin:end] + b"\nQ"
    sized = data[:begin].replace(f"/Length {end - begin}".encode(), f"/Length {len(content)}".encode())
    page = f"/MediaBox [0 0 {box}] /Rotate {turned}".encode()
    sized = sized.replace(b"/MediaBox [0 0 595 842]", page)
    assert tables(read(tmp_path, sized + content + data[end:])) == MEMBERS


def test_a_name_broken_by_hand_is_whole_in_the_text(tmp_path):
    rows = [("序号", "联合体名称", "类型"), ("1", "", "区域"), ("2", "两江新区", "园区")]
    words = [
        Words("重庆市先进材料", LEFT + 64, TOP + LINE + 4, 12),
        Words("产教联合体", LEFT + 64, TOP + LINE + 18, 12),
    ]
    found = read(tmp_path, write_pdf([[*cells(rows), *words]], extra=rules(3)))
    assert found.blocks[1].text == "1\t重庆市先进材料产教联合体\t区域"
    assert found.blocks[1].cells[1] == "重庆市先进材料\n产教联合体"
