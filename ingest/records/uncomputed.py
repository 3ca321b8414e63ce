"""Formulas without a value (未计算的公式), from the XML of a workbook: a reader of cells shows them as empty.

A spreadsheet keeps the value beside the formula; a program that writes a workbook leaves it out, until someone opens
and saves it. A formula that gives an empty text is none of these.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from graph.language import Text
from ingest.records.hidden_rows import sheet_parts

_UNCOMPUTED: Final = re.compile(
    rb'<c r="([A-Z]{1,3}\d{1,7})"(?![^<>]*\bt="str")[^<>]{0,64}>'
    rb"(?:<f[^<>]{0,200}/>|<f(?:\s[^<>]{0,200})?>[^<]{0,8192}</f>)(?:<v\s*/>|<v></v>)?</c>"
)
_MOST: Final = 100_000  # cells that are remembered
_TOLD: Final = 5


class Uncomputed:
    """The cells of each part of a workbook whose formula has no value, collected while the parts are looked at."""

    def __init__(self) -> None:
        self._cells: dict[str, dict[str, None]] = {}

    def looking(self, part: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """The same pieces, each looked at."""
        for piece in pieces:
            if b"<f" in piece:
                known = self._cells.setdefault(part, {})
                for cell in _UNCOMPUTED.findall(piece) if len(known) < _MOST else ():
                    known[cell.decode()] = None
            yield piece

    def by_sheet(self, path: Path) -> Mapping[str, tuple[str, ...]]:
        """The cells by the name of their sheet, in order."""
        found = {part: tuple(cells) for part, cells in self._cells.items() if cells}
        if not found:
            return {}
        with zipfile.ZipFile(path) as archive:
            return {name: found[part] for name, part in sheet_parts(archive).items() if part in found}


def uncomputed_note(sheet: str, cells: tuple[str, ...]) -> Text:
    """What a person should know of the formulas of a sheet that were read as empty."""
    told = "、".join(cells[:_TOLD]) + ("…" if len(cells) > _TOLD else "")
    return Text(
        f"工作表“{sheet}”有 {len(cells)} 个公式没有算出的值，按空格读入；请用 Excel 打开后另存，再入库：{told}",
        f"{len(cells)} formulas of the sheet {sheet!r} have no value and were read as empty; open the file in a "
        f"spreadsheet, save it, and ingest it again: {told}",
    )
