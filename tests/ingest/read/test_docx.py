"""Word documents are read in order, with what Word itself adds; harmful packages are refused."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from graph.errors import LiantuError
from ingest.document import Document
from ingest.read import read_document
from ingest.read.numbering import Numbering

NUMBERING = f"""<w:numbering {nsdecls("w")}>
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%3"/></w:lvl>
<w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="0"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
</w:numbering>"""


def read(tmp_path: Path, document: docx.document.Document) -> Document:
    path = tmp_path / "a.docx"
    document.save(str(path))
    return read_document(path)


def test_paragraphs_headings_tables_and_boxes_come_in_order(tmp_path):
    word = docx.Document()
    word.add_heading("关于公布名单的通知", 0)
    word.add_paragraph("各高校：")
    word.add_heading("总体要求", 1)
    word.add_heading("指导思想", 2)
    table = word.add_table(3, 2)
    for row, texts in enumerate((("联合体", "牵头单位"), ("先进材料", "某公司"), ("", "某学院"))):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    box = word.add_paragraph("框外。")
    box.runs[0]._r.append(
        parse_xml(
            f'<w:pict {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
            "<w:p><w:r><w:t>框内。</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict>"
        )
    )
    word.add_paragraph("2024年3月5日")
    found = [(block.role, block.level, block.place, block.text) for block in read(tmp_path, word).blocks]
    assert found == [
        ("title", 0, "b.1", "关于公布名单的通知"),
        ("paragraph", 0, "b.2", "各高校："),
        ("heading", 1, "b.3", "总体要求"),
        ("heading", 2, "b.4", "指导思想"),
        ("table", 0, "b.5", "联合体\t牵头单位"),
        ("table", 0, "b.7", "先进材料\t某公司"),
        ("table", 0, found[6][2], "\t某学院"),
        ("paragraph", 0, found[7][2], "框外。"),
        ("paragraph", 0, found[8][2], "框内。"),
        ("paragraph", 0, found[9][2], "2024年3月5日"),
    ]


def test_a_title_set_in_the_first_heading_style_is_the_title(tmp_path):
    word = docx.Document()
    word.add_paragraph("某市教育局文件")
    word.add_heading("某市教育局关于公布名单的通知", 1)
    word.add_paragraph("各职业院校：")
    word.add_heading("一、总体要求", 2)
    word.add_paragraph(
        "（一）联合体由某学院牵头，联合某公司、某高新区管委会共同建设，到2027年力争订单培养学生3000人以上。"
    )
    found = read(tmp_path, word)
    assert (found.title, found.issuer, found.kind) == ("关于公布名单的通知", "某市教育局", "通知")
    assert [(block.role, block.level) for block in found.blocks[3:]] == [("heading", 1), ("list", 2)]


def test_line_breaks_part_paragraphs_and_page_breaks_do_not(tmp_path):
    word = docx.Document()
    paragraph = word.add_paragraph("第一行，")
    paragraph.add_run().add_break()
    paragraph.add_run("第二行，")
    paragraph.add_run().add_break(WD_BREAK.PAGE)
    paragraph.add_run("仍是第二行。")
    assert [block.text for block in read(tmp_path, word).blocks] == ["第一行，", "第二行，仍是第二行。"]


def test_deleted_words_and_the_table_of_contents_are_left_out(tmp_path):
    word = docx.Document()
    word.styles.add_style("toc 1", 1)
    word.add_paragraph("总体要求……1", style="toc 1")
    paragraph = word.add_paragraph("保留")
    paragraph._p.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>删去</w:delText></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>插入。</w:t></w:r></w:ins>"))
    assert read(tmp_path, word).text == "保留插入。"


def test_automatic_numbers_are_made_up_as_word_does():
    numbering = Numbering(parse_xml(NUMBERING))
    asked = [("1", 0), ("1", 1), ("1", 1), ("1", 2), ("1", 3), ("1", 0), ("1", 1), ("2", 0), ("9", 0)]
    labels = [numbering.label(*item) for item in asked]
    assert labels == ["一、", "（一）", "（二）", "一.3", "", "二、", "（一）", "五、", ""]


def test_chinese_numerals_of_long_lists():
    numbering = Numbering(parse_xml(NUMBERING))
    labels = [numbering.label("1", 0) for _ in range(121)]
    assert [labels[index - 1] for index in (10, 11, 20, 21, 100, 105, 110, 121)] == [
        "十、", "十一、", "二十、", "二十一、", "一百、", "一百零五、", "一百一十、", "一百二十一、",
    ]  # fmt: skip


def package(tmp_path: Path, **changed: bytes) -> Path:
    """A Word document with parts replaced or added."""
    whole = io.BytesIO()
    word = docx.Document()
    word.add_paragraph("各高校：")
    word.save(whole)
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name not in changed:
                target.writestr(name, source.read(name))
        for name, data in changed.items():
            target.writestr(name, data)
    return path


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]><d>&b;</d>'
)


@pytest.mark.parametrize(
    ("part", "data", "code"),
    [
        ("word/document.xml", ENTITIES, "file.unsafe"),
        ("word/document.xml", ENTITIES.decode().encode("utf-16"), "file.unsafe"),
        ("word/other.xml", ENTITIES, "file.unsafe"),
        ("word/_rels/document.xml.rels", ENTITIES, "file.unsafe"),
        ("word/media/bomb.bin", b"\0" * 30_000_000, "file.unsafe"),
        ("word/document.xml", b"<w:document", "file.unreadable"),
        ("word/document.xml", b"<other/>", "file.unreadable"),
    ],
)
def test_harmful_and_broken_packages_are_refused(tmp_path, part, data, code):
    with pytest.raises(LiantuError) as caught:
        read_document(package(tmp_path, **{part: data}))
    assert caught.value.code == code


def test_names_that_climb_out_of_the_archive_write_nothing(tmp_path):
    inside = tmp_path / "inside"
    inside.mkdir()
    document = read_document(package(inside, **{"../../outside.txt": b"x", "/etc/outside.txt": b"x"}))
    assert document.text == "各高校："
    assert [path.name for path in tmp_path.iterdir()] == ["inside"]


def test_a_truncated_document_is_unreadable(tmp_path):
    path = package(tmp_path)
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(LiantuError) as caught:
        read_document(path)
    assert caught.value.code == "file.unreadable"


def test_an_encrypted_archive_says_so(tmp_path):
    path = package(tmp_path)
    data = bytearray(path.read_bytes())
    for mark, shift in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = data.find(mark)
        while position >= 0:
            data[position + shift] |= 1
            position = data.find(mark, position + 4)
    path.write_bytes(bytes(data))
    with pytest.raises(LiantuError) as caught:
        read_document(path)
    assert caught.value.code == "file.encrypted"


def outcome(path: Path) -> str:
    """`read`, or the code of the refusal."""
    try:
        return "read" if read_document(path).text else "lost"
    except LiantuError as error:
        return error.code


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_document_is_read_or_refused_but_never_fails_otherwise(tmp_path, seed):
    chance = random.Random(seed)
    path = package(tmp_path)
    data = bytearray(path.read_bytes())
    for _ in range(chance.choice((1, 10, 100))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    path.write_bytes(bytes(data))
    assert outcome(path) == "read" or outcome(path).startswith("file.")


def test_cells_of_a_row_stay_in_their_columns_where_some_are_merged(tmp_path):
    word = docx.Document()
    table = word.add_table(3, 4)
    for column, text in enumerate(("学校名称", "专业名称", "合作企业", "年份")):
        table.cell(0, column).text = text
    table.cell(1, 0).merge(table.cell(1, 1)).text = "丁学院"
    table.cell(1, 2).text, table.cell(1, 3).text = "戊公司", "2024"
    table.cell(2, 2).text, table.cell(2, 3).text = "己公司", "2025"
    late = table.rows[2]._tr  # a row that begins two columns further on
    late.insert(0, parse_xml(f'<w:trPr {nsdecls("w")}><w:gridBefore w:val="2"/></w:trPr>'))
    for cell in list(late.tc_lst)[:2]:
        late.remove(cell)
    assert [block.cells for block in read(tmp_path, word).blocks] == [
        ("学校名称", "专业名称", "合作企业", "年份"),
        ("丁学院", "", "戊公司", "2024"),
        ("", "", "己公司", "2025"),
    ]


def test_a_row_of_a_hundred_thousand_columns_is_cut(tmp_path):
    word = docx.Document()
    table = word.add_table(2, 2)
    for cell, text in zip(table._cells, ("甲", "乙", "丙", "丁"), strict=True):
        cell.text = text
        cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:gridSpan {nsdecls("w")} w:val="99999"/>'))
    assert all(len(block.cells) == 2 * 63 for block in read(tmp_path, word).blocks)


def test_endnotes_are_read_and_how_words_are_said_is_not(tmp_path):
    spoken = (
        f"<w:r {nsdecls('w')}><w:ruby><w:rt><w:r><w:t>zhong</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>重</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    )
    word = docx.Document()
    word.add_paragraph("")._p.append(parse_xml(spoken))
    notes = (
        f'<w:endnotes {nsdecls("w")}><w:endnote w:type="separator" w:id="-1"><w:p/></w:endnote>'
        '<w:endnote w:id="1"><w:p><w:r><w:t>数据来自年报。</w:t></w:r></w:p></w:endnote></w:endnotes>'
    )
    part = Part(
        PackURI("/word/endnotes.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.endnotes+xml",
        notes.encode(),
        word.part.package,
    )
    word.part.relate_to(part, RELATIONSHIP_TYPE.ENDNOTES)
    blocks = read(tmp_path, word).blocks
    assert [(block.text, block.place) for block in blocks] == [("重", "b.1"), ("数据来自年报。", "e.1")]


def test_paragraphs_of_a_cell_stay_apart_and_a_merged_cell_is_said_in_each_of_its_rows(tmp_path):
    word = docx.Document()
    table = word.add_table(3, 3)
    for column, text in enumerate(("联合体名称", "成员企业", "产值")):
        table.cell(0, column).text = text
    table.cell(1, 0).merge(table.cell(2, 0)).text = "先进材料产教联合体"
    table.cell(1, 1).text = "甲市机床有限公司"
    table.cell(1, 1).add_paragraph("乙市汽车有限公司")
    table.cell(2, 1).text = "丙市电子公司"
    table.cell(1, 2).merge(table.cell(2, 2)).text = "30亿元"
    blocks = read(tmp_path, word).blocks
    assert [block.cells for block in blocks[1:]] == [
        ("先进材料产教联合体", "甲市机床有限公司\n乙市汽车有限公司", "30亿元"),
        ("先进材料产教联合体", "丙市电子公司", ""),
    ]
    assert [block.text for block in blocks[1:]] == [
        "先进材料产教联合体\t甲市机床有限公司 乙市汽车有限公司\t30亿元",
        "\t丙市电子公司",
    ]


def test_a_small_table_in_a_cell_is_words_of_the_cell(tmp_path):
    word = docx.Document()
    table = word.add_table(2, 2)
    for cell, text in zip(table._cells, ("学校名称", "专业名称", "甲学院", "软件技术"), strict=True):
        cell.text = text
    table.cell(1, 1).add_table(1, 1).cell(0, 0).text = "（中高职贯通）"
    assert [block.text for block in read(tmp_path, word).blocks] == [
        "学校名称\t专业名称",
        "甲学院\t软件技术 （中高职贯通）",
    ]


def test_a_row_of_a_table_above_a_signature_is_no_part_of_it(tmp_path):
    word = docx.Document()
    word.add_paragraph("关于拟入选市域产教联合体名单的公示")
    word.add_paragraph("现将拟入选名单予以公示，请监督。")
    table = word.add_table(2, 2)
    cells = ("联合体名称", "牵头单位", "甲市智能装备产教联合体", "甲市职业技术学院")
    for cell, text in zip(table._cells, cells, strict=True):
        cell.text = text
    word.add_paragraph("甲市教育局")
    word.add_paragraph("2024年3月1日")
    assert read(tmp_path, word).issuers == ("甲市教育局",)


def test_formulas_are_read_in_one_line_and_hidden_words_are_not(tmp_path):
    word = docx.Document()
    paragraph = word.add_paragraph("产值")
    math = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    run = "<m:r><m:t>{}</m:t></m:r>"
    paragraph._p.append(
        parse_xml(
            f'<m:oMath xmlns:m="{math}">{run.format("100+")}<m:f><m:num>{run.format("1")}</m:num>'
            f"<m:den>{run.format('2')}</m:den></m:f></m:oMath>"
        )
    )
    paragraph.add_run("亿元")
    paragraph.add_run("（内部掌握）").font.hidden = True
    assert [block.text for block in read(tmp_path, word).blocks] == ["产值100+1/2亿元"]
