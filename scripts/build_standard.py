"""Build the tables of the national data standard (高职数据标准, 中职数据标准) in ingest/records/standard from raw tables.

    python scripts/build_standard.py RAW_FOLDER [--into ingest/records/standard]

RAW_FOLDER holds what was read from public copies of 高职数据标准及接口规范（试行） (2024-09, V3.0.2) and of the one of
secondary schools (2025-03, V2.2.0), Ministry of Education. Only facts are taken: codes, names, types, code lists. What
identifies a person is marked `personal`, and so never read. The same input gives the same output, byte for byte.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

Row = Mapping[str, str]
_LIST: Final = re.compile(r"\blist ([A-Z]+)")
_PERSONAL_NAMES: Final = re.compile(
    r"姓名|学号|工号|负责人|电话|指导教师|^作者$|保单号|班级|实习班|管理人员|完成人|证书号|证书编号|报告|实践评价|实践成果|意向说明"
)
_CERTIFICATE_TYPES: Final = frozenset(
    {"ODS_KZRTGLGXSJ"}
)  # there a number names a certificate, not its holder
# Fields of persons that the raw table leaves out but for their codes; the names are read from the codes.
_LEFT_OUT: Final = {
    "XM": "姓名",
    "XSXM": "学生姓名",
    "XNZDJSXM": "校内指导教师姓名",
    "XNZDJSDH": "校内指导教师电话",
    "QYZMZDRYXM": "企业专门指导人员姓名",
    "QYZMZDRYDH": "企业专门指导人员电话",
    "SXZDJS": "实习指导教师",
    "JSXM": "教师姓名",
    "SBFZRXM": "设备负责人姓名",
    "CWGLRXM": "财务管理人姓名",
    "KYXMFZR": "科研项目负责人",
    "QTBFR": "牵头拜访人",
    "ZW": "职务",
    "QYJDR": "企业接待人",
    "JDRZW": "接待人职务",
    "XXFZR": "学校负责人",
    "QYFZR": "企业负责人",
    "XXFZRXM": "学校负责人姓名",
    "JDLXRXM": "基地联系人姓名",
    "LXRDH": "联系人电话",
    "LXRYX": "联系人邮箱",
}


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, columns: tuple[str, ...], rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def fields(raw: list[dict[str, str]], index: list[dict[str, str]], lists: set[str]) -> list[Row]:
    """A line for each field: table, code, name, type, whether it is required, code list, whether it is personal."""
    found: list[Row] = []
    for row in raw:
        listed = _LIST.search(row["note"])
        name = listed[1] if listed else ""
        if row["table"].startswith("ODS_ZZ") and f"ZZ.{name}" in lists:
            name = f"ZZ.{name}"
        personal = "person key" in row["note"] or (
            bool(_PERSONAL_NAMES.search(row["field_name"])) and row["table"] not in _CERTIFICATE_TYPES
        )
        found.append(
            {
                "table": row["table"],
                "field": row["field"],
                "name": row["field_name"],
                "type": row["type"],
                "required": "1" if row["note"].startswith("required") else "0",
                "list": name if name in lists else "",
                "personal": "1" if personal else "0",
            }
        )
    known = {row["table"] for row in raw}
    for row in index:
        for code in row["skipped_personal"].split() if row["table"] in known else ():
            person = {"table": row["table"], "field": code.lower(), "name": _LEFT_OUT[code], "type": "C"}
            found.append(person | {"required": "0", "list": "", "personal": "1"})
    return found


def main() -> None:
    """Read the raw tables and write ours."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("raw", type=Path)
    parser.add_argument("--into", type=Path, default=Path("ingest/records/standard"))
    options = parser.parse_args()
    codes = _read(options.raw / "code_lists.csv")
    index = _read(options.raw / "table_index.csv")
    raw = _read(options.raw / "college_data_standard.csv")
    _write(options.into / "codes.csv", ("list", "code", "name"), codes)
    for row in index:
        row["name"] = row["table_name"]
    _write(options.into / "tables.csv", ("standard", "table", "name"), index)
    columns = ("table", "field", "name", "type", "required", "list", "personal")
    _write(options.into / "fields.csv", columns, fields(raw, index, {row["list"] for row in codes}))


if __name__ == "__main__":
    main()
