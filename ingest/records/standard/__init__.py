"""The national data standard of vocational schools (职业院校数据标准): its tables as record kinds.

`fields.csv`, `codes.csv` and `tables.csv` are the standard's own lists: fields with types, code lists, all tables.
Columns derive from them. What rows become is declared beside, by subject: `links/` has a module for each. A table
without linkages is known all the same, and left.
Origin: Ministry of Education, 高职数据标准及接口规范（试行）, 2024-09, and 中职 V2.2.0, 2025-03; the lists are written by
`scripts/build_standard.py`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from ingest.records.columns import LEVELS
from ingest.records.kind import Column, Form

_LISTED_CODES: Final = {"HYDM": Form.INDUSTRY_CODE}
_NAMED: Final = (
    (re.compile(r"统一社会信用代码|企业机构代码|捐赠企业.*代码"), Form.CREDIT_CODE),
    (re.compile(r"^学校代码$"), Form.SCHOOL_CODE),
    (re.compile(r"机构编码$"), Form.REGION_CODE),
    (re.compile(r"(年份|年度|届)$"), Form.YEAR),
    (re.compile(r"(日期|年月|时间|（年月）)$"), Form.DATE),
    (re.compile(r"(项目|课程|教材|专利|专业群|证书|实训室|基地|仪器|资源|机构/项目|主题)名称$"), Form.TITLE),
    (re.compile(r"(名称|企业|单位|专业)$"), Form.NAME),
)
_EXAMPLES: Final[Mapping[str, str]] = {
    "zjsjwyxbs": "示例000000000000000000000000000001",
    "xxdm": "4100000000",
    "zyh": "示例01",
    "zymc": "新能源汽车技术",
    "sszyqmc": "示例新能源汽车专业群",
    "zyccm": "2",
}
_EXAMPLES_BY_FORM: Final = {
    Form.NAME: "示例汽车零部件有限公司",
    Form.TITLE: "示例{name}",
    Form.NAMES: "示例一、示例二",
    Form.TEXT: "示例{name}",
    Form.COUNT: "40",
    Form.MONEY: "250000",
    Form.YEAR: "2024",
    Form.DATE: "20240930",
    Form.SCHOOL_CODE: "4100000000",
    Form.INDUSTRY_CODE: "C",
    Form.REGION_CODE: "500000",
    Form.SPECIALTY_CODE: "460702",
}


@cache
def _rows(table: str) -> tuple[Mapping[str, str], ...]:
    lines = (files(__name__) / table).read_text(encoding="utf-8").splitlines()
    return tuple(csv.DictReader(lines))


@cache
def tables() -> Mapping[str, str]:
    """Every table of both standards, code → Chinese name without 数据子类表."""
    return {row["table"]: row["name"].removesuffix("子类表") for row in _rows("tables.csv")}


@cache
def code_list(name: str) -> Mapping[str, tuple[str, ...]]:
    """The values of a code list, each with its code and the other words that are taken for it."""
    return {
        row["name"]: (row["code"], row["code"].zfill(2), *LEVELS.get(row["name"], ()))
        for row in _rows("codes.csv")
        if row["list"] == name
    }


def standard_columns(
    table: str,
    *,
    required: tuple[str, ...] = (),
    forms: Mapping[str, Form] | None = None,
    examples: Mapping[str, str] | None = None,
) -> tuple[Column, ...]:
    """The columns of a table of the standard, named by field code; headers are the code, the Chinese name, or both.

    The form of a column follows from its type, code list and name; `forms` names what does not. The standard demands
    more fields than a claim needs: only those of `required` are asked for. Fields of persons are not among them.
    """
    return tuple(
        _column(row, row["field"] in required, (forms or {}).get(row["field"]), examples or {})
        for row in _rows("fields.csv")
        if row["table"] == table and row["personal"] == "0"
    )


def personal_columns(table: str) -> tuple[Column, ...]:
    """The fields of a table that are about one person: known by their headers, and never read."""
    return tuple(
        Column(row["field"], row["name"], row["field"], variants=(row["field"],))
        for row in _rows("fields.csv")
        if row["table"] == table and row["personal"] == "1"
    )


def _column(row: Mapping[str, str], required: bool, form: Form | None, examples: Mapping[str, str]) -> Column:
    form = form or _form(row)
    field, name = row["field"], row["name"]
    listed = form is Form.CHOICE
    choices = code_list(row["list"]) if listed else {}
    example = examples.get(field) or _EXAMPLES.get(field)
    if example is None and required:
        example = next(iter(choices)) if choices else _EXAMPLES_BY_FORM.get(form, "").format(name=name)
    without_code = name.removesuffix("码") if row["list"] else name
    bare = (re.sub(r"（[^（）]*）$", "", name), without_code)
    return Column(
        name=field,
        zh=name,
        en=f"{field}, {row['type']}",
        form=form,
        required=required,
        variants=tuple(dict.fromkeys((field, *(word for word in bare if word != name)))),
        choices=choices,
        example=example or "",
    )


def _form(row: Mapping[str, str]) -> Form:
    if row["list"]:
        return _LISTED_CODES.get(row["list"], Form.CHOICE)
    if row["type"].startswith("M"):
        return Form.MONEY
    if re.fullmatch(r"N\(\d+\)", row["type"]):
        return Form.COUNT
    return next((form for pattern, form in _NAMED if pattern.search(row["name"])), Form.TEXT)
