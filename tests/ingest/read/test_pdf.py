"""PDFs are read by the geometry of their lines; scanned, encrypted, broken and endless ones are refused."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pdf_writer import Words, set_page, write_pdf
from typesetting import documents, wrapped

from graph.errors import LiantuError
from ingest.document import Document
from ingest.read import pdf, read_document
from ingest.read.page import Row
from ingest.read.scan import Recognised

PICTURE = b"q 100 0 0 100 72 500 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q\n"
ENCRYPTED = (
    b"/ID [<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>] /Encrypt << /Filter /Standard /V 1 /R 2"
    b" /O <" + b"12" * 32 + b"> /U <" + b"34" * 32 + b"> /P -44 >>"
)


def read(tmp_path: Path, data: bytes) -> Document:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    return read_document(path)


def refusal(tmp_path: Path, data: bytes) -> str:
    with pytest.raises(LiantuError) as caught:
        read(tmp_path, data)
    return caught.value.code


def pages_of(lines: list[str], height: int) -> list[list[Words]]:
    count = -(-len(lines) // height)
    return [
        [
            Words("某市教育委员会文件汇编", 230, 30, 10),
            *set_page(lines[number * height : (number + 1) * height]),
            Words(f"— {number + 1} —" if number % 2 else f"{number + 1}", 280, 800, 12),
        ]
        for number in range(count)
    ]


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(documents(), min_size=3, max_size=3).map(lambda parts: [text for part in parts for text in part])
)
def test_paragraphs_come_back_across_pages_without_running_heads_and_page_numbers(tmp_path, document):
    lines = [line for text in document for line in wrapped(text, 26, indent=True)]
    assume(
        len(set(document)) == len(document)
    )  # the same last line at the same height would be a running head
    assume(len(lines) > 24)  # on a single page nothing repeats
    found = read(tmp_path, write_pdf(pages_of(lines, 24)))
    assert [block.text for block in found.blocks] == document


PROSE = "建设市域产教联合体，推动制度创新和机制重塑，突破制约产教融合的瓶颈，形成良性互动、优势互补的格局。"


def under(heads: list[list[str]]) -> bytes:
    """Pages with the same prose under their own first lines."""
    return write_pdf([set_page([*head, "", *wrapped(PROSE, 28, indent=True)]) for head in heads])


@pytest.mark.parametrize(
    "heads",
    [
        [["附件1", "2022年市域产教联合体名单"], ["附件2", "2023年市域产教联合体名单"]],
        [["附件 1", "2022年招生320人"], ["附件 2", "2023年招生410人"], ["附件 3", "2024年招生500人"]],
    ],
)
def test_titles_and_facts_that_differ_in_their_numbers_are_no_running_heads(tmp_path, heads):
    found = read(tmp_path, under(heads))
    for line in (line for head in heads for line in head):
        assert line in found.text


@pytest.mark.parametrize(
    "head",
    [
        "某市质量年报 {}",
        "{} 某市质量年报",
        "某市质量年报 第{}页 共3页",
        "某市质量年报 {}/3",
        "2023年质量年报",
    ],
)
def test_a_running_head_that_counts_the_pages_is_left_out(tmp_path, head):
    found = read(tmp_path, under([[head.format(page)] for page in (1, 2, 3)]))
    assert "质量年报" not in found.text
    assert found.text.count("市域产教联合体") == 3


def test_places_are_pages_and_a_paragraph_over_two_pages_knows_both(tmp_path):
    text = "建设市域产教联合体，就是要推动制度创新和机制重塑，突破制约产教融合的瓶颈，形成良性互动、优势互补的格局。"
    lines = wrapped(text, 20, indent=True)
    found = read(tmp_path, write_pdf([set_page(lines[:1]), set_page(lines[1:])]))
    assert [(block.text, block.place) for block in found.blocks] == [(text, "p.1")]
    assert found.place_at(len(text) - 3) == "p.2"


def test_a_centred_title_in_larger_type_is_one_title(tmp_path):
    title = [Words("某市教育委员会", 210, 80, 22), Words("关于公布产教联合体名单的通知", 140, 115, 22)]
    text = "经研究，现将市域产教联合体名单予以公布，请各联合体加强建设，推动产教融合，按期报送工作进展情况。"
    body = [
        Words(line.strip("\u3000"), 72 + 16 * (len(line) - len(line.lstrip("\u3000"))), 180 + 28 * number)
        for number, line in enumerate(["各高校：", *wrapped(text, 28, indent=True)])
    ]
    found = read(tmp_path, write_pdf([[*title, *body]]))
    assert [block.text for block in found.blocks] == [
        "某市教育委员会关于公布产教联合体名单的通知",
        "各高校：",
        text,
    ]
    assert (found.title, found.issuer) == ("关于公布产教联合体名单的通知", "某市教育委员会")


def test_a_pdf_of_pictures_is_scanned_and_single_pictures_are_named(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "recognition", lambda: None)  # with it: test_scan.py
    assert refusal(tmp_path, write_pdf([[], []], extra=PICTURE)) == "file.scanned"
    found = read(tmp_path, write_pdf([set_page(["关于公布名单的通知"]), []], extra=PICTURE))
    assert found.unread == ("p.2",)


def scan_over_all(width: int = 595) -> bytes:
    return b"q %d 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q\n" % width


@pytest.mark.parametrize(
    "marks",
    [["- 1 -"], ["- 1 -", "- 2 -", "- 3 -"], ["扫描全能王 创建"], ["扫描全能王 创建"] * 3],
    ids=["a page number", "page numbers", "a watermark", "watermarks"],
)
def test_a_scan_under_page_numbers_or_watermarks_is_scanned(tmp_path, monkeypatch, marks):
    monkeypatch.setattr(pdf, "recognition", lambda: None)
    data = write_pdf([[Words(mark, 230, 800, 10)] for mark in marks], extra=scan_over_all())
    assert refusal(tmp_path, data) == "file.scanned"


def test_a_scanned_page_among_pages_of_words_is_named_whatever_is_printed_over_it(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "recognition", lambda: None)
    words = [
        set_page(
            ["关于公布名单的通知", "建设市域产教联合体，推动制度创新和机制重塑，突破制约产教融合的瓶颈。"]
        )
    ]
    data = write_pdf([*words, [Words("扫描全能王 创建", 230, 400, 10)], *words], extra=scan_over_all())
    assert read(tmp_path, data).unread == ("p.2",)


def test_recognition_reads_a_scan_under_a_page_number_and_keeps_the_words_of_a_page_that_it_adds_nothing_to(
    tmp_path, monkeypatch
):
    rows = [Row("重庆大学牵头建设产教联合体", 72, 300, 700, 16, 1)]
    monkeypatch.setattr(pdf, "recognition", lambda: "some")
    monkeypatch.setattr(pdf, "recognised", lambda _page, number: Recognised(rows if number == 1 else [], 0.9))
    pages = [[Words("- 1 -", 280, 800, 12)], [Words("图为签约现场", 250, 400, 12)]]
    found = read(tmp_path, write_pdf(pages, extra=scan_over_all()))
    assert found.text == "重庆大学牵头建设产教联合体\n图为签约现场"
    assert (found.unread, dict(found.recognised)) == ((), {"p.1": 0.9})


def test_a_short_page_with_a_small_picture_is_no_scan(tmp_path):
    found = read(tmp_path, write_pdf([set_page(["关于公布名单的通知"])], extra=scan_over_all(200)))
    assert (found.unread, found.recognised) == ((), {})


def test_encrypted_broken_and_truncated_files_are_told_apart(tmp_path):
    whole = write_pdf([set_page(["关于公布名单的通知"])])
    assert (
        refusal(tmp_path, write_pdf([set_page(["关于公布名单的通知"])], trailer=ENCRYPTED))
        == "file.encrypted"
    )
    assert refusal(tmp_path, b"%PDF-1.7\n" + b"x" * 500) == "file.unreadable"
    assert refusal(tmp_path, whole[:200]) == "file.unreadable"


def test_ten_thousand_pages_are_refused_in_a_moment(tmp_path):
    data = write_pdf([[] for _ in range(10_000)])
    started = time.monotonic()
    assert refusal(tmp_path, data) == "file.too_large"
    assert time.monotonic() - started < 20


def test_a_tree_of_pages_that_holds_itself_ends(tmp_path):
    data = write_pdf([set_page(["关于公布名单的通知"])]).replace(
        b"/Kids [ 4 0 R ] /Count 1", b"/Kids [ 2 0 R ] /Count 9"
    )
    assert refusal(tmp_path, data) in {"file.unreadable", "file.scanned"}


def letter_by_letter(lines: list[Words]) -> list[Words]:
    """Each character a run of its own, as forms and some printers write them."""
    return [
        Words(char, words.left + words.size * number, words.top, words.size)
        for words in lines
        for number, char in enumerate(words.text)
    ]


def test_a_page_set_letter_by_letter_in_a_font_that_is_nowhere_loses_nothing(tmp_path):
    text = "建设市域产教联合体，就是要推动制度创新和机制重塑，突破制约产教融合的瓶颈，形成良性互动的格局。"
    lines = set_page(wrapped(text, 20, indent=True))
    found = read(tmp_path, write_pdf([letter_by_letter(lines)]))
    assert [(block.text, block.place) for block in found.blocks] == [(text, "p.1")]


def test_lines_that_repeat_in_a_font_that_is_nowhere_are_each_read(tmp_path):
    lines = [Words("注：数据截至年底。", 72, 100 + 60 * number) for number in range(4)]
    found = read(tmp_path, write_pdf([lines]))
    assert found.text.count("数据截至年底") == 4


@pytest.mark.parametrize(
    "matrix", ["0.7071 0.7071 -0.7071 0.7071 140 300", "1 0 0 1 200 330"], ids=["slanted", "large"]
)
def test_a_watermark_is_no_part_of_the_text(tmp_path, matrix):
    text = "某市职业技术学院与某市机床有限公司共建产业学院，开展订单班培养，服务区域产业发展。" * 16
    lines = wrapped(text, 26, indent=True)
    words = "某市教育局内部资料".encode("utf-16-be").hex()
    mark = f"q 0.8 g BT /F 40 Tf {matrix} Tm <{words}> Tj ET Q\n".encode()
    document = read(tmp_path, write_pdf([set_page(lines[:14]), set_page(lines[14:])], extra=mark))
    assert [block.text for block in document.blocks] == [text]
