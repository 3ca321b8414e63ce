"""Scanned pages are read by text recognition where it is installed, and refused by name where it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import LiantuError
from ingest import reading
from ingest.read import pdf, read_document
from ingest.reading import extractor_key, read_file, source_id

SCAN = Path(__file__).parents[2] / "data" / "read" / "scanned-notice.pdf"


@pytest.fixture
def without_recognition(monkeypatch):
    """A machine on which the extra `ocr` is not installed."""
    monkeypatch.setattr(pdf, "recognition", lambda: None)
    monkeypatch.setattr(reading, "recognition", lambda: None)


@pytest.fixture(scope="module")
def scan():
    pytest.importorskip("rapidocr", reason="the extra `ocr` is not installed")
    return read_document(SCAN)


def test_a_scanned_notice_is_read_as_its_paragraphs(scan):
    assert (scan.title, scan.number) == ("关于公布市域产教联合体名单的通知", "川教函〔2025〕88号")
    assert (scan.issuer, scan.issued) == ("四川省教育厅", "2025-06-18")
    paragraph = next(block for block in scan.blocks if "绵阳" in block.text)
    assert paragraph.text == (
        "经研究，现将第二批市域产教联合体名单予以公布。绵阳科技城产教联合体由绵阳职业技术学院牵头，四川长虹电子控股集团"
        "有限公司参与；到2027年，建成市域产教联合体15个以上，在校生规模达到3.3万人。"
    )
    assert "— 1 —" not in scan.text


def test_each_recognised_page_says_how_sure_it_is(scan):
    assert list(scan.recognised) == ["p.1", "p.2"]
    assert all(0.9 < sure < 1 for sure in scan.recognised.values())
    assert scan.unread == ()


def test_claims_from_a_scan_are_less_sure_and_the_report_says_so(scan, monkeypatch):
    monkeypatch.setattr(reading, "read_document", lambda _path: scan)  # recognised once for all tests
    read = read_file(SCAN, source_id(SCAN))
    assert read.status == "taken"
    assert read.claims is not None
    leads = [row for row in read.claims.to_pylist() if row["kind"] == "LEADS"]
    assert [(row["quote"] and "牵头" in row["quote"], row["place"]) for row in leads] == [(True, "p.1")]
    assert max(read.claims.column("confidence").to_pylist()) < 1
    assert "2 scanned pages" in read.notes[0].en


@pytest.mark.usefixtures("without_recognition")
def test_without_recognition_a_scan_is_refused_with_what_to_do():
    with pytest.raises(LiantuError) as caught:
        read_document(SCAN)
    assert caught.value.code == "file.scanned"
    assert "liantu[ocr]" in str(caught.value)


def test_scans_are_read_again_once_recognition_is_installed(monkeypatch):
    monkeypatch.setattr(reading, "recognition", lambda: "rapidocr 3.10.0")
    with_it = extractor_key("document")
    monkeypatch.setattr(reading, "recognition", lambda: None)
    assert extractor_key("document") != with_it


def test_when_time_runs_out_the_pages_left_are_named_and_the_others_kept(monkeypatch):
    pytest.importorskip("rapidocr", reason="the extra `ocr` is not installed")
    asked = iter([True])
    monkeypatch.setattr(pdf, "recognition", lambda: next(asked, None))
    found = read_document(SCAN)
    assert "绵阳职业技术学院" in found.text
    assert found.unread == ("p.2",)
