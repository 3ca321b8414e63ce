"""A file is read as what it is, or refused with the reason; no message holds a path."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdf_writer import set_page, write_pdf
from typesetting import documents

from graph.errors import LiantuError
from ingest.document import Document
from ingest.read import DOCUMENT_SUFFIXES, read_document

TEXT = "关于推进产教融合的通知\n各高校：\n现将有关事项通知如下，请认真贯彻执行。\n"
PAGE = (
    "<html><head><title>通知</title></head><body><p>现将有关事项通知如下，请认真贯彻执行。</p></body></html>"
)


def refusal(path: Path) -> LiantuError:
    with pytest.raises(LiantuError) as caught:
        read_document(path)
    assert str(path.parent) not in str(caught.value)
    assert caught.value.values["file"] == path.name
    return caught.value


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk", "big5"]
)
def test_the_usual_encodings_are_recognised(tmp_path, encoding):
    text = TEXT * 3
    if encoding == "big5":
        text = "關於推進產教融合的通知\n各高校：\n現將有關事項通知如下，請認真貫徹執行。\n" * 3
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    document = read_document(write(tmp_path / "a.txt", mark + text.encode(encoding)))
    assert document.text.split("\n")[:2] == text.split("\n")[:2]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk", "big5"])
def test_traditional_characters_are_read_in_every_encoding(tmp_path, encoding):
    text = "關於促進產業與教育融合發展的實施方案\n各區縣教委：\n現將有關事項通知如下，請認真貫徹執行。\n" * 7
    document = read_document(write(tmp_path / "a.txt", text.encode(encoding)))
    assert document.text.split("\n")[:2] == text.split("\n")[:2]


def test_a_stray_control_character_does_not_cost_the_file(tmp_path):
    data = (TEXT * 9).replace("通知如下", "通知\x07如下", 1).encode()
    assert read_document(write(tmp_path / "a.txt", data)).blocks


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file.empty"),
        (b" \r\n\t\n", "file.empty"),
        (b"\xef\xbb\xbf", "file.empty"),
        (bytes(range(256)) * 20, "file.encoding"),
        (b"\x81\x30\x81" * 99, "file.encoding"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "file.type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "file.old"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "file.encrypted"),
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".docx"])
def test_what_cannot_be_read_is_refused_with_its_reason(tmp_path, data, code, suffix):
    assert refusal(write(tmp_path / f"a{suffix}", data)).code == code


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    assert refusal(tmp_path / "a.txt").code == "file.missing"
    (tmp_path / "b.txt").mkdir()
    assert refusal(tmp_path / "b.txt").code == "file.unreadable"


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setenv("LIANTU_FILE_MEGABYTES", "0.001")
    assert refusal(write(tmp_path / "a.txt", TEXT.encode() * 40)).code == "file.too_large"


def test_the_content_decides_not_the_suffix(tmp_path):
    pdf = write_pdf([set_page(["关于推进产教融合的通知"])])
    assert read_document(write(tmp_path / "a.txt", pdf)).blocks[0].place == "p.1"
    page = read_document(write(tmp_path / "a.docx", PAGE.encode()))
    assert page.text.split("\n")[-1] == "现将有关事项通知如下，请认真贯彻执行。"
    assert read_document(write(tmp_path / "a.pdf", TEXT.encode())).blocks[0].place == "l.1"


def test_a_workbook_is_no_document(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert refusal(tmp_path / "a.docx").code == "file.type"


def test_the_suffixes_are_those_of_the_readers():
    assert frozenset({".txt", ".html", ".htm", ".docx", ".ofd", ".pdf"}) == DOCUMENT_SUFFIXES


def bare(text: str) -> str:
    return "".join(text.split())


def wrapped(text: str) -> list[str]:
    """The rows of a paragraph; the last is no lone character, which PDFium drops where its font is not there."""
    width = 24 if len(text) % 25 == 1 else 25
    return [text[start : start + width] for start in range(0, len(text), width)]


def check_offsets(document: Document) -> None:
    for start, block in zip(document.starts, document.blocks, strict=True):
        assert document.text[start : start + len(block.text)] == block.text
        assert document.place_at(start) == block.place


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(documents(), st.sampled_from(["txt", "html", "docx", "pdf"]))
def test_no_reader_invents_or_loses_a_character(tmp_path, document, kind):
    import docx  # noqa: PLC0415 - slow to load, and only one case needs it

    path = tmp_path / f"a.{kind}"
    if kind == "txt":
        path.write_text("\n".join(document), encoding="utf-8")
    elif kind == "html":
        path.write_text("<body>" + "".join(f"<p>{text}</p>\n" for text in document), encoding="utf-8")
    elif kind == "docx":
        word = docx.Document()
        for text in document:
            word.add_paragraph(text)
        word.save(str(path))
    else:
        path.write_bytes(write_pdf([set_page(wrapped(text)) for text in document]))
    found = read_document(path)
    check_offsets(found)
    assert bare(found.text) == bare("".join(document))
    if kind != "pdf":
        assert [block.text for block in found.blocks] == document
