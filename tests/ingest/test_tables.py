"""A table in a document whose header fits a record kind is read as records; every other one stays text."""

from __future__ import annotations

from pathlib import Path

import docx

from ingest.read import read_document
from ingest.reading import read_file, source_id
from ingest.tables import tables_read

MEMBERS = [
    ("序号", "联合体名称", "成员名称", "成员类型", "角色"),
    ("1", "重庆市先进材料产教联合体", "重庆大学", "院校", "牵头"),
    ("2", "重庆市先进材料产教联合体", "西南铝业（集团）有限责任公司", "企业", "成员"),
    ("3", "重庆市先进材料产教联合体", "", "企业", "成员"),
]
BUDGET = [("科目", "金额"), ("差旅", "3"), ("会议", "5")]


def notice(path: Path, *tables: list[tuple[str, ...]]) -> Path:
    word = docx.Document()
    word.add_paragraph("关于公布产教联合体成员名单的通知")
    word.add_paragraph("各高等学校：")
    word.add_paragraph("现将成员名单予以公布，由重庆机电职业技术大学参与组织。")
    for rows in tables:
        word.add_paragraph("附件")
        table = word.add_table(len(rows), len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    word.save(str(path))
    return path


def claims_of(path: Path):
    return read_file(path, source_id(path))


def told(read, kind: str) -> list[tuple[str, str]]:
    return [(row["head"], row["tail"]) for row in read.claims.to_pylist() if row["kind"] == kind]


def test_a_list_of_members_says_who_leads_and_who_belongs(tmp_path):
    read = claims_of(notice(tmp_path / "a.docx", MEMBERS))
    consortium = "Consortium:重庆市先进材料产教联合体"
    assert ("School:重庆大学", consortium) in told(read, "LEADS")
    members = [head for head, tail in told(read, "MEMBER_OF") if tail == consortium]
    assert "Enterprise:西南铝业（集团）有限责任公司" in members
    assert any("rows of tables" in note.en for note in read.notes)


def test_each_claim_leads_back_to_its_row_word_for_word(tmp_path):
    path = notice(tmp_path / "a.docx", MEMBERS)
    document = read_document(path)
    read = tables_read(document, source_id(path))
    assert read is not None
    rows = read.records.claims.to_pylist()
    assert rows
    for row in rows:
        assert document.text[row["start"] : row["end"]] == row["quote"]
        assert document.place_at(row["start"]) == row["place"]
    leads = next(row for row in rows if row["kind"] == "LEADS")
    assert "重庆大学" in leads["quote"]


def test_a_row_that_cannot_be_taken_is_a_reject_and_the_others_go_in(tmp_path):
    read = claims_of(notice(tmp_path / "a.docx", MEMBERS))
    assert read.status == "partial"
    assert [(reject.code, reject.row) for reject in read.rejects] == [("record.required", 4)]
    assert (read.counts["rows"], read.counts["taken"]) == (3, 2)


def test_rows_read_as_records_are_not_read_as_text_again(tmp_path):
    read = claims_of(notice(tmp_path / "a.docx", MEMBERS))
    mentioned = {tail for _, tail in told(read, "MENTIONS")}
    assert "School:4150012607" in mentioned  # 重庆机电职业技术大学, in the running text
    assert "School:4150010611" not in mentioned  # 重庆大学, in the table


def test_another_table_stays_text(tmp_path):
    path = notice(tmp_path / "a.docx", BUDGET)
    assert tables_read(read_document(path), source_id(path)) is None
    both = notice(tmp_path / "b.docx", BUDGET, MEMBERS)
    document = read_document(both)
    read = tables_read(document, source_id(both))
    assert read is not None
    assert {document.blocks[number].cells for number in read.blocks} == set(MEMBERS)


def test_a_table_that_lacks_what_the_kind_requires_stays_text(tmp_path):
    names = [("序号", "成员名称", "成员类型"), *[(row[0], row[2], row[3]) for row in MEMBERS[1:3]]]
    path = notice(tmp_path / "a.docx", names)
    assert tables_read(read_document(path), source_id(path)) is None
    assert "School:4150010611" in {tail for _, tail in told(claims_of(path), "MENTIONS")}


OFFERED = [
    ("学校名称", "专业代码", "专业名称", "年份", "招生数"),
    ("重庆机电职业技术大学", "460301", "机电一体化技术", "2024", "120"),
]


def beside(path: Path, *tables: list[tuple[str, ...]]) -> Path:
    """Tables with nothing but an empty paragraph between."""
    word = docx.Document()
    word.add_paragraph("关于公布名单的通知")
    for rows in tables:
        table = word.add_table(len(rows), len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        word.add_paragraph("")
    word.save(str(path))
    return path


def test_two_tables_with_nothing_between_are_two(tmp_path):
    read = claims_of(beside(tmp_path / "a.docx", MEMBERS[:3], OFFERED))
    assert read.rejects == ()
    assert ("School:重庆大学", "Consortium:重庆市先进材料产教联合体") in told(read, "LEADS")
    assert "School:重庆机电职业技术大学" in {head for head, _ in told(read, "OFFERS")}


def test_a_table_that_fits_no_kind_is_no_part_of_the_one_before(tmp_path):
    path = beside(tmp_path / "a.docx", MEMBERS[:3], BUDGET)
    document = read_document(path)
    read = tables_read(document, source_id(path))
    assert read is not None
    assert {document.blocks[number].cells for number in read.blocks} == set(MEMBERS[:3])


def test_a_table_without_a_header_goes_on_with_the_one_before(tmp_path):
    read = claims_of(beside(tmp_path / "a.docx", MEMBERS[:2], MEMBERS[2:3]))
    assert (read.counts["taken"], read.rejects) == (2, ())


def test_a_second_header_inside_a_table_begins_another_with_its_title(tmp_path):
    title = ("附件2：专业一览", "", "", "", "")
    read = claims_of(beside(tmp_path / "a.docx", [*MEMBERS[:3], title, *OFFERED]))
    assert (read.counts["taken"], read.rejects) == (3, ())
    assert "School:重庆机电职业技术大学" in {head for head, _ in told(read, "OFFERS")}
    again = claims_of(beside(tmp_path / "b.docx", [*MEMBERS[:2], MEMBERS[0], MEMBERS[2]]))
    assert (again.counts["taken"], again.rejects) == (2, ())


def test_the_line_above_a_table_tells_the_unit_of_its_figures(tmp_path):
    head, row = ("地区", "产业名称", "年份", "产值"), ("渝北区", "汽车", "2024", "3500")
    for line, output in (
        ("单位：万元", 35_000_000.0),
        ("附件：2024年产业规模", 3500.0),
        ("单位：万美元", None),
    ):
        word = docx.Document()
        word.add_paragraph("关于公布产业规模的通知")
        word.add_paragraph(line)
        table = word.add_table(2, 4)
        for cells, texts in zip(table.rows, (head, row), strict=True):
            for cell, text in zip(cells.cells, texts, strict=True):
                cell.text = text
        word.save(str(tmp_path / "a.docx"))
        claims = claims_of(tmp_path / "a.docx").claims.to_pylist()
        told_here = [
            one["output"] for one in claims if one["kind"] == "HAS_INDUSTRY" and one["method"] == "record"
        ]
        assert told_here == ([] if output is None else [output])


def test_two_firms_in_two_lines_of_a_cell_are_two_members(tmp_path):
    rows = [
        MEMBERS[0],
        ("1", "重庆市先进材料\n产教联合体", "甲市机床有限公司\n乙市汽车有限公司", "企业", "成员"),
    ]
    read = claims_of(notice(tmp_path / "a.docx", rows))
    assert (read.counts["taken"], read.rejects) == (1, ())
    consortium = "Consortium:重庆市先进材料产教联合体"
    assert set(told(read, "MEMBER_OF")) == {
        ("Enterprise:甲市机床有限公司", consortium),
        ("Enterprise:乙市汽车有限公司", consortium),
    }


def titled(path: Path, title: str, *parts: str | list[tuple[str, ...]]) -> Path:
    word = docx.Document()
    for part in (title, *parts):
        if isinstance(part, str):
            word.add_paragraph(part)
            continue
        table = word.add_table(len(part), len(part[0]))
        for row, texts in zip(table.rows, part, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    word.save(str(path))
    return path


def test_a_list_of_members_takes_its_consortium_from_the_line_above_it(tmp_path):
    table = [
        ("序号", "单位名称", "类型", "备注"),
        ("1", "重庆大学", "牵头单位", ""),
        ("2", "甲机床有限公司", "成员单位", ""),
    ]
    path = titled(tmp_path / "a.docx", "通知", "附件", "重庆市先进材料产教联合体成员单位名单", table)
    read = claims_of(path)
    consortium = "Consortium:重庆市先进材料产教联合体"
    assert told(read, "LEADS") == [("School:重庆大学", consortium)]
    assert told(read, "MEMBER_OF") == [("Enterprise:甲机床有限公司", consortium)]
    assert any("备注" in note.zh for note in read.notes)  # what is not read is told


def test_a_table_takes_school_and_year_from_the_line_above_it(tmp_path):
    table = [("专业名称", "专业代码", "在校生数"), ("软件技术", "510203", "320")]
    read = claims_of(titled(tmp_path / "a.docx", "材料", "某某职业学院2024年专业情况一览表", table))
    (offer,) = [row for row in read.claims.to_pylist() if row["kind"] == "OFFERS"]
    assert (offer["head"], offer["year"], offer["enrolled"]) == ("School:某某职业学院", 2024, 320)


def test_a_table_of_what_was_revoked_is_a_reject_and_neither_record_nor_text(tmp_path):
    table = [("学校名称", "专业名称", "年份"), ("某某职业学院", "软件技术", "2024")]
    members = [("联合体名称", "成员名称", "成员类型"), ("甲产教联合体", "重庆大学", "院校")]
    path = titled(tmp_path / "a.docx", "关于同意撤销部分专业的通知", table, "附件2：新加入成员名单", members)
    read = claims_of(path)
    assert read.status == "partial"
    assert [reject.code for reject in read.rejects] == ["record.ended"]
    assert not told(read, "OFFERS")
    assert [head for head, _ in told(read, "MEMBER_OF")] == ["School:重庆大学"]
