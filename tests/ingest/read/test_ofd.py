"""OFD files are read by the place of their characters; broken, drawn and unsafe ones are refused by name."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, assume, given, settings
from typesetting import documents, wrapped

from graph.errors import LiantuError
from ingest.read import read_document

SIZE = 5.64  # millimetres: 16 points
LEADING, LEFT, TOP = 10.0, 25.0, 30.0
NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def run(text: str, left: float, top: float, *, size: float = SIZE, grouped: bool = True) -> str:
    widths = [size if ord(char) > 0x2E80 or char in "“”—…" else size / 2 for char in text]
    steps = " ".join(f"{width:g}" for width in widths[:-1])
    if grouped and len(set(widths)) == 1:
        steps = f"g {len(text) - 1} {size:g}"
    return (
        f'<ofd:TextObject ID="1" Font="1" Size="{size:g}" Boundary="{left:g} {top:g} {sum(widths):g} {size:g}">'
        f'<ofd:TextCode X="0" Y="{size:g}" DeltaX="{steps}">{escape(text)}</ofd:TextCode></ofd:TextObject>'
    )


def page_of(lines: list[str]) -> str:
    return "".join(
        run(
            line.lstrip("\u3000"),
            LEFT + SIZE * (len(line) - len(line.lstrip("\u3000"))),
            TOP + LEADING * number,
        )
        for number, line in enumerate(lines)
    )


def write_ofd(pages: list[str], *, prefix: str = "", declaration: str = "") -> bytes:
    named = "".join(
        f'<ofd:Page ID="{number}" BaseLoc="{prefix}Pages/Page_{number}/Content.xml"/>'
        for number in range(len(pages))
    )
    parts = {
        "OFD.xml": f"{declaration}<ofd:OFD {NAMESPACE}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
        "</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        f"</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>{named}</ofd:Pages></ofd:Document>",
    }
    for number, page in enumerate(pages):
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = (
            f"<ofd:Page {NAMESPACE}><ofd:Content><ofd:Layer>{page}</ofd:Layer></ofd:Content></ofd:Page>"
        )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return data.getvalue()


def read(tmp_path: Path, data: bytes):
    path = tmp_path / "notice.ofd"
    path.write_bytes(data)
    return read_document(path)


def refusal(tmp_path: Path, data: bytes) -> str:
    with pytest.raises(LiantuError) as caught:
        read(tmp_path, data)
    return caught.value.code


@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(documents())
def test_paragraphs_come_back_across_pages(tmp_path, document):
    lines = [line for text in document for line in wrapped(text, 26, indent=True)]
    assume(len(lines) > 24)
    pages = [page_of(lines[start : start + 24]) for start in range(0, len(lines), 24)]
    assert [block.text for block in read(tmp_path, write_ofd(pages)).blocks] == document


def test_the_head_of_a_notice_is_found_and_places_are_pages(tmp_path):
    title = run("某省教育厅关于公布产教联合体名单的通知", 40, 30, size=7)
    first = title + run("各高等学校：", LEFT, 50) + run("现将名单予以公布。", LEFT + 2 * SIZE, 60)
    second = run("附件：名单", LEFT, 30)
    found = read(tmp_path, write_ofd([first, second]))
    assert (found.title, found.issuer) == ("关于公布产教联合体名单的通知", "某省教育厅")
    assert [block.place for block in found.blocks][-1] == "p.2"


def test_runs_drawn_out_of_order_and_apart_are_one_row(tmp_path):
    page = run("成员名单", LEFT + 20 * SIZE, TOP) + run("附件", LEFT, TOP)
    assert read(tmp_path, write_ofd([page])).blocks[0].text == "附件 成员名单"


def test_pages_are_found_by_names_from_the_root_too(tmp_path):
    data = write_ofd([run("关于公布名单的通知", LEFT, TOP)], prefix="/Doc_0/")
    assert read(tmp_path, data).blocks[0].text == "关于公布名单的通知"


def test_a_transformed_run_stands_where_it_is_drawn(tmp_path):
    below = (
        '<ofd:TextObject Size="1" Boundary="25 30 100 10" CTM="5 0 0 5 0 20">'
        '<ofd:TextCode X="0" Y="1" DeltaX="1 1">第二行</ofd:TextCode></ofd:TextObject>'
    )
    found = read(tmp_path, write_ofd([below + run("第一行在上面", LEFT, TOP)]))
    assert found.text.startswith("第一行在上面")


def test_a_drawn_page_is_scanned_or_named(tmp_path):
    picture = '<ofd:ImageObject ID="9" Boundary="0 0 210 297" ResourceID="2"/>'
    assert refusal(tmp_path, write_ofd([picture])) == "file.scanned"
    assert read(tmp_path, write_ofd([run("通知", LEFT, TOP), picture])).unread == ("p.2",)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (write_ofd([run("通知", LEFT, TOP)])[:-30], "file.unreadable"),
        (write_ofd([run("通知", LEFT, TOP)], declaration='<!DOCTYPE a [<!ENTITY b "c">]>'), "file.unsafe"),
        (
            write_ofd(['<ofd:TextObject Size="x"><ofd:TextCode>通知</ofd:TextCode></ofd:TextObject>']),
            "file.unreadable",
        ),
        (write_ofd(["<ofd:TextObject>"]), "file.unreadable"),
        (
            write_ofd(['<ofd:TextObject Boundary="10"><ofd:TextCode>通知</ofd:TextCode></ofd:TextObject>']),
            "file.unreadable",
        ),
        (
            write_ofd(['<ofd:TextObject><ofd:TextCode X="0" Y="1e400">通知</ofd:TextCode></ofd:TextObject>']),
            "file.unreadable",
        ),
    ],
    ids=["truncated", "entities", "no number", "no XML", "too few numbers", "beyond all pages"],
)
def test_what_is_broken_or_unsafe_is_refused(tmp_path, data, code):
    assert refusal(tmp_path, data) == code


def test_a_step_repeated_a_billion_times_costs_nothing(tmp_path):
    greedy = (
        f'<ofd:TextObject Size="5" Boundary="{LEFT} {TOP} 9 9">'
        '<ofd:TextCode X="0" Y="5" DeltaX="g 1000000000 5">通知</ofd:TextCode></ofd:TextObject>'
    )
    assert read(tmp_path, write_ofd([greedy])).text == "通知"
