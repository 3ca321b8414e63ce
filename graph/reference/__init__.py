"""Reference tables (参考数据): the national catalogues and Chongqing's clusters as packaged facts.

`docs/reference.md` names the official publication of each table; `scripts/build_reference.py` made them.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

TABLES: Final = (
    "specialties",
    "occupations",
    "industries",
    "regions",
    "schools",
    "school_names",
    "clusters",
    "companies",
)


def tables() -> tuple[str, ...]:
    """The names of all reference tables."""
    return TABLES


@cache
def rows(table: str) -> tuple[Mapping[str, str], ...]:
    """The rows of a table, read once; an empty value is the empty string. `KeyError` where there is none."""
    lines = content(table).decode("utf-8").splitlines()
    return tuple(MappingProxyType(row) for row in csv.DictReader(lines))


def content(table: str) -> bytes:
    """A reference table as it is packaged (UTF-8 CSV with a header); `KeyError` for no such table."""
    if table not in TABLES:
        raise KeyError(table)
    return (files(__name__) / f"{table}.csv").read_bytes()


def version(table: str) -> str:
    """The first 16 hex digits of the SHA-256 of a table: it changes when the table does."""
    return hashlib.sha256(content(table)).hexdigest()[:16]
