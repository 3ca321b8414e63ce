"""Ruled tables of a PDF come as rows with cells, wherever their words stand in the file."""

from __future__ import annotations

from pathlib import Path

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


def test_a_cell_merged_downwards_leaves_the_cells_below_empty(tmp_path):
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
    assert tables(found) == rows


def test_a_frame_around_running_text_is_no_table(tmp_path):
    page = set_page(["建设市域产教联合体，推动产教融合。", "统筹院校与企业资源，服务区域发展。"])
    found = read(tmp_path, write_pdf([page], extra=rules(1, top=60.0, widths=(440.0,))))
    assert tables(found) == []
    assert "推动产教融合。" in found.text


def test_a_page_of_many_lines_that_is_a_drawing_is_read_as_text(tmp_path):
    drawing = b"".join(b"%d 300 m %d 310 l S\n" % (x % 500, x % 480) for x in range(2_000))
    found = read(tmp_path, write_pdf([set_page(["产业链图谱"])], extra=drawing))
    assert found.blocks[0].text == "产业链图谱"
