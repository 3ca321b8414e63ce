"""Cells of databases (数据库单元格) as text: what a csv would say of them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal


def cell_text(cell: object) -> str:
    """A cell as the text that a csv would hold."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, Decimal):
        return _decimal(cell)
    if isinstance(cell, bytes):
        return _bytes(cell)
    return str(cell)


def _decimal(cell: Decimal) -> str:
    """Without the zeros behind the point: DECIMAL(10, 2) says 40 as 40.00, which is no count and no code."""
    text = f"{cell:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _bytes(cell: bytes) -> str:
    """Text of a binary column; of a BIT its number."""
    try:
        text = cell.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if text.isprintable() and text:
        return text
    return str(int.from_bytes(cell, "big")) if len(cell) <= 8 else ""
