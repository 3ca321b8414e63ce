"""The empty workbook of a record kind (模板): headers, one example row, drop-downs, and a sheet that explains them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from graph.errors import LiantuError
from graph.language import Text
from ingest.records.kind import Column, Form, RecordKind
from ingest.records.kinds import RECORD_KINDS
from ingest.records.workbook import EXPLANATION

ROWS_WITH_DROPDOWN: Final = 5000
FORMS: Final = {
    Form.NAME: Text("名称，一格一个", "one name"),
    Form.TITLE: Text("名称", "a name"),
    Form.NAMES: Text("名称，可有多个，用“、”分隔", "names, several separated by 、"),
    Form.TEXT: Text("文字", "text"),
    Form.CHOICE: Text("从列表中选择", "one of a list"),
    Form.COUNT: Text("非负整数，可写 1.2万", "whole number, 1.2万 allowed"),
    Form.MONEY: Text("金额（元）；表头可改为（万元）", "amount in yuan; the header may say （万元）"),
    Form.YEAR: Text("年份，如 2024", "year, such as 2024"),
    Form.DATE: Text("日期，如 2023-10-27、2023-10、2023", "date: 2023-10-27, 2023-10 or 2023"),
    Form.SCHOOL_CODE: Text("学校代码，10 位数字", "code of the school, 10 digits"),
    Form.CREDIT_CODE: Text("统一社会信用代码，18 位", "unified social credit code, 18 characters"),
    Form.ORGANISATION_CODE: Text(
        "学校代码（10 位）或统一社会信用代码（18 位）", "school code (10) or credit code (18)"
    ),
    Form.SPECIALTY_CODE: Text("专业目录代码，6 位", "catalogue code, 6 digits"),
    Form.INDUSTRY_CODE: Text("行业代码，如 C 或 36", "code of GB/T 4754, such as C or 36"),
    Form.REGION_CODE: Text("行政区划代码，6 位", "division code, 6 digits"),
}

# What a spreadsheet would otherwise change: long digits to 4.15E+09, 2023-10 to a day.
_KEPT_AS_TEXT: Final = frozenset(
    {
        Form.DATE,
        Form.INDUSTRY_CODE,
        Form.REGION_CODE,
        Form.SCHOOL_CODE,
        Form.CREDIT_CODE,
        Form.ORGANISATION_CODE,
        Form.SPECIALTY_CODE,
        Form.TEXT,
    }
)


def form_of(column: Column) -> Text:
    """How the cells of a column are filled in, in words."""
    return FORMS[Form.NAMES if column.several else column.form]


def write_template(kind: str, path: Path) -> None:
    """Write an empty workbook for the record kind `kind` to `path`; `LiantuError` record.kind_unknown.

    The example row is recognised and left out when the workbook is ingested with it.
    """
    declared = RECORD_KINDS.get(kind)
    if declared is None:
        raise LiantuError("record.kind_unknown", name=kind, known=", ".join(RECORD_KINDS))
    # Imported here: openpyxl takes a quarter of a second, and only templates need it.
    from openpyxl import Workbook  # noqa: PLC0415

    workbook = Workbook()
    sheet: Any = workbook.active
    sheet.title = declared.title.zh.replace("/", "、")  # no sheet may be called so
    _fill(sheet, declared)
    _explain(workbook.create_sheet(EXPLANATION), declared)
    workbook.save(path)


def _fill(sheet: Any, kind: RecordKind) -> None:
    from openpyxl.comments import Comment  # noqa: PLC0415
    from openpyxl.styles import Font, PatternFill  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    sheet.freeze_panes = "A2"
    for number, column in enumerate(kind.columns, start=1):
        letter = get_column_letter(number)
        header = sheet.cell(1, number, column.zh)
        header.font = Font(bold=True, color="C00000" if column.required else "000000")
        header.fill = PatternFill("solid", fgColor="FCE4D6" if column.required else "DDEBF7")
        header.comment = Comment(_note(column), "liantu", width=280, height=120)
        example = sheet.cell(2, number, column.example or None)
        example.font = Font(italic=True, color="7F7F7F")
        if column.form in _KEPT_AS_TEXT:
            example.number_format = "@"
            sheet.column_dimensions[letter].number_format = "@"
        sheet.column_dimensions[letter].width = max(12, 2 * len(column.zh) + 4, len(column.example) * 2)
        if column.choices and column.form is Form.CHOICE:
            listed = DataValidation(
                type="list",
                formula1='"' + ",".join(column.choices) + '"',
                allow_blank=True,
                showErrorMessage=not column.open,
            )
            listed.add(f"{letter}2:{letter}{ROWS_WITH_DROPDOWN}")
            sheet.add_data_validation(listed)


def _note(column: Column) -> str:
    needed = Text("必填", "Required") if column.required else Text("选填", "Optional")
    form = form_of(column)
    return f"{needed.zh} · {form.zh}\n{column.en}: {needed.en.lower()}, {form.en}"


def _explain(sheet: Any, kind: RecordKind) -> None:
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415

    sheet.append([kind.title.zh, kind.title.en])
    sheet.append([kind.about.zh, kind.about.en])
    sheet.append(
        [
            "第 2 行是示例（灰色斜体），入库时自动略去。红色表头为必填。",
            "Row 2 is an example (grey italics), left out when the file is ingested. Red headers are required.",
        ]
    )
    sheet.append([])
    sheet.append(
        [
            "列 Header",
            "Column",
            "必填 Required",
            "填写方式 Form",
            "Form",
            "可选值 Choices",
            "示例 Example",
            "也接受的表头 Other headers",
        ]
    )
    for cell in sheet[5]:
        cell.font = Font(bold=True)
    for column in kind.columns:
        form = form_of(column)
        sheet.append(
            [
                column.zh,
                column.en,
                "是 yes" if column.required else "",
                form.zh,
                form.en,
                "、".join(column.choices) + ("…" if column.open else ""),
                column.example,
                "、".join(column.variants),
            ]
        )
    for letter, width in zip("ABCDEFGH", (26, 30, 14, 34, 34, 40, 30, 60), strict=True):
        sheet.column_dimensions[letter].width = width
        for cell in sheet[letter]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
