"""The national data standard of colleges (高职数据标准): fields and code lists of its tables, as columns of a kind.

`fields.csv` holds a line for each field of a table (`form` is a `Form`), `codes.csv` the code lists. Another table of the
standard is lines in these two files, and a module in `ingest/records/kinds/` that says what a row becomes.
Origin: Ministry of Education, 高职数据标准及接口规范（试行）, 2024-09.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from ingest.records.columns import LEVELS
from ingest.records.kind import Column, Form

EXAMPLES: Final[Mapping[str, str]] = {
    "zjsjwyxbs": "EXAMPLE0000000000000000000000001",
    "xxdm": "4100000000",
    "zyh": "示例01",
    "zymc": "新能源汽车技术",
    "sszyqmc": "示例新能源汽车专业群",
    "pzszny": "201803",
    "sczsny": "201809",
    "zyccm": "2",
    "xzm": "3",
    "sfzdzy": "1",
    "sjcjsj": "20240930 120000",
    "hzqymc": "示例汽车零部件有限公司",
    "hzksny": "202309",
    "ddpyrs": "40",
    "gtkfkcms": "3",
    "xxwqyjsfwnsr": "250000",
}


@cache
def _rows(table: str) -> tuple[Mapping[str, str], ...]:
    lines = (files(__name__) / table).read_text(encoding="utf-8").splitlines()
    return tuple(csv.DictReader(lines))


def code_list(name: str) -> dict[str, tuple[str, ...]]:
    """The values of a code list, each with its code and the other words that are taken for it."""
    return {
        row["name"]: (row["code"], row["code"].zfill(2), *LEVELS.get(row["name"], ()))
        for row in _rows("codes.csv")
        if row["list"] == name
    }


def standard_columns(table: str, *, required: tuple[str, ...]) -> tuple[Column, ...]:
    """The columns of a table of the standard, named by field code; headers are the code or the Chinese name.

    The standard demands more fields than a claim needs: only those of `required` are asked for.
    """
    return tuple(
        Column(
            name=row["field"],
            zh=row["name"],
            en=f"{row['field']}, {row['type']}",
            form=Form(row["form"]),
            required=row["field"] in required,
            variants=(row["field"], *((row["name"].removesuffix("码"),) if row["list"] else ())),
            choices=code_list(row["list"]) if row["list"] else {},
            example=EXAMPLES.get(row["field"], ""),
        )
        for row in _rows("fields.csv")
        if row["table"] == table
    )
