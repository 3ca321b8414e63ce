"""The sample documents are readable in every format, name real bodies, and say that they are illustrative."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph import reference
from ingest import samples
from ingest.document import Document
from ingest.read import read_document
from ingest.tables import tables_read

FILES = sorted(path for path in samples.documents().iterdir() if path.is_file())
SCHOOL = re.compile(
    r"重庆(?!市)[\u4e00-\u9fff]{2,8}?(?:职业技术学院|职业学院|职业技术大学|职业大学|高等专科学校|大学)"
)


@pytest.fixture(scope="module")
def read() -> dict[str, Document]:
    return {path.name: read_document(path) for path in FILES}


def test_there_are_ten_of_four_formats_and_they_are_small() -> None:
    assert len(FILES) == 10
    assert {path.suffix for path in FILES} == {".txt", ".html", ".docx", ".pdf"}
    everything = [path for path in Path(samples.__file__).parent.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in everything if path.suffix != ".pyc") < 400_000


def test_encodings_are_those_that_the_readme_names() -> None:
    folder = samples.documents()
    for name in ("03-speech-gb18030.txt", "06-industry-college.html"):
        content = (folder / name).read_bytes()
        content.decode("gb18030")
        with pytest.raises(UnicodeDecodeError):
            content.decode("utf-8")
    assert "重庆" in (folder / "01-implementation-plan.txt").read_text(encoding="utf-8")


def test_the_readme_lists_every_file() -> None:
    readme = (Path(samples.__file__).parent / "README.md").read_text(encoding="utf-8")
    assert all(f"`{path.name}`" in readme for path in FILES)
    assert re.search("示例", readme)
    assert "illustration" in readme


def test_every_document_says_that_it_is_illustrative(read: dict[str, Document]) -> None:
    for name, document in read.items():
        assert "示例文件，非真实" in document.text, name


def test_the_documents_say_what_they_are(read: dict[str, Document]) -> None:
    numbers = {name[:2]: document.number for name, document in read.items() if document.number}
    assert numbers == {
        "01": "渝教产示〔2024〕3号",
        "02": "渝教产示〔2024〕7号",
        "03": "智网联示〔2024〕11号",
        "04": "渝经信示〔2025〕2号",
        "08": "璧高新示〔2024〕15号",
        "09": "渝教产示〔2025〕1号",
        "10": "智网联示〔2025〕4号",
    }
    dates = {name[:2]: document.issued for name, document in read.items()}
    assert dates["01"] == "2024-03-18"
    assert dates["02"] == "2024-05-20"
    assert dates["04"] == "2025-02-26"
    assert dates["05"] == "2024-10-16"
    assert read["03-speech-gb18030.txt"].spoken == "2024-11-08"


def test_wrapped_lines_are_joined_and_page_marks_gone(read: dict[str, Document]) -> None:
    text = read["08-park-plan-wrapped.txt"].text
    assert "新能源汽车零部件、智能装备及智能制造和新型显示" in text
    assert not re.search(r"—\s*\d\s*—", text)
    pdf = read["04-guiding-opinions.pdf"].text
    assert "鼓励有条件的院校提出建设申请" in pdf  # runs over a page
    assert not re.search(r"—\s*\d\s*—", pdf)


def test_navigation_of_pages_is_left_out(read: dict[str, Document]) -> None:
    for name in ("05-cooperation-signing.html", "06-industry-college.html"):
        assert "首页" not in read[name].text, name
        assert "版权所有" not in read[name].text, name


def test_the_member_list_is_a_table(read: dict[str, Document]) -> None:
    rows = [block.cells for block in read["02-member-list.docx"].blocks if block.role == "table"]
    named = [row for row in rows if "先进材料产教联合体" in row]
    assert len(named) == 1
    assert "中铝高端制造股份有限公司" in named[0]


def test_every_row_of_the_member_list_is_taken_with_all_its_members(read: dict[str, Document]) -> None:
    tables = tables_read(read["02-member-list.docx"], "s")
    assert tables is not None
    records = tables.records
    assert (records.kinds, records.rows_read, records.rows_taken) == (("consortium_lists",), 7, 7)
    assert records.rejects == ()
    kinds = records.claims.column("kind").to_pylist()
    assert (kinds.count("LEADS"), kinds.count("MEMBER_OF")) == (7, 39)


def test_every_school_of_the_city_is_in_the_reference_tables(read: dict[str, Document]) -> None:
    known = {row["name"] for table in ("schools", "school_names") for row in reference.rows(table)}
    found = {name for document in read.values() for name in SCHOOL.findall(document.text)}
    assert len(found) >= 15
    assert found <= known


def test_every_cluster_that_is_confirmed_is_spoken_of(read: dict[str, Document]) -> None:
    everything = "\n".join(document.text for document in read.values())
    served = ("智能网联新能源汽车", "新一代电子信息制造业", "先进材料", "食品及农产品加工", "新型显示")
    assert all(name in everything for name in served)
    assert "专业群" in everything
