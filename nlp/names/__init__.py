"""Word lists of the rules (规则词表): one name a line, `#` begins a comment; the head of each file says what it holds."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def names(table: str) -> tuple[str, ...]:
    """The names of a list (`industries`, `brands`, `parks`, `departments`, `generic`) in the order of the file."""
    lines = (files(__name__) / f"{table}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))
