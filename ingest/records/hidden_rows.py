"""Hidden rows of a workbook (隐藏行), from its XML: the reader of cells does not tell which they are."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Final

_HIDDEN: Final = re.compile(rb'<row[^>]*?\sr="(\d{1,9})"[^>]*?\shidden="(?:1|true)"')
_CHUNK: Final = 1 << 20


def hidden_rows(path: Path, hiding: frozenset[str]) -> dict[str, frozenset[int]]:
    """The numbers of the hidden rows of each sheet, by its name; `hiding` are the XML parts that hide something."""
    found: dict[str, frozenset[int]] = {}
    with zipfile.ZipFile(path) as archive:
        targets = sheet_parts(archive) if "xl/workbook.xml" in archive.namelist() else {}
        for name, member in targets.items():
            if member not in hiding:
                continue
            rows: set[int] = set()
            rest = b""
            with archive.open(member) as stream:
                while chunk := stream.read(_CHUNK):
                    window = rest + chunk
                    if b"hidden=" in window:
                        rows.update(int(number) for number in _HIDDEN.findall(window))
                    rest = window[-512:]
            found[name] = frozenset(rows)
    return found


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The member of the archive that holds each sheet; DOCTYPE and entities were refused before."""
    import xml.etree.ElementTree as ET  # noqa: PLC0415 - checked by `check_workbook`

    relations = "xl/_rels/workbook.xml.rels"
    if relations not in archive.namelist():
        return {}
    try:
        where = {
            one.get("Id"): one.get("Target", "")
            for one in ET.fromstring(archive.read(relations))  # noqa: S314
        }
        book = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    except ET.ParseError:
        return {}
    found: dict[str, str] = {}
    for sheet in book.iter():
        if sheet.tag.endswith("}sheet"):
            relation = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
            target = where.get(relation, "")
            found[sheet.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found
