"""Who reads: the rules alone, or with the trained network where the settings say so."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import LiantuError
from graph.settings import said
from ingest.passages import extract_bytes, extract_file
from ingest.reading import extractor_key

# Firms that no rule and no catalogue knows; the network sees them.
TEXT = "临江职业技术学院共建未来智造产业学院。学校与临江船务、扬帆集团、和润集团等建立紧密型合作关系，每年输送学生60人。"


def names() -> set[str]:
    return {mention.surface for found in extract_bytes(TEXT.encode(), "-") for mention in found.entities}


def test_the_network_reads_unless_the_settings_turn_it_off() -> None:
    with said(recognition=False):
        rules = names()
    with said(recognition=True):
        both = names()
    assert "临江船务" in both - rules
    with said(recognition=False):
        assert names() == rules


def test_what_the_network_read_with_is_kept_under_another_key_and_records_are_not(tmp_path: Path) -> None:
    keys = []
    for recognition in (False, True):
        with said(recognition=recognition):
            keys.append((extractor_key("document"), extractor_key("records", tmp_path / "sheet.csv")))
    (document, records), (other, same) = keys
    assert document != other
    assert records == same


def test_names_of_the_network_say_that_a_model_read_them() -> None:
    with said(recognition=True):
        methods = {
            mention.surface: mention.method
            for found in extract_bytes(TEXT.encode(), "-")
            for mention in found.entities
        }
    assert methods["临江船务"] == "model"
    assert methods["未来智造产业学院"] == "rule"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_what_comes_in_from_elsewhere_is_read_as_a_file_is(tmp_path: Path, encoding: str) -> None:
    wrapped = "重庆市教育委员会\n关于公布名单的通知\n　　市教委会同重庆电子工程职业学院，推进产教融合工作，现予公\n布。\n"
    file = tmp_path / "a.txt"
    file.write_bytes((wrapped * 3).encode(encoding))
    assert list(extract_bytes(file.read_bytes(), "-")) == list(extract_file(file))
    lines = '{"id": 7, "text": "重庆大学位于重庆市。"}\n'.encode(encoding)
    assert [found.passage.id for found in extract_bytes(lines, "-")] == [7]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_file_of_passages_is_read_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "passages.jsonl"
    file.write_bytes('{"id": 7, "text": "重庆大学位于重庆市。"}\n'.encode(encoding))
    assert [found.passage.text for found in extract_file(file)] == ["重庆大学位于重庆市。"]


def test_a_passage_that_is_nested_too_deep_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "passages.jsonl"
    file.write_text('{"text": "甲"}\n{"text": ' + "[" * 100_000 + "]" * 100_000 + "}\n", encoding="utf-8")
    with pytest.raises(LiantuError, match="2") as caught:
        list(extract_file(file))
    assert caught.value.code == "file.unreadable"


def test_what_is_no_text_a_folder_or_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for data, code in ((b"\xff\xfe\x00", "file.encoding"), (b" \n", "file.empty")):
        with pytest.raises(LiantuError) as caught:
            list(extract_bytes(data, "-"))
        assert caught.value.code == code
    with pytest.raises(LiantuError) as caught:
        list(extract_file(tmp_path))
    assert caught.value.code == "file.unreadable"
    monkeypatch.setenv("LIANTU_FILE_MEGABYTES", "0.001")
    with pytest.raises(LiantuError) as caught:
        list(extract_bytes(b"x" * 2_000, "-"))
    assert caught.value.code == "file.too_large"


def test_a_passage_of_a_file_speaks_from_its_date(tmp_path: Path) -> None:
    file = tmp_path / "passages.jsonl"
    text = '"text": "去年全市有职业院校12所。"'
    file.write_text(f'{{"id": 1, {text}, "date": "2024-03-01"}}\n{{"id": 2, {text}}}\n', encoding="utf-8")
    assert [[number.year for number in found.quantities] for found in extract_file(file)] == [[2023], [None]]
