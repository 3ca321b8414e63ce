"""Answers as pages: Markdown and HTML with everything that the terminal shows, and nothing read as markup."""

import re
from html.parser import HTMLParser

import pytest

from cli.main import DONE, status_of
from cli.page import write_page
from graph import gaps
from graph.language import Text
from graph.project import Projection

DANGEROUS = "<script>*甲*|`乙`"


@pytest.fixture
def answered():
    projection = Projection.from_tables(
        {
            "IndustryChain": [{"id": "IndustryChain:链", "name": DANGEROUS, "tier": "产业链"}],
            "Enterprise": [{"id": "Enterprise:厂", "name": "厂"}],
        },
        {
            "OPERATES_IN": [
                {
                    "head": "Enterprise:厂",
                    "tail": "IndustryChain:链",
                    "source": "s",
                    "quote": DANGEROUS,
                    "place": "l.1",
                    "observed": "2025-03",
                }
            ]
        },
        {"s": "甲.txt"},
    )
    question = gaps.question("uncovered_chains")
    return [question], {question.name: question.answer(projection)}, projection


class Read(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.texts = [], []

    def handle_starttag(self, tag, _attrs):
        self.tags.append(tag)

    def handle_data(self, data):
        self.texts.append(data)


def test_html_shows_the_words_of_documents_as_they_are(answered, tmp_path):
    page = tmp_path / "page.html"
    write_page(page, *answered, None, None)
    read = Read()
    read.feed(page.read_text(encoding="utf-8"))
    assert "script" not in read.tags
    assert DANGEROUS in read.texts
    assert any("“" in one and DANGEROUS in one for one in read.texts)
    assert read.tags.count("table") == 1


def test_markdown_has_a_row_a_finding_with_as_many_cells_as_columns(answered, tmp_path):
    page = tmp_path / "page.md"
    write_page(page, *answered, None, None)
    text = page.read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert len(rows) == 3
    assert len({len(re.split(r"(?<!\\)\|", row)) for row in rows}) == 1
    assert r"\<script\>\*甲\*\|\`乙\`" in rows[2]


def test_what_is_not_shown_and_what_is_left_out_is_told(answered, tmp_path):
    asked, answers, projection = answered
    page = tmp_path / "page.md"
    write_page(page, asked, {asked[0].name: answers[asked[0].name] * 3}, projection, 1, Text("略", "left"))
    text = page.read_text(encoding="utf-8")
    assert "and 2 more" in text
    assert "\nleft\n" in text


def test_beside_the_number_of_findings_stands_the_day_up_to_which_the_words_shown_speak(answered, tmp_path):
    asked, answers, projection = answered
    page = tmp_path / "page.md"
    write_page(page, asked, answers, projection, None, None)
    assert "1 found · on words as of 2025-03" in page.read_text(encoding="utf-8")
    write_page(page, asked, {asked[0].name: ()}, projection, None, None)
    assert "0 found\n" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("suffix", [".html", ".md", ".txt"])
def test_a_district_is_written_as_its_file_is_called(demo_graph, tmp_path, suffix):
    page = tmp_path / f"璧山区{suffix}"
    asked = ["gaps", "district", "--region", "璧山区", "-o", str(page), "--graph", str(demo_graph)]
    assert status_of(asked) == DONE
    text = page.read_text(encoding="utf-8")
    assert text.startswith({".html": "<!doctype html>", ".md": "# ", ".txt": "One district"}[suffix])
    assert "弗迪电池" in text
