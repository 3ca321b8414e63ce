"""Templates: written, filled in, read back."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from graph.errors import LiantuError
from ingest.records import RECORD_KINDS, read_records, write_template
from ingest.records.kind import Form

EVERY = pytest.mark.parametrize("kind", list(RECORD_KINDS))
# The tables of the standard are made alike: a few stand for all where nothing is special to one.
SOME = {"ODS_ZYSZSJ", "ODS_BYQXJYSJ", "ODS_FQTGSJ"}
KINDS = pytest.mark.parametrize(
    "kind", [name for name, kind in RECORD_KINDS.items() if not kind.standard or name in SOME]
)


@KINDS
def test_the_example_row_left_in_a_template_says_nothing(kind: str, tmp_path: Path) -> None:
    write_template(kind, tmp_path / "t.xlsx")
    read = read_records(tmp_path / "t.xlsx", "s")
    assert (read.kinds, read.rows_read, read.rejects, read.claims.num_rows) == ((kind,), 0, (), 0)


def _told(example: str) -> str:
    """What a school writes where the template has an example."""
    return example.replace("示例", "真实").replace("4100000000", "4150014629")


@EVERY
def test_a_template_filled_like_its_example_is_taken(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    write_template(kind, path)
    workbook = load_workbook(path)
    sheet = workbook.worksheets[0]
    for cell in sheet[2]:
        if cell.value is not None:
            sheet.cell(3, cell.column, _told(str(cell.value)))
    workbook.save(path)
    read = read_records(path, "s")
    assert (read.rows_read, read.rows_taken, read.rejects) == (1, 1, ())
    assert {edge.kind for edge in RECORD_KINDS[kind].all_edges} - {"LEADS"} <= set(
        read.claims.column("kind").to_pylist()
    )
    assert set(read.claims.column("place").to_pylist()) == {f"{sheet.title}!3"}


@KINDS
def test_required_columns_are_marked_and_enumerations_have_drop_downs(kind: str, tmp_path: Path) -> None:
    write_template(kind, tmp_path / "t.xlsx")
    sheet = load_workbook(tmp_path / "t.xlsx").worksheets[0]
    listed = {str(item.sqref).split(":")[0]: item.formula1 for item in sheet.data_validations.dataValidation}
    for number, column in enumerate(RECORD_KINDS[kind].columns, start=1):
        header = sheet.cell(1, number)
        assert header.value == column.zh
        assert header.comment is not None
        assert header.comment.text.startswith("必填" if column.required else "选填")
        if column.form is Form.CHOICE:
            assert listed[f"{header.column_letter}2"] == '"' + ",".join(column.choices) + '"'


@KINDS
def test_a_second_sheet_explains_every_column_in_both_languages(kind: str, tmp_path: Path) -> None:
    write_template(kind, tmp_path / "t.xlsx")
    words = [
        str(cell)
        for row in load_workbook(tmp_path / "t.xlsx").worksheets[1].iter_rows(values_only=True)
        for cell in row
    ]
    for column in RECORD_KINDS[kind].columns:
        assert {column.zh, column.en} <= set(words)


def test_an_unknown_kind_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(LiantuError, match="specialty_groups"):
        write_template("nonsense", tmp_path / "t.xlsx")
